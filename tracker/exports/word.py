"""Papers as Word files: the text object goes into a template that an office may have changed in Word.

User text is never markup and never code: it is escaped, braces included, so that neither Jinja nor docxtpl reads it.
After rendering, what depends on the text is set: lengths of the lines, dotted leaders, what stays with the next
paragraph. All else stands in the template's styles.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from tracker.domain.paper import Clause, Paper, Signature
from tracker.domain.record import ConferenceRecord
from tracker.exports import annex_word, minutes_text, review_text
from tracker.exports.measure import longest
from tracker.exports.numbering import END_OF_SENTENCE

TEMPLATES = Path(__file__).resolve().parent.parent / "documents"
REPORT, MINUTES = "bao-cao.docx", "bien-ban.docx"
DRAFT, ILLUSTRATION = "DỰ THẢO", "SỐ LIỆU MINH HỌA"
TWENTIETHS_PER_MM = 1440 / 25.4
LONGEST_PROPERTY = 255

LINE_STYLES = ("VB Đường kẻ", "VB Đường kẻ trích yếu")
MOTTO = "VB Tiêu ngữ"
BODY, POINT = "VB Nội dung", "VB Điểm a"
SHARE_OF_LINE = 0.4
"""A line is 0.4 of the longest line above it (NĐ 30/2020: one third to one half), the motto's as long as the motto."""


def report(record: ConferenceRecord) -> bytes:
    """The review report of a conference."""
    return draw(review_text.review_report(record), REPORT)


def minutes(record: ConferenceRecord) -> bytes:
    """The minutes of a conference (Mẫu 1.9)."""
    return draw(minutes_text.minutes(record), MINUTES)


def draw(paper: Paper, template: str) -> bytes:
    """A paper in one of the templates of tracker/documents, as the bytes of a .docx file."""
    document = opened(template)
    fill(document, _values(paper), title=paper.title, author=" ".join(paper.issuing))
    styles = _Styles(document.docx)
    for cell, paragraphs in _cells(document.docx):
        _set_lines(document.docx, styles, cell, paragraphs)
    for element in document.docx.element.body.iter(qn("w:p")):
        _set_tabs(styles, element)
        _keep_with_next(styles, element)
    annex_word.append(document.docx, paper.annexes)
    return saved(document)


def fill(document: DocxTemplate, values: dict[str, Any], *, title: str, author: str) -> None:
    """Fills in the tags of a template. UndefinedError when it holds one that nobody fills."""
    document.render(values, _environment(), autoescape=True)
    properties = document.docx.core_properties
    properties.title, properties.author = title[:LONGEST_PROPERTY], author[:LONGEST_PROPERTY]
    properties.language = "vi-VN"


def opened(template: str) -> DocxTemplate:
    document = DocxTemplate(TEMPLATES / template)
    document.init_docx()
    return document


def saved(document: DocxTemplate) -> bytes:
    drawn = BytesIO()
    document.save(drawn)
    return drawn.getvalue()


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_as_text)


