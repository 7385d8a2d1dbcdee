"""The audit: every change of a business table, with its actor and reason, in the same transaction.

A service opens an Act (who, when, why); the session's events see what changes while it is open. A change outside
any Act is refused, so none can be forgotten. Entries are chained by hash per authority and written last, right
before the commit, so that the chain's head is the last lock a transaction takes.
"""

import functools
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import event, insert, inspect, select, text, update
from sqlalchemy.orm import Session, SessionTransaction, configure_mappers

from tracker.db import Base, db
from tracker.models.account import Account
from tracker.models.audit import AuditEntry, AuditHead

P = ParamSpec("P")
R = TypeVar("R")

ACT = "act"
PENDING = "audit_pending"
MARKS = "audit_marks"
#: Never in the audit, because they are secret or follow from another column.
UNSAID = frozenset({"id", "public_id", "version", "password_hash", "name_fold", "name_key", "title_fold", "text_fold",
                    "email_fold", "stored_name", "theme", "lineage"})
#: The beginning of a chain; where two transactions begin it at once, the second waits and goes on from the first.
FIRST_HEAD = text(
    "INSERT INTO audit_head (public_id, chain, number, hash) VALUES (:chain, :chain, 0, '')"
    " ON CONFLICT (chain) DO NOTHING"
)
COMMAND_LINE = "Lệnh quản trị trên máy chủ"


class ActMissing(RuntimeError):
    """A business table changed outside a service: a fault of ours, never of the user's."""


@dataclass(frozen=True)
class Act:
    """Who does something, when, why. `by` is None for the operator's own commands."""

    by: Account | None
    at: datetime
    reason: str

    @property
    def actor(self) -> str:
        """The name as it is kept for ever, with the unit or authority of that moment."""
        if self.by is None:
            return COMMAND_LINE
        place = self.by.unit.named_on(self.at.date()).name if self.by.unit else self.by.authority.short_name
        return f"{self.by.full_name} ({place})"

    @property
    def chain(self) -> str:
        """One chain an authority; the operator's commands have their own."""
        return self.by.authority.public_id if self.by else "operator"


@contextmanager
def acting(by: Account | None, at: datetime, reason: str = "") -> Iterator[None]:
    """Changes flushed inside belong to this act; an act inside another belongs to the outer one."""
    session = db.session()
    if session.info.get(ACT) is not None:
        yield
        return
    session.info[ACT] = Act(by, at, reason)
    try:
        yield
        session.flush()
    finally:
        session.info[ACT] = None


def recorded(service: Callable[P, R]) -> Callable[P, R]:
    """A service that takes by=, at= and maybe reason=: its changes are recorded under them, and flushed."""

    @functools.wraps(service)
    def under_its_act(*args: P.args, **kwargs: P.kwargs) -> R:
        by, at, reason = kwargs.get("by"), kwargs["at"], kwargs.get("reason") or ""
        assert by is None or isinstance(by, Account)
        assert isinstance(at, datetime)
        with acting(by, at, str(reason)):
            return service(*args, **kwargs)

    return under_its_act


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


def _columns(row: Base) -> list[str]:
    return [attribute.key for attribute in inspect(type(row)).column_attrs if attribute.key not in UNSAID]


