"""Who opens the scoring desk of one unit: whoever scores or decides, but nobody its own unit's before it is shared."""

from datetime import date

from tracker.domain.blocs import AccountRole
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.submission import Entry, Submission
from tracker.policy.scoring import may_explain, may_score_bloc, may_see_judged_points, may_see_scoring


def may_see_desk(account: Account, submission: Submission, day: date) -> bool:
    """The secretariat, the board, and the unit that the board named to judge this one."""
    if account.role is AccountRole.ADMIN:
        return False
    if may_score_bloc(account, submission, day):
        return True
    return may_see_scoring(account, submission.period, day) and may_see_judged_points(account, submission, day)


def may_see_desk_line(account: Account, entry: Entry, day: date) -> bool:
    return may_see_desk(account, entry.submission, day)


def may_withdraw_file(account: Account, attachment: Attachment, day: date) -> bool:
    """A file of an explanation: the unit that explains."""
    return attachment.explanation is not None and may_explain(account, attachment.explanation.entry, day)
