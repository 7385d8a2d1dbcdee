"""Periods of a year, as dates and as words."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.labels import Labelled


class PeriodKind(Labelled):
    """The kỳ a report or a conference speaks of."""

    FIRST_HALF = "first_half", "6 tháng đầu năm"
    SECOND_HALF = "second_half", "6 tháng cuối năm"
    YEAR = "year", "cả năm"
    QUARTER_1 = "quarter_1", "quý I"
    QUARTER_2 = "quarter_2", "quý II"
    QUARTER_3 = "quarter_3", "quý III"
    QUARTER_4 = "quarter_4", "quý IV"


_SPAN = {
    PeriodKind.FIRST_HALF: (1, 6),
    PeriodKind.SECOND_HALF: (7, 12),
    PeriodKind.YEAR: (1, 12),
    PeriodKind.QUARTER_1: (1, 3),
    PeriodKind.QUARTER_2: (4, 6),
    PeriodKind.QUARTER_3: (7, 9),
    PeriodKind.QUARTER_4: (10, 12),
}


@dataclass(frozen=True, order=True)
class Period:
    """A kỳ of a year, as a conference or a submission names it."""

    year: int
    kind: PeriodKind

    @property
    def first_day(self) -> date:
        return date(self.year, _SPAN[self.kind][0], 1)

    @property
    def last_day(self) -> date:
        month = _SPAN[self.kind][1]
        following = date(self.year + 1, 1, 1) if month == 12 else date(self.year, month + 1, 1)
        return following - timedelta(days=1)

    @property
    def label(self) -> str:
        """"6 tháng đầu năm 2022", "quý I năm 2022", "năm 2022": never with a leading zero (settled.md)."""
        if self.kind is PeriodKind.YEAR:
            return f"năm {self.year}"
        if self.kind in (PeriodKind.FIRST_HALF, PeriodKind.SECOND_HALF):
            return f"{self.kind.label} {self.year}"
        return f"{self.kind.label} năm {self.year}"

    @property
    def short_label(self) -> str:
        """Without the year, where the year stands already: "6 tháng đầu năm", "năm"."""
        return "năm" if self.kind is PeriodKind.YEAR else self.kind.label

    @property
    def following(self) -> "Period":
        """The period for which a review of this one gives directions."""
        match self.kind:
            case PeriodKind.FIRST_HALF:
                return Period(self.year, PeriodKind.SECOND_HALF)
            case PeriodKind.SECOND_HALF:
                return Period(self.year + 1, PeriodKind.FIRST_HALF)
            case PeriodKind.YEAR:
                return Period(self.year + 1, PeriodKind.YEAR)
            case PeriodKind.QUARTER_4:
                return Period(self.year + 1, PeriodKind.QUARTER_1)
        quarters = [PeriodKind.QUARTER_1, PeriodKind.QUARTER_2, PeriodKind.QUARTER_3, PeriodKind.QUARTER_4]
        return Period(self.year, quarters[quarters.index(self.kind) + 1])
