"""Places of a source text that look like slips of the pen: marked for the reader, never corrected.

The text stays as it was published (settled.md: faults are kept); each finding says what may be wrong and shows where.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.labels import Labelled
from tracker.text import fold

ROUND = 36
SHORTEST_REPEAT = 8
CLOSED_WITHOUT_OPEN = "Dấu ngoặc kép có đóng mà không có mở."
OPEN_WITHOUT_CLOSE = "Dấu ngoặc kép có mở mà không có đóng."

_DASHED = re.compile(r"(\w+)[^\S\n]*([-\u2013\u2014])[^\S\n]*(\w+)")
_SPACE_BEFORE = re.compile(r"\w[^\S\n]+[,;:](?=\s|$|\w)")
_LOST_WORD = re.compile(r"thi đua yêu(?![^\S\n]+nước)(?:[^\S\n]+\w+)?", re.IGNORECASE)
_TWICE = re.compile(r"\b(của|và|các|những|được|trong|cho|với|là|đã|về|để)[^\S\n]+\1\b", re.IGNORECASE)
_Y_OR_I = re.compile(r"\b(\w+)[^\S\n]+(\w*[^\W\daeiouâêôơưyAEIOU_])([yỳýỷỹỵiìíỉĩị])\b", re.IGNORECASE)
_I_OF_Y = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


class DoubtKind(Labelled):
    """What may be wrong; the label is the sentence that is shown where no closer one is given."""

    REPEATED = "repeated", "Một đoạn đứng hai lần."
    QUOTES = "quotes", "Dấu ngoặc kép không đủ cặp."
    SPACE = "space", "Có khoảng trắng trước dấu câu."
    DASHES = "dashes", "Một tên viết với hai thứ gạch nối; khi tìm kiếm coi là một."
    SPELLING = "spelling", "Một chữ viết hai cách (y và i); khi tìm kiếm coi là một."
    LOST_WORD = "lost_word", "Có thể thiếu chữ “nước” trong “thi đua yêu nước”."
    DOUBLED = "doubled", "Một chữ có thể bị lặp."


@dataclass(frozen=True)
class Doubt:
    """One place: what it may be, the sentence for the reader, the words round it as they stand, where they begin."""

    kind: DoubtKind
    sentence: str
    excerpt: str
    start: int


def doubts(text: str | None) -> list[Doubt]:
    """Everything found, in the order of the text; nothing for a blank one."""
    if not text:
        return []
    found = [
        *_repeated(text), *_quotes(text), *_plain(text, _SPACE_BEFORE, DoubtKind.SPACE),
        *_dashes(text), *_spellings(text), *_plain(text, _LOST_WORD, DoubtKind.LOST_WORD),
        *_plain(text, _TWICE, DoubtKind.DOUBLED),
    ]
    return sorted(found, key=lambda doubt: (doubt.start, doubt.kind))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, its words) of each paragraph; one that is blank is left out."""
    for match in re.finditer(r"[^\n]+", text):
        if match.group().strip():
            yield match.start(), match.group()


def _repeated(text: str) -> Iterator[Doubt]:
    """A paragraph of eight words or more that stood before, read without accents and dashes."""
    seen: set[str] = set()
    for start, paragraph in _paragraphs(text):
        plain = fold(paragraph)
        if len(plain.split()) >= SHORTEST_REPEAT and plain in seen:
            yield _doubt(text, DoubtKind.REPEATED, start, start + 2 * ROUND)
        seen.add(plain)


def _quotes(text: str) -> Iterator[Doubt]:
    """“ and ” counted within each paragraph, and " by pairs."""
    for start, paragraph in _paragraphs(text):
        opened: list[int] = []
        for place, sign in enumerate(paragraph, start):
            if sign == "“":
                opened.append(place)
            elif sign == "”" and opened:
                opened.pop()
            elif sign == "”":
                yield _doubt(text, DoubtKind.QUOTES, place, place + 1, CLOSED_WITHOUT_OPEN)
        for place in opened:
            yield _doubt(text, DoubtKind.QUOTES, place, place + 1, OPEN_WITHOUT_CLOSE)
        if paragraph.count('"') % 2:
            place = start + paragraph.rindex('"')
            yield _doubt(text, DoubtKind.QUOTES, place, place + 1)


def _dashes(text: str) -> Iterator[Doubt]:
    """The same two words joined once by "-" and once by "–": one finding, at the first that differs."""
    joined: dict[tuple[str, str], str] = {}
    told: set[tuple[str, str]] = set()
    for match in _DASHED.finditer(text):
        pair = (match.group(1).lower(), match.group(3).lower())
        if joined.setdefault(pair, match.group(2)) != match.group(2) and pair not in told:
            told.add(pair)
            yield _doubt(text, DoubtKind.DASHES, match.start(), match.end())


def _spellings(text: str) -> Iterator[Doubt]:
    """Two words that differ only in y and i at the end, as in chiến sỹ and chiến sĩ: one finding."""
    written: dict[tuple[str, str], str] = {}
    told: set[tuple[str, str]] = set()
    for match in _Y_OR_I.finditer(text):
        word = (match.group(2) + match.group(3)).lower()
        pair = (match.group(1).lower(), word.translate(_I_OF_Y))
        first = written.setdefault(pair, word)
        if first != word and pair not in told:
            told.add(pair)
            both = f"Viết cả “{pair[0]} {first}” và “{pair[0]} {word}”; khi tìm kiếm coi là một."
            yield _doubt(text, DoubtKind.SPELLING, match.start(), match.end(), both)


def _plain(text: str, pattern: re.Pattern[str], kind: DoubtKind) -> Iterator[Doubt]:
    for match in pattern.finditer(text):
        yield _doubt(text, kind, match.start(), match.end())


def _doubt(text: str, kind: DoubtKind, start: int, end: int, sentence: str | None = None) -> Doubt:
    return Doubt(kind, sentence or kind.label, _excerpt(text, start, end), start)


def _excerpt(text: str, start: int, end: int) -> str:
    """The words round a place, within its paragraph, cut between words; … where something is left out."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    left, right = max(first, start - ROUND), min(last, end + ROUND)
    if left > first:
        left = text.find(" ", left, start + 1) + 1 or left
    if right < last:
        cut = text.rfind(" ", end, right)
        right = cut if cut > 0 else right
    return ("…" if left > first else "") + text[left:right].strip() + ("…" if right < last else "")
