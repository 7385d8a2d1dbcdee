"""The units' parts of action items: who bears each on a day, and many of them loaded for a page that sums them up."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from tracker import policy
from tracker.db import db
from tracker.models.action_item import ActionItem, ActionReview, Assignment, ProgressNote
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.unit import Unit

PartWithNotes = tuple[Assignment, Sequence[ProgressNote]]
#: What a conference's page asks of an item that came up; `of` brings what it asks of the parts.
BRIEF = (
    selectinload(ActionItem.parts).load_only(
        Assignment.action_item_id, Assignment.unit_id, Assignment.state, Assignment.percent
    ),
    selectinload(ActionItem.reviews).joinedload(ActionReview.conference),
    joinedload(ActionItem.conference).joinedload(Conference.kinds),
)


@dataclass(frozen=True)
class Borne:
    """A unit as the bearer of its parts. `bearer_name`: the successor's, None while the unit bears them itself."""

    unit_name: str
    short_name: str
    bearer_name: str | None
    member: bool


class Bearers:
    """Who bears a unit's parts on `day`, under the names of `named_on`: found once a unit, however many parts."""

    def __init__(self, bloc: Bloc, day: date, named_on: date) -> None:
        self.bloc = bloc
        self._day, self._named_on = day, named_on
        self._known: dict[int, Borne] = {}

    def of(self, part: Assignment) -> Borne:
        borne = self._known.get(part.unit_id)
        if borne is None:
            borne = self._known[part.unit_id] = self._find(part.unit)
        return borne

    def _find(self, unit: Unit) -> Borne:
        name = unit.named_on(self._named_on)
        bearer = policy.bearer_of(unit, self._day)
        return Borne(
            unit_name=name.name,
            short_name=name.short_name,
            bearer_name=bearer.named_on(self._named_on).name if bearer is not unit else None,
            member=any(m.unit_id == bearer.id and m.holds_on(self._day) for m in self.bloc.memberships),
        )


def of(bloc: Bloc, items: Sequence[ActionItem]) -> Iterator[list[PartWithNotes]]:
    """Each item's parts with their notes, units and names at hand. One query for all notes, however many parts; one
    more where a part is held by a unit that is neither in the bloc nor was. The bloc must be loaded."""
    units = _units(bloc, items)
    notes = _notes(items)
    for item in items:
        for part in item.parts:
            set_committed_value(part, "unit", units[part.unit_id])
        yield [(part, notes.get(part.id, ())) for part in item.parts]


def _units(bloc: Bloc, items: Sequence[ActionItem]) -> dict[int, Unit]:
    """The parts' units and their successors, with names. Those of the bloc are at hand."""
    known = {member.unit_id: member.unit for member in bloc.memberships}
    wanted = {part.unit_id for item in items for part in item.parts}
    wanted |= {unit.successor_id for unit in known.values() if unit.successor_id is not None}
    missing = wanted - set(known)
    if missing:
        named = joinedload(Unit.names), joinedload(Unit.successor).joinedload(Unit.names)
        others = db.session.scalars(select(Unit).where(Unit.id.in_(missing)).options(*named)).unique()
        known |= {unit.id: unit for unit in others}
    for unit in known.values():
        if unit.successor_id in known:
            set_committed_value(unit, "successor", known[unit.successor_id])
    return known


def _notes(items: Sequence[ActionItem]) -> dict[int, list[ProgressNote]]:
    """Part number → its notes, oldest first, with their files."""
    asked = (
        select(ProgressNote)
        .join(Assignment, Assignment.id == ProgressNote.assignment_id)
        .where(Assignment.action_item_id.in_([item.id for item in items]))
        .options(joinedload(ProgressNote.files))
        .order_by(ProgressNote.id)
    )
    notes: dict[int, list[ProgressNote]] = defaultdict(list)
    for note in db.session.scalars(asked).unique():
        notes[note.assignment_id].append(note)
    return dict(notes)
