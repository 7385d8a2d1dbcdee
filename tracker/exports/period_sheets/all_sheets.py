"""All sheets of a period's results, in order; a sheet about nothing is left out."""

from tracker.domain.period_results import PeriodResults
from tracker.exports.period_sheets.achievements import draw_achievements, draw_activities
from tracker.exports.period_sheets.awards import draw_awards
from tracker.exports.period_sheets.drawing import Drawing
from tracker.exports.period_sheets.lateness import draw_lateness
from tracker.exports.period_sheets.matrix import draw_matrix
from tracker.exports.period_sheets.progress import draw_progress
from tracker.exports.period_sheets.proposals import draw_proposals
from tracker.exports.period_sheets.summary import draw_summary
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.frame import Frame


def draw(book: Book, results: PeriodResults, framed: Frame, first_form: int) -> None:
    """Put the sheets behind those of the book; `first_form` is the number of the first ("Biểu số 07")."""
    drawing = Drawing(book, framed, first_form)
    if results.sendings:
        draw_summary(drawing, results)
    if results.measured:
        draw_matrix(drawing, results)
    if results.progress and results.progress.rows:
        label = f"Kỳ báo cáo: {results.period.label}"
        draw_progress(book, results.progress, framed, form=drawing.next_form(), subtitle=label)
    if results.deeds or results.examples:
        draw_achievements(drawing, results)
    if results.awards:
        draw_awards(drawing, results)
    if results.activities:
        draw_activities(drawing, results)
    if results.sendings:
        draw_lateness(drawing, results)
    if results.proposals:
        draw_proposals(drawing, results)


def results_workbook(results: PeriodResults, framed: Frame) -> bytes:
    """The results of a period by themselves."""
    title = f"Kết quả kỳ báo cáo {results.period.label}"
    book = Book(About(title, results.bloc_name, results.bloc_name, results.period.last_day))
    draw(book, results, framed, 1)
    return book.content()
