"""A workbook in the document font, with its properties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList

from tracker.exports.sheets.styles import FACE, Styles
from tracker.exports.sheets.values import clean, legal_title


@dataclass(frozen=True)
class About:
    """The properties of the file, as its reader shows them. `made_on` is the day the content speaks of."""

    title: str
    author: str
    subject: str = ""
    made_on: date | None = None


class Book:
    """An openpyxl workbook whose sheets share one set of styles.

    Widths are counted in figures of the Normal font, so that font is named: else columns differ on each machine.
    """

    def __init__(self, about: About) -> None:
        self.workbook = Workbook()
        normal = Font(name=FACE, sz=11, family=1)
        self.workbook._fonts = IndexedList([normal])
        self.workbook._named_styles["Normal"].font = normal
        self.styles = Styles(self.workbook)
        self._blank = self.workbook.active
        properties = self.workbook.properties
        properties.title, properties.subject = clean(about.title), clean(about.subject) or None
        properties.creator = properties.lastModifiedBy = clean(about.author)
        properties.language = "vi-VN"
        if about.made_on:
            properties.created = datetime.combine(about.made_on, time())

    @property
    def titles(self) -> Sequence[str]:
        return [page.title for page in self.workbook.worksheets if page is not self._blank]

    def add(self, title: str) -> Any:
        """A new openpyxl worksheet under a legal, free name, without grid lines on screen."""
        page = self.workbook.create_sheet(legal_title(title, tuple(self.titles)))
        page.sheet_view.showGridLines = False
        page.sheet_view.zoomScale = 100
        return page

    def move_to_end(self, page: Any) -> None:
        """Make a sheet the last: it may be drawn before others that link to its rows."""
        sheets = self.workbook._sheets
        sheets.append(sheets.pop(sheets.index(page)))

    def content(self) -> bytes:
        """The finished file."""
        self.workbook.remove(self._blank)
        self.workbook.active = 0
        target = BytesIO()
        self.workbook.save(target)
        return target.getvalue()
