"""Results of an unscored period: put forward by one person, published by another, revoked, closed."""

import pytest
import sqlalchemy
from sqlalchemy import select, text

from tests.reporting import LOCKS_AT, make_period, make_set
from tests.world import World
from tracker.db import db
from tracker.domain.reporting import NEXT, PeriodState, PeriodStep
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.notice import Notice
from tracker.services import publication as service

AT = LOCKS_AT


def test_two_persons_publish_and_the_steps_keep_both(world: World):
    period = make_period(world, state=PeriodState.REVIEWING)
    officer, head = world.accounts["oL"], world.accounts["hL"]
    with pytest.raises(NotOpen, match="trình"):
        service.publish(period, by=head, at=AT)
    service.prepare(period, by=officer, at=AT)
    with pytest.raises(NotOpen):
        service.prepare(period, by=head, at=AT)
    with pytest.raises(NotAllowed):
        service.publish(period, by=officer, at=AT)
    service.publish(period, by=head, at=AT)
    assert (period.state, period.published_at) == (PeriodState.PUBLISHED, AT)
    assert [(taken.step, taken.by) for taken in period.steps[-2:]] == [
        (PeriodStep.PREPARE, officer), (PeriodStep.PUBLISH, head),
    ]  # fmt: skip
    assert any("Đã công bố" in notice.text for notice in db.session.scalars(select(Notice)))


def test_taking_back_needs_a_reason_and_something_put_forward(world: World):
    period = make_period(world, state=PeriodState.REVIEWING)
    by = world.accounts["oL"]
    with pytest.raises(NotOpen):
        service.take_back(period, reason="Sai", by=by, at=AT)
    service.prepare(period, by=by, at=AT)
    with pytest.raises(ReasonMissing):
        service.take_back(period, reason="", by=by, at=AT)
    service.take_back(period, reason="Thiếu số liệu", by=by, at=AT)
    assert (period.state, period.prepared_at, period.prepared_by) == (PeriodState.REVIEWING, None, None)
    assert period.steps[-1].reason == "Thiếu số liệu"


def test_revoking_needs_a_reason_and_begins_anew(world: World):
    period = make_period(world, state=PeriodState.REVIEWING)
    service.prepare(period, by=world.accounts["oL"], at=AT)
    service.publish(period, by=world.accounts["hL"], at=AT)
    with pytest.raises(ReasonMissing):
        service.revoke(period, reason="", by=world.accounts["bd"], at=AT)
    service.revoke(period, reason="Sai số liệu", by=world.accounts["bd"], at=AT)
    assert (period.state, period.published_at, period.prepared_at) == (PeriodState.REVIEWING, None, None)
    with pytest.raises(NotOpen):
        service.publish(period, by=world.accounts["hL"], at=AT)


def test_a_closed_period_is_immovable_in_the_database_too(world: World):
    period = make_period(world, state=PeriodState.PUBLISHED)
    service.close(period, by=world.accounts["oL"], at=AT)
    db.session.commit()
    with pytest.raises(NotOpen):
        service.revoke(period, reason="Sai", by=world.accounts["bd"], at=AT)
    db.session.rollback()
    with pytest.raises(sqlalchemy.exc.IntegrityError, match="ended"):
        db.session.execute(text("UPDATE period SET state = 'published' WHERE id = :id"), {"id": period.id})


def test_a_scored_period_is_published_by_its_ranking(world: World):
    period = make_period(world, state=PeriodState.REVIEWING, scored=True, criteria_set=make_set(world.blocs["B"]))
    with pytest.raises(RuleBroken, match="bảng xếp hạng"):
        service.prepare(period, by=world.accounts["oL"], at=AT)


ACTS = (
    (service.prepare, PeriodStep.PREPARE, {}),
    (service.take_back, PeriodStep.TAKE_BACK, {"reason": "Sai"}),
    (service.publish, PeriodStep.PUBLISH, {}),
    (service.revoke, PeriodStep.REVOKE, {"reason": "Sai"}),
    (service.close, PeriodStep.CLOSE, {}),
)


@pytest.mark.parametrize(
    ("state", "act", "more"),
    [(state, act, more) for state in PeriodState for act, step, more in ACTS if (state, step) not in NEXT],
)
def test_a_step_that_does_not_follow_is_refused(world: World, state, act, more):
    period = make_period(world, state=state)
    with pytest.raises(NotOpen, match="trạng thái"):
        act(period, **more, by=world.accounts["bd"], at=AT)
