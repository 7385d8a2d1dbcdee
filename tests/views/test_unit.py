"""The board's units: found under any spelling, renamed from a day, closed into a successor."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from tests.world import NOON, World
from tracker.db import db
from tracker.domain.blocs import Force
from tracker.models.unit import Unit, UnitName

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("persona", "expected"), [("bd", 200), ("bq", 200), ("oU", 403), ("hL", 403), ("ad", 403), ("an", 302)]
)
def test_the_list_of_units_is_the_boards(world: World, persona, expected):
    assert world.browser(persona).get("/units").status_code == expected


@pytest.mark.parametrize(("persona", "expected"), [("bd", 200), ("oU", 200), ("ad", 200), ("oV", 404), ("bq", 404)])
def test_a_unit_page_is_for_its_own_people_and_its_authority(world: World, persona, expected):
    assert world.browser(persona).get(f"/units/{world.units['U'].public_id}").status_code == expected


@pytest.mark.parametrize("rest", ["/edit", "/rename", "/name", "/close", "/spellings"])
def test_only_the_board_keeps_units(world: World, rest):
    url = f"/units/{world.units['U'].public_id}{rest}"
    assert world.browser("bd").get(url).status_code == 200
    assert (world.browser("oU").get(url).status_code, world.browser("bq").get(url).status_code) == (403, 404)


def test_a_new_unit_is_found_without_accents_by_old_name_and_other_spelling(world: World):
    board = world.browser("bd")
    form = {"name": "Sở Nội vụ", "short_name": "SNV", "force": "civil", "home": "own", "since": "1/1/2024"}
    assert board.post("/units/new", form).status_code == 302
    unit = db.session.scalars(select(Unit).join(UnitName).where(UnitName.name == "Sở Nội vụ")).one()
    here = f"/units/{unit.public_id}"
    board.post(f"{here}/rename", {"name": "Sở Nội vụ và Lao động", "on": "1/3/2025"})
    board.post(f"{here}/spellings", {"name": "Ty Tổ chức chính quyền"})
    for asked in ("so noi vu", "SO NOI VU VA LAO DONG", "ty to chuc", "snv"):
        page = board.get("/units", query_string={"q": asked}).text
        assert f'href="{here}"' in page, asked
    assert f'href="{here}"' not in board.get("/units?q=khong co don vi nay").text
    assert [(name.name, name.ends_on) for name in unit.names] == [
        ("Sở Nội vụ", date(2025, 3, 1)),
        ("Sở Nội vụ và Lao động", None),
    ]


def test_a_spelling_is_taken_away_by_post_only(world: World):
    board, unit = world.browser("bd"), world.units["U"]
    board.post(f"/units/{unit.public_id}/spellings", {"name": "Don vi thu nhat"})
    (spelling,) = unit.spellings
    url = f"/units/{unit.public_id}/spellings/{spelling.public_id}/remove"
    assert board.get(url).status_code == 405
    assert board.post(url).status_code == 302
    assert unit.spellings == []


def test_a_name_typed_wrongly_is_mended_where_it_stood(world: World):
    board, unit = world.browser("bd"), world.units["U"]
    form = {"name": "Đơn vị Ư", "short_name": "ĐV Ư", "version": unit.names[0].version}
    assert board.post(f"/units/{unit.public_id}/name", form).status_code == 302
    assert [(name.name, name.name_fold) for name in unit.names] == [("Đơn vị Ư", "don vi u")]
    assert board.post(f"/units/{unit.public_id}/name", {**form, "name": "Khác"}).status_code == 409


def test_the_force_is_set_and_a_stale_form_refused(world: World):
    board, unit = world.browser("bd"), world.units["U"]
    assert board.post(f"/units/{unit.public_id}/edit", {"force": "police", "version": "1"}).status_code == 302
    assert unit.force is Force.POLICE
    assert board.post(f"/units/{unit.public_id}/edit", {"force": "army", "version": "1"}).status_code == 409


def test_a_unit_is_closed_into_its_successor(world: World):
    board, unit = world.browser("bd"), world.units["U"]
    url = f"/units/{unit.public_id}/close"
    form = {"on": "1/6/2026", "successor": world.units["V"].public_id}
    assert board.post(url, {**form, "reason": ""}).status_code == 422
    assert board.post(url, {**form, "reason": "sáp nhập"}).status_code == 302
    assert (unit.closed_on, unit.successor) == (date(2026, 6, 1), world.units["V"])
    page = board.get(f"/units/{world.units['V'].public_id}").text
    assert "Kế thừa của" in page


def test_the_board_says_whether_a_head_looks_reports_through(world):
    unit, board = world.units["U"], world.browser("bd")
    path = f"/units/{unit.public_id}/edit"
    assert "Lãnh đạo đơn vị duyệt trước khi gửi báo cáo" in board.get(path).text
    assert board.post(path, {"force": "civil", "head_signs": "y", "version": "1"}).status_code == 302
    assert unit.head_signs is True
    assert "lãnh đạo đơn vị duyệt rồi mới gửi" in board.get(f"/units/{unit.public_id}").text
    assert board.post(path, {"force": "civil", "version": str(unit.version)}).status_code == 302
    assert unit.head_signs is False
