"""The rows of a ranking's tables before any format: Excel writes their numbers, Word and PDF their texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.criteria import CriterionPart
from tracker.domain.ranking_paper import leaves_below, main_criteria, summed
from tracker.domain.ranking_shown import RankingShown, ShownCriterion, ShownPoint, ShownUnit

TOTAL, MAXIMUM = "TỔNG CỘNG", "Điểm tối đa được giao"


@dataclass(frozen=True)
class MatrixCell:
    """A unit's own and counting points in one row; not `assigned`: neither, and KG in both."""

    own: Decimal | None
    final: Decimal | None
    assigned: bool = True


@dataclass(frozen=True)
class MatrixRow:
    """A leaf, a group with its sums, the total or (`ends`) the assigned maxima."""

    number: str
    title: str
    maximum: Decimal | None
    cells: tuple[MatrixCell, ...]
    is_group: bool = False
    ends: bool = False


def matrix_rows(shown: RankingShown) -> list[MatrixRow]:
    """The criteria inside the maximum, groups before their leaves, then the total and the assigned maxima.

    Cells in the order of `shown.units`. Empty for a set without such criteria.
    """
    below = leaves_below(shown)
    rows = []
    for row in main_criteria(shown):
        own = (row,) if row.is_leaf else below.get(row.key, ())
        if not own:
            continue
        cells = tuple(_cell(shown.points.get(unit.key, {}), own, row.is_leaf) for unit in shown.units)
        title = row.title.upper() if row.depth == 0 and not row.is_leaf else row.title
        rows.append(MatrixRow(row.number, title, row.maximum, cells, is_group=not row.is_leaf))
    if not rows:
        return []
    most = [leaf.maximum for leaf in below[""]]
    whole = sum((each for each in most if each is not None), Decimal(0)) if any(most) else None
    sums = tuple(_cell(shown.points.get(unit.key, {}), below[""], False) for unit in shown.units)
    maxima = tuple(MatrixCell(None, unit.maximum) for unit in shown.units)
    return [*rows, MatrixRow("", TOTAL, whole, sums, ends=True), MatrixRow("", MAXIMUM, None, maxima, ends=True)]


def _cell(points: Mapping[str, ShownPoint], leaves: Sequence[ShownCriterion], is_leaf: bool) -> MatrixCell:
    if is_leaf:
        point = points.get(leaves[0].key)
        if point is None:
            return MatrixCell(None, None)
        return MatrixCell(point.own.points if point.own else None, point.final, point.assigned)
    if all(leaf.key in points and not points[leaf.key].assigned for leaf in leaves):
        return MatrixCell(None, None, assigned=False)
    return MatrixCell(*summed(points, leaves))


@dataclass(frozen=True)
class ExplainedRow:
    """A criterion of one unit; a group has no point, but the sums of its leaves inside the maximum, or where it has
    none, of its bonus less its penalty.

    `title` of a leaf outside the maximum says its part.
    """

    criterion: ShownCriterion
    title: str
    point: ShownPoint | None
    own: Decimal | None = None
    final: Decimal | None = None

    @property
    def is_group(self) -> bool:
        return not self.criterion.is_leaf


def explained_rows(shown: RankingShown, unit: ShownUnit) -> list[ExplainedRow]:
    """Every criterion in the order of the set, with the unit's line in it."""
    own, below, outside = shown.points.get(unit.key, {}), leaves_below(shown), leaves_below(shown, inside=False)
    rows = []
    for criterion in shown.criteria:
        if not criterion.is_leaf:
            leaves = below.get(criterion.key) or outside.get(criterion.key, ())
            rows.append(ExplainedRow(criterion, criterion.title, None, *summed(own, leaves)))
            continue
        title = criterion.title
        if criterion.part is not CriterionPart.MAIN:
            title = f"{title} ({criterion.part.label.lower()})"
        rows.append(ExplainedRow(criterion, title, own.get(criterion.key)))
    return rows
