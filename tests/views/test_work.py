"""Việc của tôi: what waits for each persona, by deadline, with its button."""

from datetime import date

import time_machine

from tests.counting import counted
from tests.reporting import make_period, submission_of
from tests.world import NEXT_YEAR, NOON, TODAY, World, keep, make_conference, make_term, make_unit
from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceKind, ConferenceState
from tracker.domain.submissions import SectionKind
from tracker.models.bloc import Membership
from tracker.models.course import MinutesComment
from tracker.queries import work
from tracker.queries.just_done import just_done
from tracker.queries.work import Kind
from tracker.services import action_item as items
from tracker.services import entry as entries
from tracker.services.recording import acting

LATE, SOON, LATER = date(2026, 5, 10), date(2026, 5, 20), date(2026, 9, 30)


def give(world: World, text: str, letters: str, due_on: date | None = None, bloc: str = "B", made_on: date = TODAY):
    item = items.make(
        world.blocs[bloc], text=text, source=ItemSource.FREE, units=[world.units[letter] for letter in letters],
        due_on=due_on, made_on=made_on, by=world.accounts["oL"], at=NOON,
    )
    db.session.commit()
    return item


def kinds(world: World, persona: str, day: date = TODAY) -> list[Kind]:
    account = world.accounts[persona]
    return [task.kind for task in work.waiting(account, work.blocs_of(account, day), day)]


def test_a_unit_sees_its_own_open_parts_overdue_first(world):
    give(world, "Việc sau", "U", LATER)
    give(world, "Việc không hạn", "U")
    give(world, "Việc quá hạn", "U", LATE, made_on=date(2026, 5, 1))
    give(world, "Việc của V", "V", SOON)
    account = world.accounts["oU"]
    found = work.waiting(account, work.blocs_of(account, TODAY), TODAY)
    assert [task.seen.item.text for task in found] == ["Việc quá hạn", "Việc sau", "Việc không hạn"]


def test_what_asks_for_closing_waits_for_those_who_may_judge(world):
    of_unit, of_leader = give(world, "Việc của U", "U"), give(world, "Việc của L", "L")
    for item, persona in ((of_unit, "oU"), (of_leader, "oL")):
        items.report(item.parts[0], text="Xong", ask_closing=True, by=world.accounts[persona], at=NOON)
    db.session.commit()
    assert kinds(world, "oL") == [Kind.CLOSE]
    assert kinds(world, "oD") == [Kind.CLOSE, Kind.CLOSE]
    assert kinds(world, "bd") == [Kind.CLOSE]
    assert kinds(world, "oU") == []
    assert kinds(world, "oV") == []
    assert kinds(world, "ad") == []


def test_the_part_of_a_unit_that_left_waits_for_the_secretariat(world):
    give(world, "Việc của V", "V", LATER)
    with acting(None, NOON):
        next(m for m in world.blocs["B"].memberships if m.unit is world.units["V"]).ends_on = date(2026, 5, 12)
    db.session.commit()
    assert kinds(world, "oL") == [Kind.DECIDE]
    assert kinds(world, "oV") == [Kind.REPORT]


def test_minutes_wait_for_members_then_for_the_leaders_head(world):
    conference = make_conference(
        world.blocs["B"], "Hội nghị sơ kết", date(2026, 5, 4), ConferenceState.MINUTES_SENT,
        minutes_sent_at=NOON, comments_due_on=SOON,
    )
    keep(conference)
    assert kinds(world, "oU") == [Kind.COMMENT]
    assert kinds(world, "hL") == [Kind.APPROVE]
    assert kinds(world, "oL") == []
    said = {"unit": world.units["U"], "by": world.accounts["oU"], "at": NOON, "text": "Sửa câu 2"}
    keep(MinutesComment(conference=conference, **said))
    assert kinds(world, "oU") == []
    assert kinds(world, "oL") == [Kind.ANSWER]


def test_conferences_wait_to_be_prepared_held_and_sent(world):
    keep(
        make_conference(world.blocs["B"], "Chưa gửi biên bản", date(2026, 4, 1)),
        make_conference(world.blocs["B"], "Đến ngày họp", TODAY, ConferenceState.PLANNED),
        make_conference(world.blocs["B"], "Sắp họp", date(2026, 7, 17), ConferenceState.PLANNED),
    )
    assert kinds(world, "oL") == [Kind.HOLD, Kind.PREPARE, Kind.SEND_MINUTES]
    assert kinds(world, "oU") == [Kind.DELEGATES, Kind.DELEGATES]
    assert kinds(world, "oX") == []


