"""What waits for an account in its blocs' reporting periods: own reports, reports to check, periods to move on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker import policy
from tracker.db import db
from tracker.domain.period_dates import extended
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage, ScoringStep
from tracker.domain.submissions import SubmissionState
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.scoring import Explanation, Score, ScoringTaken, SetApart
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit


class PeriodWork(StrEnum):
    """What is to be done; the view knows the words, the button and the page of each."""

    SEND = "send"
    MEND = "mend"
    SIGN = "sign"
    CHECK = "check"
    OPEN = "open"
    PREPARE = "prepare"
    PUBLISH = "publish"
    SCORE = "score"
    EXPLAIN = "explain"
    LOOK_AGAIN = "look_again"
    DECIDE = "decide"
    RANK = "rank"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class PeriodTask:
    """One thing that waits; `submission` of the own unit, or the only one to check or to score; `count` of reports to
    check, units to score, lines that were explained; `ranking` that waits for its confirmation.
    """

    kind: PeriodWork
    due_on: date | None
    bloc: Bloc
    period: ReportingPeriod
    submission: Submission | None = None
    count: int = 0
    ranking: Ranking | None = None


#: The states in which something of a period may wait for somebody.
RUNNING = (PeriodState.PLANNED, PeriodState.OPEN, PeriodState.REVIEWING)


def waiting(account: Account, blocs: list[Bloc], day: date) -> list[PeriodTask]:
    """In the order of the periods' due moments. Four queries for any number of blocs and units, one more for each
    period that the reader scores, and another once its points are shared."""
    by_id = {bloc.id: bloc for bloc in blocs}
    periods = db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.bloc_id.in_(by_id), ReportingPeriod.state.in_(RUNNING))
        .options(selectinload(ReportingPeriod.extensions).joinedload(Extension.by))
        .order_by(ReportingPeriod.due_at, ReportingPeriod.id)
    ).all()
    known = [period for period in periods if policy.may_see_period(account, period, day)]
    submissions: dict[int, list[Submission]] = defaultdict(list)
    for submission in db.session.scalars(
        select(Submission)
        .where(
            Submission.period_id.in_([period.id for period in known]),
            (Submission.unit_id == (account.unit_id or 0)) | (Submission.state == SubmissionState.SENT),
        )
        .options(joinedload(Submission.unit).selectinload(Unit.names))
    ):
        submissions[submission.period_id].append(submission)
    return [
        task
        for period in known
        for task in _of_period(account, by_id[period.bloc_id], period, submissions[period.id], day)
    ]


def _of_period(
    account: Account, bloc: Bloc, period: ReportingPeriod, submissions: list[Submission], day: date
) -> Iterable[PeriodTask]:
    kind = PeriodWork
    if period.state is PeriodState.PLANNED:
        if period.opens_on <= day and policy.may_keep_period(account, period, day):
            yield PeriodTask(kind.OPEN, period.opens_on, bloc, period)
        return
    if period.state is PeriodState.REVIEWING:
        if not period.scored:
            yield from _publication(account, bloc, period, day)
        else:
            yield from _scoring(account, bloc, period, submissions, day)
        return
    for submission in submissions:
        if submission.unit_id == account.unit_id:
            yield from _own(account, bloc, period, submission, day)
    to_check = [one for one in submissions if one.state is SubmissionState.SENT and _checks(account, one, day)]
    if to_check:
        locks_on = _local(bloc, period.locks_at)
        yield PeriodTask(kind.CHECK, locks_on, bloc, period, to_check[0] if len(to_check) == 1 else None, len(to_check))


def _checks(account: Account, submission: Submission, day: date) -> bool:
    return policy.may_check_submission(account, submission, day)


def _own(
    account: Account, bloc: Bloc, period: ReportingPeriod, submission: Submission, day: date
) -> Iterable[PeriodTask]:
    if submission.state not in SubmissionState.writable():
        return
    kind = PeriodWork
    extension = period.extension_of(submission.unit_id)
    due = extended(period.due_at, extension.until if extension else None, bloc.authority.time_zone)
    if submission.with_head_at is not None and policy.may_sign_submission(account, submission, day):
        yield PeriodTask(kind.SIGN, _local(bloc, due), bloc, period, submission)
    elif submission.state is SubmissionState.RETURNED:
        yield PeriodTask(kind.MEND, _local(bloc, period.locks_at), bloc, period, submission)
    elif submission.with_head_at is None:
        yield PeriodTask(kind.SEND, _local(bloc, due), bloc, period, submission)


def _scoring(
    account: Account, bloc: Bloc, period: ReportingPeriod, submissions: list[Submission], day: date
) -> Iterable[PeriodTask]:
    """Until scoring closes the secretariat scores what nobody finished; until its own date the unit may explain.

    What a unit explained is looked at again; what is scored is put forward, what is put forward waits for another
    person.
    """
    closes_on = _local(bloc, period.scores_close_at) if period.scores_close_at else None
    own = next((one for one in submissions if one.unit_id == account.unit_id), None)
    ends_on = _local(bloc, period.explain_by) if period.explain_by else closes_on
    if own is not None and period.points_shared_at is not None and (ends_on is None or day <= ends_on):
        yield PeriodTask(PeriodWork.EXPLAIN, ends_on, bloc, period, own)
    if closes_on is None or day <= closes_on:
        yield from _points(account, bloc, period, day, closes_on)
    waits = period.prepared_at is not None and period.prepared_by_id != account.id
    if waits and policy.may_confirm_rankings(account, period, day):
        prepared = select(Ranking).where(
            Ranking.period_id == period.id, Ranking.published_at.is_(None), Ranking.revoked_at.is_(None)
        )
        waiting = db.session.scalars(prepared.order_by(Ranking.edition.desc())).first()
        yield PeriodTask(PeriodWork.CONFIRM, closes_on, bloc, period, ranking=waiting)


def _points(
    account: Account, bloc: Bloc, period: ReportingPeriod, day: date, closes_on: date | None
) -> Iterable[PeriodTask]:
    """For who scores some unit, or decides on points. No one is asked to score a unit that others have to judge."""
    shares, decides = policy.may_share_points(account, period, day), policy.may_decide_points(account, period, day)
    judges = shares or policy.may_stand_in(account, bloc, day)
    if not (judges or decides):
        return
    told = _unanswered(account, period) if shares and period.points_shared_at is not None else 0
    if told and period.prepared_at is None:
        yield PeriodTask(PeriodWork.LOOK_AGAIN, closes_on, bloc, period, count=told)
    left = _unfinished(period)
    own = [each for each in left if policy.may_score_bloc(account, each, day)] if judges else []
    if own:
        alone = own[0] if len(own) == 1 or not shares else None
        yield PeriodTask(PeriodWork.SCORE, closes_on, bloc, period, alone, len(own))
    if left or period.prepared_at is not None:
        return
    if shares and policy.may_prepare_ranking(account, period, day):
        yield PeriodTask(PeriodWork.RANK, closes_on, bloc, period)
    elif decides:
        yield PeriodTask(PeriodWork.DECIDE, closes_on, bloc, period)


def _unfinished(period: ReportingPeriod) -> Sequence[Submission]:
    """Reports whose scoring nobody has called done, at whichever stage, in the order of their units. One query."""
    last = (
        select(ScoringTaken.submission_id, func.max(ScoringTaken.id).label("last"))
        .group_by(ScoringTaken.submission_id, ScoringTaken.stage)
        .subquery()
    )
    done = (
        select(ScoringTaken.submission_id)
        .join(last, last.c.last == ScoringTaken.id)
        .where(ScoringTaken.step == ScoringStep.DONE)
    )
    apart = select(SetApart.submission_id)
    asked = select(Submission).where(
        Submission.period_id == period.id, Submission.id.not_in(done), Submission.id.not_in(apart)
    )
    return db.session.scalars(asked.order_by(Submission.id)).all()


def _unanswered(account: Account, period: ReportingPeriod) -> int:
    """Lines of other units that were explained and have had no second look since, nor the council's. One query."""
    seen = exists().where(
        Score.entry_id == Entry.id, Score.stage.in_((ScoreStage.SECOND, ScoreStage.COUNCIL)), Score.at >= Explanation.at
    )
    asked = (
        select(func.count())
        .select_from(Explanation)
        .join(Explanation.entry)
        .join(Entry.submission)
        .where(Submission.period_id == period.id, Submission.unit_id != (account.unit_id or 0), ~seen)
    )
    return db.session.scalar(asked) or 0


