"""A process killed in the middle of writing a form leaves nothing of it behind, and the form can be written after."""

import io
import re
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.imports import making
from tests.reporting import make_period, make_set, submission_of
from tests.world import NOON, World, build_world
from tracker.db import db
from tracker.models.audit import AuditEntry
from tracker.models.submission import Submission
from tracker.models.upload import Upload

#: Posts the yes through the real view; stands still for ever once the lines are in the database, before the commit.
WRITER = """
import sys, time
from pathlib import Path
import time_machine
from sqlalchemy import select
from tests.conftest import make_app
from tests.world import NOON, Browser
from tracker.db import db
from tracker.models.account import Account
from tracker.services import form_import

folder, url, place, shown, mark = sys.argv[1:]

def stand_still(*_):
    db.session.flush()
    Path(mark).touch()
    time.sleep(600)

form_import._Work.sections = stand_still
app = make_app(Path(folder), url)
with time_machine.travel(NOON, tick=False), app.app_context():
    account = db.session.scalars(select(Account).where(Account.email == "ou@officer.example")).one()
    Browser(app, account).post(place, {"shown": shown})
"""


@pytest.fixture
def scene(either_app: Flask) -> World:
    return build_world()


def sent(world: World, submission: Submission) -> tuple[str, str]:
    """The address of a sent-in form, and the mark of its preview."""
    content = making.edited(making.form_of(submission), making.fill({0: 43, 1: 95, 2: 1}))
    answer = world.browser("oU").post(
        f"/submissions/{submission.public_id}/uploads/new", {"file": (io.BytesIO(content), "bieu.xlsx")},
        content_type="multipart/form-data",
    )
    place = answer.headers["Location"]
    found = re.search(r'name="shown"[^>]*value="(\w+)"', world.browser("oU").get(place).get_data(as_text=True))
    assert found
    return place, found.group(1)


def kill_in_the_middle(app: Flask, folder: Path, place: str, shown: str) -> None:
    mark = folder / "half-written"
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    command: list[Any] = [sys.executable, "-c", WRITER, app.config["TRACKER_DATA"], url, place, shown, mark]
    writer = subprocess.Popen([str(each) for each in command], cwd=Path(__file__).resolve().parents[2])
    try:
        for _ in range(600):
            if mark.exists() or writer.poll() is not None:
                break
            time.sleep(0.1)
        assert mark.exists(), "the writer never came to its middle"
    finally:
        writer.kill()
        writer.wait()


def test_killed_import_leaves_nothing_and_can_be_repeated(either_app: Flask, scene: World, tmp_path: Path):
    with time_machine.travel(NOON, tick=False):
        period = make_period(scene, criteria_set=make_set(scene.blocs["B"]))
        submission = submission_of(period, scene, "U")
        place, shown = sent(scene, submission)
        told = len(db.session.scalars(select(AuditEntry)).all())
        db.session.commit()

        kill_in_the_middle(either_app, tmp_path, place, shown)

        db.session.expire_all()
        assert [entry.actual for entry in submission.entries] == [None] * 3
        assert db.session.scalars(select(Upload)).one().applied_at is None
        assert len(db.session.scalars(select(AuditEntry)).all()) == told
        db.session.commit()
        assert scene.browser("oU").post(place, {"shown": shown}).status_code == 302
        db.session.expire_all()
        assert [entry.actual for entry in submission.entries] == [Decimal(43), Decimal(95), Decimal(1)]
