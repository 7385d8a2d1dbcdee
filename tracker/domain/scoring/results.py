"""What the engine takes and gives: one unit's line, one leaf's points with their trace, one unit's total."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tracker.domain.criteria import CriterionPart
from tracker.domain.vietnamese import number


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


@dataclass(frozen=True)
class UnitTotal:
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
    groups: dict[str, Decimal] = field(default_factory=dict)
    group_maxima: dict[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """Leaves + bonus − penalty (settled.md)."""
        return self.main + self.bonus - self.penalty

    @property
    def share(self) -> Fraction | None:
        """The exact share of the assigned maximum, may pass 1; None when nothing is assigned."""
        return Fraction(self.total) / Fraction(self.maximum) if self.maximum else None
