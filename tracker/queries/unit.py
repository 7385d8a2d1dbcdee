"""Shared reads of units: the board's list, the choices of forms, what a unit was where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.unit import Unit, UnitName, UnitSpelling
from tracker.policy import units_seen_by
from tracker.text import clean_line, fold

PAGE_SIZE = 50


@dataclass(frozen=True)
class ListedUnit:
    """A unit with the blocs (public id, name) it belongs to on the day."""

    unit: Unit
    name: UnitName
    blocs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class UnitPage:
    """One page of the list; `page` counts from 1."""

    rows: tuple[ListedUnit, ...]
    page: int
    pages: int
    total: int


def listed(account: Account, day: date, *, text: str = "", page: int | None = 1) -> UnitPage:
    """Units that the reader keeps, by their present name in Vietnamese order. `page` None gives all of them.

    `text` is looked for without accents in present and former names, other spellings and short names.
    """
    present = select(UnitName).where(UnitName.ends_on.is_(None)).subquery()
    asked = select(Unit).join(present, present.c.unit_id == Unit.id).where(units_seen_by(account, day))
    if fold(text):
        asked = asked.where(_called(text))
    total = db.session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    asked = asked.order_by(Unit.closed_on.is_not(None), present.c.name_key, Unit.id)
    asked = asked.options(selectinload(Unit.names), joinedload(Unit.authority))
    if page is not None:
        page = min(max(1, page), pages)
        asked = asked.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    units = db.session.scalars(asked).all()
    blocs = _blocs_of([unit.id for unit in units], account.authority_id, day)
    rows = tuple(ListedUnit(unit, unit.named_on(day), blocs.get(unit.id, ())) for unit in units)
    return UnitPage(rows, page or 1, pages if page else 1, total)


def _called(text: str) -> ColumnElement[bool]:
    wanted, brief = fold(text), clean_line(text)
    name = exists().where(
        UnitName.unit_id == Unit.id,
        or_(
            UnitName.name_fold.contains(wanted, autoescape=True),
            func.lower(UnitName.short_name).contains(brief.lower(), autoescape=True),
        ),
    )
    spelling = exists().where(UnitSpelling.unit_id == Unit.id, UnitSpelling.name_fold.contains(wanted, autoescape=True))
    return or_(name, spelling)


def _blocs_of(numbers: Iterable[int], authority_id: int, day: date) -> dict[int, tuple[tuple[str, str], ...]]:
    """Unit number → (public id, name) of the authority's blocs it belongs to on `day`. Three queries."""
    rows = db.session.scalars(
        select(Membership)
        .join(Bloc)
        .where(Membership.unit_id.in_(list(numbers)), Membership.holds_on(day), Bloc.authority_id == authority_id)
        .options(joinedload(Membership.bloc).selectinload(Bloc.names))
        .order_by(Membership.starts_on, Membership.id)
    )
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for row in rows:
        place = (row.bloc.public_id, row.bloc.named_on(day).name)
        found[row.unit_id] = (*found.get(row.unit_id, ()), place)
    return found


def by_public_id(public_id: str | None) -> Unit | None:
    """The unit behind a form's choice; None for a blank one."""
    return db.session.scalar(select(Unit).where(Unit.public_id == public_id)) if public_id else None


def by_public_ids(public_ids: Iterable[str]) -> list[Unit]:
    """The units behind several choices, in the order given."""
    given = list(public_ids)
    found = {unit.public_id: unit for unit in db.session.scalars(select(Unit).where(Unit.public_id.in_(given)))}
    return [found[public_id] for public_id in given if public_id in found]


def offered(authority: Authority, day: date, but: Unit | None = None) -> list[tuple[str, str]]:
    """(public id, name on `day`) of all living units: the authority's own first, then those without home, then others'.

    A bloc's members may come from several authorities (design.md, section 3). Two queries.
    """
    units = db.session.scalars(
        select(Unit)
        .where(or_(Unit.closed_on.is_(None), Unit.closed_on > day))
        .options(selectinload(Unit.names), joinedload(Unit.authority))
    )
    rows = []
    for unit in units:
        if unit is but:
            continue
        name = unit.named_on(day)
        place = 0 if unit.authority_id == authority.id else 1 if unit.authority is None else 2
        home = "" if place == 0 else " (Trung ương, ngành dọc)" if unit.authority is None else ""
        if place == 2 and unit.authority is not None:
            home = f" ({unit.authority.short_name})"
        rows.append((place, name.name_key, unit.public_id, name.name + home))
    return [(public_id, label) for _place, _key, public_id, label in sorted(rows)]


def places_of(unit: Unit, account: Account) -> tuple[list[Membership], list[Term]]:
    """Memberships and terms of the unit in the blocs of the reader's authority, latest first. Four queries."""
    memberships = db.session.scalars(
        select(Membership)
        .join(Bloc)
        .where(Membership.unit_id == unit.id, Bloc.authority_id == account.authority_id)
        .options(joinedload(Membership.bloc).selectinload(Bloc.names))
        .order_by(Membership.starts_on.desc(), Membership.id.desc())
    ).all()
    terms = db.session.scalars(
        select(Term)
        .join(Bloc)
        .where(Term.unit_id == unit.id, Bloc.authority_id == account.authority_id)
        .options(joinedload(Term.bloc).selectinload(Bloc.names))
        .order_by(Term.starts_on.desc(), Term.id.desc())
    ).all()
    return list(memberships), list(terms)


def spelling_of(unit: Unit, public_id: str) -> UnitSpelling | None:
    """One of the unit's other spellings."""
    return db.session.scalar(
        select(UnitSpelling).where(UnitSpelling.unit_id == unit.id, UnitSpelling.public_id == public_id)
    )
