"""Shared reads of criteria sets: the tree as plain values, a bloc's sets, what uses a set."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.criteria_checks import Problem, problems
from tracker.domain.criteria_tree import BandStep, CriteriaTree, CriterionNode
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import Band, CriteriaSet, Criterion, Exemption
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Pledge, PledgeRow
from tracker.models.submission import Entry, Submission
from tracker.policy import blocs_seen_by, may_see_criteria


@dataclass(frozen=True)
class ListedSet:
    """A set of the list. `stops`: faults that would keep a period from opening; `periods` by it, as a word each."""

    criteria_set: CriteriaSet
    leaves: int
    stops: int
    periods: tuple[ReportingPeriod, ...]


@dataclass(frozen=True)
class Use:
    """A period that asks by a set: how many submissions it has, and in how many of them figures stand already."""

    period: ReportingPeriod
    submissions: int
    with_figures: int


def rows_of(criteria_set: CriteriaSet) -> Sequence[Criterion]:
    """Every row of the set in its order, with bands. Two queries."""
    return db.session.scalars(
        select(Criterion)
        .where(Criterion.criteria_set_id == criteria_set.id)
        .order_by(Criterion.position, Criterion.id)
        .options(selectinload(Criterion.bands))
    ).all()


def tree(criteria_set: CriteriaSet, rows: Sequence[Criterion] | None = None) -> CriteriaTree:
    """The set as plain values; the key of a node is its row's public id. Two queries, none when `rows` are given."""
    listed = rows_of(criteria_set) if rows is None else rows
    below: dict[int | None, list[Criterion]] = defaultdict(list)
    for row in listed:
        below[row.parent_id].append(row)

    def node(row: Criterion) -> CriterionNode:
        steps = tuple(BandStep(band.low, band.high, band.points, band.low_closed, band.high_closed)
                      for band in row.bands)  # fmt: skip
        return CriterionNode(
            key=row.public_id, number=row.number, title=row.title, part=row.part, maximum=row.maximum,
            unit_of_measure=row.unit_of_measure, function=row.function, direction=row.direction,
            band_basis=row.band_basis, points_each=row.points_each, limit_points=row.limit_points,
            floor_points=row.floor_points, evidence_required=row.evidence_required, guidance=row.guidance,
            pledge_lineage=row.pledge_lineage, lineage=row.lineage, bands=steps,
            children=tuple(node(child) for child in below[row.id]),
        )  # fmt: skip

    return CriteriaTree(
        name=criteria_set.name, year=criteria_set.year, declared_total=criteria_set.declared_total,
        rank_by=criteria_set.rank_by, places=criteria_set.places, rounding=criteria_set.rounding,
        decision=criteria_set.decision, criteria=tuple(node(row) for row in below[None]),
    )  # fmt: skip


def faults(criteria_set: CriteriaSet) -> list[Problem]:
    """What is wrong with a set; a period opens by it when none of them stops."""
    return problems(tree(criteria_set))


def of_bloc(bloc: Bloc, account: Account, day: date, year: int | None = None) -> list[ListedSet]:
    """The bloc's sets that the reader sees, latest year and edition first. Constant queries."""
    asked = select(CriteriaSet).where(CriteriaSet.bloc_id == bloc.id)
    if year is not None:
        asked = asked.where(CriteriaSet.year == year)
    found = db.session.scalars(asked.order_by(CriteriaSet.year.desc(), CriteriaSet.edition.desc())).all()
    seen = [each for each in found if may_see_criteria(account, each, day)]
    rows: dict[int, list[Criterion]] = defaultdict(list)
    for row in db.session.scalars(
        select(Criterion)
        .where(Criterion.criteria_set_id.in_([each.id for each in seen]))
        .order_by(Criterion.position, Criterion.id)
        .options(selectinload(Criterion.bands))
    ):
        rows[row.criteria_set_id].append(row)
    periods = _periods_by_set([each.id for each in seen])
    return [
        ListedSet(
            each, sum(row.function is not None for row in rows[each.id]),
            sum(problem.stops for problem in problems(tree(each, rows[each.id]))), tuple(periods[each.id]),
        )
        for each in seen
    ]  # fmt: skip


def years(bloc: Bloc) -> list[int]:
    """The years that have a set, latest first. One query."""
    return list(db.session.scalars(
        select(CriteriaSet.year).where(CriteriaSet.bloc_id == bloc.id).distinct().order_by(CriteriaSet.year.desc())
    ))  # fmt: skip


