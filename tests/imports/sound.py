"""Well-formed workbooks as different programs write them: each holds the same six values.

A1 "Đạt" (text), B1 1286.5, C1 02/04/2026 (date), D1 0.95 shown as 95%, E1 TRUE, A2 0.
"""

import io
from collections.abc import Callable
from datetime import date

import openpyxl

from tests.imports.making import PACKAGE, RELATIONS, SPREADSHEET, archive, bare_parts

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
FORMATS = (
    '<numFmts><numFmt numFmtId="164" formatCode="[$-42A]dd/mm/yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>'
)
DAY = "46114"


def styled(rows: str, *, styles: str = FORMATS, strings: str = "", namespace: str = SPREADSHEET, prefix: str = "",
           book: str = "") -> dict[str, str]:
    """The parts with styles and shared strings; `prefix` names every element of the sheet."""
    parts = bare_parts(rows, namespace=namespace)
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    if prefix:
        body = parts["xl/worksheets/sheet1.xml"].replace("<", f"<{prefix}:").replace(f"<{prefix}:/", f"</{prefix}:")
        parts["xl/worksheets/sheet1.xml"] = body.replace("xmlns=", f"xmlns:{prefix}=")
    if book:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", f"{book}<sheets>")
    return parts


def cells(first: str, *, day: str = f'<c r="C1" s="1"><v>{DAY}</v></c>', places: bool = True) -> str:
    text = (
        f'<row r="1">{first}<c r="B1"><v>1286.5</v></c>{day}<c r="D1" s="2"><v>0.95</v></c>'
        '<c r="E1" t="b"><v>1</v></c></row><row r="2"><c r="A2"><v>0</v></c></row>'
    )
    if not places:
        for name in ("A1", "B1", "C1", "D1", "E1", "A2", "1", "2"):
            text = text.replace(f' r="{name}"', "")
    return text


SHARED = cells('<c r="A1" t="s"><v>0</v></c>')
INLINE = cells('<c r="A1" t="inlineStr"><is><t>Đạt</t></is></c>')
PLAIN = "<si><t>Đạt</t></si>"
RICH = '<si><r><rPr><b/></rPr><t>Đ</t></r><r><t xml:space="preserve">ạt</t></r><rPh sb="0" eb="1"><t>dat</t></rPh></si>'


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Đạt", 1286.5, date(2026, 4, 2), 0.95, True])
    page.append([0])
    page["D1"].number_format = "0%"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def absolute_targets() -> bytes:
    parts = styled(SHARED, strings=PLAIN)
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace('Target="worksheets', 'Target="/xl/worksheets')
    return archive(parts)


def other_case() -> bytes:
    parts = styled(SHARED, strings=PLAIN)
    parts["xl/SharedStrings.xml"] = parts.pop("xl/sharedStrings.xml")
    parts["xl/Worksheets/Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    return archive(parts)


def with_chart_sheet() -> bytes:
    parts = styled(SHARED, strings=PLAIN)
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book.replace("<sheets>", '<sheets><sheet name="Đồ thị" sheetId="9" r:id="rId9"/>')
    rels = parts["xl/_rels/workbook.xml.rels"]
    chart = f'<Relationship Id="rId9" Type="{RELATIONS}/chartsheet" Target="chartsheets/sheet1.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("<Relationship ", f"{chart}<Relationship ", 1)
    parts["xl/chartsheets/sheet1.xml"] = "<chartsheet/>"
    return archive(parts)


def with_mark_of_order() -> bytes:
    parts: dict[str, str | bytes] = dict(styled(SHARED, strings=PLAIN))
    place = "xl/worksheets/sheet1.xml"
    parts[place] = b"\xef\xbb\xbf" + b'<?xml version="1.0" encoding="UTF-8"?>\r\n' + str(parts[place]).encode()
    return archive(parts)


#: Name → what makes it. Each as the named program, or a setting of it, is known to write.
XLSX: dict[str, Callable[[], bytes]] = {
    "openpyxl": by_openpyxl,
    "excel shared strings": lambda: archive(styled(SHARED, strings=PLAIN)),
    "excel rich text": lambda: archive(styled(SHARED, strings=RICH)),
    "excel strict": lambda: archive(styled(SHARED, strings=PLAIN, namespace=STRICT)),
    "excel iso dates": lambda: archive(
        styled(cells('<c r="A1" t="s"><v>0</v></c>', day='<c r="C1" t="d"><v>2026-04-02</v></c>'), strings=PLAIN)),
    "excel 1904": lambda: archive(
        styled(cells('<c r="A1" t="s"><v>0</v></c>', day='<c r="C1" s="1"><v>44652</v></c>'), strings=PLAIN,
               book='<workbookPr date1904="1"/>')),
    "excel built-in date": lambda: archive(
        styled(cells('<c r="A1" t="s"><v>0</v></c>', day=f'<c r="C1" s="3"><v>{DAY}</v></c>'), strings=PLAIN)),
    "excel time in the date": lambda: archive(
        styled(cells('<c r="A1" t="s"><v>0</v></c>', day=f'<c r="C1" s="1"><v>{DAY}.0</v></c>'), strings=PLAIN)),
    "excel calculated": lambda: archive(
        styled(SHARED.replace("<v>1286.5</v>", "<f>1286+0.5</f><v>1286.5000000000002</v>"), strings=PLAIN)),
    "excel calculated text": lambda: archive(styled(cells('<c r="A1" t="str"><f>B9</f><v>Đạt</v></c>'))),
    "excel exponents": lambda: archive(
        styled(SHARED.replace("<v>1286.5</v>", "<v>1.2865E3</v>"), strings=PLAIN)),
    "wps prefix": lambda: archive(styled(SHARED, strings=PLAIN, prefix="x")),
    "xlsxwriter inline": lambda: archive(styled(INLINE)),
    "xlsxwriter in memory": lambda: archive(styled(INLINE), store=True),
    "google absolute targets": absolute_targets,
    "no places": lambda: archive(
        styled(cells('<c t="inlineStr"><is><t>Đạt</t></is></c>', places=False))),
    "other case of names": other_case,
    "chart sheet": with_chart_sheet,
    "mark of order": with_mark_of_order,
    "comments and blanks": lambda: archive(
        styled(SHARED.replace('<row r="2">', '<!-- x --><row r="2"><c r="B2" s="1"/><c r="C2"/>'), strings=PLAIN)),
}
assert PACKAGE
