"""The pages of a bloc that are read: the list, the overview, its units and who led when."""

from datetime import date

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.domain.blocs import BlocKind, TermRole
from tracker.domain.deadlines import deadline
from tracker.exports import table_workbook
from tracker.models.bloc import Bloc
from tracker.queries import bloc as queries
from tracker.queries import course, overview
from tracker.views import asked, downloads, frame, head, timeline
from tracker.views.bloc_board import bp

__all__ = ["bp"]


@bp.get("/blocs")
@guard.allowed(policy.may_work)
def index() -> ResponseReturnValue:
    account, day = guard.current_account(), guard.today()
    text, kind = asked.words(), _kind()
    return render_template(
        "bloc/index.html",
        rows=queries.listed(account, day, text=text, kind=kind),
        text=text,
        kind=kind,
        kinds=BlocKind,
        authority=account.authority,
    )


@bp.get("/blocs/workbook")
@guard.allowed(policy.may_work)
def workbook() -> Response:
    """The list as it is shown, in Excel."""
    account, day = guard.current_account(), guard.today()
    rows = queries.listed(account, day, text=asked.words(), kind=_kind())
    columns = [
        (_("Tên khối, cụm"), 50, "text"), (_("Loại"), 16, "text"), (_("Mã"), 12, "text"),
        (_("Khối trưởng, Cụm trưởng"), 40, "text"), (_("Khối phó, Cụm phó"), 40, "text"), (_("Thành viên"), 12, "int"),
        (_("Ngày thành lập"), 14, "date"), (_("Ngày giải thể"), 14, "date"),
    ]  # fmt: skip
    cells = [
        (row.name, row.bloc.kind.label, row.bloc.code, row.leader, "; ".join(row.deputies) or None, row.member_count,
         row.bloc.founded_on, row.bloc.dissolved_on)
        for row in rows
    ]  # fmt: skip
    title = _("Khối, cụm thi đua")
    return downloads.xlsx(table_workbook.table(title, account.authority.name, columns, cells), f"{title}.xlsx")


@bp.get("/blocs/<id:public_id>")
@guard.allowed(policy.may_see_bloc, Bloc)
def show(bloc: Bloc) -> ResponseReturnValue:
    account, today = guard.current_account(), guard.today()
    shown = head.of(bloc, "overview", asked.year())
    open_count, items = overview.items_to_look_at(bloc, account, today)
    return render_template(
        "bloc/show.html",
        bloc=bloc,
        head=shown,
        own=guard.current_account().unit_id,
        today=today,
        members=queries.members_on(bloc, shown.day),
        last=overview.last_conference(bloc, account, today, date(shown.year, 12, 31)),
        coming=overview.next_conference(bloc, account, today),
        open_count=open_count,
        items=items,
        due_words=deadline,
        history=frame.history_of(bloc) if guard.may(policy.may_manage_bloc, bloc) else None,
    )


@bp.get("/blocs/<id:public_id>/units")
@guard.allowed(policy.may_see_bloc, Bloc)
def units(bloc: Bloc) -> ResponseReturnValue:
    today = guard.today()
    day = asked.day()
    shown = head.of(bloc, "units", day.year if day else asked.year())
    on = day or shown.day
    terms = queries.terms_by_time(bloc)
    return render_template(
        "bloc/units.html",
        bloc=bloc,
        head=shown,
        own=guard.current_account().unit_id,
        on=on,
        today=today,
        misread=bool(request.args.get("on")) and day is None,
        members=queries.members_on(bloc, on),
        held={row.unit_id: row for row in bloc.memberships if row.holds_on(on)},
        former=queries.former_members(bloc, on),
        coming=queries.coming_members(bloc, on),
        terms=terms,
        timeline=timeline.of(terms, today),
        rates=course.attendance_rates(bloc, date(on.year, 1, 1), date(on.year, 12, 31)),
        leader_role=TermRole.LEADER.called_in(bloc.kind),
        deputy_role=TermRole.DEPUTY.called_in(bloc.kind),
    )


@bp.get("/blocs/<id:public_id>/units/workbook")
@guard.allowed(policy.may_see_bloc, Bloc)
def units_workbook(bloc: Bloc) -> Response:
    """The members as of the day that is shown, in Excel."""
    on = asked.day() or guard.today()
    queries.load(bloc)
    held = {row.unit_id: row for row in bloc.memberships if row.holds_on(on)}
    columns = [
        (_("Đơn vị"), 50, "text"), (_("Lực lượng"), 14, "text"), (_("Vai trò"), 18, "text"),
        (_("Người giữ vai trò"), 28, "text"), (_("Thành viên từ"), 14, "date"), (_("Quyết định"), 40, "text"),
    ]  # fmt: skip
    cells = [
        (member.name, member.unit.force.label, member.role.called_in(bloc.kind) if member.role else None,
         member.term.holder_name if member.term else None, held[member.unit.id].starts_on,
         held[member.unit.id].decision)
        for member in queries.members_on(bloc, on)
    ]  # fmt: skip
    name = bloc.named_on(on).name
    subtitle = _("%(name)s, ngày %(day)s", name=name, day=f"{on:%d/%m/%Y}")
    title = _("Đơn vị thành viên")
    return downloads.xlsx(table_workbook.table(title, subtitle, columns, cells), f"{title} - {name}.xlsx")


def _kind() -> BlocKind | None:
    given = request.args.get("kind", "")
    return next((kind for kind in BlocKind if kind.value == given), None)
