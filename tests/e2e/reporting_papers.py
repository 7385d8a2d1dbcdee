"""What a unit reports in the period by hand: as it fills in the form, and as it is stored."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import select

from tests.conftest import make_app
from tests.imports import making
from tracker.db import db
from tracker.domain.cells import column_letters
from tracker.domain.form_sheet import ACHIEVEMENTS, NARRATIVE, RESULTS
from tracker.domain.submissions import SubmissionState
from tracker.models.submission import Submission
from tracker.models.unit import UnitName

#: Of the four lines: the result or the count. The last is the row of the pledge that no criterion measures.
RESULT = {0: Decimal("63"), 1: Decimal("52.75"), 3: Decimal("3")}
COUNT = {2: 2}
CORRECTED = Decimal("54.25")
WORDS = "Hoàn thành nhiệm vụ sáu tháng, giữ vững chỉ tiêu đã ký."
LIMITATION = "Giải ngân chậm do vướng mặt bằng ở hai dự án."
HELPED = "Hai hộ ở xã A"
DEED = "Giúp hai hộ khó khăn sửa nhà trước mùa mưa."


@dataclass(frozen=True)
class Kept:
    """A report as it is stored."""

    state: SubmissionState
    lines: list[tuple[Any, ...]]
    texts: dict[str, str | None]
    deeds: list[tuple[Any, ...]]


@contextmanager
def stored(folder: Path) -> Iterator[Callable[[str], Kept]]:
    """Reads a unit's report out of the database that the server writes."""
    app = make_app(folder)

    def read(unit: str) -> Kept:
        db.session.rollback()
        named = select(UnitName.unit_id).where(UnitName.name == unit)
        report = db.session.scalars(select(Submission).where(Submission.unit_id.in_(named))).one()
        kept = Kept(
            report.state,
            [(each.target, each.actual, each.count, each.note) for each in report.entries],
            {each.kind.value: each.text for each in report.sections},
            [(each.kind, each.subject, each.text, each.value) for each in report.achievements],
        )
        db.session.rollback()
        return kept

    with app.app_context():
        yield read
        db.session.remove()
        db.engine.dispose()


def filled(book: openpyxl.Workbook) -> None:
    """What the officer types into the form, with three faults: a word for a number, half a time, an unknown kind."""
    making.fill({place: float(value) for place, value in RESULT.items()})(book)
    making.fill({0: "khoảng 63"})(book)
    making.fill({place: 2.5 for place in COUNT}, "count")(book)
    deeds, words = book[ACHIEVEMENTS], book[NARRATIVE]
    first = making.head_row(deeds, ACHIEVEMENTS) + 1
    for field, value in (("kind", "Huân chương"), ("subject", HELPED), ("text", DEED), ("value", 40_000_000)):
        deeds.cell(row=first, column=making.column(deeds, field, ACHIEVEMENTS)).value = value
    rows, column = making.lines(words, NARRATIVE), making.column(words, "text", NARRATIVE)
    for place, text in ((0, WORDS), (1, LIMITATION)):
        words.cell(row=rows[place], column=column).value = text


def corrected(book: openpyxl.Workbook) -> None:
    """The three faults put right, in the marked copy itself."""
    making.fill({0: float(RESULT[0])})(book)
    making.fill({place: value for place, value in COUNT.items()}, "count")(book)
    page = book[ACHIEVEMENTS]
    kind = making.column(page, "kind", ACHIEVEMENTS)
    page.cell(row=making.head_row(page, ACHIEVEMENTS) + 1, column=kind).value = "Giúp đỡ xã, hộ khó khăn"


def fault_cells(book: openpyxl.Workbook) -> list[tuple[str, str]]:
    """(sheet, cell) of the three faults."""
    results, deeds = book[RESULTS], book[ACHIEVEMENTS]
    rows = making.lines(results)
    return [
        (RESULTS, f"{column_letters(making.column(results, 'actual'))}{rows[0]}"),
        (RESULTS, f"{column_letters(making.column(results, 'count'))}{rows[2]}"),
        (
            ACHIEVEMENTS,
            f"{column_letters(making.column(deeds, 'kind', ACHIEVEMENTS))}{making.head_row(deeds, ACHIEVEMENTS) + 1}",
        ),
    ]
