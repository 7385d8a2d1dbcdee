"""Forms spoiled in every way that quality.md lists, each with the cells that must be named and words of the reason.

The lines of the form (tests/exports/forms.LINES without the one not assigned): 0 documents, 1 a share in %, 2 counted
times, 3 reckoned lateness, 4 a row of the pledge.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.imports import making
from tracker.domain.form_sheet import ACHIEVEMENTS, KEYS, NARRATIVE, RESULTS

Where = str | tuple[int, str]


@dataclass(frozen=True)
class Fault:
    """`where`: (line, field) in `sheet`, a cell's name, or "" for the whole sheet; nothing for a sound form."""

    edit: making.Spoil
    where: Sequence[Where]
    words: str
    sheet: str = RESULTS


def one(line: int, value: Any, words: str, field: str = "actual", number_format: str | None = None) -> Fault:
    return Fault(making.fill({line: value}, field, number_format), [(line, field)], words)


def sound(*edits: making.Spoil) -> Fault:
    """What looks odd and is right."""

    def edit(book: openpyxl.Workbook) -> None:
        for each in edits:
            each(book)

    return Fault(edit, [], "")


def page_of(name: str) -> Callable[[Callable[[Any, list[int]], None]], making.Spoil]:
    """An edit of one sheet that is given the page and the rows of its lines."""

    def wrap(change: Callable[[Any, list[int]], None]) -> making.Spoil:
        return lambda book: change(book[name], making.lines(book[name], name))

    return wrap


def achievement(values: dict[str, Any], row: int = 2) -> making.Spoil:
    """Fill the first empty row of the achievements (two stand there already)."""

    def edit(book: openpyxl.Workbook) -> None:
        page = book[ACHIEVEMENTS]
        place = making.head_row(page, ACHIEVEMENTS) + 1 + row
        for field, value in values.items():
            page.cell(row=place, column=making.column(page, field, ACHIEVEMENTS)).value = value

    return edit


def of_award(field: str, value: Any, words: str) -> Fault:
    whole = {"kind": "Khen thưởng đã nhận", "award": "Bằng khen", field: value}
    return Fault(achievement(whole), [(2, field)], words, ACHIEVEMENTS)


@page_of(RESULTS)
def second_time(page: Any, rows: list[int]) -> None:
    for column in range(1, page.max_column + 1):
        page.cell(row=rows[-1] + 1, column=column).value = page.cell(row=rows[0], column=column).value


@page_of(RESULTS)
def total_line(page: Any, rows: list[int]) -> None:
    page.cell(row=rows[-1] + 1, column=2).value = "Tổng cộng"
    page.cell(row=rows[-1] + 1, column=making.column(page, "actual")).value = 500


@page_of(RESULTS)
def row_between(page: Any, rows: list[int]) -> None:
    page.insert_rows(rows[1])
    page.cell(row=rows[1], column=making.column(page, "actual")).value = 7


@page_of(RESULTS)
def remark_between(page: Any, rows: list[int]) -> None:
    page.insert_rows(rows[1])
    page.cell(row=rows[1], column=2).value = "(các số liệu dưới đây do phòng B cung cấp)"


@page_of(RESULTS)
def other_key(page: Any, rows: list[int]) -> None:
    page.cell(row=rows[0], column=making.column(page, "key")).value = "zzzzzzzzzzzz/1"


@page_of(RESULTS)
def not_assigned(page: Any, rows: list[int]) -> None:
    page.cell(row=rows[0], column=making.column(page, "key")).value = "eeeeeeeeeeee/1"


@page_of(RESULTS)
def merged(page: Any, rows: list[int]) -> None:
    column = making.column(page, "actual")
    page.cell(row=rows[0], column=column).value = 5
    letter = get_column_letter(column)
    page.merge_cells(f"{letter}{rows[0]}:{letter}{rows[1]}")


@page_of(RESULTS)
def hidden_row(page: Any, rows: list[int]) -> None:
    page.row_dimensions[rows[0]].hidden = True


@page_of(RESULTS)
def hidden_column(page: Any, rows: list[int]) -> None:
    page.cell(row=rows[0], column=making.column(page, "actual")).value = 9
    page.cell(row=rows[0], column=making.column(page, "note")).value = None
    page.cell(row=rows[2], column=making.column(page, "count")).value = None
    page.cell(row=rows[4], column=making.column(page, "actual")).value = None
    page.column_dimensions[get_column_letter(making.column(page, "actual"))].hidden = True


def head(field: str, value: Any) -> making.Spoil:
    def change(page: Any, rows: list[int]) -> None:
        page.cell(row=making.head_row(page), column=making.column(page, field)).value = value

    return page_of(RESULTS)(change)


@page_of(RESULTS)
def own_column(page: Any, rows: list[int]) -> None:
    page.cell(row=making.head_row(page), column=12).value = "Số liệu riêng"
    page.cell(row=rows[0], column=12).value = 99


