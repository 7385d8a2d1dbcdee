"""Reporting periods of a bloc: the list of a year, founding, changing, and the page of one period."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker import guard, policy
from tracker.models.bloc import Bloc
from tracker.queries import period as queries
from tracker.views import head

bp = Blueprint("period", __name__)


@bp.get("/blocs/<id:public_id>/periods")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """The periods of a year, with their dates, how many units have sent, and what comes next."""
    account, day = guard.current_account(), guard.today()
    year = asked_year() or day.year
    shown = head.of(bloc, "periods", year)
    return render_template(
        "period/index.html",
        head=shown,
        bloc=bloc,
        year=year,
        rows=queries.of_year(bloc, account, day, year),
    )


def asked_year() -> int | None:
    """The year of the address; what cannot be one is left out."""
    year = request.args.get("year", type=int)
    return year if year and 1900 <= year <= 2200 else None
