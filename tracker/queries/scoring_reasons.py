"""Points that differ from the stage before without a reason: whoever gave them agreed with what moved since."""

from tracker.domain.scores import is_unexplained
from tracker.models.submission import Submission
from tracker.queries.scoring import ScoringPeriod


def unexplained(loaded: ScoringPeriod, submission: Submission) -> list[str]:
    """Numbers of the unit's assigned lines where the stage that counts differs from the one before and says nothing.

    `services/scoring.give` lets none through; they come about when a report is sent anew, a term moved or a line of
    another unit changed after the points were accepted. Stages before the last are past and cannot be written any
    more: who judged after them has looked.
    """
    found = []
    for placed in loaded.tree.leaves():
        entry = loaded.entries.get((submission.unit.public_id, placed.node.key))
        here = loaded.final(entry) if entry is not None and entry.assigned else None
        before = loaded.before(entry, here.stage) if entry is not None and here is not None else None
        if here is not None and before is not None and is_unexplained(here.points, here.reason, before.points):
            found.append(placed.full_number)
    return found
