"""A new edition of a criteria set put in the place of the old one, in a period that already receives reports.

Lines are known again by their lineage, so every figure stays where it was written. Nothing that was written is thrown
away: a line whose criterion is gone stays with the old edition, marked as not assigned.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState
from tracker.errors import NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.criteria import CriteriaSet
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, ReturnedPlace, Submission, SubmissionComment
from tracker.queries import criteria as queries
from tracker.services import notice
from tracker.services.bloc import lock
from tracker.services.period_opening import Line, lines_of
from tracker.services.period_steps import hold
from tracker.services.recording import recorded


@recorded
def put_in_force(criteria_set: CriteriaSet, period: ReportingPeriod, *, by: Account, at: datetime) -> int:
    """The period asks by this edition from now on; how many submissions got other lines.

    RuleBroken when the edition does not follow the period's, or a fault stops it; NotOpen once units' data are locked.
    """
    lock(period.bloc)
    hold(period)
    db.session.refresh(criteria_set, ["frozen_at"])
    _check(criteria_set, period)
    period.criteria_set = criteria_set
    if period.state is PeriodState.PLANNED:
        return 0
    db.session.flush()
    submissions = db.session.scalars(
        select(Submission).where(Submission.period_id == period.id).order_by(Submission.id)
    ).all()
    lines = lines_of(period)
    entries = _entries(period)
    bound = _bound([entry.id for rows in entries.values() for entry in rows])
    for submission in submissions:
        _ask_by(submission, entries.get(submission.id, []), lines, bound)
    if criteria_set.frozen_at is None:
        criteria_set.frozen_at = at
    said = (
        f"Kỳ {period.period.label} dùng bộ tiêu chí phiên bản {criteria_set.edition}. "
        f"Lý do: {criteria_set.change_reason}"
    )
    notice.tell_each({each.unit_id: said for each in submissions}, NoticeKind.PERIOD, period=period, by=by, at=at)
    return len(submissions)


def waiting_periods(criteria_set: CriteriaSet) -> Sequence[ReportingPeriod]:
    """Periods that still ask by an edition before this one, and could ask by this one. One query."""
    return db.session.scalars(
        select(ReportingPeriod)
        .join(CriteriaSet, CriteriaSet.id == ReportingPeriod.criteria_set_id)
        .where(
            CriteriaSet.bloc_id == criteria_set.bloc_id,
            CriteriaSet.year == criteria_set.year,
            CriteriaSet.edition < criteria_set.edition,
            ReportingPeriod.state.in_([PeriodState.PLANNED, PeriodState.OPEN]),
        )
        .order_by(ReportingPeriod.opens_on, ReportingPeriod.id)
        .options(joinedload(ReportingPeriod.criteria_set))
    ).all()


def _check(criteria_set: CriteriaSet, period: ReportingPeriod) -> None:
    standing = period.criteria_set
    if standing is None or (standing.bloc_id, standing.year) != (criteria_set.bloc_id, criteria_set.year):
        raise RuleBroken("Kỳ này không dùng phiên bản nào của bộ tiêu chí này.")
    if standing.edition >= criteria_set.edition:
        raise RuleBroken(f"Kỳ này đã dùng phiên bản {standing.edition} của bộ tiêu chí.")
    if period.state not in (PeriodState.PLANNED, PeriodState.OPEN):
        raise NotOpen(
            f"Kỳ {period.period.label} đang ở trạng thái “{period.state.label}” nên không đổi bộ tiêu chí được nữa. "
            "Cần đổi thì đề nghị cơ quan theo dõi thi đua mở khóa số liệu trước."
        )
    stopping = [problem for problem in queries.faults(criteria_set) if problem.stops]
    if stopping:
        raise RuleBroken(f"Bộ tiêu chí còn {len(stopping)} lỗi phải sửa trước, đầu tiên: {stopping[0].sentence}")


def _entries(period: ReportingPeriod) -> dict[int, list[Entry]]:
    """The lines of every submission of the period, with what they measure. One query."""
    grouped: dict[int, list[Entry]] = {}
    for entry in db.session.scalars(
        select(Entry)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(Submission.period_id == period.id)
        .order_by(Entry.position, Entry.id)
        .options(joinedload(Entry.criterion))
    ):
        grouped.setdefault(entry.submission_id, []).append(entry)
    return grouped


def _bound(ids: Sequence[int]) -> set[int]:
    """Lines that something hangs on: a figure, a note, a file, a comment, a return. One query."""
    hangs = [
        exists().where(column == Entry.id)
        for column in (Attachment.entry_id, SubmissionComment.entry_id, ReturnedPlace.entry_id)
    ]
    written = (Entry.actual, Entry.count, Entry.note, Entry.returned_reason)
    return set(db.session.scalars(
        select(Entry.id).where(Entry.id.in_(ids), or_(*hangs, *(column.is_not(None) for column in written)))
    ))  # fmt: skip


def _ask_by(submission: Submission, entries: Sequence[Entry], lines: Sequence[Line], bound: set[int]) -> None:
    """The lines of one submission after the new edition; what is written stays with its line."""
    known = {_key(entry): entry for entry in entries}
    for place, line in enumerate(lines):
        standing = known.pop(_line_key(line), None)
        if standing is None:
            submission.entries.append(line.entry(submission.unit_id, place))
            continue
        if line.criterion is not None:
            standing.criterion = line.criterion
        standing.position = place
    for place, entry in enumerate(known.values(), start=len(lines)):
        if entry.id in bound:
            entry.position, entry.assigned = place, False
        else:
            db.session.delete(entry)


def _key(entry: Entry) -> tuple[str, object]:
    return ("criterion", entry.criterion.lineage) if entry.criterion is not None else ("pledge", entry.pledge_row_id)


def _line_key(line: Line) -> tuple[str, object]:
    if line.criterion is not None:
        return "criterion", line.criterion.lineage
    assert line.row is not None
    return "pledge", line.row.id
