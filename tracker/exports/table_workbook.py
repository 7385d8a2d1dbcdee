"""A list that is shown on screen, as a plain workbook: what "Tải Excel" gives."""

from collections.abc import Sequence

from tracker.exports.sheets import bulk, printing, styles
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

KINDS = {
    "text": Kind.TEXT,
    "int": Kind.NUMBER,
    "date": Kind.DATE,
    "datetime": Kind.DATETIME,
    "share": Kind.SHARE,
    "decimal": Kind.DECIMAL,
    "points": Kind.POINTS,
}
WIDEST_FROZEN = 60
#: The rows of a longer table are put into the file as text, five times as fast (docs/decisions/0014).
MOST_CELL_BY_CELL = 2_000


def table(
    title: str, subtitle: str, columns: Sequence[tuple[str, float, str]], rows: Sequence[Sequence[Value]]
) -> bytes:
    """The .xlsx file with one sheet: title, what is shown, heads, rows.

    `columns`: (label, width in figures, kind), the kind one of KINDS: KeyError otherwise. A share is a fraction
    (0.955); a datetime is already in the reader's zone. None leaves a box empty.
    """
    book = Book(About(title=title, author="Sổ Thi Đua"))
    sheet = Sheet(book, title, [Column(label, width, KINDS[kind]) for label, width, kind in columns])
    sheet.line(title, styles.TITLE, line_points=20)
    if subtitle:
        sheet.line(subtitle, styles.SUBTITLE)
    sheet.advance(8)
    sheet.head()
    long = len(rows) > MOST_CELL_BY_CELL
    body = bulk.rows(sheet, rows) if long else []
    for row in () if long else rows:
        sheet.row(row)
    if not rows:
        sheet.nothing("Không có dòng nào.")
    if sheet.continued:
        sheet.note(CONTINUED_NOTE)
    printing.set_up(sheet, freeze_after=_frozen(sheet), filtered=bool(rows))
    return bulk.content(book, sheet, body) if long else book.content()


def _frozen(sheet: Sheet) -> int:
    """The columns that stay while scrolling: up to the first of text, unless they take too much of the screen."""
    texts = [place for place, column in enumerate(sheet.columns, start=1) if column.kind is Kind.TEXT]
    place = texts[0] if texts else 0
    return place if sheet.width(1, place) <= WIDEST_FROZEN and place < len(sheet.columns) else 0
