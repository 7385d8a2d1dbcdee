"""Registration of titles and its dated rule through the browser."""

import io

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import select

from tests.counting import counted
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.submissions import AwardObject
from tracker.models.pledge import Registration, RegistrationRule

pytestmark = pytest.mark.usefixtures("noon")
FLAG = {"object": "collective", "title": "Cờ thi đua của UBND tỉnh", "count": "1", "note": ""}
RULE = {"required": "required", "basis": "Luật cũ", "starts_on": "01/01/2004", "ends_on": ""}


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def path(world: World, rest: str) -> str:
    return f"/blocs/{world.blocs['B'].public_id}{rest}"


def kept(world: World, letter: str = "U") -> list[Registration]:
    db.session.expire_all()
    return list(db.session.scalars(select(Registration).where(Registration.unit_id == world.units[letter].id)))


def test_unit_registers_changes_and_withdraws_a_title(world):
    browser = world.browser("oU")
    assert browser.post(path(world, "/registrations/new?year=2026"), FLAG).status_code == 302
    row = kept(world)[0]
    assert (row.year, row.object, row.title, row.count) == (2026, AwardObject.COLLECTIVE, FLAG["title"], 1)
    edit = {**FLAG, "version": row.version, "count": ""}
    assert browser.post(f"/registrations/{row.public_id}/edit", edit).status_code == 302
    assert kept(world)[0].count is None
    assert browser.post(f"/registrations/{row.public_id}/edit", {**edit, "count": "4"}).status_code == 409
    assert browser.post(f"/registrations/{row.public_id}/remove").status_code == 302
    assert kept(world) == []


def test_nobody_else_changes_it(world):
    world.browser("oU").post(path(world, "/registrations/new?year=2026"), FLAG)
    row = kept(world)[0]
    expected = {"hU": 200, "oV": 403, "oL": 403, "oD": 403, "bd": 403, "ad": 403, "oX": 404, "an": 302}
    found = {who: world.browser(who).get(f"/registrations/{row.public_id}/edit").status_code for who in expected}
    assert found == expected


def test_missing_units_are_named_only_while_it_is_required(world):
    world.browser("oU").post(path(world, "/registrations/new?year=2026"), FLAG)
    assert "đơn vị chưa đăng ký:" not in world.browser("oV").get(path(world, "/registrations")).text
    assert world.browser("oL").post(path(world, "/registration-rules/new"), RULE).status_code == 302
    page = world.browser("oV").get(path(world, "/registrations")).text
    assert "5 đơn vị chưa đăng ký: Đơn vị V; Đơn vị L; Đơn vị D; Đơn vị E; Đơn vị N." in page
    rule = db.session.scalars(select(RegistrationRule)).one()
    ended = {**RULE, "version": rule.version, "ends_on": "01/01/2024"}
    answer = world.browser("bd").post(path(world, f"/registration-rules/{rule.public_id}/edit"), ended)
    assert answer.status_code == 302
    assert "đơn vị chưa đăng ký:" not in world.browser("oV").get(path(world, "/registrations?year=2026")).text
    assert "5 đơn vị chưa đăng ký" not in world.browser("oV").get(path(world, "/registrations?year=2024")).text
    assert "6 đơn vị chưa đăng ký" not in world.browser("oV").get(path(world, "/registrations?year=2025")).text


def test_rules_that_share_a_day_are_refused_on_the_form(world):
    browser = world.browser("oL")
    assert browser.post(path(world, "/registration-rules/new"), RULE).status_code == 302
    answer = browser.post(path(world, "/registration-rules/new"), {**RULE, "starts_on": "01/01/2020"})
    assert answer.status_code == 422
    assert "Đã có quy định từ 01/01/2004" in answer.text
    rule = db.session.scalars(select(RegistrationRule)).one()
    assert browser.post(path(world, f"/registration-rules/{rule.public_id}/remove")).status_code == 302
    assert "Chưa có quy định nào" in browser.get(path(world, "/registration-rules")).text


def test_rule_of_another_bloc_is_not_reached_through_this_one(world):
    assert world.browser("oM").post(
        f"/blocs/{world.blocs['C'].public_id}/registration-rules/new", RULE
    ).status_code == 302  # fmt: skip
    rule = db.session.scalars(select(RegistrationRule)).one()
    assert world.browser("oL").get(path(world, f"/registration-rules/{rule.public_id}/edit")).status_code == 404


def test_workbook_lists_every_title_with_numbers_as_numbers(world):
    world.browser("oU").post(path(world, "/registrations/new?year=2026"), FLAG)
    answer = world.browser("oV").get(path(world, "/registrations/workbook?year=2026"))
    page = load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert ["Đơn vị U", "Tập thể", "Cờ thi đua của UBND tỉnh", 1, None] in rows


def test_list_costs_the_same_for_three_and_thirty_titles(world):
    def fill(first: int, last: int) -> None:
        keep(
            *(
                Registration(
                    bloc=world.blocs["B"], unit=world.units["UVE"[place % 3]], year=2026, title=f"Danh hiệu {place}",
                    object=AwardObject.PERSON, count=place + 1,
                )
                for place in range(first, last)
            )
        )  # fmt: skip

    def cost() -> int:
        browser = world.browser("oU")
        browser.get(path(world, "/registrations"))
        with counted() as sent:
            assert browser.get(path(world, "/registrations")).status_code == 200
        return len(sent)

    fill(0, 3)
    few = cost()
    fill(3, 30)
    assert cost() == few
