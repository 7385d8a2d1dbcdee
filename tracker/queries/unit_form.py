"""What a unit's form is drawn from: the submission as seen, and the frame of the form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.form_about import FormAbout
from tracker.domain.form_sheet import FORM_NAME, LAYOUT, FormKeys, FormMovement
from tracker.domain.reporting import PeriodState
from tracker.domain.submission_seen import LineSeen, SubmissionSeen
from tracker.domain.submissions import SubmissionState
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Movement
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.policy import may_read_submission, movements_of
from tracker.queries import submission as submissions

FIRST_VERSION = 1
"""Of a row as the opening of the period made it."""

#: What a form and its rights ask of a submission, so that it comes along with it.
FRAME = (
    joinedload(Submission.unit).selectinload(Unit.names),
    joinedload(Submission.period).joinedload(ReportingPeriod.bloc).selectinload(Bloc.names),
    joinedload(Submission.period).joinedload(ReportingPeriod.bloc).joinedload(Bloc.authority),
    joinedload(Submission.period).selectinload(ReportingPeriod.extensions),
)


def movements(period: ReportingPeriod) -> list[FormMovement]:
    """The movements of the bloc and of its authority that ran in the period's year, newest first. One query."""
    span = period.period
    rows = db.session.execute(
        select(Movement.public_id, Movement.name)
        .where(
            movements_of(period.bloc),
            Movement.starts_on <= span.last_day,
            or_(Movement.ends_on.is_(None), Movement.ends_on >= date(span.year, 1, 1)),
        )
        .order_by(Movement.starts_on.desc(), Movement.id)
    )
    return [FormMovement(key, name) for key, name in rows]


def offered(listed: Sequence[FormMovement], seen: SubmissionSeen) -> tuple[FormMovement, ...]:
    """The movements in a unit's list: `listed`, and those that its achievements name already."""
    known = {movement.key for movement in listed}
    named = {
        one.movement_key: FormMovement(one.movement_key, one.movement)
        for one in seen.achievements
        if one.movement_key and one.movement and one.movement_key not in known
    }
    return (*listed, *named.values())


def collect(submission: Submission, at: datetime) -> tuple[SubmissionSeen, FormAbout]:
    """One unit's own form, as it stands at `at`. Constant queries when it was loaded with FRAME."""
    seen = submissions.seen(submission)
    return seen, _about(submission, seen, movements(submission.period), at)


def collect_all(
    period: ReportingPeriod, account: Account, day: date, at: datetime
) -> list[tuple[SubmissionSeen, FormAbout]]:
    """Every unit's form for the secretariat, in the units' order of joining the period.

    Of a unit whose report `account` may not read yet, the form comes without the unit's own words and figures.
    """
    listed = movements(period)
    rows = db.session.scalars(
        select(Submission).where(Submission.period_id == period.id).options(*FRAME).order_by(Submission.id)
    ).all()
    found = []
    for submission in rows:
        seen = submissions.seen(submission)
        hidden = not may_read_submission(account, submission, day)
        about = _about(submission, seen, listed, at)
        if hidden:
            seen, about = without_content(seen), replace(about, movements=tuple(listed), blank=True)
        found.append((seen, about))
    return found


def without_content(seen: SubmissionSeen) -> SubmissionSeen:
    """As the period's opening left it: targets and earlier figures, nothing that the unit wrote since.

    The versions too are those of the opening, so that a unit that wrote meanwhile is asked before anything is lost.
    """
    return replace(
        seen,
        lines=tuple(_without_content(line) for line in seen.lines),
        sections=tuple(
            replace(section, version=FIRST_VERSION, text="", returned_reason=None) for section in seen.sections
        ),
        achievements=(),
    )


def _without_content(line: LineSeen) -> LineSeen:
    return replace(
        line, version=FIRST_VERSION, actual=None, count=None, note=None, returned_reason=None, files=()
    )


def _about(
    submission: Submission, seen: SubmissionSeen, listed: Sequence[FormMovement], at: datetime
) -> FormAbout:
    period = submission.period
    bloc, last = period.bloc, period.period.last_day
    zone = ZoneInfo(bloc.authority.time_zone)
    due = period.due_at.astimezone(zone)
    extension = period.extension_of(submission.unit_id)
    until = extension.until if extension else None
    held = submission.state in SubmissionState.writable()
    return FormAbout(
        keys=FormKeys(FORM_NAME, period.public_id, submission.unit.public_id, submission.public_id, LAYOUT),
        bloc_name=bloc.named_on(last).name,
        unit_name=seen.unit_name,
        period=period.period,
        due_at=due,
        locks_at=period.locks_at.astimezone(zone),
        extended_to=due.replace(year=until.year, month=until.month, day=until.day) if until else None,
        made_on=at.astimezone(zone).date(),
        asks_figures=period.asks_figures,
        writable=held and period.state is PeriodState.OPEN and at < period.locks_at,
        returned_only=submission.state is SubmissionState.RETURNED and not seen.returned_whole,
        illustration=bloc.authority.illustration,
        note=period.note,
        movements=offered(listed, seen),
        bloc_kind=bloc.kind,
    )
