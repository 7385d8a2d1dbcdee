"""A served program killed while units write and send: what it said is kept is there, and nothing is there by half."""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import SECRET
from tests.reporting import make_period, make_set, submission_of
from tests.world import PASSWORD, build_world
from tracker import clock
from tracker.db import db
from tracker.domain.submissions import SubmissionState, SubmissionStep
from tracker.models.audit import AuditEntry
from tracker.models.submission import Entry, Submission, SubmissionTaken

ROOT = Path(__file__).resolve().parents[2]
KILLS = {"sqlite": 10, "postgresql": 3}
OFFICERS = {"U": "ou@officer.example", "D": "od@officer.example"}
SAVES_BETWEEN = 4


class Stay(HTTPRedirectHandler):
    """A redirect is an answer, not a way to go."""

    def redirect_request(self, *_args: object) -> None:
        return None


@dataclass
class Writer:
    """An officer's machine: writes lines, sends, takes back, until the server is gone. Keeps what was acknowledged.

    `said`: line → (version, value) of the last answer 200; `asked`: line → the value in flight; `steps`: how often a
    step was answered with a redirect; `tried`: how often it was asked for.
    """

    address: str
    email: str
    report: str
    lines: dict[str, int]
    sent: bool = False
    said: dict[str, tuple[int, int]] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    steps: dict[SubmissionStep, int] = field(default_factory=dict)
    tried: dict[SubmissionStep, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    number: int = 0
    acknowledged: int = 0

    def __post_init__(self) -> None:
        self.open = build_opener(HTTPCookieProcessor(CookieJar()), Stay).open
        self.token = ""

    def ask(self, path: str, form: dict[str, object] | None = None) -> tuple[int, str]:
        body = None if form is None else urlencode({**form, "csrf_token": self.token}).encode()
        try:
            with self.open(self.address + path, body, timeout=30) as answer:
                status, text = answer.status, answer.read().decode()
        except HTTPError as answer:
            status, text = answer.code, answer.read().decode()
        found = re.search(r'name="csrf-token" content="([^"]+)"', text)
        self.token = found.group(1) if found else self.token
        return status, text

    def sign_in(self) -> None:
        self.ask("/sign-in")
        status, text = self.ask("/sign-in", {"email": self.email, "password": PASSWORD})
        assert status == 302, text[:300]
        assert self.ask("/")[0] == 200

    def run(self) -> None:
        try:
            self.sign_in()
            while True:
                if self.sent:
                    self.take(SubmissionStep.RECALL, "recall", reason="Gửi thiếu một dòng")
                for _ in range(SAVES_BETWEEN):
                    self.save(random.choice(list(self.lines)))
                self.take(SubmissionStep.SEND, "send")
        except (URLError, ConnectionError, TimeoutError, OSError, HTTPException):
            """The server is gone, maybe in the middle of an answer."""
        except Exception as fault:
            self.refused.append(repr(fault))

    def save(self, line: str) -> None:
        self.number += 1
        value = self.number
        self.asked[line] = value
        form = {f"{line}-{name}": text for name, text in {"actual": value, "count": "", "note": ""}.items()}
        status, text = self.ask(f"/entries/{line}/save", {**form, f"{line}-version": self.lines[line]})
        if status != 200:
            self.refused.append(f"{status} {text[:200]}")
            return
        self.lines[line] = json.loads(text)["version"]
        self.said[line] = (self.lines[line], value)
        self.acknowledged += 1

    def take(self, step: SubmissionStep, path: str, **form: object) -> None:
        self.tried[step] = self.tried.get(step, 0) + 1
        status, text = self.ask(f"/submissions/{self.report}/{path}", {**form})
        if status != 302:
            self.refused.append(f"{step} {status} {text[:200]}")
            return
        self.steps[step] = self.steps.get(step, 0) + 1
        self.sent = step is SubmissionStep.SEND
        self.acknowledged += 1


@dataclass
class Served:
    """The program as its own process."""

    app: Flask
    port: int = 0

    def start(self) -> subprocess.Popen[bytes]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = {
            **os.environ, "TRACKER_DATA": str(self.app.config["TRACKER_DATA"]), "SECRET_KEY": SECRET,
            "DATABASE_URL": self.app.config["SQLALCHEMY_DATABASE_URI"], "TRACKER_JOBS": "0",
        }  # fmt: skip
        command = [sys.executable, "-m", "waitress", "--host=127.0.0.1", f"--port={self.port}", "--threads=4"]
        process = subprocess.Popen([*command, "--call", "tracker:create_app"], cwd=ROOT, env=settings)
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return process
            except OSError:
                time.sleep(0.1)
        process.kill()
        raise AssertionError("the server never came up")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def reports(either_app: Flask) -> Iterator[dict[str, str]]:
    """Reports of U and D in a period that is open now: public ids by letter."""
    world, now = build_world(), clock.now()
    period = make_period(
        world, year=now.year, criteria_set=make_set(world.blocs["B"], year=now.year),
        due_at=now + timedelta(days=5), locks_at=now + timedelta(days=9),
    )  # fmt: skip
    made = {letter: submission_of(period, world, letter).public_id for letter in OFFICERS}
    db.session.commit()
    db.session.remove()
    yield made


def writer_of(address: str, email: str, report: str) -> Writer:
    """A writer that knows what is stored now, as a page opened now would."""
    stored = db.session.scalars(select(Submission).where(Submission.public_id == report)).one()
    lines = {each.public_id: each.version for each in stored.entries}
    highest = max([int(each.actual) for each in stored.entries if each.actual is not None] or [0])
    made = Writer(address, email, report, lines, sent=stored.state is SubmissionState.SENT, number=highest)
    made.said = {
        each.public_id: (each.version, int(each.actual)) for each in stored.entries if each.actual is not None
    }
    for step in (SubmissionStep.SEND, SubmissionStep.RECALL):
        made.steps[step] = made.tried[step] = taken(stored, step)
    db.session.rollback()
    return made


def taken(report: Submission, step: SubmissionStep) -> int:
    asked = select(func.count()).where(SubmissionTaken.submission_id == report.id, SubmissionTaken.step == step)
    return db.session.scalar(asked.select_from(SubmissionTaken)) or 0


def audited(entry: Entry) -> int:
    """How many changes of a line the audit knows."""
    asked = select(func.count()).select_from(AuditEntry)
    return db.session.scalar(asked.where(AuditEntry.record_id == entry.public_id, AuditEntry.action == "update")) or 0


def hold(writer: Writer) -> None:
    """Compares what was acknowledged, now and before earlier kills, with what is stored."""
    stored = db.session.scalars(select(Submission).where(Submission.public_id == writer.report)).one()
    for entry in stored.entries:
        version, value = writer.said.get(entry.public_id, (entry.version, None))
        if entry.version == version:
            assert value is None or entry.actual == Decimal(value), "an acknowledged line is lost"
        else:
            assert entry.version == version + 1, "a line went further than anybody asked"
            assert entry.actual == Decimal(writer.asked[entry.public_id]), "a line holds what nobody asked"
        assert audited(entry) == entry.version - 1, "a line changed without its audit, or the other way round"
    for step, count in writer.steps.items():
        assert count <= taken(stored, step) <= writer.tried[step], f"{step}: acknowledged {count}"
    sends, recalls = taken(stored, SubmissionStep.SEND), taken(stored, SubmissionStep.RECALL)
    assert (stored.state is SubmissionState.SENT) == (sends == recalls + 1)
    assert (stored.first_sent_at is not None) == (stored.state is SubmissionState.SENT)


@pytest.mark.long
def test_a_server_killed_while_units_send_keeps_what_it_acknowledged(either_app: Flask, reports: dict[str, str]):
    kills = KILLS[db.engine.dialect.name]
    served, seed = Served(either_app), random.randrange(10**6)
    chosen, looked = random.Random(seed), 0
    for _kill in range(kills):
        process = served.start()
        writers = [writer_of(served.address, OFFICERS[letter], report) for letter, report in reports.items()]
        db.session.remove()
        threads = [threading.Thread(target=writer.run) for writer in writers]
        for thread in threads:
            thread.start()
        try:
            # Signing in takes a while (argon2): the kill falls into the writing after it.
            while not all(writer.acknowledged for writer in writers):
                assert process.poll() is None
                assert not any(writer.refused for writer in writers), [writer.refused for writer in writers]
                time.sleep(0.02)
            time.sleep(chosen.uniform(0.2, 2.5))
        finally:
            # Also when the test fails: writers whose server lives would never end.
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        for thread in threads:
            thread.join(timeout=60)
        assert [writer.refused for writer in writers] == [[], []]
        for writer in writers:
            hold(writer)
            looked += writer.acknowledged
        db.session.remove()
    told = either_app.test_cli_runner().invoke(args=["verify-audit"])
    assert told.exit_code == 0, told.output
    print(f"{db.engine.dialect.name}: {kills} kills, seed {seed}, {looked} acknowledged writes, all there")
    assert looked >= kills * 5
