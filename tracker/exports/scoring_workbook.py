"""A table of the scoring desk as a workbook: one unit down the criteria, or one criterion across the units."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from tracker.exports.period_sheets.drawing import exact
from tracker.exports.sheets import printing, styles
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Cell, Column, Sheet
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value

#: Number and name stay while scrolling.
NAMED = 2


@dataclass(frozen=True)
class ScoringRow:
    """A line or, with `group`, a heading and its sums. None leaves a box empty: nothing reported, not scored.

    `actual`: a figure, or the words of the rule ("đúng hạn"). `others`: points of the stages right of the desk's own.
    """

    number: str
    title: str
    maximum: Decimal | None
    own: Decimal | None
    here: Decimal | None
    difference: Decimal | None
    others: tuple[Decimal | None, ...]
    measure: str = ""
    target: Decimal | None = None
    actual: Decimal | int | str | None = None
    reason: str = ""
    files: int | None = None
    notes: str = ""
    group: bool = False


@dataclass(frozen=True)
class ScoringTable:
    """`title` and `subtitle` say whose points these are and which lines; `stages`: the desk's own stage, then the
    others; `named`: what the rows are. `places`: decimals of the set.
    """

    title: str
    subtitle: str
    named: str
    stages: tuple[str, ...]
    rows: tuple[ScoringRow, ...]
    total: ScoringRow | None
    places: int


def scoring_workbook(table: ScoringTable) -> bytes:
    """The .xlsx file: values only, points with the decimals of the set; the total stands below the filter."""
    book = Book(About(title=table.title, author="Sổ Thi Đua"))
    sheet = Sheet(book, table.title, _columns(table))
    sheet.line(table.title, styles.TITLE, line_points=20)
    sheet.line(table.subtitle, styles.SUBTITLE)
    sheet.advance(8)
    sheet.head()
    for row in table.rows:
        dress = styles.group if row.group else styles.body
        sheet.row(_cells(row, table.places, dress), dress)
    if not table.rows:
        sheet.nothing("Không có dòng nào.")
    if table.total is not None:
        sheet.close()
        sheet.row(_cells(table.total, table.places, styles.total), styles.total)
    if sheet.continued:
        sheet.note(CONTINUED_NOTE)
    printing.set_up(sheet, freeze_after=NAMED, filtered=bool(table.rows))
    return book.content()


def _columns(table: ScoringTable) -> list[Column]:
    own, *others = table.stages
    return [
        Column("Số", 8, Kind.SHORT),
        Column(table.named, 40),
        Column("Tối đa", 9, Kind.POINTS),
        Column("Đơn vị tính", 10, Kind.SHORT),
        Column("Chỉ tiêu", 10, Kind.DECIMAL),
        Column("Kết quả", 12, Kind.DECIMAL),
        Column("Tự chấm", 9, Kind.POINTS),
        Column(own, 9, Kind.POINTS),
        Column("Lệch", 9, Kind.CHANGE),
        Column("Lý do", 34),
        *[Column(label, 9, Kind.POINTS) for label in others],
        Column("Tài liệu", 8, Kind.NUMBER),
        Column("Ghi chú", 26),
    ]


def _cells(row: ScoringRow, places: int, dress: Callable[[Kind], Look]) -> list[Value | Cell]:
    def points(value: Decimal | None, kind: Kind = Kind.POINTS) -> Value | Cell:
        return None if value is None else Cell(value, look=_look(dress, kind, places))

    return [
        row.number or None, row.title, points(row.maximum), row.measure or None, exact(row.target),
        Cell(row.actual, kind=Kind.SHORT) if isinstance(row.actual, str) else exact(row.actual),
        points(row.own), points(row.here), points(row.difference, Kind.CHANGE), row.reason or None,
        *[points(each) for each in row.others], row.files, row.notes or None,
    ]  # fmt: skip


@cache
def _look(dress: Callable[[Kind], Look], kind: Kind, places: int) -> Look:
    figure = "#,##0" + (f".{'0' * places}" if places else "")
    signs = f"+{figure};-{figure};{'0.' + '0' * places if places else '0'}" if kind is Kind.CHANGE else figure
    return replace(dress(kind), number_format=f"[$-42A]{signs}")
