"""Progress of a period against the pledge of its year, read from what units have sent. The same for every reader."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.db import db
from tracker.domain.progress import Done, PledgeProgress, ProgressRow, UnitProgress, done_of
from tracker.domain.submissions import SubmissionState
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Pledge, PledgeRow
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit
from tracker.queries import pledge as pledges


def progress(period: ReportingPeriod) -> PledgeProgress:
    """Rows of the pledge × units of the period. Constant queries, however many units and rows.

    A draft's figures are nobody's but the unit's: until it is sent (returned counts as sent) they are blank here.
    Names as of the last day of the period. Without a pledge there are no rows.
    """
    pledge = db.session.scalar(
        select(Pledge)
        .where(Pledge.bloc_id == period.bloc_id, Pledge.year == period.year)
        .options(selectinload(Pledge.rows).selectinload(PledgeRow.targets))
    )
    pledged = pledge.rows if pledge else []
    rows = tuple(
        ProgressRow(row.public_id, place, row.content, row.unit_of_measure, row.direction)
        for place, row in enumerate(pledged, start=1)
    )
    entries = _entries(period)
    units = tuple(
        _unit(submission, entries.get(submission.id, ()), period, pledged, rows) for submission in _submissions(period)
    )
    return PledgeProgress(period.period.label, period.kind, rows, units, period.bloc.kind)


def _submissions(period: ReportingPeriod) -> list[Submission]:
    """All of them, in the bloc's own order of units; names come along."""
    asked = (
        select(Submission)
        .where(Submission.period_id == period.id)
        .options(joinedload(Submission.unit).selectinload(Unit.names))
    )
    found = db.session.scalars(asked).unique().all()
    places = {held.unit_id: (held.position, held.id) for held in period.bloc.memberships}
    return sorted(found, key=lambda each: places.get(each.unit_id, (len(places), each.id)))


def _entries(period: ReportingPeriod) -> dict[int, list[Entry]]:
    """By submission, in their order: the lines that answer a row of the pledge, by themselves or by their criterion."""
    asked = (
        select(Entry)
        .join(Submission, Submission.id == Entry.submission_id)
        .outerjoin(Entry.criterion)
        .where(
            Submission.period_id == period.id,
            or_(Entry.pledge_row_id.is_not(None), func.coalesce(Criterion.pledge_lineage, "") != ""),
        )
        .options(contains_eager(Entry.criterion))
        .order_by(Entry.position, Entry.id)
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in db.session.scalars(asked):
        found[entry.submission_id].append(entry)
    return dict(found)


def _unit(
    submission: Submission,
    entries: Sequence[Entry],
    period: ReportingPeriod,
    pledged: list[PledgeRow],
    rows: tuple[ProgressRow, ...],
) -> UnitProgress:
    sent = submission.state in SubmissionState.seen_by_secretariat()
    by_row: dict[int, Entry] = {}
    by_lineage: dict[str, Entry] = {}
    for entry in entries:
        if entry.pledge_row_id is not None:
            by_row[entry.pledge_row_id] = entry
        elif entry.criterion is not None and entry.criterion.pledge_lineage:
            by_lineage.setdefault(entry.criterion.pledge_lineage, entry)
    cells = tuple(
        _cell(shown, row, by_row.get(row.id) or by_lineage.get(row.lineage), submission, period, sent)
        for shown, row in zip(rows, pledged, strict=True)
    )
    named = submission.unit.named_on(period.period.last_day)
    return UnitProgress(submission.unit.public_id, named.name, named.short_name, sent, cells)


def _cell(
    shown: ProgressRow, row: PledgeRow, entry: Entry | None, submission: Submission, period: ReportingPeriod, sent: bool
) -> Done:
    """The line of the submission; a row that came after the opening has no line, so only its plan."""
    if entry is None:
        planned = pledges.planned(row, submission.unit_id)
        return done_of(shown, period.kind, planned.plan, None, planned.assigned)
    done: Decimal | None = entry.actual if sent else None
    return done_of(shown, period.kind, entry.target, done, entry.assigned, entry.note if sent else None)
