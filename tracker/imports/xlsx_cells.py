"""The cells of an .xlsx, in one pass over its XML: value and formula together, formats, merged and hidden cells.

Not by openpyxl: it reads either values or formulas, so that a workbook would be read twice, and it stops at style
sheets that Excel itself opens. Runs in the child process only.
"""

import posixpath
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tracker.imports.parts import Counter, KeptCell, elements, is_date_format, kept, no_sheet, number

_BUILT_IN = {9: "0%", 10: "0.00%"}
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_FIRST_1900, _FIRST_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(path: Path, name: str) -> list[dict[str, Any]]:
    """Its sheets, without charts. RuleBroken past the limits; any fault of the file is an exception."""
    with zipfile.ZipFile(path) as archive:
        counter = Counter(name)
        shared = _shared_strings(archive)
        formats = _formats(archive)
        listed, first_day, uncalculated = _listed(archive)
        sheets = []
        for title, hidden, part in listed:
            sheet = _Sheet(archive, part, shared, formats, first_day, counter)
            sheet.uncalculated = uncalculated
            sheets.append({"name": title, "hidden": hidden, **sheet.read()})
    if not sheets:
        raise no_sheet(name)
    return sheets


def _part_name(archive: zipfile.ZipFile, wanted: str) -> str | None:
    return next((each for each in archive.namelist() if each.lower() == wanted.lower()), None)


def _listed(archive: zipfile.ZipFile) -> tuple[list[tuple[str, bool, str]], datetime, bool]:
    """(title, hidden, part) of every sheet in its order; the day that dates are counted from; whether the formulas
    wait to be calculated when the file is opened: then libraries write 0 as their value.
    """
    targets = {}
    rels = _part_name(archive, "xl/_rels/workbook.xml.rels")
    if rels is not None:
        with archive.open(rels) as part:
            for event, _, element in elements(part, {"Relationship"}):
                if event == "end" and (element.get("Type") or "").endswith("/worksheet"):
                    target = element.get("Target") or ""
                    place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                    targets[element.get("Id")] = place
    found, first_day, uncalculated = [], _FIRST_1900, False
    book = _part_name(archive, "xl/workbook.xml")
    assert book is not None
    with archive.open(book) as part:
        for event, local, element in elements(part, {"sheet", "workbookPr", "calcPr"}):
            if event != "end":
                continue
            if local == "calcPr":
                uncalculated = element.get("fullCalcOnLoad") in ("1", "true")
                continue
            if local == "workbookPr":
                first_day = _FIRST_1904 if element.get("date1904") in ("1", "true") else _FIRST_1900
                continue
            ids = [value for key, value in element.items() if key.endswith("}id")]
            place = _part_name(archive, targets.get(ids[0], "")) if ids else None
            if place is not None:
                found.append((element.get("name") or "", element.get("state", "visible") != "visible", place))
    return found, first_day, uncalculated


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    place = _part_name(archive, "xl/sharedStrings.xml")
    if place is None:
        return []
    found = []
    with archive.open(place) as part:
        for event, _, element in elements(part, {"si"}):
            if event == "end":
                found.append(_text(element))
    return found


def _text(element: Any) -> str:
    """The runs of a string, without its reading aids (rPh); what was written as _xHHHH_ is undone, once."""
    pieces = [
        each.text or "" for each in element.iter()
        if each.tag.rpartition("}")[2] == "t" and not each.getparent().tag.endswith("}rPh")
    ]
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(pieces))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _formats(archive: zipfile.ZipFile) -> list[tuple[str, bool]]:
    """Format code and "is a date" by style number; a style sheet that cannot be read gives none."""
    place = _part_name(archive, "xl/styles.xml")
    if place is None:
        return []
    codes: dict[int, str] = {}
    found: list[tuple[str, bool]] = []
    inside = False
    with archive.open(place) as part:
        for event, local, element in elements(part, {"numFmt", "cellXfs", "xf"}):
            if local == "cellXfs":
                inside = event == "start"
            elif local == "numFmt" and event == "end":
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode") or ""
            elif local == "xf" and event == "end" and inside:
                place_in_list = int(element.get("numFmtId", "0"))
                code = codes.get(place_in_list, _BUILT_IN.get(place_in_list, ""))
                found.append((code, is_date_format(code) if code else place_in_list in _BUILT_IN_DATES))
    return found


def _split(place: str) -> tuple[int, int]:
    """B7 as (row 7, column 2)."""
    column = 0
    for at, sign in enumerate(place):
        if sign.isdigit():
            return int(place[at:]), column
        column = column * 26 + ord(sign.upper()) - 64
    raise ValueError(place)


