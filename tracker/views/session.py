"""Signing in and out."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from tracker import clock, guard, policy
from tracker.db import db, sqlite_begin
from tracker.errors import RuleBroken
from tracker.forms.account import SignInForm
from tracker.models.account import Account, SignIn
from tracker.services import sign_in as service
from tracker.views import drafts

bp = Blueprint("session", __name__)
TOKEN = "token"


def load_reader() -> Account | None:
    """The account behind the cookie's token, or None; last seen is written at most once a minute."""
    g.sign_in = None
    token = session.get(TOKEN)
    if not token:
        return None
    at = clock.now()
    settings = current_app.config
    idle, longest = timedelta(minutes=settings["IDLE_MINUTES"]), timedelta(hours=settings["SESSION_HOURS"])
    row = service.find(token, at=at, idle=idle, longest=longest)
    g.expired_account = None if row else session.get("who")
    if row is None:
        return None
    if service.needs_touch(row, at):
        row = _touched(row, at)
    g.sign_in = row
    return row.account if row is not None else None


def _touched(row: SignIn, at: datetime) -> SignIn | None:
    """Write that the session was seen, in a transaction of its own; a busy database may miss one such minute."""
    number = row.id
    db.session.rollback()
    before = sqlite_begin.set("IMMEDIATE")
    try:
        service.touch(number, at=at)
        db.session.commit()
    except OperationalError:
        db.session.rollback()
    finally:
        sqlite_begin.reset(before)
    return db.session.get(SignIn, number)


@bp.route("/sign-in", methods=["GET", "POST"])
@guard.public
def sign_in() -> ResponseReturnValue:
    form = SignInForm(request.form)
    goal = drafts.local_path(request.args.get("next"))
    if request.method != "POST":
        if guard.signed_in() is not None:
            return redirect(goal or url_for("work.index"))
        return page(form, expired=bool(goal and session.get("who")))
    if not form.validate():
        return page(form, carried=form.carried.data or ""), 422
    try:
        account, token = service.sign_in(
            form.email.data, form.password.data, address=request.remote_addr or "", at=clock.now()
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.commit()
        form.refuse(broken.sentence, broken.field)
        return page(form, carried=form.carried.data or ""), broken.status
    return _go_on(account, token, form.carried.data or "", goal)


def _go_on(account: Account, token: str, carried: str, goal: str | None) -> ResponseReturnValue:
    """A new session: nothing of the old one is kept. What was typed before comes back on its own page."""
    if guard.signed_in() is not None and g.sign_in is not None:
        service.end(g.sign_in, at=clock.now())
        db.session.commit()
    session.clear()
    session[TOKEN] = token
    session["who"] = account.public_id
    opened = drafts.open_carried(carried, account.public_id) if carried else None
    if opened is not None:
        if drafts.is_a_page(opened.path):
            row = service.find(token, at=clock.now(), idle=timedelta(days=1), longest=timedelta(days=1))
            assert row is not None
            service.keep_draft(row, opened.path, opened.draft)
            db.session.commit()
            return redirect(opened.address)
        texts = [value for _name, value in drafts.fields(opened.draft) if len(value) > drafts.LONGEST_CODE]
        if texts:
            return render_template("session/kept_text.html", texts=texts, title=_("Việc vừa rồi chưa được ghi"))
        flash(_("Phiên đã hết hạn trước khi việc vừa rồi được ghi. Hãy mở lại trang và bấm lại nút đó."), "warning")
    return redirect(goal or url_for("work.index"))


@bp.post("/sign-out")
@guard.allowed(policy.may_work, password=False)
def sign_out() -> ResponseReturnValue:
    if g.sign_in is not None:
        service.end(g.sign_in, at=clock.now())
        db.session.commit()
    session.clear()
    flash(_("Đã đăng xuất."), "info")
    return redirect(url_for("session.sign_in"))


def page(form: SignInForm, *, carried: str = "", expired: bool = False) -> str:
    """The sign-in page; with `carried` or `expired` it says what became of the work that was open."""
    note = None
    if carried:
        note = (
            _("Phiên làm việc đã hết hạn"),
            _("Những gì bạn vừa gõ vẫn còn nguyên. Đăng nhập để làm tiếp đúng chỗ đó."),
        )
    elif expired:
        note = (_("Phiên làm việc đã hết hạn"), _("Đăng nhập để trở lại đúng trang đang mở."))
    form.carried.data = carried
    return render_template("session/sign_in.html", form=form, note=note)


def token_ran_out() -> ResponseReturnValue | None:
    """A form whose token is no longer good. Sent from one of our own pages, it is not lost: the text is carried
    through the sign-in page, or laid before the reader on the form's own page again. None when neither fits.
    """
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        return None
    account = guard.signed_in()
    if account is None:
        return None if request.endpoint == "session.sign_in" else ask_to_sign_in(guard.SignInNeeded())
    opened = drafts.open_carried(drafts.carry(account.public_id) or "", account.public_id)
    if g.sign_in is None or opened is None or not drafts.is_a_page(opened.path):
        return None
    service.keep_draft(g.sign_in, opened.path, opened.draft)
    db.session.commit()
    return redirect(opened.address)


def ask_to_sign_in(_needed: Exception) -> ResponseReturnValue:
    """Nobody is signed in: a reader goes to the sign-in page, a writer's form is carried through it."""
    if request.method == "GET":
        return redirect(url_for("session.sign_in", next=request.full_path.rstrip("?")))
    form = SignInForm()
    carried = drafts.carry(session.get("who"))
    if carried is None:
        form.refuse(_("Phần vừa gõ quá dài để giữ qua bước đăng nhập: hãy quay lại trang trước và chép ra."), None)
    return page(form, carried=carried or ""), 401
