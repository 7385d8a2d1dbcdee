"""On the day after hand-over the rights have moved, at the next request of a browser that stayed open (rights.md)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask, url_for

from tests.rights import scene
from tests.rights.expectations import ACTS, ROUTES
from tests.rights.test_matrix import cell
from tests.world import NOON, TODAY, Browser, World
from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.services.recording import acting

#: 00:00 of 16/05/2026 in the authority's zone: the first moment of the new term.
MIDNIGHT = datetime(2026, 5, 15, 17, 0, tzinfo=UTC)
#: Whose row of today a persona has afterwards: N leads, L is what E was (rights.md, time).
AFTERWARDS = {"oL": "oE", "hL": "oE", "oN": "oL", "hN": "hL", "oD": "oD", "oU": "oU", "bd": "bd"}
#: Of what is L's own: L is then a member like U, N leads, and D judges it with N.
OWN = {"oL": "oU", "hL": "hU", "oN": "oL", "hN": "hL", "oD": "oD", "oU": "oV", "bd": "bd"}
OF_U = {
    "extend L's time": "extend U's time", "check L's sent report": "check U's sent report",
    "set not assigned for L": "set not assigned for U", "close L's part": "close U's part",
    "see L's points before sharing": "see U's points before sharing", "put L back": "set U apart",
}  # fmt: skip
#: A page for nobody who is signed in; one that is there only after its row was struck out.
ELSEWHERE = ("session.sign_in", "course.restore")
#: What a person sent in stays theirs, whoever leads; units' own pages do not hang on a term.
PERSONAL = ("use L's upload", "see L's criteria file", "see a unit's page", "keep a unit")


def expected(act: str, persona: str, after: bool) -> str:
    if not after:
        # hN is an officer of a plain member like oN.
        return ACTS[act]["oN" if persona == "hN" else persona]
    if act in OF_U:
        return ACTS[OF_U[act]][OWN[persona]]
    return ACTS[act][AFTERWARDS[persona]]


@pytest.mark.parametrize("persona", sorted(AFTERWARDS))
def test_an_open_browser_has_the_new_terms_rights_at_the_next_request(app: Flask, world: World, persona: str):
    records = scene.build(world, "oU")
    asked = [route for route in ROUTES if route[1] == "GET" and route[0] not in PERSONAL and route[2] not in ELSEWHERE]
    with app.test_request_context():
        paths = [
            url_for(endpoint, **{
                name: what[1:] if what.startswith("=") else records[what].public_id for name, what in values.items()
            })
            for _act, _method, endpoint, values in asked
        ]
    with acting(None, NOON):
        leading = {term.unit: term for term in world.blocs["B"].terms if term.role is TermRole.LEADER}
        leading[world.units["L"]].ends_on = leading[world.units["N"]].starts_on = TODAY + timedelta(days=1)
    db.session.commit()
    with time_machine.travel(MIDNIGHT - timedelta(seconds=2), tick=False):
        browser = Browser(app, world.accounts[persona], MIDNIGHT - timedelta(seconds=2))
    wrong = {}
    for at, after in ((MIDNIGHT - timedelta(seconds=1), False), (MIDNIGHT, True)):
        with time_machine.travel(at, tick=False):
            for (act, _method, endpoint, values), path in zip(asked, paths, strict=True):
                found, said = cell(browser.get(path)), expected(act, persona, after)
                if found != said:
                    wrong[f"{'after' if after else 'before'}: {act}: {endpoint} {values}"] = f"{found}, expected {said}"
    print(f"{persona}: answers on both sides of midnight {2 * len(asked) - len(wrong)} of {2 * len(asked)}")
    assert wrong == {}
