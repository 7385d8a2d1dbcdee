"""What the readers of all kinds of workbook share, inside the child: limits, numbers, the shape of a kept cell."""

import math
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, Any

from lxml import etree

from tracker.errors import RuleBroken
from tracker.imports import gate

#: A cell as the child writes it: [column, kind] and value, or with number format, merged, formula. A row: [number,
#: hidden, cells]. A sheet: a dictionary.
KeptCell = list[Any]
_NOISE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)


class Counter:
    """Counts cells and text of a whole workbook, and refuses one that is out of all proportion."""

    def __init__(self, name: str) -> None:
        self.name, self.cells, self.text = name, 0, 0

    def count(self, text: str = "") -> None:
        self.cells += 1
        self.text += len(text)
        if self.cells > gate.MOST_CELLS or self.text > gate.MOST_TEXT:
            raise gate.too_large(self.name)

    def place(self, row: int, column: int) -> None:
        if row > gate.MOST_ROW or column > gate.MOST_COLUMN:
            raise gate.far_out(self.name, f"dòng {row}, cột {column}")


def kept(
    column: int, kind: str, value: Any, number_format: str = "", merged: bool = False, formula: str = ""
) -> KeptCell:
    """The short form when nothing but the value is said."""
    if number_format or merged or formula:
        return [column, kind, value, number_format, merged, formula[:300]]
    return [column, kind, value]


def number(text: str) -> str | None:
    """A stored number with the 15 digits that spreadsheets keep: 0.30000000000000004 is 0.3. None when it is none."""
    value = float(text)
    if not math.isfinite(value):
        return None
    return f"{Decimal(f'{value:.15g}'):f}"


def is_date_format(code: str) -> bool:
    """Whether numbers in this format are days: d, m, y, h or s outside quotes and brackets."""
    plain = _NOISE.sub("", code.split(";")[0])
    return plain.lower() != "general" and _DATE_SIGNS.search(plain) is not None


def elements(part: IO[bytes], wanted: Iterable[str]) -> Iterator[tuple[str, str, Any]]:
    """("start"|"end", local name, element) of the wanted elements, whatever the namespace; emptied after use.

    Entities, DTDs and the network are off, depth and text are limited by libxml2 itself.
    """
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
                               "remove_comments": True, "remove_pis": True}
    tags = [f"{{*}}{name}" for name in wanted]
    for event, element in etree.iterparse(part, events=("start", "end"), tag=tags, **options):
        yield event, element.tag.rpartition("}")[2], element
        if event == "end":
            _forget(element)


def _forget(element: Any) -> None:
    """Empty what was read, and what stands before it, so that memory does not grow with the sheet."""
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            break
        del parent[0]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def no_sheet(name: str) -> RuleBroken:
    return RuleBroken(f"Tệp “{name}” không có trang tính nào đọc được. Hãy gửi đúng biểu đã tải về.", field="file")
