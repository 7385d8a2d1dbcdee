"""What is immovable in the database as well: one list, from which the triggers of both databases are made.

An approved conference: its root (but for reopening) and its listed children; what units reported in a period whose
data are locked; a frozen criteria set; the audit: every row. Beside them what is derived, and goes with what it came
from. They are made again after each migration, and a test finds them all.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from tracker.db import Base
from tracker.models.action_item import ActionReview
from tracker.models.attachment import Attachment
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
from tracker.models.criteria import Band, CriteriaSet, Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking, RankingLine
from tracker.models.score_total import ScoreTotal
from tracker.models.scoring import ClassBand, ClassFloor, Explanation, QuotaHint, Score, SetApart, TieRow
from tracker.models.submission import Achievement, Entry, Section, Submission, SubmissionComment

CHILDREN = (
    ConferenceKindRow,
    Chair,
    AgendaItem,
    Delegate,
    Assessment,
    Limitation,
    Remark,
    DeclaredCount,
    AdoptedDocument,
    Photograph,
    MinutesComment,
    ActionReview,
)
#: Columns of a conference that reopening changes; every other one must stay as it was approved.
REOPENING = frozenset({"state", "version", "approved_at", "approved_by_id"})
#: What a unit writes in its submission, by table; other columns (whether a line is assigned, why it came back) are not
#: the unit's data.
UNIT_DATA: dict[type[Base], tuple[str, ...]] = {
    Entry: ("submission_id", "target", "actual", "count", "note"),
    Section: ("submission_id", "text"),
    Achievement: tuple(column.name for column in Achievement.__table__.columns if column.name != "version"),
    SubmissionComment: tuple(column.name for column in SubmissionComment.__table__.columns),
}
#: Whose and of what period a submission is, and when it was sent: lateness is reckoned from it.
SENDING = ("period_id", "unit_id", "first_sent_at", "last_sent_at")
CLOSED = "closed: the conference is approved"
LOCKED = "locked: the data of the period are locked"
PUBLISHED = "published: the ranking of the period is published"
#: Columns of a published ranking that its revocation changes; every other one stays as it was shown.
REVOKING = frozenset({"state", "revoked_at", "revoke_reason"})
FROZEN = "frozen: the criteria set is in use"
ENDED = "ended: the period is closed"
KEPT = "kept: the audit is never changed"


@dataclass(frozen=True)
class Trigger:
    """`condition` is SQL over OLD and NEW; when it holds, the operation is refused with `message`.

    With `then`, a statement, nothing is refused: it is carried out after the operation.
    """

    name: str
    table: str
    operation: str
    condition: str
    message: str = ""
    then: str = ""


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
    found += [*_locked(), *_locked_files(), *_frozen(), *_published()]
    period = ReportingPeriod.__tablename__
    found += [
        Trigger(f"tr_{period}_ended_{verb}", period, verb, "OLD.state = 'closed'", ENDED)
        for verb in ("update", "delete")
    ]
    entry = AuditEntry.__tablename__
    found += [Trigger(f"tr_{entry}_kept_{verb}", entry, verb, "1 = 1", KEPT) for verb in ("update", "delete")]
    return found + _derived()


def _locked() -> list[Trigger]:
    """Unit data of a period whose lock was recorded: nothing is added, changed or taken away."""
    locked = (
        "EXISTS (SELECT 1 FROM submission s JOIN period p ON p.id = s.period_id"
        " WHERE s.id = {row}.submission_id AND p.locked_at IS NOT NULL)"
    )
    old, new = locked.format(row="OLD"), locked.format(row="NEW")
    found = _locked_sendings()
    for model, columns in UNIT_DATA.items():
        table = model.__tablename__
        moved = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
        found.append(Trigger(f"tr_{table}_locked_insert", table, "insert", new, LOCKED))
        found.append(Trigger(f"tr_{table}_locked_update", table, "update", f"({old} OR {new}) AND ({moved})", LOCKED))
        found.append(Trigger(f"tr_{table}_locked_delete", table, "delete", old, LOCKED))
    return found


def _locked_sendings() -> list[Trigger]:
    """A submission neither goes to another period or unit nor away, and was sent when it was sent."""
    table = Submission.__tablename__
    locked = "EXISTS (SELECT 1 FROM period p WHERE p.id = {row}.period_id AND p.locked_at IS NOT NULL)"
    old, new = locked.format(row="OLD"), locked.format(row="NEW")
    moved = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in SENDING)
    return [
        Trigger(f"tr_{table}_locked_update", table, "update", f"({old} OR {new}) AND ({moved})", LOCKED),
        Trigger(f"tr_{table}_locked_delete", table, "delete", old, LOCKED),
    ]


def _locked_files() -> list[Trigger]:
    """Evidence belongs to the unit's data."""
    locked = " OR ".join(
        f"EXISTS (SELECT 1 FROM {owner} o JOIN submission s ON s.id = o.submission_id"
        f" JOIN period p ON p.id = s.period_id WHERE o.id = {{row}}.{owner}_id AND p.locked_at IS NOT NULL)"
        for owner in (Entry.__tablename__, Achievement.__tablename__)
    )
    old, new, table = locked.format(row="OLD"), locked.format(row="NEW"), Attachment.__tablename__
    return [
        Trigger(f"tr_{table}_locked_insert", table, "insert", new, LOCKED),
        Trigger(f"tr_{table}_locked_update", table, "update", f"{old} OR {new}", LOCKED),
        Trigger(f"tr_{table}_locked_delete", table, "delete", old, LOCKED),
    ]


