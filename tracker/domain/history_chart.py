"""Lines of a chart of places over years: where each point stands on the drawing. No colours, no words of a page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.text import shorten

WIDTH, LEFT, STEP, ROW, TOP = 350, 32, 56, 32, 44
#: Room for the years: the rest of the width belongs to the names at the right end.
SPAN = 168
LONGEST_LABEL = 18
#: More lines than this cannot be told apart: the table beneath still has them all.
MOST_LINES = 12


@dataclass(frozen=True)
class Series:
    """A unit's places, one a column, None where it had none. `strong`: the one the chart speaks of."""

    label: str
    places: tuple[int | None, ...]
    strong: bool = False


@dataclass(frozen=True)
class DrawnLine:
    """`path`: SVG path data, broken where a place is missing; `dots`: (x, y)."""

    path: str
    dots: tuple[tuple[int, int], ...]
    strong: bool


@dataclass(frozen=True)
class PlacesChart:
    """`columns`: (x, label); `rows`: (y, place); `labels` at the right end: (y, words, strong)."""

    height: int
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[int, int], ...]
    lines: tuple[DrawnLine, ...]
    labels: tuple[tuple[int, str, bool], ...]
    label_x: int
    left_out: int = 0
    width: int = WIDTH


def places_chart(columns: Sequence[str], series: Sequence[Series]) -> PlacesChart | None:
    """None when there is nothing to compare: fewer than two columns, or no place at all.

    Of many units the strong ones and those first in the last column are drawn.
    """
    if len(columns) < 2 or not any(place for each in series for place in each.places):
        return None
    drawn = sorted(series, key=_importance)[:MOST_LINES]
    kept = {place for each in drawn for place in each.places if place is not None}
    rows = {place: TOP + ROW * index for index, place in enumerate(sorted(kept))}
    if max(kept) <= MOST_LINES:
        rows = {place: TOP + ROW * (place - 1) for place in range(1, max(kept) + 1)}
    step = min(STEP, SPAN // (len(columns) - 1))
    across = [LEFT + step * index for index in range(len(columns))]
    lines = [_line(each, across, rows) for each in sorted(drawn, key=lambda each: each.strong)]
    return PlacesChart(
        height=max(rows.values()) + 14,
        columns=tuple(zip(across, columns, strict=True)),
        rows=tuple((y, place) for place, y in rows.items()),
        lines=tuple(lines),
        labels=tuple(_labels(drawn, rows)),
        label_x=across[-1] + 12,
        left_out=len(series) - len(drawn),
    )


def _importance(each: Series) -> tuple[bool, bool, int]:
    last = each.places[-1]
    return (not each.strong, last is None, last or 0)


def _line(each: Series, across: Sequence[int], rows: dict[int, int]) -> DrawnLine:
    path, pen, dots = "", "M", []
    for x, place in zip(across, each.places, strict=True):
        if place is None:
            pen = "M"
            continue
        path, pen = f"{path}{pen}{x} {rows[place]}", "L"
        dots.append((x, rows[place]))
    return DrawnLine(path, tuple(dots), each.strong)


def _labels(drawn: Sequence[Series], rows: dict[int, int]) -> list[tuple[int, str, bool]]:
    """Names beside the last column; of those who share a place all where they fit, else one and how many more."""
    found: dict[int, list[Series]] = defaultdict(list)
    for each in drawn:
        if each.places[-1] is not None:
            found[each.places[-1]].append(each)
    made = []
    for place, sharing in sorted(found.items()):
        strong = any(each.strong for each in sharing)
        names = [each.label for each in sorted(sharing, key=lambda each: not each.strong)]
        words = ", ".join(names)
        if len(words) > LONGEST_LABEL:
            words = shorten(names[0], LONGEST_LABEL)
            if len(names) > 1:
                words = f"{shorten(names[0], LONGEST_LABEL - 4)} +{len(names) - 1}"
        made.append((rows[place] + 5, words, strong))
    return made
