"""Workbooks that were sent in: of a unit's report, of a period, of a bloc."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.notices import UploadKind
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.models.upload import Upload

_WHO = joinedload(Upload.by).joinedload(Account.unit).selectinload(Unit.names)
MOST = 100


@dataclass(frozen=True)
class SentIn:
    """A file and the unit it is for, under the name of the period's last day; "" for none."""

    upload: Upload
    unit_name: str


def of_submission(submission: Submission) -> list[Upload]:
    """The forms sent in for one report, newest first, at most 100. Constant queries."""
    return list(
        db.session.scalars(
            select(Upload)
            .where(Upload.period_id == submission.period_id, Upload.unit_id == submission.unit_id)
            .options(_WHO)
            .order_by(Upload.id.desc())
            .limit(MOST)
        )
    )


def waiting(submission: Submission) -> int:
    """How many forms wait for the unit's yes."""
    asked = select(func.count()).where(
        Upload.period_id == submission.period_id, Upload.unit_id == submission.unit_id, Upload.applied_at.is_(None)
    )
    return db.session.scalar(asked) or 0


def sent_by_others(period: ReportingPeriod) -> list[SentIn]:
    """The forms that were sent in for units by somebody else, newest first. Constant queries."""
    rows = db.session.scalars(
        select(Upload)
        .join(Account, Account.id == Upload.by_id)
        .where(Upload.period_id == period.id, Account.unit_id.is_distinct_from(Upload.unit_id))
        .options(_WHO, joinedload(Upload.unit).selectinload(Unit.names))
        .order_by(Upload.id.desc())
    ).all()
    last = period.period.last_day
    return [SentIn(row, row.unit.named_on(last).name if row.unit else "") for row in rows]


def by_key(period: ReportingPeriod) -> dict[str, Submission]:
    """The reports of a period by public id."""
    rows = db.session.scalars(
        select(Submission)
        .where(Submission.period_id == period.id)
        .options(joinedload(Submission.unit).selectinload(Unit.names))
    )
    return {row.public_id: row for row in rows}


def of_past(bloc: Bloc) -> list[Upload]:
    """The workbooks of earlier years that were written, newest first."""
    return list(
        db.session.scalars(
            select(Upload)
            .where(Upload.bloc_id == bloc.id, Upload.kind == UploadKind.PAST, Upload.applied_at.is_not(None))
            .options(_WHO)
            .order_by(Upload.id.desc())
            .limit(MOST)
        )
    )
