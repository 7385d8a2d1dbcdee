"""Rows of a reporting year for tests, past the services: for situations, not for behaviour.

Moments stand around tests.world.NOON (15/05/2026, 12:00 in the authority's zone).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tests.world import NOON, TODAY, World
from tracker.db import db
from tracker.domain.criteria import Direction, ScoreFunction
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import PeriodState, PeriodStep
from tracker.domain.submissions import SectionKind, SubmissionState, SubmissionStep
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.period import PeriodTaken, ReportingPeriod
from tracker.models.pledge import Pledge, PledgeRow
from tracker.models.submission import Entry, Section, Submission, SubmissionTaken
from tracker.services import entry as entries
from tracker.services.recording import acting

OPENS_ON = date(2026, 5, 1)
#: 17:00 in the authority's zone.
DUE_AT = datetime(2026, 5, 30, 10, 0, tzinfo=UTC)
LOCKS_AT = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
EXPLAIN_BY = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
SCORES_CLOSE_AT = datetime(2026, 6, 25, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Leaf:
    """A leaf criterion to be made."""

    title: str
    maximum: Decimal | None = Decimal(10)
    unit_of_measure: str | None = "%"
    function: ScoreFunction = ScoreFunction.PROPORTIONAL
    direction: Direction | None = Direction.MORE
    evidence_required: bool = False
    pledge_lineage: str | None = None


LEAVES = (
    Leaf("Văn bản tham mưu đúng hạn", unit_of_measure="văn bản"),
    Leaf("Tỷ lệ giải ngân vốn đầu tư công", evidence_required=True),
    Leaf("Hồ sơ quá hạn", unit_of_measure="hồ sơ", direction=Direction.LESS),
)


def make_set(
    bloc: Bloc, *, year: int = 2026, leaves: Sequence[Leaf] = LEAVES, frozen: bool = False, **more: Any
) -> CriteriaSet:
    """One group "I" with the leaves 1, 2, 3…; `frozen` as opening a period leaves it."""
    with acting(None, NOON):
        made = CriteriaSet(bloc=bloc, year=year, name=f"Bảng điểm năm {year}", **more)
        whole = sum((leaf.maximum for leaf in leaves if leaf.maximum is not None), Decimal(0))
        group = Criterion(criteria_set=made, number="I", title="Nhiệm vụ chuyên môn", maximum=whole, position=0)
        db.session.add_all([made, group])
        for place, leaf in enumerate(leaves, start=1):
            db.session.add(
                Criterion(criteria_set=made, parent=group, number=str(place), position=place, **vars(leaf))
            )
        db.session.flush()
        if frozen:
            made.frozen_at = NOON
    db.session.commit()
    return made


def make_pledge(
    bloc: Bloc,
    *,
    year: int = 2026,
    rows: Sequence[tuple[str, str | None, Decimal | int | None]] = (("Dự án nhà ở xã hội khởi công", "dự án", 4),),
) -> Pledge:
    """The bloc's pledge with rows of (content, unit of measure, year plan)."""
    pledge = Pledge(bloc=bloc, year=year)
    for place, (content, measure, plan) in enumerate(rows):
        pledge.rows.append(
            PledgeRow(
                position=place, content=content, unit_of_measure=measure,
                year_plan=None if plan is None else Decimal(plan),
            )
        )  # fmt: skip
    with acting(None, NOON):
        db.session.add(pledge)
    db.session.commit()
    return pledge


def make_period(
    world: World,
    *,
    bloc: str = "B",
    year: int = 2026,
    kind: PeriodKind = PeriodKind.FIRST_HALF,
    state: PeriodState = PeriodState.OPEN,
    criteria_set: CriteriaSet | None = None,
    scored: bool = False,
    asks_figures: bool = True,
    due_at: datetime = DUE_AT,
    locks_at: datetime = LOCKS_AT,
    **more: Any,
) -> ReportingPeriod:
    """A period in `state`. In every state but PLANNED its members of today have their submissions (open_period)."""
    dates = {"explain_by": EXPLAIN_BY, "scores_close_at": SCORES_CLOSE_AT} if scored else {}
    period = ReportingPeriod(
        bloc=world.blocs[bloc], year=year, kind=kind, opens_on=OPENS_ON, due_at=due_at, locks_at=locks_at,
        scored=scored, asks_figures=asks_figures, criteria_set=criteria_set, **{**dates, **more},
    )  # fmt: skip
    with acting(None, NOON):
        db.session.add(period)
    db.session.commit()
    if state is not PeriodState.PLANNED:
        open_period(period)
    if state in PeriodState.locked():
        set_state(period, state)
    return period


