"""A unit's submission on its way: prepared, sent, recalled, checked, returned, accepted; every step kept for ever."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select

from tracker.db import db
from tracker.domain import submissions as words
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState
from tracker.domain.submission_checks import EMPTY
from tracker.domain.submissions import NEEDS_REASON, SubmissionState, SubmissionStep
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.submission import Achievement, Entry, ReturnedPlace, Section, Submission, SubmissionTaken
from tracker.policy import may_check_submission, may_sign_submission, may_write_submission
from tracker.services import notice, scoring
from tracker.services import submission_gate as gate
from tracker.services.recording import recorded
from tracker.services.submission_notes import comment, set_assigned
from tracker.text import clean_block

__all__ = ["comment", "return_back", "set_assigned", "take"]

UNIT_STEPS = (SubmissionStep.WRITE, SubmissionStep.SUBMIT_TO_HEAD, SubmissionStep.SEND, SubmissionStep.RECALL)
SECRETARIAT_STEPS = (SubmissionStep.CHECK, SubmissionStep.ACCEPT, SubmissionStep.REOPEN)
#: Steps that touch the unit's data, so the lock refuses them; checking and accepting go on after it.
UNTIL_LOCK = (*UNIT_STEPS, SubmissionStep.HEAD_SENDS_BACK, SubmissionStep.RETURN, SubmissionStep.REOPEN)


@recorded
def take(submission: Submission, step: SubmissionStep, *, reason: str = "", by: Account, at: datetime) -> Submission:
    """One step of the unit, its head or the secretariat. The same step sent twice is one step.

    NotAllowed for others; Locked from the second of locking on; NotOpen when the step does not follow; ReasonMissing;
    RuleBroken for an empty report. `return_back` returns.
    """
    assert step is not SubmissionStep.RETURN, "return_back names places"
    gate.hold(submission)
    _check_who(submission, step, by, at)
    if _taken_already(submission, step, by):
        return submission
    _check_when(submission, step, at)
    said = clean_block(reason)
    if step in NEEDS_REASON and not said:
        raise ReasonMissing(_act(step))
    state = words.after(submission.state, step)
    with db.session.no_autoflush:
        match step:
            case SubmissionStep.SUBMIT_TO_HEAD:
                _submit_to_head(submission, at)
            case SubmissionStep.HEAD_SENDS_BACK:
                _head_sends_back(submission)
            case SubmissionStep.SEND:
                _send(submission, at)
            case SubmissionStep.RECALL:
                _recall(submission)
            case SubmissionStep.CHECK:
                submission.checked_at = at
            case SubmissionStep.ACCEPT:
                submission.checked_at = submission.checked_at or at
                submission.accepted_at, submission.accepted_by = at, by
            case SubmissionStep.REOPEN:
                submission.accepted_at = submission.accepted_by = None
        submission.state = state
    _keep(submission, step, said, by, at)
    _tell(submission, step, said, by, at)
    if step in (SubmissionStep.SEND, SubmissionStep.RECALL):
        scoring.recompute(submission.period, by=by, at=at)
    return submission


@recorded
def return_back(
    submission: Submission,
    *,
    reason: str,
    places: Sequence[tuple[Entry | Section, str]] = (),
    by: Account,
    at: datetime,
) -> Submission:
    """Back to the unit: the whole with `reason`, or only `places`, each with its own; then `reason` may be blank.

    NotAllowed, Locked, NotOpen as `take`; ReasonMissing; RuleBroken for a place twice, of another report, unassigned.
    """
    gate.hold(submission)
    _check_who(submission, SubmissionStep.RETURN, by, at)
    said = clean_block(reason)
    named = [(place, clean_block(why)) for place, why in places]
    if _returned_already(submission, said, named, by):
        return submission
    _check_when(submission, SubmissionStep.RETURN, at)
    state = words.after(submission.state, SubmissionStep.RETURN)
    if not said and not named:
        raise ReasonMissing(_act(SubmissionStep.RETURN))
    _check_places(submission, named)
    submission.state = state
    submission.checked_at = submission.checked_at or at
    taken = _keep(submission, SubmissionStep.RETURN, said, by, at)
    for place, why in named:
        place.returned_reason = why
        entry, section = (place, None) if isinstance(place, Entry) else (None, place)
        db.session.add(ReturnedPlace(taken=taken, entry=entry, section=section, reason=why))
    what = f"{len(named)} chỗ trong báo cáo" if named else "toàn bộ báo cáo"
    text = f"{_secretariat(submission)} trả lại {what} {submission.period.period.label} để bổ sung."
    notice.tell(
        submission.unit, NoticeKind.RETURNED, f"{text} Lý do: {said}" if said else text, period=submission.period,
        submission=submission, by=by, at=at,
    )  # fmt: skip
    return submission


def _check_who(submission: Submission, step: SubmissionStep, by: Account, at: datetime) -> None:
    day = gate.day_of(submission.period, at)
    if step in UNIT_STEPS:
        allowed, whose = may_write_submission(by, submission, day), "người của đơn vị"
    elif step is SubmissionStep.HEAD_SENDS_BACK:
        allowed, whose = may_sign_submission(by, submission, day), "lãnh đạo đơn vị"
    else:
        allowed = may_check_submission(by, submission, day)
        whose = f"thường trực {submission.period.bloc.kind.small} (không phải chính đơn vị đó)"
    if not allowed:
        raise NotAllowed(f"Chỉ {whose} làm được việc “{step.label}” với báo cáo này.")
    if step is SubmissionStep.SEND and submission.unit.head_signs and not by.is_head_on(day):
        raise NotAllowed(
            "Đơn vị đặt bước lãnh đạo duyệt trước khi gửi: hãy trình lãnh đạo, báo cáo gửi đi khi lãnh đạo bấm gửi."
        )


def _check_when(submission: Submission, step: SubmissionStep, at: datetime) -> None:
    period = submission.period
    if step in UNTIL_LOCK:
        gate.unlocked(period, at)
    elif period.state not in (PeriodState.OPEN, PeriodState.REVIEWING):
        raise NotOpen(f"Kỳ báo cáo đang ở trạng thái “{period.state.label}” nên không làm được việc “{step.label}”.")


def _last_taken(submission: Submission) -> SubmissionTaken | None:
    return db.session.scalars(
        select(SubmissionTaken)
        .where(SubmissionTaken.submission_id == submission.id)
        .order_by(SubmissionTaken.id.desc())
        .limit(1)
    ).first()


def _taken_already(submission: Submission, step: SubmissionStep, by: Account) -> bool:
    """A second click: the last step was this one, by the same person; or somebody began to check before."""
    if step is SubmissionStep.CHECK and submission.state is SubmissionState.SENT:
        return submission.checked_at is not None
    last = _last_taken(submission)
    return last is not None and last.step is step and last.by_id == by.id


def _returned_already(
    submission: Submission, reason: str, named: Sequence[tuple[Entry | Section, str]], by: Account
) -> bool:
    """A second click: the last step returned the same places for the same reasons."""
    last = _last_taken(submission)
    if last is None or (last.step, last.by_id, last.reason) != (SubmissionStep.RETURN, by.id, reason):
        return False
    before = {(row.entry_id, row.section_id, row.reason) for row in last.returned}
    now = {(*((place.id, None) if isinstance(place, Entry) else (None, place.id)), why) for place, why in named}
    return before == now


def _submit_to_head(submission: Submission, at: datetime) -> None:
    if not submission.unit.head_signs:
        raise RuleBroken("Đơn vị không đặt bước lãnh đạo duyệt: báo cáo gửi thẳng được.")
    if submission.with_head_at is not None:
        raise NotOpen("Báo cáo đang chờ lãnh đạo đơn vị duyệt.")
    _check_filled(submission)
    submission.with_head_at = at


def _head_sends_back(submission: Submission) -> None:
    if submission.with_head_at is None:
        raise NotOpen("Báo cáo chưa được trình nên không có gì để chuyển lại.")
    submission.with_head_at = None


def _send(submission: Submission, at: datetime) -> None:
    """Lateness is reckoned from the first sending; what was returned is closed again."""
    _check_filled(submission)
    submission.first_sent_at = submission.first_sent_at or at
    submission.last_sent_at = at
    submission.with_head_at = None
    entries = select(Entry).where(Entry.submission_id == submission.id, Entry.returned_reason.is_not(None))
    sections = select(Section).where(Section.submission_id == submission.id, Section.returned_reason.is_not(None))
    for place in (*db.session.scalars(entries), *db.session.scalars(sections)):
        place.returned_reason = None


def _recall(submission: Submission) -> None:
    """Only while nobody has begun to check. The steps keep that it was sent."""
    if submission.checked_at is not None:
        raise NotOpen(
            f"{_secretariat(submission)} đã bắt đầu kiểm tra nên không rút về được. Hãy đề nghị trả lại chỗ cần sửa."
        )
    submission.first_sent_at = submission.last_sent_at = None


def _check_filled(submission: Submission) -> None:
    """RuleBroken for a report without any figure, text or achievement."""
    entries = select(Entry.id).where(
        Entry.submission_id == submission.id,
        Entry.assigned,
        or_(Entry.actual.is_not(None), Entry.count.is_not(None), Entry.note.is_not(None)),
    )
    sections = select(Section.id).where(Section.submission_id == submission.id, Section.text != "")
    achievements = select(Achievement.id).where(Achievement.submission_id == submission.id)
    if not db.session.scalar(select(or_(exists(entries), exists(sections), exists(achievements)))):
        raise RuleBroken(EMPTY)


def _check_places(submission: Submission, named: Sequence[tuple[Entry | Section, str]]) -> None:
    if len({(type(place), place.id) for place, _ in named}) != len(named):
        raise RuleBroken("Mỗi chỗ chỉ trả lại một lần: hãy gộp lý do.")
    for place, why in named:
        if place.submission_id != submission.id:
            raise RuleBroken("Có chỗ không thuộc báo cáo này: hãy mở lại trang.")
        if not why:
            raise ReasonMissing("trả lại từng chỗ đã chọn")
        if isinstance(place, Entry) and not place.assigned:
            raise RuleBroken("Dòng không được giao cho đơn vị thì không trả lại được.")


def _keep(submission: Submission, step: SubmissionStep, reason: str, by: Account, at: datetime) -> SubmissionTaken:
    taken = SubmissionTaken(submission=submission, step=step, at=at, by=by, reason=reason)
    db.session.add(taken)
    return taken


def _tell(submission: Submission, step: SubmissionStep, reason: str, by: Account, at: datetime) -> None:
    label = submission.period.period.label
    told = {
        SubmissionStep.ACCEPT: (NoticeKind.ACCEPTED, f"{_secretariat(submission)} đã tiếp nhận báo cáo {label}."),
        SubmissionStep.REOPEN: (
            NoticeKind.PERIOD, f"{_secretariat(submission)} bỏ tiếp nhận báo cáo {label}. Lý do: {reason}",
        ),
        SubmissionStep.SUBMIT_TO_HEAD: (NoticeKind.PERIOD, f"Báo cáo {label} chờ lãnh đạo đơn vị duyệt."),
        SubmissionStep.HEAD_SENDS_BACK: (
            NoticeKind.RETURNED, f"Lãnh đạo đơn vị chuyển lại báo cáo {label} để sửa. Lý do: {reason}",
        ),
    }  # fmt: skip
    if step in told:
        kind, text = told[step]
        notice.tell(submission.unit, kind, text, period=submission.period, submission=submission, by=by, at=at)


def _secretariat(submission: Submission) -> str:
    """Thường trực khối, or cụm, at the head of a sentence."""
    return f"Thường trực {submission.period.bloc.kind.small}"


def _act(step: SubmissionStep) -> str:
    """The step inside a sentence."""
    return step.label[0].lower() + step.label[1:]
