"""Extensions: who may grant one, until when, and that it changes lateness and nothing else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.reporting import DUE_AT, LOCKS_AT, make_period, make_sent, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.reporting import PeriodState, days_late
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.notice import Notice
from tracker.services import extension as service

UNTIL = date(2026, 6, 3)


def grant(period, world: World, letter="U", *, by="oL", until=UNTIL, reason="Có công văn", at=NOON):
    return service.grant(period, world.units[letter], until=until, reason=reason, by=world.accounts[by], at=at)


def test_the_last_one_granted_holds_and_only_for_its_unit(world: World):
    period = make_period(world)
    grant(period, world, until=date(2026, 6, 5))
    last = grant(period, world)
    assert period.extension_of(world.units["U"].id) is last
    assert period.extension_of(world.units["V"].id) is None
    assert len(period.extensions) == 2
    assert (last.by, last.reason, last.at) == (world.accounts["oL"], "Có công văn", NOON)


@pytest.mark.parametrize(("letter", "by"), [("L", "oL"), ("U", "oD"), ("U", "oV"), ("U", "oU"), ("D", "oD")])
def test_no_unit_favours_itself_and_no_member_another(world: World, letter: str, by: str):
    with pytest.raises(NotAllowed):
        grant(make_period(world), world, letter, by=by)


@pytest.mark.parametrize(("letter", "by"), [("L", "oD"), ("L", "bd"), ("U", "bd"), ("D", "oL")])
def test_the_leaders_own_is_the_deputys_or_the_boards(world: World, letter: str, by: str):
    assert grant(make_period(world), world, letter, by=by).unit is world.units[letter]


@pytest.mark.parametrize("until", [date(2026, 5, 30), date(2026, 6, 11)])
def test_the_day_is_after_the_due_day_and_over_before_the_lock(world: World, until: date):
    with pytest.raises(RuleBroken) as refused:
        grant(make_period(world), world, until=until)
    assert refused.value.field == "until"


def test_an_extension_never_outlasts_a_lock_earlier_in_the_day(world: World):
    period = make_period(world, locks_at=LOCKS_AT - timedelta(hours=8))
    with pytest.raises(RuleBroken, match="Số liệu khóa lúc 09:00 ngày 10/06/2026"):
        grant(period, world, until=date(2026, 6, 10))
    assert grant(period, world, until=date(2026, 6, 9)).until == date(2026, 6, 9)


def test_it_needs_a_reason_an_open_period_and_a_unit_that_has_not_sent(world: World):
    period = make_period(world)
    with pytest.raises(ReasonMissing):
        grant(period, world, reason="  ")
    make_sent(submission_of(period, world, "V"), world.accounts["oV"])
    with pytest.raises(NotOpen, match="không làm thay đổi gì"):
        grant(period, world, "V")
    with pytest.raises(RuleBroken, match="không có báo cáo"):
        grant(period, world, "X", by="bd")
    for state in (PeriodState.REVIEWING, PeriodState.PLANNED):
        other = make_period(world, bloc="B", year=2025 if state is PeriodState.PLANNED else 2024, state=state)
        with pytest.raises(NotOpen):
            grant(other, world)


def test_lateness_counts_from_the_due_hour_of_the_extended_day(world: World):
    grant(make_period(world), world)
    zone = "Asia/Ho_Chi_Minh"
    due = DUE_AT.replace(month=6, day=3)
    assert days_late(due, DUE_AT, UNTIL, zone) == 0
    assert days_late(due + timedelta(seconds=1), DUE_AT, UNTIL, zone) == 1
    assert days_late(due + timedelta(seconds=1), DUE_AT, None, zone) == 4


def test_the_unit_is_told_until_when_and_why(world: World):
    grant(make_period(world), world)
    told = {notice.account: notice.text for notice in db.session.scalars(select(Notice))}
    assert set(told) == {world.accounts["oU"], world.accounts["hU"]}
    assert "đến 17:00 ngày 03/06/2026. Lý do: Có công văn" in told[world.accounts["oU"]]
