"""Who may write, read, check a unit's submission (rights.md). State and dates are the service's to refuse."""

from datetime import date

from sqlalchemy import ColumnElement, false, or_, true

from tracker.domain.blocs import AccountRole
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SubmissionState
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Achievement, Entry, Section, Submission
from tracker.policy.periods import may_favour, may_know_period, may_see_period
from tracker.policy.terms import board_stands_in, in_secretariat, is_board_of, may_judge


def may_know_submission(account: Account, submission: Submission, day: date) -> bool:
    """Own, secretariat, board and administrator know of it; other members only when the period is published."""
    period = submission.period
    if not may_know_period(account, period, day):
        return account.unit_id == submission.unit_id
    if account.unit_id is None or account.unit_id == submission.unit_id:
        return True
    return period.state in PeriodState.shown_to_all() or _looks_through(account, submission, day)


def _looks_through(account: Account, submission: Submission, day: date) -> bool:
    """The secretariat; for one of its own units also the unit that the board named to judge it."""
    bloc = submission.period.bloc
    return in_secretariat(account, bloc, day) or (
        account.unit_id is not None and may_judge(account, bloc, submission.unit_id, day)
    )


def may_read_submission(account: Account, submission: Submission, day: date) -> bool:
    """The own unit always; the secretariat and the board once it is sent; every member after publication."""
    if account.role is AccountRole.ADMIN or not may_know_submission(account, submission, day):
        return False
    if account.unit_id == submission.unit_id or submission.period.state in PeriodState.shown_to_all():
        return True
    sent = submission.state in SubmissionState.seen_by_secretariat()
    over = is_board_of(account, submission.period.bloc) or _looks_through(account, submission, day)
    return sent and over


def submissions_read_by(account: Account, period: ReportingPeriod, day: date) -> ColumnElement[bool]:
    """SQL twin of may_read_submission, among the submissions of one period."""
    if account.role is AccountRole.ADMIN:
        return false()
    own = false() if account.unit_id is None else Submission.unit_id == account.unit_id
    if not may_know_period(account, period, day):
        return own
    if period.state in PeriodState.shown_to_all():
        return true()
    sent = Submission.state.in_(SubmissionState.seen_by_secretariat())
    if is_board_of(account, period.bloc) or in_secretariat(account, period.bloc, day):
        return or_(own, sent)
    judged = {
        term.unit_id for term in period.bloc.terms
        if account.unit_id is not None and may_judge(account, period.bloc, term.unit_id, day)
    }  # fmt: skip
    return or_(own, sent & Submission.unit_id.in_(judged))


def may_write_submission(account: Account, submission: Submission, day: date) -> bool:
    """Officers and heads of the unit, and nobody for it."""
    return account.unit_id is not None and account.unit_id == submission.unit_id


def may_sign_submission(account: Account, submission: Submission, day: date) -> bool:
    """Where the unit wants it, its head (or acting head) looks it through before it goes."""
    return may_write_submission(account, submission, day) and account.is_head_on(day)


def may_check_submission(account: Account, submission: Submission, day: date) -> bool:
    """Return, accept: the secretariat, never the unit itself; the leader's by the deputy, not by the board."""
    if account.unit_id is None and not board_stands_in(account, submission.period.bloc, day):
        return False
    return may_judge(account, submission.period.bloc, submission.unit_id, day)


def may_comment_submission(account: Account, submission: Submission, day: date) -> bool:
    """The unit and those who read it to check it write to each other."""
    return may_write_submission(account, submission, day) or (
        may_read_submission(account, submission, day) and _looks_through(account, submission, day)
    )


def may_see_submission_history(account: Account, submission: Submission, day: date) -> bool:
    """The unit, the secretariat, the board; other members read the result, not how it came about."""
    if not may_read_submission(account, submission, day):
        return False
    over = is_board_of(account, submission.period.bloc) or _looks_through(account, submission, day)
    return account.unit_id == submission.unit_id or over


def may_favour_submission(account: Account, submission: Submission, day: date) -> bool:
    """Extend, set "not assigned", for the unit of this submission."""
    return may_see_period(account, submission.period, day) and may_favour(
        account, submission.period.bloc, submission.unit, day
    )


def may_write_entry(account: Account, entry: Entry, day: date) -> bool:
    return may_write_submission(account, entry.submission, day)


def may_favour_entry(account: Account, entry: Entry, day: date) -> bool:
    return may_favour_submission(account, entry.submission, day)


def may_write_evidence(account: Account, attachment: Attachment, day: date) -> bool:
    """Take away a file of a line or an achievement: who writes there."""
    owner = attachment.entry or attachment.achievement
    return owner is not None and may_write_submission(account, owner.submission, day)


def may_write_section(account: Account, section: Section, day: date) -> bool:
    return may_write_submission(account, section.submission, day)


def may_write_achievement(account: Account, achievement: Achievement, day: date) -> bool:
    return may_write_submission(account, achievement.submission, day)


def may_read_entry(account: Account, entry: Entry, day: date) -> bool:
    return may_read_submission(account, entry.submission, day)


def may_know_entry(account: Account, entry: Entry, day: date) -> bool:
    return may_know_submission(account, entry.submission, day)
