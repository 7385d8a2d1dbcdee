"""One application a session, an empty database a test; PostgreSQL too where TEST_POSTGRES_URL is set."""

import os
import shutil
import time
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import create_engine, make_url, text

from tests.world import World, build_world
from tracker import clock, create_app
from tracker.db import db
from tracker.models import closing
from tracker.services import demonstration, demonstration_invented

WORKER = "PYTEST_XDIST_WORKER"
ENCODED = "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"


def pytest_configure() -> None:
    """Of several workers each has a PostgreSQL database of its own beside the one that is given."""
    worker, given = os.environ.get(WORKER), os.environ.get("TEST_POSTGRES_URL")
    if worker and given:
        url = make_url(given)
        own = f"{url.database}_{worker}"
        _ask(given, f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        _ask(given, f'CREATE DATABASE "{own}" TEMPLATE template0 {ENCODED}')
        os.environ["TEST_POSTGRES_URL"] = url.set(database=own).render_as_string(hide_password=False)
        os.environ["GIVEN_POSTGRES_URL"] = given


def pytest_sessionfinish() -> None:
    given = os.environ.get("GIVEN_POSTGRES_URL")
    if given:
        _ask(given, f'DROP DATABASE IF EXISTS "{make_url(given).database}_{os.environ[WORKER]}" WITH (FORCE)')


def _ask(url: str, statement: str) -> None:
    """One statement outside any transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


SECRET = "a-secret-for-tests-only-0123456789abcdef"


def make_app(folder: Path, url: str | None = None, **settings: object) -> Flask:
    """An application of its own with an empty data folder; CSRF is off unless a test asks for it."""
    given = {"TRACKER_DATA": folder, "SECRET_KEY": SECRET, "TESTING": True, "WTF_CSRF_ENABLED": False}
    if url:
        given["SQLALCHEMY_DATABASE_URI"] = url
    return create_app(**{**given, **settings})


def make_tables() -> None:
    """Every table and trigger, as the migrations make them (a test compares the two)."""
    db.create_all()
    closing.make(db.session.connection())
    db.session.commit()


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty SQLite file with all tables, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = make_app(folder)
    with app.app_context():
        make_tables()
        db.session.remove()
        db.engine.dispose()
    return (folder / "so-thi-dua.db").read_bytes()


@pytest.fixture
def app(tmp_path: Path, template_database: bytes) -> Iterator[Flask]:
    """The application on an empty SQLite database."""
    (tmp_path / "so-thi-dua.db").write_bytes(template_database)
    made = make_app(tmp_path)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def demonstrated(
    tmp_path_factory: pytest.TempPathFactory, template_database: bytes
) -> Callable[[date, Path], float]:
    """Puts the demonstration of a day, database and files, into an empty folder; answers the seconds of its loading.

    Each day is loaded once a run, since it takes seconds, and copied for each test that looks at it.
    """
    kept: dict[date, tuple[Path, float]] = {}

    def load(as_of: date) -> tuple[Path, float]:
        folder = tmp_path_factory.mktemp("demonstration")
        (folder / "so-thi-dua.db").write_bytes(template_database)
        with make_app(folder).app_context():
            start = time.process_time()
            demonstration.load_real(at=clock.now())
            demonstration_invented.load_invented(as_of)
            db.session.commit()
            taken = time.process_time() - start
            db.session.remove()
            db.engine.dispose()
        return folder, taken

    def put(as_of: date, into: Path) -> float:
        if as_of not in kept:
            kept[as_of] = load(as_of)
        shutil.copytree(kept[as_of][0], into, dirs_exist_ok=True)
        return kept[as_of][1]

    return put


@pytest.fixture
def world(app: Flask) -> World:
    """Bloc B of authority Z with units U, V, L, D, E, N; bloc C; authority Q: the personas of the rights."""
    return build_world()


@pytest.fixture
def postgres_app(tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty PostgreSQL database; skipped where none is set up."""
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        pytest.skip("TEST_POSTGRES_URL is not set")
    made = make_app(tmp_path, url)
    with made.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        make_tables()
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def either_app(request: pytest.FixtureRequest) -> Flask:
    """The application on both databases, one after the other: for what touches transactions."""
    return request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")


@pytest.fixture(scope="session")
def one_chromium() -> Iterator[Browser]:
    """Debian's chromium, one for all tests. Its absence is a failure where REQUIRE_BROWSER is set."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("chromium is required here and is not installed")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def chromium(one_chromium: Browser) -> Iterator[Browser]:
    """The browser for one test: its windows are closed behind it, so none goes on asking a server that is gone."""
    yield one_chromium
    for context in one_chromium.contexts:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed in the browser says which pages stood open, and what they said."""
    report = yield
    browser = item.funcargs.get("chromium")
    if report.when == "call" and report.failed and isinstance(browser, Browser):
        pages = [page for made in browser.contexts for page in made.pages]
        report.sections.append(("open pages", "\n\n".join(_seen(page) for page in pages)))
    return report


def _seen(page: Page) -> str:
    try:
        return f"{page.url}\n{page.locator('body').inner_text(timeout=2000)[:1500]}"
    except PlaywrightError as fault:
        return f"{page.url}: {fault}"
