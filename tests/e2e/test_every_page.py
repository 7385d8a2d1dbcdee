"""Every page that a person can reach by links: accessible in light and dark, wide and narrow, nothing refused."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.conftest import Desk
from tests.imports import making

DOWNLOADS = re.compile(
    r"/workbook|/calendar|/papers/|/attachments/|\.xlsx|\.docx|\.pdf|\.txt|export|format=|/static/|download"
    r"|/forms?$|/marked$|/certificate|/(pdf|word)$"
)
Look = tuple[str, int]
#: Theme and width. Who comes second to pages of the same kinds sees the two that differ most.
EVERY: tuple[Look, ...] = (("light", 1366), ("dark", 1366), ("light", 320), ("dark", 360))
TWO: tuple[Look, ...] = (("light", 1366), ("dark", 320))


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration. `must`: kinds of pages that the crawl has to reach; `uploads`: sends in a form
    with a fault beforehand."""

    who: str
    looks: tuple[Look, ...]
    must: tuple[str, ...]
    uploads: bool = False


PEOPLE = {
    "thuky@nghean.example": Person("the secretary of the real bloc", TWO, ("/conferences/<id>", "/blocs/<id>/pledge")),
    "tranthimau@minhhoa.example": Person(
        "the secretary of the reporting bloc", EVERY,
        ("/periods/<id>", "/periods/<id>/board", "/periods/<id>/results", "/periods/<id>/pledge-progress",
         "/submissions/<id>", "/criteria/<id>", "/criteria/<id>/assign",
         "/pledge-rows/<id>/edit", "/blocs/<id>/registrations", "/movements/<id>", "/blocs/<id>/activities",
         "/blocs/<id>/past", "/periods/<id>/missing-evidence", "/notices",
         "/blocs/<id>/scores", "/periods/<id>/scoring", "/submissions/<id>/scoring", "/periods/<id>/scoring/what-if",
         "/rankings/<id>", "/rankings/<id>/units/<id>", "/rankings/<id>/changes", "/blocs/<id>/ranking-history",
         "/submissions/<id>/own-points"),
    ),
    "nnmt@minhhoa.example": Person(
        "an officer who writes a report", EVERY,
        ("/submissions/<id>/edit", "/submissions/<id>/send", "/submissions/<id>/achievements/new",
         "/submissions/<id>/achievements/new?kind", "/submissions/<id>/uploads", "/uploads/<id>"),
        uploads=True,
    ),
    "levanthidu@minhhoa.example": Person("an officer whose report came back", TWO, ("/submissions/<id>/edit",)),
    "xadong@minhhoa.example": Person(
        "a secretary in the middle of scoring", TWO,
        ("/blocs/<id>/scores", "/periods/<id>/scoring", "/submissions/<id>/scoring", "/entries/<id>/scoring",
         "/periods/<id>/scoring/what-if", "/periods/<id>/scoring/criteria/<id>", "/periods/<id>/ranking",
         "/periods/<id>/share-points", "/submissions/<id>/set-apart"),
    ),
    "xatan@minhhoa.example": Person("a member that reports in words alone", TWO, ("/submissions/<id>",)),
    "theodoi@minhhoa.example": Person("the board", TWO, ("/periods/<id>/board", "/movements/new")),
    "quantri@minhhoa.example": Person("the administrator", TWO, ("/accounts",)),
}  # fmt: skip


def kind_of(path: str) -> str:
    """Pages that differ only in the record or the filter are one kind; a form that asks by kind is another one.

    So are the points of a year that is named: the first one there, of which the scoring desk is reached.
    """
    place, _, asked = path.partition("?")
    which = "?kind" if re.search(r"(^|&)kind=", asked) else ""
    which = "?year" if place.endswith("/scores") and "year=" in asked else which
    return re.sub(r"/(?!achievements)[a-z0-9]{12}(?=/|$)", "/<id>", place) + which


def crawl(desk: Desk, start: Iterable[str], most: int = 220) -> dict[str, str]:
    """One address for each kind of page, found by following links from `start`."""
    waiting, found = list(start), {}
    while waiting and len(found) < most:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in found or DOWNLOADS.search(path.partition("?")[0]):
            continue
        desk.open(path)
        found[kind] = path
        waiting += sorted(desk.links())
    return found


def send_in_faulty(desk: Desk) -> list[str]:
    """The unit's own form with a word for a number: its preview then waits among the unit's files. Pages of the report
    that buttons lead to, which a crawl does not press."""
    desk.click("main a[href*='/submissions/'] >> nth=0")
    desk.page.wait_for_selector("form#bao-cao")
    report = desk.page.url.removeprefix(desk.address).removesuffix("/edit")
    line = desk.page.get_attribute("li.criterion[data-save*='/entries/']", "data-key")
    with desk.page.expect_download() as expected:
        desk.page.click("main a:has-text('Tải biểu Excel')")
    content = making.edited(Path(expected.value.path()).read_bytes(), making.fill({1: "khoảng 90"}))
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    desk.click("main a:has-text('Tải biểu đã điền lên')")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    desk.page.set_input_files("[name=file]", {"name": "bieu.xlsx", "mimeType": kind, "buffer": content})
    desk.click("main form button[type=submit]:has-text('Đọc tệp')")
    assert "Chỗ phải sửa" in desk.page.inner_text("main")
    return [f"{report}/send", f"{report}/achievements/new", f"/entries/{line}/files/new"]


def look(desk: Desk, path: str) -> list[str]:
    """What is wrong with a page: for axe, in width, for the browser itself. A fault of the page is there each time."""
    desk.complaints.clear()
    desk.open(path)
    found = desk.violations()
    wide = desk.page.evaluate("document.documentElement.scrollWidth")
    return [*found, *([f"{wide} px wide"] if wide > desk.width else []), *desk.complaints]


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("email", PEOPLE)
def test_every_page_is_accessible_in_light_and_dark_wide_and_narrow(address, chromium, email):
    person, faults, looked = PEOPLE[email], [], 0
    pages: dict[str, str] = {}
    for theme, width in person.looks:
        desk = Desk(chromium, address, width=width, theme=theme)
        desk.sign_in(email)
        if not pages:
            pages = crawl(desk, ["/", *(send_in_faulty(desk) if person.uploads else [])])
        for kind, path in pages.items():
            looked += 1
            found = look(desk, path)
            again = look(desk, path) if found else []
            print(*(f"seen once on {path}: {fault}\n" for fault in found if fault not in again), end="")
            faults += [f"{kind} {theme} {width}: {fault}" for fault in found if fault in again]
        desk.close()
    print(f"{email}, {person.who}: {len(pages)} kinds of pages, {looked} looked at, {len(faults)} faults")
    assert [kind for kind in person.must if kind not in pages] == []
    assert faults == []
