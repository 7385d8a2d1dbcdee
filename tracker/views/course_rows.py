"""Rows of a conference's parts: added one by one or pasted, edited, moved, removed and taken back."""

from collections.abc import Callable
from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from tracker import clock, guard, policy
from tracker.db import db
from tracker.forms.base import RecordForm, UserForm
from tracker.models.conference import Conference
from tracker.models.course import Photograph
from tracker.queries import course as courses
from tracker.services import attachment, course
from tracker.text import shorten
from tracker.views import head, pages
from tracker.views.course_parts import (
    ANCHORS,
    ANY,
    ANY_MANY,
    PARTS,
    PartKind,
    bp,
    hints,
    place,
    row_or_404,
    row_values,
    values_of,
)
from tracker.views.course_parts import words as words_of

ROW = f"/conferences/<id:public_id>/course/<{ANY}:part>/<id:row_id>"


def _prepare(conference: Conference, part: PartKind, row: Any = None) -> Callable[[Any], None]:
    """Choices of the form, and no question about a file that is not there."""

    def prepare(form: UserForm) -> None:
        if part.has_unit and "unit" in form:
            also = getattr(row, "unit", None)
            form["unit"].offer(courses.unit_choices(conference.bloc, conference.first_day, also))
        if part.has_file and (row is None or row.attachment is None):
            del form["drop_file"]

    return prepare


def _page(conference: Conference, part: PartKind, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "back": (place(conference), conference.title),
        "cancel_url": place(conference),
        "head": head.of(conference.bloc, "conferences", conference.first_day.year),
        "hints": hints(part.slug, conference.bloc.kind),
        "secrets": True,
        "multipart": part.has_file,
    }


def _with_file(conference: Conference, part: PartKind, form: UserForm) -> dict[str, Any]:
    """The row's values, with the file stored when one was sent, or let go when that was ticked."""
    values = row_values(form, part)
    if not part.has_file:
        return values
    sent = form["file"].data
    if sent:
        store = attachment.store_photo if part.model is Photograph else attachment.store
        values["attachment"] = store(
            sent.stream, sent.filename or "", limit=current_app.config["FILE_LIMIT"], conference=conference,
            by=guard.current_account(), at=clock.now(),
        )
    elif "drop_file" in form and form["drop_file"].data:
        values["attachment"] = None
    return values


def _given(conference: Conference, part: PartKind) -> dict[str, Any]:
    """What a link fills in beforehand: the kind; with ?like= the speaker of a row that is there; ?groups= the tick."""
    kind = request.args.get("kind", "")
    given: dict[str, Any] = {"kind": kind} if "kind" in part.words and kind in list(part.words["kind"]) else {}
    like = request.args.get("like", "")
    row = courses.row(conference, part.model, like) if like and part.slug == "remarks" else None
    if row is not None:
        given = {"kind": row.kind.value, "speaker_name": row.speaker_name, "speaker_post": row.speaker_post}
        given["unit"] = row.unit.public_id if row.unit else None
    if part.slug == "remarks" and "groups" in request.args:
        given["task_group"] = True
    return given


@bp.route(f"/conferences/<id:public_id>/course/<{ANY}:part>/new", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def new(conference: Conference, part: str) -> ResponseReturnValue:
    """One row more."""
    kind, words = PARTS[part], words_of(part)
    form = pages.bind(kind.form, values=_given(conference, kind), prepare=_prepare(conference, kind))
    return pages.answer(
        form,
        save=lambda: course.add(
            conference, kind.model, _with_file(conference, kind, form), by=guard.current_account(), at=clock.now()
        ),
        done=lambda row: place(conference, f"row-{row.public_id}"),
        said=words.saved,
        **_page(conference, kind, words.new),
    )


@bp.route(f"/conferences/<id:public_id>/course/<{ANY_MANY}:part>/many", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def many(conference: Conference, part: str) -> ResponseReturnValue:
    """Several rows pasted at once: a line is a row."""
    kind, words = PARTS[part], words_of(part)
    assert kind.many is not None
    form = pages.bind(kind.many, values=_given(conference, kind), prepare=_prepare(conference, kind))
    page = _page(conference, kind, words.many)
    page["hints"] = {**page["hints"], "lines": _("Mỗi dòng thành một mục. Dán được từ Word; gạch đầu dòng được bỏ đi.")}
    return pages.answer(
        form,
        save=lambda: course.add_many(
            conference, kind.model, [{**row_values(form, kind), kind.line_field: line} for line in form.rows()],
            by=guard.current_account(), at=clock.now(),
        ),
        done=lambda rows: place(conference, f"row-{rows[0].public_id}" if rows else None),
        said=lambda rows: _("Đã thêm %(count)s mục.", count=len(rows)),
        **page,
    )


@bp.route(f"{ROW}/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def edit(conference: Conference, part: str, row_id: str) -> ResponseReturnValue:
    """Change one row; two editors see both texts."""
    kind, words = PARTS[part], words_of(part)
    row = row_or_404(conference, kind, row_id)
    form: RecordForm = pages.bind(kind.form, values=values_of(row, kind), prepare=_prepare(conference, kind, row))
    return pages.answer(
        form,
        save=lambda: course.change(
            row, _with_file(conference, kind, form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=place(conference, f"row-{row_id}"),
        said=words.saved,
        current=lambda: values_of(row_or_404(conference, kind, row_id), kind),
        **_page(conference, kind, words.edit),
    )


@bp.post(f"{ROW}/delete")
@guard.allowed(policy.may_write_conference, Conference)
def delete(conference: Conference, part: str, row_id: str) -> ResponseReturnValue:
    """Take the row out at once; the message offers to take that back."""
    course.remove(row_or_404(conference, PARTS[part], row_id), by=guard.current_account(), at=clock.now())
    db.session.commit()
    back = url_for("course.restore", public_id=conference.public_id, part=part, row_id=row_id)
    flash(Markup('{} <a href="{}">{}</a>').format(words_of(part).deleted, back, _("Hoàn tác")), "success")
    return redirect(place(conference, ANCHORS[part]))


@bp.route(f"{ROW}/restore", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def restore(conference: Conference, part: str, row_id: str) -> ResponseReturnValue:
    """What was removed, and one button to have it again where it stood."""
    kind = PARTS[part]
    kept = courses.removed(conference, kind.model, row_id)
    if kept is None:
        abort(404)
    named = (kept.get(name) for name in ("text", "title", "caption", "person_name", "body"))
    shown = next((str(text) for text in named if text), "")
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: course.restore(conference, kind.model, row_id, by=guard.current_account(), at=clock.now()),
        done=place(conference, f"row-{row_id}"),
        said=_("Đã khôi phục."),
        title=_("Khôi phục nội dung đã xóa"),
        lead=shorten(shown, 300),
        back=(place(conference), conference.title),
        submit_label=_("Khôi phục"),
        cancel_url=place(conference),
        head=head.of(conference.bloc, "conferences", conference.first_day.year),
    )


@bp.post(f"{ROW}/move/<any(up,down):direction>")
@guard.allowed(policy.may_write_conference, Conference)
def move(conference: Conference, part: str, row_id: str, direction: str) -> ResponseReturnValue:
    """One place up or down; the focus goes back to a button of the moved row."""
    row = row_or_404(conference, PARTS[part], row_id)
    further = course.move(row, direction, by=guard.current_account(), at=clock.now())
    db.session.commit()
    button = direction if further else {"up": "down", "down": "up"}[direction]
    return redirect(place(conference, f"{button}-{row_id}"))
