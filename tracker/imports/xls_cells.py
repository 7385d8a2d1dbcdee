"""The cells of an .xls of Excel 97 to 2003, by calamine. Runs in the child process only.

calamine says nothing of formats and hidden cells; dates come as dates, errors as their text.
"""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tracker.imports import gate
from tracker.imports.parts import Counter, KeptCell, kept, no_sheet

_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!")


def read(path: Path, name: str) -> list[dict[str, Any]]:
    """Its worksheets. RuleBroken past the limits; any fault of the file is an exception."""
    counter = Counter(name)
    book = CalamineWorkbook.from_path(str(path))
    worksheets = [each for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
    if len(worksheets) > gate.MOST_SHEETS:
        raise gate.too_large(name)
    found = []
    for listed in worksheets:
        sheet = book.get_sheet_by_name(listed.name)
        start = sheet.start or (0, 0)
        rows = []
        merged = {
            (row, column)
            for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:5_000]
            for row in range(top, min(bottom, top + 1_000) + 1) for column in range(left, min(right, left + 500) + 1)
        }
        for further, values in enumerate(sheet.to_python(skip_empty_area=True)):
            row = start[0] + further
            cells = [
                cell for place, value in enumerate(values)
                if (cell := _cell(start[1] + place + 1, value, (row, start[1] + place) in merged, counter)) is not None
            ]
            if cells:
                counter.place(row + 1, cells[-1][0])
                rows.append([row + 1, False, cells])
        hidden = listed.visible is not SheetVisibleEnum.Visible
        found.append({"name": listed.name, "hidden": hidden, "rows": rows, "hidden_columns": []})
    if not found:
        raise no_sheet(name)
    return found


def _cell(column: int, value: Any, merged: bool, counter: Counter) -> KeptCell | None:
    if value is None or value == "":
        return None
    counter.count(value if isinstance(value, str) else "")
    if isinstance(value, bool):
        return kept(column, "b", value, merged=merged)
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return kept(column, "e", str(value), merged=merged)
        return kept(column, "n", f"{Decimal(f'{value:.15g}'):f}", merged=merged)
    if isinstance(value, datetime):
        return kept(column, "d", value.replace(tzinfo=None, microsecond=0).isoformat(), merged=merged)
    if isinstance(value, date):
        return kept(column, "d", f"{value.isoformat()}T00:00:00", merged=merged)
    if isinstance(value, (time, timedelta)):
        return kept(column, "t", str(value), merged=merged)
    text = str(value)
    return kept(column, "e" if text in _ERRORS else "t", text, merged=merged)
