"""The sheet "Gửi báo cáo": when each unit was to send and did, extensions with their reasons, days late."""

from tracker.domain.period_results import PeriodResults, SendingLine
from tracker.exports.period_sheets.drawing import Drawing, table
from tracker.exports.result_tables import NOT_SENT
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.values import Kind

TITLE = "Gửi báo cáo"
COLUMNS = (
    Column("STT", 5, Kind.PLACE),
    Column("Đơn vị", 40),
    *(Column(head, 13, Kind.DATE) for head in ("Hạn gửi", "Gia hạn đến", "Gửi lần đầu", "Gửi lần cuối")),
    Column("Số lần trả lại", 9, Kind.NUMBER),
    Column("Số ngày chậm", 9, Kind.NUMBER),
    Column("Ghi chú", 34),
)
NOTE = (
    "Số ngày chậm tính theo lần gửi đầu so với hạn gửi hoặc ngày được gia hạn; báo cáo bị trả lại và gửi lại không "
    "tính chậm nếu lần đầu đúng hạn. Ô để trống: không có gia hạn hoặc chưa gửi."
)


def draw_lateness(drawing: Drawing, results: PeriodResults) -> None:
    """One row a unit, in the bloc's order."""

    def fill(sheet: Sheet) -> None:
        for place, row in enumerate(results.sendings, start=1):
            sheet.row(
                [
                    place, row.unit.name, row.due.date(), row.extended_to,
                    row.first_sent.date() if row.first_sent else None, row.last_sent.date() if row.last_sent else None,
                    row.times_returned, row.days_late, _said(row),
                ]
            )

    table(
        drawing, results, name=TITLE, title="TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ", columns=COLUMNS, fill=fill,
        notes=[NOTE], freeze=2,
    )


def _said(row: SendingLine) -> str | None:
    told = []
    if not row.sent:
        told.append(NOT_SENT)
    elif row.times_returned and row.last_sent != row.first_sent:
        told.append("Gửi lại sau khi bị trả")
    if row.extension_reason:
        told.append(f"Lý do gia hạn: {row.extension_reason}")
    return "; ".join(told) or None
