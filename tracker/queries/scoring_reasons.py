"""Points that differ from the stage before without a reason: whoever gave them agreed with what moved since."""

from tracker.domain.scores import ScoreStage
from tracker.models.submission import Submission
from tracker.queries.scoring import ScoringPeriod


def unexplained(loaded: ScoringPeriod, submission: Submission) -> list[str]:
    """Numbers of the unit's assigned lines where a stage differs from the one before it and says nothing of it.

    `services/scoring.give` lets none through; they come about when a report is sent anew, a term moved or a line of
    another unit changed after the points were accepted.
    """
    found = []
    for placed in loaded.tree.leaves():
        entry = loaded.entries.get((submission.unit.public_id, placed.node.key))
        if entry is None or not entry.assigned:
            continue
        for stage in ScoreStage.judged():
            here, before = loaded.stage(entry, stage), loaded.before(entry, stage)
            if here is not None and before is not None and here.points != before.points and not here.reason:
                found.append(placed.full_number)
                break
    return found
