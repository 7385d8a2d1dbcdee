"""Pages and lists of blocs and units cost the same number of queries for few rows as for many."""

import pytest
import time_machine

from tests.counting import counted
from tests.world import BEGINNING, NOON, World, make_bloc, make_term, make_unit
from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.models.bloc import Bloc, Membership
from tracker.services.recording import acting


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def fill(world: World, count: int) -> Bloc:
    """Another bloc with `count` members, the first of which leads and the second deputises."""
    with acting(None, NOON):
        bloc = make_bloc(world.authority, f"N{count}", f"Khối {count}")
        units = [make_unit(world.authority, f"Thành viên {count}.{place}") for place in range(count)]
        for place, unit in enumerate(units):
            db.session.add(Membership(bloc=bloc, unit=unit, position=place, starts_on=BEGINNING))
        make_term(bloc, units[0], TermRole.LEADER, BEGINNING)
        make_term(bloc, units[1], TermRole.DEPUTY, BEGINNING)
    db.session.commit()
    return bloc


@pytest.mark.parametrize("rest", ["", "/units", "/admit", "/hand-over"])
def test_a_bloc_page_asks_as_often_for_three_members_as_for_thirty(world: World, rest):
    browser = world.browser("bd")
    asked = []
    for count in (3, 30):
        url = f"/blocs/{fill(world, count).public_id}{rest}"
        with counted() as sent:
            assert browser.get(url).status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("url", ["/blocs", "/units"])
def test_a_list_asks_as_often_for_few_rows_as_for_many(world: World, url):
    browser = world.browser("bd")
    fill(world, 2)
    with counted() as few:
        assert browser.get(url).status_code == 200
    for count in (4, 6, 8, 10):
        fill(world, count)
    with counted() as many:
        assert browser.get(url).status_code == 200
    assert len(few) == len(many)
