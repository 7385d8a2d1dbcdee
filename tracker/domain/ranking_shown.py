"""A ranking as it is shown: one frozen record, from which screen, Excel, Word and PDF come, and which is published.

Live it is filled by queries/ranking.collect; a published edition keeps it as canonical JSON, of whose bytes the
printed SHA-256 is. Nothing here is formatted: points are Decimal, None is "no figure".
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from tracker.domain.criteria import CriterionPart, RankBasis, Rounding
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.scoring.exact import rounded
from tracker.domain.scoring.results import NO_GROUPS

#: How far more decimals are printed when two shares look equal and rank differently (settled.md, points): as far as
#: a number in a workbook goes, and further than shares of totals like 1000,0000 can lie together.
MOST_SHARE_PLACES = 14
LEAST_SHARE_PLACES = 2


@dataclass(frozen=True)
class ShownStage:
    """Points of one stage with who gave them, when, why. `by` "" for what the program computed."""

    points: Decimal | None
    by: str = ""
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class ShownPoint:
    """One unit's line in one criterion, stage by stage. `final`: council, else second look, else bloc."""

    target: Decimal | None = None
    actual: Decimal | None = None
    count: int | None = None
    assigned: bool = True
    own: ShownStage | None = None
    bloc: ShownStage | None = None
    second: ShownStage | None = None
    council: ShownStage | None = None
    rule: str = ""
    provisional: bool = False
    explanation: str = ""
    evidence: int = 0

    @property
    def final(self) -> Decimal | None:
        """The points that count; None while no stage has judged the line."""
        for stage in (self.council, self.second, self.bloc):
            if stage is not None:
                return stage.points
        return None

    @property
    def differs(self) -> bool:
        """Whether what counts is not what the unit proposed."""
        return self.assigned and self.own is not None and self.final is not None and self.final != self.own.points


@dataclass(frozen=True)
class ShownCriterion:
    """A row of the set. `depth` 0 at the top; `rule` in words, of a leaf."""

    key: str
    number: str
    title: str
    depth: int
    is_leaf: bool
    part: CriterionPart
    maximum: Decimal | None
    measure: str = ""
    rule: str = ""
    parent: str = ""


class ShownUnit(NamedTuple):
    """A unit's line. `rank` None: it stands apart (`apart`, `apart_reason`). `groups`: final points by group key."""

    key: str
    name: str
    short_name: str
    rank: int | None
    shared: bool
    decided_by: str
    own_total: Decimal | None
    bloc_total: Decimal | None
    bonus: Decimal
    penalty: Decimal
    points: Decimal | None
    maximum: Decimal
    class_name: str = ""
    class_note: str = ""
    apart: str = ""
    apart_reason: str = ""
    days_late: int | None = None
    blank: int = 0
    groups: Mapping[str, Decimal] = NO_GROUPS

    @property
    def share(self) -> Fraction | None:
        """Points over the assigned maximum, exact; may pass 1."""
        if self.points is None or not self.maximum:
            return None
        return Fraction(self.points) / Fraction(self.maximum)


@dataclass(frozen=True)
class RankingShown:
    """Everything that a ranking shows. `units` in the order of places, those who stand apart last.

    `points` by unit key, then criterion key. `provisional`: some figure of another unit can still move the order.
    """

    bloc_name: str
    authority_name: str
    period: Period
    set_name: str
    basis: RankBasis
    places: int
    rounding: str
    tie_rule: str
    criteria: tuple[ShownCriterion, ...]
    units: tuple[ShownUnit, ...]
    points: Mapping[str, Mapping[str, ShownPoint]]
    hints: tuple[str, ...] = ()
    provisional: bool = False
    illustration: bool = False

    @cached_property
    def ranked(self) -> tuple[ShownUnit, ...]:
        return tuple(unit for unit in self.units if unit.rank is not None)

    @property
    def apart(self) -> tuple[ShownUnit, ...]:
        return tuple(unit for unit in self.units if unit.rank is None)

    @property
    def leaves(self) -> tuple[ShownCriterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.is_leaf)

    @cached_property
    def share_places(self) -> int:
        """Decimals of a share in per cent: 2, or as many more as part shares that rank differently.

        Asked for every line again, and it looks at all of them.
        """
        return share_places(self.ranked)


def share_places(units: Iterable[ShownUnit]) -> int:
    """The fewest decimals, from two up, at which units of different rank and share also look different."""
    ranked = [(unit.share, unit.rank) for unit in units if unit.share is not None]
    for places in range(LEAST_SHARE_PLACES, MOST_SHARE_PLACES):
        seen: dict[Decimal, Fraction] = {}
        if all(seen.setdefault(percent(share, places), share) == share for share, _ in ranked):
            return places
    return MOST_SHARE_PLACES


def percent(share: Fraction, places: int) -> Decimal:
    """96.25 for 0.9625, rounded half up once from the exact fraction."""
    return rounded(share * 100, places, Rounding.HALF_UP)


def to_json(shown: RankingShown) -> str:
    """Canonical JSON: sorted keys, decimals (9.5, never 9.50) and moments as text. The same gives the same bytes."""
    raw = asdict(shown) | {"units": [unit._asdict() for unit in shown.units]}
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def hash_of(content: str) -> str:
    """The SHA-256 that screen, Excel, Word and PDF print."""
    return hashlib.sha256(content.encode()).hexdigest()


def from_json(content: str) -> RankingShown:
    """What to_json wrote."""
    raw = json.loads(content)
    return RankingShown(
        **{
            **raw,
            "period": Period(raw["period"]["year"], PeriodKind(raw["period"]["kind"])),
            "basis": RankBasis(raw["basis"]),
            "criteria": tuple(
                ShownCriterion(**{**row, "part": CriterionPart(row["part"]), "maximum": _decimal(row["maximum"])})
                for row in raw["criteria"]
            ),
            "units": tuple(_unit(row) for row in raw["units"]),
            "points": {
                unit: {criterion: _point(point) for criterion, point in own.items()}
                for unit, own in raw["points"].items()
            },
            "hints": tuple(raw["hints"]),
        }
    )


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not part of a ranking")


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _unit(raw: dict[str, Any]) -> ShownUnit:
    money = ("own_total", "bloc_total", "bonus", "penalty", "points", "maximum")
    groups = {key: Decimal(value) for key, value in raw["groups"].items()}
    return ShownUnit(**{**raw, **{name: _decimal(raw[name]) for name in money}, "groups": groups})


def _point(raw: dict[str, Any]) -> ShownPoint:
    stages = {name: _stage(raw[name]) for name in ("own", "bloc", "second", "council")}
    return ShownPoint(**{**raw, **stages, "target": _decimal(raw["target"]), "actual": _decimal(raw["actual"])})


def _stage(raw: dict[str, Any] | None) -> ShownStage | None:
    if raw is None:
        return None
    at = datetime.fromisoformat(raw["at"]) if raw["at"] else None
    return ShownStage(_decimal(raw["points"]), raw["by"], at, raw["reason"])


#: Names that a newer program may not drop from what it reads: a published edition stays readable.
FIELDS = tuple(each.name for each in fields(RankingShown))
