"""What stands around every page: who reads, which places are there, filters for dates and numbers."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import get_babel
from jinja2.ext import Extension

from tracker import clock, guard, policy
from tracker.db import Base
from tracker.domain import vietnamese
from tracker.domain.blocs import small_word
from tracker.models.account import Account
from tracker.queries import history
from tracker.views import bloc_word
from tracker.views.plain_words import SpokenPlainly


class Unindented(Extension):
    """Templates are indented for those who write them: the indentation is left out when one is compiled.

    Only of templates: what a user wrote comes in later and keeps every blank. Lines stay where they are, so that
    faults name the right one. A tenth of a long page is saved.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


@dataclass(frozen=True)
class Reader:
    """The signed-in account as the layout shows it."""

    full_name: str
    unit_label: str
    theme: str
    is_board: bool
    is_admin: bool


def reader_of(account: Account) -> Reader:
    day = clock.today(account.authority.time_zone)
    place = account.unit.named_on(day).short_name if account.unit else account.authority.short_name
    return Reader(account.full_name, place, account.theme, account.is_board, account.is_admin)


def nav(prefix: str) -> str | None:
    """aria-current of a place: 'page' on its own page, 'true' below it, None elsewhere."""
    here = request.endpoint or ""
    if here == prefix:
        return "page"
    if "." not in prefix and here == f"{prefix}.index":
        return "page"
    return "true" if "." not in prefix and here.startswith(f"{prefix}.") else None


def bloc_links(account: Account) -> list[tuple[str, str, bool]]:
    """(name, url, current) of the blocs a unit's people belong to today; the board and others use the list."""
    here = getattr(g, "bloc", None)
    return [
        (name, url_for("bloc.show", public_id=public_id), here is not None and here.public_id == public_id)
        for public_id, name, _kind in bloc_word.own_blocs(account)
    ]


def context() -> dict[str, Any]:
    """Template globals that depend on the reader; the layout asks for nothing else."""
    account = guard.signed_in()
    if account is None:
        return {
            "current_account": None, "current_bloc_links": [], "own_word": "", "authority_label": "",
            "illustration": False,
        }  # fmt: skip
    authority = account.authority
    shown = getattr(g, "bloc", None)
    return {
        "current_account": reader_of(account),
        "current_bloc_links": bloc_links(account),
        "own_word": small_word(kind for _key, _name, kind in bloc_word.own_blocs(account)).capitalize(),
        "authority_label": authority.council_name or authority.name,
        "illustration": shown.authority.illustration if shown is not None else authority.illustration,
    }


def local_time(moment: datetime | None) -> str:
    """A stored moment as 14:05 ngày 20/07/2022 in the reader's zone."""
    if moment is None:
        return ""
    account = guard.signed_in()
    zone = account.authority.time_zone if account else clock.DEFAULT_ZONE
    return vietnamese.date_time(clock.local(moment, zone))


@dataclass(frozen=True)
class Shown:
    """One line of the history panel: the moment in the reader's zone."""

    at_text: str
    actor: str
    action_label: str
    changes: tuple[tuple[str, str, str], ...]
    reason: str


def history_of(record: Base, without: Collection[str] = ()) -> list[Shown]:
    """What happened to a record and its parts, newest first, as the history panel shows it."""
    return [_shown(entry) for entry in history.of_record(record, without=without)]


def latest_of(record: Base, most: int) -> tuple[list[Shown], int]:
    """The first `most` lines of history_of, and how many it has."""
    entries, count = history.latest(record, most)
    return [_shown(entry) for entry in entries], count


def _shown(entry: history.Happening) -> Shown:
    return Shown(
        local_time(entry.at),
        entry.actor,
        entry.action_label,
        tuple((change.label, change.before, change.after) for change in entry.changes),
        entry.reason,
    )


def long_date(day: date | None) -> str:
    return vietnamese.long_date(day) if day else ""


def number(value: Decimal | int | None, places: int | None = None) -> str:
    return vietnamese.shown(value, places)


def speak_plainly(app: Flask) -> None:
    """While Vietnamese is the only language, templates say their own words without looking each one up.

    A fifth of a long page's time. The first catalogue of another language turns the looking up on again, at the next
    start: texts still pass through `_`.
    """
    with app.app_context():
        if len(get_babel().instance.list_translations()) == 1:
            app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
            assert isinstance(app.jinja_env, SpokenPlainly)
            app.jinja_env.plainly = True


def register(app: Flask) -> None:
    """Give every template the frame's context, filters and the question behind each button."""
    speak_plainly(app)
    app.context_processor(context)
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.globals.update(bloc_word=bloc_word.bloc_word)
    app.jinja_env.globals.update(nav=nav, may=guard.may, policy=policy, pages_there=app.view_functions)
    app.jinja_env.filters.update(
        vn_date=vietnamese.short_date,
        vn_long_date=long_date,
        vn_spoken_date=vietnamese.spoken_date,
        vn_weekday=vietnamese.weekday_date,
        vn_number=number,
        vn_datetime=local_time,
    )
