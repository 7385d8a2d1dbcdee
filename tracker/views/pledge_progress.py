"""Progress of a period against the pledge: the table, the chart of the same numbers, Excel."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.exports import pledge_workbook
from tracker.models.period import ReportingPeriod
from tracker.queries import bloc as blocs
from tracker.queries import item_board
from tracker.queries.pledge_progress import progress as read_progress
from tracker.views import downloads
from tracker.views.pledge_parts import bp, inside


@bp.get("/periods/<id:public_id>/pledge-progress")
@guard.allowed(policy.may_see_period_board, ReportingPeriod)
def progress(period: ReportingPeriod) -> ResponseReturnValue:
    """Plan, done and percent of every unit and row, and how many units passed."""
    page = inside(period.bloc, period.year)
    found = read_progress(period)
    return render_template(
        "pledge/progress.html",
        head=page["head"],
        back=page["back"],
        bloc=period.bloc,
        year=period.year,
        period=period,
        progress=found,
        own_unit=guard.current_account().unit,
    )


@bp.get("/periods/<id:public_id>/pledge-progress/workbook")
@guard.allowed(policy.may_see_period_board, ReportingPeriod)
def progress_workbook(period: ReportingPeriod) -> Response:
    """The same numbers as the sheet "Thực hiện giao ước"."""
    bloc, day = blocs.load(period.bloc), guard.today()
    content = pledge_workbook.progress(
        read_progress(period), bloc.named_on(period.period.last_day).name, item_board.letterhead(bloc, day),
        bloc.authority.illustration, day,
    )  # fmt: skip
    name = _("Thực hiện giao ước %(bloc)s %(period)s.xlsx", bloc=bloc.code, period=period.period.label)
    return downloads.xlsx(content, name)
