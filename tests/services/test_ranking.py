"""Publication in two steps by two persons, and that nothing moves it afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.services.test_scoring import AFTER, give, line, of, period
from tracker.db import db
from tracker.domain.ranking_shown import from_json, hash_of, to_json
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import RankingState, ScoreStage, Standing
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.queries import ranking as rankings
from tracker.services import explanation, ranking, scoring

__all__ = ["period"]


@pytest.fixture
def scored(period, world):
    """Every line of every unit judged: U best, the others alike."""
    scoring.recompute(period, by=None, at=AFTER)
    for letter in "UVLDEN":
        by = world.accounts["oD" if letter == "L" else "oL"]
        give(line(period, world, letter, 1), "18" if letter == "U" else "15", by, reason="Theo hồ sơ")
        scoring.accept_proposed(of(period, world, letter), ScoreStage.BLOC, by=by, at=AFTER)
    db.session.commit()
    return period


def prepare(period, world, persona="oL", **more):
    """Shared with the units, if it was not yet, then put forward."""
    if period.points_shared_at is None:
        explanation.share(period, by=world.accounts["oL"], at=AFTER)
    return ranking.prepare(period, by=world.accounts[persona], at=AFTER, **more)


def publish(period, world, **more):
    made = prepare(period, world, **more)
    ranking.confirm(made, by=world.accounts["hL"], at=AFTER)
    db.session.commit()
    return made


def test_the_order_shares_equal_places(scored, world):
    shown = rankings.collect(scored)
    assert [(unit.name, unit.rank) for unit in shown.units] == [
        ("Đơn vị U", 1), *[(f"Đơn vị {letter}", 2) for letter in "VLDEN"],
    ]
    assert shown.tie_rule == "Bằng điểm thì đồng hạng."
    assert from_json(to_json(shown)) == shown


def test_two_persons_publish_a_frozen_copy(scored, world):
    made = prepare(scored, world, "hL", decision_number="12/BB-KTĐ")
    with pytest.raises(NotAllowed, match="người trình"):
        ranking.confirm(made, by=world.accounts["hL"], at=AFTER)
    with pytest.raises(NotAllowed):
        ranking.confirm(made, by=world.accounts["hD"], at=AFTER)
    ranking.confirm(made, by=world.accounts["bd"], at=AFTER)
    assert (made.state, scored.state) == (RankingState.PUBLISHED, PeriodState.PUBLISHED)
    assert made.sha256 == hash_of(made.content)
    with pytest.raises(NotOpen, match="đã công bố"):
        give(line(scored, world, "U", 1), "10", world.accounts["oL"], reason="muộn", seen=1)


def test_points_changed_after_preparing_stop_the_confirmation(scored, world):
    made = prepare(scored, world)
    give(line(scored, world, "U", 1), "10", world.accounts["oL"], reason="xem lại", seen=1)
    with pytest.raises(RuleBroken, match="đã thay đổi"):
        ranking.confirm(made, by=world.accounts["hL"], at=AFTER)


def test_a_ranking_with_blank_lines_is_not_prepared(period, world):
    with pytest.raises(RuleBroken, match="Chưa chấm xong"):
        prepare(period, world)


def test_taken_back_leaves_no_edition_behind(scored, world):
    made = prepare(scored, world)
    ranking.take_back(made, reason="Còn thiếu", by=world.accounts["oL"], at=AFTER)
    assert rankings.editions(scored) == []
    assert publish(scored, world).edition == 1


def test_a_correction_is_a_new_edition_with_its_reason(scored, world):
    first = publish(scored, world)
    content = first.content
    ranking.revoke(first, reason="Cộng sót điểm", by=world.accounts["bd"], at=AFTER)
    give(line(scored, world, "V", 1), "18", world.accounts["oL"], reason="Cộng lại", seen=1)
    with pytest.raises(ReasonMissing):
        prepare(scored, world)
    second = publish(scored, world, reason="Cộng sót 3 điểm của đơn vị V")
    assert (second.edition, first.content, first.state) == (2, content, RankingState.REVOKED)
    assert rankings.published(scored) is second


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ranking SET content = '{}'", "UPDATE ranking SET state = 'prepared', published_at = NULL",
        "DELETE FROM ranking", "UPDATE ranking_line SET rank = 9", "DELETE FROM ranking_line",
        "UPDATE score SET points = 0", "DELETE FROM score", "UPDATE explanation SET text = 'khác'",
        "DELETE FROM explanation", "UPDATE set_apart SET reason = 'khác'", "DELETE FROM set_apart",
        "UPDATE entry SET assigned = (1 = 0)",
    ],
)
def test_the_database_refuses_what_the_program_would(scored, world, statement):
    explanation.share(scored, by=world.accounts["oL"], at=AFTER)
    explanation.explain(line(scored, world, "U", 0), text="Vì…", seen=0, by=world.accounts["oU"], at=AFTER)
    explanation.set_apart(
        of(scored, world, "V"), standing=Standing.WITHDRAWN, reason="Đơn vị xin rút", by=world.accounts["oL"], at=AFTER
    )
    publish(scored, world)
    with pytest.raises(DatabaseError, match="published"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_setting_the_period_back_by_hand_does_not_open_its_points(scored, world):
    publish(scored, world)
    db.session.execute(text("UPDATE period SET published_at = NULL, state = 'reviewing'"))
    with pytest.raises(DatabaseError, match="published"):
        db.session.execute(text("UPDATE score SET points = 0"))
    db.session.rollback()


def test_a_correction_is_open_even_after_scoring_was_to_close(scored, world):
    first = publish(scored, world)
    late = scored.scores_close_at + timedelta(days=3)
    ranking.revoke(first, reason="Cộng sót điểm", by=world.accounts["bd"], at=late)
    changed = give(line(scored, world, "V", 1), "18", world.accounts["oL"], reason="Cộng lại", seen=1, at=late)
    assert changed.points == 18