@page_of(RESULTS)
def doubled_column(page: Any, rows: list[int]) -> None:
    page.cell(row=making.head_row(page), column=12).value = "KẾT QUẢ"


@page_of(RESULTS)
def moved_column(page: Any, rows: list[int]) -> None:
    page.column_dimensions[get_column_letter(making.column(page, "key"))].hidden = False  # openpyxl leaves it behind
    page.insert_cols(3)


@page_of(RESULTS)
def turned_round(page: Any, rows: list[int]) -> None:
    contents = [[page.cell(row=row, column=column).value for column in range(1, 11)] for row in rows]
    for row, kept in zip(rows, reversed(contents), strict=True):
        for column, value in enumerate(kept, start=1):
            page.cell(row=row, column=column).value = value


@page_of(RESULTS)
def decomposed(page: Any, rows: list[int]) -> None:
    for row in [making.head_row(page), *rows]:
        for column in range(1, 10):
            cell = page.cell(row=row, column=column)
            if isinstance(cell.value, str):
                cell.value = unicodedata.normalize("NFD", cell.value)


def without(name: str) -> making.Spoil:
    return lambda book: book.remove(book[name])


def key(row: int, value: str) -> making.Spoil:
    def edit(book: openpyxl.Workbook) -> None:
        book[KEYS].cell(row=row, column=2).value = value

    return edit


@page_of(ACHIEVEMENTS)
def emptied(page: Any, rows: list[int]) -> None:
    for column in range(2, making.column(page, "key", ACHIEVEMENTS)):
        page.cell(row=rows[0], column=column).value = None


@page_of(NARRATIVE)
def broken_text(page: Any, rows: list[int]) -> None:
    page.cell(row=rows[0], column=2).value = "#REF!"
    page.cell(row=rows[0], column=2).data_type = "e"


@page_of(NARRATIVE)
def stray_text(page: Any, rows: list[int]) -> None:
    page.cell(row=rows[-1] + 1, column=2).value = "Viết thêm dưới bảng"


FAULTS: dict[str, Fault] = {
    "words for a number": one(0, "nhiều lắm", "không đọc được là số"),
    "unit beside the number": one(0, "12 văn bản", "không đọc được là số"),
    "english decimals": one(0, "1286.5", "dùng dấu chấm cho số lẻ"),
    "english groups": one(0, "1,286.5", "tiếng Anh"),
    "thousand or decimal, comma": one(0, "1,286", "có thể là"),
    "thousand or decimal, point": one(0, "1.286", "có thể là"),
    "five decimals": one(0, 0.123456, "chữ số lẻ"),
    "too large": one(0, 10**15, "quá lớn"),
    "a range": one(0, "10-12", "không đọc được là số"),
    "a date for a number": one(0, date(2026, 4, 3), "là ngày 03/04/2026"),
    "yes for a number": one(0, True, "không phải là số"),
    "negative": one(0, -3, "nhỏ hơn 0"),
    "negative as text": one(0, "-3", "nhỏ hơn 0"),
    "not a number": one(0, "NaN", "không đọc được là số"),
    "infinity": one(0, "Infinity", "không đọc được là số"),
    "dash for nothing": one(0, "-", "không đọc được là số"),
    "error": one(0, "#REF!", "#REF!"),
    "division": one(0, "#DIV/0!", "#DIV/0!"),
    "formula never calculated": one(0, "=SUM(A1:A3)", "chưa được tính"),
    "share as part of one": one(1, 0.95, "có thể là 0,95% hoặc 95%"),
    "share as part of one in text": one(1, "0,95", "có thể là 0,95% hoặc 95%"),
    "share in a line of documents": one(0, 0.95, "dòng này tính bằng “văn bản”", number_format="0%"),
    "share in text in a line of documents": one(0, "95%", "dòng này tính bằng “văn bản”"),
    "half a time": one(2, 1.5, "không phải là số nguyên", "count"),
    "times below 0": one(2, -1, "không phải là số nguyên", "count"),
    "times in words": one(2, "hai", "không đọc được là số", "count"),
    "times where none are counted": one(0, 2, "không chấm theo số lần", "count"),
    "result where the program reckons": one(3, 1, "do chương trình tính"),
    "error in a note": one(0, "#NAME?", "#NAME?", "note"),
    "line twice": Fault(second_time, ["A+5"], "có hai lần"),
    "line of totals": Fault(total_line, ["B+5"], "tổng cộng"),
    "figure between the lines": Fault(row_between, ["G+1"], "không phải là dòng của biểu"),
    "line of another unit or year": Fault(other_key, [(0, "number")], "không có trong biểu"),
    "line not assigned": Fault(not_assigned, [(0, "number")], "không giao cho đơn vị"),
    "merged": Fault(merged, [(0, "actual")], "đã bị gộp"),
    "hidden row": Fault(hidden_row, [(0, "actual")], "đang bị ẩn"),
    "hidden column": Fault(hidden_column, [(0, "actual")], "đang bị ẩn"),
    "renamed column": Fault(head("actual", "Ket qua dat duoc 2026"), [""], "Thiếu cột “Kết quả”"),
    "missing column": Fault(head("count", None), [""], "Thiếu cột “Số lần”"),
    "missing keys": Fault(head("key", "x"), [""], "Thiếu cột"),
    "doubled column": Fault(doubled_column, ["L-1"], "có hai lần"),
    "column of one's own": Fault(own_column, ["L+0"], "không có trong biểu"),
    "no heads": Fault(lambda book: book[RESULTS].delete_rows(1, making.head_row(book[RESULTS])), [""], "tiêu đề"),
    "missing sheet": Fault(without(RESULTS), [""], "Thiếu trang tính"),
    "other period or year": Fault(key(2, "qqqqqqqqqqqq"), [""], "kỳ báo cáo khác", KEYS),
    "other unit": Fault(key(3, "vvvvvvvvvvvv"), [""], "đơn vị khác", KEYS),
    "other workbook of ours": Fault(key(1, "so-thi-dua/cac-nam-truoc/1"), [""], "biểu khác", KEYS),
    "older layout": Fault(key(5, "0" * 16), [""], "phiên bản cũ", KEYS),
    "no keys": Fault(without(KEYS), [""], "không phải là biểu", KEYS),
    "day in two figures of the year": of_award("decided_on", "03/04/26", "2 chữ số"),
    "month first": of_award("decided_on", "12/31/2026", "Không có ngày"),
    "no day": of_award("decided_on", "31/04/2026", "Không có ngày"),
    "year alone": of_award("decided_on", 2026, "không nằm trong khoảng"),
    "far year": of_award("decided_on", datetime(2926, 4, 2), "không nằm trong khoảng"),
    "unknown choice": of_award("award_object", "Đoàn thể", "không có trong danh sách"),
    "unknown movement": of_award("movement", "Phong trào lạ", "không có trong danh sách"),
    "money in words": of_award("value", "150 triệu", "không đọc được là số"),
    "no one rewarded": of_award("count", 0, "không phải là số nguyên từ 1"),
    "emptied achievement": Fault(emptied, [(0, "place")], "để trống", ACHIEVEMENTS),
    "error in the narrative": Fault(broken_text, [(0, "text")], "#REF!", NARRATIVE),
    "text below the narrative": Fault(stray_text, ["B+4"], "không phải là dòng của biểu", NARRATIVE),
}

