"""Every function with answers worked out by hand (domain.md, section 4)."""

from decimal import Decimal as D
from fractions import Fraction

import pytest

from tracker.domain.criteria import BandBasis, CriterionPart, Direction, Rounding, ScoreFunction
from tracker.domain.criteria_tree import BandStep, CriteriaTree, CriterionNode
from tracker.domain.scoring.exact import rounded
from tracker.domain.scoring.results import ReportedLine
from tracker.domain.scoring.table import score

PERCENT_BANDS = (
    BandStep(D(100), None, D(2)), BandStep(D(95), D(100), D("1.75")), BandStep(D(80), D(95), D("1.5")),
    BandStep(D(70), D(80), D(1)), BandStep(D(60), D(70), D("0.5")), BandStep(None, D(60), D(0)),
)
LATE_BANDS = (
    BandStep(D(1), D(2), D("1.5"), high_closed=True), BandStep(D(3), D(5), D(1), high_closed=True),
    BandStep(D(6), D(10), D("0.5"), high_closed=True), BandStep(D(11), None, D(0)),
)


def leaf(function: ScoreFunction, maximum: str | None = "10", **more) -> CriterionNode:
    part = {ScoreFunction.BONUS: CriterionPart.BONUS, ScoreFunction.PENALTY: CriterionPart.PENALTY}
    return CriterionNode(
        "k", "1", "Tiêu chí", part=part.get(function, CriterionPart.MAIN), function=function,
        maximum=None if maximum is None else D(maximum), **{"direction": Direction.MORE, **more},
    )


def points(node: CriterionNode, **line) -> D | None:
    tree = CriteriaTree("Bộ", 2026, criteria=(node,))
    values = {name: D(value) if isinstance(value, str) else value for name, value in line.items()}
    return score(tree, ["u"], [ReportedLine("u", "k", **values)]).points["u", "k"].points


def bloc(node: CriterionNode, figures: dict[str, tuple[str | None, str | None]]) -> dict[str, D | None]:
    """{unit: (target, actual)} → {unit: points}."""
    tree = CriteriaTree("Bộ", 2026, criteria=(node,))
    lines = [
        ReportedLine(unit, "k", target=None if t is None else D(t), actual=None if a is None else D(a))
        for unit, (t, a) in figures.items()
    ]
    table = score(tree, list(figures), lines)
    return {unit: table.points[unit, "k"].points for unit in figures}


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("100", "2"), ("120", "2"), ("99.99", "1.75"), ("95", "1.75"), ("94.9999", "1.5"), ("80", "1.5"), ("79", "1"),
     ("70", "1"), ("69", "0.5"), ("60", "0.5"), ("59.9999", "0"), ("0", "0")],
)
def test_bands_of_percent_read_each_end_as_it_says(actual, expected):
    node = leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS)
    assert points(node, target="100", actual=actual) == D(expected)


def test_bands_of_percent_compare_exactly_where_no_decimal_can():
    node = leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS)
    assert points(node, target="3", actual="2.85") == D("1.75")
    assert points(node, target="7", actual="6.6499") == D("1.5")


def test_a_band_open_below_and_one_closed_above_meet_without_a_gap():
    bands = (BandStep(D(95), None, D(10), low_closed=False), BandStep(D(75), D(95), D(5), high_closed=True),
             BandStep(None, D(75), D(0)))
    expected = [D(10), D(5), D(5), D(0)]
    node = leaf(ScoreFunction.BANDS, band_basis=BandBasis.VALUE, bands=bands)
    assert [points(node, actual=value) for value in ("95.01", "95", "75", "74.99")] == expected
    # Of a target of 40: 38.004 is 95.01%, 38 is 95%, 30 is 75%, 29.996 is 74.99%.
    node = leaf(ScoreFunction.BANDS, band_basis=BandBasis.PERCENT, bands=bands)
    assert [points(node, target="40", actual=value) for value in ("38.004", "38", "30", "29.996")] == expected


@pytest.mark.parametrize(
    ("late", "expected"),
    [(0, "2"), (1, "1.5"), (2, "1.5"), (3, "1"), (5, "1"), (6, "0.5"), (10, "0.5"), (11, "0"), (40, "0")],
)
def test_lateness_reads_the_published_bands(late, expected):
    assert points(leaf(ScoreFunction.LATENESS, "2", bands=LATE_BANDS), days_late=late) == D(expected)


