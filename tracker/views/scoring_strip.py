"""The strip of units above the desk: how each stands, and what the shapes that stand there mean."""

import re
from collections.abc import Iterable
from typing import Any

from tracker.models.submission import Submission
from tracker.queries import scoring_progress
from tracker.queries.scoring_progress import UnitProgress
from tracker.views.scoring_period import can_open, state_of
from tracker.views.scoring_stage import short_name

#: (shape, tone, words) of one unit, and whose it is.
Tab = tuple[str, tuple[str, str, str], Submission]


def strip_of(progress: Iterable[UnitProgress]) -> list[Tab]:
    """The units whose desk the reader opens, each as it stands."""
    return [(short_name(row.submission), state_of(row), row.submission) for row in progress if can_open(row.submission)]


def legend_of(strip: Iterable[Tab]) -> list[tuple[str, str]]:
    """(shape, words) of the states that stand on the strip, each once and without its counts."""
    found = {(state[0], _plain(state[2])): None for _label, state, _submission in strip}
    return list(found)


def _plain(words: str) -> str:
    """đang chấm 5/10 dòng → đang chấm."""
    bare = re.sub(r" \d+/\d+ .*", "", words)
    return bare[:1].lower() + bare[1:]


def answer(submission: Submission) -> dict[str, Any]:
    """The entry of the open unit and the legend, as the page's script puts them."""
    strip = strip_of(scoring_progress.of_period(submission.period))
    here = next((state for _label, state, other in strip if other.id == submission.id), None)
    return {"strip": here, "legend": legend_of(strip)}
