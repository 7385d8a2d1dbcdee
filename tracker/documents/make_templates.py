"""Makes the Word templates of this folder again: `python -m tracker.documents.make_templates [FOLDER]`.

Form: NĐ 30/2020/NĐ-CP, Phụ lục I; what the decree leaves open is ours. Lengths are in millimetres or points here and in
twentieths of a point (dxa) in the files. An office may edit a template in Word: style, fixed words, order of whole
sections, but no tag. Every element has a paragraph style; only the lengths of the lines under texts stand in the
paragraphs themselves, and these are reckoned again for each paper.
"""

import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from tracker.documents.word_styles import HEAD, NAMESPACES, SETTINGS, TEXT_WIDTH, dxa, styles

FOLDER = Path(__file__).resolve().parent


def paragraph(style: str, *pieces: str, extra: str = "") -> str:
    """A paragraph of runs; a piece is text, or ready XML of a run."""
    runs = "".join(piece if piece.startswith("<w:r>") else run(piece) for piece in pieces)
    return f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{extra}</w:pPr>{runs}</w:p>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def each(loop: str, *inner: str, style: str = "VB Nội dung") -> str:
    """A block tag alone in its paragraph on each side; docxtpl takes these paragraphs away."""
    word = loop.split(" ", 1)[0]
    return paragraph(style, f"{{%p {loop} %}}") + "".join(inner) + paragraph(style, f"{{%p end{word} %}}")


def rule(style: str, room: int, length: float) -> str:
    """A line of `length` mm in the middle of `room` dxa."""
    side = (room - dxa(length)) // 2
    return paragraph(style, extra=f'<w:ind w:left="{side}" w:right="{side}"/>')


