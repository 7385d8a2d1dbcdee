"""The administrator's pages of accounts, one's own page, and the board's acting heads."""

import html
import re

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select

from tests.world import NOON, PASSWORD, Browser, World, keep, make_account
from tracker.db import db
from tracker.domain.blocs import AccountRole
from tracker.models.account import Account

FORM = {"full_name": "Trần Thị Mới", "email": "moi@officer.example", "post": "Chuyên viên", "role": "officer"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def words(page: str) -> str:
    """What is read: tags away, white space as one space."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def names(page: str) -> list[str]:
    """The names in the list of accounts, in its order."""
    return re.findall(r'href="/accounts/[a-z0-9]{12}">([^<]+)</a>', page)


def test_new_account_shows_its_first_password_once_and_opens_the_program_with_it(app: Flask, world: World):
    admin = world.browser("ad")
    page = admin.post("/accounts/new", {**FORM, "unit": world.units["U"].public_id})
    given = re.search(r"<strong>([a-z0-9-]{19})</strong>", page.text)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    made = db.session.scalar(select(Account).where(Account.email == FORM["email"]))
    assert given is not None
    assert given[1] not in admin.get(f"/accounts/{made.public_id}").text
    answer = Browser(app).post("/sign-in", {"email": FORM["email"], "password": given[1]})
    assert answer.status_code == 302


def test_broken_rule_comes_back_under_its_field_with_everything_typed(world: World):
    answer = world.browser("ad").post("/accounts/new", {**FORM, "unit": ""})
    assert answer.status_code == 422
    assert "Vai trò “Cán bộ đơn vị” cần thuộc một đơn vị: hãy chọn đơn vị." in words(answer.text)
    assert 'value="Trần Thị Mới"' in answer.text


def test_list_is_searched_without_accents_and_filtered_by_unit_and_state(world: World):
    admin = world.browser("ad")
    admin.post("/accounts/new", {**FORM, "unit": world.units["U"].public_id})
    assert names(admin.get("/accounts?search=tran thi moi").text) == ["Trần Thị Mới"]
    assert names(admin.get("/accounts?state=new").text) == ["Trần Thị Mới"]
    assert names(admin.get("/accounts?state=disabled").text) == ["Người di@officer.example"]
    assert names(admin.get(f"/accounts?unit={world.units['V'].public_id}").text) == ["Người ov@officer.example"]
    assert names(admin.get("/accounts?unit=-").text) == ["Người ad@admin.example", "Người bd@board.example"]
    assert "Không có tài khoản nào khớp" in admin.get("/accounts?search=khong co ai").text


def test_accounts_of_another_authority_are_neither_listed_nor_found(world: World):
    admin = world.browser("ad")
    assert "Người bq@board.example" not in names(admin.get("/accounts").text)
    assert admin.get(f"/accounts/{world.accounts['bq'].public_id}").status_code == 404


def test_list_goes_by_the_last_word_of_the_name(world: World):
    made = [make_account(world.authority, AccountRole.BOARD, f"{word}@b.example") for word in "abc"]
    for account, name in zip(made, ["Lê Văn Ân", "Đỗ Thị An", "Bùi Đạt"], strict=True):
        account.full_name = name
    keep(*made)
    assert names(world.browser("ad").get("/accounts?search=b.example").text) == ["Đỗ Thị An", "Lê Văn Ân", "Bùi Đạt"]


def test_edited_account_stands_in_its_history(world: World):
    other = world.accounts["oU"]
    path = f"/accounts/{other.public_id}"
    answer = world.browser("ad").post(f"{path}/edit", {
        "full_name": "Nguyễn Văn Út", "email": other.email, "post": "", "role": "officer",
        "unit": world.units["U"].public_id, "version": str(other.version),
    })
    page = words(world.browser("ad").get(path).text)
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert "Họ và tên: Người ou@officer.example → đổi thành Nguyễn Văn Út" in page


@pytest.mark.parametrize("act", ["reset", "disable", "enable"])
def test_dangerous_step_needs_its_reason(world: World, act: str):
    other = world.accounts["oU"]
    path = f"/accounts/{other.public_id}/{act}"
    admin = world.browser("ad")
    assert admin.get(path).status_code == 200
    answer = admin.post(path, {"reason": " ", "version": str(other.version)})
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in words(answer.text)


def test_disabled_account_is_opened_again_with_its_old_password(app: Flask, world: World):
    other, admin = world.accounts["oU"], world.browser("ad")
    path = f"/accounts/{other.public_id}"
    tries = []
    for act in ("disable", "enable"):
        admin.post(f"{path}/{act}", {"reason": "Thử", "version": str(other.version)})
        tries.append(Browser(app).post("/sign-in", {"email": other.email, "password": PASSWORD}).status_code)
    assert tries == [422, 302]


def test_reset_shows_a_new_password_and_the_old_one_is_dead(app: Flask, world: World):
    other = world.accounts["oU"]
    page = world.browser("ad").post(f"/accounts/{other.public_id}/reset", {"reason": "Quên", "version": "1"})
    given = re.search(r"<strong>([a-z0-9-]{19})</strong>", page.text)
    assert given is not None
    old = Browser(app).post("/sign-in", {"email": other.email, "password": PASSWORD})
    new = Browser(app).post("/sign-in", {"email": other.email, "password": given[1]})
    assert (old.status_code, new.status_code) == (422, 302)


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("oU", "Đơn vị là thành viên: đọc chương trình"),
        ("oL", "Đơn vị đang là Khối trưởng đến trước ngày 15/01/2027. Bạn thuộc thường trực khối"),
        ("hL", "Là thủ trưởng, bạn thông qua biên bản."),
        ("oD", "Đơn vị đang là Khối phó"),
        ("bd", "giao nhiệm kỳ Khối trưởng, Khối phó"),
        ("ad", "Quản lý tài khoản người dùng"),
    ],
)
def test_own_page_says_in_words_what_the_account_may_do_today(world: World, persona: str, sentence: str):
    assert sentence in words(world.browser(persona).get("/account").text)


def test_theme_is_kept_with_the_account_and_leads_back_to_the_page(world: World):
    browser = world.browser("oU")
    answer = browser.post("/account/theme", {"theme": "dark", "next": "/account"})
    assert answer.headers["Location"] == "/account"
    assert 'data-bs-theme="dark"' in browser.get("/account").text


def test_officer_named_by_the_board_approves_in_place_of_the_head_until_the_board_ends_it(world: World):
    other, board = world.accounts["oL"], world.browser("bd")
    path = f"/accounts/{other.public_id}/acting"
    answer = board.post(path, {"starts_on": "01/05/2026", "decision": "Quyết định số 5/QĐ"})
    assert (answer.status_code, other.is_head_on(NOON.date())) == (302, True)
    assert "Quyền thủ trưởng từ 01/05/2026" in words(board.get("/acting-heads").text)
    assert "đang được giao quyền thủ trưởng" in words(world.browser("oL").get("/account").text)
    board.post(f"{path}/end", {"on": "15/05/2026", "reason": "Thủ trưởng về", "version": str(other.version)})
    db.session.expire_all()
    assert other.is_head_on(NOON.date()) is False


def test_list_costs_the_same_for_three_and_for_thirty_accounts(world: World):
    def cost() -> int:
        asked = []
        engine = db.engine
        event.listen(engine, "before_cursor_execute", note := lambda *_call: asked.append(1))
        world.browser("ad").get("/accounts")
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    few = cost()
    keep(*(make_account(world.authority, AccountRole.OFFICER, f"n{n}@b.example", world.units["UVLDEN"[n % 6]])
           for n in range(30)))
    assert cost() == few
