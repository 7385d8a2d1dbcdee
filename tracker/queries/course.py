"""Shared reads of a conference's parts: one part in order, a row of it, what was removed, how often units came."""

import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import exists, func, inspect, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.conferences import Attendance, ConferenceState, DelegateKind
from tracker.models.action_item import ActionItem
from tracker.models.audit import AuditEntry
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.course import Delegate, Limitation, MinutesComment, Part, Remark
from tracker.models.unit import Unit

P = TypeVar("P", bound=Part)


def rows(conference: Conference, model: type[P]) -> list[P]:
    """The rows of one part in their order. One query."""
    asked = select(model).where(model.conference_id == conference.id)
    return list(db.session.scalars(asked.order_by(model.position, model.id)))  # type: ignore[attr-defined]


def row(conference: Conference, model: type[P], public_id: str) -> P | None:
    """The row of that id, if it belongs to this conference and this part."""
    asked = select(model).where(
        model.conference_id == conference.id, model.public_id == public_id  # type: ignore[attr-defined]
    )
    return db.session.scalar(asked)


def next_position(conference: Conference, model: type[P]) -> int:
    last = db.session.scalar(select(func.max(model.position)).where(model.conference_id == conference.id))
    return 0 if last is None else last + 1


def list_version(listed: Sequence[Part]) -> int:
    """One number for a whole list of rows: it changes when any of them is saved, added or removed."""
    told = ",".join(f"{each.public_id}:{each.version}" for each in listed)  # type: ignore[attr-defined]
    return zlib.crc32(told.encode())


def has_items(part: Part) -> bool:
    """Whether an action item was made from this remark or limitation."""
    if isinstance(part, Remark):
        return bool(db.session.scalar(select(exists().where(ActionItem.remark_id == part.id))))
    if isinstance(part, Limitation):
        return bool(db.session.scalar(select(exists().where(ActionItem.limitation_id == part.id))))
    return False


def removed(conference: Conference, model: type[P], public_id: str) -> dict[str, Any] | None:
    """Column → value of a row of this conference that was removed, as the audit kept it; None when there is none."""
    asked = select(AuditEntry).where(
        AuditEntry.table_name == inspect(model).local_table.name,
        AuditEntry.record_id == public_id,
        AuditEntry.root_id == conference.public_id,
        AuditEntry.action == "delete",
    )
    entry = db.session.scalar(asked.order_by(AuditEntry.at.desc(), AuditEntry.number.desc()).limit(1))
    if entry is None:
        return None
    columns = {each.key: each.columns[0] for each in inspect(model).column_attrs if each.key != "conference_id"}
    return {key: _read(columns[key], value) for key, value in json.loads(entry.before).items() if key in columns}


def _read(column: Any, value: Any) -> Any:
    """A value as JSON kept it, as the column wants it."""
    words = getattr(column.type, "enum_class", None)
    if value is None:
        return None
    if words is not None:
        return words(value)
    return date.fromisoformat(value) if column.type.python_type is date else value


def unit_choices(bloc: Bloc, day: date, *also: Unit | None) -> list[tuple[str, str]]:
    """(public id, name on `day`) of the members of that day in the bloc's order, then units already chosen."""
    _load_members(bloc)
    chosen = [member.unit for member in bloc.memberships if member.holds_on(day)]
    chosen += [unit for unit in also if unit is not None and unit not in chosen]
    return [(unit.public_id, unit.named_on(day).name) for unit in chosen]


def unit_by_public_id(public_id: str | None) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.public_id == public_id)) if public_id else None


def _load_members(bloc: Bloc) -> None:
    """Memberships, units and their names, in three queries however many there are."""
    numbers = [member.unit_id for member in bloc.memberships]
    db.session.scalars(select(Unit).where(Unit.id.in_(numbers)).options(selectinload(Unit.names))).all()


def attendance_rates(bloc: Bloc, first: date, last: date) -> dict[int, tuple[int, int]]:
    """Unit number → (conferences it attended, conferences counted) from `first` to `last`. Two queries.

    A conference counts for a unit when it met within the unit's own membership and the unit's attendance was written
    down; what nobody recorded is neither present nor absent.
    """
    met = db.session.scalars(
        select(Conference).where(
            Conference.bloc_id == bloc.id,
            Conference.first_day <= last,
            Conference.last_day >= first,
            Conference.state.in_(ConferenceState.after_holding()),
        )
    ).all()
    held = db.session.execute(
        select(Delegate.conference_id, Delegate.unit_id, Delegate.attendance).where(
            Delegate.conference_id.in_([conference.id for conference in met]),
            Delegate.unit_id.is_not(None),
            Delegate.attendance.is_not(None),
            Delegate.kind != DelegateKind.GUEST,
        )
    )
    recorded: dict[tuple[int, int], list[Attendance]] = defaultdict(list)
    for conference_id, unit_id, attendance in held:
        recorded[conference_id, unit_id].append(attendance)  # type: ignore[index, arg-type]
    rates: dict[int, tuple[int, int]] = {}
    for conference in met:
        for member in bloc.memberships:
            words = recorded.get((conference.id, member.unit_id))
            if words and member.meets(conference.first_day, conference.last_day + timedelta(days=1)):
                came, counted = rates.get(member.unit_id, (0, 0))
                attended = any(word in Attendance.attending() for word in words)
                rates[member.unit_id] = (came + attended, counted + 1)
    return rates


def comments(conference: Conference) -> list[MinutesComment]:
    """What was said of the minutes, oldest first, with who said it. Two queries."""
    asked = select(MinutesComment).where(MinutesComment.conference_id == conference.id)
    told = asked.options(joinedload(MinutesComment.by), joinedload(MinutesComment.unit).selectinload(Unit.names))
    return list(db.session.scalars(told.order_by(MinutesComment.position, MinutesComment.id)))


def silent_members(conference: Conference, told: Sequence[MinutesComment]) -> list[str]:
    """Names of the members of that day that said nothing of the minutes, in the bloc's order."""
    spoke = {comment.unit_id for comment in told}
    _load_members(conference.bloc)
    day = conference.first_day
    return [
        member.unit.named_on(day).name
        for member in conference.bloc.memberships
        if member.holds_on(day) and member.unit_id not in spoke
    ]


def own_delegates(conference: Conference, unit_id: int) -> list[Delegate]:
    """A member's own people at a conference, in order."""
    return [row for row in rows(conference, Delegate) if row.unit_id == unit_id and row.kind is not DelegateKind.GUEST]

