"""Minutes read and commented through the browser; what the list pages of a conference cost."""

import pytest
import time_machine

from tests.counting import counted
from tests.views.test_course import added, base, in_state
from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import ConferenceState, DelegateKind, RemarkKind
from tracker.models.conference import Conference
from tracker.models.course import Delegate, Limitation, MinutesComment, Remark
from tracker.queries import course as courses
from tracker.services import course

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def review(world: World) -> Conference:
    conference = make_conference(world.blocs["B"], "Hội nghị sơ kết", TODAY, minutes_sent_at=NOON)
    keep(conference)
    return conference


def test_minutes_are_read_and_commented_by_members(world, review):
    in_state(review, ConferenceState.MINUTES_SENT)
    added(world, review, Remark, kind=RemarkKind.CONCLUSION, text="Tăng cường giao lưu.")
    browser = world.browser("oU")
    shown = browser.get(f"{base(review)}/minutes").text
    assert "Tăng cường giao lưu" in shown
    assert "Chưa góp ý: Đơn vị U; Đơn vị V; Đơn vị L; Đơn vị D; Đơn vị E; Đơn vị N." in shown
    assert browser.post(f"{base(review)}/minutes/comments", {"text": ""}).status_code == 422
    assert browser.post(f"{base(review)}/minutes/comments", {"agreed": "y"}).status_code == 302
    row = courses.rows(review, MinutesComment)[0]
    assert (row.unit, row.agreed) == (world.units["U"], True)
    assert browser.get(f"/minutes-comments/{row.public_id}/answer").status_code == 403


def test_comment_is_answered_by_the_secretariat(world, review):
    in_state(review, ConferenceState.MINUTES_SENT)
    made = course.comment(
        review, unit=world.units["U"], text="Sửa tên đơn vị.", agreed=False, by=world.accounts["oU"], at=NOON
    )
    db.session.commit()
    path = f"/minutes-comments/{made.public_id}/answer"
    browser = world.browser("oL")
    assert "Sửa tên đơn vị." in browser.get(path).text
    assert browser.post(path, {"version": "1", "taken_over": "no"}).status_code == 422
    assert browser.post(path, {"version": "1", "taken_over": "yes", "answer": "Đã sửa."}).status_code == 302
    shown = world.browser("oU").get(f"{base(review)}/minutes").text
    assert "Tiếp thu" in shown
    assert "Đã sửa." in shown


def test_minutes_of_a_planned_conference_are_not_there_yet(world, review):
    in_state(review, ConferenceState.PLANNED)
    assert "Chưa có biên bản" in world.browser("oL").get(f"{base(review)}/minutes").text


def test_held_minutes_are_not_for_members(world, review):
    assert world.browser("oU").get(f"{base(review)}/minutes").status_code == 403


def test_pages_ask_as_much_for_thirty_rows_as_for_three(world, review):
    in_state(review, ConferenceState.MINUTES_SENT)
    browser = world.browser("oL")
    pages_of_lists = [f"{base(review)}/{page}" for page in ("course/attendance", "course/counts", "minutes")]
    asked = []
    for rows in (3, 27):
        for number in range(rows):
            added(world, review, Delegate, kind=DelegateKind.GUEST, person_name=f"Khách {rows}-{number}")
            added(world, review, Limitation, text=f"Hạn chế {rows}-{number}", unit=world.units["U"])
            letter = "UVDEN"[number % 3]
            own = {"text": f"Ý {rows}-{number}", "agreed": False, "by": world.accounts["oU"], "at": NOON}
            course.comment(review, unit=world.units[letter], **own)
        db.session.commit()
        counts = []
        for path in pages_of_lists:
            with counted() as sent:
                assert browser.get(path).status_code == 200
            counts.append(len(sent))
        asked.append(counts)
    assert asked[0] == asked[1]
