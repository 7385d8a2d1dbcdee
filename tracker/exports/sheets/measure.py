"""How many lines a text takes in a cell, from the advance widths of the document font.

Excel and LibreOffice never reckon the height of a wrapped row of a file made by a program. Liberation Serif has the
same advance widths as Times New Roman, so what is counted here holds for both.
"""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).resolve().parents[2] / "documents" / "fonts"
FACES = {
    (False, False): "LiberationSerif-Regular.ttf",
    (True, False): "LiberationSerif-Bold.ttf",
    (False, True): "LiberationSerif-Italic.ttf",
    (True, True): "LiberationSerif-BoldItalic.ttf",
}
UNITS_PER_EM = 1000
WIDEST_LETTER = 1100
MM_PER_POINT = 25.4 / 72
MM_PER_WIDTH_UNIT = 7 * 25.4 / 96
"""One unit of column width: 7 pixels, the widest figure of the Normal font, Times New Roman 11."""

INDENTED_PADDING_MM = 4.8
PADDING_MM = 3.4
SAFETY = 0.98
SLACK_MM = 1.5
"""How far one word may go into the padding before it is broken: the padding is reckoned wider than it is drawn."""


LONGEST_KEPT = 400
"""Longer texts are seldom the same twice, and would fill the memory of breaks."""


MOST_WORDS = 4096


class _Letters(dict[str, float]):
    """Advance width by letter, in thousandths of an em; each is reckoned at its first use."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, letter: str) -> float:
        self[letter] = width = self._font.getlength(letter)
        return width


class Face:
    """One face of the font."""

    def __init__(self, bold: bool, italic: bool) -> None:
        path = str(FONTS / FACES[bold, italic])
        font = ImageFont.truetype(path, UNITS_PER_EM, layout_engine=ImageFont.Layout.BASIC)
        self._width_of = _Letters(font).__getitem__
        self.space = self.width(" ")
        self._words: dict[str, float] = {}

    def width(self, text: str) -> float:
        """The advance width of `text` in thousandths of an em."""
        return sum(map(self._width_of, text))

    def word(self, word: str) -> float:
        """The same of a word, kept: a list says its words again and again."""
        width = self._words.get(word)
        if width is None:
            if len(self._words) >= MOST_WORDS:
                self._words.clear()
            self._words[word] = width = self.width(word)
        return width


@lru_cache(maxsize=4)
def face(bold: bool = False, italic: bool = False) -> Face:
    """The face, loaded at its first use."""
    return Face(bold, italic)


def room_mm(width: float, *, indented: bool) -> float:
    """The millimetres left for text in a column (or merged columns) of `width` units."""
    padding = INDENTED_PADDING_MM if indented else PADDING_MM
    return max(width * MM_PER_WIDTH_UNIT * SAFETY - padding, 2.0)


def text_mm(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of one line of text at `size` points."""
    return face(bold, italic).width(text) / UNITS_PER_EM * size * MM_PER_POINT


def break_lines(
    text: str, room: float, size: float, *, bold: bool = False, italic: bool = False
) -> list[tuple[int, int]]:
    """Where a text breaks in `room` millimetres: (start, end) of each line, at least one.

    Lines break at spaces and line feeds; a word wider than the room breaks between letters. A no-break space holds.
    """
    most = room / (size * MM_PER_POINT) * UNITS_PER_EM
    if len(text) * WIDEST_LETTER <= most and "\n" not in text:
        return [(0, len(text))]
    if len(text) > LONGEST_KEPT:
        return _break(text, room, size, bold, italic)
    return list(_kept_break(text, room, size, bold, italic))


@lru_cache(maxsize=2048)
def _kept_break(text: str, room: float, size: float, bold: bool, italic: bool) -> tuple[tuple[int, int], ...]:
    """The titles of criteria stand once for each unit: each is broken once."""
    return tuple(_break(text, room, size, bold, italic))


def _break(text: str, room: float, size: float, bold: bool, italic: bool) -> list[tuple[int, int]]:
    most = room / (size * MM_PER_POINT) * UNITS_PER_EM
    widest_word = (room + SLACK_MM) / (size * MM_PER_POINT) * UNITS_PER_EM
    letters = face(bold, italic)
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        lines += _break_paragraph(text, start, start + len(paragraph), most, widest_word, letters)
        start += len(paragraph) + 1
    return lines


def _break_paragraph(
    text: str, start: int, end: int, most: float, widest_word: float, letters: Face
) -> list[tuple[int, int]]:
    """The lines of text[start:end], which holds no line feed."""
    lines = []
    line_start, used, place = start, 0.0, start
    while place < end:
        word_end = text.find(" ", place, end)
        if word_end < 0:
            word_end = end
        width = letters.word(text[place:word_end])
        if used and used + width > most:
            lines.append((line_start, place - 1))
            line_start, used = place, 0.0
        while width > widest_word and word_end - place > 1:
            cut = _cut(text, place, word_end, most, letters)
            lines.append((line_start, cut))
            line_start = place = cut
            width = letters.width(text[place:word_end])
        used += width + letters.space
        place = word_end + 1
    lines.append((line_start, end))
    return lines


def _cut(text: str, place: int, word_end: int, most: float, letters: Face) -> int:
    """How far a word too wide for a line goes on it; at least one letter."""
    used, cut = letters.width(text[place]), place + 1
    while cut < word_end and used + letters.width(text[cut]) <= most:
        used += letters.width(text[cut])
        cut += 1
    return cut


def count_lines(
    text: str, width: float, size: float, *, indented: bool = False, bold: bool = False, italic: bool = False
) -> int:
    """The lines a text takes in a column of `width` units."""
    return len(break_lines(text, room_mm(width, indented=indented), size, bold=bold, italic=italic))