def _changes(row: Base) -> tuple[dict[str, Any], dict[str, Any]]:
    """Old and new values of the columns that changed."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(row)
    for key in _columns(row):
        history = state.attrs[key].history
        if history.has_changes():
            before[key] = plain(history.deleted[0]) if history.deleted else None
            after[key] = plain(history.added[0]) if history.added else None
    return {k: v for k, v in before.items() if v != after[k]}, {k: v for k, v in after.items() if v != before[k]}


def _entry(act: Act, row: Base, action: str, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    root = row.audit_root()
    return {
        "chain": act.chain,
        "at": act.at,
        "account_id": act.by.id if act.by else None,
        "actor": act.actor,
        "table_name": row.__tablename__,
        "record_id": row.public_id,
        "root_table": root.__tablename__,
        "root_id": root.public_id,
        "action": action,
        "before": json.dumps(before, ensure_ascii=False, sort_keys=True),
        "after": json.dumps(after, ensure_ascii=False, sort_keys=True),
        "reason": act.reason,
    }


def _collect(session: Session, _context: Any) -> None:
    """After a flush, while histories are still there: one pending entry for each changed business row."""
    act: Act | None = session.info.get(ACT)
    found: list[dict[str, Any]] = []
    for rows, action in ((session.new, "insert"), (session.dirty, "update"), (session.deleted, "delete")):
        for row in rows:
            if not isinstance(row, Base) or row.__said__ is None:
                continue
            before, after = _changes(row) if action == "update" else ({}, {})
            if action == "update" and not after:
                continue
            if act is None:
                raise ActMissing(f"{row.__tablename__} changed outside a service")
            if action == "insert":
                after = {key: plain(getattr(row, key)) for key in _columns(row) if getattr(row, key) is not None}
            if action == "delete":
                before = {key: plain(getattr(row, key)) for key in _columns(row) if getattr(row, key) is not None}
            found.append(_entry(act, row, action, before, after))
    session.info.setdefault(PENDING, []).extend(found)


def _write(session: Session) -> None:
    """Before the commit: lock each chain's head in order, number and chain the pending entries.

    Not when a savepoint is kept, which is told as a commit too: it may still be undone, and other rows be locked.
    """
    if session.in_nested_transaction():
        return
    session.flush()
    pending: list[dict[str, Any]] = session.info.get(PENDING) or []
    session.info[PENDING] = []
    connection = session.connection() if pending else None
    for chain in sorted({entry["chain"] for entry in pending}):
        assert connection is not None
        heads = select(AuditHead.number, AuditHead.hash).where(AuditHead.chain == chain).with_for_update()
        found = connection.execute(heads).first()
        if found is None:
            connection.execute(FIRST_HEAD, {"chain": chain})
            found = connection.execute(heads).one()
        number, last = found.number, found.hash
        rows = []
        for entry in (entry for entry in pending if entry["chain"] == chain):
            number += 1
            last = entry_hash(last, number, entry)
            rows.append({**entry, "number": number, "hash": last, "public_id": last[:12]})
        connection.execute(insert(AuditEntry), rows)
        connection.execute(update(AuditHead).where(AuditHead.chain == chain).values(number=number, hash=last))


def entry_hash(last: str, number: int, entry: dict[str, Any]) -> str:
    """sha256 over the hash before it and everything this entry says; `at` in UTC without a zone."""
    at = entry["at"].astimezone(UTC).replace(tzinfo=None).isoformat()
    kept = [entry[key] for key in ("chain", "account_id", "actor", "table_name", "record_id", "root_table", "root_id",
                                   "action", "before", "after", "reason")]
    said = json.dumps([last, number, at, *kept], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _mark(session: Session, transaction: SessionTransaction) -> None:
    """How many entries there were when a savepoint was set: those stay when it is undone."""
    if transaction.nested:
        session.info.setdefault(MARKS, WeakKeyDictionary())[transaction] = len(session.info.get(PENDING) or [])


def _forget(session: Session, undone: SessionTransaction) -> None:
    """What was undone is not told: since the savepoint, or all of it.

    A failed flush is told too, before the savepoint or the whole to which it belongs.
    """
    if not undone.nested and undone.parent is not None:
        return
    kept = session.info.setdefault(MARKS, WeakKeyDictionary()).pop(undone, 0) if undone.nested else 0
    session.info[PENDING] = (session.info.get(PENDING) or [])[:kept]


def _need_old_value(_row: Base, _value: Any, _old: Any, _initiator: Any) -> None:
    """Does nothing itself: that somebody listens makes SQLAlchemy load a forgotten value before it is replaced."""


def listen() -> None:
    """Attach the audit to the program's session; once, in create_app."""
    if not event.contains(db.session.session_factory, "after_flush", _collect):
        configure_mappers()
        for mapper in Base.registry.mappers:
            for attribute in mapper.column_attrs if mapper.class_.__said__ else ():
                event.listen(getattr(mapper.class_, attribute.key), "set", _need_old_value, active_history=True)
        event.listen(db.session.session_factory, "after_flush", _collect)
        event.listen(db.session.session_factory, "before_commit", _write)
        event.listen(db.session.session_factory, "after_transaction_create", _mark)
        event.listen(db.session.session_factory, "after_soft_rollback", _forget)
