"""The two hidden sheets of a form: the words that cells may take, and whose form it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tracker.domain.form_sheet import KEYS, LISTS
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.values import put
from tracker.exports.unit_form_sheets.filling import check, protect

LAST_HEAD_ROW = 30
FAULT = "Hãy chọn một mục trong danh sách."
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


def restore_lists(workbook: Workbook) -> None:
    """Bind the columns of a form to their words again, where the checks are gone.

    Excel saves a check whose words stand on another sheet in an extension of the format, which openpyxl drops.
    """
    if LISTS not in workbook.sheetnames:
        return
    words = {
        str(column[0].value): f"'{LISTS}'!${column[0].column_letter}$2:${column[0].column_letter}${_filled(column)}"
        for column in workbook[LISTS].iter_cols()
        if column[0].value
    }
    for page in workbook.worksheets:
        if page.sheet_state != "visible" or any(rule.type == "list" for rule in page.data_validations.dataValidation):
            continue
        for row in page.iter_rows(max_row=LAST_HEAD_ROW):
            for cell in row:
                if cell.value in words and page.max_row > cell.row:
                    place = f"{cell.column_letter}{cell.row + 1}:{cell.column_letter}{page.max_row}"
                    choose(page, [place], str(cell.value), words[cell.value])


def _filled(column: Sequence[Any]) -> int:
    """The last row of a list that has a word."""
    return max(int(cell.row) for cell in column if cell.value is not None)


def choose(page: Any, places: Sequence[str], head: str, words: str) -> None:
    """Let these cells take only the words at `words`."""
    check(page, places, "list", formula1=words, title=head, prompt="Chọn trong danh sách.", fault=FAULT, stops=True)


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
