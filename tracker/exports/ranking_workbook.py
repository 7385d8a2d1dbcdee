"""The ranking of a period as a workbook: summary, matrix, differences, explanation of each unit, charts."""

from collections.abc import Callable

from tracker.domain.ranking_paper import RankingPaper, differences
from tracker.exports.period_sheets.drawing import Drawing
from tracker.exports.ranking_rows import matrix_rows
from tracker.exports.ranking_sheets import explanation
from tracker.exports.ranking_sheets.charts import draw_charts, has_charts
from tracker.exports.ranking_sheets.differences import draw_differences
from tracker.exports.ranking_sheets.explanation import draw_explanations, draw_one
from tracker.exports.ranking_sheets.matrix import draw_matrix
from tracker.exports.ranking_sheets.summary import draw_summary
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.frame import Frame

Draw = Callable[[Drawing, RankingPaper], None]
RANKING, POINTS, DIFFERENCES, EXPLANATIONS, CHARTS = "ranking", "points", "differences", "explanations", "charts"


def kept(paper: RankingPaper) -> list[tuple[str, int, Draw]]:
    """(key, number of sheets, who draws them) of the sheets that hold something."""
    everything: list[tuple[str, int, Draw]] = [
        (RANKING, 1, draw_summary),
        (POINTS, bool(matrix_rows(paper.shown)), draw_matrix),
        (DIFFERENCES, any(True for _each in differences(paper.shown)), draw_differences),
        (EXPLANATIONS, explanation.sheet_count(paper), draw_explanations),
        (CHARTS, has_charts(paper), draw_charts),
    ]
    return [(key, int(count), drawn) for key, count, drawn in everything if count]


def ranking_workbook(paper: RankingPaper, framed: Frame) -> bytes:
    """The .xlsx file. Values only, never formulas; the stamp stands on every sheet."""
    drawing = _drawing(paper, framed, f"Xếp hạng {paper.shown.period.label}")
    for _key, _count, drawn in kept(paper):
        drawn(drawing, paper)
    return drawing.book.content()


def explained_workbook(paper: RankingPaper, unit: str, framed: Frame) -> bytes:
    """Only the explanation of one unit, by its key. KeyError when it is not in the ranking."""
    drawing = _drawing(paper, framed, f"Giải thích điểm {paper.shown.period.label}")
    draw_one(drawing, paper, unit)
    return drawing.book.content()


def _drawing(paper: RankingPaper, framed: Frame, title: str) -> Drawing:
    shown = paper.shown
    book = Book(About(title, shown.bloc_name, shown.bloc_name, shown.period.last_day))
    return Drawing(book, framed, national=True)
