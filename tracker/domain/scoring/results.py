"""What the engine takes and gives: one unit's line, one leaf's points with their trace, one unit's total."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from tracker.domain.criteria import CriterionPart
from tracker.domain.vietnamese import number

#: Sums by group of a total that has no groups.
NO_GROUPS: Mapping[str, Decimal] = {}


@dataclass(frozen=True)
class ReportedLine:
    """What a unit reports for a leaf. None is "chưa có số liệu", never 0.

    `typed`: points that a person typed, for what no function computes. `days_late`: of the whole submission.
    `assigned` False: không được giao, out of points and of the maximum.
    """

    unit: str
    criterion: str
    target: Decimal | None = None
    actual: Decimal | None = None
    count: int | None = None
    typed: Decimal | None = None
    days_late: int | None = None
    assigned: bool = True


@dataclass(frozen=True)
class Trace:
    """Why these points. `rule`: the rule with its numbers put in; `unrounded`: before the one rounding, if any."""

    rule: str
    unrounded: Fraction | None = None
    provisional: bool = False


@dataclass(frozen=True)
class LeafPoints:
    """Points of one unit in one leaf. None: no figure, or not assigned."""

    unit: str
    criterion: str
    points: Decimal | None
    maximum: Decimal
    part: CriterionPart
    assigned: bool
    trace: Trace

    @property
    def said(self) -> str:
        """The points as they are read: KG for not assigned, blank words for no figure."""
        if not self.assigned:
            return "KG"
        return "chưa có số liệu" if self.points is None else number(self.points)


class UnitTotal(NamedTuple):
    """A unit's sums: `main` of the leaves inside the maximum; `groups` by the key of each group.

    `maximum` is what was assigned to the unit. `blank`: assigned leaves inside the maximum without points.
    """

    unit: str
    main: Decimal
    bonus: Decimal
    penalty: Decimal
    maximum: Decimal
    blank: int
    provisional: bool
    groups: Mapping[str, Decimal] = NO_GROUPS
    group_maxima: Mapping[str, Decimal] = NO_GROUPS

    @property
    def total(self) -> Decimal:
        """Leaves + bonus − penalty (settled.md)."""
        return self.main + self.bonus - self.penalty

    @property
    def share(self) -> Fraction | None:
        """The exact share of the assigned maximum, may pass 1; None when nothing is assigned."""
        return Fraction(self.total) / Fraction(self.maximum) if self.maximum else None
