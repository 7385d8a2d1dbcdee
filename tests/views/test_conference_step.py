"""The steps of a conference, its papers and what its page holds; constant queries."""

import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
import time_machine

from tests.views.conferences import approve, make, page, statements
from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.conferences import (
    ConferenceState,
    DelegateKind,
    RemarkKind,
)
from tracker.models.action_item import ActionItem
from tracker.models.course import AgendaItem, Delegate, Limitation, MinutesComment, Remark
from tracker.text import fold


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_the_page_offers_one_main_step_to_whom_it_belongs(app, world: World):
    conference = make(world, ConferenceState.MINUTES_SENT)
    main = '<a class="btn btn-primary" href="'
    path = f"/conferences/{conference.public_id}"
    step = f"{main}{path}/steps/approve"
    by_persona = {persona: page(world, persona, path) for persona in ("hL", "oL", "oU")}
    assert {persona: step in shown for persona, shown in by_persona.items()} == {"hL": True, "oL": False, "oU": False}
    assert {persona: shown.count(main) for persona, shown in by_persona.items()} == {"hL": 1, "oL": 1, "oU": 1}


def test_who_approves_is_told_of_comments_without_answer(app, world: World):
    conference = make(world, ConferenceState.MINUTES_SENT)
    path = f"/conferences/{conference.public_id}/steps/approve"
    keep(
        MinutesComment(
            conference=conference, unit=world.units["U"], by=world.accounts["oU"], at=NOON, text="Nhất trí", agreed=True
        )
    )
    assert "chưa được trả lời" not in page(world, "hL", path)
    keep(
        MinutesComment(conference=conference, unit=world.units["V"], by=world.accounts["oV"], at=NOON, text="Thiếu tên")
    )
    assert "Còn 1 góp ý chưa được trả lời." in page(world, "hL", path)


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
    shown = page(world, "oL", path)
    assert (f'href="{path}/steps/hold"' in shown, f'href="{path}/papers/minutes"' in shown) == (False, False)
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
    assert (shown.count("Thêm: Mục chương trình"), f'href="{steps}"' in shown) == (6, True)
    whole = page(world, "oL", steps)
    assert whole.count("Thêm: Mục chương trình") == 11
    assert re.findall(r"Xem cả (\d+) lần ghi", shown) == re.findall(r"(\d+) lần ghi</span>", whole)
    assert page(world, "oU", steps, 403) != ""


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
