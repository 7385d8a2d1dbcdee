"""What a criteria set says of ranking, written while the set is open and frozen with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified

from tracker.db import db
from tracker.domain.criteria import CriterionPart, RankBasis
from tracker.domain.ranking import TieRule
from tracker.domain.vietnamese import joined
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.scoring import ClassBand, ClassFloor, QuotaHint, TieRow
from tracker.queries import criteria_ranking as queries
from tracker.services.criteria_open import still_open
from tracker.services.recording import recorded
from tracker.text import clean_line

ONE = Decimal(1)
HUNDRED = Decimal(100)
LONGEST_CLASS, LONGEST_LINE = 100, 300


@dataclass(frozen=True)
class TieGiven:
    """`group` for TieRule.GROUP_POINTS only."""

    rule: TieRule
    group: Criterion | None = None


@dataclass(frozen=True)
class ClassGiven:
    """`least` as models/scoring.ClassBand keeps it (points, or a share as 0.9); floors as shares, by group."""

    name: str
    least: Decimal
    leaf_floor: Decimal | None = None
    floors: Mapping[Criterion, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class HintGiven:
    """`percent` as 20 for 20 %."""

    award: str
    percent: Decimal
    source: str


@recorded
def set_rules(
    criteria_set: CriteriaSet,
    *,
    ties: Sequence[TieGiven],
    classes: Sequence[ClassGiven],
    hints: Sequence[HintGiven],
    seen: int,
    by: Account,
    at: datetime,
) -> CriteriaSet:
    """All at once, in place of what stood. NotOpen once frozen; Conflict when stale; RuleBroken with a way out.

    The same rules sent again change nothing.
    """
    still_open(criteria_set)
    if seen != criteria_set.version:
        raise Conflict(criteria_set)
    _check_ties(criteria_set, ties)
    cleaned = _checked_classes(criteria_set, classes)
    shares = _checked_hints(hints)
    standing = queries.rules_of(criteria_set)
    if _same(standing, ties, cleaned, shares):
        return criteria_set
    for row in (*standing.ties, *standing.classes, *standing.hints):
        db.session.delete(row)
    db.session.flush()
    for place, tie in enumerate(ties):
        db.session.add(TieRow(criteria_set=criteria_set, position=place, rule=tie.rule, criterion=tie.group))
    for place, one in enumerate(cleaned):
        band = ClassBand(
            criteria_set=criteria_set, position=place, name=one.name, least=one.least, leaf_floor=one.leaf_floor
        )
        band.floors = [ClassFloor(criterion=group, floor=floor) for group, floor in one.floors.items()]
        db.session.add(band)
    for hint in shares:
        db.session.add(
            QuotaHint(criteria_set=criteria_set, award=hint.award, percent=hint.percent, source=hint.source)
        )
    flag_modified(criteria_set, "name")
    db.session.flush()
    return criteria_set


def copy_rules(source: CriteriaSet, made: CriteriaSet, twins: Mapping[int, Criterion]) -> None:
    """The rules of a set into its copy; `twins`: the copies of its rows by the number of their original."""
    rules = queries.rules_of(source)
    for tie in rules.ties:
        group = twins[tie.criterion_id] if tie.criterion_id is not None else None
        db.session.add(TieRow(criteria_set=made, position=tie.position, rule=tie.rule, criterion=group))
    for band in rules.classes:
        twin = ClassBand(
            criteria_set=made, position=band.position, name=band.name, least=band.least, leaf_floor=band.leaf_floor
        )
        twin.floors = [ClassFloor(criterion=twins[each.criterion_id], floor=each.floor) for each in band.floors]
        db.session.add(twin)
    for hint in rules.hints:
        db.session.add(QuotaHint(criteria_set=made, award=hint.award, percent=hint.percent, source=hint.source))


def remove_rules(criteria_set: CriteriaSet) -> None:
    """With the set itself."""
    rules = queries.rules_of(criteria_set)
    for row in (*rules.ties, *rules.classes, *rules.hints):
        db.session.delete(row)
    db.session.flush()


def not_named(rows: Collection[Criterion]) -> None:
    """RuleBroken when a tie-breaker or a floor names one of these rows, which are about to go or to be no group."""
    named = queries.naming(rows)
    if named:
        numbers = joined([row.number for row in named])
        raise RuleBroken(
            f"Nhóm {numbers} đang dùng để xét khi bằng điểm hoặc làm sàn xếp loại: hãy bỏ ở trang “Quy định xếp hạng” "
            "của bộ tiêu chí trước."
        )


def basis_still_fits(criteria_set: CriteriaSet, basis: RankBasis) -> None:
    """RuleBroken when classes were written in points and the order is to go by share, or the other way round."""
    if basis is not criteria_set.rank_by and queries.rules_of(criteria_set).classes:
        raise RuleBroken(
            f"Các mức xếp loại đang ghi theo “{criteria_set.rank_by.label}”: hãy bỏ các mức đó ở trang “Quy định xếp "
            "hạng” rồi đổi, sau đó ghi lại theo cách mới.",
            field="rank_by",
        )


def _check_ties(criteria_set: CriteriaSet, ties: Sequence[TieGiven]) -> None:
    for tie in ties:
        if (tie.rule is TieRule.GROUP_POINTS) != (tie.group is not None):
            raise RuleBroken("Cách xét theo điểm của nhóm phải nói rõ nhóm nào.")
        if tie.group is not None:
            _check_group(criteria_set, tie.group)
    if len({(tie.rule, tie.group) for tie in ties}) < len(ties):
        raise RuleBroken("Một cách xét khi bằng điểm ghi hai lần: mỗi cách chỉ ghi một lần.")


def _check_group(criteria_set: CriteriaSet, group: Criterion) -> None:
    if group.criteria_set_id != criteria_set.id:
        raise RuleBroken("Nhóm này thuộc bộ tiêu chí khác.")
    if group.function is not None or group.part is not CriterionPart.MAIN:
        raise RuleBroken(f"Dòng {group.number} không phải là một nhóm trong tổng điểm: hãy chọn một nhóm.")


def _checked_classes(criteria_set: CriteriaSet, classes: Sequence[ClassGiven]) -> list[ClassGiven]:
    """Names cleaned, lower bounds falling from the top, floors between nothing and all."""
    cleaned: list[ClassGiven] = []
    for one in classes:
        name = _line(one.name, "tên mức xếp loại", LONGEST_CLASS)
        if any(each.name.casefold() == name.casefold() for each in cleaned):
            raise RuleBroken(f"Mức “{name}” ghi hai lần.")
        if one.least < 0 or (criteria_set.rank_by is RankBasis.SHARE and one.least > ONE):
            raise RuleBroken(f"Mức “{name}”: ghi từ 0 trở lên, theo tỷ lệ thì không quá 100%.")
        if cleaned and one.least >= cleaned[-1].least:
            raise RuleBroken(f"Mức “{name}” phải thấp hơn mức “{cleaned[-1].name}” ở dòng trên: ghi từ cao xuống thấp.")
        for floor in (one.leaf_floor, *one.floors.values()):
            if floor is not None and not 0 <= floor <= ONE:
                raise RuleBroken(f"Mức “{name}”: sàn từ 0% đến 100%.")
        for group in one.floors:
            _check_group(criteria_set, group)
        cleaned.append(ClassGiven(name, one.least, one.leaf_floor, one.floors))
    return cleaned


def _checked_hints(hints: Sequence[HintGiven]) -> list[HintGiven]:
    cleaned = []
    for hint in hints:
        award = _line(hint.award, "danh hiệu, hình thức khen thưởng", LONGEST_LINE)
        if not 0 < hint.percent <= HUNDRED:
            raise RuleBroken(f"Tỷ lệ đề nghị “{award}” phải lớn hơn 0% và không quá 100%.")
        cleaned.append(HintGiven(award, hint.percent, _line(hint.source, f"căn cứ của tỷ lệ “{award}”", LONGEST_LINE)))
    return cleaned


def _line(text: str, what: str, most: int) -> str:
    line = clean_line(text)
    if not line:
        raise RuleBroken(f"Hãy ghi {what}.")
    if len(line) > most:
        raise RuleBroken(f"Ô {what} nhiều nhất {most} ký tự.")
    return line


def _same(
    standing: queries.RankingRules, ties: Sequence[TieGiven], classes: Sequence[ClassGiven],
    hints: Sequence[HintGiven],
) -> bool:  # fmt: skip
    kept_classes = [
        (band.name, band.least, band.leaf_floor, {each.criterion_id: each.floor for each in band.floors})
        for band in standing.classes
    ]
    return (
        [(tie.rule, tie.criterion_id) for tie in standing.ties]
        == [(tie.rule, tie.group.id if tie.group else None) for tie in ties]
        and kept_classes
        == [
            (one.name, one.least, one.leaf_floor, {group.id: floor for group, floor in one.floors.items()})
            for one in classes
        ]
        and [(hint.award, hint.percent, hint.source) for hint in standing.hints]
        == [(hint.award, hint.percent, hint.source) for hint in hints]
    )
