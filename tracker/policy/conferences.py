"""Who may see, write, approve and export a conference (rights.md)."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from tracker.domain.blocs import AccountRole, TermRole
from tracker.domain.conferences import ConferenceState
from tracker.models.account import Account
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.conference import Conference
from tracker.models.course import MinutesComment
from tracker.policy.blocs import joined_later, may_see_bloc, was_member
from tracker.policy.terms import in_secretariat, is_board_of, is_leaders_head


def may_know_conference(account: Account, conference: Conference, day: date) -> bool:
    """That there is such a conference: everyone who sees the bloc and was, or came later as, a member."""
    bloc = conference.bloc
    if account.unit_id is None:
        return account.authority_id == bloc.authority_id
    if was_member(account.unit_id, bloc, conference.first_day, conference.last_day):
        return True
    return in_secretariat(account, bloc, day) or (
        conference.state is ConferenceState.APPROVED and joined_later(account.unit_id, bloc, conference.last_day, day)
    )


def conferences_known_to(account: Account, day: date) -> ColumnElement[bool]:
    """SQL twin of may_know_conference."""
    in_bloc = select(Bloc.id).where(Bloc.id == Conference.bloc_id)
    if account.unit_id is None:
        return exists(in_bloc.where(Bloc.authority_id == account.authority_id))
    own = select(Membership.id).where(Membership.bloc_id == Conference.bloc_id, Membership.unit_id == account.unit_id)
    during = own.where(
        Membership.starts_on <= Conference.last_day,
        or_(Membership.ends_on.is_(None), Membership.ends_on > Conference.first_day),
    )
    later = own.where(Membership.starts_on > Conference.last_day, Membership.holds_on(day))
    approved = Conference.state == ConferenceState.APPROVED
    return or_(exists(during), _leads_or_deputises(account, day), and_(approved, exists(later)))


def _leads_or_deputises(account: Account, day: date) -> ColumnElement[bool]:
    """SQL twin of in_secretariat for unit people, joined to Conference.bloc_id."""
    return exists().where(
        Term.bloc_id == Conference.bloc_id,
        Term.unit_id == account.unit_id,
        Term.role.in_([TermRole.LEADER, TermRole.DEPUTY]),
        Term.holds_on(day),
    )


def may_read_conference(account: Account, conference: Conference, day: date) -> bool:
    """Planned: members see agenda and invitation. Held: the secretariat and the board, until the minutes are sent."""
    if account.role is AccountRole.ADMIN or not may_know_conference(account, conference, day):
        return False
    if conference.state is ConferenceState.HELD:
        return account.role is AccountRole.BOARD or in_secretariat(account, conference.bloc, day)
    return True


def conferences_read_by(account: Account, day: date) -> ColumnElement[bool]:
    """SQL twin of may_read_conference, except where a bloc has neither leader nor deputy (only the board then)."""
    if account.role is AccountRole.ADMIN:
        return false()
    known = conferences_known_to(account, day)
    if account.role is AccountRole.BOARD:
        return known
    return and_(known, or_(Conference.state != ConferenceState.HELD, _leads_or_deputises(account, day)))


def may_read_course(account: Account, conference: Conference, day: date) -> bool:
    """The whole page. Of one that has not met a member reads only agenda, invitation and its own delegates."""
    if not may_read_conference(account, conference, day):
        return False
    if conference.state in ConferenceState.after_holding():
        return True
    return account.role is AccountRole.BOARD or in_secretariat(account, conference.bloc, day)


def may_see_conferences_of(account: Account, bloc: Bloc, day: date) -> bool:
    """The bloc's list: whoever sees the bloc, but the administrator, who never sees the bloc's work."""
    return account.role is not AccountRole.ADMIN and may_see_bloc(account, bloc, day)


def may_plan_conference(account: Account, bloc: Bloc, day: date) -> bool:
    return in_secretariat(account, bloc, day)


def may_write_conference(account: Account, conference: Conference, day: date) -> bool:
    """Today's secretariat, also what an earlier leader left open; never an approved one."""
    return conference.state is not ConferenceState.APPROVED and in_secretariat(account, conference.bloc, day)


def may_set_letterhead(account: Account, conference: Conference, day: date) -> bool:
    """Number and date of signing come after approval too: they are the office's, not the conference's."""
    return in_secretariat(account, conference.bloc, day)


def may_name_delegates(account: Account, conference: Conference, day: date) -> bool:
    """A member names its own delegates while the conference is planned; the secretariat and others through theirs."""
    if account.unit_id is None or conference.state is not ConferenceState.PLANNED:
        return False
    return was_member(account.unit_id, conference.bloc, conference.first_day, conference.last_day)


def may_comment_minutes(account: Account, conference: Conference, day: date) -> bool:
    """Members and the board, while the minutes are out for comment."""
    return conference.state is ConferenceState.MINUTES_SENT and may_read_conference(account, conference, day)


def may_answer_comment(account: Account, comment: MinutesComment, day: date) -> bool:
    return may_write_conference(account, comment.conference, day)


def may_approve_minutes(account: Account, conference: Conference, day: date) -> bool:
    return is_leaders_head(account, conference.bloc, day)


def may_reopen_conference(account: Account, conference: Conference, day: date) -> bool:
    return is_board_of(account, conference.bloc)


def may_export_conference(account: Account, conference: Conference, day: date) -> bool:
    """Approved: every member. Before, marked DỰ THẢO: the secretariat and the board."""
    if not may_read_conference(account, conference, day):
        return False
    if conference.state is ConferenceState.APPROVED:
        return True
    return account.role is AccountRole.BOARD or in_secretariat(account, conference.bloc, day)
