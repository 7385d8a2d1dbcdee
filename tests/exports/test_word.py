"""Word files: the measures of NĐ 30/2020 in the file itself, and every text whole."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from tests.exports.records import bare_review, full_review, review_2022
from tests.exports.records_full import EMOJI, LONG, SIGNS
from tests.exports.test_review_text import GOLDEN
from tracker.documents import make_templates
from tracker.domain.conferences import AssessmentKind
from tracker.domain.record import AssessmentLine, ConferenceRecord
from tracker.exports import word

STYLES = {
    # name: size, bold, italic, alignment, before, after
    "VB Cơ quan chủ quản": (13, False, False, "center", 0, 0),
    "VB Cơ quan ban hành": (13, True, False, "center", 0, 0),
    "VB Quốc hiệu": (13, True, False, "center", 0, 0),
    "VB Tiêu ngữ": (14, True, False, "center", 0, 0),
    "VB Số ký hiệu": (13, False, False, "center", 6, 0),
    "VB Địa danh ngày tháng": (14, False, True, "center", 6, 0),
    "VB Tên loại": (14, True, False, "center", 18, 0),
    "VB Trích yếu": (14, True, False, "center", 0, 0),
    "VB Mục I": (14, True, False, "both", 0, 6),
    "VB Khoản 1": (14, True, False, "both", 0, 6),
    "VB Điểm a": (14, False, False, "both", 0, 6),
    "VB Nội dung": (14, False, False, "both", 0, 6),
    "VB Quyền hạn ký": (14, True, False, "center", 0, 0),
    "VB Chữ ký": (14, False, False, "center", 54, 0),
    "VB Chức vụ khác": (13, True, False, "center", 0, 0),
    "VB Họ tên": (14, True, False, "center", 6, 0),
    "VB Nơi nhận": (12, True, True, "left", 0, 0),
    "VB Nơi nhận danh sách": (11, False, False, "left", 0, 0),
    "VB Số trang": (14, False, False, "center", 0, 0),
}


def opened(content: bytes) -> Opened:
    return Document(BytesIO(content))


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(content)).read(name).decode("utf-8")


def paragraphs(document: Opened) -> list[tuple[str, str]]:
    """(style, text) of every paragraph that says something, tables included, dotted leaders as →."""
    names = {style.style_id: style.name for style in document.styles}
    rows = []
    for element in document.element.body.iter(qn("w:p")):
        pieces = [
            piece.text or "" if piece.tag == qn("w:t") else "→"
            for run in element.findall(qn("w:r"))
            for piece in run.iter(qn("w:t"), qn("w:tab"))
        ]
        if "".join(pieces):
            rows.append((names[element.pPr.pStyle.val], "".join(pieces)))
    return rows


def texts(content: bytes) -> list[str]:
    return [text.replace("\u00a0", " ") for _, text in paragraphs(opened(content))]


def with_context(*rows: str) -> ConferenceRecord:
    lines = tuple(AssessmentLine(AssessmentKind.CONTEXT, None, row) for row in rows)
    return replace(bare_review(), assessments=lines)


@pytest.mark.parametrize(("draw", "golden"), [(word.report, "bao-cao-2022"), (word.minutes, "bien-ban-2022")])
def test_the_files_of_2022_hold_the_reference_papers_paragraphs(draw, golden) -> None:
    expected = (GOLDEN / f"{golden}.txt").read_text(encoding="utf-8").splitlines()
    found = [
        f"{re.sub(' (chấm|chấm đôi|sau chữ ký)$', '', style.replace('VB Dòng chấm', 'VB Nội dung'))}: {text}"
        for style, text in paragraphs(opened(draw(review_2022())))
    ]
    assert sorted(text.replace("\u00a0", "~") for text in found) == sorted(expected)


@pytest.mark.parametrize("draw", [word.report, word.minutes])
def test_the_page_is_a4_with_the_margins_of_the_decree(draw) -> None:
    section = opened(draw(review_2022())).sections[0]
    measures = (
        *(section.page_width, section.page_height),
        *(section.top_margin, section.bottom_margin, section.left_margin, section.right_margin),
        section.header_distance,
    )
    assert [round(measure.mm) for measure in measures] == [210, 297, 20, 20, 30, 15, 10]
    assert section.different_first_page_header_footer is True


def test_styles_have_the_sizes_faces_and_spaces_of_the_decree() -> None:
    styles = opened(word.report(review_2022())).styles
    found = {}
    for name in STYLES:
        style = styles[name]
        spacing = style.paragraph_format
        align = style.element.pPr.find(qn("w:jc")).get(qn("w:val"))
        face = (style.font.size.pt, bool(style.font.bold), bool(style.font.italic))
        found[name] = (*face, align, spacing.space_before.pt, spacing.space_after.pt)
    assert found == STYLES


def test_body_text_has_a_first_line_of_12_7_mm_and_lines_of_1_05() -> None:
    style = opened(word.report(review_2022())).styles["VB Nội dung"].paragraph_format
    assert round(style.first_line_indent.mm, 1) == 12.7
    assert style.line_spacing == 1.05


def test_every_style_names_its_font_four_times_and_the_language_is_vietnamese() -> None:
    xml = part(word.report(review_2022()), "word/styles.xml")
    fonts = re.findall(r"<w:rFonts ([^>]*)/>", xml)
    face = " ".join(f'w:{kind}="Times New Roman"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    assert set(fonts) == {face}
    assert '<w:lang w:val="vi-VN"' in xml


def test_word_opens_the_file_in_its_modern_layout() -> None:
    xml = part(word.report(review_2022()), "word/settings.xml")
    assert re.findall(r'w:name="compatibilityMode"[^>]*w:val="(\d+)"', xml) == ["15"]


@pytest.mark.parametrize("record", [review_2022(), full_review(), bare_review()])
@pytest.mark.parametrize("draw", [word.report, word.minutes])
def test_nothing_is_formatted_in_place_but_the_lengths_of_lines(draw, record) -> None:
    document = opened(draw(record))
    names = {style.style_id: style.name for style in document.styles}
    for element in document.element.body.iter(qn("w:p")):
        tags = {child.tag for child in element.pPr}
        allowed = {qn("w:pStyle"), qn("w:keepNext")}
        if names[element.pPr.pStyle.val].startswith("VB Đường kẻ"):
            allowed.add(qn("w:ind"))
        assert tags <= allowed
    assert document.element.body.findall(f".//{qn('w:r')}/{qn('w:rPr')}") == []


def line_lengths(content: bytes) -> list[float]:
    """Millimetres of the lines under the issuing body, the motto and the subject."""
    document = opened(content)
    head = document.tables[0].rows[0].cells
    lengths = []
    for room, rows in ((66, head[0].paragraphs), (99, head[1].paragraphs), (165, document.paragraphs)):
        rule = next(row for row in rows if row.style.name.startswith("VB Đường kẻ"))
        lengths.append(round(room - 2 * rule.paragraph_format.left_indent.mm, 1))
    return lengths


def test_lines_are_as_long_as_the_text_above_them_asks() -> None:
    for found, expected in zip(line_lengths(word.report(review_2022())), (25, 60.5, 50), strict=True):
        assert abs(found - expected) < 0.6
    assert abs(line_lengths(word.minutes(review_2022()))[2] - 37) < 0.6


def test_no_table_row_is_cut_and_the_letterhead_has_no_cell_margins() -> None:
    document = opened(word.minutes(full_review()))
    rows = [row for table in document.tables for row in table.rows]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [round(cell.width.mm) for cell in document.tables[0].rows[0].cells] == [66, 99]
    margins = document.tables[0]._tbl.tblPr.find(qn("w:tblCellMar"))
    assert {side.get(qn("w:w")) for side in margins} == {"0"}


def test_what_leads_over_stays_with_what_follows() -> None:
    document = opened(word.report(review_2022()))
    kept = [row.text for row in document.paragraphs if row._p.pPr.find(qn("w:keepNext")) is not None]
    assert kept[0].endswith("như sau:")
    assert "a) Thi đua thường xuyên, cao điểm, theo đợt và theo chuyên đề" in kept
    assert kept[-1].endswith("./.")
    assert "b) Tiếp tục triển khai các phong trào thi đua yêu nước của các ngành." not in kept


def test_the_page_number_is_a_field_that_the_first_page_lacks() -> None:
    content = word.report(review_2022())
    assert "PAGE" in part(content, "word/header1.xml")
    assert "PAGE" not in part(content, "word/header2.xml")


def test_draft_and_illustration_are_marked_on_every_page() -> None:
    marked, clean = word.report(full_review()), word.report(review_2022())
    for name in ("word/header1.xml", "word/header2.xml"):
        assert "DỰ THẢO" in part(marked, name) and "SỐ LIỆU MINH HỌA" in part(marked, name)
        assert "DỰ THẢO" not in part(clean, name) and "SỐ LIỆU MINH HỌA" not in part(clean, name)


def test_signs_emoji_and_ten_thousand_characters_arrive_whole() -> None:
    found = texts(word.report(full_review()))
    assert SIGNS in found
    assert f"Lĩnh vực điển hình tiên tiến: {EMOJI}." in found
    assert LONG in found
    assert len(LONG) == 10_000


def test_the_signs_of_docxtpl_itself_arrive_whole() -> None:
    rows = ["{_{ a }_}", "{_% b %_}", "{{ mo_dau }}", "{%p for x in y %}", "</w:t>", "&amp; &#123;", "\\n \\t"]
    found = texts(word.report(with_context(*rows)))
    assert [row for row in rows if row not in found] == []


def test_control_characters_take_nothing_with_them() -> None:
    found = texts(word.report(with_context("Một\x00\x0b hai\x1f\ufffe", "ba\ud800 bốn")))
    assert "Một hai" in found and "ba bốn" in found


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
SPECIAL = "&<>\"'{}%_#$*@\\/=+-–“”…[]()^~|`.,;:!?0123456789 \t\n👍❤ỌẪ"


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(st.text(LETTERS + SPECIAL * 3, min_size=1, max_size=80), min_size=25, max_size=25))
def test_generated_vietnamese_strings_arrive_whole(rows: list[str]) -> None:
    """20 documents of 25 strings are 500; white space counts as one space, a line break as a new paragraph."""
    expected = [" ".join(text.split()) for row in rows for text in row.split("\n") if text.split()]
    found = texts(word.report(with_context(*rows)))
    start = found.index("1. Bối cảnh") + 1 if expected else 0
    assert found[start : start + len(expected)] == expected


def test_a_template_with_a_tag_that_nobody_fills_is_refused(tmp_path: Path, monkeypatch) -> None:
    body = make_templates.report().replace("{{ ten_loai }}", "{{ ten_loai_van_ban }}")
    make_templates.write(tmp_path / "bao-cao.docx", body)
    monkeypatch.setattr(word, "TEMPLATES", tmp_path)
    with pytest.raises(UndefinedError, match="ten_loai_van_ban"):
        word.report(review_2022())


def test_the_templates_in_the_repository_are_those_the_script_makes(tmp_path: Path) -> None:
    make_templates.main(tmp_path)
    names = ["bao-cao.docx", "bien-ban.docx", "tin-hoi-nghi.docx"]
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    for name in names:
        made, kept = (zipfile.ZipFile(folder / name) for folder in (tmp_path, make_templates.FOLDER))
        assert {entry: made.read(entry) for entry in made.namelist()} == {e: kept.read(e) for e in kept.namelist()}


def test_title_author_and_language_are_set() -> None:
    properties = opened(word.report(review_2022())).core_properties
    assert properties.title == "Báo cáo sơ kết phong trào thi đua yêu nước 6 tháng đầu năm 2022"
    assert properties.author == "KHỐI THI ĐUA NỘI CHÍNH - LỰC LƯỢNG VŨ TRANG"
    assert properties.language == "vi-VN"
