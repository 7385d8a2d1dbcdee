"""Places, tie-breakers, classes and floors, each with hand-made answers."""

from decimal import Decimal as D

import pytest

from tests.domain.scoring.test_table import TREE, node, places, total_of
from tracker.domain.criteria import CriterionPart, RankBasis, ScoreFunction
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.ranking import ClassRow, TieBreaker, TieRule, classify, floor_missed, rank
from tracker.domain.scoring.results import LeafPoints, ReportedLine, Trace, UnitTotal
from tracker.domain.scoring.table import score

BY_GROUP = TieBreaker(TieRule.GROUP_POINTS, "I")
BY_DAYS = TieBreaker(TieRule.FEWER_DAYS_LATE)
BY_PENALTY = TieBreaker(TieRule.LESS_PENALTY)
BY_BONUS = TieBreaker(TieRule.MORE_BONUS)


def whole(unit: str, main: str, bonus: str = "0", penalty: str = "0", maximum: str = "100") -> UnitTotal:
    return UnitTotal(unit, D(main), D(bonus), D(penalty), D(maximum), 0, False)


def test_total_is_leaves_and_bonus_less_penalty():
    total = whole("a", "97", "10", "3")
    assert (total.total, total.share) == (D(104), D("1.04"))
    assert whole("a", "0", maximum="0").share is None


@pytest.mark.parametrize(
    ("breaker", "best"),
    [(BY_PENALTY, "clean"), (BY_BONUS, "more"), (BY_DAYS, "in time")],
)
def test_each_tie_breaker_prefers_what_it_says(breaker, best):
    totals = [whole("clean", "90"), whole("more", "88", "12", "10"), whole("in time", "91", "0", "1")]
    found = rank(totals, RankBasis.POINTS, [breaker], {"clean": 2, "more": 3})
    assert (found[0].unit, found[0].rank, found[0].shared, found[0].decided_by) == (best, 1, False, breaker)


def test_the_rules_for_ties_are_kept_by_these_codes_and_read_in_these_words():
    assert TieRule.choices() == [
        ("group_points", "Điểm của nhóm cao hơn"), ("fewer_days_late", "Ít ngày gửi chậm hơn"),
        ("less_penalty", "Điểm trừ ít hơn"), ("more_bonus", "Điểm thưởng nhiều hơn"),
    ]


def test_who_has_no_points_of_the_group_has_none_to_break_a_tie_with():
    totals = [total_of("without", "9"), total_of("with", "9", I="0.5")]
    assert places(rank(totals, RankBasis.POINTS, [BY_GROUP])) == {"with": 1, "without": 2}


def test_without_days_late_nobody_is_late():
    assert [each.rank for each in rank([total_of("a", "9"), total_of("b", "9")], RankBasis.POINTS, [BY_DAYS])] == [1, 1]


def test_what_needed_no_tie_breaker_names_none():
    found = rank([total_of("a", "9"), total_of("b", "8"), total_of("c", "8")], RankBasis.POINTS, [BY_DAYS])
    assert [(each.unit, each.rank, each.shared, each.decided_by) for each in found] == [
        ("a", 1, False, None), ("b", 2, True, None), ("c", 2, True, None),
    ]


def test_who_shares_a_place_is_parted_from_the_next_by_the_same_rule():
    totals = [total_of(unit, "9", I=points) for unit, points in (("a", "5"), ("b", "5"), ("c", "5"), ("d", "4"))]
    found = rank([*totals, total_of("e", "8", I="9")], RankBasis.POINTS, [BY_GROUP, BY_DAYS])
    assert [(each.unit, each.rank, each.decided_by) for each in found] == [
        ("a", 1, BY_GROUP), ("b", 1, BY_GROUP), ("c", 1, BY_GROUP), ("d", 4, BY_GROUP), ("e", 5, None),
    ]


def test_the_rule_that_parts_from_above_is_the_one_that_is_named():
    totals = [total_of("a", "9", I="5"), total_of("b", "9", I="4"), total_of("c", "9", I="4")]
    found = rank(totals, RankBasis.POINTS, [BY_GROUP, BY_DAYS], {"c": 1})
    assert {each.unit: each.decided_by for each in found} == {"a": BY_GROUP, "b": BY_GROUP, "c": BY_DAYS}