class _Sheet:
    """One worksheet part, read from its first row to its last."""

    def __init__(self, archive: zipfile.ZipFile, part: str, shared: list[str], formats: list[tuple[str, bool]],
                 first_day: datetime, counter: Counter) -> None:
        self.archive, self.part, self.shared, self.formats = archive, part, shared, formats
        self.first_day, self.counter = first_day, counter
        self.rows: list[list[Any]] = []
        self.hidden_columns: list[int] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.row, self.column = 0, 0
        self.uncalculated = False

    def read(self) -> dict[str, Any]:
        with self.archive.open(self.part) as part:
            for event, local, element in elements(part, ("col", "row", "mergeCell")):
                if event == "start":
                    continue
                if local == "row":
                    self._row(element)
                elif local == "col" and element.get("hidden") in ("1", "true"):
                    last = min(int(element.get("max", "0")), 500)
                    self.hidden_columns += range(int(element.get("min", "1")), last + 1)
                elif local == "mergeCell":
                    first, _, end = (element.get("ref") or "A1").partition(":")
                    self.merged.append((*_split(first), *_split(end or first)))
        self._mark_merged()
        rows = [row for row in self.rows if row[2]]
        return {"rows": rows, "hidden_columns": self.hidden_columns}

    def _row(self, element: Any) -> None:
        self.row = int(element.get("r") or self.row + 1)
        self.column = 0
        self.counter.place(self.row, 1)
        self.rows.append([self.row, element.get("hidden") in ("1", "true"), []])
        for cell in element:
            if cell.tag.endswith("}c"):
                self._cell(cell)

    def _cell(self, element: Any) -> None:
        place = element.get("r")
        row, column = _split(place) if place else (self.row, self.column + 1)
        self.column = column
        self.counter.place(row, column)
        found = self._read_cell(element, column)
        if found is not None:
            self.counter.count(found[2] if isinstance(found[2], str) else "")
            self.rows[-1][2].append(found)

    def _read_cell(self, element: Any, column: int) -> KeptCell | None:
        kind = element.get("t", "n")
        value, formula, inline = None, None, None
        for child in element:
            local = child.tag.rpartition("}")[2]
            if local == "v":
                value = child.text or ""
            elif local == "f":
                formula = f"={child.text or ''}"
            elif local == "is":
                inline = _text(child)
        if kind == "inlineStr":
            return kept(column, "t", inline) if inline else None
        waits = formula is not None and self.uncalculated
        if value is None or waits or (value == "" and kind != "str"):  # "" of kind str: a formula that says ""
            return kept(column, "f", (formula or "=")[:300], formula=formula or "=") if formula is not None else None
        return self._valued(kind, value, column, formula or "", element.get("s"))

    def _valued(self, kind: str, value: str, column: int, formula: str, style: str | None) -> KeptCell | None:
        if kind == "s":
            text = self.shared[int(value)]
            return kept(column, "t", text, formula=formula) if text else None
        if kind == "str":
            return kept(column, "t", value, formula=formula) if value else None
        if kind == "b":
            return kept(column, "b", value in ("1", "true"), formula=formula)
        if kind == "e":
            return kept(column, "e", value, formula=formula)
        if kind == "d":
            return kept(column, "d", datetime.fromisoformat(value).replace(tzinfo=None).isoformat(), formula=formula)
        place = int(style or 0)
        code, is_date = self.formats[place] if place < len(self.formats) else ("", False)
        plain = number(value)
        if plain is None:
            return kept(column, "e", value, formula=formula)
        days = float(plain)
        if is_date and 0 <= days <= _LAST_DAY:
            return kept(column, "d", self._day(days).isoformat(), formula=formula)
        return kept(column, "n", plain, code, formula=formula)

    def _day(self, days: float) -> datetime:
        """Excel's day 60 (29/02/1900) never was: before it days are one further."""
        if self.first_day is _FIRST_1900 and days < 60:
            days += 1
        moment = self.first_day + timedelta(days=days)
        return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)

    def _mark_merged(self) -> None:
        """Say of every cell with content that lies in a merged range that it does."""
        by_row: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, right in self.merged[:5_000]:
            for row in range(top, min(bottom, top + 1_000) + 1):
                by_row.setdefault(row, []).append((left, right))
        for row, _, cells in self.rows:
            for place, cell in enumerate(cells):
                if any(left <= cell[0] <= right for left, right in by_row.get(row, ())):
                    cells[place] = cell if len(cell) > 3 else [*cell, "", True, ""]
                    cells[place][4] = True
