"""PDF: the form of NĐ 30/2020, measured on the pages, with nothing from outside the repository."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import pypdf
import pytest
from pypdf.generic import ContentStream, IndirectObject

from tests.exports.pdf_reading import MM, PRINTED, a_paper, pages, positions, read
from tests.exports.records import review_2022
from tracker.domain.paper import Clause, Point, Section, Signature
from tracker.exports import pdf


@cache
def report_2022() -> bytes:
    return pdf.report(review_2022())


def ruled(reader: pypdf.PdfReader) -> list[float]:
    """The lengths in mm of the lines drawn on the first page."""
    lengths, start = [], 0.0
    page = reader.pages[0]
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"m":
            start = float(operands[0])
        elif operator == b"l":
            lengths.append(round((float(operands[0]) - start) / MM, 1))
    return lengths


def test_the_report_of_2022_takes_three_pages_of_a4_as_the_reference_does():
    sides = [(float(page.mediabox.width / MM), float(page.mediabox.height / MM)) for page in read(report_2022()).pages]
    assert [(round(width), round(height)) for width, height in sides] == [(210, 297)] * 3


def test_the_file_is_tagged_and_names_title_author_and_language():
    reader = read(report_2022())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "vi"
    assert reader.metadata.title == "Báo cáo sơ kết phong trào thi đua yêu nước 6 tháng đầu năm 2022"
    assert reader.metadata.author == "Khối thi đua Nội chính - Lực lượng vũ trang tỉnh Nghệ An"


def test_headings_are_tagged_by_level_and_listed_as_bookmarks():
    reader = read(report_2022())
    kinds = Counter(structure(reader.trailer["/Root"]["/StructTreeRoot"]))
    assert (kinds["/H1"], kinds["/H2"], kinds["/H3"]) == (4, 10, 3)
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == [
        "I. ĐẶC ĐIỂM TÌNH HÌNH",
        "II. KẾT QUẢ PHONG TRÀO THI ĐUA 6 THÁNG ĐẦU NĂM 2022",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2022",
    ]


def structure(node: Any) -> Iterator[str]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        yield str(node.get("/S", ""))
        yield from structure(node.get("/K", []))


def test_every_font_is_liberation_serif_and_lies_in_the_file():
    fonts = {
        font["/BaseFont"].split("+")[1]: font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in read(report_2022()).pages
        for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())
    }
    assert sorted(fonts) == [
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-BoldItalic",
        "LiberationSerif-Italic",
    ]
    assert all("/FontFile2" in described or "/FontFile3" in described for described in fonts.values())


def test_lines_are_as_long_as_the_form_asks():
    """25 mm under the issuing body (0.4 of 62), the motto's own 60.4, and 50 mm under the subject (0.4 of 124)."""
    assert ruled(read(report_2022())) == [25.0, 60.4, 50.0]


def test_minutes_have_a_line_of_37_mm_and_no_date():
    assert ruled(read(pdf.minutes(review_2022()))) == [25.0, 60.4, 37.0]


def test_margins_indent_and_line_height_hold():
    """30 mm on the left, 12.7 mm first line, 1.05 of the font's own 1.149 em from line to line, 12.7 mm."""
    opening = "Dài đủ để sang dòng thứ hai và dòng thứ ba của một đoạn văn trong báo cáo. " * 3
    runs = positions(read(pdf.draw(a_paper(opening=(opening,)))).pages[0])
    start = next(place for place, run in enumerate(runs) if run[0].startswith("Dài đủ"))
    (_, first, top, size), (_, second, below, _) = runs[start], runs[start + 1]
    assert (round(first, 1), round(second, 1), size) == (42.7, 30.0, 14)
    assert round((below - top) * MM, 1) == round(14 * 1.149 * 1.05, 1)


def test_sizes_follow_the_decree():
    sizes = {text: size for text, _, _, size in positions(read(pdf.draw(a_paper())).pages[0])}
    assert {text: sizes[text] for text in sizes if text in ("UBND TỈNH MINH HỌA", "KHỐI THI ĐUA SỐ 1", *PRINTED)} == {
        "UBND TỈNH MINH HỌA": 13,
        "KHỐI THI ĐUA SỐ 1": 13,
        PRINTED[0]: 13,
        PRINTED[1]: 14,
    }
    assert (sizes["Số: 01/BC-KTĐ"], sizes["Minh Họa, ngày 05 tháng 02 năm 2026"]) == (13, 14)
    assert (sizes["BÁO CÁO"], sizes["Mở đầu."], sizes["Nơi nhận:"], sizes["- Lưu: VT."]) == (14, 14, 12, 11)
    assert (sizes["KHỐI TRƯỞNG"], sizes["Nguyễn Văn Bình"]) == (14, 14)