def test_nothing_else_decides_than_what_is_given():
    totals = [total_of(letter, "9") for letter in "dbca"]
    assert {each.rank for each in rank(totals, RankBasis.POINTS)} == {1}
    assert [each.unit for each in rank(totals, RankBasis.POINTS)] == list("dbca")


def test_who_has_nothing_assigned_comes_last_by_share_even_after_a_great_penalty():
    totals = [whole("nothing", "0", maximum="0"), whole("fined", "0", "0", "250"), whole("good", "90")]
    assert places(rank(totals, RankBasis.SHARE)) == {"good": 1, "fined": 2, "nothing": 3}
    assert places(rank(totals, RankBasis.POINTS)) == {"good": 1, "nothing": 2, "fined": 3}


def test_units_with_nothing_assigned_share_the_last_place():
    totals = [whole("a", "0", maximum="0"), whole("b", "0", maximum="0"), whole("c", "0")]
    assert places(rank(totals, RankBasis.SHARE)) == {"c": 1, "a": 2, "b": 2}


def test_a_bloc_of_nobody_and_of_one():
    assert rank([], RankBasis.POINTS) == []
    assert [(each.rank, each.shared) for each in rank([total_of("a", "0")], RankBasis.SHARE)] == [(1, False)]


def test_in_a_list_without_groups_a_row_at_the_top_breaks_ties():
    flat = CriteriaTree("Bộ", 2026, criteria=(
        node("I", maximum="60"), node("II", maximum="40"), node("b", ScoreFunction.BONUS, None, CriterionPart.BONUS),
    ))
    lines = [
        ReportedLine(unit, key, typed=D(points))
        for unit, own in (("a", (50, 30, 1)), ("b", (55, 25, 1)))
        for key, points in zip(("I", "II", "b"), own, strict=True)
    ]
    totals = score(flat, ["a", "b"], lines).totals
    assert (totals["a"].groups, totals["a"].group_maxima) == ({"I": D(50), "II": D(30)}, {"I": D(60), "II": D(40)})
    assert places(rank(list(totals.values()), RankBasis.POINTS, [BY_GROUP])) == {"b": 1, "a": 2}


def test_groups_add_up_through_all_depths_without_bonus_and_what_is_not_assigned():
    inner = CriteriaTree("Bộ", 2026, criteria=(
        CriterionNode("I", "I", "I", children=(
            CriterionNode("1", "1", "1", children=(node("1a", maximum="6"), node("1b", maximum="4"))),
            node("2", maximum="5"), node("3", ScoreFunction.BONUS, None, CriterionPart.BONUS),
        )),
    ))
    lines = [
        ReportedLine("u", "1a", typed=D(3)), ReportedLine("u", "1b", typed=D(2), assigned=False),
        ReportedLine("u", "2", typed=D(4)), ReportedLine("u", "3", typed=D(7)),
    ]
    total = score(inner, ["u"], lines).totals["u"]
    assert total.groups == {"1": D(3), "I": D(7)}
    assert total.group_maxima == {"1": D(6), "I": D(11)}
    assert (total.main, total.bonus, total.maximum, total.total) == (D(7), D(7), D(11), D(14))


def judged(*points: str | None, maximum: str = "50", part=CriterionPart.MAIN, assigned=True) -> list[LeafPoints]:
    return [
        LeafPoints("u", f"k{place}", None if each is None else D(each), D(maximum), part, assigned, Trace(""))
        for place, each in enumerate(points, 1)
    ]


EXCELLENT = ClassRow("Xuất sắc", D(90), D("0.85"))
GOOD = ClassRow("Tốt", D(80), D("0.8"))


