"""What the scoring desk costs: the same queries for many units, two hundred criteria in good time."""

from collections.abc import Iterator, Sequence
from decimal import Decimal as D
from time import process_time

import pytest
import time_machine

from tests.counting import counted
from tests.reporting import LOCKS_AT, Leaf, make_period, make_set
from tests.views.scoring_desk import AFTER, LEAVES, desk, lock, signed_in
from tests.world import BEGINNING, NOON, World, keep, make_unit
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.models.bloc import Membership
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit
from tracker.services import scoring
from tracker.services.recording import acting


@pytest.fixture(autouse=True)
def after_lock() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


def test_the_desk_costs_the_same_for_many_units(world: World):
    period = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=LEAVES), scored=True)
    lock(period)
    browser, path = signed_in(world, "oL"), desk(period, world)
    browser.get(path)
    with counted() as few:
        browser.get(path)
    more = [make_unit(world.authority, f"Đơn vị thêm {place}") for place in range(24)]
    rows = [Membership(bloc=world.blocs["B"], unit=unit, position=20 + place, starts_on=BEGINNING)
            for place, unit in enumerate(more)]  # fmt: skip
    keep(*more, *rows)
    add_submissions(period, more)
    with counted() as many:
        assert "Đơn vị thêm 23" in browser.get(path).text
    assert len(many) == len(few)


def add_submissions(period: ReportingPeriod, units: Sequence[Unit]) -> None:
    leaves = [leaf for leaf in period.criteria_set.criteria if leaf.function is not None]
    with acting(None, NOON):
        period.state, period.locked_at = PeriodState.OPEN, None
        db.session.flush()
        for unit in units:
            made = Submission(period=period, unit=unit)
            made.entries = [Entry(criterion=leaf, position=place) for place, leaf in enumerate(leaves)]
            db.session.add(made)
        db.session.flush()
        period.state, period.locked_at = PeriodState.REVIEWING, LOCKS_AT
    db.session.commit()


def test_two_hundred_criteria_open_in_good_time(world: World):
    leaves = [Leaf(f"Tiêu chí {place}", D(10)) for place in range(200)]
    big = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=leaves), scored=True)
    lock(big)
    scoring.recompute(big, by=None, at=AFTER)
    db.session.commit()
    browser, path = signed_in(world, "oL"), desk(big, world)
    browser.get(path)
    spent = []
    for _again in range(3):
        started = process_time()
        page = browser.get(path)
        spent.append(process_time() - started)
    print(f"desk of 200 criteria: {min(spent) * 1000:.0f} ms of processor time, {len(page.data) // 1024} KB")
    assert page.text.count('data-part="points"') == 200
    assert min(spent) < 1
