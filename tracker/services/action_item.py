"""Action items: made from what was said or freely, changed, moved, cancelled, merged, reviewed.

What is done to one unit's part stands in services/assignment.py; its acts are offered here too.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tracker.db import db
from tracker.domain.action_items import ItemSource, ItemState, Priority
from tracker.domain.conferences import ConferenceState, RemarkKind
from tracker.errors import Conflict, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.action_item import ActionItem, ActionReview, Assignment, DueMove
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.course import Limitation, Remark
from tracker.models.unit import Unit
from tracker.services.assignment import close, keep_state, release, reopen, report, send_back
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold, shorten

__all__ = [
    "add_unit", "cancel", "change", "close", "made_on_of", "make", "make_all", "make_from", "merge", "move_due",
    "release", "reopen", "report", "review", "send_back", "source_of",
]

SOURCES = {RemarkKind.CONCLUSION: ItemSource.CONCLUSION, RemarkKind.DIRECTIVE: ItemSource.DIRECTIVE}


@recorded
def make(
    bloc: Bloc,
    *,
    text: str,
    source: ItemSource,
    conference: Conference | None = None,
    remark: Remark | None = None,
    limitation: Limitation | None = None,
    all_units: bool = False,
    units: Iterable[Unit] = (),
    owner_text: str | None = None,
    due_on: date | None = None,
    priority: Priority = Priority.NORMAL,
    made_on: date,
    by: Account | None,
    at: datetime,
) -> ActionItem:
    """A new item. "All units" becomes one part for each member on `made_on`; no unit at all is allowed.

    RuleBroken without text, with a due date before `made_on`, with a unit that is no member, or when the same item
    was made already from the same source (a form sent twice).
    """
    said = clean_block(text)
    _check_text(said)
    _check_due(due_on, made_on)
    held = conference or (remark.conference if remark else limitation.conference if limitation else None)
    if held is not None and held.bloc_id != bloc.id:
        raise RuleBroken(f"Hội nghị này không thuộc {bloc.kind.small} đang ghi: hãy mở lại từ trang hội nghị.")
    _lock(bloc)
    _check_new(bloc, said, held, remark, limitation, made_on)
    given = _members(bloc, made_on) if all_units else _checked_members(bloc, list(units), made_on, _day(bloc, at))
    if all_units and not given:
        raise RuleBroken(
            f"Ngày này {bloc.kind.small} chưa có đơn vị thành viên nào: hãy chọn từng đơn vị sau.", field="all_units"
        )
    item = ActionItem(
        bloc=bloc, conference=held, remark_id=remark.id if remark else None,
        limitation_id=limitation.id if limitation else None, source=source, text=said, text_fold=fold(said),
        owner_text=clean_line(owner_text) or None, made_on=made_on, due_on=due_on, priority=priority,
        all_units=all_units,
    )
    item.parts = [Assignment(unit=unit) for unit in given]
    db.session.add(item)
    return item


def made_on_of(conference: Conference, day: date) -> date:
    """The day on which a conference gives its tasks: its last one, or `day` while that is still to come."""
    return min(conference.last_day, day)


def source_of(said: Remark | Limitation) -> ItemSource:
    """What an item made of it comes from. RuleBroken for a remark that tells nobody to do anything."""
    if isinstance(said, Limitation):
        return ItemSource.LIMITATION
    if said.kind not in SOURCES:
        raise RuleBroken("Chỉ kết luận, ý kiến chỉ đạo và hạn chế thành nhiệm vụ được; phát biểu khác thì không.")
    return SOURCES[said.kind]


@recorded
def make_from(said: Remark | Limitation, *, day: date, by: Account, at: datetime) -> ActionItem:
    """One click: the words as they stand, its source, no unit but the one a limitation names. `day` is today."""
    source = source_of(said)
    conference = said.conference
    made_on = made_on_of(conference, day)
    members = _members(conference.bloc, made_on)
    return make(
        conference.bloc, text=said.text, source=source, conference=conference,
        remark=said if isinstance(said, Remark) else None, limitation=said if isinstance(said, Limitation) else None,
        units=[said.unit] if isinstance(said, Limitation) and said.unit in members else [],
        made_on=made_on, by=by, at=at,
    )


@recorded
def make_all(conference: Conference, *, day: date, by: Account, at: datetime) -> list[ActionItem]:
    """Every conclusion of the conference that has no item yet becomes one."""
    _lock(conference.bloc)
    has_item = select(ActionItem.remark_id).where(ActionItem.remark_id.is_not(None))
    conclusions = db.session.scalars(
        select(Remark)
        .where(Remark.conference_id == conference.id, Remark.kind == RemarkKind.CONCLUSION, Remark.id.not_in(has_item))
        .order_by(Remark.position, Remark.id)
    ).all()
    if not conclusions:
        raise RuleBroken("Mọi kết luận của hội nghị đã thành nhiệm vụ, hoặc chưa ghi kết luận nào.")
    return [make_from(remark, day=day, by=by, at=at) for remark in conclusions]


@recorded
def change(
    item: ActionItem, *, text: str, owner_text: str | None, priority: Priority, seen: int, by: Account, at: datetime
) -> ActionItem:
    """Correct the words, the owner as the paper names it, the priority. Conflict when someone saved it since."""
    if seen != item.version:
        raise Conflict(item)
    said = clean_block(text)
    _check_text(said)
    item.text, item.text_fold = said, fold(said)
    item.owner_text, item.priority = clean_line(owner_text) or None, priority
    return item


@recorded
def add_unit(item: ActionItem, unit: Unit, *, by: Account, at: datetime) -> Assignment:
    """Give the item to one more member of today; a joiner is added on purpose, and a released unit again."""
    _check_open(item)
    day = _day(item.bloc, at)
    _checked_members(item.bloc, [unit], day, day)
    part = next((part for part in item.parts if part.unit_id == unit.id), None)
    if part is not None and part.state is not ItemState.CANCELLED:
        raise RuleBroken(f"Việc này đã giao cho {unit.named_on(day).name}.", field="unit")
    if part is None:
        part = Assignment(unit=unit)
        item.parts.append(part)
    part.state = ItemState.OPEN
    keep_state(item, day)
    return part


@recorded
def cancel(item: ActionItem, *, reason: str, by: Account, at: datetime) -> None:
    """The item is not to be done any more; it stays readable with the reason."""
    _check_open(item)
    item.closing_reason = _reason(reason, "hủy nhiệm vụ")
    item.state, item.closed_on = ItemState.CANCELLED, _day(item.bloc, at)


@recorded
def merge(item: ActionItem, into: ActionItem, *, reason: str, by: Account, at: datetime) -> None:
    """The item goes on as part of another of the bloc; units that still had it are given the other one."""
    _check_open(item)
    if into.id == item.id or into.bloc_id != item.bloc_id:
        raise RuleBroken(f"Hãy chọn một nhiệm vụ khác của cùng {item.bloc.kind.small} để gộp vào.", field="into")
    _check_open(into, field="into")
    why = _reason(reason, "gộp nhiệm vụ")
    held = {part.unit_id: part for part in into.parts}
    for part in item.parts:
        if part.state not in ItemState.still_open():
            continue
        if part.unit_id not in held:
            into.parts.append(Assignment(unit=part.unit))
        elif held[part.unit_id].state is ItemState.CANCELLED:
            held[part.unit_id].state = ItemState.OPEN
    day = _day(item.bloc, at)
    item.merged_into, item.closing_reason = into, why
    item.state, item.closed_on = ItemState.MERGED, day
    keep_state(into, day)


@recorded
def move_due(
    item: ActionItem, due_on: date | None, *, reason: str, seen: int | None = None, by: Account, at: datetime
) -> DueMove:
    """Another due date, or none, with the reason; every move stays readable. Conflict for a stale form (`seen`)."""
    if seen is not None and seen != item.version:
        raise Conflict(item)
    _check_open(item)
    _check_due(due_on, item.made_on)
    if due_on == item.due_on:
        raise RuleBroken("Thời hạn mới giống thời hạn đang đặt: hãy ghi một ngày khác.", field="due_on")
    move = DueMove(
        old_due_on=item.due_on, new_due_on=due_on, reason=_reason(reason, "đổi thời hạn"), at=at, by_id=by.id
    )
    item.due_moves.append(move)
    item.due_on = due_on
    return move


@recorded
def review(item: ActionItem, conference: Conference, *, text: str, by: Account, at: datetime) -> ActionReview:
    """What the conference said of the item: one text for both, edited when it is there."""
    if conference.state is ConferenceState.APPROVED:
        raise NotOpen("Biên bản hội nghị đã thông qua nên không sửa được ý kiến về nhiệm vụ.")
    if conference.bloc_id != item.bloc_id:
        raise RuleBroken(f"Nhiệm vụ này không thuộc {item.bloc.kind.small} của hội nghị.")
    said = clean_block(text)
    if not said:
        raise RuleBroken(f"Hãy ghi hội nghị nêu gì về việc “{shorten(item.text)}”.", field="text")
    found = next((row for row in item.reviews if row.conference_id == conference.id), None)
    if found is None:
        found = ActionReview(conference=conference, text=said, state_then=item.state, at=at, by_id=by.id)
        item.reviews.append(found)
    elif found.text != said:
        found.text, found.at, found.by_id = said, at, by.id
    return found


def _day(bloc: Bloc, at: datetime) -> date:
    """The day of a moment in the authority's zone."""
    return at.astimezone(ZoneInfo(bloc.authority.time_zone)).date()


