"""A long table is written another way than a short one, and is the same workbook."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.exports.test_table_workbook import COLUMNS, ROW
from tests.exports.workbooks import opened
from tracker.exports import table_workbook

TITLE, SUBTITLE = "Báo cáo của các đơn vị", "6 tháng đầu năm 2026"
LONG = "Rà soát chỉ tiêu & phân công người theo dõi. " * 80
ODD = [
    [0, "", None, None, None, Decimal(0)],
    [-3, "=1+1", date(1889, 5, 19), datetime(1889, 5, 19, 8, tzinfo=UTC), Decimal("0.0001"), Decimal("NaN")],
    [1234567890123456789, "+84 912", date(2026, 1, 31), datetime(2026, 12, 31, 23, 59, 59), 0.1, Decimal("1E+3")],
    [7, LONG, date(2026, 7, 5), None, 1, Decimal("-1286.5")],
    [True, "a\nb\r\n<c> & \"d\" 'e' ]]> ", None, None, 1.5, 12],
    [None, "  mã _x0041_ \x07\t9,5", None, None, Decimal("0.955"), Decimal("94.2500")],
    [None, "https://thidua.example", None, None, None, None],
]


def both_ways(monkeypatch: pytest.MonkeyPatch, rows: list[list[Any]]) -> tuple[bytes, bytes]:
    """The file written cell by cell, and as a long table."""
    files = []
    for most in (len(rows), 0):
        monkeypatch.setattr(table_workbook, "MOST_CELL_BY_CELL", most)
        files.append(table_workbook.table(TITLE, SUBTITLE, COLUMNS, rows))
    return files[0], files[1]


def told(content: bytes) -> dict[str, Any]:
    """Everything a reader finds in the sheet of a workbook."""
    book = opened(content)
    page = book.worksheets[0]
    return {
        "cells": [
            (cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.hyperlink,
             *map(repr, (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)))
            for row in page.iter_rows() for cell in row
        ],
        "reach": page.dimensions,
        "heights": {number: row.height for number, row in page.row_dimensions.items()},
        "widths": {letter: column.width for letter, column in page.column_dimensions.items()},
        "merged": sorted(map(str, page.merged_cells.ranges)),
        "stays": (page.freeze_panes, page.auto_filter.ref, page.print_title_rows, page.print_area),
        "print": list(map(repr, (
            page.page_setup, page.page_margins, page.print_options, page.sheet_properties.pageSetUpPr))),
        "foot": [(part.text, part.font, part.size) for part in (
            page.oddFooter.left, page.oddFooter.center, page.oddFooter.right)],
        "view": (page.sheet_view.showGridLines, page.sheet_view.zoomScale),
        "file": (book.sheetnames, book.properties.title, book.properties.creator, book.properties.language),
    }  # fmt: skip


def test_a_long_table_is_the_workbook_a_short_one_is(monkeypatch):
    short, long = map(told, both_ways(monkeypatch, [ROW, *ODD, ROW]))
    assert {name: long[name] for name in long} == short
    assert [cell for cell in long["cells"] if cell[2] == "f"] == []
    assert len(long["cells"]) == 6 * len(long["heights"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=3, max_size=20))
def test_any_text_comes_out_the_same_both_ways(texts):
    with pytest.MonkeyPatch.context() as monkeypatch:
        rows = [[place, text, None, None, None, None] for place, text in enumerate(texts)]
        short, long = (told(content)["cells"] for content in both_ways(monkeypatch, rows))
    assert long == short


def test_no_text_of_a_long_table_becomes_a_formula_a_number_or_a_link(monkeypatch):
    _, long = both_ways(monkeypatch, ODD)
    part = ZipFile(BytesIO(long)).read("xl/worksheets/sheet1.xml").decode()
    assert (part.count("<f>"), part.count("hyperlink"), "r:id" in part) == (0, 0, False)
    texts = ("=1+1", "+84 912", "https://thidua.example")
    assert [cell[1:3] for cell in told(long)["cells"] if cell[1] in texts] == [(text, "s") for text in texts]


def test_a_list_of_2001_rows_is_written_the_long_way_with_every_row_once():
    content = table_workbook.table(TITLE, SUBTITLE, COLUMNS, [[place, *ROW[1:]] for place in range(2001)])
    part = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert part.count('xml:space="preserve"') == 2001
    numbers = [int(number) for number in re.findall(r'<row r="(\d+)"', part)]
    assert numbers == list(range(1, 2006))
    page = load_workbook(BytesIO(content), read_only=True).worksheets[0]
    assert (page.calculate_dimension(), [row[0].value for row in page.iter_rows(min_row=5)]) == (
        "A1:F2005", list(range(2001)),
    )  # fmt: skip
