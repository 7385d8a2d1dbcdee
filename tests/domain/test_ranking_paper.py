"""What papers read of a ranking: draft or not, the years before, what differs, sums of groups, one unit's own part."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D

import pytest

from tests.domain.test_ranking_words import BONUS, CRITERIA, MAIN, shown, unit
from tracker.domain.criteria import CriterionPart
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.ranking_paper import (
    Difference,
    EarlierLine,
    EarlierRanking,
    RankingPaper,
    RankingStamp,
    differences,
    leaves_below,
    main_criteria,
    of_one_unit,
    stages,
    summed,
)
from tracker.domain.ranking_shown import ShownCriterion, ShownPoint, ShownStage

AT = datetime(2026, 1, 12, 9, 20, tzinfo=UTC)
STAMP = RankingStamp(1, "k3f9qzt7wnbm", "ab" * 32, AT)
LEAVES = tuple(each for each in CRITERIA if each.is_leaf)


def point(own: str | None = None, bloc: str | None = None, **more: str | None) -> ShownPoint:
    """Stages by their points; "blank" for a stage that judged without a figure."""
    given = {"own": own, "bloc": bloc, **more}
    return ShownPoint(
        **{name: ShownStage(None if each == "blank" else D(each)) for name, each in given.items() if each is not None}
    )


def ranking_of(year: int, *lines: tuple[int | None, str | None], kind=PeriodKind.YEAR) -> EarlierRanking:
    return EarlierRanking(
        Period(year, kind),
        tuple(EarlierLine(str(at), rank, None if points is None else D(points))
              for at, (rank, points) in enumerate(lines)),
    )  # fmt: skip


def test_a_paper_is_a_draft_until_its_edition_is_published():
    stamps = (None, replace(STAMP, published_at=None), STAMP)
    assert [RankingPaper(shown(), stamp).draft for stamp in stamps] == [True, True, False]


def test_a_stamp_without_more_is_of_a_first_edition_that_holds():
    assert RankingStamp(
        1, "k3f9qzt7wnbm", "ab" * 32, AT, decision_number=None, decided_on=None, reason="", revoked=False
    ) == STAMP


def test_of_an_earlier_ranking_only_ranked_units_with_points_count():
    assert ranking_of(2024, (1, "98.5"), (None, "90"), (2, None), (None, None), (3, "0")).counted == (D("98.5"), D(0))


def test_the_year_before_is_the_same_kind_of_period_one_year_earlier():
    half = ranking_of(2024, (1, "50"), kind=PeriodKind.FIRST_HALF)
    earlier = (ranking_of(2023, (1, "97")), half, ranking_of(2024, (1, "98")))
    assert RankingPaper(shown(), earlier=earlier).year_before is earlier[2]
    assert RankingPaper(shown(), earlier=earlier[:2]).year_before is None


def test_the_course_gives_average_highest_and_lowest_of_the_ranked_units():
    # 2024: (97 + 91 + 88) ÷ 3 = 92. 2025: (95 + 90) ÷ 2 = 92.5; who stands apart with 10, or has no points, is not in.
    without = unit("C", 3, "0")._replace(points=None)
    now = shown(unit("A", 1, "95"), unit("B", 2, "90"), without, unit("D", None, "10"))
    earlier = (ranking_of(2023, (1, None)), ranking_of(2024, (1, "97"), (2, "91"), (3, "88")))
    assert RankingPaper(now, earlier=earlier).course == (
        (Period(2024, PeriodKind.YEAR), D(92), D(97), D(88)),
        (Period(2025, PeriodKind.YEAR), D("92.5"), D(95), D(90)),
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [(point("9", "8.5"), "-0.5"), (point("8", "9"), "1"), (point("9", "8", council="9"), "0"),
     (point(None, "8"), None), (point("blank", "8"), None), (point("9"), None), (point("9", "blank"), None)],
)  # fmt: skip
def test_a_change_is_what_counts_less_what_was_proposed(given, expected):
    change = Difference(unit("A", 1, "9"), LEAVES[0], given).change
    assert change == (None if expected is None else D(expected))


def test_the_stages_that_were_reached_stand_in_their_order():
    found = stages(point("9", "8", second="8.5", council="7"))
    assert [(name, stage.points) for name, stage in found] == [
        ("Tự chấm", D(9)), ("Khối chấm", D(8)), ("Lần hai", D("8.5")), ("Hội đồng", D(7)),
    ]
    assert [name for name, _stage in stages(point("9", council="9"))] == ["Tự chấm", "Hội đồng"]
    assert stages(ShownPoint()) == []


def test_lines_differ_where_any_stage_is_not_what_another_was():
    points = {
        "A": {"a": point("9", "9", council="9.00"), "b": point("9", "8")},
        "B": {"a": point("9", "8", second="9"), "b": replace(point("9", "8"), assigned=False), "c": point(None, "5")},
        "C": {"a": point("blank", "0"), "b": point("9")},
    }
    whole = shown(unit("B", 1, "9"), unit("A", 2, "8"), unit("C", 3, "0"), unit("D", 4, "0"), points=points)
    assert [(each.unit.key, each.criterion.key, each.point) for each in differences(whole)] == [
        ("B", "a", points["B"]["a"]), ("A", "b", points["A"]["b"]), ("C", "a", points["C"]["a"]),
    ]


def test_the_matrix_leaves_out_bonus_and_penalty():
    assert [each.key for each in main_criteria(shown())] == ["g1", "a", "g2", "b", "g3"]


def test_leaves_stand_below_every_group_above_them():
    rows = (
        ShownCriterion("I", "I", "I", 0, False, MAIN, D(10)),
        ShownCriterion("1", "1", "1", 1, False, MAIN, D(10), parent="I"),
        ShownCriterion("1a", "1a", "1a", 2, True, MAIN, D(10), parent="1"),
        ShownCriterion("1b", "1b", "1b", 2, True, BONUS, None, parent="1"),
        ShownCriterion("II", "II", "II", 0, True, MAIN, D(5)),
    )
    below = leaves_below(replace(shown(), criteria=rows))
    assert below == {"": (rows[2], rows[4]), "1": (rows[2],), "I": (rows[2],)}
    assert leaves_below(replace(shown(), criteria=rows[:1])) == {"": ()}
    outside = leaves_below(replace(shown(), criteria=rows), inside=False)
    assert outside == {"": (rows[3],), "1": (rows[3],), "I": (rows[3],)}


def test_sums_leave_out_what_is_blank_missing_or_not_assigned():
    # Proposed 9 + 0 = 9; what counts 8 + 7 = 15: the first and the last leaf stand in no line, "b" is not assigned.
    points = {"a": point("9", "8"), "b": replace(point("5", "5"), assigned=False), "c": point("0", "7")}
    assert summed(points, LEAVES) == (D(9), D(15))
    assert summed({"a": point("blank"), "c": point(None, "blank")}, LEAVES) == (None, None)
    assert summed({"a": point("0"), "c": point(None, "0")}, LEAVES) == (D(0), D(0))
    assert summed({}, LEAVES) == (None, None)


def test_a_penalty_is_taken_off_its_sum():
    # 5 thưởng less 3 trừ = 2 proposed; 5 less 6 = -1 that count.
    parts = {"x": BONUS, "y": CriterionPart.PENALTY}
    leaves = [ShownCriterion(key, key, key, 1, True, part, None) for key, part in parts.items()]
    assert summed({"x": point("5", "5"), "y": point("3", "6")}, leaves) == (D(2), D(-1))


WHOLE = replace(
    shown(
        unit("A", 1, "95", bonus=D(2), penalty=D(1), groups={"g1": D(60)})._replace(
            shared=True, decided_by="Ít ngày chậm", class_name="Tốt", class_note="Sàn", own_total=D(97),
            bloc_total=D(94), days_late=1, blank=2,
        ),
        unit("B", None, "90")._replace(apart="Rút", apart_reason="Đơn vị xin rút"),
        points={"A": {"a": point("9", "8", second="8.5", council="7")}, "B": {"a": point("1", "1")}},
    ),
    hints=("Cờ thi đua: 20%",),
)  # fmt: skip


def test_a_unit_reads_its_own_judged_points_without_place_class_or_the_others():
    own = of_one_unit(RankingPaper(WHOLE, STAMP, (ranking_of(2024, (1, "9")),)), "A", judged=True)
    hidden = WHOLE.units[0]._replace(rank=None, shared=False, decided_by="", class_name="", class_note="")
    assert own == RankingPaper(replace(WHOLE, units=(hidden,), points={"A": WHOLE.points["A"]}, hints=()))
    (other,) = of_one_unit(RankingPaper(WHOLE), "B", judged=True).shown.units
    assert (other.name, other.apart, other.apart_reason) == ("Sở B", "", "")


def test_before_it_is_shared_a_unit_reads_only_what_it_proposed():
    own = of_one_unit(RankingPaper(WHOLE), "A", judged=False).shown
    (line,) = own.units
    assert own.points == {"A": {"a": point("9")}}
    assert (line.points, line.bloc_total, line.bonus, line.penalty, line.groups) == (None, None, D(0), D(0), {})
    assert (line.own_total, line.days_late, line.blank, line.maximum) == (D(97), 1, 2, D(100))


def test_a_unit_that_is_not_in_the_ranking_has_no_part_of_it():
    with pytest.raises(KeyError, match="E"):
        of_one_unit(RankingPaper(WHOLE), "E", judged=True)
    alone = replace(WHOLE, points={})
    assert of_one_unit(RankingPaper(alone), "A", judged=True).shown.points == {"A": {}}
