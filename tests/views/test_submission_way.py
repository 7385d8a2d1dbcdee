"""A unit's report on its way, by the pages: sent, recalled, checked, returned, accepted; who reads what; its cost."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from tests.counting import counted
from tests.reporting import (
    LEAVES,
    Leaf,
    make_period,
    make_pledge,
    make_sent,
    make_set,
    set_state,
    submission_of,
)
from tests.views.submissions import boxes, entry_of, path, returned
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SectionKind, SubmissionState, SubmissionStep
from tracker.models.submission import Submission
from tracker.services import entry as entries
from tracker.services import submission as services


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def report(world: World) -> Submission:
    """U's report of the running half-year: three lines of the criteria set and one of the pledge."""
    make_pledge(world.blocs["B"])
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    return submission_of(period, world, "U")


def test_answer_to_a_returned_line_is_kept_as_a_comment(world, report):
    returned(world, report)
    browser = world.browser("oU")
    key = report.entries[0].public_id
    answer = browser.post(
        path(report, "/edit"), {**boxes(browser, report), f"{key}-reply": "Biên bản số 12", "then": "send"}
    )
    assert (answer.status_code, answer.location) == (302, path(report, "/send"))
    db.session.expire_all()
    assert [(row.text, row.entry_id) for row in report.comments] == [("Biên bản số 12", report.entries[0].id)]
    assert "Biên bản số 12" in world.browser("oL").get(path(report)).get_data(as_text=True)


def test_before_sending_the_page_lists_what_is_missing_each_with_its_link(world, report):
    browser = world.browser("oU")
    empty = browser.get(path(report, "/send")).get_data(as_text=True)
    assert "Chưa gửi được" in empty and "Việc sẽ xảy ra" not in empty
    assert browser.post(path(report, "/send")).status_code == 409
    for entry, actual in zip(report.entries, (43, 52), strict=False):
        entries.fill_in(
            entry, actual=Decimal(actual), count=None, note=None, seen=1, by=world.accounts["oU"], at=NOON
        )
    db.session.commit()
    page = browser.get(path(report, "/send")).get_data(as_text=True)
    assert f'href="{path(report, "/edit")}#dong-{report.entries[1].public_id}"' in page
    assert "minh chứng" in page and "Việc sẽ xảy ra" in page
    assert browser.post(path(report, "/send")).location == path(report)
    db.session.expire_all()
    assert (report.state, report.first_sent_at) == (SubmissionState.SENT, NOON)


def test_where_the_head_signs_the_officer_hands_over_and_the_head_sends(world, report):
    report.unit.head_signs = True
    keep(report.unit)
    entries.fill_in(
        report.entries[0], actual=Decimal(1), count=None, note=None, seen=1, by=world.accounts["oU"], at=NOON
    )
    db.session.commit()
    officer, chief = world.browser("oU"), world.browser("hU")
    assert "Trình lãnh đạo" in officer.get(path(report, "/edit")).get_data(as_text=True)
    officer.post(path(report, "/send"))
    db.session.expire_all()
    assert (report.state, report.with_head_at) == (SubmissionState.DRAFT, NOON)
    assert officer.get(path(report, "/edit")).location == path(report)
    assert chief.get(path(report, "/edit")).status_code == 200
    back = chief.post(path(report, "/send-back"), {"version": "1", "reason": "Xem lại dòng 1"})
    assert back.location == path(report)
    officer.post(path(report, "/send"))
    chief.post(path(report, "/send"))
    db.session.expire_all()
    assert report.state is SubmissionState.SENT
    assert [step.step for step in report.steps][-4:] == [
        SubmissionStep.SUBMIT_TO_HEAD, SubmissionStep.HEAD_SENDS_BACK, SubmissionStep.SUBMIT_TO_HEAD,
        SubmissionStep.SEND,
    ]  # fmt: skip


