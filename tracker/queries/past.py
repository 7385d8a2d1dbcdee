"""Results, figures and awards of years before the program was used."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.past_rows import ExpectedPast, PastCell, PastKey, key_of
from tracker.domain.past_sheet import PAST_AWARDS, PAST_COLUMNS, PAST_RESULTS, PAST_VALUES
from tracker.models.bloc import Bloc, Membership
from tracker.models.period import PastAward, PastResult, PastValue
from tracker.models.unit import Unit
from tracker.text import fold

PastRecord = PastResult | PastValue | PastAward
MODELS: dict[str, type[PastRecord]] = {PAST_RESULTS: PastResult, PAST_VALUES: PastValue, PAST_AWARDS: PastAward}


def units_of(bloc: Bloc) -> list[Unit]:
    """Everyone who is or was a member, in the order of joining. Constant queries."""
    asked = (
        select(Membership)
        .where(Membership.bloc_id == bloc.id)
        .options(
            joinedload(Membership.unit).selectinload(Unit.names),
            joinedload(Membership.unit).selectinload(Unit.spellings),
        )
        .order_by(Membership.position, Membership.id)
    )
    return list(dict.fromkeys(member.unit for member in db.session.scalars(asked)))


def expected(bloc: Bloc, last_year: int) -> ExpectedPast:
    """What a workbook of this bloc is held against."""
    units: dict[str, str] = {}
    ambiguous = set()
    for unit in units_of(bloc):
        called = {fold(name.name) for name in unit.names} | {fold(name.short_name) for name in unit.names}
        for name in called | {fold(spelling.name) for spelling in unit.spellings}:
            if units.setdefault(name, unit.public_id) != unit.public_id:
                ambiguous.add(name)
    return ExpectedPast(bloc.public_id, units, last_year, frozenset(ambiguous), bloc.kind)


def values_of(sheet: str, record: PastRecord) -> dict[str, PastCell]:
    """A kept record by the columns of its sheet."""
    fields = [column.field for column in PAST_COLUMNS[sheet]]
    return {name: record.unit.public_id if name == "unit" else getattr(record, name) for name in fields}


def kept(bloc: Bloc) -> dict[tuple[str, PastKey], PastRecord]:
    """Every kept record of the bloc by sheet and key. Three queries and the units'."""
    found: dict[tuple[str, PastKey], PastRecord] = {}
    for sheet, model in MODELS.items():
        asked = select(model).where(model.bloc_id == bloc.id).options(joinedload(model.unit))
        rows: list[PastRecord] = list(db.session.scalars(asked))
        for row in rows:
            found[sheet, key_of(sheet, values_of(sheet, row))] = row
    return found


@dataclass(frozen=True)
class PastYear:
    """One year: what is known of it, by sheet."""

    year: int
    results: tuple[PastResult, ...]
    values: tuple[PastValue, ...]
    awards: tuple[PastAward, ...]


def years(bloc: Bloc) -> list[int]:
    """The years of which something is known, newest first."""
    found: set[int] = set()
    for model in MODELS.values():
        found |= set(db.session.scalars(select(model.year).where(model.bloc_id == bloc.id).distinct()))
    return sorted(found, reverse=True)


def of_year(bloc: Bloc, year: int) -> PastYear:
    """Everything of one year, results by rank. Constant queries."""
    with_unit = selectinload(Unit.names)
    results = db.session.scalars(
        select(PastResult)
        .where(PastResult.bloc_id == bloc.id, PastResult.year == year)
        .options(joinedload(PastResult.unit).options(with_unit))
        .order_by(PastResult.kind, PastResult.rank.is_(None), PastResult.rank, PastResult.id)
    ).all()
    values = db.session.scalars(
        select(PastValue)
        .where(PastValue.bloc_id == bloc.id, PastValue.year == year)
        .options(joinedload(PastValue.unit).options(with_unit))
        .order_by(PastValue.name_fold, PastValue.kind, PastValue.id)
    ).all()
    awards = db.session.scalars(
        select(PastAward)
        .where(PastAward.bloc_id == bloc.id, PastAward.year == year)
        .options(joinedload(PastAward.unit).options(with_unit))
        .order_by(PastAward.id)
    ).all()
    return PastYear(year, tuple(results), tuple(values), tuple(awards))


def for_workbook(bloc: Bloc) -> Mapping[str, list[PastRecord]]:
    """Every record by sheet, oldest year first, for the template with what is known already."""
    found: dict[str, list[PastRecord]] = {}
    for sheet, model in MODELS.items():
        asked = (
            select(model)
            .where(model.bloc_id == bloc.id)
            .options(joinedload(model.unit).selectinload(Unit.names))
            .order_by(model.year, model.id)
        )
        found[sheet] = list(db.session.scalars(asked))
    return found