def _as_text(value: object) -> object:
    """Text with its braces and percent signs as entities: docxtpl would read "{_{" as its own sign for "{{"."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    safe = str(escape(value))
    for sign in "{}%":
        safe = safe.replace(sign, f"&#{ord(sign)};")
    return Markup(safe)


def _values(paper: Paper) -> dict[str, Any]:
    """What the templates may use (papers, section 6)."""
    number, _, sign = paper.number_line.removeprefix("Số: ").partition("/")
    place, _, day = paper.date_line.partition(", ")
    signatures = [_signature(signature) for signature in paper.signatures]
    return {
        "co_quan_chu_quan": paper.superior,
        "co_quan_ban_hanh": paper.issuing,
        "so": number,
        "ky_hieu": sign,
        "dia_danh": place,
        "ngay_thang": day,
        "ten_loai": paper.type_name,
        "trich_yeu": paper.subject,
        "mo_dau": paper.opening,
        "muc": [
            {"so": s.number, "ten": s.title, "doan": s.paragraphs, "khoan": _clauses(s.clauses)} for s in paper.sections
        ],
        "dien_bien": _clauses(paper.clauses),
        "ket": paper.closing,
        "noi_nhan": paper.recipients,
        "ky": signatures[-1],
        "thu_ky": signatures[0],
        "chu_toa": signatures[-1],
        "du_thao": DRAFT if paper.draft else "",
        "minh_hoa": ILLUSTRATION if paper.illustration else "",
    }


def _clauses(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    return [
        {
            "so": clause.number,
            "ten": clause.title,
            "doan": clause.paragraphs,
            "diem": [{"chu": p.letter, "text": p.text, "doan": p.paragraphs} for p in clause.points],
        }
        for clause in clauses
    ]


def _signature(signature: Signature) -> dict[str, Any]:
    return {"quyen_han": signature.lines, "chuc_vu_khac": signature.posts, "ho_ten": signature.name}


class _Styles:
    """Names, sizes and faces of a template's paragraph styles by their key; each is read once."""

    def __init__(self, document: Document) -> None:
        self.names = {style.style_id: style.name or "" for style in document.styles}
        self.keys = {name: key for key, name in self.names.items()}
        self._styles = document.styles
        self._faces: dict[str, tuple[float, bool]] = {}

    def of(self, element: Any) -> str:
        """The name of a paragraph's style."""
        properties = element.pPr
        key = properties.pStyle.val if properties is not None and properties.pStyle is not None else ""
        return self.names.get(key, "")

    def face(self, name: str) -> tuple[float, bool]:
        """Size in points, and whether bold."""
        if name not in self._faces:
            font = self._styles[name].font
            self._faces[name] = (font.size.pt if font.size else 14.0, bool(font.bold))
        return self._faces[name]


def _cells(document: Document) -> Iterable[tuple[_Cell | None, list[Paragraph]]]:
    """The paragraphs of the text itself (no cell), then those of each cell."""
    yield None, document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield cell, cell.paragraphs


def _set_lines(document: Document, styles: _Styles, cell: _Cell | None, paragraphs: list[Paragraph]) -> None:
    """Each line under a text, centred: as long as the text above it asks."""
    for place, paragraph in enumerate(paragraphs):
        if place == 0 or styles.of(paragraph._p) not in LINE_STYLES:
            continue
        above = styles.of(paragraphs[place - 1]._p)
        texts = []
        for other in reversed(paragraphs[:place]):
            if styles.of(other._p) != above:
                break
            texts.append(other.text)
        measured = longest(texts, *styles.face(above))
        length = measured if above == MOTTO else measured * SHARE_OF_LINE
        side = round(max((_room(document, cell) - length) / 2, 0) * TWENTIETHS_PER_MM)
        indents = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indents.set(qn("w:left"), str(side))
        indents.set(qn("w:right"), str(side))


def _room(document: Document, cell: _Cell | None) -> float:
    """Millimetres between the margins, or of the cell."""
    if cell is not None and cell.width is not None:
        return float(cell.width.mm)
    page = document.sections[0]
    sides = (page.page_width, page.left_margin, page.right_margin)
    whole, left, right = (side.mm if side is not None else 0.0 for side in sides)
    return float(whole - left - right)


def _set_tabs(styles: _Styles, element: Any) -> None:
    """A tab of a text is a dotted leader: its paragraph takes the style that draws the dots."""
    if styles.of(element) != BODY or not (tabs := element.findall(f"{qn('w:r')}/{qn('w:tab')}")):
        return
    words = any(text.text for text in element.iter(qn("w:t")))
    name = f"{BODY} chấm đôi" if len(tabs) > 1 else f"{BODY} chấm" if words else "VB Dòng chấm"
    if name in styles.keys:
        element.pPr.pStyle.val = styles.keys[name]


def _keep_with_next(styles: _Styles, element: Any) -> None:
    """What leads over (":") or is a point's title stays with what follows."""
    name = styles.of(element)
    if name not in (BODY, POINT):
        return
    text = "".join(piece.text or "" for piece in element.iter(qn("w:t"))).rstrip()
    if text.endswith(":") or (name == POINT and not text.endswith(END_OF_SENTENCE)):
        element.get_or_add_pPr().get_or_add_keepNext()
