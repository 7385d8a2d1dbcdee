"""The sheet "Thực hiện giao ước": one row a unit and row of the pledge; the bloc's own rows beneath."""

from collections.abc import Sequence
from decimal import Decimal

from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import Direction
from tracker.domain.progress import Done, PledgeProgress, ProgressRow, RowProgress
from tracker.domain.vietnamese import joined, number, paper_count, sentence
from tracker.exports.sheets import frame, printing, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.frame import Frame
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Thực hiện giao ước"
NOT_ASSIGNED = "KG"
FROZEN = 3


def columns(progress: PledgeProgress) -> tuple[Column, ...]:
    return (
        Column("STT", 5, Kind.PLACE),
        Column("Đơn vị", 30),
        Column("Chỉ tiêu", 48),
        Column("Đơn vị tính", 11, Kind.SHORT),
        Column("Kế hoạch năm", 12, Kind.DECIMAL),
        Column(f"Thực hiện {_covered(progress)}", 12, Kind.DECIMAL),
        Column("Tỷ lệ %", 10, Kind.SHARE),
        Column("Ghi chú", 20),
    )


def draw_progress(
    book: Book, progress: PledgeProgress, framed: Frame, *, form: str = "", subtitle: str = ""
) -> Sheet:
    """Draw the sheet. `form`: "Biểu số 08", right of the head; `subtitle`: the period where none is given."""
    sheet = Sheet(book, TITLE, columns(progress))
    right = [(form, styles.BLOC)] if form else []
    beneath = subtitle or sentence(progress.period_label)
    edge = frame.draw_head(sheet, framed, right, "THỰC HIỆN GIAO ƯỚC THI ĐUA", beneath)
    sheet.head()
    place = 0
    for unit in progress.units:
        for row, cell in zip(progress.rows, unit.cells, strict=True):
            place += 1
            sheet.row([place, unit.name, row.content, row.unit_of_measure, *_figures(cell, unit.sent)])
    filled = bool(place)
    if not filled:
        none = f"{progress.bloc_kind.word} chưa có chỉ tiêu giao ước trong năm."
        sheet.nothing(none if progress.units else "Kỳ báo cáo chưa có đơn vị.")
    sheet.close()
    for one in progress.by_row if progress.units else ():
        sheet.row(_bloc_row(one, progress.bloc_kind), styles.group)
    keep = sheet.next_row - 2
    sheet.note(note(progress))
    if sheet.continued:
        sheet.note(CONTINUED_NOTE)
    frame.draw_signature(sheet, framed, edge)
    printing.set_up(sheet, mark=framed.footer_mark, freeze_after=FROZEN, filtered=filled, keep=keep)
    return sheet


def exact(value: Decimal | None) -> Cell:
    """A figure with the decimals it has: whole numbers without a comma."""
    whole = value is None or value == value.to_integral_value()
    return Cell(value, kind=Kind.NUMBER if whole else Kind.DECIMAL)


def _figures(cell: Done, sent: bool) -> Sequence[Value | Cell]:
    """Plan, done, percent, note. Not assigned says so in the column of the plan."""
    if not cell.assigned:
        return [Cell(NOT_ASSIGNED, kind=Kind.SHORT), None, None, cell.note]
    share = None if cell.percent is None else cell.percent / 100
    said = cell.note if sent else "Chưa gửi báo cáo"
    return [exact(cell.plan), exact(cell.done), share, said]


def _bloc_row(one: RowProgress, kind: BlocKind) -> Sequence[Value | Cell]:
    share = None if one.percent is None else one.percent / 100
    said = f"{one.units_passed}/{one.units_measured} đơn vị đạt mốc" if one.units_measured else None
    row = one.row
    return [None, f"Cả {kind.small}", row.content, row.unit_of_measure, exact(one.plan), exact(one.done), share, said]


def _covered(progress: PledgeProgress) -> str:
    """The period in a column's head, short: "6 tháng đầu năm", "cả năm"."""
    return progress.kind.label


def summary(progress: PledgeProgress) -> str:
    """The bloc's sentence: how many units passed the mark, and of which nothing can be said."""
    text = (
        f"{paper_count(progress.units_passed)}/{paper_count(progress.units_counted)} đơn vị đạt từ "
        f"{number(progress.mark)}% kế hoạch năm"
    )
    blank = progress.blank_units
    if blank:
        names = joined([unit.short_name for unit in blank])
        text += f"; {paper_count(len(blank))} đơn vị chưa có số liệu để tính ({names})"
    return f"{text}."


def rule(progress: PledgeProgress) -> str:
    """How it was counted, in words."""
    less = [row for row in progress.rows if row.direction is Direction.LESS]
    text = (
        f"Đơn vị được tính là đạt khi mọi chỉ tiêu tính được tỷ lệ đều đạt từ {number(progress.mark)}% kế hoạch năm và "
        "có ít nhất một chỉ tiêu như vậy."
    )
    if less:
        text += (
            f" Chỉ tiêu càng ít càng tốt ({_places(less)}): tỷ lệ là kế hoạch chia cho kết quả, tối đa 100%; đạt khi "
            "không vượt mức kế hoạch."
        )
    return text


def _places(rows: Sequence[ProgressRow]) -> str:
    return "dòng " + joined([str(row.number) for row in rows])


def note(progress: PledgeProgress) -> str:
    """The note under the table."""
    return (
        f"Ghi chú: {summary(progress)} {rule(progress)} Ô để trống: chưa có số liệu; 0: có báo cáo và bằng 0; "
        f"{NOT_ASSIGNED}: không được giao. Dòng “Cả {progress.bloc_kind.small}” cộng các đơn vị có cả kế hoạch và "
        "kết quả; chỉ tiêu tính bằng tỷ lệ hoặc điểm không cộng."
    )
