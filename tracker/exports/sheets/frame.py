"""What stands round the table of an administrative sheet: agency head, title, marks, signature block."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain import vietnamese
from tracker.domain.conferences import Precision
from tracker.domain.record import Letterhead
from tracker.exports.sheets import styles
from tracker.exports.sheets.measure import break_lines, count_lines, room_mm, text_mm
from tracker.exports.sheets.sheet import Sheet
from tracker.exports.sheets.styles import Look

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
ILLUSTRATION = "SỐ LIỆU MINH HỌA"
MAKER = "NGƯỜI LẬP BIỂU"
LEFT_SHARE = 0.42
BLANK_POINTS = 8.0
LINE_POINTS = 17.0
TITLE_POINTS = 20.0
SIGNING_POINTS = 34.0

Line = tuple[str, Look]


@dataclass(frozen=True)
class Frame:
    """Head and foot of a sheet. `date_line` is ready text: place, day, month and year."""

    letterhead: Letterhead
    date_line: str
    draft: bool
    illustration: bool

    @property
    def footer_mark(self) -> str:
        """What the foot of each printed page says at the left."""
        marks = ["Dự thảo"] * self.draft + ["Số liệu minh họa"] * self.illustration
        return " - ".join(marks)

    def agency(self, *, broken: bool) -> list[Line]:
        """The superior body and the bloc: in the lines of the office, or each in one."""
        superior, issuing = self.letterhead.superior, self.letterhead.issuing
        if not broken:
            superior, issuing = _in_one(superior), _in_one(issuing)
        return [(line, styles.AGENCY) for line in superior] + [(line, styles.BLOC) for line in issuing]

    def signers(self) -> list[Line]:
        """The right side of the signature block, above the room to sign."""
        letterhead = self.letterhead
        return [
            (self.date_line, styles.SIGN_DATE),
            (letterhead.on_behalf, styles.SIGN),
            (letterhead.signer_role, styles.SIGN),
        ]


def _in_one(lines: Sequence[str]) -> tuple[str, ...]:
    return (" ".join(lines),) if lines else ()


def date_line(letterhead: Letterhead, day: date, precision: Precision = Precision.DAY) -> str:
    """The place and the day of signing; until signed, only the month and the year, as far as they are known."""
    if letterhead.signed_on:
        return f"{letterhead.place}, {vietnamese.long_date(letterhead.signed_on)}"
    month = "     " if precision is Precision.HALF_YEAR else vietnamese.month_number(day.month)
    return f"{letterhead.place}, ngày       tháng {month} năm {day.year}"


def parting(sheet: Sheet, left: Sequence[Line], right: Sequence[Line]) -> int:
    """The last column of the left half: the edge nearest 42 % of the width at which both halves' texts fit."""
    first, last = sheet.first_column, sheet.last_column
    whole = sheet.width(first, last)
    edges = range(first, last)
    fitting = [
        edge for edge in edges if _fits(left, sheet.width(first, edge)) and _fits(right, sheet.width(edge + 1, last))
    ]
    return min(fitting or edges, key=lambda edge: abs(sheet.width(first, edge) - LEFT_SHARE * whole))


def _fits(lines: Sequence[Line], width: float) -> bool:
    room = room_mm(width, indented=False)
    return all(text_mm(text, look.size, bold=look.bold, italic=look.italic) <= room for text, look in lines)


def draw_head(
    sheet: Sheet, frame: Frame, right: Sequence[Line], title: str, subtitle: str, *, broken: bool = False
) -> int:
    """Agency head, title, subtitle and marks. Gives the column at which the halves part, for the signature."""
    agency = frame.agency(broken=broken)
    edge = parting(sheet, agency, [*right, *frame.signers()])
    left = _printed(agency, sheet.width(sheet.first_column, edge))
    for place in range(max(len(left), len(right))):
        _halves(sheet, edge, left[place : place + 1], right[place : place + 1])
    sheet.advance(BLANK_POINTS)
    title_row = sheet.line(title, styles.TITLE, line_points=TITLE_POINTS)
    _mark_further_blocks(sheet, title_row)
    if subtitle:
        sheet.line(subtitle, styles.SUBTITLE, line_points=LINE_POINTS)
    if frame.draft:
        sheet.line(DRAFT, styles.BLOC, line_points=LINE_POINTS)
    if frame.illustration:
        sheet.line(ILLUSTRATION, styles.MARKED, line_points=LINE_POINTS)
    sheet.advance(BLANK_POINTS)
    return edge


def _printed(lines: Sequence[Line], width: float) -> list[Line]:
    """Each line as it breaks in `width` units, so that one half does not stretch the rows of the other."""
    room = room_mm(width, indented=False)
    return [
        (text[start:end], look)
        for text, look in lines
        for start, end in break_lines(text, room, look.size, bold=look.bold, italic=look.italic)
    ]


def _mark_further_blocks(sheet: Sheet, row: int) -> None:
    """A word over each further block of columns, which prints on its own page; it may be too narrow for the title."""
    for last_before, last in zip(sheet.ends, sheet.ends[1:], strict=False):
        sheet.write(row, last_before + 1, last, "(tiếp theo)", styles.SUBTITLE)


def draw_signature(sheet: Sheet, frame: Frame, edge: int) -> int:
    """The signature block, its halves parted as the head's. Gives its first row."""
    first = sheet.advance(5.0)
    when, *posts = frame.signers()
    _halves(sheet, edge, [], [when])
    for place, post in enumerate(posts):
        _halves(sheet, edge, [(MAKER, styles.SIGN)] if place == 0 else [], [post])
    sheet.advance(SIGNING_POINTS)
    if frame.letterhead.signer_name:
        _halves(sheet, edge, [], [(frame.letterhead.signer_name, styles.SIGN)])
    return first


def _halves(sheet: Sheet, edge: int, left: Sequence[Line], right: Sequence[Line]) -> None:
    """One row of head or foot: at most one line in each half, as high as the longer needs."""
    sides = [(sheet.first_column, edge, *line) for line in left] + [
        (edge + 1, sheet.last_column, *line) for line in right
    ]
    lines = [
        count_lines(text, sheet.width(first, last), look.size, bold=look.bold, italic=look.italic)
        for first, last, text, look in sides
    ]
    row = sheet.advance(max(lines, default=1) * LINE_POINTS)
    for first, last, text, look in sides:
        sheet.write(row, first, last, text, look)
