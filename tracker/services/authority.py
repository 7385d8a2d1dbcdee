"""The authority that owns blocs and heads their documents."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from tracker.db import db
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold


@recorded
def found(
    *,
    name: str,
    place_name: str,
    short_name: str | None = None,
    council_name: str | None = None,
    header_lines: str | None = None,
    time_zone: str = "Asia/Ho_Chi_Minh",
    illustration: bool = False,
    by: Account | None,
    at: datetime,
) -> Authority:
    """A new authority. RuleBroken when its name is taken. The short name follows from Ủy ban nhân dân → UBND."""
    full = clean_line(name)
    if any(fold(other.name) == fold(full) for other in db.session.scalars(select(Authority))):
        raise RuleBroken(f"Đã có cơ quan tên “{full}”.", field="name")
    _check_zone(time_zone)
    authority = Authority(
        name=full,
        short_name=clean_line(short_name) or full.replace("Ủy ban nhân dân", "UBND"),
        council_name=clean_line(council_name) or None,
        place_name=clean_line(place_name),
        header_lines=clean_block(header_lines) or None,
        time_zone=time_zone,
        illustration=illustration,
    )
    db.session.add(authority)
    return authority


@recorded
def change(
    authority: Authority,
    *,
    name: str,
    short_name: str,
    council_name: str | None,
    place_name: str,
    header_lines: str | None,
    time_zone: str,
    seen: int,
    by: Account,
    at: datetime,
) -> Authority:
    """Change what heads the authority's documents. Conflict when someone saved it since."""
    if seen != authority.version:
        raise Conflict(authority)
    _check_zone(time_zone)
    authority.name, authority.short_name, authority.council_name = name, short_name, council_name
    authority.place_name, authority.header_lines, authority.time_zone = place_name, header_lines, time_zone
    return authority


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise RuleBroken(f"Không có múi giờ “{name}”: hãy ghi như Asia/Ho_Chi_Minh.", field="time_zone") from None
