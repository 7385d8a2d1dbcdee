"""After the lock nobody writes a unit's report, by any door, whoever asks; nor once the second of the lock has come."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from tests.reporting import LOCKS_AT, Leaf, make_period, make_set, submission_of
from tests.rights import scene
from tests.rights.expectations_reporting import READ_PUBLISHED, READ_SENT, WRITE_LOCKED, hidden_with
from tests.rights.test_matrix import PERSONAS, cell
from tests.services.test_attachment import picture
from tests.world import NOON, Browser, World
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.errors import NotOpen
from tracker.models.submission import Achievement, Submission
from tracker.services import scoring

#: What a unit wrote, and that it sent: none of it may move.
FROZEN = ("entry", "section", "achievement", "attachment", "submission_comment", "submission_step")


def doors(submission: Submission, achievement: Achievement) -> list[tuple[str, dict[str, Any]]]:
    """(address, what is posted) of every way to write into the report, each filled in as its form asks."""
    entry, section, here = submission.entries[0], submission.sections[0], f"/submissions/{submission.public_id}"
    late, line, part = achievement.public_id, entry.public_id, section.public_id
    number = {f"{line}-version": entry.version, f"{line}-actual": "44", f"{line}-note": "Muộn"}
    words = {f"{part}-version": section.version, f"{part}-text": "Muộn"}
    story = {"version": achievement.version, "subject": "Ai đó", "text": "Muộn"}

    def file() -> dict[str, Any]:
        return {"files": (picture(size=(20, 10)), "Muộn.png"), "no_secrets": "y"}

    return [
        (f"/entries/{line}/save", number),
        (f"/sections/{part}/save", words),
        (f"{here}/edit", number | words),
        (f"/entries/{line}/files/new", file()),
        (f"/achievements/{late}/files/new", file()),
        (f"{here}/achievements/new?kind=initiative", {"subject": "Ai đó", "text": "Muộn"}),
        (f"/achievements/{late}/edit", story),
        (f"{here}/comments", {"text": "Trao đổi muộn"}),
        (f"{here}/send", {"version": submission.version}),
        (f"/achievements/{late}/remove", story),
        (f"{here}/recall", {"version": submission.version, "reason": "Sửa số liệu"}),
    ]


def kept() -> dict[str, list[Any]]:
    """Everything units wrote, as it stands in the database."""
    return {name: list(db.session.execute(text(f"SELECT * FROM {name} ORDER BY id"))) for name in FROZEN}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_door_is_open_after_the_lock(app: Flask, world: World, persona: str):
    records = scene.build(world, persona)
    cases = {
        "published": (records["published of U"], records["achievement of the published"], READ_PUBLISHED, NOON),
        "locked by the clock": (records["sent of U"], records["achievement of the sent"], READ_SENT, LOCKS_AT),
    }
    wrong, tried = {}, 0
    for name, (submission, achievement, reading, at) in cases.items():
        expected = dict(zip(PERSONAS, hidden_with(WRITE_LOCKED, reading).split(), strict=True))[persona]
        before = kept()
        with time_machine.travel(at, tick=False):
            browser = Browser(app, world.accounts.get(persona), at)
            for path, posted in doors(submission, achievement):
                answer = browser.post(path, posted)
                tried += 1
                if cell(answer) != expected:
                    wrong[f"{name}: {path}"] = f"{answer.status_code}, expected {expected}"
        assert kept() == before
    print(f"{persona}: doors shut {tried - len(wrong)} of {tried}")
    assert wrong == {}


def test_the_same_doors_are_open_to_the_unit_before_the_lock(app: Flask, world: World):
    """What is posted above is refused for the lock and for nothing else."""
    records = scene.build(world, "oU")
    draft = submission_of(records["period"], world, "U")
    before = kept()
    with time_machine.travel(NOON, tick=False):
        browser = world.browser("oU")
        shut = {}
        for place in range(len(doors(draft, records["achievement of the draft"])) - 2):
            db.session.expire_all()
            path, posted = doors(draft, records["achievement of the draft"])[place]
            status = browser.post(path, posted).status_code
            if status not in (200, 302):
                shut[path] = status
    assert shut == {}
    assert all(kept()[name] != before[name] for name in ("entry", "section", "achievement", "attachment"))


def test_a_unit_types_its_own_points_until_the_lock(world: World):
    leaf = Leaf("Tổ chức phong trào", unit_of_measure=None, function=ScoreFunction.MANUAL, direction=None)
    period = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=(leaf,)), scored=True)
    entry, typed = submission_of(period, world, "U").entries[0], {"reason": "", "by": world.accounts["oU"]}
    scoring.type_own(entry, points=Decimal(5), seen=0, at=LOCKS_AT - timedelta(seconds=1), **typed)
    with pytest.raises(NotOpen):
        scoring.type_own(entry, points=Decimal(6), seen=1, at=LOCKS_AT, **typed)
    assert db.session.execute(text("SELECT points FROM score")).scalars().all() == [50_000]
