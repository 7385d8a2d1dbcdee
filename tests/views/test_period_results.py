"""The results of a period on screen, and proposals of the units taken over into the conference."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import time_machine

from tests import reporting
from tests.counting import counted
from tests.exports.workbooks import opened, texts
from tests.queries.test_period_results import SECRET, fill, running, sent
from tests.views.conferences import approve
from tests.world import NOON, World, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import AssessmentKind, RemarkKind
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SectionKind, SubmissionState
from tracker.models.conference import Conference
from tracker.models.course import Assessment, Limitation, Remark
from tracker.models.period import ReportingPeriod
from tracker.queries import period_results
from tracker.services.recording import acting

LIMITATIONS = "- Chậm giải ngân.\n- Ít điển hình.\nNguyên nhân: thiếu người."


def worded(world: World) -> tuple[ReportingPeriod, Conference]:
    """U has sent two limitations with a cause, a direction and a proposal; the bloc plans its review."""
    period = running(world)
    submission = sent(world, period, "U", 43, 0)
    with acting(None, NOON):
        submission.section(SectionKind.LIMITATIONS).text = LIMITATIONS
        submission.section(SectionKind.DIRECTIONS).text = "Hoàn thành hồ sơ trong quý III."
        submission.section(SectionKind.PROPOSALS).text = "Bố trí thêm kinh phí."
    conference = make_conference(world.blocs["B"], "Hội nghị sơ kết", date(2026, 7, 15))
    keep(conference)
    return period, conference


def place(period: ReportingPeriod) -> str:
    return f"/periods/{period.public_id}/results"


@time_machine.travel(NOON)
def test_the_secretariat_reads_what_was_sent_and_nothing_else(world: World) -> None:
    period, _conference = worded(world)
    draft = reporting.submission_of(period, world, "V")
    fill(draft, SECRET)
    with acting(None, NOON):
        draft.state = SubmissionState.DRAFT
    db.session.commit()
    page = world.browser("oL").get(place(period))
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "Chậm giải ngân." in text and "01/06 đơn vị gửi đúng hạn" in text and "Kết quả chưa công bố" in text
    assert "777,5" not in text
    assert "Đơn vị V" in text


@time_machine.travel(NOON)
def test_members_read_the_results_once_they_are_published(world: World) -> None:
    period, _conference = worded(world)
    assert world.browser("oV").get(place(period)).status_code == 403
    assert world.browser("oV").get(f"{place(period)}/workbook").status_code == 403
    reporting.set_state(period, PeriodState.PUBLISHED)
    page = world.browser("oV").get(place(period))
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "Chậm giải ngân." in text and "Lấy vào báo cáo" not in text and "Kết quả chưa công bố" not in text
    assert world.browser("oV").get(f"{place(period)}/workbook").data[:2] == b"PK"


@time_machine.travel(NOON)
def test_one_click_takes_one_point_over(world: World) -> None:
    period, conference = worded(world)
    first = period_results.collect(period).proposals[0]
    browser = world.browser("oL")
    answer = browser.post(f"/conferences/{conference.public_id}/take-over", {"key": first.key})
    assert answer.status_code == 302 and f"conference={conference.public_id}#y-kien" in answer.location
    row = db.session.query(Limitation).one()
    assert (row.text, row.cause, row.unit.public_id) == ("Chậm giải ngân.", "Thiếu người.", first.unit.key)
    page = browser.get(place(period)).get_data(as_text=True)
    assert page.count("đã lấy vào báo cáo") == 1 and page.count('value="all"') == 1


@time_machine.travel(NOON)
def test_all_are_taken_once_however_often_one_clicks(world: World) -> None:
    period, conference = worded(world)
    browser = world.browser("oD")
    for _click in range(2):
        assert browser.post(f"/conferences/{conference.public_id}/take-over", {"key": "all"}).status_code == 302
    unit = world.units["U"]
    limitations = [(row.text, row.unit_id) for row in db.session.query(Limitation).order_by(Limitation.position)]
    assert limitations == [("Chậm giải ngân.", unit.id), ("Ít điển hình.", unit.id)]
    remarks = [(row.kind, row.text, row.unit_id) for row in db.session.query(Remark)]
    assert remarks == [(RemarkKind.CONCLUSION, "Hoàn thành hồ sơ trong quý III.", unit.id)]
    asked = [(row.kind, row.text, row.scope) for row in db.session.query(Assessment)]
    assert asked == [(AssessmentKind.PROPOSAL, "Bố trí thêm kinh phí.", "Đơn vị U")]
    page = browser.get(place(period)).get_data(as_text=True)
    assert page.count("đã lấy vào báo cáo") == 4 and 'value="all"' not in page


@time_machine.travel(NOON)
def test_what_was_taken_before_is_not_added_again(world: World) -> None:
    """The first limitation stands there already, with a row of the secretariat's own after it."""
    period, conference = worded(world)
    target = f"/conferences/{conference.public_id}/take-over"
    browser = world.browser("oL")
    browser.post(target, {"key": period_results.collect(period).proposals[0].key})
    keep(Limitation(conference=conference, text="Thường trực tự ghi.", position=7))
    browser.post(target, {"key": "all"})
    texts = [row.text for row in db.session.query(Limitation).order_by(Limitation.position)]
    assert texts == ["Chậm giải ngân.", "Thường trực tự ghi.", "Ít điển hình."]


