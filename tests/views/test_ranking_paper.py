"""The papers of a ranking handed out: who gets them, what a draft says, what a unit may read before publication."""

import re
from decimal import Decimal
from io import BytesIO

import docx
import pypdf
import pytest
import time_machine
from flask import current_app

from tests.counting import counted
from tests.exports.workbooks import opened, texts
from tests.reporting import make_period, make_set
from tests.services.test_ranking import prepare, publish, scored
from tests.services.test_scoring import AFTER, of, period
from tests.world import Browser, World, keep
from tracker.db import db
from tracker.domain.periods import PeriodKind
from tracker.domain.ranking_words import grouped
from tracker.models.period import PastResult
from tracker.services import explanation

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def browser(world: World, persona: str) -> Browser:
    return Browser(current_app._get_current_object(), world.accounts[persona], AFTER)


def words_of(book) -> str:
    return "\n".join(str(text) for page in book.worksheets for text in texts(page))


def test_the_order_as_it_stands_is_a_draft_for_who_scores(world, scored):
    address = f"/periods/{scored.public_id}/ranking/workbook"
    page = browser(world, "oL").get(address)
    assert page.status_code == 200
    told = words_of(opened(page.data))
    assert "DỰ THẢO" in told and "Bảng tạm tính, chưa công bố" in told and "SHA-256" not in told
    assert browser(world, "oU").get(address).status_code == 403
    assert browser(world, "oX").get(address).status_code == 404


def test_code_and_hash_stand_on_excel_word_and_pdf(world, scored):
    made = publish(scored, world, decision_number="12/BB-KTĐ")
    reader = browser(world, "oV")
    address = f"/rankings/{made.public_id}"
    excel = words_of(opened(reader.get(f"{address}/workbook").data))
    document = docx.Document(BytesIO(reader.get(f"{address}/word").data))
    typed = "\n".join(paragraph.text for paragraph in document.paragraphs)
    printed = "\n".join(
        page.extract_text() for page in pypdf.PdfReader(BytesIO(reader.get(f"{address}/pdf").data)).pages
    )
    for told in (excel, typed, printed):
        plain = re.sub(r"[\s\u200b]", "", told)
        assert f"SHA-256:{grouped(made.sha256)}".replace(" ", "") in plain
        assert f"Mãkiểmtra:{made.code}" in plain
        assert "12/BB-KTĐ" in plain
        assert "DỰTHẢO" not in plain


def test_an_edition_that_waits_is_a_draft_which_members_do_not_get(world, scored):
    from_l = browser(world, "oL")
    made = prepare(scored, world)
    db.session.commit()
    told = words_of(opened(from_l.get(f"/rankings/{made.public_id}/workbook").data))
    assert "DỰ THẢO" in told and "chờ xác nhận công bố" in told
    for kind in ("workbook", "word", "pdf"):
        assert browser(world, "oU").get(f"/rankings/{made.public_id}/{kind}").status_code in (403, 404)


def test_before_publication_a_unit_reads_its_own_points_and_no_place(world, scored):
    own = of(scored, world, "U")
    address = f"/submissions/{own.public_id}/points/workbook"
    unit, secretariat = browser(world, "oU"), browser(world, "oL")
    hidden = opened(unit.get(address).data).worksheets[0]
    head = next(row for row in hidden.iter_rows(values_only=True) if row[0] == "STT")
    line = next(row for row in hidden.iter_rows(values_only=True) if row[1] == "Tổ chức phong trào")
    assert dict(zip(head, line, strict=True))["Khối chấm"] is None
    explanation.share(scored, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    shared = opened(unit.get(address).data)
    line = next(row for row in shared.worksheets[0].iter_rows(values_only=True) if row[1] == "Tổ chức phong trào")
    assert dict(zip(head, line, strict=True))["Khối chấm"] == 18
    assert "Theo hồ sơ" in words_of(shared) and "hạng 1/" not in words_of(shared)
    assert "hạng 1/6" in words_of(opened(secretariat.get(address).data))
    assert browser(world, "oV").get(address).status_code in (403, 404)


def test_after_publication_a_unit_is_explained_from_the_edition(world, scored):
    publish(scored, world)
    address = f"/submissions/{of(scored, world, 'U').public_id}/points/workbook"
    told = words_of(opened(browser(world, "oV").get(address).data))
    assert "hạng 1/6" in told and "Phiên bản 1; mã kiểm tra:" in told
    assert "Đơn vị V" not in told


def test_papers_of_an_unscored_period_are_refused_with_a_reason(world):
    plain = make_period(world, criteria_set=make_set(world.blocs["B"]))
    for address in (
        f"/periods/{plain.public_id}/ranking/workbook",
        f"/submissions/{of(plain, world, 'U').public_id}/points/workbook",
    ):
        page = browser(world, "oL").get(address)
        assert page.status_code == 409 and "không chấm điểm" in page.get_data(as_text=True)


def test_a_paper_costs_the_same_queries_for_few_and_many_earlier_results(world, scored):
    made = publish(scored, world)
    reader, address = browser(world, "oV"), f"/rankings/{made.public_id}/workbook"
    past_year(world, 2025)
    reader.get(address)
    with counted() as few:
        assert reader.get(address).status_code == 200
    for year in range(2016, 2025):
        past_year(world, year)
    with counted() as many:
        page = reader.get(address)
    assert len(many) == len(few)
    chart = opened(page.data)["Biểu đồ"]
    assert [cell.value for cell in chart["E"] if str(cell.value).startswith("Năm")][:2] == ["Năm 2016", "Năm 2017"]


def past_year(world: World, year: int) -> None:
    for place, letter in enumerate("UVLDEN", start=1):
        keep(
            PastResult(
                bloc=world.blocs["B"], unit=world.units[letter], year=year, kind=PeriodKind.YEAR, rank=place,
                points=Decimal(100 - place), maximum=Decimal(100),
            )
        )
