"""The results of a period on screen and as a workbook, and what of them the secretariat takes into its report."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.award_counts import count_awards
from tracker.domain.period_results import PeriodResults
from tracker.domain.reporting import PeriodState
from tracker.domain.unit_summary import summaries
from tracker.errors import RuleBroken
from tracker.exports import result_tables
from tracker.exports.period_sheets.all_sheets import results_workbook
from tracker.exports.review_results_text import awards_sentence, progress_sentence, sending_sentence
from tracker.exports.sheets.frame import Frame, date_line
from tracker.models.conference import Conference
from tracker.models.period import ReportingPeriod
from tracker.queries import item_board, period_results
from tracker.queries import takeover as takeovers
from tracker.services import takeover
from tracker.views import downloads, head

bp = Blueprint("period_results", __name__)
EVERYTHING = "all"


@bp.get("/periods/<id:public_id>/results")
@guard.allowed(policy.may_see_period_board, ReportingPeriod)
def show(period: ReportingPeriod) -> ResponseReturnValue:
    """Every figure of the period, from the record that Word, PDF and Excel are drawn from."""
    shown_head = head.of(period.bloc, "periods", period.year)
    results = period_results.collect(period)
    conferences = [each for each in takeovers.conferences_of(period) if guard.may(policy.may_write_conference, each)]
    wanted = request.args.get("conference")
    conference = next((each for each in conferences if each.public_id == wanted), next(iter(conferences), None))
    return render_template(
        "period_results/show.html",
        head=shown_head,
        bloc=period.bloc,
        year=period.year,
        period=period,
        results=results,
        published=period.state in PeriodState.shown_to_all(),
        summaries=summaries(results),
        sending=sending_sentence(results) if results.sendings else "",
        progress=progress_sentence(results) if results.progress and results.progress.rows else "",
        awards=awards_sentence(count_awards(results.awards)) if results.awards else "",
        tables=_tables(results),
        notes=result_tables.matrix_notes(results),
        conference=conference,
        conferences=conferences,
        taken=takeovers.taken(conference, results.proposals) if conference else set(),
    )


def _tables(results: PeriodResults) -> dict[str, object]:
    """The tables by name; a part without rows has none."""
    return {
        "matrix": result_tables.whole_matrix(results) if results.measured else None,
        "progress": result_tables.progress_table(results),
        "deeds": result_tables.achievement_table(results),
        "awards": result_tables.award_table(results),
        "sendings": result_tables.sending_table(results),
    }


@bp.get("/periods/<id:public_id>/results/workbook")
@guard.allowed(policy.may_see_period_board, ReportingPeriod)
def workbook(period: ReportingPeriod) -> Response:
    """The same results as Excel sheets; a draft until they are published."""
    today = guard.today()
    results = period_results.collect(period)
    letterhead = item_board.letterhead(period.bloc, today)
    framed = Frame(
        letterhead,
        date_line(letterhead, today),
        draft=period.state not in PeriodState.shown_to_all(),
        illustration=period.bloc.authority.illustration,
    )
    name = _("Kết quả %(bloc)s %(period)s.xlsx", bloc=period.bloc.code, period=period.period.label)
    return downloads.xlsx(results_workbook(results, framed), name)


@bp.get("/conferences/<id:public_id>/results")
@guard.allowed(policy.may_write_conference, Conference)
def of_conference(conference: Conference) -> ResponseReturnValue:
    """From a conference to the results of its period, proposals ready to be taken over into it."""
    asked = conference.period
    period = period_results.of_bloc(conference.bloc_id, asked) if asked else None
    if period is None:
        year = asked.year if asked else conference.first_day.year
        named = asked.label if asked else _("của hội nghị này")
        flash(_("%(Bloc)s chưa lập kỳ báo cáo %(period)s nên chưa có số liệu của đơn vị.",
                Bloc=conference.bloc.kind.word, period=named), "info")
        return redirect(url_for("period.index", public_id=conference.bloc.public_id, year=year))
    return redirect(
        url_for("period_results.show", public_id=period.public_id, conference=conference.public_id)
    )


@bp.post("/conferences/<id:public_id>/take-over")
@guard.allowed(policy.may_write_conference, Conference)
def take_over(conference: Conference) -> ResponseReturnValue:
    """One point of a unit's report, or all of them, into the conference's lists."""
    asked = conference.period
    period = period_results.of_bloc(conference.bloc_id, asked) if asked else None
    if period is None or not guard.may(policy.may_see_period_board, period):
        raise RuleBroken(_("Hội nghị này không gắn với kỳ báo cáo nào của %(bloc)s nên không có ý kiến để lấy.",
                           bloc=conference.bloc.kind.small))
    found = period_results.collect(period).proposals
    key = request.form.get("key", "")
    chosen = [each for each in found if key in (each.key, EVERYTHING)]
    if not chosen:
        raise RuleBroken(_("Đơn vị vừa sửa hoặc rút ý kiến này: hãy tải lại trang kết quả của kỳ rồi chọn lại."))
    added = takeover.take_over(conference, chosen, by=guard.current_account(), at=clock.now())
    db.session.commit()
    link = url_for("conference.show", public_id=conference.public_id)
    words = _("Đã lấy %(count)s ý kiến vào hội nghị.", count=added) if added else _("Hội nghị đã có ý kiến này.")
    flash(Markup('{} <a href="{}">{}</a>').format(words, link, _("Mở hội nghị")), "success")
    place = url_for(
        "period_results.show", public_id=period.public_id, conference=conference.public_id, _anchor="y-kien"
    )
    return redirect(place)
