"""The board of a period: counts, filters, lateness, who may do what, and what it costs."""

from datetime import timedelta
from io import BytesIO
from time import perf_counter

import pytest
import time_machine
from openpyxl import load_workbook

from tests.counting import counted
from tests.reporting import DUE_AT, Leaf, make_period, make_sent, make_set, submission_of
from tests.world import BEGINNING, NOON, Browser, World, keep, make_unit
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.submissions import SubmissionState
from tracker.models.bloc import Membership
from tracker.models.notice import Notice
from tracker.models.period import ReportingPeriod
from tracker.queries import period_board as queries
from tracker.services.recording import acting

DAY = timedelta(days=1)


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    leaves = [
        Leaf("Văn bản", unit_of_measure="văn bản"),
        Leaf("Giải ngân", evidence_required=True),
        Leaf("Sáng kiến", function=ScoreFunction.MANUAL, direction=None),
        Leaf("Ngày gửi", function=ScoreFunction.LATENESS, direction=None),
    ]
    return make_period(world, criteria_set=make_set(world.blocs["B"], leaves=leaves))


def path(period: ReportingPeriod, more: str = "") -> str:
    return f"/periods/{period.public_id}/board{more}"


def row(world: World, period: ReportingPeriod, letter: str, now=NOON) -> queries.BoardRow:
    found = queries.rows(period, now=now, day=NOON.date())
    return next(each for each in found if each.unit is world.units[letter])


def test_lines_count_as_their_rule_asks(world: World, period: ReportingPeriod):
    entries = submission_of(period, world, "U").entries
    assert (row(world, period, "U").filled, row(world, period, "U").asked) == (0, 3)
    with acting(None, NOON):
        entries[0].count = 4
        entries[1].actual = 95
        entries[2].note = "Hai sáng kiến"
    db.session.commit()
    shown = row(world, period, "U")
    assert (shown.filled, shown.asked, shown.no_evidence, shown.percent) == (2, 3, 1, 66)
    with acting(None, NOON):
        entries[0].assigned = False
    db.session.commit()
    assert (row(world, period, "U").filled, row(world, period, "U").asked) == (2, 2)


def test_lateness_is_of_the_first_sending_or_of_now(world: World, period: ReportingPeriod):
    make_sent(submission_of(period, world, "U"), world.accounts["oU"], at=DUE_AT + timedelta(hours=1))
    make_sent(submission_of(period, world, "V"), world.accounts["oV"], at=DUE_AT - 3 * DAY)
    assert row(world, period, "U", DUE_AT + 9 * DAY).late == 1
    assert row(world, period, "V").late == 0
    assert row(world, period, "E").late is None
    assert row(world, period, "E", DUE_AT + 2 * DAY).late == 2


def test_who_holds_it_is_named_and_nobody_checks_itself(world: World, period: ReportingPeriod):
    for letter, persona in (("U", "oU"), ("L", "oL"), ("D", "oD")):
        make_sent(submission_of(period, world, letter), world.accounts[persona])
    make_sent(
        submission_of(period, world, "V"), world.accounts["oV"], state=SubmissionState.ACCEPTED,
        checker=world.accounts["oL"],
    )  # fmt: skip
    held = {letter: row(world, period, letter).holder for letter in "ULDVE"}
    assert held == {
        "U": queries.Holder.SECRETARIAT, "L": queries.Holder.DEPUTY, "D": queries.Holder.SECRETARIAT,
        "V": queries.Holder.DONE, "E": queries.Holder.UNIT,
    }  # fmt: skip


@time_machine.travel(NOON, tick=False)
def test_the_board_is_the_secretariats_and_the_boards_until_publication(world: World, period: ReportingPeriod):
    for persona, status in (("oL", 200), ("oD", 200), ("bd", 200), ("oU", 403), ("oX", 404), ("ad", 403)):
        assert world.browser(persona).get(path(period)).status_code == status, persona


@time_machine.travel(DUE_AT + 2 * DAY, tick=False)
def test_counts_are_the_filter_and_the_filter_stays_in_the_workbook(app, world: World, period: ReportingPeriod):
    make_sent(submission_of(period, world, "U"), world.accounts["oU"], at=DUE_AT - DAY)
    browser = Browser(app, world.accounts["oL"], DUE_AT + 2 * DAY)
    whole = browser.get(path(period)).text
    for said in ("6 đơn vị, đến 17:00 ngày 01/06/2026", "trước 1 ngày", "quá 2 ngày", "Nhắc 5 đơn vị chưa gửi"):
        assert said in whole
    sent = browser.get(path(period, "?state=sent")).text
    assert "1 đơn vị, đến" in sent
    assert "Đơn vị V" not in sent
    assert "5 đơn vị, đến" in browser.get(path(period, "?state=late")).text
    assert "6 đơn vị, đến" in browser.get(path(period, "?state=nonsense")).text
    book = load_workbook(BytesIO(browser.get(path(period, "/workbook?state=sent")).data))
    units = {cell.value for line in book.active.iter_rows() for cell in line}
    assert "Đơn vị U" in units
    assert "Đơn vị V" not in units


