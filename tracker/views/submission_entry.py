"""The unit writes its report: one form that works without script, and one line saved at a time where there is one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.criteria import Direction
from tracker.domain.progress import percent
from tracker.domain.quantities import said
from tracker.domain.submissions import SubmissionState
from tracker.domain.vietnamese import share
from tracker.errors import Conflict, Locked, NotOpen, RuleBroken
from tracker.forms.submission import EntryForm, SectionForm
from tracker.models.submission import Entry, Section, Submission
from tracker.queries import history
from tracker.queries import submission_page as queries
from tracker.queries.submission_page import SubmissionPage
from tracker.services import entry as services
from tracker.services import sign_in
from tracker.services import submission as submissions
from tracker.views import drafts, frame, locking
from tracker.views.submission import acts, frame_of, holds, zone
from tracker.views.submission import bp as submission_bp

bp = Blueprint("submission_entry", __name__)


@dataclass
class Differing:
    """Two texts of one place: what is saved, by whom and when; what was typed stays in the form."""

    who: str
    when: str
    saved: list[tuple[str, str]]


@dataclass
class Desk:
    """The forms of one page by public id of their place, and what went wrong on the way."""

    forms: dict[str, EntryForm | SectionForm] = field(default_factory=dict)
    differing: dict[str, Differing] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    locked: Locked | None = None
    saved: int = 0


@submission_bp.route("/submissions/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_write_submission, Submission, load=queries.FRAME)
def edit(submission: Submission) -> ResponseReturnValue:
    """Every place that is open, as one form. What can be saved is saved; what cannot stays as it was typed."""
    here = url_for("submission.edit", public_id=submission.public_id)
    page = queries.load(submission, zone())
    if request.method == "POST":
        desk = _save_all(page, request.form)
        if not (desk.refused or desk.differing or any(form.errors for form in desk.forms.values())):
            onward = _onward(page, request.form.get("then", ""))
            if onward:
                return redirect(onward)
            flash(_("Đã lưu %(at)s.", at=_hour()) if desk.saved else _("Không có gì thay đổi để lưu."), "success")
            return redirect(here)
        db.session.expire_all()
        return _page(queries.load(submission, zone()), desk), 409 if desk.refused or desk.differing else 422
    if not holds(submission):
        return redirect(url_for("submission.show", public_id=submission.public_id))
    kept = sign_in.take_draft(g.sign_in, request.path) if getattr(g, "sign_in", None) is not None else None
    posted = MultiDict(drafts.fields(kept)) if kept else None
    if posted:
        flash(_("Phần đang soạn trước khi phiên hết hạn vẫn còn nguyên dưới đây. Xem lại rồi bấm lưu."), "info")
    return _page(page, _desk(page, posted))


def _onward(page: SubmissionPage, then: str) -> str | None:
    """Where a button of the form leads after everything is saved: sending, a new achievement, files of a line."""
    submission = page.submission
    if then == "send":
        return url_for("submission.send", public_id=submission.public_id)
    if then == "achievement":
        return url_for("achievement.new", public_id=submission.public_id)
    return url_for("evidence.add", public_id=then) if isinstance(page.places.get(then), Entry) else None


def _desk(page: SubmissionPage, posted: Any = None) -> Desk:
    """A form for every place that is open, filled from the post where it holds the place."""
    desk = Desk()
    for key, place in page.places.items():
        if page.opens(place):
            desk.forms[key] = _form(place, posted)
    return desk


def _form(place: Entry | Section, posted: Any = None) -> EntryForm | SectionForm:
    """The form of one place; its errors are found when it comes from a post."""
    form: EntryForm | SectionForm
    if isinstance(place, Entry):
        values = {"actual": place.actual, "count": place.count, "note": place.note, "version": place.version}
        form = EntryForm.of(place.public_id, values, posted)
    else:
        form = SectionForm.of(place.public_id, {"text": place.text, "version": place.version}, posted)
    form.reply.label.text = place.submission.period.bloc.kind.called(form.reply.label.text)
    if posted is not None and f"{place.public_id}-version" in posted:
        form.validate()
    return form


def _save_all(page: SubmissionPage, posted: Any) -> Desk:
    """All lines at once when nothing stands against it, else each place on its own: one fault stops only itself."""
    desk = Desk()
    for key, place in page.places.items():
        if f"{key}-version" in posted:
            desk.forms[key] = _form(place, None if posted.get("keep") == key else posted)
    readable = {key: form for key, form in desk.forms.items() if not form.errors and posted.get("keep") != key}
    done = _lines_at_once(page, readable)
    desk.saved = len(done)
    for key, form in readable.items():
        place = page.places[key]
        if key not in done and form.touched and _tried(desk, place, form, partial(_save, place, form)):
            desk.saved += 1
        if form.reply.data and _tried(desk, place, form, partial(_reply, place, form)):
            desk.saved += 1
            form.reply.data, form.reply.raw_data = "", []
    if getattr(g, "sign_in", None) is not None and g.sign_in.draft_path == request.path:
        sign_in.drop_draft(g.sign_in)
    db.session.commit()
    if desk.locked:
        locking.record(desk.locked)
    return desk


def _lines_at_once(page: SubmissionPage, forms: dict[str, EntryForm | SectionForm]) -> set[str]:
    """Every touched line under one lock, which is what most posts come to; the keys of those that were written."""
    given = {
        key: services.FilledIn(place, form.actual.data, form.count.data, form.note.data, form.seen)
        for key, form in forms.items()
        if isinstance(form, EntryForm) and isinstance(place := page.places[key], Entry) and form.touched
    }
    if not given:
        return set()
    try:
        with db.session.begin_nested():
            services.fill_in_all(
                page.submission, list(given.values()), by=guard.current_account(), at=clock.now()
            )
    except (RuleBroken, StaleDataError):
        return set()
    return set(given)


def _tried(desk: Desk, place: Entry | Section, form: EntryForm | SectionForm, save: Callable[[], Any]) -> bool:
    """Run it inside a savepoint; what is refused is said at its place, and once above when the whole is closed."""
    try:
        with db.session.begin_nested():
            save()
    except (Conflict, StaleDataError):
        desk.differing[place.public_id] = _differing(place)
        form.version.raw_data = [str(place.version)]
        form.version.data = place.version
    except NotOpen as refused:
        form.form_errors.append(refused.sentence)
        desk.locked = refused if isinstance(refused, Locked) else desk.locked
        desk.refused += [] if refused.sentence in desk.refused else [refused.sentence]
    except RuleBroken as broken:
        form.refuse(broken.sentence, broken.field or next(iter(form._fields)))
    else:
        return True
    return False


def _save(place: Entry | Section, form: EntryForm | SectionForm) -> None:
    by, at = guard.current_account(), clock.now()
    if isinstance(place, Entry) and isinstance(form, EntryForm):
        services.fill_in(
            place, actual=form.actual.data, count=form.count.data, note=form.note.data, seen=form.seen, by=by, at=at
        )
    elif isinstance(place, Section) and isinstance(form, SectionForm):
        services.write(place, text=form.text.data or "", seen=form.seen, by=by, at=at)
    db.session.flush()


def _reply(place: Entry | Section, form: EntryForm | SectionForm) -> None:
    entry, section = (place, None) if isinstance(place, Entry) else (None, place)
    submissions.comment(
        place.submission, text=form.reply.data or "", entry=entry, section=section, by=guard.current_account(),
        at=clock.now(),
    )  # fmt: skip


def _differing(place: Entry | Section) -> Differing:
    """What is saved now at a place, in words."""
    db.session.refresh(place)
    last = history.last_change(place)
    return Differing(
        last.actor if last else _("người khác"),
        frame.local_time(last.at) if last else "",
        _said(place),
    )


def _said(place: Entry | Section) -> list[tuple[str, str]]:
    if isinstance(place, Section):
        return [(_("Nội dung"), place.text)]
    actual = said(place.actual) if place.actual is not None else ""
    count = "" if place.count is None else str(place.count)
    return [(_("Kết quả"), actual), (_("Số lần"), count), (_("Ghi chú"), place.note or "")]


def _page(page: SubmissionPage, desk: Desk) -> str:
    """The form with what was typed; places that closed meanwhile show it too, so that it can be copied out."""
    forms = {**_desk(page).forms, **desk.forms}
    return render_template(
        "submission/edit.html",
        **{**frame_of(page), "back": _back(page.submission)},
        forms=forms,
        desk=desk,
        acts=acts(page.submission),
        saved_at=_last_saved(page),
        account_key=guard.current_account().public_id,
    )


def _back(submission: Submission) -> tuple[str, str]:
    return url_for("submission.show", public_id=submission.public_id), _("Xem báo cáo")


def _last_saved(page: SubmissionPage) -> str:
    """When anything was last written here; blank for what nobody began."""
    last = history.of_record(page.submission, most=1)
    return frame.local_time(last[0].at) if last and page.submission.state is not SubmissionState.NOT_BEGUN else ""


@bp.post("/entries/<id:public_id>/save")
@guard.allowed(policy.may_write_entry, Entry)
def save(entry: Entry) -> ResponseReturnValue:
    """One line, saved while its neighbour is typed; the answer is JSON."""
    return _save_one(entry)


@bp.post("/sections/<id:public_id>/save")
@guard.allowed(policy.may_write_section, Section)
def save_section(section: Section) -> ResponseReturnValue:
    """One part of the narrative, likewise."""
    return _save_one(section)


def _save_one(place: Entry | Section) -> ResponseReturnValue:
    """200 {saved_at, version, was, share}; 422 {errors}; 409 {saved, who, when, version, was} or {refused}."""
    form = _form(place, request.form)
    if form.errors or not form.version.raw_data:
        return jsonify(errors={name: " ".join(said) for name, said in form.errors.items() if name}), 422
    try:
        _save(place, form)
        db.session.commit()
    except (Conflict, StaleDataError):
        db.session.rollback()
        found = _differing(place)
        return jsonify(
            saved=found.saved, who=found.who, when=found.when, version=place.version, was=_form(place).mark(),
            values=_values(place),
        ), 409  # fmt: skip
    except RuleBroken as broken:
        db.session.rollback()
        locking.record(broken)
        if isinstance(broken, NotOpen):
            return jsonify(refused=broken.sentence), broken.status
        return jsonify(errors={broken.field or "": broken.sentence}), broken.status
    return jsonify(saved_at=_hour(), version=place.version, was=form.mark(), share=_share(place), values=_values(place))


def _values(place: Entry | Section) -> dict[str, str]:
    """What the boxes show of what is saved."""
    if isinstance(place, Section):
        return {"text": place.text}
    actual, count, note = (said for _label, said in _said(place))
    return {"actual": actual, "count": count, "note": note}


def _share(place: Entry | Section) -> str:
    """How far the line is towards its target; blank where there is nothing to reckon with."""
    if isinstance(place, Section):
        return ""
    measured = place.criterion or place.pledge_row
    direction = (measured.direction if measured else None) or Direction.MORE
    reached = percent(place.target, place.actual, direction)
    return "" if reached is None else share(reached, 100)


def _hour() -> str:
    return f"{clock.local(clock.now(), zone()):%H:%M}"
