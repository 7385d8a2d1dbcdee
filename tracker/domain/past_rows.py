"""Rows of the workbook of earlier years: what they are held against, and as they were checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.domain.blocs import BlocKind
from tracker.domain.form_sheet import CellError
from tracker.domain.past_sheet import PAST_AWARDS, PAST_RESULTS, PAST_VALUES
from tracker.text import fold

PastCell = Decimal | int | str | date | None
PastKey = tuple[str | int, ...]

#: Sheet → the columns by which a row is known again.
KEY_COLUMNS = {
    PAST_RESULTS: ("unit", "year", "kind"),
    PAST_VALUES: ("unit", "year", "kind", "name"),
    PAST_AWARDS: ("unit", "year", "object", "award", "decision_number"),
}


@dataclass(frozen=True)
class ExpectedPast:
    """`units`: folded name, short name or other spelling → public id; `ambiguous`: those that two units bear."""

    bloc_key: str
    units: Mapping[str, str]
    last_year: int
    ambiguous: frozenset[str] = frozenset()
    kind: BlocKind = BlocKind.KHOI


@dataclass(frozen=True)
class PastRow:
    """`values` by column: `unit` is a public id, choices are codes; `cells` names each cell, as "G12"."""

    sheet: str
    number: int
    values: Mapping[str, PastCell]
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> PastKey:
        return key_of(self.sheet, self.values)


@dataclass(frozen=True)
class PastRead:
    """The workbook as it was read. With errors nothing of it may be written."""

    rows: tuple[PastRow, ...]
    errors: tuple[CellError, ...]


def key_of(sheet: str, values: Mapping[str, PastCell]) -> PastKey:
    """By what a row is known: words without accents and capitals, as figures are found again."""
    unit, *others = (values.get(name) for name in KEY_COLUMNS[sheet])
    return (str(unit), *(each if isinstance(each, int) else fold(str(each or "")) for each in others))
