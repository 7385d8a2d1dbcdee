"""What units' stored points add up to, read as plain values: the points of one unit, or of a whole period."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import select

from tracker.db import db
from tracker.domain.scores import ScoreStage
from tracker.domain.unit_sums import LineStages, UnitSums, sums
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit
from tracker.queries import criteria, scoring


def of(period: ReportingPeriod, submissions: Collection[int] | None = None) -> Mapping[int, UnitSums]:
    """By number of the submission, of these or of all. Six queries. AssertionError without a criteria set."""
    assert period.criteria_set is not None
    listed = criteria.rows_of(period.criteria_set)
    tree = criteria.tree(period.criteria_set, listed)
    keys = {row.id: row.public_id for row in listed}
    classes = scoring.class_rows(scoring.classes_of(period.criteria_set), listed)
    numbers = scoring.full_numbers(tree)
    wanted = Submission.period_id == period.id
    if submissions is not None:
        wanted &= Submission.id.in_(submissions)
    units = db.session.execute(select(Submission.id, Unit.public_id).join(Submission.unit).where(wanted)).all()
    asked = (
        select(Entry.submission_id, Entry.criterion_id, Entry.assigned, Score.stage, Score.points, Score.provisional)
        .join(Entry.submission)
        .outerjoin(Score, Score.entry_id == Entry.id)
        .where(wanted, Entry.criterion_id.is_not(None))
    )
    stages: dict[tuple[int, str], dict[ScoreStage, Decimal | None]] = defaultdict(dict)
    assigned: dict[tuple[int, str], bool] = {}
    moving = set()
    for submission, criterion, is_assigned, stage, points, provisional in db.session.execute(asked):
        place = submission, keys[criterion or 0]
        assigned[place] = is_assigned
        if stage is not None:
            stages[place][stage] = points
        if stage is ScoreStage.SELF and provisional:
            moving.add(place)
    lines: dict[int, dict[str, LineStages]] = defaultdict(dict)
    for place, is_assigned in assigned.items():
        lines[place[0]][place[1]] = LineStages(is_assigned, stages[place], place in moving)
    return {submission: sums(tree, unit, lines[submission], classes, numbers) for submission, unit in units}
