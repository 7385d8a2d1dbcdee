"""Not assigned: by the bloc or the board, with a reason, never by the unit itself; a running period follows."""

import pytest
from sqlalchemy import select

from tests.reporting import make_period, make_set, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.errors import Conflict, NotAllowed, ReasonMissing, RuleBroken
from tracker.models.criteria import CriteriaSet, Exemption
from tracker.models.notice import Notice
from tracker.queries import criteria as queries
from tracker.services import exemption


def take_off(world: World, made: CriteriaSet, persona: str, letter: str, *places: int, reason: str = "Không có") -> int:
    unit = world.units[letter]
    rows = queries.rows_of(made)
    count = exemption.set_exemptions(
        made, [unit], [(rows[place], unit) for place in places], reason=reason,
        seen=queries.exemption_version(queries.exemptions(made)), by=world.accounts[persona], at=NOON,
    )  # fmt: skip
    db.session.commit()
    return count


def exempt(made: CriteriaSet) -> list[tuple[str, str]]:
    return [(row.criterion.number, row.unit.names[0].name) for row in queries.exemptions(made)]


def test_the_leader_takes_a_criterion_off_a_unit_and_gives_it_back(world: World):
    made = make_set(world.blocs["B"])
    assert take_off(world, made, "oL", "U", 1, 2) == 2
    assert exempt(made) == [("1", "Đơn vị U"), ("2", "Đơn vị U")]
    assert take_off(world, made, "oL", "U", 2) == 1
    assert exempt(made) == [("2", "Đơn vị U")]
    assert take_off(world, made, "oL", "U", 2, reason="") == 0


@pytest.mark.parametrize(
    ("persona", "letter", "allowed"),
    [("oL", "U", True), ("oL", "L", False), ("oD", "L", True), ("oD", "U", False), ("bd", "U", True),
     ("bd", "L", True), ("oU", "U", False), ("oD", "D", False)],
)  # fmt: skip
def test_who_may_take_off_what(world: World, persona: str, letter: str, allowed: bool):
    made = make_set(world.blocs["B"])
    if allowed:
        assert take_off(world, made, persona, letter, 1) == 1
    else:
        with pytest.raises(NotAllowed):
            take_off(world, made, persona, letter, 1)
        db.session.rollback()
        assert exempt(made) == []


def test_a_reason_is_kept_and_a_missing_one_refused(world: World):
    made = make_set(world.blocs["B"])
    with pytest.raises(ReasonMissing):
        take_off(world, made, "oL", "U", 1, reason=" ")
    take_off(world, made, "oL", "U", 1, reason="Không có vốn đầu tư công")
    row = db.session.scalars(select(Exemption)).one()
    assert (row.reason, row.by_id, row.at) == ("Không có vốn đầu tư công", world.accounts["oL"].id, NOON)


def test_groups_and_other_units_cannot_be_marked(world: World):
    made = make_set(world.blocs["B"])
    with pytest.raises(RuleBroken):
        take_off(world, made, "oL", "U", 0)


def test_two_people_at_once_do_not_overwrite_each_other(world: World):
    made = make_set(world.blocs["B"])
    seen = queries.exemption_version(queries.exemptions(made))
    take_off(world, made, "bd", "V", 1)
    unit, row = world.units["U"], queries.rows_of(made)[1]
    with pytest.raises(Conflict):
        exemption.set_exemptions(made, [unit], [(row, unit)], reason="x", seen=seen, by=world.accounts["oL"], at=NOON)


def test_a_running_period_follows_at_once_and_the_unit_is_told(world: World):
    made = make_set(world.blocs["B"])
    period = make_period(world, criteria_set=made)
    theirs = submission_of(period, world, "U")
    take_off(world, made, "oL", "U", 1)
    assert [entry.assigned for entry in theirs.entries] == [False, True, True]
    assert exempt(made) == [("1", "Đơn vị U")]
    told = {(notice.account_id, notice.kind.value) for notice in db.session.scalars(select(Notice))}
    assert told == {(world.accounts["oU"].id, "period"), (world.accounts["hU"].id, "period")}
    take_off(world, made, "oL", "U")
    assert [entry.assigned for entry in theirs.entries] == [True, True, True]
    assert exempt(made) == []
