"""The rows of a pledge: added, pasted, edited, moved, removed; who need not do one; the signed paper's files."""

from typing import Any

from flask import abort, current_app, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.criteria import Direction
from tracker.forms.base import RecordForm
from tracker.forms.pledge import RowForm, RowLines, StatedFileForm, UnassignedForm
from tracker.models.pledge import Pledge, PledgeRow
from tracker.queries import pledge as queries
from tracker.services import attachment as attachments
from tracker.services import pledge as service
from tracker.services.pledge import RowGiven
from tracker.text import shorten
from tracker.views import pages
from tracker.views.pledge_parts import bp, inside, place, year_day


def _hints() -> dict[str, str]:
    return {
        "content": _("Ví dụ: Nhà đại đoàn kết vận động xây dựng cho hộ nghèo."),
        "unit_of_measure": _("Ví dụ: nhà, văn bản, %. Để trống khi chỉ tiêu không tính bằng số."),
        "year_plan": _("Viết 1.286,5. Để trống khi chưa có số liệu: ô trống không phải là 0."),
        "direction": _("“Càng ít càng tốt” dùng cho số vụ việc, hồ sơ quá hạn."),
    }


def _given(form: RowForm) -> RowGiven:
    values = form.values("direction")
    return RowGiven(**{**values, "content": values["content"] or ""}, direction=Direction(form.direction.data))


