"""The sheet "Tổng hợp đơn vị" of a ranking: each unit in one row, in the order of places, those apart last."""

from tracker.domain.ranking_paper import RankingPaper
from tracker.domain.ranking_shown import RankingShown, ShownUnit
from tracker.domain.vietnamese import short_date
from tracker.exports.period_sheets.drawing import Drawing, table
from tracker.exports.ranking_sheets.looks import points, share
from tracker.exports.ranking_words import class_of, status, summary_notes
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Tổng hợp đơn vị"


def columns(paper: RankingPaper) -> list[Column]:
    shown = paper.shown
    day = short_date(shown.period.last_day)
    return [
        Column("STT", 5, Kind.PLACE),
        Column(f"Đơn vị (tên tại ngày {day})", 34),
        Column("Điểm tự chấm", 9, Kind.POINTS),
        Column("Điểm thưởng", 9, Kind.POINTS),
        Column("Điểm trừ", 8, Kind.POINTS),
        Column(paper.kind.called("Điểm khối chấm"), 9.5, Kind.POINTS),
        Column("Điểm được duyệt", 9.5, Kind.POINTS),
        Column("Điểm tối đa", 8.5, Kind.POINTS),
        Column("Tỷ lệ %", 7.5 + shown.share_places, Kind.SHARE),
        Column("Hạng", 7.5, Kind.PLACE),
        Column("Xếp loại", 17, Kind.SHORT),
        Column("Tình trạng", 24),
    ]


def draw_summary(drawing: Drawing, paper: RankingPaper) -> None:
    shown = paper.shown

    def fill(sheet: Sheet) -> None:
        for place, unit in enumerate(shown.units, start=1):
            sheet.row([place, unit.name, *_figures(shown, unit), class_of(unit) or None, status(paper, unit)])

    table(
        drawing, shown, name=TITLE, title="TỔNG HỢP KẾT QUẢ THI ĐUA CỦA CÁC ĐƠN VỊ", columns=columns(paper), fill=fill,
        notes=summary_notes(paper), freeze=2,
    )


def _figures(shown: RankingShown, unit: ShownUnit) -> list[Value | Cell]:
    """Points, share and place; none of a unit that is not considered."""
    if unit.rank is None:
        return [None] * 8
    told = (unit.own_total, unit.bonus, unit.penalty, unit.bloc_total, unit.points, unit.maximum)
    return [*(points(shown, each) for each in told), share(shown, unit), unit.rank]
