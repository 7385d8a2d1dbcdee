"""The minutes as text: the fields of Mẫu 1.9, the course by event, and what stays open for the pen."""

from dataclasses import replace

from tests.exports.records import bare_review, full_review, review_2022
from tests.exports.test_review_text import GOLDEN, told
from tracker.domain.conferences import RemarkKind
from tracker.domain.record import ConferenceRecord
from tracker.exports.minutes_text import minutes


def plain(record: ConferenceRecord) -> list[str]:
    return [text.split(": ", 1)[1].replace("~", " ") for text in told(minutes(record))]


def test_the_minutes_of_2022_equal_the_reference_paper_paragraph_by_paragraph() -> None:
    expected = (GOLDEN / "bien-ban-2022.txt").read_text(encoding="utf-8").splitlines()
    paper = minutes(review_2022())
    foot = []
    for signature in paper.signatures:
        foot += [f"VB Quyền hạn ký: {text}" for text in signature.lines] + [f"VB Họ tên: {signature.name}"]
    foot += ["VB Nơi nhận: Nơi nhận:", *(f"VB Nơi nhận danh sách: {text}" for text in paper.recipients)]
    assert [*told(paper), *foot] == expected


def test_unknown_fields_stay_open_for_the_pen() -> None:
    assert plain(bare_review())[8:17] == [
        "Thời gian bắt đầu: …… giờ ……, ngày …… tháng 7 năm 2026.",
        "Địa điểm: →.",
        "Thành phần tham dự:",
        "- Đại biểu mời: →.",
        "- Đại biểu của các đơn vị trong Khối thi đua Các cơ quan tham mưu tỉnh Minh Họa (sau đây gọi tắt là Khối): →.",
        "- Số đại biểu có mặt: →; vắng mặt: →.",
        "Chủ trì (chủ tọa): →.",
        "Thư ký (người ghi biên bản): →.",
        "Nội dung:",
    ]
    assert plain(bare_review())[17:] == [
        "1. Diễn biến Hội nghị",
        "→",
        "→",
        "Hội nghị kết thúc vào …… giờ ……, ngày …… tháng 7 năm 2026./.",
    ]


def test_known_hours_and_several_days_are_told() -> None:
    texts = plain(full_review())
    assert "Thời gian bắt đầu: 13 giờ 30, chiều ngày 30 tháng 7 năm 2026." in texts
    assert texts[-1] == "Hội nghị kết thúc vào 11 giờ 05, ngày 01 tháng 8 năm 2026./."


def test_who_came_and_who_stayed_away_is_counted_when_all_were() -> None:
    texts = plain(full_review())
    assert "- Số đại biểu có mặt: 24; vắng mặt: 03." in texts
    away = next(text for text in texts if text.startswith("- Vắng mặt: "))
    assert away.count("(vắng có lý do)") == 2
    assert away.count("(vắng)") == 1
    assert "đồng chí Đại biểu Số 3, Phó Chủ tịch (dự thay đồng chí Hoàng Văn Bận)" in " ".join(texts)


def test_the_events_follow_each_other_as_the_meeting_went() -> None:
    post = "Cụm trưởng, Chủ tịch UBND thành phố Minh Họa"
    assert [clause.title.replace("\u00a0", " ") for clause in minutes(full_review()).clauses] == [
        "Chương trình Hội nghị",
        "Kết quả thực hiện nhiệm vụ các hội nghị trước giao",
        "Báo cáo kết quả 6 tháng đầu năm",
        "Hạn chế được chỉ ra tại Hội nghị",
        "Tham luận, phát biểu",
        "Ý kiến chỉ đạo của đồng chí Trần Văn Mẫu, Phó Bí thư Tỉnh ủy, Phó Chủ tịch UBND tỉnh",
        "Ý kiến chỉ đạo của Sở Nội vụ",
        f"Kết luận của đồng chí Nguyễn Thị Minh Khai Hóa, {post}",
        f"Kết luận của đồng chí Nguyễn Thị Minh Khai Hóa, {post} (tiếp theo)",
        "Phân công thực hiện nhiệm vụ",
        "Văn bản được thông qua tại Hội nghị",
    ]


def test_without_a_report_at_the_meeting_the_assessment_rows_are_told() -> None:
    record = review_2022()
    record = replace(record, remarks=tuple(row for row in record.remarks if row.kind is not RemarkKind.REPORT))
    clause = minutes(record).clauses[0]
    assert clause.title.replace("\u00a0", " ") == "Đánh giá phong trào thi đua 6 tháng đầu năm 2022"
    assert clause.paragraphs[0] == "Nội dung đánh giá tại Hội nghị:"
    assert len(clause.paragraphs) == 1 + len(record.assessments)


def test_secretary_signs_left_and_chair_right_with_the_post_under_it() -> None:
    left, right = minutes(full_review()).signatures
    assert (left.lines, left.name) == (("THƯ KÝ",), "Phạm Thư Ký")
    assert (right.lines, right.name) == (("CHỦ TỌA", "CỤM TRƯỞNG"), "Nguyễn Thị Minh Khai Hóa")


def test_the_minutes_have_no_place_and_date_in_their_head() -> None:
    assert minutes(full_review()).date_line == ""
    assert minutes(full_review()).number_line == "Số: 12/BB-CTĐ1"
