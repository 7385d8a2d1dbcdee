"""The report as text: order, blanks, numbers, and the words that follow from kind, bloc, period and date."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.exports.records import bare_review, full_review, review_2022
from tests.exports.records_full import UNITS
from tracker.domain.blocs import BlocKind
from tracker.domain.conferences import (
    AssessmentKind,
    ConferenceKind,
    CountSubject,
    DayPart,
    Precision,
    RemarkKind,
)
from tracker.domain.paper import Clause, Paper
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.record import AssessmentLine, ConferenceRecord, CountLine, RemarkLine
from tracker.exports.review_text import review_report

GOLDEN = Path(__file__).parent / "golden"
GAP = "\u00a0"


def told(paper: Paper) -> list[str]:
    """Every paragraph of a paper as "style: text", no-break spaces as ~ and dotted leaders as →."""
    return [f"{style}: {text}".replace(GAP, "~").replace("\t", "→") for style, text in _told(paper)]


def _told(paper: Paper) -> Iterator[tuple[str, str]]:
    yield from (("VB Cơ quan chủ quản", text) for text in paper.superior)
    yield from (("VB Cơ quan ban hành", text) for text in paper.issuing)
    yield "VB Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    yield "VB Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc"
    yield "VB Số ký hiệu", paper.number_line
    if paper.date_line:
        yield "VB Địa danh ngày tháng", paper.date_line
    yield "VB Tên loại", paper.type_name
    yield from (("VB Trích yếu", text) for text in paper.subject)
    yield from (("VB Nội dung", text) for text in paper.opening)
    for section in paper.sections:
        yield "VB Mục I", f"{section.number}. {section.title}"
        yield from (("VB Nội dung", text) for text in section.paragraphs)
        for clause in section.clauses:
            yield from _clause(clause)
    for clause in paper.clauses:
        yield from _clause(clause)
    yield from (("VB Nội dung", text) for text in paper.closing)


def _clause(clause: Clause) -> Iterator[tuple[str, str]]:
    yield "VB Khoản 1", f"{clause.number}. {clause.title}"
    yield from (("VB Nội dung", text) for text in clause.paragraphs)
    for point in clause.points:
        yield "VB Điểm a", f"{point.letter}) {point.text}"
        yield from (("VB Nội dung", text) for text in point.paragraphs)


def plain(record: ConferenceRecord) -> list[str]:
    """The report's paragraphs without styles, no-break spaces as spaces."""
    return [text.split(": ", 1)[1].replace("~", " ") for text in told(review_report(record))]


def headings(record: ConferenceRecord) -> list[str]:
    sections = review_report(record).sections
    return [f"{section.number}.{clause.number} {clause.title}" for section in sections for clause in section.clauses]


def with_context(text: str) -> ConferenceRecord:
    return replace(bare_review(), assessments=(AssessmentLine(AssessmentKind.CONTEXT, None, text),))


def with_conclusions(number: int) -> ConferenceRecord:
    said = [RemarkLine(RemarkKind.CONCLUSION, None, None, None, f"Việc {place}.") for place in range(number)]
    return replace(bare_review(), remarks=tuple(said))


def test_the_report_of_2022_equals_the_reference_paper_paragraph_by_paragraph() -> None:
    expected = (GOLDEN / "bao-cao-2022.txt").read_text(encoding="utf-8").splitlines()
    paper = review_report(review_2022())
    foot = [f"VB Nơi nhận danh sách: {text}" for text in paper.recipients]
    signature = paper.signatures[0]
    foot += [f"VB Quyền hạn ký: {text}" for text in signature.lines]
    foot += [f"VB Chức vụ khác: {text}" for text in signature.posts] + [f"VB Họ tên: {signature.name}"]
    assert [*told(paper), "VB Nơi nhận: Nơi nhận:", *foot] == expected


def test_the_file_is_titled_as_the_paper() -> None:
    title = "Báo cáo sơ kết phong trào thi đua yêu nước 6 tháng đầu năm 2022"
    assert review_report(review_2022()).title == title


def test_what_is_empty_vanishes_and_the_numbers_close_up() -> None:
    assert [section.title for section in review_report(bare_review()).sections] == ["KẾT QUẢ PHONG TRÀO THI ĐUA"]
    assert headings(bare_review()) == [
        "I.1 Kết quả thực hiện nhiệm vụ của các đơn vị",
        "I.2 Công tác khen thưởng",
    ]


def test_what_a_report_cannot_lack_says_that_there_are_no_figures() -> None:
    texts = plain(bare_review())
    assert "Mức độ hoàn thành chỉ tiêu của từng đơn vị: chưa có số liệu." in texts
    assert "Khen thưởng theo hình thức, loại hình, đối tượng: chưa có số liệu." in texts


def test_figures_that_were_written_down_are_not_said_to_be_missing() -> None:
    assert "19/20 đơn vị hoàn thành chỉ tiêu, bình quân đạt 96,25%." in plain(full_review())
    assert not [text for text in plain(full_review()) if "chưa có số liệu" in text]


