"""The looks of a cell, each made once for a workbook and copied into its cells."""

from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from tracker.exports.sheets.values import Kind

FACE = "Times New Roman"
HEAD_FILL = "FFF3E3E1"
GROUP_FILL = "FFF5F5F5"
LINE = "FF7F7F7F"
MARK = "FFB3261E"


@dataclass(frozen=True)
class Look:
    """Everything that can differ between two cells. `indent` is in Excel's steps of about three spaces.

    `locked` matters on a protected sheet only: there the reader writes in the cells that are not.
    """

    size: float = 11
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    colour: str | None = None
    fill: str | None = None
    boxed: bool = False
    horizontal: str = "center"
    vertical: str = "center"
    indent: int = 0
    wraps: bool = True
    number_format: str = "General"
    locked: bool = True


AGENCY = Look(size=12)
BLOC = Look(size=12, bold=True)
MOTTO = Look(size=12, bold=True, underlined=True)
TITLE = Look(size=14, bold=True)
SUBTITLE = Look(size=12, italic=True)
MARKED = Look(size=12, bold=True, colour=MARK)
HEAD = Look(bold=True, fill=HEAD_FILL, boxed=True)
BAND = Look(bold=True, fill=GROUP_FILL, boxed=True, horizontal="left", indent=1)
NOTE = Look(size=10, italic=True, horizontal="left")
SIGN_DATE = Look(size=12, italic=True)
SIGN = Look(size=12, bold=True)


@cache
def body(kind: Kind) -> Look:
    """The look of a body cell in a column of this kind."""
    return Look(
        boxed=True,
        horizontal=kind.horizontal,
        indent=1 if kind is Kind.TEXT else 0,
        wraps=kind.wraps,
        number_format=kind.number_format,
    )


@cache
def group(kind: Kind) -> Look:
    """A row that heads others."""
    return replace(body(kind), bold=True, fill=GROUP_FILL)


@cache
def total(kind: Kind) -> Look:
    """A row that sums others up."""
    return replace(body(kind), bold=True, fill=HEAD_FILL)


class Styles:
    """The styles of one workbook.

    A prototype is copied when it is stored and when it is used: a shared one, changed in one cell, changes all.
    """

    def __init__(self, book: Workbook) -> None:
        self._sheet = book.active
        self._stored: dict[Look, Any] = {}

    def dress(self, cell: Any, look: Look) -> None:
        """Give a cell its look."""
        if look not in self._stored:
            self._stored[look] = self._made(look)
        cell._style = copy(self._stored[look])

    def number(self, look: Look) -> int:
        """The number of a look in the file's list of styles."""
        cell = self._sheet.cell(row=1, column=1).__class__(self._sheet)
        self.dress(cell, look)
        return int(cell.style_id)

    def _made(self, look: Look) -> Any:
        """The style array of a look, made on a cell that is thrown away."""
        cell = self._sheet.cell(row=1, column=1).__class__(self._sheet)
        cell.font = Font(
            name=FACE,
            sz=look.size,
            b=look.bold,
            i=look.italic,
            u="single" if look.underlined else None,
            color=look.colour,
        )
        cell.alignment = Alignment(
            horizontal=look.horizontal, vertical=look.vertical, wrap_text=look.wraps, indent=look.indent
        )
        cell.number_format = look.number_format
        if not look.locked:
            cell.protection = Protection(locked=False)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.boxed:
            side = Side("thin", color=LINE)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        return copy(cell._style)
