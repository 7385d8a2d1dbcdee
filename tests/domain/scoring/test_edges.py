"""Figures at the edges: below 0, targets that are none, nothing left of what should be little, far too large."""

from decimal import Decimal as D
from fractions import Fraction

import pytest

from tests.domain.scoring.test_leaves import PERCENT_BANDS, bloc, leaf, points
from tracker.domain.criteria import BandBasis, Direction, Rounding, ScoreFunction
from tracker.domain.criteria_tree import BandStep, CriteriaTree
from tracker.domain.scoring.exact import rounded, written
from tracker.domain.scoring.leaf import NO_FIGURE, NO_TARGET
from tracker.domain.scoring.results import ReportedLine
from tracker.domain.scoring.table import TOO_LARGE, score

LESS = {"direction": Direction.LESS}


def rule(node, **line) -> str:
    """The trace of a unit alone."""
    values = {name: D(value) if isinstance(value, str) else value for name, value in line.items()}
    table = score(CriteriaTree("Bộ", 2026, criteria=(node,)), ["u"], [ReportedLine("u", "k", **values)])
    return table.points["u", "k"].trace.rule


def rules(node, figures: dict[str, tuple[str | None, str | None]], **more) -> dict[str, str]:
    lines = [
        ReportedLine(unit, "k", target=None if t is None else D(t), actual=None if a is None else D(a))
        for unit, (t, a) in figures.items()
    ]
    table = score(CriteriaTree("Bộ", 2026, criteria=(node,)), list(figures), lines, **more)
    return {unit: table.points[unit, "k"].trace.rule for unit in figures}


@pytest.mark.parametrize(
    ("function", "target", "actual", "more", "less"),
    [
        (ScoreFunction.PROPORTIONAL, "10", "-3", "0", "10"),
        (ScoreFunction.UNCAPPED, "10", "-3", "0", "10"),
        (ScoreFunction.PROPORTIONAL, "-10", "-30", None, None),
        (ScoreFunction.UNCAPPED, "-10", "5", None, None),
        (ScoreFunction.PROPORTIONAL, "10", "10", "10", "10"),
        (ScoreFunction.UNCAPPED, "10", "10", "10", "10"),
        (ScoreFunction.PROPORTIONAL, "10", "10.01", "10", "9.99"),
    ],
)
def test_a_share_needs_a_target_over_zero_and_never_turns_round(function, target, actual, more, less):
    for direction, expected in ((Direction.MORE, more), (Direction.LESS, less)):
        found = points(leaf(function, direction=direction), target=target, actual=actual)
        assert found == (None if expected is None else D(expected))


def test_less_below_zero_is_the_best_there_is_and_divides_by_nothing():
    node = leaf(ScoreFunction.BEST_SHARE, **LESS)
    assert bloc(node, {"a": (None, "-2"), "b": (None, "0"), "c": (None, "3")}) == {"a": D(10), "b": D(10), "c": D(0)}
    assert bloc(node, {"a": (None, "0"), "b": (None, "0")}) == {"a": D(10), "b": D(10)}
    assert bloc(node, {"alone": (None, "7")}) == {"alone": D(10)}


def test_more_below_zero_brings_nothing():
    node = leaf(ScoreFunction.BEST_SHARE)
    assert bloc(node, {"a": (None, "-2"), "b": (None, "4")}) == {"a": D(0), "b": D(10)}
    assert bloc(node, {"a": (None, "-2"), "b": (None, "-4")}) == {"a": D(0), "b": D(0)}


def test_leader_relative_below_zero_and_with_targets_that_are_none():
    node = leaf(ScoreFunction.LEADER_RELATIVE)
    assert bloc(node, {"a": ("10", "-5"), "b": ("10", "20")}) == {"a": D(0), "b": D(10)}
    assert bloc(node, {"a": ("-10", "-30"), "b": ("-10", "4")}) == {"a": D(0), "b": D(10)}
    found = bloc(node, {"with": ("10", "15"), "without": (None, "2"), "zero": ("0", "1"), "blank": ("10", None)})
    assert found == {"with": D(10), "without": D(10), "zero": D(5), "blank": None}


def test_leader_relative_less_at_zero_alone_and_without_targets():
    node = leaf(ScoreFunction.LEADER_RELATIVE, **LESS)
    assert bloc(node, {"a": ("10", "0"), "b": ("10", "5")}) == {"a": D(10), "b": D("7.5")}
    assert bloc(node, {"a": ("10", "5"), "b": ("20", "15")}) == {"a": D(10), "b": D("7.5")}
    assert bloc(node, {"alone": ("4", "4")}) == {"alone": D(5)}
    assert bloc(node, {"a": (None, "2"), "b": (None, "8")}) == {"a": D(10), "b": D("2.5")}


