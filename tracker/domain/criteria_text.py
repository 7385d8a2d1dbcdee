"""The rule of a criterion in words: on its page, in the unit's form, and beside the points it brought."""

from decimal import Decimal

from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, RankBasis, ScoreFunction
from tracker.domain.criteria_bands import days, span
from tracker.domain.criteria_tree import BandStep, CriteriaTree, CriterionNode
from tracker.domain.quantities import said

LESS = "càng ít càng tốt"


def rule(node: CriterionNode, kind: BlocKind = BlocKind.KHOI) -> str:
    """Tối đa 2 điểm; theo % so với chỉ tiêu; 100% trở lên → 2; từ 95% đến dưới 100% → 1,75. Blank for a group.

    `kind` is that of the bloc whose units are compared.
    """
    if node.function is None:
        return ""
    parts = [_most(node), *_way(node, kind), *_limits(node)]
    return _capital("; ".join(part for part in parts if part)) + "."


def bands(node: CriterionNode) -> list[str]:
    """The bands from the best to the worst, each with its points."""
    steps = sorted(node.bands, key=lambda band: band.points, reverse=True)
    return [f"{where(node, band)} → {said(band.points)}" for band in steps]


def where(node: CriterionNode, band: BandStep) -> str:
    """What a band holds: từ 95% đến dưới 100% · chậm 1 đến 2 ngày · dưới 5 vụ."""
    if node.function is ScoreFunction.LATENESS:
        return f"chậm {days(band)}"
    return span(band, "%" if node.band_basis is BandBasis.PERCENT else "")


def totals(tree: CriteriaTree) -> str:
    """Tổng 97 điểm; thưởng nhiều nhất 10 điểm; cao nhất có thể đạt 107 điểm."""
    main = tree.total()
    parts = [f"Các tiêu chí cộng lại {said(main)} điểm"]
    bonus, penalty = tree.total(CriterionPart.BONUS), tree.total(CriterionPart.PENALTY)
    if any(placed.node.part is CriterionPart.BONUS for placed in tree.leaves()):
        if tree.is_limited(CriterionPart.BONUS):
            parts += [f"điểm thưởng nhiều nhất {said(bonus)}", f"cao nhất có thể đạt {said(main + bonus)}"]
        else:
            parts.append("điểm thưởng không giới hạn")
    if any(placed.node.part is CriterionPart.PENALTY for placed in tree.leaves()):
        limited = tree.is_limited(CriterionPart.PENALTY)
        parts.append(f"điểm trừ nhiều nhất {said(penalty)}" if limited else "điểm trừ không giới hạn")
    return "; ".join(parts) + "."


def settings(tree: CriteriaTree) -> str:
    """Xếp hạng theo tổng điểm; làm tròn 2 chữ số lẻ, nửa lên."""
    basis = "tổng điểm" if tree.rank_by is RankBasis.POINTS else "tỷ lệ trên tổng điểm tối đa được giao"
    return f"Xếp hạng theo {basis}; điểm có {tree.places} chữ số lẻ, {tree.rounding.label.lower()}."


def _most(node: CriterionNode) -> str:
    if node.maximum is None:
        return ""
    if node.part is CriterionPart.MAIN:
        return f"tối đa {said(node.maximum)} điểm"
    return f"{node.part.label.lower()} nhiều nhất {said(node.maximum)}"


def _way(node: CriterionNode, kind: BlocKind) -> list[str]:
    """What turns the result into points, as one or several phrases."""
    less = node.direction is Direction.LESS
    top = "điểm tối đa"
    match node.function:
        case ScoreFunction.MANUAL:
            return ["chấm theo mức độ đạt được, từ 0 đến điểm tối đa"]
        case ScoreFunction.YES_NO:
            return ["đạt được điểm tối đa, không đạt 0 điểm"]
        case ScoreFunction.BANDS:
            basis = "theo % so với chỉ tiêu" if node.band_basis is BandBasis.PERCENT else "theo kết quả"
            return [f"{basis}{f' ({LESS})' if less else ''}", *bands(node)]
        case ScoreFunction.LATENESS:
            return ["gửi đúng hạn được điểm tối đa", *bands(node)]
        case ScoreFunction.PROPORTIONAL | ScoreFunction.UNCAPPED:
            share = "chỉ tiêu chia kết quả" if less else "kết quả chia chỉ tiêu"
            capped = less or node.function is ScoreFunction.PROPORTIONAL
            cap = "không quá điểm tối đa" if capped else "được vượt điểm tối đa"
            nil = [f"kết quả 0 được {top}"] if less else []
            return [f"{top} nhân với {share}{f' ({LESS})' if less else ''}", cap, *nil]
        case ScoreFunction.LEADER_RELATIVE:
            return [
                f"đạt đúng chỉ tiêu được một nửa {top}{f' ({LESS})' if less else ''}",
                "chưa đạt tính theo tỷ lệ của một nửa đó",
                f"vượt nhiều nhất trong {kind.small} được {top}, các đơn vị vượt khác tính theo tỷ lệ mức vượt",
            ]
        case ScoreFunction.BEST_SHARE:
            best = f"kết quả tốt nhất trong {kind.small}"
            share = f"{best} chia kết quả của đơn vị" if less else f"kết quả của đơn vị chia {best}"
            return [f"{top} nhân với {share}{f' ({LESS})' if less else ''}"]
    return _per_time(node)


def _per_time(node: CriterionNode) -> list[str]:
    each = said(node.points_each) if node.points_each is not None else "…"
    match node.function:
        case ScoreFunction.DEDUCTION:
            return [f"mỗi lần trừ {each} điểm", f"thấp nhất {said(node.floor_points or Decimal(0))} điểm"]
        case ScoreFunction.PENALTY:
            return [f"mỗi lần trừ {each} điểm vào tổng điểm"]
        case ScoreFunction.BONUS:
            return [f"mỗi lần thưởng {each} điểm ngoài điểm tối đa"]
    return [f"mỗi lần được {each} điểm"]


def _limits(node: CriterionNode) -> list[str]:
    if node.limit_points is None:
        return []
    return [f"cộng lại không quá {said(node.limit_points)} điểm"]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