def latest(bloc: Bloc, year: int) -> CriteriaSet | None:
    """The newest edition of a year's set. One query."""
    return db.session.scalars(
        select(CriteriaSet)
        .where(CriteriaSet.bloc_id == bloc.id, CriteriaSet.year == year)
        .order_by(CriteriaSet.edition.desc())
        .limit(1)
    ).first()


def copyable(account: Account, day: date) -> list[CriteriaSet]:
    """Every set the reader may see, of all blocs: by bloc, latest year first. Constant queries."""
    found = db.session.scalars(
        select(CriteriaSet)
        .join(Bloc, Bloc.id == CriteriaSet.bloc_id)
        .where(blocs_seen_by(account, day))
        .order_by(CriteriaSet.year.desc(), CriteriaSet.edition.desc())
        .options(
            joinedload(CriteriaSet.bloc).selectinload(Bloc.memberships),
            joinedload(CriteriaSet.bloc).selectinload(Bloc.terms),
            joinedload(CriteriaSet.bloc).selectinload(Bloc.names),
        )
    ).unique()
    seen = [each for each in found if may_see_criteria(account, each, day)]
    return sorted(seen, key=lambda each: each.bloc.named_on(day).name_key)


def by_public_id(public_id: str | None) -> CriteriaSet | None:
    return db.session.scalars(select(CriteriaSet).where(CriteriaSet.public_id == public_id)).first()


def uses(criteria_set: CriteriaSet) -> list[Use]:
    """The periods that ask by the set, with how many submissions it touches. Three queries."""
    periods = _periods_by_set([criteria_set.id])[criteria_set.id]
    made = _counted(select(Submission.period_id, func.count()), periods)
    filled = _counted(
        select(Submission.period_id, func.count(Submission.id.distinct()))
        .join(Entry, Entry.submission_id == Submission.id)
        .join(Criterion, Criterion.id == Entry.criterion_id)
        .where(
            Criterion.criteria_set_id == criteria_set.id, or_(Entry.actual.is_not(None), Entry.count.is_not(None))
        ),
        periods,
    )  # fmt: skip
    return [Use(period, made.get(period.id, 0), filled.get(period.id, 0)) for period in periods]


def pledge_choices(bloc: Bloc, year: int) -> list[tuple[str, str]]:
    """(lineage, content) of the rows of the year's pledge, in its order. One query."""
    rows = db.session.execute(
        select(PledgeRow.lineage, PledgeRow.content)
        .join(Pledge, Pledge.id == PledgeRow.pledge_id)
        .where(Pledge.bloc_id == bloc.id, Pledge.year == year)
        .order_by(PledgeRow.position, PledgeRow.id)
    )
    return [(lineage, content) for lineage, content in rows]


def exemptions(criteria_set: CriteriaSet) -> list[Exemption]:
    """Which row is not assigned to which unit, with the reason and who said so. One query."""
    return list(db.session.scalars(
        select(Exemption)
        .join(Criterion, Criterion.id == Exemption.criterion_id)
        .where(Criterion.criteria_set_id == criteria_set.id)
        .order_by(Exemption.id)
        .options(joinedload(Exemption.by), joinedload(Exemption.criterion))
    ))  # fmt: skip


def exemption_version(rows: Sequence[Exemption]) -> int:
    """A number that changes whenever somebody assigns or takes off a row: the version of the whole table."""
    return max((row.id for row in rows), default=0) * 1_000 + len(rows) + 1


def editions(criteria_set: CriteriaSet) -> list[CriteriaSet]:
    """All editions of the set's year, the newest first. One query."""
    return list(db.session.scalars(
        select(CriteriaSet)
        .where(CriteriaSet.bloc_id == criteria_set.bloc_id, CriteriaSet.year == criteria_set.year)
        .order_by(CriteriaSet.edition.desc())
    ))  # fmt: skip


def standing_bands(criterion: Criterion) -> list[Band]:
    return sorted(criterion.bands, key=lambda band: band.position)


def _periods_by_set(ids: Sequence[int]) -> dict[int, list[ReportingPeriod]]:
    grouped: dict[int, list[ReportingPeriod]] = defaultdict(list)
    for period in db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.criteria_set_id.in_(ids))
        .order_by(ReportingPeriod.year, ReportingPeriod.opens_on, ReportingPeriod.id)
    ):
        assert period.criteria_set_id is not None
        grouped[period.criteria_set_id].append(period)
    return grouped


def _counted(asked: Select[int, int], periods: Sequence[ReportingPeriod]) -> dict[int, int]:
    narrowed = asked.where(Submission.period_id.in_([period.id for period in periods]))
    return {number: count for number, count in db.session.execute(narrowed.group_by(Submission.period_id))}
