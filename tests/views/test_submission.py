"""A unit writes its report on the page: at once or line by line, two officers, the lock."""

import io
import re
from decimal import Decimal

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from tests.reporting import (
    LOCKS_AT,
    make_period,
    make_pledge,
    make_set,
    submission_of,
)
from tests.views.submissions import boxes, entry_of, path, returned
from tests.world import NOON, Browser, World, build_world
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SectionKind, SubmissionState
from tracker.models.audit import AuditEntry
from tracker.models.submission import Entry, Submission
from tracker.services import entry as entries


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def report(world: World) -> Submission:
    """U's report of the running half-year: three lines of the criteria set and one of the pledge."""
    make_pledge(world.blocs["B"])
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    return submission_of(period, world, "U")


def written_to(entry: Entry) -> list[AuditEntry]:
    """What the audit keeps of a line."""
    asked = select(AuditEntry).where(AuditEntry.table_name == "entry", AuditEntry.record_id == entry.public_id)
    return list(db.session.scalars(asked.where(AuditEntry.action == "update").order_by(AuditEntry.id)))


def test_whole_page_saves_by_one_button_without_script(world, report):
    browser = world.browser("oU")
    sent = boxes(browser, report)
    first, second = report.entries[0].public_id, report.entries[1].public_id
    text = report.section(SectionKind.DIRECTIONS).public_id
    sent |= {f"{first}-actual": "1.286,5", f"{second}-note": "đến 25/06", f"{text}-text": "Giải ngân"}
    answer = browser.post(path(report, "/edit"), sent)
    assert (answer.status_code, answer.location) == (302, path(report, "/edit"))
    assert entry_of(report, 0).actual == Decimal("1286.5")
    assert entry_of(report, 1).note == "đến 25/06"
    assert entry_of(report, 2).actual is None
    assert report.section(SectionKind.DIRECTIONS).text == "Giải ngân"
    assert report.state is SubmissionState.DRAFT
    assert "Đã lưu 12:00" in browser.get(path(report, "/edit")).get_data(as_text=True)


