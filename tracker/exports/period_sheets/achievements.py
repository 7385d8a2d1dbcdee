"""The sheets "Thành tích" and "Hoạt động chung": what the units are proud of, and what the bloc did together."""

from tracker.domain.period_results import AchievementLine, PeriodResults
from tracker.domain.vietnamese import short_date
from tracker.exports.period_sheets.drawing import BLANKS, Drawing, exact, table
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.values import Kind

TITLE, ACTIVITIES = "Thành tích", "Hoạt động chung"
COLUMNS = (
    Column("STT", 5, Kind.PLACE),
    Column("Đơn vị", 28),
    Column("Loại", 15),
    Column("Tập thể, cá nhân", 22),
    Column("Thành tích", 44),
    Column("Lĩnh vực", 14),
    Column("Ngày", 12, Kind.DATE),
    Column("Giá trị (đồng)", 14, Kind.NUMBER),
    Column("Phong trào", 18),
    Column("Minh chứng", 16),
)
ACTIVITY_COLUMNS = (
    Column("STT", 5, Kind.PLACE),
    Column("Loại", 18),
    Column("Hoạt động", 36),
    Column("Từ ngày", 12, Kind.DATE),
    Column("Đến ngày", 12, Kind.DATE),
    Column("Địa điểm", 20),
    Column("Kết quả", 36),
    Column("Giá trị (đồng)", 15, Kind.NUMBER),
    Column("Số đơn vị", 8, Kind.NUMBER),
    Column("Đơn vị tham gia", 30),
)


def draw_achievements(drawing: Drawing, results: PeriodResults) -> None:
    """One row an achievement or typical example, unit by unit; awards have a sheet of their own."""
    order = {unit.key: place for place, unit in enumerate(results.units)}
    rows = sorted((*results.deeds, *results.examples), key=lambda row: order[row.unit.key])

    def fill(sheet: Sheet) -> None:
        for place, row in enumerate(rows, start=1):
            sheet.row(
                [
                    place, row.unit.name, row.kind.label, row.subject, row.text, row.field,
                    row.happened_on or row.decided_on, exact(row.value), row.movement, _evidence(row),
                ]
            )

    table(
        drawing, results, name=TITLE, title="THÀNH TÍCH, ĐIỂN HÌNH TIÊN TIẾN CỦA CÁC ĐƠN VỊ", columns=COLUMNS,
        fill=fill, notes=[BLANKS], freeze=2,
    )


def _evidence(row: AchievementLine) -> str | None:
    """The decision with its day, and how many files were sent along."""
    told = []
    if row.decision_number:
        day = f" ngày {short_date(row.decided_on)}" if row.decided_on else ""
        told.append(f"Quyết định số {row.decision_number}{day}")
    if row.files:
        told.append(f"{row.files} tệp")
    return "; ".join(told) or None


def draw_activities(drawing: Drawing, results: PeriodResults) -> None:
    """One row a joint activity."""

    def fill(sheet: Sheet) -> None:
        for place, row in enumerate(results.activities, start=1):
            units = "; ".join(row.units) or None
            count = len(row.units) or None
            sheet.row(
                [
                    place, row.kind.label, row.title, row.held_on, row.last_on, row.place, row.result,
                    exact(row.value), count, units,
                ]
            )

    table(
        drawing, results, name=ACTIVITIES, title="HOẠT ĐỘNG CHUNG TRONG KỲ", columns=ACTIVITY_COLUMNS, fill=fill,
        notes=[BLANKS], freeze=3,
    )
