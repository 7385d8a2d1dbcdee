"""Movements (phong trào thi đua): of a bloc, kept by its secretariat, or of the authority, kept by the board."""

from datetime import date, datetime

from tracker.db import db
from tracker.domain.reporting import MovementKind, MovementLevel
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.pledge import Movement
from tracker.queries import movement as movements
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold


@recorded
def launch(
    authority: Authority,
    bloc: Bloc | None,
    *,
    name: str,
    level: MovementLevel,
    kind: MovementKind,
    starts_on: date,
    ends_on: date | None = None,
    document: str | None = None,
    content: str | None = None,
    by: Account,
    at: datetime,
) -> Movement:
    """A movement of `bloc`, or of the whole authority without one. The same name and first day is a second click."""
    words = _checked(name, starts_on, ends_on)
    for known in movements.named(authority, bloc, fold(words)):
        if known.starts_on == starts_on:
            return known
    movement = Movement(
        authority=authority, bloc=bloc, name=words, name_fold=fold(words), level=level, kind=kind,
        starts_on=starts_on, ends_on=ends_on, document=clean_line(document) or None,
        content=clean_block(content) or None,
    )  # fmt: skip
    db.session.add(movement)
    return movement


@recorded
def change(
    movement: Movement,
    *,
    name: str,
    level: MovementLevel,
    kind: MovementKind,
    starts_on: date,
    ends_on: date | None,
    document: str | None,
    content: str | None,
    seen: int,
    by: Account,
    at: datetime,
) -> Movement:
    """Set the given fields. Conflict when someone saved it since."""
    if seen != movement.version:
        raise Conflict(movement)
    words = _checked(name, starts_on, ends_on)
    movement.name, movement.name_fold = words, fold(words)
    movement.level, movement.kind = level, kind
    movement.starts_on, movement.ends_on = starts_on, ends_on
    movement.document, movement.content = clean_line(document) or None, clean_block(content) or None
    return movement


@recorded
def remove(movement: Movement, *, by: Account, at: datetime) -> None:
    """Take it out. Refused once units report achievements in it, and while it holds files."""
    linked = movements.achievements_in(movement)
    if linked:
        raise RuleBroken(
            f"Đã có {linked} thành tích của các đơn vị ghi theo phong trào này nên không xóa được. "
            "Phong trào đã xong thì ghi ngày kết thúc."
        )
    if movements.files_of(movement):
        raise RuleBroken("Phong trào còn tệp đính kèm: hãy gỡ các tệp trước khi xóa.")
    db.session.delete(movement)


def _checked(name: str, starts_on: date, ends_on: date | None) -> str:
    words = clean_line(name)
    if not words:
        raise RuleBroken("Hãy ghi tên phong trào.", field="name")
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(
            f"Ngày kết thúc ({short_date(ends_on)}) không được trước ngày bắt đầu ({short_date(starts_on)}).",
            field="ends_on",
        )
    return words
