"""A file whose sending began before the second of locking and ended after it, through the page; on both databases."""

import io
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.reporting import LOCKS_AT, make_period, make_set, submission_of
from tests.world import Browser, World, build_world
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SubmissionState
from tracker.models.attachment import Attachment
from tracker.models.submission import Submission
from tracker.services import attachment as attachments

SECOND = timedelta(seconds=1)


class SlowBody(io.BytesIO):
    """A request's body of which the last part arrives when it is `ends`."""

    def __init__(self, content: bytes, clock: time_machine.Traveller, ends: datetime) -> None:
        super().__init__(content)
        self.clock, self.ends, self.read_so_far = clock, ends, 0

    def read(self, size: int | None = -1) -> bytes:
        part = super().read(size)
        self.read_so_far += len(part)
        if self.read_so_far == len(self.getbuffer()):
            self.clock.move_to(self.ends, tick=False)
        return part

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


@pytest.fixture
def world(either_app: Flask) -> World:
    """The personas, on both databases."""
    return build_world()


@pytest.fixture
def submission(world: World) -> Submission:
    return submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")


def picture() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


@pytest.mark.parametrize(
    ("ends", "taken"),
    [(LOCKS_AT - SECOND, True), (LOCKS_AT, False), (LOCKS_AT + SECOND, False)],
    ids=["a second before", "at the second", "a second after"],
)
def test_the_moment_at_which_it_has_arrived_counts(
    either_app: Flask, world: World, submission: Submission, ends: datetime, taken: bool
):
    key = submission.entries[0].public_id
    boundary, content = encode_multipart({"files": FileStorage(picture(), "a.png"), "no_secrets": "y"})
    begun = LOCKS_AT - timedelta(minutes=1)
    with time_machine.travel(begun, tick=False) as clock:
        browser = Browser(either_app, world.accounts["oU"], begun)
        answer = browser.post(
            f"/entries/{key}/files/new", input_stream=SlowBody(content, clock, ends),
            content_type=f"multipart/form-data; boundary={boundary}", content_length=len(content),
        )  # fmt: skip
    db.session.expire_all()
    assert answer.status_code == (302 if taken else 409)
    assert len(db.session.scalars(select(Attachment)).all()) == taken
    assert len([place for place in attachments.files().root.rglob("*") if place.is_file()]) == taken
    assert submission.state is (SubmissionState.DRAFT if taken else SubmissionState.NOT_BEGUN)
    assert submission.period.state is (PeriodState.OPEN if taken else PeriodState.REVIEWING)


def test_a_clock_turned_back_after_that_opens_nothing(either_app: Flask, world: World, submission: Submission):
    """The refused write recorded the lock, so that a server whose clock is set back does not take it after all."""
    codes = []
    for moment in (LOCKS_AT, LOCKS_AT - SECOND):
        with time_machine.travel(moment, tick=False):
            browser = Browser(either_app, world.accounts["oU"], moment)
            given = {"text": "Xin nhận"}
            codes.append(browser.post(f"/submissions/{submission.public_id}/comments", given).status_code)
    db.session.expire_all()
    assert (codes, submission.comments) == ([409, 409], [])
