"""A scored period with everything that its desk, its order and its papers ask: constant queries for any size."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.ranking import ClassRow, TieBreaker
from tracker.domain.reporting import days_late
from tracker.domain.scores import ScoreStage, last_judged
from tracker.domain.unit_sums import LineStages, UnitSums, sums
from tracker.models.attachment import Attachment
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import ClassBand, Explanation, QuotaHint, Score, ScoringTaken, SetApart, TieRow
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit
from tracker.queries import criteria

ZERO = Decimal(0)
Stages = Mapping[ScoreStage, Score]
NO_STAGES: Stages = {}


@dataclass(frozen=True)
class ScoringPeriod:
    """All rows of a scored period, joined by keys: submissions in list order, leaves in the set's order.

    `entries` by (unit key, criterion key); `scores` by entry number; `done` by submission number and stage.
    """

    period: ReportingPeriod
    tree: CriteriaTree
    rows: Mapping[str, Criterion]
    submissions: tuple[Submission, ...]
    entries: Mapping[tuple[str, str], Entry]
    scores: Mapping[int, Stages]
    explanations: Mapping[int, Explanation]
    evidence: Mapping[int, int]
    apart: Mapping[int, SetApart]
    done: Mapping[tuple[int, ScoreStage], ScoringTaken]
    ties: tuple[TieRow, ...]
    classes: tuple[ClassBand, ...]
    hints: tuple[QuotaHint, ...]
    #: How many units that are considered were left out of `submissions`, because the reader may not see their points.
    left_out: int = 0

    @cached_property
    def leaves(self) -> list[CriterionNode]:
        """Asked for every unit again, so walked once."""
        return [placed.node for placed in self.tree.leaves()]

    @property
    def all_sent(self) -> bool:
        """Nothing is provisional any more."""
        return all_sent(self.period, self.submissions, self.apart)

    def late(self, submission: Submission) -> int | None:
        """Days late of its first sending; None while it has not sent."""
        return late(self.period, submission)

    def stage(self, entry: Entry, stage: ScoreStage) -> Score | None:
        return self.scores.get(entry.id, {}).get(stage)

    def final(self, entry: Entry) -> Score | None:
        """The last stage that judged the line: council, else second look, else bloc (settled.md)."""
        return last_judged(self.scores.get(entry.id, NO_STAGES))

    def before(self, entry: Entry, stage: ScoreStage) -> Score | None:
        """The stage whose points this one answers to: the latest one before it that has points.

        What a unit typed and never sent proposes nothing.
        """
        order = list(ScoreStage)
        earlier = [self.stage(entry, each) for each in reversed(order[: order.index(stage)])]
        if entry.submission.first_sent_at is None and order.index(stage):
            earlier.pop()
        return next((score for score in earlier if score is not None), None)

    def tie_breakers(self) -> list[TieBreaker]:
        keys = {row.id: key for key, row in self.rows.items()}
        return [TieBreaker(tie.rule, keys.get(tie.criterion_id or 0)) for tie in self.ties]

    def class_rows(self) -> list[ClassRow]:
        return class_rows(self.classes, self.rows.values())

    def sums(self, submission: Submission) -> UnitSums:
        """What the unit's points add up to, and the class they reach."""
        unit, lines = submission.unit.public_id, {}
        for leaf in self.leaves:
            entry = self.entries.get((unit, leaf.key))
            if entry is not None:
                stages = self.scores.get(entry.id, NO_STAGES)
                own = stages.get(ScoreStage.SELF)
                lines[leaf.key] = LineStages(
                    entry.assigned, {stage: score.points for stage, score in stages.items()},
                    own is not None and own.provisional,
                )  # fmt: skip
        return sums(self.tree, unit, lines, self.class_rows(), self.full_numbers)

    @cached_property
    def full_numbers(self) -> Mapping[str, str]:
        """I › 1 › 1a by the key of a row."""
        return full_numbers(self.tree)


def full_numbers(tree: CriteriaTree) -> dict[str, str]:
    """I › 1 › 1a by the key of a row."""
    return {placed.node.key: placed.full_number for placed in tree.walk()}


def classes_of(criteria_set: CriteriaSet) -> Sequence[ClassBand]:
    """From the top, with their floors. Two queries."""
    return db.session.scalars(
        select(ClassBand)
        .where(ClassBand.criteria_set_id == criteria_set.id)
        .options(selectinload(ClassBand.floors))
        .order_by(ClassBand.position)
    ).all()


