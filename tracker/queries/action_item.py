"""Action items as they are read: with age, origin and parts on a day; the lines of papers; what is carried over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain import deadlines
from tracker.domain.action_items import ItemSource, ItemState, ReviewDecision, is_overdue
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceState, Precision
from tracker.domain.record import ItemLine, UnitPart
from tracker.domain.vietnamese import short_date
from tracker.models.action_item import ActionItem, ActionReview, Assignment, DueMove, ProgressNote
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.course import Limitation, Remark
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs
from tracker.queries import item_parts
from tracker.queries.item_parts import Bearers, Borne, PartWithNotes


@dataclass(frozen=True)
class PartSeen:
    """One unit's part on a day. `bearer_name`: the successor that bears it; `left`: no member any more, and open."""

    part: Assignment
    unit_name: str
    short_name: str
    bearer_name: str | None
    left: bool
    overdue: bool
    notes: tuple[ProgressNote, ...]

    @property
    def last_note(self) -> ProgressNote | None:
        return self.notes[-1] if self.notes else None

    @property
    def file_count(self) -> int:
        return sum(len(note.files) for note in self.notes)

    @property
    def released(self) -> bool:
        return self.part.state is ItemState.CANCELLED


@dataclass(frozen=True)
class ItemSeen:
    """An item on a day: how old, from where, how far. `said_here`: what the conference asked about says of it."""

    item: ActionItem
    overdue: bool
    due_text: str
    due_tone: str
    age_days: int
    origin: str
    reviews_passed: int
    leader_changes: int
    parts: tuple[PartSeen, ...]
    said_here: ActionReview | None = None
    since: tuple[ProgressNote, ...] = ()

    @cached_property
    def counted(self) -> tuple[PartSeen, ...]:
        """The parts of units that still have the item or did it."""
        return tuple(part for part in self.parts if not part.released)

    @property
    def done_count(self) -> int:
        return sum(part.part.state is ItemState.DONE for part in self.counted)

    @property
    def is_open(self) -> bool:
        return self.item.state in ItemState.still_open()


def full() -> tuple[Any, ...]:
    """Loader options for everything a page or a line asks of an item: the same number of queries for any number."""
    notes = selectinload(ActionItem.parts).selectinload(Assignment.notes)
    unit = selectinload(ActionItem.parts).joinedload(Assignment.unit)
    return (
        unit.selectinload(Unit.names),
        unit.joinedload(Unit.successor).selectinload(Unit.names),
        notes.joinedload(ProgressNote.by),
        notes.selectinload(ProgressNote.files),
        selectinload(ActionItem.reviews).joinedload(ActionReview.conference),
        selectinload(ActionItem.due_moves).joinedload(DueMove.by),
        joinedload(ActionItem.conference).selectinload(Conference.kinds),
        joinedload(ActionItem.merged_into),
    )


def load(item: ActionItem, day: date) -> ItemSeen:
    """One item with everything its page shows."""
    found = db.session.scalars(select(ActionItem).where(ActionItem.id == item.id).options(*full())).one()
    return seen(blocs.load(found.bloc), [found], day)[0]


def origin_of(item: ActionItem) -> str:
    """"Kết luận, tổng kết 10/01/2025"; a free item says so."""
    if item.conference is None:
        return f"{item.source.label}, ngày {short_date(item.made_on)}"
    return f"{item.source.label}, {conference_words(item.conference)}"


def conference_words(conference: Conference) -> str:
    """"sơ kết 18/07/2025", "chuyên đề tháng 3/2026": a conference in a few words."""
    kinds = conference.kind_set
    word = kinds[0].label.lower() if kinds else "hội nghị"
    if conference.precision is Precision.DAY:
        return f"{word} {short_date(conference.first_day)}"
    if conference.precision is Precision.MONTH:
        return f"{word} tháng {conference.first_day.month}/{conference.first_day.year}"
    half = "đầu" if conference.first_day.month < 7 else "cuối"
    return f"{word} 6 tháng {half} năm {conference.first_day.year}"


