"""A unit's form comes back as a workbook: sent in, looked through field by field, written with one yes."""

import io
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from tracker import clock, guard, policy
from tracker.adapters.files import clean_name
from tracker.db import db
from tracker.domain.form_expected import expected_of
from tracker.domain.form_sheet import KEYS, CellError, FormRead
from tracker.domain.notices import UploadKind
from tracker.errors import RuleBroken
from tracker.forms.base import UserForm
from tracker.forms.upload import ConfirmForm, UploadForm, UploadManyForm
from tracker.imports import bundle
from tracker.imports.form_reader import keys_in, read_form
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.upload import Upload
from tracker.queries import unit_form
from tracker.queries import upload as queries
from tracker.services import form_import
from tracker.services import upload as uploads
from tracker.views import downloads, head, locking, pages, reading
from tracker.views import submission_words as words

bp = Blueprint("upload", __name__)


def _submission_url(submission: Submission) -> str:
    return url_for("submission.show", public_id=submission.public_id)


def _frame(submission: Submission) -> dict[str, Any]:
    """What every page about a unit's workbook shows around its own part."""
    period = submission.period
    return {
        "submission": submission,
        "unit_name": words.unit_name(submission),
        "back": (_submission_url(submission), words.title_of(submission)),
        "head": head.of(period.bloc, "periods", period.year),
    }


def _read(submission: Submission, workbook: Any) -> FormRead:
    """The workbook held against the report as it stands now."""
    seen, about = unit_form.collect(submission, clock.now())
    return read_form(workbook, expected_of(seen, about.keys, about.movements))


@bp.route("/submissions/<id:public_id>/uploads/new", methods=["GET", "POST"])
@guard.allowed(policy.may_write_submission, Submission, load=unit_form.FRAME)
def new(submission: Submission) -> ResponseReturnValue:
    """Choose the filled-in form; it is read at once, and nothing is written yet."""
    form = pages.bind(UploadForm)

    def save() -> Upload:
        read = _read(submission, reading.sent(form.file.data))
        _refuse_wrong_form(read)
        return uploads.keep_form(
            submission, form.file.data.stream, form.file.data.filename or "", limit=current_app.config["FILE_LIMIT"],
            by=guard.current_account(), at=clock.now(),
        )  # fmt: skip

    return pages.answer(
        form,
        save=save,
        done=lambda upload: url_for("upload.show", public_id=upload.public_id),
        **_frame(submission),
        title=_("Tải biểu đã điền lên"),
        lead=_("Tệp được đọc và so với báo cáo đang lưu. Bạn xem từng thay đổi rồi mới xác nhận ghi."),
        hints={"file": _("Biểu .xlsx tải từ chương trình; .xls và .ods cũng đọc được. Đọc tệp có thể mất vài giây.")},
        submit_label=_("Đọc tệp"),
        cancel_url=_submission_url(submission),
        multipart=True,
        secrets=True,
    )


def _refuse_wrong_form(read: FormRead) -> None:
    """A form of another unit or period, or no form at all, is not kept."""
    wrong = next((error for error in read.errors if error.sheet == KEYS), None)
    if wrong is not None:
        raise RuleBroken(f"{wrong.reason} {wrong.remedy}", field="file")


def _form_or_404(upload: Upload) -> Submission:
    """The report that a form is for."""
    if upload.kind is not UploadKind.FORM or upload.period is None:
        abort(404)
    found = next((each for each in upload.period.submissions if each.unit_id == upload.unit_id), None)
    return found or abort(404)


@bp.route("/uploads/<id:public_id>", methods=["GET", "POST"])
@guard.allowed(policy.may_use_upload, Upload)
def show(upload: Upload) -> ResponseReturnValue:
    """What the file would change, from → to, and every fault; with the yes it is written, all or nothing."""
    submission = _form_or_404(upload)
    if upload.applied_at is not None:
        return render_template("upload/done.html", upload=upload, **_frame(submission))
    read = _opened(upload)
    submission = _form_or_404(upload)
    form, status = pages.bind(ConfirmForm), 200
    by, at = guard.current_account(), clock.now()
    if request.method == "POST":
        try:
            count = uploads.apply_form(
                upload, submission, read, choice=form.keep.data, shown=form.shown.data or "", by=by, at=at
            )
            db.session.commit()
        except RuleBroken as broken:
            db.session.rollback()
            locking.record(broken)
            form.refuse(broken.sentence, broken.field)
            status = broken.status
        else:
            said = _("Đã ghi %(count)s thay đổi từ tệp.", count=count) if count else _("Không có gì thay đổi.")
            flash(said, "success")
            return redirect(_submission_url(submission))
    shown = form_import.preview(submission, read, by=by, at=at)
    form.shown.data, form.keep.flags.required = shown.mark, True
    frame = _frame(submission)
    return render_template("upload/show.html", upload=upload, preview=shown, form=form, **frame), status


def _opened(upload: Upload) -> FormRead:
    """The kept file, read again. A file that is gone or cannot be read any more is one error."""
    try:
        workbook = reading.of(upload)
    except (RuleBroken, FileNotFoundError) as fault:
        sentence = fault.sentence if isinstance(fault, RuleBroken) else _("Tệp không còn trong kho.")
        return FormRead(None, (), (), (), (CellError("", "", "", sentence, _("Chọn tệp khác.")),))
    return _read(_form_or_404(upload), workbook)


