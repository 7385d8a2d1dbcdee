"""From the sums of units to the lines of a ranking: the one way, whether sums were just added up or kept."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.domain.criteria import RankBasis
from tracker.domain.ranking import Placing, TieBreaker, TieRule, rank
from tracker.domain.ranking_shown import ShownUnit
from tracker.domain.unit_sums import UnitSums

#: Days late, for the tie rule, of a unit that never sent: more than of any that did.
NEVER_SENT = 100_000


class UnitLine(NamedTuple):
    """A unit that is to be placed; `apart` and its reason where it stands apart from the ranking.

    `days_late` None: it never sent, and what it typed for itself is nobody else's to read.
    """

    key: str
    name: str
    short_name: str
    sums: UnitSums
    days_late: int | None = None
    apart: str = ""
    apart_reason: str = ""


def placed(
    lines: Sequence[UnitLine], basis: RankBasis, breakers: Sequence[TieBreaker], numbers: Mapping[str, str]
) -> tuple[ShownUnit, ...]:
    """In the order of places, those who stand apart last; `numbers` of groups by key, for the words of a tie rule."""
    late = {each.key: NEVER_SENT if each.days_late is None else each.days_late for each in lines}
    places = rank([each.sums.total for each in lines if not each.apart], basis, breakers, late)
    considered = {each.key: each for each in lines if not each.apart}
    rules = {breaker: tie_rule([breaker], numbers) for breaker in breakers}
    ranked = tuple([_shown(considered[placing.unit], placing, rules) for placing in places])
    return ranked + tuple([_shown(each, None, rules) for each in lines if each.apart])


def _shown(line: UnitLine, placing: Placing | None, rules: Mapping[TieBreaker, str]) -> ShownUnit:
    """By position, in the order of ShownUnit: there are thousands of lines."""
    sums, sent = line.sums, line.days_late is not None
    total = sums.total
    return ShownUnit(
        line.key,
        line.name,
        line.short_name,
        placing.rank if placing else None,
        bool(placing and placing.shared),
        rules[placing.decided_by] if placing and placing.decided_by else "",
        sums.own_total if sent else None,
        sums.bloc_total,
        total.bonus,
        total.penalty,
        total.total if placing else None,
        total.maximum,
        sums.class_name if placing else "",
        sums.class_note if placing else "",
        line.apart,
        line.apart_reason,
        line.days_late,
        total.blank,
        total.groups,
    )


def tie_rule(breakers: Sequence[TieBreaker], numbers: Mapping[str, str]) -> str:
    """The rule as it is printed; without any, that equal points share the place."""
    words = []
    for breaker in breakers:
        group = numbers.get(breaker.group or "")
        if breaker.rule is TieRule.GROUP_POINTS and group is not None:
            words.append(f"điểm nhóm {group} cao hơn")
        else:
            words.append(breaker.rule.label[0].lower() + breaker.rule.label[1:])
    if not words:
        return "Bằng điểm thì đồng hạng."
    return f"Khi bằng điểm, xét lần lượt: {', rồi '.join(words)}; vẫn bằng thì đồng hạng."
