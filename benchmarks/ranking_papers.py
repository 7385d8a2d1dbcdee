"""The papers of a ranking drawn: python -m benchmarks.ranking_papers [--times 9]"""

import argparse
from dataclasses import replace

from benchmarks.timing import median_ms
from tests.exports.rankings import NOON, paper_of, shown_of
from tests.exports.records_full import full_review
from tests.exports.results import half_year, reviewed
from tracker.exports import pdf, word
from tracker.exports.conference_workbook import workbook
from tracker.exports.ranking_text import ranking_notice
from tracker.exports.ranking_workbook import explained_workbook, ranking_workbook
from tracker.exports.sheets.frame import Frame, date_line


def lines(times: int) -> list[tuple[str, str]]:
    """(work, milliseconds found) of each."""
    head = full_review().letterhead
    framed = Frame(head, date_line(head, NOON.date()), draft=False, illustration=True)
    paper, large = paper_of(shown_of(1, 8, 30)), paper_of(shown_of(1, 20, 50))
    notice = ranking_notice(paper, head, framed.date_line)
    unit = paper.shown.units[0].key
    review = reviewed(replace(half_year(8, 30), ranking=paper))
    found = [
        ("one unit of 30 criteria explained, Excel", lambda: explained_workbook(paper, unit, framed)),
        ("8 units × 30 criteria, all sheets, each unit explained, 2 charts", lambda: ranking_workbook(paper, framed)),
        ("20 units × 50 criteria, the same", lambda: ranking_workbook(large, framed)),
        ("the notice of 8 × 30 with its annexes, Word", lambda: word.draw(notice, word.REPORT)),
        ("the same, PDF", lambda: pdf.draw(notice)),
        ("full workbook of a scored review, 8 × 30", lambda: workbook(review)),
    ]
    return [(work, f"{median_ms(drawn, times):.0f} ms") for work, drawn in found]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=9)
    for work, taken in lines(parser.parse_args().times):
        print(f"{work}: {taken}")
