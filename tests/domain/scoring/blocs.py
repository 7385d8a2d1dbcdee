"""Random blocs for properties: sets with every function, and lines of units, some blank, some not assigned."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.scoring.test_leaves import LATE_BANDS, PERCENT_BANDS
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, Rounding, ScoreFunction
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.scoring.results import ReportedLine, UnitTotal

UNITS = ("a", "b", "c")
MORE, LESS = Direction.MORE, Direction.LESS
F = ScoreFunction
figures = st.decimals(min_value=-20, max_value=200, places=2)
results = st.one_of(st.none(), st.integers(0, 12).map(D), figures)
targets = st.one_of(st.none(), st.integers(0, 10).map(D), figures)
points = st.decimals(min_value=0, max_value=30, places=2)

#: By the name of a property: runs its examples, so many as asked.
Kept = dict[str, Callable[[int], None]]


def holds(kept: Kept, **strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Keep a body that asserts, as a property to be run with few examples each time and with 500 in the long run."""

    def keep(body: Callable[..., None]) -> Callable[..., None]:
        def run(examples: int) -> None:
            settings(max_examples=examples, deadline=None, database=None)(given(**strategies)(body))()
            print(f"{body.__name__}: {examples} examples")

        kept[body.__name__] = run
        return body

    return keep


def leaf(key: str, function: ScoreFunction, maximum: str | None = "10", **more: Any) -> CriterionNode:
    part = {F.BONUS: CriterionPart.BONUS, F.PENALTY: CriterionPart.PENALTY}.get(function, CriterionPart.MAIN)
    most = None if maximum is None else D(maximum)
    return CriterionNode(key, key, key, part=part, function=function, maximum=most, **{"direction": MORE, **more})


def group(key: str, *children: CriterionNode) -> CriterionNode:
    return CriterionNode(key, key, key, children=children)


COMPARED = tuple(
    leaf(f"{function.value}-{direction.value}", function, direction=direction)
    for function in (F.LEADER_RELATIVE, F.BEST_SHARE) for direction in Direction
)  # fmt: skip
BY_TARGET = (
    leaf("proportional-more", F.PROPORTIONAL, "7"), leaf("proportional-less", F.PROPORTIONAL, "7", direction=LESS),
    leaf("bands-more", F.BANDS, "2", band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS),
    leaf("bands-less", F.BANDS, "2", band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS, direction=LESS),
)  # fmt: skip
UNCAPPED = leaf("uncapped", F.UNCAPPED)
COUNTED = (
    leaf("deduction", F.DEDUCTION, points_each=D("1.25")), leaf("times", F.PER_OCCURRENCE, points_each=D("1.75")),
    leaf("floored", F.DEDUCTION, points_each=D(3), floor_points=D(-4)),
    leaf("limited", F.PER_OCCURRENCE, points_each=D(2), limit_points=D(5)),
)  # fmt: skip
OUTSIDE = (
    leaf("bonus", F.BONUS, None, points_each=D(5)), leaf("typed bonus", F.BONUS, None, limit_points=D(15)),
    leaf("penalty", F.PENALTY, None, points_each=D(2)),
)  # fmt: skip
ALONE = (*BY_TARGET, UNCAPPED, *COUNTED, leaf("late", F.LATENESS, "2", bands=LATE_BANDS), leaf("yes", F.YES_NO, "3"),
         leaf("typed", F.MANUAL, "30"))  # fmt: skip
WHOLE = CriteriaTree("Bộ", 2026, criteria=(
    group("I", group("1", *COMPARED, *BY_TARGET), UNCAPPED), group("II", *COUNTED, OUTSIDE[0], *ALONE[-3:]),
    *OUTSIDE[1:],
))  # fmt: skip


def only(*leaves: CriterionNode, **more: Any) -> CriteriaTree:
    return CriteriaTree("Bộ", 2026, criteria=leaves, **more)


@st.composite
def lines_of(draw: st.DrawFn, tree: CriteriaTree, units: tuple[str, ...] = UNITS) -> list[ReportedLine]:
    """A line for each unit and leaf, with what its function reads drawn, one in eight not assigned."""
    made = []
    for unit in units:
        late = draw(st.one_of(st.none(), st.integers(0, 14)))
        for placed in tree.leaves():
            line = ReportedLine(unit, placed.node.key, days_late=late, assigned=draw(st.integers(0, 7)) > 0)
            if placed.node.function in (*F.measured(), F.YES_NO):
                line = replace(line, target=draw(targets), actual=draw(results))
            elif placed.node.function in F.per_time():
                line = replace(line, count=draw(st.one_of(st.none(), st.integers(0, 12))))
            if placed.node.function in (F.MANUAL, F.BONUS):
                line = replace(line, typed=draw(st.one_of(st.none(), points)))
            made.append(line)
    return made


blocs = lines_of(WHOLE)
roundings = st.tuples(st.integers(0, 4), st.sampled_from(Rounding))


@st.composite
def totals_of(draw: st.DrawFn) -> list[UnitTotal]:
    """Totals of up to seven units that often lie equal, whole or in part."""
    few = st.integers(0, 3).map(D)
    return [
        UnitTotal(
            f"u{place}", draw(few), draw(few), draw(few), draw(st.sampled_from([D(0), D(3), D(6), D(6)])), 0, False,
            {"I": draw(few), "II": draw(few)},
        )
        for place in range(draw(st.integers(1, 7)))
    ]  # fmt: skip
