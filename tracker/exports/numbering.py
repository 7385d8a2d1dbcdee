"""Numbers and letters of a paper: what is empty vanishes with its number, and the rest closes up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.domain.paper import Clause, Point, Section
from tracker.domain.vietnamese import LETTERS, letter, roman
from tracker.exports.phrases import bound

Entry = tuple[str, ...]
CONTINUED = "(tiếp theo)"
END_OF_SENTENCE = (".", ";", ":", "!", "?", "…")


@dataclass(frozen=True)
class Block:
    """A clause before it has its number. An entry is a point's text and its own paragraphs."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[Entry, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.paragraphs and not self.points


@dataclass(frozen=True)
class Chapter:
    """A section before it has its number."""

    title: str
    blocks: tuple[Block, ...] = ()
    paragraphs: tuple[str, ...] = ()


def sections(chapters: Iterable[Chapter]) -> tuple[Section, ...]:
    """I, II, III in order of those that say something."""
    full = [(chapter, clauses(chapter.blocks)) for chapter in chapters]
    kept = [(chapter, rows) for chapter, rows in full if rows or chapter.paragraphs]
    return tuple(
        Section(roman(place), bound(chapter.title.upper()), _bound(chapter.paragraphs), rows)
        for place, (chapter, rows) in enumerate(kept, start=1)
    )


def clauses(blocks: Iterable[Block]) -> tuple[Clause, ...]:
    """1, 2, 3 in order of those that say something.

    The alphabet has 23 letters (NĐ 30/2020): a longer list goes on in a clause of its own, "(tiếp theo)", from a)
    again. A lone point takes no letter.
    """
    parts = [part for block in blocks if not block.empty for part in _split(block)]
    return tuple(
        Clause(str(place), bound(part.title), _bound(part.paragraphs), _points(part.points))
        for place, part in enumerate(parts, start=1)
    )


def _split(block: Block) -> list[Block]:
    if len(block.points) == 1:
        return [Block(block.title, block.paragraphs + without_letter(block.points[0]))]
    most = len(LETTERS)
    parts = [Block(block.title, block.paragraphs, block.points[:most])]
    for start in range(most, len(block.points), most):
        parts.append(Block(f"{block.title} {CONTINUED}", (), block.points[start : start + most]))
    return parts


def without_letter(entry: Entry) -> tuple[str, ...]:
    """A lone point as paragraphs: a heading leads over to its text with a colon."""
    if len(entry) > 1 and not entry[0].endswith(END_OF_SENTENCE):
        return (f"{entry[0]}: {entry[1]}", *entry[2:])
    return entry


def _points(entries: Sequence[Entry]) -> tuple[Point, ...]:
    return tuple(
        Point(letter(place), bound(entry[0]), _bound(entry[1:])) for place, entry in enumerate(entries, start=1)
    )


def _bound(paragraphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(bound(paragraph) for paragraph in paragraphs)
