"""Exact arithmetic of points: fractions inside, rounded once, at the leaf."""

from decimal import Decimal
from fractions import Fraction

from tracker.domain.criteria import Rounding
from tracker.domain.vietnamese import shown as said

#: How many digits of an unrounded figure are written into an explanation.
SHOWN_PLACES = 4


def rounded(value: Fraction, places: int, mode: Rounding) -> Decimal:
    """`value` with `places` decimals. HALF_UP goes away from zero at a half, as paper arithmetic does."""
    # In whole numbers: a table of points asks this some ten thousand times, and fractions take four times as long.
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    over = 2 * rest - value.denominator
    up = {
        Rounding.HALF_UP: over >= 0,
        Rounding.HALF_EVEN: over > 0 or (over == 0 and whole % 2 == 1),
        Rounding.DOWN: False,
    }[mode]
    digits = Decimal(whole + 1 if up else whole).scaleb(-places)
    return -digits if value.numerator < 0 and digits else digits


def written(value: Fraction | Decimal | int) -> str:
    """A figure in an explanation: 0,3333 for a third, 95 for 95,0000."""
    shown = rounded(Fraction(value), SHOWN_PLACES, Rounding.HALF_UP)
    whole = shown.to_integral_value()
    return said(whole if shown == whole else shown.normalize())
