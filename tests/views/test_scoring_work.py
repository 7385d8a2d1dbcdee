"""Who is asked to score, decide and confirm, where each task leads, and what is said before sharing too early."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from tests.reporting import LOCKS_AT, make_period, make_set
from tests.services.test_ranking import prepare, scored
from tests.services.test_scoring import AFTER, give, line, of, period, points
from tests.views.test_ranking import browser, words
from tests.world import NOON, World, make_term
from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.domain.criteria import CriterionPart, ScoreFunction
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage, Standing
from tracker.errors import ReasonMissing, RuleBroken
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.queries import work, work_periods
from tracker.queries.work_periods import PeriodWork
from tracker.services import explanation, scoring
from tracker.services.recording import acting

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def tasks(world: World, persona: str) -> list[tuple[PeriodWork, int, str]]:
    """(kind, count, the unit that it leads to)."""
    account, day = world.accounts[persona], AFTER.date()
    return [
        (task.kind, task.count, task.submission.unit.names[0].name if task.submission else "")
        for task in work_periods.waiting(account, work.blocs_of(account, day), day)
    ]


def finish(period: ReportingPeriod, world: World, letters: str) -> None:
    for letter in letters:
        by = world.accounts["oD" if letter == "L" else "oL"]
        scoring.finish(of(period, world, letter), ScoreStage.BLOC, by=by, at=AFTER)
    db.session.commit()


def test_nobody_is_asked_to_score_the_own_unit(scored, world):
    assert tasks(world, "oL") == [(PeriodWork.SCORE, 5, "")] == tasks(world, "oD")
    finish(scored, world, "UVEN")
    assert tasks(world, "oL") == [(PeriodWork.SCORE, 1, "Đơn vị D")]
    assert tasks(world, "oD") == [(PeriodWork.SCORE, 1, "Đơn vị L")]
    desk = f"/submissions/{of(scored, world, 'L').public_id}/scoring"
    assert f'href="{desk}"' in browser(world, "oD").get("/").text
    finish(scored, world, "D")
    assert tasks(world, "oL") == [], "what is left is the deputy's, and not put forward yet"
    assert tasks(world, "oU") == [] == tasks(world, "bd")
    finish(scored, world, "L")
    assert tasks(world, "oL") == [(PeriodWork.RANK, 0, "")]
    assert tasks(world, "bd") == [(PeriodWork.DECIDE, 0, "")]


def test_a_unit_apart_keeps_nobody_waiting(scored, world):
    finish(scored, world, "UVDEL")
    assert tasks(world, "oL") == [(PeriodWork.SCORE, 1, "Đơn vị N")]
    explanation.set_apart(
        of(scored, world, "N"), standing=Standing.WITHDRAWN, reason="Xin rút", by=world.accounts["oL"], at=AFTER
    )
    db.session.commit()
    assert tasks(world, "oL") == [(PeriodWork.RANK, 0, "")]


def test_a_named_unit_is_asked_to_score_the_leader_at_its_desk(scored, world):
    with acting(None, AFTER):
        for term in world.blocs["B"].terms:
            if term.role is TermRole.DEPUTY:
                term.ends_on = AFTER.date()
        make_term(world.blocs["B"], world.units["V"], TermRole.STAND_IN, AFTER.date())
    db.session.commit()
    assert tasks(world, "oV") == [(PeriodWork.SCORE, 1, "Đơn vị L")]
    desk = f"/submissions/{of(scored, world, 'L').public_id}/scoring"
    assert f'href="{desk}"' in browser(world, "oV").get("/").text
    assert browser(world, "oV").get(desk).status_code == 200


def test_who_confirms_is_led_to_the_edition_that_waits(scored, world):
    made = prepare(scored, world)
    db.session.commit()
    page = browser(world, "hL").get("/").text
    assert "Xác nhận công bố xếp hạng" in page and f'href="/rankings/{made.public_id}"' in page
    assert [kind for kind, _count, _unit in tasks(world, "bd")] == [PeriodWork.CONFIRM]


def test_the_calendar_holds_the_days_of_scoring(period, world):
    account = world.accounts["oU"]
    found = work_periods.calendar(account, work.blocs_of(account, AFTER.date()), AFTER.date())
    assert [each.text for each in found] == [
        "Hạn giải trình điểm 6 tháng đầu năm 2026", "Kết thúc chấm điểm 6 tháng đầu năm 2026",
    ]  # fmt: skip
    assert "Hạn giải trình điểm 6 tháng đầu năm 2026" in words(browser(world, "oU").get("/"))


def test_sharing_too_early_is_said_and_is_not_the_main_act(scored, world):
    units, share = f"/periods/{scored.public_id}/scoring", f"/periods/{scored.public_id}/share-points"
    assert f'class="btn btn-second" href="{share}"' in browser(world, "oL").get(units).text
    finish(scored, world, "UVEL")
    said = words(browser(world, "oL").get(share))
    assert "Chưa chấm xong: Đơn vị D, Đơn vị N." in said and "Vẫn cho xem điểm" in said
    finish(scored, world, "DN")
    said = words(browser(world, "oL").get(share))
    assert "Chưa chấm xong" not in said and "Vẫn cho xem" not in said
    assert f'class="btn btn-primary" href="{share}"' in browser(world, "oL").get(units).text


def test_a_second_look_at_a_line_without_a_first_says_that_it_has_no_points(period, world):
    scoring.recompute(period, by=None, at=AFTER)
    give(line(period, world, "U", 1), "18", world.accounts["oL"], reason="Theo hồ sơ")
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    page = browser(world, "oL").get(f"/submissions/{of(period, world, 'U').public_id}/scoring").text
    here = 'data-difference><span class="blank">'
    assert (page.count(f"{here}như lần một<"), page.count(f"{here}chưa chấm<")) == (1, 2)


def test_the_council_never_takes_a_units_own_points_over_past_the_bloc(period, world):
    scoring.recompute(period, by=None, at=AFTER)
    give(line(period, world, "U", 0), "9", world.accounts["oL"], reason="Theo hồ sơ")
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    board, unit = world.accounts["bd"], of(period, world, "U")
    page = browser(world, "bd").get(f"/submissions/{unit.public_id}/scoring").text
    assert page.count('value="accept:') == 1, "the bloc's 9 points, and not the own 10 of the line below"
    assert scoring.accept_proposed(unit, ScoreStage.COUNCIL, by=board, at=AFTER) == 1
    assert scoring.accept_proposed(unit, ScoreStage.COUNCIL, entries=unit.entries, by=board, at=AFTER) == 0
    assert points(line(period, world, "U", 2), ScoreStage.COUNCIL) is None
    with pytest.raises(ReasonMissing, match="Tự chấm"):
        give(line(period, world, "U", 2), "8", board, ScoreStage.COUNCIL)


def test_a_unit_that_never_sent_is_finished_by_reasons_or_set_apart(period, world):
    unit = of(period, world, "U")
    with acting(None, AFTER):
        period.state, period.locked_at = PeriodState.OPEN, None
        db.session.flush()
        unit.first_sent_at = unit.last_sent_at = None
        unit.state = "draft"
        db.session.flush()
        period.state, period.locked_at = PeriodState.REVIEWING, LOCKS_AT
    db.session.commit()
    with pytest.raises(RuleBroken) as refused:
        scoring.finish(unit, ScoreStage.BLOC, by=world.accounts["oL"], at=AFTER)
    said = refused.value.sentence
    assert "Còn 3 dòng chưa có điểm: 1, 2, 3." in said and "kèm lý do, hoặc ghi đơn vị không xếp hạng" in said
    assert "đơn vị tự chấm" not in said


def test_finishing_a_unit_is_told_among_what_was_just_done(scored, world):
    finish(scored, world, "U")
    assert "Chấm xong: báo cáo 6 tháng đầu năm 2026, Đơn vị U" in words(browser(world, "oL").get("/"))


def test_the_period_and_the_order_lead_to_the_list_of_the_desk(scored, world):
    link = f'href="/periods/{scored.public_id}/scoring"'
    assert link in browser(world, "oL").get(f"/periods/{scored.public_id}").text
    assert link in browser(world, "bd").get(f"/periods/{scored.public_id}/ranking").text
    assert link not in browser(world, "oU").get(f"/periods/{scored.public_id}").text


def test_once_scoring_has_closed_nobody_is_asked_to_score(scored, world):
    late = AFTER + timedelta(days=400)
    account = world.accounts["oL"]
    assert work_periods.waiting(account, work.blocs_of(account, late.date()), late.date()) == []


def test_a_group_outside_the_maximum_has_no_maximum_on_the_desk(world):
    rules = make_set(world.blocs["B"])
    with acting(None, NOON):
        group = Criterion(criteria_set=rules, number="II", title="Điểm thưởng", position=9)
        flag = Criterion(
            criteria_set=rules, parent=group, number="4", title="Cờ thi đua", position=10, points_each=Decimal(5),
            function=ScoreFunction.BONUS, part=CriterionPart.BONUS,
        )  # fmt: skip
        db.session.add_all([group, flag])
    period = make_period(world, criteria_set=rules, scored=True)
    with acting(None, NOON):
        period.state, period.locked_at = PeriodState.REVIEWING, LOCKS_AT
    db.session.commit()
    page = browser(world, "oL").get(f"/submissions/{of(period, world, 'U').public_id}/scoring").text
    cell = r'<td class="num(?: side)?">([^<]*)</td>'
    row = rf'<tr class="group"[^>]*><th[^>]*>(I+)\. [^<]*</th>{cell}<td class="side"></td><td></td>{cell}'
    blank = "chưa tự chấm"
    assert re.findall(row, page) == [("I", "30,00", blank), ("II", "", blank)], "nor sums of points that nobody has"
