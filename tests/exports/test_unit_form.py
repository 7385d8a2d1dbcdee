"""The unit's form: its own lines only, keys that hold, cells to fill in and cells that are locked."""

from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.forms import HELP, LINES, MOVEMENT, SECTIONS, about, line, seen
from tests.exports.reading_forms import cell, open_places, opened, rows_by_key, rule_of, said
from tracker.domain.criteria import ScoreFunction
from tracker.domain.form_sheet import (
    ACHIEVEMENT_COLUMNS,
    ACHIEVEMENTS,
    CHOICES,
    COLUMNS,
    EMPTY_ACHIEVEMENTS,
    GUIDE,
    KEYS,
    LISTS,
    NARRATIVE,
    RESULTS,
    FormMovement,
    column_of,
    joined_parts,
    keys_of,
    line_key,
)
from tracker.domain.quantities import read_number
from tracker.domain.submissions import AwardLevel, SectionKind
from tracker.exports.unit_form import form


def test_the_form_has_its_sheets_and_hides_words_and_keys() -> None:
    book = opened(form(seen(), about()))
    assert book.sheetnames == [RESULTS, ACHIEVEMENTS, NARRATIVE, GUIDE, LISTS, KEYS]
    assert [page.sheet_state for page in book.worksheets] == ["visible"] * 4 + ["hidden"] * 2
    assert keys_of({str(row[0]): str(row[1]) for row in book[KEYS].iter_rows(values_only=True)}) == about().keys


def test_only_assigned_lines_stand_in_the_form_each_under_its_key() -> None:
    book = opened(form(seen(), about()))
    rows = rows_by_key(book, RESULTS)
    assert list(rows) == [line_key(each.entry_key, each.version) for each in LINES if each.assigned]
    assert "Không được giao" not in said(book, RESULTS)
    row = rows["aaaaaaaaaaaa/3"]
    shown = {column.field: cell(book, RESULTS, row, column.field).value for column in COLUMNS[RESULTS]}
    assert shown == {
        "number": "1", "title": "Văn bản tham mưu", "unit_of_measure": "văn bản", "last_year": 1204,
        "last_period": 12.25, "target": 1286, "actual": 1286.5, "count": None, "note": "Đã rà soát",
        "key": "aaaaaaaaaaaa/3",
    }  # fmt: skip
    assert cell(book, RESULTS, row, "target").number_format == "[$-42A]#,##0"
    assert cell(book, RESULTS, row, "last_period").number_format == "[$-42A]#,##0.00"


def test_blank_stays_blank_and_zero_is_zero() -> None:
    book = opened(form(seen(), about()))
    rows = rows_by_key(book, RESULTS)
    assert cell(book, RESULTS, rows["bbbbbbbbbbbb/1"], "actual").value is None
    assert cell(book, RESULTS, rows["ffffffffffff/1"], "actual").value == 0
    assert cell(book, RESULTS, rows["cccccccccccc/1"], "count").value == 0


def test_only_what_the_unit_fills_in_is_open_and_nothing_has_a_password() -> None:
    book = opened(form(seen(), about()))
    rows = rows_by_key(book, RESULTS)
    wanted = set()
    for key, names in {
        "aaaaaaaaaaaa/3": ("actual", "note"), "bbbbbbbbbbbb/1": ("actual", "note"),
        "cccccccccccc/1": ("actual", "count", "note"), "dddddddddddd/1": ("note",),
        "ffffffffffff/1": ("actual", "note"),
    }.items():  # fmt: skip
        wanted |= {cell(book, RESULTS, rows[key], name).coordinate for name in names}
    assert open_places(book, RESULTS) == wanted
    for page in book.worksheets:
        assert page.protection.sheet
        assert not page.protection.password


def test_the_keys_are_hidden_and_outside_the_print() -> None:
    book = opened(form(seen(), about()))
    for sheet, letter in ((RESULTS, "J"), (ACHIEVEMENTS, "Q"), (NARRATIVE, "C")):
        page = book[sheet]
        assert page.column_dimensions[letter].hidden
        assert f"${letter}$" not in page.print_area
        assert str(page.page_setup.paperSize) == page.PAPERSIZE_A4
        assert page.page_setup.orientation == "landscape"
        assert bool(page.freeze_panes) is (sheet != NARRATIVE)


def test_heads_are_found_again_whatever_their_accents() -> None:
    for sheet, columns in COLUMNS.items():
        for column in columns:
            assert column_of(sheet, f"  {column.head.upper()}\n") == column
    assert column_of(RESULTS, "Cột lạ") is None


