"""What the sheets of a period have in common: head with "Biểu số", notes, signature, print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from tracker.domain.periods import Period
from tracker.domain.vietnamese import NO_FIGURE, sentence
from tracker.exports.sheets import frame, printing, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.frame import Frame
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

BLANKS = f"Ô để trống: {NO_FIGURE}; số 0: có báo cáo và kết quả bằng không."


class OfPeriod(Protocol):
    """What a sheet tells of: the results of a period, or its ranking."""

    @property
    def period(self) -> Period: ...


@dataclass
class Drawing:
    """A book with the frame of its sheets; `form` is the number of the next sheet ("Biểu số 07").

    `national`: the first sheet bears the national name in place of its number, as the first of a book does.
    """

    book: Book
    framed: Frame
    form: int = 1
    national: bool = False

    def next_form(self) -> str:
        self.form += 1
        return form_name(self.form - 1)

    def right_head(self) -> list[frame.Line]:
        """What stands at the right of the next sheet's head."""
        number = self.next_form()
        if self.national and self.form == 2:
            return [(frame.NATIONAL_NAME, styles.BLOC), (frame.MOTTO, styles.MOTTO)]
        return [(number, styles.BLOC)]


def form_name(number: int) -> str:
    return f"Biểu số {number:02d}"


def table(
    drawing: Drawing,
    results: OfPeriod,
    *,
    name: str,
    title: str,
    columns: Sequence[Column],
    fill: Callable[[Sheet], int | None],
    notes: Sequence[str],
    freeze: int,
    ends: Sequence[int] = (),
    repeat: int = 0,
    filtered: bool = True,
) -> Sheet:
    """One sheet with one table. `fill` writes the rows; it may give the first row to print with the signature.

    `filtered`: with Excel's filter, which a table with bands over its rows cannot use.
    """
    sheet = Sheet(drawing.book, name, columns, ends=ends, repeat=repeat)
    edge = frame.draw_head(sheet, drawing.framed, drawing.right_head(), title, f"Kỳ báo cáo: {results.period.label}")
    sheet.head()
    keep = fill(sheet)
    filled = sheet.body_rows is not None
    if not filled:
        sheet.nothing(sentence(NO_FIGURE))
    keep = keep or sheet.close() - 2
    told = [*notes, *[CONTINUED_NOTE] * sheet.continued]
    for place, text in enumerate(told):
        sheet.note(f"Ghi chú: {text}" if place == 0 else text)
    frame.draw_signature(sheet, drawing.framed, edge)
    one_head = sheet.head_rows is not None and sheet.head_rows[0] == sheet.head_rows[1]
    printing.set_up(
        sheet, mark=drawing.framed.footer_mark, freeze_after=freeze, filtered=filtered and filled and one_head,
        keep=keep,
    )
    return sheet


def exact(value: Decimal | int | None) -> Value | Cell:
    """A figure with the decimals it has: whole numbers without a comma."""
    if value is None:
        return None
    whole = Decimal(value) == Decimal(value).to_integral_value()
    return Cell(value, kind=Kind.NUMBER if whole else Kind.DECIMAL)