def test_who_never_sent_has_no_lateness_points():
    assert points(leaf(ScoreFunction.LATENESS, "2", bands=LATE_BANDS)) is None


@pytest.mark.parametrize(
    ("function", "direction", "target", "actual", "expected"),
    [
        (ScoreFunction.PROPORTIONAL, Direction.MORE, "80", "43", "5.38"),
        (ScoreFunction.PROPORTIONAL, Direction.MORE, "80", "100", "10"),
        (ScoreFunction.PROPORTIONAL, Direction.MORE, "80", "0", "0"),
        (ScoreFunction.PROPORTIONAL, Direction.MORE, "0", "5", None),
        (ScoreFunction.PROPORTIONAL, Direction.MORE, None, "5", None),
        (ScoreFunction.PROPORTIONAL, Direction.MORE, "80", None, None),
        (ScoreFunction.PROPORTIONAL, Direction.LESS, "10", "20", "5"),
        (ScoreFunction.PROPORTIONAL, Direction.LESS, "10", "5", "10"),
        (ScoreFunction.PROPORTIONAL, Direction.LESS, "10", "0", "10"),
        (ScoreFunction.UNCAPPED, Direction.MORE, "80", "100", "12.5"),
        (ScoreFunction.UNCAPPED, Direction.LESS, "10", "5", "20"),
        (ScoreFunction.UNCAPPED, Direction.LESS, "10", "0", "10"),
    ],
)
def test_proportional_and_uncapped(function, direction, target, actual, expected):
    found = points(leaf(function, direction=direction), target=target, actual=actual)
    assert found == (None if expected is None else D(expected))


@pytest.mark.parametrize(
    ("function", "more", "line", "expected"),
    [
        (ScoreFunction.MANUAL, {}, {"typed": "7.25"}, "7.25"),
        (ScoreFunction.MANUAL, {}, {}, None),
        (ScoreFunction.YES_NO, {}, {"actual": "1"}, "10"),
        (ScoreFunction.YES_NO, {}, {"actual": "0"}, "0"),
        (ScoreFunction.YES_NO, {}, {}, None),
        (ScoreFunction.DEDUCTION, {"points_each": D("0.5")}, {"count": 3}, "8.5"),
        (ScoreFunction.DEDUCTION, {"points_each": D(4)}, {"count": 3}, "0"),
        (ScoreFunction.DEDUCTION, {"points_each": D(4), "floor_points": D(-5)}, {"count": 3}, "-2"),
        (ScoreFunction.DEDUCTION, {"points_each": D(4)}, {"count": 0}, "10"),
        (ScoreFunction.DEDUCTION, {"points_each": D(4)}, {}, None),
        (ScoreFunction.PER_OCCURRENCE, {"points_each": D(3)}, {"count": 2}, "6"),
        (ScoreFunction.PER_OCCURRENCE, {"points_each": D(3)}, {"count": 4}, "10"),
        (ScoreFunction.PER_OCCURRENCE, {"points_each": D(3), "limit_points": D(5)}, {"count": 2}, "5"),
        (ScoreFunction.BONUS, {"points_each": D(10)}, {"count": 1}, "10"),
        (ScoreFunction.PENALTY, {"points_each": D(2)}, {"count": 2}, "4"),
        (ScoreFunction.BONUS, {}, {"typed": "15"}, "15"),
    ],
)
def test_the_others(function, more, line, expected):
    maximum = None if function in (ScoreFunction.BONUS, ScoreFunction.PENALTY) else "10"
    assert points(leaf(function, maximum, **more), **line) == (None if expected is None else D(expected))


def test_leader_relative_under_at_and_over_the_target():
    node = leaf(ScoreFunction.LEADER_RELATIVE)
    found = bloc(node, {"under": ("100", "80"), "at": ("50", "50"), "over": ("10", "11"), "best": ("10", "14")})
    assert found == {"under": D(4), "at": D(5), "over": D("6.25"), "best": D(10)}


