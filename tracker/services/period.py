"""Reporting periods: founded, changed, opened with a submission for every member, locked and unlocked.

What is done to the results afterwards (publication, closing) stands in services/publication.
"""

from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain import period_dates, reporting
from tracker.domain.notices import NoticeKind
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodDates, PeriodState, PeriodStep
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.models.period import ReportingPeriod
from tracker.services import notice, scoring
from tracker.services.bloc import check_living
from tracker.services.period_copy import copy_year
from tracker.services.period_opening import join, open_now
from tracker.services.period_steps import hold, note_step, zone_of
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line

__all__ = ["change", "copy_year", "found", "join", "lock", "lock_due", "open_now", "remove", "unlock"]


@recorded
def found(
    bloc: Bloc,
    *,
    year: int,
    kind: PeriodKind,
    dates: PeriodDates,
    scored: bool = False,
    asks_figures: bool = True,
    criteria_set: CriteriaSet | None = None,
    note: str | None = None,
    by: Account | None,
    at: datetime,
) -> ReportingPeriod:
    """A new period, not yet open. RuleBroken when the year has one of this kind, or a date does not fit."""
    db.session.execute(select(Bloc.id).where(Bloc.id == bloc.id).with_for_update())
    check_living(bloc)
    twin = select(ReportingPeriod.id).where(
        ReportingPeriod.bloc_id == bloc.id, ReportingPeriod.year == year, ReportingPeriod.kind == kind
    )
    if db.session.scalar(twin) is not None:
        raise RuleBroken(
            f"{bloc.kind.word} đã có kỳ {Period(year, kind).label}: hãy mở kỳ đó để sửa, hoặc chọn kỳ khác.",
            field="kind",
        )
    period = ReportingPeriod(bloc=bloc, year=year, kind=kind, state=PeriodState.PLANNED)
    _fill(period, dates, scored, asks_figures, criteria_set, note)
    db.session.add(period)
    return period


@recorded
def change(
    period: ReportingPeriod,
    *,
    dates: PeriodDates,
    scored: bool,
    asks_figures: bool,
    criteria_set: CriteriaSet | None,
    note: str | None,
    seen: int,
    reason: str = "",
    by: Account | None,
    at: datetime,
) -> ReportingPeriod:
    """Before opening everything may change; of an open period the dates to come, with a reason, and the note.

    Conflict when someone saved it since; NotOpen once the data are locked.
    """
    hold(period)
    if seen != period.version:
        raise Conflict(period)
    if period.state is PeriodState.OPEN:
        _refuse_turning(period, scored, asks_figures, criteria_set)
        moved = _moved(period.dates, dates)
        if moved and not clean_line(reason):
            raise ReasonMissing("đổi ngày của kỳ đang nhận báo cáo")
        for name, moment in moved:
            if moment is not None and moment <= at:
                raise RuleBroken(
                    f"{name} mới ({period_dates.said(moment, zone_of(period))}) đã qua: hãy chọn lúc còn ở phía trước.",
                    field=_FIELDS[name],
                )
    elif period.state is not PeriodState.PLANNED:
        raise NotOpen(f"Kỳ báo cáo đang ở trạng thái “{period.state.label}” nên không sửa được các ngày.")
    before = _moved(period.dates, dates)
    _fill(period, dates, scored, asks_figures, criteria_set, note)
    if period.state is PeriodState.OPEN and before:
        told = ", ".join(
            f"{name.lower()} {period_dates.said(moment, zone_of(period))}" for name, moment in before if moment
        )
        _tell_all(period, f"Kỳ {period.period.label} đổi ngày: {told}. Lý do: {clean_line(reason)}", by=by, at=at)
        scoring.recompute(period, by=by, at=at)
    return period


@recorded
def remove(period: ReportingPeriod, *, by: Account | None, at: datetime) -> None:
    """Take away a period that was never opened. NotOpen otherwise: what units wrote is never deleted."""
    hold(period)
    if period.state is not PeriodState.PLANNED:
        raise NotOpen(f"Kỳ {period.period.label} đã mở nên không xóa được: số liệu của các đơn vị được giữ lại.")
    db.session.delete(period)


@recorded
def lock(period: ReportingPeriod, *, by: Account | None, at: datetime) -> None:
    """OPEN → REVIEWING: from now on no unit writes its data. `by` None: the program, because the time has come.

    RuleBroken while a unit that has not sent is still in time: nobody's days are cut short.
    """
    hold(period)
    reporting.after(period.state, PeriodStep.LOCK)
    if at < period.locks_at:
        _refuse_cutting_short(period, at)
    note_step(period, PeriodStep.LOCK, by=by, at=at, locked_at=at)
    scoring.recompute(period, by=by, at=at)
    _tell_all(period, f"Đã khóa số liệu kỳ {period.period.label}: từ nay chỉ đọc được báo cáo.", by=by, at=at)


