"""The drawing of who led when: one bar a term, as numbers for an SVG that the template writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.blocs import TermRole
from tracker.models.bloc import Term

LEFT, RIGHT, ROW, TOP = 132, 316, 30, 34
MOST = 12
DAYS = 365.25


@dataclass(frozen=True)
class Bar:
    """One term: left edge, width and top in the drawing's units; the leader's are filled."""

    label: str
    x: float
    width: float
    y: int
    leads: bool


@dataclass(frozen=True)
class Timeline:
    """`years` are (year, x) of its lines."""

    height: int
    bars: tuple[Bar, ...]
    years: tuple[tuple[int, float], ...]


def of(terms: Sequence[Term], today: date) -> Timeline | None:
    """The latest leading terms, oldest on top, from the first day to the end of this year; None without any.

    A term with an open end is drawn to the end of the drawing.
    """
    shown = sorted(
        (term for term in terms if term.role is not TermRole.STAND_IN),
        key=lambda term: (term.starts_on, list(TermRole).index(term.role), term.id),
    )[-MOST:]
    if not shown:
        return None
    first = date(shown[0].starts_on.year, 1, 1)
    ends = [term.ends_on or term.starts_on for term in shown]
    last = date(max(today, *ends, shown[-1].starts_on).year + 1, 1, 1)
    scale = (RIGHT - LEFT) / (last - first).days

    def place(day: date) -> float:
        return round(LEFT + (min(max(day, first), last) - first).days * scale, 1)

    bars = tuple(
        Bar(
            label=term.unit.named_on(term.starts_on).short_name,
            x=place(term.starts_on),
            width=max(2.0, round(place(term.ends_on or last) - place(term.starts_on), 1)),
            y=TOP + number * ROW,
            leads=term.role is TermRole.LEADER,
        )
        for number, term in enumerate(shown)
    )
    step = max(1, -(-(last.year - first.year) // 4))
    years = tuple((year, place(date(year, 1, 1))) for year in range(first.year, last.year, step))
    return Timeline(TOP + len(bars) * ROW + 4, bars, years)
