"""The pages of conferences: list, plan, change; who sees what before the minutes are sent."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import select

from tests.views.conferences import SECRET, make, page
from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import (
    ConferenceKind,
    ConferenceState,
)
from tracker.models.conference import Conference


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


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
