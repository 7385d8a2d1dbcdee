"""The Excel summary of a conference: content, types, looks and print."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.exports.records import bare_review, full_review, review_2022
from tests.exports.workbooks import MM_PER_INCH, cells_of_type, column, opened, row_of, texts, written
from tracker.domain.action_items import ItemSource, ItemState, Priority
from tracker.domain.conferences import Attendance, Precision
from tracker.domain.record import ConferenceRecord, ItemLine, UnitPart
from tracker.exports.conference_workbook import workbook
from tracker.exports.sheets.splitting import GOES_ON

GOLDEN = Path(__file__).parent / "golden" / "tong-hop-2022.txt"
TITLES = [
    "Tổng hợp",
    "Thành viên và nhiệm kỳ",
    "Đại biểu",
    "Đánh giá và hạn chế",
    "Chỉ đạo và kết luận",
    "Nhiệm vụ",
]
HIGHEST_ROW = 409.5


def of_units(count: int) -> ConferenceRecord:
    """The invented conference with its first `count` units."""
    record = full_review()
    members = record.members[:count]
    names = {member.name for member in members}
    items = tuple(replace(item, parts=item.parts[:count]) for item in record.items)
    delegates = tuple(line for line in record.delegates if line.body in names)
    return replace(record, members=members, items=items, delegates=delegates)


def item(number: int, parts: tuple[UnitPart, ...], state: ItemState = ItemState.IN_PROGRESS) -> ItemLine:
    return ItemLine(
        number=number,
        text=f"Việc {number}",
        source=ItemSource.CONCLUSION,
        source_label="Kết luận của Khối trưởng",
        made_on=date(2022, 7, 20),
        due_on=date(2022, 12, 15),
        priority=Priority.NORMAL,
        state=state,
        overdue=False,
        all_units=False,
        parts=parts,
    )


def part(place: int, state: ItemState, overdue: bool = False) -> UnitPart:
    return UnitPart(f"unit-{place}", f"Đơn vị thứ {place}", f"ĐV {place}", state, overdue)


def test_the_real_conference_is_drawn_as_the_golden_file_has_it():
    assert written(opened(workbook(review_2022()))) == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("record", [review_2022(), full_review(), bare_review()], ids=["2022", "full", "bare"])
def test_there_are_six_sheets_in_order(record):
    assert opened(workbook(record)).sheetnames == TITLES


@pytest.mark.parametrize("units", [1, 4, 8, 9, 20])
def test_any_number_of_units_has_a_row_each(units):
    page = opened(workbook(of_units(units)))["Thành viên và nhiệm kỳ"]
    first = row_of(page, "STT") + 1
    assert column(page, "A", first, first + units - 1) == list(range(1, units + 1))
    assert column(page, "B", first, first + units - 1) == [m.name for m in full_review().members[:units]]


def test_no_cell_is_a_formula_whatever_its_text_begins_with():
    told = ("=1+1", "+84", "-x", "@SUM(A1)", '=HYPERLINK("x")')
    remarks = tuple(replace(full_review().remarks[3], text=text) for text in told)
    book = opened(workbook(replace(full_review(), remarks=remarks)))
    page = book["Chỉ đạo và kết luận"]
    first = row_of(page, "STT") + 1
    assert column(page, "E", first, first + 4) == list(told)
    assert cells_of_type(book, "f") == []


def test_counts_are_numbers_and_an_unknown_one_stays_empty():
    page = opened(workbook(review_2022()))["Tổng hợp"]
    guests, groups = row_of(page, "Đại biểu mời"), row_of(page, "Nội dung") + 16
    assert [page[f"{letter}{guests}"].value for letter in "CDE"] == [None, 3, None]
    assert [page[f"{letter}{groups}"].value for letter in "CDE"] == [6, 0, -6]
    assert [page[f"{letter}{groups}"].data_type for letter in "CDE"] == ["n", "n", "n"]


def test_days_are_dates():
    book = opened(workbook(full_review()))
    front, members = book["Tổng hợp"], book["Thành viên và nhiệm kỳ"]
    assert front[f"B{row_of(front, 'Ngày bắt đầu')}"].value == datetime(2026, 7, 30)
    assert front[f"B{row_of(front, 'Ngày kết thúc')}"].value == datetime(2026, 8, 1)
    start = members[f"F{row_of(members, 'Cụm trưởng')}"]
    assert (start.value, start.number_format) == (datetime(2026, 1, 1), "dd/mm/yyyy")


def test_a_conference_of_which_only_the_half_year_is_known_has_no_date():
    first, last = date(2022, 1, 1), date(2022, 6, 30)
    record = replace(review_2022(), precision=Precision.HALF_YEAR, first_day=first, last_day=last)
    front = opened(workbook(record))["Tổng hợp"]
    assert front[f"B{row_of(front, 'Thời gian')}"].value == "6 tháng đầu năm 2022 (chưa rõ ngày)"
    assert "Nghệ An, ngày       tháng       năm 2022" in texts(front)
    assert cells_of_type(opened(workbook(record)), "d") == []


def test_attendance_is_counted_at_the_foot_in_numbers():
    page = opened(workbook(full_review()))["Đại biểu"]
    heads = row_of(page, "Cộng")
    assert [page[f"{letter}{heads}"].value for letter in "CDEFG"] == [
        "Có mặt",
        "Dự thay",
        "Vắng có lý do",
        "Vắng",
        "Chưa ghi nhận",
    ]
    assert [page[f"{letter}{heads + 1}"].value for letter in "CDEFG"] == [20, 1, 2, 1, 0]
    assert [page[f"{letter}{heads + 2}"].value for letter in "CDEFG"] == [23, 1, 2, 1, 0]
    assert page.auto_filter.ref.endswith(str(heads - 1))


def test_people_are_not_summed_when_some_row_has_none():
    assert "Số người" not in texts(opened(workbook(review_2022()))["Đại biểu"])[20:]


def test_members_show_who_came():
    record = review_2022()
    known = {"Công an tỉnh": Attendance.ABSENT, "Sở Tư pháp": None}
    away = tuple(replace(line, attendance=known.get(line.body, line.attendance)) for line in record.delegates)
    page = opened(workbook(replace(record, delegates=away)))["Thành viên và nhiệm kỳ"]
    assert column(page, "H", 8, 15) == ["Vắng", *["Có mặt"] * 4, None, "Có mặt", "Có mặt"]


def test_a_task_of_several_units_says_how_many_have_done_it():
    done, begun, released = ItemState.DONE, ItemState.IN_PROGRESS, ItemState.CANCELLED
    parts = (part(1, done), part(2, done), part(3, begun), part(4, begun, overdue=True), part(5, released))
    page = opened(workbook(replace(review_2022(), items=(item(1, parts),))))["Nhiệm vụ"]
    assert page["F8"].value == "2/4 đơn vị hoàn thành, 1 đơn vị quá hạn"
    assert page["G8"].value == "Quá hạn: ĐV 4; Đang thực hiện: ĐV 3; Hoàn thành: ĐV 1, ĐV 2"
    assert "ĐV 1: Đơn vị thứ 1; ĐV 2: Đơn vị thứ 2" in page["A9"].value


def test_a_task_of_one_unit_says_its_state():
    states = [(part(1, ItemState.WAITING),), (part(1, ItemState.OPEN, overdue=True),)]
    items = tuple(item(place, parts) for place, parts in enumerate(states, start=1))
    page = opened(workbook(replace(review_2022(), items=items)))["Nhiệm vụ"]
    assert column(page, "F", 8, 9) == ["Chờ xác nhận", "Chưa thực hiện, quá hạn"]


def test_carried_tasks_bring_their_age_and_what_was_said():
    page = opened(workbook(full_review()))["Nhiệm vụ"]
    heads = row_of(page, "STT")
    assert [page.cell(heads, place).value for place in (8, 9)] == ["Thời gian theo dõi", "Ý kiến tại hội nghị này"]
    assert column(page, "A", heads + 1, heads + 7) == [1, 2, 3, 4, 5, 6, 7]
    assert page.cell(heads + 1, 8).value == "Giao tại hội nghị này"
    assert page.cell(heads + 4, 8).value == "Qua 2 hội nghị, 1 lần đổi Cụm trưởng"
    assert page.cell(heads + 4, 9).value == "Tiếp tục theo dõi đến hết năm."


def test_a_task_number_links_to_its_row():
    book = opened(workbook(review_2022()))
    cell = book["Chỉ đạo và kết luận"]["F10"]
    assert (cell.value, cell.data_type, cell.hyperlink.location) == (1, "n", "'Nhiệm vụ'!A8")
    assert book["Nhiệm vụ"]["A8"].value == 1


def test_draft_and_illustration_stand_on_every_sheet_and_every_page():
    book = opened(workbook(full_review()))
    marked = [("DỰ THẢO" in texts(page), "SỐ LIỆU MINH HỌA" in texts(page)) for page in book]
    assert marked == [(True, True)] * 6
    assert {page.oddFooter.left.text for page in book} == {"Dự thảo - Số liệu minh họa"}
    plain = opened(workbook(review_2022()))
    assert [("DỰ THẢO" in texts(page), "SỐ LIỆU MINH HỌA" in texts(page)) for page in plain] == [(False, False)] * 6


def test_what_was_not_recorded_says_so():
    book = opened(workbook(bare_review()))
    front = book["Tổng hợp"]
    assert front[f"B{row_of(front, 'Chủ trì')}"].value == "Chưa có số liệu"
    assert ["Chưa có số liệu" in texts(book[title]) for title in TITLES[1:]] == [True] * 5
    assert {page.auto_filter.ref for page in book} == {None}


def test_a_cum_has_its_own_words():
    page = opened(workbook(full_review()))["Thành viên và nhiệm kỳ"]
    assert "THÀNH VIÊN VÀ NHIỆM KỲ CỤM TRƯỞNG, CỤM PHÓ" in texts(page)
    assert ("Vai trò trong Cụm" in texts(page), "Khối trưởng" in texts(page)) == (True, False)


def test_a_text_too_long_for_a_row_goes_on_whole_in_the_next_rows():
    long = " ".join(f"từ{place}" for place in range(9_000))
    assert len(long) > 32_767
    record = replace(review_2022(), assessments=(replace(review_2022().assessments[0], text=long),))
    page = opened(workbook(record))["Đánh giá và hạn chế"]
    rows = [row for row in range(8, page.max_row + 1) if page[f"A{row}"].value == 1]
    pieces = [page[f"D{row}"].value for row in rows]
    assert " ".join([pieces[0], *(piece.removeprefix(GOES_ON) for piece in pieces[1:])]) == long
    assert [piece.startswith(GOES_ON) for piece in pieces] == [False] + [True] * (len(rows) - 1)
    assert max(dimension.height or 0 for dimension in page.row_dimensions.values()) <= HIGHEST_ROW
    assert "Nội dung dài được chia" in " ".join(str(value) for value in texts(page))


def test_control_characters_go_and_everything_else_stays():
    text = 'a\x00b\x0b < & > " {{ x }} 100% \ud800 👍 Tiếng Việt\nhai dòng\tmột cách'
    record = replace(review_2022(), venue=text)
    front = opened(workbook(record))["Tổng hợp"]
    kept = 'ab < & > " {{ x }} 100%  👍 Tiếng Việt\nhai dòng một cách'
    assert front[f"B{row_of(front, 'Địa điểm')}"].value == kept


@pytest.mark.parametrize("record", [review_2022(), full_review()], ids=["2022", "full"])
def test_every_sheet_is_set_up_for_print(record):
    book = opened(workbook(record))
    for page in book:
        portrait = page.title == "Tổng hợp"
        heads = row_of(page, "Mục" if portrait else "STT")
        assert (page.page_setup.paperSize, page.page_setup.fitToWidth) == (9, 1)
        assert page.page_setup.orientation == ("portrait" if portrait else "landscape")
        assert page.print_title_rows == f"${heads}:${heads}"
        assert page.freeze_panes == {"Tổng hợp": "A", "Chỉ đạo và kết luận": "D"}.get(page.title, "C") + str(heads + 1)
        assert (page.auto_filter.ref is None) == portrait
        margins = page.page_margins
        sides = [round(side * MM_PER_INCH) for side in (margins.left, margins.right, margins.top, margins.bottom)]
        assert sides == ([20, 10, 12, 14] if portrait else [10, 10, 12, 14])
        assert (page.oddFooter.center.text, page.oddFooter.right.text) == ("Trang &P/&N", "&A")
        assert page.sheet_view.showGridLines is False
        assert {cell.font.name for row in page.iter_rows() for cell in row} == {"Times New Roman"}


def test_the_front_sheet_of_the_real_conference_is_one_page():
    setup = opened(workbook(review_2022()))["Tổng hợp"].page_setup
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 1)


def test_tables_are_at_most_as_wide_as_the_paper():
    widths = {
        page.title: sum(dimension.width for dimension in page.column_dimensions.values()) * 7 * MM_PER_INCH / 96
        for record in (review_2022(), full_review())
        for page in opened(workbook(record))
    }
    assert [title for title, width in widths.items() if width > (180 if title == "Tổng hợp" else 277)] == []


def test_the_signature_names_the_leader_and_waits_for_its_day():
    page = opened(workbook(review_2022()))["Nhiệm vụ"]
    last = [value for value in texts(page) if isinstance(value, str)][-5:]
    assert last == [
        "Nghệ An, ngày       tháng 7 năm 2022",
        "NGƯỜI LẬP BIỂU",
        "TM. KHỐI THI ĐUA",
        "KHỐI TRƯỞNG",
        "Phạm Quốc Nam",
    ]


def test_the_file_says_what_it_is():
    properties = opened(workbook(review_2022())).properties
    bloc = "Khối thi đua Nội chính - Lực lượng vũ trang tỉnh Nghệ An"
    assert (properties.title, properties.creator) == ("Tổng hợp Hội nghị sơ kết 6 tháng đầu năm 2022", bloc)
    assert (properties.subject, properties.language) == (bloc, "vi-VN")
