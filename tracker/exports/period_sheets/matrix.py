"""The sheet "Kết quả theo tiêu chí": criteria × units, in blocks of at most eight units; above 60 a sheet a group."""

from collections.abc import Sequence

from tracker.domain.period_results import NOT_ASSIGNED, Figure, PeriodResults, ResultLine
from tracker.domain.vietnamese import number
from tracker.exports.period_sheets.drawing import BLANKS, Drawing, exact, table
from tracker.exports.result_tables import NOT_SENT, measure_of, short_names
from tracker.exports.sheets import styles
from tracker.exports.sheets.blocks import block_ends
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Kết quả theo tiêu chí"
FIXED = (Column("STT", 5, Kind.PLACE), Column("Tiêu chí, chỉ tiêu", 44), Column("Đơn vị tính", 10, Kind.SHORT))
EACH, ALONE, ROOM = 8.5, 11.0, 1.5
MOST_LINES = 60


def draw_matrix(drawing: Drawing, results: PeriodResults) -> None:
    """The sheet, or one for each group of the first level when there are more lines than one sheet is read with."""
    if len(results.measured) <= MOST_LINES:
        _draw(drawing, results, results.lines, TITLE)
        return
    for part in _parts(results.lines):
        group = part[0].number if part[0].is_group else ""
        _draw(drawing, results, part, f"Tiêu chí {group}" if group else TITLE)


def sheet_count(results: PeriodResults) -> int:
    """How many sheets `draw_matrix` makes; 0 when nothing was to be reported in figures."""
    if not results.measured:
        return 0
    return 1 if len(results.measured) <= MOST_LINES else len(_parts(results.lines))


def _parts(lines: Sequence[ResultLine]) -> list[list[ResultLine]]:
    """Each group of the first level with its lines; lines before the first group stand by themselves."""
    parts: list[list[ResultLine]] = []
    for line in lines:
        if not parts or (line.is_group and line.level == 0):
            parts.append([])
        parts[-1].append(line)
    return parts


def _draw(drawing: Drawing, results: PeriodResults, lines: Sequence[ResultLine], name: str) -> None:
    targets = any(line.has_targets for line in lines)
    columns = list(FIXED)
    each = _width(lines, EACH if targets else ALONE)
    for unit in results.units:
        if targets:
            columns += [Column("Chỉ tiêu", each, Kind.DECIMAL, unit.short_name)]
            columns += [Column("Kết quả", each, Kind.DECIMAL, unit.short_name)]
        else:
            columns.append(Column(unit.short_name, each, Kind.DECIMAL))
    width = 2 if targets else 1

    def fill(sheet: Sheet) -> None:
        for line in lines:
            place, title = Cell(line.number, kind=Kind.SHORT), line.title
            if line.is_group:
                blank = [None] * (1 + width * len(results.units))
                sheet.row([place, title.upper() if line.level == 0 else title, *blank], styles.group)
                continue
            cells: list[Value | Cell] = [place, title, measure_of(line)]
            for figure in line.figures:
                cells += _figure(figure, targets)
            sheet.row(cells)

    table(
        drawing, results, name=name, title="KẾT QUẢ CỦA CÁC ĐƠN VỊ THEO TIÊU CHÍ", columns=columns, fill=fill,
        notes=_notes(results, lines), freeze=len(FIXED), ends=block_ends(len(FIXED), len(results.units), width),
        repeat=len(FIXED),
    )


def _width(lines: Sequence[ResultLine], least: float) -> float:
    """Wide enough for the longest figure: a number that does not fit shows as #####."""
    figures = [figure for line in lines for figure in line.figures]
    longest = max((len(number(value)) for each in figures for value in (each.target, each.value)), default=0)
    return max(least, longest + ROOM)


def _figure(figure: Figure, targets: bool) -> Sequence[Value | Cell]:
    """The unit's target where the table has targets, then its result."""
    if not figure.assigned:
        return (*[None] * targets, Cell(NOT_ASSIGNED, kind=Kind.SHORT))
    return (*[exact(figure.target)] * targets, exact(figure.value))


def _notes(results: PeriodResults, lines: Sequence[ResultLine]) -> list[str]:
    told = []
    if any(not figure.assigned for line in lines for figure in line.figures):
        told.append(f"{NOT_ASSIGNED}: không được giao. ")
    told.append(BLANKS)
    if absent := [each.unit.short_name for each in results.not_sent]:
        told.append(f" {NOT_SENT}: {'; '.join(absent)}.")
    first = "".join(told)
    names = short_names(results)
    return [first, f"Tên viết tắt: {names}."] if names else [first]
