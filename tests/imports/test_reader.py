"""What well-formed workbooks say, whichever program wrote them; formulas, merged and hidden cells told apart."""

import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.imports import sound
from tests.imports.making import archive, bare_parts
from tracker.domain.cells import CellKind, Workbook, place_of
from tracker.imports.parts import is_date_format, number
from tracker.imports.reader import read_workbook


def read(content: bytes, folder: Path, name: str = "a.xlsx") -> Workbook:
    place = folder / name
    place.write_bytes(content)
    return read_workbook(place)


def values(book: Workbook) -> dict[str, object]:
    return {
        place_of(row.number, column): cell.value
        for sheet in book.sheets for row in sheet.rows for column, cell in row.cells.items()
    }


EXPECTED = {"A1": "Đạt", "B1": Decimal("1286.5"), "C1": date(2026, 4, 2), "D1": Decimal("0.95"), "E1": True,
            "A2": Decimal(0)}


@pytest.mark.parametrize("name", sorted(sound.XLSX))
def test_well_formed_workbook_is_read_exactly(name: str, tmp_path: Path):
    book = read(sound.XLSX[name](), tmp_path)
    assert values(book) == EXPECTED
    cells = book.sheets[0].rows[0].cells
    assert (cells[4].percent, cells[4].text, cells[2].percent) == (True, "95%", False)


@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx"])
def test_libreoffice_says_the_same(kind: str, tmp_path: Path):
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    (tmp_path / "in.xlsx").write_bytes(sound.by_openpyxl())
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"),
         str(tmp_path / "in.xlsx")], capture_output=True, check=True, timeout=120)
    book = read_workbook(tmp_path / "out" / f"in.{kind}")
    assert values(book) == EXPECTED
    assert book.kind == kind


def test_formula_error_merged_and_hidden_are_told_apart(tmp_path: Path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["=1+1", "gộp", None, "ẩn"])
    page.merge_cells("B1:C1")
    page.row_dimensions[2].hidden = True
    page.column_dimensions["D"].hidden = True
    page["A2"] = 5
    book.create_sheet("Khóa").sheet_state = "veryHidden"
    target = io.BytesIO()
    book.save(target)
    found = read(target.getvalue(), tmp_path)
    first, second = found.sheets[0].rows
    assert (first.cell(1).kind, first.cell(1).formula) == (CellKind.FORMULA, "=1+1")
    assert (first.cell(2).merged, first.cell(1).merged) == (True, False)
    assert (first.hidden, second.hidden) == (False, True)
    assert found.sheets[0].hidden_columns == {4}
    assert found.sheets[1].hidden


def test_errors_and_waiting_formulas_have_no_value(tmp_path: Path):
    rows = ('<row r="1"><c r="A1" t="e"><f>Z9</f><v>#REF!</v></c><c r="B1"><f>1/3</f><v>0</v></c>'
            '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><v>NaN</v></c></row>')
    parts = bare_parts(rows)
    calculated = read(archive(parts), tmp_path).sheets[0].rows[0]
    assert (calculated.cell(1).kind, calculated.cell(1).text) == (CellKind.ERROR, "#REF!")
    assert (calculated.cell(2).kind, calculated.cell(3).kind) == (CellKind.NUMBER, CellKind.BLANK)
    assert calculated.cell(4).kind is CellKind.ERROR
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", '</sheets><calcPr fullCalcOnLoad="1"/>')
    waiting = read(archive(parts), tmp_path).sheets[0].rows[0]
    assert waiting.cell(2).kind is CellKind.FORMULA, "a library wrote 0 for a formula that nobody calculated"


ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: str) -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{each}="{urn}:{each}:1.0"' for each in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="T">{rows}</table:table></office:spreadsheet>'
    whole = f"<office:document-content {names}>{body}</office:body></office:document-content>"
    return archive({"mimetype": ODS, "content.xml": whole})


def test_repeated_blanks_of_an_ods_take_no_room(tmp_path: Path):
    rows = ('<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>')
    last = '<table:table-row><table:table-cell office:value-type="percentage" office:value="0.95"/></table:table-row>'
    found = read(ods(rows.replace("1048000", "7") + last + rows), tmp_path, "a.ods")
    assert values(found) == {"A8": Decimal("0.95")}
    assert found.sheets[0].rows[0].cell(1).text == "95%"


def test_repeated_content_of_an_ods_stops_at_the_limit(tmp_path: Path):
    full = ('<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
            'office:value="1"/></table:table-row>')
    with pytest.raises(Exception, match="rất xa"):
        read(ods(full), tmp_path, "a.ods")


@pytest.mark.parametrize(("code", "is_date"), [
    ("dd/mm/yyyy", True), ("[$-42A]d mmmm yyyy", True), ("h:mm", True), ("0.00%", False), ('#,##0 "đồng"', False),
    ('0 "ngày"', False), ("General", False), ("[Red]0", False), ("_-* #,##0_-", False), ("\\d0", False),
])
def test_dates_are_known_by_their_format(code: str, is_date: bool):
    assert is_date_format(code) is is_date


@pytest.mark.parametrize(("stored", "kept"), [
    ("0.30000000000000004", "0.3"), ("1.2865E3", "1286.5"), ("123456789012345", "123456789012345"), ("-0", "0"),
    ("nan", None), ("inf", None),
])
def test_numbers_keep_the_fifteen_digits_of_spreadsheets(stored: str, kept: str | None):
    found = number(stored)
    assert (None if found is None else Decimal(found)) == (None if kept is None else Decimal(kept))
