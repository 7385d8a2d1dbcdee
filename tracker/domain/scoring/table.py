"""A whole bloc at once: every leaf of every unit, then the sums up the tree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.criteria import CriterionPart
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.domain.quantities import LARGEST
from tracker.domain.scoring.bloc import TOGETHER, compare
from tracker.domain.scoring.exact import rounded, written
from tracker.domain.scoring.leaf import Reckoned, reckon
from tracker.domain.scoring.results import LeafPoints, ReportedLine, Trace, UnitTotal

ZERO = Decimal(0)
TOO_LARGE = "Số này quá lớn nên không lấy làm điểm: hãy xem lại kết quả, chỉ tiêu và đơn vị tính."
NOT_ASSIGNED = Trace("Không được giao: không tính vào điểm và điểm tối đa.")


@dataclass(frozen=True)
class ScoreTable:
    """Points by (unit, criterion), totals by unit, both keyed as the lines were."""

    points: Mapping[tuple[str, str], LeafPoints]
    totals: Mapping[str, UnitTotal]


def score(
    tree: CriteriaTree, units: Sequence[str], lines: Iterable[ReportedLine], *, all_sent: bool = True
) -> ScoreTable:
    """Points of `units` (their keys). A unit without a line in a leaf has no figure there.

    `all_sent` False marks what compares units as provisional. The order of `units` and `lines` does not matter.
    """
    given = {(line.unit, line.criterion): line for line in lines}
    found: dict[tuple[str, str], LeafPoints] = {}
    for placed in tree.leaves():
        leaf = placed.node
        own = {unit: given.get((unit, leaf.key)) or ReportedLine(unit, leaf.key) for unit in units}
        for unit, leaf_points in _leaf(tree, leaf, own, provisional=not all_sent).items():
            found[unit, leaf.key] = leaf_points
    return ScoreTable(found, {unit: add_up(tree, unit, found) for unit in units})


def _leaf(
    tree: CriteriaTree, leaf: CriterionNode, lines: Mapping[str, ReportedLine], *, provisional: bool
) -> dict[str, LeafPoints]:
    assigned = [line for line in lines.values() if line.assigned]
    if leaf.function in TOGETHER:
        reckoned: Mapping[str, Reckoned] = compare(leaf, assigned, provisional=provisional)
    else:
        reckoned = {line.unit: reckon(leaf, line) for line in assigned}
    made = {}
    for unit, line in lines.items():
        exact, trace = reckoned[unit] if line.assigned else (None, NOT_ASSIGNED)
        if exact is not None and abs(exact) > LARGEST:
            exact, trace = None, Trace(f"{trace.rule} {TOO_LARGE}")
        points = None if exact is None else rounded(exact, tree.places, tree.rounding)
        if exact is not None and points is not None:
            rule = trace.rule if exact == points else f"{trace.rule} Làm tròn: {written(points)}."
            trace = Trace(rule, exact, trace.provisional)
        made[unit] = LeafPoints(unit, leaf.key, points, leaf.maximum or ZERO, leaf.part, line.assigned, trace)
    return made


def add_up(tree: CriteriaTree, unit: str, points: Mapping[tuple[str, str], LeafPoints]) -> UnitTotal:
    """Sums of a unit from the points of its leaves, whichever stage they are of. Blank adds nothing."""
    parts: dict[CriterionPart, Decimal] = defaultdict(lambda: ZERO)
    groups: dict[str, Decimal] = {}
    group_maxima: dict[str, Decimal] = {}
    maximum, blank, provisional = ZERO, 0, False
    for placed in tree.leaves():
        own = points[unit, placed.node.key]
        if not own.assigned:
            continue
        provisional = provisional or own.trace.provisional
        parts[own.part] += own.points or ZERO
        if own.part is CriterionPart.MAIN:
            maximum += own.maximum
            blank += own.points is None
    for root in tree.criteria:
        got, limit = _add_group(root, unit, points, groups, group_maxima)
        if root.is_leaf and root.part is CriterionPart.MAIN:
            # In a list without groups each row at the top is one of its own.
            groups[root.key], group_maxima[root.key] = got, limit
    return UnitTotal(
        unit,
        parts[CriterionPart.MAIN],
        parts[CriterionPart.BONUS],
        parts[CriterionPart.PENALTY],
        maximum,
        blank,
        provisional,
        groups,
        group_maxima,
    )


def _add_group(
    node: CriterionNode,
    unit: str,
    points: Mapping[tuple[str, str], LeafPoints],
    groups: dict[str, Decimal],
    maxima: dict[str, Decimal],
) -> tuple[Decimal, Decimal]:
    """Points and assigned maximum below a node, leaves inside the maximum only; kept for every group."""
    if node.is_leaf:
        own = points[unit, node.key]
        if not own.assigned or own.part is not CriterionPart.MAIN:
            return ZERO, ZERO
        return own.points or ZERO, own.maximum
    below = [_add_group(child, unit, points, groups, maxima) for child in node.children]
    groups[node.key] = sum((got for got, _ in below), ZERO)
    maxima[node.key] = sum((limit for _, limit in below), ZERO)
    return groups[node.key], maxima[node.key]
