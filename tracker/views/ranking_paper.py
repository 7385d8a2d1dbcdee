"""The papers of a ranking: Excel, Word and PDF of an edition, Excel of the order as it stands, one unit explained."""

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.domain.paper import Paper
from tracker.domain.ranking_paper import RankingPaper, of_one_unit
from tracker.domain.reporting import PeriodState
from tracker.errors import NotOpen
from tracker.exports import pdf, ranking_text, ranking_workbook, word
from tracker.exports.papers import DOCX, PDF
from tracker.exports.sheets.frame import Frame, date_line
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.submission import Submission
from tracker.queries import item_board, ranking_paper
from tracker.queries import ranking as queries
from tracker.views import downloads
from tracker.views.ranking_pages import loaded_for_reader

bp = Blueprint("ranking_paper", __name__)


@bp.get("/periods/<id:public_id>/ranking/workbook")
@guard.allowed(policy.may_see_scoring, ReportingPeriod)
def workbook(period: ReportingPeriod) -> Response:
    """The order as it stands as Excel sheets, marked as a draft."""
    _scored(period)
    paper = ranking_paper.live(period, loaded_for_reader(period)[0])
    name = _("Xếp hạng %(bloc)s %(period)s (tạm tính).xlsx", bloc=period.bloc.code, period=period.period.label)
    return downloads.xlsx(ranking_workbook.ranking_workbook(paper, _framed(period, paper)), name)


@bp.get("/rankings/<id:public_id>/workbook")
@guard.allowed(policy.may_see_ranking, Ranking)
def edition_workbook(ranking: Ranking) -> Response:
    """An edition as Excel sheets, from its frozen copy."""
    paper = ranking_paper.of_edition(ranking)
    return downloads.xlsx(
        ranking_workbook.ranking_workbook(paper, _framed(ranking.period, paper)), f"{_named(ranking)}.xlsx"
    )


@bp.get("/rankings/<id:public_id>/word", endpoint="word")
@guard.allowed(policy.may_see_ranking, Ranking)
def word_notice(ranking: Ranking) -> Response:
    """An edition as a notice in Word, its tables in annexes."""
    content = word.draw(_notice(ranking), word.REPORT)
    return downloads.sent(content, f"{_named(ranking)}.docx", DOCX)


@bp.get("/rankings/<id:public_id>/pdf", endpoint="pdf")
@guard.allowed(policy.may_see_ranking, Ranking)
def pdf_notice(ranking: Ranking) -> Response:
    """The same notice as PDF."""
    return downloads.sent(pdf.draw(_notice(ranking)), f"{_named(ranking)}.pdf", PDF)


@bp.get("/submissions/<id:public_id>/points/workbook")
@guard.allowed(policy.may_see_points, Submission)
def explanation(submission: Submission) -> Response:
    """Every point of a unit as an Excel sheet: of the published edition, else as far as the reader may see it."""
    period = submission.period
    _scored(period)
    edition = queries.published(period) if period.state in PeriodState.shown_to_all() else None
    judged = guard.may(policy.may_see_judged_points, submission)
    over = judged and guard.may(policy.may_see_scoring, period)
    if edition is not None:
        paper = ranking_paper.of_edition(edition)
    else:
        paper = ranking_paper.live(period, loaded_for_reader(period)[0] if over else None)
    unit = submission.unit.public_id
    if unit not in {each.key for each in paper.shown.units}:
        abort(404)
    if edition is None and not over:
        paper = of_one_unit(paper, unit, judged=judged)
    short = submission.unit.named_on(period.period.last_day).short_name
    name = _("Giải thích điểm %(unit)s %(period)s.xlsx", unit=short, period=period.period.label)
    return downloads.xlsx(ranking_workbook.explained_workbook(paper, unit, _framed(period, paper)), name)


def _scored(period: ReportingPeriod) -> None:
    if not period.scored or period.criteria_set is None:
        raise NotOpen(_("Kỳ này không chấm điểm nên không có xếp hạng."))
    if period.state is PeriodState.PLANNED:
        raise NotOpen(_("Kỳ chưa mở nên chưa có điểm để xếp hạng."))


def _framed(period: ReportingPeriod, paper: RankingPaper) -> Frame:
    today = guard.today()
    head = item_board.letterhead(period.bloc, today)
    return Frame(head, date_line(head, today), draft=paper.draft, illustration=paper.shown.illustration)


def _notice(ranking: Ranking) -> Paper:
    paper = ranking_paper.of_edition(ranking)
    framed = _framed(ranking.period, paper)
    return ranking_text.ranking_notice(paper, framed.letterhead, framed.date_line)


def _named(ranking: Ranking) -> str:
    period = ranking.period
    return _(
        "Xếp hạng %(bloc)s %(period)s phiên bản %(edition)s",
        bloc=period.bloc.code, period=period.period.label, edition=ranking.edition,
    )
