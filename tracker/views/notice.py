"""Notices: what the program told the reader, unread first; seen when they say so."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.models.notice import Notice
from tracker.queries import notice as queries
from tracker.services import notice as service
from tracker.views import paging

bp = Blueprint("notice", __name__)


@bp.app_context_processor
def count() -> dict[str, int | None]:
    """The number beside “Thông báo” in the top bar; None where nobody reads that is ever told anything."""
    account = guard.signed_in()
    told = account is not None and (account.unit_id is not None or account.is_board)
    return {"unread_notices": queries.count_unread(account) if account is not None and told else None}


@bp.get("/notices")
@guard.allowed(policy.may_work)
def index() -> ResponseReturnValue:
    """Unread first, then the newest."""
    notices = queries.of_account(guard.current_account())
    return render_template(
        "notice/index.html",
        page=paging.page_of(notices, request.args.get("page", "1")),
        unread=sum(notice.read_at is None for notice in notices),
    )


@bp.post("/notices/<id:public_id>/seen")
@guard.allowed(policy.may_note_seen, Notice)
def follow(notice: Notice) -> ResponseReturnValue:
    """Noted as seen, then on to what it speaks of."""
    service.note_seen([notice], by=guard.current_account(), at=clock.now())
    db.session.commit()
    return redirect(target_of(notice))


@bp.post("/notices/seen")
@guard.allowed(policy.may_work)
def mark_all() -> ResponseReturnValue:
    account = guard.current_account()
    count = service.note_seen(queries.unread(account), by=account, at=clock.now())
    db.session.commit()
    flash(_("Đã đánh dấu %(count)s thông báo là đã đọc.", count=count), "success")
    return redirect(url_for("notice.index"))


def target_of(notice: Notice) -> str:
    """The report it speaks of, else the period, else the list."""
    if notice.submission is not None and "submission.show" in current_app.view_functions:
        return url_for("submission.show", public_id=notice.submission.public_id)
    if notice.period is not None:
        return url_for("period.show", public_id=notice.period.public_id)
    return url_for("notice.index")
