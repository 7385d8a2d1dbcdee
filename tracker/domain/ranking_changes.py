"""What a correction changed against the edition before it, unit by unit and line by line."""

from dataclasses import dataclass

from tracker.domain.ranking_shown import RankingShown, ShownCriterion, ShownPoint, ShownUnit


@dataclass(frozen=True)
class UnitChange:
    """A unit whose place, points or class differ; None on the side where it did not stand."""

    name: str
    before: ShownUnit | None
    after: ShownUnit | None


@dataclass(frozen=True)
class PointChange:
    """A line whose counting points differ."""

    unit_name: str
    criterion: ShownCriterion
    before: ShownPoint | None
    after: ShownPoint | None


def changed_units(before: RankingShown, after: RankingShown) -> list[UnitChange]:
    """In the order of the later edition, units that left it last."""
    earlier = {unit.key: unit for unit in before.units}
    later = {unit.key: unit for unit in after.units}
    found = []
    for key in [*later, *(key for key in earlier if key not in later)]:
        old, new = earlier.get(key), later.get(key)
        if _seen(old) != _seen(new):
            named = new or old
            assert named is not None
            found.append(UnitChange(named.name, old, new))
    return found


def changed_points(before: RankingShown, after: RankingShown) -> list[PointChange]:
    """Lines whose counting points differ, by unit in the later order, then by criterion."""
    known = {criterion.key: criterion for criterion in (*before.leaves, *after.leaves)}
    names = {unit.key: unit.name for unit in (*before.units, *after.units)}
    order = list(dict.fromkeys([*(unit.key for unit in after.units), *(unit.key for unit in before.units)]))
    found = []
    for unit in order:
        for key, criterion in known.items():
            old, new = before.points.get(unit, {}).get(key), after.points.get(unit, {}).get(key)
            if (old.final if old else None) != (new.final if new else None):
                found.append(PointChange(names[unit], criterion, old, new))
    return found


def changed_rules(before: RankingShown, after: RankingShown) -> list[tuple[str, str, str]]:
    """(what, before, after) of the rules that the order goes by."""
    pairs = [
        ("Bộ tiêu chí", before.set_name, after.set_name),
        ("Xếp hạng theo", before.basis.label, after.basis.label),
        ("Khi bằng điểm", before.tie_rule, after.tie_rule),
        ("Làm tròn", before.rounding, after.rounding),
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _seen(unit: ShownUnit | None) -> tuple[object, ...] | None:
    if unit is None:
        return None
    return (unit.rank, unit.shared, unit.points, unit.maximum, unit.class_name, unit.apart, unit.apart_reason)