def _lock(bloc: Bloc) -> None:
    """One maker at a time in a bloc, so that a form sent twice is seen (PostgreSQL; SQLite has one writer)."""
    db.session.execute(select(Bloc.id).where(Bloc.id == bloc.id).with_for_update())


def _members(bloc: Bloc, day: date) -> list[Unit]:
    return [membership.unit for membership in bloc.memberships if membership.holds_on(day)]


def _checked_members(bloc: Bloc, units: Sequence[Unit], *days: date) -> list[Unit]:
    """The units, each once. RuleBroken naming one that is a member on none of the days."""
    for unit in units:
        if not any(m.unit_id == unit.id and m.holds_on(day) for m in bloc.memberships for day in days):
            name = unit.named_on(days[0]).name
            raise RuleBroken(
                f"{name} không phải là thành viên của {bloc.kind.small}: hãy chọn đơn vị khác.", field="units"
            )
    return list(dict.fromkeys(units))


def _check_text(text: str) -> None:
    if not text:
        raise RuleBroken("Hãy ghi nội dung nhiệm vụ.", field="text")


def _check_due(due_on: date | None, made_on: date) -> None:
    if due_on is not None and due_on < made_on:
        raise RuleBroken(
            f"Thời hạn {due_on:%d/%m/%Y} trước ngày giao {made_on:%d/%m/%Y}: hãy ghi ngày từ hôm giao trở đi.",
            field="due_on",
        )


