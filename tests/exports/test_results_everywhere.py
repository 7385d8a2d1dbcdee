"""Word, PDF, Excel and the screen are read back: every number of a period's results is the same in all four."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pypdf
import pytest
from flask import current_app
from markupsafe import Markup

from tests.exports.results import half_year, reviewed
from tests.exports.workbooks import opened
from tests.world import World
from tracker.domain.award_counts import count_awards
from tracker.domain.paper import Table
from tracker.domain.period_results import NOT_ASSIGNED, Figure, PeriodResults
from tracker.domain.vietnamese import number, short_date
from tracker.exports import pdf, result_tables, word
from tracker.exports.conference_workbook import workbook
from tracker.exports.result_tables import percent_text

SIZES = [(8, 30), (20, 12), (3, 4)]


def matrix_expected(results: PeriodResults) -> dict[tuple[str, str], tuple[str, str]]:
    """(line, unit) → (result, target) as they are to be read."""
    return {
        (line.title, unit.short_name): _read_as(figure)
        for line in results.measured
        for unit, figure in zip(results.units, line.figures, strict=True)
    }


def _read_as(figure: Figure) -> tuple[str, str]:
    if not figure.assigned:
        return NOT_ASSIGNED, ""
    return number(figure.value), number(figure.target)


def cell_read(text: str) -> tuple[str, str]:
    """688 over "CT 1.250" → (688, 1.250)."""
    value, _, target = text.partition("\n")
    return value.strip(), target.strip().removeprefix("CT ")


def grid_matrix(rows: list[list[str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """A table of criteria × units as read, its head first."""
    head = rows[0]
    return {
        (row[1], unit): cell_read(text)
        for row in rows[1:]
        if len(row) == len(head) and len(set(row)) > 2
        for unit, text in zip(head[3:], row[3:], strict=True)
    }


def word_tables(content: bytes) -> list[list[list[str]]]:
    """Tables of the annexes, row by row; a cell that spans several is given once."""
    found = []
    for table in docx.Document(BytesIO(content)).tables[2:]:
        rows = []
        for row in table.rows:
            seen: list[Any] = []
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.append(cell._tc)
            rows.append([docx.table._Cell(each, table).text for each in seen])
        found.append(rows)
    return found


def word_matrix(content: bytes) -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for rows in word_tables(content):
        if rows[0][1] == "Tiêu chí, chỉ tiêu":
            found |= grid_matrix(rows)
    return found


def screen_rows(markup: str) -> list[list[str]]:
    """The table as read on screen; a word for a blank is a blank, a second line a second line."""
    plain = re.sub(r'<span class="blank">[^<]*</span>', "", markup)
    plain = re.sub(r'<span class="small d-block quiet">', "\n", plain)
    rows = []
    for row in re.findall(r"<tr\b.*?</tr>", plain, re.DOTALL):
        cells = re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        rows.append([Markup(re.sub(r"<[^>]+>", "", cell)).unescape() for cell in cells])
    return rows


def on_screen(table: Table) -> list[list[str]]:
    page = current_app.jinja_env.from_string(
        '{% from "period_results/_table.html" import result_table %}{{ result_table("b", "Bảng", table) }}'
    )
    return screen_rows(page.render(table=table))


def excel_matrix(content: bytes) -> dict[tuple[str, str], tuple[str, str]]:
    """The sheet(s) "Kết quả theo tiêu chí": unit names over their two columns."""
    found = {}
    for page in opened(content).worksheets:
        if not page.title.startswith(("Kết quả theo tiêu chí", "Tiêu chí ")):
            continue
        head = next(cell.row for cell in page["A"] if cell.value == "STT")
        units = {column: page.cell(head, column).value for column in range(4, page.max_column + 1, 2)}
        for row in range(head + 2, page.max_row + 1):
            title = page.cell(row, 2).value
            if title is None or page.cell(row, 3).value is None or page.cell(row, 1).value is None:
                continue
            for column, unit in units.items():
                if unit is not None:
                    target, value = page.cell(row, column).value, page.cell(row, column + 1).value
                    found[title, unit] = _shown(value), _shown(target)
    return found


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else number(None if value is None else Decimal(str(value)))


@pytest.mark.parametrize("units, leaves", SIZES)
def test_the_matrix_is_the_same_in_word_excel_and_on_screen(world: World, units: int, leaves: int) -> None:
    results = half_year(units, leaves)
    expected = matrix_expected(results)
    assert len(expected) == units * leaves
    assert word_matrix(word.report(reviewed(results))) == expected
    assert excel_matrix(workbook(reviewed(results))) == expected
    assert grid_matrix(on_screen(result_tables.whole_matrix(results))) == expected


def pdf_words(content: bytes) -> str:
    """The text of all pages without white space, page numbers and repeated heads included."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return re.sub(r"[\s\u200b]", "", text)


