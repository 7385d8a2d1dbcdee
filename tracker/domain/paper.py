"""The text of an administrative document, before any format: Word and PDF are drawn from the same one.

Numbers and letters (I, 1, a) are already set, because empty sections vanish and numbering closes up.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """Điểm: a) text, then its own paragraphs. `letter` is "a", "b", … "đ"."""

    letter: str
    text: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause:
    """Khoản: 1. title, paragraphs, points."""

    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Section:
    """Mục: I. TITLE, clauses, or paragraphs alone."""

    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Signature:
    """One column at the end: role lines in capitals, other posts, name."""

    lines: tuple[str, ...]
    posts: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """A whole document in the form of NĐ 30/2020. `number_line` and `date_line` are ready text.

    A "\\t" at the end of a paragraph is a dotted leader to the right edge (an unknown to be filled in by hand).
    """

    superior: tuple[str, ...]
    issuing: tuple[str, ...]
    number_line: str
    date_line: str
    type_name: str
    subject: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    closing: tuple[str, ...]
    recipients: tuple[str, ...]
    signatures: tuple[Signature, ...]
    title: str
    draft: bool
    illustration: bool
