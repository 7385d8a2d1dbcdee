"""The rights as a matrix: one request a route and persona; the predicates over personas and years."""

from datetime import date

import pytest
import time_machine
from flask import Flask, url_for
from werkzeug.test import TestResponse

from tests.rights import scene
from tests.rights.expectations import ACTS, PERSONAS, REVIEWED, ROUTES
from tests.world import NOON, TODAY, World
from tracker import policy

REFUSED = {403: "F", 409: "F", 404: "H", 401: "S"}
#: Day → (leader, deputy, the plain members whose row is that of V). A year back, today, after the next hand-over.
YEARS = {
    date(2025, 6, 1): ("E", "L", "DNUV"),
    TODAY: ("L", "D", "ENUV"),
    date(2027, 3, 1): ("N", None, "LDEUV"),
}
PREDICATES = {
    "see the bloc": (policy.may_see_bloc, "bloc"),
    "keep the bloc": (policy.may_manage_bloc, "bloc"),
    "see the work": (policy.may_see_conferences_of, "bloc"),
    "write conference": (policy.may_write_conference, "held"),
    "read held": (policy.may_read_conference, "held"),
    "read sent minutes": (policy.may_read_conference, "sent"),
    "approve minutes": (policy.may_approve_minutes, "sent"),
    "edit approved": (policy.may_write_conference, "approved"),
    "reopen approved": (policy.may_reopen_conference, "approved"),
    "set letterhead": (policy.may_set_letterhead, "approved"),
    "export approved": (policy.may_export_conference, "approved"),
    "export draft": (policy.may_export_conference, "held"),
    "see planned": (policy.may_read_conference, "planned"),
    "name own delegates": (policy.may_name_delegates, "planned"),
    "make item": (policy.may_make_items_from, "held"),
    "report on U's part": (policy.may_report_progress, "part of U"),
    "close U's part": (policy.may_close_part, "part of U"),
}


def cell(answer: TestResponse) -> str:
    """Which letter of the matrix an answer is."""
    if answer.status_code in REFUSED:
        return REFUSED[answer.status_code]
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in?next="):
        return "S"
    return "Y" if answer.status_code < 400 or answer.status_code == 422 else str(answer.status_code)


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_route_answers_the_persona_as_the_rules_say(app: Flask, world: World, persona: str):
    records = scene.build(world, persona)
    with time_machine.travel(NOON, tick=False):
        browser = world.browser(persona)
        with app.test_request_context():
            paths = [
                url_for(endpoint, **{
                    name: what[1:] if what.startswith("=") else records[what].public_id for name, what in values.items()
                })
                for _act, _method, endpoint, values in ROUTES
            ]
        wrong = {}
        for (act, method, endpoint, values), path in zip(ROUTES, paths, strict=True):
            answer = browser.get(path) if method == "GET" else browser.post(path)
            if cell(answer) != ACTS[act][persona]:
                wrong[f"{act}: {method} {endpoint} {values}"] = f"{cell(answer)}, expected {ACTS[act][persona]}"
    print(f"{persona}: routes {len(ROUTES) - len(wrong)} of {len(ROUTES)}")
    assert wrong == {}


def test_every_route_of_the_program_is_in_the_matrix(app: Flask):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    named = {endpoint for _act, _method, endpoint, _values in ROUTES}
    print(f"routes in the matrix {len(endpoints & named)} of {len(endpoints)}, reviewed {len(REVIEWED)}")
    assert endpoints - named - set(REVIEWED) == set()
    assert (named | set(REVIEWED)) - endpoints == set()


def test_every_act_of_the_matrix_is_asked_by_some_route():
    assert {act for act, _method, _endpoint, _values in ROUTES} == set(ACTS)


def test_foreign_and_missing_records_give_the_same_answer(app: Flask, world: World):
    records = scene.build(world, "oX")
    with time_machine.travel(NOON, tick=False):
        browser = world.browser("oX")
        for kind in ("blocs", "conferences", "action-items"):
            foreign = {"blocs": "bloc", "conferences": "held", "action-items": "item"}[kind]
            answers = [browser.get(f"/{kind}/{public_id}") for public_id in (records[foreign].public_id, "a" * 12)]
            pages = [answer.text.split("<main")[1].split("</main>")[0] for answer in answers]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert pages[0] == pages[1]


def role_on(day: date, persona: str) -> str | None:
    """The persona of today whose row this one has on `day`; None when today knows no such persona."""
    leader, deputy, _members = YEARS[day]
    rank, letter = persona[0], persona[1]
    if rank not in "oh" or letter in "XMU" or persona == "oU":
        return persona
    place = "L" if letter == leader else "D" if letter == deputy else "V"
    if place == "V":
        return "oV"
    return rank + place


@pytest.mark.parametrize("day", sorted(YEARS))
@pytest.mark.parametrize("act", sorted(PREDICATES))
def test_predicate_says_what_the_rules_say_in_each_year(world: World, act: str, day: date):
    records = scene.build(world, "oU")
    rule, name = PREDICATES[act]
    record = records[name]
    wrong = {}
    people = [persona for persona in [*PERSONAS, "hN"] if persona not in ("an", "di")]
    for persona in people:
        account = world.accounts[persona]
        known = policy.KNOWS[type(record)](account, record, day)
        found = "Y" if known and rule(account, record, day) else "F" if known else "H"
        expected = ACTS[act][role_on(day, persona)]
        if found != expected:
            wrong[persona] = f"{found}, expected {expected}"
    print(f"{act} on {day}: personas {len(people) - len(wrong)} of {len(people)}")
    assert wrong == {}
