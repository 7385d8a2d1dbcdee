"""A deadline in words with its tone (ui/README.md), and what changed while a thing was carried (settled.md)."""

from collections.abc import Iterable
from datetime import date

SOON_DAYS = 7
NO_DEADLINE = "Chưa đặt hạn"


def deadline(due_on: date | None, day: date) -> tuple[str, str]:
    """(words, tone) of a deadline seen on `day`: over 7 days neutral, 7 or fewer warn, past danger."""
    if due_on is None:
        return NO_DEADLINE, "neutral"
    left = (due_on - day).days
    if left < 0:
        return f"Quá {-left} ngày", "danger"
    if left < 2:
        return ("Hôm nay", "Ngày mai")[left], "warn"
    return f"Còn {left} ngày", "warn" if left <= SOON_DAYS else "neutral"


def leader_changes(leaders: Iterable[tuple[date, int]], since: date, until: date) -> int:
    """How often another unit took the lead after `since`, up to and with `until`.

    `leaders`: (first day, unit number) of each leading term, in any order. A second term of the same unit is no change.
    """
    changes, last = 0, None
    for starts_on, unit in sorted(leaders):
        if starts_on > until:
            break
        if last is not None and unit != last and starts_on > since:
            changes += 1
        last = unit
    return changes
