"""One property for every way of scoring and both directions, and hand-made answers at its edges (decisions/0022)."""

from decimal import Decimal as D

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.domain.scoring.test_leaves import LATE_BANDS, PERCENT_BANDS, bloc, leaf, points
from tracker.domain.criteria import BandBasis, Direction, ScoreFunction
from tracker.domain.criteria_tree import BandStep, CriterionNode

MORE, LESS = Direction.MORE, Direction.LESS
FALLING = (BandStep(None, D(5), D(2), high_closed=True), BandStep(D(5), D(20), D(1), low_closed=False),
           BandStep(D(20), None, D(0)))  # fmt: skip
MEASURED = {
    f"{function.value} {direction.value}": leaf(function, direction=direction)
    for function in (
        ScoreFunction.PROPORTIONAL, ScoreFunction.UNCAPPED, ScoreFunction.LEADER_RELATIVE, ScoreFunction.BEST_SHARE,
    )
    for direction in (MORE, LESS)
} | {
    f"bands by per cent {direction.value}": leaf(
        ScoreFunction.BANDS, "2", direction=direction, band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS
    )
    for direction in (MORE, LESS)
} | {
    "bands by value more": leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.VALUE, bands=PERCENT_BANDS),
    "bands by value less": leaf(
        ScoreFunction.BANDS, "2", direction=LESS, band_basis=BandBasis.VALUE, bands=FALLING
    ),
}  # fmt: skip

figures = st.decimals(0, 300, places=1) | st.sampled_from([D(0), D("0.1"), D(5), D(10), D(20)])
targets = st.sampled_from([None, D(0), D("0.1"), D(5), D(10), D(100)])
others = st.lists(st.tuples(targets, st.none() | figures), max_size=3)


def test_every_measured_function_is_asked_both_ways():
    asked = {(node.function, node.direction) for node in MEASURED.values()}
    assert asked == {(function, direction) for function in ScoreFunction.measured() for direction in (MORE, LESS)}


@pytest.mark.parametrize("way", MEASURED)
def test_a_better_figure_never_brings_fewer_points(way):
    node = MEASURED[way]

    @settings(max_examples=150, deadline=None, database=None)
    @given(target=targets, one=figures, two=figures, rest=others)
    @example(target=D(10), one=D(0), two=D(5), rest=[])
    @example(target=D(10), one=D(0), two=D("0.1"), rest=[(None, D(0)), (D(10), D(5))])
    def holds(target, one, two, rest):
        worse, better = sorted([one, two], reverse=node.direction is LESS)
        was, now = (_among(node, target, figure, rest) for figure in (worse, better))
        assert (was is None) == (now is None)
        assert was is None or was <= now, f"{worse} brings {was}, {better} brings {now}"

    holds()


def _among(node: CriterionNode, target: D | None, figure: D, rest: list[tuple[D | None, D | None]]) -> D | None:
    """The points of one unit with this figure beside the others with theirs."""
    lines = {f"o{place}": (_said(to), _said(got)) for place, (to, got) in enumerate(rest)}
    return bloc(node, {"u": (_said(target), str(figure)), **lines})["u"]


def _said(value: D | None) -> str | None:
    return None if value is None else str(value)


@pytest.mark.parametrize(
    ("node", "line", "expected"),
    [
        (leaf(ScoreFunction.UNCAPPED, direction=LESS), {"target": "10", "actual": "0"}, "10"),
        (leaf(ScoreFunction.UNCAPPED, direction=LESS), {"target": "10", "actual": "0.5"}, "10"),
        (leaf(ScoreFunction.UNCAPPED, direction=LESS), {"target": "10", "actual": "10"}, "10"),
        (leaf(ScoreFunction.UNCAPPED, direction=LESS), {"target": "10", "actual": "16"}, "6.25"),
        (leaf(ScoreFunction.UNCAPPED, direction=LESS), {"target": "0", "actual": "0"}, None),
        (leaf(ScoreFunction.PER_OCCURRENCE, points_each=D(2), limit_points=D(0)), {"count": 3}, "0"),
        (leaf(ScoreFunction.PER_OCCURRENCE, points_each=D(2)), {"count": 0}, "0"),
        (leaf(ScoreFunction.PER_OCCURRENCE, points_each=D(2)), {}, None),
        (leaf(ScoreFunction.BONUS, None, points_each=D(10), limit_points=D(0)), {"count": 1}, "0"),
        (leaf(ScoreFunction.PENALTY, None, points_each=D("0.5"), limit_points=D(2)), {"count": 9}, "2"),
        (leaf(ScoreFunction.LATENESS, "2", bands=LATE_BANDS), {}, None),
        (leaf(ScoreFunction.LATENESS, "2", bands=LATE_BANDS), {"days_late": 0}, "2"),
        (leaf(ScoreFunction.BANDS, "2", direction=LESS, band_basis=BandBasis.VALUE, bands=FALLING),
         {"actual": "5"}, "2"),
        (leaf(ScoreFunction.BANDS, "2", direction=LESS, band_basis=BandBasis.VALUE, bands=FALLING),
         {"actual": "5.0001"}, "1"),
        (leaf(ScoreFunction.BANDS, "2", direction=LESS, band_basis=BandBasis.VALUE, bands=FALLING),
         {"actual": "20"}, "0"),
    ],
)  # fmt: skip
def test_at_the_edges(node, line, expected):
    assert points(node, **line) == (None if expected is None else D(expected))


def test_the_best_of_what_should_be_little_is_none_at_all():
    """Best 0 where less is better: who has none gets the maximum and everybody else nothing, as the rule divides."""
    node = leaf(ScoreFunction.BEST_SHARE, direction=LESS)
    assert bloc(node, {"a": (None, "0"), "b": (None, "1"), "c": (None, "0"), "d": (None, None)}) == {
        "a": D(10), "b": D(0), "c": D(10), "d": None,
    }  # fmt: skip
