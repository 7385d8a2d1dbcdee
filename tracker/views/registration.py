"""What units register for a year: own targets on one page, titles and forms of award."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.submissions import AwardObject
from tracker.exports import table_workbook
from tracker.forms.base import RecordForm
from tracker.forms.registration import RegistrationForm, targets_form
from tracker.models.bloc import Bloc
from tracker.models.pledge import Registration
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs
from tracker.queries import pledge as pledges
from tracker.queries import registration as queries
from tracker.services import registration as service
from tracker.services.registration import TargetGiven
from tracker.views import downloads, head, pages
from tracker.views.pledge_parts import inside, shown_year, year_day, year_links

bp = Blueprint("registration", __name__)


def _own_unit() -> Unit:
    """The reader's unit; the rule of these pages asked for it."""
    unit = guard.current_account().unit
    assert unit is not None
    return unit


def _place(bloc: Bloc, year: int, anchor: str | None = None) -> str:
    return url_for("registration.index", public_id=bloc.public_id, year=year, _anchor=anchor)


def _below(bloc: Bloc, year: int) -> dict[str, Any]:
    return inside(bloc, year, "registration.index", _("Đăng ký thi đua năm %(year)s", year=year))


@bp.get("/blocs/<id:public_id>/registrations")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """Every unit's titles and forms; who has none where registration is required."""
    year = shown_year(bloc)
    day = year_day(year)
    shown = head.of(bloc, "periods", year)
    listed = queries.of_year(bloc, year, day)
    rule = queries.rule_on(bloc, day)
    return render_template(
        "registration/index.html",
        head=shown,
        bloc=bloc,
        year=year,
        years=year_links(bloc, "registration.index", year),
        listed=listed,
        totals=queries.totals(listed),
        rule=rule,
        missing=[each.unit for each in listed if not each.rows] if rule and rule.required else [],
        own_unit=guard.current_account().unit,
        takes_titles=service.takes_titles(bloc, year, clock.now()),
    )


@bp.get("/blocs/<id:public_id>/registrations/workbook")
@guard.allowed(policy.may_see_year_of, Bloc)
def workbook(bloc: Bloc) -> Response:
    year = shown_year(bloc)
    day = year_day(year)
    name = blocs.load(bloc).named_on(day).name
    columns = [
        (_("Đơn vị"), 40, "text"), (_("Đối tượng"), 16, "text"), (_("Danh hiệu, hình thức"), 44, "text"),
        (_("Số lượng"), 11, "int"), (_("Ghi chú"), 40, "text"),
    ]  # fmt: skip
    rows = [
        (each.unit.name, row.object.label, row.title, row.count, row.note)
        for each in queries.of_year(bloc, year, day)
        for row in each.rows
    ]
    title = _("Đăng ký thi đua năm %(year)s", year=year)
    return downloads.xlsx(table_workbook.table(title, name, columns, rows), f"{title} - {name}.xlsx")


@bp.route("/blocs/<id:public_id>/targets", methods=["GET", "POST"])
@guard.allowed(policy.may_register, Bloc)
def targets(bloc: Bloc) -> ResponseReturnValue:
    """All rows of the pledge with the own figure beside the bloc's plan, saved at once."""
    year, unit = shown_year(bloc), _own_unit()
    pledge = pledges.of_year(bloc, year)
    if pledge is None or not pledge.rows:
        abort(404)
    adjusting = pledges.year_has_opened(bloc, year)
    rows = [row for row in pledge.rows if pledges.planned(row, unit.id).assigned]
    made = targets_form([(row.public_id, row.content) for row in rows], adjusting=adjusting)

    def current() -> dict[str, Any]:
        values: dict[str, Any] = {"version": pledges.targets_version(pledge.rows, unit)}
        for row in rows:
            kept = pledges.target_of(row, unit)
            values[f"target_{row.public_id}"] = kept.target if kept else None
            values[f"note_{row.public_id}"] = kept.note if kept else None
        return values

    form = pages.bind(made, values=current())

    def save() -> int:
        given = [
            TargetGiven(row, form[f"target_{row.public_id}"].data, form[f"note_{row.public_id}"].data) for row in rows
        ]
        reason = form["reason"].data or "" if adjusting else ""
        return service.set_targets(
            pledge, unit, given, reason=reason, seen=form.seen, by=guard.current_account(), at=clock.now()
        )

    page = inside(bloc, year)
    return pages.answer(
        form,
        save=save,
        current=current,
        done=page["back"][0],
        said=lambda changed: (
            _("Đã lưu chỉ tiêu của đơn vị: %(count)s dòng thay đổi.", count=changed)
            if changed else _("Không có dòng nào thay đổi.")
        ),
        template="registration/targets.html",
        bloc=bloc,
        year=year,
        title=_("Đăng ký chỉ tiêu năm %(year)s", year=year),
        unit_name=unit.named_on(year_day(year)).name,
        rows=rows,
        not_assigned=[row for row in pledge.rows if row not in rows],
        adjusting=adjusting,
        **page,
    )  # fmt: skip


