"""The pages of action items: made, shown, reported on, closed, moved, reviewed, exported."""

import io
import re
import zlib
from datetime import date

import pytest
import time_machine
from openpyxl import load_workbook

from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.action_items import ItemSource, ItemState
from tracker.domain.conferences import ConferenceState, RemarkKind
from tracker.models.action_item import ActionItem
from tracker.models.course import Limitation, Remark
from tracker.services import action_item as items


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def give(world: World, text: str, letters: str = "", **more) -> ActionItem:
    item = items.make(
        world.blocs["B"], text=text, source=ItemSource.FREE, units=[world.units[letter] for letter in letters],
        **{"made_on": TODAY, "by": world.accounts["oL"], "at": NOON, **more},
    )
    db.session.commit()
    return item


def again(item: ActionItem) -> ActionItem:
    db.session.expire_all()
    return item


def opened(page: str) -> str:
    """The version that a form carries."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def png() -> bytes:
    """A picture of one grey point."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = (1).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def test_the_secretariat_gives_an_item_to_two_units(app, world):
    answer = world.browser("oL").post(
        f"/blocs/{world.blocs['B'].public_id}/action-items/new",
        {"text": "Ban hành quy chế", "units": [world.units[letter].public_id for letter in "UV"],
         "due_on": "30/06/2026", "priority": "high"},
    )
    item = db.session.query(ActionItem).one()
    assert answer.headers["Location"] == f"/action-items/{item.public_id}"
    assert [part.unit for part in item.parts] == [world.units["U"], world.units["V"]]
    assert (item.due_on, item.made_on, item.source) == (date(2026, 6, 30), TODAY, ItemSource.FREE)


def test_a_due_date_in_the_past_comes_back_under_its_field_with_everything_typed(app, world):
    answer = world.browser("oL").post(
        f"/blocs/{world.blocs['B'].public_id}/action-items/new",
        {"text": "Ban hành quy chế", "due_on": "01/05/2026", "priority": "normal"},
    )
    assert answer.status_code == 422
    assert "Thời hạn 01/05/2026 trước ngày giao 15/05/2026" in answer.text
    assert "Ban hành quy chế" in answer.text
    assert db.session.query(ActionItem).count() == 0


def test_one_click_and_the_filled_form_both_make_an_item_of_a_conclusion(app, world):
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 5, 4))
    first = Remark(conference=conference, kind=RemarkKind.CONCLUSION, text="Kết luận một", speaker_name="Ông A")
    second = Remark(conference=conference, kind=RemarkKind.DIRECTIVE, text="Chỉ đạo hai", position=1)
    weak = Limitation(conference=conference, text="Chậm gửi báo cáo", unit=world.units["V"])
    keep(conference, first, second, weak)
    browser = world.browser("oL")
    assert browser.post(f"/remarks/{first.public_id}/action-item").status_code == 302
    form = browser.get(f"/remarks/{second.public_id}/action-item").text
    assert "Chỉ đạo hai" in form
    typed = {"text": "Chỉ đạo hai", "all_units": "y", "priority": "normal"}
    browser.post(f"/remarks/{second.public_id}/action-item", typed)
    browser.post(f"/limitations/{weak.public_id}/action-item")
    found = db.session.query(ActionItem).order_by(ActionItem.id).all()
    assert [(item.text, item.source.value, len(item.parts)) for item in found] == [
        ("Kết luận một", "conclusion", 0), ("Chỉ đạo hai", "directive", 6), ("Chậm gửi báo cáo", "limitation", 1),
    ]
    assert {item.made_on for item in found} == {date(2026, 5, 4)}
    page = browser.get(f"/action-items/{found[0].public_id}").text
    assert "Kết luận, sơ kết 04/05/2026" in page
    assert "Ông A" in page


def test_all_conclusions_become_items_in_one_click(app, world):
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 5, 4))
    keep(conference, *[
        Remark(conference=conference, kind=RemarkKind.CONCLUSION, text=f"Kết luận {n}", position=n) for n in range(6)
    ])
    answer = world.browser("oL").post(f"/conferences/{conference.public_id}/action-items")
    assert answer.headers["Location"] == f"/conferences/{conference.public_id}"
    assert db.session.query(ActionItem).count() == 6
    assert world.browser("oU").post(f"/conferences/{conference.public_id}/action-items").status_code == 403


