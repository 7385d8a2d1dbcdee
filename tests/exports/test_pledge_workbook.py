"""The workbooks of the pledge: text stays text, blanks stay blank, twenty units in blocks, nothing to show said so."""

import io
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from tests.exports.records_full import full_review
from tracker.domain.criteria import Direction
from tracker.domain.periods import PeriodKind
from tracker.domain.progress import PledgeProgress, ProgressRow, UnitProgress, done_of
from tracker.exports import pledge_workbook
from tracker.exports.pledge_workbook import MatrixLine

DAY = date(2026, 7, 1)
HEAD = full_review().letterhead


def opened(content: bytes):
    return load_workbook(io.BytesIO(content)).worksheets[0]


def cells(page) -> list[list]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def matrix(units: int, lines: list[MatrixLine]):
    named = [(f"Sở thứ {place}", f"Sở {place}") for place in range(units)]
    return opened(pledge_workbook.pledge("Khối A", 2026, date(2026, 2, 5), HEAD, named, lines, False, DAY))


def test_what_a_user_typed_is_text_whatever_it_begins_with():
    line = MatrixLine("=1+1", "@x", Decimal("1286.5"), False, ((Decimal("1286.5"), True),))
    page = matrix(1, [line])
    row = next(row for row in page.iter_rows() if row[0].value == 1)
    assert [(cell.value, cell.data_type) for cell in row[1:5]] == [
        ("=1+1", "s"), ("@x", "s"), (1286.5, "n"), (1286.5, "n"),
    ]  # fmt: skip


def test_whole_numbers_show_no_comma_and_others_their_decimals():
    page = matrix(2, [MatrixLine("Dòng", None, Decimal(10), True, ((Decimal(10), True), (Decimal("2.5"), True)))])
    row = next(row for row in page.iter_rows() if row[0].value == 1)
    assert [cell.number_format for cell in row[3:6]] == ["[$-42A]#,##0", "[$-42A]#,##0", "[$-42A]#,##0.####"]
    assert row[1].value == "Dòng (càng ít càng tốt)"


def test_blank_zero_and_not_assigned_are_three_things():
    page = matrix(3, [MatrixLine("Dòng", None, None, False, ((None, True), (Decimal(0), True), (None, False)))])
    row = next(row for row in cells(page) if row[0] == 1)
    assert row[3:7] == [None, None, 0, "KG"]


def test_twenty_units_are_cut_in_blocks_of_at_most_eight():
    line = MatrixLine("Dòng", "nhà", Decimal(1), False, tuple((Decimal(1), True) for _ in range(20)))
    page = matrix(20, [line])
    assert [brk.id for brk in page.col_breaks.brk] == [11, 18]
    assert page.print_title_cols == "$A:$B"
    row = next(row for row in cells(page) if row[0] == 1)
    assert row[4:24] == [1] * 20


def test_pledge_without_rows_says_so():
    assert any("Giao ước chưa có chỉ tiêu nào." in row for row in cells(matrix(2, [])))


def progress(units: int, rows: int) -> PledgeProgress:
    made = tuple(
        ProgressRow(f"r{place}", place, f"Chỉ tiêu {place}", "nhà", Direction.MORE) for place in range(1, rows + 1)
    )
    return PledgeProgress(
        "6 tháng đầu năm 2026", PeriodKind.FIRST_HALF, made,
        tuple(
            UnitProgress(
                f"u{place}", f"Sở thứ {place}", f"Sở {place}", True,
                tuple(done_of(row, PeriodKind.FIRST_HALF, Decimal(10), Decimal(place)) for row in made),
            )
            for place in range(units)
        ),
    )  # fmt: skip


def test_progress_has_a_row_for_each_unit_and_row_and_filters_only_those():
    page = opened(pledge_workbook.progress(progress(8, 3), "Khối A", HEAD, False, DAY))
    rows = cells(page)
    assert [row[0] for row in rows if isinstance(row[0], int)] == list(range(1, 25))
    assert len([row for row in rows if row[1] == "Cả khối"]) == 3
    last = next(number for number, row in enumerate(rows, 1) if row[0] == 24)
    assert page.auto_filter.ref.endswith(f"H{last}")


def test_progress_without_a_pledge_says_so():
    page = opened(pledge_workbook.progress(progress(3, 0), "Khối A", HEAD, False, DAY))
    assert any("Khối chưa có chỉ tiêu giao ước trong năm." in row for row in cells(page))
