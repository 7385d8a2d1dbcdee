"""Terms: appoint, hand over, correct, end. The board's."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.blocs import Appointment, TermRole
from tracker.forms.term import AppointForm, EndForm, HandOverForm, TermForm
from tracker.models.bloc import Bloc, Term
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs
from tracker.queries import unit as units
from tracker.services import term as service
from tracker.views import head, pages
from tracker.views.bloc_board import units_url

bp = Blueprint("term", __name__)


@bp.route("/blocs/<id:public_id>/terms/new", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_bloc, Bloc)
def appoint(bloc: Bloc) -> ResponseReturnValue:
    form = pages.bind(AppointForm, prepare=lambda made: _offer(made, bloc))
    return pages.answer(
        form,
        save=lambda: _appoint(bloc, form),
        done=units_url(bloc),
        said=lambda term: _(
            "Đã giao vai trò %(role)s cho %(name)s.",
            role=term.role.called_in(bloc.kind), name=term.unit.named_on(term.starts_on).name,
        ),
        title=_("Giao vai trò"),
        lead=_("Đơn vị phải là thành viên trong suốt nhiệm kỳ. Thay đơn vị đang đứng đầu thì dùng “Bàn giao”."),
        hints={
            "starts_on": _("ngày/tháng/năm. Quyền đi theo nhiệm kỳ, từ 0 giờ ngày này."),
            "ends_on": _("Để trống khi chưa biết. Ngày trước ngày này là ngày cuối của nhiệm kỳ."),
        },
        submit_label=_("Giao vai trò"),
        **_inside(bloc),
    )  # fmt: skip


@bp.route("/blocs/<id:public_id>/hand-over", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_bloc, Bloc)
def hand_over(bloc: Bloc) -> ResponseReturnValue:
    form = pages.bind(HandOverForm, prepare=lambda made: _offer(made, bloc))
    return pages.answer(
        form,
        save=lambda: _hand_over(bloc, form),
        done=units_url(bloc),
        said=_("Đã ghi việc bàn giao. Quyền chuyển theo vào 0 giờ ngày bàn giao."),
        title=_("Bàn giao vai trò đứng đầu"),
        lead=_("Một lần ghi: nhiệm kỳ đang chạy kết thúc vào ngày bàn giao, nhiệm kỳ mới bắt đầu đúng ngày đó."),
        hints={
            "on": _("ngày/tháng/năm, ví dụ 15/01/2026. Hôm trước là ngày cuối của nhiệm kỳ cũ."),
            "deputies": _("Không chọn đơn vị nào khi %(bloc)s chưa có phó.", bloc=bloc.kind.small),
            "ends_on": _("Để trống khi chưa biết."),
        },
        submit_label=_("Ghi bàn giao"),
        **_inside(bloc),
    )


@bp.route("/terms/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_term, Term)
def edit(term: Term) -> ResponseReturnValue:
    form = pages.bind(TermForm, values=_values_of(term))
    return pages.answer(
        form,
        save=lambda: service.change(
            term, **{**form.values(), "appointment": Appointment(form.appointment.data)}, seen=form.seen,
            by=guard.current_account(), at=clock.now(),
        ),
        done=units_url(term.bloc),
        said=_("Đã sửa nhiệm kỳ."),
        current=lambda: _values_of(term),
        title=_("Sửa nhiệm kỳ: %(what)s", what=_said(term)),
        hints={
            "start_known": _("Bỏ chọn khi văn bản không nêu ngày: trên giấy, ngày bắt đầu sẽ để trống."),
            "ends_on": _("Để trống khi chưa biết. Ngày trước ngày này là ngày cuối của nhiệm kỳ."),
        },
        **_inside(term.bloc),
    )  # fmt: skip


@bp.route("/terms/<id:public_id>/end", methods=["GET", "POST"])
@guard.allowed(policy.may_manage_term, Term)
def end(term: Term) -> ResponseReturnValue:
    form = pages.bind(EndForm, values={"version": term.version})
    return pages.answer(
        form,
        save=lambda: service.end(term, **form.values(), by=guard.current_account(), at=clock.now()),
        done=units_url(term.bloc),
        said=_("Đã kết thúc nhiệm kỳ."),
        template="confirm_page.html",
        title=_("Kết thúc nhiệm kỳ: %(what)s", what=_said(term)),
        consequences=[
            _("Từ ngày đó đơn vị không còn vai trò này; quyền đi theo cũng hết."),
            _("Chưa giao đơn vị khác thì đơn vị phó thay; không có phó thì cơ quan theo dõi thi đua thay."),
        ],
        unchanged=_("Việc và giấy tờ của nhiệm kỳ cũ vẫn ghi đơn vị này."),
        submit_label=_("Kết thúc nhiệm kỳ"),
        keep_label=_("Giữ nhiệm kỳ"),
        keep_url=units_url(term.bloc),
        **_inside(term.bloc),
    )


def _offer(form: AppointForm | HandOverForm, bloc: Bloc) -> None:
    """The units that are members today or later, by their name of today, and the roles as this kind calls them."""
    today = guard.today()
    blocs.load(bloc)
    members = {
        row.unit.public_id: row.unit.named_on(today).name
        for row in bloc.memberships if row.ends_on is None or row.ends_on > today
    }  # fmt: skip
    if isinstance(form, HandOverForm):
        form.leader.offer(members.items())
        form.deputies.choices = list(members.items())
    else:
        form.unit.offer(members.items())
        form.role.offer((role.value, role.called_in(bloc.kind)) for role in TermRole)


def _appoint(bloc: Bloc, form: AppointForm) -> Term:
    values = {
        **form.values("unit"),
        "role": TermRole(form.role.data),
        "appointment": Appointment(form.appointment.data),
    }
    return service.appoint(
        bloc, _unit(form.unit.data), **values, by=guard.current_account(), at=clock.now()
    )  # fmt: skip


def _hand_over(bloc: Bloc, form: HandOverForm) -> list[Term]:
    values = {
        **form.values("leader", "deputies"),
        "leader": _unit(form.leader.data),
        "deputies": units.by_public_ids(form.deputies.data or []),
        "appointment": Appointment(form.appointment.data),
    }
    return service.hand_over(bloc, **values, by=guard.current_account(), at=clock.now())


def _unit(public_id: str | None) -> Unit:
    """The unit of a choice that the form has checked against the bloc's members."""
    unit = units.by_public_id(public_id)
    assert unit is not None
    return unit


def _said(term: Term) -> str:
    return f"{term.unit.named_on(term.starts_on).name} - {term.role.called_in(term.bloc.kind)}"


def _inside(bloc: Bloc) -> dict[str, Any]:
    back = url_for("bloc.units", public_id=bloc.public_id)
    return {"head": head.of(bloc, "units"), "back": (back, _("Đơn vị")), "cancel_url": back}


def _values_of(term: Term) -> dict[str, Any]:
    return {
        "version": term.version,
        "starts_on": term.starts_on,
        "start_known": term.start_known,
        "ends_on": term.ends_on,
        "appointment": term.appointment.value,
        "decision": term.decision,
        "holder_name": term.holder_name,
        "holder_post": term.holder_post,
    }
