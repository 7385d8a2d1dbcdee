"""Criteria sets for tests, worded by ourselves: shapes and totals as real tables have them."""

from decimal import Decimal
from typing import Any

from tracker.domain.criteria import BandBasis, CriterionPart, Direction, ScoreFunction
from tracker.domain.criteria_tree import BandStep, CriteriaTree, CriterionNode


def step(
    low: str | None, high: str | None, points: str, low_closed: bool = True, high_closed: bool = False
) -> BandStep:
    return BandStep(
        None if low is None else Decimal(low), None if high is None else Decimal(high), Decimal(points), low_closed,
        high_closed,
    )  # fmt: skip


def leaf(number: str, most: str | None, function: ScoreFunction = ScoreFunction.MANUAL, **more: Any) -> CriterionNode:
    maximum = None if most is None else Decimal(most)
    more.setdefault("title", f"Tiêu chí {number}")
    return CriterionNode(key=more.pop("key", f"k{number}"), number=number, maximum=maximum, function=function, **more)


def group(number: str, most: str | None, *children: CriterionNode, **more: Any) -> CriterionNode:
    more.setdefault("title", f"Nhóm {number}")
    maximum = None if most is None else Decimal(most)
    return CriterionNode(key=more.pop("key", f"k{number}"), number=number, maximum=maximum, children=children, **more)


def tree(total: str | None, *roots: CriterionNode) -> CriteriaTree:
    return CriteriaTree("Bộ tiêu chí", 2026, None if total is None else Decimal(total), criteria=roots)


def six_steps(number: str = "1") -> CriterionNode:
    """Two points by the share of the target: 100, 95, 80, 70, 60."""
    return leaf(
        number, "2", ScoreFunction.BANDS, direction=Direction.MORE, band_basis=BandBasis.PERCENT, unit_of_measure="vụ",
        bands=(step("100", None, "2"), step("95", "100", "1.75"), step("80", "95", "1.5"), step("70", "80", "1"),
               step("60", "70", "0.5"), step(None, "60", "0")),
    )  # fmt: skip


def late_days(number: str = "2") -> CriterionNode:
    return leaf(
        number, "2", ScoreFunction.LATENESS,
        bands=(step("1", "2", "1.5", True, True), step("3", "5", "1", True, True), step("6", "10", "0.5", True, True),
               step("10", None, "0", False)),
    )  # fmt: skip


def thousand() -> CriteriaTree:
    """1000 = 700 + 200 + 100, two and three levels."""
    first = group(
        "I", "700",
        group("1", "200", leaf("1.1", "120"), leaf("1.2", "80")),
        group("2", "200", leaf("2.1", "70"), leaf("2.2", "50"), leaf("2.3", "30"), leaf("2.4", "50")),
        group("3", "120", leaf("3.1", "40"), leaf("3.2", "30"), leaf("3.3", "30"), leaf("3.4", "20")),
        leaf("4", "100"), leaf("5", "40"), leaf("6", "40"),
    )
    second = group("II", "200", *(leaf(str(n), most, key=f"k2.{n}") for n, most in enumerate(
        ("50", "50", "30", "40", "30"), start=1)))
    third = group("III", "100", *(leaf(str(n), most, key=f"k3.{n}") for n, most in enumerate(
        ("40", "20", "15", "25"), start=1)))
    return tree("1000", first, second, third)


def hundred_and_seven() -> CriteriaTree:
    """97 points, and 10 outside them; a penalty without limit."""
    return tree(
        "97",
        group("I", "90", *(leaf(str(n), "15", key=f"k1.{n}") for n in range(1, 7))),
        group("II", "7", six_steps("1"), late_days("2"), leaf("3", "3", key="k2.3")),
        group(
            "III", None,
            leaf("1", None, ScoreFunction.BONUS, part=CriterionPart.BONUS, points_each=Decimal(10),
                 limit_points=Decimal(10), key="k3.1"),
            part=CriterionPart.BONUS,
        ),
        leaf("IV", None, ScoreFunction.PENALTY, part=CriterionPart.PENALTY, points_each=Decimal("0.5")),
    )  # fmt: skip
