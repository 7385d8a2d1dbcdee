"""What an account did lately, in words: from the audit, one line an act."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import Base, db
from tracker.domain.action_items import PartStep
from tracker.domain.conferences import ConferenceStep
from tracker.domain.labels import Labelled
from tracker.domain.reporting import PeriodStep
from tracker.domain.scores import ScoringStep
from tracker.domain.submissions import SubmissionStep
from tracker.models.account import Account
from tracker.models.audit import AuditEntry
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.queries.history import ACTIONS
from tracker.text import shorten

RECENT = 5
#: The words of steps whose record is named by its report or period.
STEPS: dict[str, type[Labelled]] = {
    "period_step": PeriodStep, "submission_step": SubmissionStep, "scoring_step": ScoringStep,
}  # fmt: skip


@dataclass(frozen=True)
class Recent:
    """One act of the account, in words."""

    at: datetime
    text: str


def just_done(account: Account) -> list[Recent]:
    """The account's latest acts, newest first: one line an act, whatever number of rows it changed. Three queries."""
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.account_id == account.id)
        .order_by(AuditEntry.at.desc(), AuditEntry.number)
        .limit(RECENT * 8)
    ).all()
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    names = _reports(entries)
    found: dict[datetime, str] = {}
    for entry in entries:
        text = _act_words(entry, tables[entry.table_name], names.get(entry.root_id, ""))
        if entry.at not in found or "step" in json.loads(entry.after):
            found[entry.at] = text
    return [Recent(at, text) for at, text in list(found.items())[:RECENT]]


def _reports(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Of which report or period an entry speaks, by the key of its record; nothing is asked when none does."""
    told: dict[str, set[str]] = {"submission": set(), "period": set()}
    for entry in entries:
        told.get(entry.root_table, set()).add(entry.root_id)
    found = {}
    if told["submission"]:
        asked = (
            select(Submission)
            .where(Submission.public_id.in_(told["submission"]))
            .options(joinedload(Submission.period), joinedload(Submission.unit).selectinload(Unit.names))
        )
        for row in db.session.scalars(asked):
            span = row.period.period
            found[row.public_id] = f"báo cáo {span.label}, {row.unit.named_on(span.last_day).name}"
    if told["period"]:
        periods = select(ReportingPeriod).where(ReportingPeriod.public_id.in_(told["period"]))
        found |= {each.public_id: f"kỳ {each.period.label}" for each in db.session.scalars(periods)}
    return found


def _act_words(entry: AuditEntry, model: type[Base], record: str) -> str:
    """ "Ghi tiến độ: …" for a step, else "Thêm nhiệm vụ: …"; without words of its own, of which report."""
    kept = {**json.loads(entry.before), **json.loads(entry.after)}
    named = STEPS.get(entry.table_name)
    steps: dict[str, str] = {step.value: step.label for step in (named or (*ConferenceStep, *PartStep))}
    words = steps.get(str(kept.get("step")), f"{ACTIONS[entry.action]} {str(model.__said__ or '').lower()}")
    about = next((str(kept[key]) for key in ("title", "text", "name", "full_name", "caption") if kept.get(key)), "")
    about = record if named is not None and record else about or record
    return f"{words}: {shorten(about, 70)}" if about else words
