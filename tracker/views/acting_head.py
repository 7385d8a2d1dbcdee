"""The board names who acts for the head of a unit who is away."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.vietnamese import short_date
from tracker.forms.account import ActingEndForm, ActingForm
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.queries import account as queries
from tracker.services import acting_head as service
from tracker.views import pages

bp = Blueprint("acting_head", __name__)


@bp.get("/acting-heads")
@guard.allowed(policy.may_name_acting_heads, own=True)
def index(authority: Authority) -> ResponseReturnValue:
    day = guard.today()
    return render_template("account/acting.html", rows=queries.heads_and_officers(authority, day), day=day)


@bp.route("/accounts/<id:public_id>/acting", methods=["GET", "POST"])
@guard.allowed(policy.may_name_acting_head, Account)
def new(other: Account) -> ResponseReturnValue:
    form = pages.bind(ActingForm, values={"starts_on": guard.today()})
    return pages.answer(
        form,
        save=lambda: service.name_acting_head(other, **form.values(), by=guard.current_account(), at=clock.now()),
        done=url_for("acting_head.index"),
        said=_("Đã giao quyền thủ trưởng cho %(name)s.", name=other.full_name),
        title=_("Giao quyền thủ trưởng cho %(name)s", name=other.full_name),
        lead=other.unit.named_on(guard.today()).name if other.unit else other.authority.name,
        back=(url_for("acting_head.index"), _("Quyền thủ trưởng")),
        hints={"ends_on": _("Để trống khi chưa biết ngày thủ trưởng trở lại.")},
        submit_label=_("Giao quyền"),
        cancel_url=url_for("acting_head.index"),
    )


@bp.route("/accounts/<id:public_id>/acting/end", methods=["GET", "POST"])
@guard.allowed(policy.may_name_acting_head, Account)
def end(other: Account) -> ResponseReturnValue:
    form = pages.bind(ActingEndForm, values={"version": other.version, "on": guard.today()})
    return pages.answer(
        form,
        save=lambda: service.end_acting_head(
            other, on=form.on.data or guard.today(), reason=form.reason.data, by=guard.current_account(), at=clock.now()
        ),
        done=url_for("acting_head.index"),
        said=_("Đã cho %(name)s thôi quyền thủ trưởng.", name=other.full_name),
        template="confirm_page.html",
        title=_("Cho thôi quyền thủ trưởng"),
        back=(url_for("acting_head.index"), _("Quyền thủ trưởng")),
        consequences=[
            _("Từ ngày ghi bên cạnh, %(name)s không còn thông qua biên bản thay thủ trưởng.", name=other.full_name),
        ],
        unchanged=_("Những gì đã thông qua trong thời gian được giao vẫn có hiệu lực. Hôm nay là %(day)s.",
                    day=short_date(guard.today())),
        submit_label=_("Cho thôi"),
        keep_label=_("Giữ nguyên"),
        keep_url=url_for("acting_head.index"),
    )