def test_bands_of_percent_where_less_is_better():
    node = leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS, **LESS)
    assert points(node, target="10", actual="10") == D(2)
    assert points(node, target="95", actual="100") == D("1.75")
    assert points(node, target="10", actual="20") == D(0)


def test_nothing_left_falls_into_the_band_without_end():
    bands = (BandStep(D(150), None, D(3)), BandStep(D(100), D(150), D(2)), BandStep(None, D(100), D(0)))
    node = leaf(ScoreFunction.BANDS, "3", band_basis=BandBasis.PERCENT, bands=bands, **LESS)
    assert [points(node, target="10", actual=value) for value in ("0", "-1", "5", "8", "11")] == [
        D(3), D(3), D(3), D(2), D(0),
    ]
    by_value = leaf(ScoreFunction.BANDS, "3", band_basis=BandBasis.VALUE, **LESS, bands=(
        BandStep(None, D(1), D(3)), BandStep(D(1), None, D(0)),
    ))
    assert [points(by_value, actual=value) for value in ("0", "-1", "1")] == [D(3), D(3), D(0)]


def test_bands_without_figure_target_or_band_say_which():
    node = leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS[:1])
    assert (points(node, target="10"), rule(node, target="10")) == (None, NO_FIGURE)
    assert (points(node, actual="10"), rule(node, actual="10")) == (None, NO_TARGET)
    assert (points(node, target="10", actual="9"), rule(node, target="10", actual="9")) == (
        None, "9 ÷ 10 = 90%: không có bậc nào chứa kết quả này.",
    )


def test_one_left_where_less_is_better_is_read_by_its_per_cent():
    # 1 ÷ 1 = 100%: the band from 100 to 150; only 0 and under is past every per cent.
    bands = (BandStep(D(150), None, D(3)), BandStep(D(100), D(150), D(2)), BandStep(None, D(100), D(0)))
    node = leaf(ScoreFunction.BANDS, "3", band_basis=BandBasis.PERCENT, bands=bands, **LESS)
    assert [points(node, target="1", actual=value) for value in ("0.5", "1", "2")] == [D(3), D(2), D(0)]


def test_a_leaf_without_a_maximum_brings_nothing_by_it():
    assert points(leaf(ScoreFunction.YES_NO, None), actual="1") == D(0)
    assert points(leaf(ScoreFunction.UNCAPPED, None), target="5", actual="6") == D(0)
    assert bloc(leaf(ScoreFunction.BEST_SHARE, None), {"a": (None, "3")}) == {"a": D(0)}


def test_what_is_missing_is_said_in_these_words():
    assert NO_FIGURE == "Chưa có số liệu."
    assert NO_TARGET == "Không có chỉ tiêu lớn hơn 0 nên chưa tính được theo tỷ lệ."
    assert TOO_LARGE == "Số này quá lớn nên không lấy làm điểm: hãy xem lại kết quả, chỉ tiêu và đơn vị tính."


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (leaf(ScoreFunction.UNCAPPED), {"target": "0.0001", "actual": "99999999999999"}),
        (leaf(ScoreFunction.BONUS, None, points_each=D(100_000)), {"count": 2_000_000_000}),
    ],
)
def test_what_no_column_holds_is_no_points_and_says_so(node, line):
    assert points(node, **line) is None
    assert rule(node, **line).endswith(TOO_LARGE)


def test_what_is_too_large_keeps_its_arithmetic():
    # 10 × 99 999 999 999 999 ÷ 0.0001 = 99 999 999 999 999 × 100 000.
    assert rule(leaf(ScoreFunction.UNCAPPED), target="0.0001", actual="99999999999999") == (
        f"10 × 99.999.999.999.999 ÷ 0,0001 = 9.999.999.999.999.900.000. {TOO_LARGE}"
    )


def test_the_largest_that_may_be_kept_is_kept():
    assert points(leaf(ScoreFunction.UNCAPPED, "1"), target="1", actual="99999999999999") == D(99999999999999)


