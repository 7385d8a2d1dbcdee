"""The scoring desk in Excel: what is shown, with its filter, numbers as numbers, at the cost of the page."""

from collections.abc import Iterator
from decimal import Decimal as D
from io import BytesIO
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook

from tests.counting import counted
from tests.reporting import Leaf, make_period, make_set, submission_of
from tests.views.scoring_desk import AFTER, LEAVES, desk, lock, signed_in
from tests.views.test_scoring_cost import add_submissions
from tests.world import BEGINNING, NOON, Browser, World, keep, make_unit
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.scores import ScoreStage
from tracker.models.bloc import Membership
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry
from tracker.services import explanation, scoring
from tracker.services.recording import acting

LATE = Leaf("Gửi báo cáo đúng hạn", D(2), None, ScoreFunction.YES_NO)
HEAD = ["Số", "Tiêu chí", "Tối đa", "Đơn vị tính", "Chỉ tiêu", "Kết quả", "Tự chấm", "Khối chấm", "Lệch", "Lý do",
        "Hội đồng duyệt", "Tài liệu", "Ghi chú"]  # fmt: skip


@pytest.fixture(autouse=True)
def after_lock() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    """U's first line differs, its last is not assigned; V's has nothing."""
    made = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=(*LEAVES, LATE)), scored=True)
    with acting(None, NOON):
        submission_of(made, world, "U").entries[3].assigned = False
        submission_of(made, world, "V").entries[3].actual = D(1)
    lock(made)
    scoring.recompute(made, by=None, at=AFTER)
    give(line(made, world, "U", 0), "9,25", "Tính trùng", world)
    give(line(made, world, "U", 1), "15", "=1+1", world)
    db.session.commit()
    return made


def give(entry: Entry, points: str, reason: str, world: World, stage: ScoreStage = ScoreStage.BLOC) -> None:
    scoring.give(entry, stage, points=D(points.replace(",", ".")), reason=reason, seen=0,
                 by=world.accounts["oL"], at=AFTER)  # fmt: skip


def line(period: ReportingPeriod, world: World, letter: str, place: int) -> Entry:
    return submission_of(period, world, letter).entries[place]


