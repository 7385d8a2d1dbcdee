"""Action items of a bloc: the board, one item's page, making, correcting, moving, cancelling and merging."""

import io
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.adapters.files import XLSX
from tracker.db import db
from tracker.domain.action_items import ItemSource, Priority
from tracker.domain.blocs import BlocKind
from tracker.domain.vietnamese import short_date
from tracker.exports import item_workbook
from tracker.forms.action_item import ItemEditForm, ItemForm, review_form
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.course import Limitation, Remark
from tracker.queries import action_item as queries
from tracker.queries import bloc as blocs
from tracker.queries import item_board
from tracker.services import action_item as services
from tracker.services import action_review
from tracker.text import shorten
from tracker.views import frame, head, pages

bp = Blueprint("action_item", __name__)


def _wanted() -> item_board.Wanted:
    """The filters in the address; what cannot be read falls back to the board as it opens."""
    asked, today = request.args, guard.today()
    year, page = asked.get("year", today.year, type=int), asked.get("page", 1, type=int)
    state = asked.get("state", item_board.ALL_OPEN)
    return item_board.Wanted(
        year=year if 1900 <= year <= 2200 else today.year,
        state=state if state in item_board.WORDS else item_board.ALL_OPEN,
        unit=asked.get("unit", ""),
        conference=asked.get("conference", ""),
        text=asked.get("q", "").strip()[:200],
        page=max(1, page),
    )


@bp.get("/blocs/<id:public_id>/action-items")
@guard.allowed(policy.may_see_items_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    wanted, day = _wanted(), guard.today()
    return render_template(
        "action_item/index.html",
        head=head.of(bloc, "items", wanted.year),
        bloc=bloc,
        wanted=wanted,
        board=item_board.board(bloc, guard.current_account(), wanted, day),
        words=item_board.WORDS,
        review=item_board.next_review(bloc, day),
        conference_words=queries.conference_words,
    )


@bp.get("/blocs/<id:public_id>/action-items/workbook")
@guard.allowed(policy.may_see_items_of, Bloc)
def workbook(bloc: Bloc) -> ResponseReturnValue:
    """What the board shows, all pages of it, as Excel."""
    wanted, day = _wanted(), guard.today()
    shown = tuple(item_board.board(bloc, guard.current_account(), wanted, day, whole=True).items)
    content = item_workbook.items(
        _("Nhiệm vụ của %(bloc)s", bloc=bloc.kind.small),
        f"{bloc.named_on(day).name}, {item_board.WORDS[wanted.state].lower()}, năm {wanted.year}",
        item_board.letterhead(bloc, day),
        tuple(queries.as_line(one, place) for place, one in enumerate(shown, start=1)),
        item_board.unit_columns(shown),
        bloc.authority.illustration,
        day,
    )
    name = _("Nhiệm vụ %(bloc)s %(year)s.xlsx", bloc=bloc.code, year=wanted.year)
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)


@bp.get("/action-items/<id:public_id>")
@guard.allowed(policy.may_see_item, ActionItem)
def show(item: ActionItem) -> ResponseReturnValue:
    seen = queries.load(item, guard.today())
    return render_template(
        "action_item/show.html",
        head=head.of(item.bloc, "items"),
        item=item,
        seen=seen,
        title=shorten(item.text, 120),
        source=queries.source_of(item),
        free_units=queries.units_without(item, guard.today()),
        happened=frame.history_of(item),
        conference_words=queries.conference_words,
    )


def _board_url(bloc: Bloc) -> str:
    return url_for("action_item.index", public_id=bloc.public_id)


def _item_url(item: ActionItem) -> str:
    return url_for("action_item.show", public_id=item.public_id)


def _new(
    bloc: Bloc, defaults: dict[str, Any], made_on: date, back: tuple[str, str], **source: Any
) -> ResponseReturnValue:
    """The form of a new item, filled with what is known of its source, and its saving."""
    members = blocs.members_on(blocs.load(bloc), made_on)
    offered = [(member.unit.public_id, member.name) for member in members]
    form = pages.bind(ItemForm, values=defaults, prepare=lambda made: setattr(made.units, "choices", offered))

    def save() -> ActionItem:
        given = form.values("units")
        return services.make(
            bloc,
            **{**given, "text": given["text"] or "", "priority": form.chosen_priority},
            units=[member.unit for member in members if member.unit.public_id in (form.units.data or [])],
            made_on=made_on,
            by=guard.current_account(),
            at=clock.now(),
            **source,
        )

    return pages.answer(
        form,
        save=save,
        done=_item_url,
        said=_("Đã giao nhiệm vụ."),
        title=_("Giao nhiệm vụ"),
        lead=_("Ngày giao: %(day)s.", day=short_date(made_on)),
        back=back,
        head=head.of(bloc, "items"),
        hints={
            "all_units": _("Mỗi đơn vị là thành viên của %(bloc)s trong ngày giao có một phần việc riêng.",
                           bloc=bloc.kind.small),
            "units": _("Chọn khi không giao cho tất cả. Có thể để trống và giao sau."),
            "owner_text": _("Khi văn bản nêu chung, ví dụ: các đơn vị lực lượng vũ trang."),
            "due_on": _("Ngày/tháng/năm, ví dụ 30/09/2026; từ ngày giao trở đi."),
        },
        submit_label=_("Giao nhiệm vụ"),
        cancel_url=back[0],
        secrets=True,
    )


