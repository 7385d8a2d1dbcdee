"""How a unit's place came about, in words with the numbers put in: for its page and its sheet."""

from decimal import Decimal
from fractions import Fraction

from tracker.domain import vietnamese
from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.ranking_shown import LEAST_SHARE_PLACES, RankingShown, ShownUnit, percent

HASH_GROUP = 8


def grouped(sha256: str) -> str:
    """A SHA-256 in groups of eight, as it is printed."""
    return " ".join(sha256[start : start + HASH_GROUP] for start in range(0, len(sha256), HASH_GROUP))


def after_label(tie_rule: str) -> str:
    """The rule beside the label "Khi bằng điểm", which it begins with itself: Xét lần lượt: …; Đồng hạng."""
    rest = tie_rule.removeprefix("Khi bằng điểm, ").removeprefix("Bằng điểm thì ")
    return rest[:1].upper() + rest[1:]


def share_text(share: Fraction | None, places: int) -> str:
    """96,25% without a space; blank for None."""
    return "" if share is None else f"{vietnamese.shown(percent(share, places))}%"


def sum_sentence(shown: RankingShown, unit: ShownUnit) -> str:
    """60,00 (I) + 36,25 (II) + 2,00 (điểm thưởng) − 0,50 (điểm trừ) = 97,75 điểm. Blank without points.

    Groups are named where the top ones make up all the points inside the maximum; otherwise these stand as one sum.
    """
    if unit.points is None:
        return ""
    inside = unit.points - unit.bonus + unit.penalty
    within = _with_main_leaves(shown)
    tops = [each for each in shown.criteria if not each.parent and each.key in within]
    parts = [(each.number, unit.groups[each.key]) for each in tops if each.key in unit.groups]
    if len(parts) < len(tops) or sum(points for _number, points in parts) != inside:
        parts = [("các tiêu chí", inside)]
    if unit.bonus:
        parts.append(("điểm thưởng", unit.bonus))
    said = " + ".join(f"{vietnamese.shown(points, shown.places)} ({name})" for name, points in parts)
    if unit.penalty:
        said += f" − {vietnamese.shown(unit.penalty, shown.places)} (điểm trừ)"
    return f"{said} = {vietnamese.shown(unit.points, shown.places)} điểm."


def _with_main_leaves(shown: RankingShown) -> set[str]:
    """Keys of leaves inside the maximum and of every group above them."""
    parents = {each.key: each.parent for each in shown.criteria}
    found: set[str] = set()
    for leaf in shown.leaves:
        key = leaf.key if leaf.part is CriterionPart.MAIN else ""
        while key and key not in found:
            found.add(key)
            key = parents[key]
    return found


def share_sentence(shown: RankingShown, unit: ShownUnit) -> str:
    """97,75 ÷ 100,00 điểm tối đa được giao = 97,75%. Blank when nothing was assigned."""
    if unit.share is None:
        return ""
    points, most = (vietnamese.shown(value, shown.places) for value in (unit.points, unit.maximum))
    return f"{points} ÷ {most} điểm tối đa được giao = {share_text(unit.share, shown.share_places)}."


def basis_sentence(shown: RankingShown) -> str:
    """What the order goes by, and how points were rounded."""
    by = "tổng điểm" if shown.basis is RankBasis.POINTS else "tỷ lệ trên tổng điểm được giao"
    return f"Xếp theo {by}. {shown.rounding}."


def place_sentence(shown: RankingShown, unit: ShownUnit) -> str:
    """How many stand before it, with whom it shares the place, what decided; why it stands apart."""
    if unit.rank is None:
        return f"Không xếp hạng: {unit.apart}. Lý do: {unit.apart_reason}" if unit.apart else "Chưa xếp hạng."
    before = unit.rank - 1
    said = f"Hạng {unit.rank} trên {len(shown.ranked)} đơn vị"
    said += f": {before} đơn vị đứng trên" if before else ": không đơn vị nào đứng trên"
    others = [each.name for each in shown.ranked if each.rank == unit.rank and each.key != unit.key]
    if others:
        said += f"; đồng hạng với {', '.join(others)}"
    if unit.decided_by:
        said += f". Có đơn vị bằng điểm, thứ hạng phân định theo cách xét sau. {unit.decided_by}"
    return said if said.endswith(".") else f"{said}."


def share_change(then: Fraction, now: Fraction) -> str:
    """tỷ lệ tăng 1,25 điểm phần trăm: how far the share moved, of the shares as they are printed."""
    moved = percent(now, LEAST_SHARE_PLACES) - percent(then, LEAST_SHARE_PLACES)
    if not moved:
        return "tỷ lệ giữ nguyên"
    return f"tỷ lệ {'tăng' if moved > 0 else 'giảm'} {vietnamese.shown(abs(moved))} điểm phần trăm"


def points_text(points: Decimal | None) -> str:
    """37,50 and 37,125: two decimals, or as many as there are, where sets of different roundings stand together."""
    if points is None:
        return ""
    exponent = points.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return vietnamese.shown(points, max(2, -exponent))