def test_looking_is_no_checking_and_recall_ends_with_checking(world, report):
    make_sent(report, world.accounts["oU"])
    secretary, officer = world.browser("oL"), world.browser("oU")
    assert secretary.get(path(report)).status_code == 200
    assert secretary.get(path(report, "/checking")).location == path(report)
    db.session.expire_all()
    assert report.checked_at is None
    assert "Rút về để sửa" in officer.get(path(report)).get_data(as_text=True)
    secretary.post(path(report, "/check"))
    assert "Rút về để sửa" not in officer.get(path(report)).get_data(as_text=True)
    late = officer.post(path(report, "/recall"), {"version": "1", "reason": "Sửa"})
    assert late.status_code == 409


def test_secretariat_returns_ticked_places_each_with_its_reason(world, report):
    make_sent(report, world.accounts["oU"])
    secretary = world.browser("oL")
    secretary.post(path(report, "/check"))
    key, text = report.entries[1].public_id, report.section(SectionKind.LIMITATIONS).public_id
    bare = secretary.post(path(report, "/checking"), {f"{key}-returned": "y"})
    assert bare.status_code == 422
    assert "Hãy ghi lý do trả lại chỗ này" in bare.get_data(as_text=True)
    none = secretary.post(path(report, "/checking"), {"reason": "Xem lại"})
    assert none.status_code == 422 and "đánh dấu ít nhất một chỗ" in none.get_data(as_text=True)
    unticked = secretary.post(path(report, "/checking"), {f"{key}-why": "Kèm biên bản"})
    assert unticked.status_code == 422
    assert "chưa đánh dấu" in unticked.get_data(as_text=True) and "Kèm biên bản" in unticked.get_data(as_text=True)
    answer = secretary.post(
        path(report, "/checking"),
        {
            f"{key}-returned": "y", f"{key}-why": "Kèm biên bản",
            f"{text}-returned": "y", f"{text}-why": "Ghi nguyên nhân",
        },
    )
    assert answer.location == path(report)
    db.session.expire_all()
    assert report.state is SubmissionState.RETURNED
    assert report.entries[1].returned_reason == "Kèm biên bản"
    assert report.section(SectionKind.LIMITATIONS).returned_reason == "Ghi nguyên nhân"
    shown = world.browser("oU").get(path(report)).get_data(as_text=True)
    assert "Trả lại 2 chỗ" in shown and "Kèm biên bản" in shown


def test_secretariat_returns_the_whole_with_a_reason(world, report):
    make_sent(report, world.accounts["oU"])
    secretary = world.browser("oL")
    secretary.post(path(report, "/check"))
    assert secretary.post(path(report, "/checking"), {"whole": "y"}).status_code == 422
    assert secretary.post(path(report, "/checking"), {"whole": "y", "reason": "Gửi nhầm kỳ"}).status_code == 302
    page = world.browser("oU").get(path(report, "/edit")).get_data(as_text=True)
    assert "Gửi nhầm kỳ" in page and page.count("data-save=") == len(report.entries) + 4


def test_accepting_is_one_click_and_is_taken_back_with_a_reason(world, report):
    make_sent(report, world.accounts["oU"])
    secretary = world.browser("oL")
    secretary.post(path(report, "/check"))
    assert "Đã tiếp nhận báo cáo của Đơn vị U" in secretary.post(
        path(report, "/accept"), follow_redirects=True
    ).get_data(as_text=True)
    assert secretary.post(path(report, "/reopen"), {"version": "1", "reason": ""}).status_code == 422
    secretary.post(path(report, "/reopen"), {"version": "1", "reason": "Còn thiếu biên bản"})
    db.session.expire_all()
    assert report.state is SubmissionState.SENT
    assert "Còn thiếu biên bản" in world.browser("oU").get(path(report)).get_data(as_text=True)


def test_accepting_asks_about_reasons_for_returning_that_were_typed(world, report):
    make_sent(report, world.accounts["oU"])
    secretary = world.browser("oL")
    secretary.post(path(report, "/check"))
    key = report.entries[1].public_id
    for typed in ({f"{key}-why": "Kèm biên bản"}, {"reason": "Xem lại số"}, {f"{key}-returned": "y"}, {"whole": "y"}):
        asked = secretary.post(path(report, "/accept"), typed)
        page = asked.get_data(as_text=True)
        assert asked.status_code == 422
        assert "chưa tiếp nhận" in page
        assert all(value in page for value in typed.values() if value != "y")
        assert ("checked" in page) is ("y" in typed.values())
        db.session.expire_all()
        assert report.state is SubmissionState.SENT
    page = secretary.get(path(report, "/checking")).get_data(as_text=True)
    assert f'formaction="{path(report, "/accept")}"' in page
    nothing = {f"{key}-why": " ", "reason": ""}
    assert secretary.post(path(report, "/accept"), nothing).location == path(report)
    db.session.expire_all()
    assert report.state is SubmissionState.ACCEPTED


