"""The one gate of everything a unit writes in its submission: page, workbook, file, comment, command (issue 3, B7).

Rows are locked in one order, the period before the submission: the period shared, because its units write at the same
time, the submission for oneself. Locking a period takes its row alone, so that a write and the lock cannot cross.
SQLite takes its one write lock when the transaction begins. "of": a row that a page loaded together with others is
refreshed together with them, and PostgreSQL locks no outer join.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.exc import InvalidRequestError

from tracker.db import Base, db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import NEXT, SubmissionState, SubmissionStep
from tracker.domain.vietnamese import date_time
from tracker.errors import Locked, NotAllowed, NotOpen
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Section, Submission, SubmissionTaken
from tracker.policy import may_write_submission


def writing(
    submission: Submission,
    *,
    by: Account,
    at: datetime,
    entry: Entry | None = None,
    section: Section | None = None,
    begins: bool = True,
) -> None:
    """`by` writes at `at` into the whole, into one line or one section (an achievement: its section ACHIEVEMENTS).

    Locked from the second of locking on, and whenever the lock was recorded; NotAllowed for other units' people;
    NotOpen when the unit does not hold the submission, the place was not returned, or the line is not assigned. The
    first write makes a draft; `begins` False only asks, for a write that may turn out to change nothing.
    """
    hold(submission, entry, section)
    open_to(submission, by=by, at=at)
    open_place(submission, entry=entry, section=section, whole=returned_whole(submission))
    if begins:
        begin(submission, by=by, at=at)


def hold(submission: Submission, *places: Base | None) -> None:
    """Lock the period's row and the submission's, and read them and `places` as they stand now.

    NotOpen when a place was taken away meanwhile.
    """
    db.session.flush()
    db.session.refresh(submission.period, with_for_update={"read": True, "of": ReportingPeriod})
    db.session.refresh(submission, with_for_update={"of": Submission})
    for place in places:
        if place is not None:
            try:
                db.session.refresh(place)
            except InvalidRequestError:
                raise NotOpen("Mục này vừa bị xóa trong lúc bạn sửa: hãy mở lại trang.") from None


def unlocked(period: ReportingPeriod, at: datetime) -> None:
    """Locked when units' data may not be touched at `at`: a recorded lock holds whatever the clock says."""
    if period.is_locked or at >= period.locks_at:
        when = said_moment(period, period.locked_at or period.locks_at)
        raise Locked(
            f"Số liệu {period.period.label} đã khóa lúc {when} nên việc này không làm được nữa và chưa có gì được lưu. "
            f"Nếu còn phải sửa, hãy đề nghị thường trực {period.bloc.kind.small} báo Hội đồng thi đua - khen thưởng "
            "mở khóa.",
            period,
        )
    if period.state is not PeriodState.OPEN:
        raise NotOpen(f"Kỳ báo cáo đang ở trạng thái “{period.state.label}” nên chưa nhận số liệu.")


def open_to(submission: Submission, *, by: Account, at: datetime) -> None:
    """Whether the unit holds its submission now and `by` is of it; the rows are held already."""
    period = submission.period
    unlocked(period, at)
    if not may_write_submission(by, submission, day_of(period, at)):
        raise NotAllowed("Chỉ người của đơn vị ghi được báo cáo của đơn vị mình.")
    if submission.state not in SubmissionState.writable():
        way = (
            f"Nếu thường trực {period.bloc.kind.small} chưa kiểm tra, hãy rút về rồi sửa."
            if submission.state is SubmissionState.SENT and submission.checked_at is None
            else f"Hãy đề nghị thường trực {period.bloc.kind.small} trả lại chỗ cần sửa."
        )
        raise NotOpen(f"Báo cáo đang ở trạng thái “{submission.state.label}” nên không ghi thêm được. {way}")
    if submission.with_head_at is not None and not by.is_head_on(day_of(period, at)):
        raise NotOpen(
            "Báo cáo đang chờ lãnh đạo đơn vị duyệt nên chỉ lãnh đạo sửa được. Nếu còn phải sửa, hãy đề nghị lãnh đạo "
            "chuyển lại."
        )


def open_place(
    submission: Submission, *, whole: bool, entry: Entry | None = None, section: Section | None = None
) -> None:
    """Whether this place is the unit's to write: assigned, and of a returned submission a place that was returned.

    `whole`: what returned_whole says of the submission.
    """
    place = entry or section
    assert place is None or place.submission_id == submission.id
    if entry is not None and not entry.assigned:
        raise NotOpen("Dòng này không được giao cho đơn vị nên không ghi được.")
    if place is None or submission.state is not SubmissionState.RETURNED:
        return
    if place.returned_reason is None and not whole:
        what = "Dòng này" if entry is not None else f"Phần “{section.kind.label}”" if section is not None else ""
        raise NotOpen(f"{what} không bị trả lại nên giữ nguyên như đã gửi. Chỉ những chỗ bị trả lại mới sửa được.")


def begin(submission: Submission, *, by: Account, at: datetime) -> None:
    """The first write makes a draft of it."""
    if submission.state is SubmissionState.NOT_BEGUN:
        submission.state = NEXT[submission.state, SubmissionStep.WRITE]
        db.session.add(SubmissionTaken(submission=submission, step=SubmissionStep.WRITE, at=at, by=by))


def returned_whole(submission: Submission) -> bool:
    """Whether it came back as a whole: no place of it carries a reason of its own."""
    return submission.state is SubmissionState.RETURNED and not any(
        db.session.scalar(
            select(exists().where(place.submission_id == submission.id, place.returned_reason.is_not(None)))
        )
        for place in (Entry, Section)
    )


def day_of(period: ReportingPeriod, at: datetime) -> date:
    """The calendar day of `at` where the bloc's authority is."""
    return at.astimezone(ZoneInfo(period.bloc.authority.time_zone)).date()


def said_moment(period: ReportingPeriod, at: datetime) -> str:
    """17:00 ngày 10/06/2026, in the zone of the bloc's authority."""
    return date_time(at.astimezone(ZoneInfo(period.bloc.authority.time_zone)))
