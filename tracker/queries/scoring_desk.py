"""The scoring desk: one unit down the criteria, one criterion across the units. Queries do not grow with either."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.criteria import CriterionPart
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.scores import ScoreStage, ScoringStep, is_unexplained, last_judged, may_take_over
from tracker.models.attachment import Attachment
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Explanation, Score, ScoringTaken
from tracker.models.submission import Entry, ReturnedPlace, Submission
from tracker.models.unit import Unit
from tracker.queries import criteria
from tracker.queries.scoring import ScoringPeriod

ZERO = Decimal(0)
Stages = Mapping[ScoreStage, Score]


@dataclass(frozen=True)
class DeskLine:
    """A unit's line in one criterion as the desk of `stage` shows it. `returned`: why it was, each time it was.

    `unsent`: the report was never sent, so what the unit wrote is its own affair still, and stands here as not written.
    """

    node: CriterionNode
    depth: int
    entry: Entry
    stage: ScoreStage
    stages: Stages
    files: int
    explanation: Explanation | None
    returned: tuple[str, ...]
    submission: Submission
    unsent: bool = False

    @property
    def actual(self) -> Decimal | None:
        return None if self.unsent else self.entry.actual

    @property
    def count(self) -> int | None:
        return None if self.unsent else self.entry.count

    @property
    def note(self) -> str | None:
        return None if self.unsent else self.entry.note

    @property
    def evidence(self) -> Sequence[Attachment]:
        return () if self.unsent else self.entry.files

    @property
    def here(self) -> Score | None:
        """What stands at this desk's stage."""
        return self.stages.get(self.stage)

    @property
    def own(self) -> Score | None:
        return self.stages.get(ScoreStage.SELF)

    @property
    def before(self) -> Score | None:
        """What this stage answers to: the latest stage before it that has points."""
        order = list(ScoreStage)
        earlier = reversed(order[: order.index(self.stage)])
        return next((self.stages[each] for each in earlier if each in self.stages), None)

    @property
    def final(self) -> Decimal | None:
        """The points that count; None while nobody has judged the line (settled.md)."""
        judged = last_judged(self.stages)
        return judged.points if judged is not None else None

    @property
    def difference(self) -> Decimal | None:
        """This stage less the stage before it; None where one of them is blank."""
        before, here = self.before, self.here
        if before is None or here is None or before.points is None or here.points is None:
            return None
        return here.points - before.points

    @property
    def differs(self) -> bool:
        return bool(self.difference)

    @property
    def lacks_evidence(self) -> bool:
        return self.entry.assigned and self.node.evidence_required and not self.files

    @property
    def blank(self) -> bool:
        """Whether it waits for points: assigned, inside the maximum, and no stage has judged it."""
        return self.entry.assigned and self.node.part is CriterionPart.MAIN and self.final is None

    @property
    def waits(self) -> bool:
        """Whether it has no points at this desk's stage yet."""
        return self.entry.assigned and (self.here is None or self.here.points is None)

    @property
    def left(self) -> bool:
        """Whether it still waits and must not: bonus and penalty may stay blank."""
        return self.waits and self.node.part is CriterionPart.MAIN

    @property
    def proposed(self) -> Decimal | None:
        """What one click would take; None when something stands already or nothing is proposed."""
        if not self.entry.assigned or self.before is None or (self.here is not None and not self.unexplained):
            return None
        return self.before.points if may_take_over(self.stage, self.before.stage) else None

    @property
    def unexplained(self) -> bool:
        """What stands here was taken over, and what it was taken from has changed since."""
        if self.here is None or self.before is None:
            return False
        return is_unexplained(self.here.points, self.here.reason, self.before.points)


@dataclass(frozen=True)
class Sums:
    """Sums of lines inside the maximum, bonus added and penalty taken off in `difference` and the totals.

    `lines`, `scored`: of those inside the maximum, since bonus and penalty may stay blank. `owned`, `given`, `judged`:
    lines of any part with own points, with points at this stage, at any judged one; with none a sum is blank, not 0.
    """

    maximum: Decimal = ZERO
    own: Decimal = ZERO
    here: Decimal = ZERO
    final: Decimal = ZERO
    difference: Decimal = ZERO
    lines: int = 0
    scored: int = 0
    owned: int = 0
    given: int = 0
    judged: int = 0

    @property
    def left(self) -> int:
        return self.lines - self.scored


@dataclass(frozen=True)
class DeskGroup:
    """A heading of the set with the sums below it."""

    node: CriterionNode
    depth: int
    sums: Sums


@dataclass(frozen=True)
class Desk:
    """One unit's desk: headings and lines in the set's order."""

    submission: Submission
    stage: ScoreStage
    tree: CriteriaTree
    rows: tuple[DeskGroup | DeskLine, ...]
    sums: Sums
    done: bool

    @property
    def lines(self) -> list[DeskLine]:
        return [row for row in self.rows if isinstance(row, DeskLine)]

    def below(self, group: str) -> list[DeskLine]:
        """The lines of the group with this key."""
        node = next((row.node for row in self.rows if isinstance(row, DeskGroup) and row.node.key == group), None)
        keys = {placed.node.key for placed in node.walk()} if node is not None else set()
        return [line for line in self.lines if line.node.key in keys]