def test_other_members_read_the_published_result_and_not_how_it_came_about(world, report):
    make_sent(report, world.accounts["oU"])
    services.comment(report, text="Chuyện riêng của khối", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert world.browser("oV").get(path(report)).status_code == 404
    set_state(report.period, PeriodState.PUBLISHED)
    page = world.browser("oV").get(path(report)).get_data(as_text=True)
    assert "43 văn bản" in page
    assert "Chuyện riêng của khối" not in page and "Quá trình" not in page
    assert world.browser("oV").get(path(report, "/changes")).status_code == 403


def test_line_is_taken_off_a_unit_with_a_reason(world, report):
    key = report.entries[2].public_id
    secretary = world.browser("oL")
    assert secretary.post(f"/entries/{key}/assigned", {"version": "1", "reason": ""}).status_code == 422
    secretary.post(f"/entries/{key}/assigned", {"version": "1", "reason": "Không có chức năng này"})
    assert entry_of(report, 2).assigned is False
    assert "Không được giao" in world.browser("oU").get(path(report, "/edit")).get_data(as_text=True)
    assert world.browser("oU").post(f"/entries/{key}/assigned", {"reason": "x", "version": "1"}).status_code == 403


@pytest.mark.parametrize("rest", ["", "/edit", "/send"])
def test_pages_cost_the_same_for_3_and_for_30_lines(world, rest):
    costs = []
    for year, count in ((2026, 3), (2025, 30)):
        leaves = [Leaf(f"Dòng {place}", evidence_required=True) for place in range(count)]
        period = make_period(
            world, year=year, criteria_set=make_set(world.blocs["B"], year=year, leaves=leaves or LEAVES)
        )
        submission = submission_of(period, world, "U")
        browser = world.browser("oU")
        address = path(submission, rest)
        browser.get(address)
        with counted() as sent:
            assert browser.get(address).status_code == 200
        costs.append(len(sent))
    assert costs[0] == costs[1], costs
    assert costs[0] <= 40


def test_extension_and_lateness_stand_on_the_page(world, report):
    make_sent(report, world.accounts["oU"], at=report.period.due_at + timedelta(days=2))
    assert "chậm 2 ngày" in world.browser("oU").get(path(report)).get_data(as_text=True)


def test_after_sending_again_the_secretariat_reads_what_it_had_asked(world, report):
    returned(world, report)
    entries.fill_in(
        report.entries[0], actual=Decimal(44), count=None, note=None, seen=report.entries[0].version,
        by=world.accounts["oU"], at=NOON,
    )  # fmt: skip
    db.session.commit()
    assert world.browser("oU").post(path(report, "/send")).status_code == 302
    secretary = world.browser("oL")
    secretary.post(path(report, "/check"))
    page = secretary.get(path(report, "/checking")).get_data(as_text=True)
    assert "Lần trước Người ol@officer.example trả lại" in page and "Ghi số văn bản, không ghi tỷ lệ" in page


def test_places_out_of_the_units_reach_are_not_asked_about_when_sending_again(world, report):
    returned(world, report)
    page = world.browser("oU").get(path(report, "/send")).get_data(as_text=True)
    assert f"#dong-{report.entries[0].public_id}" in page
    assert f"#dong-{report.entries[2].public_id}" not in page


def test_unassigned_line_says_who_took_it_off_and_why(world, report):
    services.set_assigned(
        report, report.entries[2], False, reason="Không có chức năng này", by=world.accounts["oL"], at=NOON
    )
    db.session.commit()
    page = world.browser("oU").get(path(report, "/edit")).get_data(as_text=True)
    assert "Người ol@officer.example xác định lúc 12:00 ngày 15/05/2026. Lý do: Không có chức năng này." in page
