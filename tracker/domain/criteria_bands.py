"""Bands of a criterion: every result falls into exactly one, or the sentence says where it falls into none or two."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from tracker.domain.criteria import BandBasis, ScoreFunction
from tracker.domain.criteria_tree import BandStep
from tracker.domain.quantities import said


def band_faults(bands: Sequence[BandStep], function: ScoreFunction, basis: BandBasis | None = None) -> list[str]:
    """What is wrong with the ends of the bands; nothing when each result falls into exactly one.

    Days late are whole: 1–2 and 3–5 meet. On time needs no band, it brings the maximum; so they begin with day 1.
    """
    if function is ScoreFunction.LATENESS:
        return list(_days(bands))
    return list(_line(bands, "%" if basis is BandBasis.PERCENT else ""))


def span(band: BandStep, sign: str = "") -> str:
    """từ 95% đến dưới 100% · trên 95% · 100% trở lên · đúng 100% · mọi kết quả."""
    low, high = _written(band.low, sign), _written(band.high, sign)
    if band.low is not None and band.low == band.high:
        return f"đúng {low}"
    if band.low is None and band.high is None:
        return "mọi kết quả"
    if band.low is None:
        return f"{high} trở xuống" if band.high_closed else f"dưới {high}"
    if band.high is None:
        return f"{low} trở lên" if band.low_closed else f"trên {low}"
    return f"{'từ' if band.low_closed else 'trên'} {low} đến {'' if band.high_closed else 'dưới '}{high}"


def days(band: BandStep) -> str:
    """1 đến 2 ngày · 10 ngày · từ 11 ngày."""
    first, last = first_day(band), last_day(band)
    if last is None:
        return f"từ {first} ngày"
    return f"{first} ngày" if first == last else f"{first} đến {last} ngày"


def first_day(band: BandStep) -> int:
    """The fewest whole days late that the band holds."""
    if band.low is None:
        return 0
    whole = int(band.low.to_integral_value(ROUND_CEILING))
    return max(0, whole if band.low_closed or whole != band.low else whole + 1)


def last_day(band: BandStep) -> int | None:
    """The most whole days late that the band holds; None without end."""
    if band.high is None:
        return None
    whole = int(band.high.to_integral_value(ROUND_FLOOR))
    return whole if band.high_closed or whole != band.high else whole - 1


def _line(bands: Sequence[BandStep], sign: str) -> Iterator[str]:
    """The whole line of numbers, from the left: `end` is as far as the bands before reach."""
    sound = [band for band in bands if not _is_empty(band)]
    for band in bands:
        if _is_empty(band):
            yield f"Bậc {_ends(band, sign)} không chứa kết quả nào: xem lại hai đầu của bậc."
    if not sound:
        return
    ordered = sorted(sound, key=lambda band: (band.low is not None, band.low or Decimal(0), not band.low_closed))
    end = ordered[0]
    if end.low is not None:
        word = "dưới" if end.low_closed else "từ"
        tail = "" if end.low_closed else " trở xuống"
        yield (
            f"Chưa có bậc cho kết quả {word} {_written(end.low, sign)}{tail}: để trống ô “Từ” của bậc thấp nhất."
        )
    for band in ordered[1:]:
        yield from _join(end, band, sign)
        if _reaches_further(band, end):
            end = band
    if end.high is not None:
        word = "trên" if end.high_closed else "từ"
        tail = "" if end.high_closed else " trở lên"
        yield (
            f"Chưa có bậc cho kết quả {word} {_written(end.high, sign)}{tail}: để trống ô “Đến” của bậc cao nhất."
        )


def _join(before: BandStep, after: BandStep, sign: str) -> Iterator[str]:
    """Where two bands that follow each other overlap, or leave something out."""
    two = f"“{span(before, sign)}” và “{span(after, sign)}”"
    if before.high is None or after.low is None or before.high > after.low:
        yield f"Hai bậc {two} chồng lên nhau: mỗi kết quả chỉ được thuộc một bậc."
    elif before.high < after.low:
        yield f"Giữa hai bậc {two} còn khoảng trống từ {_written(before.high, sign)} đến {_written(after.low, sign)}."
    elif before.high_closed and after.low_closed:
        yield f"Kết quả đúng {_written(after.low, sign)} thuộc cả hai bậc {two}: chỉ một bậc được kể cả đầu này."
    elif not before.high_closed and not after.low_closed:
        yield f"Kết quả đúng {_written(after.low, sign)} không thuộc bậc nào trong {two}: một bậc phải kể cả đầu này."


def _days(bands: Sequence[BandStep]) -> Iterator[str]:
    sound = []
    for band in bands:
        last = last_day(band)
        if last is not None and last < first_day(band):
            yield f"Bậc {_ends(band, ' ngày')} không chứa số ngày nào: xem lại hai đầu của bậc."
        else:
            sound.append(band)
    if not sound:
        return
    ordered = sorted(sound, key=first_day)
    if first_day(ordered[0]) > 1:
        yield f"Chưa có bậc cho {_day_span(1, first_day(ordered[0]) - 1)} gửi chậm."
    reached = last_day(ordered[0])
    for band in ordered[1:]:
        first, last = first_day(band), last_day(band)
        if reached is None or first <= reached:
            yield f"Chậm {first} ngày thuộc hai bậc: mỗi số ngày chỉ được thuộc một bậc."
        elif first > reached + 1:
            yield f"Chưa có bậc cho {_day_span(reached + 1, first - 1)} gửi chậm."
        reached = None if reached is None or last is None else max(reached, last)
    if reached is not None:
        yield f"Chưa có bậc cho hơn {reached} ngày gửi chậm: để trống ô “Đến” của bậc cuối."


def _day_span(first: int, last: int) -> str:
    return f"{first} ngày" if first == last else f"{first} đến {last} ngày"


def _is_empty(band: BandStep) -> bool:
    if band.low is None or band.high is None:
        return False
    return band.low > band.high or (band.low == band.high and not (band.low_closed and band.high_closed))


def _reaches_further(band: BandStep, end: BandStep) -> bool:
    if end.high is None or band.high is None:
        return end.high is not None
    return (band.high, band.high_closed) > (end.high, end.high_closed)


def _ends(band: BandStep, sign: str) -> str:
    return f"“{_written(band.low, sign) or '…'} đến {_written(band.high, sign) or '…'}”"


def _written(value: Decimal | None, sign: str) -> str:
    return "" if value is None else f"{said(value)}{sign}"
