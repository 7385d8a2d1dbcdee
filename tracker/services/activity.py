"""Joint activities of a bloc: exchange, sport, help to communes, with the units that took part."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from tracker.db import db
from tracker.domain.reporting import ActivityKind
from tracker.domain.vietnamese import joined, short_date
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.pledge import Activity, ActivityUnit
from tracker.models.unit import Unit
from tracker.queries import activity as activities
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line


@recorded
def record(
    bloc: Bloc,
    *,
    kind: ActivityKind,
    title: str,
    held_on: date,
    last_on: date | None = None,
    place: str | None = None,
    result: str | None = None,
    value: Decimal | None = None,
    units: Collection[Unit] = (),
    by: Account,
    at: datetime,
) -> Activity:
    """An activity of one or several days; `value` in đồng. The same title and day is a second click: one row."""
    words, last = _checked(bloc, title, held_on, last_on, value, units)
    known = activities.same(bloc, words, held_on)
    if known is not None:
        return known
    activity = Activity(
        bloc=bloc, kind=kind, title=words, held_on=held_on, last_on=last, place=clean_line(place) or None,
        result=clean_block(result) or None, value=value,
    )  # fmt: skip
    db.session.add(activity)
    activity.units.extend(ActivityUnit(activity=activity, unit=unit) for unit in units)
    return activity


@recorded
def change(
    activity: Activity,
    *,
    kind: ActivityKind,
    title: str,
    held_on: date,
    last_on: date | None,
    place: str | None,
    result: str | None,
    value: Decimal | None,
    units: Collection[Unit],
    seen: int,
    by: Account,
    at: datetime,
) -> Activity:
    """Set everything, the units too. Conflict when someone saved it, or its units, since."""
    if seen != activities.version_of(activity):
        raise Conflict(activity)
    words, last = _checked(activity.bloc, title, held_on, last_on, value, units)
    activity.kind, activity.title = kind, words
    activity.held_on, activity.last_on, activity.value = held_on, last, value
    activity.place, activity.result = clean_line(place) or None, clean_block(result) or None
    kept = {row.unit_id: row for row in activity.units}
    for number, row in kept.items():
        if number not in {unit.id for unit in units}:
            activity.units.remove(row)
    activity.units.extend(ActivityUnit(activity=activity, unit=unit) for unit in units if unit.id not in kept)
    return activity


@recorded
def remove(activity: Activity, *, by: Account, at: datetime) -> None:
    """Take it out; the audit keeps what it said."""
    db.session.delete(activity)


def _checked(
    bloc: Bloc, title: str, held_on: date, last_on: date | None, value: Decimal | None, units: Collection[Unit]
) -> tuple[str, date]:
    """Title and last day as they are kept. RuleBroken by field."""
    words = clean_line(title)
    if not words:
        raise RuleBroken("Hãy ghi tên hoạt động.", field="title")
    last = last_on or held_on
    if last < held_on:
        raise RuleBroken(
            f"Ngày cuối ({short_date(last)}) không được trước ngày đầu ({short_date(held_on)}).", field="last_on"
        )
    if value is not None and value < 0:
        raise RuleBroken("Giá trị không âm: hãy xem lại.", field="value")
    members = {held.unit_id for held in bloc.memberships if held.meets(held_on, None) and held.starts_on <= last}
    strangers = [unit.named_on(held_on).name for unit in units if unit.id not in members]
    if strangers:
        raise RuleBroken(
            f"{joined(strangers)} không là thành viên của {bloc.kind.small} trong ngày diễn ra: hãy bỏ chọn.",
            field="units",
        )
    return words, last