def test_a_unit_reports_with_evidence_and_the_leader_closes(app, world):
    item = give(world, "Ban hành quy chế", "U")
    part = item.parts[0]
    form = {"text": "Đã ban hành", "percent": "100", "ask_closing": "y",
            "files": [(io.BytesIO(png()), "Quyết định.png")]}
    sent = world.browser("oU").post(
        f"/assignments/{part.public_id}/progress", form, content_type="multipart/form-data"
    )
    assert sent.status_code == 302
    assert again(item).state is ItemState.WAITING
    assert [file.name for file in part.notes[0].files] == ["Quyết định.png"]
    assert "Quyết định.png" in world.browser("oL").get(f"/action-items/{item.public_id}").text
    assert world.browser("oL").post(f"/assignments/{part.public_id}/close").status_code == 302
    assert again(item).state is ItemState.DONE


def test_no_unit_closes_its_own_part_by_any_door(app, world):
    item = give(world, "Việc của L", "L")
    part = item.parts[0]
    for persona, status in (("oL", 403), ("oU", 403), ("ad", 403), ("oX", 404), ("bq", 404), ("oD", 302)):
        assert world.browser(persona).post(f"/assignments/{part.public_id}/close").status_code == status, persona
    assert again(item).state is ItemState.DONE


def test_other_members_see_the_state_but_not_the_words(app, world):
    item = give(world, "Việc của U", "U")
    items.report(item.parts[0], text="lời kín của đơn vị", by=world.accounts["oU"], at=NOON)
    db.session.commit()
    for persona, words in (("oU", True), ("oL", True), ("oD", True), ("bd", True), ("oV", False), ("oE", False)):
        page = world.browser(persona).get(f"/action-items/{item.public_id}").text
        assert ("lời kín của đơn vị" in page) is words, persona
        assert "Đang thực hiện" in page
    board = world.browser("oV").get(f"/blocs/{world.blocs['B'].public_id}/action-items").text
    assert "lời kín của đơn vị" not in board


@pytest.mark.parametrize(
    ("path", "form", "state"),
    [
        ("send-back", {"reason": "Thiếu số liệu"}, ItemState.IN_PROGRESS),
        ("release", {"reason": "Đã rời khối"}, ItemState.OPEN),
    ],
)
def test_steps_on_a_part_ask_for_their_reason(app, world, path, form, state):
    item = give(world, "Việc của U", "U")
    items.report(item.parts[0], text="Xong", ask_closing=True, by=world.accounts["oU"], at=NOON)
    db.session.commit()
    url = f"/assignments/{item.parts[0].public_id}/{path}"
    assert "Việc sẽ xảy ra" in world.browser("oL").get(url).text
    assert world.browser("oL").post(url, {"reason": " "}).status_code == 422
    assert world.browser("oL").post(url, form).status_code == 302
    assert again(item).state is state


def test_moving_cancelling_and_merging_show_what_was_done_and_why(app, world):
    item, other, third = (give(world, text, "U") for text in ("Việc một", "Việc hai", "Việc ba"))
    browser = world.browser("oL")
    moved = {"due_on": "30/06/2026", "reason": "Chờ hướng dẫn", "version": "1"}
    assert browser.post(f"/action-items/{item.public_id}/due", moved).status_code == 302
    stale = world.browser("oD").post(f"/action-items/{item.public_id}/due", {**moved, "due_on": "31/07/2026"})
    assert stale.status_code == 409
    browser.post(f"/action-items/{other.public_id}/cancel", {"reason": "Không còn phù hợp"})
    browser.post(f"/action-items/{third.public_id}/merge", {"into": item.public_id, "reason": "Cùng nội dung"})
    page = browser.get(f"/action-items/{item.public_id}").text
    assert "30/06/2026" in page
    assert "Chờ hướng dẫn" in page
    assert "Không còn phù hợp" in browser.get(f"/action-items/{other.public_id}").text
    assert f"/action-items/{item.public_id}" in browser.get(f"/action-items/{third.public_id}").text
    assert (again(other).state, third.state) == (ItemState.CANCELLED, ItemState.MERGED)


def test_a_second_editor_sees_both_texts(app, world):
    item = give(world, "Bản đầu")
    url = f"/action-items/{item.public_id}/edit"
    form = {"text": "Bản của L", "priority": "normal", "version": "1"}
    assert world.browser("oL").post(url, form).status_code == 302
    late = world.browser("oD").post(url, {**form, "text": "Bản của D"})
    assert late.status_code == 409
    assert again(item).text == "Bản của L"


