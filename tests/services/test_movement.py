"""Movements of a bloc and of its authority; joint activities with the units that took part."""

from datetime import date
from decimal import Decimal

import pytest

from tests.reporting import make_period, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.reporting import ActivityKind, MovementKind, MovementLevel
from tracker.domain.submissions import AchievementKind
from tracker.errors import Conflict, RuleBroken
from tracker.models.pledge import Activity, Movement
from tracker.models.submission import Achievement
from tracker.queries import activity as activities
from tracker.queries import movement as movements
from tracker.queries.movement import Wanted
from tracker.services import activity as activity_service
from tracker.services import movement as service


def by(world: World, who: str = "oL") -> dict:
    return {"by": world.accounts[who], "at": NOON}


def launched(world: World, name: str = "Xây dựng nông thôn mới", bloc: str | None = "B", **more) -> Movement:
    values = {
        "name": name, "level": MovementLevel.BLOC, "kind": MovementKind.THEMED, "starts_on": date(2026, 1, 1),
        **more,
    }  # fmt: skip
    made = service.launch(world.authority, world.blocs[bloc] if bloc else None, **values, **by(world))
    db.session.commit()
    return made


def names(world: World, bloc: str = "B", **wanted) -> list[str]:
    return [each.movement.name for each in movements.listed(world.blocs[bloc], Wanted(**wanted))]


def test_bloc_lists_its_own_movements_and_its_authoritys(world):
    launched(world, "Của khối B")
    launched(world, "Của khối C", "C")
    launched(world, "Của tỉnh", None, level=MovementLevel.PROVINCE)
    assert names(world) == ["Của tỉnh", "Của khối B"]
    assert names(world, "C") == ["Của tỉnh", "Của khối C"]


def test_list_is_narrowed_by_day_year_level_kind_and_words_without_accents(world):
    launched(world, "Đợt cao điểm quý I", ends_on=date(2026, 3, 31), kind=MovementKind.SHORT)
    launched(world, "Nông thôn mới", starts_on=date(2021, 1, 1), level=MovementLevel.CENTRAL)
    assert names(world, day=date(2026, 3, 31)) == ["Đợt cao điểm quý I", "Nông thôn mới"]
    assert names(world, day=date(2026, 4, 1)) == ["Nông thôn mới"]
    assert names(world, year=2025) == ["Nông thôn mới"]
    assert names(world, year=2020) == []
    assert names(world, kind=MovementKind.SHORT) == ["Đợt cao điểm quý I"]
    assert names(world, level=MovementLevel.CENTRAL) == ["Nông thôn mới"]
    assert names(world, text="nong thon") == ["Nông thôn mới"]


def test_second_click_launches_nothing_and_dates_keep_their_order(world):
    assert launched(world) is launched(world, "xay dung nong thon moi")
    with pytest.raises(RuleBroken) as broken:
        launched(world, "Khác", ends_on=date(2025, 12, 31))
    assert broken.value.field == "ends_on"
    assert launched(world, "Một ngày", ends_on=date(2026, 1, 1)).ends_on == date(2026, 1, 1)


def test_movement_with_achievements_stays_and_says_how_many(world):
    movement = launched(world)
    period = make_period(world)
    keep(
        *(
            Achievement(
                submission=submission_of(period, world, "U"), kind=AchievementKind.EXAMPLE, text=text, movement=movement
            )
            for text in ("Một", "Hai")
        )
    )
    with pytest.raises(RuleBroken, match="Đã có 2 thành tích"):
        service.remove(movement, **by(world))
    free = launched(world, "Không ai ghi")
    service.remove(free, **by(world))
    db.session.commit()
    assert names(world) == ["Xây dựng nông thôn mới"]


def test_movement_changes_by_version_and_is_found_by_its_new_name(world):
    movement = launched(world)
    values = {
        "level": MovementLevel.BLOC, "kind": MovementKind.REGULAR, "starts_on": date(2026, 2, 1), "ends_on": None,
        "document": None, "content": None,
    }  # fmt: skip
    seen = movement.version
    service.change(movement, name="Cải cách hành chính", **values, seen=seen, **by(world))
    db.session.commit()
    assert names(world, text="cai cach") == ["Cải cách hành chính"]
    with pytest.raises(Conflict):
        service.change(movement, name="Khác", **values, seen=seen, **by(world))