def seen(
    bloc: Bloc,
    items: Sequence[ActionItem],
    day: date,
    conference: Conference | None = None,
    named_on: date | None = None,
) -> list[ItemSeen]:
    """The items on `day`, under the names of `named_on` (`day` unless told). The bloc and items must be loaded.

    With a conference: ages as it met, what it says, and what was reported since the review before it.
    """
    bearers = Bearers(bloc, day, named_on or day)
    return [_seen(bearers, item, day, conference, [(part, part.notes) for part in item.parts]) for item in items]


def _seen(
    bearers: Bearers, item: ActionItem, day: date, conference: Conference | None, parts: Iterable[PartWithNotes]
) -> ItemSeen:
    bloc = bearers.bloc
    until = min(day, conference.last_day) if conference else day
    passed = [row for row in item.reviews if _passed(row, conference)]
    leaders = [(term.starts_on, term.unit_id) for term in bloc.terms if term.role is TermRole.LEADER]
    overdue = is_overdue(item.state, item.due_on, day)
    due_text, due_tone = deadlines.deadline(item.due_on, day)
    if due_tone == "danger" and not overdue:
        due_tone = "neutral"
    state, due = item.state, item.due_on
    shown = tuple(_part(bearers.of(part), part, notes, state, due, day) for part, notes in parts)
    last = max((row.conference.last_day for row in passed), default=item.made_on)
    zone = ZoneInfo(bloc.authority.time_zone)
    notes = sorted((note for part in shown for note in part.notes), key=lambda note: (note.at, note.id))
    return ItemSeen(
        item=item,
        overdue=overdue,
        due_text=due_text,
        due_tone=due_tone,
        age_days=max(((item.closed_on or until) - item.made_on).days, 0),
        origin=origin_of(item),
        reviews_passed=len(passed),
        leader_changes=deadlines.leader_changes(leaders, item.made_on, until),
        parts=shown,
        said_here=next((row for row in item.reviews if conference and row.conference_id == conference.id), None),
        since=tuple(note for note in notes if note.text and _day(note.at, zone) >= last),
    )


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _passed(review: ActionReview, conference: Conference | None) -> bool:
    """A review counts once its conference met; seen from a conference, only those before it."""
    held = review.conference
    if held.state not in ConferenceState.after_holding():
        return False
    return conference is None or (held.id != conference.id and held.first_day <= conference.first_day)


def _part(
    borne: Borne, part: Assignment, notes: Sequence[ProgressNote], whole: ItemState, due: date | None, day: date
) -> PartSeen:
    state = part.state
    live = whole in ItemState.still_open() and state in ItemState.still_open()
    return PartSeen(
        part=part,
        unit_name=borne.unit_name,
        short_name=borne.short_name,
        bearer_name=borne.bearer_name,
        left=live and not borne.member,
        overdue=live and is_overdue(state, due, day),
        notes=tuple(notes),
    )


def open_for(conference: Conference, day: date) -> list[ItemSeen]:
    """Every item that lay on the table when the conference met, or still does, oldest first. Constant queries."""
    return seen(blocs.load(conference.bloc), _on_the_table(conference, full()), day, conference)


def _on_the_table(conference: Conference, options: Sequence[Any]) -> Sequence[ActionItem]:
    """An item belongs here when it was given before the conference by something else and was open on its first day
    (whatever became of it since), is open now, or when the conference said something of it. Whether dates were
    moved, the year turned, another unit leads or a unit left does not matter: nothing is asked of them.
    """
    if conference.precision is Precision.DAY:
        before = ActionItem.made_on < conference.first_day
    else:
        before = ActionItem.made_on <= conference.last_day
    other = or_(ActionItem.conference_id.is_(None), ActionItem.conference_id != conference.id)
    lived = or_(ActionItem.state.in_(ItemState.still_open()), ActionItem.closed_on >= conference.first_day)
    said = ActionItem.reviews.any(ActionReview.conference_id == conference.id)
    asked = (
        select(ActionItem)
        .where(ActionItem.bloc_id == conference.bloc_id, or_(and_(before, other, lived), said))
        .options(*options)
        .order_by(ActionItem.made_on, ActionItem.id)
    )
    return db.session.scalars(asked).unique().all()


