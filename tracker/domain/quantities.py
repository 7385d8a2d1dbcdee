"""Numbers as Vietnamese offices write them: 1.286,5. What could be read in two ways is asked about, never guessed."""

import re
from decimal import Decimal, InvalidOperation

from tracker.domain.vietnamese import number

PLACES = 4
LARGEST = Decimal("99999999999999")
#: Figures of this alphabet only. A group of thousands never begins with 0: 0.286 and 0,286 are decimals.
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+(,\d+)?", re.ASCII)
_ENGLISH = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
_POINT = re.compile(r"-?\d+\.\d+", re.ASCII)


class Unreadable(ValueError):
    """The text is no number, or could be two different ones. The sentence says which, and how to write it."""


def read_number(text: str, *, in_file: bool = False) -> Decimal | None:
    """A typed number; None for a blank one. Unreadable (a sentence in Vietnamese) for anything doubtful.

    Taken: 1286 · 1286,5 · 1.286 · 1.286,5 · -3. Asked about: 1,286.5 · 0.95 · 1,286 (thousands or decimals).
    `in_file`: in a cell that holds text, 1.286 is asked about too, since nobody knows which language wrote it.
    """
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("−", "-")
    if not plain:
        return None
    if _ENGLISH.fullmatch(plain):
        whole = plain.replace(",", "")
        if plain.count(",") == 1 and "." not in plain:
            raise Unreadable(
                f"“{text}” có thể là {_said(whole)} hoặc {plain}: hãy ghi {_said(whole)} (dấu chấm ngăn hàng nghìn) "
                f"hoặc {plain}0 (dấu phẩy trước số lẻ)."
            )
        raise Unreadable(f"“{text}” viết theo lối tiếng Anh: hãy ghi {_said(whole)}.")
    if _GROUPED.fullmatch(plain):
        if in_file and "," not in plain and plain.count(".") == 1:
            raise Unreadable(
                f"Ô chữ “{text}” có thể là {plain.replace('.', '')} hoặc {plain.replace('.', ',')}: "
                "hãy gõ lại thành số trong ô."
            )
        return _exact(plain.replace(".", "").replace(",", "."), text)
    if _PLAIN.fullmatch(plain):
        return _exact(plain.replace(",", "."), text)
    if _POINT.fullmatch(plain):
        raise Unreadable(f"“{text}” dùng dấu chấm cho số lẻ: hãy ghi {plain.replace('.', ',')}.")
    raise Unreadable(
        f"“{text}” không đọc được là số. Viết 1.286 (dấu chấm ngăn hàng nghìn) hoặc 1.286,5 (dấu phẩy trước số lẻ)."
    )


def check_number(value: Decimal, text: str) -> Decimal:
    """`value` when it can be kept exactly: at most four decimals, at most 14 digits before them. Unreadable if not."""
    if not value.is_finite():
        raise Unreadable(f"“{text}” không phải là một số.")
    if abs(value) > LARGEST:
        raise Unreadable(f"“{text}” quá lớn: hãy xem lại đơn vị tính.")
    if value != round(value, PLACES):
        raise Unreadable(f"“{text}” có hơn {PLACES} chữ số lẻ: hãy làm tròn còn nhiều nhất {PLACES} chữ số.")
    return value


def _exact(plain: str, text: str) -> Decimal:
    try:
        return check_number(Decimal(plain), text)
    except InvalidOperation:
        raise Unreadable(f"“{text}” không đọc được là số.") from None


def said(value: Decimal) -> str:
    """A kept number as it is read: 1.286,5. Without the zeros behind its last digit."""
    whole = value == value.to_integral_value()
    return number(value.quantize(Decimal(1)) if whole else value.normalize())


def typed(value: Decimal) -> str:
    """As `said`, and such that read_number reads it back: 12.345 is 12,3450, since 12,345 has two readings."""
    text = said(value)
    return f"{text}0" if _ENGLISH.fullmatch(text) else text


def _said(plain: str) -> str:
    """1286.50 as 1.286,50: what was typed, zeros and all."""
    return number(Decimal(plain))
