"""Movements (phong trào thi đua): a bloc's list with its authority's, one movement's page, launching, documents."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.reporting import MovementKind, MovementLevel
from tracker.exports import table_workbook
from tracker.forms.base import RecordForm
from tracker.forms.movement import MovementForm
from tracker.forms.pledge import StatedFileForm
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.pledge import Movement
from tracker.queries import bloc as blocs
from tracker.queries import movement as queries
from tracker.queries.movement import Wanted
from tracker.services import attachment as attachments
from tracker.services import movement as service
from tracker.views import asked, downloads, frame, head, pages
from tracker.views.pledge_parts import shown_year

bp = Blueprint("movement", __name__)


def _wanted(bloc: Bloc) -> Wanted:
    """The filters of the address; what cannot be read is left out."""
    return Wanted(
        year=shown_year(bloc),
        day=asked.day(),
        level=request.args.get("level", type=MovementLevel),
        kind=request.args.get("kind", type=MovementKind),
        text=asked.words(),
    )


@bp.get("/blocs/<id:public_id>/movements")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """The bloc's movements and its authority's."""
    wanted = _wanted(bloc)
    assert wanted.year is not None
    return render_template(
        "movement/index.html",
        head=head.of(bloc, "periods", wanted.year),
        bloc=bloc,
        year=wanted.year,
        wanted=wanted,
        filters=_filters(wanted),
        rows=queries.listed(bloc, wanted),
        levels=MovementLevel,
        kinds=MovementKind,
    )


def _filters(wanted: Wanted) -> dict[str, Any]:
    """The filters as they stand in an address."""
    return {
        "year": wanted.year,
        "on": wanted.day.strftime("%d/%m/%Y") if wanted.day else None,
        "level": wanted.level.value if wanted.level else None,
        "kind": wanted.kind.value if wanted.kind else None,
        "q": wanted.text or None,
    }


@bp.get("/blocs/<id:public_id>/movements/workbook")
@guard.allowed(policy.may_see_year_of, Bloc)
def workbook(bloc: Bloc) -> Response:
    """The list as it is shown, in Excel."""
    wanted = _wanted(bloc)
    name = blocs.load(bloc).named_on(guard.today()).name
    columns = [
        (_("Tên phong trào"), 56, "text"), (_("Cấp phát động"), 18, "text"), (_("Loại"), 18, "text"),
        (_("Từ ngày"), 12, "date"), (_("Đến ngày"), 12, "date"), (_("Văn bản phát động"), 34, "text"),
        (_("Phạm vi"), 16, "text"),
    ]  # fmt: skip
    rows = [
        (row.name, row.level.label, row.kind.label, row.starts_on, row.ends_on, row.document,
         _("Trong %(bloc)s", bloc=bloc.kind.small) if row.bloc_id else _("Toàn cơ quan"))
        for row in (each.movement for each in queries.listed(bloc, wanted))
    ]  # fmt: skip
    title = _("Phong trào thi đua năm %(year)s", year=wanted.year)
    return downloads.xlsx(table_workbook.table(title, name, columns, rows), f"{title} - {name}.xlsx")


@bp.get("/movements/<id:public_id>")
@guard.allowed(policy.may_see_movement, Movement)
def show(movement: Movement) -> ResponseReturnValue:
    page = _around(movement)
    return render_template(
        "movement/show.html",
        movement=movement,
        files=queries.files_of(movement),
        achievements=queries.achievements_in(movement),
        happened=frame.history_of(movement),
        head=page["head"],
        back=page["list"],
    )


def _around(movement: Movement) -> dict[str, Any]:
    """The bloc's head, and the list with the filters it was opened from; the list of blocs when there is none."""
    bloc = _opened_from(movement)
    if bloc is None:
        return {"head": None, "list": (url_for("bloc.index"), _("Khối, cụm thi đua"))}
    names = ("year", "on", "level", "kind", "q")
    kept: dict[str, Any] = {name: request.args[name] for name in names if request.args.get(name)}
    back = url_for("movement.index", public_id=bloc.public_id, **kept)
    return {"head": head.of(bloc, "periods", asked.year()), "list": (back, _("Phong trào thi đua"))}


def _opened_from(movement: Movement) -> Bloc | None:
    """The bloc in whose list the reader found it: the address says which; else its own, else the reader's."""
    named = queries.bloc_showing(movement, asked.words("bloc"))
    if named is not None and guard.may(policy.may_see_year_of, named):
        return named
    if movement.bloc is not None:
        return movement.bloc
    own = blocs.current_blocs(guard.current_account(), guard.today())
    return queries.bloc_showing(movement, own[0][0]) if own else None


def _page(movement: Movement) -> dict[str, Any]:
    """Around a form about one movement."""
    here = url_for("movement.show", public_id=movement.public_id)
    return {"head": _around(movement)["head"], "back": (here, movement.name), "cancel_url": here}


