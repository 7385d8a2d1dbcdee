"""Letters that wait: taken one at a time, each try counted before it is made, so that no two senders take the same."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.models.account import Account
from tracker.models.notice import OutgoingMail

#: After so many tries a letter stays where it is, with the last reason.
MOST_TRIES = 10


def due(at: datetime) -> list[OutgoingMail]:
    """The letters to try now, oldest first: the pause doubles from one minute on with every try. One query."""
    waiting = db.session.scalars(
        select(OutgoingMail)
        .join(Account, Account.id == OutgoingMail.account_id)
        .where(
            OutgoingMail.sent_at.is_(None), OutgoingMail.tries < MOST_TRIES, Account.disabled_at.is_(None),
            OutgoingMail.queued_at <= at,
        )
        .options(joinedload(OutgoingMail.account))
        .order_by(OutgoingMail.queued_at, OutgoingMail.id)
    )  # fmt: skip
    return [mail for mail in waiting if at >= mail.queued_at + timedelta(minutes=2**mail.tries - 1)]


def take(number: int, tries: int) -> bool:
    """Count a try of the letter; False when another sender was quicker or it is gone."""
    taken = db.session.scalars(
        update(OutgoingMail)
        .where(OutgoingMail.id == number, OutgoingMail.tries == tries, OutgoingMail.sent_at.is_(None))
        .values(tries=tries + 1)
        .returning(OutgoingMail.id)
        .execution_options(synchronize_session=False)
    )
    return taken.one_or_none() is not None


def note_sent(mail: OutgoingMail, *, at: datetime) -> None:
    mail.sent_at, mail.last_error = at, None


def note_failed(mail: OutgoingMail, reason: str) -> None:
    """The letter stays; it is tried again after its pause."""
    mail.last_error = reason[:500]
