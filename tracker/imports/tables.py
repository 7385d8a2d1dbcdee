"""A table on a sheet, found by its heads: columns may be moved, their heads written in other capitals or as NFD.

Shared by the readers of the unit's form and of earlier years.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tracker.domain.cells import Cell, Row, Sheet, Workbook, column_letters, place_of
from tracker.domain.form_sheet import CellError, FormColumn
from tracker.imports.values import Doubt, is_blank
from tracker.text import clean_line, fold

FIRST_ROWS = 60
TOTALS = ("tong", "tong cong", "cong", "tong so", "cong don", "tong diem")


@dataclass
class Table:
    """`places`: field → column of the sheet. `foreign`: column → head of one that is not of the form."""

    sheet: Sheet
    name: str
    head_row: int
    places: dict[str, int]
    foreign: dict[int, str] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """The rows below the heads."""
        return (row for row in self.sheet.rows if row.number > self.head_row)

    def cell(self, row: Row, name: str) -> Cell:
        """The cell of a field; blank when the column is not there."""
        return row.cell(self.places.get(name, 0))

    def place(self, row: Row, name: str) -> str:
        """The name of that cell, as "G12"."""
        return place_of(row.number, self.places[name])

    def error(self, row: Row, name: str, reason: str, remedy: str) -> CellError:
        return CellError(self.name, self.place(row, name), self.cell(row, name).text[:200], reason, remedy)

    def doubt(self, row: Row, name: str, doubt: Doubt) -> CellError:
        return self.error(row, name, doubt.reason, doubt.remedy)

    def whole_row(self, row: Row, reason: str, remedy: str) -> CellError:
        """About a row: its first cell with something in it."""
        column = min((each for each, cell in row.cells.items() if not is_blank(cell)), default=1)
        return CellError(self.name, place_of(row.number, column), row.cell(column).text[:200], reason, remedy)


def sheet_of(book: Workbook, name: str) -> Sheet | None:
    """The sheet of that name, whatever its accents are made of and its capitals."""
    return next((each for each in book.sheets if fold(each.name) == fold(name)), None)


def find_table(
    sheet: Sheet,
    name: str,
    columns: Sequence[FormColumn],
    column_of: Callable[[str], FormColumn | None],
    needed: Sequence[str],
    errors: list[CellError],
) -> Table | None:
    """The table with these columns; faults of its heads go to `errors`. None when no row of heads is to be found.

    The row of heads is the one in the first 60 with most of them, at least two.
    """
    best, most = None, 1
    for row in sheet.rows:
        if row.number > FIRST_ROWS:
            break
        known = {column.field for cell in row.cells.values() if (column := column_of(cell.text)) is not None}
        if len(known) > most:
            best, most = row, len(known)
    if best is None:
        errors.append(
            CellError(name, "", "", f"Không tìm thấy dòng tiêu đề cột của trang “{name}”.",
                      "Tải lại biểu từ chương trình, chép số liệu vào và giữ nguyên dòng tiêu đề.")
        )  # fmt: skip
        return None
    return _judge_heads(Table(sheet, name, best.number, {}), best, columns, column_of, needed, errors)


def _judge_heads(
    table: Table,
    heads: Row,
    columns: Sequence[FormColumn],
    column_of: Callable[[str], FormColumn | None],
    needed: Sequence[str],
    errors: list[CellError],
) -> Table:
    for place, cell in sorted(heads.cells.items()):
        if is_blank(cell):
            continue
        column = column_of(cell.text)
        if column is None:
            table.foreign[place] = clean_line(cell.text)
        elif column.field in table.places:
            first = place_of(heads.number, table.places[column.field])
            errors.append(
                CellError(table.name, place_of(heads.number, place), cell.text, f"Cột “{column.head}” có hai lần "
                          f"(đã có ở ô {first}).", "Xóa cột thừa, chỉ giữ một cột.")
            )  # fmt: skip
        else:
            table.places[column.field] = place
    for column in columns:
        if column.field in needed and column.field not in table.places:
            renamed = "; ".join(f"“{head}”" for head in table.foreign.values())
            remedy = f"Đặt lại đúng tên cột “{column.head}”"
            remedy += f" (có thể đã bị đổi thành {renamed})." if renamed else " hoặc tải lại biểu."
            errors.append(CellError(table.name, "", column.head, f"Thiếu cột “{column.head}”.", remedy))
    if set(needed) <= set(table.places):
        errors += _foreign_content(table)
    return table


def _foreign_content(table: Table) -> list[CellError]:
    """A column of the sender's own with something in it: nothing of it would be read, so it is asked about."""
    found = []
    for place, head in table.foreign.items():
        row = next((row for row in table.rows() if not is_blank(row.cell(place))), None)
        if row is not None:
            found.append(
                CellError(
                    table.name, place_of(row.number, place), row.cell(place).text[:200],
                    f"Cột “{head}” ({column_letters(place)}) không có trong biểu nên không được đọc.",
                    "Chuyển nội dung sang cột của biểu (ví dụ “Ghi chú”) rồi xóa cột này.",
                )
            )
    return found


def is_total(row: Row) -> bool:
    """A line of totals: nobody's own figure."""
    return any(fold(cell.text).rstrip(" 0123456789") in TOTALS for cell in row.cells.values() if not is_blank(cell))
