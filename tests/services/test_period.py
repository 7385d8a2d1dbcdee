"""Periods: founded, changed, opened, locked and unlocked; only the allowed moves, each kept with who and when."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from tests.reporting import (
    DUE_AT,
    LOCKS_AT,
    OPENS_ON,
    Leaf,
    make_period,
    make_pledge,
    make_sent,
    make_set,
    submission_of,
)
from tests.world import NOON, World, keep, make_unit
from tracker.db import db
from tracker.domain import period_dates
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodDates, PeriodState, PeriodStep
from tracker.domain.submissions import SectionKind, SubmissionState
from tracker.errors import Conflict, NotOpen, ReasonMissing, RuleBroken
from tracker.models.bloc import Membership
from tracker.models.criteria import Exemption
from tracker.models.notice import Notice
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Pledge, UnitTarget
from tracker.models.submission import Submission
from tracker.services import period as service

DATES = PeriodDates(OPENS_ON, DUE_AT, LOCKS_AT)
ZONE = "Asia/Ho_Chi_Minh"
SECOND = timedelta(seconds=1)


def found(world: World, **more) -> ReportingPeriod:
    given = {"year": 2026, "kind": PeriodKind.FIRST_HALF, "dates": DATES, **more}
    period = service.found(world.blocs["B"], **given, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    return period


def change(period: ReportingPeriod, world: World, *, at=NOON, seen=None, reason="", **more) -> ReportingPeriod:
    given = {
        "dates": period.dates, "scored": period.scored, "asks_figures": period.asks_figures,
        "criteria_set": period.criteria_set, "note": period.note, **more,
    }  # fmt: skip
    seen = period.version if seen is None else seen
    return service.change(period, **given, seen=seen, reason=reason, by=world.accounts["oL"], at=at)


def test_a_period_is_founded_once_a_year_and_kind(world: World):
    period = found(world)
    assert period.state is PeriodState.PLANNED
    with pytest.raises(RuleBroken, match="đã có kỳ 6 tháng đầu năm 2026") as refused:
        found(world)
    assert refused.value.field == "kind"


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        (replace(DATES, opens_on=date(2026, 5, 31)), "due_on"),
        (replace(DATES, due_at=DUE_AT.replace(year=2027), locks_at=LOCKS_AT.replace(year=2027)), "due_on"),
        (replace(DATES, locks_at=DUE_AT), "locks_on"),
        (replace(DATES, explain_by=LOCKS_AT), "explain_on"),
    ],
)
def test_dates_that_do_not_follow_are_refused_with_their_field(world: World, dates: PeriodDates, field: str):
    with pytest.raises(RuleBroken) as refused:
        found(world, dates=dates)
    assert refused.value.field == field


def test_a_scored_period_needs_a_criteria_set_and_figures(world: World):
    with pytest.raises(RuleBroken) as refused:
        found(world, scored=True)
    assert refused.value.field == "criteria_set"
    with pytest.raises(RuleBroken) as refused:
        found(world, scored=True, asks_figures=False, criteria_set=make_set(world.blocs["B"]))
    assert refused.value.field == "asks_figures"
    with pytest.raises(RuleBroken, match="khối khác"):
        found(world, criteria_set=make_set(world.blocs["C"]))


def test_usual_dates_are_those_of_the_half_year():
    dates = period_dates.usual(Period(2026, PeriodKind.FIRST_HALF), scored=True, zone=ZONE)
    local = ZoneInfo(ZONE)
    assert dates.opens_on == date(2026, 6, 1)
    assert dates.due_at == datetime(2026, 6, 30, 17, tzinfo=local)
    assert dates.locks_at == datetime(2026, 7, 10, 17, tzinfo=local)
    for kind in PeriodKind:
        for scored in (True, False):
            period = Period(2026, kind)
            usual = period_dates.usual(period, scored=scored, zone=ZONE)
            period_dates.check(usual, period, scored=scored, zone=ZONE)


def test_a_year_later_the_29th_of_february_is_the_28th():
    dates = PeriodDates(date(2028, 2, 29), datetime(2028, 2, 29, 23, 30, tzinfo=ZoneInfo(ZONE)), LOCKS_AT)
    moved = period_dates.later(dates, 1, ZONE)
    assert (moved.opens_on, moved.due_at) == (date(2029, 2, 28), datetime(2029, 2, 28, 23, 30, tzinfo=ZoneInfo(ZONE)))


def test_a_planned_period_changes_freely_and_a_stale_form_is_refused(world: World):
    period = found(world)
    seen = period.version
    change(period, world, dates=replace(DATES, locks_at=LOCKS_AT + timedelta(days=1)), note=" Gửi qua  chương trình ")
    db.session.commit()
    assert (period.locks_at, period.note) == (LOCKS_AT + timedelta(days=1), "Gửi qua chương trình")
    with pytest.raises(Conflict):
        change(period, world, seen=seen)


def test_dates_of_an_open_period_move_with_a_reason_and_only_ahead(world: World):
    period = make_period(world)
    ahead = replace(period.dates, due_at=DUE_AT + timedelta(days=2))
    with pytest.raises(ReasonMissing):
        change(period, world, dates=ahead)
    with pytest.raises(RuleBroken, match="đã qua") as refused:
        change(period, world, dates=replace(period.dates, due_at=NOON), reason="Nhầm")
    assert refused.value.field == "due_on"
    with pytest.raises(RuleBroken) as refused:
        change(period, world, dates=replace(period.dates, opens_on=date(2026, 5, 2)), reason="Nhầm")
    assert refused.value.field == "opens_on"
    change(period, world, dates=ahead, reason="Trùng kỳ nghỉ")
    assert period.due_at == DUE_AT + timedelta(days=2)
    told = db.session.scalars(select(Notice)).all()
    assert told and all("hạn gửi 17:00 ngày 01/06/2026. Lý do: Trùng kỳ nghỉ" in notice.text for notice in told)


def test_what_submissions_were_made_from_stays_once_open(world: World):
    period = make_period(world)
    for more in ({"scored": True}, {"asks_figures": False}, {"criteria_set": make_set(world.blocs["B"])}):
        with pytest.raises(NotOpen):
            change(period, world, **more)


def test_only_a_period_that_was_never_opened_is_taken_away(world: World):
    planned = make_period(world, state=PeriodState.PLANNED)
    service.remove(planned, by=world.accounts["oL"], at=NOON)
    opened = make_period(world, kind=PeriodKind.YEAR)
    with pytest.raises(NotOpen):
        service.remove(opened, by=world.accounts["oL"], at=NOON)
    assert list(db.session.scalars(select(ReportingPeriod))) == [opened]


def test_opening_gives_every_member_its_lines_targets_and_sections(world: World):
    pledge = make_pledge(world.blocs["B"], rows=[("Dự án", "dự án", 4), ("Hộ nghèo", "hộ", 12)])
    project, poor = pledge.rows
    tables = make_set(world.blocs["B"], leaves=[Leaf("Việc khác"), Leaf("Dự án", pledge_lineage=project.lineage)])
    leaf = tables.criteria[1]
    units = world.units
    keep(
        UnitTarget(row=project, unit=units["U"], target=Decimal(7)),
        UnitTarget(row=poor, unit=units["V"], assigned=False),
        Exemption(criterion=leaf, unit=units["L"], reason="Không có", by=world.accounts["bd"], at=NOON),
    )
    period = found(world, criteria_set=tables)
    service.open_now(period, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    made = {one.unit_id: one for one in period.submissions}
    assert set(made) == {units[letter].id for letter in "UVLDEN"}
    lines = {
        letter: [(entry.criterion or entry.pledge_row, entry.target, entry.assigned) for entry in made[u.id].entries]
        for letter, u in units.items() if u.id in made
    }  # fmt: skip
    two, three = tables.criteria[1:3]
    assert lines["U"] == [(two, None, True), (three, Decimal(7), True), (poor, Decimal(12), True)]
    assert lines["V"] == [(two, None, True), (three, Decimal(4), True), (poor, None, False)]
    assert lines["L"][0] == (two, None, False)
    assert all([s.kind for s in one.sections] == list(SectionKind) for one in made.values())
    assert all(one.state is SubmissionState.NOT_BEGUN for one in made.values())
    assert tables.frozen_at == NOON
    assert (period.state, period.opened_at, period.steps[-1].step) == (PeriodState.OPEN, NOON, PeriodStep.OPEN)
    assert period.steps[-1].by is world.accounts["oL"]


def test_a_narrative_period_has_no_lines_and_freezes_nothing(world: World):
    tables = make_set(world.blocs["B"])
    period = found(world, asks_figures=False, criteria_set=tables)
    service.open_now(period, by=world.accounts["oL"], at=NOON)
    assert [entry for one in period.submissions for entry in one.entries] == []
    assert tables.frozen_at is None


def test_opening_is_refused_before_its_day_after_its_due_moment_and_without_lines(world: World):
    by = world.accounts["oL"]
    period = found(world)
    with pytest.raises(RuleBroken, match="chưa có bộ tiêu chí và giao ước"):
        service.open_now(period, by=by, at=NOON)
    make_pledge(world.blocs["B"])
    with pytest.raises(NotOpen, match="01/05/2026"):
        service.open_now(period, by=by, at=datetime(2026, 4, 30, 16, 59, 59, tzinfo=ZoneInfo("UTC")))
    with pytest.raises(RuleBroken, match="đã qua"):
        service.open_now(period, by=by, at=DUE_AT)
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 0
    service.open_now(period, by=by, at=datetime(2026, 4, 30, 17, 0, tzinfo=ZoneInfo("UTC")))
    with pytest.raises(NotOpen):
        service.open_now(period, by=by, at=NOON)


def test_a_unit_admitted_later_joins_an_open_period_once(world: World):
    make_pledge(world.blocs["B"])
    period = make_period(world)
    newcomer = make_unit(world.authority, "Đơn vị mới")
    keep(newcomer, Membership(bloc=world.blocs["B"], unit=newcomer, position=9, starts_on=NOON.date()))
    joined = service.join(period, newcomer, by=world.accounts["oL"], at=NOON)
    assert [entry.target for entry in joined.entries] == [Decimal(4)]
    for unit in (newcomer, world.units["X"]):
        with pytest.raises(RuleBroken):
            service.join(period, unit, by=world.accounts["oL"], at=NOON)


def test_the_lock_comes_at_its_second_and_no_clock_undoes_it(world: World):
    period = make_period(world)
    assert service.lock_due(at=LOCKS_AT - SECOND) == []
    assert service.lock_due(at=LOCKS_AT) == [period]
    db.session.commit()
    assert (period.state, period.locked_at) == (PeriodState.REVIEWING, LOCKS_AT)
    assert (period.steps[-1].step, period.steps[-1].by) == (PeriodStep.LOCK, None)
    assert service.lock_due(at=LOCKS_AT) == []
    assert service.lock_due(at=NOON) == []
    assert period.state is PeriodState.REVIEWING


def test_nobody_in_time_is_cut_short_by_an_early_lock(world: World):
    period = make_period(world)
    with pytest.raises(RuleBroken, match="Còn 6 đơn vị"):
        service.lock(period, by=world.accounts["oL"], at=NOON)
    for letter in "UVLDEN":
        make_sent(submission_of(period, world, letter), world.accounts["oU"])
    service.lock(period, by=world.accounts["oL"], at=NOON)
    assert (period.locked_at, period.steps[-1].by) == (NOON, world.accounts["oL"])


def test_after_the_due_moment_the_leader_may_lock_those_who_are_late(world: World):
    period = make_period(world)
    service.lock(period, by=world.accounts["oL"], at=DUE_AT)
    assert period.state is PeriodState.REVIEWING


def test_unlocking_needs_a_reason_and_a_moment_ahead(world: World):
    period = make_period(world, scored=True, criteria_set=make_set(world.blocs["B"]))
    service.lock_due(at=LOCKS_AT)
    by, at = world.accounts["bd"], LOCKS_AT + timedelta(days=1)
    with pytest.raises(ReasonMissing):
        service.unlock(period, new_locks_at=at + SECOND, reason=" ", by=by, at=at)
    with pytest.raises(RuleBroken) as refused:
        service.unlock(period, new_locks_at=at, reason="Sai số", by=by, at=at)
    assert refused.value.field == "locks_on"
    explained, scores = period.explain_by, period.scores_close_at
    later = explained + SECOND
    service.unlock(period, new_locks_at=later, reason="Sai số liệu của Đơn vị U", by=by, at=at)
    assert (period.state, period.locked_at, period.locks_at) == (PeriodState.OPEN, None, later)
    assert (period.explain_by - explained, period.scores_close_at) == (later - LOCKS_AT, scores)
    assert period.steps[-1].reason == "Sai số liệu của Đơn vị U"
    assert service.lock_due(at=later) == [period]


def test_a_scored_period_opens_only_by_a_complete_table(world: World):
    by = world.accounts["oL"]
    period = found(world, scored=True, criteria_set=make_set(world.blocs["B"], declared_total=Decimal(100)))
    with pytest.raises(RuleBroken, match="chưa dùng để chấm điểm được"):
        service.open_now(period, by=by, at=NOON)
    assert period.submissions == []
    whole = make_set(world.blocs["B"], year=2025, declared_total=Decimal(30))
    change(period, world, criteria_set=whole)
    service.open_now(period, by=by, at=NOON)
    assert period.state is PeriodState.OPEN


def test_a_year_is_copied_with_dates_table_and_pledge_and_nothing_twice(world: World):
    bloc, by = world.blocs["B"], world.accounts["oL"]
    make_pledge(bloc)
    tables = make_set(bloc, frozen=True)
    make_period(world, criteria_set=tables, note="Gửi đúng hạn")
    make_period(world, kind=PeriodKind.YEAR, state=PeriodState.PLANNED)
    half, year = service.copy_year(bloc, from_year=2026, to_year=2027, by=by, at=NOON)
    db.session.commit()
    assert (half.kind, half.state, half.note) == (PeriodKind.FIRST_HALF, PeriodState.PLANNED, "Gửi đúng hạn")
    assert (half.opens_on, half.due_at) == (date(2027, 5, 1), DUE_AT.replace(year=2027))
    assert half.criteria_set.year == 2027
    assert [row.lineage for row in half.criteria_set.criteria] == [row.lineage for row in tables.criteria]
    assert (half.criteria_set.frozen_at, year.criteria_set, half.submissions) == (None, None, [])
    rows = db.session.scalars(select(Pledge).where(Pledge.year == 2027)).one().rows
    assert [row.year_plan for row in rows] == [Decimal(4)]
    with pytest.raises(RuleBroken, match="đã có đủ"):
        service.copy_year(bloc, from_year=2026, to_year=2027, by=by, at=NOON)
    with pytest.raises(RuleBroken, match="không có kỳ báo cáo nào"):
        service.copy_year(bloc, from_year=2020, to_year=2028, by=by, at=NOON)