def _frozen() -> list[Trigger]:
    """A criteria set that a period uses; who need not do what (exemptions) is not part of it."""
    root = CriteriaSet.__tablename__
    found = [
        Trigger(f"tr_{root}_frozen_{verb}", root, verb, "OLD.frozen_at IS NOT NULL", FROZEN)
        for verb in ("update", "delete")
    ]
    ways = {
        Criterion: "EXISTS (SELECT 1 FROM criteria_set WHERE id = {row}.criteria_set_id AND frozen_at IS NOT NULL)",
        Band: "EXISTS (SELECT 1 FROM criterion c JOIN criteria_set g ON g.id = c.criteria_set_id"
        " WHERE c.id = {row}.criterion_id AND g.frozen_at IS NOT NULL)",
        ClassFloor: "EXISTS (SELECT 1 FROM class_band c JOIN criteria_set g ON g.id = c.criteria_set_id"
        " WHERE c.id = {row}.class_band_id AND g.frozen_at IS NOT NULL)",
    }
    ways |= dict.fromkeys((TieRow, ClassBand, QuotaHint), ways[Criterion])
    for model, frozen in ways.items():
        table = model.__tablename__
        old, new = frozen.format(row="OLD"), frozen.format(row="NEW")
        found.append(Trigger(f"tr_{table}_frozen_insert", table, "insert", new, FROZEN))
        found.append(Trigger(f"tr_{table}_frozen_update", table, "update", f"{old} OR {new}", FROZEN))
        found.append(Trigger(f"tr_{table}_frozen_delete", table, "delete", old, FROZEN))
    return found


