"""The units' results in the report: what is told, what vanishes, how annexes are numbered, drawn and paged."""

import re
from dataclasses import replace
from io import BytesIO

import docx
import pypdf
from docx.oxml.ns import qn

from tests.exports.records import bare_review, review_2022
from tests.exports.results import HALF, half_year, nothing_sent
from tracker.domain.paper import Paper
from tracker.domain.period_results import PeriodResults
from tracker.domain.record import ConferenceRecord
from tracker.exports import pdf, word
from tracker.exports.review_text import review_report


def bare(results: PeriodResults | None) -> ConferenceRecord:
    return replace(bare_review(), period=HALF, results=results)


def clauses(paper: Paper) -> dict[str, str]:
    """Title of each clause → its text with its points, spaces as they are read."""
    told = {}
    for section in paper.sections:
        for clause in section.clauses:
            points = [f"{point.letter}) {' '.join((point.text, *point.paragraphs))}" for point in clause.points]
            told[clause.title] = " ".join((*clause.paragraphs, *points)).replace("\u00a0", " ")
    return told


def test_a_report_tells_what_the_units_sent() -> None:
    told = clauses(review_report(bare(half_year(8, 30))))
    assert told["Kết quả thực hiện nhiệm vụ của các đơn vị"] == (
        "Kết quả từng tiêu chí, chỉ tiêu của 07/08 đơn vị đã gửi báo cáo được tổng hợp tại Phụ lục II."
    )
    progress = told["Tiến độ thực hiện giao ước thi đua"]
    assert progress.startswith("Theo báo cáo của các đơn vị, 00/08 đơn vị đạt từ 50% kế hoạch năm trở lên")
    assert "01 đơn vị chưa có số liệu: Ủy ban nhân dân xã Minh Tân 08" in progress
    first = "a) Nhiệm vụ được giao hoàn thành đúng hạn theo giao ước: thực hiện 1.043/1.500 nhiệm vụ, đạt 69,5%;"
    assert first in progress
    assert "Trần Văn Bình (Ban Quản lý" in told["Điển hình tiên tiến"]
    assert told["Công tác khen thưởng"] == (
        "Theo báo cáo của các đơn vị, số lượt khen thưởng: 09 tập thể và 13 cá nhân; gồm thường xuyên 09, chuyên đề "
        "12, đột xuất 01. Số liệu theo hình thức, danh hiệu tại Phụ lục IV."
    )
    assert "Hội thao Khối thi đua (từ ngày 21 tháng 3 năm 2026 đến ngày 22 tháng 3 năm 2026, tại Nhà thi đấu tỉnh)" in (
        told["Hoạt động chung của Khối"]
    )
    sending = told["Chế độ thông tin, báo cáo"]
    assert "Hạn gửi báo cáo ngày 05 tháng 7 năm 2026; 06/08 đơn vị gửi đúng hạn." in sending
    assert "Sở Văn hóa, Thể thao và Du lịch đến ngày 10 tháng 7 năm 2026" in sending
    assert "Gửi chậm 01 đơn vị: Ban Quản lý" in sending and "(02 ngày)" in sending
    assert "Chưa gửi báo cáo 01 đơn vị" in sending and sending.endswith("Chi tiết tại Phụ lục V.")


def test_a_half_year_in_which_nobody_sent_reads_well() -> None:
    """No figure: no progress, matrix, awards; what a report cannot lack says so; numbers close up."""
    paper = review_report(bare(nothing_sent()))
    told = clauses(paper)
    assert list(told) == [
        "Kết quả thực hiện nhiệm vụ của các đơn vị", "Công tác khen thưởng", "Chế độ thông tin, báo cáo",
    ]
    assert "chưa có số liệu" in told["Kết quả thực hiện nhiệm vụ của các đơn vị"]
    assert "chưa có số liệu" in told["Công tác khen thưởng"]
    assert told["Chế độ thông tin, báo cáo"] == (
        "Hạn gửi báo cáo ngày 05 tháng 7 năm 2026; chưa có đơn vị nào gửi báo cáo. Chi tiết tại Phụ lục."
    )
    assert [annex.number for annex in paper.annexes] == ["Phụ lục"]
    numbers = [clause.number for section in paper.sections for clause in section.clauses]
    assert numbers == ["1", "2", "3"]


