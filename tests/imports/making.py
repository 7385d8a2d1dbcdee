"""Workbooks made for the tests: the unit's own form, filled in and spoiled in every way; bare archives of XML."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.world import NOON
from tracker.domain.cells import column_letters
from tracker.domain.form_expected import ExpectedForm, expected_of
from tracker.domain.form_sheet import COLUMNS, KEY_FIELD, KEY_HEAD, KEYS, RESULTS, FormRead, column_of
from tracker.domain.past_sheet import PAST_COLUMNS, PAST_FORM_NAME, PAST_KEY_LABELS
from tracker.exports.unit_form import form
from tracker.imports.form_reader import read_form
from tracker.imports.reader import read_workbook
from tracker.models.submission import Submission
from tracker.queries import unit_form

Spoil = Callable[[openpyxl.Workbook], None]


def form_of(submission: Submission) -> bytes:
    """The form that the unit downloads now."""
    return form(*unit_form.collect(submission, NOON))


def expected(submission: Submission) -> ExpectedForm:
    """What the reading of a form of this submission is held against now."""
    seen, about = unit_form.collect(submission, NOON)
    return expected_of(seen, about.keys, about.movements)


def edited(content: bytes, edit: Spoil) -> bytes:
    """The workbook after `edit`, as openpyxl writes it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def head_row(page: Worksheet, name: str = RESULTS) -> int:
    """The row with the heads of a sheet of the form."""
    for row in page.iter_rows(max_row=40):
        if sum(isinstance(cell.value, str) and column_of(name, cell.value) is not None for cell in row) >= 2:
            return int(row[0].row)
    raise AssertionError("no heads")


def column(page: Worksheet, field: str, name: str = RESULTS) -> int:
    """The column of a field, as the heads say."""
    wanted = next((each.head for each in COLUMNS[name] if each.field == field), KEY_HEAD)
    for cell in page[head_row(page, name)]:
        if isinstance(cell.value, str) and cell.value.split() == wanted.split():
            return int(cell.column)
    raise AssertionError(field)


def lines(page: Worksheet, name: str = RESULTS) -> list[int]:
    """The rows that have a key."""
    place = column(page, KEY_FIELD, name)
    first = head_row(page, name) + 1
    return [row for row in range(first, page.max_row + 1) if page.cell(row=row, column=place).value]


def fill(values: Mapping[int, Any], field: str = "actual", number_format: str | None = None) -> Spoil:
    """Put values into the lines by their place in the form, from 0."""

    def edit(book: openpyxl.Workbook) -> None:
        page = book[RESULTS]
        rows = lines(page)
        for place, value in values.items():
            cell = page.cell(row=rows[place], column=column(page, field))
            cell.value = value
            if number_format:
                cell.number_format = number_format

    return edit


def read(content: bytes, submission: Submission, folder: Path, name: str = "bieu.xlsx") -> FormRead:
    """Through the gate, the child process and the reader of forms."""
    place = folder / name
    place.write_bytes(content)
    return read_form(read_workbook(place, name), expected(submission))


def archive(parts: Mapping[str, str | bytes], *, store: bool = False) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def bare_parts(sheet_data: str, *, sheets: tuple[str, ...] = ("Trang 1",), namespace: str = SPREADSHEET,
               after: str = "") -> dict[str, str]:
    """The parts of a smallest .xlsx; every sheet has the same `sheet_data`, `after` follows it."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(sheets) + 1)
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
                               f'ContentType="{main}"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
    }
    for place in range(1, len(sheets) + 1):
        parts[f"xl/worksheets/sheet{place}.xml"] = (
            f'<worksheet xmlns="{namespace}"><sheetData>{sheet_data}</sheetData>{after}</worksheet>'
        )
    return parts


def text_cell(place: str, text: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def plain_book(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of bare rows: text, numbers, None for nothing; "=…" is a formula that nobody calculated."""
    parts = bare_parts("", sheets=tuple(sheets))
    for place, rows in enumerate(sheets.values(), start=1):
        body = "".join(
            f'<row r="{row}">' + "".join(_plain_cell(f"{column_letters(column)}{row}", value)
                                        for column, value in enumerate(values, start=1)) + "</row>"
            for row, values in enumerate(rows, start=1)
        )  # fmt: skip
        parts[f"xl/worksheets/sheet{place}.xml"] = (
            f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{body}</sheetData></worksheet>'
        )
    return archive(parts)


def _plain_cell(place: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{place}"><f>{escape(value[1:])}</f></c>'
    return text_cell(place, value) if isinstance(value, str) else f'<c r="{place}"><v>{value}</v></c>'


def past_book(bloc_key: str, sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """The workbook of earlier years with these rows, by field."""
    made: dict[str, list[list[Any]]] = {}
    for name, rows in sheets.items():
        fields = [column.field for column in PAST_COLUMNS[name]]
        made[name] = [[column.head for column in PAST_COLUMNS[name]], *([row.get(f) for f in fields] for row in rows)]
    keys = list(zip(PAST_KEY_LABELS, (PAST_FORM_NAME, bloc_key), strict=True))
    return plain_book({**made, KEYS: keys})
