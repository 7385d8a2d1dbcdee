"""Movements and joint activities through the browser: lists with filters, forms, documents, Excel."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import select

from tests.counting import counted
from tests.services.test_attachment import paper
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.reporting import ActivityKind, MovementKind, MovementLevel
from tracker.models.attachment import Attachment
from tracker.models.pledge import Activity, ActivityUnit, Movement

pytestmark = pytest.mark.usefixtures("noon")
FORM = {"name": "Chung sức xây dựng nông thôn mới", "level": "bloc", "kind": "themed", "starts_on": "01/02/2026",
        "ends_on": "", "document": "Kế hoạch 12", "content": "Nội dung"}  # fmt: skip
HELP = {"title": "Giúp xã biên giới", "kind": "help", "held_on": "20/04/2026", "last_on": "", "place": "Xã A",
        "value": "50.000.000", "result": "Ba nhà"}  # fmt: skip


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def path(world: World, rest: str, bloc: str = "B") -> str:
    return f"/blocs/{world.blocs[bloc].public_id}{rest}"


def movement(world: World, name: str = "Thi đua", bloc: str | None = "B", **more) -> Movement:
    values = {"level": MovementLevel.BLOC, "kind": MovementKind.REGULAR, "starts_on": date(2026, 1, 1), **more}
    made = Movement(
        authority=world.authority, bloc=world.blocs[bloc] if bloc else None, name=name, name_fold=name.lower(), **values
    )
    keep(made)
    return made


def test_secretariat_launches_a_movement_of_the_bloc(world):
    answer = world.browser("oL").post(path(world, "/movements/new"), FORM)
    assert answer.status_code == 302
    made = db.session.scalars(select(Movement)).one()
    assert (made.bloc_id, made.kind, made.starts_on) == (world.blocs["B"].id, MovementKind.THEMED, date(2026, 2, 1))
    assert FORM["name"] in world.browser("oU").get(path(world, "/movements")).text
    assert FORM["name"] not in world.browser("oX").get(path(world, "/movements", "C")).text
    assert "Kế hoạch 12" in world.browser("oU").get(answer.headers["Location"]).text


def test_board_launches_one_for_all_blocs_and_alone_keeps_it(world):
    assert world.browser("oL").get("/movements/new").status_code == 403
    answer = world.browser("bd").post("/movements/new", {**FORM, "level": "province"})
    here = answer.headers["Location"]
    for persona, bloc in (("oU", "B"), ("oX", "C")):
        assert FORM["name"] in world.browser(persona).get(path(world, "/movements", bloc)).text
        assert world.browser(persona).get(here).status_code == 200
        assert world.browser(persona).get(f"{here}/edit").status_code == 403
    assert world.browser("bd").get(f"{here}/edit").status_code == 200
    assert world.browser("bq").get(here).status_code == 404


def test_filters_stay_in_the_address_and_in_the_workbook(world):
    movement(world, "Đợt cao điểm", ends_on=date(2026, 3, 31), kind=MovementKind.SHORT)
    movement(world, "Cả năm")
    browser = world.browser("oU")
    page = browser.get(path(world, "/movements?year=2026&kind=short&on=26/03/2026")).text
    assert "Đợt cao điểm" in page
    assert "Cả năm" not in page
    assert "kind=short" in page
    assert 'value="26/03/2026"' in page
    nothing = browser.get(path(world, "/movements?year=2026&kind=short&on=01/04/2026")).text
    assert "Không có phong trào nào khớp" in nothing
    answer = browser.get(path(world, "/movements/workbook?year=2026&kind=short"))
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.data)).active.iter_rows()]
    assert [row[0] for row in rows if row[2] == "Đợt ngắn, cao điểm"] == ["Đợt cao điểm"]


def test_way_back_keeps_the_filters_and_the_bloc(world):
    made = movement(world, "Chung", bloc=None, level=MovementLevel.PROVINCE)
    listed = world.browser("bd").get(path(world, "/movements?year=2026&level=province&q=chu")).text
    link = listed.split(f'href="/movements/{made.public_id}')[1].split('"')[0].replace("&amp;", "&")
    page = world.browser("bd").get(f"/movements/{made.public_id}{link}").text
    back = page.split('class="back" href="')[1].split('"')[0].replace("&amp;", "&")
    assert back.startswith(path(world, "/movements?"))
    assert all(part in back for part in ("year=2026", "level=province", "q=chu"))
    assert "Khối thi đua B" in page


def test_bloc_that_the_reader_may_not_see_is_no_way_back(world):
    made = movement(world, "Chung", bloc=None)
    other = world.blocs["C"].public_id
    page = world.browser("oU").get(f"/movements/{made.public_id}?bloc={other}").text
    assert f"/blocs/{other}" not in page
    assert "Khối thi đua C" not in page


def test_nonsense_in_the_address_is_no_filter(world):
    movement(world, "Cả năm")
    page = world.browser("oU").get(path(world, "/movements?year=abc&kind=x&level=1&on=31/02/2026"))
    assert page.status_code == 200
    assert "Cả năm" in page.text


def test_document_is_attached_and_keeps_the_movement_until_it_is_gone(world):
    made, browser = movement(world), world.browser("oL")
    here = f"/movements/{made.public_id}"
    form = {"file": (paper("Kế hoạch"), "ke-hoach.docx"), "no_secrets": "y"}
    assert browser.post(f"{here}/files/new", form).status_code == 302
    file = db.session.scalars(select(Attachment)).one()
    assert world.browser("oU").get(f"/attachments/{file.public_id}").status_code == 200
    refused = browser.post(f"{here}/remove")
    assert refused.status_code == 422
    assert "còn tệp đính kèm" in refused.text
    assert browser.post(f"{here}/files/{file.public_id}/remove").status_code == 302
    assert browser.post(f"{here}/remove").status_code == 302
    assert db.session.scalars(select(Movement)).all() == []


def test_activity_is_recorded_with_its_units_and_totals(world):
    units = [world.units[letter].public_id for letter in "UV"]
    answer = world.browser("oL").post(path(world, "/activities/new"), {**HELP, "units": units})
    assert answer.status_code == 302
    row = db.session.scalars(select(Activity)).one()
    assert (row.value, row.last_on, len(row.units)) == (Decimal(50_000_000), date(2026, 4, 20), 2)
    page = world.browser("oU").get(path(world, "/activities?year=2026")).text
    assert "Đơn vị U; Đơn vị V" in page
    assert "Giúp đỡ xã, hộ khó khăn (50.000.000 đồng)" in page
    assert "chưa có hoạt động chung nào" in world.browser("oU").get(path(world, "/activities?year=2025")).text


def test_two_editors_of_an_activity_see_both_texts_though_only_units_changed(world):
    units = [world.units[letter].public_id for letter in "UV"]
    world.browser("oL").post(path(world, "/activities/new"), {**HELP, "units": units})
    row = db.session.scalars(select(Activity)).one()
    opened = world.browser("oD").get(f"/activities/{row.public_id}/edit").text
    version = opened.split('name="version" value="')[1].split('"')[0]
    first = {**HELP, "version": version, "units": units[:1]}
    assert world.browser("oL").post(f"/activities/{row.public_id}/edit", first).status_code == 302
    late = world.browser("oD").post(f"/activities/{row.public_id}/edit", {**first, "title": "Khác"})
    assert late.status_code == 409
    assert "Khác" in late.text


def test_activity_is_removed_by_the_secretariat_only(world):
    world.browser("oL").post(path(world, "/activities/new"), HELP)
    row = db.session.scalars(select(Activity)).one()
    assert world.browser("oU").post(f"/activities/{row.public_id}/remove").status_code == 403
    assert world.browser("oL").post(f"/activities/{row.public_id}/remove").status_code == 302
    assert db.session.scalars(select(Activity)).all() == []


def test_activities_in_excel_say_units_and_value(world):
    units = [world.units["U"].public_id]
    world.browser("oL").post(path(world, "/activities/new"), {**HELP, "units": units})
    answer = world.browser("oU").get(path(world, "/activities/workbook?year=2026&kind=help"))
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.data)).active.iter_rows()]
    line = next(row for row in rows if row[2] == "Giúp xã biên giới")
    assert line[5:8] == [1, "Đơn vị U", 50_000_000]


def test_lists_cost_the_same_for_three_and_thirty_rows(world):
    def fill(first: int, last: int) -> None:
        rows = []
        for place in range(first, last):
            done = Activity(
                bloc=world.blocs["B"], kind=ActivityKind.SPORT, title=f"Hội thao {place}", held_on=date(2026, 3, 1),
                last_on=date(2026, 3, 1),
            )  # fmt: skip
            done.units = [ActivityUnit(activity=done, unit=world.units[letter]) for letter in "UVE"]
            rows.append(done)
            movement(world, f"Phong trào {place}")
        keep(*rows)

    def cost(rest: str) -> int:
        browser = world.browser("oL")
        browser.get(path(world, rest))
        with counted() as sent:
            assert browser.get(path(world, rest)).status_code == 200
        return len(sent)

    fill(0, 3)
    few = [cost("/movements"), cost("/activities"), cost("/activities?q=hoi")]
    fill(3, 30)
    assert [cost("/movements"), cost("/activities"), cost("/activities?q=hoi")] == few
