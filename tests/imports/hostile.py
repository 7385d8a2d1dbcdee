"""Archives and files that are no workbook of ours, each with the words that its refusal says."""

import io
import zipfile
from collections.abc import Callable

from tests.imports.making import PACKAGE, archive, bare_parts, text_cell

CELL = f'<row r="1">{text_cell("A1", "x")}</row>'


def plain() -> bytes:
    return archive(bare_parts(CELL))


def with_parts(**more: str | bytes) -> Callable[[], bytes]:
    """The smallest workbook with further parts; "__" in a name is "/", the first "_dot_" a point."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return lambda: archive({**bare_parts(CELL), **named})


def doubled() -> bytes:
    target = io.BytesIO(plain())
    with zipfile.ZipFile(target, "a") as made:
        made.writestr("xl/worksheets/Sheet1.xml", "<worksheet/>")
    return target.getvalue()


def encrypted_member() -> bytes:
    content = bytearray(plain())
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.find(sign)
        content[place + (6 if sign == b"PK\x03\x04" else 8)] |= 1
    return bytes(content)


def content_types(kind: str) -> Callable[[], bytes]:
    parts = bare_parts(CELL)
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )
    return lambda: archive(parts)


def sheet(data: str, after: str = "") -> Callable[[], bytes]:
    return lambda: archive(bare_parts(data, after=after))


def declared(head: str) -> Callable[[], bytes]:
    parts = bare_parts(CELL)
    parts["xl/worksheets/sheet1.xml"] = head + parts["xl/worksheets/sheet1.xml"]
    return lambda: archive(parts)


def blanks(count: int) -> bytes:
    """A bomb: one blank cell again and again, packed to almost nothing."""
    return archive(bare_parts('<row><c s="1"/></row>' * count))


def old_office(*words: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "".join(words).encode("utf-16-le")


BILLION = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'>"
MANIFEST = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

#: Name of the file → (what makes it, words of the refusal).
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.xlsx": (lambda: b"", "0 byte"),
    "text.xlsx": (lambda: b"STT;Ten\n1;a", "không phải là bảng tính"),
    "page.xls": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "không phải là bảng tính"),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "không phải là bảng tính"),
    "pdf.xlsx": (lambda: b"%PDF-1.7\n", "không phải là bảng tính"),
    "only-magic.xlsx": (lambda: b"PK\x03\x04", "bị hỏng"),
    "cut-in-half.xlsx": (lambda: plain()[: len(plain()) // 2], "bị hỏng"),
    "no-parts.xlsx": (lambda: archive({}), "không phải là bảng tính"),
    "archive.xlsx": (lambda: archive({"a.txt": "x"}), "không phải là bảng tính"),
    "word.xlsx": (lambda: archive({"[Content_Types].xml": "", "word/document.xml": "<x/>"}), "không phải là bảng tính"),
    "doubled-name.xlsx": (doubled, "bị hỏng"),
    "climbing-name.xlsx": (with_parts(**{"..__..__etc__passwd": "x"}), "bị hỏng"),
    "rooted-name.xlsx": (with_parts(**{"__etc__passwd": "x"}), "bị hỏng"),
    "encrypted-member.xlsx": (encrypted_member, "bị hỏng"),
    "macro-type.xlsm": (content_types("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macro"),
    "macro-part.xlsx": (with_parts(xl__vbaProject_dot_bin=b"x"), "macro"),
    "macro-sheet.xlsx": (with_parts(xl__macrosheets__sheet1_dot_xml="<x/>"), "macro"),
    "active-x.xlsx": (with_parts(xl__activeX__activeX1_dot_xml="<x/>"), "macro"),
    "binary.xlsb": (content_types("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "macro"),
    "binary-part.xlsb": (lambda: archive({"[Content_Types].xml": "", "xl/workbook.bin": b"x"}), ".xlsb"),
    "outside-link.xlsx": (with_parts(xl__externalLinks__externalLink1_dot_xml="<x/>"), "liên kết"),
    "connection.xlsx": (with_parts(xl__connections_dot_xml="<x/>"), "liên kết"),
    "query-table.xlsx": (with_parts(xl__queryTables__queryTable1_dot_xml="<x/>"), "liên kết"),
    "entities.xlsx": (declared(BILLION), "bị hỏng"),
    "outside-entities.xlsx": (declared(OUTSIDE), "bị hỏng"),
    "entities-in-rels.xlsx": (with_parts(xl__worksheets___rels__sheet1_dot_xml_dot_rels=BILLION + "<x/>"), "bị hỏng"),
    "wide-letters-entities.xlsx": (
        lambda: archive({**bare_parts(CELL), "xl/worksheets/sheet1.xml": BILLION.encode("utf-16")}), "bị hỏng"),
    "far-column.xlsx": (sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "rất xa"),
    "far-row.xlsx": (sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "rất xa"),
    "far-row-alone.xlsx": (sheet('<row r="999999"/>'), "rất xa"),
    "no-such-column.xlsx": (sheet('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'), "rất xa"),
    "many-sheets.xlsx": (lambda: archive(bare_parts(CELL, sheets=tuple(f"S{n}" for n in range(70)))), "trang tính"),
    "many-members.xlsx": (with_parts(**{f"xl__media__{n}": "x" for n in range(2_100)}), "quá nhiều"),
    "bomb-of-blanks.xlsx": (lambda: blanks(400_000), "quá nhiều"),
    "many-cells.xlsx": (sheet(("<row>" + "<c><v>7</v></c>" * 499 + "</row>") * 1_300), "quá nhiều"),
    "broken-xml.xlsx": (sheet("<row><c></row>"), "không đọc được"),
    "no-such-string.xlsx": (sheet('<row r="1"><c r="A1" t="s"><v>5</v></c></row>'), "không đọc được"),
    "deep.xlsx": (sheet("<a>" * 30_000 + "</a>" * 30_000), "không đọc được"),
    "not-a-number.xlsx": (sheet('<row r="1"><c r="A1"><v>mười</v></c></row>'), "không đọc được"),
    "no-sheets.xlsx": (lambda: archive(bare_parts(CELL, sheets=())), "không có trang tính"),
    "password.xlsx": (lambda: old_office("EncryptedPackage", "EncryptionInfo"), "mật khẩu"),
    "macro.xls": (lambda: old_office("Workbook", "_VBA_PROJECT_CUR"), "macro"),
    "word.doc": (lambda: old_office("WordDocument"), "không phải là bảng tính"),
    "broken.xls": (lambda: old_office("Workbook"), "không đọc được"),
    "password.ods": (
        lambda: archive({"mimetype": ODS, "content.xml": "<x/>", "META-INF/manifest.xml": MANIFEST}), "mật khẩu"),
    "macro.ods": (lambda: archive({"mimetype": ODS, "content.xml": "<x/>", "Basic/script-lc.xml": "<x/>"}), "macro"),
    "broken.ods": (lambda: archive({"mimetype": ODS, "content.xml": "<x"}), "không đọc được"),
    "no-sheets.ods": (lambda: archive({"mimetype": ODS, "content.xml": "<x/>"}), "không có trang tính"),
    "entities.ods": (lambda: archive({"mimetype": ODS, "content.xml": BILLION + "<x/>"}), "bị hỏng"),
}
