"""The unit's report in a browser: saved as typed, kept through a cut line, a crash, an ended session, a colleague."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from waitress import create_server

from tests.conftest import make_app
from tests.reporting import make_period, make_set, submission_of
from tests.world import PASSWORD, build_world
from tracker import clock
from tracker.db import db
from tracker.models.submission import Entry

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Report:
    """U's report as it is served: the page of its form and the public ids of its lines."""

    form: str
    lines: tuple[str, ...]


@pytest.fixture
def report(tmp_path: Path, template_database: bytes) -> Iterator[Report]:
    """Of a period that is open now; CSRF on. No transaction of the test stays open: it would lock out the server."""
    (tmp_path / "so-thi-dua.db").write_bytes(template_database)
    app = make_app(tmp_path, TESTING=False, WTF_CSRF_ENABLED=True)
    with app.app_context():
        world, now = build_world(), clock.now()
        period = make_period(
            world, year=now.year, criteria_set=make_set(world.blocs["B"], year=now.year),
            due_at=now + timedelta(days=5), locks_at=now + timedelta(days=9),
        )  # fmt: skip
        made = submission_of(period, world, "U")
        server = create_server(app, host="127.0.0.1", port=0, threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        lines = tuple(entry.public_id for entry in made.entries)
        path = f"/submissions/{made.public_id}/edit"
        db.session.rollback()
        yield Report(f"http://127.0.0.1:{server.effective_port}{path}", lines)
        server.close()
        db.session.remove()


class Officer:
    """One of U's people at a machine of their own."""

    def __init__(self, chromium: Browser, report: Report, email: str, **settings: Any) -> None:
        self.form, self.email = report.form, email
        self.context = chromium.new_context(**{"viewport": {"width": 1366, "height": 768}, **settings})
        self.faults: list[str] = []
        self.page = self.open()

    def open(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.goto(self.form)
        if "sign-in" in page.url:
            self.sign_in(page)
        return page

    def sign_in(self, page: Page) -> None:
        page.fill("[name=email]", self.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(self.form)

    def type(self, line: str, text: str) -> None:
        self.box(line).fill(text)
        self.box(line).press("Tab")

    def says(self, words: str) -> None:
        expect(self.page.locator("#da-luu")).to_contain_text(words, timeout=8000)

    def box(self, line: str) -> Any:
        return self.page.locator(f'[name="{line}-actual"]')

    def line(self, line: str) -> Any:
        return self.page.locator(f'[id="dong-{line}"]')


def stored(line: str) -> Decimal | None:
    try:
        return db.session.scalar(select(Entry.actual).where(Entry.public_id == line))
    finally:
        db.session.rollback()


def test_lines_save_as_they_are_typed_and_a_wrong_one_says_so_in_its_place(report, chromium):
    officer = Officer(chromium, report, "ou@officer.example")
    first, second = report.lines[0], report.lines[1]
    officer.type(first, "1.286,5")
    officer.says("Đã lưu")
    assert stored(first) == Decimal("1286.5")
    officer.type(second, "52.75")
    officer.says("Có chỗ chưa lưu được")
    expect(officer.line(second).locator(".error")).to_contain_text("dấu chấm cho số lẻ")
    assert stored(second) is None
    officer.type(second, "52,75")
    officer.says("Đã lưu")
    expect(officer.line(second).locator(".error")).to_have_count(0)
    assert (stored(second), officer.faults) == (Decimal("52.75"), [])


def test_typed_while_the_line_was_cut_comes_back_after_a_crash_and_is_saved(report, chromium):
    officer = Officer(chromium, report, "ou@officer.example")
    officer.context.set_offline(True)
    officer.type(report.lines[1], "52,75")
    officer.says("giữ trên máy này")
    officer.page.close()
    assert stored(report.lines[1]) is None
    officer.context.set_offline(False)
    officer.page = officer.open()
    expect(officer.box(report.lines[1])).to_have_value("52,75")
    officer.says("Đã lưu")
    assert stored(report.lines[1]) == Decimal("52.75")
    assert officer.page.evaluate("localStorage.length") == 0


def test_typed_after_the_session_ended_is_there_after_signing_in_again(report, chromium):
    officer = Officer(chromium, report, "ou@officer.example")
    officer.context.clear_cookies()
    officer.type(report.lines[0], "43")
    officer.says("Phiên đã hết hạn")
    way_in = officer.page.locator("#da-luu a").element_handle()
    with officer.page.expect_response(lambda answer: answer.request.method == "POST"):
        officer.type(report.lines[2], "7")
    officer.says("Phiên đã hết hạn")
    assert way_in is not None
    assert way_in.evaluate("link => link.isConnected"), "the link to sign in was taken away from under the hand"
    way_in.click()
    officer.page.wait_for_url("**/sign-in?**")
    officer.sign_in(officer.page)
    expect(officer.box(report.lines[0])).to_have_value("43")
    officer.says("Đã lưu")
    expect(officer.box(report.lines[2])).to_have_value("7")
    officer.page.wait_for_function("localStorage.length === 0")
    assert (stored(report.lines[0]), stored(report.lines[2])) == (43, 7)


def test_two_officers_on_one_line_choose_in_its_place_while_others_go_on(report, chromium):
    officer = Officer(chromium, report, "ou@officer.example")
    colleague = Officer(chromium, report, "hu@head.example")
    line, other = report.lines[0], report.lines[2]
    colleague.type(line, "40")
    colleague.says("Đã lưu")
    officer.type(line, "44")
    note = officer.line(line).locator("[data-differs]")
    expect(note).to_contain_text("Người hu@head.example")
    expect(note).to_contain_text("40")
    expect(officer.box(line)).to_have_value("44")
    officer.type(other, "7")
    expect(note).to_be_visible()
    assert (stored(line), stored(other)) == (40, 7)
    note.get_by_text("Giữ bản đang lưu").click()
    expect(officer.box(line)).to_have_value("40")
    colleague.type(line, "41")
    colleague.says("Đã lưu")
    officer.type(line, "45")
    officer.line(line).get_by_text("Dùng bản của bạn").click()
    officer.says("Đã lưu")
    assert stored(line) == 45


@pytest.mark.parametrize(("scheme", "width"), [("light", 1366), ("dark", 320)])
def test_form_is_accessible_and_fits_the_screen(report, chromium, scheme, width):
    officer = Officer(
        chromium, report, "ou@officer.example", color_scheme=scheme, viewport={"width": width, "height": 768}
    )
    officer.type(report.lines[0], "x")
    officer.says("Có chỗ chưa lưu được")
    officer.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = Axe().run(officer.page).response["violations"]
    assert [fault["id"] for fault in found] == []
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= width
