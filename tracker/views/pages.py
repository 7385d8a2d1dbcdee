"""What every page with a form does: show, check, save, commit, go on; and lose nothing on the way.

`bind` fills a form (from the post, from a draft that an expired session kept, or from the record), `answer` runs it.
A broken rule comes back under its field with everything typed still there; a conflict shows both texts (409).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from tracker.db import db
from tracker.errors import Conflict, RuleBroken
from tracker.forms.base import RecordForm, UserForm
from tracker.queries import history
from tracker.services import sign_in
from tracker.views import compare, drafts, frame, locking

F = TypeVar("F", bound=UserForm)
MINE = "mine-"
#: Names the fields whose first text is kept under MINE; a box that was not ticked has a name and no value.
DIFFERS = "differs"


def bind(form_class: type[F], values: Mapping[str, Any] | None = None, prepare: Callable[[F], None] | None = None) -> F:
    """The form of this request. `prepare` sets its choices before anything is read into it."""
    typed: Any = None
    if request.method == "POST":
        typed = CombinedMultiDict([request.files, _chosen(request.form)])
    elif getattr(g, "sign_in", None) is not None:
        kept = sign_in.take_draft(g.sign_in, request.path)
        if kept:
            typed = MultiDict(drafts.fields(kept))
            g.draft_restored = True
    form = form_class(data=dict(values or {}))
    if prepare:
        prepare(form)
    if typed is not None:
        form.process(typed, data=dict(values or {}))
    return form


def _chosen(posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """On the page of two texts "mine" stands for what was typed first, whatever was changed below since."""
    if posted.get("choose") != "mine":
        return posted
    mine = MultiDict(posted)
    for name in posted.getlist(DIFFERS):
        mine.setlist(name, posted.getlist(MINE + name))
    return mine


def answer(
    form: UserForm,
    *,
    save: Callable[[], Any],
    done: str | Callable[[Any], str],
    said: str | Callable[[Any], str] | None = None,
    current: Callable[[], Mapping[str, Any]] | None = None,
    shows: Callable[[Any], ResponseReturnValue] | None = None,
    template: str = "form_page.html",
    **page: Any,
) -> ResponseReturnValue:
    """Show the form (GET), or save and go on (POST).

    `save` calls a service; `done` is where to go, `said` what to say there; `current` gives the record's present
    values for the page of two texts; `shows` answers with a page at once, for what may be seen only once. Everything
    typed stays on the page whatever goes wrong.
    """
    if request.method != "POST":
        if getattr(g, "draft_restored", False):
            flash(_("Phần đang soạn trước khi phiên hết hạn vẫn còn nguyên dưới đây. Xem lại rồi bấm lưu."), "info")
        return render_template(template, form=form, **page)
    if request.form.get("choose") == "saved":
        flash(_("Đã giữ bản đang lưu. Bản của bạn không được ghi."), "info")
        return redirect(done if isinstance(done, str) else request.path)
    if not form.validate():
        return _again(form, template, page, 422)
    try:
        result = save()
        if getattr(g, "sign_in", None) is not None and g.sign_in.draft_path == request.path:
            sign_in.drop_draft(g.sign_in)
        db.session.commit()
    except Conflict as conflict:
        return _two_texts(form, conflict.record, current, done, page)
    except StaleDataError:
        return _two_texts(form, None, current, done, page)
    except RuleBroken as broken:
        db.session.rollback()
        locking.record(broken)
        form.refuse(broken.sentence, broken.field)
        return _again(form, template, page, broken.status)
    if shows is not None:
        return shows(result)
    sentence = said(result) if callable(said) else said
    if sentence:
        flash(sentence, "success")
    return redirect(done(result) if callable(done) else done)


def _again(form: UserForm, template: str, page: dict[str, Any], status: int) -> ResponseReturnValue:
    return render_template(template, form=form, **page), status


def _two_texts(
    form: UserForm,
    record: Any,
    current: Callable[[], Mapping[str, Any]] | None,
    done: str | Callable[[Any], str],
    page: dict[str, Any],
) -> ResponseReturnValue:
    """409: what is saved and what was typed, field by field, and how to go on from either."""
    db.session.rollback()
    if current is None or not isinstance(form, RecordForm):
        return render_template("errors/409.html"), 409
    saved = dict(current())
    kept = type(form)(data=saved)
    for name, field in form._fields.items():
        if hasattr(field, "choices"):
            kept._fields[name].choices = field.choices
    last = history.last_change(record) if record is not None else None
    rows = [row for name in form._fields if name != "version" for row in _row(form, kept, name)]
    if not rows:
        flash(_("Người khác vừa lưu đúng những gì bạn gõ: không còn gì phải ghi thêm."), "info")
        return redirect(done if isinstance(done, str) else request.path)
    differing = {row[1] for row in rows}
    hidden = [("version", saved["version"]), *((DIFFERS, name) for name in sorted(differing))]
    for name, field in form._fields.items():
        if name != "version":
            prefix = MINE if name in differing else ""
            hidden += [(prefix + name, value) for value in _raw(field)]
    return (
        render_template(
            "errors/conflict.html",
            rows=rows,
            hidden_fields=hidden,
            action=request.path,
            who=last.actor if last else _("người khác"),
            when_text=frame.local_time(last.at) if last else "",
            head=page.get("head"),
        ),
        409,
    )


def _row(form: UserForm, kept: UserForm, name: str) -> list[tuple[Any, ...]]:
    """One row for a field whose words differ: label, name, saved, mine, both marked, choices, the field itself."""
    field = form._fields[name]
    saved, mine = _words(kept._fields[name]), _words(field)
    if saved == mine:
        return []
    saved_html, mine_html = compare.marked(saved, mine)
    whole = field if getattr(field, "choices", None) or isinstance(field.data, bool) else None
    return [(field.label.text, name, saved, mine, saved_html, mine_html, None, whole)]


def _raw(field: Any) -> list[str]:
    """The posted values of a field, to be posted again; a file cannot be."""
    return [str(value) for value in field.raw_data or [] if isinstance(value, str)]


def _words(field: Any) -> str:
    """A field's content as the user reads it: the label of a choice, not its code."""
    if getattr(field, "choices", None):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return "; ".join(str(label) for code, label in field.choices if code and code in chosen)
    if isinstance(field.data, bool):
        return str(_("có") if field.data else _("không"))
    return field._value() if hasattr(field, "_value") else str(field.data or "")
