"""Whether registration is required: the dated rules of a bloc, each with its basis."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.forms.base import RecordForm
from tracker.forms.registration import FREE, REQUIRED, RegistrationRuleForm
from tracker.models.bloc import Bloc
from tracker.models.pledge import RegistrationRule
from tracker.queries import registration as queries
from tracker.services import registration as service
from tracker.views import head, pages
from tracker.views.pledge_parts import inside, shown_year

bp = Blueprint("registration_rule", __name__)


@bp.get("/blocs/<id:public_id>/registration-rules")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """From when to when registration is required, and by which paper."""
    year = shown_year(bloc)
    return render_template(
        "registration/rules.html", bloc=bloc, year=year, rules=queries.rules(bloc), today=guard.today(),
        **inside(bloc, year, "registration.index", _("Đăng ký thi đua năm %(year)s", year=year)),
    )  # fmt: skip


@bp.route("/blocs/<id:public_id>/registration-rules/new", methods=["GET", "POST"])
@guard.allowed(policy.may_set_registration_rule, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    form = pages.bind(RegistrationRuleForm)
    return pages.answer(
        form,
        save=lambda: service.set_rule(bloc, **_given(form), by=guard.current_account(), at=clock.now()),
        title=_("Thêm quy định đăng ký thi đua"),
        said=_("Đã ghi quy định đăng ký thi đua."),
        **_page(bloc),
    )


@bp.route("/blocs/<id:public_id>/registration-rules/<id:rule_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_set_registration_rule, Bloc)
def edit(bloc: Bloc, rule_id: str) -> ResponseReturnValue:
    rule = _rule(bloc, rule_id)

    def current() -> dict[str, Any]:
        return {
            "version": rule.version, "required": REQUIRED if rule.required else FREE, "basis": rule.basis,
            "starts_on": rule.starts_on, "ends_on": rule.ends_on,
        }  # fmt: skip

    form = pages.bind(RegistrationRuleForm, values=current())
    return pages.answer(
        form,
        save=lambda: service.change_rule(
            rule, **_given(form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        current=current,
        title=_("Sửa quy định đăng ký thi đua"),
        said=_("Đã lưu quy định đăng ký thi đua."),
        **_page(bloc),
    )


@bp.route("/blocs/<id:public_id>/registration-rules/<id:rule_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_set_registration_rule, Bloc)
def remove(bloc: Bloc, rule_id: str) -> ResponseReturnValue:
    rule, page = _rule(bloc, rule_id), _page(bloc)
    return pages.answer(
        pages.bind(RecordForm),
        save=lambda: service.remove_rule(rule, by=guard.current_account(), at=clock.now()),
        said=_("Đã xóa quy định đăng ký thi đua."),
        template="confirm_page.html",
        title=_("Xóa quy định đăng ký thi đua"),
        consequences=[_("Những ngày không có quy định thì đăng ký thi đua là không bắt buộc.")],
        unchanged=_("Những gì các đơn vị đã đăng ký giữ nguyên."),
        submit_label=_("Xóa quy định"),
        keep_label=_("Giữ quy định"),
        keep_url=page["cancel_url"],
        **{name: value for name, value in page.items() if name != "hints"},
    )


def _rule(bloc: Bloc, public_id: str) -> RegistrationRule:
    return queries.rule_by_key(bloc, public_id) or abort(404)


def _given(form: RegistrationRuleForm) -> dict[str, Any]:
    return {**form.values("required"), "required": form.required.data == REQUIRED}


def _page(bloc: Bloc) -> dict[str, Any]:
    back = url_for("registration_rule.index", public_id=bloc.public_id)
    return {
        "done": back, "cancel_url": back, "back": (back, _("Quy định đăng ký thi đua")),
        "head": head.of(bloc, "periods"),
        "hints": {
            "basis": _("Văn bản làm căn cứ, ví dụ: Luật Thi đua, khen thưởng năm 2022."),
            "ends_on": _("Để trống khi quy định còn hiệu lực. Ngày trước ngày này là ngày cuối."),
        },
    }  # fmt: skip
