"""The half-year by hand: a review entered, held, decided, exported; the next one opens with its items."""

import io
import re
from datetime import date, timedelta

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.e2e.conftest import Desk

SECRETARY = "thuky@nghean.example"
AIM = 60
LIMITATIONS = """Nêu gương điển hình tiên tiến ở một số đơn vị chưa đều
Phong trào ở vài nơi chưa sâu
Ít dịp trao đổi kinh nghiệm
Chưa có hoạt động chung của khối"""
CONCLUSIONS = """Học tập nghị quyết của Trung ương về xây dựng, chỉnh đốn Đảng
Tiếp tục thi đua trong từng ngành
Bồi dưỡng điển hình tiên tiến, người tốt, việc tốt
Chung sức xây dựng nông thôn mới
Giúp đỡ xã khó khăn theo phân công
Giao lưu, học tập, thể thao trong và ngoài khối"""
GUEST, POSTS = "Lê Hồng Vinh", ("Ủy viên Ban Thường vụ Tỉnh ủy", "Phó Chủ tịch Thường trực UBND tỉnh")


def vietnamese(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def plan(desk: Desk, title: str, day: date) -> None:
    desk.click("a.btn-primary:has-text('Lập hội nghị')")
    desk.fill("[name=title]", title)
    desk.check("[name=kinds][value=half_year_review]")
    desk.choose("[name=period_kind]", "6 tháng đầu năm")
    desk.fill("[name=period_year]", str(day.year))
    desk.fill("[name=first_day]", vietnamese(day))
    desk.choose("[name=day_part]", "sáng")
    desk.fill("[name=venue]", "Trụ sở Bộ Chỉ huy Quân sự tỉnh")
    desk.choose("[name=host_unit]", "Bộ Chỉ huy Quân sự tỉnh")
    desk.click("main button[type=submit]:has-text('Lập hội nghị')")


def guest(desk: Desk, **fields: str) -> None:
    desk.click("a:has-text('Thêm đại biểu mời')")
    for name, text in fields.items():
        desk.fill(f"[name={name}]", text)
    desk.click("main .form-sheet button[type=submit]")


def many(desk: Desk, link: str, lines: str, **fields: str) -> None:
    desk.click(f"a:has-text('{link}')")
    for name, text in fields.items():
        desk.fill(f"[name={name}]", text)
    desk.fill("[name=lines]", lines)
    desk.click("main form button[type=submit]:has-text('Lưu')")


def download(desk: Desk, kind: str) -> bytes:
    desk.interactions += 1
    with desk.page.expect_download() as expected:
        desk.page.click(f"a[href$='/papers/{kind}']")
    with open(expected.value.path(), "rb") as file:
        return file.read()


@pytest.mark.browser
@pytest.mark.long
def test_half_year_by_hand_from_call_to_papers(address, chromium, today):
    desk = Desk(chromium, address)
    desk.sign_in(SECRETARY)
    desk.open("/")
    desk.interactions = 0
    desk.click("nav.places a:has-text('Khối của tôi')")
    plan(desk, "Hội nghị sơ kết phong trào thi đua yêu nước, ghi bằng tay", today)
    here = desk.page.url
    desk.click("a:has-text('Ghi nhận đã họp')")
    desk.click("main button[type=submit]:has-text('Ghi nhận đã họp')")
    desk.click("button:has-text('Lập danh sách từ thành viên')")
    guest(desk, person_name=GUEST, party_post=POSTS[0], state_post=POSTS[1])
    guest(desk, body="Ban Thi đua - Khen thưởng tỉnh")
    guest(desk, body="Văn phòng UBND tỉnh")
    desk.click("button:has-text('Tất cả chưa ghi: có mặt')")
    many(desk, "Dán nhiều đoạn", "Kinh tế hồi phục sau dịch, đời sống trở lại bình thường.")
    many(desk, "Dán nhiều hạn chế", LIMITATIONS)
    many(desk, "Dán nhiều ý", "Chỉ ra 06 nhóm nhiệm vụ trọng tâm", speaker_name=GUEST, speaker_post=", ".join(POSTS))
    many(desk, "Dán nhiều kết luận", CONCLUSIONS)
    desk.click("a:has-text('Ghi số nêu')")
    desk.fill("[name=declared_members]", "08")
    desk.fill("[name=declared_task_groups]", "06")
    desk.click("main button[type=submit]:has-text('Lưu số nêu')")
    desk.click("button:has-text('thành nhiệm vụ') >> nth=0")
    assert desk.page.url.startswith(here)
    text = desk.page.inner_text("main")
    assert "Lệch 6" in text
    assert "6 trên 6 đã thành nhiệm vụ" in text
    word = download(desk, "report-word")
    pdf = download(desk, "report-pdf")
    workbook = download(desk, "workbook")
    minutes = download(desk, "minutes")
    news = download(desk, "news-text")
    counted = desk.interactions
    print(f"half-year by hand: {counted} interactions, aim {AIM}")
    assert counted <= AIM
    told = [p.text for p in Document(io.BytesIO(word)).paragraphs]
    drawn = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    cells = {str(c.value) for s in load_workbook(io.BytesIO(workbook)) for row in s.iter_rows() for c in row}
    said = "\n".join(p.text for p in Document(io.BytesIO(minutes)).paragraphs)
    for line in (*LIMITATIONS.split("\n"), *CONCLUSIONS.split("\n")):
        assert any(line in paragraph.replace("\xa0", " ") for paragraph in told), line
        assert "".join(line.split()) in drawn
        assert any(line in cell.replace("\xa0", " ") for cell in cells)
        assert line in said.replace("\xa0", " ")
        assert line in news.decode().replace("\xa0", " ")
    assert desk.complaints == []
    desk.close()


@pytest.mark.browser
@pytest.mark.long
def test_next_review_opens_with_what_is_still_open(address, chromium, today):
    desk = Desk(chromium, address)
    desk.sign_in(SECRETARY)
    desk.click("nav.places a:has-text('Khối của tôi')")
    plan(desk, "Hội nghị sơ kết kế tiếp", today + timedelta(days=20))
    text = desk.page.inner_text("main")
    assert "Việc từ các hội nghị trước" in text
    assert len(re.findall(r"Kết luận, sơ kết 20/07/2022", text)) == 6
    desk.close()


@pytest.mark.browser
@pytest.mark.long
def test_a_conference_is_planned_without_a_mouse(address, chromium, today):
    desk = Desk(chromium, address)
    desk.sign_in(SECRETARY)
    page = desk.page
    page.goto(page.eval_on_selector("nav.places a:has-text('Khối của tôi')", "a => a.href"))

    def tab_to(selector: str, most: int = 80) -> None:
        for _press in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by the Tab key")

    tab_to("a.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=title]")
    tab_to("[name=title]")
    page.keyboard.type("Hội nghị lập bằng bàn phím")
    tab_to("[name=kinds]")
    page.keyboard.press("Space")
    tab_to("[name=first_day]")
    page.keyboard.type(vietnamese(today))
    tab_to("main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Hội nghị lập bằng bàn phím')")
    assert "Dự kiến" in page.inner_text("main")
    desk.close()
