"""The public page where anyone who holds a printed ranking checks its code: only what is on the paper."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker import guard
from tracker.domain.ranking_words import grouped
from tracker.forms.ranking import CheckForm
from tracker.queries import ranking as queries
from tracker.views.ranking_pages import bloc_name, paper_of

bp = Blueprint("ranking_check", __name__)


@bp.get("/check-code")
@guard.public
def check() -> ResponseReturnValue:
    """`code` of the address: the short code or the whole SHA-256, with or without spaces.

    Neither can be guessed (twelve random letters, 256 bits) and no list is given, so there is nothing to walk through.
    An edition that was never published is not known here.
    """
    form = CheckForm(request.args)
    asked = "code" in request.args
    valid = form.validate() if asked else False
    found = queries.by_printed(form.code.data or "") if valid else None
    edition = None
    if found is not None:
        edition = {
            "ranking": found,
            "bloc": bloc_name(found.period),
            "paper": paper_of(found),
            "hash_text": grouped(found.sha256),
            "later": queries.published(found.period) if found.revoked_at else None,
        }
    return render_template("ranking/check.html", form=form, edition=edition, missed=valid and found is None)
