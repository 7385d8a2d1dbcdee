"""Who may make action items, report on them and close them (rights.md).

A unit that was closed hands its parts to its successor: from that day the successor bears them (settled.md).
"""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true

from tracker.domain.blocs import AccountRole
from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.bloc import Bloc, Membership
from tracker.models.conference import Conference
from tracker.models.course import Limitation, Remark
from tracker.models.unit import Unit
from tracker.policy.blocs import may_see_bloc
from tracker.policy.terms import in_secretariat, is_board_of, may_judge


def bearer_of(unit: Unit, day: date) -> Unit:
    """The unit that answers for `unit` on `day`: itself, or the last of its successors by then."""
    passed = {unit.id}
    while unit.successor is not None and unit.closed_on is not None and unit.closed_on <= day:
        if unit.successor.id in passed:
            break
        unit = unit.successor
        passed.add(unit.id)
    return unit


def units_borne_by(account: Account, day: date) -> Select[tuple[int]]:
    """SQL twin of bearer_of, the other way round: the account's unit and all it succeeded by `day`."""
    own = select(Unit.id).where(Unit.id == account.unit_id).cte("borne", recursive=True)
    before = select(Unit.id).join(own, Unit.successor_id == own.c.id).where(Unit.closed_on <= day)
    return select(own.union(before).c.id)


def may_see_item(account: Account, item: ActionItem, day: date) -> bool:
    """Everyone who sees the bloc; a unit that left sees what it was given, or what it bears for another."""
    if account.unit_id is None:
        return account.role is AccountRole.BOARD and account.authority_id == item.bloc.authority_id
    member_today = any(m.unit_id == account.unit_id and m.holds_on(day) for m in item.bloc.memberships)
    return member_today or any(may_report_progress(account, part, day) for part in item.parts)


def items_seen_by(account: Account, day: date) -> ColumnElement[bool]:
    """SQL twin of may_see_item."""
    if account.unit_id is None:
        in_bloc = select(Bloc.id).where(Bloc.id == ActionItem.bloc_id, Bloc.authority_id == account.authority_id)
        return and_(true() if account.role is AccountRole.BOARD else false(), exists(in_bloc))
    member = exists().where(
        Membership.bloc_id == ActionItem.bloc_id, Membership.unit_id == account.unit_id, Membership.holds_on(day)
    )
    given = select(Assignment.id).where(Assignment.action_item_id == ActionItem.id, parts_reported_by(account, day))
    return or_(member, given.correlate(ActionItem).exists())


def may_see_items_of(account: Account, bloc: Bloc, day: date) -> bool:
    """The board of items: whoever sees the bloc, but the administrator, who never sees the bloc's work."""
    return account.role is not AccountRole.ADMIN and may_see_bloc(account, bloc, day)


def may_know_item(account: Account, item: ActionItem, day: date) -> bool:
    """That there is such an item: its administrator too, who is then refused."""
    return account.authority_id == item.bloc.authority_id if account.is_admin else may_see_item(account, item, day)


def may_make_items(account: Account, bloc: Bloc, day: date) -> bool:
    return in_secretariat(account, bloc, day)


def may_make_items_from(account: Account, conference: Conference, day: date) -> bool:
    """From a conclusion, a directive, a limitation; also after approval: tasks are not part of the minutes."""
    return in_secretariat(account, conference.bloc, day)


def may_make_item_of(account: Account, said: Remark | Limitation, day: date) -> bool:
    """From one conclusion, directive or limitation."""
    return may_make_items_from(account, said.conference, day)


def may_edit_item(account: Account, item: ActionItem, day: date) -> bool:
    return in_secretariat(account, item.bloc, day)


def may_report_progress(account: Account, part: Assignment, day: date) -> bool:
    """A unit reports on its own part, and nobody for it but the unit that succeeded it."""
    return account.unit_id is not None and account.unit_id in (part.unit_id, bearer_of(part.unit, day).id)


def parts_reported_by(account: Account, day: date) -> ColumnElement[bool]:
    """SQL twin of may_report_progress."""
    return Assignment.unit_id.in_(units_borne_by(account, day))


def may_close_part(account: Account, part: Assignment, day: date) -> bool:
    """No unit closes its own part, nor the one it inherited."""
    if may_report_progress(account, part, day):
        return False
    return may_judge(account, part.item.bloc, bearer_of(part.unit, day).id, day)


def may_release_part(account: Account, part: Assignment, day: date) -> bool:
    """To take a part away from a unit is to judge it; a unit that left the bloc is judged by the secretariat."""
    return may_close_part(account, part, day)


def may_see_progress(account: Account, part: Assignment, day: date) -> bool:
    """Words and evidence of a unit's part: the unit, the secretariat, the board; other members see the state only."""
    bloc = part.item.bloc
    own = may_report_progress(account, part, day)
    return own or is_board_of(account, bloc) or in_secretariat(account, bloc, day)


def may_see_item_history(account: Account, item: ActionItem, day: date) -> bool:
    """The history holds every unit's words: only for whoever may see the progress of all parts."""
    if not may_see_item(account, item, day):
        return False
    over_all = is_board_of(account, item.bloc) or in_secretariat(account, item.bloc, day)
    return over_all or all(may_see_progress(account, part, day) for part in item.parts)


def may_know_part(account: Account, part: Assignment, day: date) -> bool:
    return may_know_item(account, part.item, day)
