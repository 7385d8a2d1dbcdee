"""A criteria set as a workbook: handed out, sent in, shown beside what stands, written after a yes."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.criteria_checks import Problem, problems
from tracker.domain.criteria_sheet import CriteriaRead
from tracker.domain.notices import UploadKind
from tracker.errors import Conflict, RuleBroken
from tracker.exports import criteria_workbook
from tracker.forms.criteria import CriteriaUploadForm
from tracker.imports.criteria_reader import read_criteria
from tracker.models.criteria import CriteriaSet
from tracker.models.upload import Upload
from tracker.queries import bloc as blocs
from tracker.queries import criteria as queries
from tracker.services import criteria_import as service
from tracker.services import upload as uploads
from tracker.views import downloads, pages, reading
from tracker.views.criteria_pages import bp, inside, title_of, url_of

MOST_SHOWN = 400


@dataclass(frozen=True)
class Looked:
    """A file that was sent in, read again: what it says, and what it would change; no plan while cells are in doubt."""

    read: CriteriaRead
    plan: service.Plan | None
    notes: list[Problem]


@bp.get("/criteria/<id:public_id>/workbook")
@guard.allowed(policy.may_see_criteria, CriteriaSet)
def download(criteria_set: CriteriaSet) -> Response:
    """The set in Excel; while it is being written, with room for more rows."""
    bloc, today = blocs.load(criteria_set.bloc), guard.today()
    content = criteria_workbook.workbook(
        queries.tree(criteria_set), set_key=criteria_set.public_id, bloc_name=bloc.named_on(today).name, made_on=today,
        open_rows=criteria_set.frozen_at is None and guard.may(policy.may_keep_criteria, criteria_set), kind=bloc.kind,
    )  # fmt: skip
    return downloads.xlsx(content, f"{title_of(criteria_set)}.xlsx".replace("/", "-"))


@bp.route("/criteria/<id:public_id>/upload", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def upload(criteria_set: CriteriaSet) -> ResponseReturnValue:
    """A workbook sent in: read once, kept, and shown; nothing is written yet."""
    form = pages.bind(CriteriaUploadForm)

    def save() -> Upload:
        sent = form.file.data
        reading.sent(sent)
        return uploads.keep(
            UploadKind.CRITERIA, criteria_set.bloc, sent.stream, sent.filename or "",
            limit=current_app.config["FILE_LIMIT"], by=guard.current_account(), at=clock.now(),
        )  # fmt: skip

    return pages.answer(
        form,
        save=save,
        done=lambda kept: _preview_url(criteria_set, kept),
        title=_("Gửi vào bộ tiêu chí từ Excel"),
        lead=_("Tải tệp của bộ này về (nút “Tải Excel”), sửa hoặc ghi thêm, rồi gửi vào đây. Chưa ghi gì cho đến khi "
               "bạn xem trước và xác nhận."),
        hints={"file": _("Tệp .xlsx; .ods và .xls cũng đọc được. Nhiều nhất %(size)s MB.",
                         size=current_app.config["FILE_LIMIT"] // (1024 * 1024))},
        submit_label=_("Xem trước"),
        multipart=True,
        secrets=True,
        **inside(criteria_set),
    )  # fmt: skip


@bp.route("/criteria/<id:public_id>/uploads/<id:upload_id>", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def preview(criteria_set: CriteriaSet, upload_id: str) -> ResponseReturnValue:
    """What the file will change, place by place, or what cannot be taken; the yes writes all of it or nothing."""
    kept = _upload(criteria_set, upload_id)
    sentence, status = "", 200
    looked = _look(criteria_set, kept)
    if request.method == "POST" and looked.plan is not None:
        try:
            count = service.apply(
                criteria_set, kept, looked.plan.tree, looked.read.fingerprint, shown=request.form.get("shown", ""),
                by=guard.current_account(), at=clock.now(),
            )
            db.session.commit()
        except Conflict as conflict:
            db.session.rollback()
            sentence = _("Bộ tiêu chí vừa được sửa: xem lại các thay đổi dưới đây rồi xác nhận.")
            status = conflict.status
            looked = _look(criteria_set, kept)
        except RuleBroken as broken:
            db.session.rollback()
            sentence, status = broken.sentence, broken.status
        else:
            flash(_("Đã ghi %(count)s thay đổi từ tệp “%(name)s”.", count=count, name=kept.name), "success")
            return redirect(url_of(criteria_set))
    return render_template("criteria/preview.html", **_page(criteria_set, kept, looked, sentence)), status


@bp.get("/criteria/<id:public_id>/uploads/<id:upload_id>/marked")
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def marked(criteria_set: CriteriaSet, upload_id: str) -> Response:
    """The same workbook with its faulty cells coloured and commented."""
    kept = _upload(criteria_set, upload_id)
    errors = _look(criteria_set, kept).read.errors
    if not errors:
        abort(404)
    name = _("Chỗ phải sửa - %(name)s.xlsx", name=kept.name.rsplit(".", 1)[0])
    return downloads.xlsx(reading.marked(kept, errors), name)


def _upload(criteria_set: CriteriaSet, upload_id: str) -> Upload:
    """The reader's own file for this bloc; else it is not there."""
    found = db.session.scalars(select(Upload).where(Upload.public_id == upload_id)).first()
    if found is None or found.kind is not UploadKind.CRITERIA or found.bloc_id != criteria_set.bloc_id:
        abort(404)
    if not guard.may(policy.may_use_upload, found):
        abort(404)
    return found


def _look(criteria_set: CriteriaSet, kept: Upload) -> Looked:
    cells = reading.of(kept)
    known = {placed.node.key: placed.node for placed in queries.tree(criteria_set).walk()}
    read = read_criteria(cells, set_key=criteria_set.public_id, year=criteria_set.year, known=known)
    if read.tree is None:
        return Looked(read, None, [])
    made = service.plan(criteria_set, read.tree, read.fingerprint)
    return Looked(read, made, problems(made.tree))


def _page(criteria_set: CriteriaSet, kept: Upload, looked: Looked, sentence: str) -> dict[str, Any]:
    plan = looked.plan
    return {
        **inside(criteria_set),
        "title": _("Xem trước tệp gửi vào"),
        "criteria_set": criteria_set,
        "upload": kept,
        "errors": looked.read.errors,
        "changes": plan.changes[:MOST_SHOWN] if plan else (),
        "hidden_changes": max(0, len(plan.changes) - MOST_SHOWN) if plan else 0,
        "gone": [change for change in plan.changes if change.label is None and change.after is None] if plan else [],
        "shown": plan.standing if plan else "",
        "stale": plan.stale if plan else False,
        "stale_words": service.STALE,
        "frozen": criteria_set.frozen_at is not None,
        "notes": looked.notes,
        "sentence": sentence,
    }


def _preview_url(criteria_set: CriteriaSet, kept: Upload) -> str:
    return url_for("criteria.preview", public_id=criteria_set.public_id, upload_id=kept.public_id)