def test_page_numbers_stand_centred_at_14_points_from_page_two():
    first, second, third = (positions(page) for page in read(report_2022()).pages)
    assert "1" not in [text for text, *_ in first]
    for number, runs in (("2", second), ("3", third)):
        text, left, baseline, size = runs[0]
        assert (text, size) == (number, 14)
        assert round(left + 7 / 2 / MM, 1) == 30 + 165 / 2
        assert 10 < baseline < 20


@pytest.mark.parametrize("count", range(0, 36, 5))
def test_the_signature_stays_with_the_last_paragraph_and_titles_with_their_text(count: int):
    section = Section("I", "TÊN MỤC", tuple(f"Đoạn thứ {place}." for place in range(count)))
    last = Section("II", "MỤC SAU", (), (Clause("1", "Tên khoản", ("Kể ra:",), (Point("a", "Tên điểm", ("Ý.",)),)),))
    text = pages(a_paper(sections=(section, last)))
    assert [word in text[-1] for word in ("Hết./.", "KHỐI TRƯỞNG", "Nguyễn Văn Bình", "Lưu: VT")] == [True] * 4
    ends = [page.strip().split("\n")[-1] for page in text]
    assert [end for end in ends if end.endswith(("MỤC", "SAU", "khoản", "ra:", "điểm"))] == []


def test_an_ending_longer_than_a_page_is_carried_over_whole():
    paper = a_paper(recipients=tuple(f"- Đơn vị {place};" for place in range(1, 91)), closing=("Rất dài " * 1500,))
    text = "\n".join(pages(paper))
    assert [f"- Đơn vị {place};" in text for place in range(1, 91)] == [True] * 90
    assert (len(re.findall("Rất", text)), "Nguyễn Văn Bình" in text) == (1500, True)


def test_marks_stand_on_every_page_or_on_none():
    long = a_paper(opening=tuple(f"Đoạn {place}." for place in range(80)))
    marked = [(page.count("DỰ THẢO"), page.count("SỐ LIỆU MINH HỌA")) for page in pages(replace(long, draft=True))]
    assert len(marked) > 2
    assert set(marked) == {(1, 0)}
    shown = pages(replace(long, illustration=True))
    assert {(page.count("DỰ THẢO"), page.count("SỐ LIỆU MINH HỌA")) for page in shown} == {(0, 1)}
    assert {page.count("DỰ THẢO") + page.count("MINH HỌA\n") for page in pages(long)[1:]} == {0}


def test_a_tab_is_a_dotted_leader_to_the_right_edge():
    (text,) = pages(a_paper(opening=("Thư ký: \t", "\t", "Có mặt: \t; vắng mặt: \t.")))
    assert re.search(r"\nThư ký: \.{60,}\n\.{90,}\nCó mặt: \.{20,}; vắng mặt: \.{20,}\n", text)


def test_several_signatures_stand_side_by_side_before_the_recipients():
    signed = (Signature(("THƯ KÝ",), (), "Trần Thị Lan"), Signature(("CHỦ TỌA", "KHỐI TRƯỞNG"), (), "Lê Văn Sơn"))
    runs = positions(read(pdf.draw(a_paper(signatures=signed))).pages[0])
    height = {text: round(baseline, 1) for text, _, baseline, _ in runs}
    assert height["THƯ KÝ"] == height["CHỦ TỌA"]
    assert height["Trần Thị Lan"] == height["Lê Văn Sơn"]
    assert height["Lê Văn Sơn"] < height["Nơi nhận:"]


def test_a_title_point_is_a_heading_and_a_sentence_is_not():
    points = (Point("a", "Tên điểm", ("Ý.",)), Point("b", "Câu có dấu chấm."), Point("c", "Câu thiếu dấu chấm"))
    content = pdf.draw(a_paper(sections=(Section("I", "MỤC", (), (Clause("1", "Khoản", (), points),)),)))
    assert Counter(structure(read(content).trailer["/Root"]["/StructTreeRoot"]))["/H3"] == 1


def test_equal_papers_give_equal_bytes():
    assert pdf.draw(a_paper()) == pdf.draw(a_paper())
    assert pdf.draw(a_paper()) != pdf.draw(a_paper(draft=True))


def test_many_threads_may_draw_at_once():
    papers = [a_paper(opening=(f"Bản số {place}.",)) for place in range(24)]
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(pdf.draw, papers))
    assert [f"Bản số {place}." in read(content).pages[0].extract_text() for place, content in enumerate(drawn)] == (
        [True] * 24
    )
