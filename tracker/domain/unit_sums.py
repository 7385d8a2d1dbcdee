"""What a unit's points add up to, stage by stage, and the class they reach: from stored points, whoever read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tracker.domain.criteria import RankBasis
from tracker.domain.criteria_tree import CriteriaTree
from tracker.domain.ranking import ClassRow, classify, floor_missed
from tracker.domain.scores import ScoreStage, last_judged
from tracker.domain.scoring.results import LeafPoints, Trace, UnitTotal
from tracker.domain.scoring.table import add_up

ZERO = Decimal(0)
SETTLED = Trace("")
PROVISIONAL = Trace("", provisional=True)
#: Points of a line by the stages that have a row; None is a row left blank.
Stages = Mapping[ScoreStage, Decimal | None]


@dataclass(frozen=True)
class LineStages:
    """One line of a unit. `provisional`: its own points still are, so whoever took them over may have to look again."""

    assigned: bool
    stages: Stages
    provisional: bool = False

    @property
    def final(self) -> Decimal | None:
        """The points that count."""
        return last_judged(self.stages)


#: A leaf of the set for which the unit has no line: nothing is asked of it.
NO_LINE = LineStages(False, {})


class UnitSums(NamedTuple):
    """What a unit's stored points add up to. `total` of the final points; `own_total`, `bloc_total` of one stage, None
    while nobody gave any points there; `class_name`, `class_note` by the set's classes."""

    total: UnitTotal
    own_total: Decimal | None
    bloc_total: Decimal | None
    class_name: str
    class_note: str


def sums(
    tree: CriteriaTree, unit: str, lines: Mapping[str, LineStages], classes: Sequence[ClassRow],
    numbers: Mapping[str, str],
) -> UnitSums:  # fmt: skip
    """`lines` by the key of their leaf; `numbers` names rows in the words of a missed floor."""
    finals = _leaves(tree, unit, lines, None)
    total = add_up(tree, unit, finals)
    return UnitSums(
        total, _stage_total(tree, unit, lines, ScoreStage.SELF), _stage_total(tree, unit, lines, ScoreStage.BLOC),
        *class_of(total, list(finals.values()), tree.rank_by, classes, numbers),
    )  # fmt: skip


def _leaves(
    tree: CriteriaTree, unit: str, lines: Mapping[str, LineStages], stage: ScoreStage | None
) -> dict[tuple[str, str], LeafPoints]:
    """The points that count (`stage` None), or those of one stage."""
    found = {}
    for placed in tree.leaves():
        leaf = placed.node
        line = lines.get(leaf.key, NO_LINE)
        points = line.final if stage is None else line.stages.get(stage)
        found[unit, leaf.key] = LeafPoints(
            unit, leaf.key, points if line.assigned else None, leaf.maximum or ZERO, leaf.part, line.assigned,
            PROVISIONAL if line.provisional else SETTLED,
        )  # fmt: skip
    return found


def _stage_total(
    tree: CriteriaTree, unit: str, lines: Mapping[str, LineStages], stage: ScoreStage
) -> Decimal | None:
    if all(not line.assigned or line.stages.get(stage) is None for line in lines.values()):
        return None
    return add_up(tree, unit, _leaves(tree, unit, lines, stage)).total


def class_of(
    total: UnitTotal, leaves: Sequence[LeafPoints], basis: RankBasis, rows: Sequence[ClassRow],
    numbers: Mapping[str, str],
) -> tuple[str, str]:  # fmt: skip
    """The class, and which floor kept the unit from the higher one that its points reach; both blank for none."""
    found = classify(total, leaves, basis, rows)
    name = found.name if found else ""
    by_points = classify(total, [], basis, [ClassRow(row.name, row.least) for row in rows])
    if by_points is None or by_points.name == name:
        return name, ""
    missed = next(row for row in rows if row.name == by_points.name)
    return name, f"Không đạt “{missed.name}”: {floor_missed(total, leaves, missed, numbers)}"
