"""Extensions: a unit may send until the due hour of a later day without being late."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tracker import policy
from tracker.db import db
from tracker.domain import period_dates
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState
from tracker.domain.vietnamese import short_date
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.services import notice, scoring
from tracker.services.period_steps import hold, zone_of
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line


@recorded
def grant(
    period: ReportingPeriod, unit: Unit, *, until: date, reason: str, by: Account, at: datetime
) -> Extension:
    """The unit is in time until the due hour of `until`; the lock stays where it is. The last one granted holds.

    NotAllowed unless `by` may favour the unit (no unit judges itself). NotOpen when the period takes no data or the
    unit has sent already: days late count from the first sending, so that an extension would change nothing.
    """
    hold(period)
    zone = zone_of(period)
    today = at.astimezone(ZoneInfo(zone)).date()
    name = unit.named_on(today).name
    if not policy.may_favour(by, period.bloc, unit, today):
        raise NotAllowed(f"Bạn không gia hạn được cho {name}: đơn vị không tự gia hạn cho mình.")
    if not clean_line(reason):
        raise ReasonMissing("gia hạn")
    if period.state is not PeriodState.OPEN:
        raise NotOpen(f"Kỳ đang ở trạng thái “{period.state.label}” nên không gia hạn được.")
    submission = db.session.scalars(
        select(Submission).where(Submission.period_id == period.id, Submission.unit_id == unit.id)
    ).one_or_none()
    if submission is None:
        raise RuleBroken(f"{name} không có báo cáo trong kỳ này.")
    if submission.first_sent_at is not None:
        raise NotOpen(
            f"{name} đã gửi lúc {period_dates.said(submission.first_sent_at, zone)}: số ngày chậm tính từ lần gửi đầu "
            "nên gia hạn không làm thay đổi gì."
        )
    _check_day(period, until, at, zone)
    extension = Extension(period=period, unit=unit, until=until, reason=clean_block(reason), at=at, by=by)
    db.session.add(extension)
    moment = period_dates.said(period_dates.extended(period.due_at, until, zone), zone)
    notice.tell(
        unit,
        NoticeKind.EXTENDED,
        f"Được gia hạn báo cáo {period.period.label} đến {moment}. Lý do: {clean_line(reason)}",
        period=period,
        submission=submission,
        by=by,
        at=at,
    )
    scoring.recompute(period, by=by, at=at)
    return extension


def _check_day(period: ReportingPeriod, until: date, at: datetime, zone: str) -> None:
    """After the due day, still to come, and over before the data are locked."""
    due_on = period.due_at.astimezone(ZoneInfo(zone)).date()
    ends = period_dates.extended(period.due_at, until, zone)
    if until <= due_on:
        raise RuleBroken(f"Ngày gia hạn phải sau hạn gửi {short_date(due_on)}.", field="until")
    if ends > period.locks_at:
        raise RuleBroken(
            f"Số liệu khóa lúc {period_dates.said(period.locks_at, zone)}: gia hạn phải hết trước lúc đó.",
            field="until",
        )
    if ends <= at:
        raise RuleBroken(f"Ngày {short_date(until)} đã qua giờ gửi: hãy chọn ngày muộn hơn.", field="until")
