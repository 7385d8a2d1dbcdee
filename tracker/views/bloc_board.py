"""What the board does with a bloc: found, edit, rename, dissolve; admit a unit and release it."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.blocs import BlocKind, Force
from tracker.forms.bloc import AdmitForm, BlocForm, BlocNameForm, DissolveForm, FoundForm, ReleaseForm
from tracker.forms.unit import OWN
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, Membership
from tracker.models.unit import Unit
from tracker.queries import unit as units
from tracker.services import bloc as service
from tracker.services import unit as unit_service
from tracker.views import head, pages

bp = Blueprint("bloc", __name__)


def letterhead_hint() -> str:
    return _("Mỗi dòng một dòng, như trên văn bản; để trống thì dùng tên đầy đủ.")


def url_of(bloc: Bloc) -> str:
    return url_for("bloc.show", public_id=bloc.public_id)


def units_url(bloc: Bloc) -> str:
    return url_for("bloc.units", public_id=bloc.public_id)


@bp.route("/blocs/new", methods=["GET", "POST"])
@guard.allowed(policy.may_found_blocs, own=True)
def new(authority: Authority) -> ResponseReturnValue:
    form = pages.bind(FoundForm)
    return pages.answer(
        form,
        save=lambda: service.found(
            authority, **{**form.values(), "kind": BlocKind(form.kind.data)}, by=guard.current_account(), at=clock.now()
        ),
        done=units_url,
        said=lambda bloc: _("Đã lập %(name)s. Hãy kết nạp các đơn vị thành viên.", name=bloc.names[-1].name),
        title=_("Lập khối, cụm thi đua"),
        back=(url_for("bloc.index"), _("Khối, cụm")),
        hints={
            "code": _("Ngắn, không trùng trong cơ quan; dùng trong lệnh và tên tệp."),
            "founded_on": _("ngày/tháng/năm, ví dụ 15/01/2022. Để trống khi chưa biết."),
            "letterhead": letterhead_hint(),
        },
        submit_label=_("Lập khối, cụm"),
        cancel_url=url_for("bloc.index"),
    )


@bp.route("/blocs/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_bloc, Bloc)
def edit(bloc: Bloc) -> ResponseReturnValue:
    form = pages.bind(BlocForm, values=_values_of(bloc))
    return pages.answer(
        form,
        save=lambda: service.change(
            bloc, **{**form.values(), "kind": BlocKind(form.kind.data)}, seen=form.seen,
            by=guard.current_account(), at=clock.now(),
        ),
        done=url_of(bloc),
        said=_("Đã sửa thông tin %(bloc)s.", bloc=bloc.kind.small),
        current=lambda: _values_of(bloc),
        title=_("Sửa thông tin %(bloc)s", bloc=bloc.kind.small),
        lead=_("Tên %(bloc)s sửa bằng “Đổi tên”, để tên cũ còn trên các văn bản cũ.", bloc=bloc.kind.small),
        **_inside(bloc, url_of(bloc)),
    )  # fmt: skip


@bp.route("/blocs/<id:public_id>/rename", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_bloc, Bloc)
def rename(bloc: Bloc) -> ResponseReturnValue:
    last = bloc.names[-1]
    form = pages.bind(BlocNameForm, values={"name": last.name, "letterhead": last.letterhead})
    return pages.answer(
        form,
        save=lambda: service.rename(bloc, **form.values(), by=guard.current_account(), at=clock.now()),
        done=url_of(bloc),
        said=_("Đã ghi tên mới của %(bloc)s.", bloc=bloc.kind.small),
        title=_("Đổi tên %(bloc)s", bloc=bloc.kind.small),
        lead=_("Tên cũ được giữ cho thời gian trước ngày này: hội nghị và báo cáo cũ vẫn mang tên cũ."),
        hints={"letterhead": letterhead_hint()},
        submit_label=_("Đổi tên"),
        **_inside(bloc, url_of(bloc)),
    )


@bp.route("/blocs/<id:public_id>/dissolve", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_bloc, Bloc)
def dissolve(bloc: Bloc) -> ResponseReturnValue:
    form = pages.bind(DissolveForm, values={"version": bloc.version})
    return pages.answer(
        form,
        save=lambda: service.dissolve(bloc, **form.values(), by=guard.current_account(), at=clock.now()),
        done=url_of(bloc),
        said=_("Đã ghi việc giải thể."),
        template="confirm_page.html",
        title=_("Giải thể %(bloc)s", bloc=bloc.kind.small),
        consequences=[
            _("Tư cách thành viên và nhiệm kỳ đang có kết thúc từ ngày đó."),
            _("Từ ngày đó không đơn vị nào còn quyền thường trực %(bloc)s.", bloc=bloc.kind.small),
        ],
        unchanged=_("Hội nghị, nhiệm vụ và tài liệu cũ vẫn còn nguyên và vẫn đọc được."),
        submit_label=_("Giải thể %(bloc)s", bloc=bloc.kind.small),
        keep_label=_("Giữ %(bloc)s", bloc=bloc.kind.small),
        keep_url=url_of(bloc),
        **_inside(bloc, url_of(bloc)),
    )


@bp.route("/blocs/<id:public_id>/admit", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_bloc, Bloc)
def admit(bloc: Bloc) -> ResponseReturnValue:
    form = pages.bind(AdmitForm, prepare=lambda made: made.unit.offer(units.offered(bloc.authority, guard.today())))
    return pages.answer(
        form,
        save=lambda: _admit(bloc, form),
        done=units_url(bloc),
        said=lambda made: _("Đã kết nạp %(name)s.", name=made.unit.named_on(made.starts_on).name),
        title=_("Kết nạp đơn vị"),
        lead=_("Chọn đơn vị đã có, hoặc ghi một đơn vị mới."),
        hints={
            "unit": _("Đơn vị của cơ quan khác và của Trung ương cũng chọn được; sau tên có ghi nơi trực thuộc."),
            "name": _("Chỉ ghi khi đơn vị chưa có trong danh sách trên."),
            "on": _("ngày/tháng/năm, ví dụ 15/01/2026."),
            "until": _("Để trống khi chưa biết."),
        },
        submit_label=_("Kết nạp"),
        **_inside(bloc, units_url(bloc)),
    )


def _admit(bloc: Bloc, form: AdmitForm) -> Membership:
    by, at = guard.current_account(), clock.now()
    unit: Unit | None = units.by_public_id(form.unit.data)
    values = form.values("unit", "name", "short_name", "force", "home")
    if unit is None:
        named: dict[str, Any] = {"name": form.name.data, "short_name": form.short_name.data, "since": form.on.data}
        home = bloc.authority if form.home.data == OWN else None
        unit = unit_service.create(home, force=Force(form.force.data), **named, by=by, at=at)
    return service.admit(bloc, unit, **values, by=by, at=at)


@bp.route("/memberships/<id:public_id>/release", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_membership, Membership)
def release(membership: Membership) -> ResponseReturnValue:
    bloc = membership.bloc
    name = membership.unit.named_on(guard.today()).name
    form = pages.bind(ReleaseForm, values={"version": membership.version})
    return pages.answer(
        form,
        save=lambda: service.release(
            membership, **form.values(), by=guard.current_account(), at=clock.now()
        ),
        done=units_url(bloc),
        said=_("Đã ghi %(name)s thôi là thành viên.", name=name),
        template="confirm_page.html",
        title=_("Cho thôi thành viên: %(name)s", name=name),
        consequences=[
            _("Từ ngày đó %(name)s không còn trong danh sách thành viên và không nhận nhiệm vụ mới.", name=name),
            _("Phần việc đang mở của đơn vị chờ thường trực %(bloc)s quyết định.", bloc=bloc.kind.small),
        ],
        unchanged=_("Hội nghị và tài liệu của thời gian đơn vị còn là thành viên vẫn ghi tên đơn vị."),
        submit_label=_("Cho thôi thành viên"),
        keep_label=_("Giữ là thành viên"),
        keep_url=units_url(bloc),
        **_inside(bloc, units_url(bloc)),
    )  # fmt: skip


def _inside(bloc: Bloc, back: str) -> dict[str, Any]:
    """The bloc's head and the way back to one of its pages."""
    tab, label = ("units", _("Đơn vị")) if back == units_url(bloc) else ("overview", _("Tổng quan"))
    return {"head": head.of(bloc, tab), "back": (back, label), "cancel_url": back}


def _values_of(bloc: Bloc) -> dict[str, Any]:
    return {
        "version": bloc.version,
        "kind": bloc.kind.value,
        "code": bloc.code,
        "founded_on": bloc.founded_on,
        "founding_decision": bloc.founding_decision,
    }