def rows(browser: Browser, path: str) -> tuple[list[list[Any]], Any]:
    """The rows that hold something, and the sheet."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.status
    sheet = load_workbook(BytesIO(answer.data)).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [row for row in found if any(each is not None for each in row)], sheet


def test_a_units_desk_comes_with_its_sums_and_numbers_as_numbers(period, world):
    table, sheet = rows(signed_in(world, "oL"), desk(period, world, more="/workbook"))
    assert table[0][0] == "Bảng chấm điểm Đơn vị U"
    assert table[1][0] == "Khối thi đua B, 6 tháng đầu năm 2026"
    assert table[2:] == [
        HEAD,
        ["I", "Nhiệm vụ chuyên môn", 40, None, None, None, 19.5, 24.25, -0.25, None, None, None,
         "còn 1 dòng chưa chấm"],
        ["1", "Tỷ lệ giải ngân", 10, "%", 100, 95, 9.5, 9.25, -0.25, "Tính trùng", None, 0, "thiếu minh chứng"],
        ["2", "Tổ chức phong trào", 20, None, None, None, None, 15, None, "=1+1", None, 0, None],
        ["3", "So với đơn vị tốt nhất", 10, "hồ sơ", None, 5, 10, None, None, None, None, 0, None],
        ["4", "Gửi báo cáo đúng hạn", 2, None, None, None, None, None, None, None, None, None,
         "không được giao, không tính điểm"],
        [None, "Cộng", 40, None, None, None, 19.5, 24.25, -0.25, None, None, None, "còn 1 dòng chưa chấm"],
    ]  # fmt: skip
    by_value = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert (by_value["=1+1"].data_type, by_value[-0.25].number_format) == ("s", "[$-42A]+#,##0.00;-#,##0.00;0.00")
    assert sheet.auto_filter.ref.endswith(str(by_value["4"].row))


def test_the_filter_in_force_is_kept_and_said(period, world):
    browser, path = signed_in(world, "oL"), desk(period, world, more="/workbook?show=differs")
    page = browser.get(desk(period, world, more="?show=differs")).text
    assert f'href="{path}"' in page
    table, _sheet = rows(browser, path)
    assert table[1][0] == "Khối thi đua B, 6 tháng đầu năm 2026, chỉ các dòng: lệch"
    assert [row[1] for row in table[3:]] == ["Nhiệm vụ chuyên môn", "Tỷ lệ giải ngân"]
    table, _sheet = rows(browser, desk(period, world, "V", "/workbook?show=differs"))
    assert table[3][0] == "Không có dòng nào."


def test_the_second_look_stands_beside_the_first(period, world):
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    give(line(period, world, "U", 0), "9,5", "Nhận giải trình", world, ScoreStage.SECOND)
    db.session.commit()
    table, _sheet = rows(signed_in(world, "oL"), desk(period, world, more="/workbook"))
    assert table[2][7:11] == ["Khối chấm lần hai", "Lệch", "Lý do", "Khối chấm"]
    assert table[4][6:11] == [9.5, 9.5, 0.25, "Nhận giải trình", 9.25]


def test_one_criterion_across_the_units_names_them_in_their_order(period, world):
    leaf = line(period, world, "U", 3).criterion
    path = f"/periods/{period.public_id}/scoring/criteria/{leaf.public_id}"
    browser = signed_in(world, "oL")
    assert f'href="{path}/workbook"' in browser.get(path).text
    table, _sheet = rows(browser, f"{path}/workbook")
    assert table[0][0] == "Chấm tiêu chí 4 Gửi báo cáo đúng hạn"
    assert [(row[0], row[1], row[5], row[12]) for row in table[3:]] == [
        ("1", "Đơn vị U", None, "không được giao, không tính điểm"), ("2", "Đơn vị V", "đạt", None),
        ("3", "Đơn vị D", None, None), ("4", "Đơn vị E", None, None), ("5", "Đơn vị N", None, None),
    ]  # fmt: skip
    assert browser.get(f"{path[:-12]}{'x' * 12}/workbook").status_code == 404


def test_a_set_that_rounds_to_three_shows_three_and_is_taken_by_one_click(world):
    bloc = world.blocs["B"]
    made = make_period(world, criteria_set=make_set(bloc, leaves=LEAVES, places=3), scored=True)
    lock(made)
    scoring.recompute(made, by=None, at=AFTER)
    db.session.commit()
    browser = signed_in(world, "oL")
    _table, sheet = rows(browser, desk(made, world, more="/workbook"))
    own = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 9.5)
    assert own.number_format == "[$-42A]#,##0.000"
    # What the page's script puts into the box is read back as the same number: 9,500 would have two readings.
    assert 'data-take="9,5000"' in browser.get(desk(made, world)).text


def test_both_workbooks_cost_the_same_for_few_and_many_units(period, world):
    browser = signed_in(world, "oL")
    leaf = line(period, world, "U", 1).criterion
    across = f"/periods/{period.public_id}/scoring/criteria/{leaf.public_id}/workbook"
    paths = desk(period, world, more="/workbook"), across
    few = [spent(browser, path) for path in paths]
    more = [make_unit(world.authority, f"Đơn vị thêm {place}") for place in range(24)]
    keep(*more, *(Membership(bloc=world.blocs["B"], unit=unit, position=20 + place, starts_on=BEGINNING)
                  for place, unit in enumerate(more)))  # fmt: skip
    add_submissions(period, more)
    assert [spent(browser, path) for path in paths] == few
    table, _sheet = rows(browser, paths[1])
    assert len(table) == 3 + 5 + 24


def spent(browser: Browser, path: str) -> int:
    browser.get(path)
    with counted() as sent:
        browser.get(path)
    return len(sent)