@bp.route("/pledges/<id:public_id>/rows/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledge, Pledge)
def new_row(pledge: Pledge) -> ResponseReturnValue:
    """One row more."""
    form = pages.bind(RowForm, values={"direction": Direction.MORE.value})
    return pages.answer(
        form,
        save=lambda: service.add_rows(pledge, [_given(form)], by=guard.current_account(), at=clock.now()),
        done=lambda rows: place(pledge, f"row-{rows[0].public_id}"),
        said=_("Đã thêm chỉ tiêu."),
        title=_("Thêm chỉ tiêu giao ước năm %(year)s", year=pledge.year),
        hints=_hints(),
        secrets=True,
        **inside(pledge.bloc, pledge.year),
    )


@bp.route("/pledges/<id:public_id>/rows/many", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledge, Pledge)
def many_rows(pledge: Pledge) -> ResponseReturnValue:
    """Many rows pasted at once: all or none."""
    form = pages.bind(RowLines)

    def save() -> list[PledgeRow]:
        given = [RowGiven(row.content, row.unit_of_measure, row.year_plan, note=row.note) for row in form.rows()]
        return service.add_rows(pledge, given, by=guard.current_account(), at=clock.now())

    return pages.answer(
        form,
        save=save,
        done=place(pledge, "chi-tieu"),
        said=lambda rows: _("Đã thêm %(count)s chỉ tiêu.", count=len(rows)),
        title=_("Dán nhiều chỉ tiêu vào giao ước năm %(year)s", year=pledge.year),
        lead=_("Chép các ô từ Excel rồi dán vào đây. Còn một dòng sai thì chưa dòng nào được ghi."),
        hints={
            "lines": _(
                "Mỗi dòng một chỉ tiêu, các ô theo thứ tự: nội dung, đơn vị tính, kế hoạch năm, ghi chú; "
                "ngăn bằng dấu Tab như Excel hoặc dấu chấm phẩy. Ví dụ: Nhà đại đoàn kết; nhà; 10"
            )
        },
        submit_label=_("Thêm các chỉ tiêu"),
        secrets=True,
        **inside(pledge.bloc, pledge.year),
    )


@bp.route("/pledge-rows/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledge_row, PledgeRow)
def edit_row(row: PledgeRow) -> ResponseReturnValue:
    """Change one row; two editors see both texts."""

    def current() -> dict[str, Any]:
        return {
            "version": row.version, "content": row.content, "unit_of_measure": row.unit_of_measure,
            "year_plan": row.year_plan, "direction": row.direction.value, "note": row.note,
        }  # fmt: skip

    form = pages.bind(RowForm, values=current())
    used = queries.uses_of(row).entries
    return pages.answer(
        form,
        save=lambda: service.change_row(
            row, _given(form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        current=current,
        done=place(row.pledge, f"row-{row.public_id}"),
        said=_("Đã lưu chỉ tiêu."),
        title=_("Sửa chỉ tiêu giao ước năm %(year)s", year=row.pledge.year),
        lead=_("Kỳ báo cáo đã mở giữ kế hoạch như khi mở; kế hoạch mới dùng cho kỳ mở sau.") if used else "",
        hints=_hints(),
        secrets=True,
        **inside(row.pledge.bloc, row.pledge.year),
    )


@bp.post("/pledge-rows/<id:public_id>/move/<any(up,down):direction>")
@guard.allowed(policy.may_keep_pledge_row, PledgeRow)
def move_row(row: PledgeRow, direction: str) -> ResponseReturnValue:
    """One place up or down; the focus goes back to a button of the moved row."""
    further = service.move_row(row, direction, by=guard.current_account(), at=clock.now())
    db.session.commit()
    button = direction if further else {"up": "down", "down": "up"}[direction]
    return redirect(place(row.pledge, f"{button}-{row.public_id}"))


@bp.route("/pledge-rows/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledge_row, PledgeRow)
def remove_row(row: PledgeRow) -> ResponseReturnValue:
    """What goes with the row, and one button; until then it stands."""
    pledge, uses = row.pledge, queries.uses_of(row)
    consequences = [_("Chỉ tiêu “%(content)s” không còn trong giao ước năm %(year)s.",
                      content=shorten(row.content, 120), year=pledge.year)]  # fmt: skip
    if uses.targets:
        consequences.append(
            _("%(count)s đơn vị đã đăng ký số riêng cho chỉ tiêu này: các số ấy cũng bị xóa.", count=uses.targets)
        )
    return pages.answer(
        pages.bind(RecordForm),
        save=lambda: service.remove_row(row, by=guard.current_account(), at=clock.now()),
        done=place(pledge, "chi-tieu"),
        said=_("Đã xóa chỉ tiêu."),
        template="confirm_page.html",
        title=_("Xóa chỉ tiêu khỏi giao ước"),
        consequences=consequences,
        unchanged=_("Lịch sử sửa đổi vẫn giữ nội dung đã xóa. Chỉ tiêu đã có trong báo cáo thì không xóa được."),
        submit_label=_("Xóa chỉ tiêu"),
        keep_label=_("Giữ chỉ tiêu"),
        keep_url=place(pledge, f"row-{row.public_id}"),
        **inside(pledge.bloc, pledge.year),
    )


@bp.route("/pledge-rows/<id:public_id>/assigned", methods=["GET", "POST"])
@guard.allowed(policy.may_assign_pledge_row, PledgeRow)
def assigned(row: PledgeRow) -> ResponseReturnValue:
    """Which units need not do this row; offered are those that the reader may judge."""
    pledge = row.pledge
    listed = queries.units_of(pledge.bloc, year_day(pledge.year))
    offered = [each for each in listed if guard.may(policy.may_favour, pledge.bloc, each.unit)]

    def current() -> dict[str, Any]:
        chosen = [
            each.unit.public_id for each in offered if not queries.planned(row, each.unit.id).assigned
        ]  # fmt: skip
        return {"version": queries.unassigned_version(row), "units": chosen}

    def prepare(made: UnassignedForm) -> None:
        made.units.choices = [(each.unit.public_id, each.name) for each in offered]

    form = pages.bind(UnassignedForm, values=current(), prepare=prepare)
    return pages.answer(
        form,
        save=lambda: service.set_unassigned(
            row, [each.unit for each in offered if each.unit.public_id in (form.units.data or [])],
            among=[each.unit for each in offered], reason=form.reason.data or "", seen=form.seen,
            by=guard.current_account(), at=clock.now(),
        ),
        current=current,
        done=place(pledge, f"row-{row.public_id}"),
        said=lambda changed: _("Đã ghi việc giao chỉ tiêu: %(count)s đơn vị thay đổi.", count=len(changed)),
        template="confirm_page.html",
        title=_("Không giao chỉ tiêu cho đơn vị"),
        lead=shorten(row.content, 200),
        consequences=[
            _("Đơn vị được chọn không phải làm và không bị tính chỉ tiêu này; chỉ tiêu ghi “không giao”."),
            _("Đơn vị bỏ chọn được giao lại, theo kế hoạch hoặc số đã đăng ký."),
            _("Kỳ báo cáo mở sau lấy theo danh sách này. Kỳ đã mở thì đặt ngay trong báo cáo của đơn vị."),
        ],
        unchanged=_("Đơn vị của bạn không có trong danh sách: không đơn vị nào tự xét mình."),
        submit_label=_("Lưu việc giao chỉ tiêu"),
        keep_label=_("Giữ như cũ"),
        keep_url=place(pledge, f"row-{row.public_id}"),
        **inside(pledge.bloc, pledge.year),
    )  # fmt: skip


@bp.route("/pledges/<id:public_id>/files/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledge, Pledge)
def add_file(pledge: Pledge) -> ResponseReturnValue:
    """The signed paper, or what belongs to it."""
    form = pages.bind(StatedFileForm)
    return pages.answer(
        form,
        save=lambda: attachments.store(
            form.file.data.stream, form.file.data.filename or "", limit=current_app.config["FILE_LIMIT"],
            pledge=pledge, by=guard.current_account(), at=clock.now(),
        ),
        done=place(pledge, "giao-uoc"),
        said=_("Đã tải tệp lên."),
        title=_("Tải lên văn bản giao ước năm %(year)s", year=pledge.year),
        hints={"file": _("Bản giao ước đã ký, bản chụp hoặc phụ lục: PDF, Word, Excel, JPG, PNG.")},
        submit_label=_("Tải lên"),
        multipart=True,
        secrets=True,
        **inside(pledge.bloc, pledge.year),
    )  # fmt: skip


@bp.route("/pledges/<id:public_id>/files/<id:file_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledge, Pledge)
def remove_file(pledge: Pledge, file_id: str) -> ResponseReturnValue:
    file = next((each for each in queries.files_of(pledge) if each.public_id == file_id), None)
    if file is None:
        abort(404)
    return pages.answer(
        pages.bind(RecordForm),
        save=lambda: attachments.drop(file, by=guard.current_account(), at=clock.now()),
        done=place(pledge, "giao-uoc"),
        said=_("Đã gỡ tệp."),
        template="confirm_page.html",
        title=_("Gỡ tệp khỏi giao ước"),
        consequences=[_("Tệp “%(name)s” bị xóa hẳn, không khôi phục được.", name=file.name)],
        unchanged=_("Giao ước và các chỉ tiêu giữ nguyên."),
        submit_label=_("Gỡ tệp"),
        keep_label=_("Giữ tệp"),
        keep_url=place(pledge, "giao-uoc"),
        **inside(pledge.bloc, pledge.year),
    )