@bp.route("/blocs/<id:public_id>/registrations/new", methods=["GET", "POST"])
@guard.allowed(policy.may_register, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    """One title or form more that the own unit aims at."""
    year = shown_year(bloc)
    form = pages.bind(RegistrationForm)
    return pages.answer(
        form,
        save=lambda: service.register(
            bloc, _own_unit(), year=year, **_given(form), by=guard.current_account(), at=clock.now()
        ),
        done=_place(bloc, year, "cac-don-vi"),
        said=_("Đã đăng ký."),
        title=_("Đăng ký danh hiệu, hình thức khen thưởng năm %(year)s", year=year),
        hints=_hints(),
        submit_label=_("Đăng ký"),
        secrets=True,
        **_below(bloc, year),
    )


@bp.route("/registrations/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_registration, Registration)
def edit(registration: Registration) -> ResponseReturnValue:
    bloc, year = registration.bloc, registration.year

    def current() -> dict[str, Any]:
        return {
            "version": registration.version, "object": registration.object.value, "title": registration.title,
            "count": registration.count, "note": registration.note,
        }  # fmt: skip

    form = pages.bind(RegistrationForm, values=current())
    return pages.answer(
        form,
        save=lambda: service.change(
            registration, **_given(form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        current=current,
        done=_place(bloc, year, "cac-don-vi"),
        said=_("Đã lưu đăng ký."),
        title=_("Sửa đăng ký thi đua năm %(year)s", year=year),
        hints=_hints(),
        secrets=True,
        **_below(bloc, year),
    )


@bp.route("/registrations/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_registration, Registration)
def remove(registration: Registration) -> ResponseReturnValue:
    bloc, year = registration.bloc, registration.year
    return pages.answer(
        pages.bind(RecordForm),
        save=lambda: service.remove(registration, by=guard.current_account(), at=clock.now()),
        done=_place(bloc, year, "cac-don-vi"),
        said=_("Đã rút đăng ký."),
        template="confirm_page.html",
        title=_("Rút đăng ký thi đua"),
        consequences=[
            _("“%(title)s” không còn trong đăng ký của đơn vị năm %(year)s.", title=registration.title, year=year)
        ],
        unchanged=_("Các đăng ký khác và chỉ tiêu giao ước giữ nguyên."),
        submit_label=_("Rút đăng ký"),
        keep_label=_("Giữ đăng ký"),
        keep_url=_place(bloc, year, "cac-don-vi"),
        **_below(bloc, year),
    )


def _given(form: RegistrationForm) -> dict[str, Any]:
    values = form.values("object")
    return {**values, "title": values["title"] or "", "object": AwardObject(form.object.data)}


def _hints() -> dict[str, str]:
    return {
        "object": _("Danh hiệu, hình thức cho tập thể, cá nhân hay hộ gia đình."),
        "title": _("Ví dụ: Cờ thi đua của UBND tỉnh; Chiến sĩ thi đua cơ sở."),
        "count": _("Ví dụ 3. Chưa rõ số lượng thì để trống."),
    }
