"""Sheets of a period's results: which there are, their blocks, KG and blanks, formats, how long they take."""

import time
from dataclasses import replace

from openpyxl.utils import get_column_letter

from tests.exports.records import bare_review
from tests.exports.results import HALF, half_year, nothing_sent, reviewed
from tests.exports.workbooks import cells_of_type, opened, texts
from tracker.domain.award_counts import count_awards
from tracker.domain.submissions import AwardMethod, AwardObject
from tracker.domain.unit_summary import summaries
from tracker.exports.conference_workbook import workbook

OWN = ["Tổng hợp", "Thành viên và nhiệm kỳ", "Đại biểu", "Đánh giá và hạn chế", "Chỉ đạo và kết luận", "Nhiệm vụ"]
RESULTS = [
    "Tổng hợp đơn vị", "Kết quả theo tiêu chí", "Thực hiện giao ước", "Thành tích", "Khen thưởng", "Hoạt động chung",
    "Gửi báo cáo", "Ý kiến đơn vị",
]


def test_the_sheets_follow_those_of_the_conference_and_are_numbered() -> None:
    book = opened(workbook(reviewed(half_year(8, 30))))
    assert book.sheetnames == OWN + RESULTS
    forms = [next(text for text in texts(page) if str(text).startswith("Biểu số")) for page in book.worksheets[6:]]
    assert forms == [f"Biểu số {place:02d}" for place in range(7, 15)]
    assert cells_of_type(book, "f") == []


def test_the_front_sheet_refers_to_them() -> None:
    front = texts(opened(workbook(reviewed(half_year(8, 30))))["Tổng hợp"])
    assert any("00/08 đơn vị đạt từ 50% kế hoạch năm" in str(text) and "(Biểu số 09)" in str(text) for text in front)
    assert any("09 tập thể và 13 cá nhân" in str(text) and "(Biểu số 11)" in str(text) for text in front)
    assert "08 đơn vị: đúng hạn 06, chậm 01, chưa gửi 01 (Biểu số 13)" in front


def test_empty_sheets_are_left_out() -> None:
    book = opened(workbook(replace(bare_review(), period=HALF, results=nothing_sent())))
    assert book.sheetnames == [*OWN, "Tổng hợp đơn vị", "Kết quả theo tiêu chí", "Gửi báo cáo"]


def test_above_sixty_criteria_a_sheet_a_group() -> None:
    book = opened(workbook(reviewed(half_year(4, 61))))
    assert [name for name in book.sheetnames if name.startswith("Tiêu chí")] == [
        f"Tiêu chí {'I' * place}" for place in range(1, 8)
    ]
    assert "Kết quả theo tiêu chí" not in book.sheetnames
    last = next(text for text in texts(book.worksheets[-1]) if str(text).startswith("Biểu số"))
    assert last == f"Biểu số {7 + 7 + 7 - 1:02d}"


def test_twenty_units_print_in_blocks() -> None:
    page = opened(workbook(reviewed(half_year(20, 12))))["Kết quả theo tiêu chí"]
    ends = [page.col_breaks.brk[place].id for place in range(len(page.col_breaks.brk))]
    assert [get_column_letter(end) for end in ends] == ["Q", "AE"]
    assert page.print_title_cols == "$A:$C"
    assert page.freeze_panes.startswith("D")


def test_blank_zero_and_kg_are_three_things() -> None:
    page = opened(workbook(reviewed(half_year(8, 30))))["Kết quả theo tiêu chí"]
    rows = {row[1]: row for row in page.iter_rows(values_only=True)}
    zero = rows["Tin, bài tuyên truyền gương người tốt, việc tốt (4)"]
    assert zero[3:9] == (None, 0, None, 0, None, "KG")
    blank = rows["Nhiệm vụ được giao hoàn thành đúng hạn (1)"]
    assert blank[17:19] == (100, None)


def test_formats_belong_to_the_figures() -> None:
    page = opened(workbook(reviewed(half_year(3, 4))))["Kết quả theo tiêu chí"]
    formats = {cell.value: cell.number_format for row in page.iter_rows() for cell in row}
    assert formats[10286.5] == "[$-42A]#,##0.####" and formats[61] == "[$-42A]#,##0"


def test_a_long_figure_widens_its_column() -> None:
    results = half_year(3, 4)
    figure = replace(results.lines[1].figures[0], value=1_234_567_890_123)
    line = replace(results.lines[1], figures=(figure, *results.lines[1].figures[1:]))
    drawn = workbook(reviewed(replace(results, lines=(results.lines[0], line, *results.lines[2:]))))
    page = opened(drawn)["Kết quả theo tiêu chí"]
    assert page.column_dimensions["E"].width >= len("1.234.567.890.123")


def test_awards_are_counted_by_form_method_and_object() -> None:
    """ "Giấy khen" and "giấy khen" are one form; without a number an award counts as one, and that is said."""
    counted = count_awards(half_year(8, 4).awards)
    assert [row.form for row in counted.rows] == ["Bằng khen của Chủ tịch UBND tỉnh", "Giấy khen"]
    assert counted.rows[1].counts == {
        (AwardMethod.AD_HOC, AwardObject.PERSON): 1, (AwardMethod.THEMED, AwardObject.PERSON): 12,
    }
    assert (counted.grand_total, counted.uncounted) == (22, 1)
    assert counted.objects == (AwardObject.COLLECTIVE, AwardObject.PERSON)
    household = replace(half_year(8, 4).awards[0], award_object=AwardObject.HOUSEHOLD, award_method=None)
    wider = count_awards([*half_year(8, 4).awards, household])
    assert (None in wider.methods, AwardObject.HOUSEHOLD in wider.objects, wider.grand_total) == (True, True, 31)


def test_a_unit_that_has_not_sent_has_no_counts() -> None:
    rows = summaries(half_year(8, 30))
    last, first = rows[-1], rows[0]
    assert [last.filled, last.passed, last.deeds, last.awards] == [None] * 4
    assert last.status == "Chưa gửi báo cáo"
    own = [line.figures[0] for line in half_year(8, 30).measured]
    assert first.assigned == 27 and first.filled == 27 - sum(figure.blank for figure in own)
    assert first.awards == {AwardObject.COLLECTIVE: 9, AwardObject.PERSON: 0}
    assert rows[1].status == "Gửi chậm 2 ngày"


def test_the_whole_workbook_is_drawn_in_a_quarter_of_a_second() -> None:
    """8 units × 30 criteria with all sheets; the quickest of five, since others use the machine too."""
    record = reviewed(half_year(8, 30))
    took = []
    for _round in range(5):
        begun = time.process_time()
        workbook(record)
        took.append(time.process_time() - begun)
    assert min(took) <= 0.25, took
