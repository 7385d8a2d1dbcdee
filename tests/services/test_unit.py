"""Units keep every name they bore, and hand their facts over when they close."""

from datetime import date

import pytest

from tests.world import NOON, World
from tracker.db import db
from tracker.domain.blocs import Force
from tracker.errors import Conflict, ReasonMissing, RuleBroken
from tracker.services import unit as service


@pytest.fixture
def by(world: World) -> dict[str, object]:
    return {"by": world.accounts["bd"], "at": NOON}


def test_a_renamed_unit_bears_each_name_in_its_time(world: World, by):
    unit = world.units["U"]
    service.rename(unit, name="Sở  Mới", short_name=None, on=date(2025, 3, 1), **by)
    db.session.commit()
    assert unit.named_on(date(2025, 2, 28)).name == "Đơn vị U"
    assert unit.named_on(date(2025, 3, 1)).name == "Sở Mới"
    assert unit.names[0].ends_on == date(2025, 3, 1)
    assert unit.named_on(date(2020, 1, 1)).name == "Đơn vị U"


@pytest.mark.parametrize("on", [date(2024, 1, 1), date(2023, 1, 1)])
def test_a_new_name_begins_after_the_present_one(world: World, by, on):
    with pytest.raises(RuleBroken) as refused:
        service.rename(world.units["U"], name="Sở Mới", short_name=None, on=on, **by)
    assert refused.value.field == "on"
    assert "Tên “Đơn vị U” đã dùng từ 01/01/2024" in refused.value.sentence


def test_two_living_units_of_one_authority_never_share_a_name(world: World, by):
    given = {"force": Force.CIVIL, "name": "ĐƠN VỊ  U", "short_name": None, "since": date(2026, 1, 1)}
    with pytest.raises(RuleBroken) as refused:
        service.create(world.authority, **given, **by)
    assert refused.value.sentence.startswith("Đã có đơn vị tên “Đơn vị U”")
    assert service.create(world.other_authority, **given, **by).names[0].name == "ĐƠN VỊ U"


def test_a_closed_unit_ends_its_memberships_and_terms_that_day(world: World, by):
    unit = world.units["L"]
    service.close(unit, on=date(2026, 6, 1), successor=world.units["V"], reason="sáp nhập", **by)
    db.session.commit()
    bloc = world.blocs["B"]
    assert [row.ends_on for row in bloc.memberships if row.unit is unit] == [date(2026, 6, 1)]
    assert [row.ends_on for row in bloc.terms if row.unit is unit] == [date(2026, 1, 15), date(2026, 6, 1)]
    assert unit.successor is world.units["V"]


def test_closing_needs_a_reason_and_another_living_successor(world: World, by):
    u, v = world.units["U"], world.units["V"]
    with pytest.raises(ReasonMissing):
        service.close(u, on=date(2026, 6, 1), successor=v, reason=" ", **by)
    with pytest.raises(RuleBroken, match="phải là một đơn vị khác"):
        service.close(u, on=date(2026, 6, 1), successor=u, reason="sáp nhập", **by)
    service.close(v, on=date(2026, 5, 1), reason="giải thể", **by)
    with pytest.raises(RuleBroken, match="Đơn vị V đã thôi hoạt động từ 01/05/2026"):
        service.close(u, on=date(2026, 6, 1), successor=v, reason="sáp nhập", **by)


def test_what_begins_later_is_settled_before_closing(world: World, by):
    with pytest.raises(RuleBroken) as refused:
        service.close(world.units["N"], on=date(2026, 6, 1), reason="sáp nhập", **by)
    assert "Khối trưởng của Khối thi đua B từ 15/01/2027" in refused.value.sentence


def test_a_stale_change_is_a_conflict(world: World, by):
    unit = world.units["U"]
    service.change(unit, force=Force.ARMY, seen=1, **by)
    with pytest.raises(Conflict):
        service.change(unit, force=Force.POLICE, seen=1, **by)
    assert unit.force is Force.ARMY


def test_a_spelling_is_kept_once(world: World, by):
    unit = world.units["U"]
    service.add_spelling(unit, name="Đv thứ nhất", **by)
    db.session.commit()
    for again in ("ĐV THỨ NHẤT", "don vi u"):
        with pytest.raises(RuleBroken, match="Đã tìm được"):
            service.add_spelling(unit, name=again, **by)
    assert [(held.name, held.name_fold) for held in unit.spellings] == [("Đv thứ nhất", "dv thu nhat")]
