"""Every fault of a form is named by its cell; nothing wrong is taken; what is right is taken as it stands."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.forms import AWARD, HELP, LINES, SECTIONS, about, seen
from tests.imports import faults, making
from tests.imports.faults import FAULTS, SOUND, Fault, Where
from tracker.domain.form_expected import ExpectedForm, expected_of
from tracker.domain.form_sheet import ACHIEVEMENTS, RESULTS, FormRead
from tracker.domain.submissions import SectionKind
from tracker.exports.unit_form import form
from tracker.imports import reader, xlsx_cells
from tracker.imports.form_reader import read_form
from tracker.text import clean_block, clean_line

KEYS_OF = [line.entry_key for line in LINES if line.assigned]


@cache
def untouched() -> bytes:
    return form(seen(), about())


def read(content: bytes, expected: ExpectedForm) -> FormRead:
    """Read without the child process, which test_reader and the pages try."""
    sheets = xlsx_cells.read(io.BytesIO(content), "a.xlsx")
    return read_form(reader.Workbook(tuple(reader._sheet(sheet) for sheet in sheets)), expected)


def spoiled(edit: making.Spoil) -> FormRead:
    expected = expected_of(seen(), about().keys, about().movements)
    return read(making.edited(untouched(), edit), expected)


@cache
def fault_found(name: str) -> FormRead:
    return spoiled(FAULTS[name].edit)


def cells_named(fault: Fault) -> list[str]:
    """The cells of a fault in the form as it is handed out: (line, field), or a letter and the lines from the first."""
    book = openpyxl.load_workbook(io.BytesIO(untouched()))
    return [_cell(book, fault.sheet, where) for where in fault.where]


def _cell(book: Any, sheet: str, where: Where) -> str:
    if where == "":
        return ""
    page = book[sheet]
    first = making.head_row(page, sheet) + 1
    if isinstance(where, str):
        rows = making.lines(page, sheet)
        step = int(where[1:])
        row = making.head_row(page, sheet) if step < 0 else [*rows, rows[-1] + 1][step]
        return f"{where[0]}{row}"
    line, field = where
    rows = making.lines(page, sheet)
    row = rows[line] if line < len(rows) else first + line
    return str(page.cell(row=row, column=making.column(page, field, sheet)).coordinate)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_fault_is_named_by_sheet_cell_value_and_reason(name: str):
    fault = FAULTS[name]
    errors = fault_found(name).errors
    assert [(error.sheet, error.cell) for error in errors] == [(fault.sheet, cell) for cell in cells_named(fault)]
    for error in errors:
        assert fault.words in error.reason
        assert error.remedy


def test_number_of_faults_named():
    asked = named = 0
    for name, fault in FAULTS.items():
        errors = {(error.sheet, error.cell) for error in fault_found(name).errors}
        expected = cells_named(fault)
        asked += len(expected)
        named += sum((fault.sheet, cell) in errors for cell in expected)
    print(f"cells named {named} of {asked}; forms {len(FAULTS)} spoiled, {len(SOUND)} sound")
    assert named >= asked * 0.95
    assert len(FAULTS) >= 60


@pytest.mark.parametrize("name", sorted(SOUND))
def test_what_looks_odd_and_is_right_is_taken(name: str):
    edit, wanted = SOUND[name]
    found = spoiled(edit)
    assert found.errors == ()
    rows = {row.key: row for row in found.results}
    assert set(rows) == set(KEYS_OF)
    for (line, field), value in wanted.items():
        kept = rows[KEYS_OF[line]].values[field]
        assert kept == (Decimal(value) if isinstance(kept, Decimal) else value)


def test_saved_part_of_one_in_percent_is_no_question():
    lines = tuple(line if line.entry_key != KEYS_OF[1] else replace(line, actual=Decimal("0.5")) for line in LINES)
    kept = seen(lines=lines)
    found = read(form(kept, about()), expected_of(kept, about().keys, about().movements))
    assert found.errors == ()
    assert found.results[1].values["actual"] == Decimal("0.5")


def test_achievements_come_with_their_words_as_codes():
    whole = {"kind": "khen thuong da nhan", "award": "Bằng khen", "award_object": "TẬP THỂ", "decided_on": "2/4/2026",
             "happened_on": "ngày 02 tháng 4 năm 2026", "conferred_system": "Ngành dọc", "value": "150.000.000",
             "movement": "Cả nước chung sức xây dựng nông thôn mới", "decision_number": 123}
    found = spoiled(faults.achievement(whole))
    assert found.errors == ()
    values = found.achievements[-1].values
    assert (values["kind"], values["award_object"], values["conferred_system"]) == ("award", "collective", "sector")
    assert (values["decided_on"], values["happened_on"]) == (date(2026, 4, 2), date(2026, 4, 2))
    assert (values["value"], values["movement"], values["decision_number"]) == (150_000_000, "mmmmmmmmmmmm", "123")
    assert [row.key for row in found.achievements] == ["gggggggggggg", "hhhhhhhhhhhh", None]


def test_errors_of_one_file_are_all_told_at_once():
    def edit(book: openpyxl.Workbook) -> None:
        making.fill({0: "?", 1: 0.95, 2: -1})(book)
        faults.achievement({"kind": "lạ", "decided_on": "32/1/2026"})(book)

    errors: Sequence[Any] = spoiled(edit).errors
    assert [error.sheet for error in errors] == [RESULTS] * 3 + [ACHIEVEMENTS] * 2


FIGURES = st.none() | st.decimals(
    min_value=Decimal("-99999999999999"), max_value=Decimal("99999999999999"), places=4, allow_nan=False
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=80)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_export_then_import_says_the_same_for_any_values(data: st.DataObject):
    lines = tuple(
        replace(
            line, actual=data.draw(FIGURES), count=data.draw(st.none() | st.integers(0, 2_000_000_000)),
            note=clean_block(data.draw(TEXTS)) or None, version=data.draw(st.integers(1, 10**6)),
        )
        for line in LINES
    )
    sections = tuple(replace(section, text=clean_block(data.draw(TEXTS))) for section in SECTIONS)
    help_ = replace(HELP, text=clean_block(data.draw(TEXTS)) or "x", subject=clean_line(data.draw(TEXTS)) or None,
                    value=data.draw(FIGURES.map(lambda value: abs(value) if value is not None else None)))
    kept = seen(lines=lines, sections=sections, achievements=(AWARD, help_))
    found = read(form(kept, about()), expected_of(kept, about().keys, about().movements))

    assert found.errors == ()
    by_key = {row.key: row for row in found.results}
    for line in lines:
        if line.assigned:
            row = by_key[line.entry_key]
            assert (row.values["actual"], row.values["count"], row.values["note"] or None, row.version) == (
                line.actual, line.count, line.note, line.version)
    texts = {row.key: clean_block(str(row.values["text"])) for row in found.sections}
    assert texts == {section.key: section.text for section in sections if section.kind in SectionKind.texts()}
    first, second = found.achievements
    assert (first.values["award"], first.values["decided_on"]) == (AWARD.award, AWARD.decided_on)
    assert (clean_block(str(second.values["text"])), second.values["subject"], second.values["value"]) == (
        help_.text, help_.subject, help_.value)
