"""One's own account: password and theme. (Managing others' accounts: the administrator's part.)"""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.forms.account import PasswordForm
from tracker.services import account as service
from tracker.views import drafts, pages

bp = Blueprint("account", __name__)
THEMES = ("light", "dark", "auto")


@bp.get("/account")
@guard.allowed(policy.may_work)
def show() -> ResponseReturnValue:
    return render_template("account/show.html", account=guard.current_account())


@bp.route("/account/password", methods=["GET", "POST"])
@guard.allowed(policy.may_work, password=False)
def password() -> ResponseReturnValue:
    account = guard.current_account()
    form = pages.bind(PasswordForm)
    return pages.answer(
        form,
        save=lambda: service.change_password(
            account, form.current.data, form.password.data, form.repeat.data, keep=g.sign_in, by=account, at=clock.now()
        ),
        done=url_for("work.index"),
        said=_("Đã đổi mật khẩu."),
        template="session/password.html",
        forced=account.must_change_password,
        cancel_url=url_for("account.show"),
    )


@bp.post("/account/theme")
@guard.allowed(policy.may_work, password=False)
def theme() -> ResponseReturnValue:
    chosen = request.form.get("theme", "")
    if chosen in THEMES:
        service.choose_theme(guard.current_account(), chosen)
        db.session.commit()
    return redirect(drafts.local_path(request.form.get("next")) or url_for("work.index"))
