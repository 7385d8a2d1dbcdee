"""Earlier years of a bloc: what is known of them, the workbook that brings them in, its preview and the yes."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.form_sheet import KEYS, CellError
from tracker.domain.labels import Labelled
from tracker.domain.notices import UploadKind
from tracker.domain.past_rows import PastRead
from tracker.domain.past_sheet import PAST_COLUMNS
from tracker.errors import RuleBroken
from tracker.exports import past_form
from tracker.forms.base import UserForm
from tracker.forms.upload import ConfirmForm, UploadForm
from tracker.imports.past_reader import read_past
from tracker.models.bloc import Bloc
from tracker.models.upload import Upload
from tracker.queries import past as queries
from tracker.services import past_import
from tracker.services import upload as uploads
from tracker.views import downloads, head, pages, reading

bp = Blueprint("past", __name__)
ROWS_SHOWN = 300


def _index_url(bloc: Bloc) -> str:
    return url_for("past.index", public_id=bloc.public_id)


def _frame(bloc: Bloc) -> dict[str, Any]:
    year = request.args.get("year", type=int) or guard.today().year
    return {"bloc": bloc, "head": head.of(bloc, "periods", year), "back": (_index_url(bloc), _("Năm trước"))}


@bp.get("/blocs/<id:public_id>/past")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """One earlier year: results and ranks, figures, awards; ?of= chooses the year."""
    years = queries.years(bloc)
    asked = request.args.get("of", type=int)
    shown = asked if asked in years else years[0] if years else None
    return render_template(
        "past/index.html",
        **{**_frame(bloc), "back": None},
        year=guard.today().year,
        years=years,
        shown=queries.of_year(bloc, shown) if shown is not None else None,
        most=ROWS_SHOWN,
    )


@bp.get("/blocs/<id:public_id>/past/workbook")
@guard.allowed(policy.may_load_past, Bloc)
def workbook(bloc: Bloc) -> Response:
    """The workbook with everything that is known, to be corrected and filled further."""
    day = guard.today()
    name = bloc.named_on(day).name
    rows = {
        sheet: [_shown(sheet, record) for record in records] for sheet, records in queries.for_workbook(bloc).items()
    }
    units = [unit.names[-1].name for unit in queries.units_of(bloc)]
    content = past_form.template(bloc.public_id, name, units, day.year, day, rows)
    return downloads.xlsx(content, _("Số liệu các năm trước - %(bloc)s.xlsx", bloc=name))


def _shown(sheet: str, record: Any) -> dict[str, Any]:
    """A record as the workbook shows it: names and words instead of ids and codes."""
    values = {column.field: getattr(record, column.field) for column in PAST_COLUMNS[sheet] if column.field != "unit"}
    words = {name: value.label if isinstance(value, Labelled) else value for name, value in values.items()}
    return {"unit": record.unit.names[-1].name, **words}


@bp.route("/blocs/<id:public_id>/past/new", methods=["GET", "POST"])
@guard.allowed(policy.may_load_past, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    """Choose the filled-in workbook; it is read at once, and nothing is written yet."""
    form = pages.bind(UploadForm)

    def save() -> Upload:
        read = read_past(reading.sent(form.file.data), queries.expected(bloc, guard.today().year))
        wrong = next((error for error in read.errors if error.sheet == KEYS), None)
        if wrong is not None:
            raise RuleBroken(f"{wrong.reason} {wrong.remedy}", field="file")
        return uploads.keep(
            UploadKind.PAST, bloc, form.file.data.stream, form.file.data.filename or "",
            limit=current_app.config["FILE_LIMIT"], by=guard.current_account(), at=clock.now(),
        )  # fmt: skip

    return pages.answer(
        form,
        save=save,
        done=lambda upload: url_for("past.show", public_id=upload.public_id),
        **_frame(bloc),
        title=_("Tải số liệu các năm trước lên"),
        lead=_("Dùng mẫu tải từ mục này. Bạn xem từng thay đổi rồi mới xác nhận ghi."),
        hints={"file": _("Mẫu .xlsx đã điền. Tệp vài nghìn dòng đọc mất vài giây.")},
        submit_label=_("Đọc tệp"),
        cancel_url=_index_url(bloc),
        multipart=True,
        secrets=True,
    )


def _past_or_404(upload: Upload) -> Bloc:
    if upload.kind is not UploadKind.PAST:
        abort(404)
    return upload.bloc


@bp.route("/past-uploads/<id:public_id>", methods=["GET", "POST"])
@guard.allowed(policy.may_use_upload, Upload)
def show(upload: Upload) -> ResponseReturnValue:
    """What the file would change, and every fault; with the yes it is written, all or nothing."""
    _past_or_404(upload)
    if upload.applied_at is not None:
        return redirect(_index_url(upload.bloc))
    read = _opened(upload)
    form, status = pages.bind(ConfirmForm), 200
    if request.method == "POST":
        try:
            shown = form.shown.data or ""
            count = past_import.apply(upload, read, shown=shown, by=guard.current_account(), at=clock.now())
            db.session.commit()
        except RuleBroken as broken:
            db.session.rollback()
            form.refuse(broken.sentence, broken.field)
            status = broken.status
        else:
            flash(_("Đã ghi %(count)s thay đổi từ tệp.", count=count), "success")
            return redirect(_index_url(upload.bloc))
    preview = past_import.preview(upload.bloc, read)
    form.shown.data = preview.mark
    frame = _frame(upload.bloc)
    return render_template("past/show.html", upload=upload, preview=preview, form=form, **frame), status


def _opened(upload: Upload) -> PastRead:
    """The kept file, read again; one that is gone is one error."""
    try:
        workbook = reading.of(upload)
    except (RuleBroken, FileNotFoundError) as fault:
        sentence = fault.sentence if isinstance(fault, RuleBroken) else _("Tệp không còn trong kho.")
        return PastRead((), (CellError("", "", "", sentence, _("Chọn tệp khác.")),))
    return read_past(workbook, queries.expected(upload.bloc, guard.today().year))


@bp.get("/past-uploads/<id:public_id>/marked")
@guard.allowed(policy.may_use_upload, Upload)
def marked(upload: Upload) -> ResponseReturnValue:
    """The same workbook with its faulty cells marked and commented."""
    _past_or_404(upload)
    errors = _opened(upload).errors
    stem = upload.name.rpartition(".")[0] or upload.name
    return downloads.xlsx(reading.marked(upload, errors), f"{stem} - chỗ phải sửa.xlsx")


@bp.route("/past-uploads/<id:public_id>/delete", methods=["GET", "POST"])
@guard.allowed(policy.may_use_upload, Upload)
def delete(upload: Upload) -> ResponseReturnValue:
    """Let a file go that was not written."""
    bloc = _past_or_404(upload)
    here = url_for("past.show", public_id=upload.public_id)
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: uploads.drop(upload, by=guard.current_account(), at=clock.now()),
        done=_index_url(bloc),
        said=_("Đã bỏ tệp. Số liệu các năm trước không thay đổi."),
        template="confirm_page.html",
        **{**_frame(bloc), "back": (here, _("Xem tệp"))},
        title=_("Bỏ tệp “%(name)s”", name=upload.name),
        consequences=[_("tệp bị xóa khỏi chương trình;"), _("muốn ghi số liệu của tệp này phải tải lên lại.")],
        unchanged=_("Số liệu các năm trước giữ nguyên."),
        submit_label=_("Bỏ tệp"),
        keep_label=_("Giữ lại"),
        keep_url=here,
    )
