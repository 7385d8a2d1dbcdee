"""Notices on their page and on "Việc của tôi": unread first, seen by the reader's own click, nobody else's."""

import pytest
import time_machine
from sqlalchemy import select

from tests.counting import counted
from tests.reporting import make_period, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.models.notice import Notice
from tracker.services import notice as service


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def tell(world: World, text: str, letter: str = "U", **about) -> None:
    service.tell(world.units[letter], NoticeKind.PERIOD, text, **about, by=world.accounts["oL"], at=NOON)
    db.session.commit()


def notice_of(world: World, persona: str) -> Notice:
    db.session.expire_all()
    return db.session.scalars(select(Notice).where(Notice.account == world.accounts[persona])).first()


def test_an_empty_list_says_what_belongs_there(world: World):
    assert "Chưa có thông báo nào" in world.browser("oU").get("/notices").text


def test_the_unread_stand_first_and_on_ones_own_page(world: World):
    tell(world, "Tin cũ")
    service.note_seen([notice_of(world, "oU")], by=world.accounts["oU"], at=NOON)
    tell(world, "Tin mới <b>")
    page = world.browser("oU").get("/notices").text
    assert page.index("Tin mới &lt;b&gt;") < page.index("Tin cũ")
    assert "1 thông báo chưa đọc" in page
    work = world.browser("oU").get("/").text
    assert "Tin mới" in work
    assert "Tin cũ" not in work
    assert "Tin mới" not in world.browser("oV").get("/").text


def test_opening_one_notes_it_as_seen_and_goes_to_what_it_speaks_of(world: World):
    period = make_period(world)
    submission = submission_of(period, world, "U")
    tell(world, "Báo cáo bị trả lại", period=period, submission=submission)
    notice = notice_of(world, "oU")
    gone = world.browser("oU").post(f"/notices/{notice.public_id}/seen")
    assert gone.location == f"/submissions/{submission.public_id}"
    assert notice_of(world, "oU").read_at == NOON
    assert notice_of(world, "hU").read_at is None
    tell(world, "Mở kỳ", "V", period=period)
    gone = world.browser("oV").post(f"/notices/{notice_of(world, 'oV').public_id}/seen")
    assert gone.location == f"/periods/{period.public_id}"


def test_nobody_opens_anothers(world: World):
    tell(world, "Tin")
    path = f"/notices/{notice_of(world, 'oU').public_id}/seen"
    for persona in ("hU", "oL", "bd", "ad"):
        assert world.browser(persona).post(path).status_code == 404
    assert notice_of(world, "oU").read_at is None


def test_all_of_ones_own_are_noted_at_once(world: World):
    tell(world, "Một")
    tell(world, "Hai")
    browser = world.browser("oU")
    browser.post("/notices/seen")
    assert "Đã đánh dấu 2 thông báo là đã đọc" in browser.get("/notices").text
    assert notice_of(world, "hU").read_at is None


def test_the_list_costs_the_same_for_three_and_for_thirty(world: World):
    period = make_period(world)
    for place in range(3):
        tell(world, f"Tin {place}", period=period)
    browser = world.browser("oU")
    browser.get("/notices")
    with counted() as few:
        browser.get("/notices")
    for place in range(27):
        tell(world, f"Tin thêm {place}", period=period)
    with counted() as many:
        assert browser.get("/notices").text.count("Tin thêm") >= 27
    assert len(few) == len(many)


def test_the_top_bar_counts_the_unread_with_one_query_and_writes_nothing(world: World):
    bar = '<a href="/notices">Thông báo'
    browser = world.browser("oU")
    assert f"{bar}</a>" in browser.get("/").text
    for number in range(3):
        tell(world, f"Tin {number}")
    with counted() as sent:
        page = browser.get("/").text
    assert f'{bar}&nbsp;<span class="figures">(3)</span>' in page
    counting = [statement for statement in sent if "count(*)" in statement and "FROM notice" in statement]
    assert len(counting) == 1
    assert not [statement for statement in sent if statement.startswith(("INSERT", "UPDATE"))]
    assert notice_of(world, "oU").read_at is None
    assert bar in world.browser("bd").get("/").text
    assert bar not in world.browser("ad").get("/").text
    assert bar not in world.browser("oV").get("/notices").text, "on its own page the place says so"
