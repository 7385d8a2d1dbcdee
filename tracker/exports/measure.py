"""Widths of text on paper, from the document font's own advances (Liberation Serif = Times New Roman)."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).resolve().parent.parent / "documents" / "fonts"
UNITS_PER_EM = 2048
MM_PER_POINT = 25.4 / 72

# A new line may begin here without cutting a name: after a hyphen or a comma, before a body, a place or a period.
_NEW_SENSE = re.compile(
    r"(?i)(tỉnh|thành phố|huyện|thị xã|các|ủy ban nhân dân|ban|bộ|cục|sở|công an|tòa án|viện|quân khu)\b"
    r"|\d+ tháng (đầu|cuối)|quý [ivx]+\b|năm \d{4}"
)
# Words that belong together: a line never ends inside them when it can end elsewhere.
_TOGETHER = re.compile(
    r"(?i)\b(ủy ban nhân dân|hội đồng nhân dân|tòa án nhân dân|viện kiểm sát nhân dân|bộ chỉ huy|khối thi đua"
    r"|cụm thi đua|thi đua|khen thưởng|yêu nước|thành phố|lực lượng|vũ trang|khu công nghiệp|khu kinh tế|ban quản lý"
    r"|chủ tịch|đồng bằng|ven biển|phong trào|hội nghị)\b"
)
LINE, CUT, INSIDE = 1e6, 5_000.0, 12_000.0


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    face = FONTS / f"LiberationSerif-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(face, UNITS_PER_EM, layout_engine=ImageFont.Layout.BASIC)


@cache
def width(text: str, size: float, bold: bool = False) -> float:
    """Millimetres a line of text takes at `size` points."""
    return _font(bold).getlength(text) / UNITS_PER_EM * size * MM_PER_POINT


def longest(lines: Iterable[str], size: float, bold: bool = False) -> float:
    """Millimetres of the widest line, 0 for none."""
    return max((width(line, size, bold) for line in lines), default=0.0)


def broken(text: str, limit: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The text in as few lines of at most `limit` mm as it takes, cut by sense where that can be had.

    A single word wider than the limit keeps a line of its own: nothing is ever cut inside a word.
    """
    if width(text, size, bold) <= limit:
        return (text,)
    words = text.split(" ")
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices = [
            (best[start][0] + _cost(words, start, end, limit, size, bold), start)
            for start in range(end - 1, -1, -1)
            if start == end - 1 or width(" ".join(words[start:end]), size, bold) <= limit
        ]
        best.append(min(choices))
    lines: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        lines.insert(0, " ".join(words[start:end]))
        end = start
    return tuple(lines)


def _cost(words: list[str], start: int, end: int, limit: float, size: float, bold: bool) -> float:
    """Fewer lines first, then cuts by sense, then even lengths."""
    cost = LINE + (limit - width(" ".join(words[start:end]), size, bold)) ** 2
    if end == len(words):
        return cost
    head, rest = " ".join(words[:end]), " ".join(words[end:])
    if rest.startswith("- "):
        return cost + LINE
    cut = len(head) + 0.5
    if any(found.start() < cut < found.end() for found in _TOGETHER.finditer(f"{head} {rest}")):
        return cost + INSIDE
    if head.endswith((" -", ",", ";")) or _NEW_SENSE.match(rest):
        return cost
    return cost + (INSIDE if head[-1:].isdigit() or rest[:1].isdigit() else CUT)
