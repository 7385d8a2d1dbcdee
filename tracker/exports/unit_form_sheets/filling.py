"""What the sheets of a form share: rows one writes in, their colours, their key, checks in the cells, protection."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tracker.domain import vietnamese
from tracker.domain.form_sheet import KEY_FIELD, KEY_HEAD, FormColumn, keeps_exactly
from tracker.exports.sheets import styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.measure import count_lines
from tracker.exports.sheets.sheet import LINE_POINTS, ROOM_POINTS, Column, Sheet
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value, clean, put

AUTHOR = "Sổ Thi Đua"
FILL = "FFFFF9DB"
RETURNED_FILL = "FFFCE4D6"
HIGHEST_ROW = 400.0
LONGEST_TITLE, LONGEST_PROMPT = 32, 250
KEY_WIDTH = 18


class FormSheet(Sheet):
    """A sheet whose last column, hidden, holds the keys; it stands outside the printed columns."""

    def __init__(
        self, book: Book, title: str, columns: Sequence[FormColumn], kinds: dict[str, Kind], *, keyed: bool = True
    ) -> None:
        self.fields = [column.field for column in columns if column.field != KEY_FIELD]
        shown = [
            Column(column.head, column.width, kinds.get(column.field, Kind.TEXT))
            for column in columns
            if column.field != KEY_FIELD
        ]
        super().__init__(book, title, shown)
        self.keyed = keyed
        self.key_column = len(shown) + 1
        if keyed:
            letter = get_column_letter(self.key_column)
            self.page.column_dimensions[letter].width = KEY_WIDTH
            self.page.column_dimensions[letter].hidden = True

    def letter(self, field: str) -> str:
        """The column of a field, as "G"."""
        return str(get_column_letter(self.fields.index(field) + 1))

    def head(self) -> None:
        super().head()
        assert self.head_rows is not None
        if self.keyed:
            self.write(self.head_rows[1], self.key_column, self.key_column, KEY_HEAD, styles.HEAD)

    def fill_row(self, values: Sequence[Value], looks: Sequence[Look], key: str = "", *, least: float = 0) -> int:
        """One row, never split, high enough for its texts. Gives its number."""
        lines = 1
        for column, value, look in zip(self.columns, values, looks, strict=True):
            if isinstance(value, str) and look.wraps and (len(value) > column.width / 2 or "\n" in value):
                lines = max(lines, count_lines(clean(value), column.width, look.size, indented=look.indent > 0))
        row = self.advance(min(max(lines * LINE_POINTS + ROOM_POINTS, least), HIGHEST_ROW))
        for place, (value, look) in enumerate(zip(values, looks, strict=True), start=1):
            cell = self.page.cell(row=row, column=place)
            self._styles.dress(cell, look)
            put(cell, value)
        if key:
            put(self.page.cell(row=row, column=self.key_column), key)
        self.body_rows = (self.body_rows[0] if self.body_rows else row, row)
        return row


@cache
def open_look(kind: Kind, *, returned: bool = False) -> Look:
    """The look of a cell that the unit writes in."""
    return replace(styles.body(kind), fill=RETURNED_FILL if returned else FILL, locked=False)


@cache
def shut_look(kind: Kind) -> Look:
    """The look of a cell that is only shown."""
    return styles.body(kind)


def figure(value: Decimal | int | None) -> Value:
    """A number as a number; with more figures than a spreadsheet keeps, as text in the Vietnamese way."""
    if value is None or keeps_exactly(Decimal(value)):
        return value
    return vietnamese.number(value)


def remark(cell: Any, text: str) -> None:
    """A comment on a cell, large enough to be read whole."""
    comment = Comment(clean(text), AUTHOR)
    comment.width, comment.height = 320, 30 + 18 * (len(text) // 42 + 1 + text.count("\n"))
    cell.comment = comment


def check(
    page: Any, places: Sequence[str], kind: str, *, title: str, prompt: str, fault: str, stops: bool, **rule: Any
) -> None:
    """A check of these cells ("G9", "G12:G80") with a hint beside the cell; `stops` False only warns."""
    if not places:
        return
    validation = DataValidation(type=kind, allow_blank=True, **rule)
    validation.showErrorMessage = validation.showInputMessage = True
    validation.errorStyle = "stop" if stops else "warning"
    validation.promptTitle, validation.prompt = title[:LONGEST_TITLE], prompt[:LONGEST_PROMPT]
    validation.errorTitle, validation.error = title[:LONGEST_TITLE], fault[:LONGEST_PROMPT]
    for place in ranges(places):
        validation.add(place)
    page.add_data_validation(validation)


def ranges(places: Sequence[str]) -> list[str]:
    """Cells of one column that follow each other, as ranges: G9, G10, G12 are G9:G10 and G12."""
    runs: list[tuple[str, int, int]] = []
    found: list[str] = []
    for place in places:
        if ":" in place:
            found.append(place)
            continue
        letters = place.rstrip("0123456789")
        row = int(place[len(letters) :])
        if runs and runs[-1][0] == letters and runs[-1][2] == row - 1:
            runs[-1] = (letters, runs[-1][1], row)
        else:
            runs.append((letters, row, row))
    return found + [f"{c}{first}:{c}{last}" if last > first else f"{c}{first}" for c, first, last in runs]


def protect(page: Any) -> None:
    """Without a password: it guards against slips, not against people. Widths and heights stay free."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
