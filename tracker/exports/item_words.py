"""Action items in the words of a table: states, owners, ages (settled.md, action items and scope)."""

from collections.abc import Iterable

from tracker.domain.action_items import OVERDUE_LABEL, ItemState, Priority
from tracker.domain.blocs import BlocKind, TermRole
from tracker.domain.record import ItemLine, UnitPart
from tracker.domain.vietnamese import NO_FIGURE, sentence

PART_WORDS = (OVERDUE_LABEL, *(state.label for state in ItemState))
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


def parts_text(item: ItemLine) -> str | None:
    """The state of each unit of an item with several: "Quá hạn: C; Hoàn thành: A, B". Overdue units come first.

    Units stand by their short names; all in one state are counted, not named. None for an item with fewer than two.
    """
    parts = counted_parts(item)
    if len(parts) < 2:
        return None
    if not named_parts(item):
        return f"{part_text(parts[0])}: tất cả {len(parts)} đơn vị"
    names = {word: [part.short_name for part in parts if part_text(part) == word] for word in PART_WORDS}
    return "; ".join(f"{word}: {', '.join(units)}" for word, units in names.items() if units)


def named_parts(item: ItemLine) -> list[UnitPart]:
    """The parts whose units `parts_text` names: those of an item shared by units in different states."""
    parts = counted_parts(item)
    return parts if len({part_text(part) for part in parts}) > 1 else []


def short_names(parts: Iterable[UnitPart]) -> str | None:
    """The short names that stand for longer ones: "TAND: Tòa án nhân dân tỉnh; …". None when no name is short."""
    longer = {part.short_name: part.unit_name for part in parts if part.short_name != part.unit_name}
    return "; ".join(f"{short}: {name}" for short, name in longer.items()) or None
