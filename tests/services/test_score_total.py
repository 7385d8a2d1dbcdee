"""Sums kept beside the points: the same order as the points give, gone with any point that changes past the program."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D
from random import Random

import pytest
from sqlalchemy import func, select, text

from tests.counting import counted
from tests.reporting import LOCKS_AT, Leaf, make_period, make_set, submission_of
from tests.world import BEGINNING, NOON, World, build_world, keep, make_unit
from tracker.db import db
from tracker.domain.criteria import CriterionPart, RankBasis, ScoreFunction
from tracker.domain.ranking import TieRule
from tracker.domain.ranking_shown import RankingShown
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage, Standing
from tracker.errors import RuleBroken
from tracker.models.bloc import Membership
from tracker.models.criteria import Criterion
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.score_total import ScoreTotal
from tracker.models.scoring import ClassBand, Score, TieRow
from tracker.models.submission import Entry, Submission
from tracker.queries import ranking, ranking_order
from tracker.services import explanation, scoring, submission
from tracker.services.recording import acting

AFTER = LOCKS_AT + timedelta(days=1)
LEAVES = (
    Leaf("Tỷ lệ giải ngân", D(10)),
    Leaf("Tổ chức phong trào", D(20), None, ScoreFunction.MANUAL),
    Leaf("So với đơn vị tốt nhất", D(10), "hồ sơ", ScoreFunction.BEST_SHARE),
    Leaf("So với đơn vị dẫn đầu", D(10), "hồ sơ", ScoreFunction.LEADER_RELATIVE),
)
MEMBERS = "UVLDEN"


def make(world: World, *, locked: bool = True) -> ReportingPeriod:
    """A scored period by share with classes and ties, every unit sent, one of them late and extended."""
    rules = make_set(world.blocs["B"], leaves=LEAVES, rank_by=RankBasis.SHARE)
    group = next(row for row in rules.criteria if row.function is None)
    with acting(None, NOON):
        db.session.add_all([
            Criterion(criteria_set=rules, number="II", title="Điểm thưởng", part=CriterionPart.BONUS, position=9,
                      function=ScoreFunction.BONUS, points_each=D(2), limit_points=D(10)),
            TieRow(criteria_set=rules, position=0, rule=TieRule.GROUP_POINTS, criterion_id=group.id),
            TieRow(criteria_set=rules, position=1, rule=TieRule.FEWER_DAYS_LATE),
            ClassBand(criteria_set=rules, position=0, name="Xuất sắc", least=D("0.9"), leaf_floor=D("0.85")),
            ClassBand(criteria_set=rules, position=1, name="Tốt", least=D("0.5")),
        ])  # fmt: skip
    db.session.commit()
    period = make_period(world, criteria_set=rules, scored=True)
    with acting(None, NOON):
        for place, each in enumerate(period.submissions):
            for line, actual in zip(each.entries, (95 - place, None, place, 3 * place, None), strict=True):
                line.target, line.actual = D(100) if place else None, None if actual is None else D(actual)
                line.count = place if line.criterion.part is CriterionPart.BONUS else None
            each.first_sent_at = each.last_sent_at = NOON if place else LOCKS_AT - timedelta(hours=1)
            each.state = "sent"
        late = Extension(period=period, unit=world.units["V"], until=LOCKS_AT.date(), reason="Bận", at=NOON,
                         by=world.accounts["oL"])  # fmt: skip
        db.session.add(late)
        db.session.flush()
        if locked:
            period.state, period.locked_at = PeriodState.REVIEWING, LOCKS_AT
    scoring.recompute(period, by=None, at=AFTER)
    db.session.commit()
    return period


def by_points(period: ReportingPeriod) -> RankingShown:
    """The order as every single point gives it."""
    return replace(ranking.collect(period), criteria=(), points={})


def kept(period: ReportingPeriod) -> int:
    """How many submissions of the period have their sums beside them."""
    asked = select(func.count()).select_from(ScoreTotal).join(Submission).where(Submission.period_id == period.id)
    return db.session.scalar(asked)


def act(chance: Random, period: ReportingPeriod, world: World) -> str:
    """One random act of those that move points; what it did, or why it was refused."""
    each = submission_of(period, world, chance.choice(MEMBERS))
    judge = world.accounts["oD" if each.unit is world.units["L"] else "oL"]
    line = chance.choice(each.entries)
    stage = chance.choice(ScoreStage.judged())
    by = world.accounts["bd"] if stage is ScoreStage.COUNCIL else judge
    done = chance.choice(("give", "give", "give", "accept", "assign", "apart", "back", "blank"))
    reason = f"Theo hồ sơ số {chance.randrange(10**6)}"
    stands = db.session.scalars(select(Score).where(Score.entry_id == line.id, Score.stage == stage)).one_or_none()
    seen = stands.version if stands else 0
    try:
        if done in ("give", "blank"):
            points = None if done == "blank" else D(chance.randrange(1001)) / 100
            scoring.give(line, stage, points=points, reason=reason, seen=seen, by=by, at=AFTER)
        elif done == "accept":
            scoring.accept_proposed(each, stage, by=by, at=AFTER)
        elif done == "assign":
            submission.set_assigned(each, line, not line.assigned, reason=reason, by=world.accounts["bd"], at=AFTER)
        elif done == "apart":
            explanation.set_apart(each, standing=Standing.WITHDRAWN, reason=reason, by=judge, at=AFTER)
        else:
            explanation.put_back(each, reason=reason, by=judge, at=AFTER)
    except RuleBroken as broken:
        db.session.rollback()
        return f"{done}: {broken}"
    db.session.commit()
    return done


@pytest.mark.parametrize("seed", [1, 2])
def test_the_kept_order_is_what_the_points_give_after_any_acts(either_app, seed):
    world, chance = build_world(), Random(seed)
    period = make(world)
    done = [act(chance, period, world)]
    for _ in range(40):
        assert kept(period) == len(MEMBERS)
        assert ranking_order.order(period) == by_points(period)
        done.append(act(chance, period, world))
    went_through = [each for each in done if ":" not in each]
    assert len(went_through) > 20, done
    assert len(set(went_through)) >= 5, done


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE score SET points = points + 10000 WHERE entry_id = :line",
        "DELETE FROM score WHERE entry_id = :line",
        "INSERT INTO score (public_id, version, entry_id, stage, points, computed, provisional, trace, reason, at,"
        " by_id) SELECT 'newscore2345', 1, :line, 'bloc', 50000, false, false, '', '', at, :by FROM score"
        " WHERE entry_id = :line",
        "UPDATE entry SET assigned = false WHERE id = :line",
    ],
)
def test_what_changes_past_the_program_takes_the_sums_away(either_app, statement):
    world = build_world()
    period = make(world)
    before = ranking_order.order(period)
    line = submission_of(period, world, "V").entries[0]
    db.session.execute(text(statement), {"line": line.id, "by": world.accounts["oL"].id})
    db.session.commit()
    db.session.expire_all()
    assert kept(period) == len(MEMBERS) - 1
    after = ranking_order.order(period)
    assert after == by_points(period)
    assert after != before


def test_an_undone_change_leaves_the_sums_as_they_were(world):
    period = make(world)
    before = ranking_order.order(period)
    line = submission_of(period, world, "V").entries[1]
    scoring.give(line, ScoreStage.BLOC, points=D(3), reason="Theo hồ sơ", seen=0, by=world.accounts["oL"], at=AFTER)
    assert ranking_order.order(period) == by_points(period) != before
    db.session.rollback()
    assert kept(period) == len(MEMBERS)
    assert ranking_order.order(period) == by_points(period) == before


def test_points_taken_over_while_others_may_still_move_them_are_provisional(world):
    period = make(world, locked=False)
    with acting(None, NOON):
        missing = submission_of(period, world, "N")
        missing.state, missing.first_sent_at, missing.last_sent_at = "draft", None, None
    scoring.recompute(period, by=None, at=NOON)
    scoring.accept_proposed(
        submission_of(period, world, "V"), ScoreStage.BLOC, by=world.accounts["oL"], at=NOON
    )
    db.session.commit()
    assert ranking.collect(period).provisional is True
    assert ranking_order.order(period).provisional is True
    with acting(None, NOON):
        period.state, period.locked_at = PeriodState.REVIEWING, LOCKS_AT
    scoring.recompute(period, by=None, at=AFTER)
    db.session.commit()
    assert ranking.collect(period).provisional is False
    assert ranking_order.order(period).provisional is False


def test_the_order_takes_five_queries_for_any_number_of_units(world):
    period = make(world, locked=False)
    leaves = [row for row in period.criteria_set.criteria if row.function is not None]
    ranking_order.order(period)
    with counted() as few:
        ranking_order.order(period)
    more = [make_unit(world.authority, f"Đơn vị thêm {place}") for place in range(24)]
    keep(*more, *[Membership(bloc=world.blocs["B"], unit=unit, position=20, starts_on=BEGINNING) for unit in more])
    with acting(None, NOON):
        for unit in more:
            made = Submission(period=period, unit=unit)
            made.entries = [Entry(criterion=leaf, position=place) for place, leaf in enumerate(leaves)]
            db.session.add(made)
    db.session.commit()
    assert period.bloc.authority.name and period.bloc.names and period.criteria_set.name
    with counted() as many:
        shown = ranking_order.order(period)
    assert len(shown.units) == len(MEMBERS) + 24
    assert len(many) == len(few) == 5, [each[:60] for each in many]
