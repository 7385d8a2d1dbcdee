"""A criteria set adds up exactly, its leaves have what their rule needs, and each fault says the way out."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.criteria_trees import group, hundred_and_seven, late_days, leaf, six_steps, step, thousand, tree
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, ScoreFunction
from tracker.domain.criteria_checks import is_complete, parameters, problems
from tracker.domain.criteria_tree import CriterionNode


def stopping(*roots: CriterionNode, total: str = "2") -> list[str]:
    return [problem.sentence for problem in problems(tree(total, *roots)) if problem.stops]


def noticed(*roots: CriterionNode, total: str = "2") -> list[str]:
    return [problem.sentence for problem in problems(tree(total, *roots)) if not problem.stops]


def test_a_table_of_a_thousand_points_on_three_levels_is_complete():
    assert problems(thousand()) == []
    assert thousand().total() == 1000
    assert sum(1 for _ in thousand().leaves()) == 22


def test_bonus_and_penalty_stand_outside_the_total():
    made = hundred_and_seven()
    assert is_complete(made)
    assert made.total() == 97
    assert made.total(CriterionPart.BONUS) == 10
    assert not made.is_limited(CriterionPart.PENALTY)
    assert [problem.sentence for problem in problems(made)] == [
        "Không ghi giới hạn điểm: phần này được tính không hạn chế."
    ]


def test_a_group_that_does_not_add_up_says_both_sums_and_the_difference():
    found = problems(tree("100", group("I", "100", leaf("1", "60"), leaf("2", "30.5"))))
    assert [(each.number, each.sentence, each.stops, each.key, each.column) for each in found] == [(
        "I", "Các dòng bên trong cộng lại được 90,5, điểm tối đa của nhóm là 100: thiếu 9,5.", True, "kI", "maximum",
    )]  # fmt: skip


def test_a_bonus_inside_a_group_is_not_part_of_its_maximum():
    extra = leaf(
        "2", None, ScoreFunction.BONUS, part=CriterionPart.BONUS, points_each=Decimal(1), limit_points=Decimal(3)
    )
    assert stopping(group("I", "2", leaf("1", "2"), extra)) == []
    assert group("I", None, leaf("1", "2"), extra).most == 2


def test_the_top_is_compared_with_the_declared_total():
    assert stopping(leaf("1", "60"), leaf("2", "42.5"), total="100") == [
        "Các mục lớn cộng lại được 102,5, tổng điểm công bố là 100: thừa 2,5."
    ]
    assert [problem.sentence for problem in problems(tree(None, leaf("1", "60")))] == [
        "Chưa ghi tổng điểm công bố; các dòng cộng lại được 60."
    ]


def test_a_group_without_a_maximum_is_as_much_as_its_children():
    assert problems(tree("30", group("I", None, leaf("1", "10"), group("2", None, leaf("2.1", "20"))))) == []


def test_sums_are_exact_where_binary_fractions_are_not():
    assert problems(tree("0.3", leaf("1", "0.1"), leaf("2", "0.2"))) == []


def test_numbers_differ_within_a_group_and_may_return_in_another():
    same = stopping(leaf("1a", "1", title="Sáng kiến"), leaf("1A ", "1", title="Mô hình"))
    assert same == ["Số thứ tự “1A ” dùng cho hai dòng cùng nhóm: “Sáng kiến” và “Mô hình”."]
    assert stopping(group("I", "1", leaf("1", "1")), group("II", "1", leaf("1", "1", key="other"))) == []
    assert stopping(leaf("d", "1"), leaf("đ", "1")) == []
    assert stopping(leaf("", "2", title="Sáng kiến")) == ["“Sáng kiến” chưa có số thứ tự."]


def test_an_empty_set_and_empty_groups_stop():
    assert stopping() == ["Bộ tiêu chí chưa có dòng nào: thêm nhóm hoặc tiêu chí đầu tiên."]
    assert stopping(group("I", "2")) == [
        "Chưa có tiêu chí nào để chấm: mới chỉ có tên nhóm.",
        "Chưa có tiêu chí con: thêm tiêu chí bên trong, hoặc chọn cách chấm cho dòng này.",
    ]


def test_a_leaf_has_no_children():
    node = replace(leaf("1", "2"), children=(leaf("1.1", "2"),))
    assert "Dòng có tiêu chí con thì không tự chấm: bỏ cách chấm, hoặc chuyển các dòng con đi." in stopping(node)


FULL = {
    "direction": Direction.MORE, "band_basis": BandBasis.PERCENT, "points_each": Decimal("0.5"),
    "bands": six_steps().bands, "unit_of_measure": "vụ",
}  # fmt: skip


def sound(function: ScoreFunction) -> CriterionNode:
    if function is ScoreFunction.LATENESS:
        return late_days()
    part = {ScoreFunction.BONUS: CriterionPart.BONUS, ScoreFunction.PENALTY: CriterionPart.PENALTY}.get(
        function, CriterionPart.MAIN
    )
    given = {name: FULL[name] for name in ("unit_of_measure", *parameters(function)) if name in FULL}
    return leaf("1", "2", function, part=part, **given)


@pytest.mark.parametrize("function", list(ScoreFunction))
def test_each_rule_with_all_it_reads_is_sound(function: ScoreFunction):
    node = sound(function)
    others = () if node.part is CriterionPart.MAIN else (leaf("9", "2"),)
    assert [problem.sentence for problem in problems(tree("2", node, *others)) if problem.stops] == []


@pytest.mark.parametrize(
    ("function", "column"),
    [(function, column) for function in ScoreFunction for column in parameters(function)
     if column not in ("floor_points", "limit_points")],
)  # fmt: skip
def test_what_a_rule_needs_and_lacks_stops(function: ScoreFunction, column: str):
    lacking = replace(sound(function), **{column: () if column == "bands" else None})
    found = [each for each in problems(tree("2", lacking, leaf("9", "0"))) if each.stops and each.key == lacking.key]
    assert [each.column for each in found] == [column]


def test_a_maximum_is_needed_but_for_bonus_and_penalty():
    assert stopping(leaf("1", None), leaf("2", "2")) == ["Chưa ghi điểm tối đa."]
    free = leaf("1", None, ScoreFunction.BONUS, part=CriterionPart.BONUS, points_each=Decimal(1))
    assert stopping(free, leaf("2", "2")) == []


def test_bonus_among_the_main_points_stops_and_so_does_a_ladder_among_the_bonus():
    inside = leaf("1", "2", ScoreFunction.BONUS, points_each=Decimal(1))
    assert stopping(inside) == ["“Điểm thưởng” đứng ngoài điểm tối đa: chọn phần “Điểm thưởng” cho dòng này."]
    outside = replace(six_steps("1"), part=CriterionPart.BONUS)
    assert stopping(outside, leaf("2", "2")) == [
        "Phần “Điểm thưởng” chỉ nhận các cách chấm: “Điểm thưởng”, “Chấm tay”, “Đạt hoặc không đạt”."
    ]


def test_a_group_outside_the_maximum_holds_only_its_own_part():
    mixed = group("I", None, leaf("1", "2"), part=CriterionPart.BONUS)
    assert stopping(mixed, leaf("2", "2")) == [
        "Dòng 1 bên trong thuộc phần “Trong điểm tối đa”, còn nhóm này thuộc phần “Điểm thưởng”: hai dòng phải cùng "
        "phần."
    ]


def test_points_beyond_the_maximum_stop():
    high = replace(six_steps(), bands=(step("50", None, "3"), step(None, "50", "0")))
    assert stopping(high) == ["Có bậc cho 3 điểm, hơn điểm tối đa 2."]
    times = leaf("1", "2", ScoreFunction.PER_OCCURRENCE, points_each=Decimal(1), limit_points=Decimal(5))
    assert stopping(times) == ["Giới hạn 5 điểm lớn hơn điểm tối đa 2."]
    taken = leaf("1", "2", ScoreFunction.DEDUCTION, points_each=Decimal(1), floor_points=Decimal(3))
    assert stopping(taken) == ["Điểm thấp nhất 3 lớn hơn điểm tối đa 2."]


def test_what_looks_odd_is_said_and_stops_nothing():
    turned = replace(six_steps(), bands=(step("50", None, "0"), step(None, "50", "2")))
    assert noticed(turned) == ["Có bậc tốt hơn lại được ít điểm hơn: xem lại chiều của tiêu chí và điểm các bậc."]
    low = replace(six_steps(), bands=(step("50", None, "1"), step(None, "50", "0")))
    assert noticed(low) == ["Không bậc nào cho đủ 2 điểm; cao nhất là 1."]
    assert noticed(replace(six_steps(), unit_of_measure=None)) == ["Chưa ghi đơn vị tính."]
    late = replace(late_days(), bands=(step(None, "2", "1.5", True, True), step("2", None, "1", False)))
    assert noticed(late) == ["Gửi đúng hạn (chậm 0 ngày) đang được 1,5 điểm, không phải điểm tối đa."]


def test_fewer_is_better_by_value_and_more_is_better_by_share_of_the_target():
    falling = (step("10", None, "0"), step(None, "10", "2"))
    by_value = replace(six_steps(), direction=Direction.LESS, band_basis=BandBasis.VALUE, bands=falling)
    by_share = replace(six_steps(), direction=Direction.LESS)
    assert noticed(by_value) == []
    assert noticed(by_share) == []


@given(st.recursive(
    st.integers(1, 40_000).map(lambda n: leaf("1", str(Decimal(n) / 100))),
    lambda below: st.lists(below, min_size=1, max_size=4).map(lambda nodes: group("1", "0", *nodes)),
    max_leaves=20,
))  # fmt: skip
def test_any_tree_whose_groups_are_summed_is_complete_and_a_ten_thousandth_more_is_not(drawn: CriterionNode):
    summed = _summed(drawn, "1")
    assert summed.most is not None
    assert is_complete(tree(str(summed.most), summed))
    assert not is_complete(tree(str(summed.most + Decimal("0.0001")), summed))


def _summed(node: CriterionNode, number: str) -> CriterionNode:
    children = tuple(_summed(child, f"{number}.{place}") for place, child in enumerate(node.children, start=1))
    most = node.maximum if node.is_leaf else sum((child.maximum or Decimal(0) for child in children), Decimal(0))
    return replace(node, key=number, number=number, maximum=most, children=children)


def test_uncapped_where_less_is_better_is_noticed_as_what_it_is():
    """decisions/0022: 0 brings the maximum, so nothing short of it may bring more."""
    free = leaf("1", "2", ScoreFunction.UNCAPPED, direction=Direction.MORE, unit_of_measure="hồ sơ")
    assert noticed(free) == []
    turned = replace(free, direction=Direction.LESS)
    assert stopping(turned) == []
    assert noticed(turned) == [
        "Càng ít càng tốt thì kết quả 0 là tốt nhất và được điểm tối đa, nên không kết quả nào vượt điểm tối đa: dòng "
        "này được chấm như “Theo tỷ lệ, không vượt điểm tối đa”."
    ]
