"""What Excel writes as _xHHHH_ comes back as the user wrote it."""

import pytest
from openpyxl import Workbook

from tracker.imports.reader import read_workbook


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("mã _x005F_x0041_ giữ nguyên", "mã _x0041_ giữ nguyên"), ("_x005F_x005F_", "_x005F_"), ("a_x000D_b", "a\nb"),
        ("dòng 1\ndòng 2", "dòng 1\ndòng 2"), ("_x00", "_x00"), ("_x0041_", "A"),
    ],
)
def test_an_escape_is_undone_once(tmp_path, stored, written):
    book = Workbook()
    book.active["A1"] = stored
    place = tmp_path / "thử.xlsx"
    book.save(place)
    assert next(iter(read_workbook(place).sheets[0].rows)).cells[1].value == written
