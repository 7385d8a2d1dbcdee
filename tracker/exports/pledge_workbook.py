"""The bloc's pledge of a year as a workbook: rows × units, in blocks of eight; and a period's progress against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.progress import PledgeProgress
from tracker.domain.record import Letterhead
from tracker.domain.vietnamese import long_date
from tracker.exports.period_sheets import progress as progress_sheet
from tracker.exports.period_sheets.progress import NOT_ASSIGNED, exact
from tracker.exports.sheets import frame, printing
from tracker.exports.sheets.blocks import block_ends
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.frame import Frame, date_line
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

FIXED = (
    Column("STT", 5, Kind.PLACE),
    Column("Nội dung chỉ tiêu", 48),
    Column("Đơn vị tính", 11, Kind.SHORT),
    Column("Kế hoạch năm của mỗi đơn vị", 13, Kind.DECIMAL),
)
UNIT_WIDTH = 11
REPEATED = 2


@dataclass(frozen=True)
class MatrixLine:
    """A row of the pledge; `less`: less is better. `cells`: (plan, assigned) of each unit in the order of columns."""

    content: str
    unit_of_measure: str | None
    year_plan: Decimal | None
    less: bool
    cells: tuple[tuple[Decimal | None, bool], ...]


def pledge(
    bloc_name: str,
    year: int,
    signed_on: date | None,
    letterhead: Letterhead,
    units: Sequence[tuple[str, str]],
    lines: Sequence[MatrixLine],
    illustration: bool,
    made_on: date,
) -> bytes:
    """The .xlsx file. `units`: (name, short name) of each column."""
    book = Book(About(title=f"Giao ước thi đua năm {year}", author=bloc_name, made_on=made_on))
    columns = [*FIXED, *(Column(short, UNIT_WIDTH, Kind.DECIMAL) for _name, short in units)]
    sheet = Sheet(book, f"Giao ước {year}", columns, ends=block_ends(len(FIXED), len(units)), repeat=REPEATED)
    framed = _framed(letterhead, illustration, made_on)
    subtitle = f"(Ký {long_date(signed_on)})" if signed_on else ""
    edge = frame.draw_head(sheet, framed, [], f"GIAO ƯỚC THI ĐUA NĂM {year}", subtitle)
    sheet.head()
    for place, line in enumerate(lines, start=1):
        sheet.row([place, *_cells(line)])
    if not lines:
        sheet.nothing("Giao ước chưa có chỉ tiêu nào.")
    keep = sheet.next_row - 2
    sheet.note(_note(units))
    if sheet.continued:
        sheet.note(CONTINUED_NOTE)
    frame.draw_signature(sheet, framed, edge)
    printing.set_up(sheet, mark=framed.footer_mark, freeze_after=REPEATED, filtered=bool(lines), keep=keep)
    return book.content()


def progress(
    found: PledgeProgress, bloc_name: str, letterhead: Letterhead, illustration: bool, made_on: date
) -> bytes:
    """The sheet "Thực hiện giao ước" as a workbook of its own."""
    book = Book(About(title=f"Thực hiện giao ước {found.period_label}", author=bloc_name, made_on=made_on))
    progress_sheet.draw_progress(book, found, _framed(letterhead, illustration, made_on))
    return book.content()


def _framed(letterhead: Letterhead, illustration: bool, made_on: date) -> Frame:
    return Frame(letterhead, date_line(letterhead, made_on), draft=False, illustration=illustration)


def _cells(line: MatrixLine) -> Sequence[Value | Cell]:
    own = [exact(plan) if assigned else Cell(NOT_ASSIGNED, kind=Kind.SHORT) for plan, assigned in line.cells]
    content = f"{line.content} (càng ít càng tốt)" if line.less else line.content
    return [content, line.unit_of_measure, exact(line.year_plan), *own]


def _note(units: Sequence[tuple[str, str]]) -> str:
    longer = "; ".join(f"{short}: {name}" for name, short in units if short != name)
    text = (
        "Ghi chú: Cột của mỗi đơn vị là chỉ tiêu đơn vị đăng ký; đơn vị không đăng ký riêng thì theo kế hoạch năm. "
        f"Ô để trống: chưa có số liệu; {NOT_ASSIGNED}: không được giao."
    )
    return f"{text} Tên viết tắt: {longer}." if longer else text
