"""Long lists in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """Part of a list: which page of how many, how many rows there are in all."""

    rows: Sequence[Any]
    page: int
    pages: int
    total: int


def page_of(rows: Sequence[Any], asked: str | None, per_page: int = PER_PAGE) -> Page:
    """The page that `asked` names, counted from 1; the nearest one there is when it names none."""
    pages = max(1, -(-len(rows) // per_page))
    number = min(max(int(asked), 1), pages) if asked and asked.isdecimal() else 1
    return Page(rows[(number - 1) * per_page : number * per_page], number, pages, len(rows))
