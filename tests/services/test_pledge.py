"""The bloc's pledge: rows written, moved, removed, copied; who need not do one; nothing that is used goes away."""

from datetime import date
from decimal import Decimal

import pytest

from tests.reporting import Leaf, make_period, make_pledge, make_set
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria import Direction
from tracker.errors import Conflict, NotAllowed, ReasonMissing, RuleBroken
from tracker.models.pledge import Pledge, PledgeRow, UnitTarget
from tracker.queries import pledge as pledges
from tracker.services import pledge as service
from tracker.services.pledge import RowGiven

HOMES = RowGiven("Xây nhà đại đoàn kết", "nhà", Decimal(10))
LATE = RowGiven("Hồ sơ quá hạn", "hồ sơ", Decimal(5), Direction.LESS)


def made(world: World, year: int = 2026, *rows: RowGiven) -> Pledge:
    pledge = service.make(world.blocs["B"], year=year, by=world.accounts["oL"], at=NOON)
    service.add_rows(pledge, rows, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    return pledge


def by(world: World, who: str = "oL") -> dict:
    return {"by": world.accounts[who], "at": NOON}


def contents(pledge: Pledge) -> list[str]:
    db.session.refresh(pledge, ["rows"])
    return [row.content for row in pledge.rows]


def test_bloc_has_one_pledge_a_year(world):
    made(world)
    with pytest.raises(RuleBroken, match="đã có giao ước năm 2026"):
        service.make(world.blocs["B"], year=2026, **by(world))
    assert service.make(world.blocs["B"], year=2027, **by(world)).year == 2027


@pytest.mark.parametrize(("day", "taken"), [
    (date(2025, 12, 30), True), (date(2026, 2, 3), True), (date(2025, 9, 30), False), (date(2027, 1, 1), False),
])  # fmt: skip
def test_day_of_signing_lies_in_the_year_or_just_before(world, day, taken):
    if taken:
        assert service.make(world.blocs["B"], year=2026, signed_on=day, **by(world)).signed_on == day
    else:
        with pytest.raises(RuleBroken) as broken:
            service.make(world.blocs["B"], year=2026, signed_on=day, **by(world))
        assert broken.value.field == "signed_on"


def test_second_editor_of_the_pledge_learns_of_the_first(world):
    pledge = made(world)
    seen = pledge.version
    service.change(pledge, signed_on=date(2026, 2, 3), conference=None, preamble="Chung", seen=seen, **by(world))
    with pytest.raises(Conflict):
        service.change(pledge, signed_on=None, conference=None, preamble="Khác", seen=seen, **by(world))
    assert pledge.preamble == "Chung"


def test_rows_stand_in_the_order_of_writing_and_a_second_click_adds_none(world):
    pledge = made(world, 2026, HOMES, LATE)
    service.add_rows(pledge, [HOMES, LATE], **by(world))
    assert contents(pledge) == ["Xây nhà đại đoàn kết", "Hồ sơ quá hạn"]
    assert (pledge.rows[1].direction, pledge.rows[0].year_plan) == (Direction.LESS, 10)


def test_same_content_twice_is_refused_and_nothing_is_added(world):
    pledge = made(world, 2026, HOMES)
    with pytest.raises(RuleBroken, match="đã có chỉ tiêu"):
        service.add_rows(pledge, [LATE, RowGiven("xay  nha dai doan ket")], **by(world))
    db.session.rollback()
    assert contents(pledge) == ["Xây nhà đại đoàn kết"]


def test_blank_plan_stays_blank_and_a_negative_one_is_refused(world):
    pledge = made(world, 2026, RowGiven("Tuyên truyền", None, None))
    assert pledge.rows[0].year_plan is None
    with pytest.raises(RuleBroken) as broken:
        service.add_rows(pledge, [RowGiven("Sai", "cái", Decimal(-1))], **by(world))
    assert broken.value.field == "year_plan"


def test_row_moves_one_place_and_says_whether_it_can_go_on(world):
    pledge = made(world, 2026, HOMES, LATE, RowGiven("Ba"))
    assert service.move_row(pledge.rows[2], "up", **by(world)) is True
    assert contents(pledge) == ["Xây nhà đại đoàn kết", "Ba", "Hồ sơ quá hạn"]
    assert service.move_row(pledge.rows[1], "up", **by(world)) is False
    assert contents(pledge)[0] == "Ba"


def test_row_of_an_opened_period_stays_and_keeps_its_measure(world):
    pledge = make_pledge(world.blocs["B"])
    make_period(world)
    row = pledge.rows[0]
    with pytest.raises(RuleBroken, match="không xóa được"):
        service.remove_row(row, **by(world))
    given = RowGiven(row.content, "căn", row.year_plan, row.direction)
    with pytest.raises(RuleBroken) as broken:
        service.change_row(row, given, seen=row.version, **by(world))
    assert broken.value.field == "unit_of_measure"
    service.change_row(row, RowGiven("Tên khác", "dự án", Decimal(6)), seen=row.version, **by(world))
    assert (row.content, row.year_plan) == ("Tên khác", 6)


def test_row_that_a_criterion_measures_stays_and_the_sentence_names_it(world):
    pledge = make_pledge(world.blocs["B"])
    make_set(world.blocs["B"], leaves=[Leaf("Nhà ở", pledge_lineage=pledge.rows[0].lineage)])
    with pytest.raises(RuleBroken, match="Tiêu chí 1 đo theo chỉ tiêu này"):
        service.remove_row(pledge.rows[0], **by(world))


def test_unused_row_goes_with_its_targets(world):
    pledge = made(world, 2026, HOMES, LATE)
    db.session.add(UnitTarget(row=pledge.rows[0], unit=world.units["U"], target=Decimal(3)))
    service.remove_row(pledge.rows[0], **by(world))
    db.session.commit()
    assert contents(pledge) == ["Hồ sơ quá hạn"]
    assert db.session.query(UnitTarget).count() == 0


def test_copy_keeps_lineage_and_order_and_leaves_targets_behind(world):
    old = made(world, 2025, HOMES, LATE)
    db.session.add(UnitTarget(row=old.rows[0], unit=world.units["U"], target=Decimal(3)))
    new = service.copy(world.blocs["B"], from_year=2025, to_year=2026, **by(world))
    db.session.commit()
    assert new is not None
    assert [row.lineage for row in new.rows] == [row.lineage for row in old.rows]
    assert [row.targets for row in new.rows] == [[], []]
    again = service.copy(world.blocs["B"], from_year=2025, to_year=2026, **by(world))
    db.session.commit()
    assert again is new
    assert contents(new) == ["Xây nhà đại đoàn kết", "Hồ sơ quá hạn"]


def test_copy_of_a_year_without_a_pledge_is_none(world):
    assert service.copy(world.blocs["B"], from_year=2020, to_year=2026, **by(world)) is None
    assert db.session.query(Pledge).count() == 0


def unassign(world: World, row: PledgeRow, letters: str, who: str = "oL", reason: str = "Không có nhiệm vụ này"):
    return service.set_unassigned(
        row, [world.units[letter] for letter in letters], among=[world.units[letter] for letter in "UVLDEN"],
        reason=reason, seen=pledges.unassigned_version(row), **by(world, who),
    )  # fmt: skip


def test_row_is_not_assigned_to_a_unit_and_given_back(world):
    row = made(world, 2026, HOMES).rows[0]
    assert unassign(world, row, "U") == [world.units["U"]]
    db.session.commit()
    assert pledges.planned(row, world.units["U"].id).assigned is False
    assert pledges.planned(row, world.units["V"].id) == pledges.Planned(Decimal(10), own=False, assigned=True)
    assert unassign(world, row, "") == [world.units["U"]]
    assert pledges.planned(row, world.units["U"].id).assigned is True


def test_leader_does_not_free_itself_and_the_deputy_frees_only_the_leader(world):
    row = made(world, 2026, HOMES).rows[0]
    with pytest.raises(NotAllowed):
        unassign(world, row, "L", "oL")
    db.session.rollback()
    with pytest.raises(NotAllowed):
        unassign(world, row, "U", "oD")
    db.session.rollback()
    assert unassign(world, row, "L", "oD") == [world.units["L"]]


def test_not_assigning_needs_a_reason_and_the_list_that_was_read(world):
    row = made(world, 2026, HOMES).rows[0]
    with pytest.raises(ReasonMissing):
        unassign(world, row, "U", reason=" ")
    stale = pledges.unassigned_version(row)
    unassign(world, row, "U")
    with pytest.raises(Conflict):
        service.set_unassigned(
            row, [], among=list(world.units.values()), reason="x", seen=stale, **by(world)
        )  # fmt: skip