@time_machine.travel(NOON, tick=False)
def test_a_reminder_is_one_click_and_not_twice(world: World, period: ReportingPeriod):
    make_sent(submission_of(period, world, "U"), world.accounts["oU"])
    browser = world.browser("oL")
    remind = f"/periods/{period.public_id}/remind"
    assert browser.post(remind).status_code == 302
    assert "Đã nhắc 5 đơn vị chưa gửi" in browser.get(path(period)).text
    told = db.session.query(Notice).count()
    assert told
    browser.post(remind)
    assert "chưa nhắc lại" in browser.get(path(period)).text
    assert db.session.query(Notice).count() == told
    assert world.browser("oU").post(remind).status_code == 403


@time_machine.travel(NOON, tick=False)
def test_an_extension_is_granted_on_a_page_that_says_what_it_changes(world: World, period: ReportingPeriod):
    at = f"/periods/{period.public_id}/units/{world.units['U'].public_id}/extend"
    page = world.browser("oL").get(at).text
    for said in ("Gia hạn cho Đơn vị U", "17:00 ngày 02/06/2026", "5 đơn vị còn lại", "giữ hạn 30/05/2026"):
        assert said in page
    given = {"until": "03/06/2026", "reason": "Có công văn", "version": "1"}
    refused = world.browser("oL").post(at, {**given, "until": "30/05/2026"})
    assert refused.status_code == 422
    assert "phải sau hạn gửi" in refused.text
    assert world.browser("oL").post(at, given).status_code == 302
    assert "gia hạn đến 03/06/2026" in world.browser("oL").get(path(period)).text
    assert "Có công văn" in world.browser("oV").get(f"/periods/{period.public_id}").text


@time_machine.travel(NOON, tick=False)
def test_who_may_extend_follows_the_unit(world: World, period: ReportingPeriod):
    expected = {
        "U": {"oL": 200, "hL": 200, "bd": 200, "oD": 403, "oU": 403, "oV": 403, "ad": 403, "oX": 404, "bq": 404},
        "L": {"oL": 403, "oD": 200, "hD": 200, "bd": 200, "oU": 403},
    }
    for letter, answers in expected.items():
        at = f"/periods/{period.public_id}/units/{world.units[letter].public_id}/extend"
        for persona, status in answers.items():
            assert world.browser(persona).get(at).status_code == status, (letter, persona)
    gone = f"/periods/{period.public_id}/units/{world.units['X'].public_id}/extend"
    assert world.browser("oL").get(gone).status_code == 404


def many_units(world: World, count: int) -> None:
    made = [make_unit(world.authority, f"Đơn vị thêm {place}") for place in range(count)]
    rows = [
        Membership(bloc=world.blocs["B"], unit=unit, position=10 + place, starts_on=BEGINNING)
        for place, unit in enumerate(made)
    ]
    keep(*made, *rows)


@time_machine.travel(NOON, tick=False)
def test_the_board_costs_the_same_for_six_units_and_for_thirty(world: World, period: ReportingPeriod):
    browser = world.browser("oL")
    browser.get(path(period))
    with counted() as few:
        browser.get(path(period))
    many_units(world, 24)
    larger = make_period(world, year=2025, criteria_set=period.criteria_set)
    with counted() as many:
        page = browser.get(path(larger)).text
    assert "30 đơn vị, đến" in page
    print(f"board: {len(few)} queries")
    assert len(few) == len(many)


@time_machine.travel(NOON, tick=False)
def test_two_hundred_units_are_shown_on_one_page(world: World, period: ReportingPeriod):
    many_units(world, 194)
    larger = make_period(world, year=2025, criteria_set=period.criteria_set)
    browser = world.browser("oL")
    browser.get(path(larger))
    began = perf_counter()
    page = browser.get(path(larger)).text
    print(f"board of 200: {(perf_counter() - began) * 1000:.0f} ms")
    assert "200 đơn vị, đến" in page
