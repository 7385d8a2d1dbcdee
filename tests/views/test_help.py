"""The user guide: every chapter has its place in the table of contents, and everyone who signs in may read it."""

import re
from pathlib import Path

import pytest
import time_machine

from tests.world import NOON, World
from tracker.domain.conferences import ConferenceState, ConferenceStep
from tracker.domain.reporting import PeriodStep
from tracker.domain.scores import ScoreStage
from tracker.domain.submissions import SectionKind, SubmissionStep
from tracker.exports.papers import PAPERS

CHAPTERS = [
    "bat-dau", "viec-cua-toi", "khoi-don-vi", "giao-uoc", "bo-tieu-chi", "ky-bao-cao", "gui-bao-cao", "bieu-excel",
    "kiem-tra", "cham-diem", "xep-hang", "nam-truoc", "hoi-nghi", "bien-ban", "nhiem-vu", "van-ban", "quyen", "hai-ban",
    "het-phien", "bi-mat", "tu-ngu",
]
ROOT = Path(__file__).resolve().parents[2]
#: Words in quotation marks that are an example and no label of the program.
EXAMPLES = {"qua 2 hội nghị, 1 lần đổi Khối trưởng"}


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


def said_by_the_program() -> str:
    """Templates and source without the guide itself; what is put in shows as one sign."""
    places = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "tracker").rglob("*.py")]
    texts = [place.read_text(encoding="utf-8") for place in places if place.parent.name != "help"]
    return re.sub(r"%\(\w+\)s|\{[\w.]+\}", "…", "\n".join(texts))


def test_every_button_and_heading_that_the_guide_quotes_is_there(world):
    program = said_by_the_program()
    quoted = set(re.findall(r"“([^”]+)”", guide(world)))
    assert len(quoted) > 80
    assert sorted(words for words in quoted - EXAMPLES if words not in program) == []


def test_the_guide_names_every_step_and_part_of_a_period(world):
    page = guide(world).lower()
    words = [step.label for step in (PeriodStep.OPEN, PeriodStep.LOCK, PeriodStep.UNLOCK, PeriodStep.PREPARE)]
    words += [PeriodStep.PUBLISH.label, PeriodStep.CLOSE.label, "gia hạn", "hạn gửi", "hạn giải trình"]
    words += [SubmissionStep.RECALL.label, SubmissionStep.RETURN.label, SubmissionStep.ACCEPT.label]
    words += [kind.label for kind in SectionKind] + [stage.label for stage in ScoreStage]
    assert [word for word in words if word.lower() not in page] == []


def test_the_guide_says_send_and_late_as_the_administration_does(world):
    page = guide(world).lower()
    assert [word for word in ("trễ", "nộp ") if word in page] == []


def test_a_machine_that_asks_whether_we_live_gets_its_answer_without_signing_in(world):
    answer = world.browser("an").get("/health")
    assert (answer.status_code, answer.get_json()) == (200, {"state": "ok"})
