"""From the sums of units to the lines of a ranking, and the tie rule as it is printed; answers worked out by hand."""

from decimal import Decimal as D

import pytest

from tracker.domain.criteria import RankBasis
from tracker.domain.ranking import TieBreaker, TieRule
from tracker.domain.ranking_order import UnitLine, placed, tie_rule
from tracker.domain.ranking_shown import ShownUnit
from tracker.domain.scoring.results import UnitTotal
from tracker.domain.unit_sums import UnitSums

BY_DAYS = TieBreaker(TieRule.FEWER_DAYS_LATE)
BY_GROUP = TieBreaker(TieRule.GROUP_POINTS, "g1")
BY_PENALTY = TieBreaker(TieRule.LESS_PENALTY)
NUMBERS = {"g1": "I", "g2": "II › 1"}


def line(key: str, main: str, late: int | None = None, **more: str) -> UnitLine:
    """A unit with 2 points of bonus and 1 of penalty, so main + 1 in all, of 100 assigned."""
    total = UnitTotal(key, D(main), D(2), D(1), D(100), 3, False, {"g1": D(main)})
    return UnitLine(key, f"Sở {key}", key.lower(), UnitSums(total, D(97), D(96), "Tốt", "Sàn"), late, **more)


def test_a_placed_unit_shows_its_sums_place_and_class():
    assert placed([line("A", "94", 2)], RankBasis.POINTS, [], {}) == (
        ShownUnit(
            key="A", name="Sở A", short_name="a", rank=1, shared=False, decided_by="", own_total=D(97),
            bloc_total=D(96), bonus=D(2), penalty=D(1), points=D(95), maximum=D(100), class_name="Tốt",
            class_note="Sàn", apart="", apart_reason="", days_late=2, blank=3, groups={"g1": D(94)},
        ),
    )  # fmt: skip


def test_a_unit_apart_has_no_place_points_or_class_and_stands_last():
    apart = line("A", "99", apart="Rút", apart_reason="Đơn vị xin rút")
    first, last = placed([apart, line("B", "90")], RankBasis.POINTS, [], {})
    assert (first.key, first.rank, first.points, first.apart, first.days_late) == ("B", 1, D(91), "", None)
    assert last == ShownUnit(
        key="A", name="Sở A", short_name="a", rank=None, shared=False, decided_by="", own_total=D(97),
        bloc_total=D(96), bonus=D(2), penalty=D(1), points=None, maximum=D(100), apart="Rút",
        apart_reason="Đơn vị xin rút", blank=3, groups={"g1": D(99)},
    )  # fmt: skip


def test_lines_stand_in_the_order_of_places_and_ties_as_ruled():
    # A and C have 91 each and were both sent in time; D has 91 too and came a day late; B leads with 96.
    lines = [line("D", "90", 1), line("A", "90"), line("X", "99", apart="Rút"), line("B", "95", 9), line("C", "90", 0)]
    found = placed(lines, RankBasis.POINTS, [BY_DAYS], {})
    said = "Khi bằng điểm, xét lần lượt: ít ngày gửi chậm hơn; vẫn bằng thì đồng hạng."
    assert [(each.key, each.rank, each.shared, each.decided_by) for each in found] == [
        ("B", 1, False, ""), ("A", 2, True, said), ("C", 2, True, said), ("D", 4, False, said), ("X", None, False, ""),
    ]


@pytest.mark.parametrize(
    ("breakers", "expected"),
    [
        ([], "Bằng điểm thì đồng hạng."),
        ([BY_GROUP], "Khi bằng điểm, xét lần lượt: điểm nhóm I cao hơn; vẫn bằng thì đồng hạng."),
        ([BY_GROUP, TieBreaker(TieRule.GROUP_POINTS, "g2"), BY_PENALTY],
         "Khi bằng điểm, xét lần lượt: điểm nhóm I cao hơn, rồi điểm nhóm II › 1 cao hơn, rồi điểm trừ ít hơn; "
         "vẫn bằng thì đồng hạng."),
        ([TieBreaker(TieRule.GROUP_POINTS, "gone")],
         "Khi bằng điểm, xét lần lượt: điểm của nhóm cao hơn; vẫn bằng thì đồng hạng."),
        # A group means something to the rule of groups only.
        ([TieBreaker(TieRule.MORE_BONUS, "g1")],
         "Khi bằng điểm, xét lần lượt: điểm thưởng nhiều hơn; vẫn bằng thì đồng hạng."),
    ],
)  # fmt: skip
def test_the_tie_rule_is_printed_in_its_order(breakers, expected):
    assert tie_rule(breakers, NUMBERS) == expected
