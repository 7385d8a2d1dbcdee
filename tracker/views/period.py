"""Reporting periods of a bloc: the list of a year, founding, changing, copying a year, and the page of one period."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain import period_dates
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.exports import table_workbook
from tracker.forms.period import CopyYearForm, JoinForm, PeriodForm
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.queries import bloc as blocs
from tracker.queries import criteria as criteria_sets
from tracker.queries import period as queries
from tracker.queries import unit as units
from tracker.services import period as service
from tracker.views import downloads, frame, head, pages
from tracker.views import period_words as words
from tracker.views.period_form import dates_values, given_by, offer_sets, values_of
from tracker.views.period_step import bp, index_url, show_url

__all__ = ["bp"]


@bp.get("/blocs/<id:public_id>/periods")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """The periods of a year, with their dates, how many units have sent, and what comes next."""
    account, day, now = guard.current_account(), guard.today(), clock.now()
    year = asked_year() or day.year
    rows = queries.of_year(bloc, account, day, year)
    there = {row.period.kind for row in rows}
    return render_template(
        "period/index.html",
        head=head.of(bloc, "periods", year),
        bloc=bloc,
        year=year,
        rows=[(row, words.steps(row.period, now)[:1]) for row in rows],
        kinds=[kind for kind in PeriodKind if kind not in there],
        copied=[other for other in queries.years(bloc) if other != year],
    )


@bp.get("/blocs/<id:public_id>/periods/workbook")
@guard.allowed(policy.may_see_year_of, Bloc)
def workbook(bloc: Bloc) -> Response:
    """The list as it is shown, in Excel."""
    account, day = guard.current_account(), guard.today()
    year = asked_year() or day.year
    name = blocs.load(bloc).named_on(day).name
    title = _("Kỳ báo cáo năm %(year)s", year=year)
    columns = [
        (_("Kỳ"), 24, "text"), (_("Trạng thái"), 20, "text"), (_("Ngày mở"), 12, "date"),
        (_("Hạn gửi"), 17, "datetime"), (_("Khóa số liệu"), 17, "datetime"), (_("Có chấm điểm"), 12, "text"),
        (_("Đơn vị đã gửi"), 11, "int"), (_("Số đơn vị"), 11, "int"),
    ]  # fmt: skip
    cells = [
        (row.period.period.label, row.period.state.label, row.period.opens_on,
         words.local(bloc, row.period.due_at).replace(tzinfo=None),
         words.local(bloc, row.period.locks_at).replace(tzinfo=None),
         _("có") if row.period.scored else _("không"), row.sent if row.units else None, row.units or None)
        for row in queries.of_year(bloc, account, day, year)
    ]  # fmt: skip
    return downloads.xlsx(table_workbook.table(title, name, columns, cells), f"{title} - {name}.xlsx")


@bp.route("/blocs/<id:public_id>/periods/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_periods, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    """`kind` and `year` of the address say which period; its dates are proposed."""
    year = asked_year() or guard.today().year
    kind = request.args.get("kind", type=PeriodKind) or PeriodKind.FIRST_HALF
    period = Period(year, kind)
    zone = bloc.authority.time_zone
    usual = period_dates.usual(period, scored=False, zone=zone)
    standing = criteria_sets.latest(bloc, year)
    first = {**dates_values(bloc, usual), "asks_figures": True, "version": 0}
    first["criteria_set"] = standing.public_id if standing else None
    form = pages.bind(PeriodForm, values=first, prepare=lambda made: offer_sets(made, bloc, year, None))
    back = index_url(bloc, year)
    return pages.answer(
        form,
        save=lambda: service.found(
            bloc, year=year, kind=kind, **given_by(bloc, form), by=guard.current_account(), at=clock.now()
        ),
        done=lambda made: show_url(made),
        said=_("Đã lập kỳ. Mở kỳ để các đơn vị bắt đầu báo cáo."),
        template="period/form.html",
        title=_("Lập kỳ %(period)s", period=period.label),
        lead=_("Ba ngày khác nhau: mở, hạn gửi (sau đó là chậm), khóa số liệu (sau đó không đơn vị nào sửa được)."),
        submit_label=_("Lập kỳ"),
        cancel_url=back,
        back=(back, _("Kỳ báo cáo năm %(year)s", year=year)),
        head=head.of(bloc, "periods", year),
        kinds=[(each.label, url_for("period.new", public_id=bloc.public_id, year=year, kind=each.value), each is kind)
               for each in PeriodKind],
        period=None,
    )  # fmt: skip


@bp.route("/periods/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_period, ReportingPeriod)
def edit(period: ReportingPeriod) -> ResponseReturnValue:
    bloc = period.bloc
    form = pages.bind(
        PeriodForm, values=values_of(period), prepare=lambda made: offer_sets(made, bloc, period.year, period)
    )
    opened = period.state is PeriodState.OPEN
    if opened:
        lead = _("Kỳ đang nhận báo cáo: chỉ lùi được các ngày còn ở phía trước, kèm lý do; các đơn vị nhận thông báo.")
    else:
        lead = _("Kỳ chưa mở: mọi mục còn sửa được.")
    return pages.answer(
        form,
        save=lambda: service.change(
            period, **given_by(bloc, form, period if opened else None), seen=form.seen,
            reason=(form.reason.data or "") if opened else "", by=guard.current_account(), at=clock.now(),
        ),
        done=show_url(period),
        said=_("Đã lưu kỳ báo cáo."),
        current=lambda: values_of(period),
        template="period/form.html",
        title=_("Sửa kỳ %(period)s", period=period.period.label),
        lead=lead,
        submit_label=_("Lưu kỳ báo cáo"),
        cancel_url=show_url(period),
        back=(show_url(period), words.title_of(period)),
        head=head.of(bloc, "periods", period.year),
        kinds=[],
        period=period,
    )  # fmt: skip


@bp.route("/blocs/<id:public_id>/periods/copy", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_periods, Bloc)
def copy_year(bloc: Bloc) -> ResponseReturnValue:
    """Another year's set-up for this one."""
    year = asked_year() or guard.today().year
    known = [other for other in queries.years(bloc) if other != year]
    back = index_url(bloc, year)
    if not known:
        return redirect(back)
    form = pages.bind(
        CopyYearForm,
        values={"from_year": str(max((other for other in known if other < year), default=known[0]))},
        prepare=lambda made: made.from_year.offer((str(other), _("Năm %(year)s", year=other)) for other in known),
    )
    return pages.answer(
        form,
        save=lambda: service.copy_year(
            bloc, from_year=int(form.from_year.data or 0), to_year=year, by=guard.current_account(), at=clock.now()
        ),
        done=back,
        said=lambda made: _("Đã sao %(count)s kỳ sang năm %(year)s.", count=len(made), year=year),
        template="confirm_page.html",
        title=_("Sao thiết lập sang năm %(year)s", year=year),
        consequences=[
            _("Các kỳ của năm được chọn sang năm %(year)s ở trạng thái “Chưa mở”: cùng ngày, khác năm.", year=year),
            _("Bộ tiêu chí và các dòng giao ước sang theo, còn sửa được; kỳ hoặc bộ đã có của năm %(year)s được giữ.",
              year=year),
        ],
        unchanged=_("Kết quả, chỉ tiêu đăng ký riêng, nội dung không giao và gia hạn không sang theo."),
        submit_label=_("Sao thiết lập"),
        keep_label=_("Thôi"),
        keep_url=back,
        back=(back, _("Kỳ báo cáo năm %(year)s", year=year)),
        head=head.of(bloc, "periods", year),
    )


