"""Reads of reporting periods: the list of a year, one period with what its page shows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.period_dates import extended
from tracker.domain.submissions import SubmissionState
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.period import Extension, PeriodTaken, ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.policy import may_know_period
from tracker.queries.bloc import Member, members_on

_SENT = SubmissionState.seen_by_secretariat()


@dataclass(frozen=True)
class ListedPeriod:
    """A period of the year's list; `own` is the reader's own submission, if there is one."""

    period: ReportingPeriod
    sent: int
    units: int
    own: Submission | None


def of_year(bloc: Bloc, account: Account, day: date, year: int) -> list[ListedPeriod]:
    """The periods of a year that the reader knows of, by their due moment. Three queries."""
    periods = db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.bloc_id == bloc.id, ReportingPeriod.year == year)
        .order_by(ReportingPeriod.due_at, ReportingPeriod.id)
    ).all()
    known = [period for period in periods if may_know_period(account, period, day)]
    keys = [period.id for period in known]
    counted: dict[int, dict[SubmissionState, int]] = {key: {} for key in keys}
    for key, state, count in db.session.execute(
        select(Submission.period_id, Submission.state, func.count())
        .where(Submission.period_id.in_(keys))
        .group_by(Submission.period_id, Submission.state)
    ):
        counted[key][state] = count
    own = {}
    if account.unit_id is not None:
        found = select(Submission).where(Submission.period_id.in_(keys), Submission.unit_id == account.unit_id)
        own = {one.period_id: one for one in db.session.scalars(found)}
    return [
        ListedPeriod(
            period,
            sum(count for state, count in counted[period.id].items() if state in _SENT),
            sum(counted[period.id].values()),
            own.get(period.id),
        )
        for period in known
    ]


def load(period: ReportingPeriod) -> ReportingPeriod:
    """The period with its steps, extensions and criteria set, and the names they show. Constant queries."""
    return db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.id == period.id)
        .options(
            selectinload(ReportingPeriod.steps).joinedload(PeriodTaken.by),
            selectinload(ReportingPeriod.extensions).joinedload(Extension.unit).selectinload(Unit.names),
            selectinload(ReportingPeriod.extensions).joinedload(Extension.by),
            joinedload(ReportingPeriod.criteria_set),
            joinedload(ReportingPeriod.prepared_by),
        )
        .execution_options(populate_existing=True)
    ).one()


def own_submission(period: ReportingPeriod, account: Account) -> Submission | None:
    """The submission of the reader's own unit."""
    if account.unit_id is None:
        return None
    return db.session.scalars(
        select(Submission).where(Submission.period_id == period.id, Submission.unit_id == account.unit_id)
    ).one_or_none()


def due_of(period: ReportingPeriod, submission: Submission) -> datetime:
    """The unit's own due moment, with its extension."""
    extension = period.extension_of(submission.unit_id)
    return extended(period.due_at, extension.until if extension else None, period.bloc.authority.time_zone)


def sent_count(period: ReportingPeriod) -> tuple[int, int]:
    """(units that have sent, units of the period). One query."""
    found = db.session.execute(
        select(func.count(Submission.first_sent_at), func.count()).where(Submission.period_id == period.id)
    ).one()
    return found[0], found[1]


def years(bloc: Bloc) -> list[int]:
    """The years that have a period, latest first. One query."""
    asked = select(ReportingPeriod.year).where(ReportingPeriod.bloc_id == bloc.id).distinct()
    return list(db.session.scalars(asked.order_by(ReportingPeriod.year.desc())))


def newcomers(period: ReportingPeriod, day: date) -> list[Member]:
    """Members of `day` that have no submission in the period. One query when the bloc is loaded."""
    there = set(db.session.scalars(select(Submission.unit_id).where(Submission.period_id == period.id)))
    return [member for member in members_on(period.bloc, day) if member.unit.id not in there]
