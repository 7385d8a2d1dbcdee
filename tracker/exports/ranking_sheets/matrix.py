"""The sheet "Điểm theo tiêu chí": criteria × units, own and approved points, in blocks of at most eight units."""

from tracker.domain.ranking_paper import RankingPaper
from tracker.exports.period_sheets.drawing import Drawing, table
from tracker.exports.ranking_rows import MatrixCell, MatrixRow, matrix_rows
from tracker.exports.ranking_sheets.looks import Dress, points
from tracker.exports.ranking_words import NOT_ASSIGNED, matrix_notes
from tracker.exports.sheets import styles
from tracker.exports.sheets.blocks import block_ends
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Điểm theo tiêu chí"
FIXED = (Column("STT", 5, Kind.PLACE), Column("Tiêu chí", 46), Column("Điểm tối đa", 7.5, Kind.POINTS))
EACH, ROOM = 8.0, 1.5


def draw_matrix(drawing: Drawing, paper: RankingPaper) -> None:
    shown = paper.shown
    columns = list(FIXED)
    for unit in shown.units:
        columns += [Column(head, EACH, Kind.POINTS, unit.short_name) for head in ("Tự chấm", "Được duyệt")]

    def fill(sheet: Sheet) -> int | None:
        keep = None
        for row in matrix_rows(shown):
            dress: Dress = styles.total if row.ends else styles.group if row.is_group else styles.body
            first = sheet.row(_row(paper, row, dress), dress)
            keep = keep or (first - 1 if row.ends else None)
        return keep

    table(
        drawing, shown, name=TITLE, title="ĐIỂM CỦA CÁC ĐƠN VỊ THEO TIÊU CHÍ", columns=columns, fill=fill,
        notes=matrix_notes(paper), freeze=len(FIXED), ends=block_ends(len(FIXED), len(shown.units), 2),
        repeat=len(FIXED),
    )


def _row(paper: RankingPaper, row: MatrixRow, dress: Dress) -> list[Value | Cell]:
    place = Cell(row.number or None, kind=Kind.SHORT)
    cells: list[Value | Cell] = [place, row.title, points(paper.shown, row.maximum, dress)]
    for cell in row.cells:
        cells += _pair(paper, cell, dress)
    return cells


def _pair(paper: RankingPaper, cell: MatrixCell, dress: Dress) -> list[Value | Cell]:
    if not cell.assigned:
        return [Cell(NOT_ASSIGNED, kind=Kind.SHORT)] * 2
    return [points(paper.shown, cell.own, dress), points(paper.shown, cell.final, dress)]
