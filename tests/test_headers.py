"""Headers on every answer, the cookie, wrong hosts, redirects to our own pages only."""

import pytest
import time_machine
from flask import Flask

from tests.conftest import make_app, make_tables
from tests.world import NOON, PASSWORD, Browser, World, build_world
from tracker.db import db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/sign-in", 200), ("/", 302), ("/no-such-page", 404), ("/static/theme.css", 200), ("/sign-out", 405),
     ("/health", 200)],
)
def test_every_answer_carries_the_headers(app: Flask, world: World, path: str, status: int):
    answer = Browser(app).get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("path", ["/", "/account", "/account/password", "/help"])
def test_pages_behind_the_sign_in_are_never_stored(app: Flask, world: World, path: str):
    answer = world.browser("oU").get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_wrong_host_is_a_bad_request(tmp_path):
    app = make_app(tmp_path, TRUSTED_HOSTS=["so.example"])
    with app.app_context():
        make_tables()
    assert app.test_client().get("/sign-in", headers={"Host": "so.example"}).status_code == 200
    assert app.test_client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "goal",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/no-such-page",
     "/sign-out"],
)
def test_sign_in_leads_only_to_pages_of_ours(app: Flask, world: World, goal: str):
    answer = Browser(app).post(
        "/sign-in", {"email": "ou@officer.example", "password": PASSWORD}, query_string={"next": goal}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_sign_in_leads_to_the_page_that_was_asked_for(app: Flask, world: World):
    answer = Browser(app).post(
        "/sign-in", {"email": "ou@officer.example", "password": PASSWORD}, query_string={"next": "/account?a=1"}
    )
    assert answer.headers["Location"] == "/account?a=1"


def test_cookie_on_https_belongs_to_this_host_alone(tmp_path):
    app = make_app(tmp_path, HTTPS=True, SESSION_COOKIE_NAME="__Host-so-thi-dua", SESSION_COOKIE_SECURE=True)
    with app.app_context():
        make_tables()
        build_world()
        answer = Browser(app).post(
            "/sign-in", {"email": "ou@officer.example", "password": PASSWORD}, base_url="https://localhost"
        )
        db.session.remove()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-so-thi-dua=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not any(part.startswith("Domain") for part in parts)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_form_without_its_token_is_refused_and_changes_nothing(tmp_path):
    app = make_app(tmp_path, WTF_CSRF_ENABLED=True)
    with app.app_context():
        make_tables()
        world = build_world()
        browser = world.browser("oU")
        answer = browser.post("/account/theme", {"theme": "dark"}, headers={"Origin": "https://evil.example"})
        db.session.expire_all()
        assert (answer.status_code, world.accounts["oU"].theme) == (400, "auto")
        db.session.remove()
