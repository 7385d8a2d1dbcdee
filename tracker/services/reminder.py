"""Reminding units that have not sent: a notice for each person, and a letter where mail is set up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tracker.db import db
from tracker.domain import period_dates
from tracker.domain.deadlines import deadline
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState
from tracker.errors import NotOpen
from tracker.models.account import Account
from tracker.models.notice import Notice, OutgoingMail
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.services import notice
from tracker.services.period_steps import hold, zone_of
from tracker.services.recording import recorded

#: The same unit is not reminded again before this time is over.
PAUSE = timedelta(hours=1)


@recorded
def remind(
    period: ReportingPeriod, units: Iterable[Unit], *, by: Account, at: datetime, page: str | None = None
) -> int:
    """Remind those of the units that have not sent and were not reminded within the hour; how many that were.

    `page`: the address of the period's page, where mail is set up: then every account of the unit gets a letter too.
    """
    hold(period)
    if period.state is not PeriodState.OPEN:
        raise NotOpen(f"Kỳ đang ở trạng thái “{period.state.label}” nên không còn đơn vị nào cần nhắc.")
    wanted = {unit.id for unit in units}
    waiting = select(Submission.unit_id).where(
        Submission.period_id == period.id, Submission.unit_id.in_(wanted), Submission.first_sent_at.is_(None)
    )
    recently = (
        select(Account.unit_id)
        .join(Notice, Notice.account_id == Account.id)
        .where(Notice.period_id == period.id, Notice.kind == NoticeKind.REMINDER, Notice.at > at - PAUSE)
    )
    reminded = set(db.session.scalars(waiting)) - set(db.session.scalars(recently))
    texts = {unit_id: _text(period, unit_id, at) for unit_id in reminded}
    for made in notice.tell_each(texts, NoticeKind.REMINDER, period=period, by=by, at=at):
        account = made.account
        if page is not None and not account.demonstration:
            db.session.add(_letter(period, account, made.text, page, at))
    return len(reminded)


def _text(period: ReportingPeriod, unit_id: int, at: datetime) -> str:
    zone = zone_of(period)
    extension = period.extension_of(unit_id)
    due = period_dates.extended(period.due_at, extension.until if extension else None, zone)
    place = ZoneInfo(zone)
    words, _tone = deadline(due.astimezone(place).date(), at.astimezone(place).date())
    left = words if due > at else "Đã quá hạn"
    return f"Nhắc gửi báo cáo {period.period.label}: hạn {period_dates.said(due, zone)} ({left.lower()})."


def _letter(period: ReportingPeriod, account: Account, text: str, page: str, at: datetime) -> OutgoingMail:
    """A short letter with the address of the page; nothing of any submission goes by mail."""
    body = (
        f"Kính gửi {account.full_name},\n\n{text}\n\nMở trang của kỳ báo cáo: {page}\n\n"
        "Thư do chương trình Sổ Thi Đua gửi, không cần trả lời. Không gửi bí mật nhà nước qua thư điện tử."
    )
    subject = f"Nhắc gửi báo cáo {period.period.label}"
    return OutgoingMail(account=account, subject=subject, body=body, queued_at=at)
