"""Action items in the words of a table: states, owners, ages (settled.md, action items and scope)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.action_items import OVERDUE_LABEL, ItemState, Priority
from tracker.domain.blocs import BlocKind, TermRole
from tracker.domain.record import ItemLine, UnitPart
from tracker.domain.vietnamese import NO_FIGURE, sentence

NEW = "Giao tại hội nghị này"


def state_text(item: ItemLine) -> str:
    """An item's state: of several units "3/8 đơn vị hoàn thành", and how many are overdue; of nobody, no figure.

    Units that were released do not count.
    """
    if item.state in (ItemState.CANCELLED, ItemState.MERGED):
        return item.state.label
    parts = counted_parts(item)
    if not parts:
        unassigned = not item.all_units and item.state is ItemState.OPEN and not item.overdue
        return sentence(NO_FIGURE) if unassigned else _with_overdue(item.state, item.overdue)
    if len(parts) == 1:
        return _with_overdue(parts[0].state, parts[0].overdue)
    done = sum(part.state is ItemState.DONE for part in parts)
    late = sum(part.overdue for part in parts)
    text = f"{done}/{len(parts)} đơn vị hoàn thành"
    return f"{text}, {late} đơn vị quá hạn" if late else text


def _with_overdue(state: ItemState, overdue: bool) -> str:
    return f"{state.label}, quá hạn" if overdue else state.label


def counted_parts(item: ItemLine) -> list[UnitPart]:
    """The parts of units that still have the item or did it; released ones are left out."""
    return [part for part in item.parts if part.state is not ItemState.CANCELLED]


def part_text(part: UnitPart) -> str:
    """One unit's state in one word: overdue goes before what it has begun."""
    return OVERDUE_LABEL if part.overdue else part.state.label


def source_text(item: ItemLine) -> str:
    """Where the item comes from, and whether it has priority."""
    return f"{item.source_label} (ưu tiên)" if item.priority is Priority.HIGH else item.source_label


def age_text(item: ItemLine, kind: BlocKind) -> str:
    """Qua 2 hội nghị, 1 lần đổi Khối trưởng; an item of this conference says so."""
    if not item.carried:
        return NEW
    if not item.reviews_passed:
        return "Chưa qua hội nghị nào"
    text = f"Qua {item.reviews_passed} hội nghị"
    if item.leader_changes:
        text += f", {item.leader_changes} lần đổi {TermRole.LEADER.called_in(kind)}"
    return text


@dataclass(frozen=True)
class UnitTally:
    """How many items a unit has in each state; every counted part stands in exactly one of the four."""

    name: str
    done: int
    in_progress: int
    untouched: int
    overdue: int


def tallies(items: Sequence[ItemLine], unit_keys: Sequence[str]) -> list[UnitTally]:
    """One row a unit that has a part in any item: units of `unit_keys` in that order, others after them."""
    parts: dict[str, list[UnitPart]] = {key: [] for key in unit_keys}
    for item in items:
        for part in counted_parts(item):
            parts.setdefault(part.unit_key, []).append(part)
    return [_tally(own) for own in parts.values() if own]


def _tally(parts: Sequence[UnitPart]) -> UnitTally:
    begun = (ItemState.IN_PROGRESS, ItemState.WAITING)
    return UnitTally(
        name=parts[0].unit_name,
        done=sum(part.state in (ItemState.DONE, ItemState.MERGED) for part in parts),
        in_progress=sum(part.state in begun and not part.overdue for part in parts),
        untouched=sum(part.state is ItemState.OPEN and not part.overdue for part in parts),
        overdue=sum(part.overdue for part in parts),
    )
