"""What waits for whom once points are given, and that a scored period is not moved past its ranking."""

from datetime import timedelta

import pytest
import time_machine

from tests.services.test_ranking import prepare, publish, scored
from tests.services.test_scoring import AFTER, of, period
from tests.views.test_ranking import browser, words
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage
from tracker.errors import NotOpen, RuleBroken
from tracker.services import period as periods
from tracker.services import publication, scoring

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def work(world, persona: str) -> str:
    return words(browser(world, persona).get("/"))


def test_what_is_scored_waits_to_be_put_forward_and_then_for_another_person(scored, world):
    assert "Trình công bố xếp hạng" not in work(world, "oL")
    for letter in "UVLDEN":
        by = world.accounts["oD" if letter == "L" else "oL"]
        scoring.finish(of(scored, world, letter), ScoreStage.BLOC, by=by, at=AFTER)
    db.session.commit()
    assert "Trình công bố xếp hạng 6 tháng đầu năm 2026" in work(world, "oL")
    assert "Trình công bố xếp hạng" not in work(world, "oU")
    prepare(scored, world)
    db.session.commit()
    assert "Xác nhận công bố xếp hạng 6 tháng đầu năm 2026" in work(world, "hL")
    for persona in ("oL", "oU", "hD"):
        assert "Xác nhận công bố xếp hạng" not in work(world, persona)


def test_the_page_of_the_period_leads_to_the_ranking(scored, world):
    place = f"/periods/{scored.public_id}"
    link = f'href="{place}/ranking"'
    assert link in browser(world, "oL").get(place).get_data(as_text=True)
    assert link not in browser(world, "oU").get(place).get_data(as_text=True)
    made = publish(scored, world)
    shown = browser(world, "oU").get(place).get_data(as_text=True)
    assert link in shown
    board = browser(world, "bd").get(place).get_data(as_text=True)
    assert f"{place}/revoke" not in board
    assert f"/rankings/{made.public_id}/revoke" in browser(world, "bd").get(f"/rankings/{made.public_id}").get_data(
        as_text=True
    )


def test_a_scored_period_is_revoked_by_its_ranking_only(scored, world):
    publish(scored, world)
    with pytest.raises(RuleBroken, match="bảng xếp hạng"):
        publication.revoke(scored, reason="Sai", by=world.accounts["bd"], at=AFTER)
    db.session.rollback()
    assert scored.state is PeriodState.PUBLISHED


def test_a_waiting_ranking_is_taken_back_by_itself_before_anything_else(scored, world):
    prepare(scored, world)
    db.session.commit()
    with pytest.raises(RuleBroken, match="bảng xếp hạng"):
        publication.take_back(scored, reason="Sai", by=world.accounts["oL"], at=AFTER)
    db.session.rollback()
    with pytest.raises(NotOpen, match="rút đề nghị"):
        periods.unlock(
            scored, new_locks_at=AFTER + timedelta(days=3), reason="Thiếu số", by=world.accounts["bd"], at=AFTER
        )
    db.session.rollback()
    assert scored.state is PeriodState.REVIEWING
