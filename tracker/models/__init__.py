"""All tables, imported once so that relationships by name are found."""

from tracker.models import (
    account,
    action_item,
    attachment,
    audit,
    authority,
    bloc,
    conference,
    course,
    criteria,
    notice,
    period,
    pledge,
    submission,
    unit,
    upload,
)

__all__ = [
    "account",
    "action_item",
    "attachment",
    "audit",
    "authority",
    "bloc",
    "conference",
    "course",
    "criteria",
    "notice",
    "period",
    "pledge",
    "submission",
    "unit",
    "upload",
]
