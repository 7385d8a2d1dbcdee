"""Cells of a criteria set's workbook: each read as what its column holds, or a question about it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tracker.domain.cells import Cell, CellKind
from tracker.domain.criteria import RankBasis, Rounding, ScoreFunction
from tracker.domain.criteria_sheet import CHOICES, NO, SET_CHOICES, YES
from tracker.imports import values
from tracker.imports.values import Doubt
from tracker.text import fold

#: What the list said in workbooks that were made while every bloc was called a khối.
OLD_BEST_SHARE = "So với kết quả tốt nhất trong khối"
LONGEST_NUMBER, LONGEST_MEASURE, LONGEST_TITLE, LONGEST_NAME, MOST_PLACES = 20, 60, 2000, 300, 4


def set_value(name: str, cell: Cell) -> Any:
    if name in SET_CHOICES:
        chosen = values.choice(cell, {one.label: one for one in SET_CHOICES[name]})
        return chosen or (RankBasis.POINTS if name == "rank_by" else Rounding.HALF_UP)
    if name == "places":
        places = values.whole(cell, what="Số chữ số lẻ")
        if places is None or places > MOST_PLACES:
            raise Doubt(f"Số chữ số lẻ phải từ 0 đến {MOST_PLACES}.", "Ghi 2 nếu điểm có hai chữ số lẻ.")
        return places
    if name == "declared_total":
        total = values.quantity(cell)
        if total == 0:
            raise Doubt("Tổng điểm công bố phải lớn hơn 0.", "Chưa có tổng điểm thì để trống ô.")
        return total
    text = values.words(cell)
    if text is None and name == "name":
        raise Doubt("Chưa ghi tên bộ tiêu chí.", "Ghi tên, ví dụ: Bảng điểm thi đua năm 2026.")
    return _at_most(text, LONGEST_NAME)


def row_value(name: str, cell: Cell) -> Any:
    if name == "level":
        level = values.whole(cell, least=1, what="Cấp")
        if level is None:
            raise Doubt("Chưa ghi cấp của dòng.", "Mục lớn ghi 1, dòng bên trong ghi 2, 3, …")
        return level
    if name in CHOICES:
        if name == "function" and fold(cell.text.strip()) == fold(OLD_BEST_SHARE):
            return ScoreFunction.BEST_SHARE
        return values.choice(cell, {one.label: one for one in CHOICES[name]})
    if name == "evidence_required":
        return values.choice(cell, {YES: True, NO: False})
    if name == "number":
        return _number(cell)
    if name in ("maximum", "points_each", "limit_points"):
        amount = values.quantity(cell)
        if amount == 0 and name != "maximum":
            raise Doubt("Số này phải lớn hơn 0.", "Không có thì để trống ô.")
        return amount
    if name == "floor_points":
        return signed(cell)
    if name == "unit_of_measure":
        return _at_most(values.words(cell), LONGEST_MEASURE)
    text = _at_most(values.words(cell, block=True), LONGEST_TITLE)
    if text is None and name == "title":
        raise Doubt("Chưa ghi nội dung của dòng.", "Ghi tên nhóm hoặc tiêu chí; dòng không dùng thì xóa.")
    return text


def _number(cell: Cell) -> str:
    """The number of a row: I, 1, 1a, 1.1. A spreadsheet turns 1.1 into a figure, and 1/1 into a date."""
    if cell.kind is CellKind.DATE:
        raise Doubt(f"Ô là ngày {cell.text}: phần mềm bảng tính đã tự đổi khi gõ.", "Đặt định dạng Chữ rồi gõ lại số.")
    usable = values.usable(cell)
    text = f"{usable.value.normalize():f}" if isinstance(usable.value, Decimal) else values.words(cell)
    if not text:
        raise Doubt("Chưa ghi số thứ tự.", "Ghi số thứ tự, ví dụ I, 1, 1a hoặc 1.1.")
    return _at_most(text, LONGEST_NUMBER) or ""


def signed(cell: Cell) -> Decimal | None:
    """A figure that may be below 0; None for a blank cell."""
    value = values.usable(cell).value
    if isinstance(value, Decimal) and value < 0:
        return _turned(values.quantity(replace(cell, value=-value)))
    if isinstance(value, str) and value.strip()[:1] in ("-", "−"):
        return _turned(values.quantity(replace(cell, value=value.strip()[1:])))
    return values.quantity(cell)


def share(cell: Cell) -> Decimal | None:
    """An end of a band in percent of the target: 95% or 95, never 0.95."""
    return values.quantity(cell, in_percent=True)


def _turned(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _at_most(text: str | None, most: int) -> str | None:
    if text is not None and len(text) > most:
        raise Doubt(f"Ô dài {len(text)} ký tự, nhiều nhất {most}.", f"Rút ngắn bớt {len(text) - most} ký tự.")
    return text
