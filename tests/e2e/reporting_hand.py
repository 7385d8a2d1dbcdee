"""The steps of a reporting period as hands do them: the secretary's, a unit's by Excel, a unit's on the page."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from playwright.sync_api import expect

from tests.e2e.conftest import Desk
from tests.e2e.reporting_papers import (
    CORRECTED,
    COUNT,
    DEED,
    HELPED,
    LIMITATION,
    RESULT,
    WORDS,
    corrected,
    fault_cells,
    filled,
)
from tests.e2e.test_half_year import download, plan, vietnamese
from tests.imports import making
from tracker.domain.form_sheet import FAULTS

SECRETARY, BOARD = "thuky@nghean.example", "theodoi@nghean.example"
BY_FILE, BY_PAGE = ("sotuphap@nghean.example", "Sở Tư pháp"), ("khoipho@nghean.example", "Bộ Chỉ huy Quân sự tỉnh")
PLEDGE = "Văn bản tham mưu đúng hạn; văn bản; 80\nTỷ lệ giải ngân vốn; %; 95\nNhà tình nghĩa xây dựng; nhà; 4"
LEAVES = (
    ("1", "Văn bản tham mưu đúng hạn", "proportional", "văn bản", "Văn bản tham mưu đúng hạn"),
    ("2", "Tỷ lệ giải ngân vốn", "proportional", "%", "Tỷ lệ giải ngân vốn"),
    ("3", "Sáng kiến được công nhận", "per_occurrence", "", None),
)
REASON = "Đề nghị đối chiếu với Kho bạc rồi ghi lại."
#: Days from now to the due day, after which the secretary locks.
DUE_DAYS = 5
AIM_FILE, AIM_PAGE = 15, 15


def submit(desk: Desk, label: str) -> None:
    desk.click(f"main form button[type=submit]:has-text('{label}')")


def step(desk: Desk, label: str) -> None:
    """A step of the period: its button on the period's page, then the page that says what will happen."""
    desk.click(f"main .page-head a:has-text('{label}')")
    submit(desk, label)


def year_part(desk: Desk, label: str) -> None:
    desk.click(f"nav.year-nav a:has-text('{label}')")


def make_frame(desk: Desk, today: date) -> str:
    """Pledge, criteria and the period, opened; its address."""
    desk.sign_in(SECRETARY)
    desk.interactions = 0
    desk.click("nav.places a:has-text('Khối của tôi')")
    desk.click("nav.bloc-tabs a:has-text('Kỳ báo cáo')")
    year_part(desk, "Giao ước")
    desk.click("main a:has-text('Lập giao ước')")
    desk.fill("[name=signed_on]", vietnamese(today))
    submit(desk, "Lập giao ước")
    desk.click("main a:has-text('Dán nhiều chỉ tiêu')")
    desk.fill("[name=lines]", PLEDGE)
    submit(desk, "Thêm các chỉ tiêu")
    year_part(desk, "Bộ tiêu chí")
    desk.click("main .page-head a:has-text('Lập bộ tiêu chí')")
    desk.fill("[name=name]", "Bảng điểm thi đua Khối Nội chính")
    desk.fill("[name=declared_total]", "30")
    submit(desk, "Lập bộ tiêu chí")
    row(desk, "I", "Nhiệm vụ chuyên môn", maximum="30")
    for number, title, function, measure, pledged in LEAVES:
        row(desk, number, title, parent="I", function=function, measure=measure, pledged=pledged, maximum="10")
    assert "lỗi phải sửa" not in desk.page.inner_text("main")
    desk.click("nav.bloc-tabs a:has-text('Kỳ báo cáo')")
    desk.click("main a:has-text('Lập kỳ')")
    desk.click("nav.year-nav a:has-text('6 tháng đầu năm')")
    for name, days in (("opens_on", 0), ("due_on", DUE_DAYS), ("locks_on", 9)):
        desk.fill(f"[name={name}]", vietnamese(today + timedelta(days=days)))
    for name in ("due_hour", "locks_hour"):
        desk.fill(f"[name={name}]", "17:00")
    desk.interactions += 1
    desk.page.select_option("[name=criteria_set]", index=1)
    submit(desk, "Lập kỳ")
    step(desk, "Mở kỳ")
    return desk.page.url


def row(
    desk: Desk, number: str, title: str, *, maximum: str, parent: str = "", function: str = "", measure: str = "",
    pledged: str | None = None,
) -> None:  # fmt: skip
    """A row of the criteria set, with what its rule asks for on the page that follows."""
    desk.click("main .page-head a:has-text('Thêm dòng')")
    if parent:
        desk.interactions += 1
        desk.page.select_option("[name=parent]", index=1)
    desk.fill("[name=number]", number)
    desk.fill("[name=title]", title)
    desk.fill("[name=maximum]", maximum)
    if function:
        desk.interactions += 1
        desk.page.select_option("[name=function]", function)
    if measure:
        desk.fill("[name=unit_of_measure]", measure)
    if pledged:
        desk.choose("[name=pledge_lineage]", pledged)
    submit(desk, "Thêm dòng")
    if function == "proportional":
        desk.choose("[name=direction]", "Càng nhiều càng tốt")
        submit(desk, "Lưu")
    elif function:
        desk.fill("[name=points_each]", "5")
        submit(desk, "Lưu")


def own_report(desk: Desk) -> None:
    """The unit's own report, by the task that waits for its officer."""
    desk.open("/")
    desk.click("main a:has-text('6 tháng đầu năm')")


def got(desk: Desk, selector: str) -> bytes:
    desk.interactions += 1
    with desk.page.expect_download() as expected:
        desk.page.click(selector)
    return Path(expected.value.path()).read_bytes()


