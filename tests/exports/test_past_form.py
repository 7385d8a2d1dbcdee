"""The workbook of earlier years: lists of the bloc's units, known rows in place, cells that check what is typed."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from tracker.domain.form_sheet import GUIDE, KEYS, LISTS
from tracker.domain.past_sheet import (
    PAST_AWARDS,
    PAST_CHOICES,
    PAST_COLUMNS,
    PAST_FORM_NAME,
    PAST_RESULTS,
    PAST_VALUES,
    past_column_of,
)
from tracker.domain.periods import PeriodKind
from tracker.exports.past_form import EMPTY_ROWS, template

UNITS = ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "=Đơn vị lạ")
KNOWN = {
    PAST_VALUES: [
        {"unit": "Công an tỉnh", "year": 2024, "kind": PeriodKind.YEAR.label, "name": "=Số vụ",
         "value": Decimal("12.5")}
    ],
    PAST_AWARDS: [
        {"unit": "Công an tỉnh", "year": 2024, "object": "Tập thể", "award": "Bằng khen", "count": 2,
         "decided_on": date(2024, 7, 20)}
    ],
}  # fmt: skip


def made(rows: Any = None) -> Workbook:
    return load_workbook(BytesIO(template("bbbbbbbbbbbb", "Khối B", UNITS, 2026, date(2026, 5, 15), rows)))


def head_row(book: Workbook, sheet: str) -> int:
    return next(row[0].row for row in book[sheet].iter_rows() if row[0].value == "Đơn vị")


def check_of(book: Workbook, sheet: str, place: str) -> Any:
    found = [rule for rule in book[sheet].data_validations.dataValidation if place in rule.sqref]
    assert len(found) == 1
    return found[0]


def test_the_sheets_their_heads_and_whose_they_are() -> None:
    book = made()
    assert book.sheetnames == [PAST_RESULTS, PAST_VALUES, PAST_AWARDS, GUIDE, LISTS, KEYS]
    assert list(book[KEYS].iter_rows(values_only=True)) == [("Mẫu biểu", PAST_FORM_NAME), ("Khối", "bbbbbbbbbbbb")]
    for sheet, columns in PAST_COLUMNS.items():
        heads = [cell.value for cell in book[sheet][head_row(book, sheet)]]
        assert heads == [column.head for column in columns]
        assert [past_column_of(sheet, head.upper()) for head in heads] == list(columns)
    assert book[PAST_RESULTS].protection.sheet
    assert not book[PAST_RESULTS].protection.password


def test_there_is_room_to_fill_in_and_the_lists_hold_units_and_periods() -> None:
    book = made()
    first = head_row(book, PAST_RESULTS) + 1
    last = first + EMPTY_ROWS[PAST_RESULTS] - 1
    for row in (first, last):
        assert all(not cell.protection.locked for cell in book[PAST_RESULTS][row])
    for field, words in {"unit": list(UNITS), "kind": [each.label for each in PAST_CHOICES["kind"]]}.items():
        letter = "AC"[field == "kind"]
        place = check_of(book, PAST_RESULTS, f"{letter}{last}").formula1.split("!")[1].replace("$", "")
        assert [cell.value for row in book[LISTS][place] for cell in row] == words
    year = check_of(book, PAST_RESULTS, f"B{first}")
    assert (year.type, year.formula1, year.formula2) == ("whole", "1990", "2026")


def test_known_rows_stand_first_as_numbers_dates_and_text() -> None:
    book = made(KNOWN)
    row = head_row(book, PAST_VALUES) + 1
    assert [cell.value for cell in book[PAST_VALUES][row]] == ["Công an tỉnh", 2024, "cả năm", "=Số vụ", None, 12.5]
    award = [cell.value for cell in book[PAST_AWARDS][head_row(book, PAST_AWARDS) + 1]]
    assert award[4] == 2
    assert award[6].date() == date(2024, 7, 20)
    formulas = [c for page in book.worksheets for cells in page.iter_rows() for c in cells if c.data_type == "f"]
    assert formulas == []
