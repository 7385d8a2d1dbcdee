"""The box for an exact number: Vietnamese in, Vietnamese out, nothing guessed, nothing lost."""

from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.base import UserForm
from tracker.forms.numbers import NumberField


class PointsForm(UserForm):
    points = NumberField("Điểm", least=0, most=1000)


def _typed(text: str) -> PointsForm:
    return PointsForm(MultiDict({"points": text}))


@pytest.mark.parametrize(
    ("typed", "read"),
    [("9,5", Decimal("9.5")), ("1.000", Decimal(1000)), ("0", Decimal(0)), ("", None), ("   ", None)],
)
def test_the_box_reads_vietnamese_numbers_and_keeps_blank_apart_from_zero(typed: str, read: Decimal | None):
    form = _typed(typed)
    assert form.validate()
    assert form.points.data == read


@pytest.mark.parametrize(
    "typed", ["0.95", "1,234", "1,234.5", "Infinity", "NaN", "chín", "1e5", "0,00001", "-1", "1001"]
)
def test_what_is_doubtful_or_outside_is_refused_and_stays_in_the_box(typed: str):
    form = _typed(typed)
    assert not form.validate()
    assert form.points.data is None
    assert form.points._value() == typed
    assert len(form.points.errors) == 1


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("2.5000"), "2,5"), (Decimal("1E+2"), "100"), (Decimal(1286), "1.286"), (None, "")]
)
def test_a_kept_number_is_written_without_idle_zeros(value: Decimal | None, shown: str):
    assert PointsForm(data={"points": value}).points._value() == shown
