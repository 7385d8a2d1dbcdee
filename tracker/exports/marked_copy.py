"""The workbook that came in, handed back with its faulty cells coloured and commented, and a list of them in front."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.worksheet.worksheet import Worksheet

from tracker.domain.form_sheet import FAULTS, CellError
from tracker.exports.sheets import printing, styles
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.styles import Styles
from tracker.exports.sheets.values import Kind, clean
from tracker.exports.unit_form_sheets.filling import AUTHOR
from tracker.exports.unit_form_sheets.lists import restore_lists

MARK = "FFFFB3B3"
OPENING = "Chỗ phải sửa"
PARTING = "\n----- Ghi chú có sẵn trong ô -----\n"
MOST_COMMENTS = 1_000
"""Beyond these a faulty cell is coloured and listed, without a comment: thousands of them make programs crawl."""

TITLE = "CÁC CHỖ PHẢI SỬA TRƯỚC KHI TẢI LÊN LẠI"
ADVICE = (
    "Bấm vào tên ô để đến chỗ đó. Sửa ngay trên tệp này, lưu lại rồi tải lên lần nữa; trang này và các ô tô màu không "
    "ảnh hưởng đến việc đọc tệp. Chưa có gì được ghi vào chương trình."
)
COLUMNS = (
    Column("STT", 6, Kind.PLACE),
    Column("Trang", 18),
    Column("Ô", 10, Kind.SHORT),
    Column("Giá trị trong ô", 28),
    Column("Vì sao chưa nhận", 46),
    Column("Cách sửa", 46),
)


class _Opened(Book):
    """A workbook that came from outside, drawn into with our looks."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        workbook.active = workbook.index(workbook.worksheets[0])
        self.styles = Styles(workbook)
        self._blank = None


def marked(content: bytes, errors: Sequence[CellError]) -> bytes:
    """The same .xlsx with its faults shown; to be called on a file that passed the gate.

    A file that cannot be kept as it is (.xls, .ods, damaged beyond what openpyxl opens) gives the list alone. Marks of
    an earlier round are taken away first. Values, checks, protection and hidden sheets stay as they came.
    """
    try:
        workbook = load_workbook(BytesIO(content), rich_text=True, keep_links=False)
    except Exception:  # openpyxl fails in many ways on what others write: the list is the answer to all of them
        return fault_list(errors)
    _unmark(workbook)
    restore_lists(workbook)
    book = _Opened(workbook)
    before: dict[tuple[str, str], str] = {}
    comments = 0
    for (name, place), some in groupby(_by_cell(errors), key=lambda error: (error.sheet, error.cell)):
        cell = _cell(workbook, name, place)
        if cell is not None:
            _mark(cell, list(some), before, commented=comments < MOST_COMMENTS)
            comments += 1
    _show_first(book, _draw_list(book, errors, before))
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def fault_list(errors: Sequence[CellError]) -> bytes:
    """The list of faults as a workbook of its own."""
    book = Book(About(title=OPENING, author=AUTHOR))
    _draw_list(book, errors, {})
    return book.content()


def _by_cell(errors: Sequence[CellError]) -> list[CellError]:
    return sorted(errors, key=lambda error: (error.sheet, error.cell))


def _page(workbook: Workbook, name: str) -> Worksheet | None:
    wanted = name.strip().casefold()
    return next((page for page in workbook.worksheets if page.title.strip().casefold() == wanted), None)


def _cell(workbook: Workbook, name: str, place: str) -> Any:
    """The cell of this place, of a merged range its first; None for a whole sheet, or one that is not there."""
    page = _page(workbook, name)
    try:
        coordinate_from_string(place)
    except CellCoordinatesException:
        return None
    if page is None:
        return None
    cell = page[place]
    if isinstance(cell, MergedCell):
        merged = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        cell = page.cell(row=merged.min_row, column=merged.min_col)
    return cell