def test_one_unreadable_number_keeps_nobody_from_saving_the_rest(world, report):
    browser = world.browser("oU")
    sent = boxes(browser, report)
    first, second = report.entries[0].public_id, report.entries[1].public_id
    answer = browser.post(path(report, "/edit"), {**sent, f"{first}-actual": "1,286.5", f"{second}-actual": "52,75"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="1,286.5"' in page and "viết theo lối tiếng Anh" in page
    assert f'href="#dong-{first}"' in page
    assert (entry_of(report, 0).actual, entry_of(report, 1).actual) == (None, Decimal("52.75"))


def test_negative_figure_is_refused_at_both_doors_of_the_page_and_kept_as_typed(world, report):
    browser = world.browser("oU")
    line = report.entries[0].public_id
    answer = browser.post(path(report, "/edit"), {**boxes(browser, report), f"{line}-actual": "-3"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Kết quả -3 nhỏ hơn 0" in page and 'value="-3"' in page
    alone = browser.post(f"/entries/{line}/save", {f"{line}-actual": "-3", f"{line}-version": "1"})
    assert alone.status_code == 422
    assert "nhỏ hơn 0" in alone.get_json()["errors"]["actual"]
    assert entry_of(report, 0).actual is None


def test_who_typed_nothing_overwrites_nothing(world, report):
    browser = world.browser("oU")
    old = boxes(browser, report)
    colleague = world.browser("hU")
    first, second = report.entries[0].public_id, report.entries[1].public_id
    colleague.post(path(report, "/edit"), {**boxes(colleague, report), f"{first}-actual": "43"})
    answer = browser.post(path(report, "/edit"), {**old, f"{second}-actual": "50"})
    assert answer.status_code == 302
    assert (entry_of(report, 0).actual, entry_of(report, 1).actual) == (43, 50)


def test_two_officers_on_one_line_see_both_texts_and_lose_nothing(world, report):
    browser, colleague = world.browser("oU"), world.browser("hU")
    old = boxes(browser, report)
    first, second = report.entries[0].public_id, report.entries[1].public_id
    colleague.post(path(report, "/edit"), {**boxes(colleague, report), f"{first}-actual": "43"})
    answer = browser.post(path(report, "/edit"), {**old, f"{first}-actual": "44", f"{second}-actual": "50"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Người hu@head.example" in page and '<dd class="written">43</dd>' in page and 'value="44"' in page
    assert (entry_of(report, 0).actual, entry_of(report, 1).actual) == (43, 50)
    assert [row.after for row in written_to(report.entries[0])] == ['{"actual": "43"}']
    again = dict(re.findall(r'name="([^"]+)" value="([^"]*)" data-part', page))
    kept = browser.post(path(report, "/edit"), {**again, f"{first}-actual": "44", "keep": first})
    assert (kept.status_code, entry_of(report, 0).actual) == (302, 43)
    mine = browser.post(path(report, "/edit"), {**again, f"{first}-actual": "44"})
    assert (mine.status_code, entry_of(report, 0).actual) == (302, 44)


def test_line_saves_while_its_neighbour_is_typed(world, report):
    browser = world.browser("oU")
    sent = boxes(browser, report)
    key = report.entries[3].public_id
    one = {name: value for name, value in sent.items() if name.startswith(key)} | {f"{key}-actual": "3"}
    answer = browser.post(f"/entries/{key}/save", one)
    assert answer.json["saved_at"] == "12:00"
    assert (answer.json["share"], answer.json["version"]) == ("75%", 2)
    assert entry_of(report, 3).actual == 3
    wrong = browser.post(f"/entries/{key}/save", {**one, f"{key}-actual": "0.95"})
    assert wrong.status_code == 422
    assert "dấu chấm cho số lẻ" in wrong.json["errors"]["actual"]


def test_stale_line_answers_409_with_what_is_saved(world, report):
    browser = world.browser("oU")
    sent, key = boxes(browser, report), report.entries[0].public_id
    entries.fill_in(
        report.entries[0], actual=Decimal("43.5"), count=None, note="của bạn", seen=1, by=world.accounts["hU"], at=NOON
    )
    db.session.commit()
    one = {name: value for name, value in sent.items() if name.startswith(key)} | {f"{key}-actual": "44"}
    answer = browser.post(f"/entries/{key}/save", one)
    assert answer.status_code == 409
    assert answer.json["saved"] == [["Kết quả", "43,5"], ["Số lần", ""], ["Ghi chú", "của bạn"]]
    assert answer.json["who"] == "Người hu@head.example (Đơn vị U)"
    assert answer.json["values"] == {"actual": "43,5", "count": "", "note": "của bạn"}
    mine = browser.post(f"/entries/{key}/save", {**one, f"{key}-version": str(answer.json["version"])})
    assert (mine.status_code, entry_of(report, 0).actual) == (200, 44)


def test_narrative_saves_by_itself_too(world, report):
    browser = world.browser("oU")
    sent, key = boxes(browser, report), report.section(SectionKind.PROPOSALS).public_id
    one = {name: value for name, value in sent.items() if name.startswith(key)} | {f"{key}-text": "Đề nghị A\r\nvà B"}
    assert browser.post(f"/sections/{key}/save", one).status_code == 200
    db.session.expire_all()
    assert report.section(SectionKind.PROPOSALS).text == "Đề nghị A\nvà B"


@pytest.mark.parametrize("door", ["page", "line", "text", "file", "achievement", "comment", "send"])
def test_every_door_of_the_page_is_shut_from_the_second_of_locking(app, world, report, door):
    browser = world.browser("oU")
    sent, key = boxes(browser, report), report.entries[0].public_id
    text = report.section(SectionKind.DIRECTIONS).public_id
    with time_machine.travel(LOCKS_AT, tick=False):
        browser = Browser(app, world.accounts["oU"], at=LOCKS_AT)
        answer = {
            "page": lambda: browser.post(path(report, "/edit"), {**sent, f"{key}-actual": "77"}),
            "line": lambda: browser.post(f"/entries/{key}/save", {**sent, f"{key}-actual": "77"}),
            "text": lambda: browser.post(f"/sections/{text}/save", {**sent, f"{text}-text": "77"}),
            "file": lambda: browser.post(
                f"/entries/{key}/files/new", {"files": (picture(), "a.png"), "no_secrets": "y"}
            ),
            "achievement": lambda: browser.post(
                path(report, "/achievements/new?kind=person"), {"subject": "77", "text": "77", "version": ""}
            ),
            "comment": lambda: browser.post(path(report, "/comments"), {"text": "77"}),
            "send": lambda: browser.post(path(report, "/send")),
        }[door]()
        said = str(answer.json) if answer.is_json else answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "đã khóa lúc 17:00 ngày 10/06/2026" in said
    if door in ("page", "achievement", "comment"):
        assert "77" in said
    db.session.expire_all()
    assert (report.entries[0].actual, report.achievements, report.comments) == (None, [], [])
    assert report.state is SubmissionState.NOT_BEGUN
    assert report.period.state is PeriodState.REVIEWING


def picture() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


def test_of_a_returned_report_only_the_returned_line_has_boxes(world, report):
    returned(world, report)
    browser = world.browser("oU")
    sent = boxes(browser, report)
    keys = {name.split("-")[0] for name in sent if name.endswith("-version")}
    assert keys == {report.entries[0].public_id}
    page = browser.get(path(report, "/edit")).get_data(as_text=True)
    assert "Ghi số văn bản, không ghi tỷ lệ" in page and "Giữ như đã gửi" in page
    other = report.entries[1].public_id
    answer = browser.post(f"/entries/{other}/save", {f"{other}-version": "1", f"{other}-actual": "5"})
    assert (answer.status_code, entry_of(report, 1).actual) == (409, None)
    assert "không bị trả lại" in answer.json["refused"]


def test_two_officers_on_one_page_on_both_databases(either_app):
    world = build_world()
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    theirs = submission_of(period, world, "U")
    browser, first, second = world.browser("oU"), theirs.entries[0].public_id, theirs.entries[1].public_id
    old = boxes(browser, theirs)
    entries.fill_in(
        theirs.entries[0], actual=Decimal(43), count=None, note=None, seen=1, by=world.accounts["hU"], at=NOON
    )
    db.session.commit()
    answer = browser.post(path(theirs, "/edit"), {**old, f"{first}-actual": "44", f"{second}-actual": "50"})
    assert answer.status_code == 409 and 'value="44"' in answer.get_data(as_text=True)
    assert (entry_of(theirs, 0).actual, entry_of(theirs, 1).actual) == (43, 50)
