"""Unique words in every text column of two blocs and another authority: none on any page or paper it is hidden from."""

import io
import re
import zipfile

import pytest
import time_machine
from flask import Flask, url_for
from sqlalchemy import String, Table, select, text, update
from sqlalchemy.types import Enum

from tests.rights import scene
from tests.rights.expectations import ROUTES
from tests.world import NOON, Browser, World
from tracker.db import Base, db
from tracker.models import closing

#: Words that are no text of a user: codes, keys, addresses of files and people.
BOOKKEEPING = re.compile(
    r"public_id|.*_fold|.*_key|.*_hash|hash|email|time_zone|theme|stored_name|media_type|sha256|draft.*|token.*|code"
)
#: Persona → the owners whose words it may never read: bloc B, bloc C, authority Q, authority Z.
HIDDEN = {
    "oU": "CQ", "oV": "CQ", "oL": "CQ", "hL": "CQ", "oD": "CQ", "oE": "CQ", "oX": "BQ", "oM": "BQ", "bd": "Q",
    "ad": "Q", "bq": "BCZ",
}
MOST_PAGES = 120


def owner_of(row: Base, world: World) -> str | None:
    """B or C for what belongs to a bloc or to a unit of it alone, Q or Z for an authority itself."""
    places = [row]
    for name in ("conference", "item", "part", "bloc", "unit"):
        places += [getattr(place, name) for place in list(places) if getattr(place, name, None) is not None]
    for place in places:
        for code, bloc in world.blocs.items():
            if place is bloc:
                return code
        for letter, unit in world.units.items():
            if place is unit:
                return "C" if letter in "XM" else "B"
    return {world.authority: "Z", world.other_authority: "Q"}.get(row)  # type: ignore[call-overload]


def text_columns(table: Table) -> list[str]:
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Enum)
        and not BOOKKEEPING.fullmatch(column.name) and not column.foreign_keys
    ]


def plant(world: World) -> dict[str, set[str]]:
    """Owner → its words, one a row and text column, written past services and triggers."""
    words: dict[str, set[str]] = {}
    changes = []
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        if mapper.class_.__said__ is None:
            continue
        for row in db.session.scalars(select(mapper.class_).order_by(mapper.class_.id)):
            owner = owner_of(row, world)
            for column in text_columns(mapper.local_table) if owner else ():
                word = f"qz{owner.lower()}{len(words.get(owner, ())):04d}zq"
                words.setdefault(owner, set()).add(word)
                changes.append(update(mapper.local_table).where(mapper.local_table.c.id == row.id).values(
                    {column: word}))
    closing.drop(db.session.connection())
    for change in changes:
        db.session.execute(change)
    db.session.commit()
    return words


def said_in(answer) -> str:
    """An answer as text: pages as they are, Word and Excel files unpacked."""
    if answer.data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return answer.data.decode("utf-8", "replace")


def pages_of(browser: Browser, starts: list[str]) -> dict[str, str]:
    """Everything that can be reached by GET from `starts`, by links and by addresses that were guessed."""
    waiting, seen = list(starts), {}
    while waiting and len(seen) < MOST_PAGES + len(starts):
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = browser.get(path)
        seen[path] = said_in(answer)
        if answer.mimetype == "text/html":
            links = re.findall(r'href="(/[^"#]*)', seen[path].replace("&amp;", "&"))
            waiting += [link for link in links if not link.startswith("/static/")]
    return seen


def addresses(app: Flask, scenes: list[dict[str, Base]]) -> list[str]:
    """The address of every GET route for the records of each bloc, whether a link leads there or not."""
    with app.test_request_context():
        return [
            url_for(endpoint, **{
                name: what[1:] if what.startswith("=") else made[what].public_id for name, what in values.items()
            })
            for made in scenes
            for _act, method, endpoint, values in ROUTES
            if method == "GET" and endpoint != "session.sign_in"
        ]


@pytest.mark.parametrize("persona", sorted(HIDDEN))
def test_no_page_or_paper_shows_a_word_that_is_hidden_from_the_reader(app: Flask, world: World, persona: str):
    starts = addresses(app, [scene.build(world, "oU", "B"), scene.build(world, "oX", "C")])
    words = plant(world)
    before = db.session.scalar(text("SELECT count(*) FROM audit_entry"))
    with time_machine.travel(NOON, tick=False):
        pages = pages_of(world.browser(persona), ["/", *starts])
    foreign = set().union(*(words[owner] for owner in HIDDEN[persona]))
    found = {path: sorted(word for word in foreign if word in page) for path, page in pages.items()}
    leaks = {path: leaked for path, leaked in found.items() if leaked}
    own = {word for owner in set(words) - set(HIDDEN[persona]) for word in words[owner]}
    shown = {word for word in own if any(word in page for page in pages.values())}
    print(f"{persona}: pages without a leak {len(pages) - len(leaks)} of {len(pages)}, hidden words {len(foreign)},"
          f" own words seen {len(shown)} of {len(own)}")
    assert leaks == {}
    assert len(shown) > 0
    assert db.session.scalar(text("SELECT count(*) FROM audit_entry")) == before
