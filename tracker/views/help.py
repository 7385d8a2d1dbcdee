"""The user guide inside the program, and the door for a machine that asks whether we live."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from tracker import guard, policy
from tracker.db import db

bp = Blueprint("help", __name__)


@bp.get("/help")
@guard.allowed(policy.may_work)
def index() -> ResponseReturnValue:
    return render_template("help/index.html")


@bp.get("/health")
@guard.public
def health() -> ResponseReturnValue:
    db.session.execute(select(1))
    return {"state": "ok"}
