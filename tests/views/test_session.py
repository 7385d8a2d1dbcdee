"""Signing in and out; how long a session lives; that rights follow the day while it lives."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.world import NOON, PASSWORD, Browser, World
from tracker.db import db
from tracker.models.account import SignIn
from tracker.services import account as accounts

NEW_PASSWORD = "ba con vịt xòe ra hai cái cánh"


def sign_in(app, email: str = "ou@officer.example", password: str = PASSWORD) -> Browser:
    browser = Browser(app)
    browser.post("/sign-in", {"email": email, "password": password})
    return browser


def without_tokens(page: str) -> str:
    """A page without the anti-forgery tokens, which differ from answer to answer."""
    return re.sub(r'"[\w.-]{60,}"', "", page)


@time_machine.travel(NOON, tick=False)
def test_right_password_opens_my_work(app, world: World):
    browser = Browser(app)
    answer = browser.post("/sign-in", {"email": "ou@officer.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert browser.get("/").status_code == 200


@time_machine.travel(NOON, tick=False)
def test_nobody_is_sent_to_sign_in(app, world: World):
    answer = Browser(app).get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/"


@time_machine.travel(NOON, tick=False)
def test_unknown_wrong_and_disabled_read_the_same(app, world: World):
    pages = set()
    for email, password in (
        ("nobody@officer.example", "khong phai"),
        ("ou@officer.example", "khong phai"),
        ("di@officer.example", PASSWORD),
    ):
        answer = Browser(app).post("/sign-in", {"email": email, "password": password})
        assert answer.status_code == 422
        pages.add(without_tokens(answer.text).replace(email, ""))
    assert len(pages) == 1


@time_machine.travel(NOON, tick=False)
def test_sixth_wrong_try_is_told_to_wait(app, world: World):
    browser = Browser(app)
    statuses = [
        browser.post("/sign-in", {"email": "ou@officer.example", "password": "sai"}).status_code for _try in range(6)
    ]
    assert statuses == [422, 422, 422, 422, 422, 429]


@time_machine.travel(NOON, tick=False)
def test_sign_out_ends_the_session_for_a_copied_cookie_too(app, world: World):
    browser = world.browser("oU")
    copied = Browser(app)
    copied.client._cookies = dict(browser.client._cookies)
    assert copied.get("/").status_code == 200
    browser.post("/sign-out")
    assert copied.get("/").status_code == 302


@time_machine.travel(NOON, tick=False)
def test_signing_in_again_ends_the_session_before(app, world: World):
    browser = world.browser("oU")
    copied = Browser(app)
    copied.client._cookies = dict(browser.client._cookies)
    browser.post("/sign-in", {"email": "ou@officer.example", "password": PASSWORD})
    assert (browser.get("/").status_code, copied.get("/").status_code) == (200, 302)


def test_idle_session_dies_after_an_hour(app, world: World):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = world.browser("oU")
        clock.shift(timedelta(minutes=61))
        assert browser.get("/").status_code == 302


def test_session_in_use_lives_to_its_absolute_limit(app, world: World):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = world.browser("oU")
        statuses = []
        for _half_hour in range(25):
            clock.shift(timedelta(minutes=30))
            statuses.append(browser.get("/").status_code)
    assert statuses == [200] * 24 + [302]


def test_page_seen_again_within_a_minute_writes_nothing(app, world: World):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = world.browser("oU")
        clock.shift(timedelta(seconds=59))
        browser.get("/")
        assert db.session.scalar(select(SignIn.last_seen_at)) == NOON
        clock.shift(timedelta(seconds=1))
        browser.get("/")
        assert db.session.scalar(select(SignIn.last_seen_at)) == NOON + timedelta(minutes=1)


@time_machine.travel(NOON, tick=False)
def test_cookie_holds_no_more_than_a_random_token(app, world: World):
    world.browser("oU")
    row = db.session.query(SignIn).one()
    assert len(row.token_hash) == 64


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("act", ["disable", "reset"])
def test_browser_is_out_at_its_next_request_after_disabling_or_reset(app, world: World, act: str):
    browser, other = world.browser("oU"), world.browser("oV")
    service = {"disable": accounts.disable, "reset": accounts.reset_password}[act]
    service(world.accounts["oU"], reason="Thử", by=world.accounts["ad"], at=NOON)
    assert (browser.get("/").status_code, other.get("/").status_code) == (302, 200)


@time_machine.travel(NOON, tick=False)
def test_new_password_ends_the_other_browsers_and_keeps_this_one(app, world: World):
    here, there = world.browser("oU"), world.browser("oU")
    answer = here.post(
        "/account/password", {"current": PASSWORD, "password": NEW_PASSWORD, "repeat": NEW_PASSWORD}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)
    assert sign_in(app, password=NEW_PASSWORD).get("/").status_code == 200


@time_machine.travel(NOON, tick=False)
def test_first_password_opens_nothing_but_its_change(app, world: World):
    first = accounts.reset_password(world.accounts["oU"], reason="Quên", by=world.accounts["ad"], at=NOON)
    browser = sign_in(app, password=first)
    for path in ("/", "/account", "/help"):
        assert browser.get(path).headers["Location"] == "/account/password"
    assert browser.get("/account/password").status_code == 200
    browser.post("/account/password", {"current": first, "password": NEW_PASSWORD, "repeat": NEW_PASSWORD})
    assert browser.get("/").status_code == 200


@time_machine.travel(NOON, tick=False)
def test_wrong_present_password_stays_on_the_form(app, world: World):
    answer = world.browser("oU").post(
        "/account/password", {"current": "sai rồi", "password": NEW_PASSWORD, "repeat": NEW_PASSWORD}
    )
    assert answer.status_code == 422
    assert "Mật khẩu hiện tại chưa đúng." in answer.text


def test_at_hand_over_the_open_browsers_live_and_their_rights_change(app, world: World):
    """On 15/01/2027 unit N takes over from L, at 00:00 in Vietnam, which is 17:00 UTC of the day before."""
    path = f"/blocs/{world.blocs['B'].public_id}/conferences/new"
    evening = datetime(2027, 1, 14, 16, 59, tzinfo=UTC)
    with time_machine.travel(evening, tick=False) as clock:
        old, new = (Browser(app, world.accounts[persona], at=evening) for persona in ("oL", "oN"))
        before = (old.get(path).status_code, new.get(path).status_code)
        clock.shift(timedelta(minutes=1))
        after = (old.get(path).status_code, new.get(path).status_code)
        alive = (old.get("/").status_code, new.get("/").status_code)
    assert (before, after, alive) == ((200, 403), (403, 200), (200, 200))
