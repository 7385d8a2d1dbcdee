"""Around the desk: the list, sharing, units apart, the unit's own page, explanations with files, what if, tasks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from io import BytesIO

import pytest
import time_machine
from flask import current_app
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.counting import counted
from tests.reporting import EXPLAIN_BY, LOCKS_AT, Leaf, make_period, make_set, send_and_lock, submission_of
from tests.world import NOON, Browser, World
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage
from tracker.forms.scoring import mark
from tracker.models.attachment import Attachment
from tracker.models.audit import AuditEntry
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Explanation, Score
from tracker.models.submission import Entry
from tracker.services import explanation, scoring
from tracker.services.recording import acting

AFTER = LOCKS_AT + timedelta(days=1)
LEAVES = (Leaf("Tỷ lệ giải ngân", D(10)), Leaf("Tổ chức phong trào", D(20), None, ScoreFunction.MANUAL))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    made = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=LEAVES), scored=True)
    with acting(None, NOON):
        for submission in made.submissions:
            submission.entries[0].target, submission.entries[0].actual = D(100), D(95)
    send_and_lock(made)
    scoring.recompute(made, by=None, at=AFTER)
    for letter in "UV":
        give(made, world, letter, "15" if letter == "U" else "14")
    db.session.commit()
    return made


def give(period: ReportingPeriod, world: World, letter: str, value: str) -> None:
    entry = line(period, world, letter, 1)
    scoring.give(entry, ScoreStage.BLOC, points=D(value), reason=f"Bí mật trước khi cho xem {value}", seen=0,
                 by=world.accounts["oL"], at=AFTER)  # fmt: skip


def line(period: ReportingPeriod, world: World, letter: str, place: int) -> Entry:
    return submission_of(period, world, letter).entries[place]


def signed_in(world: World, persona: str) -> Browser:
    return Browser(current_app._get_current_object(), world.accounts[persona], at=datetime.now(UTC))


def share(period: ReportingPeriod, world: World) -> None:
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    db.session.commit()


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def test_the_list_of_a_year_leads_each_reader_to_its_page(period, world):
    path = f"/blocs/{world.blocs['B'].public_id}/scores?year=2026"
    text = signed_in(world, "oL").get(path).text
    assert f'href="/periods/{period.public_id}/scoring"' in text
    assert "Điểm và xếp hạng" in text
    text = signed_in(world, "oU").get(path).text
    assert f'href="/submissions/{submission_of(period, world, "U").public_id}/own-points"' in text
    assert f'href="/periods/{period.public_id}/scoring"' not in text


def test_a_year_without_scored_periods_leads_to_the_latest_that_has_some(period, world):
    path = f"/blocs/{world.blocs['B'].public_id}/scores?year="
    empty = signed_in(world, "oU").get(f"{path}2025").text
    assert "Năm 2025 chưa có kỳ nào chấm điểm" in empty and "chấm điểm là năm 2026" in empty
    assert f'href="{path}2026"' in empty
    other = signed_in(world, "bd").get(f"/blocs/{world.blocs['C'].public_id}/scores?year=2025").text
    assert "đánh dấu “có chấm điểm” khi lập" in other and "Năm gần nhất" not in other


def test_the_units_page_says_how_far_each_is_and_matches_its_workbook(period, world):
    page = signed_in(world, "oL").get(f"/periods/{period.public_id}/scoring")
    assert "đang chấm 1/2 dòng" in page.text
    book = load_workbook(BytesIO(signed_in(world, "oL").get(f"/periods/{period.public_id}/scoring/workbook").data))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    unit = next(row for row in cells if row[0] == "Đơn vị U")
    assert unit[1:4] == ["đang chấm 1/2 dòng", 1, 2]
    assert signed_in(world, "oU").get(f"/periods/{period.public_id}/scoring").status_code == 403


def test_sharing_is_a_page_of_its_own_and_opens_the_points_to_each_unit_alone(period, world):
    own = f"/submissions/{submission_of(period, world, 'U').public_id}/own-points"
    before = signed_in(world, "oU").get(own).text
    assert "9,50" in before
    assert "Bí mật trước khi cho xem" not in before
    assert "chưa cho xem điểm khối chấm" in before
    path = f"/periods/{period.public_id}/share-points"
    assert "Không rút lại được" in signed_in(world, "oL").get(path).text
    assert signed_in(world, "oU").post(path).status_code == 403
    assert signed_in(world, "oL").post(path).status_code == 302
    after = signed_in(world, "oU").get(own).text
    assert "Bí mật trước khi cho xem 15" in after
    assert signed_in(world, "oV").get(own).status_code == 404


def test_the_history_of_a_report_hides_the_points_until_they_are_shared(period, world):
    path = f"/submissions/{submission_of(period, world, 'U').public_id}/changes"
    assert db.session.scalar(select(func.count()).where(AuditEntry.table_name == "score"))
    assert "Bí mật trước khi cho xem" not in signed_in(world, "oU").get(path).text
    assert "Bí mật trước khi cho xem" in signed_in(world, "oL").get(path).text
    share(period, world)
    assert "Bí mật trước khi cho xem" in signed_in(world, "oU").get(path).text


def test_a_unit_is_set_apart_with_a_reason_and_put_back(period, world):
    key = submission_of(period, world, "U").public_id
    browser = signed_in(world, "oL")
    form = {"standing": "withdrawn", "version": "0"}
    assert browser.post(f"/submissions/{key}/set-apart", form).status_code == 422
    assert browser.post(f"/submissions/{key}/set-apart", {**form, "reason": "Đơn vị sáp nhập"}).status_code == 302
    text = browser.get(f"/periods/{period.public_id}/scoring").text
    assert "Rút, không xếp hạng" in text
    assert "Đơn vị sáp nhập" in text
    assert browser.post(f"/submissions/{key}/put-back", {"reason": "Tách ra lại", "version": "0"}).status_code == 302
    assert "Đơn vị sáp nhập" not in browser.get(f"/periods/{period.public_id}/scoring").text
    leader = submission_of(period, world, "L").public_id
    assert browser.get(f"/submissions/{leader}/set-apart").status_code == 403


def test_a_unit_explains_with_a_file_and_takes_it_away_again(period, world):
    share(period, world)
    entry = line(period, world, "U", 1)
    browser, path = signed_in(world, "oU"), f"/entries/{entry.public_id}/explain"
    assert "Ví dụ" in browser.get(path).text
    assert browser.post(path, {"text": "", "version": "0"}).status_code == 422
    form = {"text": "Có hai hội thi.", "version": "0", "files": (BytesIO(PDF), "bien-ban.pdf")}
    assert browser.post(path, form, content_type="multipart/form-data").status_code == 302
    told = db.session.scalars(select(Explanation)).one()
    assert (told.text, [file.name for file in told.files]) == ("Có hai hội thi.", ["bien-ban.pdf"])
    text = signed_in(world, "oL").get(f"/entries/{entry.public_id}/scoring").text
    assert "Có hai hội thi." in text
    assert "bien-ban.pdf" in text
    file = told.files[0].public_id
    assert signed_in(world, "oL").get(f"/attachments/{file}").status_code == 200
    assert signed_in(world, "oV").get(f"/attachments/{file}").status_code == 404
    assert signed_in(world, "oL").post(f"/attachments/{file}/withdraw").status_code == 403
    assert browser.post(f"/attachments/{file}/withdraw").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0


def test_two_explanations_of_one_unit_collide(period, world):
    share(period, world)
    path = f"/entries/{line(period, world, 'U', 1).public_id}/explain"
    signed_in(world, "oU").post(path, {"text": "Một", "version": "0"})
    page = signed_in(world, "hU").post(path, {"text": "Hai", "version": "0"})
    assert page.status_code == 409
    assert "Một" in page.text
    assert "Hai" in page.text


def test_after_its_date_nobody_explains(period, world):
    share(period, world)
    entry = line(period, world, "U", 1)
    with time_machine.travel(EXPLAIN_BY, tick=False):
        browser = signed_in(world, "oU")
        own = browser.get(f"/submissions/{entry.submission.public_id}/own-points").text
        answer = browser.post(f"/entries/{entry.public_id}/explain", {"text": "Muộn", "version": "0"})
    assert f"/entries/{entry.public_id}/explain" not in own
    assert answer.status_code == 409
    assert "Hạn giải trình đã hết" in answer.text
    assert "Muộn" in answer.text


def test_what_if_shows_the_order_before_and_after_and_saves_nothing(period, world):
    entry, unit = line(period, world, "V", 1), submission_of(period, world, "V").public_id
    browser, path = signed_in(world, "oL"), f"/periods/{period.public_id}/scoring/what-if"
    assert "Chọn đơn vị để thử" in browser.get(path).text
    text = browser.get(f"{path}?unit={unit}&{entry.public_id}=16").text
    assert "đơn vị đổi hạng" in text
    assert "+2,00" in text
    assert "lên hạng" in text
    assert "vượt điểm tối đa 20" in browser.get(f"{path}?unit={unit}&{entry.public_id}=21").text
    assert "hãy ghi 9,5" in browser.get(f"{path}?unit={unit}&{entry.public_id}=9.5").text
    db.session.expire_all()
    assert db.session.scalar(
        select(Score.points).where(Score.entry_id == entry.id, Score.stage == ScoreStage.BLOC)
    ) == D(14)
    assert signed_in(world, "oU").get(path).status_code == 403


def open_again(period: ReportingPeriod) -> None:
    with acting(None, NOON):
        for submission in period.submissions:
            submission.state, submission.first_sent_at, submission.last_sent_at = "draft", None, None
        period.state, period.locked_at = PeriodState.OPEN, None
    db.session.commit()


def test_the_unit_types_only_what_no_function_computes(period, world):
    open_again(period)
    computed, manual = submission_of(period, world, "U").entries
    with time_machine.travel(NOON, tick=False):
        browser = signed_in(world, "oU")
        page = browser.get(f"/submissions/{manual.submission.public_id}/own-points").text
        form = {
            f"{manual.public_id}-points": "18,5", f"{manual.public_id}-reason": "Hai hội thi",
            f"{manual.public_id}-version": "0", f"{manual.public_id}-was": mark("", ""),
            f"{computed.public_id}-points": "10,00", f"{computed.public_id}-was": "x",
        }  # fmt: skip
        path = f"/submissions/{manual.submission.public_id}/own-points"
        said = browser.post(path, form, follow_redirects=True).text
        wrong = browser.post(path, {**form, f"{manual.public_id}-points": "18.5"})
        other = signed_in(world, "oV").post(path, form)
    assert f'name="{manual.public_id}-points"' in page
    assert f'name="{computed.public_id}-points"' not in page
    assert "giá trị gửi kèm “10,00” không được dùng" in said
    assert wrong.status_code == 422
    assert "hãy ghi 18,5" in wrong.text
    assert other.status_code == 404
    rows = db.session.scalars(select(Score).where(Score.stage == ScoreStage.SELF, Score.entry_id == manual.id)).one()
    assert (rows.points, rows.reason, rows.computed) == (D("18.5"), "Hai hội thi", False)
    assert db.session.scalar(
        select(Score.points).where(Score.stage == ScoreStage.SELF, Score.entry_id == computed.id)
    ) == D("9.5")


def test_scoring_and_explaining_wait_on_my_work(period, world):
    assert "Chấm điểm 6 tháng đầu năm 2026" in signed_in(world, "oL").get("/").text
    assert "5 đơn vị chưa chấm xong" in signed_in(world, "oL").get("/").text, "its own unit is scored by others"
    assert "giải trình 6 tháng" not in signed_in(world, "oU").get("/").text
    share(period, world)
    assert "Xem điểm, giải trình 6 tháng đầu năm 2026" in signed_in(world, "oU").get("/").text


def test_an_explanation_waits_on_my_work_until_somebody_looked_again(period, world):
    share(period, world)
    entry = line(period, world, "U", 1)
    assert "Xem giải trình" not in signed_in(world, "oL").get("/").text
    explanation.explain(entry, text="Có ba hội thi.", seen=0, by=world.accounts["oU"], at=AFTER)
    db.session.commit()
    assert "1 dòng có giải trình chưa xem lại" in signed_in(world, "oL").get("/").text
    assert "1 dòng có giải trình chưa xem lại" in signed_in(world, "oD").get("/").text
    assert "dòng có giải trình" not in signed_in(world, "oU").get("/").text
    later = AFTER + timedelta(hours=1)
    scoring.give(entry, ScoreStage.SECOND, points=D(15), seen=0, by=world.accounts["oL"], at=later)
    db.session.commit()
    assert "Xem giải trình" not in signed_in(world, "oL").get("/").text
    explanation.explain(entry, text="Còn biên bản nữa.", seen=1, by=world.accounts["oU"], at=later + timedelta(hours=1))
    db.session.commit()
    assert "1 dòng có giải trình chưa xem lại" in signed_in(world, "oL").get("/").text


def test_lists_cost_the_same_however_many_lines(period, world):
    browser = signed_in(world, "oL")
    for path in (f"/periods/{period.public_id}/scoring", f"/periods/{period.public_id}/scoring/what-if"):
        browser.get(path)
        with counted() as sent:
            browser.get(path)
        assert len(sent) < 45, path
