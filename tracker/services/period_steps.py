"""What every step of a period shares: the row is held, the step must follow, who and when are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain import reporting
from tracker.domain.reporting import PeriodStep
from tracker.errors import ReasonMissing
from tracker.models.account import Account
from tracker.models.period import PeriodTaken, ReportingPeriod
from tracker.text import clean_block, clean_line


def hold(period: ReportingPeriod) -> None:
    """Wait for whoever writes in the same period, then read it anew (SQLite locks the file when it begins).

    Writes of units hold the same row, so that a lock and a write never cross.
    """
    db.session.flush()
    db.session.execute(select(ReportingPeriod.id).where(ReportingPeriod.id == period.id).with_for_update())
    db.session.refresh(period)


def note_step(
    period: ReportingPeriod, step: PeriodStep, *, by: Account | None, at: datetime, reason: str = "", **evidence: Any
) -> None:
    """Take the step and keep it, with the columns that belong to the new state.

    NotOpen when it does not follow, ReasonMissing when it needs a reason.
    """
    state = reporting.after(period.state, step)
    if step in reporting.NEEDS_REASON and not clean_line(reason):
        raise ReasonMissing(step.label[:1].lower() + step.label[1:])
    with db.session.no_autoflush:
        period.state = state
        for name, value in evidence.items():
            setattr(period, name, value)
        period.steps.append(PeriodTaken(step=step, at=at, by=by, reason=clean_block(reason)))


def zone_of(period: ReportingPeriod) -> str:
    """The authority's zone, in which all dates of the period are meant."""
    return period.bloc.authority.time_zone
