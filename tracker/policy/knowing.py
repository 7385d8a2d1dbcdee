"""Who may know that a record exists: the guard asks it before any rule."""

from collections.abc import Callable
from typing import Any

from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.attachment import Attachment
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.conference import Conference
from tracker.models.course import Limitation, MinutesComment, Remark
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.notice import Notice
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.pledge import Activity, Movement, Pledge, PledgeRow, Registration
from tracker.models.ranking import Ranking
from tracker.models.scoring import Explanation
from tracker.models.submission import Achievement, Entry, Section, Submission
from tracker.models.unit import Unit
from tracker.models.upload import Upload
from tracker.policy.accounts import may_know_account, may_know_attachment, may_name_acting_head
from tracker.policy.action_items import may_know_item, may_know_part
from tracker.policy.blocs import may_see_authority, may_see_bloc, may_see_unit
from tracker.policy.conferences import may_know_conference
from tracker.policy.periods import (
    may_know_activity,
    may_know_criteria,
    may_know_movement,
    may_know_period,
    may_know_registration,
    may_know_year,
    may_use_upload,
)
from tracker.policy.scoring import may_know_ranking
from tracker.policy.submissions import may_know_entry, may_know_submission

Rule = Callable[..., bool]

#: Who may know that a record exists: whoever may not gets the answer of a missing one (404).
KNOWS: dict[type[Any], Rule] = {
    Bloc: may_see_bloc,
    Membership: lambda account, membership, day: may_see_bloc(account, membership.bloc, day),
    Term: lambda account, term, day: may_see_bloc(account, term.bloc, day),
    Conference: may_know_conference,
    ActionItem: may_know_item,
    Assignment: may_know_part,
    Authority: may_see_authority,
    Unit: may_see_unit,
    Attachment: may_know_attachment,
    MinutesComment: lambda account, comment, day: may_know_conference(account, comment.conference, day),
    Remark: lambda account, remark, day: may_know_conference(account, remark.conference, day),
    Limitation: lambda account, limitation, day: may_know_conference(account, limitation.conference, day),
    ReportingPeriod: may_know_period,
    Extension: lambda account, extension, day: may_know_period(account, extension.period, day),
    CriteriaSet: may_know_criteria,
    Criterion: lambda account, criterion, day: may_know_criteria(account, criterion.criteria_set, day),
    Pledge: lambda account, pledge, day: may_know_year(account, pledge.bloc, pledge.year, day),
    PledgeRow: lambda account, row, day: may_know_year(account, row.pledge.bloc, row.pledge.year, day),
    Registration: may_know_registration,
    Activity: may_know_activity,
    Movement: may_know_movement,
    Submission: may_know_submission,
    Entry: may_know_entry,
    Section: lambda account, section, day: may_know_submission(account, section.submission, day),
    Achievement: lambda account, achievement, day: may_know_submission(account, achievement.submission, day),
    Explanation: lambda account, explanation, day: may_know_submission(account, explanation.entry.submission, day),
    Ranking: may_know_ranking,
    Upload: may_use_upload,
    Notice: lambda account, notice, day: account.id == notice.account_id,
    Account: lambda account, other, day: (
        may_know_account(account, other, day) or may_name_acting_head(account, other, day)
    ),
}
