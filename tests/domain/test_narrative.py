"""A unit's narrative falls into points; nothing that was written is lost."""

import pytest

from tracker.domain.narrative import points
from tracker.domain.submissions import SectionKind

LIMITATIONS, DIRECTIONS = SectionKind.LIMITATIONS, SectionKind.DIRECTIONS


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", []),
        ("Một ý.", [("Một ý.", None)]),
        ("- Ý một\n+ Ý hai\n1. Ý ba\nb) Ý bốn", [("Ý một", None), ("Ý hai", None), ("Ý ba", None), ("Ý bốn", None)]),
        ("Chậm.\nNguyên nhân: thiếu người.", [("Chậm.", "Thiếu người.")]),
        ("Hạn chế:\nA.\nB.\nNguyên nhân:\n- x.\n- y.", [("A.", "X.\nY."), ("B.", "X.\nY.")]),
        ("A.\nNguyên nhân: x.\nB.\nNguyên nhân: y.", [("A.", "X."), ("B.", "Y.")]),
        ("A.\nNguyên nhân: x.\nB.", [("A.", "X."), ("B.", None)]),
        ("A.\nNguyên nhân:\nx.\nTồn tại:\nB.", [("A.", "X."), ("B.", None)]),
        ("Nguyên nhân: thiếu người.", [("Nguyên nhân: thiếu người.", None)]),
        ("Hạn chế trong tham mưu còn nhiều", [("Hạn chế trong tham mưu còn nhiều", None)]),
        ("A.\nA.", [("A.", None)]),
        ("-5 độ vào tháng 1", [("-5 độ vào tháng 1", None)]),
        ("2026 là năm khó khăn.", [("2026 là năm khó khăn.", None)]),
    ],
)
def test_points_of_limitations(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert points(LIMITATIONS, text) == expected


def test_a_direction_has_no_cause() -> None:
    """The word "nguyên nhân" among directions is text like any other."""
    told = "Làm rõ trách nhiệm.\nNguyên nhân: phải được khắc phục."
    assert points(DIRECTIONS, told) == [("Làm rõ trách nhiệm.", None), ("Nguyên nhân: phải được khắc phục.", None)]