def test_the_board_sees_blocs_without_a_leader_and_terms_that_end(world):
    assert kinds(world, "bd") == []
    with acting(None, NOON):
        make_term(world.blocs["C"], world.units["X"], TermRole.DEPUTY, TODAY)
        next(t for t in world.blocs["C"].terms if t.role is TermRole.LEADER).ends_on = date(2026, 6, 30)
    db.session.commit()
    assert kinds(world, "bd") == [Kind.HAND_OVER]
    assert kinds(world, "bd", date(2026, 6, 30)) == [Kind.APPOINT]
    assert kinds(world, "oM") == []


def test_rights_move_with_the_term(world):
    item = give(world, "Việc của U", "U")
    items.report(item.parts[0], text="Xong", ask_closing=True, by=world.accounts["oU"], at=NOON)
    db.session.commit()
    assert kinds(world, "oN") == []
    assert kinds(world, "oN", NEXT_YEAR) == [Kind.CLOSE]
    assert kinds(world, "oL", NEXT_YEAR) == []


@time_machine.travel(NOON, tick=False)
def test_the_page_says_how_much_waits_and_offers_the_first_overdue(app, world):
    item = give(world, "Ban hành quy chế", "U", LATE, made_on=date(2026, 5, 1))
    give(world, "Việc sau", "U", LATER)
    page = world.browser("oU").get("/").text
    assert "2 việc đang chờ, 1 việc quá hạn." in page
    assert "Ghi tiến độ việc quá hạn" in page
    assert "Quá 5 ngày" in page
    assert f"/assignments/{item.parts[0].public_id}/progress" in page


@time_machine.travel(NOON, tick=False)
def test_an_empty_page_says_what_belongs_here(app, world):
    assert "Không có việc nào đang chờ bạn" in world.browser("oU").get("/").text


@time_machine.travel(NOON, tick=False)
def test_what_was_just_done_is_told_once_an_act(app, world):
    item = give(world, "Ban hành quy chế", "U", SOON)
    items.report(item.parts[0], text="Đã trình dự thảo", by=world.accounts["oU"], at=NOON)
    db.session.commit()
    done = [recent.text for recent in just_done(world.accounts["oU"])]
    assert done == ["Ghi tiến độ: Đã trình dự thảo"]


@time_machine.travel(NOON, tick=False)
def test_every_persona_gets_the_page(app, world):
    give(world, "Việc chung", "UVLDEN", SOON)
    keep(make_conference(world.blocs["B"], "Sắp họp", date(2026, 7, 17), ConferenceState.PLANNED,
                         ConferenceKind.YEAR_END_REVIEW))
    for persona in ("oU", "hU", "oV", "oL", "hL", "oD", "hD", "oE", "oN", "oX", "oM", "bd", "bq", "ad"):
        assert world.browser(persona).get("/").status_code == 200, persona


@time_machine.travel(NOON, tick=False)
def test_three_and_thirty_tasks_cost_the_same_queries(app, world):
    def cost(persona: str) -> int:
        browser = world.browser(persona)
        browser.get("/")
        with counted() as sent:
            assert browser.get("/").status_code == 200
        return len(sent)

    for n in range(3):
        give(world, f"Việc {n}", "UVLDE", SOON)
        keep(make_conference(world.blocs["B"], f"Hội nghị {n}", date(2026, 7, 1), ConferenceState.PLANNED))
    few = {persona: cost(persona) for persona in ("oU", "oL", "bd")}
    for n in range(3, 30):
        give(world, f"Việc {n}", "UVLDE", SOON)
        keep(make_conference(world.blocs["B"], f"Hội nghị {n}", date(2026, 7, 1), ConferenceState.PLANNED))
    assert {persona: cost(persona) for persona in few} == few


def test_a_unit_of_another_bloc_keeps_the_work_it_left_behind(world):
    give(world, "Việc của V", "V", LATER)
    new = make_unit(world.authority, "Đơn vị mới")
    with acting(None, NOON):
        db.session.add(new)
        db.session.add(Membership(bloc=world.blocs["B"], unit=new, position=9, starts_on=TODAY))
        world.units["V"].closed_on, world.units["V"].successor = date(2026, 5, 12), new
        next(m for m in world.blocs["B"].memberships if m.unit is world.units["V"]).ends_on = date(2026, 5, 12)
        world.accounts["oX"].unit = new
    db.session.commit()
    assert kinds(world, "oX") == [Kind.REPORT]
    assert kinds(world, "oL") == []


def test_a_step_of_a_report_says_of_which_report(app, world):
    submission = submission_of(make_period(world), world, "U")
    entries.write(
        submission.section(SectionKind.ASSESSMENT), text="Tốt.", seen=1, by=world.accounts["oU"], at=NOON
    )
    db.session.commit()
    done = [recent.text for recent in just_done(world.accounts["oU"])]
    assert done == ["Bắt đầu soạn: báo cáo 6 tháng đầu năm 2026, Đơn vị U"]
