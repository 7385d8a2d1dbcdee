"""The results of one reporting period, for screen and papers. Figures only of units whose report was sent.

Plain columns, not records: a matrix of 20 units by 200 lines is 4,000 figures. The number of queries is constant.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.narrative import points
from tracker.domain.period_results import (
    AchievementLine,
    ActivityLine,
    Figure,
    PeriodResults,
    Proposal,
    ResultLine,
    SendingLine,
    UnitHead,
)
from tracker.domain.periods import Period
from tracker.domain.reporting import days_late
from tracker.domain.submissions import SectionKind, SubmissionState, SubmissionStep
from tracker.models.attachment import Attachment
from tracker.models.criteria import Criterion
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.pledge import Activity, ActivityUnit, Movement, PledgeRow
from tracker.models.submission import Achievement, Entry, Section, Submission, SubmissionTaken
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs
from tracker.queries import pledge_progress, ranking_paper

PLEDGE_GROUP = "Chỉ tiêu giao ước thi đua ngoài bộ tiêu chí"
TAKEN_OVER = (SectionKind.LIMITATIONS, SectionKind.DIRECTIONS, SectionKind.PROPOSALS)


@dataclass(frozen=True)
class _Sender:
    """A submission with its unit as the results name it."""

    submission: Submission
    unit: UnitHead
    sent: bool


def of_bloc(bloc_id: int, period: Period) -> ReportingPeriod | None:
    """The bloc's reporting period of that year and kind; None when there is none."""
    return db.session.scalars(
        select(ReportingPeriod).where(
            ReportingPeriod.bloc_id == bloc_id,
            ReportingPeriod.year == period.year,
            ReportingPeriod.kind == period.kind,
        )
    ).one_or_none()


def collect(period: ReportingPeriod) -> PeriodResults:
    """Everything of one period under the names of its last day; units in the bloc's list order. Constant queries."""
    bloc = blocs.load(period.bloc)
    senders = _senders(period)
    units = {sender.submission.id: sender.unit for sender in senders if sender.sent}
    return PeriodResults(
        public_id=period.public_id,
        period=period.period,
        state=period.state,
        bloc_name=bloc.named_on(period.period.last_day).name,
        units=tuple(sender.unit for sender in senders),
        asks_figures=period.asks_figures,
        lines=_lines(period, senders) if period.asks_figures else (),
        progress=pledge_progress.progress(period),
        achievements=_achievements(units),
        activities=_activities(period),
        sendings=_sendings(period, senders),
        proposals=_proposals(units),
        ranking=ranking_paper.published(period),
        bloc_kind=bloc.kind,
    )


def _senders(period: ReportingPeriod) -> list[_Sender]:
    last = period.period.last_day
    order = {held.unit_id: place for place, held in enumerate(period.bloc.memberships)}
    rows = db.session.scalars(
        select(Submission)
        .where(Submission.period_id == period.id)
        .options(joinedload(Submission.unit).selectinload(Unit.names))
    ).all()
    sent = SubmissionState.seen_by_secretariat()
    found = []
    for row in sorted(rows, key=lambda each: (order.get(each.unit_id, len(order)), each.id)):
        name = row.unit.named_on(last)
        found.append(_Sender(row, UnitHead(row.unit.public_id, name.name, name.short_name), row.state in sent))
    return found


def _lines(period: ReportingPeriod, senders: list[_Sender]) -> tuple[ResultLine, ...]:
    """Groups and leaves of the criteria set in their order, then the pledge's rows that no criterion measures."""
    by_criterion, by_row = _figures(senders)
    criteria = db.session.scalars(
        select(Criterion)
        .where(Criterion.criteria_set_id == period.criteria_set_id)
        .order_by(Criterion.position, Criterion.id)
    ).all()
    levels: dict[int, int] = {}
    lines = []
    for criterion in criteria:
        levels[criterion.id] = levels[criterion.parent_id] + 1 if criterion.parent_id in levels else 0
        leaf = criterion.function is not None
        counts = criterion.function in ScoreFunction.per_time()
        lines.append(
            ResultLine(
                criterion.public_id, criterion.number, criterion.title, levels[criterion.id],
                criterion.unit_of_measure, not leaf, counts,
                _row(senders, by_criterion[criterion.id], counts) if leaf else (),
            )
        )
    return (*lines, *_pledge_lines(senders, by_row, in_group=bool(lines)))


Values = dict[int, tuple[bool, Decimal | None, Decimal | None, int | None]]
"""By submission: assigned, target, actual, count."""


def _figures(senders: list[_Sender]) -> tuple[dict[int, Values], dict[int, Values]]:
    """By criterion and by pledge row. Of a report not sent: only what was asked for, never what is being written."""
    by_criterion: dict[int, Values] = defaultdict(dict)
    by_row: dict[int, Values] = defaultdict(dict)
    sent = {sender.submission.id: sender.sent for sender in senders}
    rows = db.session.execute(
        select(
            Entry.submission_id, Entry.criterion_id, Entry.pledge_row_id, Entry.assigned, Entry.target, Entry.actual,
            Entry.count,
        ).where(Entry.submission_id.in_(sent))
    )
    for submission, criterion, row, assigned, target, actual, count in rows:
        there = sent[submission]
        value = (assigned, target, actual if there else None, count if there else None)
        if criterion is not None:
            by_criterion[criterion][submission] = value
        elif row is not None:
            by_row[row][submission] = value
    return by_criterion, by_row


