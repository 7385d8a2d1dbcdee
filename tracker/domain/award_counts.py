"""Awards counted by form, method and object: the rows and columns of the sheet "Khen thưởng" (papers, section 4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.period_results import AchievementLine
from tracker.domain.submissions import AwardLevel, AwardMethod, AwardObject
from tracker.text import clean_line, fold, sort_key

OTHER_FORM = "Hình thức chưa ghi rõ"
UNSAID_METHOD = "Chưa ghi loại hình"
UNSAID_OBJECT = "Chưa ghi đối tượng"

Column = tuple[AwardMethod | None, AwardObject | None]


@dataclass(frozen=True)
class AwardRow:
    """One form of award; `counts` by (method, object), no entry where none was reported."""

    form: str
    counts: dict[Column, int]

    def total(self, received_by: AwardObject | None) -> int:
        return sum(count for (_method, who), count in self.counts.items() if who is received_by)


@dataclass(frozen=True)
class AwardTable:
    """`methods` and `objects` are the columns: the law's own always, "not said" only where some row needs it.

    `uncounted`: awards without a number, each counted as one.
    """

    rows: tuple[AwardRow, ...]
    methods: tuple[AwardMethod | None, ...]
    objects: tuple[AwardObject | None, ...]
    uncounted: int = 0

    def column_total(self, method: AwardMethod | None, received_by: AwardObject | None) -> int:
        return sum(row.counts.get((method, received_by), 0) for row in self.rows)

    def total(self, received_by: AwardObject | None) -> int:
        return sum(row.total(received_by) for row in self.rows)

    def method_total(self, method: AwardMethod | None) -> int:
        return sum(self.column_total(method, who) for who in self.objects)

    @property
    def grand_total(self) -> int:
        return sum(self.total(who) for who in self.objects)


def count_awards(awards: Iterable[AchievementLine]) -> AwardTable:
    """The table of all awards: forms by the highest level that conferred them, then in Vietnamese order.

    Forms that differ only in capitals, accents or spaces are one. An award without a number is counted as one.
    """
    counts: dict[str, dict[Column, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    ranks: dict[str, int] = {}
    order: list[AwardLevel | None] = [*AwardLevel, None]
    uncounted = 0
    for award in awards:
        form = clean_line(award.award) or OTHER_FORM
        key = fold(form)
        names.setdefault(key, form)
        ranks[key] = min(ranks.get(key, len(order)), order.index(award.level))
        counts[key][award.award_method, award.award_object] += award.count or 1
        uncounted += award.count is None
    seen = {column for row in counts.values() for column in row}
    keys = sorted(counts, key=lambda key: (ranks[key], sort_key(names[key])))
    return AwardTable(
        tuple(AwardRow(names[key], dict(counts[key])) for key in keys),
        (*AwardMethod, *([None] if any(method is None for method, _who in seen) else [])),
        (AwardObject.COLLECTIVE, AwardObject.PERSON, *_more_objects({who for _method, who in seen})),
        uncounted,
    )


def _more_objects(seen: set[AwardObject | None]) -> Iterable[AwardObject | None]:
    """Households and "not said", where there are any."""
    return (who for who in (AwardObject.HOUSEHOLD, None) if who in seen)


def method_label(method: AwardMethod | None) -> str:
    return method.label if method else UNSAID_METHOD


def object_label(received_by: AwardObject | None) -> str:
    return received_by.label if received_by else UNSAID_OBJECT
