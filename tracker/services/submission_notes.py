"""Beside a submission's way: what its two sides write to each other, and which of its lines are the unit's own."""

from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.criteria import Exemption
from tracker.models.pledge import UnitTarget
from tracker.models.submission import Entry, Section, Submission, SubmissionComment
from tracker.policy import may_comment_submission, may_favour_submission
from tracker.services import notice, score_gate, scoring
from tracker.services import submission_gate as gate
from tracker.services.recording import recorded
from tracker.text import clean_block, shorten

MOST_COMMENT = 5_000


@recorded
def set_assigned(
    submission: Submission, entry: Entry, assigned: bool, *, reason: str, by: Account, at: datetime
) -> Entry:
    """Whether a line is the unit's; kept for coming periods too. Only the bloc or the board, never the unit itself."""
    put_assigned(submission, entry, assigned, reason=reason, by=by, at=at)
    scoring.recompute(submission.period, by=by, at=at)
    return entry


@recorded
def put_assigned(
    submission: Submission, entry: Entry, assigned: bool, *, reason: str, by: Account, at: datetime
) -> Entry:
    """One of many lines: as set_assigned, but who calls it reckons the points anew once for all."""
    assert entry.submission_id == submission.id
    gate.hold(submission, entry)
    period = submission.period
    if not may_favour_submission(by, submission, gate.day_of(period, at)):
        leader = f"{period.bloc.kind.small} trưởng"
        raise NotAllowed(f"Chỉ {leader} hoặc Hội đồng xác định dòng nào được giao; đơn vị không tự xác định.")
    if period.state not in (PeriodState.OPEN, PeriodState.REVIEWING):
        raise NotOpen(f"Kỳ báo cáo đang ở trạng thái “{period.state.label}” nên không đổi dòng được giao nữa.")
    why = clean_block(reason)
    if not why:
        raise ReasonMissing("giao hoặc không giao dòng này")
    if entry.assigned is assigned:
        return entry
    if period.scored and entry.criterion_id is not None:
        score_gate.open_for_points(period, at)
    entry.assigned = assigned
    _keep_for_later(entry, why, by, at)
    what = "được giao" if assigned else "không được giao"
    told = f"Báo cáo {period.period.label}: một dòng từ nay {what} cho đơn vị. Lý do: {why}"
    _tell(submission, told, by, at)
    return entry


@recorded
def comment(
    submission: Submission,
    *,
    text: str,
    entry: Entry | None = None,
    section: Section | None = None,
    by: Account,
    at: datetime,
) -> SubmissionComment:
    """What the unit and the secretariat write to each other, of the whole or of one place. Locked like all the rest."""
    assert entry is None or section is None
    gate.hold(submission)
    if not may_comment_submission(by, submission, gate.day_of(submission.period, at)):
        raise NotAllowed(f"Chỉ đơn vị và thường trực {submission.period.bloc.kind.small} trao đổi về báo cáo này.")
    gate.unlocked(submission.period, at)
    said = clean_block(text)
    if not said:
        raise RuleBroken("Hãy ghi nội dung trao đổi.", field="text")
    if len(said) > MOST_COMMENT:
        raise RuleBroken(f"Dài {len(said)} ký tự, tối đa {MOST_COMMENT}: hãy rút gọn.", field="text")
    last = db.session.scalars(
        select(SubmissionComment)
        .where(SubmissionComment.submission_id == submission.id)
        .order_by(SubmissionComment.id.desc())
        .limit(1)
    ).first()
    place = (entry.id if entry else None, section.id if section else None)
    if last is not None and (last.by_id, last.text, (last.entry_id, last.section_id)) == (by.id, said, place):
        return last
    row = SubmissionComment(submission=submission, entry=entry, section=section, text=said, at=at, by=by)
    db.session.add(row)
    if by.unit_id != submission.unit_id:
        period = submission.period
        told = f"Thường trực {period.bloc.kind.small} trao đổi về báo cáo {period.period.label}: {shorten(said)}"
        _tell(submission, told, by, at)
    return row


def _keep_for_later(entry: Entry, why: str, by: Account, at: datetime) -> None:
    """Coming periods of the same criteria or pledge ask it again when they open."""
    unit = entry.submission.unit
    if entry.criterion is not None:
        known = [row for row in entry.criterion.exemptions if row.unit_id == unit.id]
        if entry.assigned:
            entry.criterion.exemptions = [row for row in entry.criterion.exemptions if row not in known]
        elif not known:
            db.session.add(Exemption(criterion=entry.criterion, unit=unit, reason=why, at=at, by=by))
        return
    assert entry.pledge_row is not None
    target = next((row for row in entry.pledge_row.targets if row.unit_id == unit.id), None)
    if target is None:
        target = UnitTarget(row=entry.pledge_row, unit=unit)
        db.session.add(target)
    target.assigned = entry.assigned


def _tell(submission: Submission, text: str, by: Account, at: datetime) -> None:
    notice.tell(
        submission.unit, NoticeKind.PERIOD, text, period=submission.period, submission=submission, by=by, at=at
    )