@pytest.mark.parametrize("units, leaves", SIZES)
def test_every_row_of_word_stands_in_the_pdf(units: int, leaves: int) -> None:
    """Row by row, all tables of the annexes: the same cells in the same order. Heads over two rows: cell by cell."""
    record = reviewed(half_year(units, leaves))
    text = pdf_words(pdf.report(record))
    tables = word_tables(word.report(record))
    assert sum(len(rows) for rows in tables) > units + leaves
    for rows in tables:
        for place, row in enumerate(rows):
            told = row if place == 0 or row[0] == "STT" else ["".join(row)]
            for part in told:
                assert re.sub(r"\s", "", part) in text, row


def test_progress_is_the_same_in_word_excel_and_on_screen(world: World) -> None:
    results = half_year(8, 4, 6)
    assert results.progress is not None
    expected = []
    for unit in results.progress.units:
        for row, cell in zip(results.progress.rows, unit.cells, strict=True):
            figures = (number(cell.plan), number(cell.done), percent_text(cell.percent))
            expected.append((unit.name, row.content, *(figures if cell.assigned else (NOT_ASSIGNED, "", ""))))
    table = result_tables.progress_table(results)
    assert table is not None
    for rows in (
        next(rows for rows in word_tables(word.report(reviewed(results))) if rows[0][1] == "Đơn vị, chỉ tiêu"),
        on_screen(table),
    ):
        read, unit = [], ""
        for row in rows[1:]:
            if len(row) == 1:
                unit = row[0]
            elif row[3] == NOT_ASSIGNED:
                read.append((unit, row[1], NOT_ASSIGNED, "", ""))
            else:
                read.append((unit, row[1], *row[3:]))
        assert read == expected
    page = opened(workbook(reviewed(results)))["Thực hiện giao ước"]
    read = []
    for cells in page.iter_rows(values_only=True):
        if isinstance(cells[0], int):
            share = percent_text(None if cells[6] is None else Decimal(str(cells[6])) * 100)
            read.append((cells[1], cells[2], _shown(cells[4]), _shown(cells[5]), share))
    assert read == expected


def test_awards_and_sendings_are_the_same_everywhere(world: World) -> None:
    results = half_year(8, 4)
    counted = count_awards(results.awards)
    places = [(method, who) for method in counted.methods for who in counted.objects]
    expected = [
        [row.form, *(number(row.counts.get(each)) for each in places), *(number(row.total(w)) for w in counted.objects)]
        for row in counted.rows
    ]
    assert [row[0] for row in expected] == ["Bằng khen của Chủ tịch UBND tỉnh", "Giấy khen"]
    sent = [
        [
            each.unit.name, short_date(each.due.date()), short_date(each.extended_to),
            short_date(each.first_sent.date() if each.first_sent else None), str(each.times_returned),
            number(each.days_late),
        ]
        for each in results.sendings
    ]
    table = word_tables(word.report(reviewed(results)))
    awards = next(rows for rows in table if "Thường xuyên" in rows[0])
    assert [row[1:] for row in awards[2:-1]] == expected
    drawn = result_tables.award_table(results)
    assert drawn is not None and [row[1:] for row in on_screen(drawn)[2:-1]] == expected
    told = next(rows for rows in table if "Gửi lần đầu" in rows[0])
    assert [_sending(row) for row in told[1:]] == sent
    drawn = result_tables.sending_table(results)
    assert drawn is not None and [_sending(row) for row in on_screen(drawn)[1:]] == sent
    book = opened(workbook(reviewed(results)))
    rows = book["Khen thưởng"].iter_rows(values_only=True)
    read = [[_shown(cell) for cell in row[1:]] for row in rows if isinstance(row[0], int)]
    assert read == expected
    read = [
        [row[1], *(short_date(day.date() if day else None) for day in row[2:5]), str(row[6]), _shown(row[7])]
        for row in book["Gửi báo cáo"].iter_rows(values_only=True)
        if isinstance(row[0], int)
    ]
    assert read == sent


def _sending(row: list[str]) -> list[str]:
    return [row[1], row[2], row[3], "" if row[4] == "Chưa gửi báo cáo" else row[4], *row[6:]]
