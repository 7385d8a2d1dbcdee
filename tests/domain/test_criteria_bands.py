"""Bands hold every result exactly once, or say where they do not."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.criteria import BandBasis, ScoreFunction
from tracker.domain.criteria_bands import band_faults, days, first_day, last_day, span
from tracker.domain.criteria_tree import BandStep

BANDS, LATENESS = ScoreFunction.BANDS, ScoreFunction.LATENESS


def band(text: str, points: str = "1") -> BandStep:
    """[95;100) as mathematics writes it; a missing number is without end."""
    low, high = (Decimal(end) if end else None for end in text[1:-1].split(";"))
    return BandStep(low, high, Decimal(points), text[0] == "[", text[-1] == "]")


def bands(*texts: str) -> tuple[BandStep, ...]:
    return tuple(band(text) for text in texts)


PERCENT_TABLE = bands("[100;)", "[95;100)", "[80;95)", "[70;80)", "[60;70)", "(;60)")


def test_a_table_of_six_steps_by_percentage_is_without_fault():
    assert band_faults(PERCENT_TABLE, BANDS, BandBasis.PERCENT) == []


@pytest.mark.parametrize("ends", [("(95;)", "[75;95]", "(;75)"), ("[95;)", "[75;95)", "(;75)")])
def test_over_95_beside_75_to_95_is_fine_when_one_of_them_has_the_95(ends: tuple[str, ...]):
    assert band_faults(bands(*ends), BANDS, BandBasis.PERCENT) == []


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        (("(95;)", "[75;95)", "(;75)"), "Kết quả đúng 95% không thuộc bậc nào trong “từ 75% đến dưới 95%” và "
         "“trên 95%”: một bậc phải kể cả đầu này."),
        (("[95;)", "[75;95]", "(;75)"), "Kết quả đúng 95% thuộc cả hai bậc “từ 75% đến 95%” và “95% trở lên”: "
         "chỉ một bậc được kể cả đầu này."),
        (("[96;)", "[75;95]", "(;75)"), "Giữa hai bậc “từ 75% đến 95%” và “96% trở lên” còn khoảng trống từ 95% "
         "đến 96%."),
        (("[90;)", "[75;95]", "(;75)"), "Hai bậc “từ 75% đến 95%” và “90% trở lên” chồng lên nhau: mỗi kết quả chỉ "
         "được thuộc một bậc."),
        (("[100;100]", "(;100)"), "Chưa có bậc cho kết quả trên 100%: để trống ô “Đến” của bậc cao nhất."),
        (("[60;)", "[0;60)"), "Chưa có bậc cho kết quả dưới 0%: để trống ô “Từ” của bậc thấp nhất."),
        (("(;60)", "(60;60)", "[60;)"), "Bậc “60% đến 60%” không chứa kết quả nào: xem lại hai đầu của bậc."),
    ],
)  # fmt: skip
def test_a_gap_an_overlap_and_a_missing_end_are_named(ends: tuple[str, ...], sentence: str):
    assert band_faults(bands(*ends), BANDS, BandBasis.PERCENT) == [sentence]


def test_days_late_are_whole_so_that_two_and_three_meet():
    table = bands("[1;2]", "[3;5]", "[6;10]", "(10;)")
    assert band_faults(table, LATENESS) == []
    assert [days(each) for each in table] == ["1 đến 2 ngày", "3 đến 5 ngày", "6 đến 10 ngày", "từ 11 ngày"]
    assert band_faults(table, BANDS) != []


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        (("[2;5]", "[6;)"), "Chưa có bậc cho 1 ngày gửi chậm."),
        (("[1;2]", "[5;)"), "Chưa có bậc cho 3 đến 4 ngày gửi chậm."),
        (("[1;3]", "[3;)"), "Chậm 3 ngày thuộc hai bậc: mỗi số ngày chỉ được thuộc một bậc."),
        (("[1;2]", "[3;10]"), "Chưa có bậc cho hơn 10 ngày gửi chậm: để trống ô “Đến” của bậc cuối."),
    ],
)
def test_gaps_of_days_are_named_by_their_days(ends: tuple[str, ...], sentence: str):
    assert band_faults(bands(*ends), LATENESS) == [sentence]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[95;100)", "từ 95% đến dưới 100%"), ("(75;95]", "trên 75% đến 95%"), ("(95;)", "trên 95%"),
        ("[100;)", "100% trở lên"), ("(;60)", "dưới 60%"), ("(;60]", "60% trở xuống"), ("[100;100]", "đúng 100%"),
        ("(;)", "mọi kết quả"), ("[0.5;1.25)", "từ 0,5% đến dưới 1,25%"),
    ],
)  # fmt: skip
def test_the_ends_of_a_band_are_said_in_words(text: str, words: str):
    assert span(band(text), "%") == words


ENDS = st.one_of(st.none(), st.integers(-4, 4).map(Decimal))
STEPS = st.lists(
    st.builds(BandStep, low=ENDS, high=ENDS, points=st.just(Decimal(1)), low_closed=st.booleans(),
              high_closed=st.booleans()), min_size=1, max_size=6,
)  # fmt: skip


def _cut(points: list[int], closed: list[bool]) -> list[BandStep]:
    """A line cut at `points`; the cut itself belongs to the right band where `closed`."""
    ends = [None, *(Decimal(point) for point in points), None]
    return [
        BandStep(low, high, Decimal(1), bool(place and closed[place - 1]),
                 bool(place < len(points) and not closed[place]))
        for place, (low, high) in enumerate(itertools.pairwise(ends))
    ]  # fmt: skip


@st.composite
def near_partitions(draw: st.DrawFn) -> list[BandStep]:
    """A sound table, mostly left as it is or spoilt in one place, in any order."""
    points = sorted(draw(st.sets(st.integers(-4, 4), max_size=5)))
    table = _cut(points, draw(st.lists(st.booleans(), min_size=len(points), max_size=len(points))))
    place = draw(st.integers(0, len(table) - 1))
    way = draw(st.sampled_from(["none", "drop", "double", "flip low", "flip high"]))
    if way == "drop" and len(table) > 1:
        del table[place]
    elif way == "double":
        table.append(table[place])
    elif way.startswith("flip"):
        old = table[place]
        table[place] = BandStep(
            old.low, old.high, old.points, old.low_closed ^ (way == "flip low"), old.high_closed ^ (way == "flip high")
        )
    return draw(st.permutations(table))


#: Between −5 and 5 in halves: every end, a point on each side of it, and beyond all ends.
PROBES = [Decimal(half) / 2 for half in range(-11, 12)]


@settings(max_examples=1500, deadline=None)
@given(st.one_of(STEPS, near_partitions()))
def test_no_fault_is_found_exactly_when_every_number_falls_into_one_band(table: list[BandStep]):
    once = all(sum(step.holds(value) for step in table) == 1 for value in PROBES)
    empty = any(not any(step.holds(value) for value in PROBES) for step in table)
    assert (band_faults(table, BANDS) == []) == (once and not empty)


@settings(max_examples=1500, deadline=None)
@given(st.one_of(STEPS, near_partitions()))
def test_no_fault_is_found_exactly_when_every_day_late_falls_into_one_band(table: list[BandStep]):
    late = range(1, 8)
    once = all(sum(step.holds(Decimal(day)) for step in table) == 1 for day in late)
    empty = any(not any(step.holds(Decimal(day)) for day in range(8)) for step in table)
    doubled = sum(step.holds(Decimal(0)) for step in table) > 1
    assert (band_faults(table, LATENESS) == []) == (once and not empty and not doubled)


@settings(deadline=None)
@given(STEPS)
def test_the_days_of_a_band_are_those_it_holds(table: list[BandStep]):
    for step in table:
        held = [day for day in range(12) if step.holds(Decimal(day))]
        last = last_day(step)
        reckoned = [day for day in range(12) if day >= first_day(step) and (last is None or day <= last)]
        assert held == reckoned
