"""What happened to a record: the audit entries of its page, in words."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Select, func, inspect, select

from tracker.db import Base, Exact, Moment, db
from tracker.domain.blocs import BlocKind
from tracker.domain.labels import Labelled
from tracker.domain.vietnamese import date_time, number, short_date
from tracker.models.audit import AuditEntry
from tracker.models.bloc import Bloc

#: Kept values are told in the country's one zone; the moment of the act itself in the reader's.
VIETNAM = "Asia/Ho_Chi_Minh"
ACTIONS = {"insert": "Thêm", "update": "Sửa", "delete": "Xóa"}
MOST = 200


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One audit entry as the history panel shows it. `at` is in UTC; the page puts it into the reader's zone."""

    at: datetime
    actor: str
    action_label: str
    changes: tuple[Change, ...]
    reason: str


def of_record(record: Base, most: int = MOST, without: Collection[str] = ()) -> list[Happening]:
    """The latest changes of a record and its parts, newest first, those of the tables `without` left out. One query."""
    return _told(db.session.scalars(_of(record, without).limit(most)), _kind_of(record))


def latest(record: Base, most: int) -> tuple[list[Happening], int]:
    """The `most` latest changes of a record and its parts, and how many of_record would tell. One query."""
    found = db.session.execute(_of(record, ()).add_columns(func.count().over()).limit(most)).all()
    return _told((entry for entry, _all in found), _kind_of(record)), min(found[0][1], MOST) if found else 0


def _of(record: Base, without: Collection[str]) -> Select[AuditEntry]:
    return (
        select(AuditEntry)
        .where(AuditEntry.root_table == record.__tablename__, AuditEntry.root_id == record.public_id)
        .where(AuditEntry.table_name.not_in(without))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )


def _kind_of(record: Base) -> BlocKind | None:
    """Of the bloc whose record it is; None for what belongs to none."""
    period = getattr(record, "period", None)
    bloc = record if isinstance(record, Bloc) else getattr(record, "bloc", None) or getattr(period, "bloc", None)
    return bloc.kind if isinstance(bloc, Bloc) else None


def _told(entries: Iterable[AuditEntry], kind: BlocKind | None) -> list[Happening]:
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return [_happening(entry, tables[entry.table_name], kind) for entry in entries]


def last_change(record: Base) -> Happening | None:
    """The latest change of the record itself; None before the first one was committed."""
    entry = db.session.scalar(
        select(AuditEntry)
        .where(AuditEntry.table_name == record.__tablename__, AuditEntry.record_id == record.public_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    return _happening(entry, type(record), _kind_of(record)) if entry else None


def _happening(entry: AuditEntry, model: type[Base], kind: BlocKind | None) -> Happening:
    before, after = json.loads(entry.before), json.loads(entry.after)
    columns = {attribute.key: attribute.columns[0] for attribute in inspect(model).column_attrs}
    changes = tuple(
        Change(columns[key].info["label"], *(_word(columns[key], side.get(key), kind) for side in (before, after)))
        for key in columns
        if (key in before or key in after) and "label" in columns[key].info
    )
    label = f"{ACTIONS[entry.action]}: {model.__said__}"
    return Happening(entry.at, entry.actor, label, changes, entry.reason)


def _word(column: Any, value: Any, kind: BlocKind | None) -> str:
    """A stored value as it is read: the label of a code as the bloc says it, dd/mm/yyyy, có / không."""
    if value is None:
        return ""
    words = getattr(column.type, "enum_class", None)
    if words is not None and issubclass(words, Labelled):
        label = str(words(value).label)
        return label if kind is None or words is BlocKind else kind.called(label)
    if column.foreign_keys:
        return _named(column, value)
    if isinstance(value, bool):
        return "có" if value else "không"
    text = str(value)
    if isinstance(column.type, Exact):
        return number(Decimal(text))
    if isinstance(column.type, Moment):
        return date_time(datetime.fromisoformat(text).astimezone(ZoneInfo(VIETNAM)))
    return short_date(date.fromisoformat(text)) if isinstance(column.type, Date) else text


def _named(column: Any, value: int) -> str:
    """The present name behind a foreign key: a unit's, an account's; else that something is there."""
    table = next(iter(column.foreign_keys)).column.table.name
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)
    found = db.session.get(model, value)
    if found is None:
        return "đã xóa"
    for attribute in ("full_name", "title", "caption", "name", "text"):
        if isinstance(getattr(found, attribute, None), str):
            return str(getattr(found, attribute))
    names = getattr(found, "names", None)
    return names[-1].name if names else "có"