@pytest.mark.parametrize(
    ("total", "leaves", "expected"),
    [
        ("93", judged("50", "43"), "Xuất sắc"), ("93", judged("50.5", "42.5"), "Xuất sắc"),
        # 72 + 21 = 93, and 21 of 25 is 84%: under 85, over 80.
        ("93", judged("72", maximum="75") + judged("21", maximum="25"), "Tốt"),
        ("93", judged("50.01", "42.49"), "Tốt"), ("90", judged("45", "45"), "Xuất sắc"),
        ("89.99", judged("45", "44.99"), "Tốt"), ("93", judged("50", None), None),
        ("93", judged("50", maximum="50") + judged("0", maximum="0"), "Xuất sắc"),
        ("93", judged("50") + judged("0", part=CriterionPart.BONUS), "Xuất sắc"),
        ("93", judged("50") + judged(None, assigned=False), "Xuất sắc"),
        ("79.99", judged("50"), None),
    ],
)
def test_classes_have_lower_bounds_and_floors_that_hold_to_the_last_digit(total, leaves, expected):
    found = classify(total_of("u", total), leaves, RankBasis.POINTS, [EXCELLENT, GOOD])
    assert (found.name if found else None) == expected


def test_classes_by_share_read_the_share():
    rows = [ClassRow("A", D("0.9")), ClassRow("B", D(0))]
    shares = [whole("u", "54", maximum="60"), whole("u", "53.99", maximum="60"), whole("u", "0", maximum="0")]
    found = [classify(each, [], RankBasis.SHARE, rows) for each in shares]
    assert [row.name if row else None for row in found] == ["A", "B", None]


def test_nothing_assigned_meets_no_lower_bound_by_share_not_even_one_below_zero():
    assert classify(whole("u", "0", maximum="0"), [], RankBasis.SHARE, [ClassRow("A", D(-2))]) is None


def grouped(got: str, maximum: str) -> UnitTotal:
    return UnitTotal("u", D(90), D(0), D(0), D(100), 0, False, {"I": D(got)}, {"I": D(maximum)})


@pytest.mark.parametrize(
    ("total", "met"), [(grouped("40", "50"), True), (grouped("39.99", "50"), False), (grouped("0", "0"), True)]
)
def test_a_floor_of_a_group_holds_of_what_was_assigned_in_it(total, met):
    row = ClassRow("Tốt", D(80), group_floors={"I": D("0.8")})
    assert (classify(total, [], RankBasis.POINTS, [row]) is row) is met
    assert (floor_missed(total, [], row, {"I": "I"}) == "") is met


def test_a_floor_counts_what_is_blank_as_nothing_and_asks_nothing_of_a_group_that_is_not_there():
    # Of 1 point at most: blank is 0 of 1, under 0.85. Of group I at most 1: nothing got is 0 of 1, under 0.8.
    assert classify(total_of("u", "93"), judged(None, maximum="1"), RankBasis.POINTS, [EXCELLENT]) is None
    row = ClassRow("Tốt", D(80), group_floors={"I": D("0.8")})
    nothing_got = UnitTotal("u", D(90), D(0), D(0), D(100), 0, False, {}, {"I": D(1)})
    assert classify(nothing_got, [], RankBasis.POINTS, [row]) is None
    assert classify(total_of("u", "90"), [], RankBasis.POINTS, [row]) is row


def test_the_floors_that_were_missed_are_named():
    row = ClassRow("Xuất sắc", D(90), D("0.85"), {"I": D("0.875")})
    leaves = [*judged("42.5", "42.49", None), *judged("0", maximum="0"), *judged("1", part=CriterionPart.BONUS),
              *judged("1", assigned=False)]
    numbers = {"k2": "I › 2", "k3": "I › 3", "I": "I"}
    assert floor_missed(grouped("40", "50"), leaves, row, numbers) == (
        "tiêu chí I › 2 dưới sàn 85%; tiêu chí I › 3 dưới sàn 85%; nhóm I dưới sàn 87,5%"
    )
    assert floor_missed(grouped("50", "50"), judged("50"), row, numbers) == ""
    assert floor_missed(grouped("0", "50"), judged("0"), ClassRow("Tốt", D(0)), numbers) == ""


def test_the_tree_of_a_hundred_ranks_a_hundred_and_seven_first():
    lines = [ReportedLine("flag", "a", typed=D(58)), ReportedLine("flag", "b", typed=D(39)),
             ReportedLine("flag", "bonus", typed=D(10)), ReportedLine("full", "a", typed=D(60)),
             ReportedLine("full", "b", typed=D(40))]
    totals = score(TREE, ["full", "flag"], lines).totals
    assert [(each.unit, totals[each.unit].total) for each in rank(list(totals.values()), RankBasis.POINTS)] == [
        ("flag", D(107)), ("full", D(100)),
    ]
