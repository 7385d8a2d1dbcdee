"""Points given while another writes: what stands in the database counts, not what the page had read before."""

from decimal import Decimal as D

import pytest
from sqlalchemy import select, text

from tests.services.test_scoring import AFTER, give, line, period
from tests.world import build_world
from tracker.db import db
from tracker.domain.scores import ScoreStage
from tracker.errors import Conflict, ReasonMissing
from tracker.models.scoring import Score
from tracker.services import scoring

__all__ = ["period"]


@pytest.fixture
def world(postgres_app):
    """PostgreSQL: on SQLite whoever read before another wrote cannot write at all."""
    return build_world()


def read_then_changed_elsewhere(entry, stage, points):
    """This session reads the line's points, and holds them as a page does; another connection then writes them."""
    read = db.session.scalars(select(Score).where(Score.entry_id == entry.id, Score.stage == stage)).one()
    assert read.points != points
    with db.engine.begin() as other:
        other.execute(
            text("UPDATE score SET points = :points, version = version + 1 WHERE entry_id = :entry AND stage = :stage"),
            {"points": int(points * 10_000), "entry": entry.id, "stage": stage.value},
        )
    return read


def test_the_reason_is_asked_against_the_own_points_that_stand(period, world):
    scoring.recompute(period, by=None, at=AFTER)
    db.session.commit()
    entry = line(period, world, "U", 0)
    own = read_then_changed_elsewhere(entry, ScoreStage.SELF, D(5))
    with pytest.raises(ReasonMissing, match="5"):
        give(entry, "9.5", world.accounts["oL"])
    assert own.points == D(5)


def test_the_same_points_typed_over_anothers_are_a_conflict_and_not_taken_for_saved(period, world):
    entry = line(period, world, "U", 1)
    give(entry, "15", world.accounts["oL"], reason="Theo hồ sơ")
    db.session.commit()
    stored = read_then_changed_elsewhere(entry, ScoreStage.BLOC, D(12))
    with pytest.raises(Conflict):
        give(entry, "15", world.accounts["oD"], reason="Theo hồ sơ", seen=1)
    assert stored.points == D(12)
