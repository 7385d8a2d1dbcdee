"""The reader's own authority: what heads its documents."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.forms.authority import AuthorityForm
from tracker.models.authority import Authority
from tracker.services import authority as service
from tracker.views import frame, pages

bp = Blueprint("authority", __name__)


@bp.get("/authority")
@guard.allowed(policy.may_see_authority, own=True)
def show(authority: Authority) -> ResponseReturnValue:
    return render_template("authority/show.html", authority=authority, history=frame.history_of(authority))


@bp.route("/authority/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_edit_authority, own=True)
def edit(authority: Authority) -> ResponseReturnValue:
    form = pages.bind(AuthorityForm, values=_values_of(authority))
    return pages.answer(
        form,
        save=lambda: service.change(
            authority, **form.values(), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=url_for("authority.show"),
        said=_("Đã sửa thông tin cơ quan."),
        current=lambda: _values_of(authority),
        title=_("Sửa thông tin cơ quan"),
        back=(url_for("authority.show"), _("Cơ quan")),
        hints={
            "place_name": _("Đứng trước ngày tháng trên văn bản, ví dụ “Nghệ An, ngày 20 tháng 7 năm 2022”."),
            "header_lines": _("Mỗi dòng một dòng. Để trống thì dùng tên cơ quan."),
            "time_zone": _("Ngày bắt đầu nhiệm kỳ và hạn được tính theo múi giờ này."),
        },
        cancel_url=url_for("authority.show"),
    )


def _values_of(authority: Authority) -> dict[str, Any]:
    names = ("version", "name", "short_name", "council_name", "place_name", "header_lines", "time_zone")
    return {name: getattr(authority, name) for name in names}
