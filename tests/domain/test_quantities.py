"""Numbers as offices write them: what has one reading is taken, what has two is asked about, on pages and in files."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.quantities import LARGEST, Unreadable, check_number, read_number, said, typed

TAKEN = {
    "0": "0", "7": "7", "-3": "-3", "−3": "-3", "1286": "1286", "1.286": "1286", "12.345.678": "12345678",
    "1286,5": "1286.5", "1.286,5": "1286.5", "0,25": "0.25", "0,286": "0.286", "-0,5": "-0.5", "9,5000": "9.5",
    " 12 ": "12",
    "1 286": "1286", "1\u00a0286,5": "1286.5", "1\u202f286": "1286", "007": "7", "0,0001": "0.0001",
    "99999999999999": "99999999999999", "1.000.000,1234": "1000000.1234",
}  # fmt: skip
ASKED = {
    "1,286": "có thể là 1.286 hoặc 1,286", "-1,286": "có thể là", "1,286.5": "lối tiếng Anh: hãy ghi 1.286,5",
    "1,286,500": "lối tiếng Anh: hãy ghi 1.286.500", "0.95": "hãy ghi 0,95", "12.5": "hãy ghi 12,5",
    "1.2345": "hãy ghi 1,2345", "1286.50": "hãy ghi 1286,50",
    "0.286": "hãy ghi 0,286", "-0.950": "hãy ghi -0,950",
}  # fmt: skip
REFUSED = (
    "abc", "12 vụ", "1,2,3", "1.28", "1..286", ",5", "5,", "+5", "1e5", "Infinity", "-inf", "NaN", "½", "١٢٣",
    "1.286.5", "12,", "--3", "3-", "5%", "(5)", "1/2", "0x10", "1_000", "=1+1", "1.2867", "100000000000000",
    "0,00001", "1.28,5",
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), TAKEN.items())
def test_a_number_with_one_reading_is_taken(text: str, value: str):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\t"])
def test_blank_is_none_and_never_zero(text: str):
    assert read_number(text) is None
    assert read_number(text, in_file=True) is None


@pytest.mark.parametrize(("text", "words"), ASKED.items())
def test_a_number_with_two_readings_is_asked_about_with_both(text: str, words: str):
    with pytest.raises(Unreadable) as asked:
        read_number(text)
    assert f"“{text}”" in str(asked.value)
    assert words in str(asked.value)


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("in_file", [False, True])
def test_everything_else_is_refused_by_its_own_text(text: str, in_file: bool):
    with pytest.raises(Unreadable) as refused:
        read_number(text, in_file=in_file)
    assert f"“{text}”" in str(refused.value)


def test_in_a_cell_of_text_one_group_of_thousands_has_two_readings():
    assert read_number("1.286") == 1286
    with pytest.raises(Unreadable) as asked:
        read_number("1.286", in_file=True)
    assert "1286 hoặc 1,286" in str(asked.value)
    assert read_number("1.286.500", in_file=True) == 1286500
    assert read_number("1.286,5", in_file=True) == Decimal("1286.5")
    assert read_number("1286", in_file=True) == 1286


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), LARGEST + 1, -LARGEST - 1, Decimal("0.00001")])
def test_what_cannot_be_kept_exactly_is_refused(value: Decimal):
    with pytest.raises(Unreadable):
        check_number(value, str(value))


@pytest.mark.parametrize("value", [LARGEST, -LARGEST, Decimal("0.0001"), Decimal("1E+3"), Decimal("2.50000")])
def test_what_can_be_kept_exactly_passes(value: Decimal):
    assert check_number(value, str(value)) == value


EXACT = st.integers(-(10**17), 10**17).map(lambda whole: Decimal(whole) / 10_000)


@given(EXACT)
def test_what_we_write_into_a_box_is_read_as_it_was(value: Decimal):
    assert read_number(typed(value)) == value


def test_three_decimals_are_written_into_a_box_so_that_they_have_one_reading():
    assert (said(Decimal("12.345")), typed(Decimal("12.345"))) == ("12,345", "12,3450")
    assert (typed(Decimal("0.345")), typed(Decimal("12.34")), typed(Decimal(-1))) == ("0,345", "12,34", "-1")


@given(EXACT)
def test_a_written_number_in_a_cell_is_read_as_it_was_or_asked_about(value: Decimal):
    """Nothing is ever read as another number."""
    try:
        assert read_number(said(value), in_file=True) == value
    except Unreadable:
        grouped = value == value.to_integral_value() and 1000 <= abs(value) < 1_000_000
        assert grouped or said(value) != typed(value)


@given(st.text("0123456789.,- \u00a0−", max_size=12))
def test_any_mix_of_figures_and_signs_is_read_one_way_or_asked_about(text: str):
    try:
        value = read_number(text)
    except Unreadable:
        return
    if value is None:
        assert text.strip(" \u00a0") == ""
    else:
        plain = "".join(sign for sign in text if sign.isdigit())
        kept = f"{abs(value):f}".replace(".", "")
        assert kept.strip("0") == plain.strip("0")


@pytest.mark.parametrize(
    ("value", "words"), [("2.5000", "2,5"), ("1E+3", "1.000"), ("-0.5", "-0,5"), ("0.00", "0"), ("1286.50", "1.286,5")]
)
def test_a_kept_number_is_said_without_idle_zeros(value: str, words: str):
    assert said(Decimal(value)) == words
