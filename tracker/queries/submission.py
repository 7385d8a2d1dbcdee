"""A submission with everything that its pages, its form and its checks ask. Constant queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.criteria import CriterionPart, Direction
from tracker.domain.periods import Period
from tracker.domain.submission_seen import (
    AchievementSeen,
    FileSeen,
    LineSeen,
    SectionSeen,
    SubmissionSeen,
    preceding,
)
from tracker.domain.submissions import SubmissionState
from tracker.models.attachment import Attachment
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import PledgeRow
from tracker.models.submission import Achievement, Entry, Section, Submission
from tracker.queries.submission_answers import Answers, answers_of
from tracker.queries.submission_past import past_of

Files = Mapping[tuple[str, int], tuple[FileSeen, ...]]


def seen(submission: Submission) -> SubmissionSeen:
    """The submission as it stands, under the names of the period's last day."""
    period, unit = submission.period, submission.unit
    entries = db.session.scalars(
        select(Entry)
        .where(Entry.submission_id == submission.id)
        .options(joinedload(Entry.criterion), joinedload(Entry.pledge_row))
        .order_by(Entry.position, Entry.id)
    ).all()
    sections = db.session.scalars(select(Section).where(Section.submission_id == submission.id).order_by(Section.id))
    achievements = db.session.scalars(
        select(Achievement)
        .where(Achievement.submission_id == submission.id)
        .options(joinedload(Achievement.movement))
        .order_by(Achievement.position, Achievement.id)
    )
    files = _files(submission)
    back = submission.state is SubmissionState.RETURNED
    answers = answers_of(submission) if back else Answers()
    seen_sections = tuple(_section(row, answers) for row in sections)
    named = any(entry.returned_reason for entry in entries) or any(row.returned_reason for row in seen_sections)
    return SubmissionSeen(
        key=submission.public_id,
        period_key=period.public_id,
        unit_key=unit.public_id,
        unit_name=unit.named_on(period.period.last_day).name,
        period=period.period,
        state=submission.state,
        asks_figures=period.asks_figures,
        lines=_lines(submission, entries, files, answers),
        sections=seen_sections,
        achievements=tuple(_achievement(row, files.get(("achievement", row.id), ())) for row in achievements),
        returned_whole=back and not named,
        answered=answers.anything,
        bloc_kind=period.bloc.kind,
    )


def _lines(
    submission: Submission, entries: Sequence[Entry], files: Files, answers: Answers
) -> tuple[LineSeen, ...]:
    """Rows of the pledge are numbered among themselves; leaves carry their own number."""
    this = submission.period.period
    before, year_ago = preceding(this), Period(this.year - 1, this.kind)
    past = past_of(submission, [year_ago] if before is None else [before, year_ago])
    headings = _headings(submission.period)
    lines, rows = [], 0
    for entry in entries:
        rows += entry.pledge_row is not None
        leaf, row = entry.criterion, entry.pledge_row
        title = leaf.title if leaf else row.content if row else ""
        measure = leaf.unit_of_measure if leaf else row.unit_of_measure if row else None
        keys = _lineages(leaf, row)
        lines.append(
            LineSeen(
                entry_key=entry.public_id,
                version=entry.version,
                number=leaf.number if leaf else str(rows),
                title=title,
                group=_group(leaf, headings),
                unit_of_measure=measure,
                direction=(leaf.direction if leaf else row.direction if row else None) or Direction.MORE,
                function=leaf.function if leaf else None,
                maximum=leaf.maximum if leaf else None,
                part=leaf.part if leaf else CriterionPart.MAIN,
                target=entry.target,
                actual=entry.actual,
                count=entry.count,
                note=entry.note,
                guidance=leaf.guidance if leaf else row.note if row else None,
                assigned=entry.assigned,
                returned_reason=entry.returned_reason,
                answered=entry.id in answers.entries,
                evidence_required=leaf.evidence_required if leaf else False,
                files=files.get(("entry", entry.id), ()),
                last_period=past[before].of(keys, title, measure) if before else None,
                last_year=past[year_ago].of(keys, title, measure),
            )
        )
    return tuple(lines)


def _lineages(leaf: Criterion | None, row: PledgeRow | None) -> tuple[str, ...]:
    """By what a line is known in other periods: its own lineage, or that of the row of the pledge it measures."""
    own = (leaf.lineage, leaf.pledge_lineage) if leaf else (row.lineage,) if row else ()
    return tuple(lineage for lineage in own if lineage)


def _headings(period: ReportingPeriod) -> dict[int, Criterion]:
    """The groups of the period's criteria set by number."""
    if period.criteria_set_id is None:
        return {}
    groups = select(Criterion).where(
        Criterion.criteria_set_id == period.criteria_set_id, Criterion.function.is_(None)
    )
    return {group.id: group for group in db.session.scalars(groups)}


def _group(leaf: Criterion | None, headings: Mapping[int, Criterion]) -> tuple[str, ...]:
    """The headings above a leaf, topmost first."""
    path: list[str] = []
    above = headings.get(leaf.parent_id) if leaf and leaf.parent_id else None
    while above is not None:
        path.insert(0, f"{above.number}. {above.title}" if above.number else above.title)
        above = headings.get(above.parent_id) if above.parent_id else None
    return tuple(path)


def _files(submission: Submission) -> Files:
    """Evidence by ("entry" or "achievement", number of the row)."""
    entries = select(Entry.id).where(Entry.submission_id == submission.id)
    achievements = select(Achievement.id).where(Achievement.submission_id == submission.id)
    found: dict[tuple[str, int], tuple[FileSeen, ...]] = defaultdict(tuple)
    for row in db.session.scalars(
        select(Attachment)
        .where(or_(Attachment.entry_id.in_(entries), Attachment.achievement_id.in_(achievements)))
        .order_by(Attachment.id)
    ):
        owner = ("entry", row.entry_id) if row.entry_id else ("achievement", row.achievement_id or 0)
        found[owner] += (FileSeen(row.public_id, row.name, row.size),)
    return found


def _section(row: Section, answers: Answers) -> SectionSeen:
    return SectionSeen(row.public_id, row.version, row.kind, row.text, row.returned_reason, row.id in answers.sections)


def _achievement(row: Achievement, files: tuple[FileSeen, ...]) -> AchievementSeen:
    return AchievementSeen(
        key=row.public_id, version=row.version, kind=row.kind, subject=row.subject, text=row.text, field=row.field,
        happened_on=row.happened_on, value=row.value, movement=row.movement.name if row.movement else None,
        movement_key=row.movement.public_id if row.movement else None, award=row.award, award_object=row.award_object,
        award_method=row.award_method, count=row.count, decision_number=row.decision_number, decided_on=row.decided_on,
        conferred_level=row.conferred_level, conferred_system=row.conferred_system, files=files,
    )  # fmt: skip