def _check_new(
    bloc: Bloc, text: str, conference: Conference | None, remark: Remark | None, limitation: Limitation | None,
    made_on: date,
) -> None:
    """The same words from the same source on the same day are one item."""
    same = db.session.scalars(
        select(ActionItem).where(
            ActionItem.bloc_id == bloc.id,
            ActionItem.text_fold == fold(text),
            ActionItem.conference_id == (conference.id if conference else None),
            ActionItem.remark_id == (remark.id if remark else None),
            ActionItem.limitation_id == (limitation.id if limitation else None),
            ActionItem.made_on == made_on,
            ActionItem.state.in_(ItemState.still_open()),
        )
    ).first()
    if same is not None:
        raise RuleBroken(f"Nhiệm vụ “{shorten(text)}” đã có rồi, không ghi thêm lần nữa.", field="text")


def _check_open(item: ActionItem, field: str | None = None) -> None:
    """NotOpen when the item was closed, cancelled or merged."""
    if item.state not in ItemState.still_open():
        raise NotOpen(f"Nhiệm vụ “{shorten(item.text)}” đã ở trạng thái “{item.state.label}”.", field=field)


def _reason(reason: str, act: str) -> str:
    why = clean_block(reason)
    if not why:
        raise ReasonMissing(act)
    return why