@bp.get("/periods/<id:public_id>")
@guard.allowed(policy.may_see_period, ReportingPeriod)
def show(period: ReportingPeriod) -> ResponseReturnValue:
    """For every member: the dates, the own submission, whose time was extended and why, what was done when."""
    account, day, now = guard.current_account(), guard.today(), clock.now()
    shown_head = head.of(period.bloc, "periods", period.year)
    queries.load(period)
    own = queries.own_submission(period, account)
    keeps = guard.may(policy.may_keep_period, period)
    return render_template(
        "period/show.html",
        head=shown_head,
        period=period,
        bloc=period.bloc,
        day=day,
        own=own,
        own_due=queries.due_of(period, own) if own else None,
        stepper=words.stepper(period, now),
        steps=words.steps(period, now),
        waits_for_other=period.prepared_at is not None and period.prepared_by_id == account.id,
        rows=words.dates_of(period),
        sent=queries.sent_count(period),
        newcomers=queries.newcomers(period, day) if keeps and period.state is PeriodState.OPEN else [],
        history=frame.history_of(period) if guard.may(policy.may_see_period_board, period) else None,
    )


@bp.route("/periods/<id:public_id>/units", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_period, ReportingPeriod)
def join(period: ReportingPeriod) -> ResponseReturnValue:
    """Units admitted after the opening."""
    head_shown = head.of(period.bloc, "periods", period.year)
    found = queries.newcomers(period, guard.today())
    form = pages.bind(JoinForm, prepare=lambda made: made.unit.offer((m.unit.public_id, m.name) for m in found))
    return pages.answer(
        form,
        save=lambda: _join(period, form),
        done=show_url(period),
        said=_("Đã thêm đơn vị vào kỳ."),
        template="confirm_page.html",
        title=_("Thêm đơn vị vào kỳ: %(period)s", period=period.period.label),
        consequences=[
            _("Đơn vị có báo cáo của kỳ với các dòng như mọi đơn vị khác và nhận thông báo."),
            _("Hạn gửi chung vẫn áp dụng; cần thêm thời gian thì gia hạn riêng."),
        ],
        unchanged=_("Báo cáo của các đơn vị khác không đổi."),
        submit_label=_("Thêm vào kỳ"),
        keep_label=_("Thôi"),
        keep_url=show_url(period),
        back=(show_url(period), words.title_of(period)),
        head=head_shown,
    )


def _join(period: ReportingPeriod, form: JoinForm) -> None:
    unit = units.by_public_id(form.unit.data)
    assert unit is not None
    service.join(period, unit, by=guard.current_account(), at=clock.now())


def asked_year() -> int | None:
    """The year of the address; what cannot be one is left out."""
    year = request.args.get("year", type=int)
    return year if year and 1900 <= year <= 2200 else None
