"""What holds of any order: 25 examples each time, 500 in the long run. Seed: --hypothesis-seed (printed on failure)."""

from decimal import Decimal as D

import pytest
from hypothesis import strategies as st

from tests.domain.scoring.blocs import Kept, holds, totals_of
from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.ranking import ClassRow, TieBreaker, TieRule, classify, rank
from tracker.domain.scoring.results import LeafPoints, Trace, UnitTotal

PROPERTIES: Kept = {}
BREAKERS = [TieBreaker(TieRule.GROUP_POINTS, "I"), TieBreaker(TieRule.LESS_PENALTY), TieBreaker(TieRule.MORE_BONUS)]


@holds(PROPERTIES, totals=totals_of(), more=st.integers(1, 3), basis=st.sampled_from(RankBasis))
def more_points_never_rank_lower(totals, more, basis):
    raised = [totals[0]._replace(main=totals[0].main + more), *totals[1:]]
    was, now = (
        next(each.rank for each in rank(given, basis, BREAKERS) if each.unit == totals[0].unit)
        for given in (totals, raised)
    )
    assert now <= was


@holds(PROPERTIES, totals=totals_of(), basis=st.sampled_from(RankBasis), breakers=st.permutations(BREAKERS))
def a_rank_list_is_a_permutation_with_ties_as_ruled(totals, basis, breakers):
    def key(each: UnitTotal) -> tuple:
        values = {
            TieRule.GROUP_POINTS: each.groups["I"], TieRule.LESS_PENALTY: -each.penalty, TieRule.MORE_BONUS: each.bonus,
        }  # fmt: skip
        first = each.total if basis is RankBasis.POINTS else float("-inf") if each.share is None else each.share
        return (first, *(values[breaker.rule] for breaker in breakers))

    keys = {each.unit: key(each) for each in totals}
    made = rank(totals, basis, breakers)
    assert sorted(each.unit for each in made) == sorted(keys)
    assert [each.rank for each in made] == sorted(each.rank for each in made)
    for each in made:
        own = keys[each.unit]
        assert each.rank == 1 + sum(other > own for other in keys.values())
        assert each.shared == (sum(other == own for other in keys.values()) > 1)
        assert (each.decided_by is not None) == any(x[0] == own[0] and x != own for x in keys.values())


@holds(PROPERTIES, totals=totals_of(), basis=st.sampled_from(RankBasis), random=st.randoms(use_true_random=False))
def places_do_not_depend_on_the_order_given(totals, basis, random):
    shuffled = list(totals)
    random.shuffle(shuffled)
    assert set(rank(shuffled, basis, BREAKERS)) == set(rank(totals, basis, BREAKERS))


@holds(PROPERTIES, totals=totals_of(), basis=st.sampled_from(RankBasis))
def tie_breakers_move_only_equal_totals(totals, basis):
    plain = {each.unit: each.rank for each in rank(totals, basis)}
    for each in rank(totals, basis, BREAKERS):
        equal = sum(other == plain[each.unit] for other in plain.values())
        assert plain[each.unit] <= each.rank < plain[each.unit] + equal


@holds(PROPERTIES, totals=totals_of())
def points_and_share_agree_where_all_is_assigned_to_all(totals):
    alike = [each._replace(maximum=D(7)) for each in totals]
    assert rank(alike, RankBasis.SHARE, BREAKERS) == rank(alike, RankBasis.POINTS, BREAKERS)


@holds(PROPERTIES, points=st.lists(st.integers(0, 50), max_size=4), lower=st.integers(0, 100), more=st.integers(0, 40))
def a_higher_total_never_falls_to_a_lower_class(points, lower, more):
    rows = [ClassRow("A", D(80), D("0.8")), ClassRow("B", D(50), D("0.5")), ClassRow("C", D(20))]
    leaves = [LeafPoints("u", str(i), D(p), D(50), CriterionPart.MAIN, True, Trace("")) for i, p in enumerate(points)]
    order = [*rows, None]
    low, high = (
        order.index(classify(UnitTotal("u", D(total), D(0), D(0), D(100), 0, False), leaves, RankBasis.POINTS, rows))
        for total in (lower, lower + more)
    )
    assert high <= low


@pytest.mark.parametrize("name", PROPERTIES)
def test_holds(name):
    PROPERTIES[name](25)


@pytest.mark.long
@pytest.mark.parametrize("name", PROPERTIES)
def test_holds_of_five_hundred(name):
    PROPERTIES[name](500)
