"""A list on screen as a workbook, and the cells under every workbook."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.workbooks import column, opened, texts
from tracker.exports.sheets.measure import break_lines, room_mm
from tracker.exports.sheets.printing import break_row
from tracker.exports.sheets.values import clean, legal_title
from tracker.exports.table_workbook import table

COLUMNS = [
    ("STT", 6, "int"),
    ("Đơn vị", 30, "text"),
    ("Hạn gửi", 12, "date"),
    ("Gửi lúc", 17, "datetime"),
    ("Tỷ lệ", 9, "share"),
    ("Điểm", 10, "decimal"),
]
ROW = [1286, "=Sở Tư pháp", date(2026, 7, 5), datetime(2026, 7, 4, 14, 5, tzinfo=UTC), Decimal("0.955"), Decimal("94")]


def sheet(rows, columns=COLUMNS):
    return opened(table("Báo cáo của các đơn vị", "6 tháng đầu năm 2026", columns, rows)).worksheets[0]


def test_each_column_keeps_its_kind():
    page = sheet([ROW])
    assert [cell.value for cell in page[5]] == [
        1286,
        "=Sở Tư pháp",
        datetime(2026, 7, 5),
        datetime(2026, 7, 4, 14, 5),
        0.955,
        94,
    ]
    assert [cell.data_type for cell in page[5]] == ["n", "s", "d", "d", "n", "n"]
    assert [cell.number_format for cell in page[5]] == [
        "[$-42A]#,##0",
        "General",
        "dd/mm/yyyy",
        "dd/mm/yyyy hh:mm",
        "[$-42A]0.0%",
        "[$-42A]#,##0.####",
    ]


def test_nothing_recorded_is_an_empty_cell_and_zero_is_zero():
    page = sheet([[0, "", None, None, None, Decimal(0)]])
    assert [cell.value for cell in page[5]] == [0, None, None, None, None, 0]


def test_heads_stay_rows_are_filtered_and_the_page_is_landscape():
    page = sheet([ROW, ROW])
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("C5", "A4:F6", "$4:$4")
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == ("landscape", 1, 1)
    assert [page.column_dimensions[letter].width for letter in "ABCDEF"] == [6, 30, 12, 17, 9, 10]


def test_many_rows_are_not_pressed_onto_one_page():
    assert sheet([ROW] * 200).page_setup.fitToHeight == 0


def test_a_list_without_rows_says_so():
    page = sheet([])
    assert (page["A5"].value, page.auto_filter.ref) == ("Không có dòng nào.", None)


def test_numbers_excel_cannot_keep_and_days_before_its_calendar_become_text():
    page = sheet([[1234567890123456789, "x", date(1889, 5, 19), None, None, Decimal("NaN")]])
    assert [page[place].value for place in ("A5", "C5", "F5")] == ["1234567890123456789", "19/05/1889", "NaN"]


def test_a_text_that_looks_like_an_escape_is_written_so_that_excel_shows_it_whole():
    assert sheet([[1, "mã _x0041_ và _x_", None, None, None, None]])["B5"].value == "mã _x005F_x0041_ và _x_"


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("Nhiệm vụ 2022/2023: [mới]*?", "Nhiệm vụ 2022 2023 mới"),
        ("Bảng tổng hợp kết quả thi đua của các đơn vị", "Bảng tổng hợp kết quả thi đua c"),
        ("'", "Bảng"),
        ("History", "Bảng History"),
        ("Đã có", "Đã có (2)"),
    ],
)
def test_a_sheet_has_a_title_excel_takes(wanted, title):
    assert legal_title(wanted, ("đã CÓ",)) == title


def test_a_list_of_any_title_opens():
    assert opened(table("Nhiệm vụ [2022/2023]", "", COLUMNS, [ROW])).sheetnames == ["Nhiệm vụ 2022 2023"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=20, max_size=20))
def test_any_text_comes_out_as_it_went_in(told):
    page = sheet([[place, text] for place, text in enumerate(told)], COLUMNS[:2])
    expected = [clean(text) or None for text in told]
    kept = [text and text.replace("_x005F_", "_") for text in column(page, "B", 5, 24)]
    assert kept == expected
    assert {page[f"B{row}"].data_type for row in range(5, 25)} <= {"s", "n"}


@given(st.text(alphabet="aăâ wW.\n", max_size=400), st.integers(2, 60))
@settings(max_examples=200, deadline=None)
def test_lines_leave_out_nothing_but_the_space_or_feed_between_them(text, width):
    lines = break_lines(text, room_mm(width, indented=True), 11)
    assert lines[0][0] == 0
    assert lines[-1][1] == len(text)
    assert {text[end:start] for (_, end), (start, _) in pairwise(lines)} <= {"", " ", "\n"}


def test_rows_are_as_high_as_their_text():
    heights = [sheet([[1, text]], COLUMNS[:2]).row_dimensions[5].height for text in ("ngắn", "dài " * 20, "a\nb\nc")]
    assert heights == [20, 48, 48]


@pytest.mark.parametrize(
    ("heights", "keep", "row"),
    [([20.0] * 10, 8, None), ([20.0] * 28, 27, None), ([20.0] * 26, 22, 22), ([20.0, 20.0, 430.0, 20.0, 90.0], 2, 4)],
    ids=["one page", "together already", "parted", "as much as a page holds"],
)
def test_a_page_breaks_before_the_rows_that_go_with_the_signature(heights, keep, row):
    assert break_row(heights, keep, 500.0, 40.0) == row


def test_the_text_of_a_list_is_all_there():
    assert texts(sheet([ROW]))[:2] == ["Báo cáo của các đơn vị", "6 tháng đầu năm 2026"]
