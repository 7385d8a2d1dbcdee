"""Joint activities of a bloc: the list of a year with totals by kind, recording, editing, Excel."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.reporting import ActivityKind
from tracker.exports import table_workbook
from tracker.forms.activity import ActivityForm
from tracker.forms.base import RecordForm
from tracker.models.bloc import Bloc
from tracker.models.pledge import Activity
from tracker.models.unit import Unit
from tracker.queries import activity as queries
from tracker.queries import bloc as blocs
from tracker.queries import pledge as pledges
from tracker.services import activity as service
from tracker.views import asked, downloads, head, pages
from tracker.views.pledge_parts import shown_year

bp = Blueprint("activity", __name__)


def _wanted(bloc: Bloc) -> tuple[int, ActivityKind | None, str]:
    """year, kind and search text of the address; what cannot be read is left out."""
    return shown_year(bloc), request.args.get("kind", type=ActivityKind), asked.words()


def _rows(bloc: Bloc, year: int, kind: ActivityKind | None = None, text: str = "") -> list[Activity]:
    return queries.of_bloc(bloc, date(year, 1, 1), date(year, 12, 31), kind, text)


@bp.get("/blocs/<id:public_id>/activities")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """What the bloc did together in a year."""
    year, kind, text = _wanted(bloc)
    shown = head.of(bloc, "periods", year)
    every = _rows(bloc, year)
    return render_template(
        "activity/index.html",
        head=shown,
        bloc=bloc,
        year=year,
        kind=kind,
        text=text,
        rows=_rows(bloc, year, kind, text) if kind or text else every,
        totals=queries.totals(every),
        every=len(every),
        units_of=queries.units_of,
    )


@bp.get("/blocs/<id:public_id>/activities/workbook")
@guard.allowed(policy.may_see_year_of, Bloc)
def workbook(bloc: Bloc) -> Response:
    """The list as it is shown, in Excel."""
    year, kind, text = _wanted(bloc)
    name = blocs.load(bloc).named_on(guard.today()).name
    columns = [
        (_("Từ ngày"), 12, "date"), (_("Đến ngày"), 12, "date"), (_("Tên hoạt động"), 44, "text"),
        (_("Loại"), 22, "text"), (_("Địa điểm"), 24, "text"), (_("Số đơn vị"), 9, "int"),
        (_("Đơn vị tham gia"), 44, "text"), (_("Giá trị (đồng)"), 16, "int"), (_("Kết quả"), 44, "text"),
    ]  # fmt: skip
    cells = [
        (row.held_on, row.last_on, row.title, row.kind.label, row.place, len(row.units),
         "; ".join(queries.units_of(row)), row.value, row.result)
        for row in _rows(bloc, year, kind, text)
    ]  # fmt: skip
    title = _("Hoạt động chung năm %(year)s", year=year)
    return downloads.xlsx(table_workbook.table(title, name, columns, cells), f"{title} - {name}.xlsx")


@bp.route("/blocs/<id:public_id>/activities/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledges, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    form = pages.bind(ActivityForm, prepare=lambda made: _offer(made, bloc))
    return pages.answer(
        form,
        save=lambda: service.record(bloc, **_given(form, bloc), by=guard.current_account(), at=clock.now()),
        done=_place,
        said=_("Đã ghi hoạt động chung."),
        title=_("Ghi hoạt động chung của %(bloc)s", bloc=bloc.kind.small),
        **_page(bloc, guard.today().year),
    )


@bp.route("/activities/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_activity, Activity)
def edit(activity: Activity) -> ResponseReturnValue:
    bloc = activity.bloc

    def current() -> dict[str, Any]:
        loaded = queries.load(activity)
        return {
            "version": queries.version_of(loaded), "title": loaded.title, "kind": loaded.kind.value,
            "held_on": loaded.held_on, "last_on": loaded.last_on if loaded.last_on != loaded.held_on else None,
            "place": loaded.place, "units": [row.unit.public_id for row in loaded.units], "value": loaded.value,
            "result": loaded.result,
        }  # fmt: skip

    form = pages.bind(ActivityForm, values=current(), prepare=lambda made: _offer(made, bloc, activity))
    return pages.answer(
        form,
        save=lambda: service.change(
            activity, **_given(form, bloc, activity), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        current=current,
        done=_place,
        said=_("Đã lưu hoạt động chung."),
        title=_("Sửa hoạt động chung"),
        **_page(bloc, activity.held_on.year),
    )


@bp.route("/activities/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_activity, Activity)
def remove(activity: Activity) -> ResponseReturnValue:
    page = _page(activity.bloc, activity.held_on.year)
    return pages.answer(
        pages.bind(RecordForm),
        save=lambda: service.remove(activity, by=guard.current_account(), at=clock.now()),
        done=page["cancel_url"],
        said=_("Đã xóa hoạt động chung."),
        template="confirm_page.html",
        title=_("Xóa hoạt động chung"),
        lead=activity.title,
        consequences=[_("Hoạt động và danh sách đơn vị tham gia không còn trong năm và trong báo cáo lập sau này.")],
        unchanged=_("Báo cáo đã phát hành giữ nguyên."),
        submit_label=_("Xóa hoạt động"),
        keep_label=_("Giữ hoạt động"),
        keep_url=page["cancel_url"],
        head=page["head"],
        back=page["back"],
    )


def _units(bloc: Bloc, activity: Activity | None) -> list[pledges.YearUnit]:
    """Whom to offer: the members of today; of a recorded activity those of its day and those that took part."""
    if activity is None:
        return pledges.units_of(bloc, guard.today())
    return pledges.units_of(bloc, activity.held_on, [row.unit_id for row in activity.units])


def _offer(form: ActivityForm, bloc: Bloc, activity: Activity | None = None) -> None:
    form.units.choices = [(each.unit.public_id, each.name) for each in _units(bloc, activity)]


def _given(form: ActivityForm, bloc: Bloc, activity: Activity | None = None) -> dict[str, Any]:
    values = form.values("units", "kind")
    chosen: list[Unit] = [
        each.unit for each in _units(bloc, activity) if each.unit.public_id in (form.units.data or [])
    ]
    words = {"title": values["title"] or "", "held_on": form.held_on.data}
    return {**values, **words, "kind": ActivityKind(form.kind.data), "units": chosen}


def _place(activity: Activity) -> str:
    return url_for(
        "activity.index", public_id=activity.bloc.public_id, year=activity.held_on.year,
        _anchor=f"row-{activity.public_id}",
    )  # fmt: skip


def _page(bloc: Bloc, year: int) -> dict[str, Any]:
    back = url_for("activity.index", public_id=bloc.public_id, year=year)
    return {
        "head": head.of(bloc, "periods", year), "back": (back, _("Hoạt động chung")), "cancel_url": back,
        "secrets": True,
        "hints": {
            "title": _("Ví dụ: Hội thao chào mừng ngày thành lập Đoàn."),
            "held_on": _("ngày/tháng/năm, ví dụ 26/03/2026."),
            "last_on": _("Để trống khi chỉ diễn ra trong một ngày."),
            "units": _("Đánh dấu các đơn vị đã tham gia."),
            "value": _("Tổng giá trị bằng đồng, ví dụ 50.000.000. Để trống khi không có hoặc chưa rõ."),
            "result": _("Kết quả ngắn gọn: làm gì, cho ai, bao nhiêu."),
        },
    }  # fmt: skip
