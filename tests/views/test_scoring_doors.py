"""Doors to points beside the boxes of a desk: another stage's page left open, and values that the server reckons."""

from decimal import Decimal as D

import pytest

from tests.services.test_ranking import scored
from tests.services.test_scoring import AFTER, line, of, period, points
from tests.views.test_ranking import after_lock, browser
from tracker.db import db
from tracker.domain.scores import ScoreStage
from tracker.services import explanation, scoring

__all__ = ["after_lock", "period", "scored"]


@pytest.fixture
def unjudged(period, world):
    """The first line of U, sent and not judged, as the desk at the bloc's stage shows it."""
    scoring.recompute(period, by=None, at=AFTER)
    db.session.commit()
    return line(period, world, "U", 0)


def typed(entry, stage):
    """What the form of a desk posts for one line that was typed into."""
    key = entry.public_id
    return {"stage": stage, f"{key}-was": "00000000", f"{key}-points": "8", f"{key}-reason": "Theo hồ sơ",
            f"{key}-version": "0"}  # fmt: skip


def test_a_desk_left_open_while_points_were_shared_writes_nothing_into_the_second_look(unjudged, period, world):
    across = f"/periods/{period.public_id}/scoring/criteria/{unjudged.criterion.public_id}"
    desk = f"/submissions/{unjudged.submission.public_id}/scoring"
    assert 'name="stage" value="bloc"' in browser(world, "oL").get(desk).text
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    for page in (desk, across):
        answered = browser(world, "oL").post(page, typed(unjudged, "bloc"))
        assert answered.status_code == 409
        assert "Bước chấm điểm vừa chuyển sang “Khối chấm lần hai”" in answered.text
        assert 'value="8"' in answered.text
        assert [points(unjudged, stage) for stage in ScoreStage.judged()] == [None, None, None]
    assert browser(world, "oL").post(desk, typed(unjudged, "second")).status_code == 302
    assert [points(unjudged, stage) for stage in ScoreStage.judged()] == [None, D(8), None]


def test_what_a_browser_reckoned_is_ignored_and_said(unjudged, world):
    door = f"/entries/{unjudged.public_id}/bloc-points"
    sent = {"stage": "bloc", "points": "9,5", "reason": "", "version": "0", "own": "99", "difference": "−3,00"}
    answered = browser(world, "oL").post(door, sent)
    assert (answered.status_code, answered.json["own"], answered.json["difference"]) == (200, "9,50", "0,00")
    assert answered.json["ignored"] == (
        "Không dùng giá trị gửi kèm “99”, “−3,00”: điểm tự chấm và phần lệch do chương trình tính."
    )
    assert points(unjudged, ScoreStage.SELF) == D("9.5")
    same = sent | {"version": "1", "own": "9,50", "difference": "0,00"}
    assert "ignored" not in browser(world, "oL").post(door, same).json


def test_the_leaders_officer_reaches_its_own_line_by_no_page_across(unjudged, period, world):
    own = line(period, world, "L", 0)
    across = f"/periods/{period.public_id}/scoring/criteria/{own.criterion.public_id}"
    assert f"{own.public_id}-points" not in browser(world, "oL").get(across).text
    assert browser(world, "oL").post(across, typed(own, "bloc")).status_code == 302
    assert points(own, ScoreStage.BLOC) is None
    assert of(period, world, "L").entries[0] is own
