"""Action items as running text: what earlier conferences decided and where it stands, and what this one gave out."""

from collections.abc import Iterable

from tracker.domain.action_items import OVERDUE_LABEL, ItemSource, ItemState
from tracker.domain.blocs import TermRole
from tracker.domain.record import ConferenceRecord, DocumentLine, ItemLine, UnitPart
from tracker.domain.vietnamese import long_date, paper_count, sentence
from tracker.exports.item_words import counted_parts
from tracker.exports.numbering import Block, Entry
from tracker.exports.phrases import line, lines, listed, lower_first

CARRIED = "Kết quả thực hiện nhiệm vụ các hội nghị trước giao"
ASSIGNED = "Phân công thực hiện nhiệm vụ"
ADOPTED = "Văn bản được thông qua tại Hội nghị"


def carried_block(record: ConferenceRecord) -> Block:
    """What was decided earlier: numbers by state, then each item with its age, its units and what was said of it."""
    items = record.carried_items
    if not items:
        return Block(CARRIED)
    summary = f"Có {paper_count(len(items))} nhiệm vụ được giao từ các hội nghị trước: {_by_state(items)}."
    if len(items) == 1:
        summary = f"Có 01 nhiệm vụ được giao từ các hội nghị trước, {lower_first(_state(items[0]))}."
    return Block(CARRIED, (summary,), tuple(_carried(record, item) for item in items))


def assigned_block(record: ConferenceRecord) -> Block:
    """Items of this conference that say more than its conclusions do: until when, which unit, or a task of their own.

    A conclusion speaks to every unit by itself, so one for all units without a due date is not told twice.
    """
    items = [
        item
        for item in record.made_items
        if item.due_on or (item.parts and not item.all_units) or _stands_alone(record, item)
    ]
    return Block(ASSIGNED, (), tuple((*lines(item.text), _assignment(item)) for item in items))


def documents_block(record: ConferenceRecord) -> Block:
    """The documents the conference adopted."""
    told = [_document(document) for document in record.documents]
    if len(told) == 1:
        return Block(ADOPTED, (f"Hội nghị thông qua {lower_first(told[0])}.",))
    return Block(ADOPTED, (), tuple((f"{name}.",) for name in told))


def _document(document: DocumentLine) -> str:
    number = f" số {line(document.number)}" if document.number else ""
    day = f" {long_date(document.issued_on)}" if document.issued_on else ""
    return f"{line(document.title)}{number}{day}"


def _by_state(items: Iterable[ItemLine]) -> str:
    """hoàn thành 02, đang thực hiện 01; quá hạn 01."""
    order = (ItemState.DONE, ItemState.WAITING, ItemState.IN_PROGRESS, ItemState.OPEN)
    rows = list(items)
    counts = [
        (state.label.lower(), sum(item.state is state for item in rows))
        for state in (*order, ItemState.CANCELLED, ItemState.MERGED)
    ]
    told = ", ".join(f"{label} {paper_count(number)}" for label, number in counts if number)
    late = sum(item.overdue for item in rows)
    return f"{told}; trong đó {OVERDUE_LABEL.lower()} {paper_count(late)}" if late else told


def _carried(record: ConferenceRecord, item: ItemLine) -> Entry:
    given = f"Giao {long_date(item.made_on)}, nguồn: {lower_first(line(item.source_label))}"
    due = f"; thời hạn {long_date(item.due_on)}" if item.due_on else "; không ghi thời hạn"
    said = lines(item.said_here)
    told = (f"Ý kiến tại Hội nghị: {said[0]}", *said[1:]) if said else ()
    return (*lines(item.text), f"{given}{due}{_age(record, item)}.", f"{_state(item)}{_by_unit(item)}.", *told)


def _age(record: ConferenceRecord, item: ItemLine) -> str:
    """; đã qua 02 hội nghị, 01 lần đổi Khối trưởng."""
    if not item.reviews_passed:
        return ""
    told = f"; đã qua {paper_count(item.reviews_passed)} hội nghị"
    if item.leader_changes:
        told += f", {paper_count(item.leader_changes)} lần đổi {TermRole.LEADER.called_in(record.bloc_kind)}"
    return told


def _state(item: ItemLine) -> str:
    return item.state.label + (f", {OVERDUE_LABEL.lower()}" if item.overdue else "")


def _by_unit(item: ItemLine) -> str:
    """: 12/20 đơn vị hoàn thành; đang thực hiện: X, Y; chưa thực hiện, quá hạn: Z. One unit is named alone."""
    parts = counted_parts(item)
    if not parts:
        return "" if item.state in (ItemState.CANCELLED, ItemState.MERGED) else "; chưa giao đơn vị cụ thể"
    if len(parts) == 1:
        return f"; đơn vị thực hiện: {line(parts[0].unit_name)}"
    done = sum(part.state is ItemState.DONE for part in parts)
    told = [f"{paper_count(done)}/{paper_count(len(parts))} đơn vị hoàn thành"]
    groups: dict[str, list[str]] = {}
    for part in parts:
        if part.state is not ItemState.DONE:
            groups.setdefault(_part_state(part), []).append(line(part.unit_name))
    told += [f"{state}: {listed(names, ', ')}" for state, names in groups.items()]
    return ". " + sentence("; ".join(told))


def _part_state(part: UnitPart) -> str:
    return part.state.label.lower() + (f", {OVERDUE_LABEL.lower()}" if part.overdue else "")


def _stands_alone(record: ConferenceRecord, item: ItemLine) -> bool:
    """A task that no conclusion or directive of this paper already tells."""
    if item.source in (ItemSource.FREE, ItemSource.LIMITATION):
        return True
    return not any(item.number in remark.task_numbers for remark in record.remarks) and not any(
        line(item.text) == line(remark.text) for remark in record.remarks
    )


def _owners(item: ItemLine) -> str:
    if item.all_units:
        return "tất cả đơn vị"
    return listed([line(part.unit_name) for part in counted_parts(item)])


def _assignment(item: ItemLine) -> str:
    owners = _owners(item) or "chưa giao đơn vị cụ thể"
    due = long_date(item.due_on) if item.due_on else "không ghi"
    return f"Đơn vị thực hiện: {owners}; thời hạn: {due}."