def class_rows(classes: Iterable[ClassBand], rows: Iterable[Criterion]) -> list[ClassRow]:
    """As the rules of ranking take them, floors by the keys of these rows."""
    keys = {row.id: row.public_id for row in rows}
    return [
        ClassRow(
            band.name, band.least, band.leaf_floor,
            {keys[floor.criterion_id]: floor.floor for floor in band.floors if floor.criterion_id in keys},
        )
        for band in classes
    ]  # fmt: skip


def load(period: ReportingPeriod) -> ScoringPeriod:
    """About a dozen queries, whatever the number of units and criteria. AssertionError for a period without a set."""
    assert period.criteria_set is not None
    listed = criteria.rows_of(period.criteria_set)
    rows = {row.public_id: row for row in listed}
    keys = {row.id: row.public_id for row in listed}
    submissions = submissions_of(period)
    units = {each.id: each.unit.public_id for each in submissions}
    entries = db.session.scalars(
        select(Entry).where(Entry.submission_id.in_(list(units)), Entry.criterion_id.is_not(None))
    ).all()
    of_period = select(Entry.id).join(Submission).where(Submission.period_id == period.id)
    scores: dict[int, dict[ScoreStage, Score]] = defaultdict(dict)
    for score in db.session.scalars(select(Score).where(Score.entry_id.in_(of_period)).options(joinedload(Score.by))):
        scores[score.entry_id][score.stage] = score
    told = select(Explanation).where(Explanation.entry_id.in_(of_period)).options(joinedload(Explanation.by))
    files = select(Attachment.entry_id, func.count()).where(Attachment.entry_id.in_(of_period))
    set_id = period.criteria_set_id
    return ScoringPeriod(
        period=period,
        tree=criteria.tree(period.criteria_set, listed),
        rows=rows,
        submissions=tuple(submissions),
        entries={(units[each.submission_id], keys[each.criterion_id or 0]): each for each in entries},
        scores=scores,
        explanations={each.entry_id: each for each in db.session.scalars(told)},
        evidence={entry or 0: count for entry, count in db.session.execute(files.group_by(Attachment.entry_id))},
        apart=apart_of(list(units)),
        done=_done(list(units)),
        ties=tuple(
            db.session.scalars(select(TieRow).where(TieRow.criteria_set_id == set_id).order_by(TieRow.position))
        ),
        classes=tuple(classes_of(period.criteria_set)),
        hints=tuple(
            db.session.scalars(select(QuotaHint).where(QuotaHint.criteria_set_id == set_id).order_by(QuotaHint.id))
        ),
    )


def late(period: ReportingPeriod, submission: Submission) -> int | None:
    """Days late of the first sending; None while it has not sent."""
    if submission.first_sent_at is None:
        return None
    granted = period.extension_of(submission.unit_id)
    zone = period.bloc.authority.time_zone
    return days_late(submission.first_sent_at, period.due_at, granted.until if granted else None, zone)


def all_sent(period: ReportingPeriod, submissions: Sequence[Submission], apart: Collection[int]) -> bool:
    """Nothing is provisional any more: every unit has sent or stands apart (its number), or the data are locked."""
    return period.is_locked or all(each.first_sent_at is not None or each.id in apart for each in submissions)


def submissions_of(period: ReportingPeriod) -> list[Submission]:
    """In the bloc's own list order as of the period's last day; those who are not members then come last."""
    rows = db.session.scalars(
        select(Submission)
        .where(Submission.period_id == period.id)
        .options(joinedload(Submission.unit).selectinload(Unit.names))
    ).all()
    last = period.period.last_day
    places = {member.unit_id: member.position for member in period.bloc.memberships if member.holds_on(last)}
    return sorted(rows, key=lambda each: (each.unit_id not in places, places.get(each.unit_id, 0), each.id))


def apart_of(submissions: Sequence[int]) -> dict[int, SetApart]:
    rows = db.session.scalars(select(SetApart).where(SetApart.submission_id.in_(submissions)))
    return {each.submission_id: each for each in rows}


def _done(submissions: Sequence[int]) -> dict[tuple[int, ScoreStage], ScoringTaken]:
    """The last step of each submission and stage."""
    rows = db.session.scalars(
        select(ScoringTaken).where(ScoringTaken.submission_id.in_(submissions)).order_by(ScoringTaken.id)
    )
    return {(each.submission_id, each.stage): each for each in rows}