def carried_into(conference: Conference, day: date) -> list[ItemSeen]:
    """What comes up by itself at a half-year or year-end review; at another conference, what it took up."""
    bloc = blocs.load(conference.bloc)
    items = _on_the_table(conference, item_parts.BRIEF)
    bearers = Bearers(bloc, day, day)
    loaded = zip(items, item_parts.of(bloc, items), strict=True)
    lines = [_seen(bearers, item, day, conference, parts) for item, parts in loaded]
    return lines if conference.is_review else [line for line in lines if line.said_here is not None]


def item_lines(conference: Conference, day: date) -> tuple[ItemLine, ...]:
    """The items of a conference for its papers: those it made, numbered from 1, then those it found open."""
    bloc = blocs.load(conference.bloc)
    made = db.session.scalars(
        select(ActionItem).where(ActionItem.conference_id == conference.id).options(*full()).order_by(ActionItem.id)
    ).all()
    on = conference.first_day
    own = [as_line(one, place) for place, one in enumerate(seen(bloc, made, day, conference, on), start=1)]
    found = [line.item for line in carried_into(conference, day) if line.item.conference_id != conference.id]
    carried = seen(bloc, found, day, conference, on)
    return (*own, *(as_line(one, place, carried=True) for place, one in enumerate(carried, start=len(own) + 1)))


def as_line(one: ItemSeen, number: int, *, carried: bool = False) -> ItemLine:
    """An item as papers and workbooks take it."""
    item = one.item
    return ItemLine(
        number=number,
        text=item.text,
        source=item.source,
        source_label=one.origin if carried or item.conference is None else item.source.label,
        made_on=item.made_on,
        due_on=item.due_on,
        priority=item.priority,
        state=item.state,
        overdue=one.overdue,
        all_units=item.all_units,
        parts=tuple(
            UnitPart(
                part.part.unit.public_id, part.unit_name, part.short_name, part.part.state, part.overdue,
                part.part.percent,
            )
            for part in one.parts
        ),
        carried=carried,
        reviews_passed=one.reviews_passed,
        leader_changes=one.leader_changes,
        said_here=one.said_here.text if one.said_here else None,
    )


def source_of(item: ActionItem) -> tuple[str, str | None] | None:
    """(the words it was made from, who said them) or None for a free item."""
    if item.source is ItemSource.LIMITATION and item.limitation_id is not None:
        weak = db.session.get(Limitation, item.limitation_id)
        return (weak.text, weak.assessor) if weak else None
    if item.remark_id is not None:
        remark = db.session.get(Remark, item.remark_id)
        speaker = ", ".join(part for part in (remark.speaker_name, remark.speaker_post) if part) if remark else ""
        return (remark.text, speaker or None) if remark else None
    return None


def said_values(lines: Sequence[ItemSeen]) -> dict[str, str]:
    """What the conference said so far, by field of the form that asks of every item."""
    values = {f"{line.item.public_id}-decision": ReviewDecision.GO_ON.value for line in lines}
    said = {f"{line.item.public_id}-text": line.said_here.text for line in lines if line.said_here}
    return {**values, **said}


def units_without(item: ActionItem, day: date) -> list[tuple[str, str]]:
    """(public id, name) of the members of `day` that do not have the item: to whom it can still be given."""
    held = {part.unit_id for part in item.parts if part.state is not ItemState.CANCELLED}
    members = blocs.members_on(blocs.load(item.bloc), day)
    return [(member.unit.public_id, member.name) for member in members if member.unit.id not in held]
