"""Keep what units' points add up to (models/score_total.py), with every commit that changed points, whoever did.

Session events see which lines' points changed, as they do for the audit; right before the commit the sums of those
units are put where the triggers took them away. Past the session (SQL, a command) they stay away, and an order adds
the points up.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, event, insert, inspect, select
from sqlalchemy.orm import Session

from tracker.db import PARTS, db, new_public_id
from tracker.domain.unit_sums import UnitSums
from tracker.models.period import ReportingPeriod
from tracker.models.score_total import ScoreTotal
from tracker.models.scoring import Score
from tracker.models.submission import Entry, Submission
from tracker.queries import unit_sums

#: In session.info: numbers of lines whose points, or whether they are assigned, changed in this transaction.
CHANGED = "score_total_changed"
PARCEL = 5_000


def keep(session: Session, period: ReportingPeriod, submissions: Collection[int]) -> None:
    """Put the sums of these submissions (their numbers) as the points stand in this transaction."""
    sums = unit_sums.of(period, submissions)
    session.execute(delete(ScoreTotal).where(ScoreTotal.submission_id.in_(submissions)))
    session.execute(insert(ScoreTotal), [_row(number, each) for number, each in sums.items()])


def _row(submission: int, sums: UnitSums) -> Mapping[str, object]:
    total = sums.total
    groups = {key: int(points * PARTS) for key, points in total.groups.items()}
    return {
        "public_id": new_public_id(), "submission_id": submission, "main": total.main, "bonus": total.bonus,
        "penalty": total.penalty, "maximum": total.maximum, "own_total": sums.own_total,
        "bloc_total": sums.bloc_total, "blank": total.blank, "provisional": total.provisional,
        "class_name": sums.class_name, "class_note": sums.class_note,
        "groups": json.dumps(groups, separators=(",", ":")),
    }  # fmt: skip


def _note(session: Session, _context: Any) -> None:
    """After a flush, while histories are still there."""
    changed: set[int] = session.info.setdefault(CHANGED, set())
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Score):
            changed.add(row.entry_id)
        elif isinstance(row, Entry) and (row in session.new or inspect(row).attrs.assigned.history.has_changes()):
            changed.add(row.id)


def _keep_changed(session: Session) -> None:
    """Before the commit; not when a savepoint is kept, which is told as a commit too."""
    if session.in_nested_transaction():
        return
    session.flush()
    lines = sorted(session.info.pop(CHANGED, ()))
    touched: dict[int, set[int]] = defaultdict(set)
    for start in range(0, len(lines), PARCEL):
        asked = select(Submission.period_id, Submission.id).join(Entry, Entry.submission_id == Submission.id)
        for number, submission in session.execute(asked.where(Entry.id.in_(lines[start : start + PARCEL]))):
            touched[number].add(submission)
    for number, submissions in sorted(touched.items()):
        # Services hold it already; whoever does not, waits here, and then reads what others have committed.
        period = session.get_one(ReportingPeriod, number, with_for_update=True)
        if period.scored and period.criteria_set_id is not None:
            keep(session, period, submissions)


def _forget(session: Session) -> None:
    session.info.pop(CHANGED, None)


def listen() -> None:
    """Attach to the program's session, once; before the audit, whose entries are written last."""
    if not event.contains(db.session.session_factory, "after_flush", _note):
        event.listen(db.session.session_factory, "after_flush", _note)
        event.listen(db.session.session_factory, "before_commit", _keep_changed)
        event.listen(db.session.session_factory, "after_rollback", _forget)