def table(widths: tuple[int, ...], *rows: tuple[str, ...]) -> str:
    """A table without lines or cell margins; no row is cut by the end of a page."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def letterhead(date_line: str) -> str:
    left, right = dxa(66), TEXT_WIDTH - dxa(66)
    bodies = (
        each("for d in co_quan_chu_quan", paragraph("VB Cơ quan chủ quản", "{{ d }}"), style="VB Cơ quan chủ quản")
        + each("for d in co_quan_ban_hanh", paragraph("VB Cơ quan ban hành", "{{ d }}"), style="VB Cơ quan ban hành")
        + rule("VB Đường kẻ", left, 25)
    )
    nation = (
        paragraph("VB Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + paragraph("VB Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
        + rule("VB Đường kẻ", right, 60.5)
    )
    number = paragraph("VB Số ký hiệu", "Số: {{ so }}/{{ ky_hieu }}")
    return table((left, right), (bodies, nation), (number, paragraph("VB Địa danh ngày tháng", date_line)))


def title(length: float) -> str:
    return (
        paragraph("VB Tên loại", "{{ ten_loai }}")
        + each("for d in trich_yeu", paragraph("VB Trích yếu", "{{ d }}"), style="VB Trích yếu")
        + rule("VB Đường kẻ trích yếu", TEXT_WIDTH, length)
    )


CLAUSE = (
    paragraph("VB Khoản 1", "{{ k.so }}. {{ k.ten }}"),
    each("for x in k.doan", paragraph("VB Nội dung", "{{ x }}")),
    each(
        "for c in k.diem",
        paragraph("VB Điểm a", "{{ c.chu }}) {{ c.text }}"),
        each("for x in c.doan", paragraph("VB Nội dung", "{{ x }}")),
    ),
)
ENDING = each("for x in ket", paragraph("VB Nội dung", "{{ x }}", extra="<w:keepNext/>")) + paragraph("VB Giãn cách")
RECIPIENTS = each("for n in noi_nhan", paragraph("VB Nơi nhận danh sách", "{{ n }}"), style="VB Nơi nhận danh sách")
SIGNING = (dxa(75), TEXT_WIDTH - dxa(75))


def signature(name: str) -> tuple[str, str]:
    """Office and room to sign with the name, of the signature called `name` in the template."""
    office = each(f"for d in {name}.quyen_han", paragraph("VB Quyền hạn ký", "{{ d }}"), style="VB Quyền hạn ký")
    signed = (
        paragraph("VB Chữ ký")
        + each(f"for d in {name}.chuc_vu_khac", paragraph("VB Chức vụ khác", "{{ d }}"), style="VB Chức vụ khác")
        + paragraph("VB Họ tên", f"{{{{ {name}.ho_ten }}}}")
    )
    return office, signed


def report() -> str:
    """The review report: sections, clauses, points; recipients left, signature right."""
    section = each(
        "for m in muc",
        paragraph("VB Mục I", "{{ m.so }}. {{ m.ten }}"),
        each("for x in m.doan", paragraph("VB Nội dung", "{{ x }}")),
        each("for k in m.khoan", *CLAUSE),
    )
    sent = paragraph("VB Nơi nhận", "Nơi nhận:") + RECIPIENTS
    opening = each("for x in mo_dau", paragraph("VB Nội dung", "{{ x }}"))
    office, signed = signature("ky")
    return (
        letterhead("{{ dia_danh }}, {{ ngay_thang }}")
        + title(50)
        + opening
        + section
        + ENDING
        + table(SIGNING, (sent, office + signed))
        + paragraph("VB Cuối bảng")
    )


def minutes() -> str:
    """The minutes (Mẫu 1.9): no place and date, secretary left, chair right, recipients after them."""
    (left_office, left_signed), (right_office, right_signed) = signature("thu_ky"), signature("chu_toa")
    sent = paragraph("VB Nơi nhận sau chữ ký", "Nơi nhận:") + RECIPIENTS
    return (
        letterhead("")
        + title(37)
        + each("for x in mo_dau", paragraph("VB Nội dung", "{{ x }}"))
        + each("for k in dien_bien", *CLAUSE)
        + ENDING
        + table(
            SIGNING,
            (left_office, right_office),
            (left_signed, right_signed),
            (sent, paragraph("VB Nơi nhận danh sách")),
        )
        + paragraph("VB Cuối bảng")
    )


def news() -> str:
    """The news item: title, day, first paragraph, then paragraphs and photographs as they follow each other."""
    part = each(
        "for p in phan",
        each("if p.doan", paragraph("VB Nội dung", "{{ p.doan }}")),
        each("if p.hinh", paragraph("Tin ảnh", "{{ p.hinh }}")),
        each("if p.chu_thich", paragraph("Tin chú thích ảnh", "{{ p.chu_thich }}")),
    )
    return (
        paragraph("Tin tiêu đề", "{{ tieu_de }}")
        + each("if ngay", paragraph("Tin ngày", "{{ ngay }}"))
        + paragraph("Tin mở đầu", "{{ mo_dau }}")
        + part
        + each("if nguon", paragraph("Tin nguồn", "{{ nguon }}"))
    )


MARKS = paragraph("VB Dấu", "{{ du_thao }}", "<w:r><w:tab/></w:r>", "{{ minh_hoa }}")
PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def header(numbered: bool) -> str:
    """The marks when there are any, and from page 2 the number; a header is never without a paragraph."""
    marks = each("if du_thao or minh_hoa", MARKS, style="VB Dấu")
    last = paragraph("VB Số trang", PAGE) if numbered else paragraph("VB Cuối bảng")
    return f"{HEAD}<w:hdr {NAMESPACES}>{marks}{last}</w:hdr>"


def document(body: str) -> str:
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId4"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{dxa(20)}" w:right="{dxa(15)}" w:bottom="{dxa(20)}" '
        f'w:left="{dxa(30)}" w:header="{dxa(10)}" w:footer="{dxa(10)}" w:gutter="0"/>'
        '<w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )
    return f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{page}</w:body></w:document>"


CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
        for name, kind in (
            ("word/document.xml", "officedocument.wordprocessingml.document.main"),
            ("word/styles.xml", "officedocument.wordprocessingml.styles"),
            ("word/settings.xml", "officedocument.wordprocessingml.settings"),
            ("word/header1.xml", "officedocument.wordprocessingml.header"),
            ("word/header2.xml", "officedocument.wordprocessingml.header"),
            ("docProps/core.xml", "package.core-properties"),
        )
    )
    + "</Types>"
)
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>vi-VN</dc:language></cp:coreProperties>'
)


def relationships(*rows: tuple[str, str]) -> str:
    """rId1, rId2, … to (kind, target)."""
    kinds = "http://schemas.openxmlformats.org/"
    told = "".join(
        f'<Relationship Id="rId{place}" Type="{kinds}{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(rows, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{kinds}package/2006/relationships">{told}</Relationships>'


def write(path: Path, body: str) -> None:
    """One template; equal bodies give equal bytes."""
    office = "officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships(
            (f"{office}/officeDocument", "word/document.xml"),
            ("package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": CORE,
        "word/document.xml": document(body),
        "word/_rels/document.xml.rels": relationships(
            (f"{office}/styles", "styles.xml"),
            (f"{office}/settings", "settings.xml"),
            (f"{office}/header", "header1.xml"),
            (f"{office}/header", "header2.xml"),
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": SETTINGS,
        "word/header1.xml": header(numbered=True),
        "word/header2.xml": header(numbered=False),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2022, 7, 20, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def main(folder: Path) -> None:
    for name, body in (("bao-cao", report()), ("bien-ban", minutes()), ("tin-hoi-nghi", news())):
        write(folder / f"{name}.docx", body)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
