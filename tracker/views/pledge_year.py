"""The bloc's pledge of a year: its page, the signed paper, a copy of last year's rows, Excel."""

from typing import Any

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.criteria import Direction
from tracker.errors import RuleBroken
from tracker.exports import pledge_workbook
from tracker.exports.pledge_workbook import MatrixLine
from tracker.forms.base import RecordForm, UserForm
from tracker.forms.pledge import PledgeForm
from tracker.models.bloc import Bloc
from tracker.models.pledge import Pledge
from tracker.queries import bloc as blocs
from tracker.queries import item_board
from tracker.queries import period as periods
from tracker.queries import pledge as queries
from tracker.queries import registration as registrations
from tracker.services import pledge as service
from tracker.services import registration
from tracker.views import downloads, frame, head, pages
from tracker.views.pledge_parts import bp, inside, place, shown_year, year_day, year_links


@bp.get("/blocs/<id:public_id>/pledge")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """Rows × units, the signed paper, what is registered, and where progress is to be seen."""
    year = shown_year(bloc)
    account, day = guard.current_account(), year_day(year)
    shown = head.of(bloc, "periods", year)
    found = queries.of_year(bloc, year)
    return render_template(
        "pledge/index.html",
        head=shown,
        bloc=bloc,
        year=year,
        years=year_links(bloc, "pledge.index", year),
        pledge=found,
        units=queries.units_of(bloc, day, queries.named_in(found)) if found else [],
        planned=queries.planned,
        files=queries.files_of(found) if found else [],
        copied_from=queries.latest_before(bloc, year) if not found or not found.rows else None,
        own_unit=account.unit,
        takes_targets=registration.takes_targets(bloc, year, clock.now()),
        periods=[
            listed.period for listed in periods.of_year(bloc, account, guard.today(), year)
            if guard.may(policy.may_see_period_board, listed.period)
        ],
        rule=registrations.rule_on(bloc, day),
        happened=frame.history_of(found) if found else [],
    )  # fmt: skip


@bp.get("/blocs/<id:public_id>/pledge/workbook")
@guard.allowed(policy.may_see_year_of, Bloc)
def workbook(bloc: Bloc) -> Response:
    """The matrix as it is shown, in Excel."""
    year = shown_year(bloc)
    day = year_day(year)
    blocs.load(bloc)
    found = queries.of_year(bloc, year)
    rows = found.rows if found else []
    units = queries.units_of(bloc, day, queries.named_in(found) if found else ())
    lines = []
    for row in rows:
        cells = [queries.planned(row, each.unit.id) for each in units]
        lines.append(
            MatrixLine(
                row.content, row.unit_of_measure, row.year_plan, row.direction is Direction.LESS,
                tuple((cell.plan, cell.assigned) for cell in cells),
            )
        )  # fmt: skip
    content = pledge_workbook.pledge(
        bloc.named_on(day).name, year, found.signed_on if found else None, item_board.letterhead(bloc, day),
        [(each.name, each.short_name) for each in units], lines, bloc.authority.illustration, guard.today(),
    )  # fmt: skip
    return downloads.xlsx(content, _("Giao ước thi đua %(bloc)s %(year)s.xlsx", bloc=bloc.code, year=year))


def _offer(form: PledgeForm, bloc: Bloc, year: int) -> None:
    form.conference.offer(queries.signing_conferences(bloc, year))


def _hints() -> dict[str, str]:
    return {
        "signed_on": _("ngày/tháng/năm, ví dụ 05/02/2026. Để trống khi chưa ký."),
        "conference": _("Hội nghị phát động, ký giao ước; chọn được khi đã có trong mục Hội nghị."),
        "preamble": _("Lời chung của giao ước, nếu có. Chỉ tiêu ghi thành từng dòng ở bước sau."),
    }


@bp.route("/blocs/<id:public_id>/pledge/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledges, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    """The pledge of a year; its rows follow."""
    year = shown_year(bloc)
    form = pages.bind(PledgeForm, prepare=lambda made: _offer(made, bloc, year))
    return pages.answer(
        form,
        save=lambda: service.make(
            bloc, year=year, **_given(bloc, form), by=guard.current_account(), at=clock.now()
        ),
        done=place,
        said=_("Đã lập giao ước năm %(year)s. Hãy ghi các chỉ tiêu.", year=year),
        title=_("Lập giao ước thi đua năm %(year)s", year=year),
        hints=_hints(),
        submit_label=_("Lập giao ước"),
        secrets=True,
        **inside(bloc, year),
    )


@bp.route("/pledges/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledge, Pledge)
def edit(pledge: Pledge) -> ResponseReturnValue:
    """Day, conference and general text."""
    bloc = pledge.bloc

    def current() -> dict[str, Any]:
        return {
            "version": pledge.version, "signed_on": pledge.signed_on, "preamble": pledge.preamble,
            "conference": pledge.conference.public_id if pledge.conference else None,
        }  # fmt: skip

    form = pages.bind(PledgeForm, values=current(), prepare=lambda made: _offer(made, bloc, pledge.year))
    return pages.answer(
        form,
        save=lambda: service.change(
            pledge, **_given(bloc, form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        current=current,
        done=place(pledge),
        said=_("Đã lưu giao ước."),
        title=_("Sửa giao ước thi đua năm %(year)s", year=pledge.year),
        hints=_hints(),
        secrets=True,
        **inside(bloc, pledge.year),
    )


def _given(bloc: Bloc, form: PledgeForm) -> dict[str, Any]:
    return {**form.values("conference"), "conference": queries.conference_by_key(bloc, form.conference.data)}


@bp.route("/blocs/<id:public_id>/pledge/copy", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_pledges, Bloc)
def copy(bloc: Bloc) -> ResponseReturnValue:
    """The rows of the last year that has some become this year's, as a proposal to be edited."""
    year = shown_year(bloc)
    source = queries.latest_before(bloc, year)
    form: RecordForm | UserForm = pages.bind(UserForm)

    def save() -> Pledge:
        made = None
        if source is not None:
            made = service.copy(bloc, from_year=source, to_year=year, by=guard.current_account(), at=clock.now())
        if made is None:
            raise RuleBroken(f"{bloc.kind.word} chưa có giao ước của năm nào trước năm này để chép.")
        return made

    page = inside(bloc, year)
    return pages.answer(
        form,
        save=save,
        done=place,
        said=_("Đã chép chỉ tiêu từ giao ước năm %(year)s. Hãy xem lại kế hoạch từng dòng.", year=source),
        template="confirm_page.html",
        title=_("Chép giao ước năm %(source)s sang năm %(year)s", source=source or "…", year=year),
        consequences=[
            _("Mọi dòng chỉ tiêu (nội dung, đơn vị tính, kế hoạch, chiều đánh giá) được chép theo thứ tự cũ."),
            _("Dòng nào năm %(year)s đã có thì giữ nguyên.", year=year),
            _("Mỗi dòng vẫn được nhận ra là cùng chỉ tiêu, nên báo cáo so được với cùng kỳ năm trước."),
        ],
        unchanged=_("Ngày ký, tệp đính kèm và chỉ tiêu riêng của từng đơn vị không được chép."),
        submit_label=_("Chép chỉ tiêu"),
        keep_label=_("Không chép"),
        keep_url=url_for("pledge.index", public_id=bloc.public_id, year=year),
        **page,
    )
