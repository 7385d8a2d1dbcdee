"""A form read back by openpyxl: rows by key, open cells, checks."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from tracker.domain.form_sheet import COLUMNS, place_of


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows_by_key(book: Workbook, sheet: str) -> dict[str, int]:
    """The number of each keyed row, by its key; the head row left out."""
    page, column = book[sheet], place_of(sheet, "key")
    cells = [page.cell(row=row, column=column) for row in range(1, page.max_row + 1)]
    heads = [cell.row for cell in cells if cell.value == COLUMNS[sheet][-1].head]
    assert len(heads) == 1
    return {str(cell.value): cell.row for cell in cells if cell.value and cell.row != heads[0]}


def cell(book: Workbook, sheet: str, row: int, field: str) -> Any:
    return book[sheet].cell(row=row, column=place_of(sheet, field))


def said(book: Workbook, sheet: str) -> str:
    return "\n".join(str(one.value) for row in book[sheet].iter_rows() for one in row if one.value is not None)


def open_places(book: Workbook, sheet: str) -> set[str]:
    """The cells below the heads that one may write in."""
    return {one.coordinate for row in book[sheet].iter_rows() for one in row if not one.protection.locked}


def rule_of(book: Workbook, sheet: str, place: str) -> Any:
    """The check of a cell."""
    found = [rule for rule in book[sheet].data_validations.dataValidation if place in rule.sqref]
    assert len(found) == 1
    return found[0]
