"""A conference in the reader's own calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from icalendar import Calendar

from tests.exports.records import review_2022
from tracker.domain.conferences import ConferenceState
from tracker.exports.calendar import invitation

AT = datetime(2022, 7, 1, tzinfo=UTC)
ZONE = "Asia/Ho_Chi_Minh"


def event(content: bytes):
    return Calendar.from_ical(content).walk("VEVENT")[0]


def test_without_an_hour_it_takes_the_whole_day():
    made = event(invitation(review_2022(), zone=ZONE, at=AT))
    assert (made.decoded("dtstart"), made.decoded("dtend")) == (date(2022, 7, 20), date(2022, 7, 21))
    assert str(made["summary"]) == review_2022().title
    assert str(made["location"]) == "Trụ sở Bộ Chỉ huy Quân sự tỉnh Nghệ An"


def test_hours_are_those_of_the_authority():
    made = event(invitation(replace(review_2022(), starts_at=time(7, 30), ends_at=time(11, 0)), zone=ZONE, at=AT))
    assert made.decoded("dtstart") == datetime(2022, 7, 20, 0, 30, tzinfo=UTC)
    assert made.decoded("dtend") == datetime(2022, 7, 20, 4, 0, tzinfo=UTC)


def test_a_cancelled_conference_says_so():
    made = event(invitation(replace(review_2022(), state=ConferenceState.CANCELLED), zone=ZONE, at=AT))
    assert str(made["status"]) == "CANCELLED"
