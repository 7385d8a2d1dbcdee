"""A submission on its way: sent, recalled, returned, accepted; who may, when, and what is kept of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.reporting import LOCKS_AT, fill, make_period, make_pledge, make_sent, make_set, set_state, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SectionKind, SubmissionState, SubmissionStep
from tracker.errors import Locked, NotOpen, ReasonMissing, RuleBroken
from tracker.models.submission import ReturnedPlace, Submission
from tracker.services import entry as entries
from tracker.services import submission as service

S = SubmissionStep
DAY = timedelta(days=1)


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's submission: three leaves and one row of the pledge."""
    make_pledge(world.blocs["B"])
    return submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")


@pytest.fixture
def sent(world: World, submission: Submission) -> Submission:
    return make_sent(submission, world.accounts["oU"])


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
    service.take(submission, S.SEND, by=unit, at=NOON + DAY)
    service.take(submission, S.ACCEPT, by=checker, at=NOON + DAY)
    db.session.commit()
    assert (submission.state, submission.accepted_by) == (SubmissionState.ACCEPTED, checker)
    assert (submission.first_sent_at, submission.last_sent_at) == (NOON, NOON + DAY), "late by the first sending"
    assert line.returned_reason is None
    assert [place.reason for step in submission.steps for place in step.returned] == ["Thiếu biên bản"]
    assert [step.step for step in submission.steps] == [S.WRITE, S.SEND, S.CHECK, S.RETURN, S.SEND, S.ACCEPT]


def test_only_returned_places_are_open_again(world: World, sent: Submission):
    section = sent.section(SectionKind.LIMITATIONS)
    named = [(sent.entries[0], "Thiếu"), (section, "Viết rõ nguyên nhân")]
    service.return_back(sent, reason="", places=named, by=world.accounts["oL"], at=NOON)
    unit = {"by": world.accounts["oU"], "at": NOON}
    with pytest.raises(NotOpen, match="không bị trả lại"):
        fill(sent, world, place=1)
    with pytest.raises(NotOpen, match="không bị trả lại"):
        entries.write(sent.section(SectionKind.ASSESSMENT), text="Khác", seen=2, **unit)
    fill(sent, world, actual=1)
    entries.write(section, text="Do thiếu vốn", seen=section.version, **unit)
    assert (sent.entries[0].actual, section.text) == (1, "Do thiếu vốn")


def test_whole_report_returned_is_open_everywhere(world: World, sent: Submission):
    service.return_back(sent, reason="Sai kỳ", by=world.accounts["oD"], at=NOON)
    fill(sent, world, place=1)
    assert sent.entries[1].actual == 43
    assert sent.steps[-1].reason == "Sai kỳ"


