"""A criteria set as a tree of plain values: what the checks, the words, the workbook and later the scoring read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tracker.domain.criteria import BandBasis, CriterionPart, Direction, RankBasis, Rounding, ScoreFunction
from tracker.text import clean_line

ZERO = Decimal(0)


def number_key(number: str) -> str:
    """What makes two numbers the same: "1a", "1A" and "1a." are; "d" and "đ" are not."""
    return clean_line(number).casefold().rstrip(".)")


@dataclass(frozen=True)
class BandStep:
    """From `low` to `high`, each end open or closed; None is without end."""

    low: Decimal | None
    high: Decimal | None
    points: Decimal
    low_closed: bool = True
    high_closed: bool = False

    def holds(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below


@dataclass(frozen=True)
class CriterionNode:
    """A group (`function` None) or a leaf. `key` finds its row again: a public id, or a row of a sheet.

    `maximum` None in a group: as much as its children. `lineage` stays the same through copies and editions.
    """

    key: str
    number: str
    title: str
    part: CriterionPart = CriterionPart.MAIN
    maximum: Decimal | None = None
    unit_of_measure: str | None = None
    function: ScoreFunction | None = None
    direction: Direction | None = None
    band_basis: BandBasis | None = None
    points_each: Decimal | None = None
    limit_points: Decimal | None = None
    floor_points: Decimal | None = None
    evidence_required: bool = False
    guidance: str | None = None
    pledge_lineage: str | None = None
    lineage: str = ""
    bands: tuple[BandStep, ...] = ()
    children: tuple["CriterionNode", ...] = ()

    @property
    def is_leaf(self) -> bool:
        return self.function is not None

    @property
    def most(self) -> Decimal | None:
        """The most points in its own part; None where there is no limit, or none is written yet."""
        if self.maximum is not None:
            return self.maximum
        if self.is_leaf:
            return self.limit_points
        own = [child.most for child in self.children if child.part is self.part]
        known = [points for points in own if points is not None]
        return sum(known, ZERO) if own and len(known) == len(own) else None

    def walk(self, depth: int = 0, path: tuple[str, ...] = ()) -> Iterator["Placed"]:
        """Itself and everything below it, parents before children."""
        yield Placed(self, depth, path)
        for child in self.children:
            yield from child.walk(depth + 1, (*path, self.number))


@dataclass(frozen=True)
class Placed:
    """A node with its depth (0 at the top) and the numbers of the groups above it."""

    node: CriterionNode
    depth: int
    path: tuple[str, ...]

    @property
    def full_number(self) -> str:
        """I › 1 › 1a: which of several rows numbered alike is meant."""
        return " › ".join((*self.path, self.node.number))


@dataclass(frozen=True)
class CriteriaTree:
    """The whole set. `declared_total` is what the deciding paper states, kept beside what the rows add up to."""

    name: str
    year: int
    declared_total: Decimal | None = None
    rank_by: RankBasis = RankBasis.POINTS
    places: int = 2
    rounding: Rounding = Rounding.HALF_UP
    decision: str | None = None
    criteria: tuple[CriterionNode, ...] = field(default=())

    def walk(self) -> Iterator[Placed]:
        return iter(self._placed)

    @cached_property
    def _placed(self) -> tuple[Placed, ...]:
        """Walked once: sums ask for the rows of a set unit by unit."""
        return tuple(placed for root in self.criteria for placed in root.walk())

    def families(self) -> list[tuple[CriterionNode, ...]]:
        """Rows that stand side by side: those at the top, then those of each group that has any."""
        inner = [placed.node.children for placed in self.walk()]
        return [listed for listed in (self.criteria, *inner) if listed]

    def leaves(self) -> Iterator[Placed]:
        return (placed for placed in self.walk() if placed.node.is_leaf)

    def total(self, part: CriterionPart = CriterionPart.MAIN) -> Decimal:
        """What the leaves of a part add up to; a leaf without limit adds nothing."""
        return sum((placed.node.most or ZERO for placed in self.leaves() if placed.node.part is part), ZERO)

    def is_limited(self, part: CriterionPart) -> bool:
        """Whether every leaf of a part says how many points it can bring at most."""
        return all(placed.node.most is not None for placed in self.leaves() if placed.node.part is part)
