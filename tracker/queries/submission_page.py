"""What the pages of one submission show beside its lines: its way, who returned what, what was said, files missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.reporting import days_late
from tracker.domain.submission_seen import LineSeen, SubmissionSeen
from tracker.domain.submissions import SectionKind, SubmissionState, SubmissionStep
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.criteria import Criterion, Exemption
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.pledge import Movement
from tracker.models.submission import (
    Achievement,
    Entry,
    ReturnedPlace,
    Section,
    Submission,
    SubmissionComment,
    SubmissionTaken,
)
from tracker.models.unit import Unit
from tracker.policy import movements_of, submissions_read_by
from tracker.queries import submission as queries

#: What rights and the bloc's head ask of a submission, so that it comes along with it.
FRAME = (
    joinedload(Submission.unit).selectinload(Unit.names),
    joinedload(Submission.period).joinedload(ReportingPeriod.bloc).joinedload(Bloc.names),
    joinedload(Submission.period)
    .joinedload(ReportingPeriod.bloc)
    .selectinload(Bloc.memberships)
    .joinedload(Membership.unit)
    .selectinload(Unit.names),
    joinedload(Submission.period)
    .joinedload(ReportingPeriod.bloc)
    .selectinload(Bloc.terms)
    .joinedload(Term.unit)
    .selectinload(Unit.names),
    joinedload(Submission.period).selectinload(ReportingPeriod.extensions).joinedload(Extension.by),
)
WHOLE = ""


@dataclass(frozen=True)
class Returned:
    """Why a place is open again, who said so and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Group:
    """Lines under one heading of the criteria set; "" for rows of the pledge that no criterion measures."""

    title: str
    lines: tuple[LineSeen, ...]


@dataclass(frozen=True)
class SubmissionPage:
    """One submission as its pages show it.

    `returned` and `comments` are by the public id of a line or section, WHOLE for the submission; `places` gives each
    line and section as it is stored, by public id; `asked` is what the last return asked, also when it was answered and
    sent again, `returned` the same while it is the unit's turn; `exempt` says why a line is not the unit's. `late`:
    calendar days, None while nothing was sent.
    """

    submission: Submission
    seen: SubmissionSeen
    groups: tuple[Group, ...]
    places: dict[str, Entry | Section]
    steps: list[SubmissionTaken]
    returned: dict[str, Returned]
    asked: dict[str, Returned]
    comments: dict[str, list[SubmissionComment]]
    extension: Extension | None
    late: int | None
    names: dict[int, str]
    exempt: dict[str, Returned]

    @property
    def whole_returned(self) -> bool:
        """A returned submission of which no place was named is open everywhere."""
        return self.submission.state is SubmissionState.RETURNED and not any(
            place.returned_reason for place in self.places.values()
        )

    def opens(self, place: Entry | Section) -> bool:
        """Whether the unit may write here, as far as the submission's own state goes."""
        if isinstance(place, Entry) and not place.assigned:
            return False
        if self.submission.state not in SubmissionState.writable():
            return False
        if self.submission.state is SubmissionState.RETURNED and not self.whole_returned:
            return place.returned_reason is not None
        return True

    def section(self, kind: SectionKind) -> Section:
        """The stored section of a kind."""
        return next(place for place in self.places.values() if isinstance(place, Section) and place.kind is kind)


def load(submission: Submission, zone: str) -> SubmissionPage:
    """Everything on the pages of one submission, when it was loaded with FRAME. Constant queries.

    `zone` is the authority's, by whose days lateness is reckoned.
    """
    seen = queries.seen(submission)
    steps = list(
        db.session.scalars(
            select(SubmissionTaken)
            .where(SubmissionTaken.submission_id == submission.id)
            .options(
                joinedload(SubmissionTaken.by).joinedload(Account.unit).selectinload(Unit.names),
                selectinload(SubmissionTaken.returned).joinedload(ReturnedPlace.entry).joinedload(Entry.criterion),
                selectinload(SubmissionTaken.returned).joinedload(ReturnedPlace.entry).joinedload(Entry.pledge_row),
                selectinload(SubmissionTaken.returned).joinedload(ReturnedPlace.section),
            )
            .order_by(SubmissionTaken.id)
        )
    )
    found = db.session.scalars(
        select(SubmissionComment)
        .where(SubmissionComment.submission_id == submission.id)
        .options(
            joinedload(SubmissionComment.by).joinedload(Account.unit).selectinload(Unit.names),
            joinedload(SubmissionComment.entry),
            joinedload(SubmissionComment.section),
        )
        .order_by(SubmissionComment.id)
    )
    comments: dict[str, list[SubmissionComment]] = defaultdict(list)
    for comment in found:
        place = comment.entry or comment.section
        comments[place.public_id if place else WHOLE].append(comment)
    places: list[Entry | Section] = [*submission.entries, *submission.sections]
    asked = _asked(steps)
    extension = submission.period.extension_of(submission.unit_id)
    return SubmissionPage(
        submission=submission,
        seen=seen,
        groups=_groups(seen.lines),
        places={place.public_id: place for place in places},
        steps=steps,
        returned=asked if submission.state is SubmissionState.RETURNED else {},
        asked=asked,
        comments=dict(comments),
        extension=extension,
        late=_late(submission, extension, zone),
        exempt=_exempt(submission),
        names={number: unit.named_on(submission.period.period.last_day).short_name for number, unit in _units(steps)},
    )


