"""Who may keep periods, criteria, pledges, movements and activities (rights.md)."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from tracker.domain.blocs import AccountRole, TermRole
from tracker.domain.reporting import PeriodState
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Activity, Movement, Pledge, PledgeRow, Registration
from tracker.models.unit import Unit
from tracker.models.upload import Upload
from tracker.policy.blocs import joined_later, may_see_bloc, was_member
from tracker.policy.terms import (
    board_stands_in,
    in_secretariat,
    is_board_of,
    is_leaders_head,
    leads,
    may_judge,
    units_in_role,
)


def may_see_year_of(account: Account, bloc: Bloc, day: date) -> bool:
    """Periods, pledges, movements, activities: whoever sees the bloc, but the administrator."""
    return account.role is not AccountRole.ADMIN and may_see_bloc(account, bloc, day)


def _knows(account: Account, bloc: Bloc, first: date, last: date, day: date) -> bool:
    """A record that ran from `first` to `last`: its authority; who was a member meanwhile; today's secretariat."""
    if account.unit_id is None:
        return account.authority_id == bloc.authority_id
    during = may_see_bloc(account, bloc, day) and was_member(account.unit_id, bloc, first, last)
    return during or in_secretariat(account, bloc, day)


def may_know_year(account: Account, bloc: Bloc, year: int, day: date) -> bool:
    """That the bloc has records of this year (settled.md: dated within the unit's membership)."""
    return _knows(account, bloc, date(year, 1, 1), date(year, 12, 31), day)


def may_see_year(account: Account, bloc: Bloc, year: int, day: date) -> bool:
    """Pledge, registrations, activities, criteria of one year of the bloc."""
    return account.role is not AccountRole.ADMIN and may_know_year(account, bloc, year, day)


def may_know_period(account: Account, period: ReportingPeriod, day: date) -> bool:
    """That there is such a period: members between its first day and its lock; later joiners once it is published."""
    bloc, span = period.bloc, period.period
    last = max(span.last_day, period.locks_at.date())
    if _knows(account, bloc, span.first_day, last, day):
        return True
    return period.state in PeriodState.shown_to_all() and joined_later(account.unit_id, bloc, last, day)


def may_see_period(account: Account, period: ReportingPeriod, day: date) -> bool:
    """Dates, extensions and the own submission: every member and the board."""
    return account.role is not AccountRole.ADMIN and may_know_period(account, period, day)


def may_see_period_board(account: Account, period: ReportingPeriod, day: date) -> bool:
    """Who has sent and what is missing: the secretariat and the board; every member after publication."""
    if not may_see_period(account, period, day):
        return False
    if period.state in PeriodState.shown_to_all() or account.role is AccountRole.BOARD:
        return True
    return in_secretariat(account, period.bloc, day)


def may_keep_periods(account: Account, bloc: Bloc, day: date) -> bool:
    """Found periods, set their dates, open and lock them: the leader (with none the deputy), or the board."""
    return is_board_of(account, bloc) or (account.unit_id is not None and leads(account, bloc, day))


def may_keep_period(account: Account, period: ReportingPeriod, day: date) -> bool:
    return may_keep_periods(account, period.bloc, day)


def may_unlock_period(account: Account, period: ReportingPeriod, day: date) -> bool:
    """Unlock, revoke: the board, with a reason."""
    return is_board_of(account, period.bloc)


def may_prepare_publication(account: Account, period: ReportingPeriod, day: date) -> bool:
    """Put it forward: the leader's people (with no leader the deputy's, with neither the board), as the table says."""
    if account.unit_id is None:
        return board_stands_in(account, period.bloc, day)
    return leads(account, period.bloc, day)


def may_publish_period(account: Account, period: ReportingPeriod, day: date) -> bool:
    """Confirm what another put forward: the leader's head or the board."""
    return is_board_of(account, period.bloc) or is_leaders_head(account, period.bloc, day)


def may_remind(account: Account, period: ReportingPeriod, day: date) -> bool:
    return in_secretariat(account, period.bloc, day) or is_board_of(account, period.bloc)


def may_favour(account: Account, bloc: Bloc, unit: Unit, day: date) -> bool:
    """Extend a unit's deadline, set "not assigned" for it: the leader or the board; for the leader the deputy.

    No unit judges itself (settled.md): for the leader with no deputy, or the deputy with no other leader, the board or
    the unit that it names.
    """
    if account.unit_id is None:
        return is_board_of(account, bloc)
    if account.unit_id == unit.id:
        return False
    if unit.id in units_in_role(bloc, TermRole.LEADER, day):
        return may_judge(account, bloc, unit.id, day)
    return leads(account, bloc, day) or (
        account.unit_id in units_in_role(bloc, TermRole.STAND_IN, day) and may_judge(account, bloc, unit.id, day)
    )


def may_keep_criteria_of(account: Account, bloc: Bloc, day: date) -> bool:
    """Nearest row: open a period, set its dates."""
    return may_keep_periods(account, bloc, day)


def may_know_criteria(account: Account, criteria_set: CriteriaSet, day: date) -> bool:
    return may_know_year(account, criteria_set.bloc, criteria_set.year, day)


