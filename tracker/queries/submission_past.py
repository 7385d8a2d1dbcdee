"""What a unit reported for the same line in earlier periods: from its submissions, else from loaded earlier years."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.periods import Period
from tracker.domain.submissions import SubmissionState
from tracker.models.period import PastValue, ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.text import fold


@dataclass
class Past:
    """One earlier period: figures by lineage, and by (folded name) with the folded unit of measure they had."""

    by_lineage: dict[str, Decimal] = field(default_factory=dict)
    by_name: dict[str, tuple[Decimal, str]] = field(default_factory=dict)

    def of(self, lineages: Iterable[str], title: str, unit_of_measure: str | None) -> Decimal | None:
        """The figure of a line; by its name only where the unit of measure is the same or one of them is not said."""
        for lineage in lineages:
            if lineage in self.by_lineage:
                return self.by_lineage[lineage]
        value, measure = self.by_name.get(fold(title), (None, ""))
        now = folded_measure(unit_of_measure)
        return value if not measure or not now or measure == now else None


def folded_measure(unit_of_measure: str | None) -> str:
    """% has no letters, so folding alone would lose it."""
    return fold((unit_of_measure or "").replace("%", " phan tram ").replace("‰", " phan nghin "))


def past_of(submission: Submission, periods: Collection[Period]) -> dict[Period, Past]:
    """The unit's figures in each of `periods` of the same bloc, of reports that were sent. Two queries."""
    bloc, unit = submission.period.bloc_id, submission.unit_id
    past = {period: Past() for period in periods}
    entries = db.session.execute(
        select(Entry, ReportingPeriod.year, ReportingPeriod.kind)
        .join(Submission, Submission.id == Entry.submission_id)
        .join(ReportingPeriod, ReportingPeriod.id == Submission.period_id)
        .where(
            Submission.unit_id == unit,
            Submission.state.in_(SubmissionState.seen_by_secretariat()),
            ReportingPeriod.bloc_id == bloc,
            or_(*(and_(ReportingPeriod.year == each.year, ReportingPeriod.kind == each.kind) for each in periods)),
            or_(Entry.actual.is_not(None), Entry.count.is_not(None)),
        )
        .options(joinedload(Entry.criterion), joinedload(Entry.pledge_row))
    )
    for entry, year, kind in entries:
        value = _figure(entry)
        if value is not None:
            for lineage in _known_by(entry):
                past[Period(year, kind)].by_lineage.setdefault(lineage, value)
    loaded = db.session.scalars(
        select(PastValue).where(
            PastValue.bloc_id == bloc,
            PastValue.unit_id == unit,
            or_(*(and_(PastValue.year == each.year, PastValue.kind == each.kind) for each in periods)),
        )
    )
    for row in loaded:
        past[Period(row.year, row.kind)].by_name[row.name_fold] = (row.value, folded_measure(row.unit_of_measure))
    return past


def _known_by(entry: Entry) -> list[str]:
    if entry.criterion is not None:
        return [each for each in (entry.criterion.lineage, entry.criterion.pledge_lineage) if each]
    return [entry.pledge_row.lineage] if entry.pledge_row else []


def _figure(entry: Entry) -> Decimal | None:
    """The result; of a line that is counted by times, how many."""
    times = None if entry.count is None else Decimal(entry.count)
    if entry.criterion is not None and entry.criterion.function in ScoreFunction.per_time():
        return times if times is not None else entry.actual
    return entry.actual
