"""The notices of an account: unread first, then the newest."""

from collections.abc import Sequence

from sqlalchemy import func, select

from tracker.db import db
from tracker.models.account import Account
from tracker.models.notice import Notice

#: Older ones stay in the database; the list shows the latest.
MOST = 500


def of_account(account: Account, most: int = MOST) -> Sequence[Notice]:
    """One query."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.account_id == account.id)
        .order_by(Notice.read_at.is_not(None), Notice.at.desc(), Notice.id.desc())
        .limit(most)
    ).all()


def unread(account: Account) -> Sequence[Notice]:
    """Newest first, all of them. One query."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.account_id == account.id, Notice.read_at.is_(None))
        .order_by(Notice.at.desc(), Notice.id.desc())
    ).all()


def count_unread(account: Account) -> int:
    """One query, answered by the index alone."""
    asked = select(func.count()).where(Notice.account_id == account.id, Notice.read_at.is_(None))
    return db.session.scalar(asked) or 0
