"""Rows of the explanation: what a group adds up to."""

from dataclasses import replace
from decimal import Decimal as D

from tests.exports.rankings import shown_of
from tracker.domain.criteria import CriterionPart
from tracker.domain.ranking_shown import ShownCriterion, ShownPoint, ShownStage
from tracker.exports.ranking_rows import explained_rows

ROWS = (
    ShownCriterion("I", "I", "Nhiệm vụ", 0, False, CriterionPart.MAIN, D(20)),
    ShownCriterion("a", "1", "Một", 1, True, CriterionPart.MAIN, D(10), parent="I"),
    ShownCriterion("b", "2", "Hai", 1, True, CriterionPart.BONUS, None, parent="I"),
    ShownCriterion("II", "II", "Thưởng, trừ", 0, False, CriterionPart.MAIN, None),
    ShownCriterion("c", "3", "Cờ thi đua", 1, True, CriterionPart.BONUS, D(10), parent="II"),
    ShownCriterion("d", "4", "Kỷ luật", 1, True, CriterionPart.PENALTY, None, parent="II"),
    ShownCriterion("III", "III", "Chưa chấm", 0, False, CriterionPart.MAIN, D(5)),
    ShownCriterion("e", "5", "Năm", 1, True, CriterionPart.MAIN, D(5), parent="III"),
)


def given(own: str, final: str) -> ShownPoint:
    return ShownPoint(own=ShownStage(D(own)), bloc=ShownStage(D(final)))


def test_a_group_adds_up_what_counts_in_the_maximum_or_else_bonus_less_penalty():
    shown = shown_of(7, units=2, leaves=4)
    unit = shown.units[0]
    points = {"a": given("9", "8"), "b": given("2", "2"), "c": given("5", "5"), "d": given("3", "3")}
    rows = explained_rows(replace(shown, criteria=ROWS, points={unit.key: points}), unit)
    sums = {row.criterion.key: (row.own, row.final) for row in rows if row.is_group}
    assert sums == {"I": (D(9), D(8)), "II": (D(2), D(2)), "III": (None, None)}
    assert [row.title for row in rows if not row.is_group] == [
        "Một", "Hai (điểm thưởng)", "Cờ thi đua (điểm thưởng)", "Kỷ luật (điểm trừ)", "Năm",
    ]  # fmt: skip
