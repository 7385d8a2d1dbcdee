"""The time. Only views, guard, cli and jobs ask it; everything below is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Ho_Chi_Minh"


def now() -> datetime:
    """This moment, in UTC, aware."""
    return datetime.now(UTC)


def today(zone: str = DEFAULT_ZONE) -> date:
    """The day it is in the authority's time zone: a term changes hands at 00:00 there."""
    return local(now(), zone).date()


def local(moment: datetime, zone: str = DEFAULT_ZONE) -> datetime:
    """A stored moment in the authority's zone. A naive one is taken as UTC, as it is stored."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(zone))
