"""A period's progress against the pledge through the browser: numbers, who may see them, Excel, cost of the pages."""

from decimal import Decimal

import pytest
import time_machine

from tests.counting import counted
from tests.reporting import make_period, make_pledge, make_sent, set_state, submission_of
from tests.views.test_pledge import ROWS, path, sheet_of
from tests.world import BEGINNING, NOON, World, keep, make_unit
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.models.bloc import Membership
from tracker.models.pledge import Pledge, PledgeRow
from tracker.services.recording import acting

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def pledge(world: World) -> Pledge:
    return make_pledge(world.blocs["B"], rows=ROWS)


def in_progress(world: World, *letters: str):
    period = make_period(world)
    for letter in letters:
        submission = submission_of(period, world, letter)
        make_sent(submission, world.accounts[f"o{letter}"])
        with acting(None, NOON):
            submission.entries[0].actual = Decimal(5)
            submission.entries[1].actual = Decimal("47.5")
    db.session.commit()
    return period


def test_progress_says_how_many_passed_and_which_are_blank(world, pledge):
    period = in_progress(world, "U")
    page = world.browser("oL").get(f"/periods/{period.public_id}/pledge-progress").text
    assert "1/6 đơn vị đạt từ 50% kế hoạch năm" in page
    assert "5 đơn vị chưa có số liệu để tính" in page
    assert page.count("chưa gửi báo cáo") == 5
    assert "<svg" in page
    assert "2/2 đạt</text>" in page


def test_progress_is_the_secretariats_until_published(world, pledge):
    period = in_progress(world, "U")
    here = f"/periods/{period.public_id}/pledge-progress"
    expected = {"oU": 403, "oL": 200, "oD": 200, "bd": 200, "oX": 404}
    assert {who: world.browser(who).get(here).status_code for who in expected} == expected
    set_state(period, PeriodState.PUBLISHED)
    assert world.browser("oU").get(here).status_code == 200


def test_progress_on_screen_and_in_excel_is_the_same(world, pledge):
    period = in_progress(world, "U", "V")
    rows = sheet_of(world.browser("oL").get(f"/periods/{period.public_id}/pledge-progress/workbook"))
    head = next(row for row in rows if row[0] == "STT")
    assert head[5] == "Thực hiện 6 tháng đầu năm"
    mine = [row for row in rows if row[1] == "Đơn vị U"]
    assert [row[2:7] for row in mine] == [
        ["Nhà đại đoàn kết", "nhà", 10, 5, 0.5],
        ["Hồ sơ đúng hạn", "%", 95, 47.5, 0.5],
        ["Tuyên truyền", None, None, None, None],
    ]
    whole = [row for row in rows if row[1] == "Cả khối"]
    assert [row[4:8] for row in whole] == [
        [20, 10, 0.5, "2/2 đơn vị đạt mốc"], [None, None, None, "2/2 đơn vị đạt mốc"], [None, None, None, None],
    ]
    notes = [row[0] for row in rows if isinstance(row[0], str) and row[0].startswith("Ghi chú")]
    assert "02/06 đơn vị đạt từ 50% kế hoạch năm" in notes[0]


def test_progress_of_a_planned_period_says_it_is_not_open(world, pledge):
    period = make_period(world, state=PeriodState.PLANNED)
    assert "Kỳ báo cáo chưa mở" in world.browser("oL").get(f"/periods/{period.public_id}/pledge-progress").text


def cost(world: World, url: str) -> int:
    browser = world.browser("oL")
    browser.get(url)
    with counted() as sent:
        assert browser.get(url).status_code == 200
    return len(sent)


def test_pages_cost_the_same_for_three_and_thirty_rows(world):
    made = make_pledge(world.blocs["B"], rows=[(f"Dòng {place}", "nhà", 10) for place in range(3)])
    period = in_progress(world, "U")
    progress = f"/periods/{period.public_id}/pledge-progress"
    few = [cost(world, path(world, "/pledge")), cost(world, progress)]
    for place in range(27):
        unit = make_unit(world.authority, f"Đơn vị thêm {place}")
        keep(
            PledgeRow(pledge=made, position=10 + place, content=f"Thêm {place}"), unit,
            Membership(bloc=world.blocs["B"], unit=unit, position=10 + place, starts_on=BEGINNING),
        )
    assert [cost(world, path(world, "/pledge")), cost(world, progress)] == few
