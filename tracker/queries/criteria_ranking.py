"""What a criteria set says of ranking: what decides between equals, classes with floors, shares with their source."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.criteria import CriterionPart
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.scoring import ClassBand, ClassFloor, QuotaHint, TieRow
from tracker.queries import criteria


@dataclass(frozen=True)
class RankingRules:
    """The rows of a set in their order."""

    ties: tuple[TieRow, ...]
    classes: tuple[ClassBand, ...]
    hints: tuple[QuotaHint, ...]

    @property
    def empty(self) -> bool:
        return not (self.ties or self.classes or self.hints)


def rules_of(criteria_set: CriteriaSet) -> RankingRules:
    """Four queries."""
    own = criteria_set.id
    ties = select(TieRow).where(TieRow.criteria_set_id == own).options(joinedload(TieRow.criterion))
    classes = (
        select(ClassBand)
        .where(ClassBand.criteria_set_id == own)
        .options(selectinload(ClassBand.floors).joinedload(ClassFloor.criterion))
    )
    hints = select(QuotaHint).where(QuotaHint.criteria_set_id == own).order_by(QuotaHint.id)
    return RankingRules(
        tuple(db.session.scalars(ties.order_by(TieRow.position))),
        tuple(db.session.scalars(classes.order_by(ClassBand.position))),
        tuple(db.session.scalars(hints)),
    )


def groups_of(criteria_set: CriteriaSet) -> list[Criterion]:
    """The top groups inside the maximum: whose points may decide, and of which a class may ask a floor.

    A group that holds bonus or penalty only is none of them; one that is still empty is.
    """
    rows = criteria.rows_of(criteria_set)
    above = {row.id: row.parent_id for row in rows}
    parts: dict[int, set[CriterionPart]] = defaultdict(set)
    for row in rows:
        top = row.id
        while (parent := above[top]) is not None:
            top = parent
        if row.function is not None:
            parts[top].add(row.part)
    return [
        row
        for row in rows
        if row.parent_id is None
        and row.function is None
        and row.part is CriterionPart.MAIN
        and (row.id not in parts or CriterionPart.MAIN in parts[row.id])
    ]


def naming(rows: Collection[Criterion]) -> list[Criterion]:
    """Those of these rows that a tie-breaker or a floor names."""
    numbers = [row.id for row in rows]
    named = set(db.session.scalars(select(TieRow.criterion_id).where(TieRow.criterion_id.in_(numbers))))
    named |= set(db.session.scalars(select(ClassFloor.criterion_id).where(ClassFloor.criterion_id.in_(numbers))))
    return [row for row in rows if row.id in named]