def upload(desk: Desk, content: bytes, name: str) -> None:
    desk.interactions += 1
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    desk.page.set_input_files("[name=file]", {"name": name, "mimeType": sheet, "buffer": content})
    submit(desk, "Đọc tệp")


def report_by_file(desk: Desk) -> None:
    """Form down, filled in with three faults, up; the marked copy down, corrected, up, confirmed; sent."""
    desk.sign_in(BY_FILE[0])
    desk.interactions = 0
    own_report(desk)
    sent = making.edited(got(desk, "main a:has-text('Tải biểu Excel')"), filled)
    desk.click("main a:has-text('Tải biểu đã điền lên')")
    upload(desk, sent, "bao-cao.xlsx")
    faults = fault_cells(openpyxl.load_workbook(io.BytesIO(sent)))
    told = desk.page.inner_text("#cho-phai-sua")
    assert desk.page.locator("#cho-phai-sua tbody tr").count() == len(faults)
    for sheet, cell in faults:
        assert cell in told and sheet in told, told
    copy = got(desk, "main a:has-text('Tải bản đánh dấu')")
    marked = openpyxl.load_workbook(io.BytesIO(copy))
    assert FAULTS in marked.sheetnames
    assert all(marked[sheet][cell].comment is not None for sheet, cell in faults)
    desk.click("main a:has-text('Tải tệp khác lên')")
    upload(desk, making.edited(copy, corrected), "bao-cao-da-sua.xlsx")
    submit(desk, "Xác nhận ghi")
    send(desk)


def send(desk: Desk) -> None:
    if desk.page.locator("main a:has-text('Soạn tiếp')").count():
        desk.click("main a:has-text('Soạn tiếp')")
    desk.click("main button:has-text('Kiểm tra và gửi')")
    submit(desk, "Gửi báo cáo")


def report_by_page(desk: Desk) -> None:
    """The same, typed into the page, which saves each line as it goes."""
    desk.sign_in(BY_PAGE[0])
    desk.interactions = 0
    own_report(desk)
    lines = desk.page.locator("form#bao-cao li.criterion[data-save*='/entries/']")
    assert lines.count() == 4
    for place, value in RESULT.items():
        put(desk, lines.nth(place).locator("[data-part=actual]"), str(value).replace(".", ","))
    for place, count in COUNT.items():
        put(desk, lines.nth(place).locator("[data-part=count]"), str(count))
    texts = desk.page.locator("form#bao-cao [data-part=text]")
    put(desk, texts.nth(0), WORDS)
    put(desk, texts.nth(1), LIMITATION)
    desk.click("main button:has-text('Thêm thành tích')")
    desk.click("main a:has-text('Giúp đỡ xã, hộ khó khăn')")
    desk.fill("[name=subject]", HELPED)
    desk.fill("[name=text]", DEED)
    desk.fill("[name=value]", "40.000.000")
    submit(desk, "Lưu")
    send(desk)


def put(desk: Desk, box: Any, text: str) -> None:
    """Typed, left, and saved before the next."""
    desk.interactions += 1
    with desk.page.expect_response(lambda answer: answer.url.endswith("/save") and answer.ok):
        box.fill(text)
        box.blur()
    expect(desk.page.locator("#da-luu")).to_contain_text("Đã lưu")


def check(desk: Desk, period: str, unit: str) -> None:
    """The secretary opens a unit's report from the board and begins to check, or goes on."""
    desk.page.goto(period)
    desk.click("main .page-head a:has-text('Tình hình gửi')")
    desk.click(f"main table a:has-text('{unit}')")
    desk.click("main .page-head :is(button:has-text('Bắt đầu kiểm tra'), a:has-text('Kiểm tra tiếp'))")


def return_line(desk: Desk, place: int) -> None:
    line = desk.page.locator("main li.criterion").nth(place)
    desk.interactions += 3
    line.locator("summary").click()
    line.locator("[name$=returned]").check()
    line.locator("textarea").fill(REASON)
    desk.click("main button:has-text('Trả lại chỗ đã đánh dấu')")


def correct_returned(desk: Desk) -> None:
    """Only the returned line is open; it is corrected on the page and sent again."""
    own_report(desk)
    expect(desk.page.locator("main")).to_contain_text(REASON)
    boxes = desk.page.locator("form#bao-cao [data-part=actual]")
    assert boxes.count() == 1
    put(desk, boxes.first, str(CORRECTED).replace(".", ","))
    desk.click("main button:has-text('Gửi lại 1 chỗ')")
    submit(desk, "Gửi lại báo cáo")


def publish(desk: Desk, other: Desk, period: str) -> None:
    """Locked, put forward by the secretariat, published by the other hand."""
    desk.sign_in(SECRETARY)
    desk.page.goto(period)
    step(desk, "Khóa số liệu")
    step(desk, "Trình công bố")
    other.sign_in(BOARD)
    other.page.goto(period)
    step(other, "Công bố")
    assert "Đã công bố" in other.page.inner_text("main")


def read_word(desk: Desk, today: date) -> str:
    """A review of the period, held, the units' opinions taken over; the words of its report as Word."""
    desk.click("nav.places a:has-text('Khối của tôi')")
    plan(desk, "Hội nghị sơ kết có kết quả của các đơn vị", today)
    desk.click("a:has-text('Ghi nhận đã họp')")
    submit(desk, "Ghi nhận đã họp")
    held = desk.page.url
    desk.click("main a:has-text('Số liệu, ý kiến của các đơn vị trong kỳ')")
    desk.click("main .page-head button:has-text('Lấy tất cả ý kiến vào báo cáo')")
    desk.page.goto(held)
    drawn = Document(io.BytesIO(download(desk, "report-word")))
    cells = [cell.text for table in drawn.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in drawn.paragraphs), *cells]).replace("\xa0", " ")
