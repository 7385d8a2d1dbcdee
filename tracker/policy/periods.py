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
from tracker.policy.blocs import may_see_bloc
from tracker.policy.terms import in_secretariat, is_board_of, is_leaders_head, leads, may_judge, units_in_role


def may_see_year_of(account: Account, bloc: Bloc, day: date) -> bool:
    """Periods, pledges, movements, activities: whoever sees the bloc, but the administrator."""
    return account.role is not AccountRole.ADMIN and may_see_bloc(account, bloc, day)


def _was_member_by(account: Account, bloc: Bloc, last: date) -> bool:
    return any(member.unit_id == account.unit_id and member.starts_on <= last for member in bloc.memberships)


def may_know_period(account: Account, period: ReportingPeriod, day: date) -> bool:
    """That there is such a period: its bloc's authority; its members, also later joiners once it is published."""
    bloc = period.bloc
    if account.unit_id is None:
        return account.authority_id == bloc.authority_id
    if not may_see_bloc(account, bloc, day):
        return False
    span = period.period
    for member in bloc.memberships:
        if member.unit_id != account.unit_id:
            continue
        if member.ends_on is None or member.ends_on > span.first_day:
            return True
    return False


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
    return in_secretariat(account, period.bloc, day)


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
    return may_see_bloc(account, criteria_set.bloc, day)


def may_see_criteria(account: Account, criteria_set: CriteriaSet, day: date) -> bool:
    """Every member sees by what it is measured; one that is still being written only who keeps it."""
    if not may_see_year_of(account, criteria_set.bloc, day):
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
    return may_see_year_of(account, pledge.bloc, day)


def may_register(account: Account, bloc: Bloc, day: date) -> bool:
    """A member registers its own targets and titles."""
    return account.unit_id is not None and any(
        member.unit_id == account.unit_id and member.holds_on(day) for member in bloc.memberships
    )


def may_keep_registration(account: Account, registration: Registration, day: date) -> bool:
    return account.unit_id == registration.unit_id


def may_set_registration_rule(account: Account, bloc: Bloc, day: date) -> bool:
    return may_keep_periods(account, bloc, day)


def may_see_movement(account: Account, movement: Movement, day: date) -> bool:
    """Of a bloc: who sees its year. Of the authority: all its people, and members of its blocs."""
    if account.role is AccountRole.ADMIN:
        return False
    if movement.bloc is not None:
        return may_see_year_of(account, movement.bloc, day)
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
