"""The tables of a ranking as ready text, for Word and PDF: the same rows as its sheets. Widths in millimetres."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from textwrap import wrap

from tracker.domain.paper import Side, Table, TableColumn, TableRow
from tracker.domain.ranking_paper import RankingPaper, differences
from tracker.domain.ranking_shown import RankingShown, ShownPoint, ShownUnit
from tracker.domain.vietnamese import number
from tracker.exports.measure import longest
from tracker.exports.phrases import line
from tracker.exports.ranking_rows import ExplainedRow, MatrixCell, MatrixRow, explained_rows, matrix_rows
from tracker.exports.ranking_words import (
    NOT_ASSIGNED,
    UNIT_TOTAL,
    arithmetic,
    class_of,
    points_text,
    share_text,
    status,
    told_by_stage,
    unit_heading,
    usual_judges,
)
from tracker.exports.result_tables import LANDSCAPE, PADDING, TABLE_SIZE, TARGET

PLACE, LEAST_POINTS, HEAD_SLACK = 12.0, 14.0, 0.8
LEAST_TITLE, WIDE_TITLE, MOST_POINTS = 60.0, 80.0, 17.0
LEAST_NAME, LEAST_STATUS, WIDEST_CLASS, TITLE_SHARE = 30.0, 36.0, 34.0, 0.38
MOST_SIGNS = 1000
"""Of one cell of words: some thirty lines, which fit a page lying on its side."""

STAGES = ("Tự chấm", "Khối chấm", "Lần hai", "Hội đồng", "Được duyệt")
MAXIMUM, CHANGE = "Điểm tối đa", "Chênh lệch"
TOLD = "Cách tính điểm tự chấm; lý do, giải trình"


def _heads(paper: RankingPaper) -> tuple[str, ...]:
    """The stages as the bloc calls them."""
    return tuple(paper.kind.called(head) for head in STAGES)


def _fitting(head: str, texts: Iterable[str], side: Side = Side.RIGHT, *, bold: bool = False) -> TableColumn:
    """A column in which neither a text nor a word of its head breaks."""
    words = longest(head.split(), TABLE_SIZE, bold=True)
    return TableColumn(head, max(words + HEAD_SLACK, longest(texts, TABLE_SIZE, bold)) + PADDING, side)


def summary_table(paper: RankingPaper) -> Table:
    """Every unit in one row, in the order of places, those who stand apart last and without figures."""
    shown = paper.shown
    rows = tuple(_summary(paper, place, unit) for place, unit in enumerate(shown.units, start=1))
    judged = paper.kind.called("Điểm khối chấm")
    heads = ("Điểm tự chấm", "Điểm thưởng", "Điểm trừ", judged, "Điểm được duyệt", MAXIMUM, "Tỷ lệ")
    figures = [_fitting(head, (row.cells[at] for row in rows)) for at, head in enumerate(heads, start=2)]
    place = _fitting("Hạng", (row.cells[9] for row in rows), Side.MIDDLE)
    classes = _fitting("Xếp loại", (line(unit.class_name) for unit in shown.ranked), Side.MIDDLE)
    classes = replace(classes, width=min(max(classes.width, 24.0), WIDEST_CLASS))
    room = LANDSCAPE - PLACE - sum(each.width for each in (*figures, place, classes))
    name = max(LEAST_NAME, min(longest((row.cells[1] for row in rows), TABLE_SIZE) + PADDING, room - LEAST_STATUS))
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Đơn vị", name),
        *figures,
        place,
        classes,
        TableColumn("Tình trạng", room - name),
    )
    return Table(columns, rows)


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
    most = _fitting(MAXIMUM, (points_text(shown, row.maximum) for row in rows), bold=True)
    together = max(1, int((LANDSCAPE - numbers - most.width - LEAST_TITLE) // (2 * each)))
    count = len(shown.units)
    blocks = -(-count // together)
    edges = [count * block // blocks for block in range(blocks + 1)] if blocks else []
    return tuple(_block(shown, rows, texts, part, (numbers, each, most)) for part in pairwise(edges))


def _pair(shown: RankingShown, cell: MatrixCell) -> tuple[str, str]:
    if not cell.assigned:
        return NOT_ASSIGNED, NOT_ASSIGNED
    return points_text(shown, cell.own), points_text(shown, cell.final)


def _block(
    shown: RankingShown,
    rows: list[MatrixRow],
    texts: list[list[tuple[str, str]]],
    part: tuple[int, int],
    looks: tuple[float, float, TableColumn],
) -> Table:
    """The units from the first of `part` up to, not including, its last."""
    first, last = part
    numbers, each, most = looks
    room = LANDSCAPE - numbers - most.width
    each = max(each, min(MOST_POINTS, (room - WIDE_TITLE) / (2 * (last - first))))
    columns = [
        TableColumn("STT", numbers, Side.MIDDLE),
        TableColumn("Tiêu chí", room - 2 * each * (last - first)),
        most,
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


def explained_table(paper: RankingPaper) -> Table:
    """Every point of every unit with result, stages, rule and reasons, then how its place came about.

    One table for all, each unit under a row with its name: units follow each other without a page of their own.
    """
    rows = tuple(row for unit in paper.shown.units for row in _explained(paper, unit))
    full = [row.cells for row in rows if len(row.cells) > 1]
    judged = ((head, at) for at, head in enumerate(_heads(paper), 4))
    numbers, most, result, *stages = (
        _fitting(head, (text for cells in full for text in cells[at].split("\n")), bold=True)
        for head, at in (("STT", 0), (MAXIMUM, 2), ("Kết quả", 3), *judged)
    )
    numbers = replace(numbers, width=max(PLACE, numbers.width), side=Side.MIDDLE)
    room = LANDSCAPE - sum(column.width for column in (numbers, most, result, *stages))
    columns = (
        numbers,
        TableColumn("Tiêu chí", room * TITLE_SHARE),
        most,
        result,
        *stages,
        TableColumn(TOLD, room * (1 - TITLE_SHARE)),
    )
    return Table(columns, rows)


def _explained(paper: RankingPaper, unit: ShownUnit) -> Iterator[TableRow]:
    shown = paper.shown
    usual = usual_judges(shown, unit)
    yield TableRow((unit_heading(unit, usual, paper.kind),), strong=True)
    for row in explained_rows(shown, unit):
        yield from _explained_row(paper, row, usual)
    if unit.points is not None:
        sums = (unit.own_total, unit.bloc_total, None, None, unit.points)
        figures = (points_text(shown, each) for each in (unit.maximum, *sums))
        yield TableRow(("", UNIT_TOTAL, next(figures), "", *figures, ""), strong=True)
    if told := arithmetic(shown, unit):
        yield TableRow((told,))


def _explained_row(paper: RankingPaper, row: ExplainedRow, usual: Mapping[str, str]) -> Iterator[TableRow]:
    shown = paper.shown
    most, point = points_text(shown, row.criterion.maximum), row.point
    head = (line(row.criterion.number), line(row.title), most)
    if row.is_group:
        own, final = points_text(shown, row.own), points_text(shown, row.final)
        yield TableRow((*head, "", own, "", "", "", final, ""), strong=True)
    elif point is None:
        yield TableRow((*head, *[""] * 7))
    elif not point.assigned:
        yield TableRow((*head, "", *[NOT_ASSIGNED] * 5, line(point.rule)))
    else:
        told = [line(point.rule)] if point.rule else []
        told += told_by_stage(shown, point, usual, paper.kind)
        yield from _told_in_rows((*head, _result(point), *_stages(shown, point)), told)


def _told_in_rows(head: tuple[str, ...], told: Iterable[str]) -> Iterator[TableRow]:
    """The row with its words; more than a page takes go on in rows below, since a row is never cut."""
    parts = [""]
    for text in told:
        for piece in wrap(text, MOST_SIGNS, break_on_hyphens=False):
            if parts[-1] and len(parts[-1]) + len(piece) > MOST_SIGNS:
                parts.append(f"(tiếp) {piece}")
            else:
                parts[-1] = f"{parts[-1]}\n{piece}" if parts[-1] else piece
    yield TableRow((*head, parts[0]))
    yield from (TableRow((*[""] * len(head), part)) for part in parts[1:])


def _result(point: ShownPoint) -> str:
    """The result over its target, as the matrix of results writes them."""
    value = number(point.count if point.actual is None else point.actual)
    return f"{value}\n{TARGET} {number(point.target)}" if point.target is not None else value


def _stages(shown: RankingShown, point: ShownPoint) -> list[str]:
    reached = (point.own, point.bloc, point.second, point.council)
    return [*(points_text(shown, stage.points) if stage else "" for stage in reached), points_text(shown, point.final)]


def difference_table(paper: RankingPaper) -> Table | None:
    """Where one stage is not what the stage before it was, with who and why. None when none is."""
    shown = paper.shown
    rows: list[TableRow] = []
    for place, row in enumerate(differences(shown), start=1):
        criterion = f"{line(row.criterion.number)}. {line(row.criterion.title)}"
        figures = (*_stages(shown, row.point), change_text(shown, row.change))
        head = (str(place), line(row.unit.name), criterion, *figures)
        rows += _told_in_rows(head, told_by_stage(shown, row.point, kind=paper.kind))
    if not rows:
        return None
    heads = (*_heads(paper), CHANGE)
    fitted = [_fitting(head, (row.cells[at] for row in rows)) for at, head in enumerate(heads, start=3)]
    room = LANDSCAPE - PLACE - sum(column.width for column in fitted)
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Đơn vị", room * 0.2),
        TableColumn("Tiêu chí", room * 0.24),
        *fitted,
        TableColumn("Người chấm, lý do, giải trình", room * 0.56),
    )
    return Table(columns, tuple(rows))


def change_text(shown: RankingShown, change: Decimal | None) -> str:
    """+0,50 and -0,27; 0,00 for what came back to what it was."""
    told = points_text(shown, change)
    return f"+{told}" if change is not None and change > 0 else told
