"""Pages of the reporting periods: the year's list, founding and changing one, its page, every step of it."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import current_app
from sqlalchemy import select

from tests.counting import counted
from tests.reporting import LOCKS_AT, make_period, make_pledge, make_set, set_state, submission_of
from tests.world import NOON, Browser, World, keep, make_unit
from tracker.db import db
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.models.bloc import Membership
from tracker.models.period import ReportingPeriod
from tracker.services import extension

pytestmark = pytest.mark.usefixtures("noon")
LIST = "/blocs/{}/periods"
DATES = {
    "opens_on": "01/05/2026", "due_on": "30/05/2026", "due_hour": "17:00", "locks_on": "10/06/2026",
    "locks_hour": "17h", "asks_figures": "y", "version": "0",
}  # fmt: skip


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def list_of(world: World) -> str:
    return LIST.format(world.blocs["B"].public_id)


def later(world: World, persona: str) -> Browser:
    """A browser signed in when the data are locked."""
    return Browser(current_app._get_current_object(), world.accounts[persona], LOCKS_AT)


def only() -> ReportingPeriod:
    db.session.expire_all()
    return db.session.scalars(select(ReportingPeriod)).one()


def test_a_year_without_periods_says_how_to_begin_and_who(world: World):
    member = world.browser("oU").get(list_of(world))
    assert "Năm 2026 chưa có kỳ báo cáo nào" in member.text
    assert "khi Khối trưởng lập" in member.text
    assert "Lập kỳ đầu tiên" in world.browser("oL").get(list_of(world)).text


def test_the_list_shows_dates_state_and_the_readers_own(world: World):
    make_pledge(world.blocs["B"])
    make_period(world)
    page = world.browser("oU").get(list_of(world)).text
    for said in ("Kỳ 6 tháng đầu năm 2026", "Đang nhận báo cáo", "17:00 ngày 30/05/2026", "0/6", "Chưa bắt đầu"):
        assert said in page
    assert "Sửa" not in page
    book = world.browser("oU").get(f"{list_of(world)}/workbook?year=2026")
    assert book.status_code == 200
    assert book.data[:2] == b"PK"


def test_the_list_costs_the_same_for_one_period_and_for_five(world: World):
    browser = world.browser("oL")
    make_period(world)
    browser.get(list_of(world))
    with counted() as few:
        browser.get(list_of(world))
    for kind in (PeriodKind.YEAR, PeriodKind.QUARTER_1, PeriodKind.QUARTER_2, PeriodKind.SECOND_HALF):
        make_period(world, kind=kind)
    with counted() as many:
        assert browser.get(list_of(world)).text.count("Kỳ quý") == 2
    assert len(few) == len(many)


def test_the_usual_dates_stand_in_a_new_form(world: World):
    page = world.browser("oL").get(f"{list_of(world)}/new?kind=second_half&year=2026").text
    assert "Lập kỳ 6 tháng cuối năm 2026" in page
    for value in ("01/12/2026", "31/12/2026", "10/01/2027", "17:00"):
        assert f'value="{value}"' in page


def test_a_period_is_founded_from_its_form(world: World):
    made = world.browser("oL").post(f"{list_of(world)}/new?kind=first_half&year=2026", DATES)
    assert made.status_code == 302
    period = only()
    assert (period.kind, period.due_at, period.locks_at) == (
        PeriodKind.FIRST_HALF, datetime(2026, 5, 30, 10, tzinfo=UTC), LOCKS_AT,
    )  # fmt: skip
    again = world.browser("oL").post(f"{list_of(world)}/new?kind=first_half&year=2026", DATES)
    assert again.status_code == 422
    assert "Khối đã có kỳ 6 tháng đầu năm 2026" in again.text


def test_a_wrong_date_comes_back_under_its_field_with_what_was_typed(world: World):
    wrong = {**DATES, "locks_on": "29/05/2026", "note": "Kèm văn bản"}
    page = world.browser("oL").post(f"{list_of(world)}/new?kind=first_half&year=2026", wrong)
    assert page.status_code == 422
    assert "Khóa số liệu phải sau hạn gửi (17:00 ngày 30/05/2026)" in page.text
    assert "Kèm văn bản" in page.text
    assert 'value="29/05/2026"' in page.text


def test_dates_of_an_open_period_are_moved_with_a_reason(world: World):
    period = make_period(world)
    path = f"/periods/{period.public_id}/edit"
    form = {**DATES, "due_on": "02/06/2026", "version": str(period.version)}
    browser = world.browser("oL")
    assert "Lý do đổi ngày" in browser.get(path).text
    refused = browser.post(path, form)
    assert refused.status_code == 422
    assert "Hãy ghi lý do" in refused.text
    assert browser.post(path, {**form, "reason": "Trùng kỳ nghỉ"}).status_code == 302
    assert only().due_at == datetime(2026, 6, 2, 10, tzinfo=UTC)
    stale = browser.post(path, {**form, "due_on": "03/06/2026", "reason": "Nữa"})
    assert stale.status_code == 409


def test_opening_says_what_it_makes_and_makes_it(world: World):
    make_pledge(world.blocs["B"])
    period = make_period(world, state=PeriodState.PLANNED, criteria_set=make_set(world.blocs["B"]))
    path = f"/periods/{period.public_id}/open"
    page = world.browser("oL").get(path).text
    for said in ("6 đơn vị thành viên hôm nay", "Mỗi đơn vị có 4 dòng số liệu", "được chốt"):
        assert said in page
    assert world.browser("oL").post(path).status_code == 302
    assert len(only().submissions) == 6
    assert world.browser("oL").get(path).status_code == 409


def test_a_members_page_shows_its_report_extensions_and_steps(world: World):
    period = make_period(world)
    until = datetime(2026, 6, 3).date()
    extension.grant(
        period, world.units["V"], until=until, reason="Công văn số 12", by=world.accounts["oL"], at=NOON
    )
    db.session.commit()
    page = world.browser("oU").get(f"/periods/{period.public_id}").text
    for said in ("Báo cáo của đơn vị tôi", "Đơn vị V", "Công văn số 12", "Người ol@officer.example", "03/06/2026"):
        assert said in page
    assert "Tình hình gửi" not in page
    assert "Tình hình gửi" in world.browser("oL").get(f"/periods/{period.public_id}").text


@time_machine.travel(LOCKS_AT, tick=False)
def test_a_period_goes_its_whole_way_by_its_pages(world: World):
    period = make_period(world)
    at = f"/periods/{period.public_id}"
    assert later(world, "oL").post(f"{at}/lock").status_code == 302
    assert only().state is PeriodState.REVIEWING
    unlock = {"locks_on": "20/06/2026", "locks_hour": "17:00", "reason": "Sai số liệu", "version": "1"}
    assert later(world, "bd").post(f"{at}/unlock", unlock).status_code == 302
    assert (only().state, only().locks_at) == (PeriodState.OPEN, datetime(2026, 6, 20, 10, tzinfo=UTC))
    assert later(world, "oL").post(f"{at}/lock").status_code == 302
    assert later(world, "oL").post(f"{at}/prepare").status_code == 302
    assert "Bạn đã trình công bố" in later(world, "oL").get(at).text
    assert later(world, "hL").post(f"{at}/take-back", {"reason": "Chờ số liệu", "version": "1"}).status_code == 302
    assert later(world, "oL").post(f"{at}/prepare").status_code == 302
    assert later(world, "hL").post(f"{at}/publish").status_code == 302
    assert only().state is PeriodState.PUBLISHED
    assert "Kết quả đã công bố" in later(world, "oU").get(at).text
    assert later(world, "bd").post(f"{at}/revoke", {"reason": "Nhầm", "version": "1"}).status_code == 302
    assert later(world, "oL").post(f"{at}/prepare").status_code == 302
    assert later(world, "bd").post(f"{at}/publish").status_code == 302
    assert later(world, "oL").post(f"{at}/close").status_code == 302
    assert only().state is PeriodState.CLOSED
    assert later(world, "bd").get(f"{at}/revoke").status_code == 409


@time_machine.travel(LOCKS_AT, tick=False)
def test_whoever_put_the_results_forward_does_not_confirm_them(world: World):
    period = make_period(world, state=PeriodState.REVIEWING)
    head = later(world, "hL")
    assert head.post(f"/periods/{period.public_id}/prepare").status_code == 302
    assert head.post(f"/periods/{period.public_id}/publish").status_code == 403
    assert only().state is PeriodState.REVIEWING


def test_each_step_has_a_page_that_says_what_will_happen(world: World):
    situations = {
        PeriodState.PLANNED: ("open", "remove"),
        PeriodState.REVIEWING: ("unlock", "prepare"),
        PeriodState.PUBLISHED: ("revoke", "close"),
    }
    make_pledge(world.blocs["B"])
    for state, steps in situations.items():
        period = make_period(world, state=state, kind=list(PeriodKind)[list(PeriodState).index(state)])
        for step in steps:
            persona = "bd" if step in ("unlock", "revoke") else "oL"
            page = world.browser(persona).get(f"/periods/{period.public_id}/{step}")
            assert page.status_code == 200, step
            assert "Việc sẽ xảy ra" in page.text


def test_an_unopened_period_is_taken_away_and_an_opened_one_not(world: World):
    period = make_period(world, state=PeriodState.PLANNED)
    assert world.browser("oL").post(f"/periods/{period.public_id}/remove").status_code == 302
    assert db.session.scalars(select(ReportingPeriod)).all() == []
    opened = make_period(world)
    assert world.browser("oL").post(f"/periods/{opened.public_id}/remove").status_code == 409


def test_a_unit_admitted_later_is_added_on_purpose(world: World):
    period = make_period(world)
    newcomer = make_unit(world.authority, "Đơn vị mới")
    keep(newcomer, Membership(bloc=world.blocs["B"], unit=newcomer, position=9, starts_on=NOON.date()))
    page = world.browser("oL").get(f"/periods/{period.public_id}").text
    assert "Đơn vị kết nạp sau khi mở kỳ" in page
    added = world.browser("oL").post(f"/periods/{period.public_id}/units", {"unit": newcomer.public_id})
    assert added.status_code == 302
    db.session.expire_all()
    assert newcomer.id in {one.unit_id for one in only().submissions}


def test_a_years_set_up_is_copied_by_its_page(world: World):
    make_period(world)
    path = f"{list_of(world)}/copy?year=2027"
    assert "Năm 2026" in world.browser("oL").get(path).text
    assert world.browser("oL").post(path, {"from_year": "2026"}).status_code == 302
    copied = db.session.scalars(select(ReportingPeriod).where(ReportingPeriod.year == 2027)).one()
    assert copied.state is PeriodState.PLANNED


def test_a_locked_period_is_no_longer_edited(world: World):
    period = make_period(world)
    set_state(period, PeriodState.REVIEWING)
    form = {**DATES, "version": str(period.version), "reason": "Muộn"}
    assert world.browser("oL").post(f"/periods/{period.public_id}/edit", form).status_code == 409
    assert submission_of(period, world, "U").state.value == "not_begun"