def _row(senders: list[_Sender], values: Values, counts: bool) -> tuple[Figure, ...]:
    """One figure a unit; a unit without such an entry has none (it joined under another set)."""
    figures = []
    for sender in senders:
        assigned, target, actual, count = values.get(sender.submission.id, (True, None, None, None))
        value = (None if count is None else Decimal(count)) if counts else actual
        figures.append(Figure(True, target, value) if assigned else Figure(False))
    return tuple(figures)


def _pledge_lines(senders: list[_Sender], by_row: dict[int, Values], *, in_group: bool) -> list[ResultLine]:
    if not by_row:
        return []
    rows = db.session.scalars(
        select(PledgeRow).where(PledgeRow.id.in_(by_row)).order_by(PledgeRow.position, PledgeRow.id)
    ).all()
    lines = [
        ResultLine(
            row.public_id, str(place), row.content, int(in_group), row.unit_of_measure,
            figures=_row(senders, by_row[row.id], False),
        )
        for place, row in enumerate(rows, start=1)
    ]
    return [ResultLine("pledge", "", PLEDGE_GROUP, 0, is_group=True), *lines] if in_group else lines


def _achievements(units: dict[int, UnitHead]) -> tuple[AchievementLine, ...]:
    """Of the reports sent, unit by unit, each in the unit's own order."""
    rows = db.session.execute(
        select(Achievement, Movement.name, func.count(Attachment.id))
        .outerjoin(Movement, Movement.id == Achievement.movement_id)
        .outerjoin(Attachment, Attachment.achievement_id == Achievement.id)
        .where(Achievement.submission_id.in_(units))
        .group_by(Achievement.id, Movement.name)
        .order_by(Achievement.position, Achievement.id)
    ).all()
    order = {submission: place for place, submission in enumerate(units)}
    return tuple(
        AchievementLine(
            unit=units[row.submission_id], kind=row.kind, text=row.text, subject=row.subject, field=row.field,
            happened_on=row.happened_on, value=row.value, movement=movement, award=row.award,
            award_object=row.award_object, award_method=row.award_method, count=row.count,
            decision_number=row.decision_number, decided_on=row.decided_on, level=row.conferred_level,
            system=row.conferred_system, files=files,
        )
        for row, movement, files in sorted(rows, key=lambda found: order[found[0].submission_id])
    )


def _activities(period: ReportingPeriod) -> tuple[ActivityLine, ...]:
    """The bloc's activities that began within the period, by day."""
    span = period.period
    rows = db.session.scalars(
        select(Activity)
        .where(Activity.bloc_id == period.bloc_id, Activity.held_on.between(span.first_day, span.last_day))
        .order_by(Activity.held_on, Activity.id)
        .options(selectinload(Activity.units).joinedload(ActivityUnit.unit).selectinload(Unit.names))
    )
    return tuple(
        ActivityLine(
            row.kind, row.title, row.held_on, row.last_on, row.place, row.result, row.value,
            tuple(part.unit.named_on(span.last_day).name for part in row.units),
        )
        for row in rows
    )


def _sendings(period: ReportingPeriod, senders: list[_Sender]) -> tuple[SendingLine, ...]:
    returned = {
        submission: count
        for submission, count in db.session.execute(
            select(SubmissionTaken.submission_id, func.count())
            .join(Submission, Submission.id == SubmissionTaken.submission_id)
            .where(Submission.period_id == period.id, SubmissionTaken.step == SubmissionStep.RETURN)
            .group_by(SubmissionTaken.submission_id)
        )
    }
    granted = {
        row.unit_id: row
        for row in db.session.scalars(select(Extension).where(Extension.period_id == period.id).order_by(Extension.id))
    }
    zone = period.bloc.authority.time_zone
    return tuple(
        _sending(period, sender, granted.get(sender.submission.unit_id), returned.get(sender.submission.id, 0), zone)
        for sender in senders
    )


def _sending(
    period: ReportingPeriod, sender: _Sender, extension: Extension | None, returned: int, zone: str
) -> SendingLine:
    first, until = sender.submission.first_sent_at, extension.until if extension else None
    return SendingLine(
        unit=sender.unit,
        due=period.due_at.astimezone(ZoneInfo(zone)),
        extended_to=until,
        extension_reason=extension.reason if extension else None,
        first_sent=_local(first, zone),
        last_sent=_local(sender.submission.last_sent_at, zone),
        times_returned=returned,
        days_late=days_late(first, period.due_at, until, zone) if first else None,
    )


def _local(moment: datetime | None, zone: str) -> datetime | None:
    return moment.astimezone(ZoneInfo(zone)) if moment else None


def _proposals(units: dict[int, UnitHead]) -> tuple[Proposal, ...]:
    """Limitations, directions and proposals point by point. A key names the words too: a changed text, a new key."""
    rows = db.session.execute(
        select(Section.submission_id, Section.public_id, Section.kind, Section.text).where(
            Section.submission_id.in_(units), Section.kind.in_(TAKEN_OVER), Section.text != ""
        )
    ).all()
    order = {submission: place for place, submission in enumerate(units)}
    found = []
    for submission, key, kind, text in sorted(rows, key=lambda row: (TAKEN_OVER.index(row[2]), order[row[0]])):
        for point, cause in points(kind, text):
            words = hashlib.sha256(f"{point}\n{cause or ''}".encode()).hexdigest()[:12]
            found.append(Proposal(f"{key}-{words}", kind, units[submission], point, cause))
    return tuple(found)
