"""One sheet, drawn from the top down: head rows, body rows with counted heights, notes; then set up for print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from tracker.exports.sheets import styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.measure import count_lines
from tracker.exports.sheets.splitting import parts_of
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value, clean, put

LINE_POINTS = 14
ROOM_POINTS = 6
HEAD_ROOM_POINTS = 8
NOTE_ROOM_POINTS = 2
CONTINUED_NOTE = "Nội dung dài được chia thành nhiều dòng liền nhau cùng số thứ tự; dòng sau mở đầu bằng “(tiếp)”."


@dataclass(frozen=True)
class Column:
    """`width` in units of the Normal font's figures. Columns with the same `group` stand under one head."""

    head: str
    width: float
    kind: Kind = Kind.TEXT
    group: str | None = None


@dataclass(frozen=True)
class Cell:
    """A value that differs from its column: another kind or look, several columns merged, or a link.

    `link` is a place in the workbook, as in "'Nhiệm vụ'!A8".
    """

    value: Value
    span: int = 1
    kind: Kind | None = None
    look: Look | None = None
    link: str | None = None


class Sheet:
    """A sheet and the row that comes next.

    `ends`: the last column of each block that prints on a page of its own; one block when empty. `repeat`: how many
    columns at the left are printed with every block: titles and signatures then stand right of them, in the first
    block, or each further page would show a piece of them.
    """

    def __init__(
        self, book: Book, title: str, columns: Sequence[Column], *, ends: Sequence[int] = (), repeat: int = 0
    ) -> None:
        self.page: Any = book.add(title)
        self.columns = tuple(columns)
        self.ends = tuple(ends) or (len(self.columns),)
        self.repeat = repeat
        self.next_row = 1
        self.heights: list[float] = []
        self.head_rows: tuple[int, int] | None = None
        self.body_rows: tuple[int, int] | None = None
        self.continued = False
        self.closed = False
        self._styles = book.styles
        for place, column in enumerate(self.columns, start=1):
            self.page.column_dimensions[get_column_letter(place)].width = column.width

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def last_column(self) -> int:
        """The last column of the first block: as far as titles, notes and signatures reach."""
        return self.ends[0]

    @property
    def first_column(self) -> int:
        """The first column of titles, notes and signatures."""
        return self.repeat + 1 if len(self.ends) > 1 else 1

    def width(self, first: int, last: int) -> float:
        """The width of columns `first` to `last` together."""
        return sum(column.width for column in self.columns[first - 1 : last])

    def advance(self, points: float) -> int:
        """Close the next row at this height and give its number."""
        self.page.row_dimensions[self.next_row].height = points
        return self.reserve(points)

    def reserve(self, points: float) -> int:
        """Count the next row, which bulk.py writes into the file, as one of this height; give its number."""
        self.heights.append(points)
        self.next_row += 1
        return self.next_row - 1

    def style_number(self, look: Look) -> int:
        """The number under which the file knows a look."""
        return self._styles.number(look)

    def write(self, row: int, first: int, last: int, value: Value, look: Look) -> Any:
        """Write one value into the merged columns `first` to `last`; every cell of it gets the look (its lines).

        The range is noted as merged without openpyxl's merge_cells, which draws the borders again, cell by cell.
        """
        for place in range(first, last + 1):
            self._styles.dress(self.page.cell(row=row, column=place), look)
        cell = self.page.cell(row=row, column=first)
        put(cell, value)
        if last > first:
            self.page.merged_cells.add(f"{cell.coordinate}:{get_column_letter(last)}{row}")
        return cell

    def line(self, text: str, look: Look, *, line_points: float = 17, least: float = 0) -> int:
        """A line over the whole width of the first block, as high as its text needs."""
        lines = self._count(text, self.first_column, self.last_column, look)
        row = self.advance(max(least, lines * line_points))
        self.write(row, self.first_column, self.last_column, text, look)
        return row

    def head(self) -> None:
        """The head row of the columns; two rows when columns stand in groups."""
        grouped = any(column.group for column in self.columns)
        first = self.next_row
        if grouped:
            self.advance(self._head_points([column.group or "" for column in self.columns], spread=True))
        last = self.advance(self._head_points([column.head for column in self.columns], spread=False))
        for place, column in enumerate(self.columns, start=1):
            if grouped and column.group is None:
                self.write(first, place, place, column.head, styles.HEAD)
                self.write(last, place, place, None, styles.HEAD)
                self.page.merge_cells(start_row=first, end_row=last, start_column=place, end_column=place)
            else:
                self.write(last, place, place, column.head, styles.HEAD)
        for left, right, name in self._groups():
            self.write(first, left, right, name, styles.HEAD)
        self.head_rows = (first, last)

    def _groups(self) -> list[tuple[int, int, str]]:
        """(first column, last column, name) of each run of columns with one group."""
        runs: list[tuple[int, int, str]] = []
        for place, column in enumerate(self.columns, start=1):
            if column.group is None:
                continue
            if runs and runs[-1][1] == place - 1 and runs[-1][2] == column.group:
                runs[-1] = (runs[-1][0], place, column.group)
            else:
                runs.append((place, place, column.group))
        return runs

    def _head_points(self, names: Sequence[str], *, spread: bool) -> float:
        """The height of a head row; `spread`: a group's name has the width of all its columns."""
        if spread:
            most = max((self._count(n, left, right, styles.HEAD) for left, right, n in self._groups()), default=1)
        else:
            most = max(self._count(name, place, place, styles.HEAD) for place, name in enumerate(names, start=1))
        return max(22, most * LINE_POINTS + HEAD_ROOM_POINTS)

    def row(self, cells: Sequence[Value | Cell], look: Callable[[Kind], Look] = styles.body) -> int:
        """A body row, or several when a text is too long for one. Gives the number of the first."""
        placed = self._placed(cells, look)
        texts = [
            (
                clean(cell.value),
                self.width(first, first + cell.span - 1),
                cell.look.indent > 0,
                cell.look.bold,
            )
            if isinstance(cell.value, str) and cell.look and cell.look.wraps
            else None
            for first, cell in placed
        ]
        parts = parts_of(texts)
        self.continued = self.continued or len(parts) > 1
        first_row = self.next_row
        for number, (slices, lines) in enumerate(parts):
            row = self.advance(lines * LINE_POINTS + ROOM_POINTS)
            for (first, cell), text in zip(placed, slices, strict=True):
                self._write_cell(row, first, cell, text, again=number > 0)
        if not self.closed:
            self.body_rows = (self.body_rows[0] if self.body_rows else first_row, self.next_row - 1)
        return first_row

    def nothing(self, text: str) -> None:
        """The only row of a table without rows: it says so over the whole width, or beside the first of its blocks."""
        if len(self.ends) > 1:
            self.row([None, Cell(text, kind=Kind.TEXT), *[None] * (len(self.columns) - 2)])
        else:
            self.row([Cell(text, span=len(self.columns), kind=Kind.SHORT)])

    def close(self) -> int:
        """End the table: rows that follow stand outside its filter. Gives the number of the next row."""
        self.closed = True
        return self.next_row

    def _placed(self, cells: Sequence[Value | Cell], look: Callable[[Kind], Look]) -> list[tuple[int, Cell]]:
        """Each cell with its first column, its kind and its look settled."""
        placed = []
        place = 1
        for value in cells:
            cell = value if isinstance(value, Cell) else Cell(value)
            kind = cell.kind or self.columns[place - 1].kind
            placed.append((place, Cell(cell.value, cell.span, kind, cell.look or look(kind), cell.link)))
            place += cell.span
        return placed

    def _write_cell(self, row: int, first: int, cell: Cell, text: str | None, *, again: bool) -> None:
        """One cell of a body row. On the rows that go on (`again`) figures and dates are not said twice."""
        assert cell.look is not None
        value = cell.value if text is None else text
        if again and text is None and cell.kind is not Kind.PLACE:
            value = None
        written = self.write(row, first, first + cell.span - 1, value, cell.look)
        if cell.link and value is not None:
            written.hyperlink = Hyperlink(ref=written.coordinate, location=cell.link)

    def band(self, text: str, look: Look = styles.BAND) -> int:
        """A row over all columns that heads the rows below it."""
        return self.row([Cell(text, span=len(self.columns), look=look)])

    def note(self, text: str) -> int:
        """A note under the table, at 10 points italic."""
        lines = self._count(text, self.first_column, self.last_column, styles.NOTE)
        row = self.advance(lines * LINE_POINTS + NOTE_ROOM_POINTS)
        self.write(row, self.first_column, self.last_column, text, styles.NOTE)
        return row

    def _count(self, text: str, first: int, last: int, look: Look) -> int:
        return count_lines(
            clean(text),
            self.width(first, last),
            look.size,
            indented=look.indent > 0,
            bold=look.bold,
            italic=look.italic,
        )
