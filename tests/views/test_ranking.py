"""Rankings on screen: the order as it stands, two persons, frozen editions, corrections, every point explained."""

import re
from html import unescape

import pytest
import time_machine
from flask import current_app
from sqlalchemy import select

from tests.counting import counted
from tests.services.test_ranking import prepare, publish, scored
from tests.services.test_scoring import AFTER, LEAVES, give, line, of, period
from tests.world import Browser, World, keep
from tracker.db import db
from tracker.domain.periods import PeriodKind
from tracker.domain.ranking_words import grouped
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import RankingState, ScoreStage, Standing
from tracker.models.period import PastResult, ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.submission import Submission
from tracker.queries import ranking as rankings
from tracker.services import explanation, scoring

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def browser(world: World, persona: str) -> Browser:
    return Browser(current_app._get_current_object(), world.accounts.get(persona), AFTER)


def words(page) -> str:
    """What is read of a page."""
    assert page.status_code == 200, page.status
    text = re.sub(r"(?s)<(script|head).*?</\1>", " ", page.get_data(as_text=True))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def live(period: ReportingPeriod) -> str:
    return f"/periods/{period.public_id}/ranking"


def test_the_secretariat_sees_the_order_as_it_stands(scored, world):
    explanation.share(scored, by=world.accounts["oL"], at=AFTER)
    read = words(browser(world, "oL").get(live(scored)))
    assert "Đơn vị U" in read and read.count("đồng hạng") == 5 + 1
    assert "Bằng điểm thì đồng hạng." in read and "Xếp theo tổng điểm." in read and "Trình công bố" in read
    assert "37,50" in read and "93,75%" in read


def test_members_do_not_see_the_order_before_publication(scored, world):
    page = browser(world, "oU").get(live(scored))
    assert page.status_code == 403
    assert "chưa công bố" in page.get_data(as_text=True)




def test_units_apart_stand_below_with_their_reason(scored, world):
    explanation.set_apart(
        of(scored, world, "V"), standing=Standing.WITHDRAWN, reason="Đơn vị xin rút.", by=world.accounts["oL"], at=AFTER
    )
    read = words(browser(world, "oL").get(live(scored)))
    assert "Không xếp hạng 1 đơn vị" in read and "Đơn vị xin rút." in read and "Rút, không xếp hạng" in read


def test_unfinished_scoring_is_said_and_not_put_forward(period, world):
    scoring.recompute(period, by=None, at=AFTER)
    page = browser(world, "oL").get(live(period))
    assert "Chưa chấm xong" in words(page)
    assert "/ranking/prepare" not in page.get_data(as_text=True)


def test_two_persons_publish_on_screen(scored, world):
    place = f"{live(scored)}/prepare"
    assert browser(world, "oU").get(place).status_code == 403
    assert "Các đơn vị chưa được xem điểm" in browser(world, "oL").get(place).get_data(as_text=True)
    assert browser(world, "oL").post(f"/periods/{scored.public_id}/share-points").status_code == 302
    asked = words(browser(world, "oL").get(place))
    assert "6 đơn vị" in asked and "đồng hạng ở hạng 2" in asked and "Lý do đính chính" not in asked
    sent = browser(world, "oL").post(place, {"decision_number": "Biên bản số 12/BB-KTĐ", "decided_on": "10/06/2026"})
    assert sent.status_code == 302
    made = db.session.scalars(select(Ranking)).one()
    assert (made.state, made.decision_number, f"{made.decided_on:%d/%m/%Y}") == (
        RankingState.PREPARED, "Biên bản số 12/BB-KTĐ", "10/06/2026",
    )
    assert sent.location.endswith(made.public_id)
    assert browser(world, "oU").get(f"/rankings/{made.public_id}").status_code == 403
    confirm = f"/rankings/{made.public_id}/confirm"
    assert browser(world, "oL").get(confirm).status_code == 403
    assert "Đứng đầu: 1. Đơn vị U" in words(browser(world, "hL").get(confirm))
    assert browser(world, "hL").post(confirm).status_code == 302
    db.session.expire_all()
    assert (made.state, scored.state) == (RankingState.PUBLISHED, PeriodState.PUBLISHED)
    assert browser(world, "oU").get(live(scored)).location.endswith(f"/rankings/{made.public_id}")
    read = words(browser(world, "oU").get(f"/rankings/{made.public_id}"))
    assert grouped(made.sha256) in read and made.code in read and "Biên bản số 12/BB-KTĐ ngày 10/06/2026" in read
    assert "Đã công bố, phiên bản 1" in read


def test_points_that_moved_stop_the_confirmation_with_a_sentence(scored, world):
    made = prepare(scored, world)
    give(line(scored, world, "U", 1), "10", world.accounts["oL"], reason="xem lại", seen=1)
    answered = browser(world, "hL").post(f"/rankings/{made.public_id}/confirm")
    assert answered.status_code == 422
    assert "đã thay đổi sau khi trình" in answered.get_data(as_text=True)


