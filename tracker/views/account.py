"""Accounts: one's own page, password and theme; the administrator's list. (Acting heads: acting_head.)"""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.blocs import AccountRole
from tracker.forms.account import AccountForm, PasswordForm
from tracker.forms.base import ReasonForm
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.queries import account as queries
from tracker.services import account as service
from tracker.views import drafts, frame, pages, paging
from tracker.views.bloc_word import bloc_word

bp = Blueprint("account", __name__)
THEMES = ("light", "dark", "auto")


@bp.get("/account")
@guard.allowed(policy.may_work)
def show() -> ResponseReturnValue:
    account = guard.current_account()
    day = guard.today()
    return render_template(
        "account/show.html",
        account=account,
        unit_name=account.unit.named_on(day).name if account.unit else None,
        places=queries.places_of(account, day) if account.unit_id is not None else [],
        is_head=account.is_head_on(day),
        day=day,
    )


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


@bp.get("/accounts")
@guard.allowed(policy.may_manage_accounts, own=True)
def index(authority: Authority) -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("search", "unit", "state")}
    rows = queries.of_authority(authority, guard.today(), **asked)
    return render_template(
        "account/index.html",
        page=paging.page_of(rows, request.args.get("page", "1")),
        asked=asked,
        units=queries.units_of(authority, guard.today()),
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_accounts, own=True)
def new(authority: Authority) -> ResponseReturnValue:
    form = pages.bind(AccountForm, prepare=lambda form: _offer(form, authority))
    return pages.answer(
        form,
        save=lambda: service.create(authority, **_values(form), by=guard.current_account(), at=clock.now()),
        done=url_for("account.index"),
        shows=lambda made: _first_password(made[0], made[1], _("Đã tạo tài khoản")),
        title=_("Tạo tài khoản"),
        back=(url_for("account.index"), _("Tài khoản người dùng")),
        hints={
            "full_name": _("Ví dụ: Nguyễn Văn An. Chỉ ghi họ tên, chức vụ và thư điện tử công vụ."),
            "role": _("Quyền trong %(bloc)s không đặt ở đây: quyền đi theo nhiệm kỳ của đơn vị.", bloc=bloc_word()),
        },
        submit_label=_("Tạo tài khoản"),
        cancel_url=url_for("account.index"),
    )


@bp.get("/accounts/<id:public_id>")
@guard.allowed(policy.may_manage_account, Account)
def detail(other: Account) -> ResponseReturnValue:
    day = guard.today()
    return render_template(
        "account/detail.html",
        account=other,
        unit_name=other.unit.named_on(day).name if other.unit else None,
        entries=frame.history_of(other),
        is_self=other.id == guard.current_account().id,
    )


@bp.route("/accounts/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_account, Account)
def edit(other: Account) -> ResponseReturnValue:
    form = pages.bind(AccountForm, values=_values_of(other), prepare=lambda form: _offer(form, other.authority, other))
    here = url_for("account.detail", public_id=other.public_id)
    return pages.answer(
        form,
        save=lambda: service.change(
            other, **_values(form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=here,
        said=_("Đã lưu tài khoản."),
        current=lambda: _values_of(other),
        title=_("Sửa tài khoản"),
        back=(here, other.full_name),
        cancel_url=here,
    )


@bp.route("/accounts/<id:public_id>/reset", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_account, Account)
def reset(other: Account) -> ResponseReturnValue:
    """A new first password. The page that shows it is the answer to the post: it is kept nowhere."""
    form = pages.bind(ReasonForm, values={"version": other.version})
    return _confirm(
        form,
        other,
        save=lambda: service.reset_password(
            other, reason=form.reason.data, by=guard.current_account(), at=clock.now()
        ),
        shows=lambda given: _first_password(other, given, _("Đã cấp lại mật khẩu")),
        title=_("Cấp lại mật khẩu"),
        consequences=[
            _("Mật khẩu đang dùng của %(name)s thôi dùng được ngay.", name=other.full_name),
            _("Mọi máy đang đăng nhập bằng tài khoản này bị đăng xuất."),
            _("Một mật khẩu mới hiện ra một lần duy nhất để bạn báo cho người dùng; lần đăng nhập tới phải đổi."),
        ],
        submit_label=_("Cấp lại mật khẩu"),
        keep_label=_("Giữ mật khẩu đang dùng"),
    )


@bp.route("/accounts/<id:public_id>/disable", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_account, Account)
def disable(other: Account) -> ResponseReturnValue:
    form = pages.bind(ReasonForm, values={"version": other.version})
    return _confirm(
        form,
        other,
        save=lambda: service.disable(other, reason=form.reason.data, by=guard.current_account(), at=clock.now()),
        said=_("Đã ngừng tài khoản của %(name)s.", name=other.full_name),
        title=_("Ngừng tài khoản"),
        consequences=[
            _("%(name)s không đăng nhập được nữa.", name=other.full_name),
            _("Mọi máy đang đăng nhập bằng tài khoản này bị đăng xuất ở lần bấm tới."),
        ],
        unchanged=_("Những gì người này đã ghi vẫn còn nguyên, vẫn mang tên người này. Có thể mở lại sau."),
        submit_label=_("Ngừng tài khoản"),
        keep_label=_("Để tài khoản hoạt động"),
    )


@bp.route("/accounts/<id:public_id>/enable", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_account, Account)
def enable(other: Account) -> ResponseReturnValue:
    form = pages.bind(ReasonForm, values={"version": other.version})
    return _confirm(
        form,
        other,
        save=lambda: service.enable(other, reason=form.reason.data, by=guard.current_account(), at=clock.now()),
        said=_("Đã mở lại tài khoản của %(name)s.", name=other.full_name),
        title=_("Mở lại tài khoản"),
        consequences=[_("%(name)s đăng nhập lại được bằng mật khẩu cũ.", name=other.full_name)],
        unchanged=_("Quên mật khẩu cũ thì dùng “Cấp lại mật khẩu”."),
        submit_label=_("Mở lại tài khoản"),
        keep_label=_("Để tài khoản ngừng"),
    )


def _confirm(form: ReasonForm, other: Account, **page: Any) -> ResponseReturnValue:
    """A step that needs its reason, on a page of its own."""
    here = url_for("account.detail", public_id=other.public_id)
    return pages.answer(
        form, template="confirm_page.html", done=here, back=(here, other.full_name), keep_url=here, **page
    )


def _first_password(account: Account, given: str, title: str) -> ResponseReturnValue:
    return render_template("account/first_password.html", account=account, given=given, title=title)


def _offer(form: AccountForm, authority: Authority, known: Account | None = None) -> None:
    """The roles, and the units of the authority; the account's own unit too when it has since closed."""
    units = queries.units_of(authority, guard.today())
    if known is not None and known.unit is not None and known.unit.public_id not in dict(units):
        units.append((known.unit.public_id, known.unit.named_on(guard.today()).name))
    form.role.offer(AccountRole.choices())
    form.unit.offer(units)


def _values(form: AccountForm) -> dict[str, Any]:
    values = form.values()
    return {**values, "role": AccountRole(values["role"]), "unit": queries.unit_called(values["unit"])}


def _values_of(account: Account) -> dict[str, Any]:
    return {
        "version": account.version,
        "full_name": account.full_name,
        "email": account.email,
        "post": account.post,
        "role": account.role.value,
        "unit": account.unit.public_id if account.unit else None,
    }
