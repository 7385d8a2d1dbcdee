"""A unit's form for one period as a workbook, to be filled in and sent back; laid out by domain/form_sheet.py.

Nothing in it that another spreadsheet program drops: no tables, macros, formulas, outside links or merged body cells.
"""

from tracker.domain import form_sheet
from tracker.domain.form_about import FormAbout
from tracker.domain.submission_seen import SubmissionSeen
from tracker.domain.submissions import SectionKind
from tracker.exports.sheets.book import About, Book
from tracker.exports.unit_form_sheets import achievements, guide, lists, narrative, results


def form(seen: SubmissionSeen, about: FormAbout) -> bytes:
    """The .xlsx file: results, achievements, narrative, instructions, and two hidden sheets of words and keys."""
    title = f"Biểu kết quả thi đua {about.period.label}"
    book = Book(About(title=title, author=about.bloc_name, subject=about.unit_name, made_on=about.made_on))
    lines = [line for line in seen.lines if line.assigned]
    results.draw(book, lines, about)
    words = _words(about)
    returned = next((each.returned_reason for each in seen.sections if each.kind is SectionKind.ACHIEVEMENTS), None)
    achievements.draw(book, seen.achievements, about, lists.places(words), open_=results.is_open(about, returned))
    narrative.draw(book, seen.sections, about)
    guide.draw(book, about)
    lists.draw_lists(book, words)
    lists.draw_keys(book, about.keys.rows())
    return book.content()


def _words(about: FormAbout) -> lists.Lists:
    """Field of the sheet of achievements → the head and the words of its list; movements only when there are some."""
    heads = {column.field: column.head for column in form_sheet.ACHIEVEMENT_COLUMNS}
    words = {field: (heads[field], [one.label for one in choice]) for field, choice in form_sheet.CHOICES.items()}
    if about.movements:
        words["movement"] = (heads["movement"], list(form_sheet.movement_labels(about.movements)))
    return words
