"""The board of a period: every unit's submission with what is filled in, missing, late, and who holds it.

A handful of queries for any number of units: counts come grouped from the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from tracker.db import db
from tracker.domain.blocs import BlocKind, TermRole
from tracker.domain.criteria import ScoreFunction
from tracker.domain.labels import Labelled
from tracker.domain.period_dates import extended
from tracker.domain.reporting import PeriodState, days_late
from tracker.domain.submissions import SubmissionState, SubmissionStep
from tracker.models.attachment import Attachment
from tracker.models.bloc import Bloc, Term
from tracker.models.criteria import Criterion
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.submission import Achievement, Entry, Section, Submission, SubmissionTaken
from tracker.models.unit import Unit


class Holder(Labelled):
    """Who must do the next thing."""

    UNIT = "unit", "Đơn vị"
    HEAD = "head", "Lãnh đạo đơn vị"
    SECRETARIAT = "secretariat", "Thường trực khối"
    DEPUTY = "deputy", "Khối phó"
    BOARD = "board", "Cơ quan theo dõi"
    NOBODY = "nobody", "Đã khóa"
    DONE = "done", "Xong"

    def called_in(self, kind: BlocKind) -> str:
        """Khối phó in a khối, Cụm phó in a cụm."""
        return kind.called(self.label)


@dataclass(frozen=True)
class BoardRow:
    """One unit. `asked` lines are its own that wait for something, `filled` of them have it.

    `due_at`: its own due moment, with the extension. `late`: calendar days after it, of the first sending or, while
    nothing was sent, of now; None while there is still time. `returned`: places that are open again.
    """

    submission: Submission
    name: str
    position: int
    asked: int
    filled: int
    files: int
    no_evidence: int
    returned: int
    times_returned: int
    extension: Extension | None
    due_at: datetime
    late: int | None
    holder: Holder

    @property
    def state(self) -> SubmissionState:
        return self.submission.state

    @property
    def unit(self) -> Unit:
        return self.submission.unit

    @property
    def sent(self) -> bool:
        return self.submission.first_sent_at is not None

    @property
    def percent(self) -> int | None:
        """Whole percent of the lines that are filled in, rounded down; None without lines."""
        return self.filled * 100 // self.asked if self.asked else None


def rows(period: ReportingPeriod, *, now: datetime, day: date) -> list[BoardRow]:
    """The units of the period in the bloc's own order; those that left since come last. Constant queries."""
    zone = period.bloc.authority.time_zone
    found = db.session.scalars(
        select(Submission)
        .where(Submission.period_id == period.id)
        .options(joinedload(Submission.unit).selectinload(Unit.names))
        .order_by(Submission.id)
    ).all()
    lines = {key: (asked, filled) for key, asked, filled in db.session.execute(_lines(period))}
    files = _counted(_files(period, Entry), _files(period, Achievement))
    missing = _counted(_no_evidence(period))
    open_again = _counted(_open_again(period, Entry), _open_again(period, Section))
    returns = _counted(
        select(SubmissionTaken.submission_id, func.count())
        .join(Submission, Submission.id == SubmissionTaken.submission_id)
        .where(Submission.period_id == period.id, SubmissionTaken.step == SubmissionStep.RETURN)
        .group_by(SubmissionTaken.submission_id)
    )
    granted = {
        extension.unit_id: extension
        for extension in db.session.scalars(
            select(Extension)
            .where(Extension.period_id == period.id)
            .options(joinedload(Extension.by))
            .order_by(Extension.id)
        )
    }
    places = {member.unit_id: member.position for member in period.bloc.memberships if member.holds_on(day)}
    judges = _judges(period.bloc, day)
    made = []
    for submission in found:
        set_committed_value(submission, "period", period)
        extension = granted.get(submission.unit_id)
        until = extension.until if extension else None
        asked, filled = lines.get(submission.id, (0, 0))
        reckoned = submission.first_sent_at or now
        late = days_late(reckoned, period.due_at, until, zone)
        made.append(
            BoardRow(
                submission=submission,
                name=submission.unit.named_on(day).name,
                position=places.get(submission.unit_id, len(places) + 1),
                asked=asked,
                filled=filled,
                files=files.get(submission.id, 0),
                no_evidence=missing.get(submission.id, 0),
                returned=open_again.get(submission.id, 0) if submission.state is SubmissionState.RETURNED else 0,
                times_returned=returns.get(submission.id, 0),
                extension=extension,
                due_at=extended(period.due_at, until, zone),
                late=late if late or submission.first_sent_at else None,
                holder=_holder(submission, period, judges),
            )
        )
    return sorted(made, key=lambda row: (row.position, row.submission.id))


