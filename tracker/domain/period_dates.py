"""The dates of a period: what they usually are, what must follow what, a year later, an extension's moment."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodDates
from tracker.domain.vietnamese import date_time, short_date
from tracker.errors import RuleBroken

#: Days from the due day to the lock, from the lock to the last explanation, from there to the end of scoring.
TO_LOCK, TO_EXPLAIN, TO_SCORES = timedelta(days=10), timedelta(days=7), timedelta(days=14)
CLOSE_OF_BUSINESS = time(17)
#: How long after its last day a period may still be due: year-end reviews meet in the first quarter.
LATEST_DUE = timedelta(days=184)


def usual(period: Period, *, scored: bool, zone: str) -> PeriodDates:
    """Opens on the first of the last month (a quarter: two weeks before its end), due on the last day at 17:00."""
    last = period.last_day
    quarter = period.kind not in (PeriodKind.FIRST_HALF, PeriodKind.SECOND_HALF, PeriodKind.YEAR)
    opens_on = last - timedelta(days=14) if quarter else last.replace(day=1)
    due = datetime.combine(last, CLOSE_OF_BUSINESS, ZoneInfo(zone))
    locks = due + TO_LOCK
    if not scored:
        return PeriodDates(opens_on, due, locks)
    return PeriodDates(opens_on, due, locks, locks + TO_EXPLAIN, locks + TO_EXPLAIN + TO_SCORES)


def check(dates: PeriodDates, period: Period, *, scored: bool, zone: str) -> None:
    """RuleBroken, naming the field, unless opens < due < locks ≤ explain, scores, and the due day fits the period."""
    place = ZoneInfo(zone)
    due_on = dates.due_at.astimezone(place).date()
    if dates.opens_on > due_on:
        raise RuleBroken(
            f"Hạn gửi ({short_date(due_on)}) đứng trước ngày mở ({short_date(dates.opens_on)}): hãy xem lại hai ngày.",
            field="due_on",
        )
    if due_on < period.first_day or due_on > period.last_day + LATEST_DUE:
        raise RuleBroken(
            f"Hạn gửi {short_date(due_on)} không hợp với kỳ {period.label}: hãy chọn từ "
            f"{short_date(period.first_day)} đến {short_date(period.last_day + LATEST_DUE)}.",
            field="due_on",
        )
    if dates.locks_at <= dates.due_at:
        raise RuleBroken(
            f"Khóa số liệu phải sau hạn gửi ({said(dates.due_at, zone)}), để còn thời gian trả lại và sửa.",
            field="locks_on",
        )
    for moment, field, name in (
        (dates.explain_by, "explain_on", "Hạn giải trình"),
        (dates.scores_close_at, "scores_close_on", "Kết thúc chấm điểm"),
    ):
        if moment is None:
            continue
        if not scored:
            raise RuleBroken(f"Kỳ không chấm điểm không có “{name}”: hãy để trống ô này.", field=field)
        if moment < dates.locks_at:
            raise RuleBroken(f"{name} không thể trước khi khóa số liệu ({said(dates.locks_at, zone)}).", field=field)


def later(dates: PeriodDates, years: int, zone: str) -> PeriodDates:
    """The same days and hours `years` later in the authority's zone; 29/02 becomes 28/02."""
    return PeriodDates(
        _same_day(dates.opens_on, years),
        _same_moment(dates.due_at, years, zone),
        _same_moment(dates.locks_at, years, zone),
        _same_moment(dates.explain_by, years, zone) if dates.explain_by else None,
        _same_moment(dates.scores_close_at, years, zone) if dates.scores_close_at else None,
    )


def with_lock(dates: PeriodDates, locks_at: datetime) -> PeriodDates:
    """The dates with another lock; what came after the old lock keeps its distance where it would now come before."""
    moved = locks_at - dates.locks_at
    return replace(
        dates,
        locks_at=locks_at,
        explain_by=_pushed(dates.explain_by, locks_at, moved),
        scores_close_at=_pushed(dates.scores_close_at, locks_at, moved),
    )


def extended(due_at: datetime, until: date | None, zone: str) -> datetime:
    """The moment until which a unit is in time: an extension ends at the due hour of its day (settled.md)."""
    if until is None:
        return due_at
    due = due_at.astimezone(ZoneInfo(zone))
    return max(due, due.replace(year=until.year, month=until.month, day=until.day))


def said(moment: datetime, zone: str) -> str:
    """17:00 ngày 30/06/2026 in the authority's zone."""
    return date_time(moment.astimezone(ZoneInfo(zone)))


def _pushed(moment: datetime | None, locks_at: datetime, moved: timedelta) -> datetime | None:
    return moment + moved if moment is not None and moment < locks_at else moment


def _same_day(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _same_moment(moment: datetime, years: int, zone: str) -> datetime:
    local = moment.astimezone(ZoneInfo(zone))
    return datetime.combine(_same_day(local.date(), years), local.time(), ZoneInfo(zone))
