"""What was typed when the session had ended comes back to the one who typed it, and to nobody else."""

import html
import re
import secrets
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import make_app, make_tables
from tests.world import NOON, PASSWORD, Browser, World, build_world
from tracker.db import db
from tracker.views import drafts

TYPED = {
    "version": "1", "name": "Ủy ban nhân dân tỉnh Z", "short_name": "UBND tỉnh Z", "place_name": "Z",
    "council_name": "Hội đồng <b>thi đua</b> & khen thưởng, chữ còn nguyên", "time_zone": "Asia/Ho_Chi_Minh",
}
LONG_REASON = "Một lý do dài, gõ trong khi phiên làm việc đã hết hạn từ lâu."


def carried(answer: TestResponse) -> str:
    """The hidden field of the sign-in page."""
    found = re.search(r'name="carried" value="([^"]*)"', answer.text)
    assert found is not None
    return html.unescape(found[1])


def sign_in(browser: Browser, persona: str, world: World, kept: str) -> TestResponse:
    return browser.post(
        "/sign-in", {"email": world.accounts[persona].email, "password": PASSWORD, "carried": kept}
    )


@pytest.fixture
def late(app: Flask, world: World):
    """A browser of the administrator whose session ended two hours ago, and the clock."""
    with time_machine.travel(NOON, tick=False) as clock:
        browser = world.browser("ad")
        clock.shift(timedelta(hours=2))
        yield browser


def test_posted_form_of_an_expired_session_is_answered_by_the_sign_in_page_that_carries_it(late: Browser):
    answer = late.post("/authority/edit", TYPED)
    assert answer.status_code == 401
    assert "Những gì bạn vừa gõ vẫn còn nguyên." in answer.text
    assert carried(answer) != ""


def test_text_is_on_the_forms_own_page_after_signing_in_and_can_be_saved(late: Browser, world: World):
    kept = carried(late.post("/authority/edit", TYPED))
    answer = sign_in(late, "ad", world, kept)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/authority/edit")
    page = late.get("/authority/edit").text
    assert "Hội đồng &lt;b&gt;thi đua&lt;/b&gt; &amp; khen thưởng, chữ còn nguyên" in page
    assert "Phần đang soạn trước khi phiên hết hạn vẫn còn nguyên" in page
    assert late.post("/authority/edit", TYPED).status_code == 302
    assert world.authority.council_name == TYPED["council_name"]
    assert "Phần đang soạn trước khi phiên hết hạn" not in late.get("/authority/edit").text


def test_wrong_password_in_between_loses_nothing(late: Browser, world: World):
    kept = carried(late.post("/authority/edit", TYPED))
    again = late.post("/sign-in", {"email": world.accounts["ad"].email, "password": "sai", "carried": kept})
    assert (again.status_code, carried(again)) == (422, kept)


def test_another_account_does_not_get_the_text(late: Browser, world: World):
    kept = carried(late.post("/authority/edit", TYPED))
    answer = sign_in(late, "bd", world, kept)
    assert answer.headers["Location"] == "/"
    assert "chữ còn nguyên" not in late.get("/authority/edit").text


@pytest.mark.parametrize("harm", [lambda kept: kept[:-3] + "abc", lambda kept: "x", lambda kept: ""])
def test_text_that_was_not_signed_by_us_is_ignored(late: Browser, world: World, harm):
    kept = harm(carried(late.post("/authority/edit", TYPED)))
    assert sign_in(late, "ad", world, kept).headers["Location"] == "/"


def test_text_is_kept_for_a_day_only(late: Browser, world: World):
    kept = carried(late.post("/authority/edit", TYPED))
    with time_machine.travel(NOON + timedelta(hours=27), tick=False):
        assert sign_in(late, "ad", world, kept).headers["Location"] == "/"


def test_button_without_a_page_of_its_own_is_not_pressed_again_and_the_reader_is_told(late: Browser, world: World):
    kept = carried(late.post("/account/theme", {"theme": "dark"}))
    assert sign_in(late, "ad", world, kept).headers["Location"] == "/"
    assert "Hãy mở lại trang và bấm lại nút đó." in late.get("/").text
    assert world.accounts["ad"].theme == "auto"


def test_text_for_an_address_without_a_page_is_shown_to_be_copied(late: Browser, world: World):
    kept = carried(late.post("/account/theme", {"theme": LONG_REASON}))
    answer = sign_in(late, "ad", world, kept)
    assert answer.status_code == 200
    assert LONG_REASON in answer.text


def test_reader_without_a_form_is_brought_back_to_the_page_itself(late: Browser, world: World):
    answer = late.get("/account?x=1")
    assert answer.headers["Location"] == "/sign-in?next=/account?x%3D1"
    assert "Đăng nhập để trở lại đúng trang đang mở." in late.get(answer.headers["Location"]).text


def test_text_that_is_too_long_to_carry_is_said_to_be(late: Browser):
    answer = late.post("/authority/edit", {**TYPED, "header_lines": secrets.token_urlsafe(1_500_000)})
    assert (answer.status_code, carried(answer)) == (401, "")
    assert "quá dài để giữ qua bước đăng nhập" in answer.text


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/account", "/account"), ("//evil.example", None), ("https://evil.example", None), ("/no-such", None),
     ("", None)],
)
def test_only_our_own_pages_are_gone_back_to(app: Flask, path: str, expected: str | None):
    with app.test_request_context("/"):
        assert drafts.local_path(path) == expected


def test_form_whose_token_ran_out_comes_back_with_its_text(tmp_path):
    app = make_app(tmp_path, WTF_CSRF_ENABLED=True)
    with app.app_context():
        make_tables()
        world = build_world()
        with time_machine.travel(NOON, tick=False):
            browser = world.browser("ad")
            ours = {"Origin": "http://localhost"}
            answer = browser.post("/authority/edit", TYPED, headers=ours)
            assert (answer.status_code, answer.headers["Location"]) == (302, "/authority/edit")
            assert "chữ còn nguyên" in browser.get("/authority/edit").text
            nobody = Browser(app).post("/authority/edit", TYPED, headers=ours)
            assert nobody.status_code == 401
            elsewhere = browser.post("/authority/edit", TYPED, headers={"Origin": "https://evil.example"})
            assert elsewhere.status_code == 400
            db.session.expire_all()
            assert world.authority.council_name is None
        db.session.remove()
