"""The Excel summary (tổng hợp) of one conference: six sheets, then those of its period's results, from one record."""

from tracker.domain.record import ConferenceRecord
from tracker.domain.vietnamese import joined
from tracker.exports.conference_sheets import course, front, people, results_lines, tasks
from tracker.exports.period_sheets import all_sheets
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.frame import Frame, date_line


def workbook(record: ConferenceRecord) -> bytes:
    """The .xlsx file. Every value is a value, never a formula; names are those of the conference's day."""
    book = Book(_about(record))
    framed = Frame(
        letterhead=record.letterhead,
        date_line=date_line(record.letterhead, record.last_day, record.precision),
        draft=record.draft,
        illustration=record.illustration,
    )
    front.draw(book, record, framed)
    people.draw_members(book, record, framed)
    people.draw_delegates(book, record, framed)
    task_sheet, task_rows = tasks.draw(book, record, framed)
    course.draw_assessment(book, record, framed, task_rows)
    course.draw_remarks(book, record, framed, task_rows)
    book.move_to_end(task_sheet.page)
    if record.results:
        all_sheets.draw(book, record.results, framed, results_lines.FIRST_FORM)
    return book.content()


def _about(record: ConferenceRecord) -> About:
    kinds = joined([kind.label.lower() for kind in record.kinds])
    period = record.period.label if record.period else ""
    title = " ".join(f"Tổng hợp Hội nghị {kinds} {period}".split())
    return About(title=title, author=record.bloc_name, subject=record.bloc_name, made_on=record.last_day)
