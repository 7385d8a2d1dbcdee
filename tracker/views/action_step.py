"""Steps of an item that are kept with their reason: another due date, cancelling, merging."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.vietnamese import short_date
from tracker.forms.action_item import DueForm, MergeForm
from tracker.forms.base import ReasonForm
from tracker.models.action_item import ActionItem
from tracker.queries import item_board
from tracker.services import action_item as services
from tracker.text import shorten
from tracker.views import head, pages

bp = Blueprint("action_step", __name__)


def _confirm(
    item: ActionItem, form: ReasonForm, save: Callable[[], Any], said: str, **page: Any
) -> ResponseReturnValue:
    """A step that needs a reason, on a page of its own."""
    back = url_for("action_item.show", public_id=item.public_id)
    return pages.answer(
        form, save=save, done=back, said=said, template="confirm_page.html", lead=shorten(item.text, 200),
        back=(back, _("Nhiệm vụ")), keep_url=back, head=head.of(item.bloc, "items"), **page,
    )


@bp.route("/action-items/<id:public_id>/due", methods=["GET", "POST"])
@guard.allowed(policy.may_edit_item, ActionItem)
def move_due(item: ActionItem) -> ResponseReturnValue:
    def current() -> dict[str, Any]:
        return {"due_on": item.due_on, "version": item.version}

    form = pages.bind(DueForm, values=current())
    return _confirm(
        item, form,
        lambda: services.move_due(
            item, form.due_on.data, reason=form.reason.data or "", seen=form.seen, by=guard.current_account(),
            at=clock.now(),
        ),
        _("Đã đổi thời hạn."), current=current, title=_("Đổi thời hạn"),
        submit_label=_("Đổi thời hạn"), keep_label=_("Giữ hạn cũ"),
        consequences=[
            _("thời hạn đang đặt: %(day)s được thay bằng ngày dưới đây; để trống là không đặt hạn;",
              day=short_date(item.due_on) or _("chưa đặt")),
            _("hạn cũ, hạn mới và lý do được giữ ở trang nhiệm vụ, các đơn vị được giao đều thấy."),
        ],
        hints={
            "due_on": _("Ngày/tháng/năm, ví dụ 30/09/2026; từ ngày giao %(day)s trở đi.", day=short_date(item.made_on))
        },
    )


@bp.route("/action-items/<id:public_id>/cancel", methods=["GET", "POST"])
@guard.allowed(policy.may_edit_item, ActionItem)
def cancel(item: ActionItem) -> ResponseReturnValue:
    form = pages.bind(ReasonForm)
    return _confirm(
        item, form,
        lambda: services.cancel(item, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()),
        _("Đã hủy nhiệm vụ."), title=_("Hủy nhiệm vụ"), submit_label=_("Hủy nhiệm vụ"), keep_label=_("Giữ nhiệm vụ"),
        consequences=[
            _("các đơn vị được giao (%(count)s) không phải làm tiếp và thấy lý do;", count=len(item.parts)),
            _("nhiệm vụ không được rà soát ở các hội nghị sau."),
        ],
        unchanged=_("Tiến độ, tài liệu và ý kiến các hội nghị đã ghi vẫn còn nguyên."),
    )


@bp.route("/action-items/<id:public_id>/merge", methods=["GET", "POST"])
@guard.allowed(policy.may_edit_item, ActionItem)
def merge(item: ActionItem) -> ResponseReturnValue:
    others = {other.public_id: other for other in item_board.others(item)}
    offered = [(key, f"{shorten(other.text, 90)} ({short_date(other.made_on)})") for key, other in others.items()]
    form = pages.bind(MergeForm, prepare=lambda made: made.into.offer(offered))
    return _confirm(
        item, form,
        lambda: services.merge(
            item, others[form.into.data], reason=form.reason.data or "", by=guard.current_account(), at=clock.now()
        ),
        _("Đã gộp nhiệm vụ."), title=_("Gộp nhiệm vụ"), submit_label=_("Gộp nhiệm vụ"), keep_label=_("Để riêng"),
        consequences=[
            _("nhiệm vụ này dừng lại ở trạng thái “Đã gộp” và dẫn sang nhiệm vụ được chọn;"),
            _("đơn vị nào còn phần việc ở đây được giao nhiệm vụ kia."),
        ],
        unchanged=_("Tiến độ và tài liệu đã ghi vẫn đọc được ở trang này."),
    )
