"""Places of units: by points or by share, ties by stated rules, what stays equal shares the place: 1, 2, 2, 4.

No regulation we read states a tie rule, so none is built in: without tie-breakers equal totals share their place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from math import lcm
from typing import NamedTuple

from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.labels import Labelled
from tracker.domain.scoring.exact import written
from tracker.domain.scoring.results import LeafPoints, UnitTotal

#: What a unit is ordered by: whether it is compared (1 or 0), its total or share as exact whole numbers have it, then
#: what each tie-breaker counts. Greater is better.
Key = tuple[Decimal | int, ...]


class TieRule(Labelled):
    """What may decide between equal units, in the order that the criteria set says."""

    GROUP_POINTS = "group_points", "Điểm của nhóm cao hơn"
    FEWER_DAYS_LATE = "fewer_days_late", "Ít ngày gửi chậm hơn"
    LESS_PENALTY = "less_penalty", "Điểm trừ ít hơn"
    MORE_BONUS = "more_bonus", "Điểm thưởng nhiều hơn"


@dataclass(frozen=True)
class TieBreaker:
    """`group`: the key of the group whose points decide, for GROUP_POINTS only."""

    rule: TieRule
    group: str | None = None


class Placing(NamedTuple):
    """A unit's place. `shared`: others stand on the same one. `decided_by`: the tie-breaker that set it apart."""

    unit: str
    rank: int
    shared: bool
    decided_by: TieBreaker | None = None


def rank(
    totals: Sequence[UnitTotal],
    basis: RankBasis,
    tie_breakers: Sequence[TieBreaker] = (),
    days_late: Mapping[str, int] | None = None,
) -> list[Placing]:
    """Best first. `totals` are of the units that are considered; one with nothing assigned comes last by share.

    Equal totals go to the tie-breakers in order. Nothing else decides: not the order given, not the name.
    """
    late = days_late or {}
    first = _by_points(totals) if basis is RankBasis.POINTS else _by_share(totals)
    keys = {each.unit: (*first[each.unit], *(_tie(each, rule, late) for rule in tie_breakers)) for each in totals}
    ordered = sorted((each.unit for each in totals), key=keys.__getitem__, reverse=True)
    shared = [(key, list(units)) for key, units in groupby(ordered, keys.__getitem__)]
    decided = _decided([key for key, _ in shared], tie_breakers)
    found: list[Placing] = []
    for (_key, units), decided_by in zip(shared, decided, strict=True):
        place = len(found) + 1
        found += [Placing(unit, place, len(units) > 1, decided_by) for unit in units]
    return found


def _by_points(totals: Sequence[UnitTotal]) -> dict[str, Key]:
    return {each.unit: (1, each.total) for each in totals}


def _by_share(totals: Sequence[UnitTotal]) -> dict[str, Key]:
    """Shares over one common denominator, so that whole numbers compare them: exact, and ten times as fast."""
    parts: dict[str, tuple[int, int]] = {}
    for each in totals:
        if each.maximum:
            points, of_points = each.total.as_integer_ratio()
            maximum, of_maximum = each.maximum.as_integer_ratio()
            parts[each.unit] = points * of_maximum, of_points * maximum
    common = lcm(*{denominator for _, denominator in parts.values()})
    found: dict[str, Key] = {unit: (1, count * (common // denominator)) for unit, (count, denominator) in parts.items()}
    return {each.unit: found.get(each.unit, (0, 0)) for each in totals}


def _tie(total: UnitTotal, breaker: TieBreaker, late: Mapping[str, int]) -> Decimal | int:
    """Greater is better, whatever the rule counts."""
    match breaker.rule:
        case TieRule.GROUP_POINTS:
            return total.groups.get(breaker.group or "", Decimal(0))
        case TieRule.FEWER_DAYS_LATE:
            return -late.get(total.unit, 0)
        case TieRule.LESS_PENALTY:
            return -total.penalty
        case TieRule.MORE_BONUS:
            return total.bonus


def _decided(keys: Sequence[Key], tie_breakers: Sequence[TieBreaker]) -> list[TieBreaker | None]:
    """For each key, best first and each once: the tie-breaker that parts it from its neighbour of equal total.

    Where both neighbours are of equal total it is the one above that counts. None: no tie-breaker parted it.
    """
    found: list[TieBreaker | None] = [None] * len(keys)
    for place, (above, below) in enumerate(pairwise(keys)):
        if above[:2] == below[:2]:
            differing = next(index for index, (mine, its) in enumerate(zip(above, below, strict=True)) if mine != its)
            found[place + 1] = tie_breakers[differing - 2]
            found[place] = found[place] or found[place + 1]
    return found


@dataclass(frozen=True)
class ClassRow:
    """A class (xếp loại): at least `least` on the ranking's basis (points, or share as 0.9), and floors met.

    `leaf_floor`: no assigned leaf inside the maximum under this share of its maximum; `group_floors` by group key.
    """

    name: str
    least: Decimal
    leaf_floor: Decimal | None = None
    group_floors: Mapping[str, Decimal] = field(default_factory=dict)


def classify(
    total: UnitTotal, leaves: Sequence[LeafPoints], basis: RankBasis, rows: Sequence[ClassRow]
) -> ClassRow | None:
    """The first row met from the top; None when none is. A leaf without points counts as 0 against its floor."""
    reached = Fraction(total.total) if basis is RankBasis.POINTS else total.share
    own = [leaf for leaf in leaves if leaf.assigned and leaf.part is CriterionPart.MAIN and leaf.maximum]
    for row in rows:
        if reached is None or reached < Fraction(row.least):
            continue
        if row.leaf_floor is not None and any(_share(leaf) < Fraction(row.leaf_floor) for leaf in own):
            continue
        if all(_group_share(total, group) >= Fraction(floor) for group, floor in row.group_floors.items()):
            return row
    return None


def floor_missed(total: UnitTotal, leaves: Sequence[LeafPoints], row: ClassRow, numbers: Mapping[str, str]) -> str:
    """Which floors of `row` were not met, in words; `numbers` names criteria and groups by key."""
    found = []
    if row.leaf_floor is not None:
        for leaf in leaves:
            counts = leaf.assigned and leaf.part is CriterionPart.MAIN and leaf.maximum
            if counts and _share(leaf) < Fraction(row.leaf_floor):
                found.append(f"tiêu chí {numbers.get(leaf.criterion, '')} dưới sàn {_percent(row.leaf_floor)}")
    for group, floor in row.group_floors.items():
        if _group_share(total, group) < Fraction(floor):
            found.append(f"nhóm {numbers.get(group, '')} dưới sàn {_percent(floor)}")
    return "; ".join(found)


def _percent(share: Decimal) -> str:
    return f"{written(Fraction(share) * 100)}%"


def _share(leaf: LeafPoints) -> Fraction:
    return Fraction(leaf.points or 0) / Fraction(leaf.maximum)


def _group_share(total: UnitTotal, group: str) -> Fraction:
    """Share of a group's assigned maximum; a group of which nothing is assigned holds nobody back."""
    maximum = total.group_maxima.get(group, Decimal(0))
    return Fraction(total.groups.get(group, Decimal(0))) / Fraction(maximum) if maximum else Fraction(1)
