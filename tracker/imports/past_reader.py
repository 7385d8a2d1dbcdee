"""Read the workbook of earlier years: results and ranks, figures, awards. Every fault by its cell, nothing guessed."""

from collections.abc import Callable
from typing import Any

from tracker.domain.cells import Cell, Row, Workbook, place_of
from tracker.domain.form_expected import is_percent
from tracker.domain.form_sheet import KEYS, CellError
from tracker.domain.past_rows import ExpectedPast, PastCell, PastKey, PastRead, PastRow
from tracker.domain.past_sheet import (
    FIRST_YEAR,
    PAST_CHOICES,
    PAST_COLUMNS,
    PAST_FORM_NAME,
    PAST_KEY_LABELS,
    PAST_NEEDED,
    past_column_of,
)
from tracker.domain.periods import PeriodKind
from tracker.imports import values
from tracker.imports.tables import Table, find_table, is_total, sheet_of
from tracker.imports.values import Doubt, is_blank
from tracker.text import fold

GET_TEMPLATE = "Tải lại mẫu từ mục “Năm trước” rồi chép số liệu vào."
LONGEST = {"name": 500, "unit_of_measure": 60, "class_name": 100, "award": 300, "decision_number": 100}


def read_past(book: Workbook, expected: ExpectedPast) -> PastRead:
    """The checked rows and everything that cannot be taken."""
    errors = _wrong_book(book, expected)
    rows: list[PastRow] = []
    if errors:
        return PastRead((), tuple(errors))
    found_any = False
    for name, columns in PAST_COLUMNS.items():
        sheet = sheet_of(book, name)
        if sheet is None:
            continue
        found_any = True
        table = find_table(
            sheet, name, columns, lambda head, name=name: past_column_of(name, head),  # type: ignore[misc]
            [column.field for column in columns], errors,
        )  # fmt: skip
        if table is not None:
            rows += _Reading(table, expected, errors).rows()
    if not found_any:
        errors.append(CellError("", "", "", "Tệp không có trang tính nào của mẫu.", GET_TEMPLATE))
    return PastRead(tuple(rows), tuple(errors))


def _wrong_book(book: Workbook, expected: ExpectedPast) -> list[CellError]:
    """One error when it is another workbook, or that of another bloc."""
    sheet = sheet_of(book, KEYS)
    told = {fold(row.cell(1).text): row.cell(2).text.strip() for row in sheet.rows} if sheet else {}
    form, bloc = (told.get(fold(label), "") for label in PAST_KEY_LABELS)
    if form != PAST_FORM_NAME:
        return [CellError(KEYS, "", form, "Tệp này không phải là mẫu số liệu các năm trước.", GET_TEMPLATE)]
    if bloc != expected.bloc_key:
        return [CellError(KEYS, "", bloc, f"Tệp này là mẫu của {expected.kind.small} khác.", GET_TEMPLATE)]
    return []


class _Reading:
    """One sheet of the workbook."""

    def __init__(self, table: Table, expected: ExpectedPast, errors: list[CellError]) -> None:
        self.table, self.expected, self.errors = table, expected, errors
        self.fields = [column.field for column in PAST_COLUMNS[table.name]]
        self.kinds = {label: code for code, label in PeriodKind.choices()} | {"năm": PeriodKind.YEAR.value}

    def rows(self) -> list[PastRow]:
        first: dict[PastKey, int] = {}
        found = []
        for row in self.table.rows():
            kept = self._row(row)
            if kept is None:
                continue
            if kept.key in first:
                said = f"Dòng này trùng đơn vị, năm và nội dung với dòng {first[kept.key]}."
                self.errors.append(self.table.whole_row(row, said, "Xóa bớt một dòng."))
                continue
            first[kept.key] = row.number
            found.append(kept)
        return found

    def _row(self, row: Row) -> PastRow | None:
        filled = [name for name in self.fields if not is_blank(self.table.cell(row, name))]
        if not filled:
            return None
        if is_total(row):
            self.errors.append(
                self.table.whole_row(row, "Dòng tổng cộng không phải là số liệu của một đơn vị.", "Xóa dòng này.")
            )
            return None
        before = len(self.errors)
        if row.hidden:
            remedy = "Cho hiện dòng (bỏ lọc, bỏ ẩn), xem lại rồi gửi."
            self.errors.append(self.table.whole_row(row, "Dòng này đang bị ẩn mà có số liệu.", remedy))
        read: dict[str, PastCell] = {}
        for name in self.fields:
            try:
                read[name] = self._value(name, self.table.cell(row, name), row)
            except Doubt as doubt:
                self.errors.append(self.table.doubt(row, name, doubt))
                continue
            if read[name] is None and name in PAST_NEEDED[self.table.name]:
                head = next(column.head for column in PAST_COLUMNS[self.table.name] if column.field == name)
                self.errors.append(
                    self.table.error(row, name, f"Thiếu “{head}”.", "Ghi ô này, hoặc xóa cả dòng nếu không có số liệu.")
                )
        if len(self.errors) > before:
            return None
        cells = {name: place_of(row.number, column) for name, column in self.table.places.items()}
        return PastRow(self.table.name, row.number, read, cells)

    def _value(self, name: str, cell: Cell, row: Row) -> PastCell:
        takers: dict[str, Callable[[Cell], PastCell]] = {
            "unit": self._unit,
            "year": self._year,
            "kind": lambda cell: values.choice(cell, self.kinds),
            "rank": lambda cell: values.whole(cell, least=1, what="Hạng"),
            "count": lambda cell: values.whole(cell, least=1, what="Số lượng"),
            "decided_on": values.day,
            "points": values.quantity,
            "maximum": values.quantity,
        }
        if name in takers:
            return takers[name](cell)
        if name == "value":
            measure = self.table.cell(row, "unit_of_measure").text
            return values.quantity(cell, in_percent=is_percent(measure), unit_of_measure=measure)
        if name in PAST_CHOICES:
            return values.choice(cell, {label: code for code, label in PAST_CHOICES[name].choices()})
        return self._words(name, cell)

    def _words(self, name: str, cell: Cell) -> str | None:
        text = values.words(cell)
        most = LONGEST.get(name, 300)
        if text is not None and len(text) > most:
            raise Doubt(f"Dài {len(text)} ký tự, nhiều nhất {most}.", "Rút gọn nội dung của ô.")
        return text

    def _unit(self, cell: Cell) -> str | None:
        text = values.words(cell)
        if text is None:
            return None
        if fold(text) in self.expected.ambiguous:
            doubt = f"“{text[:80]}” là tên của hơn một đơn vị trong {self.expected.kind.small}."
            raise Doubt(doubt, "Ghi tên đầy đủ của đơn vị.")
        found: Any = self.expected.units.get(fold(text))
        if found is None:
            doubt = f"“{text[:80]}” không phải là đơn vị của {self.expected.kind.small}."
            raise Doubt(doubt, "Chọn đơn vị trong danh sách của ô.")
        return str(found)

    def _year(self, cell: Cell) -> int | None:
        year = values.whole(cell, what="Năm")
        if year is not None and not FIRST_YEAR <= year <= self.expected.last_year:
            raise Doubt(
                f"Năm {year} không nằm trong khoảng {FIRST_YEAR} - {self.expected.last_year}.", "Ghi năm bốn chữ số."
            )
        return year
