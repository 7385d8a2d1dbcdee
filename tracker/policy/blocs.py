"""Who may see and keep blocs, units and the authority."""

from datetime import date

from sqlalchemy import ColumnElement, exists, or_

from tracker.domain.blocs import AccountRole
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.unit import Unit
from tracker.policy.terms import is_board_of


def may_see_bloc(account: Account, bloc: Bloc, day: date) -> bool:
    """Its members, also those who left (for the records of their time); its authority's own people."""
    if account.unit_id is None:
        return account.authority_id == bloc.authority_id
    return any(member.unit_id == account.unit_id and member.starts_on <= day for member in bloc.memberships)


def was_member(unit_id: int | None, bloc: Bloc, first: date, last: date) -> bool:
    """The unit belonged to the bloc on some day from `first` to `last`."""
    return any(
        member.unit_id == unit_id and member.starts_on <= last and (member.ends_on is None or member.ends_on > first)
        for member in bloc.memberships
    )


def joined_later(unit_id: int | None, bloc: Bloc, last: date, day: date) -> bool:
    """The unit came into the bloc after `last` and is in it on `day`."""
    return any(each.unit_id == unit_id and each.starts_on > last and each.holds_on(day) for each in bloc.memberships)


def blocs_seen_by(account: Account, day: date) -> ColumnElement[bool]:
    """SQL twin of may_see_bloc."""
    if account.unit_id is None:
        return Bloc.authority_id == account.authority_id
    return exists().where(
        Membership.bloc_id == Bloc.id, Membership.unit_id == account.unit_id, Membership.starts_on <= day
    )


def may_manage_bloc(account: Account, bloc: Bloc, day: date) -> bool:
    """The board founds, renames, dissolves; admits and releases; appoints and hands over."""
    return is_board_of(account, bloc)


def may_manage_membership(account: Account, membership: Membership, day: date) -> bool:
    return may_manage_bloc(account, membership.bloc, day)


def may_manage_term(account: Account, term: Term, day: date) -> bool:
    return may_manage_bloc(account, term.bloc, day)


def may_found_blocs(account: Account, authority: Authority, day: date) -> bool:
    return account.role is AccountRole.BOARD and account.authority_id == authority.id


def may_see_authority(account: Account, authority: Authority, day: date) -> bool:
    return account.unit_id is None and account.authority_id == authority.id


def may_edit_authority(account: Account, authority: Authority, day: date) -> bool:
    """Header lines, place name and time zone are set by the board or the administrator."""
    return may_see_authority(account, authority, day)


def may_see_unit(account: Account, unit: Unit, day: date) -> bool:
    """Its own people, its home authority's, and those of an authority in whose blocs it was (see units_seen_by)."""
    if account.unit_id is not None:
        return account.unit_id == unit.id
    return unit.authority_id in (None, account.authority_id)


def units_seen_by(account: Account, day: date) -> ColumnElement[bool]:
    """SQL twin of may_see_unit."""
    if account.unit_id is not None:
        return Unit.id == account.unit_id
    return or_(Unit.authority_id.is_(None), Unit.authority_id == account.authority_id)


def may_manage_unit(account: Account, unit: Unit, day: date) -> bool:
    """The board keeps the units of its own authority and those without a home."""
    return account.role is AccountRole.BOARD and may_see_unit(account, unit, day)
