"""The page of all pieces in chromium: accessible in light and dark, wide and narrow; nothing the policy refuses."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.stage import Someone, Stage, set_stage


@pytest.fixture
def stage() -> Stage:
    return set_stage()


@pytest.fixture
def address(stage: Stage) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, stage.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 320])
def test_every_piece_is_accessible_and_fits(stage: Stage, address: str, chromium: Browser, theme: str, width: int):
    stage.reader = Someone(theme=theme)
    page = chromium.new_page(viewport={"width": width, "height": 768})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(f"{address}/pieces")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page)
    assert [fault["id"] for fault in found.response["violations"]] == []
    assert complaints == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("device", ["light", "dark"])
def test_the_look_follows_the_device_when_asked_to(stage: Stage, address: str, chromium: Browser, device: str):
    stage.reader = Someone(theme="auto")
    page = chromium.new_page(color_scheme=device)
    page.goto(f"{address}/pieces")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == device
    page.close()


@pytest.mark.browser
def test_script_only_adds_comfort_to_a_form(address: str, chromium: Browser):
    page = chromium.new_page()
    posts: list[str] = []
    page.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)
    page.goto(f"{address}/pieces")
    assert page.evaluate("document.activeElement.id") == "can-sua"
    page.fill("#day", "1.7.2026")
    page.fill("#title", "a" * 195)
    assert page.input_value("#day") == "01/07/2026"
    assert page.inner_text(".count") == "Còn 5 trên 200 ký tự"
    page.evaluate("document.addEventListener('submit', event => { window.refused = event.defaultPrevented; })")
    page.evaluate("document.querySelector('.one-button').dataset.sent = 'yes'")
    page.click(".one-button button >> nth=0")
    assert page.evaluate("window.refused") is True
    assert posts == []
    page.close()


@pytest.mark.browser
def test_error_links_and_skip_link_work_by_keyboard(address: str, chromium: Browser):
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{address}/pieces")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#noi-dung")
    page.locator("#can-sua a").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Hội nghị sơ kết")
    assert page.input_value("#title") == "Hội nghị sơ kết"
    page.close()