def _published() -> list[Trigger]:
    """A published ranking, its lines, and what it was drawn from in its period: only revoking it lets them go.

    The edition itself says that it is in force: setting the period back is not enough to reach the points.
    """
    table, lines = Ranking.__tablename__, RankingLine.__tablename__
    kept = [column.name for column in Ranking.__table__.columns if column.name not in REVOKING]
    moved = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in kept)
    shown = "OLD.state IN ('published', 'revoked')"
    back = "OLD.state = 'revoked' OR NEW.state <> 'revoked'"
    of_shown = "EXISTS (SELECT 1 FROM ranking r WHERE r.id = {row}.ranking_id AND r.state IN ('published', 'revoked'))"
    in_force = (
        "(p.published_at IS NOT NULL OR EXISTS"
        " (SELECT 1 FROM ranking r WHERE r.period_id = p.id AND r.state = 'published'))"
    )
    of_line = (
        "EXISTS (SELECT 1 FROM entry e JOIN submission s ON s.id = e.submission_id JOIN period p ON p.id = s.period_id"
        f" WHERE e.id = {{row}}.entry_id AND {in_force})"
    )
    of_report = (
        "EXISTS (SELECT 1 FROM submission s JOIN period p ON p.id = s.period_id"
        f" WHERE s.id = {{row}}.submission_id AND {in_force})"
    )
    found = [
        Trigger(f"tr_{table}_published_update", table, "update", f"{shown} AND ({back} OR {moved})", PUBLISHED),
        Trigger(f"tr_{table}_published_delete", table, "delete", shown, PUBLISHED),
    ]
    kept_rows = (
        (lines, of_shown), (Score.__tablename__, of_line), (Explanation.__tablename__, of_line),
        (SetApart.__tablename__, of_report),
    )  # fmt: skip
    for name, condition in kept_rows:
        old, new = condition.format(row="OLD"), condition.format(row="NEW")
        found.append(Trigger(f"tr_{name}_published_insert", name, "insert", new, PUBLISHED))
        found.append(Trigger(f"tr_{name}_published_update", name, "update", f"{old} OR {new}", PUBLISHED))
        found.append(Trigger(f"tr_{name}_published_delete", name, "delete", old, PUBLISHED))
    entry, turned = Entry.__tablename__, f"OLD.assigned IS DISTINCT FROM NEW.assigned AND {of_report.format(row='OLD')}"
    found.append(Trigger(f"tr_{entry}_published_update", entry, "update", turned, PUBLISHED))
    return found


def _derived() -> list[Trigger]:
    """The sums of a unit's points go with any of the points, and with what of them is assigned: none can be stale."""
    total, entry, score = ScoreTotal.__tablename__, Entry.__tablename__, Score.__tablename__
    of_line = f"SELECT submission_id FROM {entry} WHERE id = {{row}}.entry_id"
    of_score = f"DELETE FROM {total} WHERE submission_id = ({of_line})"
    of_entry = f"DELETE FROM {total} WHERE submission_id = {{row}}.submission_id"
    moved = "OLD.assigned IS DISTINCT FROM NEW.assigned OR OLD.submission_id IS DISTINCT FROM NEW.submission_id"
    found = []
    for table, then, changed in ((score, of_score, "1 = 1"), (entry, of_entry, moved)):
        for verb, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            condition = changed if verb == "update" else "1 = 1"
            found.append(Trigger(f"tr_{table}_summed_{verb}", table, verb, condition, then=then.format(row=row)))
    return found


def _root(operation: str) -> Trigger:
    approved = "OLD.state = 'approved'"
    if operation == "update":
        kept = [column.name for column in Conference.__table__.columns if column.name not in REOPENING]
        moved = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in kept)
        approved = f"OLD.state = 'approved' AND (NEW.state <> 'held' OR {moved})"
    return Trigger(f"tr_conference_closed_{operation}", "conference", operation, approved, CLOSED)


def make(connection: Connection) -> None:
    """Drop and make every trigger on this database; of an older schema those whose tables are there."""
    known = set(inspect(connection).get_table_names())
    for trigger in triggers():
        if trigger.table not in known:
            continue
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
    when = f"{'AFTER' if trigger.then else 'BEFORE'} {trigger.operation.upper()} ON {trigger.table} FOR EACH ROW"
    if dialect == "sqlite":
        condition = trigger.condition.replace("IS DISTINCT FROM", "IS NOT")
        body = trigger.then or f"SELECT RAISE(ABORT, '{trigger.message}')"
        return [
            f"DROP TRIGGER IF EXISTS {trigger.name}",
            f"CREATE TRIGGER {trigger.name} {when} WHEN {condition} BEGIN {body}; END",
        ]
    function = f"fn_{trigger.name}"
    body = trigger.then or f"RAISE EXCEPTION '{trigger.message}'"
    result = "OLD" if trigger.operation == "delete" else "NEW"
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {trigger.condition} THEN {body}; END IF; RETURN {result}; END $$",
        f"CREATE TRIGGER {trigger.name} {when} EXECUTE FUNCTION {function}()",
    ]
