"""All sheets of a period's results, in order; a sheet about nothing is left out."""

from collections.abc import Callable

from tracker.domain.period_results import PeriodResults
from tracker.domain.ranking_paper import RankingPaper
from tracker.exports.period_sheets.achievements import draw_achievements, draw_activities
from tracker.exports.period_sheets.awards import draw_awards
from tracker.exports.period_sheets.drawing import Drawing, form_name
from tracker.exports.period_sheets.lateness import draw_lateness
from tracker.exports.period_sheets.matrix import draw_matrix, sheet_count
from tracker.exports.period_sheets.progress import draw_progress
from tracker.exports.period_sheets.proposals import draw_proposals
from tracker.exports.period_sheets.summary import draw_summary
from tracker.exports.ranking_sheets.explanation import draw_together
from tracker.exports.ranking_workbook import EXPLANATIONS
from tracker.exports.ranking_workbook import kept as ranking_sheets
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.frame import Frame

SUMMARY, MATRIX, PROGRESS, DEEDS = "summary", "matrix", "progress", "deeds"
AWARDS, ACTIVITIES, SENDINGS, PROPOSALS = "awards", "activities", "sendings", "proposals"
Draw = Callable[[Drawing, PeriodResults], None]


def _progress(drawing: Drawing, results: PeriodResults) -> None:
    assert results.progress is not None
    label = f"Kỳ báo cáo: {results.period.label}"
    draw_progress(drawing.book, results.progress, drawing.framed, form=drawing.next_form(), subtitle=label)


def _kept(results: PeriodResults) -> list[tuple[str, int, Draw]]:
    """(key, number of sheets, who draws them) of the sheets that hold something."""
    everything: list[tuple[str, int, Draw]] = [
        *_ranking(results),
        (SUMMARY, bool(results.sendings), draw_summary),
        (MATRIX, sheet_count(results), draw_matrix),
        (PROGRESS, bool(results.progress and results.progress.rows), _progress),
        (DEEDS, bool(results.deeds or results.examples), draw_achievements),
        (AWARDS, bool(results.awards), draw_awards),
        (ACTIVITIES, bool(results.activities), draw_activities),
        (SENDINGS, bool(results.sendings), draw_lateness),
        (PROPOSALS, bool(results.proposals), draw_proposals),
    ]
    return [(key, int(count), drawn) for key, count, drawn in everything if count]


def _ranking(results: PeriodResults) -> list[tuple[str, int, Draw]]:
    """The sheets of the published ranking; the units are explained together in one."""
    paper = results.ranking
    if paper is None:
        return []

    def drawn(draw_sheet: Callable[[Drawing, RankingPaper], None]) -> Draw:
        return lambda drawing, _results: draw_sheet(drawing, paper)

    return [
        (key, 1, drawn(draw_together if key == EXPLANATIONS else draw_sheet))
        for key, _count, draw_sheet in ranking_sheets(paper)
    ]


def forms(results: PeriodResults, first_form: int) -> dict[str, str]:
    """"Biểu số 09" of each part that is drawn, the first of several."""
    found = {}
    for key, count, _drawn in _kept(results):
        found[key] = form_name(first_form)
        first_form += count
    return found


def draw(book: Book, results: PeriodResults, framed: Frame, first_form: int) -> None:
    """Put the sheets behind those of the book; `first_form` is the number of the first ("Biểu số 07")."""
    drawing = Drawing(book, framed, first_form)
    for _key, _count, drawn in _kept(results):
        drawn(drawing, results)


def results_workbook(results: PeriodResults, framed: Frame) -> bytes:
    """The results of a period by themselves."""
    title = f"Kết quả kỳ báo cáo {results.period.label}"
    book = Book(About(title, results.bloc_name, results.bloc_name, results.period.last_day))
    draw(book, results, framed, 1)
    return book.content()
