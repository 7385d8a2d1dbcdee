"""What the pages of a bloc's pledge share: their blueprint, where they lead back to, which year is asked."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.models.bloc import Bloc
from tracker.models.pledge import Pledge
from tracker.queries import pledge as queries
from tracker.views import asked, head

bp = Blueprint("pledge", __name__)


def shown_year(bloc: Bloc) -> int:
    """The year of the address, else this one; for a unit that left, the last year of which it sees the bloc's records.

    A year that was asked for and is not the reader's answers as if it were missing.
    """
    asked_for, this = asked.year(), guard.today().year
    if asked_for is not None:
        if not guard.may(policy.may_see_year, bloc, asked_for):
            abort(404)
        return asked_for
    first = min((member.starts_on.year for member in bloc.memberships), default=this)
    seen = (year for year in range(this, first - 1, -1) if guard.may(policy.may_see_year, bloc, year))
    return next(seen, this)


def year_day(year: int) -> date:
    """The day as of which a year is shown: today, or its end or beginning."""
    return head.day_of(year, guard.today())


def year_links(bloc: Bloc, endpoint: str, year: int) -> list[tuple[int, str, bool]]:
    """(year, url, shown) of the years with a pledge, this one, the next and the one that is shown."""
    this = guard.today().year
    years = sorted({*queries.years(bloc), this, this + 1, year})
    return [(each, url_for(endpoint, public_id=bloc.public_id, year=each), each == year) for each in years]


def place(pledge: Pledge, anchor: str | None = None) -> str:
    return url_for("pledge.index", public_id=pledge.bloc.public_id, year=pledge.year, _anchor=anchor)


def inside(bloc: Bloc, year: int, endpoint: str = "pledge.index", label: str | None = None) -> dict[str, Any]:
    """Back, cancel and head of a page below a year's list."""
    back = url_for(endpoint, public_id=bloc.public_id, year=year)
    said = label or _("Giao ước thi đua năm %(year)s", year=year)
    return {"back": (back, said), "cancel_url": back, "head": head.of(bloc, "periods", year)}
