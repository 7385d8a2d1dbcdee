"""A ranking as papers need it: what was shown, the stamp of its edition, earlier periods; and its sums."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import CriterionPart
from tracker.domain.periods import Period
from tracker.domain.ranking_shown import RankingShown, ShownCriterion, ShownPoint, ShownStage, ShownUnit

ZERO = Decimal(0)


@dataclass(frozen=True)
class RankingStamp:
    """What lets a holder of the paper check it. `published_at` is in the reader's zone; `reason`: of a correction."""

    edition: int
    code: str
    sha256: str
    published_at: datetime | None
    decision_number: str | None = None
    decided_on: date | None = None
    reason: str = ""
    revoked: bool = False


@dataclass(frozen=True)
class EarlierLine:
    """A unit's line in an earlier ranking, under the key it has today."""

    unit: str
    rank: int | None
    points: Decimal | None


@dataclass(frozen=True)
class EarlierRanking:
    """An earlier published ranking of the bloc, or what was entered of a year before the program."""

    period: Period
    lines: tuple[EarlierLine, ...]

    @property
    def counted(self) -> tuple[Decimal, ...]:
        """The points of the units that were ranked."""
        return tuple(line.points for line in self.lines if line.points is not None and line.rank is not None)


@dataclass(frozen=True)
class RankingPaper:
    """`stamp` None: the order as it stands, a draft. `earlier`: oldest first, without this period.

    `kind`: of the bloc, for the words of the paper; it stands beside the record, whose hash is published.
    """

    shown: RankingShown
    stamp: RankingStamp | None = None
    earlier: tuple[EarlierRanking, ...] = ()
    kind: BlocKind = BlocKind.KHOI

    @property
    def draft(self) -> bool:
        return self.stamp is None or self.stamp.published_at is None

    @property
    def year_before(self) -> EarlierRanking | None:
        """The ranking of the same period a year before, if there is one."""
        period = self.shown.period
        return next(
            (each for each in self.earlier if (each.period.year, each.period.kind) == (period.year - 1, period.kind)),
            None,
        )

    @property
    def course(self) -> tuple[tuple[Period, Decimal, Decimal, Decimal], ...]:
        """(period, average, highest, lowest points) of the ranked units, oldest first, this period last."""
        this = tuple(unit.points for unit in self.shown.ranked if unit.points is not None)
        rows = [*((each.period, each.counted) for each in self.earlier), (self.shown.period, this)]
        return tuple(
            (period, sum(points, ZERO) / len(points), max(points), min(points)) for period, points in rows if points
        )


@dataclass(frozen=True)
class Difference:
    """A line on which a stage is not what the stage before it was."""

    unit: ShownUnit
    criterion: ShownCriterion
    point: ShownPoint

    @property
    def change(self) -> Decimal | None:
        """What counts minus what the unit proposed; None when one of them is blank."""
        own, final = self.point.own, self.point.final
        return None if own is None or own.points is None or final is None else final - own.points


STAGES = (("own", "Tự chấm"), ("bloc", "Khối chấm"), ("second", "Lần hai"), ("council", "Hội đồng"))


def stages(point: ShownPoint) -> list[tuple[str, ShownStage]]:
    """(name, stage) of the stages that were reached, in their order."""
    found = [(label, getattr(point, name)) for name, label in STAGES]
    return [(label, stage) for label, stage in found if stage is not None]


def differences(shown: RankingShown) -> Iterator[Difference]:
    """Unit by unit in the order of places, criterion by criterion."""
    for unit in shown.units:
        own = shown.points.get(unit.key, {})
        for criterion in shown.leaves:
            point = own.get(criterion.key)
            if point is not None and point.assigned and len({stage.points for _name, stage in stages(point)}) > 1:
                yield Difference(unit, criterion, point)


def main_criteria(shown: RankingShown) -> tuple[ShownCriterion, ...]:
    """The rows inside the maximum: bonus and penalty stand outside the matrix."""
    return tuple(each for each in shown.criteria if each.part is CriterionPart.MAIN)


def leaves_below(shown: RankingShown, *, inside: bool = True) -> Mapping[str, tuple[ShownCriterion, ...]]:
    """The leaves inside (or outside) the maximum below each group, by the group's key; "" for all of them."""
    parents = {each.key: each.parent for each in shown.criteria}
    found: dict[str, list[ShownCriterion]] = {"": []}
    for leaf in shown.leaves:
        if (leaf.part is CriterionPart.MAIN) is not inside:
            continue
        above = parents[leaf.key]
        while above:
            found.setdefault(above, []).append(leaf)
            above = parents[above]
        found[""].append(leaf)
    return {key: tuple(leaves) for key, leaves in found.items()}


def summed(points: Mapping[str, ShownPoint], leaves: Sequence[ShownCriterion]) -> tuple[Decimal | None, Decimal | None]:
    """(own, final) sums over leaves, penalties taken off; None where no leaf has a figure. Not assigned: left out."""
    given = [
        (-1 if leaf.part is CriterionPart.PENALTY else 1, points[leaf.key])
        for leaf in leaves if leaf.key in points and points[leaf.key].assigned
    ]  # fmt: skip
    own = [way * point.own.points for way, point in given if point.own is not None and point.own.points is not None]
    final = [way * point.final for way, point in given if point.final is not None]
    return (sum(own, ZERO) if own else None), (sum(final, ZERO) if final else None)


def of_one_unit(paper: RankingPaper, key: str, *, judged: bool) -> RankingPaper:
    """What a unit may read of its own line before publication: no place, no totals of others, no points it may not see.

    KeyError when the unit is not in the ranking.
    """
    shown = paper.shown
    unit = next((each for each in shown.units if each.key == key), None)
    if unit is None:
        raise KeyError(key)
    points = shown.points.get(key, {})
    if not judged:
        points = {name: replace(each, bloc=None, second=None, council=None) for name, each in points.items()}
        unit = unit._replace(points=None, bloc_total=None, bonus=ZERO, penalty=ZERO, groups={})
    hidden = unit._replace(
        rank=None, shared=False, decided_by="", class_name="", class_note="", apart="", apart_reason=""
    )
    return RankingPaper(replace(shown, units=(hidden,), points={key: points}, hints=()), kind=paper.kind)
