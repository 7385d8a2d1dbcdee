"""A row whose text is too long goes on in further rows, each low enough for Excel and for a printed page.

Excel draws no row higher than 409 points and keeps 32,767 characters in a cell. Text is cut between lines, never
inside a word that fits, and each part that goes on begins with "(tiếp)"; the parts together are the whole text.
"""

from collections.abc import Sequence

from tracker.exports.sheets.measure import break_lines, room_mm
from tracker.exports.sheets.values import LONGEST_TEXT, fits_a_cell

BODY_POINTS = 11.0
MOST_LINES = 26
GOES_ON = "(tiếp) "

Text = tuple[str, float, bool, bool]
"""text, width of its columns in units, indented, bold."""

Part = tuple[list[str | None], int]
"""One printed row: the text of each cell (None: not a text), and its number of lines."""


def parts_of(texts: Sequence[Text | None]) -> list[Part]:
    """The printed rows of one row of cells. A text short enough stands again on each of them, so filters hold."""
    counted = [text and _lines(*text) for text in texts]
    most = max((len(lines) for lines in counted if lines), default=1)
    if most <= MOST_LINES and all(fits_a_cell(text[0]) for text in texts if text):
        return [([text and text[0] for text in texts], most)]
    cut = [text and _slices(text[0], lines or []) for text, lines in zip(texts, counted, strict=True)]
    count = max(len(slices) for slices in cut if slices)
    parts: list[Part] = []
    for number in range(count):
        row = [None if slices is None else _slice(slices, number) for slices in cut]
        lines = [len(_lines(piece, *text[1:])) for piece, text in zip(row, texts, strict=True) if piece and text]
        parts.append((row, max(lines, default=1)))
    return parts


def _lines(text: str, width: float, indented: bool, bold: bool) -> list[tuple[int, int]]:
    return break_lines(text, room_mm(width, indented=indented), BODY_POINTS, bold=bold)


def _slices(text: str, lines: Sequence[tuple[int, int]]) -> list[str]:
    """The text in pieces of at most MOST_LINES lines and LONGEST_TEXT characters."""
    pieces = []
    for place in range(0, len(lines), MOST_LINES):
        some = lines[place : place + MOST_LINES]
        piece = text[some[0][0] : some[-1][1]]
        if fits_a_cell(piece):
            pieces.append(piece)
        else:
            step = LONGEST_TEXT // 2 - len(GOES_ON)
            pieces += [piece[start : start + step] for start in range(0, len(piece), step)]
    return pieces


def _slice(slices: Sequence[str], number: int) -> str:
    """The piece for one printed row; a text of one piece is said again, one that has ended leaves the cell empty."""
    if len(slices) == 1:
        return slices[0]
    if number >= len(slices):
        return ""
    return slices[number] if number == 0 else GOES_ON + slices[number]