@pytest.mark.parametrize(
    ("node", "line", "expected"),
    [
        (leaf(ScoreFunction.MANUAL), {"typed": "7.25"}, "Chấm tay: 7,25 trong tối đa 10."),
        (leaf(ScoreFunction.MANUAL), {}, "Chấm tay: chưa chấm."),
        (leaf(ScoreFunction.YES_NO), {"actual": "1"}, "Đạt: 10 điểm."),
        (leaf(ScoreFunction.YES_NO), {"actual": "0"}, "Không đạt: 0 điểm."),
        (leaf(ScoreFunction.YES_NO), {}, NO_FIGURE),
        (leaf(ScoreFunction.PROPORTIONAL), {"target": "5", "actual": "6"}, "10 × 6 ÷ 5 = 12, không vượt 10."),
        (leaf(ScoreFunction.PROPORTIONAL), {"target": "5", "actual": "5"}, "10 × 5 ÷ 5 = 10."),
        (leaf(ScoreFunction.PROPORTIONAL), {"target": "5"}, NO_FIGURE),
        (leaf(ScoreFunction.PROPORTIONAL), {"actual": "5"}, NO_TARGET),
        (leaf(ScoreFunction.PROPORTIONAL, **LESS), {"target": "5", "actual": "10"}, "10 × 5 ÷ 10 = 5."),
        (leaf(ScoreFunction.PROPORTIONAL, **LESS), {"target": "5", "actual": "0"},
         "10 × 1 (kết quả 0, chỉ tiêu 5, càng ít càng tốt) = 10."),
        (leaf(ScoreFunction.PROPORTIONAL, **LESS), {"target": "0.5", "actual": "1"}, "10 × 0,5 ÷ 1 = 5."),
        (leaf(ScoreFunction.UNCAPPED), {"target": "5", "actual": "6"}, "10 × 6 ÷ 5 = 12."),
        (leaf(ScoreFunction.DEDUCTION), {"count": 3}, "10 − 3 × 0 = 10."),
        (leaf(ScoreFunction.DEDUCTION, points_each=D(4)), {"count": 2}, "10 − 2 × 4 = 2."),
        (leaf(ScoreFunction.DEDUCTION, points_each=D(5)), {"count": 2}, "10 − 2 × 5 = 0."),
        (leaf(ScoreFunction.DEDUCTION, points_each=D(4)), {"count": 3}, "10 − 3 × 4 = −2, không dưới 0."),
        (leaf(ScoreFunction.DEDUCTION, points_each=D(4)), {}, NO_FIGURE),
        (leaf(ScoreFunction.LATENESS, "2", bands=(BandStep(D(1), None, D(1)),)), {"days_late": 0},
         "Gửi đúng hạn: 2 điểm."),
        (leaf(ScoreFunction.LATENESS, "2", bands=(BandStep(D(1), None, D(1)),)), {"days_late": 1},
         "Gửi chậm 1 ngày, bậc từ 1 ngày: 1 điểm."),
        (leaf(ScoreFunction.LATENESS, "2", bands=(BandStep(D(3), None, D(1)),)), {"days_late": 1},
         "Gửi chậm 1 ngày: không có bậc nào chứa số ngày này."),
        (leaf(ScoreFunction.LATENESS, "2"), {}, "Chưa gửi báo cáo."),
        (leaf(ScoreFunction.PER_OCCURRENCE, points_each=D(3)), {"count": 3}, "3 × 3 = 9."),
        (leaf(ScoreFunction.PER_OCCURRENCE, points_each=D(5)), {"count": 2}, "2 × 5 = 10."),
        (leaf(ScoreFunction.PER_OCCURRENCE, points_each=D(3)), {"count": 4}, "4 × 3 = 12, không vượt 10."),
        (leaf(ScoreFunction.PER_OCCURRENCE, points_each=D(3)), {}, NO_FIGURE),
        (leaf(ScoreFunction.BONUS, None), {"typed": "15"}, "Ghi tay: 15."),
        (leaf(ScoreFunction.BONUS, None, limit_points=D(12)), {"typed": "15"}, "Ghi tay: 15, không vượt 12."),
        (leaf(ScoreFunction.BONUS, None), {}, "Chưa ghi điểm."),
        (leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.PERCENT, bands=PERCENT_BANDS),
         {"target": "10", "actual": "9.6"}, "9,6 ÷ 10 = 96%, bậc từ 95% đến dưới 100%: 1,75 điểm."),
        (leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.VALUE, bands=PERCENT_BANDS),
         {"actual": "96"}, "Kết quả 96, bậc từ 95 đến dưới 100: 1,75 điểm."),
        (leaf(ScoreFunction.BANDS, "2", band_basis=BandBasis.VALUE, bands=PERCENT_BANDS, unit_of_measure="%"),
         {"actual": "98.4"}, "Kết quả 98,4%, bậc từ 95% đến dưới 100%: 1,75 điểm."),
    ],
)
def test_each_rule_is_written_with_its_numbers(node, line, expected):
    assert rule(node, **line) == expected


