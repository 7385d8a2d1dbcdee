"""The board of action items as a workbook: one row an item, one column a unit, in blocks of eight units."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.domain import vietnamese
from tracker.domain.record import ItemLine, Letterhead, UnitPart
from tracker.exports import item_words
from tracker.exports.sheets import frame, printing
from tracker.exports.sheets.blocks import block_ends
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.frame import Frame, date_line
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

FIXED = (
    Column("STT", 5, Kind.PLACE),
    Column("Nhiệm vụ", 40),
    Column("Ngày giao", 11.5, Kind.DATE),
    Column("Thời hạn", 11.5, Kind.DATE),
    Column("Số ngày từ khi giao", 8.5, Kind.NUMBER),
    Column("Số ngày quá hạn", 8.5, Kind.NUMBER),
    Column("Tình trạng", 12),
)
UNIT_WIDTH = 9.5
REPEATED = 2


def items(
    title: str,
    subtitle: str,
    letterhead: Letterhead,
    items: tuple[ItemLine, ...],
    units: tuple[str, ...],
    illustration: bool,
    made_on: date,
) -> bytes:
    """The .xlsx file. `units`: the columns in their order, each a unit's short name (or its name, or its key).

    Days are counted to `made_on`. A unit's box is empty when the item is not its own.
    """
    named = [_unit_name(unit, items) for unit in units]
    columns = [*FIXED, *(Column(name, UNIT_WIDTH, Kind.SHORT) for name in named)]
    book = Book(About(title=title, author=" ".join(letterhead.issuing), made_on=made_on))
    ends = block_ends(len(FIXED), len(units))
    sheet = Sheet(book, "Nhiệm vụ", columns, ends=ends, repeat=REPEATED)
    unsigned = replace(letterhead, signed_on=None)
    framed = Frame(unsigned, date_line(unsigned, made_on), draft=False, illustration=illustration)
    edge = frame.draw_head(sheet, framed, [], title.upper(), subtitle)
    sheet.head()
    for place, item in enumerate(items, start=1):
        sheet.row([place, *_row(item, units, made_on)])
    filled = bool(items)
    if not filled:
        sheet.nothing(vietnamese.sentence(vietnamese.NO_FIGURE))
    keep = sheet.next_row - 2
    sheet.note(_note(items, units, made_on))
    if sheet.continued:
        sheet.note(CONTINUED_NOTE)
    frame.draw_signature(sheet, framed, edge)
    printing.set_up(sheet, mark=framed.footer_mark, freeze_after=REPEATED, filtered=filled, keep=keep)
    return book.content()


def _is(part: UnitPart, unit: str) -> bool:
    return unit in (part.short_name, part.unit_name, part.unit_key)


def _unit_name(unit: str, lines: Sequence[ItemLine]) -> str:
    """The short name of a unit, as its parts tell it; the given name when it has no part."""
    parts = (part for item in lines for part in item.parts)
    return next((part.short_name for part in parts if _is(part, unit)), unit)


def _row(item: ItemLine, units: Sequence[str], made_on: date) -> list[Value]:
    late = item.due_on is not None and (item.overdue or any(part.overdue for part in item.parts))
    cells: list[Value] = [
        item.text,
        item.made_on,
        item.due_on,
        max((made_on - item.made_on).days, 0),
        (made_on - item.due_on).days if late and item.due_on else None,
        item_words.state_text(item),
    ]
    for unit in units:
        part = next((part for part in item.parts if _is(part, unit)), None)
        cells.append(item_words.part_text(part) if part else None)
    return cells


def _note(lines: Sequence[ItemLine], units: Sequence[str], made_on: date) -> str:
    """The day of the count, what an empty box means, and the short names spelt out."""
    text = (
        f"Ghi chú: Tính đến ngày {vietnamese.spoken_date(made_on)}. Ô để trống: không giao cho đơn vị (cột đơn vị), "
        "không đặt thời hạn (cột thời hạn) hoặc không quá hạn (cột số ngày quá hạn)."
    )
    shown = [part for item in lines for part in item.parts if any(_is(part, unit) for unit in units)]
    longer = item_words.short_names(shown)
    return f"{text} Tên viết tắt: {longer}." if longer else text
