"""Notices: one sentence for each person of a unit, shown on their own page until they have seen it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.models.account import Account
from tracker.models.notice import Notice
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.services.recording import recorded


@recorded
def tell(
    unit: Unit,
    kind: NoticeKind,
    text: str,
    *,
    period: ReportingPeriod | None = None,
    submission: Submission | None = None,
    by: Account | None,
    at: datetime,
) -> list[Notice]:
    """A notice for every account of the unit that is in use, but for whoever did it."""
    return tell_each({unit.id: text}, kind, period=period, submission=submission, by=by, at=at)


@recorded
def tell_each(
    texts: Mapping[int, str],
    kind: NoticeKind,
    *,
    period: ReportingPeriod | None = None,
    submission: Submission | None = None,
    by: Account | None,
    at: datetime,
) -> list[Notice]:
    """The same for many units at once; `texts` by the unit's number. One query."""
    made = [
        Notice(
            account=account,
            kind=kind,
            text=texts[account.unit_id or 0],
            period=period,
            submission=submission,
            at=at,
            by=by,
        )
        for account in accounts_of(texts)
        if account is not by
    ]
    db.session.add_all(made)
    return made


def accounts_of(unit_ids: Iterable[int]) -> list[Account]:
    """The accounts in use of the units, in the order they were made. One query."""
    asked = select(Account).where(Account.unit_id.in_(list(unit_ids)), Account.disabled_at.is_(None))
    return list(db.session.scalars(asked.order_by(Account.id)))


@recorded
def note_seen(notices: Iterable[Notice], *, by: Account, at: datetime) -> int:
    """The reader has seen these of their own notices; how many were new."""
    fresh = [notice for notice in notices if notice.account_id == by.id and notice.read_at is None]
    for notice in fresh:
        notice.read_at = at
    return len(fresh)
