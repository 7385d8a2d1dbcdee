"""PDF: the paper's own words, whole, in the form of NĐ 30/2020, with nothing from outside the repository."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.generic import ContentStream, IndirectObject

from tests.exports.records import bare_review, full_review, review_2022
from tracker.domain.paper import Clause, Paper, Point, Section, Signature
from tracker.exports import minutes_text, pdf, review_text

MM = 72 / 25.4
PRINTED = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def a_paper(**given: Any) -> Paper:
    """A short report; what a test speaks of is given."""
    plain: dict[str, Any] = {
        "superior": ("UBND TỈNH MINH HỌA",),
        "issuing": ("KHỐI THI ĐUA SỐ 1",),
        "number_line": "Số: 01/BC-KTĐ",
        "date_line": "Minh Họa, ngày 05 tháng 02 năm 2026",
        "type_name": "BÁO CÁO",
        "subject": ("Sơ kết công tác thi đua",),
        "opening": ("Mở đầu.",),
        "sections": (),
        "clauses": (),
        "closing": ("Hết./.",),
        "recipients": ("- Lưu: VT.",),
        "signatures": (Signature(("KHỐI TRƯỞNG",), (), "Nguyễn Văn Bình"),),
        "title": "Báo cáo sơ kết",
        "draft": False,
        "illustration": False,
    }
    return Paper(**{**plain, **given})


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def pages(paper: Paper) -> list[str]:
    return [page.extract_text() for page in read(pdf.draw(paper)).pages]


def told(paper: Paper) -> Iterator[str]:
    """Every string of the paper in reading order; Nơi nhận before one signature, after several."""
    yield from (*paper.superior, *paper.issuing, *PRINTED, paper.number_line, paper.date_line, paper.type_name)
    yield from (*paper.subject, *paper.opening)
    for section in paper.sections:
        yield from (f"{section.number}. {section.title}", *section.paragraphs)
        yield from clauses(section.clauses)
    yield from clauses(paper.clauses)
    yield from paper.closing
    posts = [text for signed in paper.signatures for text in signed.lines]
    names = [text for signed in paper.signatures for text in (*signed.posts, signed.name)]
    recipients = ["Nơi nhận:", *paper.recipients]
    yield from (*recipients, *posts, *names) if len(paper.signatures) == 1 else (*posts, *names, *recipients)


def clauses(each: tuple[Clause, ...]) -> Iterator[str]:
    for clause in each:
        yield from (f"{clause.number}. {clause.title}", *clause.paragraphs)
        for point in clause.points:
            yield from (f"{point.letter}) {point.text}", *point.paragraphs)


def bare(text: str) -> str:
    """Without white space (a line may end at any space or hyphen) and places to break; a dotted leader is one sign."""
    text = re.sub(r"[^\S\t]|\u200b", "", unicodedata.normalize("NFC", text))
    return re.sub(r"\t[\t.]*|[\t.]{6,}", "\N{TWO DOT LEADER}", text)


def without_numbers(text: list[str]) -> str:
    """The pages one after the other, without the page number that opens each but the first."""
    assert [re.match(r"\d*", page)[0] for page in text[1:]] == [str(place) for place in range(2, len(text) + 1)]
    return "\n".join([text[0], *(re.sub(r"^\d+\n", "", page) for page in text[1:])])


@cache
def report_2022() -> bytes:
    return pdf.report(review_2022())


def positions(page: pypdf.PageObject) -> list[tuple[str, float, float, float]]:
    """Text, left edge and baseline in mm from the page's upper left corner, and size in points, run by run."""
    found: list[tuple[str, float, float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found.append((text.strip(), x / MM, 297 - y / MM, size))

    page.extract_text(visitor_text=note)
    return found


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


@pytest.mark.parametrize("record", [review_2022, bare_review])
@pytest.mark.parametrize(
    ("draw", "build"), [(pdf.report, review_text.review_report), (pdf.minutes, minutes_text.minutes)]
)
def test_a_conference_in_pdf_says_what_its_text_says(record: Any, draw: Any, build: Any):
    paper = replace(build(record()), draft=False, illustration=False)
    drawn = draw(replace(record(), draft=False, illustration=False))
    text = without_numbers([page.extract_text() for page in read(drawn).pages])
    assert bare(text) == bare("".join(told(paper)))


def test_a_full_conference_loses_nothing_but_signs_the_font_lacks():
    paper = replace(review_text.review_report(full_review()), draft=False, illustration=False)
    said = "".join(pdf._plain(text) for text in told(paper))
    assert bare(without_numbers(pages(paper))) == bare(said)
    lost = Counter("".join(told(paper))) - Counter(said)
    assert {unicodedata.category(sign) for sign in lost} <= {"So", "Sk", "Cf", "Mn", "Lo"}


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


def test_several_signatures_stand_side_by_side_before_nơi_nhận():
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


def test_a_line_break_in_a_text_begins_a_paragraph():
    (text,) = pages(a_paper(opening=("Dòng một\n\nDòng hai\r\nDòng ba",)))
    assert "\nDòng một\nDòng hai\nDòng ba\n" in text


def test_nothing_typed_is_read_as_markup():
    code = '#read("van-ban.typ") #panic("x") $x^2$ *đậm* _nghiêng_ `mã` <nhãn> @nguồn = Mục // ghi chú \\ "nháy" -- ...'
    (text,) = pages(a_paper(opening=(code,), title=code, subject=("#let x",), number_line="Số: #1/BC_*"))
    assert bare(code) in bare(text)
    assert "\n#let x\n" in text
    assert "Số: #1/BC_*" in text
    assert read(pdf.draw(a_paper(title=code))).metadata.title == code


def test_spaces_left_for_a_number_stay():
    (text,) = pages(a_paper(number_line="Số:          /BC-…", date_line="Minh Họa, ngày       tháng 7 năm 2026"))
    assert "Số:          /BC-…" in text
    assert "ngày       tháng 7" in text


def test_a_run_without_spaces_breaks_instead_of_leaving_the_page():
    runs = positions(read(pdf.draw(a_paper(opening=("W" * 200,), superior=("W" * 40,)))).pages[0])
    drawn = [text.replace("\u200b", "") for text, *_ in runs if set(text) <= {"W", "\u200b"}]
    assert "".join(drawn) == "W" * 240
    assert max(map(len, drawn)) <= 32


def test_signs_the_font_lacks_stand_as_boxes_and_hidden_ones_vanish():
    (text,) = pages(a_paper(opening=("A 😀 B 漢字 C\u00ad\u200d\u202e\x07 D ❤\ufe0f E",)))
    assert "A □ B □□ C D □ E" in text


def test_text_in_decomposed_form_comes_out_composed():
    (text,) = pages(a_paper(opening=(unicodedata.normalize("NFD", "Đường đến Quảng Ngãi"),)))
    assert "Đường đến Quảng Ngãi" in text


def test_a_paper_with_everything_left_out_is_still_drawn():
    empty = a_paper(
        superior=(), issuing=(), number_line="", date_line="", type_name="", subject=(), opening=("", " ", "\n"),
        closing=(), recipients=(), signatures=(), title="",
    )  # fmt: skip
    assert pages(empty) == ["\n".join(PRINTED)]
    assert "Nơi nhận" not in pages(a_paper(recipients=()))[0]


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


VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
LETTERS = VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvx"
SIGNS = "0123456789&<>\"{}%#$*_[]@\\`'=+-/~^|;:,.!?()“”–…  \u00a0"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS * 2 + SIGNS * 4), min_size=1, max_size=120)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(TEXTS, min_size=10, max_size=10))
def test_500_vietnamese_texts_come_out_as_they_went_in(texts: list[str]):
    """50 papers of 10 texts, each in another place. White space is not compared: a line may end at it."""
    made = [f"«{place}{text}»" for place, text in enumerate(texts)]
    point = Point("đ", made[5], (made[6],))
    paper = a_paper(
        superior=(made[0],),
        subject=(made[1],),
        opening=(made[2],),
        sections=(Section("I", made[3], (made[4],), (Clause("1", "Khoản", (), (point,)),)),),
        clauses=(Clause("1", made[7], (made[8],)),),
        recipients=(made[9],),
    )
    assert bare(without_numbers(pages(paper))) == bare("".join(told(paper)))
