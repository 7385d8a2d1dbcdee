"""Who may do what: each rule a sentence, as a predicate and, where lists need it, as a SQL filter right below it.

The account, the object and the day are always passed in. A state that closes a thing is the service's to refuse;
here is only who. The expectation is written in tests/rights/, never read from this code.
"""

from collections.abc import Callable
from typing import Any

from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.attachment import Attachment
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.conference import Conference
from tracker.models.course import Limitation, MinutesComment, Remark
from tracker.models.unit import Unit
from tracker.policy.accounts import (
    may_download,
    may_know_account,
    may_know_attachment,
    may_manage_account,
    may_manage_accounts,
    may_name_acting_head,
    may_name_acting_heads,
    may_work,
)
from tracker.policy.action_items import (
    bearer_of,
    items_seen_by,
    may_close_part,
    may_edit_item,
    may_know_item,
    may_know_part,
    may_make_item_of,
    may_make_items,
    may_make_items_from,
    may_release_part,
    may_report_progress,
    may_see_item,
    may_see_item_history,
    may_see_items_of,
    may_see_progress,
    parts_reported_by,
    units_borne_by,
)
from tracker.policy.blocs import (
    blocs_seen_by,
    may_edit_authority,
    may_found_blocs,
    may_manage_bloc,
    may_manage_membership,
    may_manage_term,
    may_manage_unit,
    may_see_authority,
    may_see_bloc,
    may_see_unit,
    units_seen_by,
)
from tracker.policy.conferences import (
    conferences_known_to,
    conferences_read_by,
    may_answer_comment,
    may_approve_minutes,
    may_comment_minutes,
    may_export_conference,
    may_know_conference,
    may_name_delegates,
    may_plan_conference,
    may_read_conference,
    may_read_course,
    may_reopen_conference,
    may_see_conferences_of,
    may_set_letterhead,
    may_write_conference,
)
from tracker.policy.terms import (
    board_stands_in,
    deputises,
    in_secretariat,
    is_board_of,
    is_leaders_head,
    leads,
    may_judge,
    units_in_role,
)

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
    Account: lambda account, other, day: (
        may_know_account(account, other, day) or may_name_acting_head(account, other, day)
    ),
}

__all__ = [
    "KNOWS",
    "Rule",
    "bearer_of",
    "blocs_seen_by",
    "board_stands_in",
    "conferences_known_to",
    "conferences_read_by",
    "deputises",
    "in_secretariat",
    "is_board_of",
    "is_leaders_head",
    "items_seen_by",
    "leads",
    "may_answer_comment",
    "may_approve_minutes",
    "may_close_part",
    "may_comment_minutes",
    "may_download",
    "may_edit_authority",
    "may_edit_item",
    "may_export_conference",
    "may_found_blocs",
    "may_judge",
    "may_know_account",
    "may_know_attachment",
    "may_know_conference",
    "may_know_item",
    "may_know_part",
    "may_make_item_of",
    "may_make_items",
    "may_make_items_from",
    "may_manage_account",
    "may_manage_accounts",
    "may_manage_bloc",
    "may_manage_membership",
    "may_manage_term",
    "may_manage_unit",
    "may_name_acting_head",
    "may_name_acting_heads",
    "may_name_delegates",
    "may_plan_conference",
    "may_read_conference",
    "may_read_course",
    "may_release_part",
    "may_reopen_conference",
    "may_report_progress",
    "may_see_authority",
    "may_see_bloc",
    "may_see_conferences_of",
    "may_see_item",
    "may_see_item_history",
    "may_see_items_of",
    "may_see_progress",
    "may_see_unit",
    "may_set_letterhead",
    "may_work",
    "may_write_conference",
    "parts_reported_by",
    "units_borne_by",
    "units_in_role",
    "units_seen_by",
]
