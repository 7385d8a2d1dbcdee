"""Every page that a person can reach by links: accessible in light and dark, wide and narrow, nothing refused."""

import re
from collections.abc import Iterable

import pytest

from tests.e2e.conftest import Desk

DOWNLOADS = re.compile(
    r"/workbook|/calendar|/papers/|/attachments/|\.xlsx|\.docx|\.pdf|\.txt|export|format=|/static/|download"
)
PEOPLE = {
    "thuky@nghean.example": "the secretary of the real bloc",
    "tranthimau@minhhoa.example": "a secretary with items carried over",
    "xatan@minhhoa.example": "an officer of a member",
    "theodoi@minhhoa.example": "the board",
    "quantri@minhhoa.example": "the administrator",
}


def kind_of(path: str) -> str:
    """Pages that differ only in the record or the filter are one kind."""
    return re.sub(r"/[a-z0-9]{12}(?=/|$)", "/<id>", path.split("?")[0])


def crawl(desk: Desk, start: Iterable[str], most: int = 120) -> dict[str, str]:
    """One address for each kind of page, found by following links from `start`."""
    waiting, found = list(start), {}
    while waiting and len(found) < most:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in found or DOWNLOADS.search(path):
            continue
        desk.open(path)
        found[kind] = path
        waiting += sorted(desk.links())
    return found


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("email", PEOPLE)
def test_every_page_is_accessible_in_light_and_dark_wide_and_narrow(address, chromium, email):
    faults, looked = [], 0
    pages: dict[str, str] = {}
    for theme, width in (("light", 1366), ("dark", 1366), ("light", 320), ("dark", 360)):
        desk = Desk(chromium, address, width=width, theme=theme)
        desk.sign_in(email)
        pages = pages or crawl(desk, ["/"])
        for kind, path in pages.items():
            desk.open(path)
            looked += 1
            faults += [f"{kind} {theme} {width}: {fault}" for fault in desk.violations()]
            wide = desk.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{kind} {theme} {width}: {wide} px wide")
        faults += [f"{theme} {width}: {said}" for said in desk.complaints]
        desk.close()
    print(f"{email}: {len(pages)} kinds of pages, {looked} looked at, {len(faults)} faults")
    assert len(pages) >= 6
    assert faults == []