def may_see_criteria(account: Account, criteria_set: CriteriaSet, day: date) -> bool:
    """Every member sees by what it is measured; one that is still being written only who keeps it."""
    if not may_see_year(account, criteria_set.bloc, criteria_set.year, day):
        return False
    return criteria_set.frozen_at is not None or (
        may_keep_criteria(account, criteria_set, day) or in_secretariat(account, criteria_set.bloc, day)
    )


def may_keep_criteria(account: Account, criteria_set: CriteriaSet, day: date) -> bool:
    return may_keep_criteria_of(account, criteria_set.bloc, day)


def may_assign_criteria(account: Account, criteria_set: CriteriaSet, day: date) -> bool:
    """Say for one member at least what is not assigned to it; the service asks again for each unit."""
    return may_see_criteria(account, criteria_set, day) and any(
        may_favour(account, criteria_set.bloc, member.unit, day)
        for member in criteria_set.bloc.memberships
        if member.holds_on(day)
    )


def may_keep_criterion(account: Account, criterion: Criterion, day: date) -> bool:
    return may_keep_criteria(account, criterion.criteria_set, day)


def may_keep_pledges(account: Account, bloc: Bloc, day: date) -> bool:
    """Pledge, its rows, the bloc's movements and activities: the secretariat (nearest row: a conference)."""
    return in_secretariat(account, bloc, day)


def may_keep_pledge(account: Account, pledge: Pledge, day: date) -> bool:
    return may_keep_pledges(account, pledge.bloc, day)


def may_keep_pledge_row(account: Account, row: PledgeRow, day: date) -> bool:
    return may_keep_pledges(account, row.pledge.bloc, day)


def may_assign_pledge_row(account: Account, row: PledgeRow, day: date) -> bool:
    """Say which units need not do a row: whoever may favour at least one of them; each unit is asked again."""
    bloc = row.pledge.bloc
    return any(may_favour(account, bloc, member.unit, day) for member in bloc.memberships if member.holds_on(day))


def may_see_pledge(account: Account, pledge: Pledge, day: date) -> bool:
    return may_see_year(account, pledge.bloc, pledge.year, day)


def may_register(account: Account, bloc: Bloc, day: date) -> bool:
    """A member registers its own targets and titles."""
    return account.unit_id is not None and any(
        member.unit_id == account.unit_id and member.holds_on(day) for member in bloc.memberships
    )


def may_know_registration(account: Account, registration: Registration, day: date) -> bool:
    """The own always; of other units those of the years of membership."""
    own = account.unit_id is not None and account.unit_id == registration.unit_id
    return own or may_know_year(account, registration.bloc, registration.year, day)


def may_keep_registration(account: Account, registration: Registration, day: date) -> bool:
    return account.unit_id == registration.unit_id


def may_set_registration_rule(account: Account, bloc: Bloc, day: date) -> bool:
    return may_keep_periods(account, bloc, day)


def may_see_movement(account: Account, movement: Movement, day: date) -> bool:
    """Of a bloc: who sees its year. Of the authority: all its people, and members of its blocs."""
    if account.role is AccountRole.ADMIN:
        return False
    if movement.bloc is not None:
        return _knows(account, movement.bloc, movement.starts_on, movement.ends_on or date.max, day)
    if account.unit is None:
        return account.authority_id == movement.authority_id
    return account.authority_id == movement.authority_id or any(
        member.bloc.authority_id == movement.authority_id and member.starts_on <= day
        for member in account.unit.memberships
    )


def movements_of(bloc: Bloc) -> ColumnElement[bool]:
    """The movements that a bloc's pages and forms show: its own and those of its authority."""
    return or_(
        Movement.bloc_id == bloc.id,
        and_(Movement.bloc_id.is_(None), Movement.authority_id == bloc.authority_id),
    )


def may_know_movement(account: Account, movement: Movement, day: date) -> bool:
    if account.role is AccountRole.ADMIN:
        return account.authority_id == movement.authority_id
    return may_see_movement(account, movement, day)


def may_keep_movement(account: Account, movement: Movement, day: date) -> bool:
    """The bloc's by its secretariat, the authority's by the board."""
    if movement.bloc is None:
        return account.role is AccountRole.BOARD and account.authority_id == movement.authority_id
    return in_secretariat(account, movement.bloc, day)


def may_keep_movements_of(account: Account, authority: Authority, day: date) -> bool:
    """Launch movements for all blocs of the authority: its board."""
    return account.role is AccountRole.BOARD and account.authority_id == authority.id


def may_know_activity(account: Account, activity: Activity, day: date) -> bool:
    return _knows(account, activity.bloc, activity.held_on, activity.last_on, day)


def may_keep_activity(account: Account, activity: Activity, day: date) -> bool:
    return may_keep_pledges(account, activity.bloc, day)


def may_load_past(account: Account, bloc: Bloc, day: date) -> bool:
    """Results, figures and awards of earlier years: the secretariat or the board."""
    return in_secretariat(account, bloc, day) or is_board_of(account, bloc)


def may_use_upload(account: Account, upload: Upload, day: date) -> bool:
    """A unit's form: its own people, whoever sent it in, for the preview shows their draft. Anything else: who sent it
    in. What it touches is asked again when it is written.
    """
    if upload.unit_id is not None:
        return account.unit_id == upload.unit_id
    return account.id == upload.by_id