def test_one_more_unit_is_given_the_item_from_its_page(app, world):
    item = give(world, "Việc một", "U")
    browser = world.browser("oL")
    browser.post(f"/action-items/{item.public_id}/units", {"unit": world.units["V"].public_id})
    browser.post(f"/action-items/{item.public_id}/units", {"unit": world.units["X"].public_id})
    assert [part.unit for part in again(item).parts] == [world.units["U"], world.units["V"]]


def test_the_next_review_takes_a_word_on_every_open_item_at_once(app, world):
    one, two = give(world, "Việc một", "U"), give(world, "Việc hai", "V")
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 7, 17), ConferenceState.PLANNED)
    keep(conference)
    url = f"/conferences/{conference.public_id}/action-items/review"
    browser = world.browser("oL")
    assert "2 việc còn mở khi hội nghị họp" in browser.get(url).text
    sent = browser.post(url, {
        "version": opened(browser.get(url).text),
        f"{one.public_id}-text": "Làm tiếp", f"{one.public_id}-decision": "go_on",
        f"{two.public_id}-text": "Chờ hướng dẫn", f"{two.public_id}-decision": "move_due",
        f"{two.public_id}-due_on": "30/09/2026",
    })
    assert sent.status_code == 302
    assert [row.text for row in again(one).reviews] == ["Làm tiếp"]
    assert two.due_on == date(2026, 9, 30)
    stale = browser.post(url, {
        "version": "0", f"{one.public_id}-text": "Bản khác", f"{one.public_id}-decision": "go_on",
        f"{two.public_id}-text": "", f"{two.public_id}-decision": "go_on",
    })
    assert stale.status_code == 409
    assert "Bản khác" in stale.text
    refused = browser.post(url, {
        "version": opened(browser.get(url).text),
        f"{one.public_id}-text": "Đã sửa", f"{one.public_id}-decision": "go_on", f"{two.public_id}-text": "",
        f"{two.public_id}-decision": "cancel",
    })
    assert refused.status_code == 422
    assert "Đã sửa" in refused.text
    assert [row.text for row in again(one).reviews] == ["Làm tiếp"]
    assert world.browser("oU").get(url).status_code == 403


def test_the_board_keeps_its_filters_in_the_address_and_refuses_nothing(app, world):
    give(world, "Chiến sỹ thi đua", "U", due_on=date(2026, 6, 30))
    give(world, "Việc khác", "V")
    browser, base = world.browser("oU"), f"/blocs/{world.blocs['B'].public_id}/action-items"
    page = browser.get(f"{base}?q=chien+si&unit={world.units['U'].public_id}").text
    assert "Chiến sỹ thi đua" in page
    assert "Việc khác" not in page
    assert "Còn 46 ngày" in page
    for odd in ("?state=nonsense", "?year=99999", "?page=-4", "?unit=x&conference=y", "?q=%25_"):
        assert browser.get(base + odd).status_code == 200, odd


def test_the_workbook_holds_what_the_board_shows_of_all_pages(app, world):
    for n in range(55):
        give(world, f"=Việc {n:02d}", "UV")
    answer = world.browser("oU").get(f"/blocs/{world.blocs['B'].public_id}/action-items/workbook")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.data)).active
    texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if str(cell).startswith("=Việc")]
    assert len(texts) == 55
    heads = [cell for row in sheet.iter_rows(max_row=4, values_only=True) for cell in row if cell]
    assert "KHỐI THI ĐUA B" in heads


def test_who_may_see_and_make(app, world):
    item = give(world, "Việc một", "U")
    base = f"/blocs/{world.blocs['B'].public_id}/action-items"
    pages = {
        base: {"oU": 200, "oL": 200, "bd": 200, "oX": 404, "bq": 404, "ad": 403},
        f"{base}/new": {"oU": 403, "oL": 200, "hD": 200, "bd": 403, "oX": 404, "ad": 403},
        f"/action-items/{item.public_id}": {"oU": 200, "oE": 200, "bd": 200, "oX": 404, "bq": 404, "ad": 403},
        f"/action-items/{item.public_id}/edit": {"oU": 403, "oL": 200, "oE": 403, "oX": 404, "bd": 403},
        f"/assignments/{item.parts[0].public_id}/progress": {"oU": 200, "hU": 200, "oV": 403, "oL": 403, "oX": 404},
    }
    for path, expected in pages.items():
        assert {who: world.browser(who).get(path).status_code for who in expected} == expected, path
