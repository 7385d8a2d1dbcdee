"""Annexes of a Word paper: a section each, pages numbered from 1, tables with repeated heads and whole rows.

Put behind the text of a filled-in template, since an annex is a page format of its own, which no tag can open.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Emu

from tracker.domain.paper import Annex, Side, Table, TableRow

TWENTIETHS_PER_MM = 1440 / 25.4
EMU_PER_TWENTIETH = 635
CELL_SIDE, RULE = 1.2, 40.0
STYLES = {Side.LEFT: "VB Bảng chữ", Side.RIGHT: "VB Bảng số", Side.MIDDLE: "VB Bảng giữa"}
HEAD, NOTE, CONTINUED, END = "VB Bảng đầu", "VB Bảng ghi chú", "VB Bảng tiếp theo", "VB Cuối bảng"
LINES = ("top", "left", "bottom", "right", "insideH", "insideV")


def append(document: Document, annexes: Sequence[Annex]) -> None:
    """Put the annexes behind the last paragraph; the text before keeps its own section."""
    if not annexes:
        return
    body = document.element.body
    page = body.sectPr
    last = body.findall(qn("w:p"))[-1]
    last.get_or_add_pPr().append(deepcopy(page))
    width, height = sorted((_size(page, "w"), _size(page, "h")))
    for place, annex in enumerate(annexes):
        for element in _drawn(annex, page, (height if annex.landscape else width)):
            page.addprevious(element)
        section = page if place == len(annexes) - 1 else deepcopy(page)
        _set_page(section, width, height, landscape=annex.landscape)
        if section is not page:
            end = _paragraph(END)
            end.get_or_add_pPr().append(section)
            page.addprevious(end)
    for annex, part in zip(annexes, list(document.sections)[-len(annexes) :], strict=True):
        if annex.landscape:
            _widen_marks(part, height - width)


def _widen_marks(section: Section, wider: int) -> None:
    """Headers of its own for a page lying on its side, whose right mark stands at the right edge of the wider text.

    docxtpl puts the filled-in headers behind the document's relationships, past what python-docx remembers of them.
    """
    for name, kind in (("header", "default"), ("first_page_header", "first")):
        reference = next(
            (each for each in section._sectPr.findall(qn("w:headerReference")) if each.get(qn("w:type")) == kind), None
        )
        if reference is None:
            continue
        shared = deepcopy(section.part.rels[reference.get(qn("r:id"))].target_part.element)
        getattr(section, name).is_linked_to_previous = True
        own = getattr(section, name)
        own.is_linked_to_previous = False
        for child in list(own._element):
            own._element.remove(child)
        for child in list(shared):
            own._element.append(child)
        for paragraph in own.paragraphs:
            for stop in paragraph.style.paragraph_format.tab_stops:
                paragraph.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
                moved = Emu(stop.position + wider * EMU_PER_TWENTIETH)
                paragraph.paragraph_format.tab_stops.add_tab_stop(moved, stop.alignment)


def _size(section: Any, side: str) -> int:
    return int(section.find(qn("w:pgSz")).get(qn(f"w:{side}")))


def _set_page(section: Any, short: int, long: int, *, landscape: bool) -> None:
    """The format of one annex, its pages counted from 1."""
    size = section.find(qn("w:pgSz"))
    size.set(qn("w:w"), str(long if landscape else short))
    size.set(qn("w:h"), str(short if landscape else long))
    if landscape:
        size.set(qn("w:orient"), "landscape")
    elif size.get(qn("w:orient")):
        del size.attrib[qn("w:orient")]
    numbers = section.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        section.find(qn("w:pgMar")).addnext(numbers)
    numbers.set(qn("w:start"), "1")


def _drawn(annex: Annex, page: Any, paper_width: int) -> Iterable[Any]:
    """Heading, line, tables, notes. Word joins tables that touch, so a paragraph stands between them."""
    margins = page.find(qn("w:pgMar"))
    room = paper_width - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))
    yield _paragraph("VB Phụ lục", annex.number)
    for text in annex.title:
        yield _paragraph("VB Tên phụ lục", text)
    yield _paragraph("VB Kèm theo", annex.sent_with)
    rule = _paragraph("VB Đường kẻ phụ lục")
    indents = rule.get_or_add_pPr().get_or_add_ind()
    side = str(round((room - RULE * TWENTIETHS_PER_MM) / 2))
    indents.set(qn("w:left"), side)
    indents.set(qn("w:right"), side)
    yield rule
    for place, table in enumerate(annex.tables):
        if place:
            again = _paragraph(CONTINUED, f"{annex.number} (tiếp theo)")
            again.get_or_add_pPr().get_or_add_pageBreakBefore()
            yield again
        yield _table(table, room)
    for place, note in enumerate(annex.notes):
        yield _paragraph(NOTE, f"Ghi chú: {note}" if place == 0 else note)
    if not annex.notes:
        yield _paragraph(END)


def _key(style: str) -> str:
    return style.replace(" ", "")


def _paragraph(style: str, text: str = "") -> Any:
    return parse_xml(_paragraph_xml(style, text).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))


def _paragraph_xml(style: str, text: str, *, bold: bool = False, keep: bool = False) -> str:
    """A paragraph; a line break inside the text stays one. `keep`: on the page of the next."""
    face = "<w:rPr><w:b/></w:rPr>" if bold else ""
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r>{face}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>' if part else "" for part in text.split("\n")
    )
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{_key(style)}"/>{kept}</w:pPr>{runs}</w:p>'


def _table(table: Table, room: int) -> Any:
    """The table as wide as its columns, at most as the text."""
    widths = [round(column.width * TWENTIETHS_PER_MM) for column in table.columns]
    widths[1] -= max(sum(widths) - room, 0)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in LINES)
    side = round(CELL_SIDE * TWENTIETHS_PER_MM)
    rows = "".join((*_head(table, widths), *(_row(table, row, widths) for row in table.rows)))
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(width: int, paragraph: str, *, span: int = 1, merge: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph}</w:tc>"
    )


def _head(table: Table, widths: list[int]) -> Iterable[str]:
    """One head row, or two where columns stand in groups; a column outside the groups reaches over both."""
    grouped = any(column.group for column in table.columns)
    mark = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    if grouped:
        cells, place = "", 0
        for name, span in table.groups:
            width = sum(widths[place : place + span])
            if name:
                cells += _cell(width, _paragraph_xml(HEAD, name), span=span)
            else:
                text = _paragraph_xml(HEAD, table.columns[place].head)
                cells += _cell(width, text, merge='<w:vMerge w:val="restart"/>')
            place += span
        yield f"<w:tr>{mark}{cells}</w:tr>"
    cells = ""
    for column, width in zip(table.columns, widths, strict=True):
        over = grouped and not column.group
        merge = '<w:vMerge w:val="continue"/>' if over else ""
        cells += _cell(width, _paragraph_xml(HEAD, "" if over else column.head), merge=merge)
    yield f"<w:tr>{mark}{cells}</w:tr>"


def _row(table: Table, row: TableRow, widths: list[int]) -> str:
    """A row that no page cuts; its last cell reaches over the columns it has no cells for.

    Such a row heads those below it, and stays with them.
    """
    cells, heads = "", row.strong and len(row.cells) < len(widths)
    last = len(row.cells) - 1
    for place, text in enumerate(row.cells):
        span = len(widths) - place if place == last else 1
        style = STYLES[Side.LEFT if span > 1 else table.columns[place].side]
        told = _paragraph_xml(style, text, bold=row.strong, keep=heads)
        cells += _cell(sum(widths[place : place + span]), told, span=span)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
