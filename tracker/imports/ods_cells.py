"""The cells of an .ods, in one pass over content.xml. Runs in the child process only.

Own reading, because calamine says neither what is shown with % nor what was hidden or merged, and makes a cell of
every repeated blank one.
"""

import zipfile
from pathlib import Path
from typing import Any

from tracker.imports.parts import Counter, KeptCell, attribute, elements, kept, no_sheet, number

_CELLS = ("table-cell", "covered-table-cell")


def read(path: Path, name: str) -> list[dict[str, Any]]:
    """Its sheets. RuleBroken past the limits; any fault of the file is an exception."""
    reading = _Reading(Counter(name))
    wanted = {"table", "table-row", "table-column", "style", *_CELLS}
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
        for event, local, element in elements(part, wanted):
            reading.take(event, local, element)
    if not reading.sheets:
        raise no_sheet(name)
    for sheet in reading.sheets:
        sheet["rows"] = [row for row in sheet["rows"] if row[2]]
    return reading.sheets


class _Reading:
    """Where the reading stands: the sheet, its row and column, counted through repetitions."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.sheets: list[dict[str, Any]] = []
        self.depth, self.row, self.column, self.columns = 0, 0, 0, 0
        self.cells: list[KeptCell] = []
        self.hidden_tables: set[str] = set()

    def take(self, event: str, local: str, element: Any) -> None:
        if local == "style":
            self._style(element) if event == "end" else None
        elif local == "table":
            self._table(event, element)
        elif self.depth != 1:
            return
        elif local == "table-column" and event == "end":
            times = _times(element, "number-columns-repeated")
            if attribute(element, "visibility") in ("collapse", "filter") and self.columns + times <= 500:
                self.sheets[-1]["hidden_columns"] += range(self.columns + 1, self.columns + times + 1)
            self.columns += times
        elif local == "table-row":
            self._row(event, element)
        elif event == "end" and local in _CELLS:
            self._cell(element, local)

    def _style(self, element: Any) -> None:
        if any(attribute(child, "display") == "false" for child in element):
            self.hidden_tables.add(attribute(element, "name") or "")

    def _table(self, event: str, element: Any) -> None:
        self.depth += 1 if event == "start" else -1
        if event == "start" and self.depth == 1:
            self.row, self.columns = 0, 0
            hidden = attribute(element, "style-name") in self.hidden_tables
            self.sheets.append(
                {"name": attribute(element, "name") or "", "hidden": hidden, "rows": [], "hidden_columns": []}
            )

    def _row(self, event: str, element: Any) -> None:
        if event == "start":
            self.column, self.cells = 0, []
            return
        times = _times(element, "number-rows-repeated")
        if self.cells:
            hidden = attribute(element, "visibility") in ("collapse", "filter")
            self.counter.place(self.row + times, 1)
            for further in range(1, times + 1):
                self.counter.count() if further > 1 else None
                self.sheets[-1]["rows"].append([self.row + further, hidden, self.cells])
        self.row += times

    def _cell(self, element: Any, local: str) -> None:
        times = _times(element, "number-columns-repeated")
        spans = _times(element, "number-columns-spanned") > 1 or _times(element, "number-rows-spanned") > 1
        merged = spans or local == "covered-table-cell"
        found = _read_cell(element, merged)
        if found is not None:
            self.counter.place(self.row + 1, self.column + times)
            for further in range(1, times + 1):
                self.counter.count(found[2] if isinstance(found[2], str) else "")
                self.cells.append([self.column + further, *found[1:]])
        self.column += times


def _times(element: Any, name: str) -> int:
    return max(1, int(attribute(element, name) or 1))


def _read_cell(element: Any, merged: bool) -> KeptCell | None:
    kind = attribute(element, "value-type")
    formula = attribute(element, "formula") or ""
    text = _text(element)
    if text.startswith(("#", "Err:")) and formula:
        return kept(0, "e", text, merged=merged, formula=formula)
    if kind in ("float", "percentage", "currency"):
        plain = number(attribute(element, "value") or "nan")
        shown = "0%" if kind == "percentage" else ""
        return kept(0, "n" if plain is not None else "e", plain or "NaN", shown, merged, formula)
    if kind == "date":
        return kept(0, "d", (attribute(element, "date-value") or "")[:19], "", merged, formula)
    if kind == "boolean":
        return kept(0, "b", attribute(element, "boolean-value") == "true", "", merged, formula)
    if kind == "string" or text:
        return kept(0, "t", text, "", merged, formula) if text else None
    return kept(0, "f", formula, "", merged, formula) if formula else None


def _text(element: Any) -> str:
    """The paragraphs of a cell, a line each, without its comments."""
    lines = [_line(child) for child in element if child.tag.rpartition("}")[2] == "p"]
    return "\n".join(lines)


def _line(element: Any) -> str:
    """A paragraph with its repeated spaces (text:s), tabs and line breaks."""
    pieces = [element.text or ""]
    for child in element:
        local = child.tag.rpartition("}")[2]
        if local == "s":
            pieces.append(" " * min(_times(child, "c"), 1_000))
        elif local == "tab":
            pieces.append("\t")
        elif local == "line-break":
            pieces.append("\n")
        elif local != "annotation":
            pieces.append(_line(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