@bp.route("/blocs/<id:public_id>/action-items/new", methods=["GET", "POST"])
@guard.allowed(policy.may_make_items, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    defaults = {"priority": Priority.NORMAL.value}
    back = (_board_url(bloc), _("Nhiệm vụ của %(bloc)s", bloc=bloc.kind.small))
    return _new(bloc, defaults, guard.today(), back, source=ItemSource.FREE)


def _from(said: Remark | Limitation) -> ResponseReturnValue:
    """With the form's fields: what was filled in. A bare click (POST without them): the words as they stand."""
    conference = said.conference
    back = (url_for("conference.show", public_id=conference.public_id), conference.title)
    if request.method == "POST" and "text" not in request.form:
        item = services.make_from(said, day=guard.today(), by=guard.current_account(), at=clock.now())
        db.session.commit()
        flash(_("Đã thành nhiệm vụ: %(text)s", text=shorten(item.text)), "success")
        return redirect(back[0])
    made_on = services.made_on_of(conference, guard.today())
    named = isinstance(said, Limitation) and said.unit is not None
    defaults = {
        "text": said.text,
        "priority": Priority.NORMAL.value,
        "units": [said.unit.public_id] if named and said.unit else [],
    }
    link = {"limitation": said} if isinstance(said, Limitation) else {"remark": said}
    return _new(conference.bloc, defaults, made_on, back, source=services.source_of(said), **link)


@bp.route("/remarks/<id:public_id>/action-item", methods=["GET", "POST"])
@guard.allowed(policy.may_make_item_of, Remark)
def from_remark(remark: Remark) -> ResponseReturnValue:
    return _from(remark)


@bp.route("/limitations/<id:public_id>/action-item", methods=["GET", "POST"])
@guard.allowed(policy.may_make_item_of, Limitation)
def from_limitation(limitation: Limitation) -> ResponseReturnValue:
    return _from(limitation)


@bp.post("/conferences/<id:public_id>/action-items")
@guard.allowed(policy.may_make_items_from, Conference)
def from_all(conference: Conference) -> ResponseReturnValue:
    """Every conclusion that is no item yet becomes one."""
    made = services.make_all(conference, day=guard.today(), by=guard.current_account(), at=clock.now())
    db.session.commit()
    flash(_("Đã thành %(count)s nhiệm vụ từ kết luận của hội nghị.", count=len(made)), "success")
    return redirect(url_for("conference.show", public_id=conference.public_id))


@bp.route("/action-items/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_edit_item, ActionItem)
def edit(item: ActionItem) -> ResponseReturnValue:
    def current() -> dict[str, Any]:
        return {
            "text": item.text, "owner_text": item.owner_text, "priority": item.priority.value, "version": item.version,
        }

    form = pages.bind(ItemEditForm, values=current())

    def save() -> ActionItem:
        given = form.values()
        return services.change(
            item, text=given["text"] or "", owner_text=given["owner_text"], priority=form.chosen_priority,
            seen=form.seen, by=guard.current_account(), at=clock.now(),
        )

    return pages.answer(
        form, save=save, current=current, done=_item_url(item), said=_("Đã lưu nhiệm vụ."),
        title=_("Sửa nhiệm vụ"), back=(_item_url(item), _("Nhiệm vụ")), head=head.of(item.bloc, "items"),
        cancel_url=_item_url(item), secrets=True,
    )


@bp.route("/conferences/<id:public_id>/action-items/review", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def review_all(conference: Conference) -> ResponseReturnValue:
    """One page for what the conference says and decides of every open item; saved at once."""
    lines = queries.open_for(conference, guard.today())

    def current() -> dict[str, Any]:
        found = action_review.version_of(conference, [line.item for line in lines])
        return {**queries.said_values(lines), "version": found}

    form = pages.bind(review_form([line.item.public_id for line in lines]), values=current())

    def save() -> action_review.Outcome:
        said = [form.said_of(line.item.public_id) for line in lines]
        return action_review.review_all(
            conference,
            [action_review.Said(line.item, *one) for line, one in zip(lines, said, strict=True)],
            seen=form.seen,
            by=guard.current_account(),
            at=clock.now(),
        )

    back = url_for("conference.show", public_id=conference.public_id)
    return pages.answer(
        form,
        save=save,
        current=current,
        done=f"{back}#viec-truoc",
        said=lambda outcome: _reviewed(outcome, conference.bloc.kind),
        template="action_item/review_all.html",
        title=_("Ý kiến hội nghị về từng việc"),
        back=(back, conference.title),
        head=head.of(conference.bloc, "conferences"),
        conference=conference,
        carried=lines,
    )


def _reviewed(outcome: action_review.Outcome, kind: BlocKind) -> str:
    said = _("Đã ghi ý kiến hội nghị về %(count)s việc.", count=outcome.said)
    if not outcome.kept:
        return said
    units = "; ".join(outcome.kept)
    kept = _("Phần việc của %(units)s do %(Bloc)s phó hoặc cấp trên xác nhận, không tự xác nhận.",
             units=units, Bloc=kind.word)
    return f"{said} {kept}"
