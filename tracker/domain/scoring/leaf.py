"""Leaves that look at one unit alone: each function gives exact points and the rule with its numbers put in."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from tracker.domain.criteria import BandBasis, Direction, ScoreFunction
from tracker.domain.criteria_bands import days, span
from tracker.domain.criteria_tree import BandStep, CriterionNode
from tracker.domain.scoring.exact import written
from tracker.domain.scoring.results import ReportedLine, Trace

#: Exact points before rounding, and why; None when there is nothing to compute from.
Reckoned = tuple[Fraction | None, Trace]

NO_FIGURE = "Chưa có số liệu."
NO_TARGET = "Không có chỉ tiêu lớn hơn 0 nên chưa tính được theo tỷ lệ."


def reckon(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    """The exact points of one unit. KeyError for a function that needs the whole bloc (bloc.py)."""
    assert leaf.function is not None
    return ALONE[leaf.function](leaf, line)


def has_target(line: ReportedLine) -> bool:
    """Whether there is a target to divide by: 0 is none (settled.md), and below 0 a share would turn round."""
    return line.target is not None and line.target > 0


def ratio(leaf: CriterionNode, line: ReportedLine) -> Fraction | None:
    """How far the target was reached, 1 is exactly: actual ÷ target, or target ÷ actual where less is better.

    None without a figure or a target. Less is better and actual 0 or under: the target is reached whatever it was (1).
    """
    if line.actual is None or line.target is None or not has_target(line):
        return None
    actual, target = Fraction(line.actual), Fraction(line.target)
    if leaf.direction is Direction.LESS:
        return target / actual if actual > 0 else Fraction(1)
    return actual / target


def most(leaf: CriterionNode) -> Fraction:
    """The maximum of a leaf; 0 where none is set."""
    return Fraction(leaf.maximum or 0)


def _manual(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    if line.typed is None:
        return None, Trace("Chấm tay: chưa chấm.")
    return Fraction(line.typed), Trace(f"Chấm tay: {written(line.typed)} trong tối đa {written(most(leaf))}.")


def _yes_no(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    if line.actual is None:
        return None, Trace(NO_FIGURE)
    met = line.actual > 0
    points = most(leaf) if met else Fraction(0)
    return points, Trace(f"{'Đạt' if met else 'Không đạt'}: {written(points)} điểm.")


def _bands(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    if line.actual is None:
        return None, Trace(NO_FIGURE)
    by_percent = leaf.band_basis is BandBasis.PERCENT
    sign = "%" if by_percent or leaf.unit_of_measure == "%" else ""
    if not by_percent:
        read = Fraction(line.actual)
        how = f"Kết quả {written(read)}{sign}"
    else:
        reached = ratio(leaf, line)
        if reached is None:
            return None, Trace(NO_TARGET)
        read = reached * 100
        how = f"{_division(leaf, line)} = {written(read)}%"
    none_left = by_percent and leaf.direction is Direction.LESS and line.actual <= 0
    for band in leaf.bands:
        # Nothing left of what should be little is past every per cent: the band without end, never a lower one.
        if band.high is None if none_left else _holds(band, read):
            return Fraction(band.points), Trace(f"{how}, bậc {span(band, sign)}: {written(band.points)} điểm.")
    return None, Trace(f"{how}: không có bậc nào chứa kết quả này.")


def _holds(band: BandStep, value: Fraction) -> bool:
    """BandStep.holds for a value that no decimal may write exactly."""
    low, high = band.low, band.high
    above = low is None or value > Fraction(low) or (band.low_closed and value == Fraction(low))
    below = high is None or value < Fraction(high) or (band.high_closed and value == Fraction(high))
    return above and below


def _proportional(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    return _by_ratio(leaf, line, capped=True)


def _uncapped(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    """Past the maximum where more is better only. Of what should be little 0 is the best there is and brings the
    maximum (settled.md), so nothing short of it may bring more (decisions/0022).
    """
    return _by_ratio(leaf, line, capped=leaf.direction is Direction.LESS)


def _by_ratio(leaf: CriterionNode, line: ReportedLine, *, capped: bool) -> Reckoned:
    if line.actual is None:
        return None, Trace(NO_FIGURE)
    reached = ratio(leaf, line)
    if reached is None:
        return None, Trace(NO_TARGET)
    points = max(Fraction(0), most(leaf) * reached)
    rule = f"{written(most(leaf))} × {_division(leaf, line)} = {written(points)}"
    if capped and points > most(leaf):
        return most(leaf), Trace(f"{rule}, không vượt {written(most(leaf))}.")
    return points, Trace(f"{rule}.")


def _division(leaf: CriterionNode, line: ReportedLine) -> str:
    """43 ÷ 80, turned round where less is better."""
    assert line.actual is not None
    assert line.target is not None
    actual, target = written(line.actual), written(line.target)
    if leaf.direction is Direction.LESS:
        whole = f"1 (kết quả {actual}, chỉ tiêu {target}, càng ít càng tốt)"
        return f"{target} ÷ {actual}" if line.actual > 0 else whole
    return f"{actual} ÷ {target}"


def _deduction(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    if line.count is None:
        return None, Trace(NO_FIGURE)
    each, least = Fraction(leaf.points_each or 0), Fraction(leaf.floor_points or 0)
    points = most(leaf) - each * line.count
    rule = f"{written(most(leaf))} − {line.count} × {written(each)} = {written(points)}"
    if points < least:
        return least, Trace(f"{rule}, không dưới {written(least)}.")
    return points, Trace(f"{rule}.")


def _lateness(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    if line.days_late is None:
        return None, Trace("Chưa gửi báo cáo.")
    if line.days_late == 0:
        return most(leaf), Trace(f"Gửi đúng hạn: {written(most(leaf))} điểm.")
    for band in leaf.bands:
        if band.holds(Decimal(line.days_late)):
            rule = f"Gửi chậm {line.days_late} ngày, bậc {days(band)}: {written(band.points)} điểm."
            return Fraction(band.points), Trace(rule)
    return None, Trace(f"Gửi chậm {line.days_late} ngày: không có bậc nào chứa số ngày này.")


def _per_time(leaf: CriterionNode, line: ReportedLine) -> Reckoned:
    """So many points each time, with a limit of its own; typed where no points each are set (bonus, penalty)."""
    limit = leaf.limit_points if leaf.limit_points is not None else leaf.maximum
    if leaf.points_each is None:
        if line.typed is None:
            return None, Trace("Chưa ghi điểm.")
        points, rule = Fraction(line.typed), f"Ghi tay: {written(line.typed)}"
    else:
        if line.count is None:
            return None, Trace(NO_FIGURE)
        points = Fraction(leaf.points_each) * line.count
        rule = f"{line.count} × {written(leaf.points_each)} = {written(points)}"
    if limit is not None and points > Fraction(limit):
        return Fraction(limit), Trace(f"{rule}, không vượt {written(limit)}.")
    return points, Trace(f"{rule}.")


ALONE: dict[ScoreFunction, Callable[[CriterionNode, ReportedLine], Reckoned]] = {
    ScoreFunction.MANUAL: _manual,
    ScoreFunction.YES_NO: _yes_no,
    ScoreFunction.BANDS: _bands,
    ScoreFunction.PROPORTIONAL: _proportional,
    ScoreFunction.UNCAPPED: _uncapped,
    ScoreFunction.DEDUCTION: _deduction,
    ScoreFunction.LATENESS: _lateness,
    ScoreFunction.PER_OCCURRENCE: _per_time,
    ScoreFunction.BONUS: _per_time,
    ScoreFunction.PENALTY: _per_time,
}
