"""Points stage by stage: who may, until when, with what reason; nothing silently replaced."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from sqlalchemy import select

from tests.reporting import LOCKS_AT, SCORES_CLOSE_AT, Leaf, make_period, make_set, send_and_lock
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.scores import ScoreStage, Standing
from tracker.errors import Conflict, NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score
from tracker.models.submission import Entry, Submission
from tracker.queries import ranking as rankings
from tracker.services import explanation, scoring
from tracker.services.recording import acting

AFTER = LOCKS_AT + timedelta(days=1)
LEAVES = (
    Leaf("Tỷ lệ giải ngân", D(10)),
    Leaf("Tổ chức phong trào", D(20), None, ScoreFunction.MANUAL),
    Leaf("So với đơn vị tốt nhất", D(10), "hồ sơ", ScoreFunction.BEST_SHARE),
)


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    made = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=LEAVES), scored=True)
    with acting(None, NOON):
        for submission in made.submissions:
            for entry, target, actual in zip(submission.entries, (100, None, None), (95, None, 5), strict=True):
                entry.target = None if target is None else D(target)
                entry.actual = None if actual is None else D(actual)
    send_and_lock(made)
    return made


def of(period: ReportingPeriod, world: World, letter: str) -> Submission:
    return next(each for each in period.submissions if each.unit is world.units[letter])


def line(period: ReportingPeriod, world: World, letter: str, place: int) -> Entry:
    return of(period, world, letter).entries[place]


def points(entry: Entry, stage: ScoreStage) -> D | None:
    return db.session.scalar(select(Score.points).where(Score.entry_id == entry.id, Score.stage == stage))


def give(entry: Entry, value, by, stage=ScoreStage.BLOC, reason="", seen=0, at=AFTER):
    return scoring.give(
        entry, stage, points=None if value is None else D(value), reason=reason, seen=seen, by=by, at=at
    )


def test_own_points_are_computed_with_their_rule(period, world):
    assert scoring.recompute(period, by=None, at=AFTER) == 2 * len(period.submissions)
    assert points(line(period, world, "U", 0), ScoreStage.SELF) == D("9.5")
    assert points(line(period, world, "U", 2), ScoreStage.SELF) == D(10)
    assert scoring.recompute(period, by=None, at=AFTER) == 0
    stored = db.session.scalars(select(Score).where(Score.entry_id == line(period, world, "U", 0).id)).one()
    assert stored.trace == "10 × 95 ÷ 100 = 9,5."


def test_the_secretariat_scores_members_and_never_itself(period, world):
    assert give(line(period, world, "U", 1), "15", world.accounts["oL"], reason="Theo hồ sơ").points == D(15)
    for persona, letter in (("oU", "U"), ("oV", "U"), ("bd", "U"), ("oL", "L"), ("oD", "D"), ("oE", "U")):
        with pytest.raises(NotAllowed):
            give(line(period, world, letter, 1), "15", world.accounts[persona], reason="Theo hồ sơ")
    assert give(line(period, world, "L", 1), "15", world.accounts["oD"], reason="Theo hồ sơ").points == D(15)


def test_a_difference_needs_its_reason_and_the_same_points_do_not(period, world):
    scoring.recompute(period, by=None, at=AFTER)
    entry = line(period, world, "U", 0)
    with pytest.raises(ReasonMissing):
        give(entry, "9", world.accounts["oL"])
    assert give(entry, "9.5", world.accounts["oL"]).reason == ""
    assert give(entry, "9", world.accounts["oD"], reason="Một chỉ tiêu tính hai lần", seen=1).points == D(9)


def test_two_scorers_at_once_collide(period, world):
    entry = line(period, world, "U", 1)
    give(entry, "15", world.accounts["oL"], reason="a")
    with pytest.raises(Conflict):
        give(entry, "16", world.accounts["oD"], reason="b")
    assert points(entry, ScoreStage.BLOC) == D(15)


@pytest.mark.parametrize("value", ["20.01", "-0.01", "NaN", "Infinity", "15.001"])
def test_points_that_cannot_stand_are_refused(period, world, value):
    with pytest.raises(RuleBroken) as refused:
        give(line(period, world, "U", 1), value, world.accounts["oL"], reason="a")
    assert refused.value.field == "points"


def test_blank_stays_blank(period, world):
    entry = line(period, world, "U", 1)
    assert give(entry, None, world.accounts["oL"]) is None
    give(entry, "15", world.accounts["oL"], reason="a")
    assert give(entry, None, world.accounts["oL"], seen=1) is None
    assert points(entry, ScoreStage.BLOC) is None


def test_one_click_takes_what_is_proposed_and_leaves_what_stands(period, world):
    scoring.recompute(period, by=None, at=AFTER)
    submission = of(period, world, "U")
    give(submission.entries[0], "9", world.accounts["oL"], reason="a")
    assert scoring.accept_proposed(submission, ScoreStage.BLOC, by=world.accounts["oL"], at=AFTER) == 1
    assert [points(entry, ScoreStage.BLOC) for entry in submission.entries] == [D(9), None, D(10)]
    with pytest.raises(RuleBroken, match="Còn 1 dòng"):
        scoring.finish(submission, ScoreStage.BLOC, by=world.accounts["oL"], at=AFTER)


def test_council_points_come_last_and_from_the_board(period, world):
    entry = line(period, world, "U", 1)
    give(entry, "15", world.accounts["oL"], reason="a")
    with pytest.raises(NotAllowed):
        give(entry, "16", world.accounts["oL"], ScoreStage.COUNCIL, reason="b")
    give(entry, "16", world.accounts["bd"], ScoreStage.COUNCIL, reason="Hội đồng thống nhất")
    shown = rankings.collect(period).points[world.units["U"].public_id]
    assert [point.final for point in shown.values()][1] == D(16)


def test_after_scoring_closes_nothing_moves(period, world):
    give(line(period, world, "U", 1), "15", world.accounts["oL"], reason="a", at=SCORES_CLOSE_AT - timedelta(seconds=1))
    with pytest.raises(NotOpen, match="đã kết thúc"):
        give(line(period, world, "V", 1), "15", world.accounts["oL"], reason="a", at=SCORES_CLOSE_AT)


def test_a_unit_explains_from_sharing_to_its_deadline(period, world):
    entry, by = line(period, world, "U", 1), world.accounts["oU"]
    with pytest.raises(NotOpen, match="chưa cho đơn vị xem"):
        explanation.explain(entry, text="Vì…", seen=0, by=by, at=AFTER)
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    assert explanation.explain(entry, text="Vì có hai hội thi.", seen=0, by=by, at=AFTER).text == "Vì có hai hội thi."
    with pytest.raises(NotAllowed):
        explanation.explain(entry, text="Vì…", seen=0, by=world.accounts["oV"], at=AFTER)
    with pytest.raises(NotOpen, match="Hạn giải trình"):
        explanation.explain(entry, text="Vì…", seen=1, by=by, at=period.explain_by)


def test_a_withdrawn_unit_stands_apart_with_its_reason(period, world):
    submission = of(period, world, "U")
    explanation.set_apart(
        submission, standing=Standing.WITHDRAWN, reason="Đơn vị đề nghị", by=world.accounts["oL"], at=AFTER
    )
    shown = rankings.collect(period)
    assert [(unit.key, unit.apart_reason) for unit in shown.apart] == [(world.units["U"].public_id, "Đơn vị đề nghị")]
    assert len(shown.ranked) == len(period.submissions) - 1
