"""Notices reach the people of a unit, and nobody else."""

from sqlalchemy import select

from tests.world import NOON, World
from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.models.notice import Notice
from tracker.services import notice as service


def test_everyone_in_use_of_the_unit_is_told_and_nobody_else(world: World):
    service.tell(world.units["L"], NoticeKind.PERIOD, "Mở kỳ.", by=world.accounts["oD"], at=NOON)
    told = {notice.account for notice in db.session.scalars(select(Notice))}
    assert told == {world.accounts["oL"], world.accounts["hL"]}


def test_whoever_did_it_is_not_told_of_it(world: World):
    service.tell(world.units["L"], NoticeKind.PERIOD, "Mở kỳ.", by=world.accounts["oL"], at=NOON)
    assert [notice.account for notice in db.session.scalars(select(Notice))] == [world.accounts["hL"]]


def test_seen_is_noted_once_and_only_of_ones_own(world: World):
    reader, other = world.accounts["oU"], world.accounts["hU"]
    service.tell(world.units["U"], NoticeKind.PERIOD, "Mở kỳ.", by=world.accounts["oL"], at=NOON)
    notices = db.session.scalars(select(Notice)).all()
    assert service.note_seen(notices, by=reader, at=NOON) == 1
    assert service.note_seen(notices, by=reader, at=NOON) == 0
    assert {notice.account for notice in notices if notice.read_at is None} == {other}
