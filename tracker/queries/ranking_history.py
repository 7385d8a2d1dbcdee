"""Places and points over periods and years: published editions in force, and results of years before the program."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from tracker.db import db
from tracker.domain.criteria import CriterionPart
from tracker.domain.history_chart import PlacesChart, Series, places_chart
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.ranking_shown import RankingShown, from_json
from tracker.domain.scores import RankingState
from tracker.models.bloc import Bloc
from tracker.models.period import PastResult, ReportingPeriod
from tracker.models.ranking import Ranking, RankingLine
from tracker.models.unit import Unit

#: Years beside each other on the page of an edition.
YEARS = 4
#: Editions whose groups are summed: each is read whole.
GROUP_YEARS = 5


@dataclass(frozen=True)
class Result:
    """A unit's published result of a period. `edition`: of which ranking; None for a year before the program."""

    period: Period
    unit: Unit
    rank: int | None
    shared: bool
    points: Decimal | None
    maximum: Decimal | None
    class_name: str
    edition: Ranking | None = None

    @property
    def share(self) -> Fraction | None:
        if self.points is None or not self.maximum:
            return None
        return Fraction(self.points) / Fraction(self.maximum)


def results(bloc: Bloc) -> list[Result]:
    """Every published result of the bloc, oldest period first, best place first. Constant queries.

    A period that has an edition in force is not read from the past as well.
    """
    with_names = selectinload(Unit.names)
    lines = db.session.scalars(
        select(RankingLine)
        .join(RankingLine.ranking)
        .join(Ranking.period)
        .where(ReportingPeriod.bloc_id == bloc.id, Ranking.state == RankingState.PUBLISHED)
        .options(
            joinedload(RankingLine.unit).options(with_names),
            joinedload(RankingLine.ranking).options(defer(Ranking.content), joinedload(Ranking.period)),
        )
    ).all()
    found = [
        Result(
            line.ranking.period.period, line.unit, line.rank, line.shared, line.points, line.maximum,
            line.class_name or "", line.ranking,
        )
        for line in lines
    ]  # fmt: skip
    there = {each.period for each in found}
    past = db.session.scalars(
        select(PastResult)
        .where(PastResult.bloc_id == bloc.id)
        .options(joinedload(PastResult.unit).options(with_names))
    ).all()
    shared = _shared(past)
    for row in past:
        period = Period(row.year, row.kind)
        if period not in there:
            found.append(
                Result(
                    period, row.unit, row.rank, (period, row.rank) in shared, row.points, row.maximum,
                    row.class_name or "",
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: (each.period.first_day, each.period.last_day, each.rank or 10**6))


def _shared(past: Iterable[PastResult]) -> set[tuple[Period, int | None]]:
    """Places of past periods on which several stand."""
    count: dict[tuple[Period, int | None], int] = defaultdict(int)
    for row in past:
        if row.rank is not None:
            count[Period(row.year, row.kind), row.rank] += 1
    return {key for key, several in count.items() if several > 1}


def places_before(period: ReportingPeriod) -> dict[str, int]:
    """Places of the same kind of period a year earlier, by unit key; empty when nothing is known."""
    before = Period(period.year - 1, period.kind)
    return {
        each.unit.public_id: each.rank
        for each in results(period.bloc)
        if each.period == before and each.rank is not None
    }


@dataclass(frozen=True)
class YearsTable:
    """Places of the same kind of period over years: `rows` (unit key, name, places), and the drawing of them."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[int | None, ...]], ...]
    chart: PlacesChart | None


def years_chart(period: ReportingPeriod, shown: RankingShown, own: str) -> YearsTable | None:
    """The years up to this edition, its own places from its frozen copy; None when no earlier year is known."""
    by_year: dict[int, dict[str, int | None]] = defaultdict(dict)
    for each in results(period.bloc):
        if each.period.kind is period.kind and each.period.year < period.year:
            by_year[each.period.year][each.unit.public_id] = each.rank
    if not by_year:
        return None
    years = sorted(by_year)[-(YEARS - 1) :]
    rows = [
        (unit.key, unit.name, (*(by_year[year].get(unit.key) for year in years), unit.rank)) for unit in shown.units
    ]
    short = {unit.key: unit.short_name for unit in shown.units}
    labels = (*map(str, years), str(period.year))
    series = [Series(short[key], places, key == own) for key, _name, places in rows]
    return YearsTable(labels, tuple(rows), places_chart(labels, series))


@dataclass(frozen=True)
class GroupYear:
    """The ranked units' points in each group, by the group's number: (title, share of what was assigned)."""

    period: Period
    shares: Mapping[str, tuple[str, Fraction | None]]


def groups_of(bloc: Bloc, kind: PeriodKind) -> list[GroupYear]:
    """The bloc by group of criteria, oldest first, of the last editions in force of this kind of period."""
    editions = db.session.scalars(
        select(Ranking)
        .join(Ranking.period)
        .where(
            ReportingPeriod.bloc_id == bloc.id, ReportingPeriod.kind == kind, Ranking.state == RankingState.PUBLISHED
        )
        .options(joinedload(Ranking.period))
        .order_by(ReportingPeriod.year.desc())
        .limit(GROUP_YEARS)
    ).all()
    return [GroupYear(each.period.period, group_shares(from_json(each.content))) for each in reversed(editions)]


def group_shares(shown: RankingShown) -> dict[str, tuple[str, Fraction | None]]:
    """Points over the assigned maximum of all ranked units, by top group inside the maximum."""
    parents = {each.key: each.parent for each in shown.criteria}
    tops = {each.key: each for each in shown.criteria if not each.parent}
    got: dict[str, Fraction] = defaultdict(Fraction)
    most: dict[str, Fraction] = defaultdict(Fraction)
    for leaf in shown.leaves:
        if leaf.part is not CriterionPart.MAIN:
            continue
        top = leaf.key
        while parents[top]:
            top = parents[top]
        for unit in shown.ranked:
            point = shown.points.get(unit.key, {}).get(leaf.key)
            if point is not None and point.assigned:
                got[top] += Fraction(point.final or 0)
                most[top] += Fraction(leaf.maximum or 0)
    return {tops[key].number: (tops[key].title, got[key] / most[key] if most[key] else None) for key in most}
