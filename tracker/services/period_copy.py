"""A year's set-up for the next: criteria set, rows of the pledge, periods with their dates moved."""

from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain import period_dates
from tracker.domain.reporting import PeriodState
from tracker.errors import RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.models.period import ReportingPeriod
from tracker.queries import criteria as criteria_sets
from tracker.services import criteria_copy, pledge
from tracker.services.bloc import check_living
from tracker.services.recording import recorded


@recorded
def copy_year(bloc: Bloc, *, from_year: int, to_year: int, by: Account, at: datetime) -> list[ReportingPeriod]:
    """The periods that `to_year` does not have yet, unopened; their criteria set and the pledge's rows come along.

    A set or pledge of `to_year` that is there already is kept. What is not assigned, targets and results stay behind.
    RuleBroken when there is nothing to copy.
    """
    db.session.execute(select(Bloc.id).where(Bloc.id == bloc.id).with_for_update())
    check_living(bloc)
    if from_year == to_year:
        raise RuleBroken("Hãy chọn hai năm khác nhau.", field="from_year")
    sources = _of_year(bloc, from_year)
    if not sources:
        raise RuleBroken(f"Năm {from_year} không có kỳ báo cáo nào để sao.", field="from_year")
    there = {period.kind for period in _of_year(bloc, to_year)}
    pledge.copy(bloc, from_year=from_year, to_year=to_year, by=by, at=at)
    criteria_set = None
    if any(source.criteria_set_id is not None for source in sources):
        criteria_set = _set_for(bloc, from_year, to_year, by, at)
    zone = bloc.authority.time_zone
    made = []
    for source in sources:
        if source.kind in there:
            continue
        dates = period_dates.later(source.dates, to_year - from_year, zone)
        period = ReportingPeriod(
            bloc=bloc,
            year=to_year,
            kind=source.kind,
            state=PeriodState.PLANNED,
            opens_on=dates.opens_on,
            due_at=dates.due_at,
            locks_at=dates.locks_at,
            explain_by=dates.explain_by,
            scores_close_at=dates.scores_close_at,
            scored=source.scored,
            asks_figures=source.asks_figures,
            criteria_set=criteria_set if source.criteria_set_id is not None else None,
            note=source.note,
        )
        db.session.add(period)
        made.append(period)
    if not made:
        raise RuleBroken(f"Năm {to_year} đã có đủ các kỳ của năm {from_year}.", field="from_year")
    return made


def _set_for(bloc: Bloc, from_year: int, to_year: int, by: Account, at: datetime) -> CriteriaSet | None:
    """The newest set of `to_year`, or a copy of the newest of `from_year`."""
    standing = criteria_sets.latest(bloc, to_year)
    source = criteria_sets.latest(bloc, from_year)
    if standing is not None or source is None:
        return standing
    return criteria_copy.copy(source, bloc=bloc, year=to_year, by=by, at=at)


def _of_year(bloc: Bloc, year: int) -> list[ReportingPeriod]:
    return list(
        db.session.scalars(
            select(ReportingPeriod)
            .where(ReportingPeriod.bloc_id == bloc.id, ReportingPeriod.year == year)
            .order_by(ReportingPeriod.due_at, ReportingPeriod.id)
        )
    )
