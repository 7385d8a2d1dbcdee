"""The frozen record of a ranking: its bytes, its shares, what counts of the stages."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D
from fractions import Fraction

import pytest

from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.ranking_shown import (
    FIELDS,
    RankingShown,
    ShownCriterion,
    ShownPoint,
    ShownStage,
    ShownUnit,
    from_json,
    hash_of,
    percent,
    share_places,
    to_json,
)

AT = datetime(2026, 6, 12, 3, 4, 5, tzinfo=UTC)


def unit(key: str, points: str | None, maximum: str = "100", place: int | None = 1, **more) -> ShownUnit:
    return ShownUnit(
        key, f"Đơn vị {key}", key, place, False, "", None, None, D(0), D(0), None if points is None else D(points),
        D(maximum), **more,
    )


def stage(points: str | None, **more) -> ShownStage:
    return ShownStage(None if points is None else D(points), **more)


SHOWN = RankingShown(
    bloc_name="Khối “A” & <B>", authority_name="Tỉnh Ví Dụ", period=Period(2026, PeriodKind.FIRST_HALF),
    set_name="Bảng điểm", basis=RankBasis.SHARE, places=2, rounding="Làm tròn nửa lên", tie_rule="Đồng hạng.",
    criteria=(
        ShownCriterion("g", "I", "Nhóm", 0, False, CriterionPart.MAIN, D(10)),
        ShownCriterion("k", "1", "Tiêu chí", 1, True, CriterionPart.MAIN, D("10.5"), "%", "Chấm tay", "g"),
        ShownCriterion("b", "2", "Thưởng", 0, True, CriterionPart.BONUS, None),
    ),
    units=(
        unit("u", "9.75", "10.5", groups={"g": D("9.75")})._replace(
            own_total=D(9), bloc_total=D("9.25"), days_late=2, class_name="Tốt", class_note="Sàn",
            decided_by="Ít ngày chậm",
        ),
        unit("v", None, "0", None)._replace(apart="Rút", apart_reason="Đơn vị đề nghị", blank=1),
    ),
    points={
        "u": {"k": ShownPoint(
            target=D(80), actual=D("43.5"), own=stage("9", reason="a"), bloc=stage("9.25", by="Bà B", at=AT),
            second=stage(None), council=stage("9.75", by="Ông C", at=AT, reason="Hội đồng"), rule="Chấm tay",
            explanation="Vì…", evidence=3,
        )},
        "v": {"k": ShownPoint(assigned=False, count=2, provisional=True)},
    },
    hints=("Cờ thi đua: 20%",), provisional=True, illustration=True,
)  # fmt: skip


def test_what_is_kept_is_read_back_to_the_last_field():
    assert from_json(to_json(SHOWN)) == SHOWN
    assert to_json(from_json(to_json(SHOWN))) == to_json(SHOWN)
    assert set(json.loads(to_json(SHOWN))) == set(FIELDS)


def test_the_same_ranking_gives_the_same_bytes_however_its_decimals_were_made():
    written = unit("u", "9.50", "100.00")._replace(bonus=D("-0.00"), penalty=D("1E+2"))
    read = unit("u", "9.5", "100")._replace(bonus=D("0"), penalty=D("100"))
    first, second = (to_json(replace(SHOWN, units=(each,))) for each in (written, read))
    assert first == second
    kept = json.loads(first)["units"][0]
    assert [kept[name] for name in ("points", "maximum", "bonus", "penalty")] == ["9.5", "100", "0", "100"]


def test_any_other_digit_gives_another_hash():
    changed = replace(SHOWN, units=(SHOWN.units[0]._replace(points=D("9.7501")), SHOWN.units[1]))
    assert hash_of(to_json(changed)) != hash_of(to_json(SHOWN))
    assert hash_of("Đồng hạng") == hashlib.sha256("Đồng hạng".encode()).hexdigest()


def test_the_json_is_plain_and_sorted():
    content = to_json(SHOWN)
    assert "Đơn vị u" in content and ": " not in content.replace("Cờ thi đua: 20%", "")
    assert list(json.loads(content)) == sorted(FIELDS)
    assert json.loads(content)["points"]["u"]["k"]["bloc"]["at"] == "2026-06-12T03:04:05+00:00"


def test_what_nobody_said_is_blank_in_the_bytes_that_are_hashed():
    bare = RankingShown(
        "Khối", "Tỉnh", Period(2025, PeriodKind.YEAR), "Bảng", RankBasis.POINTS, 2, "Nửa lên", "Đồng hạng.",
        (ShownCriterion("k", "1", "Tiêu chí", 0, True, CriterionPart.MAIN, D(10)),), (unit("u", "9"),),
        {"u": {"k": ShownPoint(bloc=ShownStage(D(9)))}},
    )  # fmt: skip
    assert to_json(bare) == (
        '{"authority_name":"Tỉnh","basis":"points","bloc_name":"Khối","criteria":[{"depth":0,"is_leaf":true,"key":"k",'
        '"maximum":"10","measure":"","number":"1","parent":"","part":"main","rule":"","title":"Tiêu chí"}],"hints":[],'
        '"illustration":false,"period":{"kind":"year","year":2025},"places":2,"points":{"u":{"k":{"actual":null,'
        '"assigned":true,"bloc":{"at":null,"by":"","points":"9","reason":""},"council":null,"count":null,'
        '"evidence":0,"explanation":"","own":null,"provisional":false,"rule":"","second":null,"target":null}}},'
        '"provisional":false,"rounding":"Nửa lên","set_name":"Bảng","tie_rule":"Đồng hạng.","units":[{"apart":"",'
        '"apart_reason":"","blank":0,"bloc_total":null,"bonus":"0","class_name":"","class_note":"","days_late":null,'
        '"decided_by":"","groups":{},"key":"u","maximum":"100","name":"Đơn vị u","own_total":null,"penalty":"0",'
        '"points":"9","rank":1,"shared":false,"short_name":"u"}]}'
    )


def test_what_is_no_part_of_a_ranking_is_refused():
    with pytest.raises(TypeError, match="set is not part of a ranking"):
        to_json(replace(SHOWN, hints={1}))


@pytest.mark.parametrize(
    ("share", "places", "expected"),
    [
        (Fraction(107, 100), 2, "107.00"), (Fraction(1, 3), 2, "33.33"), (Fraction(2, 3), 2, "66.67"),
        (Fraction(99995, 1_000_000), 2, "10.00"), (Fraction(99985, 1_000_000), 2, "10.00"),
        (Fraction(-1, 3), 2, "-33.33"), (Fraction(-99995, 1_000_000), 2, "-10.00"), (Fraction(1, 3), 4, "33.3333"),
        (Fraction(0), 2, "0.00"), (Fraction(1, 200_000), 2, "0.00"), (Fraction(1, 20_000), 2, "0.01"),
    ],
)
def test_a_share_is_rounded_once(share, places, expected):
    assert str(percent(share, places)) == expected


def test_more_decimals_are_printed_only_where_two_shares_would_look_equal():
    assert share_places([unit("a", "33.33"), unit("b", "33.34")]) == 2
    assert share_places([unit("a", "33.33"), unit("b", "33.33")]) == 2
    assert share_places([unit("a", "33.331"), unit("b", "33.334")]) == 3
    assert share_places([unit("a", "1", "3"), unit("b", "3333333333", "10000000000")]) == 9
    assert share_places([unit("a", "1", "3"), unit("b", "333333333333", "1000000000000")]) == 11
    assert share_places([unit("a", "1", "3"), unit("b", "3333333333333333", "10000000000000000")]) == 14
    assert share_places([unit("a", None), unit("b", "1", "0")]) == 2
    assert replace(SHOWN, units=(unit("a", "33.3331"), unit("b", "33.3334"))).share_places == 4
    assert replace(SHOWN, units=(unit("a", "33.3331"), unit("b", "33.3334", place=None))).share_places == 2


def test_a_share_needs_points_and_a_maximum():
    assert unit("a", "107").share == Fraction(107, 100)
    assert (unit("a", None).share, unit("a", "1", "0").share) == (None, None)


def test_those_who_stand_apart_are_not_ranked():
    assert ([each.key for each in SHOWN.ranked], [each.key for each in SHOWN.apart]) == (["u"], ["v"])
    assert [each.key for each in SHOWN.leaves] == ["k", "b"]


@pytest.mark.parametrize(
    ("stages", "final", "differs"),
    [
        ({"own": "9"}, None, False), ({"own": "9", "bloc": "9"}, "9", False), ({"own": "9", "bloc": "8"}, "8", True),
        ({"own": "9", "bloc": "8", "second": "9"}, "9", False), ({"bloc": "8"}, "8", False),
        ({"own": "9", "bloc": "8", "second": "7", "council": "6"}, "6", True), ({"own": None, "bloc": "0"}, "0", True),
        ({"own": "9", "bloc": "9.00"}, "9", False),
    ],
)
def test_the_last_stage_counts(stages, final, differs):
    point = ShownPoint(**{name: stage(points) for name, points in stages.items()})
    assert (point.final, point.differs) == (None if final is None else D(final), differs)
    assert not replace(point, assigned=False).differs
