"""The tables of a ranking as ready text, for Word and PDF: the same rows as its sheets. Widths in millimetres."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from tracker.domain.paper import Side, Table, TableColumn, TableRow
from tracker.domain.ranking_paper import RankingPaper, differences
from tracker.domain.ranking_shown import RankingShown, ShownPoint, ShownUnit
from tracker.domain.vietnamese import number
from tracker.exports.measure import longest
from tracker.exports.phrases import line
from tracker.exports.ranking_rows import ExplainedRow, MatrixCell, MatrixRow, explained_rows, matrix_rows
from tracker.exports.ranking_words import (
    NOT_ASSIGNED,
    arithmetic,
    class_of,
    points_text,
    reasons,
    share_text,
    status,
)
from tracker.exports.result_tables import LANDSCAPE, PADDING, TABLE_SIZE, TARGET

PLACE, POINTS, LEAST_POINTS = 12.0, 17.0, 14.0
LEAST_TITLE, WIDE_TITLE, MOST_POINTS = 60.0, 80.0, 17.0
STAGES = ("Tự chấm", "Khối chấm", "Lần hai", "Hội đồng", "Được duyệt")
STAGE = 15.5


def summary_table(paper: RankingPaper) -> Table:
    """Every unit in one row, in the order of places, those who stand apart last and without figures."""
    shown = paper.shown
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Đơn vị", 49),
        TableColumn("Điểm tự chấm", POINTS, Side.RIGHT),
        TableColumn("Điểm thưởng", 18, Side.RIGHT),
        TableColumn("Điểm trừ", 15, Side.RIGHT),
        TableColumn("Điểm khối chấm", POINTS, Side.RIGHT),
        TableColumn("Điểm được duyệt", POINTS, Side.RIGHT),
        TableColumn("Điểm tối đa", POINTS, Side.RIGHT),
        TableColumn("Tỷ lệ", 15 + 2.2 * shown.share_places, Side.RIGHT),
        TableColumn("Hạng", 15, Side.MIDDLE),
        TableColumn("Xếp loại", 24, Side.MIDDLE),
        TableColumn("Tình trạng", 31.6),
    )
    return Table(columns, tuple(_summary(paper, place, unit) for place, unit in enumerate(shown.units, start=1)))


def _summary(paper: RankingPaper, place: int, unit: ShownUnit) -> TableRow:
    shown, figures = paper.shown, [""] * 8
    if unit.rank is not None:
        told = (unit.own_total, unit.bonus, unit.penalty, unit.bloc_total, unit.points, unit.maximum)
        figures = [*(points_text(shown, each) for each in told), share_text(shown, unit), str(unit.rank)]
    return TableRow((str(place), line(unit.name), *figures, class_of(unit), status(paper, unit)))


def matrix_tables(shown: RankingShown) -> tuple[Table, ...]:
    """Criteria × units, own and approved points; as few even blocks of units as the page holds."""
    rows = matrix_rows(shown)
    if not rows:
        return ()
    texts = [[_pair(shown, cell) for cell in row.cells] for row in rows]
    widest = longest((text for row in texts for pair in row for text in pair), TABLE_SIZE, bold=True)
    head = longest(("duyệt", *(word for unit in shown.units for word in unit.short_name.split())), TABLE_SIZE, True)
    each = max(LEAST_POINTS, widest + PADDING, head / 2 + PADDING)
    numbers = max(PLACE, longest((row.number for row in rows), TABLE_SIZE, bold=True) + PADDING)
    most = max(1, int((LANDSCAPE - numbers - POINTS - LEAST_TITLE) // (2 * each)))
    count = len(shown.units)
    blocks = -(-count // most)
    edges = [count * block // blocks for block in range(blocks + 1)] if blocks else []
    return tuple(_block(shown, rows, texts, part, (numbers, each)) for part in pairwise(edges))


def _pair(shown: RankingShown, cell: MatrixCell) -> tuple[str, str]:
    if not cell.assigned:
        return NOT_ASSIGNED, NOT_ASSIGNED
    return points_text(shown, cell.own), points_text(shown, cell.final)


def _block(
    shown: RankingShown,
    rows: list[MatrixRow],
    texts: list[list[tuple[str, str]]],
    part: tuple[int, int],
    widths: tuple[float, float],
) -> Table:
    """The units from the first of `part` up to, not including, its last."""
    first, last = part
    numbers, each = widths
    room = LANDSCAPE - numbers - POINTS
    each = max(each, min(MOST_POINTS, (room - WIDE_TITLE) / (2 * (last - first))))
    columns = [
        TableColumn("STT", numbers, Side.MIDDLE),
        TableColumn("Tiêu chí", room - 2 * each * (last - first)),
        TableColumn("Điểm tối đa", POINTS, Side.RIGHT),
    ]
    for unit in shown.units[first:last]:
        name = line(unit.short_name)
        columns += [TableColumn(head, each, Side.RIGHT, name) for head in ("Tự chấm", "Được duyệt")]
    drawn = []
    for row, pairs in zip(rows, texts, strict=True):
        own = [text for pair in pairs[first:last] for text in pair]
        cells = (line(row.number), line(row.title), points_text(shown, row.maximum), *own)
        drawn.append(TableRow(cells, strong=row.is_group or row.ends))
    return Table(tuple(columns), tuple(drawn))


def explained_tables(paper: RankingPaper) -> tuple[Table, ...]:
    """A table a unit: every point with result, rule, stages and reasons, then how its place came about."""
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Tiêu chí", 43),
        TableColumn("Điểm tối đa", POINTS, Side.RIGHT),
        TableColumn("Kết quả", 20, Side.RIGHT),
        TableColumn("Cách tính điểm tự chấm", 40),
        *(TableColumn(head, STAGE, Side.RIGHT) for head in STAGES),
        TableColumn("Người chấm, lý do, giải trình", LANDSCAPE - 132 - 5 * STAGE),
    )
    return tuple(Table(columns, tuple(_explained(paper.shown, unit))) for unit in paper.shown.units)


def _explained(shown: RankingShown, unit: ShownUnit) -> Iterator[TableRow]:
    yield TableRow((line(unit.name),), strong=True)
    for row in explained_rows(shown, unit):
        yield _explained_row(shown, row)
    if unit.points is not None:
        sums = (points_text(shown, unit.own_total), "", "", "", points_text(shown, unit.points))
        yield TableRow(("", "Điểm được duyệt", points_text(shown, unit.maximum), "", "", *sums, ""), strong=True)
    if told := arithmetic(shown, unit):
        yield TableRow((told,))


def _explained_row(shown: RankingShown, row: ExplainedRow) -> TableRow:
    most, point = points_text(shown, row.criterion.maximum), row.point
    head = (line(row.criterion.number), line(row.title), most)
    if row.is_group:
        return TableRow((*head, *[""] * 8), strong=True)
    if point is None:
        return TableRow((*head, *[""] * 8))
    if not point.assigned:
        return TableRow((*head, "", line(point.rule), *[NOT_ASSIGNED] * 5, ""))
    told = [reasons(shown, point)] if reasons(shown, point) else []
    if point.explanation:
        told.append(f"Giải trình: {line(point.explanation)}")
    return TableRow((*head, _result(point), line(point.rule), *_stages(shown, point), "\n".join(told)))


def _result(point: ShownPoint) -> str:
    """The result over its target, as the matrix of results writes them."""
    value = number(point.count if point.actual is None else point.actual)
    return f"{value}\n{TARGET} {number(point.target)}" if point.target is not None else value


def _stages(shown: RankingShown, point: ShownPoint) -> list[str]:
    reached = (point.own, point.bloc, point.second, point.council)
    return [*(points_text(shown, stage.points) if stage else "" for stage in reached), points_text(shown, point.final)]


def difference_table(paper: RankingPaper) -> Table | None:
    """Where one stage is not what the stage before it was, with who and why. None when none is."""
    shown, rows = paper.shown, []
    for place, row in enumerate(differences(shown), start=1):
        told = [reasons(shown, row.point)] if reasons(shown, row.point) else []
        if row.point.explanation:
            told.append(f"Giải trình: {line(row.point.explanation)}")
        criterion = f"{line(row.criterion.number)}. {line(row.criterion.title)}"
        figures = (*_stages(shown, row.point), change_text(shown, row.change))
        rows.append(TableRow((str(place), line(row.unit.name), criterion, *figures, "\n".join(told))))
    if not rows:
        return None
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Đơn vị", 38),
        TableColumn("Tiêu chí", 50),
        *(TableColumn(head, STAGE, Side.RIGHT) for head in STAGES),
        TableColumn("Chênh lệch", POINTS, Side.RIGHT),
        TableColumn("Người chấm, lý do, giải trình", LANDSCAPE - 117 - 5 * STAGE),
    )
    return Table(columns, tuple(rows))


def change_text(shown: RankingShown, change: Decimal | None) -> str:
    """+0,50 and -0,27; 0,00 for what came back to what it was."""
    told = points_text(shown, change)
    return f"+{told}" if change is not None and change > 0 else told
