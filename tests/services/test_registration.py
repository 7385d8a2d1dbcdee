"""Own targets, titles and forms; the dated rule whether they are required."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.reporting import Leaf, make_period, make_pledge, make_sent, make_set, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import AwardObject, SubmissionState
from tracker.errors import Conflict, NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.pledge import Pledge, Registration, UnitTarget
from tracker.queries import pledge as pledges
from tracker.queries import registration as registrations
from tracker.services import pledge as pledge_service
from tracker.services import registration as service
from tracker.services.registration import TargetGiven


def by(world: World, who: str = "oU") -> dict:
    return {"by": world.accounts[who], "at": NOON}


def set_one(world: World, pledge: Pledge, target, *, note=None, reason: str = "", who: str = "oU") -> int:
    unit = world.accounts[who].unit
    value = None if target is None else Decimal(target)
    return service.set_targets(
        pledge, unit, [TargetGiven(pledge.rows[0], value, note)], reason=reason,
        seen=pledges.targets_version(pledge.rows, unit), **by(world, who),
    )  # fmt: skip


def test_own_target_stands_beside_the_plan_of_the_bloc(world):
    pledge = make_pledge(world.blocs["B"])
    assert set_one(world, pledge, 7, note="Theo Quyết định giao") == 1
    assert pledges.planned(pledge.rows[0], world.units["U"].id).plan == 7
    assert pledges.planned(pledge.rows[0], world.units["V"].id) == pledges.Planned(Decimal(4), False, True)


def test_blank_target_is_the_plan_and_zero_is_a_figure(world):
    pledge = make_pledge(world.blocs["B"])
    assert set_one(world, pledge, None) == 0
    assert set_one(world, pledge, 0) == 1
    assert pledges.planned(pledge.rows[0], world.units["U"].id).plan == 0
    assert set_one(world, pledge, None) == 1
    assert pledges.planned(pledge.rows[0], world.units["U"].id).plan == 4


def test_nobody_registers_for_another_unit(world):
    pledge = make_pledge(world.blocs["B"])
    for who in ("oL", "oD", "bd", "oV"):
        with pytest.raises(NotAllowed):
            service.set_targets(pledge, world.units["U"], [], seen=0, **by(world, who))


def test_second_officer_learns_of_the_first(world):
    pledge = make_pledge(world.blocs["B"])
    stale = pledges.targets_version(pledge.rows, world.units["U"])
    set_one(world, pledge, 5)
    with pytest.raises(Conflict):
        service.set_targets(
            pledge, world.units["U"], [TargetGiven(pledge.rows[0], Decimal(6))], seen=stale, **by(world, "hU")
        )
    assert pledges.planned(pledge.rows[0], world.units["U"].id).plan == 5


def test_negative_target_is_refused_under_its_field(world):
    pledge = make_pledge(world.blocs["B"])
    with pytest.raises(RuleBroken) as broken:
        set_one(world, pledge, -1)
    assert broken.value.field == f"target_{pledge.rows[0].public_id}"


def test_row_that_is_not_the_units_takes_no_target(world):
    pledge = make_pledge(world.blocs["B"])
    row = pledge.rows[0]
    pledge_service.set_unassigned(
        row, [world.units["U"]], among=[world.units["U"]], reason="Không có nhiệm vụ",
        seen=pledges.unassigned_version(row), **by(world, "oL"),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="không được giao"):
        set_one(world, pledge, 3)


def test_after_opening_another_figure_needs_a_reason_and_opened_periods_keep_theirs(world):
    pledge = make_pledge(world.blocs["B"])
    set_one(world, pledge, 7)
    db.session.commit()
    period = make_period(world)
    with pytest.raises(ReasonMissing):
        set_one(world, pledge, 3)
    db.session.rollback()
    set_one(world, pledge, 3, reason="Điều chỉnh theo Công văn")
    db.session.commit()
    assert pledges.planned(pledge.rows[0], world.units["U"].id).plan == 3
    assert submission_of(period, world, "U").entries[0].target == 4


def test_late_registration_fills_only_blank_lines_of_the_own_open_draft(world):
    pledge = make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", None)])
    period = make_period(world)
    set_one(world, pledge, 9)
    db.session.commit()
    assert submission_of(period, world, "U").entries[0].target == 9
    assert submission_of(period, world, "V").entries[0].target is None


def test_late_registration_fills_the_leaf_that_measures_the_row(world):
    pledge = make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", None)])
    measured = make_set(world.blocs["B"], leaves=[Leaf("Nhà", pledge_lineage=pledge.rows[0].lineage), Leaf("Khác")])
    period = make_period(world, criteria_set=measured)
    set_one(world, pledge, 9)
    db.session.commit()
    assert [entry.target for entry in submission_of(period, world, "U").entries] == [9, None]


@pytest.mark.parametrize("state", [SubmissionState.SENT, SubmissionState.RETURNED])
def test_late_registration_leaves_what_was_sent_alone(world, state):
    pledge = make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", None)])
    period = make_period(world)
    make_sent(submission_of(period, world, "U"), world.accounts["oU"], state=state)
    set_one(world, pledge, 9)
    db.session.commit()
    assert submission_of(period, world, "U").entries[0].target is None


def test_late_registration_leaves_a_locked_period_alone(world):
    pledge = make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", None)])
    period = make_period(world, state=PeriodState.REVIEWING)
    set_one(world, pledge, 9)
    db.session.commit()
    assert submission_of(period, world, "U").entries[0].target is None


def flag(world: World, who: str = "oU", title: str = "Cờ thi đua của UBND tỉnh", count: int | None = 1) -> Registration:
    return service.register(
        world.blocs["B"], world.accounts[who].unit, year=2026, object=AwardObject.COLLECTIVE, title=title, count=count,
        **by(world, who),
    )  # fmt: skip


def test_title_is_registered_once_whatever_the_accents_and_clicks(world):
    first = flag(world)
    assert flag(world) is first
    with pytest.raises(RuleBroken, match="đã đăng ký"):
        flag(world, title="co thi dua cua ubnd tinh", count=2)
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 1


def test_number_is_one_or_more_or_unknown(world):
    assert flag(world, count=None).count is None
    with pytest.raises(RuleBroken) as broken:
        flag(world, title="Bằng khen", count=0)
    assert broken.value.field == "count"


@pytest.mark.parametrize(("year", "taken"), [(2025, False), (2026, True), (2027, True), (2028, False)])
def test_titles_are_registered_for_this_year_and_the_next(world, year, taken):
    given = {"object": AwardObject.COLLECTIVE, "title": "Cờ thi đua", **by(world)}
    if taken:
        assert service.register(world.blocs["B"], world.units["U"], year=year, **given).year == year
    else:
        with pytest.raises(NotOpen):
            service.register(world.blocs["B"], world.units["U"], year=year, **given)


def test_title_of_a_year_that_is_over_stays(world):
    old = Registration(
        bloc=world.blocs["B"], unit=world.units["U"], year=2025, object=AwardObject.PERSON, title="Lao động tiên tiến"
    )
    keep(old)
    with pytest.raises(NotOpen):
        service.remove(old, **by(world))
    db.session.rollback()
    with pytest.raises(NotOpen):
        service.change(
            old, object=AwardObject.PERSON, title="Khác", count=1, note=None, seen=old.version, **by(world)
        )
    assert old.title == "Lao động tiên tiến"


@pytest.mark.parametrize(("year", "taken"), [(2024, False), (2025, True), (2026, True)])
def test_targets_of_last_year_may_still_be_adjusted_and_older_ones_not(world, year, taken):
    pledge = make_pledge(world.blocs["B"], year=year)
    if taken:
        assert set_one(world, pledge, 7) == 1
    else:
        with pytest.raises(NotOpen):
            set_one(world, pledge, 7)


def test_registration_changes_by_version_and_goes(world):
    row = flag(world)
    db.session.commit()
    seen = row.version
    given = {"object": AwardObject.PERSON, "title": "Chiến sĩ thi đua cơ sở", "count": 3, "note": None}
    service.change(row, **given, seen=seen, **by(world))
    db.session.commit()
    with pytest.raises(Conflict):
        service.change(row, **{**given, "count": 4}, seen=seen, **by(world))
    service.remove(row, **by(world))
    db.session.commit()
    assert registrations.of_unit(world.blocs["B"], 2026, world.units["U"].id) == []


def test_nobody_registers_titles_for_another(world):
    with pytest.raises(NotAllowed):
        service.register(
            world.blocs["B"], world.units["U"], year=2026, object=AwardObject.COLLECTIVE, title="Cờ", **by(world, "oL")
        )


def test_titles_add_up_over_units_with_unknown_numbers_left_out(world):
    flag(world, "oU", count=1)
    flag(world, "oV", count=None)
    flag(world, "oL", title="Bằng khen", count=None)
    listed = registrations.of_year(world.blocs["B"], 2026, NOON.date())
    found = [(each.title, each.units, each.count) for each in registrations.totals(listed)]
    assert found == [("Cờ thi đua của UBND tỉnh", 2, 1), ("Bằng khen", 1, None)]
    assert [len(each.rows) for each in listed] == [1, 1, 1, 0, 0, 0]


def rule(world: World, first: date, end: date | None, required: bool = True):
    return service.set_rule(
        world.blocs["B"], required=required, basis="Luật TĐKT 2003", starts_on=first, ends_on=end, **by(world, "oL")
    )


def test_rule_is_asked_of_a_day(world):
    rule(world, date(2004, 7, 1), date(2024, 1, 1))
    rule(world, date(2024, 1, 1), None, required=False)
    found = [registrations.rule_on(world.blocs["B"], day) for day in (date(2004, 6, 30), date(2023, 12, 31))]
    assert found[0] is None
    assert found[1] is not None
    assert found[1].required is True
    today = registrations.rule_on(world.blocs["B"], NOON.date())
    assert today is not None
    assert today.required is False


def test_two_rules_never_share_a_day(world):
    first = rule(world, date(2020, 1, 1), date(2024, 1, 1))
    for start, end in ((date(2023, 12, 31), None), (date(2019, 1, 1), date(2020, 1, 2)), (date(2019, 1, 1), None)):
        with pytest.raises(RuleBroken) as broken:
            rule(world, start, end)
        assert broken.value.field == "starts_on"
    with pytest.raises(RuleBroken) as broken:
        rule(world, date(2025, 1, 1), date(2025, 1, 1))
    assert broken.value.field == "ends_on"
    service.change_rule(
        first, required=True, basis=None, starts_on=date(2020, 1, 1), ends_on=None, seen=first.version,
        **by(world, "oL"),
    )  # fmt: skip
    assert first.ends_on is None


def test_targets_are_one_row_a_unit_and_row(world):
    pledge = make_pledge(world.blocs["B"])
    set_one(world, pledge, 5)
    set_one(world, pledge, 6)
    assert db.session.scalar(select(func.count()).select_from(UnitTarget)) == 1
