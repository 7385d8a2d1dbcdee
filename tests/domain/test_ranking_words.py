"""How a place came about, in words with numbers; what a correction changed."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import pytest

from tracker.domain import ranking_words as words
from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.ranking_changes import changed_points, changed_rules, changed_units
from tracker.domain.ranking_shown import RankingShown, ShownCriterion, ShownPoint, ShownStage, ShownUnit

MAIN, BONUS = CriterionPart.MAIN, CriterionPart.BONUS
CRITERIA = (
    ShownCriterion("g1", "I", "Chuyên môn", 0, False, MAIN, D(60)),
    ShownCriterion("a", "1", "Văn bản", 1, True, MAIN, D(60), parent="g1"),
    ShownCriterion("g2", "II", "Phong trào", 0, False, MAIN, D(40)),
    ShownCriterion("b", "2", "Hội thi", 1, True, MAIN, D(40), parent="g2"),
    ShownCriterion("g3", "III", "Thưởng", 0, False, MAIN, None),
    ShownCriterion("c", "3", "Cờ", 1, True, BONUS, None, parent="g3"),
)


def unit(key: str, rank: int | None, points: str, **more) -> ShownUnit:
    given = {"bonus": D(0), "penalty": D(0), "groups": {}, **more}
    return ShownUnit(
        key=key, name=f"Sở {key}", short_name=key, rank=rank, shared=False, decided_by="", own_total=None,
        bloc_total=None, points=D(points), maximum=D(100), **given,
    )  # fmt: skip


def shown(*units: ShownUnit, points=None) -> RankingShown:
    return RankingShown(
        "Khối", "Tỉnh", Period(2025, PeriodKind.YEAR), "Bảng điểm", RankBasis.SHARE, 2, "Làm tròn nửa lên",
        "Bằng điểm thì đồng hạng.", CRITERIA, units, points or {},
    )  # fmt: skip


def test_a_sum_names_its_groups_bonus_and_penalty():
    one = unit(
        "A", 1, "97.75", bonus=D(2), penalty=D("0.5"), groups={"g1": D(60), "g2": D("36.25"), "g3": D("1.5")}
    )
    said = "60,00 (I) + 36,25 (II) + 2,00 (điểm thưởng) − 0,50 (điểm trừ) = 97,75 điểm."
    assert words.sum_sentence(shown(one), one) == said
    assert words.share_sentence(shown(one), one) == "97,75 ÷ 100,00 điểm tối đa được giao = 97,75%."


def test_a_sum_whose_groups_hold_more_than_the_leaves_is_said_as_one():
    one = unit("A", 1, "90", groups={"g1": D(60), "g2": D(36)})
    assert words.sum_sentence(shown(one), one) == "90,00 (các tiêu chí) = 90,00 điểm."


def test_a_place_says_who_stands_before_with_and_what_decided():
    first, second = unit("A", 1, "95"), unit("B", 2, "90")._replace(shared=True)
    third = unit("C", 2, "90")._replace(shared=True, decided_by="Ít ngày gửi chậm hơn.")
    apart = unit("D", None, "0")._replace(points=None, apart="Rút", apart_reason="Đơn vị xin rút.")
    whole = shown(first, second, third, apart)
    assert words.place_sentence(whole, first) == "Hạng 1 trên 3 đơn vị: không đơn vị nào đứng trên."
    assert words.place_sentence(whole, second) == "Hạng 2 trên 3 đơn vị: 1 đơn vị đứng trên; đồng hạng với Sở C."
    assert words.place_sentence(whole, third) == (
        "Hạng 2 trên 3 đơn vị: 1 đơn vị đứng trên; đồng hạng với Sở B. "
        "Có đơn vị bằng điểm, thứ hạng phân định theo cách xét sau. Ít ngày gửi chậm hơn."
    )
    assert words.place_sentence(whole, apart) == "Không xếp hạng: Rút. Lý do: Đơn vị xin rút."
    assert (words.sum_sentence(whole, apart), words.share_sentence(whole, apart)) == ("", "")


def test_who_shares_with_several_names_all_and_who_has_no_place_yet_says_so():
    alike = [unit(key, 1, "90") for key in "ABC"]
    waiting = unit("D", None, "0")
    assert words.place_sentence(shown(*alike), alike[1]) == (
        "Hạng 1 trên 3 đơn vị: không đơn vị nào đứng trên; đồng hạng với Sở A, Sở C."
    )
    assert words.place_sentence(shown(*alike, waiting), waiting) == "Chưa xếp hạng."


def test_the_basis_of_the_order_is_said_with_the_rounding():
    by_share = shown()
    assert words.basis_sentence(by_share) == "Xếp theo tỷ lệ trên tổng điểm được giao. Làm tròn nửa lên."
    assert words.basis_sentence(replace(by_share, basis=RankBasis.POINTS)) == "Xếp theo tổng điểm. Làm tròn nửa lên."


def test_a_code_is_printed_in_groups_of_eight():
    assert words.grouped("0123456789abcdef0123") == "01234567 89abcdef 0123"
    assert words.grouped("") == ""


def test_a_share_in_per_cent_is_blank_without_one():
    assert [words.share_text(each, 2) for each in (Fraction(77, 80), Fraction(0), None)] == ["96,25%", "0,00%", ""]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        # 97,50 − 96,25 = 1,25; 96,25 − 97,00 = −0,75; 0,9000049 and 0,90 are both printed 90,00.
        ("0.9625", "0.975", "tỷ lệ tăng 1,25 điểm phần trăm"), ("0.97", "0.9625", "tỷ lệ giảm 0,75 điểm phần trăm"),
        ("0.5", "1.07", "tỷ lệ tăng 57,00 điểm phần trăm"), ("0.9000049", "0.9", "tỷ lệ giữ nguyên"),
        # 33,335 is printed 33,34, so the move that a reader sees is 0,01.
        ("0.33334", "0.33335", "tỷ lệ tăng 0,01 điểm phần trăm"),
    ],
)  # fmt: skip
def test_a_change_of_share_is_that_of_the_printed_shares(then, now, expected):
    assert words.share_change(Fraction(then), Fraction(now)) == expected


def test_points_of_different_roundings_keep_their_decimals():
    assert [words.points_text(each) for each in (D("37.5000"), D("37.125"), D(40), None)] == [
        "37,50", "37,125", "40,00", "",
    ]  # fmt: skip


def test_a_correction_names_what_moved_and_nothing_else():
    def point(value: str) -> ShownPoint:
        return ShownPoint(bloc=ShownStage(D(value)))

    before = shown(
        unit("A", 1, "95"), unit("B", 2, "90"), unit("C", 3, "80"),
        points={"A": {"a": point("55")}, "B": {"a": point("50")}},
    )
    later = replace(
        shown(unit("B", 1, "96"), unit("A", 2, "95"), points={"A": {"a": point("55")}, "B": {"a": point("56")}}),
        tie_rule="Khác.",
    )
    moved = changed_units(before, later)
    assert [(each.name, each.before.rank, each.after.rank if each.after else None) for each in moved] == [
        ("Sở B", 2, 1), ("Sở A", 1, 2), ("Sở C", 3, None),
    ]
    lines = changed_points(before, later)
    assert [(each.unit_name, each.criterion.key, each.before.final, each.after.final) for each in lines] == [
        ("Sở B", "a", D(50), D(56)),
    ]
    assert changed_rules(before, later) == [("Khi bằng điểm", "Bằng điểm thì đồng hạng.", "Khác.")]
    assert changed_rules(before, replace(before, set_name="B", basis=RankBasis.POINTS, rounding="Cắt bỏ")) == [
        ("Bộ tiêu chí", "Bảng điểm", "B"), ("Xếp hạng theo", "Theo tỷ lệ điểm được giao", "Theo tổng điểm"),
        ("Làm tròn", "Làm tròn nửa lên", "Cắt bỏ"),
    ]
    assert (changed_units(before, before), changed_points(before, before)) == ([], [])


@pytest.mark.parametrize(
    ("rule", "beside"),
    [
        ("Bằng điểm thì đồng hạng.", "Đồng hạng."),
        ("Khi bằng điểm, xét lần lượt: điểm trừ ít hơn; vẫn bằng thì đồng hạng.",
         "Xét lần lượt: điểm trừ ít hơn; vẫn bằng thì đồng hạng."),
        ("Theo văn bản số 5.", "Theo văn bản số 5."),
    ],
)  # fmt: skip
def test_a_rule_does_not_begin_with_its_label_again(rule, beside):
    assert words.after_label(rule) == beside