def _units(steps: Iterable[SubmissionTaken]) -> list[tuple[int, Unit]]:
    return [(step.by.unit.id, step.by.unit) for step in steps if step.by.unit is not None]


def _groups(lines: Iterable[LineSeen]) -> tuple[Group, ...]:
    """By the topmost heading, in the order of the lines."""
    by_title: dict[str, list[LineSeen]] = {}
    for line in lines:
        by_title.setdefault(line.group[0] if line.group else "", []).append(line)
    return tuple(Group(title, tuple(rows)) for title, rows in by_title.items())


def _asked(steps: Iterable[SubmissionTaken]) -> dict[str, Returned]:
    """What the last return said: of the places it named, and of the whole. Empty when nothing was returned yet."""
    last = next((step for step in reversed(list(steps)) if step.step is SubmissionStep.RETURN), None)
    if last is None:
        return {}
    name = last.by.full_name
    found = {WHOLE: Returned(last.reason, name, last.at)} if last.reason else {}
    for place in last.returned:
        owner = place.entry or place.section
        assert owner is not None
        found[owner.public_id] = Returned(place.reason, name, last.at)
    return found


def _exempt(submission: Submission) -> dict[str, Returned]:
    """Reason, person and moment of each line that is not assigned; a row of the pledge keeps none."""
    without = [entry for entry in submission.entries if not entry.assigned and entry.criterion_id is not None]
    if not without:
        return {}
    rows = db.session.scalars(
        select(Exemption)
        .where(
            Exemption.unit_id == submission.unit_id,
            Exemption.criterion_id.in_([entry.criterion_id for entry in without]),
        )
        .options(joinedload(Exemption.by))
    )
    by_criterion = {row.criterion_id: Returned(row.reason, row.by.full_name, row.at) for row in rows}
    found = ((entry.public_id, by_criterion.get(entry.criterion_id or 0)) for entry in without)
    return {key: said for key, said in found if said is not None}


def _late(submission: Submission, extension: Extension | None, zone: str) -> int | None:
    if submission.first_sent_at is None:
        return None
    return days_late(
        submission.first_sent_at, submission.period.due_at, extension.until if extension else None, zone
    )


def movements(submission: Submission, achievement: Achievement | None = None) -> list[Movement]:
    """The movements an achievement may belong to, newest first, with the one it names already."""
    period = submission.period
    offered = movements_of(period.bloc)
    span = period.period
    running = (Movement.starts_on <= span.last_day) & or_(
        Movement.ends_on.is_(None), Movement.ends_on >= date(span.year, 1, 1)
    )
    kept = Movement.id == achievement.movement_id if achievement and achievement.movement_id else None
    wanted = offered & (running if kept is None else running | kept)
    return list(db.session.scalars(select(Movement).where(wanted).order_by(Movement.starts_on.desc(), Movement.id)))


@dataclass(frozen=True)
class MissingFile:
    """An assigned line that has a result, asks for evidence, and has no file."""

    submission: str
    unit: str
    entry: str
    number: str
    title: str


def missing_evidence(period: ReportingPeriod, account: Account, day: date) -> list[MissingFile]:
    """Of all submissions of the period that the account reads, in the units' order. One query."""
    none = ~select(Attachment.id).where(Attachment.entry_id == Entry.id).exists()
    rows = db.session.execute(
        select(Entry, Criterion, Submission)
        .join(Criterion, Criterion.id == Entry.criterion_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(
            Submission.period_id == period.id, submissions_read_by(account, period, day), Criterion.evidence_required,
            Entry.assigned, or_(Entry.actual.is_not(None), Entry.count.is_not(None)), none,
        )
        .options(joinedload(Submission.unit).selectinload(Unit.names))
        .order_by(Submission.id, Entry.position, Entry.id)
    ).all()  # fmt: skip
    on = period.period.last_day
    return [
        MissingFile(
            submission.public_id, submission.unit.named_on(on).name, entry.public_id, criterion.number, criterion.title
        )
        for entry, criterion, submission in rows
    ]
