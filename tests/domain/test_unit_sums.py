"""What a unit's stored points add up to: stages, what was not assigned, what may still move, classes and floors."""

from decimal import Decimal as D

import pytest

from tracker.domain.criteria import CriterionPart, RankBasis, ScoreFunction
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.ranking import ClassRow
from tracker.domain.scores import ScoreStage
from tracker.domain.unit_sums import LineStages, UnitSums, sums

SELF, BLOC, SECOND, COUNCIL = ScoreStage
NUMBERS = {"I": "I", "1": "I › 1", "2": "I › 2", "t": "II", "p": "III"}
CLASSES = [ClassRow("Xuất sắc", D(90), D("0.85")), ClassRow("Tốt", D(80), None, {"I": D("0.8")})]


def leaf(key: str, most: str | None, part: CriterionPart = CriterionPart.MAIN) -> CriterionNode:
    maximum = None if most is None else D(most)
    return CriterionNode(key, key, key, part=part, function=ScoreFunction.MANUAL, maximum=maximum)


TREE = CriteriaTree(
    "Bảng điểm", 2026,
    criteria=(
        CriterionNode("I", "I", "Nhóm I", children=(leaf("1", "60"), leaf("2", "40"))),
        leaf("t", "10", CriterionPart.BONUS),
        leaf("p", None, CriterionPart.PENALTY),
    ),
)  # fmt: skip


def line(*points: tuple[ScoreStage, str | None], assigned: bool = True, provisional: bool = False) -> LineStages:
    return LineStages(assigned, {stage: None if each is None else D(each) for stage, each in points}, provisional)


def added(classes: list[ClassRow] | None = None, **lines: LineStages) -> UnitSums:
    own = {key.removeprefix("k"): each for key, each in lines.items()}
    return sums(TREE, "u", own, CLASSES if classes is None else classes, NUMBERS)


def test_each_stage_has_its_own_total_and_the_last_one_counts():
    found = added(
        k1=line((SELF, "58"), (BLOC, "55"), (SECOND, "57"), (COUNCIL, "56")),
        k2=line((SELF, "40"), (BLOC, "38"), (SECOND, "39")),
        t=line((SELF, "5"), (BLOC, "4")),
        p=line((SELF, "0"), (BLOC, "1.5")),
    )
    # 56 + 39 = 95 of 100; + 4 − 1,5 = 97,5. Own 58 + 40 + 5 − 0 = 103. Bloc 55 + 38 + 4 − 1,5 = 95,5.
    assert (found.total.main, found.total.maximum) == (D(95), D(100))
    assert (found.total.bonus, found.total.penalty, found.total.total) == (D(4), D("1.5"), D("97.5"))
    assert (found.own_total, found.bloc_total) == (D(103), D("95.5"))
    assert found.total.groups == {"I": D(95)}
    assert (found.total.blank, found.total.provisional) == (0, False)
    assert (found.class_name, found.class_note) == ("Xuất sắc", "")


def test_what_is_not_assigned_is_in_no_sum_whatever_stands_there():
    found = added(k1=line((SELF, "58"), (BLOC, "57")), k2=line((SELF, "40"), (BLOC, "40"), assigned=False))
    assert (found.total.total, found.total.maximum, found.total.blank) == (D(57), D(60), 0)
    assert (found.own_total, found.bloc_total) == (D(58), D(57))


def test_a_leaf_without_a_line_is_as_not_assigned():
    found = added(k1=line((BLOC, "57")))
    assert (found.total.maximum, found.total.blank, found.own_total) == (D(60), 0, None)


def test_a_leaf_without_a_maximum_adds_points_and_no_maximum():
    tree = CriteriaTree("Bảng điểm", 2026, criteria=(leaf("1", "60"), leaf("2", None)))
    found = sums(tree, "u", {"1": LineStages(True, {BLOC: D(50)}), "2": LineStages(True, {BLOC: D(7)})}, [], NUMBERS)
    assert (found.total.total, found.total.maximum, found.total.provisional) == (D(57), D(60), False)


def test_points_of_the_unit_alone_count_for_nothing_yet():
    found = added(k1=line((SELF, "58")), k2=line((SELF, None)))
    assert (found.total.total, found.total.blank) == (D(0), 2)
    assert (found.own_total, found.bloc_total) == (D(58), None)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ({"k1": line(), "k2": line()}, (None, None)),
        ({"k1": line((SELF, None), (BLOC, None)), "k2": line()}, (None, None)),
        ({"k1": line((SELF, "0")), "k2": line()}, (D(0), None)),
        ({"k1": line((SELF, "9"), (BLOC, "9"), assigned=False), "k2": line()}, (None, None)),
    ],
    ids=["nothing", "blank rows", "nil is a figure", "not assigned"],
)
def test_a_stage_without_any_points_has_no_total(lines, expected):
    found = added(**lines)
    assert (found.own_total, found.bloc_total) == expected


def test_a_line_whose_own_points_may_move_makes_the_sums_provisional():
    assert added(k1=line((BLOC, "57"), provisional=True), k2=line((BLOC, "39"))).total.provisional is True
    assert added(k1=line((BLOC, "57"), provisional=True, assigned=False)).total.provisional is False


def test_who_misses_a_floor_falls_to_the_next_class_and_reads_which():
    # 93 points of 100: 60 + 33, and 33 of 40 is 82,5%, under the floor of 85%.
    found = added(k1=line((BLOC, "60")), k2=line((BLOC, "33")))
    assert found.class_name == "Tốt"
    assert found.class_note == "Không đạt “Xuất sắc”: tiêu chí I › 2 dưới sàn 85%"


def test_who_misses_the_floor_of_the_last_class_has_none_and_reads_which():
    rows = [ClassRow("Hoàn thành", D(70), None, {"I": D("0.8")})]
    found = added(rows, k1=line((BLOC, "50")), k2=line((BLOC, "25")))
    assert (found.class_name, found.class_note) == ("", "Không đạt “Hoàn thành”: nhóm I dưới sàn 80%")
    none = added(rows, k1=line((BLOC, "40")), k2=line((BLOC, "25")))
    assert (none.class_name, none.class_note) == ("", "")


def test_by_share_a_class_asks_for_the_share_of_what_was_assigned():
    by_share = CriteriaTree("Bảng điểm", 2026, rank_by=RankBasis.SHARE, criteria=TREE.criteria)
    lines = {"1": line((BLOC, "54")), "2": line((BLOC, "40"), assigned=False)}
    found = sums(by_share, "u", lines, [ClassRow("Tốt", D("0.9"))], NUMBERS)
    assert found.class_name == "Tốt"
