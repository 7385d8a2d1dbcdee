"""LibreOffice keeps what a form lives by, as .xlsx and by way of .ods."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.exports.forms import about, seen
from tests.exports.reading_forms import open_places, rows_by_key
from tracker.domain.form_sheet import ACHIEVEMENTS, KEYS, NARRATIVE, RESULTS
from tracker.exports.unit_form import form

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_keeps_keys_values_and_checks(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "bieu.xlsx"
    source.write_bytes(form(seen(), about()))
    there, back = tmp_path / "there", tmp_path / "back"
    _convert(tmp_path, source, kind, there)
    _convert(tmp_path, there / f"bieu.{kind}", "xlsx", back)
    before, after = load_workbook(source), load_workbook(back / "bieu.xlsx")
    assert after.sheetnames == before.sheetnames
    assert [page.sheet_state for page in after.worksheets] == [page.sheet_state for page in before.worksheets]
    for sheet in (RESULTS, ACHIEVEMENTS, NARRATIVE):
        assert rows_by_key(after, sheet) == rows_by_key(before, sheet)
        assert _values(after, sheet) == _values(before, sheet)
        assert open_places(after, sheet) == open_places(before, sheet)
        assert after[sheet].protection.sheet
        assert _rules(after, sheet) == _rules(before, sheet)
    assert _values(after, KEYS) == _values(before, KEYS)


def _convert(home: Path, source: Path, kind: str, target: Path) -> None:
    assert SOFFICE is not None
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to", kind, "--outdir",
         str(target), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def _values(book: Workbook, sheet: str) -> dict[str, object]:
    return {one.coordinate: one.value for row in book[sheet].iter_rows() for one in row if one.value is not None}


def _rules(book: Workbook, sheet: str) -> dict[str, tuple[str, str]]:
    """Cell → (kind of check, its list or lower bound)."""
    found = {}
    for rule in book[sheet].data_validations.dataValidation:
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                place = book[sheet].cell(row=row, column=column).coordinate
                found[place] = (rule.type, str(rule.formula1).replace("'", ""))
    return found
