"""Which returned places a unit answered since: by a change, a file or a comment; read from the audit."""

import json
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import aliased

from tracker.db import db
from tracker.domain.submissions import SectionKind, SubmissionStep
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.audit import AuditEntry
from tracker.models.submission import Achievement, Entry, Section, Submission, SubmissionComment, SubmissionTaken

#: What the unit writes of a line or section; that it came back is a column too, and no answer.
WRITTEN = frozenset({"actual", "count", "note", "text"})


@dataclass
class Answers:
    """Numbers of the lines and sections that were answered; `anything`: whether the unit did anything at all."""

    entries: set[int] = field(default_factory=set)
    sections: set[int] = field(default_factory=set)
    anything: bool = False


def answers_of(submission: Submission) -> Answers:
    """Since the last return of a returned submission. Three queries.

    The audit is written in the order of the commits, and the return and every later write hold the submission's row,
    so that a higher number means later.
    """
    last = db.session.scalars(
        select(SubmissionTaken.public_id)
        .where(SubmissionTaken.submission_id == submission.id, SubmissionTaken.step == SubmissionStep.RETURN)
        .order_by(SubmissionTaken.id.desc())
        .limit(1)
    ).first()
    returned = aliased(AuditEntry)
    since = select(returned.id).where(
        returned.table_name == SubmissionTaken.__tablename__, returned.record_id == last
    )
    changes = db.session.execute(
        select(AuditEntry.table_name, AuditEntry.record_id, AuditEntry.before, AuditEntry.after)
        .join(Account, Account.id == AuditEntry.account_id)
        .where(
            AuditEntry.root_table == Submission.__tablename__,
            AuditEntry.root_id == submission.public_id,
            AuditEntry.id > since.scalar_subquery(),
            Account.unit_id == submission.unit_id,
        )
    ).all()
    if not changes:
        return Answers()
    return _read(submission, [(table, record, {**json.loads(b), **json.loads(a)}) for table, record, b, a in changes])


def _read(submission: Submission, changes: list[tuple[str, str, dict[str, object]]]) -> Answers:
    """`changes`: (table, public id, columns that changed, with their values)."""
    numbers = {entry.public_id: entry.id for entry in submission.entries}
    parts = {section.public_id: section.id for section in submission.sections}
    listed = submission.section(SectionKind.ACHIEVEMENTS).id
    found = Answers()
    for table, record, columns in changes:
        entry: object = None
        section: object = None
        if table in (Entry.__tablename__, Section.__tablename__) and WRITTEN & set(columns):
            entry, section = numbers.get(record), parts.get(record)
        elif table == Achievement.__tablename__:
            section = listed
        elif table in (Attachment.__tablename__, SubmissionComment.__tablename__):
            entry, section = columns.get("entry_id"), columns.get("section_id")
            if columns.get("achievement_id"):
                section = listed
            found.anything = True
        if isinstance(entry, int):
            found.entries.add(entry)
        if isinstance(section, int):
            found.sections.add(section)
    found.anything = found.anything or bool(found.entries or found.sections)
    return found
