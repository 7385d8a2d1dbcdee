"""Every fault of the workbook of earlier years is named by its cell."""

import io
from typing import Any

import pytest

from tests.imports import making
from tracker.domain.past_rows import ExpectedPast, PastRead
from tracker.domain.past_sheet import PAST_AWARDS, PAST_COLUMNS, PAST_RESULTS, PAST_VALUES
from tracker.imports import reader, xlsx_cells
from tracker.imports.past_reader import read_past

UNITS = {"don vi u": "uuuuuuuuuuuu", "don vi v": "vvvvvvvvvvvv", "cong an": "uuuuuuuuuuuu"}
EXPECTED = ExpectedPast("bbbbbbbbbbbb", UNITS, 2026, frozenset({"cong an"}))
RESULT = {"unit": "Đơn vị U", "year": 2024, "kind": "cả năm", "points": 96.25, "maximum": 100, "rank": 1,
          "class_name": "Xuất sắc"}
VALUE = {"unit": "don vi u", "year": 2025, "kind": "6 tháng đầu năm", "name": "Văn bản", "value": "1.286,5",
         "unit_of_measure": "văn bản"}
AWARD = {"unit": "Đơn vị V", "year": 2024, "object": "Tập thể", "award": "Cờ thi đua", "decided_on": "20/01/2025"}
WHOLE = {PAST_RESULTS: RESULT, PAST_VALUES: VALUE, PAST_AWARDS: AWARD}


def read(content: bytes) -> PastRead:
    sheets = xlsx_cells.read(io.BytesIO(content), "a.xlsx")
    return read_past(reader.Workbook(tuple(reader._sheet(sheet) for sheet in sheets)), EXPECTED)


def test_sound_rows_are_taken():
    found = read(making.past_book("bbbbbbbbbbbb", {name: [row] for name, row in WHOLE.items()}))
    assert found.errors == ()
    assert [(row.sheet, row.values["unit"], row.values["year"]) for row in found.rows] == [
        (PAST_RESULTS, "uuuuuuuuuuuu", 2024), (PAST_VALUES, "uuuuuuuuuuuu", 2025), (PAST_AWARDS, "vvvvvvvvvvvv", 2024),
    ]


@pytest.mark.parametrize(("sheet", "change", "words"), [
    (PAST_RESULTS, {"unit": "Đơn vị X"}, "không phải là đơn vị của khối"),
    (PAST_RESULTS, {"unit": "Công an"}, "hơn một đơn vị"),
    (PAST_RESULTS, {"unit": None}, "Thiếu “Đơn vị”"),
    (PAST_RESULTS, {"unit": "Tổng cộng"}, "tổng cộng"),
    (PAST_RESULTS, {"year": 2031}, "không nằm trong khoảng"),
    (PAST_RESULTS, {"year": "năm 2024"}, "không đọc được là số"),
    (PAST_RESULTS, {"kind": "tháng 5"}, "không có trong danh sách"),
    (PAST_RESULTS, {"points": "96.25"}, "dùng dấu chấm cho số lẻ"),
    (PAST_RESULTS, {"points": -1}, "nhỏ hơn 0"),
    (PAST_RESULTS, {"rank": 0}, "Hạng"),
    (PAST_RESULTS, {"rank": "=RANK(E9,E9:E20)"}, "chưa được tính"),
    (PAST_RESULTS, {"class_name": "x" * 101}, "nhiều nhất 100"),
    (PAST_VALUES, {"value": None}, "Thiếu “Kết quả”"),
    (PAST_VALUES, {"value": 0.95, "unit_of_measure": "%"}, "có thể là"),
    (PAST_VALUES, {"name": None}, "Thiếu “Chỉ tiêu”"),
    (PAST_AWARDS, {"object": "Đoàn thể"}, "không có trong danh sách"),
    (PAST_AWARDS, {"decided_on": "20/01/25"}, "2 chữ số"),
    (PAST_AWARDS, {"award": None}, "Thiếu “Danh hiệu, hình thức”"),
])
def test_fault_is_named_by_its_cell(sheet: str, change: dict[str, Any], words: str):
    rows = [WHOLE[sheet], {**WHOLE[sheet], "year": 2023, **change}]
    errors = read(making.past_book("bbbbbbbbbbbb", {sheet: rows})).errors
    field = next(iter(change))
    place = [column.field for column in PAST_COLUMNS[sheet]].index(field)
    assert [(error.sheet, error.cell) for error in errors] == [(sheet, f"{'ABCDEFGH'[place]}3")]
    assert words in errors[0].reason
    assert errors[0].remedy


@pytest.mark.parametrize(("content", "words"), [
    (making.past_book("cccccccccccc", {PAST_RESULTS: [RESULT]}), "khối khác"),
    (making.plain_book({PAST_RESULTS: [["Đơn vị"]]}), "không phải là mẫu"),
    (making.past_book("bbbbbbbbbbbb", {}), "không có trang tính"),
])
def test_other_workbook_is_told(content: bytes, words: str):
    assert words in read(content).errors[0].reason


def test_twenty_thousand_rows_are_read_through_the_child_in_time(tmp_path):
    rows = [{**VALUE, "name": f"Chỉ tiêu {number}"} for number in range(20_000)]
    place = tmp_path / "a.xlsx"
    place.write_bytes(making.past_book("bbbbbbbbbbbb", {PAST_VALUES: rows}))
    found = read_past(reader.read_workbook(place), EXPECTED)
    assert (len(found.rows), found.errors) == (20_000, ())
