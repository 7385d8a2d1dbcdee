"""A box for an exact number, written as Vietnamese offices write it: 1.286,5."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tracker.domain.quantities import read_number
from tracker.domain.vietnamese import number
from tracker.forms.base import _TypedText


class NumberField(_TypedText):
    """A Decimal with at most four decimals, or None for a blank box, which is never 0.

    What could be read in two ways is asked about under the field; the box keeps what was typed.
    """

    def __init__(
        self,
        label: str,
        validators: Iterable[Any] = (),
        *,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        **kwargs: Any,
    ) -> None:
        shown = {"class": "form-control short num", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(label, list(validators), render_kw={**shown, **kwargs.pop("render_kw", {})}, **kwargs)
        self.least, self.most = least, most

    def written(self, value: Any) -> str:
        return number(plain(value))

    def read(self, text: str) -> Decimal | None:
        value = read_number(text)
        if value is not None and self.least is not None and value < self.least:
            raise ValueError(f"{text} nhỏ hơn {number(self.least)}: hãy xem lại.")
        if value is not None and self.most is not None and value > self.most:
            raise ValueError(f"{text} lớn hơn {number(self.most)}: hãy xem lại.")
        return value


def plain(value: Decimal | int) -> Decimal:
    """Without the zeros behind the last digit that says something, and never in powers of ten: 2,5000 is 2,5."""
    exact = Decimal(value)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
