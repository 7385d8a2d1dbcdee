"""The board of action items as a workbook: days, states, blocks of units."""

from datetime import date, datetime

import pytest

from tests.exports.records import full_review
from tests.exports.workbooks import cells_of_type, column, opened, row_of, texts
from tracker.exports import item_workbook
from tracker.exports.sheets.blocks import block_ends

MADE_ON = date(2026, 9, 1)
HEADS = ["STT", "Nhiệm vụ", "Ngày giao", "Thời hạn", "Số ngày từ khi giao", "Số ngày quá hạn", "Tình trạng"]


def board(units, items=None):
    record = full_review()
    return opened(
        item_workbook.items(
            "Nhiệm vụ và tình trạng theo đơn vị",
            "Cụm thi đua số 1",
            record.letterhead,
            record.items if items is None else items,
            tuple(units),
            True,
            MADE_ON,
        )
    )


def short_names(count):
    return [member.short_name for member in full_review().members[:count]]


@pytest.mark.parametrize("count", [0, 4, 8, 9, 20])
def test_each_unit_has_a_column(count):
    page = board(short_names(count))["Nhiệm vụ"]
    heads = row_of(page, "STT")
    assert [cell.value for cell in page[heads]] == HEADS + short_names(count)


def test_units_may_be_named_by_key_or_in_full():
    members = full_review().members
    page = board([members[0].unit_key, members[1].name])["Nhiệm vụ"]
    heads = row_of(page, "STT")
    assert [cell.value for cell in page[heads]][7:] == short_names(2)


def test_days_are_counted_to_the_day_of_making():
    page = board(short_names(4))["Nhiệm vụ"]
    late = row_of(page, "Sửa bảng điểm & quy chế <mới> {{ x }}.")
    assert [page.cell(late, place).value for place in range(3, 7)] == [
        datetime(2026, 1, 15),
        datetime(2026, 6, 30),
        229,
        63,
    ]
    assert [page.cell(late, place).data_type for place in range(3, 7)] == ["d", "d", "n", "n"]


def test_an_item_in_time_has_no_days_overdue():
    page = board(short_names(4))["Nhiệm vụ"]
    row = row_of(page, "Thực hiện nội dung kết luận thứ 2.")
    assert (page.cell(row, 5).value, page.cell(row, 6).value) == (31, None)


def test_each_unit_shows_its_own_state_and_nothing_when_the_item_is_not_its_own():
    page = board(short_names(20))["Nhiệm vụ"]
    late = row_of(page, "Sửa bảng điểm & quy chế <mới> {{ x }}.")
    states = [page.cell(late, place).value for place in range(8, 28)]
    assert states == ["Hoàn thành"] * 12 + ["Đang thực hiện"] * 5 + ["Quá hạn"] * 3
    two = row_of(page, "Gửi danh sách điển hình về thường trực cụm.")
    assert [page.cell(two, place).value for place in range(8, 28)] == ["Chưa thực hiện"] * 2 + [None] * 18


@pytest.mark.parametrize(
    ("units", "ends"), [(0, [7]), (4, [11]), (8, [15]), (9, [12, 16]), (16, [15, 23]), (20, [14, 21, 27])]
)
def test_more_than_eight_units_are_cut_into_even_blocks(units, ends):
    assert block_ends(7, units) == ends
    page = board(short_names(units))["Nhiệm vụ"]
    assert [brk.id for brk in page.col_breaks.brk] == ends[:-1]
    assert page.print_title_cols == ("$A:$B" if len(ends) > 1 else None)


def test_blocks_print_at_a_fixed_scale_that_is_never_under_three_quarters():
    page = board(short_names(20))["Nhiệm vụ"]
    assert page.sheet_properties.pageSetUpPr.fitToPage is False
    assert 75 <= page.page_setup.scale <= 100


def test_titles_keep_out_of_the_columns_that_are_repeated():
    page = board(short_names(20))["Nhiệm vụ"]
    heads, last = row_of(page, "STT"), row_of(page, "Lập nhóm liên lạc.")
    outside = [row for row in range(1, page.max_row + 1) if not heads <= row <= last]
    assert {page.cell(row, place).value for row in outside for place in (1, 2)} == {None}


def test_the_note_gives_the_day_and_spells_out_short_names():
    notes = [value for value in texts(board(short_names(1))["Nhiệm vụ"]) if str(value).startswith("Ghi chú")]
    assert notes == [
        "Ghi chú: Tính đến ngày 1/9/2026. Ô để trống: không giao cho đơn vị (cột đơn vị), không đặt thời hạn (cột "
        "thời hạn) hoặc không quá hạn (cột số ngày quá hạn). Tên viết tắt: TP Minh Họa: Ủy ban nhân dân thành phố "
        "Minh Họa và các phường trực thuộc khu vực trung tâm."
    ]


def test_the_signature_is_of_the_month_of_making():
    assert "Minh Họa, ngày       tháng 9 năm 2026" in texts(board([])["Nhiệm vụ"])


def test_an_empty_board_says_so():
    page = board(short_names(8), items=())["Nhiệm vụ"]
    assert column(page, "A", row_of(page, "STT") + 1, row_of(page, "STT") + 1) == ["Chưa có số liệu"]
    assert page.auto_filter.ref is None


def test_an_empty_board_of_many_units_says_so_in_one_cell():
    page = board(short_names(20), items=())["Nhiệm vụ"]
    row = row_of(page, "Chưa có số liệu")
    assert [place for place in range(1, 28) if page.cell(row, place).value] == [2]
    assert [str(merged) for merged in page.merged_cells.ranges if merged.min_row == row] == []


def test_nothing_is_a_formula():
    assert cells_of_type(board(["=1+1"]), "f") == []
