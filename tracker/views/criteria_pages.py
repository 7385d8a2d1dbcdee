"""What the pages of criteria sets share: the blueprint, the frame around a set, its words."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _

from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.views import head

bp = Blueprint("criteria", __name__)


def title_of(criteria_set: CriteriaSet) -> str:
    """Its name, and which edition where there are several."""
    if criteria_set.edition == 1:
        return criteria_set.name
    return _("%(name)s, phiên bản %(edition)s", name=criteria_set.name, edition=criteria_set.edition)


def url_of(criteria_set: CriteriaSet, anchor: str | None = None) -> str:
    return url_for("criteria.show", public_id=criteria_set.public_id, _anchor=anchor)


def index_url(bloc: Bloc, year: int | None = None) -> str:
    return url_for("criteria.index", public_id=bloc.public_id, year=year)


def inside(criteria_set: CriteriaSet) -> dict[str, Any]:
    """The frame of a page about one set: head, way back."""
    place = url_of(criteria_set)
    return {
        "head": head.of(criteria_set.bloc, "periods", criteria_set.year),
        "back": (place, title_of(criteria_set)),
        "cancel_url": place,
    }
