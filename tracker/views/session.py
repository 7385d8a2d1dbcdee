"""Signing in and out."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
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
    row: SignIn | None = service.find(token, at=at, idle=idle, longest=longest)
    g.expired_account = None if row else session.get("who")
    if row is None:
        return None
    g.sign_in = row
    return row.account


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
    """A new session: nothing of the old cookie is kept. What was typed before comes back on its own page."""
    session.clear()
    session[TOKEN] = token
    session["who"] = account.public_id
    opened = drafts.open_carried(carried, account.public_id) if carried else None
    if opened is not None:
        path, draft = opened
        if drafts.is_a_page(path):
            row = service.find(token, at=clock.now(), idle=timedelta(days=1), longest=timedelta(days=1))
            assert row is not None
            service.keep_draft(row, path, draft)
            db.session.commit()
            return redirect(path)
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


def ask_to_sign_in(_needed: Exception) -> ResponseReturnValue:
    """Nobody is signed in: a reader goes to the sign-in page, a writer's form is carried through it."""
    if request.method == "GET":
        return redirect(url_for("session.sign_in", next=request.full_path.rstrip("?")))
    form = SignInForm()
    carried = drafts.carry(session.get("who"))
    if carried is None:
        form.refuse(_("Phần vừa gõ quá dài để giữ qua bước đăng nhập: hãy quay lại trang trước và chép ra."), None)
    return page(form, carried=carried or ""), 401