@time_machine.travel(NOON)
def test_who_may_take_over_and_when(world: World) -> None:
    """A member never; nobody once the minutes are approved; a point that the unit changed meanwhile is refused."""
    period, conference = worded(world)
    target = f"/conferences/{conference.public_id}/take-over"
    assert world.browser("oU").post(target, {"key": "all"}).status_code in (403, 404)
    assert world.browser("bd").post(target, {"key": "all"}).status_code == 403
    assert world.browser("oL").post(target, {"key": "nothing"}).status_code == 422
    reporting.set_state(period, PeriodState.REVIEWING)
    approve(conference, world)
    assert world.browser("oL").post(target, {"key": "all"}).status_code == 403
    assert db.session.query(Limitation).count() == 0


@time_machine.travel(NOON)
def test_a_conference_of_another_period_takes_nothing(world: World) -> None:
    worded(world)
    other = make_conference(world.blocs["B"], "Tổng kết", date(2025, 12, 20))
    keep(other)
    answer = world.browser("oL").post(f"/conferences/{other.public_id}/take-over", {"key": "all"})
    assert answer.status_code == 422 and db.session.query(Limitation).count() == 0


@time_machine.travel(NOON)
def test_the_page_reads_well_before_anybody_sent(world: World) -> None:
    period = reporting.make_period(world)
    page = world.browser("oL").get(place(period))
    text = page.get_data(as_text=True)
    assert page.status_code == 200 and "chưa có đơn vị nào gửi báo cáo" in text
    assert "Chưa đơn vị nào đã gửi ghi thành tích." in text
    planned = reporting.make_period(world, year=2027, state=PeriodState.PLANNED)
    assert "Kỳ báo cáo chưa mở" in world.browser("oL").get(place(planned)).get_data(as_text=True)


@time_machine.travel(NOON)
def test_the_page_costs_the_same_for_one_report_and_for_six(world: World) -> None:
    period, _conference = worded(world)
    browser = world.browser("oL")
    browser.get(place(period))
    with counted() as first:
        browser.get(place(period))
    for letter in "VLDEN":
        submission = sent(world, period, letter, 1, Decimal("2.5"), 3, 4)
        with acting(None, NOON):
            submission.section(SectionKind.LIMITATIONS).text = "\n".join(f"Hạn chế {number}" for number in range(9))
        db.session.commit()
    with counted() as second:
        browser.get(place(period))
    assert len(second) == len(first), "\n".join(second)


def numbers_in_word(content: bytes) -> set[str]:
    tables = docx.Document(BytesIO(content)).tables
    return {part for table in tables for row in table.rows for cell in row.cells for part in cell.text.split("\n")}


@time_machine.travel(NOON)
def test_papers_carry_results_in_a_draft_and_after_publication_only(world: World) -> None:
    """A draft goes to the secretariat; the approved paper goes to every member, and waits for publication."""
    period, conference = worded(world)
    fill(reporting.submission_of(period, world, "U"), SECRET)
    target = f"/conferences/{conference.public_id}/papers/report-word"
    assert "777,5" in numbers_in_word(world.browser("oL").get(target).data)
    assert world.browser("oV").get(target).status_code == 403
    approve(conference, world)
    for persona in ("oL", "oV"):
        assert "777,5" not in numbers_in_word(world.browser(persona).get(target).data)
        book = world.browser(persona).get(f"/conferences/{conference.public_id}/papers/workbook").data
        assert "Kết quả theo tiêu chí" not in opened(book).sheetnames
    reporting.set_state(period, PeriodState.PUBLISHED)
    assert "777,5" in numbers_in_word(world.browser("oV").get(target).data)


@time_machine.travel(NOON)
def test_the_workbook_of_the_results_is_a_draft_until_they_are_published(world: World) -> None:
    period, _conference = worded(world)
    book = opened(world.browser("oL").get(f"{place(period)}/workbook").data)
    assert "Kết quả theo tiêu chí" in book.sheetnames and "DỰ THẢO" in texts(book.worksheets[0])
    reporting.set_state(period, PeriodState.PUBLISHED)
    book = opened(world.browser("oU").get(f"{place(period)}/workbook").data)
    assert "DỰ THẢO" not in texts(book.worksheets[0])


@time_machine.travel(NOON)
def test_a_conference_leads_to_the_results_of_its_period(world: World) -> None:
    period, conference = worded(world)
    browser = world.browser("oL")
    shown = browser.get(f"/conferences/{conference.public_id}").get_data(as_text=True)
    way = f"/conferences/{conference.public_id}/results"
    assert way in shown
    answer = browser.get(way)
    assert answer.status_code == 302 and f"{place(period)}?conference={conference.public_id}" in answer.location
    other = make_conference(world.blocs["B"], "Tổng kết", date(2025, 12, 20))
    keep(other)
    answer = browser.get(f"/conferences/{other.public_id}/results", follow_redirects=True)
    assert "Khối chưa lập kỳ báo cáo 6 tháng đầu năm 2025" in answer.get_data(as_text=True)
