"""In a cụm the program says "cụm": every page and paper that its people reach by links, looked at for "khối"."""

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import String, select, update

from tests.conftest import make_app
from tracker.db import Base, db
from tracker.domain.blocs import BlocKind
from tracker.models.bloc import Bloc, BlocName
from tracker.services import demonstration

DAY = "2026-07-20 05:00:00+00:00"
AS_OF = date(2026, 7, 20)
#: What may be said where no single bloc is at hand.
GENERAL = ("khối, cụm", "khối lượng", "khối hay cụm")
WORD = re.compile(r"\bkhối\b", re.IGNORECASE)
#: Help is of all blocs; signing out ends the walk; what is embedded in a page is no word of it.
LEFT_OUT = re.compile(r"^/(help|static|sign-out|uploads/.*/file|attachments)")
#: Pages of one kind that differ by their state are looked at so many times.
OF_A_KIND, MOST_PAGES = 3, 260
PEOPLE = {
    "CPD": ("xadong@minhhoa.example", "phuonghoa@minhhoa.example", "xatan@minhhoa.example", "theodoi@minhhoa.example"),
    "KT": ("tranthimau@minhhoa.example", "nnmt@minhhoa.example", "theodoi@minhhoa.example"),
}


@pytest.fixture
def served(demonstrated: Callable[[date, Path], float], tmp_path: Path) -> Iterator[Flask]:
    with time_machine.travel(DAY):
        demonstrated(AS_OF, tmp_path)
        yield make_app(tmp_path)


def kind_of(path: str) -> str:
    return re.sub(r"/(?!achievements)[a-z0-9]{12}(?=/|$)", "/<id>", path.partition("?")[0])


def words_in(answer: Any) -> str:
    """What is read of a page, with its labels; of a workbook or a document, all that its parts say."""
    if answer.mimetype == "text/html":
        page = re.sub(r"(?s)<script.*?</script>|<style.*?</style>", " ", answer.get_data(as_text=True))
        labels = re.findall(r'(?:aria-label|title|placeholder|data-[a-z-]+)="([^"]*)"', page)
        return html.unescape(" ".join((re.sub(r"<[^>]+>", " ", page), *labels)))
    if not zipfile.is_zipfile(io.BytesIO(answer.data)):
        return ""
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")]
    joined = " ".join(re.sub(r"</w:r>\s*<w:r\b", "</w:r><w:r", part) for part in parts)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(w:p|si|t|v|c)>", " ", joined)))


def khoi_in(text: str, written: tuple[str, ...]) -> list[str]:
    """Each "khối" of the program with what stands around it; `written`: what users wrote and blocs are called."""
    text = " ".join(text.split())
    for said in (*written, *GENERAL):
        text = re.sub(re.escape(said), "…", text, flags=re.IGNORECASE)
    return [text[max(0, found.start() - 50):found.end() + 40] for found in WORD.finditer(text)]


def walk(app: Flask, email: str, code: str, start: str, written: tuple[str, ...], name: str) -> dict[str, list[str]]:
    """Page → the places that say khối. A reader of several blocs stays on pages that bear the name of this one."""
    browser = app.test_client()
    browser.post("/sign-in", data={"email": email, "password": demonstration.PASSWORD})
    everywhere = email != "theodoi@minhhoa.example"
    waiting, seen, kinds, faults = ["/", start] if everywhere else [start], set(), Counter(), {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in seen or kinds[kind] >= OF_A_KIND or LEFT_OUT.match(path):
            continue
        answer = browser.get(path)
        if answer.status_code != 200:
            continue
        page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        seen.add(path)
        if page and not everywhere and name not in page:
            continue
        kinds[kind] += 1
        if found := khoi_in(words_in(answer), written):
            faults[path] = found
        main = page[page.find("<main"):] if not everywhere else page
        waiting += [html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', main)]
    assert len(kinds) > 8, f"{email} reached {sorted(kinds)}"
    print(f"{code} {email}: {len(seen)} pages of {len(kinds)} kinds")
    return faults


def texts_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts_of(part)]


def written_in_database() -> tuple[str, ...]:
    """Every stored text with the word, whole and line by line, the longest first."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String):
                found |= {text for text in db.session.scalars(select(column)) if text and WORD.search(text)}
    pieces = {part for text in found for part in (text, *text.split("\n"), *re.split(r"(?<=[.;:])\s", text))}
    lines = {" ".join(part.split()) for part in pieces}
    return tuple(sorted((line for line in lines if WORD.search(line) and len(line) > 8), key=len, reverse=True))


@pytest.mark.parametrize("code", PEOPLE)
def test_no_page_or_paper_of_a_cum_says_khoi(served: Flask, code: str):
    """CPD is a cụm as it stands; of the other, with years published, only the kind is changed, and no word of users."""
    with served.app_context():
        bloc = db.session.scalars(select(Bloc).where(Bloc.code == code)).one()
        start, name = f"/blocs/{bloc.public_id}", bloc.named_on(AS_OF).name
        written = tuple(row for row in db.session.scalars(select(BlocName.name)) if WORD.search(row))
        if bloc.kind is BlocKind.KHOI:
            written = written_in_database()
            db.session.execute(update(Bloc).where(Bloc.id == bloc.id).values(kind=BlocKind.CUM))
            db.session.commit()
        db.session.remove()
    faults = {}
    for email in PEOPLE[code]:
        found = walk(served, email, code, start, written, name)
        faults |= {f"{email} {path}": places for path, places in found.items()}
    assert faults == {}
