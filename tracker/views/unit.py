"""Units: the board's list, each unit's page, names, other spellings, closing and merging."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.blocs import Force
from tracker.exports import table_workbook
from tracker.forms.unit import OWN, CloseForm, ForceForm, NameForm, RenameForm, SpellingForm, UnitForm
from tracker.models.authority import Authority
from tracker.models.unit import Unit
from tracker.queries import unit as queries
from tracker.services import unit as service
from tracker.views import asked, downloads, frame, pages

bp = Blueprint("unit", __name__)


def letterhead_hint() -> str:
    return _("Mỗi dòng một dòng, như trên văn bản; để trống thì dùng tên đầy đủ.")


@bp.get("/units")
@guard.allowed(policy.may_found_blocs, own=True)
def index(authority: Authority) -> ResponseReturnValue:
    text, page = asked.words(), request.args.get("page", 1, type=int)
    found = queries.listed(guard.current_account(), guard.today(), text=text, page=page)
    return render_template("unit/index.html", page=found, text=text, authority=authority)


@bp.get("/units/workbook")
@guard.allowed(policy.may_found_blocs, own=True)
def workbook(authority: Authority) -> Response:
    """The list as it is shown, all pages, in Excel."""
    found = queries.listed(guard.current_account(), guard.today(), text=asked.words(), page=None)
    columns = [
        (_("Tên đơn vị"), 50, "text"), (_("Tên ngắn"), 20, "text"), (_("Lực lượng"), 14, "text"),
        (_("Thuộc"), 24, "text"), (_("Khối, cụm"), 50, "text"), (_("Thôi hoạt động"), 16, "date"),
    ]  # fmt: skip
    cells = [
        (row.name.name, row.name.short_name, row.unit.force.label,
         row.unit.authority.short_name if row.unit.authority else _("Trung ương, ngành dọc"),
         "; ".join(name for _id, name in row.blocs) or None, row.unit.closed_on)
        for row in found.rows
    ]  # fmt: skip
    title = _("Đơn vị")
    return downloads.xlsx(table_workbook.table(title, authority.name, columns, cells), f"{title}.xlsx")


@bp.route("/units/new", methods=["GET", "POST"])
@guard.allowed(policy.may_found_blocs, own=True)
def new(authority: Authority) -> ResponseReturnValue:
    form = pages.bind(UnitForm)
    return pages.answer(
        form,
        save=lambda: service.create(
            authority if form.home.data == OWN else None,
            **{**form.values("home"), "force": Force(form.force.data)},
            by=guard.current_account(), at=clock.now(),
        ),
        done=_url_of,
        said=lambda unit: _("Đã thêm %(name)s.", name=unit.names[-1].name),
        title=_("Thêm đơn vị"),
        back=(url_for("unit.index"), _("Đơn vị")),
        hints={
            "short_name": _("Để trống thì lấy theo tên đầy đủ."), "letterhead": letterhead_hint(),
            "since": _("ngày/tháng/năm. Không rõ thì ghi ngày đầu của thời gian cần theo dõi."),
        },
        submit_label=_("Thêm đơn vị"),
        cancel_url=url_for("unit.index"),
    )  # fmt: skip


@bp.get("/units/<id:public_id>")
@guard.allowed(policy.may_see_unit, Unit)
def show(unit: Unit) -> ResponseReturnValue:
    memberships, terms = queries.places_of(unit, guard.current_account())
    return render_template(
        "unit/show.html",
        unit=unit,
        name=unit.named_on(guard.today()),
        today=guard.today(),
        memberships=memberships,
        terms=terms,
        history=frame.history_of(unit) if guard.may(policy.may_manage_unit, unit) else None,
    )


@bp.route("/units/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_unit, Unit)
def edit(unit: Unit) -> ResponseReturnValue:
    form = pages.bind(ForceForm, values=_values_of(unit))
    return pages.answer(
        form,
        save=lambda: service.change(
            unit, force=Force(form.force.data), head_signs=bool(form.head_signs.data), seen=form.seen,
            by=guard.current_account(), at=clock.now(),
        ),
        done=_url_of(unit),
        said=_("Đã sửa thông tin đơn vị."),
        current=lambda: _values_of(unit),
        title=_("Sửa thông tin đơn vị"),
        hints={
            "head_signs": _("Khi chọn, cán bộ soạn rồi trình; thủ trưởng hoặc người quyền thủ trưởng mới gửi được."),
        },
        **_inside(unit),
    )  # fmt: skip


@bp.route("/units/<id:public_id>/rename", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_unit, Unit)
def rename(unit: Unit) -> ResponseReturnValue:
    form = pages.bind(RenameForm)
    return pages.answer(
        form,
        save=lambda: service.rename(unit, **form.values(), by=guard.current_account(), at=clock.now()),
        done=_url_of(unit),
        said=_("Đã ghi tên mới. Tên cũ vẫn ở trên các văn bản cũ."),
        title=_("Đổi tên đơn vị"),
        lead=_("Tên hiện nay: %(name)s. Tên này được giữ cho thời gian trước ngày đổi.", name=unit.names[-1].name),
        hints={"short_name": _("Để trống thì lấy theo tên đầy đủ."), "letterhead": letterhead_hint()},
        submit_label=_("Đổi tên"),
        **_inside(unit),
    )


@bp.route("/units/<id:public_id>/name", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_unit, Unit)
def correct(unit: Unit) -> ResponseReturnValue:
    held = unit.names[-1]
    form = pages.bind(NameForm, values=_name_values(unit))
    return pages.answer(
        form,
        save=lambda: service.correct_name(
            held, **form.values(), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=_url_of(unit),
        said=_("Đã sửa chữ trong tên."),
        current=lambda: _name_values(unit),
        title=_("Sửa chữ trong tên"),
        lead=_("Chỉ dùng khi tên bị gõ sai: tên được sửa cho cả thời gian đã mang. Đổi tên thật thì dùng “Đổi tên”."),
        hints={"letterhead": letterhead_hint()},
        **_inside(unit),
    )


@bp.route("/units/<id:public_id>/close", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_unit, Unit)
def close(unit: Unit) -> ResponseReturnValue:
    account = guard.current_account()
    form = pages.bind(
        CloseForm,
        values={"version": unit.version},
        prepare=lambda made: made.successor.offer(queries.offered(account.authority, guard.today(), but=unit)),
    )
    name = unit.named_on(guard.today()).name
    return pages.answer(
        form,
        save=lambda: service.close(
            unit, **{**form.values(), "successor": queries.by_public_id(form.successor.data)}, by=account,
            at=clock.now(),
        ),
        done=_url_of(unit),
        said=_("Đã ghi %(name)s thôi hoạt động.", name=name),
        template="confirm_page.html",
        title=_("Thôi hoạt động, sáp nhập: %(name)s", name=name),
        consequences=[
            _("Từ ngày đó đơn vị thôi là thành viên và thôi giữ nhiệm kỳ ở mọi khối, cụm."),
            _("Đơn vị kế thừa, nếu chọn, nhận tiếp các nhiệm vụ còn mở."),
        ],
        unchanged=_("Hội nghị và tài liệu cũ vẫn ghi tên đơn vị. Đơn vị kế thừa chưa là thành viên thì kết nạp riêng."),
        submit_label=_("Ghi thôi hoạt động"),
        keep_label=_("Giữ hoạt động"),
        keep_url=_url_of(unit),
        **_inside(unit),
    )  # fmt: skip


@bp.route("/units/<id:public_id>/spellings", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_unit, Unit)
def spelling(unit: Unit) -> ResponseReturnValue:
    form = pages.bind(SpellingForm)
    return pages.answer(
        form,
        save=lambda: service.add_spelling(unit, name=form.name.data, by=guard.current_account(), at=clock.now()),
        done=_url_of(unit),
        said=_("Đã thêm cách viết khác."),
        title=_("Thêm cách viết khác"),
        lead=_("Tìm theo cách viết này cũng ra đơn vị. Chữ có dấu và không dấu coi như một."),
        submit_label=_("Thêm cách viết"),
        **_inside(unit),
    )


@bp.post("/units/<id:public_id>/spellings/<id:spelling_id>/remove")
@guard.allowed(policy.may_manage_unit, Unit)
def remove_spelling(unit: Unit, spelling_id: str) -> ResponseReturnValue:
    held = queries.spelling_of(unit, spelling_id)
    if held is None:
        abort(404)
    service.remove_spelling(held, by=guard.current_account(), at=clock.now())
    db.session.commit()
    flash(_("Đã bỏ cách viết “%(name)s”.", name=held.name), "success")
    return redirect(_url_of(unit))


def _url_of(unit: Unit) -> str:
    return url_for("unit.show", public_id=unit.public_id)


def _inside(unit: Unit) -> dict[str, Any]:
    back = _url_of(unit)
    return {"back": (back, unit.named_on(guard.today()).name), "cancel_url": back}


def _values_of(unit: Unit) -> dict[str, Any]:
    return {"version": unit.version, "force": unit.force.value, "head_signs": unit.head_signs}


def _name_values(unit: Unit) -> dict[str, Any]:
    held = unit.names[-1]
    return {
        "version": held.version, "name": held.name, "short_name": held.short_name,
        "letterhead": held.letterhead, "decision": held.decision,
    }  # fmt: skip
