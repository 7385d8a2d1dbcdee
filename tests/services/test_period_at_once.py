"""Two people at the same step of a period at the same moment, on both databases: it happens once."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from tests.reporting import DUE_AT, LOCKS_AT, make_period, make_pledge
from tests.services.test_term import at_once
from tests.world import NOON, World, build_world
from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState
from tracker.models.account import Account
from tracker.models.notice import Notice
from tracker.models.period import PeriodTaken, ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.queries import period_board
from tracker.services import period as service
from tracker.services import reminder


def twice(act: Callable[[ReportingPeriod, Account], object], world: World) -> list[Callable[[], object]]:
    """The act by two accounts of the leading unit, each with rows of its own session."""
    keys = [world.accounts[persona].id for persona in ("oL", "hL")]
    db.session.commit()

    def one(key: int) -> Callable[[], object]:
        return lambda: act(db.session.scalars(select(ReportingPeriod)).one(), db.session.get_one(Account, key))

    return [one(key) for key in keys]


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_period_is_opened_once(either_app: Flask):
    world = build_world()
    make_pledge(world.blocs["B"])
    make_period(world, state=PeriodState.PLANNED)
    acts = twice(lambda period, by: service.open_now(period, by=by, at=NOON), world)
    said = at_once(either_app, acts)
    assert said.count("done") == 1
    assert any("Đang nhận báo cáo" in sentence for sentence in said)
    assert (count(Submission), count(Entry), count(PeriodTaken)) == (6, 6, 1)


def test_a_period_is_locked_once(either_app: Flask):
    world = build_world()
    period = make_period(world)
    acts = [
        lambda: service.lock_due(at=LOCKS_AT),
        *twice(lambda period, by: service.lock(period, by=by, at=LOCKS_AT), world)[:1],
    ]
    said = at_once(either_app, acts)
    assert "done" in said
    db.session.rollback()
    assert period.state is PeriodState.REVIEWING
    assert [taken.step.value for taken in period.steps] == ["open", "lock"]


def test_a_unit_is_reminded_once(either_app: Flask):
    world = build_world()
    make_period(world)
    acts = twice(
        lambda period, by: reminder.remind(period, period_board.not_sent(period), by=by, at=DUE_AT), world
    )
    assert at_once(either_app, acts) == ["done", "done"]
    db.session.rollback()
    told = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.REMINDER)).all()
    assert len({notice.account_id for notice in told}) == len(told)
    assert told
