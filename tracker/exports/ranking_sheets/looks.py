"""Points and shares as cells: numbers with as many decimals as the ranking shows."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from tracker.domain.blocs import BlocKind
from tracker.domain.ranking_shown import RankingShown, ShownUnit
from tracker.exports.ranking_words import LEAST_PLACES, point_places, share_value
from tracker.exports.sheets import styles
from tracker.exports.sheets.sheet import Cell, Column
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value

Dress = Callable[[Kind], Look]


@cache
def _look(dress: Dress, kind: Kind, number_format: str) -> Look:
    return replace(dress(kind), number_format=number_format)


def points(shown: RankingShown, value: Decimal | None, dress: Dress = styles.body) -> Value | Cell:
    """Two decimals are the column's own; a set that rounds to more shows more."""
    places = point_places(shown)
    if value is None or places == LEAST_PLACES:
        return value
    return Cell(value, look=_look(dress, Kind.POINTS, f"[$-42A]#,##0.{'0' * places}"))


def share(shown: RankingShown, unit: ShownUnit, dress: Dress = styles.body) -> Value | Cell:
    """0.9625 shown as 96,25%, rounded once so that the cell holds what all other papers say."""
    value = share_value(shown, unit)
    if value is None:
        return None
    return Cell(value / 100, look=_look(dress, Kind.SHARE, f"[$-42A]0.{'0' * shown.share_places}%"))


def called_in(columns: Iterable[Column], kind: BlocKind) -> tuple[Column, ...]:
    """The columns under heads as the bloc calls them: Khối chấm, Cụm chấm."""
    return tuple(replace(column, head=kind.called(column.head)) for column in columns)