def test_annexes_close_up_when_one_is_empty() -> None:
    full = half_year(8, 30)
    paper = review_report(bare(replace(full, progress=None, achievements=())))
    assert [(annex.number, annex.title[0]) for annex in paper.annexes] == [
        ("Phụ lục I", "KẾT QUẢ THEO TIÊU CHÍ CỦA CÁC ĐƠN VỊ"),
        ("Phụ lục II", "TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ"),
    ]
    told = clauses(paper)
    assert "Phụ lục I." in told["Kết quả thực hiện nhiệm vụ của các đơn vị"]
    assert told["Chế độ thông tin, báo cáo"].endswith("Phụ lục II.")


def test_without_results_nothing_changes() -> None:
    assert review_report(bare(None)).annexes == ()
    assert review_report(review_2022()).annexes == ()


def test_annexes_are_sections_of_their_own_in_word() -> None:
    """Portrait and landscape by turns, pages from 1, heads repeated, no row cut."""
    document = docx.Document(BytesIO(word.report(bare(half_year(8, 30)))))
    found = [
        (section.orientation.name, section._sectPr.find(qn("w:pgNumType")) is not None)
        for section in document.sections
    ]
    assert found == [
        ("PORTRAIT", False), ("PORTRAIT", True), ("LANDSCAPE", True), ("PORTRAIT", True), ("PORTRAIT", True),
        ("PORTRAIT", True),
    ]
    assert all(section._sectPr.find(qn("w:titlePg")) is not None for section in document.sections)
    tables = document.tables[2:]
    assert len(tables) == 5
    for table in tables:
        head = table.rows[0]._tr.trPr
        assert head.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    styles = {style.style_id for style in document.styles}
    used = {style.get(qn("w:val")) for style in document.element.body.iter(qn("w:pStyle"))}
    assert used <= styles


def test_the_marks_of_a_landscape_page_reach_its_right_edge() -> None:
    """SỐ LIỆU MINH HỌA stands at 252 mm there, at 165 mm on the others; the page number stays."""
    document = docx.Document(BytesIO(word.report(bare(half_year(8, 30)))))
    for section in document.sections:
        wide = section.orientation.name == "LANDSCAPE"
        for header in (section.header, section.first_page_header):
            marks = next(p for p in header.paragraphs if "SỐ LIỆU MINH HỌA" in p.text)
            own = [round(stop.position.mm) for stop in marks.paragraph_format.tab_stops]
            assert own == ([165, 252] if wide else [])
        assert "PAGE" in section.header._element.xml


def test_twenty_units_stand_in_blocks_of_eight_at_most() -> None:
    tables = next(a for a in review_report(bare(half_year(20, 12))).annexes if a.landscape).tables
    heads = [[column.head for column in table.columns[3:]] for table in tables]
    assert [len(units) for units in heads] == [6, 7, 7]
    assert [unit for units in heads for unit in units] == [unit.short_name for unit in half_year(20, 12).units]
    for table in tables:
        assert abs(sum(column.width for column in table.columns) - 252) < 0.01


def test_the_matrix_of_eight_units_is_one_table() -> None:
    tables = next(a for a in review_report(bare(half_year(8, 30))).annexes if a.landscape).tables
    assert len(tables) == 1


def test_pages_of_a_pdf_annex_count_from_one() -> None:
    """The first page of each part bears no number, the second bears 2."""
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf.report(bare(half_year(8, 30))))).pages]
    numbers = []
    for text in pages:
        first = re.sub(r"^(DỰ THẢO\s*)?(SỐ LIỆU MINH HỌA\s*)?", "", text.strip())
        found = re.match(r"(\d+)\s", first)
        numbers.append(int(found[1]) if found else 1)
    assert numbers == [1, 2, 1, 2, 3, 1, 2, 3, 1, 1, 1]
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in
             pypdf.PdfReader(BytesIO(pdf.report(bare(half_year(8, 30))))).pages}
    assert sizes == {(595, 842), (842, 595)}


def test_user_text_is_no_markup_in_an_annex() -> None:
    results = half_year(3, 4)
    evil = "a < b & c > {{ x }} #strong[y] =SUM(A1)"
    first = replace(results.lines[1], title=evil)
    content = word.report(bare(replace(results, lines=(results.lines[0], first, *results.lines[2:]))))
    cells = [cell.text for table in docx.Document(BytesIO(content)).tables for row in table.rows for cell in row.cells]
    assert evil in cells
    drawn = pdf.report(bare(replace(results, lines=(results.lines[0], first, *results.lines[2:]))))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(drawn)).pages))
    assert re.sub(r"\s", "", evil) in text
