"""How a sheet prints: A4, scaled to its width, head rows on each page, the signature never alone."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak, RowBreak
from openpyxl.worksheet.properties import PageSetupProperties

from tracker.exports.sheets.measure import MM_PER_POINT, MM_PER_WIDTH_UNIT
from tracker.exports.sheets.sheet import Sheet

MM_PER_INCH = 25.4
SHORT_SIDE, LONG_SIDE = 210, 297
TOP, BOTTOM, EDGE, FOOT = 12, 14, 10, 6
BINDING_EDGE = 20
SAFETY = 0.985
LEAST_SCALE = 0.75
ROOMIER = 1.03
"""As much more than we reckon a program may put on a page: where that would part the rows to keep, a break is set."""

TIGHTER = 0.97
"""As much less: over many pages the ends of pages wander up as well as down."""

BLOCK_SAFETY = 0.96
"""A fixed scale is not made smaller by the program when its columns come out a little wider than ours."""

ONE_PAGE_SCALE = 0.85
"""A table that fits one page at this scale or more is not broken over two."""

FOOTER_FONT, FOOTER_SIZE = "Times New Roman,Regular", 9


def set_up(
    sheet: Sheet,
    *,
    mark: str = "",
    portrait: bool = False,
    freeze_after: int = 0,
    filtered: bool = True,
    keep: int | None = None,
) -> None:
    """Freeze, filter and print a finished sheet.

    `freeze_after`: columns that stay while scrolling. `keep`: the first of the rows that print on one page with the
    signature: the last two of the table, or its sums.
    """
    page = sheet.page
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "portrait" if portrait else "landscape"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _margins(page, portrait)
    last = f"{get_column_letter(len(sheet.columns))}{sheet.next_row - 1}"
    page.print_area = f"A1:{last}"
    page.print_options.horizontalCentered = True
    _footer(page, mark)
    if sheet.head_rows:
        first_head, last_head = sheet.head_rows
        page.print_title_rows = f"{first_head}:{last_head}"
        page.freeze_panes = f"{get_column_letter(freeze_after + 1)}{last_head + 1}"
        if filtered and sheet.body_rows:
            bottom = f"{get_column_letter(len(sheet.columns))}{sheet.body_rows[1]}"
            page.auto_filter.ref = f"A{last_head}:{bottom}"
    if sheet.repeat and len(sheet.ends) > 1:
        page.print_title_cols = f"A:{get_column_letter(sheet.repeat)}"
    _fit(sheet, portrait, keep)


def _margins(page: object, portrait: bool) -> None:
    margins = page.page_margins  # type: ignore[attr-defined]
    margins.left = (BINDING_EDGE if portrait else EDGE) / MM_PER_INCH
    margins.right = EDGE / MM_PER_INCH
    margins.top, margins.bottom = TOP / MM_PER_INCH, BOTTOM / MM_PER_INCH
    margins.header = margins.footer = FOOT / MM_PER_INCH


def _footer(page: object, mark: str) -> None:
    footer = page.oddFooter  # type: ignore[attr-defined]
    footer.left.text, footer.center.text, footer.right.text = mark or None, "Trang &P/&N", "&A"
    for part in (footer.left, footer.center, footer.right):
        part.size, part.font = FOOTER_SIZE, FOOTER_FONT


def _fit(sheet: Sheet, portrait: bool, keep: int | None) -> None:
    """One page wide, as high as one page where that stays readable.

    Blocks of columns print at a fixed scale: a program that fits pages by itself overlooks the breaks between them.
    """
    page = sheet.page
    width = (SHORT_SIDE - BINDING_EDGE - EDGE) if portrait else (LONG_SIDE - 2 * EDGE)
    height = ((LONG_SIDE if portrait else SHORT_SIDE) - TOP - BOTTOM) / MM_PER_POINT * SAFETY
    scale = min(1.0, width / (max(block_widths(sheet)) * MM_PER_WIDTH_UNIT))
    needed = height / sum(sheet.heights)
    one_page = needed >= min(scale, LEAST_SCALE if portrait else ONE_PAGE_SCALE)
    if len(sheet.ends) > 1:
        scale = BLOCK_SAFETY * (min(scale, needed) if one_page else scale)
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
        page.page_setup.scale = int(100 * scale)
        page.col_breaks = ColBreak(brk=tuple(Break(id=end) for end in sheet.ends[:-1]))
    else:
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(one_page)
    if keep and not one_page:
        _break_before(sheet, keep, height / scale)


def _break_before(sheet: Sheet, keep: int, points: float) -> None:
    """Let the rows from `keep` on begin a page of `points` when they would be parted."""
    if not sheet.head_rows or not sheet.body_rows:
        return
    first_head, last_head = sheet.head_rows
    repeated = sum(sheet.heights[first_head - 1 : last_head])
    first = max(keep, sheet.body_rows[0])
    reckoned = (break_row(sheet.heights, first, points * room, repeated) for room in (1, ROOMIER, TIGHTER))
    row = next((each for each in reckoned if each), None)
    if row:
        sheet.page.row_breaks = RowBreak(brk=(Break(id=row - 1),))


def block_widths(sheet: Sheet) -> list[float]:
    """The width of each block of columns as printed, with the repeated columns, in units."""
    widths = [sheet.width(1, sheet.ends[0])]
    for before, end in zip(sheet.ends, sheet.ends[1:], strict=False):
        widths.append(sheet.width(1, sheet.repeat) + sheet.width(before + 1, end))
    return widths


def break_row(heights: Sequence[float], keep: int, page: float, repeated: float) -> int | None:
    """The row that must begin a page so that rows `keep` to the last print together; None when they do anyway.

    Heights in points, rows counted from 1; `repeated`: the head rows at the top of every page but the first. When
    the rows to keep are higher than a page, as few as possible of the first of them are given up.
    """
    while keep < len(heights) and sum(heights[keep - 1 :]) > page - repeated:
        keep += 1
    last_start, used = 1, 0.0
    for row, points in enumerate(heights, start=1):
        if used and used + points > page:
            last_start, used = row, repeated
        used += points
    return keep if last_start > keep else None
