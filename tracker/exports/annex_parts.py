"""One annex before it has its number."""

from dataclasses import dataclass

from tracker.domain.paper import Annex, Table
from tracker.domain.vietnamese import roman
from tracker.exports.measure import broken
from tracker.exports.phrases import bound
from tracker.exports.result_tables import LANDSCAPE, PORTRAIT

TITLE_SIZE = 14.0


@dataclass(frozen=True)
class Part:
    """`key` finds its number again; `title` as in a sentence, in capitals on paper."""

    key: str
    title: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    landscape: bool = False


def places_of(parts: list[Part]) -> dict[str, str]:
    """"Phụ lục II" by key; "Phụ lục" alone when there is one only."""
    return {part.key: _numbered(place, len(parts)) for place, part in enumerate(parts, start=1)}


def drawn(parts: list[Part], period_label: str, sent_with: str) -> tuple[Annex, ...]:
    """The annexes with their numbers; the period stands on a line of its own under each title."""
    return tuple(
        Annex(
            number=_numbered(place, len(parts)),
            title=_title(part, period_label),
            sent_with=bound(sent_with),
            tables=part.tables,
            notes=part.notes,
            landscape=part.landscape,
        )
        for place, part in enumerate(parts, start=1)
    )


def _numbered(place: int, count: int) -> str:
    return f"Phụ lục {roman(place)}" if count > 1 else "Phụ lục"


def _title(part: Part, period_label: str) -> tuple[str, ...]:
    room = (LANDSCAPE if part.landscape else PORTRAIT) - 20
    return (*broken(part.title.upper(), room, TITLE_SIZE, bold=True), period_label.upper())
