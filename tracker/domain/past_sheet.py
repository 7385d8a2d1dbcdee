"""The workbook that brings in earlier years: results and ranks, figures, awards; one row each, known by its words.

A row is known by unit, year, kỳ and (for a figure) the name of what was measured: filled in twice, the later file
corrects the earlier. A blank figure is not a zero: the row says nothing of it.
"""

from tracker.domain.form_sheet import FormColumn
from tracker.domain.labels import Labelled
from tracker.domain.periods import PeriodKind
from tracker.domain.submissions import AwardObject, AwardSystem
from tracker.text import fold

PAST_FORM_NAME = "so-thi-dua/cac-nam-truoc/1"
PAST_RESULTS, PAST_VALUES, PAST_AWARDS = "Kết quả các năm", "Số liệu các năm", "Khen thưởng các năm"
PAST_KEY_LABELS = ("Mẫu biểu", "Khối")
"""Labels of the hidden sheet form_sheet.KEYS: PAST_FORM_NAME and the public id of the bloc."""

FIRST_YEAR = 1990

PAST_COLUMNS: dict[str, tuple[FormColumn, ...]] = {
    PAST_RESULTS: (
        FormColumn("unit", "Đơn vị", 44, filled=True),
        FormColumn("year", "Năm", 8, filled=True),
        FormColumn("kind", "Kỳ", 18, filled=True),
        FormColumn("points", "Điểm", 12, filled=True),
        FormColumn("maximum", "Điểm tối đa", 12, filled=True),
        FormColumn("rank", "Hạng", 8, filled=True),
        FormColumn("class_name", "Xếp loại", 34, filled=True),
    ),
    PAST_VALUES: (
        FormColumn("unit", "Đơn vị", 40, filled=True),
        FormColumn("year", "Năm", 8, filled=True),
        FormColumn("kind", "Kỳ", 16, filled=True),
        FormColumn("name", "Chỉ tiêu", 50, filled=True),
        FormColumn("unit_of_measure", "Đơn vị tính", 14, filled=True),
        FormColumn("value", "Kết quả", 14, filled=True),
    ),
    PAST_AWARDS: (
        FormColumn("unit", "Đơn vị", 36, filled=True),
        FormColumn("year", "Năm", 8, filled=True),
        FormColumn("object", "Đối tượng", 12, filled=True),
        FormColumn("award", "Danh hiệu, hình thức", 40, filled=True),
        FormColumn("count", "Số lượng", 9, filled=True),
        FormColumn("decision_number", "Số quyết định", 16, filled=True),
        FormColumn("decided_on", "Ngày quyết định", 13, filled=True),
        FormColumn("system", "Hệ thống", 13, filled=True),
    ),
}
#: A row without one of these cannot be taken.
PAST_NEEDED: dict[str, tuple[str, ...]] = {
    PAST_RESULTS: ("unit", "year", "kind"),
    PAST_VALUES: ("unit", "year", "kind", "name", "value"),
    PAST_AWARDS: ("unit", "year", "object", "award"),
}
#: Column → the enum whose labels its cells take.
PAST_CHOICES: dict[str, type[Labelled]] = {"kind": PeriodKind, "object": AwardObject, "system": AwardSystem}


def past_column_of(sheet: str, head: str) -> FormColumn | None:
    """The column with this head, whatever its accents, capitals and spaces; None for a foreign one."""
    wanted = fold(head)
    return next((column for column in PAST_COLUMNS[sheet] if fold(column.head) == wanted), None)
