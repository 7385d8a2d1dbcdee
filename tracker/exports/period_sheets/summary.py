"""The sheet "Tổng hợp đơn vị": each unit in one row, drawn first among the sheets of a period."""

from tracker.domain.award_counts import object_label
from tracker.domain.period_results import PeriodResults
from tracker.domain.submissions import AwardObject
from tracker.domain.unit_summary import UnitSummary, summaries
from tracker.exports.period_sheets.drawing import Drawing, table
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE, BESIDE_RANKING = "Tổng hợp đơn vị", "Tổng hợp báo cáo"
EACH = 10.5
OBJECTS = (AwardObject.COLLECTIVE, AwardObject.PERSON, AwardObject.HOUSEHOLD, None)


def draw_summary(drawing: Drawing, results: PeriodResults) -> None:
    rows = summaries(results)
    objects = [who for who in OBJECTS if who in OBJECTS[:2] or any(who in (row.awards or {}) for row in rows)]
    columns = [
        Column("STT", 5, Kind.PLACE),
        Column("Đơn vị", 40),
        *(Column(head, EACH, Kind.NUMBER, "Tiêu chí, chỉ tiêu") for head in ("Được giao", "Có số liệu", "Chưa có")),
        *(Column(head, EACH, Kind.NUMBER, "Giao ước thi đua") for head in ("Tính được", "Đạt mốc")),
        Column("Thành tích", EACH, Kind.NUMBER),
        *(Column(object_label(who), EACH, Kind.NUMBER, "Khen thưởng") for who in objects),
        Column("Tình trạng gửi", 22),
    ]

    def fill(sheet: Sheet) -> None:
        for place, row in enumerate(rows, start=1):
            sheet.row([place, *_row(row, objects)])

    mark = f"{results.progress.mark}%" if results.progress else "mốc"
    table(
        drawing, results, name=BESIDE_RANKING if results.ranking else TITLE,
        title="TỔNG HỢP KẾT QUẢ BÁO CÁO CỦA CÁC ĐƠN VỊ", columns=columns, fill=fill,
        notes=[
            f"Tính được: số chỉ tiêu giao ước có cả kế hoạch và kết quả; đạt mốc: từ {mark} kế hoạch năm. "
            f"Ô để trống: đơn vị chưa gửi báo cáo hoặc {results.bloc_kind.small} không có giao ước; "
            "số 0: có báo cáo và bằng không."
        ],
        freeze=2,
    )


def _row(row: UnitSummary, objects: list[AwardObject | None]) -> list[Value]:
    missing = None if row.filled is None else row.assigned - row.filled
    awards = [None if row.awards is None else row.awards.get(who, 0) for who in objects]
    return [
        row.unit.name, row.assigned, row.filled, missing, row.measured, row.passed, row.deeds, *awards, row.status,
    ]
