"""Rows of a criteria set: groups and criteria added, edited, moved, removed; the bands of one."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.criteria import BandBasis, CriterionPart, ScoreFunction
from tracker.domain.criteria_checks import parameters
from tracker.domain.criteria_tree import BandStep
from tracker.forms.base import RecordForm
from tracker.forms.criteria import CriterionForm, band_values, bands_form
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.queries import criteria as queries
from tracker.services import criterion as service
from tracker.text import shorten
from tracker.views import pages
from tracker.views.criteria_pages import inside, url_of

bp = Blueprint("criterion", __name__)

SPARE_BANDS = 3


@bp.route("/criteria/<id:public_id>/rows/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def new(criteria_set: CriteriaSet) -> ResponseReturnValue:
    """One row more; what its rule reads besides is asked on the page that follows."""
    rows = queries.rows_of(criteria_set)
    inner = next((row for row in rows if row.public_id == request.args.get("parent")), None)
    values = {
        "parent": inner.public_id if inner else None,
        "part": (inner.part if inner else CriterionPart.MAIN).value,
    }
    form = pages.bind(CriterionForm, values=values, prepare=_prepare(criteria_set, None))
    return pages.answer(
        form,
        save=lambda: service.add(
            criteria_set, form.given(), parent=_parent(criteria_set, form), by=guard.current_account(), at=clock.now()
        ),
        done=lambda row: _next(row),
        said=lambda row: _("Đã thêm %(number)s. %(title)s", number=row.number, title=shorten(row.title, 60)),
        title=_("Thêm nhóm hoặc tiêu chí"),
        lead=_("Nhóm chỉ cộng điểm các dòng bên trong. Tiêu chí có cách chấm; thông số của cách chấm ghi ở bước sau."),
        hints=_hints(),
        submit_label=_("Thêm dòng"),
        **inside(criteria_set),
    )


@bp.route("/criteria-rows/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criterion, Criterion)
def edit(criterion: Criterion) -> ResponseReturnValue:
    criteria_set = criterion.criteria_set
    form = pages.bind(CriterionForm, values=_values_of(criterion), prepare=_prepare(criteria_set, criterion))
    before = criterion.function
    return pages.answer(
        form,
        save=lambda: service.change(
            criterion, form.given(), parent=_parent(criteria_set, form), seen=form.seen, by=guard.current_account(),
            at=clock.now(),
        ),
        done=lambda row: _next(row) if row.function is not before else url_of(criteria_set, f"row-{row.public_id}"),
        said=lambda row: _said_after(row, before),
        current=lambda: _values_of(criterion),
        title=_("Sửa dòng %(number)s", number=criterion.number),
        lead=_lead(criterion),
        hints=_hints(),
        **inside(criteria_set),
    )  # fmt: skip


@bp.route("/criteria-rows/<id:public_id>/bands", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criterion, Criterion)
def bands(criterion: Criterion) -> ResponseReturnValue:
    """All bands of a leaf in one form."""
    criteria_set = criterion.criteria_set
    by_day = criterion.function is ScoreFunction.LATENESS
    percent = criterion.band_basis is BandBasis.PERCENT
    standing = _steps(criterion)
    typed = sum(name.startswith("points_") for name in request.form)
    made = bands_form(max(len(standing) + SPARE_BANDS, typed), by_day=by_day, sign="%" if percent else "")
    form = pages.bind(made, values={"version": criterion.version, **band_values(standing, by_day=by_day)})
    return pages.answer(
        form,
        save=lambda: service.set_bands(
            criterion, form.steps(), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=url_of(criteria_set, f"row-{criterion.public_id}"),
        said=_("Đã lưu bậc điểm của dòng %(number)s.", number=criterion.number),
        current=lambda: {"version": criterion.version, **band_values(_steps(criterion), by_day=by_day)},
        template="criteria/bands.html",
        title=_("Bậc điểm của dòng %(number)s", number=criterion.number),
        criterion=criterion,
        by_day=by_day,
        sign="%" if percent else criterion.unit_of_measure or "",
        **inside(criteria_set),
    )


@bp.post("/criteria-rows/<id:public_id>/move/<any(up, down):direction>")
@guard.allowed(policy.may_keep_criterion, Criterion)
def move(criterion: Criterion, direction: str) -> ResponseReturnValue:
    """Up or down among the rows of its group."""
    before = criterion.position
    service.move(criterion, direction, by=guard.current_account(), at=clock.now())
    db.session.commit()
    if criterion.position != before:
        flash(_("Đã chuyển dòng %(number)s.", number=criterion.number), "success")
    return redirect(url_of(criterion.criteria_set, f"row-{criterion.public_id}"))


@bp.route("/criteria-rows/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criterion, Criterion)
def remove(criterion: Criterion) -> ResponseReturnValue:
    criteria_set = criterion.criteria_set
    form = pages.bind(RecordForm, values={"version": criterion.version})
    framed = inside(criteria_set)
    count = len(service.family(queries.rows_of(criteria_set), criterion)) - 1
    lines = [_("Xóa dòng %(number)s: %(title)s", number=criterion.number, title=shorten(criterion.title, 120))]
    if count:
        lines.append(_("Xóa cả %(count)s dòng bên trong.", count=count))
    return pages.answer(
        form,
        save=lambda: service.remove(criterion, by=guard.current_account(), at=clock.now()),
        done=url_of(criteria_set),
        said=lambda gone: _("Đã xóa %(count)s dòng.", count=gone),
        template="confirm_page.html",
        title=_("Xóa dòng %(number)s", number=criterion.number),
        consequences=lines,
        unchanged=_("Các dòng khác giữ nguyên điểm; xem lại tổng điểm của nhóm sau khi xóa."),
        submit_label=_("Xóa dòng này"),
        keep_label=_("Giữ dòng này"),
        keep_url=framed["cancel_url"],
        **framed,
    )


def _prepare(criteria_set: CriteriaSet, row: Criterion | None) -> Callable[[Any], None]:
    """The groups in which the row can stand, the pledge's rows, and only the fields that its rule reads."""
    rows = queries.rows_of(criteria_set)
    inner = {each.id for each in service.family(rows, row)} if row is not None else set()
    groups = [
        (placed.node.key, f"{placed.full_number}. {shorten(placed.node.title, 70)}")
        for placed in queries.tree(criteria_set, rows).walk()
        if not placed.node.is_leaf and placed.node.key not in {each.public_id for each in rows if each.id in inner}
    ]
    pledged = queries.pledge_choices(criteria_set.bloc, criteria_set.year)
    if row is not None and row.pledge_lineage and row.pledge_lineage not in dict(pledged):
        pledged.append((row.pledge_lineage, _("chỉ tiêu không còn trong giao ước năm này")))
    read = parameters(row.function) if row is not None else ()

    def prepare(form: CriterionForm) -> None:
        form.parent.offer(groups)
        form.pledge_lineage.offer((key, shorten(content, 90)) for key, content in pledged)
        for name in service.PARAMETERS:
            if name not in read:
                del form[name]
        if row is not None and any(each.parent_id == row.id for each in rows):
            for name in ("function", "unit_of_measure", "evidence_required", "pledge_lineage"):
                del form[name]
        elif not pledged:
            del form["pledge_lineage"]

    return prepare