def test_taking_back_asks_its_reason(scored, world):
    made = prepare(scored, world)
    place = f"/rankings/{made.public_id}/take-back"
    assert browser(world, "oU").get(place).status_code == 403
    assert browser(world, "oL").post(place, {"reason": ""}).status_code == 422
    assert browser(world, "oL").post(place, {"reason": "Còn một giải trình"}).status_code == 302
    assert rankings.editions(scored) == []


def corrected(scored: ReportingPeriod, world: World) -> tuple[Ranking, Ranking]:
    """Edition 1 published, revoked on screen, V's points raised, edition 2 published."""
    first = publish(scored, world)
    place = f"/rankings/{first.public_id}/revoke"
    assert browser(world, "hL").get(place).status_code == 403
    assert browser(world, "bd").post(place, {"reason": "Cộng sót điểm"}).status_code == 302
    give(line(scored, world, "V", 1), "19", world.accounts["oL"], reason="Bổ sung hồ sơ", seen=1)
    prepare = f"{live(scored)}/prepare"
    assert browser(world, "oL").post(prepare, {"reason": ""}).status_code == 422
    made = browser(world, "oL").post(prepare, {"reason": "Cộng sót 4 điểm của đơn vị V"})
    second = db.session.scalars(select(Ranking).where(Ranking.edition == 2)).one()
    assert made.location.endswith(second.public_id)
    assert browser(world, "hL").post(f"/rankings/{second.public_id}/confirm").status_code == 302
    db.session.expire_all()
    return first, second


def test_a_correction_shows_what_it_changed_and_the_old_one_stays(scored, world):
    first, second = corrected(scored, world)
    read = words(browser(world, "oV").get(f"/rankings/{second.public_id}/changes"))
    assert "Cộng sót 4 điểm của đơn vị V" in read and "Bổ sung hồ sơ" in read
    assert re.search(r"Đơn vị V 2 \(đồng hạng\) 1 34,50 38,50 ", read), read
    assert "1 dòng thay đổi" in read
    old = words(browser(world, "oV").get(f"/rankings/{first.public_id}"))
    assert "Phiên bản này đã thu hồi" in old and "Cộng sót điểm" in old and "Mở phiên bản 2" in old
    assert grouped(first.sha256) in old
    assert browser(world, "oV").get(f"/rankings/{first.public_id}/changes").status_code == 409


def points_page(submission: Submission) -> str:
    return f"/submissions/{submission.public_id}/points"


def test_a_unit_reads_the_blocs_points_only_once_they_are_shared(scored, world):
    submission = of(scored, world, "U")
    read = words(browser(world, "oU").get(points_page(submission)))
    assert "10 × 95 ÷ 100 = 9,5." in read and "Theo hồ sơ" not in read and "Được tính" not in read
    explanation.share(scored, by=world.accounts["oL"], at=AFTER)
    read = words(browser(world, "oU").get(points_page(submission)))
    assert "Theo hồ sơ" in read and "37,50 (I) = 37,50 điểm." in read
    assert "Hạng 1" not in read
    assert browser(world, "oV").get(points_page(submission)).status_code in (403, 404)


def test_after_publication_every_member_reads_how_a_place_came_about(scored, world):
    explanation.share(scored, by=world.accounts["oL"], at=AFTER)
    give(line(scored, world, "V", 1), "16", world.accounts["oL"], ScoreStage.SECOND, reason="Nhận giải trình")
    made = publish(scored, world)
    submission = of(scored, world, "V")
    answered = browser(world, "oU").get(points_page(submission))
    assert answered.location.endswith(f"/rankings/{made.public_id}/units/{world.units['V'].public_id}")
    read = words(browser(world, "oU").get(answered.location))
    assert "Hạng 2 trên 6 đơn vị: 1 đơn vị đứng trên." in read
    assert "35,50 (I) = 35,50 điểm." in read and "Nhận giải trình" in read
    assert "35,50 ÷ 40,00 điểm tối đa được giao = 88,75%." in read
    nobody = f"/rankings/{made.public_id}/units/{world.units['U'].public_id[::-1]}"
    assert browser(world, "oU").get(nobody).status_code == 404


def test_the_published_page_shows_last_years_place(scored, world):
    keep(*(
        PastResult(bloc=world.blocs["B"], unit=world.units[letter], year=2025, kind=PeriodKind.FIRST_HALF, rank=place)
        for place, letter in enumerate("VUL", 1)
    ))
    made = publish(scored, world)
    page = browser(world, "oU").get(f"/rankings/{made.public_id}")
    read = words(page)
    assert "So với 2025" in read and "lên 1" in read and "xuống 1" in read and "chưa có" in read
    assert page.get_data(as_text=True).count('class="line"') == 1


def test_the_pages_cost_the_same_for_few_and_many_lines(scored, world):
    at = browser(world, "bd")
    at.get(live(scored))
    with counted() as many:
        at.get(live(scored))
    assert len(many) <= 45, "\n".join(many)
    assert len(LEAVES) == 3


def test_the_published_pages_lead_to_their_papers(scored, world):
    made = publish(scored, world)
    page = browser(world, "oU").get(f"/rankings/{made.public_id}").text
    assert f"/rankings/{made.public_id}/pdf" in page
    own = browser(world, "oU").get(f"/rankings/{made.public_id}/units/{world.units['U'].public_id}")
    assert "/points/workbook" in own.text
