"""Places and points over the years: published editions, years before the program, charts with their tables."""

from decimal import Decimal as D
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
import time_machine

from tests.counting import counted
from tests.services.test_ranking import publish, scored
from tests.services.test_scoring import AFTER, period
from tests.views.test_ranking import browser, words
from tests.world import BEGINNING, keep, make_unit
from tracker.domain.history_chart import Series, places_chart
from tracker.domain.periods import PeriodKind
from tracker.domain.ranking_words import share_change
from tracker.models.bloc import Membership
from tracker.models.period import PastResult

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def past(world, year: int, places: str, kind: PeriodKind = PeriodKind.FIRST_HALF, **more) -> None:
    """Units by their letters in the order of their places."""
    keep(*(
        PastResult(bloc=world.blocs["B"], unit=world.units[letter], year=year, kind=kind, rank=place, **more)
        for place, letter in enumerate(places, 1)
    ))


def place(world) -> str:
    return f"/blocs/{world.blocs['B'].public_id}/ranking-history"


def test_nothing_published_says_what_will_stand_here(world):
    read = words(browser(world, "oU").get(place(world)))
    assert "Chưa có kết quả nào được công bố" in read and "Tải Excel" not in read


def test_years_before_the_program_and_editions_stand_side_by_side(scored, world):
    past(world, 2024, "VULDEN")
    past(world, 2025, "LUVDEN", points=D("36"), maximum=D(40), class_name="Xuất sắc")
    publish(scored, world)
    page = browser(world, "oU").get(place(world))
    read = words(page)
    assert "Đơn vị U 2 2 36,00 điểm Xuất sắc 1 37,50 điểm lên 1 tỷ lệ tăng 3,75 điểm phần trăm" in read
    assert "Đơn vị V 1 3 36,00 điểm Xuất sắc 2 đồng hạng 34,50 điểm lên 1 tỷ lệ giảm 3,75 điểm phần trăm" in read
    assert "Cả khối theo nhóm tiêu chí" in read and "I. Nhiệm vụ chuyên môn 87,50%" in read
    assert page.get_data(as_text=True).count('class="line"') == 1


def test_another_unit_and_another_kind_of_period_are_chosen_in_the_address(scored, world):
    past(world, 2025, "LUVDEN", PeriodKind.YEAR)
    publish(scored, world)
    unit = world.units["V"].public_id
    assert "Tỷ lệ điểm của Đơn vị V" in words(browser(world, "oU").get(f"{place(world)}?unit={unit}&kind=year"))
    assert "Tỷ lệ điểm của Đơn vị L" in words(browser(world, "bd").get(f"{place(world)}?kind=year&unit=x"))


def test_an_edition_that_waits_is_not_history(scored, world):
    from_board = browser(world, "bd")
    assert "Chưa có kết quả" in words(from_board.get(place(world)))


def test_the_workbook_holds_numbers(scored, world):
    publish(scored, world)
    answered = browser(world, "oU").get(f"{place(world)}/workbook")
    rows = list(openpyxl.load_workbook(BytesIO(answered.data)).active.iter_rows(values_only=True))
    assert ("Đơn vị U", 1, 37.5, 40) in [row[:4] for row in rows]


def test_the_page_costs_the_same_for_3_and_30_units(scored, world):
    publish(scored, world)
    past(world, 2025, "LUV")
    at = browser(world, "bd")
    at.get(place(world))
    with counted() as few:
        at.get(place(world))
    for number in range(27):
        unit = make_unit(world.authority, f"Đơn vị số {number}")
        keep(
            Membership(bloc=world.blocs["B"], unit=unit, starts_on=BEGINNING),
            PastResult(bloc=world.blocs["B"], unit=unit, year=2025, kind=PeriodKind.FIRST_HALF, rank=4 + number),
        )
    with counted() as many:
        at.get(place(world))
    assert len(many) == len(few)


def test_a_chart_breaks_its_line_where_a_place_is_missing():
    drawn = places_chart(["2023", "2024", "2025"], [Series("A", (1, None, 2), True), Series("B", (2, 1, 1))])
    assert drawn is not None
    assert [line.path for line in drawn.lines] == ["M32 76L88 44L144 44", "M32 44M144 76"]
    assert drawn.labels == ((49, "B", False), (81, "A", True))
    assert drawn.label_x == 156


def test_shared_places_share_their_label_and_the_strong_one_is_named():
    drawn = places_chart(["2024", "2025"], [Series("A", (1, 1)), Series("B", (2, 1), True), Series("C", (3, 1))])
    assert drawn is not None
    assert drawn.labels == ((49, "B, A, C", True),)
    long = [Series(f"Đơn vị thứ {place}", (1, 1), place == 2) for place in (1, 2, 3)]
    drawn = places_chart(["2024", "2025"], long)
    assert drawn is not None
    assert drawn.labels == ((49, "Đơn vị thứ 2 +2", True),)


@pytest.mark.parametrize(("columns", "places"), [(["2025"], (1,)), (["2024", "2025"], (None, None))])
def test_nothing_to_compare_is_not_drawn(columns, places):
    assert places_chart(columns, [Series("A", places)]) is None


def test_of_many_units_the_readers_own_is_always_drawn():
    series = [Series(f"Đơn vị {place}", (place, place), place == 40) for place in range(1, 41)]
    drawn = places_chart(["2024", "2025"], series)
    assert drawn is not None
    assert (len(drawn.lines), drawn.left_out, drawn.lines[-1].strong) == (12, 28, True)
    assert {row for _y, row in drawn.rows} == {*range(1, 12), 40}


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [("0.9", "0.9375", "tỷ lệ tăng 3,75 điểm phần trăm"), ("0.9", "0.85", "tỷ lệ giảm 5,00 điểm phần trăm"),
     ("0.9", "0.900001", "tỷ lệ giữ nguyên")],
)  # fmt: skip
def test_a_share_is_compared_as_it_is_printed(then, now, said):
    assert share_change(Fraction(then), Fraction(now)) == said
