"""Progress against the pledge: percents, marks, blanks apart from zero, sums only where figures add up."""

from decimal import Decimal

import pytest

from tracker.domain.criteria import Direction
from tracker.domain.periods import PeriodKind
from tracker.domain.progress import (
    PledgeProgress,
    ProgressRow,
    UnitProgress,
    adds_up,
    done_of,
    mark_for,
    percent,
)

HALF = PeriodKind.FIRST_HALF
HOMES = ProgressRow("homes", 1, "Nhà đại đoàn kết", "nhà", Direction.MORE)
SHARE = ProgressRow("share", 2, "Hồ sơ đúng hạn", "%", Direction.MORE)
LATE = ProgressRow("late", 3, "Hồ sơ quá hạn", "hồ sơ", Direction.LESS)


def D(text: str | int | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def unit(name: str, *cells: tuple, kind: PeriodKind = HALF, sent: bool = True) -> UnitProgress:
    """cells: (plan, done) or None for a row that is not the unit's, in the order HOMES, SHARE, LATE."""
    rows = (HOMES, SHARE, LATE)
    made = [
        done_of(row, kind, None, None, assigned=False) if cell is None else done_of(row, kind, D(cell[0]), D(cell[1]))
        for row, cell in zip(rows, cells, strict=True)
    ]
    return UnitProgress(name, name, name, sent, tuple(made))


@pytest.mark.parametrize(
    ("plan", "done", "direction", "expected"),
    [
        (10, 5, Direction.MORE, "50"),
        (10, 12, Direction.MORE, "120"),
        (10, 0, Direction.MORE, "0"),
        (10, None, Direction.MORE, None),
        (0, 3, Direction.MORE, None),
        (None, 3, Direction.MORE, None),
        (40, 50, Direction.LESS, "80"),
        (40, 20, Direction.LESS, "100"),
        (40, 0, Direction.LESS, "100"),
        (0, 0, Direction.LESS, None),
    ],
)
def test_percent_of_a_plan(plan, done, direction, expected):
    assert percent(D(plan), D(done), direction) == D(expected)


def test_mark_is_the_part_of_the_year_and_a_ceiling_is_kept_whole():
    assert mark_for(PeriodKind.FIRST_HALF, Direction.MORE) == 50
    assert mark_for(PeriodKind.YEAR, Direction.MORE) == 100
    assert mark_for(PeriodKind.QUARTER_3, Direction.MORE) == 25
    assert mark_for(PeriodKind.FIRST_HALF, Direction.LESS) == 100


def test_every_kind_of_period_has_a_mark():
    assert {mark_for(kind, Direction.MORE) for kind in PeriodKind} == {Decimal(25), Decimal(50), Decimal(100)}


def test_exactly_half_passes_and_a_hair_less_does_not():
    assert done_of(HOMES, HALF, D(3), D("1.5")).passed is True
    assert done_of(HOMES, HALF, D(3), D("1.4999")).passed is False


def test_unit_passes_only_with_all_its_measured_rows():
    both = unit("A", (10, 5), (80, 40), None)
    one = unit("B", (10, 5), (80, "39.9"), None)
    assert (both.passed, both.share, both.rows_measured) == (True, Decimal(100), 2)
    assert (one.passed, one.share, one.rows_passed) == (False, Decimal(50), 1)


def test_blank_is_neither_passed_nor_failed_and_zero_is_a_figure():
    blank = unit("A", (10, None), (80, None), (5, None))
    zero = unit("B", (10, 0), (80, None), None)
    assert (blank.passed, blank.share, blank.rows_blank) == (None, None, 3)
    assert (zero.passed, zero.rows_blank, zero.rows_measured) == (False, 1, 1)


def test_row_that_is_not_the_units_is_no_blank():
    cell = done_of(HOMES, HALF, D(10), D(5), assigned=False)
    assert (cell.plan, cell.done, cell.blank, cell.passed) == (None, None, False, None)


def test_bloc_counts_passed_of_all_and_names_the_blank_ones():
    passed = unit("A", (10, 5), (80, 60), (5, 4))
    failed = unit("B", (10, 4), (80, 60), None)
    blank = unit("C", (10, None), (80, None), None, sent=False)
    progress = PledgeProgress("6 tháng đầu năm 2026", HALF, (HOMES, SHARE, LATE), (passed, failed, blank))
    assert (progress.units_passed, progress.units_counted, progress.mark) == (1, 3, 50)
    assert [each.name for each in progress.blank_units] == ["C"]


def test_row_of_the_bloc_adds_units_with_plan_and_figure_only():
    progress = PledgeProgress(
        "6 tháng đầu năm 2026", HALF, (HOMES, SHARE, LATE),
        (unit("A", (10, 5), (80, 60), None), unit("B", (20, None), (90, 30), None), unit("C", (30, 15), None, None)),
    )
    homes, share, late = progress.by_row
    assert (homes.plan, homes.done, homes.percent) == (40, 20, 50)
    assert (homes.units_measured, homes.units_passed, homes.units_blank) == (2, 2, 1)
    assert (share.plan, share.done, share.percent, share.units_measured, share.units_passed) == (None, None, None, 2, 1)
    assert (late.plan, late.units_measured, late.units_blank) == (None, 0, 0)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [("nhà", True), (None, True), ("%", False), ("Tỷ lệ %", False), ("tỉ lệ", False), ("điểm", False),
     ("điểm trường", True), ("triệu đồng", True)],
)
def test_shares_and_marks_do_not_add_up(measure, expected):
    assert adds_up(measure) is expected
