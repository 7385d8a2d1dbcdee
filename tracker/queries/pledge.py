"""Shared reads of a bloc's pledge: a year's rows with each unit's target, what uses a row, its files."""

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.conferences import ConferenceKind
from tracker.domain.reporting import PeriodState
from tracker.models.attachment import Attachment
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference, ConferenceKindRow
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Pledge, PledgeRow, UnitTarget
from tracker.models.submission import Entry
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs


@dataclass(frozen=True)
class YearUnit:
    """A unit that the year's pledge concerns, under its name of the asked day."""

    unit: Unit
    name: str
    short_name: str


@dataclass(frozen=True)
class Planned:
    """What one unit is to reach on one row. `own`: it registered a figure of its own; else the bloc's plan holds."""

    plan: Decimal | None
    own: bool
    assigned: bool
    note: str | None = None


@dataclass(frozen=True)
class Uses:
    """What a row of the pledge is bound to: lines of submissions, leaves that measure it (their numbers)."""

    entries: int
    criteria: tuple[str, ...]
    targets: int


def of_year(bloc: Bloc, year: int) -> Pledge | None:
    """The bloc's pledge of a year with rows, targets and conference. Four queries at most."""
    asked = select(Pledge).where(Pledge.bloc_id == bloc.id, Pledge.year == year)
    return db.session.scalar(
        asked.options(joinedload(Pledge.conference), selectinload(Pledge.rows).selectinload(PledgeRow.targets))
    )


def read_anew(pledge: Pledge) -> None:
    """Rows and targets as they stand now: to be asked under the bloc's lock, before they are compared and changed."""
    rows = select(PledgeRow).where(PledgeRow.pledge_id == pledge.id).options(selectinload(PledgeRow.targets))
    db.session.scalars(rows.execution_options(populate_existing=True)).all()
    db.session.refresh(pledge, ["rows"])


def years(bloc: Bloc) -> list[int]:
    """The years that have a pledge, latest first."""
    return list(db.session.scalars(select(Pledge.year).where(Pledge.bloc_id == bloc.id).order_by(Pledge.year.desc())))


def latest_before(bloc: Bloc, year: int) -> int | None:
    """The last year before `year` that has a pledge with rows."""
    asked = select(func.max(Pledge.year)).join(PledgeRow, PledgeRow.pledge_id == Pledge.id)
    return db.session.scalar(asked.where(Pledge.bloc_id == bloc.id, Pledge.year < year))


def units_of(bloc: Bloc, day: date, also: Iterable[int] = ()) -> list[YearUnit]:
    """Members on `day` in the bloc's order; then units, by their number, that the year's records name besides."""
    members = blocs.members_on(blocs.load(bloc), day)
    found = [YearUnit(member.unit, member.name, member.short_name) for member in members]
    missing = set(also) - {each.unit.id for each in found}
    if missing:
        asked = select(Unit).where(Unit.id.in_(missing)).options(selectinload(Unit.names)).order_by(Unit.id)
        for unit in db.session.scalars(asked):
            named = unit.named_on(day)
            found.append(YearUnit(unit, named.name, named.short_name))
    return found


def named_in(pledge: Pledge) -> set[int]:
    """The numbers of the units that registered something for the pledge."""
    return {target.unit_id for row in pledge.rows for target in row.targets}


def planned(row: PledgeRow, unit_id: int) -> Planned:
    """The unit's own figure, else the year plan of the row, which is the plan of each unit."""
    own = next((target for target in row.targets if target.unit_id == unit_id), None)
    if own is None:
        return Planned(row.year_plan, own=False, assigned=True)
    if not own.assigned:
        return Planned(None, own=False, assigned=False, note=own.note)
    if own.target is None:
        return Planned(row.year_plan, own=False, assigned=True, note=own.note)
    return Planned(own.target, own=True, assigned=True, note=own.note)


def target_of(row: PledgeRow, unit: Unit) -> UnitTarget | None:
    return next((target for target in row.targets if target.unit_id == unit.id), None)


def targets_version(rows: Sequence[PledgeRow], unit: Unit) -> int:
    """One number for all targets of a unit: it changes when one is saved, added or removed."""
    kept = [(row.public_id, target.version) for row in rows if (target := target_of(row, unit)) is not None]
    return zlib.crc32(repr(sorted(kept)).encode())


def unassigned_version(row: PledgeRow) -> int:
    """One number for who need not do a row."""
    kept = sorted(target.unit_id for target in row.targets if not target.assigned)
    return zlib.crc32(repr((row.version, kept)).encode())


def uses_of(row: PledgeRow) -> Uses:
    """Three queries. A criterion counts when its set is of the same bloc and year."""
    entries = db.session.scalar(select(func.count()).where(Entry.pledge_row_id == row.id)) or 0
    measured = (
        select(Criterion.number)
        .join(CriteriaSet, CriteriaSet.id == Criterion.criteria_set_id)
        .where(
            Criterion.pledge_lineage == row.lineage,
            CriteriaSet.bloc_id == row.pledge.bloc_id,
            CriteriaSet.year == row.pledge.year,
        )
        .order_by(Criterion.position)
    )
    registered = select(func.count()).where(UnitTarget.pledge_row_id == row.id, UnitTarget.target.is_not(None))
    numbers = tuple(dict.fromkeys(db.session.scalars(measured)))
    return Uses(entries, numbers, db.session.scalar(registered) or 0)


def year_has_opened(bloc: Bloc, year: int) -> bool:
    """Whether a period of the year was ever opened: from then on a changed target is an adjustment."""
    asked = select(func.count()).where(
        ReportingPeriod.bloc_id == bloc.id,
        ReportingPeriod.year == year,
        ReportingPeriod.state != PeriodState.PLANNED,
    )
    return bool(db.session.scalar(asked))


def files_of(pledge: Pledge) -> list[Attachment]:
    return list(db.session.scalars(select(Attachment).where(Attachment.pledge_id == pledge.id).order_by(Attachment.id)))


def signing_conferences(bloc: Bloc, year: int, kinds: Collection[ConferenceKind] = ()) -> list[tuple[str, str]]:
    """(public id, title) of conferences of the year and the one before at which a pledge may have been signed."""
    asked = select(Conference.public_id, Conference.title).where(
        Conference.bloc_id == bloc.id, Conference.first_day.between(date(year - 1, 10, 1), date(year, 12, 31))
    )
    if kinds:
        asked = asked.where(
            select(ConferenceKindRow.id)
            .where(ConferenceKindRow.conference_id == Conference.id, ConferenceKindRow.kind.in_(kinds))
            .exists()
        )
    return [(key, title) for key, title in db.session.execute(asked.order_by(Conference.first_day, Conference.id))]


def conference_by_key(bloc: Bloc, public_id: str | None) -> Conference | None:
    """A conference of this bloc."""
    if not public_id:
        return None
    return db.session.scalar(
        select(Conference).where(Conference.bloc_id == bloc.id, Conference.public_id == public_id)
    )
