"""What pages of a period say: its dates in one line, its way so far, which step comes next and for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.reporting import PeriodState, PeriodStep
from tracker.domain.vietnamese import weekday_date
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod


def title_of(period: ReportingPeriod) -> str:
    """Kỳ 6 tháng đầu năm 2026."""
    return _("Kỳ %(period)s", period=period.period.label)


def local(bloc: Bloc, moment: datetime) -> datetime:
    """A moment in the zone of the bloc's authority, in which all dates of a period are meant."""
    return clock.local(moment, bloc.authority.time_zone)


def short(bloc: Bloc, moment: datetime | None) -> str:
    """18/06, 08:40 in the bloc's zone; blank for None."""
    return f"{local(bloc, moment):%d/%m, %H:%M}" if moment else ""


def moment_of(bloc: Bloc, day: date | None, hour: object) -> datetime | None:
    """A typed day and hour as a moment; without an hour the close of business."""
    if day is None:
        return None
    at = hour if hour is not None else CLOSE
    return datetime.combine(day, at, ZoneInfo(bloc.authority.time_zone))  # type: ignore[arg-type]


CLOSE = datetime(2000, 1, 1, 17).time()


def dates_line(period: ReportingPeriod) -> str:
    """Mở 01/06, hạn gửi 30/06 lúc 17:00, khóa số liệu 10/07 lúc 17:00. Kỳ này không chấm điểm."""
    bloc = period.bloc
    due, locks = local(bloc, period.due_at), local(bloc, period.locks_at)
    line = _(
        "Mở %(opens)s, hạn gửi %(due)s lúc %(due_hour)s, khóa số liệu %(locks)s lúc %(locks_hour)s.",
        opens=f"{period.opens_on:%d/%m}", due=f"{due:%d/%m}", due_hour=f"{due:%H:%M}", locks=f"{locks:%d/%m}",
        locks_hour=f"{locks:%H:%M}",
    )  # fmt: skip
    return line + " " + (_("Kỳ này có chấm điểm.") if period.scored else _("Kỳ này không chấm điểm."))


@dataclass(frozen=True)
class NextStep:
    """A step that the reader may take now; `main` is the one that moves the period on."""

    step: PeriodStep
    label: str
    url: str
    main: bool


RULES = {
    PeriodStep.OPEN: policy.may_keep_period,
    PeriodStep.LOCK: policy.may_keep_period,
    PeriodStep.UNLOCK: policy.may_unlock_period,
    PeriodStep.PREPARE: policy.may_prepare_publication,
    PeriodStep.TAKE_BACK: policy.may_prepare_publication,
    PeriodStep.PUBLISH: policy.may_publish_period,
    PeriodStep.REVOKE: policy.may_unlock_period,
    PeriodStep.CLOSE: policy.may_keep_period,
}
FORWARD = (PeriodStep.OPEN, PeriodStep.LOCK, PeriodStep.PREPARE, PeriodStep.PUBLISH, PeriodStep.CLOSE)


def steps(period: ReportingPeriod, now: datetime) -> list[NextStep]:
    """The steps that follow and that the reader may take, the forward one first."""
    found = []
    for step in follows(period, now):
        if guard.may(RULES[step], period):
            if step is PeriodStep.PUBLISH and period.prepared_by_id == guard.current_account().id:
                continue
            found.append(NextStep(step, step.label, url_of(period, step), step in FORWARD))
    return sorted(found, key=lambda each: not each.main)


def follows(period: ReportingPeriod, now: datetime) -> list[PeriodStep]:
    """The steps that the period's state and dates lead to; those of a ranking stand on its own pages."""
    match period.state:
        case PeriodState.PLANNED:
            day = local(period.bloc, now).date()
            return [PeriodStep.OPEN] if day >= period.opens_on else []
        case PeriodState.OPEN:
            return [PeriodStep.LOCK] if now >= period.due_at else []
        case PeriodState.REVIEWING:
            waiting = PeriodStep.PUBLISH if period.prepared_at else PeriodStep.PREPARE
            back = [PeriodStep.TAKE_BACK] if period.prepared_at else []
            return [*([] if period.scored else [waiting, *back]), PeriodStep.UNLOCK]
        case PeriodState.PUBLISHED:
            return [PeriodStep.CLOSE, *([] if period.scored else [PeriodStep.REVOKE])]
    return []


def url_of(period: ReportingPeriod, step: PeriodStep) -> str:
    return url_for(f"period.{step.value}", public_id=period.public_id)


def stepper(period: ReportingPeriod, now: datetime) -> list[tuple[str, str, str, str | None]]:
    """The way of a period for macros/states.stepper: dates ahead, moments of what was done."""
    bloc = period.bloc
    order = list(PeriodState)
    reached = order.index(period.state)
    shown = [
        (PeriodState.PLANNED, _("Lập kỳ"), ""),
        (PeriodState.OPEN, _("Nhận báo cáo"), short(bloc, period.opened_at) or f"{period.opens_on:%d/%m}"),
        (PeriodState.REVIEWING, _("Khóa số liệu"), short(bloc, period.locked_at or period.locks_at)),
        (PeriodState.PUBLISHED, _("Công bố"), short(bloc, period.published_at)),
        (PeriodState.CLOSED, _("Kết thúc"), ""),
    ]
    made: list[tuple[str, str, str, str | None]] = []
    for place, (state, label, detail) in enumerate(shown):
        status = "done" if place < reached else "current" if place == reached else "next"
        symbol = {"current": "locked" if state is PeriodState.REVIEWING else "calendar"}.get(status)
        made.append((label, detail, status, symbol))
    return made


def dates_of(period: ReportingPeriod) -> list[tuple[str, str]]:
    """Every date under its own name; of scoring only where there is any."""
    bloc = period.bloc
    rows: list[tuple[str, datetime | None]] = [
        (_("Hạn gửi"), period.due_at), (_("Khóa số liệu"), period.locks_at),
    ]  # fmt: skip
    if period.scored:
        rows += [(_("Hạn giải trình"), period.explain_by), (_("Kết thúc chấm điểm"), period.scores_close_at)]
    return [(_("Ngày mở"), weekday_date(period.opens_on)), *((name, _in_full(bloc, at)) for name, at in rows)]


def _in_full(bloc: Bloc, at: datetime | None) -> str:
    """17:00 Thứ Ba, 30/06/2026."""
    return f"{local(bloc, at):%H:%M} {weekday_date(local(bloc, at).date())}" if at else ""
