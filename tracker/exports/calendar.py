"""A conference for the reader's own calendar (.ics): the day, or the hours where they are known."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from tracker.domain.conferences import ConferenceState
from tracker.domain.record import ConferenceRecord

PRODUCT = "-//So Thi Dua//VI"
CALLED_OFF = (ConferenceState.POSTPONED, ConferenceState.CANCELLED)


def invitation(record: ConferenceRecord, *, zone: str, at: datetime) -> bytes:
    """One event. Whole days where no hour is known; its end then is the day after the last (RFC 5545, 3.6.1).

    `zone` is the authority's; `at` the moment of making.
    """
    event = Event()
    event.add("uid", f"{record.public_id}@so-thi-dua")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("summary", record.title)
    event.add("description", record.bloc_name)
    if record.venue:
        event.add("location", record.venue)
    if record.starts_at:
        local = ZoneInfo(zone)
        starts = datetime.combine(record.first_day, record.starts_at, tzinfo=local)
        event.add("dtstart", starts.astimezone(UTC))
        if record.ends_at:
            event.add("dtend", datetime.combine(record.last_day, record.ends_at, tzinfo=local).astimezone(UTC))
    else:
        event.add("dtstart", record.first_day)
        event.add("dtend", record.last_day + timedelta(days=1))
    event.add("status", "CANCELLED" if record.state in CALLED_OFF else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