def _publication(account: Account, bloc: Bloc, period: ReportingPeriod, day: date) -> Iterable[PeriodTask]:
    if period.prepared_at is None:
        if policy.may_prepare_publication(account, period, day):
            yield PeriodTask(PeriodWork.PREPARE, None, bloc, period)
    elif period.prepared_by_id != account.id and policy.may_publish_period(account, period, day):
        yield PeriodTask(PeriodWork.PUBLISH, None, bloc, period)


@dataclass(frozen=True)
class PeriodDay:
    """A day of the blocs' calendar that a period sets."""

    day: date
    text: str
    period: ReportingPeriod


def calendar(account: Account, blocs: list[Bloc], day: date) -> list[PeriodDay]:
    """Due days and locks to come of periods that are not locked yet; of those that are being scored, until when a
    unit explains and points are given. One query.
    """
    by_id = {bloc.id: bloc for bloc in blocs}
    found = db.session.scalars(
        select(ReportingPeriod).where(ReportingPeriod.bloc_id.in_(by_id), ReportingPeriod.state.in_(RUNNING))
    ).all()
    days = []
    for period in found:
        if not policy.may_see_period(account, period, day):
            continue
        days += [PeriodDay(at, text, period) for at, text in _days(by_id[period.bloc_id], period)]
    return sorted((one for one in days if one.day >= day), key=lambda one: (one.day, one.period.id))


def _days(bloc: Bloc, period: ReportingPeriod) -> Iterable[tuple[date, str]]:
    name = period.period.label
    if period.state is PeriodState.PLANNED:
        yield period.opens_on, f"Mở kỳ báo cáo {name}"
    if period.state is not PeriodState.REVIEWING:
        yield _local(bloc, period.due_at), f"Hạn gửi báo cáo {name}"
        yield _local(bloc, period.locks_at), f"Khóa số liệu {name}"
    if period.scored and period.explain_by is not None:
        yield _local(bloc, period.explain_by), f"Hạn giải trình điểm {name}"
    if period.scored and period.scores_close_at is not None:
        yield _local(bloc, period.scores_close_at), f"Kết thúc chấm điểm {name}"


def _local(bloc: Bloc, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(bloc.authority.time_zone)).date()
