"""A form comes back: sent in, looked through, marked, confirmed; many at once wait for their own units."""

import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from sqlalchemy import select

from tests.counting import counted
from tests.imports import making
from tests.reporting import make_period, make_set, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.form_sheet import FAULTS, RESULTS
from tracker.domain.notices import UploadKind
from tracker.models.notice import Notice
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.upload import Upload
from tracker.services import entry as entries

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    return make_period(world, criteria_set=make_set(world.blocs["B"]))


@pytest.fixture
def submission(period: ReportingPeriod, world: World) -> Submission:
    return submission_of(period, world, "U")


def send(world: World, submission: Submission, content: bytes, name: str = "bieu.xlsx", who: str = "oU") -> Any:
    return world.browser(who).post(
        f"/submissions/{submission.public_id}/uploads/new", {"file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def filled(submission: Submission, values: dict[int, Any]) -> bytes:
    return making.edited(making.form_of(submission), making.fill(values))


def mark_in(page: str) -> str:
    found = re.search(r'name="shown"[^>]*value="(\w+)"', page)
    assert found, "no mark of the preview"
    return found.group(1)


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_form_is_previewed_then_confirmed(world: World, submission: Submission):
    answer = send(world, submission, filled(submission, {0: 43}))
    assert answer.status_code == 302
    place = answer.headers["Location"]
    page = world.browser("oU").get(place)
    assert "chưa có số liệu" in text_of(page)
    assert "<strong>43</strong>" in text_of(page)
    assert submission.entries[0].actual is None

    done = world.browser("oU").post(place, {"shown": mark_in(text_of(page))})
    assert done.status_code == 302
    db.session.expire_all()
    assert submission.entries[0].actual == Decimal(43)
    assert db.session.scalars(select(Upload)).one().applied_at == NOON
    assert "đã được ghi vào báo cáo" in text_of(world.browser("oU").get(place))
    twice = world.browser("oU").post(place, {"shown": mark_in(text_of(page))})
    assert twice.status_code == 200


def test_faults_stand_on_the_page_and_in_the_same_workbook(world: World, submission: Submission):
    place = send(world, submission, filled(submission, {0: "nhiều", 1: 0.95, 2: -1})).headers["Location"]
    page = text_of(world.browser("oU").get(place))
    assert "Tệp có 3 chỗ phải sửa" in page
    assert "Xác nhận ghi" not in page
    copy = world.browser("oU").get(f"{place}/marked")
    book = openpyxl.load_workbook(io.BytesIO(copy.data))
    assert book.sheetnames[0] == FAULTS
    cell = book[RESULTS].cell(row=making.lines(book[RESULTS])[0], column=making.column(book[RESULTS], "actual"))
    assert "nhiều" in cell.comment.text

    corrected = making.edited(copy.data, making.fill({0: 43, 1: 95, 2: 1}))
    place = send(world, submission, corrected).headers["Location"]
    page = text_of(world.browser("oU").get(place))
    assert "Xác nhận ghi" in page
    assert len(db.session.scalars(select(Upload)).all()) == 1, "a corrected file takes the place of the faulty one"
    world.browser("oU").post(place, {"shown": mark_in(page)})
    db.session.expire_all()
    assert [entry.actual for entry in submission.entries] == [Decimal(43), Decimal(95), Decimal(1)]


def test_untouched_form_has_nothing_to_confirm(world: World, submission: Submission):
    place = send(world, submission, making.form_of(submission)).headers["Location"]
    page = text_of(world.browser("oU").get(place))
    assert "Không có gì thay đổi" in page
    assert "Xác nhận ghi" not in page


@pytest.mark.parametrize(("name", "content", "said"), [
    ("bieu.xlsx", b"", "0 byte"),
    ("bieu.xlsx", b"PK\x03\x04 not a zip", "bị hỏng"),
    ("bieu.xlsm", making.archive({"[Content_Types].xml": "macroEnabled", "xl/workbook.xml": ""}), "macro"),
    ("anh.png", b"\x89PNG\r\n\x1a\n", "không phải là bảng tính"),
    ("bieu.xlsx", making.archive(making.bare_parts("")), "không phải là biểu tải từ chương trình"),
])
def test_what_is_no_form_is_told_under_the_field_and_not_kept(app, world, submission, name, content, said):
    answer = send(world, submission, content, name)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert db.session.scalars(select(Upload)).all() == []
    kept = [path for path in (app.config["TRACKER_DATA"] / "files").rglob("*") if path.is_file()]
    assert kept == []


def test_form_of_another_unit_is_refused(world: World, period: ReportingPeriod, submission: Submission):
    answer = send(world, submission, making.form_of(submission_of(period, world, "V")))
    assert (answer.status_code, "của đơn vị khác" in text_of(answer)) == (422, True)


def test_choice_is_asked_where_both_changed(world: World, submission: Submission):
    content = filled(submission, {0: 43})
    first = submission.entries[0]
    entries.fill_in(first, actual=Decimal(50), count=None, note=None, seen=1, by=world.accounts["oU"], at=NOON)
    place = send(world, submission, content).headers["Location"]
    page = text_of(world.browser("oU").get(place))
    assert "đã sửa trên chương trình sau khi tải biểu" in page
    unsaid = world.browser("oU").post(place, {"shown": mark_in(page)})
    assert (unsaid.status_code, "hãy chọn" in text_of(unsaid)) == (422, True)
    world.browser("oU").post(place, {"shown": mark_in(page), "keep": "saved"})
    db.session.expire_all()
    assert submission.entries[0].actual == Decimal(50)


def test_upload_begun_before_the_lock_and_confirmed_at_its_second_writes_nothing(world: World):
    locks_at = NOON + timedelta(minutes=10)
    period = make_period(
        world, criteria_set=make_set(world.blocs["B"]), due_at=NOON + timedelta(minutes=5), locks_at=locks_at
    )
    submission = submission_of(period, world, "U")
    browser = world.browser("oU")
    place = send(world, submission, filled(submission, {0: 43})).headers["Location"]
    shown = mark_in(text_of(browser.get(place)))
    with time_machine.travel(locks_at, tick=False):
        late = browser.post(place, {"shown": shown})
    db.session.expire_all()
    assert (late.status_code, "đã khóa" in text_of(late)) == (409, True)
    assert submission.entries[0].actual is None
    with time_machine.travel(locks_at - timedelta(seconds=1), tick=False):
        assert browser.post(place, {"shown": shown}).status_code == 409, "the lock was recorded: no clock undoes it"


def test_others_see_neither_file_nor_preview(world: World, submission: Submission):
    place = send(world, submission, filled(submission, {0: 43})).headers["Location"]
    for persona in ("oV", "oL", "bd", "oX", "ad"):
        assert world.browser(persona).get(place).status_code == 404
        assert world.browser(persona).get(f"{place}/marked").status_code == 404
    assert send(world, submission, making.form_of(submission), who="oL").status_code == 403


def test_file_is_let_go_with_its_bytes(app, world: World, submission: Submission):
    place = send(world, submission, filled(submission, {0: 43})).headers["Location"]
    assert world.browser("oU").post(f"{place}/delete").status_code == 302
    assert db.session.scalars(select(Upload)).all() == []
    assert [path for path in (app.config["TRACKER_DATA"] / "files").rglob("*") if path.is_file()] == []


def test_secretariat_sends_many_in_and_each_unit_says_yes(world: World, period: ReportingPeriod):
    mine, other = submission_of(period, world, "U"), submission_of(period, world, "V")
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w") as made:
        made.writestr("thư mục/U.xlsx", filled(mine, {0: 43}))
        made.writestr("V.xlsx", filled(other, {0: "?"}))
        made.writestr("doc.txt", "không phải biểu")
    page = text_of(world.browser("oL").post(
        f"/periods/{period.public_id}/uploads/new",
        {"files": [(io.BytesIO(bundle.getvalue()), "cac-bieu.zip"), (io.BytesIO(b"x"), "rac.xlsx")]},
        content_type="multipart/form-data",
    ))
    assert "Kết quả đọc 3 tệp" in page
    assert "Đã chuyển, chờ đơn vị xác nhận" in page
    assert "Còn chỗ phải sửa nên chưa chuyển" in page
    assert "không phải là bảng tính" in page
    upload = db.session.scalars(select(Upload)).one()
    assert upload.unit_id == mine.unit_id
    assert mine.entries[0].actual is None
    assert any("hãy xem và xác nhận" in notice.text for notice in db.session.scalars(select(Notice)))
    assert "Chờ đơn vị xác nhận" in text_of(world.browser("oL").get(f"/periods/{period.public_id}/uploads"))

    place = f"/uploads/{upload.public_id}"
    assert world.browser("oL").get(place).status_code == 404, "the preview shows the unit's draft"
    assert upload.name in text_of(world.browser("oU").get(f"/submissions/{mine.public_id}/uploads"))
    shown = mark_in(text_of(world.browser("oU").get(place)))
    world.browser("oU").post(place, {"shown": shown})
    db.session.expire_all()
    assert mine.entries[0].actual == Decimal(43)
    assert "Đã ghi vào báo cáo" in text_of(world.browser("oL").get(f"/periods/{period.public_id}/uploads"))


def make_uploads(submission: Submission, by: Any, count: int) -> None:
    rows = [
        Upload(kind=UploadKind.FORM, bloc=submission.period.bloc, period=submission.period, unit=submission.unit,
               name=f"{place}.xlsx", stored_name=f"{place:032d}", size=1, sha256="", by=by, at=NOON)
        for place in range(count)
    ]
    keep(*rows)


@pytest.mark.parametrize(("who", "of_period"), [("oU", False), ("oL", True)])
def test_lists_cost_the_same_for_three_and_thirty(world: World, period, submission: Submission, who, of_period):
    place = f"/periods/{period.public_id}/uploads" if of_period else f"/submissions/{submission.public_id}/uploads"
    make_uploads(submission, world.accounts["oL"], 3)
    costs = []
    for _ in range(2):
        browser = world.browser(who)
        with counted() as sent:
            assert browser.get(place).status_code == 200
        costs.append(len(sent))
        db.session.query(Upload).delete()
        make_uploads(submission, world.accounts["oL"], 30)
    assert costs[0] == costs[1]
