"""The annexes of a review report: progress, matrix, achievements, awards, sending. Empty ones vanish with their number.

The body of the report names an annex by `place`, so that a reference and a number cannot differ.
"""

from dataclasses import dataclass

from tracker.domain.award_counts import count_awards
from tracker.domain.paper import Annex, Table
from tracker.domain.period_results import NOT_ASSIGNED, PeriodResults
from tracker.domain.record import ConferenceRecord
from tracker.domain.vietnamese import roman
from tracker.exports.measure import broken
from tracker.exports.period_sheets.progress import rule as progress_rule
from tracker.exports.phrases import bound, date_line, line, number_line
from tracker.exports.result_tables import (
    BLANKS,
    LANDSCAPE,
    PORTRAIT,
    achievement_table,
    award_notes,
    award_table,
    is_wide,
    matrix_notes,
    matrix_tables,
    progress_table,
    sending_table,
)

PROGRESS, MATRIX, DEEDS, AWARDS, SENDINGS = "progress", "matrix", "deeds", "awards", "sendings"
TITLE_SIZE = 14.0


@dataclass(frozen=True)
class _Part:
    key: str
    title: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    landscape: bool = False


def places(results: PeriodResults | None) -> dict[str, str]:
    """"Phụ lục II" by key, of those that hold something; "Phụ lục" alone when there is one only."""
    parts = _parts(results)
    return {part.key: _numbered(place, len(parts)) for place, part in enumerate(parts, start=1)}


def annexes(record: ConferenceRecord) -> tuple[Annex, ...]:
    """The annexes of a conference's report, drawn from the results of its period."""
    results = record.results
    if results is None:
        return ()
    parts = _parts(results)
    return tuple(
        Annex(
            number=_numbered(place, len(parts)),
            title=_title(part, results),
            sent_with=bound(_sent_with(record)),
            tables=part.tables,
            notes=part.notes,
            landscape=part.landscape,
        )
        for place, part in enumerate(parts, start=1)
    )


def _parts(results: PeriodResults | None) -> list[_Part]:
    if results is None:
        return []
    counted = count_awards(results.awards)
    progress, deeds, awards, sendings = (
        progress_table(results), achievement_table(results), award_table(results), sending_table(results)
    )
    found = []
    if progress and has_progress(results):
        title = "Kết quả thực hiện chỉ tiêu giao ước thi đua"
        found.append(_Part(PROGRESS, title, (progress,), _progress_notes(results)))
    if results.has_figures:
        notes = tuple(matrix_notes(results))
        found.append(_Part(MATRIX, "Kết quả theo tiêu chí của các đơn vị", matrix_tables(results), notes, True))
    if deeds:
        found.append(_Part(DEEDS, "Thành tích, điển hình tiên tiến của các đơn vị", (deeds,), ()))
    if awards:
        title = "Khen thưởng theo hình thức, loại hình và đối tượng"
        found.append(_Part(AWARDS, title, (awards,), tuple(award_notes(counted)), is_wide(counted)))
    if sendings:
        found.append(_Part(SENDINGS, "Tình hình gửi báo cáo của các đơn vị", (sendings,), _sending_notes(results)))
    return found


def has_progress(results: PeriodResults) -> bool:
    """Whether any unit reported a figure on a row of the pledge."""
    units = results.progress.units if results.progress else ()
    return any(cell.done is not None for unit in units for cell in unit.cells)


def _progress_notes(results: PeriodResults) -> tuple[str, ...]:
    if results.progress is None:
        return ()
    told = ["Tỷ lệ: thực hiện so với kế hoạch năm.", progress_rule(results.progress), BLANKS]
    if any(not cell.assigned for unit in results.progress.units for cell in unit.cells):
        told.append(f"{NOT_ASSIGNED}: không được giao.")
    return tuple(told)


def _sending_notes(results: PeriodResults) -> tuple[str, ...]:
    told = [
        "Số ngày chậm tính từ lần gửi đầu so với hạn gửi hoặc ngày được gia hạn; "
        "báo cáo bị trả lại và gửi lại không tính chậm nếu lần đầu đúng hạn."
    ]
    for each in results.sendings:
        if each.extended_to and each.extension_reason:
            told.append(f"Gia hạn cho {line(each.unit.name)}: {line(each.extension_reason).rstrip('.')}.")
    return tuple(told)


def _numbered(place: int, count: int) -> str:
    return f"Phụ lục {roman(place)}" if count > 1 else "Phụ lục"


def _title(part: _Part, results: PeriodResults) -> tuple[str, ...]:
    """In capitals, the period on a line of its own."""
    room = (LANDSCAPE if part.landscape else PORTRAIT) - 20
    return (*broken(part.title.upper(), room, TITLE_SIZE, bold=True), results.period.label.upper())


def _sent_with(record: ConferenceRecord) -> str:
    """(Kèm theo Báo cáo số …/BC-… ngày … của Khối thi đua …)."""
    head = record.letterhead
    number = number_line(head.report_number, head.report_sign, "BC-…").removeprefix("Số: ")
    _place, _, day = date_line(record).partition(", ")
    return f"(Kèm theo Báo cáo số {number} {day} của {line(record.bloc_name)})"
