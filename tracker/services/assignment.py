"""One unit's part of an action item: reported on by the unit, closed or sent back by those who judge it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from tracker import policy
from tracker.db import db
from tracker.domain import action_items
from tracker.domain.action_items import NEEDS_REASON, ItemState, PartStep
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment, ProgressNote
from tracker.services import attachment
from tracker.services.recording import recorded
from tracker.text import clean_block

FILE_LIMIT = 20 * 1024 * 1024


@recorded
def report(
    part: Assignment,
    *,
    text: str,
    percent: int | None = None,
    files: Sequence[tuple[BinaryIO, str]] = (),
    ask_closing: bool = False,
    limit: int = FILE_LIMIT,
    by: Account,
    at: datetime,
) -> ProgressNote:
    """What the unit has done, how far it is (0 to 100, optional), evidence files (stream, name; at most `limit` bytes).

    With `ask_closing` the part waits for the secretariat. RuleBroken without text or with a percent out of range.
    """
    said = clean_block(text)
    if not said:
        raise RuleBroken("Hãy ghi đơn vị đã làm được gì.", field="text")
    if percent is not None and not 0 <= percent <= 100:
        raise RuleBroken("Tiến độ từ 0 đến 100%: hãy xem lại số vừa ghi.", field="percent")
    if percent is not None:
        part.percent = percent
    note = _step(part, PartStep.ASK_CLOSING if ask_closing else PartStep.REPORT, said, by, at, percent=percent)
    db.session.flush()
    for stream, filename in files:
        attachment.store(stream, filename, limit=limit, progress_note=note, by=by, at=at)
    return note


@recorded
def close(part: Assignment, *, text: str = "", by: Account, at: datetime) -> None:
    """The part is done. NotAllowed for the unit itself: no unit judges itself (settled.md, rights)."""
    _not_own(part, by, at)
    _step(part, PartStep.CLOSE, text, by, at)


@recorded
def send_back(part: Assignment, *, reason: str, by: Account, at: datetime) -> None:
    """Asked to be closed, but more is to be done."""
    _not_own(part, by, at)
    _step(part, PartStep.SEND_BACK, reason, by, at)


@recorded
def reopen(part: Assignment, *, reason: str, by: Account, at: datetime) -> None:
    """What was closed goes on."""
    _not_own(part, by, at)
    _step(part, PartStep.REOPEN, reason, by, at)


@recorded
def release(part: Assignment, *, reason: str, by: Account, at: datetime) -> None:
    """The unit need not do it any more: it left the bloc, or the item is another's."""
    _not_own(part, by, at)
    _step(part, PartStep.RELEASE, reason, by, at)


def keep_state(item: ActionItem, day: date) -> None:
    """The item's state from its parts, and the day it was done; cancelled and merged ones stay as they are."""
    if item.state in (ItemState.CANCELLED, ItemState.MERGED):
        return
    state = action_items.sum_up(part.state for part in item.parts)
    if state is not item.state:
        item.state = state
        item.closed_on = day if state is ItemState.DONE else None


def _step(
    part: Assignment, step: PartStep, text: str, by: Account, at: datetime, *, percent: int | None = None
) -> ProgressNote:
    """Take the step and keep it with its words. NotOpen when it does not follow; ReasonMissing without its reason."""
    item = part.item
    if item.state in (ItemState.CANCELLED, ItemState.MERGED):
        raise NotOpen(f"Nhiệm vụ {item.state.label.lower()} nên không ghi thêm được.")
    said = clean_block(text)
    if step in NEEDS_REASON and not said:
        raise ReasonMissing(f"“{step.label}”")
    with db.session.no_autoflush:
        part.state = action_items.after(part.state, step)
        if step in (PartStep.CLOSE, PartStep.REOPEN):
            closed = step is PartStep.CLOSE
            part.closed_at, part.closed_by = (at, by) if closed else (None, None)
        note = ProgressNote(step=step, at=at, by=by, text=said, percent=percent)
        part.notes.append(note)
    keep_state(item, at.astimezone(ZoneInfo(item.bloc.authority.time_zone)).date())
    return note


def _not_own(part: Assignment, by: Account, at: datetime) -> None:
    if policy.may_report_progress(by, part, at.astimezone(ZoneInfo(part.item.bloc.authority.time_zone)).date()):
        deputy = f"{part.item.bloc.kind.word} phó"
        raise NotAllowed(f"Đơn vị không tự xác nhận phần việc của chính mình: {deputy} hoặc cấp trên xác nhận.")
