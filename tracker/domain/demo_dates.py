"""Dates of the invented authority, reckoned from the day of loading, so that something is always due soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.conferences import ConferenceKind
from tracker.domain.periods import Period, PeriodKind

HAND_OVER = (1, 15)
QUARTERS = (PeriodKind.QUARTER_1, PeriodKind.QUARTER_2, PeriodKind.QUARTER_3, PeriodKind.QUARTER_4)
HALF_YEAR_DAY, YEAR_END_DAY = (7, 17), (1, 9)
JUST_HELD, SOON = timedelta(days=7), timedelta(days=10)


@dataclass(frozen=True)
class ReviewDate:
    """When a review was or will be held, of which kind, on which period."""

    day: date
    kind: ConferenceKind
    period: Period


def _reviews_around(year: int) -> list[ReviewDate]:
    """Every review of four years back to one ahead: January speaks of last year, July of this half-year."""
    found = []
    for each in range(year - 4, year + 2):
        last = Period(each - 1, PeriodKind.YEAR)
        found.append(ReviewDate(date(each, *YEAR_END_DAY), ConferenceKind.YEAR_END_REVIEW, last))
        half = Period(each, PeriodKind.FIRST_HALF)
        found.append(ReviewDate(date(each, *HALF_YEAR_DAY), ConferenceKind.HALF_YEAR_REVIEW, half))
    return found


def review(place: int, as_of: date) -> ReviewDate:
    """0 is the planned review, 1 the last one held at least a week ago, 2 the one before it, and so on."""
    around = _reviews_around(as_of.year)
    last = max(i for i, each in enumerate(around) if each.day <= as_of - JUST_HELD)
    found = around[last + 1 - place]
    if place == 0 and found.day < as_of + SOON:
        return ReviewDate(as_of + SOON, found.kind, found.period)
    return found


def leading_year(as_of: date) -> int:
    """The year of the running term: terms change hands on 15 January."""
    return as_of.year if as_of >= date(as_of.year, *HAND_OVER) else as_of.year - 1


def hand_over(year: int) -> date:
    return date(year, *HAND_OVER)


def last_quarter(as_of: date) -> Period:
    """The last quarter that was over before the day."""
    around = [Period(year, kind) for year in (as_of.year - 1, as_of.year) for kind in QUARTERS]
    return [each for each in around if each.last_day < as_of][-1]
