"""One unit's part of an item: given, reported on, closed, sent back, opened again, taken away."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.forms.action_item import ProgressForm, UnitForm
from tracker.forms.base import ReasonForm
from tracker.models.action_item import ActionItem, Assignment
from tracker.queries import action_item as queries
from tracker.queries import bloc as blocs
from tracker.services import action_item as services
from tracker.text import shorten
from tracker.views import head, pages

bp = Blueprint("assignment", __name__)


def _item_url(item: ActionItem) -> str:
    return url_for("action_item.show", public_id=item.public_id, _anchor="don-vi")


def _unit_name(part: Assignment) -> str:
    return part.unit.named_on(guard.today()).name


@bp.post("/action-items/<id:public_id>/units")
@guard.allowed(policy.may_edit_item, ActionItem)
def add(item: ActionItem) -> ResponseReturnValue:
    """One more unit; chosen on the item's own page."""
    members = {m.unit.public_id: m.unit for m in blocs.members_on(blocs.load(item.bloc), guard.today())}
    form = pages.bind(UnitForm, prepare=lambda made: made.unit.offer(queries.units_without(item, guard.today())))
    if form.validate():
        unit = members[form.unit.data]
        services.add_unit(item, unit, by=guard.current_account(), at=clock.now())
        db.session.commit()
        flash(_("Đã giao thêm cho %(unit)s.", unit=unit.named_on(guard.today()).name), "success")
    else:
        flash(_("Hãy chọn đơn vị nhận việc."), "danger")
    return redirect(_item_url(item))


@bp.route("/assignments/<id:public_id>/progress", methods=["GET", "POST"])
@guard.allowed(policy.may_report_progress, Assignment)
def report(part: Assignment) -> ResponseReturnValue:
    """What the unit did, with evidence; the same page asks for closing."""
    item = part.item
    form = pages.bind(ProgressForm, values={"percent": part.percent})
    form.ask_closing.label.text = item.bloc.kind.called(form.ask_closing.label.text)

    def save() -> Any:
        files = [(sent.stream, sent.filename) for sent in form.files.data or [] if getattr(sent, "filename", "")]
        return services.report(
            part, text=form.text.data or "", percent=form.percent.data, ask_closing=bool(form.ask_closing.data),
            files=files, limit=current_app.config["FILE_LIMIT"], by=guard.current_account(), at=clock.now(),
        )

    megabytes = current_app.config["FILE_LIMIT"] // (1024 * 1024)
    return pages.answer(
        form,
        save=save,
        done=_item_url(item),
        said=lambda note: _("Đã gửi đề nghị xác nhận.") if form.ask_closing.data else _("Đã ghi tiến độ."),
        title=_("Ghi tiến độ"),
        lead=f"{_unit_name(part)}: {shorten(item.text, 200)}",
        back=(_item_url(item), _("Nhiệm vụ")),
        head=head.of(item.bloc, "items"),
        hints={
            "text": _("Ví dụ: đã trình dự thảo lần 2 ngày 02/06/2026, đang lấy ý kiến các đơn vị."),
            "percent": _("Từ 0 đến 100; để trống khi không ước lượng được."),
            "files": _("PDF, Word, Excel, ảnh JPG hoặc PNG; mỗi tệp nhiều nhất %(most)s MB.", most=megabytes),
        },
        submit_label=_("Ghi tiến độ"),
        cancel_url=_item_url(item),
        multipart=True,
        secrets=True,
    )


@bp.post("/assignments/<id:public_id>/close")
@guard.allowed(policy.may_close_part, Assignment)
def close(part: Assignment) -> ResponseReturnValue:
    services.close(part, by=guard.current_account(), at=clock.now())
    db.session.commit()
    flash(_("Đã xác nhận %(unit)s hoàn thành.", unit=_unit_name(part)), "success")
    return redirect(_item_url(part.item))


def _with_reason(part: Assignment, act: Callable[..., None], said: str, **page: Any) -> ResponseReturnValue:
    form = pages.bind(ReasonForm)
    return pages.answer(
        form,
        save=lambda: act(part, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()),
        done=_item_url(part.item),
        said=said,
        template="confirm_page.html",
        lead=f"{_unit_name(part)}: {shorten(part.item.text, 200)}",
        back=(_item_url(part.item), _("Nhiệm vụ")),
        keep_url=_item_url(part.item),
        head=head.of(part.item.bloc, "items"),
        **page,
    )


@bp.route("/assignments/<id:public_id>/send-back", methods=["GET", "POST"])
@guard.allowed(policy.may_close_part, Assignment)
def send_back(part: Assignment) -> ResponseReturnValue:
    return _with_reason(
        part, services.send_back, _("Đã trả lại để làm tiếp."), title=_("Trả lại để làm tiếp"),
        submit_label=_("Trả lại"), keep_label=_("Chưa trả lại"),
        consequences=[
            _("phần việc của %(unit)s trở về “Đang thực hiện”;", unit=_unit_name(part)),
            _("đơn vị thấy lý do và làm tiếp."),
        ],
        unchanged=_("Tiến độ và tài liệu đơn vị đã gửi vẫn còn nguyên."),
    )


@bp.route("/assignments/<id:public_id>/reopen", methods=["GET", "POST"])
@guard.allowed(policy.may_close_part, Assignment)
def reopen(part: Assignment) -> ResponseReturnValue:
    return _with_reason(
        part, services.reopen, _("Đã mở lại phần việc."), title=_("Mở lại phần việc đã hoàn thành"),
        submit_label=_("Mở lại"), keep_label=_("Giữ hoàn thành"),
        consequences=[
            _("phần việc của %(unit)s trở về “Đang thực hiện”;", unit=_unit_name(part)),
            _("nhiệm vụ lại được rà soát ở hội nghị sau."),
        ],
        unchanged=_("Lần xác nhận trước vẫn đọc được trong tiến độ."),
    )


@bp.route("/assignments/<id:public_id>/release", methods=["GET", "POST"])
@guard.allowed(policy.may_release_part, Assignment)
def release(part: Assignment) -> ResponseReturnValue:
    return _with_reason(
        part, services.release, _("Đã thôi giao."), title=_("Thôi giao cho đơn vị"),
        submit_label=_("Thôi giao"), keep_label=_("Vẫn giao"),
        consequences=[
            _("%(unit)s không phải làm tiếp việc này và thấy lý do;", unit=_unit_name(part)),
            _("phần việc của đơn vị không tính vào số đơn vị hoàn thành."),
        ],
        unchanged=_("Các đơn vị khác vẫn làm phần của mình."),
    )
