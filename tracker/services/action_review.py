"""What a conference says and decides of the open items that came up, saved in one act."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker import policy
from tracker.db import db
from tracker.domain.action_items import ItemState, ReviewDecision
from tracker.domain.conferences import ConferenceState
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.action_item import ActionItem
from tracker.models.conference import Conference
from tracker.services import action_item as items
from tracker.services.recording import recorded
from tracker.text import clean_block, shorten

CLOSED_HERE = "Hội nghị xác nhận hoàn thành."


@dataclass(frozen=True)
class Said:
    """One line of the form. `field` names its place, to which a broken rule's sentence belongs."""

    item: ActionItem
    text: str
    decision: ReviewDecision = ReviewDecision.GO_ON
    due_on: date | None = None
    field: str = ""


@dataclass(frozen=True)
class Outcome:
    """`said`: how many items the conference now says something of; `kept`: own parts nobody here may close."""

    said: int
    kept: tuple[str, ...]


def version_of(conference: Conference, about: Iterable[ActionItem]) -> int:
    """One number for all that the conference says of these items: another one as soon as any of it was changed."""
    said = [(row.id, row.version) for item in about for row in item.reviews if row.conference_id == conference.id]
    return zlib.crc32(repr(sorted(said)).encode())


@recorded
def review_all(
    conference: Conference, lines: Sequence[Said], *, seen: int | None = None, by: Account, at: datetime
) -> Outcome:
    """Every line at once, or none. A line without words and decision leaves its item untouched; words taken out go.

    RuleBroken, with the line's field, when a decision lacks its words or date, or the item is closed; Conflict when
    `seen` (a version_of) is no longer what the conference says.
    """
    if seen is not None and seen != version_of(conference, [line.item for line in lines]):
        raise Conflict(conference)
    if conference.state is ConferenceState.APPROVED:
        raise NotOpen("Biên bản hội nghị đã thông qua nên không sửa được ý kiến về nhiệm vụ.")
    kept: list[str] = []
    said = 0
    for line in lines:
        text = clean_block(line.text)
        if line.decision is ReviewDecision.CLOSE:
            text = text or CLOSED_HERE
        if text:
            said += 1
            items.review(line.item, conference, text=text, by=by, at=at)
        else:
            _take_out(line.item, conference)
        try:
            kept += _decide(line, text, by, at)
        except RuleBroken as broken:
            part = "due_on" if broken.field == "due_on" else "text"
            raise RuleBroken(f"{shorten(line.item.text, 60)}: {broken.sentence}", field=f"{line.field}{part}") from None
    return Outcome(said, tuple(kept))


def _take_out(item: ActionItem, conference: Conference) -> None:
    for row in [row for row in item.reviews if row.conference_id == conference.id]:
        item.reviews.remove(row)
        db.session.delete(row)


def _decide(line: Said, text: str, by: Account, at: datetime) -> list[str]:
    """Carry the decision out; the names of units whose part was left because the reader's own unit bears it."""
    if line.decision is ReviewDecision.MOVE_DUE:
        items.move_due(line.item, line.due_on, reason=text, by=by, at=at)
    elif line.decision is ReviewDecision.CANCEL:
        items.cancel(line.item, reason=text, by=by, at=at)
    elif line.decision is ReviewDecision.CLOSE:
        return _close(line.item, text, by, at)
    return []


def _close(item: ActionItem, text: str, by: Account, at: datetime) -> list[str]:
    day = at.astimezone(ZoneInfo(item.bloc.authority.time_zone)).date()
    waiting = [part for part in item.parts if part.state in ItemState.still_open()]
    if not waiting:
        raise RuleBroken("việc này chưa giao cho đơn vị nào, hãy giao đơn vị trước khi xác nhận hoàn thành.")
    kept = []
    for part in waiting:
        if policy.may_close_part(by, part, day):
            items.close(part, text=text, by=by, at=at)
        else:
            kept.append(part.unit.named_on(day).name)
    return kept
