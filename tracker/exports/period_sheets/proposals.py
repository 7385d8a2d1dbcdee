"""The sheet "Ý kiến đơn vị": limitations, directions and proposals as the units wrote them, point by point."""

from tracker.domain.period_results import PeriodResults
from tracker.exports.period_sheets.drawing import Drawing, table
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.values import Kind

TITLE = "Ý kiến đơn vị"
COLUMNS = (
    Column("STT", 5, Kind.PLACE),
    Column("Phần", 22),
    Column("Đơn vị", 30),
    Column("Nội dung", 60),
    Column("Nguyên nhân", 38),
)
NOTE = (
    "Ý kiến do các đơn vị ghi trong báo cáo; chỉ nội dung thường trực đã lấy vào hội nghị mới có trong báo cáo chung. "
    "Ô để trống ở cột nguyên nhân: đơn vị chưa nêu."
)


def draw_proposals(drawing: Drawing, results: PeriodResults) -> None:
    """One row a point, by kind, then by unit."""

    def fill(sheet: Sheet) -> None:
        for place, row in enumerate(results.proposals, start=1):
            sheet.row([place, row.kind.label, row.unit.name, row.text, row.cause])

    table(
        drawing, results, name=TITLE, title="HẠN CHẾ, PHƯƠNG HƯỚNG, ĐỀ XUẤT CỦA CÁC ĐƠN VỊ", columns=COLUMNS,
        fill=fill, notes=[NOTE], freeze=3,
    )
