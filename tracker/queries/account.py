"""Shared reads of accounts: an authority's list, its units for the form, what an account may do today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.blocs import AccountRole, BlocKind, TermRole
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.unit import Unit
from tracker.text import fold, sort_key


@dataclass(frozen=True)
class AccountRow:
    """One line of the list. `unit_name` is None for the authority's own people."""

    account: Account
    unit_name: str | None
    acts_as_head: bool


@dataclass(frozen=True)
class Place:
    """What an account's unit is to one bloc on a day."""

    bloc_public_id: str
    bloc_name: str
    kind: BlocKind
    role: TermRole | None
    ends_on: date | None


def of_authority(
    authority: Authority, day: date, *, search: str = "", unit: str = "", state: str = ""
) -> list[AccountRow]:
    """The authority's accounts by Vietnamese name; `search` without accents in name, post and address.

    `unit` is a public id, "-" for people of the authority; `state` is living, new or disabled. Three queries.
    """
    found = db.session.scalars(
        select(Account)
        .where(Account.authority_id == authority.id)
        .options(joinedload(Account.unit).selectinload(Unit.names), selectinload(Account.acting))
    )
    wanted = fold(search)
    rows = []
    for account in found.unique():
        name = account.unit.named_on(day).name if account.unit else None
        text = " ".join((account.full_name, account.email, account.post or "", name or ""))
        if wanted not in fold(text) or not _in_unit(account, unit) or not _in_state(account, state):
            continue
        acts = any(row.holds_on(day) for row in account.acting)
        rows.append(AccountRow(account, name, acts))
    return sorted(rows, key=lambda row: (_given_name(row.account.full_name), row.account.id))


def _given_name(full_name: str) -> tuple[str, str]:
    """Vietnamese lists go by the last word of a name, then by the whole."""
    words = full_name.split()
    return sort_key(words[-1] if words else ""), sort_key(full_name)


def _in_unit(account: Account, unit: str) -> bool:
    if not unit:
        return True
    return account.unit is None if unit == "-" else account.unit is not None and account.unit.public_id == unit


def _in_state(account: Account, state: str) -> bool:
    if state == "disabled":
        return account.disabled_at is not None
    if state == "new":
        return account.disabled_at is None and account.must_change_password
    return state != "living" or account.disabled_at is None


def units_of(authority: Authority, day: date) -> list[tuple[str, str]]:
    """(public id, name on `day`) of units whose people the authority's administrator looks after.

    Its own units, and those without a home that one of its blocs admitted (settled.md, rights).
    """
    admitted = exists().where(
        Membership.unit_id == Unit.id, Membership.bloc_id == Bloc.id, Bloc.authority_id == authority.id
    )
    units = db.session.scalars(
        select(Unit)
        .where(or_(Unit.authority_id == authority.id, Unit.authority_id.is_(None) & admitted))
        .where(or_(Unit.closed_on.is_(None), Unit.closed_on > day))
        .options(selectinload(Unit.names))
    )
    named = [(unit.public_id, unit.named_on(day)) for unit in units]
    return [(public_id, name.name) for public_id, name in sorted(named, key=lambda pair: pair[1].name_key)]


def unit_called(public_id: str | None) -> Unit | None:
    """The unit of a form's choice; None when none was chosen."""
    return db.session.scalar(select(Unit).where(Unit.public_id == public_id)) if public_id else None


def places_of(account: Account, day: date) -> list[Place]:
    """The blocs of the account's unit on `day` with its role there: what its rights come from. Constant queries."""
    blocs = db.session.scalars(
        select(Bloc)
        .join(Membership)
        .where(Membership.unit_id == account.unit_id, Membership.holds_on(day))
        .options(selectinload(Bloc.names), selectinload(Bloc.terms))
    )
    places = []
    for bloc in blocs.unique():
        term = _leading_term(bloc.terms, account.unit_id, day)
        places.append(
            Place(bloc.public_id, bloc.named_on(day).name, bloc.kind, term.role if term else None,
                  term.ends_on if term else None)
        )
    return sorted(places, key=lambda place: sort_key(place.bloc_name))


def _leading_term(terms: list[Term], unit_id: int | None, day: date) -> Term | None:
    held = [term for term in terms if term.unit_id == unit_id and term.holds_on(day)]
    order = list(TermRole)
    return min(held, key=lambda term: order.index(term.role), default=None)


def heads_and_officers(authority: Authority, day: date) -> list[AccountRow]:
    """Living accounts of units, for the board to name who acts for a head; by unit, heads first."""
    rows = [row for row in of_authority(authority, day, state="living") if row.account.unit_id is not None]
    return sorted(rows, key=lambda row: (sort_key(row.unit_name), row.account.role is not AccountRole.HEAD))
