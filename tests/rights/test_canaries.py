"""Unique words in every text column of two blocs and another authority: none on any page or paper it is hidden from."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask, url_for
from sqlalchemy import String, Table, select, text, update
from sqlalchemy.types import Enum

from tests.rights import scene
from tests.rights.expectations import ROUTES
from tests.world import NOON, TODAY, Browser, World
from tracker.db import Base, db
from tracker.domain.scores import ScoreStage
from tracker.models import closing
from tracker.models.criteria import CriteriaSet
from tracker.models.notice import Notice
from tracker.models.period import Extension, PeriodTaken, ReportingPeriod
from tracker.models.pledge import Activity, Movement, Pledge, PledgeRow, Registration, UnitTarget
from tracker.models.ranking import Ranking
from tracker.models.scoring import Score, SetApart
from tracker.models.submission import ReturnedPlace, Submission, SubmissionComment, SubmissionTaken
from tracker.models.upload import Upload
from tracker.services.recording import acting

WORD = re.compile(r"qz\d{5}zq")

#: Words that are no text of a user: codes, keys, addresses of files and people.
BOOKKEEPING = re.compile(
    r"public_id|.*_fold|.*_key|.*_hash|hash|email|time_zone|theme|stored_name|media_type|sha256|draft.*|token.*|code"
    r"|.*lineage"
)
#: Persona → the owners whose words it may never read: bloc B, bloc C, authority Q, authority Z.
HIDDEN = {
    "oU": "CQ", "oV": "CQ", "oL": "CQ", "hL": "CQ", "oD": "CQ", "oE": "CQ", "oX": "BQ", "oM": "BQ", "bd": "Q",
    "ad": "Q", "bq": "BCZ",
}
#: V when it left bloc B on 01/01/2026.
LEFT = "oV who left"
#: States in which the secretariat reads a report, and in which every member does (design.md, rights.md).
SENT, OUT = ("sent", "returned", "accepted"), ("published", "closed")
MOST_PAGES = 120
#: From a record towards the bloc, unit or authority whose it is.
UPWARDS = (
    "conference", "item", "part", "entry", "section", "achievement", "taken", "explanation", "submission", "ranking",
    "period", "band", "criterion", "criteria_set", "row", "pledge", "movement", "activity", "bloc", "unit", "account",
)  # fmt: skip
YEARLY = (Pledge, PledgeRow, UnitTarget, Registration, Activity, Movement, ReportingPeriod, PeriodTaken, Extension)
COURSE = (SubmissionTaken, ReturnedPlace, SubmissionComment)


def above(row: Base) -> list[Any]:
    """The row and all it belongs to, nearest first."""
    places: list[Any] = [row]
    for place in places:
        found = [getattr(place, name) for name in UPWARDS if isinstance(getattr(place, name, None), Base)]
        places += [each for each in found if each not in places]
    return places


def owner_of(row: Base, world: World) -> str | None:
    """B or C for what belongs to a bloc or to a unit of it alone, Q or Z for an authority itself."""
    for place in above(row):
        for code, bloc in world.blocs.items():
            if place is bloc:
                return code
        for letter, unit in world.units.items():
            if place is unit:
                return "C" if letter in "XM" else "B"
    if isinstance(row, Movement):
        return "Z"
    return {world.authority: "Z", world.other_authority: "Q"}.get(row)  # type: ignore[call-overload]


@dataclass(frozen=True)
class Kept:
    """Whose a word is and how far it is out: `secret` names a rule of `may_read`, "" for what the whole bloc reads.

    `unit` by letter, of a report, a file that waits, a notice; `sent`: its report is; `out`: its period is published;
    `past`: of an earlier year; `shared`: its points are with the units.
    """

    owner: str
    secret: str = ""
    unit: str = ""
    sent: bool = False
    out: bool = False
    past: bool = False
    shared: bool = False


def kept_as(row: Base, owner: str, world: World) -> Kept:
    places = above(row)
    letters = {unit: letter for letter, unit in world.units.items()}
    if isinstance(row, Notice):
        return Kept(owner, "personal", letters.get(row.account.unit, ""))
    if isinstance(row, Upload):
        return Kept(owner, "personal", letters[row.unit or row.by.unit])

    def nearest(model: type[Base]) -> Any:
        return next((each for each in places if isinstance(each, model)), None)

    report, criteria, ranking, period = map(nearest, (Submission, CriteriaSet, Ranking, ReportingPeriod))
    out = period is not None and period.state.value in OUT
    past = period is not None and period.year < TODAY.year
    if (isinstance(row, SetApart) and not out) or (ranking is not None and ranking.published_at is None):
        return Kept(owner, "writing")
    if report is not None:
        judged = isinstance(row, Score) and row.stage is not ScoreStage.SELF
        secret = "points" if judged else "course" if isinstance(row, COURSE) else "report"
        sent = report.state.value in SENT
        return Kept(owner, secret, letters[report.unit], sent, out, past, report.period.points_shared_at is not None)
    if criteria is not None:
        return Kept(owner, "year" if criteria.frozen_at else "writing", past=criteria.year < TODAY.year)
    return Kept(owner, "year" if isinstance(row, YEARLY) or period is not None else "", past=past)


def may_read(persona: str, word: Kept) -> bool:
    """As rights.md and settled.md say it, in words of this file."""
    who = persona.split()[0]
    if word.owner in HIDDEN[who]:
        return False
    if not word.secret or word.owner in "QZ":
        return True
    own = who[1] == word.unit and who[0] in "oh"
    board = who == "bd"
    secretariat = who[1] in {"B": "LD", "C": "M"}[word.owner] and who[0] in "oh"
    member = who != "ad" and (persona != LEFT or word.past)
    looks = word.sent and (secretariat or board)
    return {
        "personal": own,
        "report": own or looks or (word.out and member),
        "course": own or looks,
        "points": board or (secretariat and not own) or (own and word.shared) or (word.out and member),
        "writing": secretariat or board,
        "year": member,
    }[word.secret]


def text_columns(table: Table) -> list[str]:
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Enum)
        and not BOOKKEEPING.fullmatch(column.name) and not column.foreign_keys
        and (table.name, column.name) != ("ranking", "content")
    ]  # fmt: skip


def plant(world: World) -> dict[str, Kept]:
    """Word → whose it is, one a row and text column, written past services and triggers."""
    words: dict[str, Kept] = {}
    changes = []
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        if mapper.class_.__said__ is None:
            continue
        for row in db.session.scalars(select(mapper.class_).order_by(mapper.class_.id)):
            owner = owner_of(row, world)
            for column in text_columns(mapper.local_table) if owner else ():
                word = f"qz{len(words):05d}zq"
                words[word] = kept_as(row, owner or "", world)
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


@pytest.mark.parametrize("persona", [*sorted(HIDDEN), LEFT])
def test_no_page_or_paper_shows_a_word_that_is_hidden_from_the_reader(app: Flask, world: World, persona: str):
    starts = addresses(app, [scene.build(world, "oU", "B"), scene.build(world, "oX", "C")])
    if persona == LEFT:
        with acting(None, NOON):
            left = next(row for row in world.blocs["B"].memberships if row.unit is world.units["V"])
            left.ends_on = date(2026, 1, 1)
    words = plant(world)
    before = db.session.scalar(text("SELECT count(*) FROM audit_entry"))
    with time_machine.travel(NOON, tick=False):
        pages = pages_of(world.browser(persona.split()[0]), ["/", *starts])
    foreign = {word for word, kept in words.items() if not may_read(persona, kept)}
    found = {path: set(WORD.findall(page)) for path, page in pages.items()}
    leaks = {path: sorted((word, words[word]) for word in seen & foreign) for path, seen in found.items()}
    leaks = {path: leaked for path, leaked in leaks.items() if leaked}
    shown = set().union(*found.values()) - foreign
    print(f"{persona}: pages without a leak {len(pages) - len(leaks)} of {len(pages)}, hidden words {len(foreign)},"
          f" own words seen {len(shown)} of {len(words) - len(foreign)}")
    assert leaks == {}
    assert len(shown) > 0
    assert db.session.scalar(text("SELECT count(*) FROM audit_entry")) == before
