"""What is immovable in the database as well: one list, from which the triggers of both databases are made.

An approved conference: its root (but for reopening) and its listed children; the audit: every row. They are made
again after each migration, and a test finds them all.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from tracker.models.action_item import ActionReview
from tracker.models.audit import AuditEntry
from tracker.models.conference import Chair, Conference, ConferenceKindRow
from tracker.models.course import (
    AdoptedDocument,
    AgendaItem,
    Assessment,
    DeclaredCount,
    Delegate,
    Limitation,
    MinutesComment,
    Photograph,
    Remark,
)

CHILDREN = (
    ConferenceKindRow, Chair, AgendaItem, Delegate, Assessment, Limitation, Remark, DeclaredCount, AdoptedDocument,
    Photograph, MinutesComment, ActionReview,
)
#: Columns of a conference that reopening changes; every other one must stay as it was approved.
REOPENING = frozenset({"state", "version", "approved_at", "approved_by_id"})
CLOSED = "closed: the conference is approved"
KEPT = "kept: the audit is never changed"


@dataclass(frozen=True)
class Trigger:
    """`condition` is SQL over OLD and NEW; when it holds, the operation is refused with `message`."""

    name: str
    table: str
    operation: str
    condition: str
    message: str


def triggers() -> list[Trigger]:
    """All of them, in the order of the list."""
    found = [_root("update"), _root("delete")]
    for model in CHILDREN:
        table = model.__tablename__
        approved = "EXISTS (SELECT 1 FROM conference WHERE id = {row}.conference_id AND state = 'approved')"
        old, new = approved.format(row="OLD"), approved.format(row="NEW")
        found.append(Trigger(f"tr_{table}_closed_insert", table, "insert", new, CLOSED))
        found.append(Trigger(f"tr_{table}_closed_update", table, "update", f"{old} OR {new}", CLOSED))
        found.append(Trigger(f"tr_{table}_closed_delete", table, "delete", old, CLOSED))
    entry = AuditEntry.__tablename__
    found += [Trigger(f"tr_{entry}_kept_{verb}", entry, verb, "1 = 1", KEPT) for verb in ("update", "delete")]
    return found


def _root(operation: str) -> Trigger:
    approved = "OLD.state = 'approved'"
    if operation == "update":
        kept = [column.name for column in Conference.__table__.columns if column.name not in REOPENING]
        moved = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in kept)
        approved = f"OLD.state = 'approved' AND (NEW.state <> 'held' OR {moved})"
    return Trigger(f"tr_conference_closed_{operation}", "conference", operation, approved, CLOSED)


def make(connection: Connection) -> None:
    """Drop and make every trigger on this database."""
    for trigger in triggers():
        for statement in _statements(trigger, connection.dialect.name):
            connection.execute(text(statement))


def drop(connection: Connection) -> None:
    """Without triggers a migration may rebuild the tables; make() follows it."""
    for trigger in triggers():
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger.name}"))
        else:
            exists = connection.execute(text("SELECT to_regclass(:name)"), {"name": trigger.table}).scalar()
            if exists:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"))


def _statements(trigger: Trigger, dialect: str) -> list[str]:
    verb = trigger.operation.upper()
    if dialect == "sqlite":
        condition = trigger.condition.replace("IS DISTINCT FROM", "IS NOT")
        body = f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
        return [
            f"DROP TRIGGER IF EXISTS {trigger.name}",
            f"CREATE TRIGGER {trigger.name} BEFORE {verb} ON {trigger.table} FOR EACH ROW WHEN {condition} {body}",
        ]
    function = f"fn_{trigger.name}"
    result = "OLD" if trigger.operation == "delete" else "NEW"
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {trigger.condition} THEN RAISE EXCEPTION '{trigger.message}'; END IF; RETURN {result}; END $$",
        f"CREATE TRIGGER {trigger.name} BEFORE {verb} ON {trigger.table} FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]
