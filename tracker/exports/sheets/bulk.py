"""The body of a long table, written straight into the file: openpyxl keeps and dresses each cell, a list needs neither.

Head, looks, widths, heights and print come from the same sheet as those of a short table; only the rows between head
and notes are put into the file afterwards, as text (docs/decisions/0014).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from tracker.exports.sheets import styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.sheet import LINE_POINTS, ROOM_POINTS, Sheet
from tracker.exports.sheets.splitting import parts_of
from tracker.exports.sheets.values import Value, clean, escaped, storable

PART = "xl/worksheets/sheet1.xml"
DIMENSION = re.compile(rb'<dimension ref="[^"]*"')


def rows(sheet: Sheet, values: Sequence[Sequence[Value]]) -> list[bytes]:
    """The body rows as they stand in the file, drawn as Sheet.row draws each. The sheet counts them as its own."""
    looks = [styles.body(column.kind) for column in sheet.columns]
    places = [
        (get_column_letter(place), sheet.style_number(each)) for place, each in enumerate(looks, start=1)
    ]
    measures = [
        (column.width, each.indent > 0, each.bold) if each.wraps else None
        for column, each in zip(sheet.columns, looks, strict=True)
    ]
    drawn: list[bytes] = []
    first = sheet.next_row
    for row in values:
        texts = [
            (clean(value), *measure) if measure is not None and isinstance(value, str) else None
            for value, measure in zip(row, measures, strict=True)
        ]
        parts = parts_of(texts)
        sheet.continued = sheet.continued or len(parts) > 1
        for number, (slices, lines) in enumerate(parts):
            said = [
                text if text is not None else None if number else storable(value)
                for value, text in zip(row, slices, strict=True)
            ]
            points = lines * LINE_POINTS + ROOM_POINTS
            drawn.append(_row(sheet.reserve(points), points, places, said).encode())
    sheet.body_rows = (first, sheet.next_row - 1)
    return drawn


def content(book: Book, sheet: Sheet, body: Iterable[bytes]) -> bytes:
    """The finished file of a book with this one sheet, its body put in before the notes."""
    target = BytesIO()
    with ZipFile(BytesIO(book.content())) as bare, ZipFile(target, "w", ZIP_DEFLATED) as whole:
        for member in bare.infolist():
            written = bare.read(member)
            if member.filename == PART:
                before, after = _parted(written, sheet)
                with whole.open(member.filename, "w") as part:
                    part.write(before)
                    part.writelines(body)
                    part.write(after)
            else:
                whole.writestr(member, written)
    return target.getvalue()


def _parted(written: bytes, sheet: Sheet) -> tuple[bytes, bytes]:
    """The sheet's part of the file before and after its body, with the reach of all cells."""
    assert sheet.body_rows is not None
    reach = f"A1:{get_column_letter(len(sheet.columns))}{sheet.next_row - 1}"
    written = DIMENSION.sub(f'<dimension ref="{reach}"'.encode(), written, count=1)
    notes = written.find(f'<row r="{sheet.body_rows[1] + 1}"'.encode())
    place = notes if notes >= 0 else written.index(b"</sheetData>")
    return written[:place], written[place:]


def _row(number: int, points: float, places: Sequence[tuple[str, int]], values: Sequence[Value]) -> str:
    cells = "".join(
        _cell(f'r="{letter}{number}" s="{style}"', value)
        for (letter, style), value in zip(places, values, strict=True)
    )
    return f'<row r="{number}" ht="{points}" customHeight="1">{cells}</row>'


def _cell(place: str, value: Value) -> str:
    """Text stays text whatever it begins with: it is no formula, no number and no link."""
    if isinstance(value, str):
        if not value:
            return f"<c {place}/>"
        text = escape(escaped(value), quote=False)
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if value is None:
        return f"<c {place}/>"
    return f"<c {place}><v>{to_excel(value) if isinstance(value, date) else value}</v></c>"
