"""Tasks of reporting periods on "Việc của tôi": for the unit, the secretariat, those who open and publish."""

from datetime import date

import pytest
import time_machine

from tests.counting import counted
from tests.reporting import LOCKS_AT, make_period, make_pledge, make_sent, submission_of
from tests.world import NOON, TODAY, World
from tracker.db import db
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SubmissionState
from tracker.models.period import ReportingPeriod
from tracker.queries import work, work_periods
from tracker.queries.work_periods import PeriodWork
from tracker.services import extension, publication
from tracker.services.recording import acting


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def waiting(world: World, persona: str) -> list[work_periods.PeriodTask]:
    account = world.accounts[persona]
    return work_periods.waiting(account, work.blocs_of(account, TODAY), TODAY)


def kinds(world: World, persona: str) -> list[PeriodWork]:
    return [task.kind for task in waiting(world, persona)]


def set_state(period: ReportingPeriod, world: World, letter: str, **values) -> None:
    with acting(None, NOON):
        for name, value in values.items():
            setattr(submission_of(period, world, letter), name, value)
    db.session.commit()


def test_a_unit_sends_by_its_own_due_day(world: World):
    period = make_period(world)
    extension.grant(
        period, world.units["U"], until=date(2026, 6, 3), reason="Có công văn", by=world.accounts["oL"], at=NOON
    )
    db.session.commit()
    assert [(t.kind, t.due_on) for t in waiting(world, "oU")] == [(PeriodWork.SEND, date(2026, 6, 3))]
    assert [(t.kind, t.due_on) for t in waiting(world, "oV")] == [(PeriodWork.SEND, date(2026, 5, 30))]
    page = world.browser("oU").get("/").text
    assert "Gửi báo cáo 6 tháng đầu năm 2026" in page
    assert "Hạn gửi báo cáo 6 tháng đầu năm 2026" in page


def test_what_was_prepared_waits_for_the_head_alone(world: World):
    period = make_period(world)
    set_state(period, world, "U", state=SubmissionState.DRAFT, with_head_at=NOON)
    assert kinds(world, "hU") == [PeriodWork.SIGN]
    assert kinds(world, "oU") == []


def test_the_secretariat_checks_what_was_sent_and_never_its_own(world: World):
    period = make_period(world)
    for letter, persona in (("U", "oU"), ("V", "oV"), ("L", "oL")):
        make_sent(submission_of(period, world, letter), world.accounts[persona])
    counts = {p: [t.count for t in waiting(world, p) if t.kind is PeriodWork.CHECK] for p in ("oL", "oD", "oU", "bd")}
    assert counts == {"oL": [2], "oD": [3], "oU": [], "bd": []}
    assert "3 báo cáo đã gửi" in world.browser("oD").get("/").text


def test_what_came_back_is_mended_until_the_lock(world: World):
    period = make_period(world)
    make_sent(submission_of(period, world, "U"), world.accounts["oU"], state=SubmissionState.RETURNED)
    assert [(task.kind, task.due_on) for task in waiting(world, "oU")] == [(PeriodWork.MEND, LOCKS_AT.date())]
    assert "Sửa và gửi lại báo cáo" in world.browser("oU").get("/").text


def test_a_period_whose_day_has_come_waits_for_whoever_opens_it(world: World):
    make_pledge(world.blocs["B"])
    make_period(world, state=PeriodState.PLANNED)
    tomorrow = make_period(world, state=PeriodState.PLANNED, kind=PeriodKind.YEAR)
    with acting(None, NOON):
        tomorrow.opens_on = date(2026, 5, 16)
    db.session.commit()
    assert kinds(world, "oL") == [PeriodWork.OPEN]
    assert kinds(world, "oU") == []
    assert "Đã đến ngày mở" in world.browser("oL").get("/").text


def test_publication_waits_for_another_than_who_put_it_forward(world: World):
    period = make_period(world, state=PeriodState.REVIEWING)
    assert kinds(world, "oL") == [PeriodWork.PREPARE]
    publication.prepare(period, by=world.accounts["hL"], at=NOON)
    db.session.commit()
    assert kinds(world, "hL") == []
    assert kinds(world, "bd") == [PeriodWork.PUBLISH]
    assert "Xem và công bố" in world.browser("bd").get("/").text


def test_the_page_costs_the_same_for_one_period_and_for_five(world: World):
    make_period(world)
    browser = world.browser("oL")
    browser.get("/")
    with counted() as few:
        browser.get("/")
    for kind in (PeriodKind.YEAR, PeriodKind.QUARTER_1, PeriodKind.QUARTER_2, PeriodKind.SECOND_HALF):
        period = make_period(world, kind=kind)
        make_sent(submission_of(period, world, "U"), world.accounts["oU"])
    with counted() as many:
        browser.get("/")
    assert len(few) == len(many)
