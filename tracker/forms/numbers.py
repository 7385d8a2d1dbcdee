"""A box for an exact number, written as Vietnamese offices write it: 1.286,5."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tracker.domain.quantities import read_number, said, typed
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
        return typed(Decimal(value))

    def read(self, text: str) -> Decimal | None:
        value = read_number(text)
        if value is not None and self.least is not None and value < self.least:
            raise ValueError(f"{text} nhỏ hơn {said(Decimal(self.least))}: hãy xem lại.")
        if value is not None and self.most is not None and value > self.most:
            raise ValueError(f"{text} lớn hơn {said(Decimal(self.most))}: hãy xem lại.")
        return value

