"""Signing in, out, and what an expired session keeps."""

from datetime import timedelta

import time_machine

from tests.world import NOON, PASSWORD, Browser, World
from tracker.db import db
from tracker.models.account import SignIn


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
def test_unknown_name_and_wrong_password_read_the_same(app, world: World):
    unknown = Browser(app).post("/sign-in", {"email": "nobody@unit.example", "password": "khong phai"})
    wrong = Browser(app).post("/sign-in", {"email": "ou@officer.example", "password": "khong phai"})
    assert unknown.status_code == wrong.status_code == 422
    assert unknown.text.replace("nobody@unit.example", "") == wrong.text.replace("ou@officer.example", "")


@time_machine.travel(NOON, tick=False)
def test_sign_out_ends_the_session_for_a_copied_cookie_too(app, world: World):
    browser = world.browser("oU")
    copied = Browser(app)
    copied.client._cookies = dict(browser.client._cookies)
    assert copied.get("/").status_code == 200
    browser.post("/sign-out")
    assert copied.get("/").status_code == 302


def test_idle_session_dies_and_a_living_one_does_not(app, world: World):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = world.browser("oU")
        clock.shift(timedelta(minutes=59))
        assert browser.get("/").status_code == 200
        clock.shift(timedelta(minutes=61))
        assert browser.get("/").status_code == 302


@time_machine.travel(NOON, tick=False)
def test_cookie_holds_no_more_than_a_random_token(app, world: World):
    world.browser("oU")
    row = db.session.query(SignIn).one()
    assert len(row.token_hash) == 64
