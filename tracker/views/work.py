"""Việc của tôi: what waits for the reader, by deadline, each with its button."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import guard, policy

bp = Blueprint("work", __name__)


@bp.get("/")
@guard.allowed(policy.may_work)
def index() -> ResponseReturnValue:
    return render_template("work/index.html", day=guard.today())
