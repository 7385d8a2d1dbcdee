"""What points are computed from, of a whole period, as plain values: 4,000 lines in a tenth of a second.

Recomputing reads every line of a bloc and writes a handful, so it does not load rows to be changed (queries/scoring
does): who writes fetches just those by their numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, select

from tracker.db import db
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.scores import ScoreStage
from tracker.domain.scoring.results import ReportedLine
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score
from tracker.models.submission import Entry, Submission
from tracker.queries import criteria, scoring

#: As many numbers go into one statement; SQLite takes some 32,000.
PARCEL = 5_000


@dataclass(frozen=True)
class OwnPoints:
    """The unit's own points as they are stored; `number` is of the row."""

    number: int
    points: Decimal | None
    computed: bool
    trace: str
    provisional: bool


@dataclass(frozen=True)
class Figure:
    """One unit's line in one criterion; `entry` is the number of its row."""

    entry: int
    submission: int
    criterion: str
    target: Decimal | None
    actual: Decimal | None
    count: int | None
    assigned: bool
    own: OwnPoints | None


@dataclass(frozen=True)
class PeriodFigures:
    """A scored period's lines. `units` by number of the submission, `sent` those that ever sent, `late` in days."""

    tree: CriteriaTree
    leaves: Mapping[str, CriterionNode]
    lines: Sequence[Figure]
    units: Mapping[int, str]
    sent: frozenset[int]
    late: Mapping[int, int | None]
    all_sent: bool

    def reported(self) -> list[ReportedLine]:
        """What the engine reads: figures of those who sent, and the points that units typed."""
        return [
            ReportedLine(
                self.units[line.submission], line.criterion, line.target, line.actual, line.count,
                line.own.points if line.own is not None and not line.own.computed else None,
                self.late[line.submission], line.assigned,
            )
            for line in self.lines
            if line.submission in self.sent
        ]  # fmt: skip


def read(period: ReportingPeriod) -> PeriodFigures:
    """Constant queries. AssertionError for a period without a criteria set."""
    assert period.criteria_set is not None
    listed = criteria.rows_of(period.criteria_set)
    tree = criteria.tree(period.criteria_set, listed)
    keys = {row.id: row.public_id for row in listed}
    submissions = scoring.submissions_of(period)
    apart = scoring.apart_of([each.id for each in submissions])
    own = and_(Score.entry_id == Entry.id, Score.stage == ScoreStage.SELF)
    asked = (
        select(
            Entry.id, Entry.submission_id, Entry.criterion_id, Entry.target, Entry.actual, Entry.count, Entry.assigned,
            Score.id, Score.points, Score.computed, Score.trace, Score.provisional,
        )
        .join(Submission, Submission.id == Entry.submission_id)
        .outerjoin(Score, own)
        .where(Submission.period_id == period.id, Entry.criterion_id.in_(list(keys)))
        .order_by(Entry.id)
    )  # fmt: skip
    lines = [
        Figure(
            entry, submission, keys[criterion or 0], target, actual, count, assigned,
            None if number is None else OwnPoints(number, points, computed, trace, provisional),
        )
        for (entry, submission, criterion, target, actual, count, assigned,
             number, points, computed, trace, provisional) in db.session.execute(asked)
    ]  # fmt: skip
    return PeriodFigures(
        tree=tree,
        leaves={placed.node.key: placed.node for placed in tree.leaves()},
        lines=lines,
        units={each.id: each.unit.public_id for each in submissions},
        sent=frozenset(each.id for each in submissions if each.first_sent_at is not None),
        late={each.id: scoring.late(period, each) for each in submissions},
        all_sent=scoring.all_sent(period, submissions, apart),
    )


def rows_of(lines: Sequence[int]) -> tuple[dict[int, Entry], dict[int, Score]]:
    """The rows of these lines (numbers of entries) and of their own points, to be changed; both by line."""
    entries: dict[int, Entry] = {}
    own: dict[int, Score] = {}
    for start in range(0, len(lines), PARCEL):
        parcel = lines[start : start + PARCEL]
        entries |= {each.id: each for each in db.session.scalars(select(Entry).where(Entry.id.in_(parcel)))}
        asked = select(Score).where(Score.entry_id.in_(parcel), Score.stage == ScoreStage.SELF)
        own |= {each.entry_id: each for each in db.session.scalars(asked)}
    return entries, own
