"""The sheet "Khen thưởng": forms × (methods × objects), with totals (papers, section 4)."""

from tracker.domain.award_counts import count_awards, method_label, object_label
from tracker.domain.period_results import PeriodResults
from tracker.exports.period_sheets.drawing import Drawing, table
from tracker.exports.result_tables import award_notes
from tracker.exports.sheets import styles
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.values import Kind

TITLE = "Khen thưởng"
EACH = 9.5


def draw_awards(drawing: Drawing, results: PeriodResults) -> None:
    """A row a form; a box is empty where no such award was reported; the last row sums up."""
    counted = count_awards(results.awards)
    places = [(method, who) for method in counted.methods for who in counted.objects]
    columns = [
        Column("STT", 5, Kind.PLACE),
        Column("Hình thức khen thưởng, danh hiệu thi đua", 46),
        *(Column(object_label(who), EACH, Kind.NUMBER, method_label(method)) for method, who in places),
        *(Column(object_label(who), EACH, Kind.NUMBER, "Tổng số") for who in counted.objects),
    ]

    def fill(sheet: Sheet) -> int | None:
        for number, row in enumerate(counted.rows, start=1):
            totals = [row.total(who) for who in counted.objects]
            sheet.row([number, row.form, *(row.counts.get(place) for place in places), *totals])
        if not counted.rows:
            return None
        keep = sheet.next_row - 1
        totals = [counted.total(who) for who in counted.objects]
        sums = [counted.column_total(*place) for place in places]
        sheet.row([None, "TỔNG CỘNG", *sums, *totals], styles.total)
        sheet.close()
        return keep

    notes = [note for note in award_notes(counted) if not note.startswith(("Hộ:", "Chưa ghi:"))]
    table(
        drawing, results, name=TITLE, title="KẾT QUẢ KHEN THƯỞNG THEO HÌNH THỨC, LOẠI HÌNH VÀ ĐỐI TƯỢNG",
        columns=columns, fill=fill, notes=notes, freeze=2,
    )
