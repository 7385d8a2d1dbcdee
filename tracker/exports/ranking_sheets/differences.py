"""The sheet "Chênh lệch": every line on which one stage is not what the stage before it was, with who and why."""

from tracker.domain.ranking_paper import Difference, RankingPaper, differences
from tracker.exports.period_sheets.drawing import Drawing, table
from tracker.exports.ranking_sheets.looks import called_in, points
from tracker.exports.ranking_words import code_line, reasons
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Chênh lệch"
COLUMNS = (
    Column("STT", 5, Kind.PLACE),
    Column("Đơn vị", 26),
    Column("Tiêu chí", 34),
    *(Column(head, 8, Kind.POINTS) for head in ("Tự chấm", "Khối chấm", "Lần hai", "Hội đồng", "Được duyệt")),
    Column("Chênh lệch", 8.5, Kind.CHANGE),
    Column("Người chấm và lý do", 48),
    Column("Giải trình của đơn vị", 34),
)
NOTE = (
    "Chênh lệch: điểm được duyệt trừ điểm tự chấm. Ô để trống: không qua bước đó hoặc chưa có số liệu; "
    "dòng có chênh lệch bằng không là dòng đã đổi rồi trở lại điểm tự chấm."
)


def draw_differences(drawing: Drawing, paper: RankingPaper) -> None:
    def fill(sheet: Sheet) -> None:
        for place, row in enumerate(differences(paper.shown), start=1):
            sheet.row([place, *_row(paper, row)])

    table(
        drawing, paper.shown, name=TITLE, title="CHÊNH LỆCH GIỮA CÁC BƯỚC CHẤM ĐIỂM VÀ LÝ DO",
        columns=called_in(COLUMNS, paper.kind), fill=fill, notes=[" ".join((NOTE, *code_line(paper)))], freeze=2,
    )


def _row(paper: RankingPaper, row: Difference) -> list[Value | Cell]:
    shown, point = paper.shown, row.point
    reached = (point.own, point.bloc, point.second, point.council)
    return [
        row.unit.name, f"{row.criterion.number}. {row.criterion.title}",
        *(points(shown, stage.points) if stage else None for stage in reached),
        points(shown, point.final), row.change, reasons(shown, point, kind=paper.kind) or None,
        point.explanation or None,
    ]
