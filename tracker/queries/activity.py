"""Shared reads of joint activities: a bloc's list with its filters, totals by kind."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.reporting import ActivityKind
from tracker.models.bloc import Bloc
from tracker.models.pledge import Activity, ActivityUnit
from tracker.models.unit import Unit
from tracker.text import fold


@dataclass(frozen=True)
class KindTotal:
    """How often a bloc did one kind of thing. `value` in đồng, None when no activity of the kind has one."""

    kind: ActivityKind
    count: int
    value: Decimal | None


def of_bloc(bloc: Bloc, first: date, last: date, kind: ActivityKind | None = None, text: str = "") -> list[Activity]:
    """Those that share a day with [first, last], earliest first, with units and their names. Four queries.

    `text` is looked for in title, place and result, without accents.
    """
    asked = select(Activity).where(Activity.bloc_id == bloc.id, Activity.held_on <= last, Activity.last_on >= first)
    if kind is not None:
        asked = asked.where(Activity.kind == kind)
    loaded = selectinload(Activity.units).joinedload(ActivityUnit.unit).selectinload(Unit.names)
    rows = db.session.scalars(asked.options(loaded).order_by(Activity.held_on, Activity.id)).unique().all()
    wanted = fold(text)
    return [row for row in rows if wanted in fold(f"{row.title} {row.place or ''} {row.result or ''}")]


def totals(rows: Sequence[Activity]) -> list[KindTotal]:
    """By kind, in the order of the words; kinds that did not happen are left out."""
    counted = []
    for kind in ActivityKind:
        of_kind = [row for row in rows if row.kind is kind]
        values = [row.value for row in of_kind if row.value is not None]
        if of_kind:
            counted.append(KindTotal(kind, len(of_kind), sum(values, Decimal(0)) if values else None))
    return counted


def same(bloc: Bloc, title: str, held_on: date) -> Activity | None:
    """The activity of this title and first day."""
    asked = select(Activity).where(Activity.bloc_id == bloc.id, Activity.held_on == held_on)
    return next((row for row in db.session.scalars(asked) if fold(row.title) == fold(title)), None)


def units_of(activity: Activity) -> tuple[str, ...]:
    """The names of the units that took part, as they were called on its first day."""
    return tuple(row.unit.named_on(activity.held_on).name for row in activity.units)


def version_of(activity: Activity) -> int:
    """One number for an activity with its units: it changes when either is saved."""
    units = sorted(row.unit_id for row in activity.units)
    return zlib.crc32(repr((activity.public_id, activity.version, units)).encode())


def load(activity: Activity) -> Activity:
    """With bloc and units."""
    asked = select(Activity).where(Activity.id == activity.id).options(
        joinedload(Activity.bloc), selectinload(Activity.units).joinedload(ActivityUnit.unit).selectinload(Unit.names)
    )  # fmt: skip
    return db.session.scalars(asked).unique().one()
