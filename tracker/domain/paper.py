"""The text of an administrative document, before any format: Word and PDF are drawn from the same one.

Numbers and letters (I, 1, a) are already set, because empty sections vanish and numbering closes up.
"""

from dataclasses import dataclass
from enum import Enum


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


class Side(Enum):
    """Where the text of a column stands: figures right, text left, short words in the middle."""

    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "center"


@dataclass(frozen=True)
class TableColumn:
    """`width` in millimetres. Neighbours with the same `group` stand under one head."""

    head: str
    width: float
    side: Side = Side.LEFT
    group: str = ""


@dataclass(frozen=True)
class TableRow:
    """Ready text, a line break is a line of its own; `strong` heads or sums up others.

    The last cell of a row that has fewer cells than columns spans what is left.
    """

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True)
class Table:
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """(group, number of columns) from left to right; a column without a group is a run of its own."""
        runs: list[tuple[str, int]] = []
        for column in self.columns:
            if runs and column.group and runs[-1][0] == column.group:
                runs[-1] = (column.group, runs[-1][1] + 1)
            else:
                runs.append((column.group, 1))
        return tuple(runs)


@dataclass(frozen=True)
class Annex:
    """Phụ lục: its own pages, numbered from 1; tables after each other (blocks of one wide table), notes below."""

    number: str
    title: tuple[str, ...]
    sent_with: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    landscape: bool = False


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
    annexes: tuple[Annex, ...] = ()
