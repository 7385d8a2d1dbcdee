"""What becomes of a period's results: put forward by one, published by another, revoked, the period closed.

A scored period is published by the ranking that was confirmed for it, not here (settled.md, dates and states).
"""

from datetime import datetime

from tracker.domain import reporting
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodStep
from tracker.errors import NotAllowed, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.services import notice
from tracker.services.period_steps import hold, note_step
from tracker.services.recording import recorded
from tracker.text import clean_line


@recorded
def prepare(period: ReportingPeriod, *, by: Account, at: datetime) -> None:
    """Put the results forward: another person confirms. NotOpen when they are put forward already."""
    hold(period)
    reporting.after(period.state, PeriodStep.PREPARE)
    _refuse_scored(period)
    if period.prepared_at is not None:
        raise NotOpen("Kết quả kỳ này đã được trình công bố, đang chờ người khác xác nhận.")
    note_step(period, PeriodStep.PREPARE, by=by, at=at, prepared_at=at, prepared_by=by)


@recorded
def take_back(period: ReportingPeriod, *, reason: str, by: Account, at: datetime) -> None:
    """The results are not put forward any more. NotOpen when they are not."""
    hold(period)
    _refuse_scored(period)
    reporting.after(period.state, PeriodStep.TAKE_BACK)
    if period.prepared_at is None:
        raise NotOpen("Kết quả kỳ này chưa được trình công bố nên không có gì để rút.")
    note_step(period, PeriodStep.TAKE_BACK, by=by, at=at, reason=reason, prepared_at=None, prepared_by=None)


@recorded
def publish(period: ReportingPeriod, *, by: Account, at: datetime) -> None:
    """REVIEWING → PUBLISHED: every member reads every submission. NotAllowed for whoever put it forward."""
    hold(period)
    reporting.after(period.state, PeriodStep.PUBLISH)
    _refuse_scored(period)
    if period.prepared_at is None:
        raise NotOpen(f"Kết quả chưa được thường trực {period.bloc.kind.small} trình công bố: hãy trình trước.")
    if period.prepared_by_id == by.id:
        raise NotAllowed("Bạn là người trình công bố kết quả này: việc xác nhận thuộc về người khác.")
    note_step(period, PeriodStep.PUBLISH, by=by, at=at, published_at=at)
    _tell_all(period, f"Đã công bố kết quả kỳ {period.period.label}.", by=by, at=at)


@recorded
def revoke(period: ReportingPeriod, *, reason: str, by: Account, at: datetime) -> None:
    """PUBLISHED → REVIEWING: the results are no longer published and must be put forward anew."""
    hold(period)
    _refuse_scored(period)
    nothing = {"published_at": None, "prepared_at": None, "prepared_by": None}
    note_step(period, PeriodStep.REVOKE, by=by, at=at, reason=reason, **nothing)
    text = f"Thu hồi công bố kết quả kỳ {period.period.label}. Lý do: {clean_line(reason)}"
    _tell_all(period, text, by=by, at=at)


@recorded
def close(period: ReportingPeriod, *, by: Account, at: datetime) -> None:
    """PUBLISHED → CLOSED: nothing of the period changes any more, also in the database."""
    hold(period)
    note_step(period, PeriodStep.CLOSE, by=by, at=at)


def _refuse_scored(period: ReportingPeriod) -> None:
    if period.scored:
        raise RuleBroken("Kỳ có chấm điểm được công bố bằng bảng xếp hạng đã xác nhận, không công bố ở đây.")


def _tell_all(period: ReportingPeriod, text: str, *, by: Account | None, at: datetime) -> None:
    texts = {one.unit_id: text for one in period.submissions}
    notice.tell_each(texts, NoticeKind.PERIOD, period=period, by=by, at=at)
