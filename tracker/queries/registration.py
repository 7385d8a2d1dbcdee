"""Shared reads of what units register for a year: titles and forms, who is missing, the rule that holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.db import db
from tracker.domain.submissions import AwardObject
from tracker.models.bloc import Bloc
from tracker.models.pledge import Registration, RegistrationRule
from tracker.queries import pledge as pledges
from tracker.queries.pledge import YearUnit


@dataclass(frozen=True)
class Registered:
    """One unit with what it aims at, in the order of writing."""

    unit: YearUnit
    rows: tuple[Registration, ...]


@dataclass(frozen=True)
class TitleCount:
    """How many units aim at a title, and for how many; `count` None when no unit gave a number."""

    object: AwardObject
    title: str
    units: int
    count: int | None


def of_year(bloc: Bloc, year: int, day: date) -> list[Registered]:
    """Every member of `day`, and units that registered and left since. Four queries."""
    asked = select(Registration).where(Registration.bloc_id == bloc.id, Registration.year == year)
    rows = list(db.session.scalars(asked.order_by(Registration.id)))
    units = pledges.units_of(bloc, day, {row.unit_id for row in rows})
    return [Registered(unit, tuple(row for row in rows if row.unit_id == unit.unit.id)) for unit in units]


def of_unit(bloc: Bloc, year: int, unit_id: int) -> list[Registration]:
    asked = select(Registration).where(
        Registration.bloc_id == bloc.id, Registration.year == year, Registration.unit_id == unit_id
    )
    return list(db.session.scalars(asked.order_by(Registration.id)))


def totals(listed: Sequence[Registered]) -> list[TitleCount]:
    """The same titles together (as written), by object and then by first mention."""
    found: dict[tuple[AwardObject, str], list[Registration]] = {}
    for registered in listed:
        for row in registered.rows:
            found.setdefault((row.object, row.title), []).append(row)
    counted = []
    for (kind, title), rows in found.items():
        numbers = [row.count for row in rows if row.count is not None]
        counted.append(TitleCount(kind, title, len({row.unit_id for row in rows}), sum(numbers) if numbers else None))
    order = list(AwardObject)
    return sorted(counted, key=lambda each: order.index(each.object))


def rules(bloc: Bloc) -> list[RegistrationRule]:
    """Every dated rule, latest first."""
    asked = select(RegistrationRule).where(RegistrationRule.bloc_id == bloc.id)
    return list(db.session.scalars(asked.order_by(RegistrationRule.starts_on.desc(), RegistrationRule.id.desc())))


def rule_on(bloc: Bloc, day: date) -> RegistrationRule | None:
    """The rule that holds on `day`; None: nobody set one, so nothing is required."""
    return db.session.scalar(
        select(RegistrationRule).where(RegistrationRule.bloc_id == bloc.id, RegistrationRule.holds_on(day))
    )


def rule_by_key(bloc: Bloc, public_id: str) -> RegistrationRule | None:
    return db.session.scalar(
        select(RegistrationRule).where(RegistrationRule.bloc_id == bloc.id, RegistrationRule.public_id == public_id)
    )


def known_titles(bloc: Bloc) -> list[str]:
    """Titles written before in this bloc: proposed, so that the same one is written the same way."""
    asked = select(Registration.title).where(Registration.bloc_id == bloc.id).distinct()
    return sorted(db.session.scalars(asked.order_by(Registration.title)))
