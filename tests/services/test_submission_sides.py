"""Both sides of a report: the unit with its head, the secretariat; comments, notices, what is assigned."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.reporting import fill, make_period, make_pledge, make_sent, make_set, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.domain.submissions import SubmissionState, SubmissionStep
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.notice import Notice
from tracker.models.pledge import UnitTarget
from tracker.models.submission import Submission, SubmissionComment
from tracker.services import entry as entries
from tracker.services import submission as service

S = SubmissionStep


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's submission: three leaves and one row of the pledge."""
    make_pledge(world.blocs["B"])
    return submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")


@pytest.fixture
def sent(world: World, submission: Submission) -> Submission:
    return make_sent(submission, world.accounts["oU"])


def told(world: World, persona: str) -> list[tuple[NoticeKind, str]]:
    asked = select(Notice).where(Notice.account_id == world.accounts[persona].id).order_by(Notice.id)
    return [(notice.kind, notice.text) for notice in db.session.scalars(asked)]


def test_head_signs_where_the_unit_wants_it(world: World, submission: Submission):
    officer, head = world.accounts["oU"], world.accounts["hU"]
    fill(submission, world)
    with pytest.raises(RuleBroken, match="gửi thẳng được"):
        service.take(submission, S.SUBMIT_TO_HEAD, by=officer, at=NOON)
    submission.unit.head_signs = True
    keep(submission.unit)
    with pytest.raises(NotAllowed, match="hãy trình lãnh đạo"):
        service.take(submission, S.SEND, by=officer, at=NOON)
    service.take(submission, S.SUBMIT_TO_HEAD, by=officer, at=NOON)
    assert told(world, "hU") == [
        (NoticeKind.PERIOD, "Báo cáo 6 tháng đầu năm 2026 chờ lãnh đạo đơn vị duyệt.")
    ]
    with pytest.raises(NotOpen, match="đang chờ lãnh đạo"):
        fill(submission, world, actual=44)
    with pytest.raises(NotAllowed):
        service.take(submission, S.HEAD_SENDS_BACK, reason="Xem lại", by=officer, at=NOON)
    service.take(submission, S.HEAD_SENDS_BACK, reason="Xem lại", by=head, at=NOON)
    fill(submission, world, actual=44)
    service.take(submission, S.SUBMIT_TO_HEAD, by=officer, at=NOON)
    line = submission.entries[0]
    entries.fill_in(line, actual=Decimal(45), count=None, note=None, seen=line.version, by=head, at=NOON)
    service.take(submission, S.SEND, by=head, at=NOON)
    assert (submission.state, submission.with_head_at) == (SubmissionState.SENT, None)


def test_head_may_send_at_once(world: World, submission: Submission):
    submission.unit.head_signs = True
    keep(submission.unit)
    fill(submission, world)
    with pytest.raises(NotOpen, match="chưa được trình"):
        service.take(submission, S.HEAD_SENDS_BACK, reason="Xem lại", by=world.accounts["hU"], at=NOON)
    service.take(submission, S.SEND, by=world.accounts["hU"], at=NOON)
    assert submission.state is SubmissionState.SENT


def test_no_unit_judges_itself(world: World, sent: Submission):
    for persona in ("oU", "hU", "oV", "oE", "bd", "ad"):
        for step in (S.CHECK, S.ACCEPT):
            with pytest.raises(NotAllowed):
                service.take(sent, step, by=world.accounts[persona], at=NOON)
        with pytest.raises(NotAllowed):
            service.return_back(sent, reason="Sai", by=world.accounts[persona], at=NOON)
    own = make_sent(submission_of(sent.period, world, "L"), world.accounts["oL"])
    with pytest.raises(NotAllowed):
        service.take(own, S.ACCEPT, by=world.accounts["hL"], at=NOON)
    service.take(own, S.ACCEPT, by=world.accounts["oD"], at=NOON)
    assert own.state is SubmissionState.ACCEPTED


def test_another_unit_takes_no_step(world: World, submission: Submission):
    fill(submission, world)
    for persona in ("oV", "oL", "bd"):
        for step in (S.WRITE, S.SEND, S.RECALL, S.SUBMIT_TO_HEAD):
            with pytest.raises(NotAllowed):
                service.take(submission, step, reason="Lý do", by=world.accounts[persona], at=NOON)


