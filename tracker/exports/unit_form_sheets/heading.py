"""The lines above the table of a form: bloc, unit, period, until when, and how to write."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain import vietnamese
from tracker.domain.form_about import FormAbout
from tracker.exports.sheets import frame, styles
from tracker.exports.sheets.frame import Line
from tracker.exports.sheets.measure import count_lines
from tracker.exports.sheets.sheet import Sheet

LINE_POINTS = 17.0
LEAST_COLUMNS = 4
"""A sheet of fewer columns has no edge in the middle at which the two sides could part."""

BLANK = (
    "Biểu do thường trực khối phát, không gồm những gì đơn vị đã ghi trên trang báo cáo. Đơn vị đã ghi rồi thì nên tải "
    "biểu của mình từ trang đó."
)


def draw(sheet: Sheet, about: FormAbout, title: str, hint: str) -> None:
    """Bloc and unit at the left, dates at the right, title, marks, and one line on how to fill in the sheet."""
    left = [(about.bloc_name, styles.AGENCY), (about.unit_name, styles.BLOC)]
    right = [(line, styles.SIGN_DATE) for line in dates(about)]
    if len(sheet.columns) < LEAST_COLUMNS:
        for text, look in (*left, *right):
            sheet.line(text, look, line_points=LINE_POINTS)
    else:
        _two_sides(sheet, left, right)
    sheet.advance(frame.BLANK_POINTS)
    sheet.line(title, styles.TITLE, line_points=frame.TITLE_POINTS)
    sheet.line(about.period.label[0].upper() + about.period.label[1:], styles.SUBTITLE)
    if about.illustration:
        sheet.line(frame.ILLUSTRATION, styles.MARKED)
    if not about.writable:
        sheet.line("Biểu chỉ để xem: đơn vị hiện không sửa được báo cáo này.", styles.MARKED)
    elif about.returned_only:
        sheet.line("Báo cáo được trả lại từng chỗ: chỉ các ô tô màu mới sửa được.", styles.MARKED)
    if about.blank:
        sheet.line(about.bloc_kind.called(BLANK), styles.NOTE, line_points=14)
    sheet.line(hint, styles.NOTE, line_points=14)
    sheet.advance(4)


def _two_sides(sheet: Sheet, left: Sequence[Line], right: Sequence[Line]) -> None:
    edge = frame.parting(sheet, left, right)
    for place in range(max(len(left), len(right))):
        sides = [(1, edge, *line) for line in left[place : place + 1]]
        sides += [(edge + 1, sheet.last_column, *line) for line in right[place : place + 1]]
        lines = [
            count_lines(text, sheet.width(first, last), look.size, bold=look.bold, italic=look.italic)
            for first, last, text, look in sides
        ]
        row = sheet.advance(max(lines) * LINE_POINTS)
        for first, last, text, look in sides:
            sheet.write(row, first, last, text, look)


def dates(about: FormAbout) -> list[str]:
    """Until when to send; the moment of locking is another date and is named as such."""
    lines = [f"Hạn gửi: {_moment(about.due_at)}"]
    if about.extended_to and about.extended_to > about.due_at:
        lines.append(f"Đơn vị được gia hạn đến: {_moment(about.extended_to)}")
    return [*lines, f"Khóa số liệu: {_moment(about.locks_at)}"]


def _moment(at: datetime) -> str:
    return vietnamese.date_time(at)