def test_cells_check_what_is_typed() -> None:
    book = opened(form(seen(), about()))
    rows = rows_by_key(book, RESULTS)

    def rule(key: str, field: str) -> Any:
        return rule_of(book, RESULTS, cell(book, RESULTS, rows[key], field).coordinate)

    plain, share = rule("aaaaaaaaaaaa/3", "actual"), rule("bbbbbbbbbbbb/1", "actual")
    assert (plain.type, plain.formula1, plain.errorStyle) == ("decimal", "0", "warning")
    assert (share.type, share.formula1, share.formula2, share.errorStyle) == ("decimal", "0", "100", "warning")
    times = rule("cccccccccccc/1", "count")
    assert (times.type, times.formula1, times.errorStyle) == ("whole", "0", "stop")
    assert rule("aaaaaaaaaaaa/3", "note").type == "textLength"


def test_lists_keep_words_with_commas_whole() -> None:
    book = opened(form(seen(), about()))
    first = rows_by_key(book, ACHIEVEMENTS)["gggggggggggg/2"]
    for field, words in CHOICES.items():
        rule = rule_of(book, ACHIEVEMENTS, cell(book, ACHIEVEMENTS, first, field).coordinate)
        sheet, place = rule.formula1.split("!")
        assert sheet == f"'{LISTS}'"
        shown = [one.value for row in book[LISTS][place.replace("$", "")] for one in row]
        assert shown == [word.label for word in words]
    assert "Bộ, ngành, tỉnh" in [word.label for word in AwardLevel]


def test_achievements_come_with_their_keys_and_room_for_more() -> None:
    book = opened(form(seen(), about()))
    rows = rows_by_key(book, ACHIEVEMENTS)
    assert list(rows) == ["gggggggggggg/2", "hhhhhhhhhhhh/1"]
    row = rows["hhhhhhhhhhhh/1"]
    assert cell(book, ACHIEVEMENTS, row, "happened_on").value == datetime(2026, 3, 1)
    assert cell(book, ACHIEVEMENTS, row, "happened_on").number_format == "dd/mm/yyyy"
    assert cell(book, ACHIEVEMENTS, row, "value").value == 150_000_000
    assert cell(book, ACHIEVEMENTS, row, "movement").value == MOVEMENT.name
    filled = [column.field for column in ACHIEVEMENT_COLUMNS if column.filled]
    last = row + EMPTY_ACHIEVEMENTS
    assert all(not cell(book, ACHIEVEMENTS, last, name).protection.locked for name in filled)
    assert cell(book, ACHIEVEMENTS, last + 1, "kind").value is None
    assert cell(book, ACHIEVEMENTS, last + 1, "kind").protection.locked


def test_two_movements_of_one_name_stay_two() -> None:
    twin = FormMovement("nnnnnnnnnnnn", MOVEMENT.name)
    theirs = replace(HELP, movement_key=twin.key)
    book = opened(form(seen(achievements=(HELP, theirs)), about(movements=(MOVEMENT, twin))))
    rows = sorted(rows_by_key(book, ACHIEVEMENTS).values())
    assert len(rows) == 1, "the two achievements share a key in this test"
    names = [cell(book, ACHIEVEMENTS, row, "movement").value for row in (rows[0] - 1, rows[0])]
    assert names == [MOVEMENT.name, f"{MOVEMENT.name} (2)"]


def test_the_narrative_has_a_large_cell_for_each_part() -> None:
    book = opened(form(seen(), about()))
    rows = rows_by_key(book, NARRATIVE)
    texts = [section for section in SECTIONS if section.kind in SectionKind.texts()]
    assert list(rows) == [line_key(section.key, 1) for section in texts]
    for section in texts:
        row = rows[line_key(section.key, 1)]
        assert cell(book, NARRATIVE, row, "kind").value == section.kind.label
        assert cell(book, NARRATIVE, row, "text").value == (section.text or None)
        assert book[NARRATIVE].row_dimensions[row].height >= 150
        assert rule_of(book, NARRATIVE, cell(book, NARRATIVE, row, "text").coordinate).type == "textLength"