@recorded
def lock_due(*, at: datetime, by: Account | None = None) -> list[ReportingPeriod]:
    """Lock every open period whose moment has come; those that were locked just now. The time alone decides.

    Safe to call from several places at once: who comes second finds nothing to do.
    """
    asked = (
        select(ReportingPeriod)
        .where(ReportingPeriod.state == PeriodState.OPEN, ReportingPeriod.locks_at <= at)
        .order_by(ReportingPeriod.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    due = list(db.session.scalars(asked))
    for period in due:
        lock(period, by=by, at=at)
    return due


@recorded
def unlock(
    period: ReportingPeriod, *, new_locks_at: datetime, reason: str, by: Account | None, at: datetime
) -> None:
    """REVIEWING → OPEN until `new_locks_at`; explanations and scoring keep their distance to the lock.

    What was prepared for publication is taken back: the results may change.
    """
    hold(period)
    if not clean_line(reason):
        raise ReasonMissing("mở khóa số liệu")
    reporting.after(period.state, PeriodStep.UNLOCK)
    if period.scored and period.prepared_at is not None:
        raise NotOpen("Bảng xếp hạng của kỳ đang chờ xác nhận công bố: hãy rút đề nghị đó trước, rồi mở khóa.")
    zone = zone_of(period)
    if new_locks_at <= at:
        raise RuleBroken("Lúc khóa mới phải còn ở phía trước: hãy chọn ngày, giờ muộn hơn.", field="locks_on")
    dates = period_dates.with_lock(period.dates, new_locks_at)
    period_dates.check(dates, period.period, scored=period.scored, zone=zone)
    nothing = {"locked_at": None, "prepared_at": None, "prepared_by": None}
    note_step(period, PeriodStep.UNLOCK, by=by, at=at, reason=reason, **nothing)
    _set_dates(period, dates)
    scoring.recompute(period, by=by, at=at)
    _tell_all(
        period,
        f"Mở khóa số liệu kỳ {period.period.label} đến {period_dates.said(new_locks_at, zone)}. "
        f"Lý do: {clean_line(reason)}",
        by=by,
        at=at,
    )


_FIELDS = {
    "Ngày mở": "opens_on",
    "Hạn gửi": "due_on",
    "Khóa số liệu": "locks_on",
    "Hạn giải trình": "explain_on",
    "Kết thúc chấm điểm": "scores_close_on",
}


def _refuse_cutting_short(period: ReportingPeriod, at: datetime) -> None:
    zone = zone_of(period)
    waiting = []
    for submission in period.submissions:
        extension = period.extension_of(submission.unit_id)
        until = period_dates.extended(period.due_at, extension.until if extension else None, zone)
        if submission.first_sent_at is None and at < until:
            waiting.append(until)
    if waiting:
        raise RuleBroken(
            f"Còn {len(waiting)} đơn vị chưa gửi và vẫn trong hạn (muộn nhất {period_dates.said(max(waiting), zone)}): "
            "chưa khóa số liệu được."
        )


def _moved(old: PeriodDates, new: PeriodDates) -> list[tuple[str, datetime | None]]:
    """The moments that differ, by their names."""
    pairs = (
        ("Hạn gửi", old.due_at, new.due_at),
        ("Khóa số liệu", old.locks_at, new.locks_at),
        ("Hạn giải trình", old.explain_by, new.explain_by),
        ("Kết thúc chấm điểm", old.scores_close_at, new.scores_close_at),
    )
    return [(name, after) for name, before, after in pairs if before != after]


def _refuse_turning(
    period: ReportingPeriod, scored: bool, asks_figures: bool, criteria_set: CriteriaSet | None
) -> None:
    """What submissions were made from at the opening stays as it is."""
    same_set = (criteria_set.id if criteria_set else None) == period.criteria_set_id
    if scored != period.scored or asks_figures != period.asks_figures or not same_set:
        raise NotOpen(
            "Kỳ đang nhận báo cáo: không đổi được bộ tiêu chí, việc chấm điểm và việc yêu cầu số liệu. "
            "Bộ tiêu chí đổi bằng một phiên bản mới."
        )


def _fill(
    period: ReportingPeriod,
    dates: PeriodDates,
    scored: bool,
    asks_figures: bool,
    criteria_set: CriteriaSet | None,
    note: str | None,
) -> None:
    zone = period.bloc.authority.time_zone
    if period.state is PeriodState.OPEN and dates.opens_on != period.opens_on:
        raise RuleBroken(
            f"Kỳ đã mở ngày {short_date(period.opens_on)}: ngày mở không đổi được nữa.", field="opens_on"
        )
    period_dates.check(dates, period.period, scored=scored, zone=zone)
    if scored and not asks_figures:
        raise RuleBroken("Kỳ có chấm điểm phải yêu cầu số liệu: hãy chọn “Yêu cầu số liệu”.", field="asks_figures")
    if scored and criteria_set is None:
        raise RuleBroken("Kỳ có chấm điểm cần một bộ tiêu chí: hãy chọn bộ tiêu chí.", field="criteria_set")
    if criteria_set is not None and criteria_set.bloc_id != period.bloc.id:
        bloc = period.bloc.kind.small
        raise RuleBroken(f"Bộ tiêu chí thuộc {bloc} khác: hãy sao bộ đó về {bloc} này trước.", field="criteria_set")
    period.scored, period.asks_figures, period.criteria_set = scored, asks_figures, criteria_set
    period.note = clean_block(note) or None
    _set_dates(period, dates)


def _set_dates(period: ReportingPeriod, dates: PeriodDates) -> None:
    period.opens_on, period.due_at, period.locks_at = dates.opens_on, dates.due_at, dates.locks_at
    period.explain_by, period.scores_close_at = dates.explain_by, dates.scores_close_at


def _tell_all(period: ReportingPeriod, text: str, *, by: Account | None, at: datetime) -> None:
    texts = {one.unit_id: text for one in period.submissions}
    notice.tell_each(texts, NoticeKind.PERIOD, period=period, by=by, at=at)
