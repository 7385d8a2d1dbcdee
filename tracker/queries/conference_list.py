"""Shared reads of many conferences: a bloc's list with its filters, and the one that a command means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.action_items import ItemState
from tracker.domain.conferences import ConferenceState
from tracker.models.account import Account
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.unit import Unit
from tracker.policy import conferences_known_to
from tracker.text import fold


@dataclass(frozen=True)
class Listed:
    """A conference in a list, with what the list says of it."""

    conference: Conference
    item_count: int
    open_count: int


def years(bloc: Bloc, account: Account, day: date) -> list[int]:
    """Years in which the reader knows of a conference of the bloc, latest first. One query."""
    asked = select(Conference.first_day).where(Conference.bloc_id == bloc.id, conferences_known_to(account, day))
    return sorted({first.year for first in db.session.scalars(asked)}, reverse=True)


def of_bloc(
    bloc: Bloc,
    account: Account,
    day: date,
    *,
    year: int | None = None,
    state: ConferenceState | None = None,
    text: str = "",
) -> list[Listed]:
    """The bloc's conferences that the reader knows of, latest first. Three queries, however many there are.

    `text` is looked for in titles, without accents: "so ket" finds "Sơ kết".
    """
    asked = select(Conference).where(_listed(bloc, account, day, year, text))
    if state is not None:
        asked = asked.where(Conference.state == state)
    asked = asked.options(selectinload(Conference.kinds)).order_by(Conference.first_day.desc(), Conference.id.desc())
    rows = list(db.session.scalars(asked))
    counts = _item_counts([row.id for row in rows])
    return [Listed(row, *counts.get(row.id, (0, 0))) for row in rows]


def state_counts(
    bloc: Bloc, account: Account, day: date, *, year: int | None = None, text: str = ""
) -> dict[ConferenceState, int]:
    """How many conferences stand in each state, under the same year and search. One query."""
    asked = select(Conference.state, func.count()).where(_listed(bloc, account, day, year, text))
    return {state: count for state, count in db.session.execute(asked.group_by(Conference.state))}


def _listed(bloc: Bloc, account: Account, day: date, year: int | None, text: str) -> ColumnElement[bool]:
    wanted = [Conference.bloc_id == bloc.id, conferences_known_to(account, day)]
    if year is not None:
        wanted.append(Conference.first_day.between(date(year, 1, 1), date(year, 12, 31)))
    if fold(text):
        wanted.append(Conference.title_fold.contains(fold(text), autoescape=True))
    return and_(*wanted)


def _item_counts(conferences: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Conference number → (items made there, how many of them are still open)."""
    still = case((ActionItem.state.in_(ItemState.still_open()), 1), else_=0)
    asked = select(ActionItem.conference_id, func.count(), func.sum(still))
    asked = asked.where(ActionItem.conference_id.in_(conferences)).group_by(ActionItem.conference_id)
    return {number: (made, still_open) for number, made, still_open in db.session.execute(asked) if number}


def by_public_id(public_id: str) -> Conference | None:
    return db.session.scalar(select(Conference).where(Conference.public_id == public_id))


def met_on(day: date | None, code: str | None) -> list[Conference]:
    """Conferences that met on `day` (any day: None), of the bloc with `code` (any: None), latest first."""
    asked = select(Conference).join(Bloc).where(Conference.state.in_(ConferenceState.after_holding()))
    if day is not None:
        asked = asked.where(Conference.first_day <= day, Conference.last_day >= day)
    if code is not None:
        asked = asked.where(func.lower(Bloc.code) == code.lower())
    asked = asked.options(joinedload(Conference.bloc).selectinload(Bloc.names))
    return list(db.session.scalars(asked.order_by(Conference.first_day.desc(), Conference.id.desc())))


def units_named(public_ids: Iterable[str]) -> dict[str, Unit]:
    """The units behind public ids, with their names. One query."""
    asked = select(Unit).options(selectinload(Unit.names)).where(Unit.public_id.in_(set(public_ids)))
    return {unit.public_id: unit for unit in db.session.scalars(asked)}