def test_the_fifth_point_is_đ_and_the_seventh_g() -> None:
    clause = review_report(with_conclusions(7)).sections[-1].clauses[0]
    assert [point.letter for point in clause.points] == ["a", "b", "c", "d", "đ", "e", "g"]


def test_after_the_23rd_point_the_list_goes_on_in_a_clause_of_its_own() -> None:
    first, second = review_report(with_conclusions(25)).sections[-1].clauses
    assert [len(first.points), len(second.points)] == [23, 2]
    assert second.title == "Nhiệm vụ theo kết luận của Hội nghị (tiếp theo)"
    assert [(point.letter, point.text) for point in second.points] == [("a", "Việc 23."), ("b", "Việc 24.")]


def test_a_lone_point_takes_no_letter() -> None:
    clause = review_report(with_conclusions(1)).sections[-1].clauses[0]
    assert clause.points == ()
    assert clause.paragraphs[-1] == "Việc 0."


def test_line_breaks_become_paragraphs_and_tabs_spaces() -> None:
    clause = review_report(with_context("Một\thai\n\n  ba  \r\nbốn")).sections[0].clauses[0]
    assert clause.paragraphs == ("Một hai", "ba", "bốn")


def test_a_cụm_speaks_of_itself_as_cụm() -> None:
    texts = " ".join(plain(full_review())) + " ".join(review_report(full_review()).signatures[0].lines)
    assert "sau đây gọi tắt là Cụm" in texts
    assert "đơn vị Cụm trưởng" in texts
    assert "Khối trưởng" not in texts and "KHỐI TRƯỞNG" not in texts


def test_the_default_signature_of_a_cụm_is_the_cụms() -> None:
    lines = review_report(replace(bare_review(), bloc_kind=BlocKind.CUM)).signatures[0].lines
    assert lines == ("TM. CỤM THI ĐUA", "CỤM TRƯỞNG")


def test_a_year_end_review_looks_at_two_years() -> None:
    record = replace(review_2022(), kinds=(ConferenceKind.YEAR_END_REVIEW,), period=Period(2022, PeriodKind.YEAR))
    texts = plain(record)
    lead = "Khối báo cáo kết quả phong trào thi đua năm 2022 và phương hướng, nhiệm vụ năm 2023 như sau:"
    assert lead in texts
    assert "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023" in texts


def test_a_launch_needs_no_results_and_reports_on_the_meeting() -> None:
    title = "Hội nghị phát động thi đua và ký giao ước năm 2023"
    record = replace(bare_review(), title=title, kinds=(ConferenceKind.LAUNCH,), documents=full_review().documents)
    paper = review_report(record)
    assert " ".join(paper.subject) == f"Kết quả {title}"
    assert [section.title for section in paper.sections] == ["NỘI DUNG KẾT LUẬN, NHIỆM VỤ"]
    assert plain(record)[-1] == f"Trên đây là báo cáo kết quả {title} của {record.bloc_name}./."


def test_the_date_is_told_as_far_as_it_is_known() -> None:
    day = {"first_day": date(2022, 7, 20), "last_day": date(2022, 7, 20)}
    cases = {
        "Sáng ngày 20 tháng 7 năm 2022,": {**day, "precision": Precision.DAY, "day_part": DayPart.MORNING},
        "Ngày 20 tháng 7 năm 2022,": {**day, "precision": Precision.DAY, "day_part": DayPart.WHOLE_DAY},
        "Từ ngày 20 đến ngày 21 tháng 7 năm 2022,": {**day, "precision": Precision.DAY, "last_day": date(2022, 7, 21)},
        "Từ ngày 20 tháng 7 đến ngày 02 tháng 8 năm 2022,": {
            **day,
            "precision": Precision.DAY,
            "last_day": date(2022, 8, 2),
        },
        "Trong tháng 7 năm 2022,": {**day, "precision": Precision.MONTH},
        "Trong 6 tháng cuối năm 2022,": {**day, "precision": Precision.HALF_YEAR},
    }
    for start, changes in cases.items():
        opening = review_report(replace(bare_review(), **changes)).opening[0].replace(GAP, " ")
        assert opening.startswith(f"{start} {bare_review().bloc_name}")


def test_an_issued_report_bears_its_number_and_date() -> None:
    paper = review_report(full_review())
    assert (paper.number_line, paper.date_line) == ("Số: 05/BC-CTĐ1", "Minh Họa, ngày 05 tháng 8 năm 2026")


def test_a_draft_leaves_room_for_number_and_day() -> None:
    paper = review_report(review_2022())
    assert paper.number_line == "Số:" + " " * 10 + "/BC-…"
    assert paper.date_line == "Nghệ An, ngày" + " " * 7 + "tháng 7 năm 2022"


