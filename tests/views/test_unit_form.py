"""Forms are handed out to the unit itself, and to the secretariat all at once without what it may not read yet."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from openpyxl import Workbook, load_workbook

from tests.counting import counted
from tests.reporting import LOCKS_AT, Leaf, make_period, make_sent, make_set, set_state, submission_of
from tests.world import NOON, Browser, World
from tracker.db import db
from tracker.domain.form_sheet import ACHIEVEMENTS, COLUMNS, KEYS, NARRATIVE, RESULTS, keys_of
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import AchievementKind, SectionKind
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.submission import Achievement, Submission
from tracker.services.recording import acting

SECRET = "Chuyện riêng của đơn vị V"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def words(book: Workbook) -> str:
    rows = (row for page in book.worksheets for row in page.iter_rows(values_only=True))
    return "\n".join(str(one) for row in rows for one in row if one is not None)


def open_cells(book: Workbook) -> int:
    sheets = (RESULTS, ACHIEVEMENTS, NARRATIVE)
    return sum(not cell.protection.locked for name in sheets for row in book[name].iter_rows() for cell in row)


def begun(world: World, **more: object) -> ReportingPeriod:
    """An open period; U has a draft, V has a draft with words of its own, L has sent."""
    period = make_period(world, criteria_set=make_set(world.blocs["B"]), **more)
    with acting(None, NOON):
        mine, theirs = submission_of(period, world, "U"), submission_of(period, world, "V")
        mine.entries[0].actual = Decimal("1286.5")
        for entry in theirs.entries:
            entry.actual, entry.note = Decimal(987654), SECRET
        theirs.section(SectionKind.ASSESSMENT).text = SECRET
        db.session.add(Achievement(submission=theirs, kind=AchievementKind.EXAMPLE, text=SECRET))
    db.session.commit()
    make_sent(submission_of(period, world, "L"), world.accounts["oL"])
    return period


def form_url(submission: Submission) -> str:
    return f"/submissions/{submission.public_id}/form"


def test_a_unit_takes_its_own_form_with_what_it_saved(world: World) -> None:
    period = begun(world)
    own = submission_of(period, world, "U")
    answer = world.browser("oU").get(form_url(own))
    assert answer.status_code == 200
    assert "filename*=UTF-8''Bi%E1%BB%83u" in answer.headers["Content-Disposition"]
    book = opened(answer.data)
    keys = keys_of({str(row[0]): str(row[1]) for row in book[KEYS].iter_rows(values_only=True)})
    assert keys is not None
    assert (keys.period_key, keys.unit_key, keys.submission_key) == (
        period.public_id, world.units["U"].public_id, own.public_id,
    )
    assert 1286.5 in [cell for row in book[RESULTS].iter_rows(values_only=True) for cell in row]
    told = words(book)
    assert "Hạn gửi: 17:00 ngày 30/05/2026" in told
    assert "Khối thi đua B" in told
    assert SECRET not in told
    assert open_cells(book) > 0


def test_an_extension_stands_in_the_head(world: World) -> None:
    period = begun(world)
    with acting(None, NOON):
        db.session.add(Extension(
            period=period, unit=world.units["U"], until=LOCKS_AT.date().replace(day=5), reason="Bão", at=NOON,
            by=world.accounts["oL"],
        ))  # fmt: skip
    db.session.commit()
    assert "gia hạn đến: 17:00 ngày 05/06/2026" in words(
        opened(world.browser("oU").get(form_url(submission_of(period, world, "U"))).data)
    )


def test_nobody_takes_the_form_of_another_unit(world: World) -> None:
    period = begun(world)
    url = form_url(submission_of(period, world, "U"))
    assert world.browser("hU").get(url).status_code == 200
    assert world.browser("oL").get(url).status_code == 403
    assert world.browser("oV").get(url).status_code == 404
    sent = submission_of(period, world, "L")
    assert world.browser("oD").get(f"/submissions/{sent.public_id}").status_code == 200
    assert world.browser("oD").get(form_url(sent)).status_code == 403


def test_from_the_second_of_locking_the_form_is_to_read_only(app: Flask, world: World) -> None:
    period = begun(world)
    own = submission_of(period, world, "U")
    with time_machine.travel(LOCKS_AT, tick=False):
        browser = Browser(app, world.accounts["oU"], at=LOCKS_AT)
        assert open_cells(opened(browser.get(form_url(own)).data)) == 0


def test_the_recorded_lock_holds_when_the_clock_is_turned_back(world: World) -> None:
    period = begun(world)
    set_state(period, PeriodState.REVIEWING)
    assert open_cells(opened(world.browser("oU").get(form_url(submission_of(period, world, "U"))).data)) == 0


def test_a_sent_report_is_to_read_only(world: World) -> None:
    period = begun(world)
    assert open_cells(opened(world.browser("oL").get(form_url(submission_of(period, world, "L"))).data)) == 0


def test_the_secretariat_takes_all_forms_without_drafts(world: World) -> None:
    period = begun(world)
    answer = world.browser("oL").get(f"/periods/{period.public_id}/forms")
    assert answer.status_code == 200
    archive = ZipFile(BytesIO(answer.data))
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == len(period.submissions) == 6
    forms = {name: opened(archive.read(name)) for name in names}
    assert SECRET not in "".join(words(book) for book in forms.values())
    draft = forms["Biểu kết quả - Đơn vị V - 6 tháng đầu năm 2026.xlsx"]
    assert "987654" not in words(draft)
    assert open_cells(draft) > 0
    assert "không gồm những gì đơn vị đã ghi" in words(draft)
    sent = forms["Biểu kết quả - Đơn vị L - 6 tháng đầu năm 2026.xlsx"]
    assert "Đơn vị hoàn thành nhiệm vụ." in words(sent)


def test_a_blank_form_bears_the_versions_of_the_opening(world: World) -> None:
    period = begun(world)
    versions = {entry.version for entry in submission_of(period, world, "V").entries}
    assert versions == {2}
    archive = ZipFile(BytesIO(world.browser("oL").get(f"/periods/{period.public_id}/forms").data))
    book = opened(archive.read("Biểu kết quả - Đơn vị V - 6 tháng đầu năm 2026.xlsx"))
    keys = [row[len(COLUMNS[RESULTS]) - 1] for row in book[RESULTS].iter_rows(values_only=True)]
    assert [key.split("/")[1] for key in keys if key and "/" in key] == ["1"] * 3


@pytest.mark.parametrize(("persona", "status"), [("bd", 200), ("oD", 200), ("oU", 403), ("ad", 403), ("oX", 404)])
def test_all_forms_are_for_secretariat_and_board(world: World, persona: str, status: int) -> None:
    period = begun(world)
    assert world.browser(persona).get(f"/periods/{period.public_id}/forms").status_code == status


def test_a_form_asks_as_often_for_three_lines_as_for_thirty(world: World) -> None:
    browser = world.browser("oU")
    asked = []
    for year, count in ((2026, 3), (2025, 30)):
        leaves = [Leaf(f"Tiêu chí {place}") for place in range(count)]
        period = make_period(world, year=year, criteria_set=make_set(world.blocs["B"], year=year, leaves=leaves))
        with counted() as sent:
            assert browser.get(form_url(submission_of(period, world, "U"))).status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_the_pages_of_the_report_offer_the_form(world: World) -> None:
    own = submission_of(begun(world), world, "U")
    for page in ("", "/edit"):
        text = world.browser("oU").get(f"/submissions/{own.public_id}{page}").text
        assert f'href="{form_url(own)}"' in text
        assert f'href="/submissions/{own.public_id}/uploads' in text
    theirs = submission_of(own.period, world, "L")
    assert form_url(theirs) not in world.browser("oD").get(f"/submissions/{theirs.public_id}").text


def test_the_board_of_the_period_offers_all_forms_to_those_who_may_take_them(world: World) -> None:
    period = begun(world)
    url = f"/periods/{period.public_id}/forms"
    assert f'href="{url}"' in world.browser("oL").get(f"/periods/{period.public_id}/board").text
    set_state(period, PeriodState.PUBLISHED)
    answer = world.browser("oV").get(f"/periods/{period.public_id}/board")
    assert answer.status_code == 200
    assert url not in answer.text