def recorded(world: World, title: str = "Giúp xã biên giới", **more) -> Activity:
    values = {
        "kind": ActivityKind.HELP, "title": title, "held_on": date(2026, 4, 20), "value": Decimal(50_000_000),
        "units": [world.units["U"], world.units["V"]], **more,
    }  # fmt: skip
    made = activity_service.record(world.blocs["B"], **values, **by(world))
    db.session.commit()
    return made


def changed(world: World, activity: Activity, seen: int, **more) -> Activity:
    values = {
        "kind": activity.kind, "title": activity.title, "held_on": activity.held_on, "last_on": activity.last_on,
        "place": None, "result": None, "value": activity.value, "units": [row.unit for row in activity.units], **more,
    }  # fmt: skip
    return activity_service.change(activity, **values, seen=seen, **by(world))


def test_activity_keeps_its_units_and_a_second_click_adds_none(world):
    activity = recorded(world)
    assert recorded(world, "giup xa bien gioi") is activity
    assert activities.units_of(activity) == ("Đơn vị U", "Đơn vị V")
    assert activity.last_on == date(2026, 4, 20)


def test_units_of_an_activity_change_and_a_stale_form_is_refused(world):
    activity = recorded(world)
    seen = activities.version_of(activity)
    changed(world, activity, seen, units=[world.units["V"], world.units["E"]])
    db.session.commit()
    assert set(activities.units_of(activity)) == {"Đơn vị V", "Đơn vị E"}
    with pytest.raises(Conflict):
        changed(world, activity, seen, units=[])


@pytest.mark.parametrize(
    ("more", "field"),
    [({"last_on": date(2026, 4, 19)}, "last_on"), ({"value": Decimal(-1)}, "value"), ({"title": "  "}, "title")],
)
def test_activity_that_makes_no_sense_is_refused_under_its_field(world, more, field):
    with pytest.raises(RuleBroken) as broken:
        recorded(world, **more)
    assert broken.value.field == field


def test_only_members_of_that_day_took_part(world):
    with pytest.raises(RuleBroken) as broken:
        recorded(world, units=[world.units["X"]])
    assert broken.value.field == "units"
    with pytest.raises(RuleBroken):
        recorded(world, held_on=date(2023, 12, 30))


def test_activities_add_up_by_kind_with_unknown_values_apart(world):
    recorded(world)
    recorded(world, "Giúp hộ nghèo", value=None, held_on=date(2026, 5, 1))
    recorded(world, "Hội thao", kind=ActivityKind.SPORT, value=None, held_on=date(2026, 3, 26))
    rows = activities.of_bloc(world.blocs["B"], date(2026, 1, 1), date(2026, 12, 31))
    found = [(each.kind, each.count, each.value) for each in activities.totals(rows)]
    assert found == [(ActivityKind.SPORT, 1, None), (ActivityKind.HELP, 2, Decimal(50_000_000))]
    only = activities.of_bloc(world.blocs["B"], date(2026, 1, 1), date(2026, 12, 31), text="ho ngheo")
    assert [row.title for row in only] == ["Giúp hộ nghèo"]


def test_activity_over_the_turn_of_the_year_belongs_to_both(world):
    recorded(world, "Tết vì người nghèo", held_on=date(2025, 12, 30), last_on=date(2026, 1, 3))
    for year in (2025, 2026):
        rows = activities.of_bloc(world.blocs["B"], date(year, 1, 1), date(year, 12, 31))
        assert [row.title for row in rows] == ["Tết vì người nghèo"]


def test_removed_activity_takes_its_units_along(world):
    activity = recorded(world)
    activity_service.remove(activity, **by(world))
    db.session.commit()
    assert activities.of_bloc(world.blocs["B"], date(2026, 1, 1), date(2026, 12, 31)) == []
