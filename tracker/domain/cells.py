"""A workbook as plain cells: what a reader hands over, and all that the checks of a workbook see of it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.labels import Labelled

_QUOTED = re.compile(r'"[^"]*"|\\.')


class CellKind(Labelled):
    """What stands in a cell. FORMULA: a formula that was never calculated, so that its value is not known."""

    BLANK = "blank", "ô trống"
    NUMBER = "number", "số"
    TEXT = "text", "chữ"
    DATE = "date", "ngày"
    BOOL = "bool", "đúng hoặc sai"
    ERROR = "error", "lỗi công thức"
    FORMULA = "formula", "công thức chưa tính"


CellValue = Decimal | str | date | datetime | bool | None


@dataclass(frozen=True)
class Cell:
    """`value` is Decimal for a number (15 digits, as Excel keeps them), date or datetime for a date, str for text, for
    an error ("#REF!") and for a formula never calculated (its text). `percent`: shown with %, so 0.95 reads 95%.

    `merged`: the cell belongs to a merged range. `formula`: the text of the formula whose value this is.
    """

    value: CellValue
    kind: CellKind
    number_format: str = ""
    merged: bool = False
    formula: str = ""

    @property
    def percent(self) -> bool:
        return "%" in _QUOTED.sub("", self.number_format)

    @property
    def text(self) -> str:
        """The content as the sender sees it, for a message: 1286,5 · 95% · 03/04/2026 · #REF!."""
        value = self.value
        if isinstance(value, bool):
            return "ĐÚNG" if value else "SAI"
        if isinstance(value, Decimal):
            shown = value * 100 if self.percent else value
            return plain_number(shown) + ("%" if self.percent else "")
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return str(value or "")


BLANK = Cell(None, CellKind.BLANK)


@dataclass(frozen=True)
class Row:
    """`number` counts from 1, as the sender's program shows it; `cells` by column from 1, blank ones left out."""

    number: int
    cells: dict[int, Cell]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell of a column; BLANK where there is none."""
        return self.cells.get(column, BLANK)


@dataclass(frozen=True)
class Sheet:
    """Rows with content only, in the order of the sheet. `hidden_columns` from 1."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Workbook:
    """Sheets in the order of the file. `kind` is xlsx, ods or xls (which says nothing of formats and hidden cells)."""

    sheets: tuple[Sheet, ...]
    kind: str = "xlsx"

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, None when there is none; case and spaces at the ends make no difference."""
        wanted = name.strip().casefold()
        return next((each for each in self.sheets if each.name.strip().casefold() == wanted), None)


def plain_number(value: Decimal) -> str:
    """1286.50 as "1286,5": for messages about a cell."""
    text = f"{value.normalize():f}" if value else "0"
    return text.replace(".", ",")


def column_letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def place_of(row: int, column: int) -> str:
    """The cell's name as the sender's program shows it: B7."""
    return f"{column_letters(column)}{row}"