def _mark(cell: Any, errors: Sequence[CellError], before: dict[tuple[str, str], str], *, commented: bool) -> None:
    page = cell.parent
    before[page.title, cell.coordinate] = _fill_of(cell)
    cell.fill = PatternFill("solid", fgColor=MARK)
    if page.protection.sheet and cell.protection.locked:
        cell.protection = Protection(locked=False)
    if not commented:
        return
    said = [f"Giá trị: {_shown(error.value)}\nVì sao: {error.reason}\nCách sửa: {error.remedy}" for error in errors]
    text = clean(f"{OPENING}\n" + "\n\n".join(said))
    if cell.comment is not None:
        text += PARTING + cell.comment.text
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = 340, min(40 + 18 * (len(text) // 45 + text.count("\n")), 420)
    cell.comment = comment


def _shown(value: str) -> str:
    return f"“{value}”" if value else "ô trống"


def _fill_of(cell: Any) -> str:
    """The colour under a cell, as "FFFFF9DB"; "" for none or for a colour of a theme."""
    fill = cell.fill
    if fill is None or fill.fill_type != "solid" or fill.fgColor.type != "rgb":
        return ""
    return str(fill.fgColor.rgb)


def _unmark(workbook: Workbook) -> None:
    """Take away the marks and the list of an earlier round."""
    listed = _page(workbook, FAULTS)
    if listed is None:
        return
    colours = dict(_colours(listed))
    workbook.remove(listed)
    for page in workbook.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell) and _fill_of(cell) == MARK:
                    _clear(cell, colours.get((page.title, cell.coordinate), ""))


def _colours(listed: Worksheet) -> Iterator[tuple[tuple[str, str], str]]:
    """((sheet, cell), colour) from the list's hidden column."""
    for row in listed.iter_rows(min_col=2, max_col=len(COLUMNS) + 1, values_only=True):
        if isinstance(row[0], str) and isinstance(row[1], str) and isinstance(row[-1], str):
            yield (row[0], row[1]), row[-1]


def _clear(cell: Any, colour: str) -> None:
    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
    if cell.comment is not None and cell.comment.text.startswith(OPENING):
        _, parting, kept = cell.comment.text.partition(PARTING)
        author = cell.comment.author
        cell.comment = Comment(kept, author) if parting else None


def _draw_list(book: Book, errors: Sequence[CellError], before: dict[tuple[str, str], str]) -> Sheet:
    """One row a fault; a hidden column keeps the colour that the mark covers."""
    sheet = Sheet(book, FAULTS, COLUMNS)
    sheet.line(TITLE, styles.TITLE, line_points=20)
    sheet.line(f"Có {len(errors)} chỗ phải sửa.", styles.SUBTITLE)
    sheet.line(ADVICE, styles.NOTE, line_points=14)
    sheet.advance(6)
    sheet.head()
    for number, error in enumerate(errors, start=1):
        page = _page(book.workbook, error.sheet)
        title = page.title.replace("'", "''") if page is not None and page is not sheet.page else None
        link = f"'{title}'!{error.cell or 'A1'}" if title else None
        place = Cell(error.cell or "cả trang", link=link)
        row = sheet.row([number, error.sheet, place, _shown(error.value), error.reason, error.remedy])
        colour = page is not None and before.get((page.title, error.cell))
        if colour:
            sheet.page.cell(row=row, column=len(COLUMNS) + 1, value=colour)
    sheet.page.column_dimensions["G"].hidden = True
    printing.set_up(sheet, freeze_after=3)
    return sheet


def _show_first(book: Book, sheet: Sheet) -> None:
    """In front and alone selected: two selected sheets would be written into together."""
    sheets = book.workbook._sheets
    sheets.insert(0, sheets.pop(sheets.index(sheet.page)))
    book.workbook.active = 0
    for page in book.workbook.worksheets:
        page.sheet_view.tabSelected = page is sheet.page
