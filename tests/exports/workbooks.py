"""Reading workbooks back in tests."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

MM_PER_INCH = 25.4


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def written(book: Workbook) -> list[str]:
    """Every cell that holds something, as "sheet!cell | type | number format | value", sheet by sheet, row by row."""
    return [
        f"{page.title}!{cell.coordinate} | {cell.data_type} | {cell.number_format} | {cell.value}"
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def texts(page: Any) -> list[Any]:
    """All values of a sheet, in reading order."""
    return [cell.value for row in page.iter_rows() for cell in row if cell.value is not None]


def column(page: Any, letter: str, first: int, last: int) -> list[Any]:
    return [page[f"{letter}{row}"].value for row in range(first, last + 1)]


def row_of(page: Any, value: object) -> int:
    """The first row that holds a value."""
    return next(cell.row for row in page.iter_rows() for cell in row if cell.value == value)


def cells_of_type(book: Workbook, data_type: str) -> list[str]:
    return [
        f"{page.title}!{cell.coordinate}"
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == data_type
    ]
