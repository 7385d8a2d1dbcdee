"""Conferences to look at, and how a page is asked for."""

from datetime import date

from sqlalchemy import event

from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import (
    Attendance,
    ConferenceState,
    DelegateKind,
    RemarkKind,
)
from tracker.models.conference import Conference
from tracker.models.course import AgendaItem, Delegate, Remark

SECRET = "Lời kết luận còn giữ kín"


def approve(conference: Conference, world: World) -> Conference:
    """The row as an approved one, past the services."""
    conference.state = ConferenceState.APPROVED
    conference.minutes_sent_at = conference.approved_at = NOON
    conference.approved_by = world.accounts["hL"]
    keep(conference)
    return conference


def make(world: World, state: ConferenceState = ConferenceState.HELD, day: date = TODAY, **more) -> Conference:
    """A review of bloc B with an agenda, two delegates and one conclusion."""
    sent = {"minutes_sent_at": NOON} if state is ConferenceState.MINUTES_SENT else {}
    conference = make_conference(world.blocs["B"], "Hội nghị sơ kết", day, state, **sent, **more)
    own = Delegate(
        conference=conference,
        kind=DelegateKind.MEMBER,
        unit=world.units["U"],
        person_name="Người của U",
        attendance=Attendance.PRESENT,
    )
    other = Delegate(conference=conference, kind=DelegateKind.MEMBER, unit=world.units["V"], person_name="Người của V")
    keep(
        conference,
        own,
        other,
        AgendaItem(conference=conference, title="Báo cáo của thường trực khối"),
        Remark(conference=conference, kind=RemarkKind.CONCLUSION, text=SECRET),
    )
    return conference


def page(world: World, persona: str, path: str, status: int = 200) -> str:
    answer = world.browser(persona).get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def statements(world: World, path: str) -> int:
    """How many statements one request of the secretariat sends."""
    browser, sent = world.browser("oL"), []
    browser.get(path)
    db.session.expire_all()

    def count(*_ignored) -> None:
        sent.append(1)

    event.listen(db.engine, "before_cursor_execute", count)
    assert browser.get(path).status_code == 200
    event.remove(db.engine, "before_cursor_execute", count)
    return len(sent)