def test_a_text_too_long_for_a_cell_goes_on_under_the_same_key() -> None:
    whole = "\U0001f600 Đạt. " * 5_000
    section = replace(SECTIONS[0], text=whole)
    page = opened(form(seen(sections=(section,)), about()))[NARRATIVE]
    key = line_key(section.key, 1)
    parts = [str(row[1]) for row in page.iter_rows(values_only=True) if row[2] == key]
    assert len(parts) > 1
    assert joined_parts(parts) == whole
    assert all(len(part.encode("utf-16-le")) // 2 <= 32_767 for part in parts)


def test_the_head_says_whose_and_until_when() -> None:
    later = datetime(2026, 6, 5, 17)
    text = said(opened(form(seen(), about(extended_to=later, illustration=True))), RESULTS)
    for words in (
        "Khối thi đua Nội chính", "Công an tỉnh", "6 tháng đầu năm 2026", "Hạn gửi: 17:00 ngày 30/05/2026",
        "Đơn vị được gia hạn đến: 17:00 ngày 05/06/2026", "Khóa số liệu: 17:00 ngày 10/06/2026", "SỐ LIỆU MINH HỌA",
    ):  # fmt: skip
        assert words in text
    plain = said(opened(form(seen(), about())), RESULTS)
    assert "gia hạn" not in plain
    assert "MINH HỌA" not in plain


def test_the_guide_tells_how_to_fill_in_and_where_to_send() -> None:
    text = said(opened(form(seen(), about(note="Số liệu đến 15/5.\n\nKèm phụ lục."))), GUIDE)
    for words in (
        "chưa có số liệu", "ghi số 0", "1286,5", "95,5", "bí mật nhà nước", "Tải biểu đã điền lên", "Chỗ phải sửa",
        "- Số liệu đến 15/5.", "- Kèm phụ lục.",
    ):  # fmt: skip
        assert words in text


def test_of_a_returned_report_only_the_named_places_are_open() -> None:
    lines = (replace(LINES[0], returned_reason="Xem lại số"), LINES[1])
    sections = tuple(
        replace(section, returned_reason="Viết thêm" if section.kind is SectionKind.DIRECTIONS else None)
        for section in SECTIONS
    )
    book = opened(form(seen(lines=lines, sections=sections), about(returned_only=True)))
    row = rows_by_key(book, RESULTS)["aaaaaaaaaaaa/3"]
    assert open_places(book, RESULTS) == {f"G{row}", f"I{row}"}
    assert "Xem lại số" in cell(book, RESULTS, row, "actual").comment.text
    told = rows_by_key(book, NARRATIVE)[line_key(SECTIONS[2].key, 1)]
    assert open_places(book, NARRATIVE) == {f"B{told}"}
    assert open_places(book, ACHIEVEMENTS) == set()


def test_a_form_that_is_no_longer_writable_is_locked_throughout_and_says_so() -> None:
    book = opened(form(seen(), about(writable=False)))
    for sheet in (RESULTS, ACHIEVEMENTS, NARRATIVE):
        assert open_places(book, sheet) == set()
        assert "Biểu chỉ để xem" in said(book, sheet)


def test_a_period_without_figures_sends_on_to_the_other_sheets() -> None:
    book = opened(form(seen(lines=(), asks_figures=False), about(asks_figures=False)))
    assert "không yêu cầu số liệu" in said(book, RESULTS)
    assert rows_by_key(book, RESULTS) == {}


def test_no_text_of_a_user_becomes_a_formula() -> None:
    bad = '=HYPERLINK("http://x")'
    lines = (line("aaaaaaaaaaaa", bad, number="=1", group=(bad,), unit_of_measure="+cmd", note=bad),)
    one = replace(HELP, **{name.name: bad for name in fields(HELP) if name.name in (
        "subject", "text", "field", "award", "decision_number")})  # fmt: skip
    sections = tuple(replace(section, text="@SUM(1)") for section in SECTIONS)
    frame = about(bloc_name=bad, unit_name=bad, note=bad, movements=(FormMovement(MOVEMENT.key, bad),))
    book = opened(form(seen(lines=lines, achievements=(one,), sections=sections), frame))
    cells = [one for page in book.worksheets for row in page.iter_rows() for one in row if one.value is not None]
    assert sum(one.value == bad for one in cells) > 10
    assert [one.coordinate for one in cells if one.data_type == "f"] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals("-99999999999999", "99999999999999", places=4), min_size=1, max_size=8))
def test_every_number_comes_back_to_the_last_figure(numbers: list[Decimal]) -> None:
    lines = [line(f"n{place:011d}", "Chỉ tiêu", actual=value) for place, value in enumerate(numbers)]
    book = opened(form(seen(lines=tuple(lines), achievements=()), about()))
    rows = rows_by_key(book, RESULTS)
    for each in lines:
        value = cell(book, RESULTS, rows[line_key(each.entry_key, 1)], "actual").value
        if isinstance(value, str):
            assert read_number(value, in_file=True) == each.actual
        else:
            assert Decimal(f"{value:.15g}") == each.actual


def test_a_line_reckoned_from_the_sending_asks_for_no_figure() -> None:
    book = opened(form(seen(lines=(line("aaaaaaaaaaaa", "Gửi", function=ScoreFunction.LATENESS),)), about()))
    row = rows_by_key(book, RESULTS)["aaaaaaaaaaaa/1"]
    assert cell(book, RESULTS, row, "actual").protection.locked


def test_hints_and_comments_are_as_short_as_excel_demands() -> None:
    book = opened(form(seen(), about()))
    rules = [rule for page in book.worksheets for rule in page.data_validations.dataValidation]
    assert len(rules) > 12
    for rule in rules:
        assert 0 < len(rule.promptTitle) <= 32 and 0 < len(rule.errorTitle) <= 32
        assert 0 < len(rule.prompt) <= 255 and 0 < len(rule.error) <= 255
        assert rule.prompt[-1] in ".?" and rule.error[-1] in ".?", "nothing was cut in the middle"
    told = [one.comment for page in book.worksheets for row in page.iter_rows() for one in row if one.comment]
    assert {comment.author for comment in told} == {"Sổ Thi Đua"}