@bp.route("/blocs/<id:public_id>/movements/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledges, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    """A movement of the bloc."""
    back = url_for("movement.index", public_id=bloc.public_id)
    return _launch(
        bloc.authority, bloc, _("Ghi phong trào thi đua của %(bloc)s", bloc=bloc.kind.small),
        head=head.of(bloc, "periods"), back=(back, _("Phong trào thi đua")), cancel_url=back,
    )  # fmt: skip


@bp.route("/movements/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_movements_of, own=True)
def new_of_authority(authority: Authority) -> ResponseReturnValue:
    """A movement that all blocs of the authority see."""
    back = url_for("bloc.index")
    return _launch(
        authority, None, _("Ghi phong trào thi đua của cơ quan"), back=(back, _("Khối, cụm thi đua")), cancel_url=back,
        lead=_("Mọi khối, cụm của cơ quan đều thấy phong trào này và ghi được thành tích theo nó."),
    )  # fmt: skip


def _launch(authority: Authority, bloc: Bloc | None, title: str, **page: Any) -> ResponseReturnValue:
    level = MovementLevel.BLOC if bloc else MovementLevel.PROVINCE
    form = pages.bind(MovementForm, values={"level": level.value})
    return pages.answer(
        form,
        save=lambda: service.launch(authority, bloc, **_given(form), by=guard.current_account(), at=clock.now()),
        done=lambda movement: url_for("movement.show", public_id=movement.public_id),
        said=_("Đã ghi phong trào thi đua."),
        title=title,
        hints=_hints(),
        secrets=True,
        **page,
    )


@bp.route("/movements/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_movement, Movement)
def edit(movement: Movement) -> ResponseReturnValue:
    def current() -> dict[str, Any]:
        return {
            "version": movement.version, "name": movement.name, "level": movement.level.value,
            "kind": movement.kind.value, "starts_on": movement.starts_on, "ends_on": movement.ends_on,
            "document": movement.document, "content": movement.content,
        }  # fmt: skip

    form = pages.bind(MovementForm, values=current())
    return pages.answer(
        form,
        save=lambda: service.change(
            movement, **_given(form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        current=current,
        done=url_for("movement.show", public_id=movement.public_id),
        said=_("Đã lưu phong trào thi đua."),
        title=_("Sửa phong trào thi đua"),
        hints=_hints(),
        secrets=True,
        **_page(movement),
    )


@bp.route("/movements/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_movement, Movement)
def remove(movement: Movement) -> ResponseReturnValue:
    page, after = _page(movement), _around(movement)["list"][0]
    return pages.answer(
        pages.bind(RecordForm),
        save=lambda: service.remove(movement, by=guard.current_account(), at=clock.now()),
        done=after,
        said=_("Đã xóa phong trào thi đua."),
        template="confirm_page.html",
        title=_("Xóa phong trào thi đua"),
        lead=movement.name,
        consequences=[_("Phong trào không còn trong danh sách và không chọn được khi ghi thành tích.")],
        unchanged=_("Phong trào đã có thành tích hoặc còn tệp đính kèm thì không xóa được."),
        submit_label=_("Xóa phong trào"),
        keep_label=_("Giữ phong trào"),
        keep_url=page["cancel_url"],
        **page,
    )


@bp.route("/movements/<id:public_id>/files/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_movement, Movement)
def add_file(movement: Movement) -> ResponseReturnValue:
    """The paper that launched it, or another document."""
    form = pages.bind(StatedFileForm)
    return pages.answer(
        form,
        save=lambda: attachments.store(
            form.file.data.stream, form.file.data.filename or "", limit=current_app.config["FILE_LIMIT"],
            movement=movement, by=guard.current_account(), at=clock.now(),
        ),
        done=url_for("movement.show", public_id=movement.public_id),
        said=_("Đã tải tệp lên."),
        title=_("Tải lên văn bản của phong trào"),
        hints={"file": _("Kế hoạch, hướng dẫn, văn bản phát động: PDF, Word, Excel, JPG, PNG.")},
        submit_label=_("Tải lên"),
        multipart=True,
        secrets=True,
        **_page(movement),
    )  # fmt: skip


@bp.route("/movements/<id:public_id>/files/<id:file_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_movement, Movement)
def remove_file(movement: Movement, file_id: str) -> ResponseReturnValue:
    file = next((each for each in queries.files_of(movement) if each.public_id == file_id), None)
    if file is None:
        abort(404)
    page = _page(movement)
    return pages.answer(
        pages.bind(RecordForm),
        save=lambda: attachments.drop(file, by=guard.current_account(), at=clock.now()),
        done=page["cancel_url"],
        said=_("Đã gỡ tệp."),
        template="confirm_page.html",
        title=_("Gỡ tệp khỏi phong trào"),
        consequences=[_("Tệp “%(name)s” bị xóa hẳn, không khôi phục được.", name=file.name)],
        unchanged=_("Phong trào và các thành tích giữ nguyên."),
        submit_label=_("Gỡ tệp"),
        keep_label=_("Giữ tệp"),
        keep_url=page["cancel_url"],
        **page,
    )


def _given(form: MovementForm) -> dict[str, Any]:
    values = form.values("level", "kind")
    words = {"name": values["name"] or "", "starts_on": form.starts_on.data}
    return {**values, **words, "level": MovementLevel(form.level.data), "kind": MovementKind(form.kind.data)}


def _hints() -> dict[str, str]:
    return {
        "name": _("Tên như văn bản phát động, ví dụ: Cả nước chung sức xây dựng nông thôn mới."),
        "kind": _("Đợt ngắn, cao điểm: gắn với một đợt, một ngày kỷ niệm."),
        "starts_on": _("ngày/tháng/năm, ví dụ 01/01/2026."),
        "ends_on": _("Ngày cuối; để trống khi phong trào còn kéo dài."),
        "document": _("Số, ngày, cơ quan, ví dụ: Kế hoạch số 12/KH-KTĐ ngày 05/02/2026. Tải tệp lên sau khi lưu."),
    }
