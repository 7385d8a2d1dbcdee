"""What the pages of scoring call a unit and a line, from the first look to publication: no stage reads like a lack."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from flask import current_app

from tests.services.test_ranking import publish, scored
from tests.services.test_scoring import AFTER, give, line, of, period
from tests.world import Browser, World
from tracker.db import db
from tracker.domain.scores import ScoreStage
from tracker.models.period import ReportingPeriod
from tracker.services import explanation, scoring
from tracker.services.recording import acting

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def words(world: World, persona: str, path: str) -> str:
    """What the persona reads on a page."""
    page = Browser(current_app._get_current_object(), world.accounts[persona], AFTER).get(path)
    assert page.status_code == 200, page.status
    text = re.sub(r"(?s)<(script|head).*?</\1>", " ", page.get_data(as_text=True))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def row(text: str, unit: str) -> str:
    """The unit's row of the list, up to the next unit."""
    return text.partition(f" {unit} ")[2].partition(" Đơn vị ")[0]


def units(period: ReportingPeriod) -> str:
    return f"/periods/{period.public_id}/scoring"


def desk(period: ReportingPeriod, world: World, letter: str) -> str:
    return f"/submissions/{of(period, world, letter).public_id}/scoring"


def shared(period: ReportingPeriod, world: World) -> None:
    """All units done at the first look, then shown their points; U explains a line."""
    for letter in "UVLDEN":
        by = world.accounts["oD" if letter == "L" else "oL"]
        scoring.finish(of(period, world, letter), ScoreStage.BLOC, by=by, at=AFTER)
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    explanation.explain(
        line(period, world, "U", 1), text="Đã gửi bổ sung.", seen=0, by=world.accounts["oU"], at=AFTER
    )
    db.session.commit()


def test_after_the_first_look_a_unit_waits_only_where_it_explains(scored, world):
    shared(scored, world)
    text = words(world, "oL", units(scored))
    assert "có giải trình" in row(text, "Đơn vị U") and "xong lần một" in row(text, "Đơn vị V")
    assert "đang chấm" not in text


def test_the_second_look_says_that_a_blank_line_keeps_its_points(scored, world):
    shared(scored, world)
    text = words(world, "oL", desk(scored, world, "U"))
    assert "chấm lần hai, dòng để trống giữ điểm lần một. Đã chấm lại 0 trên 3 dòng" in text
    assert "Chưa chấm lại" in text and "như lần một" in text and "chưa chấm" not in text


def test_the_board_reads_how_much_it_decided_itself(scored, world):
    text = words(world, "bd", units(scored))
    assert "chờ duyệt" in row(text, "Đơn vị U")
    text = words(world, "bd", desk(scored, world, "U"))
    assert "Hội đồng duyệt điểm, dòng để trống giữ điểm của khối. Đã duyệt riêng 0 trên 3 dòng" in text


def test_after_publication_the_desk_is_read_from_the_first_look_on(scored, world):
    shared(scored, world)
    publish(scored, world)
    assert "đã công bố" in row(words(world, "oL", units(scored)), "Đơn vị V")
    text = words(world, "oL", desk(scored, world, "V"))
    assert "Thường trực khối chấm. Đã chấm 3 trên 3 dòng" in text
    assert "như lần một" in text and "không đổi" in text
    assert "chưa chấm" not in text and "chưa duyệt" not in text
    across = f"{units(scored)}/criteria/{line(scored, world, 'V', 1).criterion.public_id}"
    text = words(world, "oL", across)
    assert "Khối chấm" in text and "chưa chấm" not in text


def test_the_year_leads_to_the_years_before(period, world):
    page = Browser(current_app._get_current_object(), world.accounts["oL"], AFTER)
    bloc = world.blocs["B"].public_id
    text = page.get(f"/blocs/{bloc}/scores?year=2026").get_data(as_text=True)
    assert f'href="/blocs/{bloc}/ranking-history"' in text


def test_a_units_page_says_what_the_council_left_as_it_was(scored, world):
    give(line(scored, world, "U", 1), "17", world.accounts["bd"], ScoreStage.COUNCIL, reason="Hội đồng thống nhất")
    edition, unit = publish(scored, world), of(scored, world, "U").unit
    text = words(world, "oU", f"/rankings/{edition.public_id}/units/{unit.public_id}")
    assert "không đổi" in text and "chưa chấm" not in text and "chưa duyệt" not in text
    assert "95% chỉ tiêu 100%" in text


def test_where_nobody_leads_the_board_scores_for_the_bloc_and_decides_once_points_are_shared(scored, world):
    with acting(None, AFTER):
        for term in [each for each in world.blocs["B"].terms if each.holds_on(AFTER.date())]:
            term.ends_on = AFTER.date() - timedelta(days=1)
    db.session.commit()
    assert "Thường trực khối chấm." in words(world, "bd", desk(scored, world, "L"))
    explanation.share(scored, by=world.accounts["bd"], at=AFTER)
    db.session.commit()
    assert "Hội đồng duyệt điểm" in words(world, "bd", desk(scored, world, "L"))
    entry = line(scored, world, "L", 1)
    board = Browser(current_app._get_current_object(), world.accounts["bd"], AFTER)
    sent = {"points": "12", "reason": "Hội đồng kết luận", "stage": "council", "version": "0"}
    answer = board.post(f"/entries/{entry.public_id}/council-points", sent)
    assert answer.status_code == 200, answer.text
    assert scoring.before(entry, ScoreStage.COUNCIL).stage is ScoreStage.BLOC
    assert answer.json["points"] == "12,00"
