"""A criteria set goes out as a workbook and comes back as the same tree; what is doubtful is named by its cell."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.criteria_trees import group, hundred_and_seven, leaf, step, thousand, tree
from tracker.domain.cells import Workbook as Cells
from tracker.domain.criteria import BandBasis, Direction, ScoreFunction
from tracker.domain.criteria_changes import changes
from tracker.domain.criteria_checks import parameters
from tracker.domain.criteria_sheet import ABOUT, BANDS, ROWS, CriteriaRead, fingerprint
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.exports.criteria_workbook import workbook
from tracker.imports import child, reader
from tracker.imports.criteria_reader import read_criteria

KEY = "bocriteria22"


def keyed(made: CriteriaTree) -> CriteriaTree:
    """Keys that differ throughout the tree."""
    count = iter(range(1000))

    def node(old: CriterionNode) -> CriterionNode:
        return replace(old, key=f"row{next(count):03}", children=tuple(node(child) for child in old.children))

    return replace(made, criteria=tuple(node(root) for root in made.criteria))


def content_of(made: CriteriaTree, *, open_rows: bool = True) -> bytes:
    return workbook(made, set_key=KEY, bloc_name="Khối thi đua B", made_on=date(2026, 5, 15), open_rows=open_rows)


def read_back(made: CriteriaTree, content: bytes, folder: Path) -> CriteriaRead:
    place = folder / "bo-tieu-chi.xlsx"
    place.write_bytes(content)
    known = {placed.node.key: placed.node for placed in made.walk()}
    return read_criteria(cells_of(place), set_key=KEY, year=made.year, known=known)


def cells_of(place: Path) -> Cells:
    """What the child process reads, without starting one: that takes longer than the reading."""
    answer = json.loads(json.dumps(child.read(place, "xlsx", place.name)))
    return Cells(tuple(reader._sheet(each) for each in answer["sheets"]))


def edited(made: CriteriaTree, folder: Path, change: Callable[[Workbook], Any]) -> CriteriaRead:
    book = load_workbook(BytesIO(content_of(made)))
    change(book)
    target = BytesIO()
    book.save(target)
    return read_back(made, target.getvalue(), folder)


def cell(book: Workbook, sheet: str, head: str, number: str) -> Any:
    """The cell under `head` in the row whose number (or path, or label) is `number`."""
    page = book[sheet]
    heads = next(row for row in page.iter_rows() if len([each for each in row if each.value]) > 1)
    column = next(each.column for each in heads if each.value == head)
    known = {"Bộ tiêu chí": "STT", "Bậc điểm": "Dòng", "Phần chung": "Mục"}[sheet]
    names = next(each.column for each in heads if each.value == known)
    row = next(row for row in range(heads[0].row + 1, page.max_row + 1) if page.cell(row, names).value == number)
    return page.cell(row, column)


@pytest.mark.parametrize("made", [thousand(), hundred_and_seven(), tree(None), tree("2", group("I", "2"))])
def test_an_untouched_workbook_changes_nothing(made: CriteriaTree, tmp_path: Path):
    kept = keyed(made)
    read = read_back(kept, content_of(kept), tmp_path)
    assert read.errors == ()
    assert read.tree is not None
    assert changes(kept, read.tree, lambda node: node.key) == []
    assert read.fingerprint == fingerprint(kept)


AMOUNTS = st.decimals(0, 10_000, places=4, allow_nan=False).map(lambda value: value.normalize())
POSITIVE = AMOUNTS.filter(lambda value: value > 0)
TEXTS = st.text("aăâđê ưỷ=+-@<>&\"'%1._x0041_\n", min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
).filter(bool)


@st.composite
def leaves(draw: st.DrawFn) -> CriterionNode:
    function = draw(st.sampled_from(list(ScoreFunction)))
    read = parameters(function)
    drawn: dict[str, Any] = {"unit_of_measure": draw(st.none() | st.just("vụ") | st.just("%"))}
    if "direction" in read:
        drawn["direction"] = draw(st.none() | st.sampled_from(list(Direction)))
    if "band_basis" in read:
        drawn["band_basis"] = draw(st.none() | st.sampled_from(list(BandBasis)))
    for name in ("points_each", "limit_points"):
        if name in read:
            drawn[name] = draw(st.none() | POSITIVE)
    if "floor_points" in read:
        drawn["floor_points"] = draw(st.none() | AMOUNTS.map(lambda value: -value) | AMOUNTS)
    if "bands" in read:
        cut = draw(POSITIVE)
        whole = function is ScoreFunction.LATENESS
        low, high = (step(None, "3", "1", True, True), step("4", None, "0", True, True)) if whole else (
            replace(step(None, "1", "0"), high=cut), replace(step("1", None, "2"), low=cut))  # fmt: skip
        drawn["bands"] = draw(st.just(()) | st.just((high, low)))
    return leaf("1", None, function, title=draw(TEXTS), guidance=draw(st.none() | TEXTS),
                evidence_required=draw(st.booleans()), **drawn)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(leaves(), min_size=1, max_size=6), st.none() | POSITIVE)
def test_any_set_comes_back_as_it_went(tmp_path: Path, drawn: list[CriterionNode], total: Decimal | None):
    numbered = [replace(node, number=f"1.{place}") for place, node in enumerate(drawn)]
    kept = keyed(replace(tree(None, group("I", None, *numbered)), declared_total=total))
    read = read_back(kept, content_of(kept, open_rows=False), tmp_path)
    assert read.errors == ()
    assert read.tree is not None
    assert [change.said for change in changes(kept, read.tree, lambda node: node.key)] == []


def test_the_child_process_reads_the_same(tmp_path: Path):
    place = tmp_path / "bo-tieu-chi.xlsx"
    place.write_bytes(content_of(keyed(hundred_and_seven())))
    assert reader.read_workbook(place) == cells_of(place)


def test_a_changed_cell_is_one_change(tmp_path: Path):
    kept = keyed(hundred_and_seven())
    read = edited(kept, tmp_path, lambda book: setattr(cell(book, BANDS, "Điểm", "II › 1"), "value", 1.9))
    assert read.tree is not None
    said = [change.said for change in changes(kept, read.tree, lambda node: node.key)]
    assert len(said) == 1
    assert said[0].startswith("Dòng II › 1, bậc điểm: từ “100% trở lên → 2;")
    assert "thành “100% trở lên → 1,9;" in said[0]


def test_a_row_put_between_without_key_is_new_and_a_row_left_out_is_gone(tmp_path: Path):
    kept = keyed(tree("5", leaf("1", "2"), leaf("2", "3")))

    def change(book: Workbook) -> None:
        place = cell(book, ROWS, "STT", "1").row
        page = book[ROWS]
        page.delete_rows(place + 1)
        page.insert_rows(place + 1)
        for column, value in enumerate((1, "1a", "Mới", None, 4, None, "Chấm tay"), start=1):
            page.cell(place + 1, column).value = value

    read = edited(kept, tmp_path, change)
    assert read.errors == ()
    assert read.tree is not None
    assert [change.said for change in changes(kept, read.tree, lambda node: node.key)] == [
        "Thêm dòng 1a: Mới", "Bỏ dòng 2: Tiêu chí 2",
    ]  # fmt: skip


def _set(sheet: str, head: str, number: str, value: Any) -> Callable[[Workbook], Any]:
    return lambda book: setattr(cell(book, sheet, head, number), "value", value)


FAULTS = [
    (_set(ROWS, "Điểm tối đa", "II", "bảy"), ROWS, "Điểm tối đa", "II", "không đọc được là số"),
    (_set(ROWS, "Điểm tối đa", "II", "1.286"), ROWS, "Điểm tối đa", "II", "có thể là 1286 hoặc 1,286"),
    (_set(ROWS, "Điểm tối đa", "II", -7), ROWS, "Điểm tối đa", "II", "nhỏ hơn 0"),
    (_set(ROWS, "Cấp", "II", 5), ROWS, "Cấp", "II", "đứng ngay sau dòng cấp"),
    (_set(ROWS, "Cấp", "II", None), ROWS, "Cấp", "II", "Chưa ghi cấp"),
    (_set(ROWS, "Cách chấm", "4", "Chấm máy"), ROWS, "Cách chấm", "4", "không có trong danh sách"),
    (_set(ROWS, "Chiều", "4", "Càng nhiều càng tốt"), ROWS, "Chiều", "4", "“Chấm tay” không dùng cột này"),
    (_set(ROWS, "Nội dung", "4", "  "), ROWS, "Nội dung", "4", "Chưa ghi nội dung"),
    (_set(ROWS, "Đơn vị tính", "4", "x" * 61), ROWS, "Đơn vị tính", "4", "nhiều nhất 60"),
    (_set(ROWS, "Cần minh chứng", "4", "chắc có"), ROWS, "Cần minh chứng", "4", "không có trong danh sách"),
    (_set(ROWS, "STT", "4", date(2026, 1, 1)), ROWS, None, None, "tự đổi khi gõ"),
    (_set(BANDS, "Đầu dưới", "II › 1", None), BANDS, "Đầu dưới", "II › 1", "Chưa rõ bậc có kể cả số này không"),
    (_set(BANDS, "Từ", "II › 1", 1.2), BANDS, None, None, "còn khoảng trống từ 100% đến 120%"),
    (_set(BANDS, "Điểm", "II › 1", None), BANDS, "Điểm", "II › 1", "Chưa ghi điểm của bậc"),
    (_set(BANDS, "Dòng", "II › 1", "II › 9"), BANDS, "Dòng", "II › 9", "Không có dòng “II › 9”"),
    (_set(BANDS, "Dòng", "II › 1", "II › 3"), BANDS, "Dòng", "II › 3", "không chấm theo bậc"),
    (_set(ABOUT, "Giá trị", "Tên", None), ABOUT, "Giá trị", "Tên", "Chưa ghi tên"),
    (_set(ABOUT, "Giá trị", "Số chữ số lẻ", 9), ABOUT, "Giá trị", "Số chữ số lẻ", "từ 0 đến 4"),
    (_set(ABOUT, "Giá trị", "Xếp hạng theo", "Theo cảm tính"), ABOUT, "Giá trị", "Xếp hạng theo", "không có trong"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sheet", "head", "number", "reason"), FAULTS)
def test_a_fault_is_named_by_sheet_cell_and_reason(
    tmp_path: Path, change: Callable[[Workbook], Any], sheet: str, head: str | None, number: str | None, reason: str
):
    kept = keyed(hundred_and_seven())
    spot: list[str] = []

    def both(book: Workbook) -> None:
        change(book)
        if head is not None and number is not None:
            spot.append(cell(book, sheet, head, number).coordinate)

    read = edited(kept, tmp_path, both)
    assert read.tree is None
    named = [error for error in read.errors if reason in error.reason]
    assert [error.sheet for error in named] == [sheet]
    assert not spot or named[0].cell == spot[0]
    assert named[0].remedy


def test_numbers_that_a_spreadsheet_took_for_figures_are_read_as_they_look(tmp_path: Path):
    kept = keyed(tree("5", group("1", "5", leaf("1.1", "5"))))
    read = edited(kept, tmp_path, _set(ROWS, "STT", "1.1", 1.1))
    assert read.tree is not None
    assert changes(kept, read.tree, lambda node: node.key) == []


def test_a_row_copied_with_its_hidden_key_is_asked_about(tmp_path: Path):
    kept = keyed(tree("5", leaf("1", "2"), leaf("2", "3")))

    def change(book: Workbook) -> None:
        page = book[ROWS]
        first = cell(book, ROWS, "STT", "1").row
        page.cell(first + 1, page.max_column).value = page.cell(first, page.max_column).value

    read = edited(kept, tmp_path, change)
    assert [error.reason for error in read.errors] == ["Mã dòng có hai lần: dòng được chép cùng cột mã đang ẩn."]


def test_hidden_rows_totals_and_foreign_files_are_refused(tmp_path: Path):
    kept = keyed(tree("5", leaf("1", "2"), leaf("2", "3")))

    def hide(book: Workbook) -> None:
        book[ROWS].row_dimensions[cell(book, ROWS, "STT", "2").row].hidden = True

    def total(book: Workbook) -> None:
        row = cell(book, ROWS, "STT", "2").row + 1
        book[ROWS].cell(row, 3).value, book[ROWS].cell(row, 5).value = "Tổng cộng", 5

    assert ["bị ẩn" in error.reason for error in edited(kept, tmp_path, hide).errors] == [True]
    assert [error.reason for error in edited(kept, tmp_path, total).errors] == ["Dòng tổng không phải là tiêu chí."]
    other = edited(kept, tmp_path, lambda book: setattr(book["Khóa"]["B2"], "value", "another"))
    assert [error.reason for error in other.errors] == ["Tệp này là bảng của một bộ tiêu chí khác."]
    bare = edited(kept, tmp_path, lambda book: book.remove(book["Khóa"]))
    assert [error.reason for error in bare.errors] == ["Tệp này không phải là bảng tải từ bộ tiêu chí."]
    halved = edited(kept, tmp_path, lambda book: book.remove(book[BANDS]))
    assert [error.reason for error in halved.errors] == ["Tệp thiếu trang “Bậc điểm”."]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_saved_again_by_libreoffice_it_is_the_same_set(tmp_path: Path, kind: str):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed")
    kept = keyed(hundred_and_seven())
    (tmp_path / "bo.xlsx").write_bytes(content_of(kept))
    out = tmp_path / "again"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(tmp_path / "bo.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    known = {placed.node.key: placed.node for placed in kept.walk()}
    read = read_criteria(reader.read_workbook(out / f"bo.{kind}"), set_key=KEY, year=kept.year, known=known)
    assert read.errors == ()
    assert read.tree is not None
    assert [change.said for change in changes(kept, read.tree, lambda node: node.key)] == []


def test_user_text_is_never_a_formula(tmp_path: Path):
    kept = keyed(tree("2", leaf("=1+1", "2", title="=HYPERLINK(\"x\")")))
    book = load_workbook(BytesIO(content_of(kept)))
    kinds = {each.data_type for row in book[ROWS].iter_rows() for each in row if each.value}
    assert "f" not in kinds
