"""How far each unit of a scored period is scored, and the scored periods of a bloc's year. Constant queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.criteria import CriterionPart
from tracker.domain.scores import ScoreStage, ScoringStep
from tracker.domain.submissions import SubmissionState
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.scoring import Explanation, Score, ScoringTaken, SetApart
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit


@dataclass(frozen=True)
class UnitProgress:
    """One unit: assigned lines inside the maximum, how many any stage has judged, explanations, steps at a stage."""

    submission: Submission
    lines: int
    judged: int
    council: int
    told: int
    done: frozenset[ScoreStage]
    apart: SetApart | None

    @property
    def begun(self) -> bool:
        return bool(self.judged)


def of_period(period: ReportingPeriod) -> list[UnitProgress]:
    """Every unit in the bloc's list order of the period's last day. Six queries."""
    submissions = db.session.scalars(
        select(Submission)
        .where(Submission.period_id == period.id)
        .options(joinedload(Submission.unit).selectinload(Unit.names))
    ).all()
    ids = [each.id for each in submissions]
    main = and_(Entry.submission_id.in_(ids), Entry.assigned, Criterion.part == CriterionPart.MAIN)
    lines = _counts(select(Entry.submission_id, func.count()).join(Entry.criterion).where(main))
    scored = select(Entry.submission_id, func.count(func.distinct(Entry.id))).join(Entry.criterion).join(
        Score, Score.entry_id == Entry.id
    )  # fmt: skip
    judged = _counts(scored.where(main, Score.stage.in_(ScoreStage.judged())))
    council = _counts(scored.where(main, Score.stage == ScoreStage.COUNCIL))
    told = _counts(
        select(Entry.submission_id, func.count()).join(Explanation, Explanation.entry_id == Entry.id)
        .where(Entry.submission_id.in_(ids))
    )  # fmt: skip
    done = _done(ids)
    apart = {row.submission_id: row for row in db.session.scalars(
        select(SetApart).where(SetApart.submission_id.in_(ids)))}  # fmt: skip
    last = period.period.last_day
    places = {member.unit_id: member.position for member in period.bloc.memberships if member.holds_on(last)}
    ordered = sorted(submissions, key=lambda each: (each.unit_id not in places, places.get(each.unit_id, 0), each.id))
    return [
        UnitProgress(
            each, lines.get(each.id, 0), judged.get(each.id, 0), council.get(each.id, 0), told.get(each.id, 0),
            frozenset(done[each.id]), apart.get(each.id),
        )
        for each in ordered
    ]  # fmt: skip


def _counts(asked: object) -> dict[int, int]:
    """{submission number: count}."""
    return {number: count for number, count in db.session.execute(asked.group_by(Entry.submission_id))}  # type: ignore[attr-defined]


def _done(submissions: Sequence[int]) -> dict[int, set[ScoreStage]]:
    """The stages at which each submission's scoring is done, by the last step of each."""
    found: dict[int, set[ScoreStage]] = defaultdict(set)
    for row in db.session.scalars(
        select(ScoringTaken).where(ScoringTaken.submission_id.in_(submissions)).order_by(ScoringTaken.id)
    ):
        if row.step is ScoringStep.DONE:
            found[row.submission_id].add(row.stage)
        else:
            found[row.submission_id].discard(row.stage)
    return found


@dataclass(frozen=True)
class ScoredPeriod:
    """A scored period of the list. `edition`: the ranking in force or waiting, if any; `own`: the reader's report."""

    period: ReportingPeriod
    units: int
    sent: int
    done: int
    edition: Ranking | None
    own: Submission | None


def latest(bloc: Bloc) -> Sequence[ReportingPeriod]:
    """The scored periods of all years, the latest year first. One query."""
    return db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.bloc_id == bloc.id, ReportingPeriod.scored)
        .order_by(ReportingPeriod.year.desc(), ReportingPeriod.due_at.desc())
    ).all()


def of_year(bloc: Bloc, account: Account, year: int) -> list[ScoredPeriod]:
    """The scored periods of a bloc's year. Four queries."""
    periods = db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.bloc_id == bloc.id, ReportingPeriod.year == year, ReportingPeriod.scored)
        .options(selectinload(ReportingPeriod.extensions))
        .order_by(ReportingPeriod.due_at, ReportingPeriod.id)
    ).all()
    ids = [each.id for each in periods]
    by_period: dict[int, list[Submission]] = defaultdict(list)
    for submission in db.session.scalars(select(Submission).where(Submission.period_id.in_(ids))):
        by_period[submission.period_id].append(submission)
    done = _done([each.id for rows in by_period.values() for each in rows])
    editions: dict[int, Ranking] = {}
    for ranking in db.session.scalars(
        select(Ranking).where(Ranking.period_id.in_(ids), Ranking.revoked_at.is_(None)).order_by(Ranking.edition)
    ):
        editions[ranking.period_id] = ranking
    judged = {ScoreStage.BLOC, ScoreStage.SECOND, ScoreStage.COUNCIL}
    return [
        ScoredPeriod(
            each,
            len(by_period[each.id]),
            sum(row.state in (SubmissionState.SENT, SubmissionState.ACCEPTED) for row in by_period[each.id]),
            sum(bool(done[row.id] & judged) for row in by_period[each.id]),
            editions.get(each.id),
            next((row for row in by_period[each.id] if row.unit_id == account.unit_id), None),
        )
        for each in periods
    ]
