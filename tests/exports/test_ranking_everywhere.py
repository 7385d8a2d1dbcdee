"""Screen, Excel, Word and PDF of 50 random blocs are read back: the same numbers in the same order in all four."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import current_app

from tests.exports.rankings import NOON, paper_of, shown_of
from tests.exports.records_full import full_review
from tests.exports.test_results_everywhere import pdf_words, screen_rows, word_tables
from tests.exports.workbooks import opened
from tests.world import World
from tracker.domain import ranking_words
from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.ranking_paper import RankingPaper, differences
from tracker.domain.ranking_shown import RankingShown, ShownPoint, from_json, percent, to_json
from tracker.domain.vietnamese import number
from tracker.exports import pdf, word
from tracker.exports.ranking_text import ranking_notice
from tracker.exports.ranking_workbook import ranking_workbook
from tracker.exports.sheets.frame import Frame, date_line

BLOCS = 50
Row = list[str]


def text(value: Any) -> str:
    """A cell of Excel as papers write a figure with two decimals."""
    if isinstance(value, str) or value is None:
        return value or ""
    return number(Decimal(str(value)), 2)


def expected_summary(shown: RankingShown) -> list[Row]:
    """[name, own, bonus, penalty, bloc, final, maximum, share, rank, class] in order; blank for who stands apart."""
    rows = []
    for unit in shown.units:
        figures = [""] * 8
        if unit.rank is not None and unit.share is not None:
            told = (unit.own_total, unit.bonus, unit.penalty, unit.bloc_total, unit.points, unit.maximum)
            share = f"{number(percent(unit.share, shown.share_places))}%"
            figures = [*(number(each, 2) for each in told), share, str(unit.rank)]
        rows.append([unit.name, *figures, unit.class_name or unit.apart])
    return rows


def figures_of(point: ShownPoint) -> Row:
    """Own, bloc, second, council, approved."""
    if not point.assigned:
        return ["KG"] * 5
    reached = [stage.points if stage else None for stage in (point.own, point.bloc, point.second, point.council)]
    last = next((each for each in (point.council, point.second, point.bloc) if each is not None), None)
    return [number(each, 2) for each in (*reached, last.points if last else None)]


def expected_matrix(shown: RankingShown) -> dict[tuple[str, str], tuple[str, str]]:
    """(title of a leaf inside the maximum, short name) → (own, approved)."""
    found = {}
    for leaf in shown.leaves:
        if leaf.part is CriterionPart.MAIN:
            for unit in shown.units:
                figures = figures_of(shown.points[unit.key][leaf.key])
                found[leaf.title, unit.short_name] = figures[0], figures[4]
    return found


def expected_explained(shown: RankingShown) -> dict[tuple[str, str], Row]:
    """(unit, title of a leaf) → the five figures."""
    return {
        (unit.name, leaf.title): figures_of(shown.points[unit.key][leaf.key])
        for unit in shown.units
        for leaf in shown.leaves
    }


def expected_differences(shown: RankingShown) -> list[Row]:
    found = []
    for each in differences(shown):
        change = number(each.change, 2)
        signed = f"+{change}" if each.change is not None and each.change > 0 else change
        title = f"{each.criterion.number}. {each.criterion.title}"
        found.append([each.unit.name, title, *figures_of(each.point), signed])
    return found


def unit_named(heading: object, names: set[str]) -> str | None:
    """The unit of the row over its lines: its name, behind it who gave most of the points."""
    return name if isinstance(heading, str) and (name := heading.partition(" (")[0]) in names else None


def plain_title(title: str) -> str:
    return re.sub(r" \(điểm (thưởng|trừ)\)$", "", title)


# ---- Excel --------------------------------------------------------------------------------------------------------


def excel_summary(book: Any) -> list[Row]:
    rows = []
    for cells in book["Tổng hợp đơn vị"].iter_rows():
        values = [cell.value for cell in cells]
        if not isinstance(values[0], int):
            continue
        share = ""
        if values[8] is not None:
            places = len(cells[8].number_format.partition(".")[2].rstrip("%"))
            share = f"{number(Decimal(str(values[8])) * 100, places)}%"
        rank = "" if values[9] is None else str(values[9])
        rows.append([values[1], *(text(each) for each in values[2:8]), share, rank, values[10] or ""])
    return rows


def excel_matrix(book: Any) -> dict[tuple[str, str], tuple[str, str]]:
    page = book["Điểm theo tiêu chí"]
    head = next(cell.row for cell in page["A"] if cell.value == "STT")
    found = {}
    for row in range(head + 2, page.max_row + 1):
        title = page.cell(row, 2).value
        if title is None or page.cell(row, 1).value is None or title == title.upper():
            continue
        for column in range(4, page.max_column + 1, 2):
            unit = page.cell(head, column).value
            found[title, unit] = text(page.cell(row, column).value), text(page.cell(row, column + 1).value)
    return found


def excel_explained(book: Any, shown: RankingShown) -> dict[tuple[str, str], Row]:
    found, names = {}, {unit.name for unit in shown.units}
    titles = {leaf.title for leaf in shown.leaves}
    for page in book.worksheets:
        if not page.title.startswith("Giải thích"):
            continue
        unit = next(name for cell in page["A"] if (name := unit_named(cell.value, names)))
        for values in page.iter_rows(values_only=True):
            if values[1] and plain_title(values[1]) in titles:
                found[unit, plain_title(values[1])] = [text(each) for each in values[6:11]]
    return found


def excel_differences(book: Any) -> list[Row]:
    if "Chênh lệch" not in book.sheetnames:
        return []
    found = []
    for values in book["Chênh lệch"].iter_rows(values_only=True):
        if isinstance(values[0], int):
            change = text(values[8])
            signed = f"+{change}" if values[8] is not None and values[8] > 0 else change
            found.append([values[1], values[2], *(text(each) for each in values[3:8]), signed])
    return found


# ---- Word, screen -------------------------------------------------------------------------------------------------


def word_summary(tables: list[list[Row]]) -> list[Row]:
    rows = next(rows for rows in tables if rows[0][-1] == "Tình trạng")
    return [row[1:11] for row in rows[1:]]


def word_matrix(tables: list[list[Row]]) -> dict[tuple[str, str], tuple[str, str]]:
    found = {}
    for rows in tables:
        if len(rows) < 2 or "Được duyệt" not in rows[1] or "Tự chấm" in rows[0]:
            continue
        units = rows[0][3:]
        for row in rows[2:]:
            if row[0] and row[1] != row[1].upper():
                found |= {(row[1], unit): (row[3 + 2 * at], row[4 + 2 * at]) for at, unit in enumerate(units)}
    return found


def word_explained(tables: list[list[Row]], shown: RankingShown) -> dict[tuple[str, str], Row]:
    found, titles, unit = {}, {leaf.title for leaf in shown.leaves}, ""
    names = {each.name for each in shown.units}
    rows = next(rows for rows in tables if rows[0][-1].startswith("Cách tính điểm tự chấm"))
    for row in rows[1:]:
        if len(row) == 1:
            unit = unit_named(row[0], names) or unit
        elif plain_title(row[1]) in titles:
            found[unit, plain_title(row[1])] = row[4:9]
    return found


def word_differences(tables: list[list[Row]]) -> list[Row]:
    rows = next((rows for rows in tables if "Chênh lệch" in rows[0]), [])
    return [row[1:9] for row in rows[1:]]


def on_screen(shown: RankingShown) -> list[Row]:
    """[rank, name, own, points, maximum, share, bonus, penalty, class] of the ranked units."""
    page = current_app.jinja_env.from_string(
        '{% from "ranking/_table.html" import order %}{{ order(shown, words, {}, "", {}, 2025, full=True) }}'
    )
    rows = screen_rows(page.render(shown=shown, words=ranking_words))
    return [[cell.strip().split("\n")[0] for cell in row] for row in rows[1:]]


def drawn(paper: RankingPaper) -> tuple[bytes, bytes, bytes]:
    """Excel, Word and PDF of a ranking."""
    head = full_review().letterhead
    framed = Frame(head, date_line(head, NOON.date()), draft=paper.draft, illustration=True)
    notice = ranking_notice(paper, head, framed.date_line)
    return ranking_workbook(paper, framed), word.draw(notice, word.REPORT), pdf.draw(notice)


def in_order(found: str, rows: list[Row]) -> None:
    """Each row stands in the text of the PDF, after the row before it."""
    place = 0
    for row in rows:
        told = re.sub(r"\s", "", "".join(row))
        place = found.find(told, place)
        assert place >= 0, row
        place += len(told)


@pytest.mark.parametrize("first", range(0, BLOCS, 5))
def test_the_same_numbers_and_order_in_all_four(world: World, first: int) -> None:
    """Five blocs a run, of 3 to 8 units, by points and by share."""
    for seed in range(first, first + 5):
        basis = RankBasis.POINTS if seed % 2 else RankBasis.SHARE
        shown = from_json(to_json(shown_of(seed, 3 + seed % 6, 3 + seed % 4, basis)))
        content, document, printed = drawn(paper_of(shown))
        book, tables, found = opened(content), word_tables(document), pdf_words(printed)
        summary, matrix = expected_summary(shown), expected_matrix(shown)
        assert excel_summary(book) == word_summary(tables) == summary
        assert excel_matrix(book) == word_matrix(tables) == matrix
        assert excel_explained(book, shown) == word_explained(tables, shown) == expected_explained(shown)
        assert excel_differences(book) == word_differences(tables) == expected_differences(shown)
        screen = [[row[8], row[0], row[1], row[5], row[6], row[7], row[2], row[3]] for row in summary if row[8]]
        assert [row[:8] for row in on_screen(shown)] == screen
        in_order(found, [[str(place), *row] for place, row in enumerate(summary, start=1)])
        for rows in tables:
            in_order(found, [row for row in rows if row[0] != "STT" and row[0] != ""])


def test_a_wrong_number_in_one_of_them_is_seen() -> None:
    """The comparison itself: one hundredth more in one cell is found."""
    shown = shown_of(1, 3, 3)
    content, _document, _printed = drawn(paper_of(shown))
    book = opened(content)
    page = book["Tổng hợp đơn vị"]
    row = next(cell.row for cell in page["A"] if cell.value == 1)
    page.cell(row, 7).value = float(page.cell(row, 7).value) + 0.01
    changed = BytesIO()
    book.save(changed)
    assert excel_summary(opened(changed.getvalue())) != expected_summary(shown)


