"""The course of a conference through the browser: rows, lists on one page, minutes and comments."""

import io
import re

import pytest
import time_machine
from flask import url_for

from tests.services.test_attachment import paper, picture
from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import Attendance, ConferenceState, CountSubject, DelegateKind, RemarkKind
from tracker.models.conference import Conference
from tracker.models.course import (
    AdoptedDocument,
    AgendaItem,
    DeclaredCount,
    Delegate,
    Limitation,
    Photograph,
    Remark,
)
from tracker.queries import course as courses
from tracker.services import course

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def review(world: World) -> Conference:
    conference = make_conference(world.blocs["B"], "Hội nghị sơ kết", TODAY, minutes_sent_at=NOON)
    keep(conference)
    return conference


def base(conference: Conference) -> str:
    return f"/conferences/{conference.public_id}"


def added(world: World, conference: Conference, model, **values):
    row = course.add(conference, model, values, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    return row


def in_state(conference: Conference, state: ConferenceState) -> Conference:
    conference.state = state
    keep()
    return conference


def test_every_part_has_a_page_to_add_to_it(world, review):
    browser = world.browser("oL")
    for part in ("agenda", "delegates", "assessments", "limitations", "remarks", "documents", "photos"):
        assert browser.get(f"{base(review)}/course/{part}/new").status_code == 200, part
    for part in ("agenda", "assessments", "limitations", "remarks"):
        assert browser.get(f"{base(review)}/course/{part}/many").status_code == 200, part
    for page in ("attendance", "counts"):
        assert browser.get(f"{base(review)}/course/{page}").status_code == 200, page


def test_the_tools_of_each_row_are_its_own(app, world, review):
    rows = [added(world, review, AgendaItem, title=f"Mục {place}") for place in range(3)]
    page = world.browser("oL").get(base(review)).get_data(as_text=True)
    edits = re.findall(r'href="([^"]+/course/agenda/[^"]+/edit)">Sửa<', page)
    start = '<button class="as-link" type="submit" form="tools" formaction="'
    buttons = re.findall(start + r'([^"]+)"(?: id="([^"]+)")?>(\w+)<', page)
    with app.test_request_context():
        at = {row: dict(public_id=review.public_id, part="agenda", row_id=row.public_id) for row in rows}
        up, down = (
            {row: (url_for("course.move", direction=way, **at[row]), f"{way}-{row.public_id}", word) for row in rows}
            for way, word in (("up", "Lên"), ("down", "Xuống"))
        )
        gone = {row: (url_for("course.delete", **at[row]), "", "Xóa") for row in rows}
        assert edits == [url_for("course.edit", **at[row]) for row in rows]
    first, second, third = rows
    assert buttons == [
        down[first], gone[first], up[second], down[second], gone[second], up[third], gone[third],
    ]  # fmt: skip
    assert page.count('<form id="tools" method="post">') == 1


def test_remark_is_added_and_stands_on_the_conference_page(world, review):
    browser = world.browser("oL")
    answer = browser.post(
        f"{base(review)}/course/remarks/new",
        {"kind": "conclusion", "speaker_name": "Lê A", "speaker_post": "Khối trưởng", "text": "Làm <b>tốt</b> hơn"},
    )
    row = courses.rows(review, Remark)[0]
    assert (answer.status_code, row.kind) == (302, RemarkKind.CONCLUSION)
    assert answer.headers["Location"] == f"{base(review)}#row-{row.public_id}"
    shown = browser.get(base(review)).text
    assert "Làm &lt;b&gt;tốt&lt;/b&gt; hơn" in shown
    assert shown.count("Thành nhiệm vụ") == 1


def test_form_keeps_what_was_typed_and_says_what_is_missing(world, review):
    answer = world.browser("oL").post(
        f"{base(review)}/course/delegates/new", {"kind": "guest", "state_post": "Phó Giám đốc"}
    )
    assert answer.status_code == 422
    assert "Hãy ghi họ và tên đại biểu, hoặc tên cơ quan nếu không nêu tên người." in answer.text
    assert 'value="Phó Giám đốc"' in answer.text


def test_pasted_lines_become_rows_in_order(world, review):
    world.browser("oL").post(
        f"{base(review)}/course/remarks/many",
        {"kind": "directive", "speaker_name": "Lê A", "lines": "- Một\n\n- Hai\nBa", "task_group": "y"},
    )
    rows = courses.rows(review, Remark)
    assert [(row.text, row.speaker_name, row.task_group) for row in rows] == [
        ("Một", "Lê A", True), ("Hai", "Lê A", True), ("Ba", "Lê A", True),
    ]


def test_pasted_agenda_becomes_titles(world, review):
    world.browser("oL").post(f"{base(review)}/course/agenda/many", {"lines": "Khai mạc\nBế mạc"})
    assert [row.title for row in courses.rows(review, AgendaItem)] == ["Khai mạc", "Bế mạc"]


def test_second_editor_sees_both_texts(world, review):
    row = added(world, review, Limitation, text="cũ")
    course.change(row, {"text": "Alpha"}, seen=1, by=world.accounts["oD"], at=NOON)
    answer = world.browser("oL").post(
        f"{base(review)}/course/limitations/{row.public_id}/edit", {"version": "1", "text": "Beta"}
    )
    assert answer.status_code == 409
    assert "Alpha" in answer.text
    assert "Beta" in answer.text


def test_removed_row_can_be_taken_back(world, review):
    browser = world.browser("oL")
    row = added(world, review, Limitation, text="một")
    path = f"{base(review)}/course/limitations/{row.public_id}"
    answer = browser.post(f"{path}/delete", follow_redirects=True)
    assert courses.rows(review, Limitation) == []
    assert f'<a href="{path}/restore">Hoàn tác</a>' in answer.text
    assert "một" in browser.get(f"{path}/restore").text
    assert browser.post(f"{path}/restore").status_code == 302
    assert [row.text for row in courses.rows(review, Limitation)] == ["một"]


def test_moved_row_keeps_the_focus(world, review):
    browser = world.browser("oL")
    rows = [added(world, review, AgendaItem, title=title) for title in ("a", "b", "c")]
    last = rows[2].public_id
    path = f"{base(review)}/course/agenda/{last}/move"
    assert browser.post(f"{path}/up").headers["Location"] == f"{base(review)}#up-{last}"
    assert browser.post(f"{path}/up").headers["Location"] == f"{base(review)}#down-{last}"
    assert [row.title for row in courses.rows(review, AgendaItem)] == ["c", "a", "b"]
    shown = browser.get(base(review)).text
    assert f'id="down-{last}"' in shown
    assert f'id="up-{last}"' not in shown


def test_row_of_another_conference_is_not_found(world, review):
    other = make_conference(world.blocs["B"], "Khác", TODAY)
    keep(other)
    row = added(world, other, Limitation, text="một")
    browser = world.browser("oL")
    for path in (f"limitations/{row.public_id}/edit", f"agenda/{row.public_id}/edit"):
        assert browser.get(f"{base(review)}/course/{path}").status_code == 404
    assert browser.post(f"{base(review)}/course/limitations/{row.public_id}/delete").status_code == 404


def test_only_the_secretariat_writes(world, review):
    codes = {
        who: world.browser(who).get(f"{base(review)}/course/limitations/new").status_code
        for who in ("oU", "oL", "hL", "oD", "oE", "oX", "bd", "bq", "ad", "an")
    }
    assert codes == {
        "oU": 403, "oL": 200, "hL": 200, "oD": 200, "oE": 403, "oX": 404, "bd": 403, "bq": 404, "ad": 403, "an": 302,
    }


def test_roster_then_attendance_on_one_page(world, review):
    browser = world.browser("oL")
    browser.post(f"{base(review)}/course/roster")
    browser.post(f"{base(review)}/course/roster")
    rows = courses.rows(review, Delegate)
    assert len(rows) == 6
    form = {"version": str(courses.list_version(rows))}
    form |= {f"attendance_{row.public_id}": "present" for row in rows[:5]}
    form |= {f"people_{rows[0].public_id}": "3"}
    assert browser.post(f"{base(review)}/course/attendance", form).status_code == 302
    assert [row.attendance for row in courses.rows(review, Delegate)] == [*[Attendance.PRESENT] * 5, None]
    shown = browser.get(base(review)).text
    assert "Có mặt 5, dự thay 0, vắng có lý do 0, vắng 0, chưa ghi 1." in " ".join(shown.split())
    form |= {f"attendance_{rows[0].public_id}": "absent"}
    assert browser.post(f"{base(review)}/course/attendance", form).status_code == 409


def test_declared_number_is_shown_beside_the_recorded_one(world, review):
    browser = world.browser("oL")
    form = {"version": str(courses.list_version([])), "declared_task_groups": "06", "note_task_groups": "không liệt kê"}
    browser.post(f"{base(review)}/course/counts", form)
    assert [(row.subject, row.declared) for row in courses.rows(review, DeclaredCount)] == [
        (CountSubject.TASK_GROUPS, 6)
    ]
    shown = browser.get(base(review)).text
    assert "Lệch 6" in shown
    assert "Văn bản nêu 6 nhóm nhiệm vụ, sổ ghi được 0." in shown


def test_photograph_needs_the_statement_and_is_shown(world, review):
    browser = world.browser("oL")
    path = f"{base(review)}/course/photos/new"
    sent = {"caption": "Toàn cảnh", "file": (picture(), "Ảnh.png")}
    refused = browser.post(path, sent, content_type="multipart/form-data")
    assert (refused.status_code, "Hãy đánh dấu xác nhận" in refused.text) == (422, True)
    sent = {"caption": "Toàn cảnh", "file": (picture(), "Ảnh.png"), "no_secrets": "y"}
    assert browser.post(path, sent, content_type="multipart/form-data").status_code == 302
    row = courses.rows(review, Photograph)[0]
    assert row.attachment.name == "Ảnh.jpg"
    assert f"/attachments/{row.attachment.public_id}/thumbnail" in browser.get(base(review)).text


def test_file_of_a_document_is_let_go_on_request(world, review):
    browser = world.browser("oL")
    path = f"{base(review)}/course/documents"
    sent = {"title": "Quy chế", "file": (paper("Quy chế"), "Quy chế.docx"), "no_secrets": "y", "issued_on": "20/7/2022"}
    browser.post(f"{path}/new", sent, content_type="multipart/form-data")
    row = courses.rows(review, AdoptedDocument)[0]
    assert row.attachment.name == "Quy chế.docx"
    form = {"version": "1", "title": "Quy chế", "drop_file": "y"}
    browser.post(f"{path}/{row.public_id}/edit", form)
    db.session.expire_all()
    assert row.attachment is None


def test_stamped_paper_is_refused_under_its_field(world, review):
    sent = {"title": "A", "file": (paper("TỐI MẬT"), "a.docx"), "no_secrets": "y"}
    answer = world.browser("oL").post(
        f"{base(review)}/course/documents/new", sent, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "“TỐI MẬT”" in answer.text
    assert courses.rows(review, AdoptedDocument) == []


def test_unknown_file_is_refused(world, review):
    sent = {"caption": "A", "file": (io.BytesIO(b"<script>"), "a.jpg"), "no_secrets": "y"}
    answer = world.browser("oL").post(f"{base(review)}/course/photos/new", sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert courses.rows(review, Photograph) == []


def test_member_names_its_own_people_while_planned(world, review):
    in_state(review, ConferenceState.PLANNED)
    course.propose_roster(review, by=world.accounts["oL"], at=NOON)
    browser = world.browser("oU")
    path = f"{base(review)}/course/own-delegates"
    browser.post(path, {"person_name": "Lê A", "state_post": "Phó Giám đốc"})
    mine = courses.own_delegates(review, world.units["U"].id)
    assert [(row.kind, row.person_name) for row in mine] == [(DelegateKind.MEMBER, "Lê A")]
    assert "Lê A" in browser.get(path).text
    assert world.browser("oV").post(f"{path}/{mine[0].public_id}/withdraw").status_code == 404
    assert browser.post(f"{path}/{mine[0].public_id}/withdraw").status_code == 302
    assert "chưa cử ai" in browser.get(path).text
    in_state(review, ConferenceState.HELD)
    assert browser.post(path, {"person_name": "Lê B"}).status_code == 403


def test_doubtful_places_of_the_source_are_shown(world, review):
    review.source_text = "Phong trào thi đua yêu của Khối"
    keep()
    shown = world.browser("oL").get(base(review)).text
    assert "Có thể thiếu chữ “nước” trong “thi đua yêu nước”." in shown
