"""Earlier years come in from one workbook: previewed, marked, confirmed; the same file twice changes nothing."""

import io
import re
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from sqlalchemy import select

from tests.counting import counted
from tests.imports import making
from tests.reporting import make_period, make_set, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.past_sheet import PAST_AWARDS, PAST_RESULTS, PAST_VALUES
from tracker.domain.periods import PeriodKind
from tracker.models.period import PastAward, PastResult, PastValue
from tracker.models.upload import Upload
from tracker.queries import submission as submissions

pytestmark = pytest.mark.usefixtures("noon")
Rows = list[dict[str, Any]]


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def filled(world: World, sheets: dict[str, Rows], bloc: str = "B") -> bytes:
    """A workbook of earlier years with these rows."""
    return making.past_book(world.blocs[bloc].public_id, sheets)


def send(world: World, content: bytes, who: str = "oL") -> Any:
    return world.browser(who).post(
        f"/blocs/{world.blocs['B'].public_id}/past/new", {"file": (io.BytesIO(content), "cac-nam.xlsx")},
        content_type="multipart/form-data",
    )


def page_of(world: World, content: bytes) -> tuple[str, str]:
    place = send(world, content).headers["Location"]
    return place, world.browser("oL").get(place).get_data(as_text=True)


def confirm(world: World, content: bytes) -> None:
    place, page = page_of(world, content)
    shown = re.search(r'name="shown"[^>]*value="(\w+)"', page)
    assert shown, page
    assert world.browser("oL").post(place, {"shown": shown.group(1)}).status_code == 302
    db.session.expire_all()


RESULT = {"unit": "Đơn vị U", "year": 2024, "kind": "cả năm", "points": 96.25, "maximum": 100, "rank": 1,
          "class_name": "Xuất sắc"}
VALUE = {"unit": "don vi u", "year": 2025, "kind": "6 tháng đầu năm", "name": "Văn bản tham mưu đúng hạn",
         "value": "1.286,5", "unit_of_measure": "văn bản"}
AWARD = {"unit": "Đơn vị V", "year": 2024, "object": "Tập thể", "award": "Cờ thi đua của Chính phủ",
         "decision_number": "12/QĐ-TTg", "decided_on": "20/01/2025"}


def test_workbook_loads_results_figures_and_awards_once(world: World):
    content = filled(world, {PAST_RESULTS: [RESULT], PAST_VALUES: [VALUE], PAST_AWARDS: [AWARD]})
    _, page = page_of(world, content)
    assert "3 thay đổi, trong đó 3 dòng mới" in page
    assert db.session.scalars(select(PastResult)).all() == []
    confirm(world, content)
    result, value = db.session.scalars(select(PastResult)).one(), db.session.scalars(select(PastValue)).one()
    assert (result.points, result.rank, result.kind) == (Decimal("96.25"), 1, PeriodKind.YEAR)
    assert (value.value, value.unit) == (Decimal("1286.5"), world.units["U"])
    award = db.session.scalars(select(PastAward)).one()
    assert (award.count, award.unit, award.decided_on.isoformat()) == (1, world.units["V"], "2025-01-20")

    assert "Không có gì thay đổi" in page_of(world, content)[1]
    own = world.browser("oL").get(f"/blocs/{world.blocs['B'].public_id}/past/workbook").data
    assert "Không có gì thay đổi" in page_of(world, own)[1]
    shown = world.browser("oU").get(f"/blocs/{world.blocs['B'].public_id}/past?of=2024").get_data(as_text=True)
    assert "96,25" in shown
    assert "Cờ thi đua của Chính phủ" in shown


def test_later_file_corrects_the_earlier(world: World):
    confirm(world, filled(world, {PAST_RESULTS: [RESULT]}))
    corrected = filled(world, {PAST_RESULTS: [{**RESULT, "rank": 2, "class_name": None}]})
    _, page = page_of(world, corrected)
    assert "Đơn vị U, năm 2024: Hạng" in page
    confirm(world, corrected)
    result = db.session.scalars(select(PastResult)).one()
    assert (result.rank, result.class_name) == (2, None)


def test_loaded_figure_stands_beside_the_line(world: World):
    confirm(world, filled(world, {PAST_VALUES: [VALUE]}))
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    assert submissions.seen(submission_of(period, world, "U")).lines[0].last_year == Decimal("1286.5")


def test_fault_is_marked_in_the_same_workbook_and_nothing_can_be_confirmed(world: World):
    place, page = page_of(world, filled(world, {PAST_RESULTS: [{**RESULT, "points": -1}]}))
    assert "nhỏ hơn 0" in page
    assert "Xác nhận ghi" not in page
    copy = openpyxl.load_workbook(io.BytesIO(world.browser("oL").get(f"{place}/marked").data))
    assert "nhỏ hơn 0" in copy[PAST_RESULTS]["D2"].comment.text


def test_unit_twice_is_told_with_both_rows(world: World):
    _, page = page_of(world, filled(world, {PAST_RESULTS: [RESULT, {**RESULT, "unit": "ĐƠN VỊ U", "rank": 3}]}))
    assert "trùng đơn vị, năm và nội dung với dòng" in page


def test_workbook_of_another_bloc_or_kind_is_refused(world: World):
    other = send(world, filled(world, {}, bloc="C"))
    assert (other.status_code, "khối khác" in other.get_data(as_text=True)) == (422, True)
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    form = send(world, making.form_of(submission_of(period, world, "U")))
    assert (form.status_code, "không phải là mẫu" in form.get_data(as_text=True)) == (422, True)


def test_only_the_secretariat_and_the_board_load(world: World):
    content = filled(world, {PAST_RESULTS: [RESULT]})
    place = send(world, content).headers["Location"]
    for who, status in (("oU", 403), ("oE", 403), ("oX", 404), ("bq", 404), ("ad", 403)):
        assert send(world, content, who).status_code == status
    for who in ("oU", "oD", "bd", "oX"):
        assert world.browser(who).get(place).status_code == 404
    assert send(world, content, "bd").status_code == 302
    assert world.browser("oL").post(f"{place}/delete").status_code == 302
    assert len(db.session.scalars(select(Upload)).all()) == 1


def test_preview_that_grew_old_is_not_written(world: World):
    content = filled(world, {PAST_RESULTS: [RESULT]})
    place, page = page_of(world, content)
    confirm(world, filled(world, {PAST_RESULTS: [{**RESULT, "rank": 5}]}))
    shown = re.search(r'name="shown"[^>]*value="(\w+)"', page)
    assert shown
    late = world.browser("oL").post(place, {"shown": shown.group(1)})
    assert (late.status_code, "vừa được người khác sửa" in late.get_data(as_text=True)) == (422, True)
    assert db.session.scalars(select(PastResult)).one().rank == 5


def test_a_year_costs_the_same_for_three_and_thirty_rows(world: World):
    def make(first: int, count: int) -> None:
        keep(*[
            PastValue(bloc=world.blocs["B"], unit=world.units["UVLDEN"[place % 6]], year=2024, kind=PeriodKind.YEAR,
                      name=f"Chỉ tiêu {place}", name_fold=f"chi tieu {place}", value=Decimal(place))
            for place in range(first, first + count)
        ])

    costs = []
    for first, count in ((0, 6), (6, 30)):
        make(first, count)
        browser = world.browser("oL")
        with counted() as sent:
            assert browser.get(f"/blocs/{world.blocs['B'].public_id}/past").status_code == 200
        costs.append(len(sent))
    assert costs[0] == costs[1]
