"""The table of what is not assigned: who sees it, who decides for whom, what is kept."""

from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from tests.reporting import make_set
from tests.world import NOON, World
from tracker.models.criteria import CriteriaSet
from tracker.queries import criteria as queries


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def url(kept: CriteriaSet) -> str:
    return f"/criteria/{kept.public_id}/assign"


def value(world: World, kept: CriteriaSet, place: int, letter: str) -> str:
    return f"{queries.rows_of(kept)[place].public_id}.{world.units[letter].public_id}"


def version(kept: CriteriaSet) -> str:
    return str(queries.exemption_version(queries.exemptions(kept)))


def test_the_leader_marks_members_and_the_deputy_the_leader(world: World):
    kept = make_set(world.blocs["B"], frozen=True)
    page = world.browser("oL").get(url(kept)).text
    assert value(world, kept, 1, "U") in page
    assert value(world, kept, 1, "L") not in page
    form = {"off": [value(world, kept, 1, "U")], "reason": "Không quản lý đầu tư công", "version": version(kept)}
    assert world.browser("oL").post(url(kept), form).status_code == 302
    deputy = world.browser("oD")
    page = deputy.get(url(kept)).text
    assert value(world, kept, 1, "L") in page
    assert value(world, kept, 1, "U") not in page
    form = {"off": [value(world, kept, 2, "L")], "reason": "Chung", "version": version(kept)}
    assert deputy.post(url(kept), form).status_code == 302
    assert [(row.criterion.number, row.unit_id) for row in queries.exemptions(kept)] == [
        ("1", world.units["U"].id), ("2", world.units["L"].id),
    ]  # fmt: skip


def test_a_member_reads_the_table_with_its_reasons_and_marks_nothing(world: World):
    kept = make_set(world.blocs["B"], frozen=True)
    form = {"off": [value(world, kept, 1, "U")], "reason": "Không quản lý đầu tư công", "version": version(kept)}
    world.browser("oL").post(url(kept), form)
    page = world.browser("oU").get(url(kept)).text
    assert "Không quản lý đầu tư công" in page
    assert 'type="checkbox"' not in page
    own = {"off": [value(world, kept, 2, "U")], "reason": "Tự xét", "version": version(kept)}
    assert world.browser("oU").post(url(kept), own).status_code == 403
    assert "Không được giao: Đơn vị U" in world.browser("oU").get(f"/criteria/{kept.public_id}").text


def test_a_change_without_a_reason_comes_back_with_its_ticks(world: World):
    kept = make_set(world.blocs["B"])
    form = {"off": [value(world, kept, 1, "U")], "reason": "", "version": version(kept)}
    answer = world.browser("oL").post(url(kept), form)
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.text
    assert f'value="{value(world, kept, 1, "U")}" checked' in answer.text
    assert queries.exemptions(kept) == []


def test_the_filter_by_unit_touches_only_that_unit(world: World):
    kept = make_set(world.blocs["B"])
    form = {"off": [value(world, kept, 1, "U"), value(world, kept, 1, "V")], "reason": "x", "version": version(kept)}
    browser = world.browser("oL")
    assert browser.post(url(kept), form).status_code == 302
    only = f"{url(kept)}?unit={world.units['V'].public_id}"
    page = browser.get(only).text
    assert value(world, kept, 1, "V") in page
    assert value(world, kept, 1, "U") not in page
    assert browser.post(only, {"reason": "Giao lại", "version": version(kept)}).status_code == 302
    assert [row.unit_id for row in queries.exemptions(kept)] == [world.units["U"].id]


def test_a_unit_of_another_bloc_is_no_choice(world: World):
    kept = make_set(world.blocs["B"])
    form = {"off": [value(world, kept, 1, "X")], "reason": "x", "version": version(kept)}
    assert world.browser("oL").post(url(kept), form).status_code == 422
    assert queries.exemptions(kept) == []


def test_a_stale_table_is_a_conflict(world: World):
    kept = make_set(world.blocs["B"])
    seen = version(kept)
    first = {"off": [value(world, kept, 1, "U")], "reason": "x", "version": seen}
    assert world.browser("oL").post(url(kept), first).status_code == 302
    late = {"off": [value(world, kept, 2, "U")], "reason": "y", "version": seen}
    assert world.browser("bd").post(url(kept), late).status_code == 409
    assert len(queries.exemptions(kept)) == 1


def test_the_workbook_says_kg_where_a_criterion_is_not_assigned(world: World):
    kept = make_set(world.blocs["B"])
    form = {"off": [value(world, kept, 1, "U")], "reason": "x", "version": version(kept)}
    world.browser("oL").post(url(kept), form)
    answer = world.browser("oL").get(f"{url(kept)}/workbook")
    sheet = load_workbook(BytesIO(answer.data)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "I › 1"]
    assert rows == [("I › 1", "Văn bản tham mưu đúng hạn", "KG", None, None, None, None, None)]