def _parent(criteria_set: CriteriaSet, form: CriterionForm) -> Criterion | None:
    chosen = form.parent.data
    return next((row for row in queries.rows_of(criteria_set) if row.public_id == chosen), None) if chosen else None


def _next(row: Criterion) -> str:
    """Where what the rule still needs is asked; the tree when nothing is missing."""
    read = parameters(row.function)
    if any(name in read and getattr(row, name) is None for name in ("direction", "band_basis", "points_each")):
        return url_for("criterion.edit", public_id=row.public_id)
    if "bands" in read and not row.bands:
        return url_for("criterion.bands", public_id=row.public_id)
    return url_of(row.criteria_set, f"row-{row.public_id}")


def _said_after(row: Criterion, before: ScoreFunction | None) -> str:
    if row.function is not before and parameters(row.function):
        return _("Đã đổi cách chấm của dòng %(number)s: ghi tiếp thông số của cách chấm mới.", number=row.number)
    return _("Đã lưu dòng %(number)s.", number=row.number)


def _lead(criterion: Criterion) -> str:
    if criterion.function is None:
        return _("Dòng này là nhóm.")
    if "bands" in parameters(criterion.function):
        return _("Bậc điểm ghi ở trang riêng. Đổi cách chấm thì các bậc và thông số cũ được bỏ đi.")
    return _("Đổi cách chấm thì thông số của cách chấm cũ được bỏ đi.")


def _steps(criterion: Criterion) -> list[BandStep]:
    return [
        BandStep(band.low, band.high, band.points, band.low_closed, band.high_closed)
        for band in queries.standing_bands(criterion)
    ]


def _hints() -> dict[str, str]:
    return {
        "number": _("Ví dụ: I, 1, 1a, 1.1. Không trùng trong cùng một nhóm."),
        "function": _("Nhóm thì chọn “Không chấm”. Tiêu chí thì chọn cách đổi kết quả thành điểm."),
        "part": _("Điểm thưởng, điểm trừ đứng ngoài tổng điểm công bố."),
        "maximum": _("Ví dụ: 2,5. Nhóm để trống thì bằng tổng các dòng bên trong."),
        "unit_of_measure": _("Ví dụ: vụ, %, hồ sơ, văn bản."),
        "direction": _("Vụ phạm tội, hồ sơ quá hạn: càng ít càng tốt."),
        "band_basis": _("Theo kết quả: so thẳng con số đơn vị ghi. Theo %: so với chỉ tiêu của đơn vị."),
        "points_each": _("Số điểm của một lần, ví dụ 0,5. Điểm trừ cũng ghi số dương."),
        "limit_points": _("Nhiều nhất được cộng hoặc trừ bao nhiêu điểm. Không giới hạn thì để trống."),
        "floor_points": _("Trừ đến mức này thì dừng. Để trống là 0."),
        "pledge_lineage": _("Chỉ tiêu của dòng này lấy từ giao ước đã ký."),
        "guidance": _("Đơn vị đọc khi ghi số liệu: cách đếm, thời điểm lấy số, văn bản căn cứ."),
    }


def _values_of(criterion: Criterion) -> dict[str, Any]:
    words = ("function", "part", "direction", "band_basis")
    plain = ("number", "title", "maximum", "unit_of_measure", "points_each", "limit_points", "floor_points",
             "pledge_lineage", "evidence_required", "guidance", "version")  # fmt: skip
    chosen = {name: getattr(criterion, name).value if getattr(criterion, name) else None for name in words}
    kept = {name: getattr(criterion, name) for name in plain}
    return {**kept, **chosen, "parent": criterion.parent.public_id if criterion.parent else None}
