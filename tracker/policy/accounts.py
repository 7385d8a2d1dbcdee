"""Who may open files and manage accounts."""

from datetime import date

from tracker.domain.blocs import AccountRole
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.authority import Authority
from tracker.models.notice import Notice
from tracker.policy.action_items import may_see_progress
from tracker.policy.conferences import may_know_conference, may_read_conference
from tracker.policy.periods import may_know_movement, may_know_year, may_see_movement, may_see_pledge
from tracker.policy.scoring import may_read_explanation
from tracker.policy.submissions import may_know_submission, may_read_submission


def may_download(account: Account, attachment: Attachment, day: date) -> bool:
    """A file takes the right of the record it belongs to."""
    if attachment.conference is not None:
        return may_read_conference(account, attachment.conference, day)
    if attachment.progress_note is not None:
        return may_see_progress(account, attachment.progress_note.part, day)
    owner = attachment.entry or attachment.achievement
    if owner is not None:
        return may_read_submission(account, owner.submission, day)
    if attachment.explanation is not None:
        return may_read_explanation(account, attachment.explanation, day)
    if attachment.movement is not None:
        return may_see_movement(account, attachment.movement, day)
    return attachment.pledge is not None and may_see_pledge(account, attachment.pledge, day)


def may_know_attachment(account: Account, attachment: Attachment, day: date) -> bool:
    """A file nobody may open for this account is not shown to exist, except where the record itself is known."""
    if attachment.conference is not None:
        return may_know_conference(account, attachment.conference, day)
    if attachment.explanation is not None:
        return may_know_submission(account, attachment.explanation.entry.submission, day)
    owner = attachment.entry or attachment.achievement
    if owner is not None:
        return may_know_submission(account, owner.submission, day)
    if attachment.movement is not None:
        return may_know_movement(account, attachment.movement, day)
    if attachment.pledge is not None:
        return may_know_year(account, attachment.pledge.bloc, attachment.pledge.year, day)
    return may_download(account, attachment, day)


def may_manage_accounts(account: Account, authority: Authority, day: date) -> bool:
    return account.role is AccountRole.ADMIN and account.authority_id == authority.id


def may_manage_account(account: Account, other: Account, day: date) -> bool:
    return account.role is AccountRole.ADMIN and account.authority_id == other.authority_id


def may_know_account(account: Account, other: Account, day: date) -> bool:
    """One's own, those one manages, and those of units that share a bloc today: colleagues know of each other."""
    if account.id == other.id or may_manage_account(account, other, day):
        return True
    if account.unit is None or other.unit is None:
        return False
    blocs = {member.bloc_id for member in account.unit.memberships if member.holds_on(day)}
    return any(member.bloc_id in blocs for member in other.unit.memberships if member.holds_on(day))


def may_name_acting_head(account: Account, other: Account, day: date) -> bool:
    """The board names who acts for a unit's head who is away."""
    return account.role is AccountRole.BOARD and account.authority_id == other.authority_id


def may_name_acting_heads(account: Account, authority: Authority, day: date) -> bool:
    """The list from which the board names them."""
    return account.role is AccountRole.BOARD and account.authority_id == authority.id


def may_work(account: Account, day: date) -> bool:
    """Everyone who is signed in: own page, own password, help."""
    return True


def may_note_seen(account: Account, notice: Notice, day: date) -> bool:
    """A notice is one person's own."""
    return account.id == notice.account_id