def not_sent(period: ReportingPeriod) -> list[Unit]:
    """The units that have not sent: those a reminder goes to. Two queries."""
    asked = (
        select(Unit)
        .join(Submission, Submission.unit_id == Unit.id)
        .where(Submission.period_id == period.id, Submission.first_sent_at.is_(None))
        .options(selectinload(Unit.names))
        .order_by(Submission.id)
    )
    return list(db.session.scalars(asked))


def _lines(period: ReportingPeriod) -> Select[int, int, int]:
    """Lines asked and filled by submission: the same rule as LineSeen.blank."""
    by_hand = Criterion.function.in_((ScoreFunction.MANUAL, ScoreFunction.YES_NO))
    told = or_(Entry.actual.is_not(None), Entry.count.is_not(None), func.coalesce(Entry.note, "") != "")
    has = case(
        (Criterion.function.in_(ScoreFunction.per_time()), Entry.count.is_not(None)),
        (by_hand, told),
        else_=Entry.actual.is_not(None),
    )
    return (
        select(Entry.submission_id, func.count(), func.sum(case((has, 1), else_=0)))
        .join(Submission, Submission.id == Entry.submission_id)
        .outerjoin(Criterion, Criterion.id == Entry.criterion_id)
        .where(
            Submission.period_id == period.id,
            Entry.assigned,
            or_(Criterion.function.is_(None), Criterion.function != ScoreFunction.LATENESS),
        )
        .group_by(Entry.submission_id)
    )


def _files(period: ReportingPeriod, owner: type[Entry] | type[Achievement]) -> Select[int, int]:
    key = Attachment.entry_id if owner is Entry else Attachment.achievement_id
    return (
        select(owner.submission_id, func.count())
        .join(Attachment, key == owner.id)
        .join(Submission, Submission.id == owner.submission_id)
        .where(Submission.period_id == period.id)
        .group_by(owner.submission_id)
    )


def _no_evidence(period: ReportingPeriod) -> Select[int, int]:
    """Own lines with a result that ask for evidence and have no file."""
    there = select(Attachment.id).where(Attachment.entry_id == Entry.id).exists()
    return (
        select(Entry.submission_id, func.count())
        .join(Criterion, Criterion.id == Entry.criterion_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .where(
            and_(Submission.period_id == period.id, Entry.assigned, Criterion.evidence_required),
            or_(Entry.actual.is_not(None), Entry.count.is_not(None)),
            ~there,
        )
        .group_by(Entry.submission_id)
    )


def _open_again(period: ReportingPeriod, place: type[Entry] | type[Section]) -> Select[int, int]:
    return (
        select(place.submission_id, func.count())
        .join(Submission, Submission.id == place.submission_id)
        .where(Submission.period_id == period.id, place.returned_reason.is_not(None))
        .group_by(place.submission_id)
    )


def _counted(*asked: Select[int, int]) -> dict[int, int]:
    """Counts by submission, of several queries together."""
    found: dict[int, int] = {}
    for query in asked:
        for key, count in db.session.execute(query):
            found[key] = found.get(key, 0) + count
    return found


def _judges(bloc: Bloc, day: date) -> dict[int, Holder]:
    """Who checks a unit of the leading ones, by unit; all others are the secretariat's. No unit judges itself."""
    leaders = _held(bloc.terms, TermRole.LEADER, day)
    deputies = _held(bloc.terms, TermRole.DEPUTY, day)
    judges = {unit: Holder.DEPUTY if deputies - {unit} else Holder.BOARD for unit in leaders}
    if not leaders | deputies:
        return {}
    for unit in deputies - leaders:
        judges[unit] = Holder.SECRETARIAT if (leaders | deputies) - {unit} else Holder.BOARD
    return judges


def _held(terms: Iterable[Term], role: TermRole, day: date) -> set[int]:
    return {term.unit_id for term in terms if term.role is role and term.holds_on(day)}


def _holder(submission: Submission, period: ReportingPeriod, judges: dict[int, Holder]) -> Holder:
    if submission.state is SubmissionState.ACCEPTED:
        return Holder.DONE
    if submission.state is SubmissionState.SENT:
        return judges.get(submission.unit_id, Holder.SECRETARIAT)
    if period.state is not PeriodState.OPEN:
        return Holder.NOBODY
    return Holder.HEAD if submission.with_head_at is not None else Holder.UNIT
