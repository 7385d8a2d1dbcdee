"""One round of the jobs. Each letter and each lock is committed by itself: what was done stays done."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from tracker.adapters import mail as smtp
from tracker.adapters.mail import NotSent, Server
from tracker.db import db, sqlite_begin
from tracker.domain.reporting import PeriodState
from tracker.models.notice import OutgoingMail
from tracker.models.period import ReportingPeriod
from tracker.services import mail as letters
from tracker.services import period

log = logging.getLogger("tracker.jobs")


@dataclass(frozen=True)
class Done:
    """What a round did."""

    locked: int = 0
    sent: int = 0
    failed: int = 0


def run(settings: Mapping[str, Any], at: datetime) -> Done:
    """Lock what is due, then send what waits. A dead mail server never keeps a period open."""
    locked = lock_due(at)
    sent, failed = send_waiting(Server.of(settings), at)
    return Done(locked, sent, failed)


def lock_due(at: datetime) -> int:
    """How many periods were locked. SQLite's write lock is taken only when there is something to do."""
    waiting = sqlite_begin.set("DEFERRED")
    try:
        there = db.session.scalar(
            select(exists().where(ReportingPeriod.state == PeriodState.OPEN, ReportingPeriod.locks_at <= at))
        )
        db.session.rollback()
    finally:
        sqlite_begin.reset(waiting)
    if not there:
        return 0
    found = period.lock_due(at=at)
    db.session.commit()
    return len(found)


def send_waiting(server: Server | None, at: datetime) -> tuple[int, int]:
    """(sent, failed). The database is not held while the mail server thinks. After a failure the rest waits too."""
    if server is None:
        return 0, 0
    waiting = sqlite_begin.set("DEFERRED")
    found = [(mail.id, mail.tries) for mail in letters.due(at)]
    db.session.rollback()
    sqlite_begin.reset(waiting)
    sent = 0
    for key, tries in found:
        if not letters.take(key, tries):
            db.session.rollback()
            continue
        db.session.commit()
        mail = db.session.get_one(OutgoingMail, key)
        to, subject, body = mail.account.email, mail.subject, mail.body
        db.session.rollback()
        try:
            smtp.send(server, smtp.letter(server, to=to, subject=subject, body=body))
        except (NotSent, ValueError) as refused:
            letters.note_failed(db.session.get_one(OutgoingMail, key), str(refused))
            db.session.commit()
            log.warning("letter %s not sent: %s", key, refused)
            return sent, 1
        letters.note_sent(db.session.get_one(OutgoingMail, key), at=at)
        db.session.commit()
        sent += 1
    return sent, 0