def test_every_reason_of_every_return_is_kept(world: World, sent: Submission):
    line, part = sent.entries[0], sent.sections[0]
    for number in (1, 2):
        places = [(line, f"Dòng {number}"), (part, f"Phần {number}")]
        service.return_back(sent, reason=f"Lần {number}", places=places, by=world.accounts["oL"], at=NOON)
        service.take(sent, S.SEND, by=world.accounts["oU"], at=NOON)
    service.take(sent, S.ACCEPT, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    reasons = [row.reason for row in db.session.scalars(select(ReturnedPlace).order_by(ReturnedPlace.id))]
    assert reasons == ["Dòng 1", "Phần 1", "Dòng 2", "Phần 2"]
    assert [step.reason for step in sent.steps if step.step is S.RETURN] == ["Lần 1", "Lần 2"]
    assert (line.returned_reason, part.returned_reason) == (None, None)


def test_same_return_sent_twice_is_one_return(world: World, sent: Submission):
    act = {"reason": "Xem lại", "by": world.accounts["oL"], "at": NOON}
    for _click in range(2):
        service.return_back(sent, places=[(sent.entries[0], "Thiếu")], **act)
    with pytest.raises(NotOpen, match="“Trả lại”"):
        service.return_back(sent, places=[(sent.entries[1], "Thiếu")], **act)
    db.session.commit()
    assert [step.step for step in sent.steps].count(S.RETURN) == 1
    assert len(sent.steps[-1].returned) == 1


@pytest.mark.parametrize(
    ("reason", "places", "error"),
    [
        (" ", [], ReasonMissing),
        ("Sai", [(0, " ")], ReasonMissing),
        ("Sai", [(0, "Thiếu"), (0, "Thiếu nữa")], RuleBroken),
        ("Sai", [(9, "Thiếu")], RuleBroken),
    ],
)
def test_return_needs_its_reasons(world: World, sent: Submission, reason, places, error):
    foreign = submission_of(sent.period, world, "V").entries[0]
    named = [(foreign if place == 9 else sent.entries[place], why) for place, why in places]
    with pytest.raises(error):
        service.return_back(sent, reason=reason, places=named, by=world.accounts["oL"], at=NOON)
    assert sent.state is SubmissionState.SENT


def test_empty_report_is_refused(world: World, submission: Submission):
    service.take(submission, S.WRITE, by=world.accounts["oU"], at=NOON)
    with pytest.raises(RuleBroken, match="chưa có số liệu, chưa có phần bằng lời"):
        service.take(submission, S.SEND, by=world.accounts["oU"], at=NOON)
    assert submission.state is SubmissionState.DRAFT


def test_narrative_alone_may_be_sent(world: World):
    submission = submission_of(make_period(world, asks_figures=False), world, "U")
    unit = {"by": world.accounts["oU"], "at": NOON}
    assert submission.entries == []
    entries.write(submission.sections[0], text="Đã làm", seen=1, **unit)
    service.take(submission, S.SEND, **unit)
    assert submission.state is SubmissionState.SENT


def test_figure_of_a_line_that_was_taken_away_is_no_report(world: World, submission: Submission):
    fill(submission, world)
    service.set_assigned(
        submission, submission.entries[0], False, reason="Không có", by=world.accounts["oL"], at=NOON
    )
    with pytest.raises(RuleBroken, match="chưa gửi được"):
        service.take(submission, S.SEND, by=world.accounts["oU"], at=NOON)


def test_recall_until_somebody_checks(world: World, submission: Submission):
    unit = world.accounts["oU"]
    fill(submission, world)
    service.take(submission, S.SEND, by=unit, at=NOON)
    with pytest.raises(ReasonMissing):
        service.take(submission, S.RECALL, by=unit, at=NOON)
    service.take(submission, S.RECALL, reason="Nhầm số", by=unit, at=NOON)
    assert (submission.state, submission.first_sent_at) == (SubmissionState.DRAFT, None)
    service.take(submission, S.SEND, by=unit, at=NOON + DAY)
    assert submission.first_sent_at == NOON + DAY
    service.take(submission, S.CHECK, by=world.accounts["oD"], at=NOON + DAY)
    with pytest.raises(NotOpen, match="đã bắt đầu kiểm tra"):
        service.take(submission, S.RECALL, reason="Nhầm số", by=unit, at=NOON + DAY)
    db.session.commit()
    assert [(step.step, step.at) for step in submission.steps if step.step is S.SEND] == [
        (S.SEND, NOON), (S.SEND, NOON + DAY),
    ]  # fmt: skip


def test_what_came_back_once_is_never_recalled(world: World, sent: Submission):
    """Else a single returned line would open all others."""
    service.return_back(sent, reason="", places=[(sent.entries[0], "Thiếu")], by=world.accounts["oL"], at=NOON)
    service.take(sent, S.SEND, by=world.accounts["oU"], at=NOON)
    with pytest.raises(NotOpen, match="đã bắt đầu kiểm tra"):
        service.take(sent, S.RECALL, reason="Nhầm", by=world.accounts["oU"], at=NOON)


def test_a_step_sent_twice_is_one_step(world: World, submission: Submission):
    unit, checker = world.accounts["oU"], world.accounts["oL"]
    fill(submission, world)
    for step, by in ((S.SEND, unit), (S.CHECK, checker), (S.ACCEPT, checker)):
        service.take(submission, step, by=by, at=NOON)
        service.take(submission, step, by=by, at=NOON + DAY)
    db.session.commit()
    assert [step.step for step in submission.steps] == [S.WRITE, S.SEND, S.CHECK, S.ACCEPT]
    assert (submission.last_sent_at, submission.accepted_at) == (NOON, NOON)


def test_second_officer_who_sends_is_told_that_it_is_sent(world: World, sent: Submission):
    with pytest.raises(NotOpen, match=r"“Đã gửi”.*“Gửi”"):
        service.take(sent, S.SEND, by=world.accounts["hU"], at=NOON)
    service.take(sent, S.CHECK, by=world.accounts["oL"], at=NOON)
    service.take(sent, S.CHECK, by=world.accounts["oD"], at=NOON + DAY)
    assert sent.checked_at == NOON


def test_accepted_is_reopened_until_the_lock(world: World, submission: Submission):
    checker = world.accounts["oL"]
    make_sent(submission, world.accounts["oU"], state=SubmissionState.ACCEPTED, checker=checker)
    with pytest.raises(ReasonMissing):
        service.take(submission, S.REOPEN, by=checker, at=NOON)
    with pytest.raises(Locked):
        service.take(submission, S.REOPEN, reason="Nhầm", by=checker, at=LOCKS_AT)
    service.take(submission, S.REOPEN, reason="Nhầm", by=checker, at=LOCKS_AT - timedelta(microseconds=1))
    assert (submission.state, submission.accepted_at, submission.accepted_by) == (SubmissionState.SENT, None, None)


def test_after_the_lock_only_accepting_goes_on(world: World, sent: Submission):
    set_state(sent.period, PeriodState.REVIEWING)
    unit, checker = world.accounts["oU"], world.accounts["oL"]
    for refused in (
        lambda: service.return_back(sent, reason="Sai", by=checker, at=NOON),
        lambda: service.take(sent, S.RECALL, reason="Sai", by=unit, at=NOON),
        lambda: service.comment(sent, text="Xin sửa", by=unit, at=NOON),
        lambda: service.comment(sent, text="Không", by=checker, at=NOON),
    ):
        with pytest.raises(Locked, match="đã khóa lúc 17:00 ngày 10/06/2026"):
            refused()
    service.take(sent, S.CHECK, by=checker, at=LOCKS_AT + DAY)
    service.take(sent, S.ACCEPT, by=checker, at=LOCKS_AT + DAY)
    db.session.commit()
    assert sent.state is SubmissionState.ACCEPTED
    late = make_sent_late(sent, world)
    set_state(sent.period, PeriodState.PUBLISHED)
    with pytest.raises(NotOpen, match="Đã công bố"):
        service.take(late, S.ACCEPT, by=checker, at=LOCKS_AT + DAY)


def make_sent_late(sent: Submission, world: World) -> Submission:
    """V's, sent in time and still waiting: its rows as they would stand under the lock."""
    set_state(sent.period, PeriodState.OPEN)
    made = make_sent(submission_of(sent.period, world, "V"), world.accounts["oV"])
    set_state(sent.period, PeriodState.REVIEWING)
    return made
