"""What holds of any bloc: 25 examples each time, 500 in the long run. Seed: --hypothesis-seed (printed on failure)."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from tests.domain.scoring.blocs import (
    ALONE,
    BY_TARGET,
    COMPARED,
    COUNTED,
    LESS,
    MORE,
    UNCAPPED,
    UNITS,
    WHOLE,
    Kept,
    blocs,
    figures,
    holds,
    leaf,
    lines_of,
    only,
    roundings,
    targets,
)
from tests.domain.scoring.test_leaves import LATE_BANDS
from tracker.domain.criteria import CriterionPart, RankBasis, Rounding, ScoreFunction
from tracker.domain.criteria_tree import CriteriaTree
from tracker.domain.ranking import rank
from tracker.domain.scoring.exact import rounded
from tracker.domain.scoring.results import LeafPoints, ReportedLine
from tracker.domain.scoring.table import ScoreTable, score

PROPERTIES: Kept = {}
CAPPED = (*COMPARED, *BY_TARGET)
ONE = only(*COMPARED, *BY_TARGET, UNCAPPED)


def found(table: ScoreTable, line: ReportedLine) -> LeafPoints:
    return table.points[line.unit, line.criterion]


def of(tree: CriteriaTree, lines: list[ReportedLine]) -> ScoreTable:
    return score(tree, UNITS, lines)


@holds(PROPERTIES, lines=blocs, random=st.randoms(use_true_random=False))
def the_order_of_rows_does_not_matter(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert score(WHOLE, UNITS[::-1], shuffled) == of(WHOLE, lines)


@holds(PROPERTIES, lines=blocs)
def a_blank_is_no_points_and_adds_nothing(lines):
    blank = [replace(line, actual=None, count=None, typed=None, days_late=None) for line in lines]
    table = of(WHOLE, blank)
    assert all(each.points is None for each in table.points.values())
    for unit in UNITS:
        own = [each for each in table.points.values() if each.unit == unit and each.part is CriterionPart.MAIN]
        assert (table.totals[unit].total, table.totals[unit].blank) == (0, sum(each.assigned for each in own))


@holds(PROPERTIES, lines=lines_of(ONE), target=st.integers(1, 9).map(D))
def zero_is_a_result(lines, target):
    table = of(ONE, [replace(line, target=target, actual=D(0), assigned=True) for line in lines])
    assert all(each.points is not None for each in table.points.values())


@holds(PROPERTIES, lines=blocs)
def what_is_not_assigned_counts_on_neither_side(lines):
    table = of(WHOLE, lines)
    for unit in UNITS:
        own = [found(table, line) for line in lines if line.unit == unit and line.assigned]
        assert table.totals[unit].maximum == sum(each.maximum for each in own if each.part is CriterionPart.MAIN)
    left = [line for line in lines if not line.assigned]
    other = of(WHOLE, [*(line for line in lines if line.assigned), *(replace(x, actual=D(99)) for x in left)])
    assert other.totals == table.totals


@holds(PROPERTIES, lines=lines_of(only(*CAPPED)))
def points_lie_between_nothing_and_the_maximum(lines):
    table = of(only(*CAPPED), lines)
    assert all(each.points is None or 0 <= each.points <= each.maximum for each in table.points.values())


@holds(PROPERTIES, lines=lines_of(only(*COUNTED)))
def floors_and_limits_hold(lines):
    for line in lines:
        each = found(of(only(*COUNTED), lines), line)
        least, most = (D(-4) if line.criterion == "floored" else D(0)), (D(5) if line.criterion == "limited" else D(10))
        assert each.points is None or least <= each.points <= most


@holds(PROPERTIES, lines=lines_of(only(*COUNTED)), more=st.integers(0, 9))
def each_time_more_moves_points_one_way(lines, more):
    again = of(only(*COUNTED), [replace(x, count=None if x.count is None else x.count + more) for x in lines])
    for line in lines:
        before, after = found(of(only(*COUNTED), lines), line).points, found(again, line).points
        if before is not None and after is not None:
            assert (after <= before) if line.criterion in ("deduction", "floored") else (after >= before)


@holds(PROPERTIES, lines=lines_of(ONE), unit=st.sampled_from(UNITS), step=st.decimals(0, 50, places=2))
def a_better_figure_never_brings_fewer_points(lines, unit, step):
    def better(line: ReportedLine) -> ReportedLine:
        if line.unit != unit or line.actual is None:
            return line
        return replace(line, actual=line.actual - step if line.criterion.endswith("less") else line.actual + step)

    before, after = of(ONE, lines), of(ONE, [better(line) for line in lines])
    for line in (line for line in lines if line.unit == unit):
        was, now = found(before, line).points, found(after, line).points
        assert (was is None) == (now is None)
        assert was is None or now is None or now >= was


@holds(PROPERTIES, lines=lines_of(ONE), step=st.decimals(0, 50, places=2), place=st.integers(0, 26))
def a_better_figure_never_ranks_lower(lines, step, place):
    line = lines[index := place % len(lines)]
    unit = line.unit
    if line.actual is None:
        return
    step = -step if line.criterion.endswith("less") else step
    better = [*lines[:index], replace(line, actual=line.actual + step), *lines[index + 1:]]  # fmt: skip
    places = [
        {each.unit: each.rank for each in rank(list(of(ONE, given).totals.values()), RankBasis.POINTS)}
        for given in (lines, better)
    ]
    assert places[1][unit] <= places[0][unit]


@holds(PROPERTIES, lines=blocs)
def sums_are_those_of_the_leaves(lines):
    table = of(WHOLE, lines)
    for unit, total in table.totals.items():
        sums = {
            part: sum(((found(table, x).points or 0) for x in lines if x.unit == unit and x.assigned
                       and found(table, x).part is part), D(0))
            for part in CriterionPart
        }  # fmt: skip
        assert (total.main, total.bonus, total.penalty) == tuple(sums.values())
        assert total.total == total.main + total.bonus - total.penalty


@holds(PROPERTIES, lines=blocs)
def groups_add_up_to_the_unit(lines):
    for total in of(WHOLE, lines).totals.values():
        assert total.groups["I"] + total.groups["II"] == total.main
        assert total.group_maxima["I"] + total.group_maxima["II"] == total.maximum
        assert total.groups["1"] <= total.groups["I"]


@holds(PROPERTIES, lines=blocs, how=roundings)
def each_leaf_is_rounded_once_from_the_exact_figure(lines, how):
    places, mode = how
    table = of(replace(WHOLE, places=places, rounding=mode), lines)
    for each in table.points.values():
        assert (each.points is None) == (each.trace.unrounded is None)
        assert each.points is None or each.points == rounded(each.trace.unrounded, places, mode)


@holds(PROPERTIES, value=st.fractions(-1000, 1000), how=roundings)
def rounding_goes_to_the_nearest_and_stays_there(value, how):
    places, mode = how
    made = rounded(value, places, mode)
    off, digit = abs(Fraction(made) - value), Fraction(1, 10**places)
    assert off < digit if mode is Rounding.DOWN else off <= digit / 2
    assert rounded(Fraction(made), places, mode) == made == -rounded(-value, places, mode)
    assert mode is not Rounding.DOWN or abs(made) <= abs(value)
    assert mode is not Rounding.HALF_UP or off < digit / 2 or abs(made) > abs(value)


@holds(PROPERTIES, lines=lines_of(only(*COMPARED)), times=st.integers(2, 9))
def shares_do_not_depend_on_the_unit_of_measure(lines, times):
    scaled = [
        replace(x, actual=x.actual and x.actual * times, target=x.target and x.target * times) for x in lines
    ]  # fmt: skip
    assert {key: each.points for key, each in of(only(*COMPARED), scaled).points.items()} == {
        key: each.points for key, each in of(only(*COMPARED), lines).points.items()
    }


@holds(PROPERTIES, lines=lines_of(only(*COMPARED[:2])))
def half_the_maximum_parts_who_met_the_target(lines):
    table = of(only(*COMPARED[:2]), lines)
    for line in lines:
        points = found(table, line).points
        if points is None or not line.target or line.target < 0:
            continue
        better = line.actual < line.target if line.criterion.endswith("less") else line.actual > line.target
        assert points == 5 if line.actual == line.target else points >= 5 if better else points <= 5
    for node in COMPARED[:2]:
        over = [x for x in lines if x.criterion == node.key and x.assigned and (x.target or 0) > 0
                and x.actual is not None and (x.actual < x.target if node.direction is LESS else x.actual > x.target)]
        assert not over or max(found(table, x).points for x in over) == 10  # fmt: skip


@holds(PROPERTIES, lines=lines_of(only(*COMPARED)), gone=st.sampled_from(UNITS))
def who_has_no_figure_moves_nobody(lines, gone):
    blank = [replace(x, actual=None) if x.unit == gone else x for x in lines]
    absent = score(only(*COMPARED), [unit for unit in UNITS if unit != gone], blank)
    table = of(only(*COMPARED), blank)
    assert all(table.points[key] == each for key, each in absent.points.items())


@holds(PROPERTIES, lines=lines_of(only(*ALONE)), unit=st.sampled_from(UNITS))
def what_looks_at_one_unit_does_not_see_the_others(lines, unit):
    alone = score(only(*ALONE), [unit], lines)
    table = of(only(*ALONE), lines)
    assert alone.totals[unit] == table.totals[unit]
    assert all(table.points[key] == each for key, each in alone.points.items())


@holds(PROPERTIES, lines=blocs)
def who_has_not_sent_changes_the_mark_and_no_points(lines):
    early, late = score(WHOLE, UNITS, lines, all_sent=False), of(WHOLE, lines)
    assert {key: each.points for key, each in early.points.items()} == {
        key: each.points for key, each in late.points.items()
    }
    assert not any(each.trace.provisional for each in late.points.values())
    compared = {node.key for node in COMPARED}
    assert all(each.trace.provisional <= (each.criterion in compared) for each in early.points.values())


@holds(PROPERTIES, late=st.integers(0, 30), more=st.integers(0, 30))
def later_never_brings_more(late, more):
    tree = only(leaf("late", ScoreFunction.LATENESS, "2", bands=LATE_BANDS))
    first, then = (
        score(tree, ["a"], [ReportedLine("a", "late", days_late=days)]).points["a", "late"].points
        for days in (late, late + more)
    )
    assert first is not None and then is not None and then <= first


@holds(PROPERTIES, target=targets, actual=figures, direction=st.sampled_from([MORE, LESS]))
def uncapped_is_proportional_up_to_the_maximum(target, actual, direction):
    made = [
        score(only(leaf("k", function, direction=direction)), ["a"], [ReportedLine("a", "k", target, actual)])
        for function in (ScoreFunction.PROPORTIONAL, ScoreFunction.UNCAPPED)
    ]
    capped, free = (table.points["a", "k"].points for table in made)
    assert capped == (None if free is None else min(free, D(10)))


@pytest.mark.parametrize("name", PROPERTIES)
def test_holds(name):
    PROPERTIES[name](25)


@pytest.mark.long
@pytest.mark.parametrize("name", PROPERTIES)
def test_holds_of_five_hundred(name):
    PROPERTIES[name](500)
