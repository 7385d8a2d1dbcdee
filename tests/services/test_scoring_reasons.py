"""Points under which the stage before moved, points of units that never sent, and what is not to be put forward."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from tests.reporting import make_period, make_set, set_state
from tests.services.test_ranking import prepare, scored
from tests.services.test_scoring import AFTER, LEAVES, give, line, of, period, points
from tests.services.test_scoring_hooks import LEAVES as COMPARED
from tests.services.test_scoring_hooks import send
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.ranking import TieRule
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage
from tracker.errors import NotOpen, ReasonMissing, RuleBroken
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import TieRow
from tracker.models.submission import Submission
from tracker.queries import ranking as rankings
from tracker.services import explanation, ranking, scoring
from tracker.services import period as periods
from tracker.services.recording import acting

__all__ = ["period", "scored"]


def resend(period: ReportingPeriod, world: World, actual: str) -> Submission:
    """Unlocked, U's first figure changed, locked again: its own points move under what the bloc accepted."""
    submission = of(period, world, "U")
    later = AFTER + timedelta(days=2)
    periods.unlock(period, new_locks_at=later, reason="Sửa số", by=world.accounts["bd"], at=AFTER)
    with acting(None, AFTER):
        submission.entries[0].actual = D(actual)
        db.session.flush()
    periods.lock(period, by=None, at=later)
    db.session.commit()
    return submission


def test_points_accepted_before_the_unit_changed_its_figure_are_not_put_forward_in_silence(scored, world):
    submission, later = resend(scored, world, "50"), AFTER + timedelta(days=3)
    entry = submission.entries[0]
    assert (points(entry, ScoreStage.SELF), points(entry, ScoreStage.BLOC)) == (D(5), D("9.5"))
    with pytest.raises(RuleBroken, match=r"chưa ghi lý do: I › 1\."):
        scoring.finish(submission, ScoreStage.BLOC, by=world.accounts["oL"], at=later)
    with pytest.raises(RuleBroken, match=r"chưa ghi lý do: Đơn vị U \(I › 1\)\."):
        prepare(scored, world)
    give(entry, "9.5", world.accounts["oL"], reason="Giữ điểm đã chấm: số sửa không đúng hồ sơ", seen=1, at=later)
    scoring.finish(submission, ScoreStage.BLOC, by=world.accounts["oL"], at=later)
    assert prepare(scored, world).edition == 1


def test_scored_anew_with_the_new_figure_no_reason_is_needed(scored, world):
    submission, later = resend(scored, world, "50"), AFTER + timedelta(days=3)
    give(submission.entries[0], "5", world.accounts["oL"], seen=1, at=later)
    scoring.finish(submission, ScoreStage.BLOC, by=world.accounts["oL"], at=later)
    assert points(submission.entries[0], ScoreStage.BLOC) == D(5)


def test_one_click_for_all_leaves_what_is_provisional(world):
    made = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=COMPARED), scored=True)
    send(made, world, "U", "oU", (90, 5))
    submission = of(made, world, "U")
    with acting(None, NOON):
        submission.entries[0].target = D(100)
        db.session.flush()
    scoring.recompute(made, by=None, at=NOON)
    by = world.accounts["oL"]
    assert scoring.accept_proposed(submission, ScoreStage.BLOC, by=by, at=NOON) == 1
    assert [points(entry, ScoreStage.BLOC) for entry in submission.entries] == [D(9), None]
    alone = submission.entries[1:]
    assert scoring.accept_proposed(submission, ScoreStage.BLOC, entries=alone, by=by, at=NOON) == 1


@pytest.fixture
def unsent(world: World) -> Submission:
    """U wrote a figure and own points, sent nothing, and the data are locked."""
    made = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=LEAVES), scored=True)
    submission = of(made, world, "U")
    with acting(None, NOON):
        submission.entries[0].target, submission.entries[0].actual = D(100), D(95)
        db.session.flush()
    scoring.type_own(submission.entries[1], points=D(18), seen=0, by=world.accounts["oU"], at=NOON)
    db.session.commit()
    set_state(made, PeriodState.REVIEWING)
    return submission


def test_a_unit_that_never_sent_is_scored_with_a_reason_whatever_its_draft_says(unsent, world):
    with pytest.raises(ReasonMissing, match="chưa có số liệu"):
        give(unsent.entries[0], "5", world.accounts["oL"])
    assert give(unsent.entries[0], "0", world.accounts["oL"], reason="Không gửi báo cáo").points == 0


def test_what_was_never_sent_is_not_proposed(unsent, world):
    assert scoring.accept_proposed(unsent, ScoreStage.BLOC, by=world.accounts["oL"], at=AFTER) == 0
    assert give(unsent.entries[1], "3", world.accounts["oL"], reason="Không gửi báo cáo").points == 3
    shown = rankings.collect(unsent.period)
    unit = next(each for each in shown.units if each.key == unsent.unit.public_id)
    lines = shown.points[unit.key].values()
    assert (unit.own_total, [each.actual for each in lines], [each.own for each in lines]) == (
        None, [None] * 3, [None] * 3,
    )


def test_a_unit_that_never_sent_does_not_win_a_tie_by_fewer_days_late(world):
    """U never sent and V four days late, both with the same points."""
    used = make_set(world.blocs["B"], leaves=LEAVES[1:2])
    with acting(None, NOON):
        db.session.add(TieRow(criteria_set=used, position=0, rule=TieRule.FEWER_DAYS_LATE))
    made = make_period(world, criteria_set=used, scored=True)
    with acting(None, NOON):
        late = of(made, world, "V")
        late.state, late.first_sent_at = "sent", made.due_at + timedelta(days=4)
        late.last_sent_at = late.first_sent_at
    db.session.commit()
    set_state(made, PeriodState.REVIEWING)
    for letter in "UV":
        give(line(made, world, letter, 0), "18", world.accounts["oL"], reason="Theo hồ sơ")
    first, second = rankings.collect(made).ranked[:2]
    assert [(each.name, each.rank, each.shared) for each in (first, second)] == [
        ("Đơn vị V", 1, False), ("Đơn vị U", 2, False),
    ]


def test_nothing_is_put_forward_before_the_units_saw_their_points(scored, world):
    with pytest.raises(NotOpen, match="chưa được xem điểm"):
        ranking.prepare(scored, by=world.accounts["oL"], at=AFTER)
    late = scored.scores_close_at + timedelta(days=1)
    explanation.share(scored, by=world.accounts["oL"], at=late)
    assert ranking.prepare(scored, by=world.accounts["oL"], at=late).edition == 1
