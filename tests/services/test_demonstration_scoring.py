"""The invented cụm's quarter in the middle of its scoring, on any day: locked, open for points, three units begun."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import make_app
from tests.services.test_demonstration_reporting import DAYS, midday, rows_of
from tracker.db import db
from tracker.domain import demo_dates
from tracker.domain.blocs import AccountRole, TermRole
from tracker.domain.criteria import CriterionPart, ScoreFunction
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage
from tracker.domain.submissions import SubmissionState
from tracker.models.account import Account
from tracker.models.audit import AuditEntry
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import ClassBand, QuotaHint, Score, ScoringTaken, TieRow
from tracker.models.submission import Entry, Submission
from tracker.policy import may_score_bloc, may_see_desk, may_share_points
from tracker.queries import ranking as rankings
from tracker.queries import ranking_order, scoring_progress
from tracker.services import scoring
from tracker.services.score_gate import open_for_points

LEADER, DEPUTY = "Xã Đông Minh Họa", "Phường Hòa Minh Họa"
DONE = {"Xã An Minh Họa", "Phường Trung Minh Họa"}


@pytest.fixture(params=DAYS, ids=str)
def as_of(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture
def quarter(
    as_of: date, demonstrated: Callable[[date, Path], float], tmp_path: Path
) -> Iterator[ReportingPeriod]:
    """The scored period of the invented cụm as of a day."""
    demonstrated(as_of, tmp_path)
    with make_app(tmp_path).app_context():
        cum = select(Bloc.id).where(Bloc.code == "CPD").scalar_subquery()
        yield db.session.scalars(
            select(ReportingPeriod).where(ReportingPeriod.bloc_id == cum, ReportingPeriod.scored)
        ).one()
        db.session.remove()
        db.engine.dispose()


def by_name(period: ReportingPeriod) -> dict[str, Submission]:
    return {each.unit.named_on(period.period.last_day).name: each for each in period.submissions}


def officer(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email == f"{email}@minhhoa.example")).one()


def test_quarter_is_locked_and_open_for_scoring(as_of, quarter):
    now = midday(as_of)
    assert quarter.period == demo_dates.last_quarter(as_of)
    assert quarter.period.last_day < as_of
    assert quarter.state is PeriodState.REVIEWING
    assert quarter.opens_on == as_of - timedelta(days=30)
    assert quarter.due_at < quarter.locked_at < now < quarter.explain_by < quarter.scores_close_at
    assert (as_of - quarter.due_at.date()).days == 12 and (as_of - quarter.locked_at.date()).days == 6
    assert (quarter.explain_by.date() - as_of).days == 5 and (quarter.scores_close_at.date() - as_of).days == 14
    assert quarter.points_shared_at is None and quarter.prepared_at is None
    open_for_points(quarter, now)


def test_reports_of_the_quarter_stand_as_units_left_them(as_of, quarter):
    reports = by_name(quarter)
    states = {name: each.state for name, each in reports.items()}
    assert states.pop("Xã Bình Minh Họa") is SubmissionState.DRAFT
    assert len(states) == 5 and set(states.values()) == {SubmissionState.ACCEPTED}
    late = [name for name, each in reports.items() if each.first_sent_at and each.first_sent_at > quarter.due_at]
    assert late == ["Xã Tân Minh Họa"]
    unassigned = [(line.submission_id, line.criterion.number) for line in lines_of(quarter) if not line.assigned]
    assert unassigned == [(reports["Phường Trung Minh Họa"].id, "4")]


def lines_of(period: ReportingPeriod) -> list[Entry]:
    return [line for each in period.submissions for line in each.entries]


def test_two_units_are_done_one_is_half_and_three_not_begun(as_of, quarter):
    found = {each.submission.unit.named_on(as_of).name: each for each in scoring_progress.of_period(quarter)}
    assert {name for name, each in found.items() if ScoreStage.BLOC in each.done} == DONE
    assert all(found[name].judged == found[name].lines for name in DONE)
    half = {name: each.judged for name, each in found.items() if each.begun and name not in DONE}
    assert half == {DEPUTY: found[DEPUTY].lines // 2}
    assert not found[LEADER].begun


def test_points_that_differ_have_reasons_and_nobody_judged_itself(as_of, quarter):
    judged = db.session.scalars(
        select(Score).join(Entry).where(
            Entry.submission_id.in_([each.id for each in quarter.submissions]), Score.stage == ScoreStage.BLOC
        )
    ).all()  # fmt: skip
    assert all(row.by is not None and row.by.unit_id != row.entry.submission.unit_id for row in judged)
    assert all(row.by is not None and row.by.role is AccountRole.OFFICER for row in judged)
    told = [row for row in judged if row.reason]
    assert all("minh họa" in row.reason for row in told)
    assert len([row for row in told if row.entry.submission.unit.named_on(as_of).name in DONE]) >= 2


def test_the_leaders_unit_waits_for_the_deputy(as_of, quarter):
    reports = by_name(quarter)
    leading = [term.unit for term in quarter.bloc.terms if term.role is TermRole.LEADER and term.holds_on(as_of)]
    assert [unit.named_on(as_of).name for unit in leading] == [LEADER]
    secretary, deputy = officer("xadong"), officer("phuonghoa")
    assert not may_score_bloc(secretary, reports[LEADER], as_of)
    assert may_score_bloc(deputy, reports[LEADER], as_of) and may_see_desk(deputy, reports[LEADER], as_of)
    assert may_score_bloc(secretary, reports[DEPUTY], as_of) and not may_score_bloc(deputy, reports[DEPUTY], as_of)
    assert may_share_points(secretary, quarter, as_of)


def test_deputy_can_finish_the_leaders_unit_today(as_of, quarter):
    each, at = by_name(quarter)[LEADER], midday(as_of)
    scoring.accept_proposed(each, ScoreStage.BLOC, by=officer("phuonghoa"), at=at)
    scoring.finish(each, ScoreStage.BLOC, by=officer("phuonghoa"), at=at)
    assert all(line.assigned for line in each.entries)
    db.session.rollback()


def test_live_order_is_made(as_of, quarter):
    shown = ranking_order.order(quarter)
    assert len(shown.units) == 6
    done = [unit for unit in shown.units if unit.name in DONE]
    assert [unit.rank for unit in done] == [1, 2] and all(unit.class_name for unit in done)
    assert all(unit.blank == 0 for unit in done)
    assert [unit.name for unit in shown.units] == [unit.name for unit in rankings.collect(quarter).units]


def test_criteria_of_the_cum_are_its_own(as_of, quarter):
    made = quarter.criteria_set
    assert made is not None and made.year == quarter.year and made.frozen_at is not None
    leaves = [row for row in made.criteria if row.function is not None]
    main = [leaf for leaf in leaves if leaf.part is CriterionPart.MAIN]
    assert 8 <= len(main) <= 10 and sum(leaf.maximum for leaf in main) == made.declared_total == 100
    assert {leaf.part for leaf in leaves} == set(CriterionPart)
    assert {leaf.function for leaf in leaves} >= {
        ScoreFunction.YES_NO, ScoreFunction.MANUAL, ScoreFunction.BANDS, ScoreFunction.PER_OCCURRENCE,
        ScoreFunction.LATENESS, ScoreFunction.PROPORTIONAL, ScoreFunction.BEST_SHARE,
    }  # fmt: skip
    for rows in (TieRow, ClassBand, QuotaHint):
        assert rows_of(rows, rows.criteria_set_id == made.id) >= 1


def test_nothing_of_the_quarter_is_recorded_after_the_day(as_of, quarter):
    ends = midday(as_of)
    steps = db.session.scalars(select(ScoringTaken.at).where(
        ScoringTaken.submission_id.in_([each.id for each in quarter.submissions]))).all()  # fmt: skip
    points = db.session.scalars(select(Score.at)).all()
    assert steps and max(*steps, *points) < ends
    assert rows_of(AuditEntry, AuditEntry.chain == quarter.bloc.authority.public_id, AuditEntry.at > ends) == 0


def test_quarter_is_marked_as_illustration(as_of, quarter):
    assert quarter.bloc.authority.illustration
    assert "minh họa" in (quarter.note or "") and "minh họa" in (quarter.criteria_set.decision or "")


def test_last_quarter_is_over_and_less_than_a_quarter_ago():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(800)]
    assert all(0 < (day - demo_dates.last_quarter(day).last_day).days <= 92 for day in days)
    assert demo_dates.last_quarter(date(2026, 12, 31)) == Period(2026, PeriodKind.QUARTER_3)
    assert demo_dates.last_quarter(date(2027, 1, 1)) == Period(2026, PeriodKind.QUARTER_4)