def test_not_assigned_is_kept_for_coming_periods(world: World, submission: Submission):
    leaf, pledged = submission.entries[0], submission.entries[3]
    board = {"by": world.accounts["bd"], "at": NOON}
    for entry in (leaf, pledged):
        with pytest.raises(ReasonMissing):
            service.set_assigned(submission, entry, False, reason=" ", **board)
        service.set_assigned(submission, entry, False, reason="Không có dự án", **board)
    db.session.commit()
    assert [(row.unit.id, row.reason) for row in leaf.criterion.exemptions] == [(submission.unit_id, "Không có dự án")]
    targets = db.session.scalars(select(UnitTarget)).all()
    assert [(row.unit_id, row.assigned) for row in targets] == [(submission.unit_id, False)]
    for entry in (leaf, pledged):
        service.set_assigned(submission, entry, True, reason="Đã giao", **board)
    db.session.commit()
    assert (leaf.criterion.exemptions, targets[0].assigned, leaf.assigned) == ([], True, True)
    assert len(told(world, "oU")) == 4


def test_returned_line_that_is_taken_away_opens_no_other(world: World, submission: Submission):
    """Its reason stays: without it the report would look as if it had come back as a whole."""
    make_sent(submission, world.accounts["oU"])
    line, by = submission.entries[0], {"by": world.accounts["oL"], "at": NOON}
    service.return_back(submission, reason="", places=[(line, "Thiếu")], **by)
    service.set_assigned(submission, line, False, reason="Không có dự án", **by)
    for place in (0, 1):
        with pytest.raises(NotOpen):
            fill(submission, world, place=place)
    service.set_assigned(submission, line, True, reason="Đã giao lại", **by)
    fill(submission, world, actual=44)
    assert line.actual == 44


def test_nobody_assigns_for_oneself(world: World, submission: Submission):
    for persona in ("oU", "hU", "oD", "oV"):
        with pytest.raises(NotAllowed):
            service.set_assigned(
                submission, submission.entries[0], False, reason="Không có", by=world.accounts[persona], at=NOON
            )


def test_comments_go_both_ways_and_are_not_doubled(world: World, sent: Submission):
    unit, checker, line = world.accounts["oU"], world.accounts["oL"], sent.entries[0]
    first = service.comment(sent, text="Số này theo Kho bạc", entry=line, by=unit, at=NOON)
    assert service.comment(sent, text=" Số này theo Kho bạc ", entry=line, by=unit, at=NOON) is first
    service.comment(sent, text="Số này theo Kho bạc", by=unit, at=NOON)
    service.comment(sent, text="Đã rõ", entry=line, by=checker, at=NOON)
    db.session.commit()
    rows = db.session.scalars(select(SubmissionComment).order_by(SubmissionComment.id)).all()
    assert [(row.by, row.entry) for row in rows] == [(unit, line), (unit, None), (checker, line)]
    assert told(world, "hU")[-1][1].endswith("Đã rõ")
    for text in (" ", "x" * 5001):
        with pytest.raises(RuleBroken) as refused:
            service.comment(sent, text=text, by=unit, at=NOON)
        assert refused.value.field == "text"
    for persona in ("oV", "bd"):
        with pytest.raises(NotAllowed):
            service.comment(sent, text="Xem", by=world.accounts[persona], at=NOON)


def test_unit_is_told_what_became_of_its_report(world: World, sent: Submission):
    checker = world.accounts["oL"]
    service.return_back(sent, reason="", places=[(sent.entries[0], "Thiếu")], by=checker, at=NOON)
    service.take(sent, S.SEND, by=world.accounts["oU"], at=NOON)
    service.take(sent, S.ACCEPT, by=checker, at=NOON)
    service.take(sent, S.REOPEN, reason="Còn thiếu", by=checker, at=NOON)
    assert told(world, "oU") == told(world, "hU") == [
        (NoticeKind.RETURNED, "Thường trực khối trả lại 1 chỗ trong báo cáo 6 tháng đầu năm 2026 để bổ sung."),
        (NoticeKind.ACCEPTED, "Thường trực khối đã tiếp nhận báo cáo 6 tháng đầu năm 2026."),
        (NoticeKind.PERIOD, "Thường trực khối bỏ tiếp nhận báo cáo 6 tháng đầu năm 2026. Lý do: Còn thiếu"),
    ]
    assert told(world, "oV") == []
