"""Points taken over stay as given; nothing is closed while they silently differ from what is proposed by now."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from tests.services.test_score_total import AFTER, make
from tests.world import World
from tracker.db import db
from tracker.domain.criteria import CriterionPart
from tracker.domain.scores import ScoreStage, is_unexplained
from tracker.errors import RuleBroken
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.queries import ranking as rankings
from tracker.queries import scoring_desk
from tracker.services import explanation, scoring, submission


def judge(world: World, each: Submission) -> Account:
    return world.accounts["oD" if each.unit is world.units["L"] else "oL"]


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    """Every line of every unit judged: taken over where something is proposed, else given with a reason."""
    made = make(world)
    for each in made.submissions:
        by = judge(world, each)
        scoring.accept_proposed(each, ScoreStage.BLOC, by=by, at=AFTER)
        for line in each.entries:
            if line.criterion.part is CriterionPart.MAIN and points(made, line, "bloc") is None:
                scoring.give(line, ScoreStage.BLOC, points=D(5), reason="Theo hồ sơ", seen=0, by=by, at=AFTER)
    db.session.commit()
    return made


def points(period: ReportingPeriod, line: Entry, stage: str) -> D | None:
    shown = rankings.collect(period).points[line.submission.unit.public_id][line.criterion.public_id]
    given = getattr(shown, stage)
    return given.points if given is not None else None


def move_the_best(period: ReportingPeriod, world: World) -> None:
    """The best unit, 5 files, is not assigned the line that compares units any more: who had 1 of 5 has 1 of 4."""
    best = period.submissions[-1]
    by = world.accounts["bd"]
    submission.set_assigned(best, best.entries[2], False, reason="Không có chức năng này", by=by, at=AFTER)
    db.session.commit()


def test_what_was_taken_over_stays_and_nothing_closes_until_it_is_looked_at(period, world):
    each = period.submissions[1]
    by = judge(world, each)
    line = each.entries[2]
    scoring.finish(each, ScoreStage.BLOC, by=by, at=AFTER)
    assert points(period, line, "own") == points(period, line, "bloc") == D(2)
    move_the_best(period, world)
    assert (points(period, line, "own"), points(period, line, "bloc")) == (D("2.5"), D(2))
    with pytest.raises(RuleBroken, match="1 dòng đang khác mà chưa ghi lý do: I › 3"):
        scoring.finish(each, ScoreStage.BLOC, by=by, at=AFTER)


def test_one_click_takes_over_anew_only_what_nobody_explained(period, world):
    each = period.submissions[1]
    by = judge(world, each)
    move_the_best(period, world)
    desk = scoring_desk.desk(each, ScoreStage.BLOC)
    assert [(row.node.number, row.proposed) for row in desk.lines if row.unexplained] == [("3", D("2.5"))]
    assert scoring.accept_proposed(each, ScoreStage.BLOC, by=by, at=AFTER) == 1
    db.session.commit()
    assert points(period, each.entries[2], "bloc") == D("2.5")
    assert points(period, each.entries[1], "bloc") == D(5)
    scoring.finish(each, ScoreStage.BLOC, by=by, at=AFTER + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("given", "reason", "before", "expected"),
    [
        (D(5), "", D(5), False),
        (D(4), "", D(5), True),
        (D(4), "", None, True),
        (D(4), "Theo hồ sơ", D(5), False),
        (None, "", D(5), False),
        (D(0), "", D(0), False),
    ],
)
def test_points_are_unexplained_when_they_differ_and_nobody_said_why(given, reason, before, expected):
    assert is_unexplained(given, reason, before) is expected


def test_who_looked_after_the_points_moved_has_explained_them(period, world):
    """After sharing the bloc's first points stand for ever; a second look that leaves them is an answer."""
    each = period.submissions[1]
    by, line = judge(world, each), each.entries[2]
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    move_the_best(period, world)
    with pytest.raises(RuleBroken, match="mà chưa ghi lý do"):
        scoring.finish(each, ScoreStage.SECOND, by=by, at=AFTER)
    scoring.give(line, ScoreStage.SECOND, points=D(2), seen=0, by=by, at=AFTER)
    scoring.finish(each, ScoreStage.SECOND, by=by, at=AFTER)
    assert (points(period, line, "own"), points(period, line, "second")) == (D("2.5"), D(2))
