"""The two hidden sheets of a form: the words that cells may take, and whose form it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from tracker.domain.form_sheet import KEYS, LISTS
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.values import put
from tracker.exports.unit_form_sheets.filling import protect

Lists = Mapping[str, tuple[str, Sequence[str]]]
"""Field → the head and the words of its list; none is empty."""


def places(lists: Lists) -> dict[str, str]:
    """Field → where its words stand, as a check of cells names it."""
    letters = {field: get_column_letter(column) for column, field in enumerate(lists, start=1)}
    return {field: f"'{LISTS}'!${letters[field]}$2:${letters[field]}${len(lists[field][1]) + 1}" for field in lists}


def draw_lists(book: Book, lists: Lists) -> None:
    """A column a list, below its head.

    Words stand in cells: written into the check itself they would be cut at their commas and at 255 characters.
    """
    page = book.add(LISTS)
    for column, (head, words) in enumerate(lists.values(), start=1):
        for row, word in enumerate([head, *words], start=1):
            put(page.cell(row=row, column=column), word)
    _hide(page)


def draw_keys(book: Book, rows: Sequence[tuple[str, str]]) -> None:
    """(label, value) in columns A and B."""
    page = book.add(KEYS)
    for row, pair in enumerate(rows, start=1):
        for column, text in enumerate(pair, start=1):
            put(page.cell(row=row, column=column), text)
    _hide(page)


def _hide(page: Any) -> None:
    page.sheet_state = "hidden"
    protect(page)
