"""Leaves that compare units: leader_relative and best_share need the whole bloc (domain.md, section 4)."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from tracker.domain.criteria import Direction, ScoreFunction
from tracker.domain.criteria_tree import CriterionNode
from tracker.domain.scoring.exact import written
from tracker.domain.scoring.leaf import NO_FIGURE, Reckoned, has_target, most
from tracker.domain.scoring.results import ReportedLine, Trace

HALF = Fraction(1, 2)


def compare(leaf: CriterionNode, lines: Iterable[ReportedLine], *, provisional: bool) -> Mapping[str, Reckoned]:
    """Each unit's exact points by unit key; units without a figure, or not assigned, do not count for anybody.

    `provisional`: not every unit has sent yet, so another's figure can still move these.
    """
    assert leaf.function is not None
    given = {line.unit: line for line in lines if line.assigned}
    found: dict[str, Reckoned] = {unit: (None, Trace(NO_FIGURE)) for unit in given}
    reported = [line for line in given.values() if line.actual is not None]
    found.update(TOGETHER[leaf.function](leaf, reported))
    return {unit: (points, Trace(trace.rule, trace.unrounded, provisional)) for unit, (points, trace) in found.items()}


def _leader_relative(leaf: CriterionNode, lines: list[ReportedLine]) -> dict[str, Reckoned]:
    """Under the target up to half the maximum, at it a half, over it the other half by share of the greatest excess."""
    with_target = [line for line in lines if has_target(line)]
    without = [line for line in lines if not has_target(line)]
    found = _shares(leaf, without, "không có chỉ tiêu, so với kết quả tốt nhất")
    excesses = {line.unit: _excess(leaf, line) for line in with_target}
    greatest = max(excesses.values(), default=Fraction(0))
    half = HALF * most(leaf)
    for line in with_target:
        excess = excesses[line.unit]
        if excess < 0:
            reached = _reached(leaf, line)
            points = max(Fraction(0), half * reached)
            rule = f"Chưa đạt chỉ tiêu: 0,5 × {written(most(leaf))} × {_against(leaf, line)} = {written(points)}."
        elif excess == 0:
            points, rule = half, f"Đạt đúng chỉ tiêu: 0,5 × {written(most(leaf))} = {written(half)}."
        else:
            points = half + excess / greatest * half
            rule = (
                f"Vượt chỉ tiêu {written(excess * 100)}%, cao nhất trong các đơn vị {written(greatest * 100)}%: "
                f"{written(half)} + {written(excess * 100)} ÷ {written(greatest * 100)} × {written(half)} "
                f"= {written(points)}."
            )
        found[line.unit] = points, Trace(rule)
    return found


def _excess(leaf: CriterionNode, line: ReportedLine) -> Fraction:
    """How far past the target, as a share of it; below 0 when the target was missed."""
    assert line.actual is not None
    assert line.target is not None
    actual, target = Fraction(line.actual), Fraction(line.target)
    return (target - actual) / target if leaf.direction is Direction.LESS else (actual - target) / target


def _reached(leaf: CriterionNode, line: ReportedLine) -> Fraction:
    """Of a missed target: what share of it was reached, under 1."""
    assert line.actual is not None
    assert line.target is not None
    actual, target = Fraction(line.actual), Fraction(line.target)
    return target / actual if leaf.direction is Direction.LESS else actual / target


def _against(leaf: CriterionNode, line: ReportedLine) -> str:
    assert line.actual is not None
    assert line.target is not None
    actual, target = written(line.actual), written(line.target)
    return f"{target} ÷ {actual}" if leaf.direction is Direction.LESS else f"{actual} ÷ {target}"


def _best_share(leaf: CriterionNode, lines: list[ReportedLine]) -> dict[str, Reckoned]:
    return _shares(leaf, lines, "so với kết quả tốt nhất")


def _shares(leaf: CriterionNode, lines: list[ReportedLine], how: str) -> dict[str, Reckoned]:
    """max · A ÷ best A; best 0: everybody 0. Less is better: max · best A ÷ A, and 0 is the best there is.

    Below 0 counts as 0: no share can be taken of it.
    """
    figures = {line.unit: max(Fraction(0), Fraction(line.actual)) for line in lines if line.actual is not None}
    less = leaf.direction is Direction.LESS
    best = (min if less else max)(figures.values(), default=Fraction(0))
    found: dict[str, Reckoned] = {}
    for unit, actual in figures.items():
        if less:
            share = best / actual if actual else Fraction(1)
            division = f"{written(best)} ÷ {written(actual)}" if actual else "1 (kết quả 0, càng ít càng tốt)"
        else:
            share = actual / best if best else Fraction(0)
            division = f"{written(actual)} ÷ {written(best)}" if best else "0 (kết quả tốt nhất là 0)"
        points = most(leaf) * share
        rule = f"{how[0].upper()}{how[1:]}: {written(most(leaf))} × {division} = {written(points)}."
        found[unit] = points, Trace(rule)
    return found


TOGETHER: dict[ScoreFunction, Callable[[CriterionNode, list[ReportedLine]], dict[str, Reckoned]]] = {
    ScoreFunction.LEADER_RELATIVE: _leader_relative,
    ScoreFunction.BEST_SHARE: _best_share,
}
