"""Exact arithmetic of points: fractions inside, rounded once, at the leaf."""

from decimal import Decimal
from fractions import Fraction

from tracker.domain.criteria import Rounding
from tracker.domain.vietnamese import number

#: How many digits of an unrounded figure are written into an explanation.
SHOWN_PLACES = 4


def rounded(value: Fraction, places: int, mode: Rounding) -> Decimal:
    """`value` with `places` decimals. HALF_UP goes away from zero at a half, as paper arithmetic does."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled, 1)
    half = Fraction(1, 2)
    up = {
        Rounding.HALF_UP: rest >= half,
        Rounding.HALF_EVEN: rest > half or (rest == half and whole % 2 == 1),
        Rounding.DOWN: False,
    }[mode]
    digits = Decimal(int(whole) + (1 if up else 0)).scaleb(-places)
    return -digits if value < 0 and digits else digits


def written(value: Fraction | Decimal | int) -> str:
    """A figure in an explanation: 0,3333 for a third, 95 for 95,0000."""
    exact = Fraction(value)
    shown = rounded(exact, SHOWN_PLACES, Rounding.HALF_UP)
    whole = shown.to_integral_value()
    return number(whole if shown == whole else shown.normalize())
