"""Paragraph styles and settings of our Word templates, under the names the office sees (NĐ 30/2020, Phụ lục I)."""

from dataclasses import dataclass

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FACE = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"/>'.format("Times New Roman")
LANGUAGE = '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
MARK_COLOUR = "B3261E"
SINGLE, BODY_LINE, TEXT_WIDTH = 240, 252, 9354
"""Line spacing in 240ths of a line (1 and 1.05); the text is 165 mm = 9354 dxa wide."""


def dxa(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes and spaces in points, indents in dxa; `tabs` are (place, kind) with dots before them."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "center"
    before: float = 0
    after: float = 0
    line: int = SINGLE
    exact: float = 0
    indent: int = 0
    keep: bool = False
    outline: int | None = None
    colour: str = "000000"
    border: bool = False
    tabs: tuple[tuple[int, str], ...] = ()
    leader: str = "dot"

    @property
    def key(self) -> str:
        return self.name.replace(" ", "")

    def xml(self) -> str:
        spacing = f'w:line="{round(self.exact * 20)}" w:lineRule="exact"' if self.exact else f'w:line="{self.line}"'
        if not self.exact:
            spacing += ' w:lineRule="auto"'
        tabs = "".join(f'<w:tab w:val="{kind}" w:leader="{self.leader}" w:pos="{at}"/>' for at, kind in self.tabs)
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.key}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{self._flag("keepNext", self.keep)}<w:widowControl/>'
            + ('<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>' if self.border else "")
            + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
            + f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}" {spacing}/>'
            f'<w:ind w:firstLine="{self.indent}"/><w:jc w:val="{self.align}"/>'
            + ("" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>')
            + f"</w:pPr><w:rPr>{FACE}{self._flag('b', self.bold)}{self._flag('i', self.italic)}"
            f'<w:color w:val="{self.colour}"/><w:sz w:val="{round(self.size * 2)}"/>'
            f'<w:szCs w:val="{round(self.size * 2)}"/></w:rPr></w:style>'
        )

    @staticmethod
    def _flag(tag: str, on: bool) -> str:
        return f"<w:{tag}/>" if on else f'<w:{tag} w:val="0"/>'


def body(name: str, *, bold: bool = False, keep: bool = False, outline: int | None = None) -> Style:
    """A paragraph of running text: 14 points, justified, first line 12.7 mm, 6 points after, 1.05 lines."""
    return Style(name, 14, bold, False, "both", after=6, line=BODY_LINE, indent=720, keep=keep, outline=outline)


def dotted(name: str, indent: int, *stops: int) -> Style:
    """Running text with dots up to each stop, to be filled in by hand; the last stop is the right edge."""
    places = (*((stop, "left") for stop in stops), (TEXT_WIDTH, "right"))
    return Style(name, 14, align="left", after=6, line=BODY_LINE, indent=indent, tabs=places)


STYLES = (
    Style("VB Cơ quan chủ quản", 13),
    Style("VB Cơ quan ban hành", 13, bold=True),
    Style("VB Quốc hiệu", 13, bold=True),
    Style("VB Tiêu ngữ", 14, bold=True),
    Style("VB Đường kẻ", 2, exact=3, before=4, border=True),
    Style("VB Đường kẻ trích yếu", 2, exact=3, before=4, after=14, border=True),
    Style("VB Số ký hiệu", 13, before=6),
    Style("VB Địa danh ngày tháng", 14, italic=True, before=6),
    Style("VB Tên loại", 14, bold=True, before=18, keep=True),
    Style("VB Trích yếu", 14, bold=True, keep=True),
    body("VB Mục I", bold=True, keep=True, outline=0),
    body("VB Khoản 1", bold=True, keep=True, outline=1),
    body("VB Điểm a", outline=2),
    body("VB Nội dung"),
    dotted("VB Nội dung chấm", 720),
    dotted("VB Nội dung chấm đôi", 720, dxa(98)),
    dotted("VB Dòng chấm", 0),
    Style("VB Giãn cách", 2, exact=1, after=10, keep=True),
    Style("VB Cuối bảng", 2, exact=1),
    Style("VB Quyền hạn ký", 14, bold=True, keep=True),
    Style("VB Chữ ký", 14, before=54, keep=True),
    Style("VB Chức vụ khác", 13, bold=True, keep=True),
    Style("VB Họ tên", 14, bold=True, before=6),
    Style("VB Nơi nhận", 12, bold=True, italic=True, align="left", keep=True),
    Style("VB Nơi nhận sau chữ ký", 12, bold=True, italic=True, align="left", before=12, keep=True),
    Style("VB Nơi nhận danh sách", 11, align="left"),
    Style("VB Số trang", 14),
    Style("VB Phụ lục", 14, bold=True, keep=True),
    Style("VB Tên phụ lục", 14, bold=True, keep=True),
    Style("VB Kèm theo", 14, italic=True, keep=True),
    Style("VB Đường kẻ phụ lục", 2, exact=3, before=4, after=8, border=True, keep=True),
    Style("VB Bảng đầu", 12, bold=True, before=1, after=1, keep=True),
    Style("VB Bảng chữ", 12, align="left", before=1, after=1),
    Style("VB Bảng số", 12, align="right", before=1, after=1),
    Style("VB Bảng giữa", 12, before=1, after=1),
    Style("VB Bảng ghi chú", 11, italic=True, align="left", before=3),
    Style("VB Bảng tiếp theo", 12, italic=True, after=4, keep=True),
    Style("VB Dấu", 10.5, True, align="left", colour=MARK_COLOUR, tabs=((TEXT_WIDTH, "right"),), leader="none"),
    Style("Tin tiêu đề", 16, bold=True, after=6, keep=True),
    Style("Tin ngày", 13, italic=True, after=12),
    body("Tin mở đầu", bold=True),
    Style("Tin ảnh", 14, before=6, keep=True),
    Style("Tin chú thích ảnh", 12, italic=True, before=3, after=12),
    Style("Tin nguồn", 13, italic=True, align="right", before=6),
)


def styles() -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{FACE}<w:sz w:val="28"/><w:szCs w:val="28"/>{LANGUAGE}</w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    own = "".join(style.xml() for style in STYLES)
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{base}{own}</w:styles>"


SETTINGS = (
    f'{HEAD}<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="vi-VN" w:eastAsia="vi-VN"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/></w:settings>'
)