def test_declared_and_recorded_members_stand_side_by_side() -> None:
    start = "Cụm có 21 đơn vị thành viên theo số công bố; đã ghi nhận 20 đơn vị: "
    assert [text for text in plain(full_review()) if text.startswith(start)]


def test_task_groups_that_were_written_down_follow_their_announcement() -> None:
    clause = next(
        clause
        for section in review_report(full_review()).sections
        for clause in section.clauses
        if clause.title == "Ý kiến chỉ đạo của Phó Chủ tịch UBND tỉnh"
    )
    assert [text.replace(GAP, " ") for text in clause.paragraphs] == [
        "Công bố 03 nhóm nhiệm vụ trọng tâm; đã ghi nhận nội dung 02 nhóm.",
        "Đồng chí Trần Văn Mẫu nêu 03 nhóm nhiệm vụ trọng tâm, gồm:",
    ]
    assert [point.text for point in clause.points] == ["Đẩy mạnh chuyển đổi số.", "Giữ nghiêm kỷ cương."]


def test_declared_groups_without_any_directive_are_still_told() -> None:
    count = CountLine(CountSubject.TASK_GROUPS, "Nhóm nhiệm vụ", None, 6, 0)
    text = "Công bố 06 nhóm nhiệm vụ trọng tâm; nội dung cụ thể của từng nhóm nhiệm vụ chưa được ghi nhận."
    assert text in plain(replace(bare_review(), counts=(count,)))


def test_without_strengths_the_guests_praise_stands_for_them() -> None:
    record = replace(review_2022(), assessments=())
    start = "Phát biểu tại Hội nghị, đồng chí Lê Hồng Vinh ghi nhận, biểu dương và đánh giá cao"
    assert [text for text in plain(record) if text.startswith(start)]


def test_an_instruction_is_not_taken_for_a_verb_of_saying() -> None:
    text = "Giao lưu, học hỏi giữa các đơn vị."
    said = (RemarkLine(RemarkKind.DIRECTIVE, None, "Trần Văn Mẫu", "Phó Chủ tịch UBND tỉnh", text),)
    assert plain(replace(bare_review(), remarks=said))[-3:-1] == ["Đồng chí Trần Văn Mẫu có ý kiến chỉ đạo:", text]


def test_a_body_that_speaks_is_no_đồng_chí() -> None:
    texts = plain(full_review())
    assert "Sở Nội vụ có ý kiến chỉ đạo:" in texts
    assert not [text for text in texts if "đồng chí Sở Nội vụ" in text]


def test_what_earlier_conferences_decided_is_told_with_its_state_by_unit() -> None:
    texts = plain(full_review())
    summary = (
        "Có 04 nhiệm vụ được giao từ các hội nghị trước: hoàn thành 01, đang thực hiện 01, chưa thực hiện 01, "
        "đã gộp 01; trong đó quá hạn 01."
    )
    place = texts.index(summary)
    assert texts[place + 1] == "a) Sửa bảng điểm & quy chế <mới> {{ x }}."
    assert texts[place + 2] == (
        "Giao ngày 15 tháng 01 năm 2026, nguồn: kết luận của Cụm trưởng; thời hạn ngày 30 tháng 6 năm 2026; "
        "đã qua 02 hội nghị, 01 lần đổi Cụm trưởng."
    )
    working, waiting = ", ".join(UNITS[12:17]), ", ".join(UNITS[17:20])
    assert texts[place + 3] == (
        f"Đang thực hiện, quá hạn. 12/20 đơn vị hoàn thành; đang thực hiện: {working}; "
        f"chưa thực hiện, quá hạn: {waiting}."
    )
    assert texts[place + 4] == "Ý kiến tại Hội nghị: Tiếp tục theo dõi đến hết năm."


def test_a_conclusion_for_all_units_without_a_due_date_is_not_told_twice() -> None:
    assert "IV.3 Phân công thực hiện nhiệm vụ" not in headings(review_2022())
    assert "IV.5 Phân công thực hiện nhiệm vụ" in headings(full_review())


def test_long_names_are_broken_by_sense() -> None:
    paper = review_report(full_review())
    assert paper.superior == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ MINH HỌA")
    assert paper.issuing == ("CỤM THI ĐUA SỐ 1 -", "CÁC XÃ, PHƯỜNG VÙNG", "ĐỒNG BẰNG VÀ VEN BIỂN")
    assert paper.signatures[0].posts == ("CHỦ TỊCH ỦY BAN NHÂN DÂN", "THÀNH PHỐ MINH HỌA")


def test_the_subject_writes_the_period_without_a_zero_whatever_the_title_says():
    published = replace(review_2022(), title="Hội nghị sơ kết phong trào thi đua yêu nước 06 tháng đầu năm 2022")
    subject = " ".join(review_report(published).subject)
    assert subject == (
        "Sơ kết phong trào thi đua yêu nước 6 tháng đầu năm 2022; phương hướng, nhiệm vụ 6 tháng cuối năm 2022"
    )
