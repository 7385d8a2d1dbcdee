"""The value of a cell in the field it belongs to: taken when there is one way to read it, else a question.

Shared by the readers of every workbook; what a line expects is passed in.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from tracker.domain.cells import Cell, CellKind, plain_number
from tracker.domain.quantities import Unreadable, check_number, read_number
from tracker.text import clean_block, clean_line, fold

T = TypeVar("T")

#: Above 1905: there lie the days that a spreadsheet makes of a year typed into a cell of dates (2026 is 18/07/1905).
FIRST_YEAR, LAST_YEAR = 1910, 2200
MOST_WHOLE = 2_000_000_000
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2,4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")


class Doubt(ValueError):
    """The cell cannot be taken: why, and what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def usable(cell: Cell) -> Cell:
    """The cell itself; Doubt for an error, a formula never calculated, a merged cell with something in it."""
    if cell.kind is CellKind.ERROR:
        raise Doubt(f"Ô báo lỗi {cell.text} nên không có số liệu.", "Sửa công thức, hoặc gõ thẳng giá trị vào ô.")
    if cell.kind is CellKind.FORMULA:
        raise Doubt(
            f"Ô có công thức chưa được tính ({cell.text[:60]}).",
            "Mở tệp bằng Excel hoặc LibreOffice, chờ tính xong, lưu lại; hoặc gõ thẳng giá trị vào ô.",
        )
    if cell.merged and cell.kind is not CellKind.BLANK:
        raise Doubt("Ô đã bị gộp với ô khác nên không rõ giá trị thuộc dòng, cột nào.", "Bỏ gộp ô rồi ghi từng ô.")
    return cell


def is_blank(cell: Cell) -> bool:
    """Nothing, or spaces only."""
    return cell.kind is CellKind.BLANK or (cell.kind is CellKind.TEXT and not clean_line(str(cell.value)))


def quantity(
    cell: Cell, *, in_percent: bool = False, unit_of_measure: str | None = None, saved: Decimal | None = None
) -> Decimal | None:
    """A figure; None for a blank cell. `in_percent`: of a line measured in %, 95% and 95 are both 95.

    `saved` is what the program holds: a cell that still says so is taken as it is. Doubt for anything that could be
    read in two ways, is no number, or is below 0.
    """
    if is_blank(usable(cell)):
        return None
    value, with_sign = _number(cell)
    if saved is not None and value == saved and not with_sign:
        return value
    if with_sign and not in_percent:
        measure = f"tính bằng “{unit_of_measure}”" if unit_of_measure else "không tính bằng %"
        raise Doubt(
            f"Ô ghi {plain_number(value)}% nhưng dòng này {measure}.",
            f"Ghi số theo đơn vị tính của dòng (nếu đúng là {plain_number(value)} thì ghi {plain_number(value)}).",
        )
    if in_percent and not with_sign and 0 < value < 1:
        raise Doubt(
            f"Ô ghi {plain_number(value)}: có thể là {plain_number(value)}% hoặc {plain_number(value * 100)}%.",
            f"Ghi {plain_number(value * 100)} (hoặc {plain_number(value * 100)}%); nếu đúng là {plain_number(value)}% "
            f"thì gõ {plain_number(value)}% có dấu %.",
        )
    if value < 0:
        raise Doubt(f"Kết quả {plain_number(value)} nhỏ hơn 0.", "Ghi số từ 0 trở lên; phần giảm ghi ở cột Ghi chú.")
    return value


def _number(cell: Cell) -> tuple[Decimal, bool]:
    """The figure, and whether it was written with %; 0.95 shown as 95% is (95, True)."""
    if isinstance(cell.value, Decimal):
        value = cell.value * 100 if cell.percent else cell.value
        return _checked(value, cell), cell.percent
    if cell.kind is CellKind.DATE:
        raise Doubt(
            f"Ô là ngày {cell.text}, không phải là số: phần mềm bảng tính đã tự đổi khi gõ.",
            "Chọn ô, đặt định dạng Số (Number) rồi gõ lại số.",
        )
    if cell.kind is CellKind.BOOL:
        raise Doubt(f"Ô ghi {cell.text}, không phải là số.", "Ghi số; đạt ghi 1, không đạt ghi 0.")
    text = clean_line(str(cell.value))
    with_sign = text.endswith("%")
    try:
        value_read = read_number(text.removesuffix("%").strip(), in_file=True)
    except Unreadable as unreadable:
        raise doubt_of(unreadable) from None
    if value_read is None:
        raise Doubt(f"“{text}” không đọc được là số.", "Ghi số vào ô, ví dụ 1286,5.")
    return value_read, with_sign


