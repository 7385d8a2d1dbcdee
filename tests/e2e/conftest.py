"""A real server with the demonstration, and chromium in front of it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from waitress import create_server

from tests.conftest import make_app
from tracker import clock
from tracker.services import demonstration

#: A page of ours answers far sooner; the rest is for a machine that other work shares.
WAITS_MS = 20_000


@pytest.fixture
def address(tmp_path: Path, demonstrated: Callable[[date, Path], float]) -> Iterator[str]:
    """The program as it is served, with the demonstration as of today, CSRF on."""
    demonstrated(clock.today(), tmp_path)
    app = make_app(tmp_path, TESTING=False, WTF_CSRF_ENABLED=True)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@dataclass
class Desk:
    """A person at the machine: signs in, counts what the hand does, and hears every complaint of the browser."""

    browser: Browser
    address: str
    width: int = 1366
    theme: str = "light"
    password: str = demonstration.PASSWORD
    interactions: int = 0
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        scheme = "dark" if self.theme == "dark" else "light"
        self.context = self.browser.new_context(viewport={"width": self.width, "height": 768}, color_scheme=scheme)
        self.context.set_default_timeout(WAITS_MS)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, email: str) -> None:
        self.open("/sign-in")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", self.password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.address}/")

    def click(self, selector: str) -> None:
        self.interactions += 1
        self.page.click(selector)

    def fill(self, selector: str, text: str) -> None:
        self.interactions += 1
        self.page.fill(selector, text)

    def choose(self, selector: str, label: str) -> None:
        self.interactions += 1
        self.page.select_option(selector, label=label)

    def check(self, selector: str) -> None:
        self.interactions += 1
        self.page.check(selector)

    def violations(self) -> list[str]:
        """What axe finds on the page, all folded parts open."""
        self.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        found = Axe().run(self.page).response["violations"]
        return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]

    def links(self) -> set[str]:
        """Our own pages that this page leads to, without what is downloaded."""
        found = self.page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        return {href.split("#")[0] for href in found if href.startswith("/") and not href.startswith("//")} - {""}

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def today() -> date:
    return clock.today()
