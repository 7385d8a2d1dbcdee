"""The sheets "Giải thích": every point of a unit with result, rule, stages, reasons, and how its place came about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tracker.domain.ranking_paper import RankingPaper
from tracker.domain.ranking_shown import ShownPoint, ShownUnit
from tracker.exports.period_sheets.drawing import Drawing, exact, table
from tracker.exports.ranking_rows import ExplainedRow, explained_rows
from tracker.exports.ranking_sheets.looks import Dress, called_in, points
from tracker.exports.ranking_words import (
    JUDGES_KEY,
    KEY,
    NOT_ASSIGNED,
    UNIT_TOTAL,
    arithmetic,
    code_line,
    order_rule,
    told_by_stage,
    unit_heading,
    usual_judges,
)
from tracker.exports.sheets import styles
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Giải thích"
MOST_SHEETS = 30
"""Above this many units one sheet holds them all, each under a band with its name."""

STAGES = ("Tự chấm", "Khối chấm", "Lần hai", "Hội đồng")
COLUMNS = (
    Column("STT", 5, Kind.PLACE),
    Column("Tiêu chí", 38),
    Column("Điểm tối đa", 7.5, Kind.POINTS),
    Column("Chỉ tiêu", 8.5, Kind.DECIMAL),
    Column("Kết quả", 8.5, Kind.DECIMAL),
    Column("Cách tính điểm tự chấm", 41),
    *(Column(head, 7.5, Kind.POINTS) for head in STAGES),
    Column("Được duyệt", 8, Kind.POINTS),
    Column("Người chấm, lý do, giải trình", 33),
    Column("Minh chứng", 8, Kind.NUMBER),
)
OWN, FINAL = 6, 10
"""The places of "Tự chấm" and "Được duyệt" among the columns, counted from 0."""


def draw_explanations(drawing: Drawing, paper: RankingPaper) -> None:
    """A sheet a unit, named after it; of a large bloc one sheet."""
    units = paper.shown.units
    if len(units) > MOST_SHEETS:
        draw_together(drawing, paper)
        return
    for unit in units:
        _draw(drawing, paper, (unit,), f"{TITLE} {unit.short_name}")


def draw_one(drawing: Drawing, paper: RankingPaper, key: str) -> None:
    """The sheet of one unit. KeyError when it is not in the ranking."""
    unit = next((each for each in paper.shown.units if each.key == key), None)
    if unit is None:
        raise KeyError(key)
    _draw(drawing, paper, (unit,), TITLE)


def draw_together(drawing: Drawing, paper: RankingPaper) -> None:
    """All units in one sheet, each under a band with its name: for a book that holds much else."""
    _draw(drawing, paper, paper.shown.units, TITLE)


def sheet_count(paper: RankingPaper) -> int:
    return 1 if len(paper.shown.units) > MOST_SHEETS else len(paper.shown.units)


def _draw(drawing: Drawing, paper: RankingPaper, units: Sequence[ShownUnit], name: str) -> None:
    shown = paper.shown

    def fill(sheet: Sheet) -> None:
        for unit in units:
            usual = usual_judges(shown, unit)
            sheet.band(unit_heading(unit, usual, paper.kind))
            for row in explained_rows(shown, unit):
                _row(sheet, paper, row, usual)
            if unit.points is not None:
                _sum(sheet, paper, unit)
            if told := arithmetic(shown, unit):
                sheet.band(told, replace(styles.BAND, bold=False, fill=None))

    table(
        drawing, shown, name=name, title="GIẢI THÍCH ĐIỂM VÀ THỨ HẠNG",
        columns=called_in(COLUMNS, paper.kind), fill=fill, freeze=2, filtered=False,
        notes=[f"{KEY} {paper.kind.called(JUDGES_KEY)}", " ".join((order_rule(shown), *code_line(paper)))],
    )


def _row(sheet: Sheet, paper: RankingPaper, row: ExplainedRow, usual: Mapping[str, str]) -> None:
    shown, criterion, point = paper.shown, row.criterion, row.point
    place = Cell(criterion.number, kind=Kind.SHORT)
    if row.is_group:
        _sums(sheet, paper, (place, row.title), (criterion.maximum, row.own, None, row.final), styles.group)
        return
    head: list[Value | Cell] = [place, row.title, points(shown, criterion.maximum)]
    if point is None:
        sheet.row([*head, *[None] * (len(COLUMNS) - 3)])
    elif not point.assigned:
        none = Cell(NOT_ASSIGNED, kind=Kind.SHORT)
        sheet.row([*head, None, None, point.rule or None, *[none] * 5, None, None])
    else:
        sheet.row([*head, *_told(paper, point, usual)])


def _told(paper: RankingPaper, point: ShownPoint, usual: Mapping[str, str]) -> list[Value | Cell]:
    shown = paper.shown
    reached = (point.own, point.bloc, point.second, point.council)
    result = point.count if point.actual is None else point.actual
    return [
        exact(point.target), exact(result), point.rule or None,
        *(points(shown, stage.points) if stage else None for stage in reached),
        points(shown, point.final), "\n".join(told_by_stage(shown, point, usual, paper.kind)) or None, point.evidence,
    ]


def _sum(sheet: Sheet, paper: RankingPaper, unit: ShownUnit) -> None:
    figures = (unit.maximum, unit.own_total, unit.bloc_total, unit.points)
    _sums(sheet, paper, (None, UNIT_TOTAL), figures, styles.total)


def _sums(
    sheet: Sheet,
    paper: RankingPaper,
    head: tuple[Cell | None, str],
    figures: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None],
    dress: Dress,
) -> None:
    """A row of sums: maximum, own, bloc, final."""
    maximum, own, bloc, final = (points(paper.shown, each, dress) for each in figures)
    cells: list[Value | Cell] = [*head, maximum, *[None] * (len(COLUMNS) - 3)]
    cells[OWN], cells[OWN + 1], cells[FINAL] = own, bloc, final
    sheet.row(cells, dress)
