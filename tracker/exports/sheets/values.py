"""What goes into a cell: numbers as numbers, dates as dates, text as text whatever it begins with."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

Value = str | int | float | Decimal | date | datetime | None

LONGEST_TEXT = 32_000
"""UTF-16 units kept in one cell: Excel cuts in silence at 32,767; the rest goes into the next row."""

EXACT_DIGITS = 10**15
FIRST_YEAR = 1901
LONGEST_TITLE = 31
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")


class Kind(Enum):
    """What a column holds, and with it the number format: the format belongs to the column, not to the value."""

    TEXT = "General", "left", True
    SHORT = "General", "center", True
    PLACE = "0", "center", False
    NUMBER = "[$-42A]#,##0", "right", False
    POINTS = "[$-42A]#,##0.00", "right", False
    TENTHS = "[$-42A]#,##0.0", "right", False
    DECIMAL = "[$-42A]#,##0.####", "right", False
    SHARE = "[$-42A]0.0%", "right", False
    DIFFERENCE = "[$-42A]+#,##0;-#,##0;0", "right", False
    CHANGE = "[$-42A]+#,##0.00;-#,##0.00;0.00", "right", False
    DATE = "dd/mm/yyyy", "center", False
    DATETIME = "dd/mm/yyyy hh:mm", "center", False

    def __init__(self, number_format: str, horizontal: str, wraps: bool) -> None:
        self.number_format = number_format
        self.horizontal = horizontal
        self.wraps = wraps


def clean(text: str) -> str:
    """Without the characters XML refuses; "\\r\\n" is one line feed, a tab (which a cell does not show) a space."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def put(cell: Any, value: Value) -> None:
    """Write a value. Text becomes a string cell even when it begins with "=", "+", "-" or "@".

    Excel reads "_x0041_" in a file as "A"; the underscore is written so that the text comes out as it went in.
    """
    written = storable(value)
    if isinstance(written, str):
        cell.value = escaped(written)
        cell.data_type = "s"
    elif written is not None:
        cell.value = written


def escaped(text: str) -> str:
    return _ESCAPED.sub("_x005F_", text)


def storable(value: Value) -> Value:
    """The value as Excel can keep it: numbers of over 15 digits and dates before 1901 go in as text."""
    if isinstance(value, bool) or value is None:
        return None if value is None else int(value)
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=None)
        return moment if moment.year >= FIRST_YEAR else f"{moment:%d/%m}/{moment.year:04d} {moment:%H:%M}"
    if isinstance(value, date):
        return value if value.year >= FIRST_YEAR else f"{value:%d/%m}/{value.year:04d}"
    return _finite(value)


def _finite(figure: int | float | Decimal) -> Value:
    exact = math.isfinite(figure) and abs(Decimal(figure)) < EXACT_DIGITS
    return figure if exact else str(figure)


def fits_a_cell(text: str) -> bool:
    """Whether a text needs no second cell. Only text over a fourth of the limit is counted exactly."""
    return len(text) * 2 <= LONGEST_TEXT or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def legal_title(wanted: str, taken: tuple[str, ...] = ()) -> str:
    """A name Excel takes for a sheet: at most 31 characters, none of []:*?/\\, not taken, not empty."""
    plain = " ".join(_NOT_IN_TITLE.sub(" ", clean(wanted)).split()).strip("'")
    short = plain[:LONGEST_TITLE].rstrip() or "Bảng"
    if short.lower() == "history":
        short = "Bảng History"
    title, number = short, 2
    while title.lower() in {name.lower() for name in taken}:
        ending = f" ({number})"
        title, number = short[: LONGEST_TITLE - len(ending)] + ending, number + 1
    return title
