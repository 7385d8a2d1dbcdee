"""The bloc's head: open periods are deadlines, their years are in the switch; the same on both databases."""

from datetime import date, timedelta

from flask import Flask

from tests.reporting import DUE_AT, make_period, set_state
from tests.world import NOON, TODAY, World, build_world
from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.queries import overview
from tracker.queries.overview import Deadline, DeadlineKind
from tracker.services import action_item as items


def next_of(world: World, persona: str = "oU", day: date = TODAY) -> Deadline | None:
    return overview.next_deadline(world.blocs["B"], world.accounts[persona], day)


def test_the_due_day_of_an_open_period_is_a_deadline_in_the_authoritys_zone(either_app: Flask):
    world = build_world()
    due = DUE_AT.replace(hour=18)  # 01:00 of the 31st in Việt Nam
    period = make_period(world, due_at=due)
    make_period(world, kind=PeriodKind.YEAR, due_at=due - timedelta(days=3), state=PeriodState.PLANNED)
    expected = Deadline(date(2026, 5, 31), DeadlineKind.PERIOD, "6 tháng đầu năm 2026")
    assert next_of(world) == expected
    assert next_of(world, "ad") is None
    assert next_of(world, day=date(2026, 5, 31)) == expected
    assert next_of(world, day=date(2026, 6, 1)) is None
    set_state(period, PeriodState.REVIEWING)
    assert next_of(world) is None


def test_the_earlier_of_item_and_period_comes_first(either_app: Flask):
    world = build_world()
    make_period(world)
    items.make(
        world.blocs["B"], text="Việc", source=ItemSource.FREE, units=[world.units["U"]], due_on=date(2026, 5, 29),
        made_on=TODAY, by=world.accounts["oL"], at=NOON,
    )  # fmt: skip
    db.session.commit()
    found = next_of(world)
    assert found is not None
    assert (found.day, found.kind) == (date(2026, 5, 29), DeadlineKind.ITEM)
    later = next_of(world, day=date(2026, 5, 30))
    assert later is not None
    assert later.kind is DeadlineKind.PERIOD


def test_years_with_periods_are_in_the_switch(either_app: Flask):
    world = build_world()
    make_period(world, year=2024)
    assert overview.years(world.blocs["B"], world.accounts["oU"], TODAY) == [2024, 2026]
