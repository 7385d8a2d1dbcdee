"""The rule of a criterion reads as its paper would say it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.criteria_trees import group, hundred_and_seven, late_days, leaf, six_steps, step, thousand
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, ScoreFunction
from tracker.domain.criteria_text import rule, settings, totals


def test_bands_by_share_of_the_target_are_told_from_the_best_down():
    assert rule(six_steps()) == (
        "Tối đa 2 điểm; theo % so với chỉ tiêu; 100% trở lên → 2; từ 95% đến dưới 100% → 1,75; từ 80% đến dưới 95% → "
        "1,5; từ 70% đến dưới 80% → 1; từ 60% đến dưới 70% → 0,5; dưới 60% → 0."
    )


def test_days_late_are_told_in_days():
    assert rule(late_days()) == (
        "Tối đa 2 điểm; gửi đúng hạn được điểm tối đa; chậm 1 đến 2 ngày → 1,5; chậm 3 đến 5 ngày → 1; chậm 6 đến 10 "
        "ngày → 0,5; chậm từ 11 ngày → 0."
    )


def test_bands_by_value_carry_no_percent_sign_and_say_that_less_is_better():
    node = replace(
        six_steps(), band_basis=BandBasis.VALUE, direction=Direction.LESS,
        bands=(step(None, "5", "2"), step("5", None, "0")),
    )  # fmt: skip
    assert rule(node) == "Tối đa 2 điểm; theo kết quả (càng ít càng tốt); dưới 5 → 2; 5 trở lên → 0."


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (leaf("1", "15"), "Tối đa 15 điểm; chấm theo mức độ đạt được, từ 0 đến điểm tối đa."),
        (leaf("1", "15", ScoreFunction.YES_NO), "Tối đa 15 điểm; đạt được điểm tối đa, không đạt 0 điểm."),
        (leaf("1", "10", ScoreFunction.PROPORTIONAL, direction=Direction.LESS),
         "Tối đa 10 điểm; điểm tối đa nhân với chỉ tiêu chia kết quả (càng ít càng tốt); không quá điểm tối đa; kết "
         "quả 0 được điểm tối đa."),
        (leaf("1", "10", ScoreFunction.UNCAPPED, direction=Direction.LESS),
         "Tối đa 10 điểm; điểm tối đa nhân với chỉ tiêu chia kết quả (càng ít càng tốt); không quá điểm tối đa; kết "
         "quả 0 được điểm tối đa."),
        (leaf("1", "10", ScoreFunction.UNCAPPED, direction=Direction.MORE),
         "Tối đa 10 điểm; điểm tối đa nhân với kết quả chia chỉ tiêu; được vượt điểm tối đa."),
        (leaf("1", "10", ScoreFunction.BEST_SHARE, direction=Direction.MORE),
         "Tối đa 10 điểm; điểm tối đa nhân với kết quả của đơn vị chia kết quả tốt nhất trong khối."),
        (leaf("1", "10", ScoreFunction.DEDUCTION, points_each=Decimal("0.5")),
         "Tối đa 10 điểm; mỗi lần trừ 0,5 điểm; thấp nhất 0 điểm."),
        (leaf("1", "10", ScoreFunction.PER_OCCURRENCE, points_each=Decimal(2), limit_points=Decimal(6)),
         "Tối đa 10 điểm; mỗi lần được 2 điểm; cộng lại không quá 6 điểm."),
        (leaf("1", None, ScoreFunction.BONUS, part=CriterionPart.BONUS, points_each=Decimal(5)),
         "Mỗi lần thưởng 5 điểm ngoài điểm tối đa."),
        (leaf("1", None, ScoreFunction.PENALTY, part=CriterionPart.PENALTY, points_each=Decimal(1),
              limit_points=Decimal(3)), "Mỗi lần trừ 1 điểm vào tổng điểm; cộng lại không quá 3 điểm."),
        (leaf("1", "5", part=CriterionPart.BONUS),
         "Điểm thưởng nhiều nhất 5; chấm theo mức độ đạt được, từ 0 đến điểm tối đa."),
        (group("I", "10", leaf("1", "10")), ""),
    ],
)  # fmt: skip
def test_every_rule_is_told_in_words(node, words: str):
    assert rule(node) == words


def test_every_function_has_words_of_its_own():
    told = {rule(leaf("1", "10", function, points_each=Decimal(1))) for function in ScoreFunction}
    assert len(told) == len(ScoreFunction)


def test_totals_name_what_can_be_reached():
    assert totals(thousand()) == "Các tiêu chí cộng lại 1.000 điểm."
    assert totals(hundred_and_seven()) == (
        "Các tiêu chí cộng lại 97 điểm; điểm thưởng nhiều nhất 10; cao nhất có thể đạt 107; điểm trừ không giới hạn."
    )
    assert settings(thousand()) == "Xếp hạng theo tổng điểm; điểm có 2 chữ số lẻ, làm tròn nửa lên."
