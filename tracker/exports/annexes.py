"""The annexes of a review report: ranking, progress, matrix, achievements, awards, sending.

Empty ones vanish with their number. The body of the report names an annex by `places`, so that
a reference and a number cannot differ.
"""

from tracker.domain.award_counts import count_awards
from tracker.domain.paper import Annex
from tracker.domain.period_results import NOT_ASSIGNED, PeriodResults
from tracker.domain.record import ConferenceRecord
from tracker.exports.annex_parts import Part, drawn, places_of
from tracker.exports.period_sheets.progress import rule as progress_rule
from tracker.exports.phrases import date_line, line, number_line
from tracker.exports.ranking_text import ranking_parts
from tracker.exports.result_tables import (
    BLANKS,
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


def places(results: PeriodResults | None) -> dict[str, str]:
    """"Phụ lục II" by key, of those that hold something; "Phụ lục" alone when there is one only."""
    return places_of(_parts(results))


def annexes(record: ConferenceRecord) -> tuple[Annex, ...]:
    """The annexes of a conference's report, drawn from the results of its period."""
    results = record.results
    if results is None:
        return ()
    return drawn(_parts(results), results.period.label, _sent_with(record))


def _parts(results: PeriodResults | None) -> list[Part]:
    if results is None:
        return []
    counted = count_awards(results.awards)
    progress, deeds, awards, sendings = (
        progress_table(results), achievement_table(results), award_table(results), sending_table(results)
    )
    found = ranking_parts(results.ranking)
    if progress and has_progress(results):
        title = "Kết quả thực hiện chỉ tiêu giao ước thi đua"
        found.append(Part(PROGRESS, title, (progress,), _progress_notes(results)))
    if results.has_figures:
        notes = tuple(matrix_notes(results))
        found.append(Part(MATRIX, "Kết quả theo tiêu chí của các đơn vị", matrix_tables(results), notes, True))
    if deeds:
        found.append(Part(DEEDS, "Thành tích, điển hình tiên tiến của các đơn vị", (deeds,), ()))
    if awards:
        title = "Khen thưởng theo hình thức, loại hình và đối tượng"
        found.append(Part(AWARDS, title, (awards,), tuple(award_notes(counted)), is_wide(counted)))
    if sendings:
        found.append(Part(SENDINGS, "Tình hình gửi báo cáo của các đơn vị", (sendings,), _sending_notes(results)))
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


def _sent_with(record: ConferenceRecord) -> str:
    """(Kèm theo Báo cáo số …/BC-… ngày … của Khối thi đua …)."""
    head = record.letterhead
    number = number_line(head.report_number, head.report_sign, "BC-…").removeprefix("Số: ")
    _place, _, day = date_line(record).partition(", ")
    return f"(Kèm theo Báo cáo số {number} {day} của {line(record.bloc_name)})"