def open_period(period: ReportingPeriod, at: datetime = NOON) -> list[Submission]:
    """As opening leaves it: state, step, frozen set; a submission with lines and sections for each member of today.

    Lines: the leaves of the set in their order, then the pledge's rows that no leaf measures. Targets: the year plan.
    """
    bloc = period.bloc
    pledge = db.session.scalars(select(Pledge).where(Pledge.bloc_id == bloc.id, Pledge.year == period.year)).first()
    rows = {row.lineage: row for row in pledge.rows} if pledge and period.asks_figures else {}
    leaves = []
    if period.criteria_set is not None and period.asks_figures:
        leaves = [each for each in period.criteria_set.criteria if each.function is not None]
    named = {leaf.pledge_lineage for leaf in leaves}
    lines: list[dict[str, Any]] = []
    for leaf in leaves:
        row = rows.get(leaf.pledge_lineage or "")
        lines.append({"criterion": leaf, "target": row.year_plan if row else None})
    lines += [
        {"pledge_row": row, "target": row.year_plan} for lineage, row in rows.items() if lineage not in named
    ]
    made = []
    with acting(None, at):
        period.state, period.opened_at = PeriodState.OPEN, at
        db.session.add(PeriodTaken(period=period, step=PeriodStep.OPEN, at=at))
        if period.criteria_set is not None and period.criteria_set.frozen_at is None:
            period.criteria_set.frozen_at = at
        for member in bloc.memberships:
            if member.holds_on(TODAY):
                submission = Submission(period=period, unit=member.unit)
                submission.entries = [Entry(position=place, **line) for place, line in enumerate(lines)]
                submission.sections = [Section(kind=kind) for kind in SectionKind]
                db.session.add(submission)
                made.append(submission)
    db.session.commit()
    return made


def set_state(period: ReportingPeriod, state: PeriodState, at: datetime = LOCKS_AT) -> None:
    """A later state with the evidence that belongs to it."""
    with acting(None, at):
        period.state = state
        period.locked_at = at if state in PeriodState.locked() else None
        period.published_at = at if state in PeriodState.shown_to_all() else None
    db.session.commit()


def submission_of(period: ReportingPeriod, world: World, letter: str) -> Submission:
    """The submission of the unit with this letter."""
    return next(each for each in period.submissions if each.unit_id == world.units[letter].id)


def make_sent(
    submission: Submission,
    by: Account,
    *,
    state: SubmissionState = SubmissionState.SENT,
    at: datetime = NOON,
    checker: Account | None = None,
) -> Submission:
    """First line filled in and the whole sent at `at`; ACCEPTED needs its `checker`."""
    with acting(None, at):
        submission.section(SectionKind.ASSESSMENT).text = "Đơn vị hoàn thành nhiệm vụ."
        for entry in submission.entries[:1]:
            entry.actual = Decimal(43)
        submission.state, submission.first_sent_at, submission.last_sent_at = state, at, at
        for step in (SubmissionStep.WRITE, SubmissionStep.SEND):
            db.session.add(SubmissionTaken(submission=submission, step=step, at=at, by=by))
        if state is not SubmissionState.SENT:
            submission.checked_at = at
        if state is SubmissionState.ACCEPTED:
            assert checker is not None
            submission.accepted_at, submission.accepted_by = at, checker
    db.session.commit()
    return submission


def fill(submission: Submission, world: World, at: datetime = NOON, place: int = 0, actual: int = 43) -> None:
    """An officer of unit U, through the service, fills in one line of the unit's submission."""
    line = submission.entries[place]
    entries.fill_in(
        line, actual=Decimal(actual), count=None, note=None, seen=line.version, by=world.accounts["oU"], at=at
    )


def send_and_lock(period: ReportingPeriod, *, without: str = "") -> None:
    """Every submission as sent, but that of the unit named `without`; then the data locked. Past the services.

    What the lines say is written before: afterwards triggers refuse it.
    """
    with acting(None, NOON):
        for submission in period.submissions:
            if submission.unit.names[0].name != without:
                submission.first_sent_at = submission.last_sent_at = NOON
                submission.state = SubmissionState.SENT
        db.session.flush()
        period.state, period.locked_at = PeriodState.REVIEWING, LOCKS_AT
    db.session.commit()
