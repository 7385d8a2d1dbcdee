"""A criteria set there and back by file: preview, marked copy, one yes, all or nothing."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import time_machine
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.criteria_rows import form_of, keep_tree
from tests.criteria_trees import hundred_and_seven
from tests.world import NOON, Browser, World
from tracker.db import db
from tracker.domain.criteria_sheet import ROWS, fingerprint
from tracker.models.criteria import CriteriaSet
from tracker.models.upload import Upload
from tracker.queries import criteria as queries
from tracker.services.recording import acting


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def downloaded(browser: Browser, kept: CriteriaSet) -> bytes:
    answer = browser.get(f"/criteria/{kept.public_id}/workbook")
    assert answer.status_code == 200
    return answer.data


def edited(content: bytes, change: Callable[[Workbook], Any]) -> bytes:
    book = load_workbook(BytesIO(content))
    change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def row_of(book: Workbook, title: str) -> int:
    return next(row for row in range(1, 200) if book[ROWS].cell(row, 3).value == title)


def send(browser: Browser, kept: CriteriaSet, content: bytes, name: str = "bang-diem.xlsx") -> TestResponse:
    return browser.post(
        f"/criteria/{kept.public_id}/upload", {"file": (BytesIO(content), name)}, content_type="multipart/form-data"
    )  # fmt: skip


def shown(page: str) -> str:
    return page.split('name="shown" value="')[1].split('"')[0]


def numbers(kept: CriteriaSet) -> list[str]:
    db.session.expire_all()
    return [placed.full_number for placed in queries.tree(kept).walk()]


def test_an_untouched_file_changes_nothing_and_offers_no_yes(world: World):
    kept, browser = keep_tree(world, hundred_and_seven()), world.browser("oL")
    answer = send(browser, kept, downloaded(browser, kept))
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    assert "Không có gì thay đổi" in page
    assert "Ghi các thay đổi" not in page


def test_changes_are_shown_then_written_once_and_the_same_file_changes_nothing_more(world: World):
    kept, browser = keep_tree(world, hundred_and_seven()), world.browser("oL")

    def change(book: Workbook) -> None:
        page = book[ROWS]
        page.cell(row_of(book, "Tiêu chí 3"), 5).value = 14
        last = max(row for row in range(1, 40) if page.cell(row, 3).value)
        for column, value in enumerate((1, "V", "Tiêu chí mới", None, 1, None, "Đạt hoặc không đạt"), start=1):
            page.cell(last + 1, column).value = value

    content = edited(downloaded(browser, kept), change)
    place = send(browser, kept, content).location
    page = browser.get(place).text
    assert "2 thay đổi sẽ được ghi" in page
    before = numbers(kept)
    answer = browser.post(place, {"shown": shown(page)})
    assert answer.status_code == 302
    assert numbers(kept) == [*before, "V"]
    assert next(row.maximum for row in queries.rows_of(kept) if row.title == "Tiêu chí 3") == 14
    assert [row.position for row in queries.rows_of(kept)] == list(range(len(before) + 1))
    assert "đã được ghi" in browser.get(place).text
    assert browser.post(place, {"shown": shown(page)}).status_code == 409
    again = send(browser, kept, content).location
    assert "Không có gì thay đổi" in browser.get(again).text


def test_a_row_left_out_is_named_before_it_is_dropped(world: World):
    kept, browser = keep_tree(world, hundred_and_seven()), world.browser("oL")
    content = edited(downloaded(browser, kept), lambda book: book[ROWS].delete_rows(row_of(book, "Tiêu chí IV")))
    place = send(browser, kept, content).location
    page = browser.get(place).text
    assert "1 dòng không còn trong tệp sẽ bị bỏ." in page
    assert browser.post(place, {"shown": shown(page)}).status_code == 302
    assert "IV" not in numbers(kept)


def test_faults_are_named_marked_in_a_copy_and_nothing_is_written(world: World):
    kept, browser = keep_tree(world, hundred_and_seven()), world.browser("oL")

    def spoil(book: Workbook) -> None:
        book[ROWS].cell(row_of(book, "Tiêu chí 3"), 5).value = "mười lăm"

    place = send(browser, kept, edited(downloaded(browser, kept), spoil)).location
    page = browser.get(place).text
    assert "1 chỗ phải sửa trong tệp" in page
    assert "mười lăm" in page
    before = numbers(kept)
    assert browser.post(place, {"shown": ""}).status_code == 200
    assert numbers(kept) == before
    copy = load_workbook(BytesIO(browser.get(f"{place}/marked").data))
    row = row_of(copy, "Tiêu chí 3")
    assert copy[ROWS].cell(row, 5).value == "mười lăm"
    assert copy[ROWS].cell(row, 5).comment is not None

    def correct(book: Workbook) -> None:
        book[ROWS].cell(row_of(book, "Tiêu chí 3"), 5).value = 15

    mended = send(browser, kept, edited(browser.get(f"{place}/marked").data, correct)).location
    assert "Không có gì thay đổi" in browser.get(mended).text


def test_a_file_made_before_somebody_elses_change_is_not_written_over_it(world: World):
    kept, browser = keep_tree(world, hundred_and_seven()), world.browser("oL")
    row = next(each for each in queries.rows_of(kept) if each.number == "1" and each.function)

    def change(book: Workbook) -> None:
        book[ROWS].cell(row_of(book, "Tiêu chí 3"), 5).value = 14

    content = edited(downloaded(browser, kept), change)
    form = form_of(row, title="Người khác sửa")
    place = send(browser, kept, content).location
    seen = shown(browser.get(place).text)
    assert world.browser("bd").post(f"/criteria-rows/{row.public_id}/edit", form).status_code == 302
    late = browser.post(place, {"shown": seen})
    assert late.status_code == 409
    assert "vừa được sửa" in late.text
    page = browser.get(place).text
    assert "đã được sửa sau khi tải tệp này" in page
    assert "Ghi các thay đổi" not in page
    db.session.expire_all()
    forced = browser.post(place, {"shown": fingerprint(queries.tree(kept))})
    assert forced.status_code == 422
    db.session.expire_all()
    assert row.title == "Người khác sửa"
    assert next(each.maximum for each in queries.rows_of(kept) if each.title == "Tiêu chí 3") == 15


def test_only_the_sender_sees_a_file_and_members_send_none(world: World):
    kept, browser = keep_tree(world, hundred_and_seven()), world.browser("oL")
    place = send(browser, kept, downloaded(browser, kept)).location
    assert browser.get(place).status_code == 200
    assert world.browser("bd").get(place).status_code == 404
    assert world.browser("hL").get(place).status_code == 404
    assert send(world.browser("oU"), kept, b"x").status_code == 403


@pytest.mark.parametrize(
    ("content", "name"), [(b"PK\x03\x04 broken", "a.xlsx"), (b"%PDF-1.4", "a.pdf"), (b"a;b", "a.csv"), (b"", "a.xlsx")]
)
def test_what_is_no_workbook_is_refused_under_its_field_and_not_kept(world: World, content: bytes, name: str):
    kept = keep_tree(world, hundred_and_seven())
    answer = send(world.browser("oL"), kept, content, name)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert db.session.scalars(select(Upload)).all() == []


def test_no_file_is_asked_for(world: World):
    kept = keep_tree(world, hundred_and_seven())
    answer = world.browser("oL").post(f"/criteria/{kept.public_id}/upload", {})
    assert "Hãy chọn tệp Excel để gửi vào." in answer.text


def test_a_frozen_set_is_read_but_never_written_from_a_file(world: World):
    kept, browser = keep_tree(world, hundred_and_seven()), world.browser("oL")

    def change(book: Workbook) -> None:
        book[ROWS].cell(row_of(book, "Tiêu chí 3"), 5).value = 14

    place = send(browser, kept, edited(downloaded(browser, kept), change)).location
    seen = shown(browser.get(place).text)
    with acting(None, NOON):
        kept.frozen_at = NOON
    db.session.commit()
    assert browser.post(place, {"shown": seen}).status_code == 409
    assert "Bộ tiêu chí đã chốt nên không ghi được từ tệp." in browser.get(place).text
    member = load_workbook(BytesIO(downloaded(world.browser("oU"), kept)))
    titles = [member[ROWS].cell(row, 3).value for row in range(1, 200)]
    assert "Tiêu chí 3" in titles
