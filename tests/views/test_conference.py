"""The pages of conferences: list, plan, change, steps, papers; who sees what before the minutes are approved."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import event, select

from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.conferences import (
    Attendance,
    ConferenceKind,
    ConferenceState,
    DelegateKind,
    RemarkKind,
)
from tracker.models.action_item import ActionItem
from tracker.models.conference import Conference
from tracker.models.course import AgendaItem, Delegate, Limitation, Remark
from tracker.text import fold

SECRET = "Lời kết luận còn giữ kín"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def approve(conference: Conference, world: World) -> Conference:
    """The row as an approved one, past the services."""
    conference.state = ConferenceState.APPROVED
    conference.minutes_sent_at = conference.approved_at = NOON
    conference.approved_by = world.accounts["hL"]
    keep(conference)
    return conference


def make(world: World, state: ConferenceState = ConferenceState.HELD, day: date = TODAY, **more) -> Conference:
    """A review of bloc B with an agenda, two delegates and one conclusion."""
    sent = {"minutes_sent_at": NOON} if state is ConferenceState.MINUTES_SENT else {}
    conference = make_conference(world.blocs["B"], "Hội nghị sơ kết", day, state, **sent, **more)
    own = Delegate(
        conference=conference,
        kind=DelegateKind.MEMBER,
        unit=world.units["U"],
        person_name="Người của U",
        attendance=Attendance.PRESENT,
    )
    other = Delegate(conference=conference, kind=DelegateKind.MEMBER, unit=world.units["V"], person_name="Người của V")
    keep(
        conference,
        own,
        other,
        AgendaItem(conference=conference, title="Báo cáo của thường trực khối"),
        Remark(conference=conference, kind=RemarkKind.CONCLUSION, text=SECRET),
    )
    return conference


def page(world: World, persona: str, path: str, status: int = 200) -> str:
    answer = world.browser(persona).get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def typed(**given) -> dict:
    """The form of a new conference as a browser sends it."""
    return {
        "title": "Hội nghị sơ kết phong trào thi đua",
        "kinds": ["half_year_review", "launch"],
        "period_kind": "first_half",
        "period_year": "2026",
        "precision": "day",
        "first_day": "20/7/2026",
        "day_part": "morning",
        "venue": "Trụ sở Đơn vị L",
        **given,
    }


def test_the_secretariat_plans_a_review_with_what_the_form_offers(app, world: World):
    browser = world.browser("oL")
    path = f"/blocs/{world.blocs['B'].public_id}/conferences/new"
    shown = browser.get(path).get_data(as_text=True)
    assert "Hội nghị sơ kết phong trào thi đua 6 tháng đầu năm 2026" in shown
    chairs = {f"chair_{place}_unit": world.units[letter].public_id for place, letter in ((1, "L"), (2, "D"))}
    for letter in "LD":
        assert f'<option selected value="{world.units[letter].public_id}">Đơn vị {letter}</option>' in shown
    answer = browser.post(path, typed(**chairs, chair_1_name="Nguyễn Văn Mẫu"))
    assert answer.status_code == 302
    made = db.session.scalars(select(Conference)).one()
    assert answer.headers["Location"] == f"/conferences/{made.public_id}"
    assert made.kind_set == (ConferenceKind.HALF_YEAR_REVIEW, ConferenceKind.LAUNCH)
    assert [(chair.unit.public_id, chair.person_name) for chair in made.chairs] == [
        (chairs["chair_1_unit"], "Nguyễn Văn Mẫu"),
        (chairs["chair_2_unit"], None),
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kinds": []}, "Hãy chọn ít nhất một loại hội nghị."),
        ({"first_day": "31/2/2026"}, "Không có ngày “31/2/2026” trong lịch: hãy xem lại ngày và tháng."),
        ({"last_day": "19/7/2026"}, "Ngày cuối 19/07/2026 đứng trước ngày đầu 20/07/2026"),
        ({"period_year": ""}, "Hãy ghi năm của kỳ “6 tháng đầu năm”, ví dụ 2026."),
        ({"starts_at": "11:00", "ends_at": "7h30"}, "Giờ kết thúc 07:30 phải sau giờ bắt đầu 11:00"),
        ({"chair_2_unit": "", "chair_2_post": "Giám đốc"}, "Có chức vụ thì cần đơn vị hoặc họ tên"),
    ],
)
def test_a_refused_form_says_why_and_loses_nothing(app, world: World, given, sentence):
    path = f"/blocs/{world.blocs['B'].public_id}/conferences/new"
    answer = world.browser("oL").post(path, typed(**given))
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in shown
    assert 'value="Trụ sở Đơn vị L"' in shown
    assert db.session.scalars(select(Conference)).all() == []


def test_a_second_editor_sees_both_texts(app, world: World):
    conference = make(world)
    path = f"/conferences/{conference.public_id}/edit"
    stale = typed(version=str(conference.version), first_day="15/5/2026", venue="Biển")
    assert world.browser("oD").post(path, {**stale, "venue": "Đồi"}).status_code == 302
    answer = world.browser("oL").post(path, stale)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Đồi" in shown
    assert "Biển" in shown
    db.session.expire_all()
    assert conference.venue == "Đồi"


def test_the_list_holds_one_year_and_is_searched_without_accents(app, world: World):
    bloc = world.blocs["B"]
    keep(
        make_conference(bloc, "Sơ kết năm nay", TODAY, ConferenceState.MINUTES_SENT, minutes_sent_at=NOON),
        make_conference(bloc, "Tổng kết năm trước", date(2025, 12, 20)),
        make_conference(bloc, "Chuyên đề chuyển đổi số", date(2026, 3, 1), kind=ConferenceKind.THEMATIC),
    )
    base = f"/blocs/{bloc.public_id}/conferences"
    now = page(world, "oU", base)
    assert ("Sơ kết năm nay" in now, "Tổng kết năm trước" in now) == (True, False)
    assert "Tổng kết năm trước" in page(world, "oU", f"{base}?year=2025")
    found = page(world, "oU", f"{base}?q=chuyen+doi+so")
    assert ("Chuyên đề chuyển đổi số" in found, "Sơ kết năm nay" in found) == (True, False)
    sent = page(world, "oU", f"{base}?state=minutes_sent")
    assert ("Chuyên đề chuyển đổi số" in sent, "Sơ kết năm nay" in sent) == (False, True)
    assert "Không có hội nghị nào khớp" in page(world, "oU", f"{base}?q=khong+co")
    assert "chưa có hội nghị nào" in page(world, "oU", f"{base}?year=2024")


def test_a_held_conference_is_listed_to_members_without_a_way_in(app, world: World):
    conference = make(world)
    link = f'href="/conferences/{conference.public_id}"'
    base = f"/blocs/{world.blocs['B'].public_id}/conferences"
    assert link in page(world, "oL", base)
    shown = page(world, "oU", base)
    assert ("Hội nghị sơ kết" in shown, link in shown) == (True, False)
    assert page(world, "oU", f"/conferences/{conference.public_id}", 403) != ""


def test_the_list_goes_to_excel_as_it_is_shown(app, world: World):
    make(world)
    answer = world.browser("oL").get(f"/blocs/{world.blocs['B'].public_id}/conferences/workbook?year=2026")
    sheet = load_workbook(BytesIO(answer.data)).active
    cells = [cell.value for row in sheet.rows for cell in row]
    assert "Hội nghị sơ kết" in cells
    assert "Đã họp" in cells
    assert unquote(answer.headers["Content-Disposition"]).endswith("Hội nghị năm 2026 - Khối thi đua B.xlsx")


def test_a_member_reads_of_a_planned_one_the_agenda_and_its_own_delegates(app, world: World):
    conference = make(world, ConferenceState.PLANNED, TODAY + timedelta(days=5))
    path = f"/conferences/{conference.public_id}"
    whole = page(world, "oL", path)
    assert (SECRET in whole, "Người của U" in whole, "Người của V" in whole) == (True, True, True)
    own = page(world, "oU", path)
    assert "Báo cáo của thường trực khối" in own
    assert (SECRET in own, "Người của U" in own, "Người của V" in own) == (False, True, False)
    assert "Lịch sử sửa đổi" not in own


def test_minutes_that_were_sent_are_read_by_members(app, world: World):
    conference = make(world, ConferenceState.MINUTES_SENT)
    assert SECRET in page(world, "oU", f"/conferences/{conference.public_id}")


def test_the_page_offers_one_main_step_to_whom_it_belongs(app, world: World):
    conference = make(world, ConferenceState.MINUTES_SENT)
    main = '<a class="btn btn-primary" href="'
    path = f"/conferences/{conference.public_id}"
    step = f"{main}{path}/steps/approve"
    by_persona = {persona: page(world, persona, path) for persona in ("hL", "oL", "oU")}
    assert {persona: step in shown for persona, shown in by_persona.items()} == {"hL": True, "oL": False, "oU": False}
    assert {persona: shown.count(main) for persona, shown in by_persona.items()} == {"hL": 1, "oL": 1, "oU": 1}


def test_the_way_from_planned_to_approved_and_back(app, world: World):
    conference = make(world, ConferenceState.PLANNED)
    steps = f"/conferences/{conference.public_id}/steps"
    officer, head, board = world.browser("oL"), world.browser("hL"), world.browser("bd")
    assert "Việc sẽ xảy ra" in officer.get(f"{steps}/hold").get_data(as_text=True)
    assert officer.post(f"{steps}/hold").status_code == 302
    assert officer.post(f"{steps}/send-minutes", {"comments_due_on": "22/5/2026"}).status_code == 302
    assert officer.post(f"{steps}/approve").status_code == 403
    assert head.post(f"{steps}/approve").status_code == 302
    assert officer.post(f"{steps}/take-back", {"reason": "Sửa"}).status_code == 403
    refused = board.post(f"{steps}/reopen", {"reason": ""})
    assert (refused.status_code, "Hãy ghi lý do" in refused.get_data(as_text=True)) == (422, True)
    assert board.post(f"{steps}/reopen", {"reason": "Sai tên đại biểu"}).status_code == 302
    db.session.expire_all()
    assert conference.state is ConferenceState.HELD
    shown = officer.get(f"/conferences/{conference.public_id}").get_data(as_text=True)
    assert "Sai tên đại biểu" in shown


def test_holding_before_the_day_is_refused_on_its_page(app, world: World):
    conference = make(world, ConferenceState.PLANNED, TODAY + timedelta(days=1))
    path = f"/conferences/{conference.public_id}"
    assert f'btn-primary" href="{path}/steps/hold"' not in page(world, "oL", path)
    answer = world.browser("oL").post(f"{path}/steps/hold")
    assert answer.status_code == 422
    assert "Hôm nay 15/05/2026 chưa đến ngày họp 16/05/2026" in answer.get_data(as_text=True)


def test_a_step_out_of_order_is_refused_with_the_state(app, world: World):
    conference = make(world)
    answer = world.browser("oL").get(f"/conferences/{conference.public_id}/steps/postpone")
    assert answer.status_code == 409
    assert "Hội nghị đang ở trạng thái “Đã họp”" in answer.get_data(as_text=True)


def test_the_letterhead_is_typed_and_stands_on_the_paper(app, world: World):
    conference = make(world)
    path = f"/conferences/{conference.public_id}/letterhead"
    given = {"version": "0", "report_number": "47", "report_sign": "BC-KTĐ", "signed_on": "16/5/2026"}
    assert world.browser("oL").post(path, given).status_code == 302
    db.session.expire_all()
    assert (conference.letterhead.report_number, conference.letterhead.signed_on) == ("47", date(2026, 5, 16))
    assert 'value="47"' in page(world, "oD", path)


@pytest.mark.parametrize(
    ("kind", "media_type", "name"),
    [
        ("report-word", "wordprocessingml.document", "Báo cáo sơ kết 6 tháng đầu năm 2026 (dự thảo).docx"),
        ("report-pdf", "application/pdf", "Báo cáo sơ kết 6 tháng đầu năm 2026 (dự thảo).pdf"),
        ("minutes", "wordprocessingml.document", "Biên bản hội nghị sơ kết 6 tháng đầu năm 2026 (dự thảo).docx"),
        ("workbook", "spreadsheetml.sheet", "Tổng hợp hội nghị sơ kết 6 tháng đầu năm 2026 (dự thảo).xlsx"),
        ("news-word", "wordprocessingml.document", "Tin hội nghị sơ kết 6 tháng đầu năm 2026 (dự thảo).docx"),
        ("news-text", "text/plain", "Tin hội nghị sơ kết 6 tháng đầu năm 2026 (dự thảo).txt"),
    ],
)
def test_each_paper_is_one_button_under_a_vietnamese_name(app, world: World, kind, media_type, name):
    conference = make(world)
    path = f"/conferences/{conference.public_id}/papers/{kind}"
    assert f'href="{path}"' in page(world, "oL", f"/conferences/{conference.public_id}")
    answer = world.browser("oL").get(path)
    assert answer.status_code == 200
    assert media_type in answer.headers["Content-Type"]
    assert unquote(answer.headers["Content-Disposition"].rpartition("''")[2]) == name
    assert len(answer.data) > 100


def test_members_take_papers_once_the_minutes_are_approved(app, world: World):
    conference = make(world, ConferenceState.MINUTES_SENT)
    path = f"/conferences/{conference.public_id}/papers/news-text"
    assert world.browser("oU").get(path).status_code == 403
    approve(conference, world)
    answer = world.browser("oU").get(path)
    assert answer.status_code == 200
    assert unquote(answer.headers["Content-Disposition"]).endswith("Tin hội nghị sơ kết 6 tháng đầu năm 2026.txt")


def test_an_approved_conference_offers_nothing_to_edit(app, world: World):
    conference = approve(make(world), world)
    path = f"/conferences/{conference.public_id}"
    assert f'href="{path}/edit"' not in page(world, "oL", path)
    assert world.browser("oL").get(f"{path}/edit").status_code == 403


def test_the_last_reviews_minutes_and_open_items_come_up(app, world: World):
    last = approve(make(world, day=date(2026, 1, 20)), world)
    item = ActionItem(
        bloc=world.blocs["B"],
        conference=last,
        source=ItemSource.FREE,
        text="Lập quy chế chấm điểm",
        text_fold=fold("Lập quy chế chấm điểm"),
        made_on=date(2026, 1, 20),
    )
    keep(item)
    coming = make_conference(world.blocs["B"], "Sơ kết tới", date(2026, 7, 1), ConferenceState.PLANNED)
    keep(coming)
    shown = page(world, "oL", f"/conferences/{coming.public_id}")
    assert f'href="/conferences/{last.public_id}/minutes"' in shown
    assert "Lập quy chế chấm điểm" in shown


def test_the_page_shows_the_latest_history_and_leads_to_all_of_it(app, world: World):
    conference = make(world)
    steps = f"/conferences/{conference.public_id}/history"
    assert f'href="{steps}"' not in page(world, "oL", f"/conferences/{conference.public_id}")
    keep(*(AgendaItem(conference=conference, title=f"Mục {place}", position=place) for place in range(10)))
    shown = page(world, "oL", f"/conferences/{conference.public_id}")
    assert (shown.count("Thêm: Mục chương trình"), f'href="{steps}"' in shown) == (10, True)
    assert page(world, "oL", steps).count("Thêm: Mục chương trình") == 11
    assert page(world, "oU", steps, 403) != ""


def statements(world: World, path: str) -> int:
    """How many statements one request of the secretariat sends."""
    browser, sent = world.browser("oL"), []
    browser.get(path)
    db.session.expire_all()

    def count(*_ignored) -> None:
        sent.append(1)

    event.listen(db.engine, "before_cursor_execute", count)
    assert browser.get(path).status_code == 200
    event.remove(db.engine, "before_cursor_execute", count)
    return len(sent)


def test_three_and_thirty_conferences_cost_the_same(app, world: World):
    bloc = world.blocs["B"]
    path = f"/blocs/{bloc.public_id}/conferences"
    keep(*(make_conference(bloc, f"Chuyên đề {place}", TODAY) for place in range(3)))
    few = statements(world, path)
    keep(*(make_conference(bloc, f"Chuyên đề thêm {place}", TODAY) for place in range(27)))
    assert statements(world, path) == few


def test_three_and_thirty_rows_of_a_conference_cost_the_same(app, world: World):
    conference = make(world)
    path = f"/conferences/{conference.public_id}"

    def add(many: int) -> None:
        for place in range(many):
            keep(
                Remark(conference=conference, kind=RemarkKind.DIRECTIVE, text=f"Ý {place}", unit=world.units["V"]),
                Limitation(conference=conference, text=f"Hạn chế {place}", unit=world.units["E"]),
                Delegate(conference=conference, kind=DelegateKind.GUEST, body=f"Cơ quan {place}"),
            )

    add(3)
    few = statements(world, path)
    add(27)
    assert statements(world, path) == few
