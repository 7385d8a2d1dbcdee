"""The marked copy is the workbook that came, with its faults shown; corrected, it can be sent in again."""

from copy import copy
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from tests.exports.forms import about, seen
from tests.exports.reading_forms import open_places, opened, rows_by_key, rule_of
from tracker.domain.form_expected import expected_of
from tracker.domain.form_sheet import ACHIEVEMENTS, FAULTS, KEYS, RESULTS, CellError, place_of
from tracker.exports import marked_copy
from tracker.exports.marked_copy import MARK, fault_list, marked
from tracker.exports.unit_form import form
from tracker.imports.form_reader import read_form
from tracker.imports.reader import read_workbook

FORM = form(seen(), about())
NOT_A_NUMBER = CellError(RESULTS, "G11", "khoảng 20", "Ô này phải là một số.", "Ghi 20, lời giải thích ở cột Ghi chú.")
NO_SUCH_DAY = CellError(ACHIEVEMENTS, "F9", "31/02/2026", "Không có ngày này.", "Ghi lại ngày.")


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def filled_in(**cells: Any) -> bytes:
    """The form with these cells of "Kết quả" typed over."""
    book = opened(FORM)
    for place, value in cells.items():
        book[RESULTS][place] = value
    return saved(book)


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type else ""


def state_of(book: Workbook, but: set[tuple[str, str]] = frozenset()) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Everything that can be seen of each cell, but of the named ones and of the list of faults."""
    return {
        (page.title, cell.coordinate): (
            cell.value, cell.data_type, cell.number_format, colour(cell), cell.protection.locked, copy(cell.font),
            cell.comment.text if cell.comment else None,
        )
        for page in book.worksheets if page.title != FAULTS
        for row in page.iter_rows() for cell in row if (page.title, cell.coordinate) not in but
    }  # fmt: skip


def test_a_faulty_cell_is_coloured_and_says_why_and_what_to_do() -> None:
    book = opened(marked(filled_in(G11="khoảng 20"), [NOT_A_NUMBER]))
    cell = book[RESULTS]["G11"]
    assert colour(cell) == MARK
    assert cell.value == "khoảng 20"
    assert cell.comment.author == "Sổ Thi Đua"
    for words in ("khoảng 20", NOT_A_NUMBER.reason, NOT_A_NUMBER.remedy):
        assert words in cell.comment.text


def test_the_list_stands_in_front_and_leads_to_each_cell() -> None:
    book = opened(marked(FORM, [NOT_A_NUMBER, NO_SUCH_DAY]))
    assert book.sheetnames[0] == FAULTS
    assert book.active.title == FAULTS
    assert [page.title for page in book.worksheets if page.sheet_view.tabSelected] == [FAULTS]
    links = {cell.hyperlink.location for row in book[FAULTS].iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{RESULTS}'!G11", f"'{ACHIEVEMENTS}'!F9"}
    told = "\n".join(str(cell.value) for row in book[FAULTS].iter_rows() for cell in row if cell.value is not None)
    assert "Có 2 chỗ phải sửa." in told
    for error in (NOT_A_NUMBER, NO_SUCH_DAY):
        assert error.reason in told
        assert error.remedy in told


def test_everything_else_is_as_it_came() -> None:
    source = filled_in(G11="khoảng 20", G13="=1+1", I11="  hai  chỗ trống ")
    before, after = opened(source), opened(marked(source, [NOT_A_NUMBER]))
    assert after.sheetnames == [FAULTS, *before.sheetnames]
    assert state_of(after, {(RESULTS, "G11")}) == state_of(before, {(RESULTS, "G11")})
    assert len(state_of(after)) > 1_000
    assert after[RESULTS]["G13"].value == "=1+1"
    for page in before.worksheets:
        kept = after[page.title]
        assert kept.sheet_state == page.sheet_state
        assert kept.protection.sheet == page.protection.sheet
        assert kept.freeze_panes == page.freeze_panes
        assert {c: (d.width, d.hidden) for c, d in kept.column_dimensions.items()} == {
            c: (d.width, d.hidden) for c, d in page.column_dimensions.items()
        }
        assert [(r.type, str(r.sqref), r.formula1) for r in kept.data_validations.dataValidation] == [
            (r.type, str(r.sqref), r.formula1) for r in page.data_validations.dataValidation
        ]


def test_a_second_round_clears_what_was_corrected() -> None:
    wrong = filled_in(G11="khoảng 20", G12="nhiều")
    second = CellError(RESULTS, "G12", "nhiều", "Ô này phải là một số.", "Ghi một số.")
    first = opened(marked(wrong, [NOT_A_NUMBER, second]))
    first[RESULTS]["G11"] = 20
    again = opened(marked(saved(first), [second]))
    assert again.sheetnames.count(FAULTS) == 1
    assert again[RESULTS]["G11"].value == 20
    assert colour(again[RESULTS]["G11"]) == colour(opened(FORM)[RESULTS]["G11"]) != MARK
    assert again[RESULTS]["G11"].comment is None
    assert colour(again[RESULTS]["G12"]) == MARK
    assert again[RESULTS]["G12"].comment.text.count("Vì sao:") == 1
    again[RESULTS]["G12"] = 3
    last = opened(marked(saved(again), []))
    assert state_of(last) == state_of(opened(filled_in(G11=20, G12=3)))


def test_two_faults_of_one_cell_stand_in_one_comment() -> None:
    other = CellError(RESULTS, "G11", "khoảng 20", "Dòng này đã khóa.", "Bỏ trống.")
    cell = opened(marked(FORM, [NOT_A_NUMBER, other]))[RESULTS]["G11"]
    assert NOT_A_NUMBER.reason in cell.comment.text
    assert other.reason in cell.comment.text


def test_a_comment_that_was_there_is_kept() -> None:
    book = opened(FORM)
    book[RESULTS]["G11"].comment = Comment("Anh Ba kiểm tra lại", "Chị Tư")
    source = saved(book)
    text = opened(marked(source, [NOT_A_NUMBER]))[RESULTS]["G11"].comment.text
    assert NOT_A_NUMBER.reason in text
    assert text.endswith("Anh Ba kiểm tra lại")
    cleared = opened(marked(marked(source, [NOT_A_NUMBER]), []))[RESULTS]["G11"].comment
    assert cleared.text == "Anh Ba kiểm tra lại"


def test_a_locked_cell_that_is_wrong_can_be_corrected() -> None:
    row = next(iter(rows_by_key(opened(FORM), RESULTS).values()))
    place = opened(FORM)[RESULTS].cell(row=row, column=place_of(RESULTS, "key")).coordinate
    assert place not in open_places(opened(FORM), RESULTS)
    book = opened(marked(FORM, [CellError(RESULTS, place, "", "Thiếu mã dòng.", "Chép lại mã.")]))
    assert place in open_places(book, RESULTS)


def test_a_merged_range_is_marked_at_its_first_cell() -> None:
    book = opened(FORM)
    book[RESULTS].merge_cells("G11:H11")
    error = CellError(RESULTS, "H11", "", "Ô bị gộp.", "Bỏ gộp ô.")
    after = opened(marked(saved(book), [error]))
    assert colour(after[RESULTS]["G11"]) == MARK
    assert "Ô bị gộp." in after[RESULTS]["G11"].comment.text


def test_a_fault_without_a_cell_is_listed_only() -> None:
    errors = [
        CellError(RESULTS, "", "", "Thiếu cột Kết quả.", "Tải lại biểu."),
        CellError("Trang lạ", "B2", "x", "Không có trang này.", "Bỏ trang."),
        CellError(KEYS, "ngoài trang", "", "Mã sai.", "Tải lại biểu."),
    ]
    book = opened(marked(FORM, errors))
    assert state_of(book) == state_of(opened(FORM))
    listed = [row[4] for row in book[FAULTS].iter_rows(values_only=True)]
    assert [reason for reason in listed if reason in {error.reason for error in errors}] == [e.reason for e in errors]


def test_what_stood_in_a_cell_never_becomes_a_formula() -> None:
    error = CellError(RESULTS, "G11", "=1+1", "=2+2", "=3+3")
    page = opened(marked(FORM, [error]))[FAULTS]
    assert [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert "=2+2" in {cell.value for row in page.iter_rows() for cell in row}


def test_lists_that_excel_keeps_elsewhere_come_back() -> None:
    book = opened(FORM)
    rules = book[ACHIEVEMENTS].data_validations
    first = rows_by_key(book, ACHIEVEMENTS)["gggggggggggg/2"]
    wanted = rule_of(book, ACHIEVEMENTS, f"B{first}").formula1
    rules.dataValidation = [rule for rule in rules.dataValidation if rule.type != "list"]
    after = opened(marked(saved(book), [NOT_A_NUMBER]))
    assert rule_of(after, ACHIEVEMENTS, f"B{first}").formula1 == wanted
    assert rule_of(after, ACHIEVEMENTS, f"B{first + 40}").formula1 == wanted


def test_what_cannot_be_opened_as_a_workbook_gives_the_list_alone() -> None:
    book = opened(marked(b"khong phai xlsx", [NOT_A_NUMBER]))
    assert book.sheetnames == [FAULTS]
    assert book.sheetnames == opened(fault_list([NOT_A_NUMBER])).sheetnames
    told = [cell.value for row in book[FAULTS].iter_rows() for cell in row]
    assert NOT_A_NUMBER.reason in told


def test_beyond_a_thousand_faults_cells_are_coloured_without_a_comment(monkeypatch: Any) -> None:
    monkeypatch.setattr(marked_copy, "MOST_COMMENTS", 2)
    errors = [CellError(RESULTS, f"G{row}", "", "Sai.", "Sửa.") for row in (11, 12, 13)]
    book = load_workbook(BytesIO(marked(FORM, errors)))
    assert [colour(book[RESULTS][f"G{row}"]) for row in (11, 12, 13)] == [MARK] * 3
    assert [bool(book[RESULTS][f"G{row}"].comment) for row in (11, 12, 13)] == [True, True, False]


def test_the_corrected_copy_is_read_like_the_form_itself(tmp_path: Path) -> None:
    expected = expected_of(seen(), about().keys, about().movements)
    copied = opened(marked(filled_in(G12="khoảng 20"), [NOT_A_NUMBER, replace(NOT_A_NUMBER, cell="G12")]))
    copied[RESULTS]["G12"] = 20
    read = []
    for place, content in enumerate((filled_in(G12=20), saved(copied))):
        path = tmp_path / f"{place}.xlsx"
        path.write_bytes(content)
        read.append(read_form(read_workbook(path), expected))
    assert read[0].errors == read[1].errors == ()
    assert read[0] == read[1]
    assert {row.values["actual"] for row in read[1].results} >= {Decimal("1286.5"), Decimal(20)}
