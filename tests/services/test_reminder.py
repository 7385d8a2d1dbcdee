"""Reminders: to those who have not sent, once an hour, by notice and, where mail is set up, by letter."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.reporting import LOCKS_AT, make_period, make_sent, set_state, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState
from tracker.errors import NotOpen
from tracker.models.notice import Notice, OutgoingMail
from tracker.services import extension
from tracker.services import reminder as service
from tracker.services.recording import acting

HOUR = timedelta(hours=1)


def remind(period, world: World, letters="UVLDEN", at=NOON, page=None) -> int:
    units = [world.units[letter] for letter in letters]
    return service.remind(period, units, by=world.accounts["oL"], at=at, page=page)


def told() -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.REMINDER)))


def test_those_who_have_sent_are_left_in_peace(world: World):
    period = make_period(world)
    make_sent(submission_of(period, world, "U"), world.accounts["oU"])
    assert remind(period, world) == 5
    assert world.accounts["oU"] not in {notice.account for notice in told()}
    assert {notice.account for notice in told()} >= {world.accounts["oV"], world.accounts["oE"]}


def test_only_units_of_the_period_and_only_those_asked(world: World):
    period = make_period(world)
    assert remind(period, world, "VX") == 1
    assert {notice.account for notice in told()} == {world.accounts["oV"]}


def test_the_same_unit_is_not_reminded_twice_within_an_hour(world: World):
    period = make_period(world)
    assert remind(period, world, "V") == 1
    assert remind(period, world, "VE", at=NOON + HOUR - timedelta(seconds=1)) == 1
    assert remind(period, world, "VE", at=NOON + HOUR) == 1
    assert remind(period, world, "VE", at=NOON + 3 * HOUR) == 2


def test_it_names_the_units_own_due_moment(world: World):
    period = make_period(world)
    until = period.due_at.date() + timedelta(days=3)
    extension.grant(period, world.units["V"], until=until, reason="Có công văn", by=world.accounts["oL"], at=NOON)
    remind(period, world, "VE")
    texts = {notice.account: notice.text for notice in told()}
    assert "hạn 17:00 ngày 02/06/2026 (còn 18 ngày)" in texts[world.accounts["oV"]]
    assert "hạn 17:00 ngày 30/05/2026 (còn 15 ngày)" in texts[world.accounts["oE"]]


def test_letters_wait_only_where_mail_is_set_up_and_never_for_the_demonstration(world: World):
    period = make_period(world)
    remind(period, world, "V")
    assert list(db.session.scalars(select(OutgoingMail))) == []
    with acting(None, NOON):
        world.accounts["hU"].demonstration = True
    keep(world.accounts["hU"])
    remind(period, world, "U", page="https://so.example/periods/abc")
    (letter,) = db.session.scalars(select(OutgoingMail))
    assert letter.account is world.accounts["oU"]
    assert "https://so.example/periods/abc" in letter.body
    assert (letter.sent_at, letter.tries) == (None, 0)


def test_nobody_is_reminded_of_a_locked_period(world: World):
    period = make_period(world)
    set_state(period, PeriodState.REVIEWING)
    with pytest.raises(NotOpen):
        remind(period, world, at=LOCKS_AT)
