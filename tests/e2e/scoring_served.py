"""A scored period after its lock as it is served, and a scorer at the desk who has no mouse."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal as D
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select
from waitress import create_server

from tests.conftest import make_app
from tests.reporting import Leaf, make_period, make_set, submission_of
from tests.views.scoring_desk import AFTER, lock
from tests.world import NOON, PASSWORD, World, build_world
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.scores import ScoreStage
from tracker.domain.submissions import SubmissionStep
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score
from tracker.models.submission import Entry, ReturnedPlace, SubmissionTaken
from tracker.services import attachment, scoring
from tracker.services.recording import acting

SCORER, COLLEAGUE = "ol@officer.example", "od@officer.example"
#: Own points of a unit: 9,50 · none · 10,00 in group I, 4,00 in group II. The first asks for evidence and has none.
LEAVES = (
    Leaf("Tỷ lệ giải ngân", D(10), evidence_required=True),
    Leaf("Tổ chức phong trào", D(20), None, ScoreFunction.MANUAL),
    Leaf("Hồ sơ quá hạn được giải quyết", D(10), "hồ sơ", ScoreFunction.BEST_SHARE),
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
RETURNED = "Đối chiếu lại với Kho bạc rồi gửi lại."
PRESSES = 60


@dataclass(frozen=True)
class Served:
    """The address, the period, and by letter each unit's desk and its lines in their order."""

    address: str
    period: str
    desks: dict[str, str]
    lines: dict[str, tuple[str, ...]]


@contextmanager
def served(folder: Path, template_database: bytes, typed: D | None = None) -> Iterator[Served]:
    """As of a day after the lock, CSRF on. `typed`: what every unit typed as its own points in the manual line.

    No transaction of the test stays open: it would lock out the server.
    """
    (folder / "so-thi-dua.db").write_bytes(template_database)
    app = make_app(folder, TESTING=False, WTF_CSRF_ENABLED=True)
    with app.app_context(), time_machine.travel(AFTER):
        world = build_world()
        period = make_period(world, criteria_set=_set(world), scored=True)
        _report(period, world, typed)
        submissions = {letter: submission_of(period, world, letter) for letter in "UVLDEN"}
        server = create_server(app, host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        found = Served(
            f"http://127.0.0.1:{server.effective_port}", f"/periods/{period.public_id}/scoring",
            {letter: f"/submissions/{each.public_id}/scoring" for letter, each in submissions.items()},
            {letter: tuple(line.public_id for line in each.entries) for letter, each in submissions.items()},
        )  # fmt: skip
        db.session.rollback()
        yield found
        server.close()
        db.session.remove()


def _set(world: World) -> CriteriaSet:
    made = make_set(world.blocs["B"], leaves=LEAVES)
    place = len(LEAVES) + 1
    with acting(None, NOON):
        group = Criterion(criteria_set=made, number="II", title="Xây dựng lực lượng", maximum=D(5), position=place)
        db.session.add(group)
        more = Leaf("Hội thao", D(5), "giải", ScoreFunction.BEST_SHARE)
        db.session.add(Criterion(criteria_set=made, parent=group, number="1", position=place + 1, **vars(more)))
    db.session.commit()
    return made


def _report(period: ReportingPeriod, world: World, typed: D | None) -> None:
    """Everybody sent, V the best in group II; U's third line has a file and came back once."""
    with acting(None, NOON):
        for entry in (each.entries[1] for each in period.submissions if typed is not None):
            db.session.add(Score(entry=entry, stage=ScoreStage.SELF, points=typed, at=NOON))
        for submission in period.submissions:
            submission.entries[3].actual = D(5 if submission.unit is world.units["V"] else 4)
        line = submission_of(period, world, "U").entries[2]
        taken = SubmissionTaken(submission=line.submission, step=SubmissionStep.RETURN, at=NOON,
                                by=world.accounts["oL"])  # fmt: skip
        db.session.add(ReturnedPlace(taken=taken, entry=line, reason=RETURNED))
    attachment.store(BytesIO(PDF), "bien-ban.pdf", limit=len(PDF), by=world.accounts["oU"], at=NOON, entry=line)
    lock(period)
    scoring.recompute(period, by=None, at=AFTER)
    db.session.commit()


def stored(line: str) -> dict[str, tuple[D | None, str]]:
    """Points and reason of each stage that others than the unit gave."""
    asked = select(Score.stage, Score.points, Score.reason).join(Entry).where(Entry.public_id == line)
    try:
        return {stage.value: (points, reason) for stage, points, reason in db.session.execute(asked)
                if stage.value != "self"}  # fmt: skip
    finally:
        db.session.rollback()


class Scorer:
    """Somebody of the secretariat at a machine of their own; nothing here presses a mouse button."""

    def __init__(self, chromium: Browser, served: Served, email: str = SCORER, **settings: Any) -> None:
        self.served, self.email = served, email
        self.context = chromium.new_context(**{"viewport": {"width": 1366, "height": 768}, **settings})
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("dialog", self._hear)

    def _hear(self, dialog: Any) -> None:
        self.asked.append(dialog.type)
        dialog.accept()

    def sign_in(self) -> None:
        """By keyboard, to "Việc của tôi"."""
        self.page.goto(self.served.address + "/sign-in")
        self.tab_to("[name=email]")
        self.page.keyboard.type(self.email)
        self.tab_to("[name=password]")
        self.page.keyboard.type(PASSWORD)
        self.press("Enter")
        self.page.wait_for_url(f"{self.served.address}/")

    def open(self, path: str) -> None:
        self.page.goto(self.served.address + path)

    def at_desk(self, letter: str = "U", more: str = "") -> None:
        self.sign_in()
        self.open(self.served.desks[letter] + more)

    def tab_to(self, selector: str) -> None:
        for _press in range(PRESSES):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by the Tab key")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def says(self, words: str) -> None:
        expect(self.page.locator("#da-luu")).to_contain_text(words)

    def box(self, line: str, part: str = "points") -> Locator:
        return self.page.locator(f'[name="{line}-{part}"]')

    def row(self, line: str) -> Locator:
        return self.page.locator(f'[id="dong-{line}"]')

    def shown(self) -> list[str]:
        """The lines on the page, in their order."""
        found: list[str] = self.page.eval_on_selector_all("tr[id^=dong-]", "all => all.map(row => row.id.slice(5))")
        return found

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def desk(tmp_path: Path, template_database: bytes) -> Iterator[Served]:
    with served(tmp_path, template_database) as found:
        yield found


@pytest.fixture
def scorer(desk: Served, chromium) -> Iterator[Scorer]:
    """At U's desk, scripts on."""
    made = Scorer(chromium, desk)
    made.at_desk()
    yield made
    assert made.complaints == []
    made.close()
