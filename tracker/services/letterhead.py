"""What heads and signs the papers of a conference: the office's own, so it may come after the approval too."""

from datetime import datetime
from typing import Any

from tracker.db import db
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.conference import Conference, ConferenceLetterhead
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line

LETTERHEAD = frozenset(
    {
        "superior_lines", "issuing_lines", "place", "signed_on", "report_number", "report_sign", "minutes_number",
        "minutes_sign", "signer_name", "signer_post", "recipients",
    }
)  # fmt: skip
LETTERHEAD_BLOCKS = frozenset({"superior_lines", "issuing_lines", "signer_post", "recipients"})


@recorded
def set_letterhead(
    conference: Conference, *, seen: int, by: Account | None, at: datetime, **fields: Any
) -> ConferenceLetterhead:
    """What the office sets on the papers, after approval too. `seen` is 0 for the first time.

    TypeError for a field that the letterhead does not have; Conflict when someone saved it since.
    """
    if set(fields) - LETTERHEAD:
        raise TypeError(f"no such part of a letterhead: {sorted(set(fields) - LETTERHEAD)}")
    head = conference.letterhead
    if seen != (head.version if head else 0):
        raise Conflict(head)
    signed_on = fields.get("signed_on")
    if signed_on is not None and signed_on < conference.first_day:
        raise RuleBroken(
            f"Ngày ký {short_date(signed_on)} đứng trước ngày họp {short_date(conference.first_day)}: hãy sửa ngày ký.",
            field="signed_on",
        )
    if head is None:
        head = ConferenceLetterhead(conference=conference)
        db.session.add(head)
    for name, value in fields.items():
        if isinstance(value, str):
            value = (clean_block(value) if name in LETTERHEAD_BLOCKS else clean_line(value)) or None
        setattr(head, name, value)
    return head
