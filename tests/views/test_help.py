"""The user guide: every chapter has its place in the table of contents, and everyone who signs in may read it."""

import re

import pytest
import time_machine

from tests.world import NOON, World
from tracker.domain.conferences import ConferenceState, ConferenceStep
from tracker.exports.papers import PAPERS

CHAPTERS = [
    "bat-dau", "viec-cua-toi", "khoi-don-vi", "hoi-nghi", "bien-ban", "nhiem-vu", "van-ban", "quyen", "hai-ban",
    "het-phien", "bi-mat", "tu-ngu",
]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def guide(world: World, persona: str = "oU") -> str:
    answer = world.browser(persona).get("/help")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_table_of_contents_leads_to_every_chapter_in_order(world):
    page = guide(world)
    nav = page[page.index('aria-labelledby="muc-luc"') :]
    assert re.findall(r'href="#([a-z-]+)"', nav[: nav.index("</nav>")]) == CHAPTERS
    assert re.findall(r'<h2 id="([a-z-]+)">', page) == CHAPTERS


@pytest.mark.parametrize("persona", ["oU", "hL", "bd", "ad"])
def test_everyone_who_signs_in_reads_the_same_guide(world, persona):
    assert re.findall(r"<h2 id=.*?</h2>", guide(world, persona)) == re.findall(r"<h2 id=.*?</h2>", guide(world))


def test_who_is_not_signed_in_is_sent_to_sign_in(world):
    answer = world.browser("an").get("/help")
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in")


def test_the_guide_names_states_steps_and_papers_as_the_screen_does(world):
    page = guide(world)
    states = [ConferenceState.PLANNED, ConferenceState.HELD, ConferenceState.MINUTES_SENT, ConferenceState.APPROVED]
    steps = [ConferenceStep.HOLD, ConferenceStep.SEND_MINUTES, ConferenceStep.APPROVE]
    said = [state.label for state in states] + [f"“{step.label}”" for step in steps]
    said += [paper.label for paper in PAPERS.values()]
    assert [word for word in said if word not in page] == []


def test_the_guide_says_send_and_late_as_the_administration_does(world):
    page = guide(world).lower()
    assert [word for word in ("trễ", "nộp ") if word in page] == []


def test_a_machine_that_asks_whether_we_live_gets_its_answer_without_signing_in(world):
    answer = world.browser("an").get("/health")
    assert (answer.status_code, answer.get_json()) == (200, {"state": "ok"})
