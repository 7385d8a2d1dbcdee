"""What the front sheet says of its period's results, each with the number of the sheet that holds the figures."""

from tracker.domain.award_counts import count_awards
from tracker.domain.period_results import PeriodResults
from tracker.domain.vietnamese import paper_count
from tracker.exports.annexes import has_progress
from tracker.exports.period_sheets.all_sheets import AWARDS, PROGRESS, SENDINGS, forms
from tracker.exports.period_sheets.progress import summary
from tracker.exports.review_results_text import awards_sentence

FIRST_FORM = 7
"""A conference's own sheets are Biểu số 02 to 06."""


def told(results: PeriodResults) -> dict[str, str]:
    """By part (PROGRESS, AWARDS, SENDINGS); a part without figures is not there."""
    named = forms(results, FIRST_FORM)
    lines = {}
    if results.progress and has_progress(results):
        lines[PROGRESS] = summary(results.progress)
    if results.awards:
        lines[AWARDS] = awards_sentence(count_awards(results.awards))
    if results.sendings:
        counts = (("đúng hạn", results.on_time), ("chậm", results.late), ("chưa gửi", results.not_sent))
        told_of = ", ".join(f"{word} {paper_count(len(rows))}" for word, rows in counts)
        lines[SENDINGS] = f"{paper_count(len(results.sendings))} đơn vị: {told_of}."
    return {key: f"{text.rstrip('.')} ({named[key]})" for key, text in lines.items()}