def test_rules_of_what_compares_units_name_the_best():
    relative = leaf(ScoreFunction.LEADER_RELATIVE)
    assert rules(relative, {"a": ("10", "8"), "b": ("10", "10"), "c": ("10", "11"), "d": ("10", "14")}) == {
        "a": "Chưa đạt chỉ tiêu: 0,5 × 10 × 8 ÷ 10 = 4.",
        "b": "Đạt đúng chỉ tiêu: 0,5 × 10 = 5.",
        "c": "Vượt chỉ tiêu 10%, cao nhất trong các đơn vị 40%: 5 + 10 ÷ 40 × 5 = 6,25.",
        "d": "Vượt chỉ tiêu 40%, cao nhất trong các đơn vị 40%: 5 + 40 ÷ 40 × 5 = 10.",
    }
    less = leaf(ScoreFunction.LEADER_RELATIVE, **LESS)
    assert rules(less, {"a": ("10", "20")})["a"] == "Chưa đạt chỉ tiêu: 0,5 × 10 × 10 ÷ 20 = 2,5."
    assert rules(relative, {"a": ("10", "0")})["a"] == "Chưa đạt chỉ tiêu: 0,5 × 10 × 0 ÷ 10 = 0."
    assert rules(relative, {"a": (None, "3"), "b": ("0", "4"), "c": (None, None)}) == {
        "a": "Không có chỉ tiêu, so với kết quả tốt nhất: 10 × 3 ÷ 4 = 7,5.",
        "b": "Không có chỉ tiêu, so với kết quả tốt nhất: 10 × 4 ÷ 4 = 10.", "c": NO_FIGURE,
    }
    best = leaf(ScoreFunction.BEST_SHARE)
    assert rules(best, {"a": (None, "0")})["a"] == "So với kết quả tốt nhất: 10 × 0 (kết quả tốt nhất là 0) = 0."
    best_less = leaf(ScoreFunction.BEST_SHARE, **LESS)
    assert rules(best_less, {"a": (None, "0"), "b": (None, "2")}) == {
        "a": "So với kết quả tốt nhất: 10 × 1 (kết quả 0, càng ít càng tốt) = 10.",
        "b": "So với kết quả tốt nhất: 10 × 0 ÷ 2 = 0.",
    }


def test_only_what_compares_units_is_provisional_while_some_have_not_sent():
    criteria = (leaf(ScoreFunction.BEST_SHARE), leaf(ScoreFunction.YES_NO))
    lines = [ReportedLine("u", "k", actual=D(1))]
    for node, expected in zip(criteria, (True, False), strict=True):
        tree = CriteriaTree("Bộ", 2026, criteria=(node,))
        early, late = (score(tree, ["u"], lines, all_sent=sent) for sent in (False, True))
        assert early.points["u", "k"].trace.provisional is early.totals["u"].provisional is expected
        assert late.points["u", "k"].trace.provisional is late.totals["u"].provisional is False
        assert score(tree, ["u"], lines) == late


def test_who_is_not_assigned_sets_no_best_for_the_others():
    node = leaf(ScoreFunction.BEST_SHARE)
    lines = [ReportedLine("a", "k", actual=D(3)), ReportedLine("b", "k", actual=D(6), assigned=False)]
    table = score(CriteriaTree("Bộ", 2026, criteria=(node,)), ["a", "b"], lines)
    assert table.points["a", "k"].points == D(10)
    assert (table.points["b", "k"].said, table.points["b", "k"].assigned) == ("KG", False)
    assert table.points["b", "k"].trace.rule == "Không được giao: không tính vào điểm và điểm tối đa."


@pytest.mark.parametrize(
    ("mode", "expected"), [(Rounding.HALF_UP, "3.34"), (Rounding.HALF_EVEN, "3.34"), (Rounding.DOWN, "3.33")]
)
def test_the_rounding_of_the_set_is_used_once_and_said(mode, expected):
    tree = CriteriaTree("Bộ", 2026, places=2, rounding=mode, criteria=(leaf(ScoreFunction.PROPORTIONAL, "6.67"),))
    found = score(tree, ["u"], [ReportedLine("u", "k", target=D(2), actual=D(1))]).points["u", "k"]
    assert found.points == D(expected)
    assert found.trace.rule == f"6,67 × 1 ÷ 2 = 3,335. Làm tròn: {expected.replace('.', ',')}."


@pytest.mark.parametrize(
    ("value", "places", "up", "even", "down"),
    [
        (Fraction(5, 2), 0, "3", "2", "2"), (Fraction(-5, 2), 0, "-3", "-2", "-2"), (Fraction(7, 2), 0, "4", "4", "3"),
        (Fraction(-1, 1000), 2, "0", "0", "0"), (Fraction(251, 100), 1, "2.5", "2.5", "2.5"),
        (Fraction(249, 100), 1, "2.5", "2.5", "2.4"), (Fraction(-26, 10), 0, "-3", "-3", "-2"),
    ],
)  # fmt: skip
def test_rounding_of_halves_and_below_zero(value, places, up, even, down):
    modes = (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.DOWN)
    found = [rounded(value, places, mode) for mode in modes]
    assert [str(each) for each in found] == [str(D(text).quantize(D(1).scaleb(-places))) for text in (up, even, down)]


def test_figures_in_words():
    assert [written(D(value)) for value in ("95.0000", "0.5", "-2", "1286.5", "0.00004", "0.00005")] == [
        "95", "0,5", "−2", "1.286,5", "0", "0,0001",
    ]