def add(lines: Iterable[DeskLine]) -> Sums:
    """The sums of these lines; a line that was not assigned counts nowhere."""
    found = Sums()
    for line in lines:
        if not line.entry.assigned:
            continue
        sign = -1 if line.node.part is CriterionPart.PENALTY else 1
        main = line.node.part is CriterionPart.MAIN
        found = Sums(
            found.maximum + ((line.node.maximum or ZERO) if main else ZERO),
            found.own + sign * _points(line.own),
            found.here + sign * _points(line.here),
            found.final + sign * (line.final or ZERO),
            found.difference + sign * (line.difference or ZERO),
            found.lines + main,
            found.scored + (main and not line.waits),
            found.owned + (line.own is not None and line.own.points is not None),
            found.given + (line.here is not None),
            found.judged + (line.final is not None),
        )
    return found


def _points(score: Score | None) -> Decimal:
    return (score.points or ZERO) if score is not None else ZERO


def desk(submission: Submission, stage: ScoreStage, *, drafts: bool = False) -> Desk:
    """The desk of one unit. Eight queries. `drafts`: for the unit's own people, who also see what was not sent yet."""
    criteria_set = submission.period.criteria_set
    assert criteria_set is not None
    listed = criteria.rows_of(criteria_set)
    tree = criteria.tree(criteria_set, listed)
    keys = {row.id: row.public_id for row in listed}
    entries = db.session.scalars(select(Entry).where(Entry.submission_id == submission.id)).all()
    by_key = {keys[each.criterion_id]: each for each in entries if each.criterion_id in keys}
    made = _Lines([each.id for each in by_key.values()], drafts=drafts)
    lines = {
        placed.node.key: made(by_key[placed.node.key], placed.node, placed.depth, stage, submission)
        for placed in tree.leaves()
        if placed.node.key in by_key
    }
    rows: list[DeskGroup | DeskLine] = []
    for placed in tree.walk():
        if not placed.node.is_leaf:
            below = [lines[each.node.key] for each in placed.node.walk() if each.node.key in lines]
            rows.append(DeskGroup(placed.node, placed.depth, add(below)))
        elif placed.node.key in lines:
            rows.append(lines[placed.node.key])
    steps = select(ScoringTaken.step).where(ScoringTaken.submission_id == submission.id, ScoringTaken.stage == stage)
    done = db.session.scalar(steps.order_by(ScoringTaken.id.desc()).limit(1)) is ScoringStep.DONE
    return Desk(submission, stage, tree, tuple(rows), add(lines.values()), done)


class _Lines:
    """Makes lines from what was read of all of them at once."""

    def __init__(self, entries: Sequence[int], *, drafts: bool = False) -> None:
        self.drafts = drafts
        self.scores: dict[int, dict[ScoreStage, Score]] = defaultdict(dict)
        for score in db.session.scalars(select(Score).where(Score.entry_id.in_(entries)).options(joinedload(Score.by))):
            self.scores[score.entry_id][score.stage] = score
        files = select(Attachment.entry_id, func.count()).where(Attachment.entry_id.in_(entries))
        self.files = {entry: count for entry, count in db.session.execute(files.group_by(Attachment.entry_id))}
        whole = joinedload(Explanation.by), selectinload(Explanation.files)
        told = db.session.scalars(select(Explanation).where(Explanation.entry_id.in_(entries)).options(*whole))
        self.told = {each.entry_id: each for each in told}
        self.returned: dict[int | None, list[str]] = defaultdict(list)
        back = select(ReturnedPlace.entry_id, ReturnedPlace.reason).where(ReturnedPlace.entry_id.in_(entries))
        for returned, reason in db.session.execute(back.order_by(ReturnedPlace.id)):
            self.returned[returned].append(reason)

    def __call__(
        self, entry: Entry, node: CriterionNode, depth: int, stage: ScoreStage, submission: Submission
    ) -> DeskLine:
        unsent = submission.first_sent_at is None and not self.drafts
        stages = self.scores.get(entry.id, {})
        if unsent:
            stages = {each: score for each, score in stages.items() if each is not ScoreStage.SELF}
        return DeskLine(
            node, depth, entry, stage, stages, 0 if unsent else self.files.get(entry.id, 0), self.told.get(entry.id),
            tuple(self.returned.get(entry.id, ())), submission, unsent,
        )  # fmt: skip


def across(
    period: ReportingPeriod, node: CriterionNode, criterion: Criterion, stages: Mapping[int, ScoreStage]
) -> list[DeskLine]:
    """One criterion's line of every unit in `stages` (submission number → the reader's stage), in their order."""
    found = db.session.scalars(
        select(Entry)
        .where(Entry.submission_id.in_(list(stages)), Entry.criterion_id == criterion.id)
        .options(joinedload(Entry.submission).joinedload(Submission.unit).selectinload(Unit.names))
    ).all()
    by_submission = {each.submission_id: each for each in found}
    made = _Lines([each.id for each in found])
    return [
        made(by_submission[number], node, 0, stage, by_submission[number].submission)
        for number, stage in stages.items()
        if number in by_submission
    ]


def replaced(loaded: ScoringPeriod, points: Mapping[int, Decimal | None]) -> ScoringPeriod:
    """The period as it would stand with these final points by line number; nothing is written. Pure."""
    scores = dict(loaded.scores)
    for entry, value in points.items():
        kept = {
            stage: score for stage, score in loaded.scores.get(entry, {}).items() if stage not in ScoreStage.judged()
        }
        if value is not None:
            kept[ScoreStage.COUNCIL] = Score(stage=ScoreStage.COUNCIL, points=value, reason="", trace="")
        scores[entry] = kept
    return replace(loaded, scores=scores)
