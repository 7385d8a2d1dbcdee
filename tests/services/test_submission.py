"""A submission on its way: sent, recalled, returned, accepted; who may, when, and what is kept of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.reporting import LOCKS_AT, make_period, make_pledge, make_set, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.submissions import SubmissionState, SubmissionStep
from tracker.errors import Locked, NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.submission import Submission
from tracker.services import entry as entries
from tracker.services import submission as service

S = SubmissionStep


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's submission: three leaves and one row of the pledge."""
    make_pledge(world.blocs["B"])
    return submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")


def fill(submission: Submission, world: World, at=NOON, place: int = 0, actual: int = 43) -> None:
    line = submission.entries[place]
    entries.fill_in(
        line, actual=Decimal(actual), count=None, note=None, seen=line.version, by=world.accounts["oU"], at=at
    )


def test_report_goes_all_the_way(world: World, submission: Submission):
    unit, checker = world.accounts["oU"], world.accounts["oL"]
    fill(submission, world)
    service.take(submission, S.SEND, by=unit, at=NOON)
    service.take(submission, S.CHECK, by=checker, at=NOON)
    line = submission.entries[0]
    service.return_back(submission, reason="", places=[(line, "Thiếu biên bản")], by=checker, at=NOON)
    db.session.commit()
    assert (submission.state, line.returned_reason) == (SubmissionState.RETURNED, "Thiếu biên bản")
    fill(submission, world, actual=44)
    later = NOON + timedelta(days=1)
    service.take(submission, S.SEND, by=unit, at=later)
    service.take(submission, S.ACCEPT, by=checker, at=later)
    db.session.commit()
    assert (submission.state, submission.accepted_by) == (SubmissionState.ACCEPTED, checker)
    assert (submission.first_sent_at, submission.last_sent_at) == (NOON, later)
    assert line.returned_reason is None
    assert [place.reason for step in submission.steps for place in step.returned] == ["Thiếu biên bản"]
    assert [step.step for step in submission.steps] == [S.WRITE, S.SEND, S.CHECK, S.RETURN, S.SEND, S.ACCEPT]


def test_only_returned_lines_are_open_again(world: World, submission: Submission):
    fill(submission, world)
    service.take(submission, S.SEND, by=world.accounts["oU"], at=NOON)
    service.return_back(
        submission, reason="", places=[(submission.entries[0], "Thiếu")], by=world.accounts["oL"], at=NOON
    )
    with pytest.raises(NotOpen, match="không bị trả lại"):
        fill(submission, world, place=1)
    fill(submission, world, actual=1)
    assert submission.entries[0].actual == 1


def test_empty_report_is_refused(world: World, submission: Submission):
    service.take(submission, S.WRITE, by=world.accounts["oU"], at=NOON)
    with pytest.raises(RuleBroken, match="chưa có số liệu, chưa có phần bằng lời"):
        service.take(submission, S.SEND, by=world.accounts["oU"], at=NOON)
    assert submission.state is SubmissionState.DRAFT


def test_recall_until_somebody_checks(world: World, submission: Submission):
    unit = world.accounts["oU"]
    fill(submission, world)
    service.take(submission, S.SEND, by=unit, at=NOON)
    with pytest.raises(ReasonMissing):
        service.take(submission, S.RECALL, by=unit, at=NOON)
    service.take(submission, S.RECALL, reason="Nhầm số", by=unit, at=NOON)
    assert (submission.state, submission.first_sent_at) == (SubmissionState.DRAFT, None)
    service.take(submission, S.SEND, by=unit, at=NOON)
    service.take(submission, S.CHECK, by=world.accounts["oD"], at=NOON)
    with pytest.raises(NotOpen, match="đã bắt đầu kiểm tra"):
        service.take(submission, S.RECALL, reason="Nhầm số", by=unit, at=NOON)
    assert [step.step for step in submission.steps] == [S.WRITE, S.SEND, S.RECALL, S.SEND, S.CHECK]


def test_nobody_writes_at_the_second_of_locking(world: World, submission: Submission):
    fill(submission, world, at=LOCKS_AT - timedelta(microseconds=1))
    with pytest.raises(Locked) as refused:
        fill(submission, world, at=LOCKS_AT, actual=44)
    assert refused.value.period is submission.period
    assert submission.entries[0].actual == 43


def test_no_unit_judges_itself(world: World, submission: Submission):
    fill(submission, world)
    service.take(submission, S.SEND, by=world.accounts["oU"], at=NOON)
    for persona in ("oU", "hU", "oV", "bd"):
        with pytest.raises(NotAllowed):
            service.take(submission, S.ACCEPT, by=world.accounts[persona], at=NOON)