def test_leader_relative_without_targets_alone_equal_and_zero():
    node = leaf(ScoreFunction.LEADER_RELATIVE)
    assert bloc(node, {"a": (None, "3"), "b": ("0", "4")}) == {"a": D("7.5"), "b": D(10)}
    assert bloc(node, {"alone": ("10", "11")}) == {"alone": D(10)}
    assert bloc(node, {"a": ("10", "10"), "b": ("3", "3")}) == {"a": D(5), "b": D(5)}
    assert bloc(node, {"a": ("10", "0"), "b": ("3", "0")}) == {"a": D(0), "b": D(0)}
    assert bloc(node, {"a": (None, "0"), "b": (None, "0")}) == {"a": D(0), "b": D(0)}


def test_leader_relative_turned_round():
    node = leaf(ScoreFunction.LEADER_RELATIVE, direction=Direction.LESS)
    found = bloc(node, {"worse": ("10", "20"), "at": ("10", "10"), "better": ("10", "8"), "best": ("10", "6")})
    assert found == {"worse": D("2.5"), "at": D(5), "better": D("7.5"), "best": D(10)}


def test_leader_relative_alone_equal_and_zero_past_the_target_both_ways():
    more, less = (leaf(ScoreFunction.LEADER_RELATIVE, direction=direction) for direction in Direction)
    # All past it by the same share, 20% and 50%: each is the leader.
    assert bloc(more, {"a": ("10", "12"), "b": ("5", "6")}) == {"a": D(10), "b": D(10)}
    assert bloc(less, {"a": ("10", "5"), "b": ("4", "2")}) == {"a": D(10), "b": D(10)}
    assert bloc(less, {"a": ("10", "10"), "b": ("3", "3")}) == {"a": D(5), "b": D(5)}
    # Alone: past it all, under it half of the share reached (0.5 × 10 × 8 ÷ 10, and 0.5 × 10 × 10 ÷ 16).
    assert [bloc(less, {"alone": ("10", actual)})["alone"] for actual in ("9", "16")] == [D(10), D("3.13")]
    assert bloc(more, {"alone": ("10", "8")}) == {"alone": D(4)}
    # None at all of what should be little is past the target by 100%; without a target it is the best there is.
    assert bloc(less, {"a": ("10", "0"), "b": ("3", "0")}) == {"a": D(10), "b": D(10)}
    assert bloc(less, {"a": (None, "0"), "b": (None, "0")}) == {"a": D(10), "b": D(10)}
    assert bloc(less, {"a": (None, "0"), "b": (None, "5")}) == {"a": D(10), "b": D(0)}


def test_best_share_both_ways_blank_apart_and_nothing_at_all():
    assert bloc(leaf(ScoreFunction.BEST_SHARE), {"a": (None, "3"), "b": (None, "4"), "c": (None, None)}) == {
        "a": D("7.5"), "b": D(10), "c": None,
    }
    assert bloc(leaf(ScoreFunction.BEST_SHARE), {"a": (None, "0"), "b": (None, "0")}) == {"a": D(0), "b": D(0)}
    less = leaf(ScoreFunction.BEST_SHARE, direction=Direction.LESS)
    assert bloc(less, {"a": (None, "4"), "b": (None, "2")}) == {"a": D(5), "b": D(10)}
    assert bloc(less, {"a": (None, "4"), "b": (None, "0")}) == {"a": D(0), "b": D(10)}


def test_rounding_happens_once_and_goes_away_from_zero_at_a_half():
    assert rounded(Fraction(5, 1000), 2, Rounding.HALF_UP) == D("0.01")
    assert rounded(Fraction(-5, 1000), 2, Rounding.HALF_UP) == D("-0.01")
    assert rounded(Fraction(5, 1000), 2, Rounding.HALF_EVEN) == D("0.00")
    assert rounded(Fraction(15, 1000), 2, Rounding.HALF_EVEN) == D("0.02")
    assert rounded(Fraction(2, 3), 2, Rounding.DOWN) == D("0.66")
    assert rounded(Fraction(1, 3), 4, Rounding.HALF_UP) == D("0.3333")


def test_the_trace_puts_the_numbers_into_the_rule():
    tree = CriteriaTree("Bộ", 2026, criteria=(leaf(ScoreFunction.PROPORTIONAL),))
    table = score(tree, ["u"], [ReportedLine("u", "k", target=D(80), actual=D(43))])
    trace = table.points["u", "k"].trace
    assert trace.rule == "10 × 43 ÷ 80 = 5,375. Làm tròn: 5,38."
    assert trace.unrounded == Fraction(43, 8)
