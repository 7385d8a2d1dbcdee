"""Sums up the tree, what is not assigned, ranking and classes."""

from decimal import Decimal as D

from tracker.domain.criteria import CriterionPart, Direction, RankBasis, ScoreFunction
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.ranking import ClassRow, TieBreaker, TieRule, classify, rank
from tracker.domain.scoring.results import LeafPoints, ReportedLine, Trace, UnitTotal
from tracker.domain.scoring.table import score


def node(key: str, function=ScoreFunction.MANUAL, maximum="10", part=CriterionPart.MAIN) -> CriterionNode:
    return CriterionNode(
        key, key, key, function=function, maximum=None if maximum is None else D(maximum), part=part,
        direction=Direction.MORE,
    )


def group(key: str, *children: CriterionNode) -> CriterionNode:
    return CriterionNode(key, key, key, children=children)


TREE = CriteriaTree(
    "Bộ", 2026,
    criteria=(
        group("I", node("a", maximum="60"), node("b", maximum="40")),
        node("bonus", ScoreFunction.BONUS, None, CriterionPart.BONUS),
        node("penalty", ScoreFunction.PENALTY, None, CriterionPart.PENALTY),
    ),
)


def typed(unit: str, **points: str | None) -> list[ReportedLine]:
    return [ReportedLine(unit, key, typed=None if value is None else D(value)) for key, value in points.items()]


def test_ninety_seven_and_ten_make_a_hundred_and_seven():
    table = score(TREE, ["u"], typed("u", a="58", b="39", bonus="10"))
    total = table.totals["u"]
    assert (total.main, total.bonus, total.total, total.maximum) == (D(97), D(10), D(107), D(100))
    assert total.share == D("1.07")
    assert total.groups == {"I": D(97)}


def test_what_is_not_assigned_leaves_points_and_maximum():
    lines = [*typed("u", a="30", penalty="2"), ReportedLine("u", "b", typed=D(40), assigned=False)]
    total = score(TREE, ["u"], lines).totals["u"]
    assert (total.main, total.maximum, total.total, total.blank) == (D(30), D(60), D(28), 0)
    assert total.group_maxima == {"I": D(60)}


def test_blank_is_counted_and_is_not_zero():
    table = score(TREE, ["u"], typed("u", a="0"))
    assert table.totals["u"].blank == 1
    assert (table.points["u", "a"].said, table.points["u", "b"].said) == ("0,00", "chưa có số liệu")


def total_of(unit: str, points: str, maximum: str = "100", penalty: str = "0", **groups: str) -> UnitTotal:
    return UnitTotal(
        unit, D(points) + D(penalty), D(0), D(penalty), D(maximum), 0, False, {k: D(v) for k, v in groups.items()}
    )


def places(found) -> dict[str, int]:
    return {each.unit: each.rank for each in found}


def test_equal_totals_share_the_place_and_the_next_is_left_out():
    found = rank([total_of("a", "9"), total_of("b", "10"), total_of("c", "9"), total_of("d", "8")], RankBasis.POINTS)
    assert places(found) == {"b": 1, "a": 2, "c": 2, "d": 4}
    assert [each.unit for each in found if each.shared] == ["a", "c"]


def test_tie_breakers_decide_in_their_order_and_say_so():
    totals = [total_of("a", "9", I="4"), total_of("b", "9", I="5"), total_of("c", "9", I="5")]
    by_group, by_days = TieBreaker(TieRule.GROUP_POINTS, "I"), TieBreaker(TieRule.FEWER_DAYS_LATE)
    found = rank(totals, RankBasis.POINTS, [by_group, by_days], {"b": 2, "c": 1})
    assert places(found) == {"c": 1, "b": 2, "a": 3}
    assert {each.unit: each.decided_by for each in found} == {"c": by_days, "b": by_days, "a": by_group}


def test_points_and_share_rank_differently_when_not_all_is_assigned():
    totals = [total_of("whole", "90"), total_of("part", "57", "60")]
    assert places(rank(totals, RankBasis.POINTS)) == {"whole": 1, "part": 2}
    assert places(rank(totals, RankBasis.SHARE)) == {"part": 1, "whole": 2}


def test_shares_are_compared_exactly():
    totals = [total_of("a", "33.33", "99.99"), total_of("b", "33.34", "100.01")]
    assert places(rank(totals, RankBasis.SHARE)) == {"b": 1, "a": 2}


def test_shares_are_compared_past_what_a_float_holds():
    # 99999999999999.0001 and …0002 of 100.5: eighteen digits, where a float has about sixteen.
    totals = [total_of(unit, f"99999999999999.000{last}", "100.5") for unit, last in (("a", 1), ("b", 2), ("c", 2))]
    assert places(rank(totals, RankBasis.SHARE)) == {"b": 1, "c": 1, "a": 3}


ROWS = [
    ClassRow("Xuất sắc", D(90), D("0.85")),
    ClassRow("Tốt", D(80), D("0.8")),
    ClassRow("Hoàn thành", D(70), D("0.7")),
    ClassRow("Không hoàn thành", D(0)),
]


def leaves(*points: str) -> list[LeafPoints]:
    return [LeafPoints("u", str(i), D(p), D(50), CriterionPart.MAIN, True, Trace("")) for i, p in enumerate(points)]


def test_a_class_needs_its_floor_in_every_criterion():
    assert classify(total_of("u", "93"), leaves("50", "43"), RankBasis.POINTS, ROWS).name == "Xuất sắc"
    assert classify(total_of("u", "92"), leaves("50", "42"), RankBasis.POINTS, ROWS).name == "Tốt"
    assert classify(total_of("u", "69"), leaves("35", "34"), RankBasis.POINTS, ROWS).name == "Không hoàn thành"
    assert classify(total_of("u", "-1"), leaves("0", "0"), RankBasis.POINTS, ROWS) is None


def test_a_class_may_ask_a_floor_of_a_group():
    rows = [ClassRow("Tốt", D(80), group_floors={"I": D("0.8")}), ClassRow("Khá", D(0))]
    low = UnitTotal("u", D(90), D(0), D(0), D(100), 0, False, {"I": D(39)}, {"I": D(50)})
    high = UnitTotal("u", D(90), D(0), D(0), D(100), 0, False, {"I": D(40)}, {"I": D(50)})
    assert [classify(each, [], RankBasis.POINTS, rows).name for each in (low, high)] == ["Khá", "Tốt"]
