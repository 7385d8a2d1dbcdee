"""Shared reads of movements: a bloc's list with its filters, what is linked to one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.reporting import MovementKind, MovementLevel
from tracker.models.attachment import Attachment
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.pledge import Movement
from tracker.models.submission import Achievement
from tracker.policy import movements_of
from tracker.text import fold


@dataclass(frozen=True)
class Wanted:
    """The filters of the list. `year`: running on a day of that year; `day`: running on that day."""

    year: int | None = None
    day: date | None = None
    level: MovementLevel | None = None
    kind: MovementKind | None = None
    text: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.day or self.level or self.kind or self.text)


@dataclass(frozen=True)
class Listed:
    """A movement with the number of its files."""

    movement: Movement
    files: int


def listed(bloc: Bloc, wanted: Wanted) -> list[Listed]:
    """The bloc's movements and its authority's, the latest begun first. Two queries."""
    asked = select(Movement).where(movements_of(bloc)).options(joinedload(Movement.bloc))
    first, last = wanted.day, wanted.day
    if wanted.day is None and wanted.year is not None:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
    if first is not None and last is not None:
        asked = asked.where(Movement.starts_on <= last, or_(Movement.ends_on.is_(None), Movement.ends_on >= first))
    if wanted.level is not None:
        asked = asked.where(Movement.level == wanted.level)
    if wanted.kind is not None:
        asked = asked.where(Movement.kind == wanted.kind)
    if fold(wanted.text):
        asked = asked.where(Movement.name_fold.contains(fold(wanted.text), autoescape=True))
    rows = list(db.session.scalars(asked.order_by(Movement.starts_on.desc(), Movement.id.desc())))
    counted = select(Attachment.movement_id, func.count()).where(Attachment.movement_id.in_([row.id for row in rows]))
    files = {number: count for number, count in db.session.execute(counted.group_by(Attachment.movement_id))}
    return [Listed(row, files.get(row.id, 0)) for row in rows]


def named(authority: Authority, bloc: Bloc | None, name_fold: str) -> list[Movement]:
    """Movements of the same owner with this name, folded."""
    owner = Movement.bloc_id.is_(None) if bloc is None else Movement.bloc_id == bloc.id
    asked = select(Movement).where(Movement.authority_id == authority.id, owner, Movement.name_fold == name_fold)
    return list(db.session.scalars(asked.order_by(Movement.id)))


def bloc_showing(movement: Movement, public_id: str) -> Bloc | None:
    """The bloc of that id, if its list shows the movement: its own, or one of its authority's."""
    bloc = db.session.scalar(select(Bloc).where(Bloc.public_id == public_id)) if public_id else None
    if bloc is None or bloc.authority_id != movement.authority_id:
        return None
    return bloc if movement.bloc_id in (None, bloc.id) else None


def files_of(movement: Movement) -> list[Attachment]:
    asked = select(Attachment).where(Attachment.movement_id == movement.id).order_by(Attachment.id)
    return list(db.session.scalars(asked))


def achievements_in(movement: Movement) -> int:
    return db.session.scalar(select(func.count()).where(Achievement.movement_id == movement.id)) or 0