#: Sound forms that look odd: no error, and the values that must come out, by (line, field).
SOUND: dict[str, tuple[making.Spoil, dict[tuple[int, str], Any]]] = {
    "untouched": (lambda book: None, {(0, "actual"): "1286.5", (4, "actual"): "0", (1, "actual"): None}),
    "vietnamese text": (making.fill({0: "1.286,5", 1: "95,5"}), {(0, "actual"): "1286.5", (1, "actual"): "95.5"}),
    "groups twice": (making.fill({0: "1.286.000"}), {(0, "actual"): "1286000"}),
    "spaces round": (making.fill({0: " 1286 "}), {(0, "actual"): "1286"}),
    "share with its sign": (making.fill({1: 0.955}, number_format="0.0%"), {(1, "actual"): "95.5"}),
    "share with its sign in text": (making.fill({1: "95,5 %"}), {(1, "actual"): "95.5"}),
    "half a percent with its sign": (making.fill({1: 0.005}, number_format="0.0%"), {(1, "actual"): "0.5"}),
    "share as a number": (making.fill({1: 95.5}), {(1, "actual"): "95.5"}),
    "one percent": (making.fill({1: 1}), {(1, "actual"): "1"}),
    "over the plan": (making.fill({1: 130}), {(1, "actual"): "130"}),
    "zero is a figure": (making.fill({0: 0}), {(0, "actual"): "0"}),
    "blank is none": (making.fill({0: None}), {(0, "actual"): None}),
    "spaces are none": (making.fill({0: "   "}), {(0, "actual"): None}),
    "number as a note": (making.fill({0: 12}, "note"), {(0, "note"): "12"}),
    "sorted the other way": (turned_round, {(0, "actual"): "1286.5", (4, "actual"): "0"}),
    "column moved": (moved_column, {(0, "actual"): "1286.5"}),
    "heads and titles in NFD": (decomposed, {(0, "actual"): "1286.5", (0, "note"): "Đã rà soát"}),
    "remark between": (remark_between, {(1, "actual"): None}),
    "head in capitals": (head("actual", "KẾT  QUẢ"), {(0, "actual"): "1286.5"}),
}
