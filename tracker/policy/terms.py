"""Rights follow the term a unit holds on `day` (design.md, section 4.1; settled.md, rights)."""

from datetime import date

from tracker.domain.blocs import AccountRole, TermRole
from tracker.models.account import Account
from tracker.models.bloc import Bloc


def units_in_role(bloc: Bloc, role: TermRole, day: date) -> set[int]:
    """Numbers of the units that hold `role` in the bloc on `day`."""
    return {term.unit_id for term in bloc.terms if term.role is role and term.holds_on(day)}


def leads(account: Account, bloc: Bloc, day: date) -> bool:
    """The unit leads today; with no leader the deputy acts."""
    leaders = units_in_role(bloc, TermRole.LEADER, day)
    return account.unit_id in (leaders or units_in_role(bloc, TermRole.DEPUTY, day))


def deputises(account: Account, bloc: Bloc, day: date) -> bool:
    return account.unit_id in units_in_role(bloc, TermRole.DEPUTY, day)


def is_board_of(account: Account, bloc: Bloc) -> bool:
    return account.role is AccountRole.BOARD and account.authority_id == bloc.authority_id


def board_stands_in(account: Account, bloc: Bloc, day: date) -> bool:
    """With neither leader nor deputy today, the board acts as the bloc's secretariat."""
    taken = units_in_role(bloc, TermRole.LEADER, day) | units_in_role(bloc, TermRole.DEPUTY, day)
    return is_board_of(account, bloc) and not taken


def in_secretariat(account: Account, bloc: Bloc, day: date) -> bool:
    """People of the unit that leads or deputises today are the bloc's secretariat (thường trực khối)."""
    if account.unit_id is None:
        return board_stands_in(account, bloc, day)
    return leads(account, bloc, day) or deputises(account, bloc, day)


def is_leaders_head(account: Account, bloc: Bloc, day: date) -> bool:
    """The Khối trưởng's hand: the head (or acting head) of the unit that leads today."""
    if account.unit_id is None:
        return board_stands_in(account, bloc, day)
    return leads(account, bloc, day) and account.is_head_on(day)


def may_stand_in(account: Account, bloc: Bloc, day: date) -> bool:
    """Whether the board named the account's unit to judge who leads or deputises (settled.md, rights)."""
    return account.unit_id is not None and account.unit_id in units_in_role(bloc, TermRole.STAND_IN, day)


def may_judge(account: Account, bloc: Bloc, unit_id: int, day: date) -> bool:
    """No unit judges itself: the secretariat judges members, the deputy the leader; else the unit the board names.

    The board itself may judge the leader, and everybody where nobody leads or deputises.
    """
    leaders = units_in_role(bloc, TermRole.LEADER, day)
    deputies = units_in_role(bloc, TermRole.DEPUTY, day)
    if account.unit_id is None:
        return is_board_of(account, bloc) and (unit_id in leaders or not (leaders | deputies))
    if account.unit_id == unit_id:
        return False
    if account.unit_id in leaders | deputies:
        return True
    return unit_id in leaders | deputies and account.unit_id in units_in_role(bloc, TermRole.STAND_IN, day)
