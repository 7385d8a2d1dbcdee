"""Shared reads of blocs: who belongs, who leads, on a given day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from tracker.db import db
from tracker.domain.blocs import BlocKind, TermRole
from tracker.models.account import Account
from tracker.models.bloc import Bloc, BlocName, Membership, Term
from tracker.models.unit import Unit
from tracker.policy import blocs_seen_by
from tracker.text import fold


@dataclass(frozen=True)
class Member:
    """A unit of the bloc on a day, under the name of that day, with its role then."""

    unit: Unit
    name: str
    short_name: str
    role: TermRole | None
    term: Term | None


def current_blocs(account: Account, day: date) -> list[tuple[str, str, BlocKind]]:
    """(public id, name on `day`, kind) of the blocs the account's unit belongs to on `day`. One query."""
    rows = db.session.execute(
        select(Bloc.public_id, BlocName.name, Bloc.kind)
        .join(Membership, Membership.bloc_id == Bloc.id)
        .join(BlocName, BlocName.bloc_id == Bloc.id)
        .where(Membership.unit_id == account.unit_id, Membership.holds_on(day), BlocName.holds_on(day))
        .order_by(BlocName.name_key)
    )
    return [(public_id, name, kind) for public_id, name, kind in rows]


def load(bloc: Bloc) -> Bloc:
    """The bloc with everything its head and rights ask: names, members and their names, terms. Constant queries.

    The units come in one query of their own: rules may have read the memberships before, without them.
    What is loaded already, earlier in the same request, costs nothing.
    """
    facts: list[Membership | Term] = [*bloc.memberships, *bloc.terms]
    if all("unit" in row.__dict__ and "names" in row.unit.__dict__ for row in facts):
        return bloc
    numbers = {row.unit_id for row in facts}
    units = db.session.scalars(select(Unit).where(Unit.id.in_(numbers)).options(selectinload(Unit.names))).all()
    known = {unit.id: unit for unit in units}
    for row in facts:
        set_committed_value(row, "unit", known[row.unit_id])
    return bloc


def members_on(bloc: Bloc, day: date) -> list[Member]:
    """The bloc's members on `day`, in its own list order, under the names they bore that day."""
    members = []
    for membership in bloc.memberships:
        if membership.holds_on(day):
            term = term_of(bloc, membership.unit_id, day)
            name = membership.unit.named_on(day)
            members.append(Member(membership.unit, name.name, name.short_name, term.role if term else None, term))
    return members


def term_of(bloc: Bloc, unit_id: int, day: date) -> Term | None:
    """What the unit is to the bloc on `day`: its leading term first, else its deputy's."""
    held = [term for term in bloc.terms if term.unit_id == unit_id and term.holds_on(day)]
    order = (TermRole.LEADER, TermRole.DEPUTY)
    ranked = sorted((t for t in held if t.role in order), key=lambda term: order.index(term.role))
    return ranked[0] if ranked else None


def terms_on(bloc: Bloc, role: TermRole, day: date) -> list[Term]:
    """The terms of `role` on `day`, oldest first; one leader at most, deputies 0 to n."""
    return [term for term in bloc.terms if term.role is role and term.holds_on(day)]


@dataclass(frozen=True)
class ListedBloc:
    """A bloc of the list as of a day."""

    bloc: Bloc
    name: str
    leader: str | None
    deputies: tuple[str, ...]
    member_count: int


def listed(account: Account, day: date, *, text: str = "", kind: BlocKind | None = None) -> list[ListedBloc]:
    """The blocs that the reader sees, by name in Vietnamese order, dissolved ones last. Five queries.

    `text` is looked for without accents in the present name and the code.
    """
    asked = select(Bloc).where(blocs_seen_by(account, day))
    if kind is not None:
        asked = asked.where(Bloc.kind == kind)
    blocs = db.session.scalars(
        asked.options(
            selectinload(Bloc.names),
            selectinload(Bloc.memberships),
            selectinload(Bloc.terms).joinedload(Term.unit).selectinload(Unit.names),
        )
    ).all()
    wanted = fold(text)
    found = [bloc for bloc in blocs if wanted in f"{bloc.named_on(day).name_fold} {fold(bloc.code)}"]
    found.sort(key=lambda bloc: (bloc.dissolved_on is not None, bloc.named_on(day).name_key, bloc.id))
    return [_listed(bloc, day) for bloc in found]


def _listed(bloc: Bloc, day: date) -> ListedBloc:
    leaders, deputies = (
        tuple(term.unit.named_on(day).name for term in terms_on(bloc, role, day))
        for role in (TermRole.LEADER, TermRole.DEPUTY)
    )
    count = sum(held.holds_on(day) for held in bloc.memberships)
    return ListedBloc(bloc, bloc.named_on(day).name, leaders[0] if leaders else None, deputies, count)


def former_members(bloc: Bloc, day: date) -> list[Membership]:
    """Memberships that ended by `day`, latest first."""
    ended = [held for held in bloc.memberships if held.ends_on is not None and held.ends_on <= day]
    return sorted(ended, key=lambda held: (held.ends_on or held.starts_on, held.id), reverse=True)


def coming_members(bloc: Bloc, day: date) -> list[Membership]:
    """Memberships that begin after `day`, nearest first."""
    return sorted((held for held in bloc.memberships if held.starts_on > day), key=lambda held: held.starts_on)


def terms_by_time(bloc: Bloc) -> list[Term]:
    """Who led when: every term, latest first; on the same day leader, deputies, stand-in."""
    order = list(TermRole)
    return sorted(bloc.terms, key=lambda term: (-term.starts_on.toordinal(), order.index(term.role), term.id))