def _checked(value: Decimal, cell: Cell) -> Decimal:
    try:
        return check_number(value, cell.text)
    except Unreadable as unreadable:
        raise doubt_of(unreadable) from None


def doubt_of(unreadable: Unreadable) -> Doubt:
    """The sentence of domain/quantities in two: what is wrong, and what to do."""
    reason, hint, remedy = str(unreadable).partition(": hãy ")
    if not hint:
        return Doubt(reason, "Ghi lại ô bằng số, ví dụ 1286,5.")
    return Doubt(f"{reason}.", f"Hãy {remedy}")


def whole(cell: Cell, *, least: int = 0, what: str = "Số lần") -> int | None:
    """A whole number of at least `least`; None for a blank cell."""
    if is_blank(usable(cell)):
        return None
    value, with_sign = _number(cell)
    if with_sign or value != value.to_integral_value() or not least <= value <= MOST_WHOLE:
        raise Doubt(f"{what} là “{cell.text}”, không phải là số nguyên từ {least} trở lên.", "Ghi một số nguyên.")
    return int(value)


def words(cell: Cell, *, block: bool = False) -> str | None:
    """Text as it stands, a number or date as it is shown; None for a blank cell. `block` keeps line breaks."""
    if is_blank(usable(cell)):
        return None
    return clean_block(cell.text) if block else clean_line(cell.text)


def day(cell: Cell) -> date | None:
    """A date; None for a blank cell. Text: ngày/tháng/năm with four figures of the year, or 2026-04-03."""
    if is_blank(usable(cell)):
        return None
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _in_range(value, cell.text)
    if not isinstance(value, str):
        raise Doubt(f"Ô ghi {cell.text}, không phải là một ngày.", "Ghi ngày/tháng/năm, ví dụ 02/04/2026.")
    text = clean_line(value)
    found = _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(fold(text))
    if found is not None:
        first, month, year = (int(part) for part in found.groups())
        if len(found.group(3)) != 4:
            raise Doubt(
                f"“{text}” ghi năm bằng {len(found.group(3))} chữ số nên không rõ đâu là ngày, tháng, năm.",
                "Ghi ngày/tháng/năm với năm bốn chữ số, ví dụ 03/04/2026 cho ngày 3 tháng 4.",
            )
        return _date(year, month, first, text)
    found = _YEAR_FIRST.fullmatch(text)
    if found is not None:
        return _date(int(found.group(1)), int(found.group(2)), int(found.group(3)), text)
    raise Doubt(f"“{text}” chưa phải là một ngày.", "Ghi ngày/tháng/năm, ví dụ 02/04/2026.")


def _date(year: int, month: int, first: int, text: str) -> date:
    try:
        return _in_range(date(year, month, first), text)
    except ValueError as wrong:
        if isinstance(wrong, Doubt):
            raise
        raise Doubt(
            f"Không có ngày “{text}” trong lịch (đọc theo ngày/tháng/năm).",
            "Ghi ngày trước, tháng sau, ví dụ 02/04/2026 cho ngày 2 tháng 4.",
        ) from None


def _in_range(value: date, text: str) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Doubt(f"Năm trong “{text}” không nằm trong khoảng {FIRST_YEAR} - {LAST_YEAR}.", "Xem lại ngày này.")
    return value


def choice(cell: Cell, labels: Mapping[str, T]) -> T | None:
    """One of a list by its words, whatever accents and capitals; None for a blank cell."""
    text = words(cell)
    if text is None:
        return None
    for label, value in labels.items():
        if fold(label) == fold(text):
            return value
    known = "; ".join(list(labels)[:8]) + ("…" if len(labels) > 8 else "")
    remedy = f"Chọn trong danh sách của ô: {known}." if known else "Để trống ô."
    raise Doubt(f"“{text[:80]}” không có trong danh sách.", remedy)
