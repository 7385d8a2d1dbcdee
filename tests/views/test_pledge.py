"""The pages of a bloc's pledge through the browser: rows, pasting, own targets, files, progress, Excel."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import select

from tests.reporting import make_period, make_pledge
from tests.services.test_attachment import paper
from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.criteria import Direction
from tracker.models.attachment import Attachment
from tracker.models.pledge import Pledge
from tracker.queries import pledge as pledges

pytestmark = pytest.mark.usefixtures("noon")
ROWS = (("Nhà đại đoàn kết", "nhà", 10), ("Hồ sơ đúng hạn", "%", 95), ("Tuyên truyền", None, None))


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def pledge(world: World) -> Pledge:
    return make_pledge(world.blocs["B"], rows=ROWS)


def path(world: World, rest: str) -> str:
    return f"/blocs/{world.blocs['B'].public_id}{rest}"


def the_pledge(world: World, year: int = 2026) -> Pledge:
    db.session.expire_all()
    found = pledges.of_year(world.blocs["B"], year)
    assert found is not None
    return found


def test_empty_year_says_what_belongs_there_and_offers_last_years_rows(world):
    make_pledge(world.blocs["B"], year=2025, rows=ROWS)
    shown = world.browser("oL").get(path(world, "/pledge")).text
    assert "Năm 2026 chưa có giao ước" in shown
    assert "Chép từ giao ước năm 2025" in shown
    member = world.browser("oU").get(path(world, "/pledge")).text
    assert "khi thường trực khối lập" in member
    assert "/pledge/new" not in member


def test_pledge_is_made_and_the_second_of_the_year_refused(world):
    signing = make_conference(world.blocs["B"], "Hội nghị ký giao ước", TODAY)
    keep(signing)
    browser = world.browser("oL")
    form = {"signed_on": "05/02/2026", "conference": signing.public_id, "preamble": "Cùng thi đua"}
    answer = browser.post(path(world, "/pledge/new?year=2026"), form)
    assert answer.status_code == 302
    found = the_pledge(world)
    assert (found.signed_on, found.conference.title) == (date(2026, 2, 5), "Hội nghị ký giao ước")
    again = browser.post(path(world, "/pledge/new?year=2026"), form)
    assert again.status_code == 422
    assert "đã có giao ước năm 2026" in again.text
    assert "Cùng thi đua" in again.text


def test_rows_are_pasted_from_excel_with_their_head_and_numbers(world, pledge):
    lines = (
        "STT\tNội dung\tĐơn vị tính\tKế hoạch\r\n1\tVăn bản tham mưu\tvăn bản\t1.286\r\n\r\n"
        "2\tHộ thoát nghèo\thộ\t12,5\tGhi\r\n"
    )
    answer = world.browser("oL").post(f"/pledges/{pledge.public_id}/rows/many", {"lines": lines})
    assert answer.status_code == 302, answer.text
    added = the_pledge(world).rows[3:]
    assert [(row.content, row.unit_of_measure, row.year_plan, row.note) for row in added] == [
        ("Văn bản tham mưu", "văn bản", Decimal(1286), None),
        ("Hộ thoát nghèo", "hộ", Decimal("12.5"), "Ghi"),
    ]


def test_paste_with_a_doubtful_number_names_its_line_and_writes_nothing(world, pledge):
    lines = "Một; cái; 5\nHai; cái; 1,286.5\nBa; cái; -2\n; cái; 3"
    answer = world.browser("oL").post(f"/pledges/{pledge.public_id}/rows/many", {"lines": lines})
    assert answer.status_code == 422
    assert "Dòng 2, kế hoạch năm" in answer.text
    assert "Dòng 3: kế hoạch năm -2 nhỏ hơn 0" in answer.text
    assert "Dòng 4 chưa có nội dung" in answer.text
    assert "Hai; cái; 1,286.5" in answer.text
    assert len(the_pledge(world).rows) == 3


def test_row_is_edited_moved_and_removed(world, pledge):
    browser, row = world.browser("oL"), pledge.rows[0]
    form = {"version": row.version, "content": "Nhà ở", "unit_of_measure": "căn", "year_plan": "12,5",
            "direction": "less", "note": ""}  # fmt: skip
    assert browser.post(f"/pledge-rows/{row.public_id}/edit", form).status_code == 302
    kept = the_pledge(world).rows[0]
    assert (kept.content, kept.year_plan, kept.direction) == ("Nhà ở", Decimal("12.5"), Direction.LESS)
    moved = browser.post(f"/pledge-rows/{row.public_id}/move/down")
    assert moved.headers["Location"].endswith(f"#down-{row.public_id}")
    assert [each.content for each in the_pledge(world).rows] == ["Hồ sơ đúng hạn", "Nhà ở", "Tuyên truyền"]
    page = browser.get(f"/pledge-rows/{row.public_id}/remove").text
    assert "Chỉ tiêu “Nhà ở” không còn trong giao ước" in page
    assert len(the_pledge(world).rows) == 3
    assert browser.post(f"/pledge-rows/{row.public_id}/remove").status_code == 302
    assert len(the_pledge(world).rows) == 2


def test_row_of_an_opened_period_is_not_removed_and_says_why(world, pledge):
    make_period(world)
    answer = world.browser("oL").post(f"/pledge-rows/{pledge.rows[0].public_id}/remove")
    assert answer.status_code == 422
    assert "Kỳ báo cáo đã mở có dòng này" in answer.text


def test_two_editors_of_a_row_see_both_texts(world, pledge):
    row = pledge.rows[0]
    form = {"version": row.version, "content": "Gieo trồng", "direction": "more"}
    assert world.browser("oL").post(f"/pledge-rows/{row.public_id}/edit", form).status_code == 302
    late = world.browser("oD").post(f"/pledge-rows/{row.public_id}/edit", {**form, "content": "Chăn nuôi"})
    assert late.status_code == 409
    assert "Gieo trồng" in late.text
    assert "Chăn nuôi" in late.text


def test_copy_brings_last_years_rows(world):
    make_pledge(world.blocs["B"], year=2025, rows=ROWS)
    assert world.browser("oL").post(path(world, "/pledge/copy?year=2026")).status_code == 302
    assert [row.content for row in the_pledge(world).rows] == [content for content, _, _ in ROWS]


def test_unit_registers_its_own_figures_and_the_matrix_shows_them(world, pledge):
    first, second, third = pledge.rows
    form = {
        "version": pledges.targets_version(pledge.rows, world.units["U"]), f"target_{first.public_id}": "7",
        f"note_{first.public_id}": "Theo Công văn 12", f"target_{second.public_id}": "",
        f"target_{third.public_id}": "",
    }  # fmt: skip
    assert world.browser("oU").post(path(world, "/targets?year=2026"), form).status_code == 302
    row = the_pledge(world).rows[0]
    assert pledges.planned(row, world.units["U"].id).plan == 7
    page = world.browser("oV").get(path(world, "/pledge")).text
    assert "<strong>7</strong>" in page
    assert page.count(">10</td>") == 6


def test_two_officers_of_a_unit_see_both_figures(world, pledge):
    row = pledge.rows[0]
    form = {"version": pledges.targets_version(pledge.rows, world.units["U"]), f"target_{row.public_id}": "7"}
    assert world.browser("oU").post(path(world, "/targets"), form).status_code == 302
    late = world.browser("hU").post(path(world, "/targets"), {**form, f"target_{row.public_id}": "8"})
    assert late.status_code == 409
    assert pledges.planned(the_pledge(world).rows[0], world.units["U"].id).plan == 7


def test_doubtful_figure_stays_in_its_box_with_its_question(world, pledge):
    row = pledge.rows[0]
    form = {"version": pledges.targets_version(pledge.rows, world.units["U"]), f"target_{row.public_id}": "0.95"}
    answer = world.browser("oU").post(path(world, "/targets"), form)
    assert answer.status_code == 422
    assert 'value="0.95"' in answer.text
    assert "dùng dấu chấm cho số lẻ" in answer.text


def test_adjusting_after_opening_asks_for_the_reason(world, pledge):
    row = pledge.rows[0]
    browser = world.browser("oU")

    def form(figure: str, reason: str = "") -> dict:
        version = pledges.targets_version(the_pledge(world).rows, world.units["U"])
        return {"version": version, f"target_{row.public_id}": figure, "reason": reason}

    assert browser.post(path(world, "/targets"), form("7")).status_code == 302
    make_period(world)
    assert "Lý do điều chỉnh" in browser.get(path(world, "/targets")).text
    refused = browser.post(path(world, "/targets"), form("3"))
    assert refused.status_code == 422
    assert "điều chỉnh chỉ tiêu đã đăng ký" in refused.text
    assert browser.post(path(world, "/targets"), form("3", "Công văn 15")).status_code == 302


def test_there_is_nothing_to_register_without_a_pledge(world):
    assert world.browser("oU").get(path(world, "/targets")).status_code == 404


def test_not_assigning_goes_by_who_may_judge_whom(world, pledge):
    row = pledge.rows[0]
    here = f"/pledge-rows/{row.public_id}/assigned"
    leader, deputy = world.browser("oL").get(here).text, world.browser("oD").get(here).text
    assert f'value="{world.units["U"].public_id}"' in leader
    assert f'value="{world.units["L"].public_id}"' not in leader
    assert f'value="{world.units["L"].public_id}"' in deputy
    assert f'value="{world.units["U"].public_id}"' not in deputy
    assert world.browser("oU").get(here).status_code == 403
    form = {"version": pledges.unassigned_version(row), "units": [world.units["U"].public_id]}
    assert world.browser("oL").post(here, form).status_code == 422
    assert world.browser("oL").post(here, {**form, "reason": "Không có nhiệm vụ"}).status_code == 302
    assert "không giao" in world.browser("oV").get(path(world, "/pledge")).text


def test_signed_paper_is_kept_only_with_the_statement_and_can_be_taken_off(world, pledge):
    browser, here = world.browser("oL"), f"/pledges/{pledge.public_id}/files/new"

    def form(**more: str) -> dict:
        return {"file": (paper("Giao ước"), "giao-uoc.docx"), **more}

    refused = browser.post(here, form())
    assert refused.status_code == 422
    assert "Hãy đánh dấu xác nhận" in refused.text
    assert browser.post(here, form(no_secrets="y")).status_code == 302
    file = db.session.scalar(select(Attachment).where(Attachment.pledge_id == pledge.id))
    assert file is not None
    assert file.name in world.browser("oU").get(path(world, "/pledge")).text
    assert world.browser("oU").get(f"/attachments/{file.public_id}").status_code == 200
    assert world.browser("oX").get(f"/attachments/{file.public_id}").status_code == 404
    gone = browser.post(f"/pledges/{pledge.public_id}/files/{file.public_id}/remove")
    assert gone.status_code == 302
    assert db.session.scalar(select(Attachment).where(Attachment.pledge_id == pledge.id)) is None


def test_file_of_another_pledge_is_not_removed_through_this_one(world, pledge):
    other = make_pledge(world.blocs["C"], rows=ROWS)
    file = Attachment(
        pledge=other, name="x.pdf", stored_name="x", media_type="application/pdf", size=1, sha256="0" * 64,
        added_by=world.accounts["oM"], added_at=NOON,
    )  # fmt: skip
    keep(file)
    answer = world.browser("oL").post(f"/pledges/{pledge.public_id}/files/{file.public_id}/remove")
    assert answer.status_code == 404


def sheet_of(answer) -> list[list]:
    assert answer.status_code == 200
    page = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_workbook_carries_the_matrix_with_numbers_as_numbers(world, pledge):
    rows = sheet_of(world.browser("oU").get(path(world, "/pledge/workbook?year=2026")))
    head = next(row for row in rows if row[0] == "STT")
    assert head[4:10] == [f"Đơn vị {letter}" for letter in "UVLDEN"]
    first = next(row for row in rows if row[0] == 1)
    assert first[1:10] == ["Nhà đại đoàn kết", "nhà", 10, 10, 10, 10, 10, 10, 10]
    third = next(row for row in rows if row[0] == 3)
    assert third[3] is None
