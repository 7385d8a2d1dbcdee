"""Dates, numbers and counts as Vietnamese administration writes them (NĐ 30/2020; settled.md, words)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

LETTERS = "abcdđeghiklmnopqrstuvxy"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
NO_FIGURE = "chưa có số liệu"


def short_date(day: date | None) -> str:
    """20/07/2022: in tables and forms. Blank for None."""
    return day.strftime("%d/%m/%Y") if day else ""


def long_date(day: date) -> str:
    """ngày 20 tháng 7 năm 2022; a leading zero before days 1 to 9 and months 1 and 2 (NĐ 30/2020, Phụ lục I)."""
    return f"ngày {day.day:02d} tháng {month_number(day.month)} năm {day.year}"


def spoken_date(day: date) -> str:
    """20/7/2022, as running text on screen and in news writes it."""
    return f"{day.day}/{day.month}/{day.year}"


def month_number(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def weekday_date(day: date) -> str:
    """Thứ Tư, 20/07/2022."""
    return f"{WEEKDAYS[day.weekday()]}, {short_date(day)}"


def clock_time(moment: time) -> str:
    """7 giờ 30, 14 giờ 00 as documents write an hour."""
    return f"{moment.hour} giờ {moment.minute:02d}"


def date_time(moment: datetime) -> str:
    """14:05 ngày 20/07/2022, of a moment that is already in the reader's zone."""
    return f"{moment:%H:%M} ngày {short_date(moment.date())}"


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """1.286 and 2,5: a dot for thousands, a comma for decimals; half up. Blank for None, never 0."""
    if value is None:
        return ""
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


def shown(value: Decimal | int | None, places: int | None = None) -> str:
    """As `number`, with the true minus (−2,00): what is read and not typed."""
    return number(value, places).replace("-", "−")


def signed(value: Decimal | None, places: int) -> str:
    """A difference: −1,25, 0,00, +0,50; blank for None."""
    return f"{'+' if value is not None and value > 0 else ''}{shown(value, places)}"


def share(part: Decimal | int, whole: Decimal | int) -> str:
    """96,25% without a space (settled.md); at most two decimals, no trailing zeros. Blank for an empty whole."""
    if not whole:
        return ""
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return number(exact.normalize() if exact != exact.to_integral() else exact.quantize(Decimal(1))) + "%"


def paper_count(count: int) -> str:
    """08 đơn vị: counts under 10 take a leading zero, on paper only."""
    return f"{count:02d}" if count >= 0 else str(count)


def roman(place: int) -> str:
    """1 → I. For headings of a report, at most 39."""
    text = ""
    for value, letters in ROMAN:
        while place >= value:
            text += letters
            place -= value
    return text


def letter(place: int) -> str:
    """1 → a, 5 → đ, 7 → g: the Vietnamese alphabet of NĐ 30/2020. ValueError past y: split the list."""
    if not 1 <= place <= len(LETTERS):
        raise ValueError(f"no letter for point {place}")
    return LETTERS[place - 1]


def joined(parts: Sequence[str], last: str = " và ") -> str:
    """A, B và C."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + last + parts[-1]


def sentence(text: str) -> str:
    """First letter in capitals."""
    return text[:1].upper() + text[1:]