@bp.get("/uploads/<id:public_id>/marked")
@guard.allowed(policy.may_use_upload, Upload)
def marked(upload: Upload) -> ResponseReturnValue:
    """The same workbook with its faulty cells marked and commented."""
    _form_or_404(upload)
    read = _opened(upload)
    shown = form_import.preview(_form_or_404(upload), read, by=guard.current_account(), at=clock.now())
    stem = upload.name.rpartition(".")[0] or upload.name
    return downloads.xlsx(reading.marked(upload, shown.errors), f"{stem} - chỗ phải sửa.xlsx")


@bp.route("/uploads/<id:public_id>/delete", methods=["GET", "POST"])
@guard.allowed(policy.may_use_upload, Upload)
def delete(upload: Upload) -> ResponseReturnValue:
    """Let a file go that was not written."""
    submission = _form_or_404(upload)
    here = url_for("upload.show", public_id=upload.public_id)
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: uploads.drop(upload, by=guard.current_account(), at=clock.now()),
        done=_submission_url(submission),
        said=_("Đã bỏ tệp. Báo cáo không thay đổi."),
        template="confirm_page.html",
        **{**_frame(submission), "back": (here, _("Xem tệp"))},
        title=_("Bỏ tệp “%(name)s”", name=upload.name),
        lead=words.unit_name(submission),
        consequences=[_("tệp bị xóa khỏi chương trình;"), _("muốn ghi số liệu của tệp này phải tải lên lại.")],
        unchanged=_("Báo cáo của đơn vị giữ nguyên như đang lưu."),
        submit_label=_("Bỏ tệp"),
        keep_label=_("Giữ lại"),
        keep_url=here,
    )


@bp.get("/submissions/<id:public_id>/uploads")
@guard.allowed(policy.may_write_submission, Submission, load=unit_form.FRAME)
def index(submission: Submission) -> ResponseReturnValue:
    """The files sent in for this report: which wait for the unit's yes, which were written."""
    return render_template("upload/index.html", rows=queries.of_submission(submission), **_frame(submission))


@dataclass(frozen=True)
class Outcome:
    """What became of one of many files; `sentence` "" where it waits for its unit."""

    name: str
    unit_name: str
    sentence: str
    errors: tuple[CellError, ...] = ()


@bp.get("/periods/<id:public_id>/uploads")
@guard.allowed(policy.may_remind, ReportingPeriod)
def sent(period: ReportingPeriod) -> ResponseReturnValue:
    """What was sent in for units, and whether they said yes."""
    return render_template("upload/sent.html", rows=queries.sent_by_others(period), **_period_frame(period))


def _period_frame(period: ReportingPeriod) -> dict[str, Any]:
    return {
        "period": period,
        "back": (url_for("period.show", public_id=period.public_id), _("Kỳ %(period)s", period=period.period.label)),
        "head": head.of(period.bloc, "periods", period.year),
    }


@bp.route("/periods/<id:public_id>/uploads/new", methods=["GET", "POST"])
@guard.allowed(policy.may_remind, ReportingPeriod)
def many(period: ReportingPeriod) -> ResponseReturnValue:
    """Forms of many units at once: each is checked and then waits for its own unit, which alone may write."""
    form = pages.bind(UploadManyForm)
    outcomes: list[Outcome] = []
    status = 200
    if request.method == "POST":
        files = [file for file in request.files.getlist("files") if file.filename]
        if not files:
            form.files.errors = [_("Hãy chọn ít nhất một tệp.")]
            status = 422
        for file in files:
            outcomes += _taken(period, file)
    return render_template("upload/many.html", form=form, outcomes=outcomes, **_period_frame(period)), status


def _taken(period: ReportingPeriod, file: FileStorage) -> list[Outcome]:
    """One file, or every workbook of an archive."""
    name = clean_name(file.filename or "")
    try:
        with reading.on_disk(file) as place:
            if not bundle.is_bundle(place):
                return [_one(period, file, name)]
            return [
                _one(period, FileStorage(io.BytesIO(content), filename=own), own)
                for own, content in bundle.workbooks_in(place, name)
            ]
    except RuleBroken as broken:
        db.session.rollback()
        return [Outcome(name, "", broken.sentence)]


def _one(period: ReportingPeriod, file: FileStorage, name: str) -> Outcome:
    """Read, find its unit, check, keep for the unit; committed file by file, so that one fault spoils no other."""
    unit_name = ""
    try:
        workbook = reading.sent(file)
        keys = keys_in(workbook)
        submission = queries.by_key(period).get(keys.submission_key) if keys else None
        if submission is None:
            raise RuleBroken(_("Không phải biểu của một đơn vị trong kỳ này: hãy gửi biểu tải từ chương trình."))
        unit_name = words.unit_name(submission)
        seen, about = unit_form.collect(submission, clock.now())
        blank = replace(unit_form.without_content(seen), achievements=seen.achievements)
        read = read_form(workbook, expected_of(blank, about.keys, about.movements))
        _refuse_wrong_form(read)
        if read.errors:
            return Outcome(name, unit_name, _("Còn chỗ phải sửa nên chưa chuyển cho đơn vị."), read.errors)
        uploads.keep_form(
            submission, file.stream, name, limit=current_app.config["FILE_LIMIT"], by=guard.current_account(),
            at=clock.now(),
        )  # fmt: skip
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return Outcome(name, unit_name, broken.sentence)
    return Outcome(name, unit_name, "")
