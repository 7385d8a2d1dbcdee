"""The SQL filter of a rule finds exactly the records that its predicate allows, for every persona, in each year."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.rights import scene
from tests.world import TODAY, World, keep, make_conference, make_unit
from tracker import policy
from tracker.db import db
from tracker.domain.conferences import ConferenceState
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Bloc, Membership
from tracker.models.conference import Conference
from tracker.models.unit import Unit

TWINS: list[tuple[Callable[..., bool], Callable[..., Any], type[Any]]] = [
    (policy.may_see_bloc, policy.blocs_seen_by, Bloc),
    (policy.may_see_unit, policy.units_seen_by, Unit),
    (policy.may_know_conference, policy.conferences_known_to, Conference),
    (policy.may_read_conference, policy.conferences_read_by, Conference),
    (policy.may_see_item, policy.items_seen_by, ActionItem),
]
DAYS = (date(2023, 6, 1), date(2025, 6, 1), TODAY, date(2027, 3, 1))


def widen(world: World) -> None:
    """Records that only some may see: of bloc C, of before and after a membership, a unit without a home."""
    scene.build(world, "oU")
    bloc, other = world.blocs["B"], world.blocs["C"]
    left = next(row for row in bloc.memberships if row.unit is world.units["V"])
    keep(
        make_unit(None, "Đơn vị từ trung ương"),
        make_unit(world.other_authority, "Đơn vị tỉnh Q"),
        *(make_conference(each, f"Hội nghị {state.value}", day, state)
          for each in (bloc, other)
          for day in (date(2024, 6, 1), date(2026, 4, 1))
          for state in (ConferenceState.HELD, ConferenceState.PLANNED)),
        Membership(bloc=other, unit=world.units["V"], position=9, starts_on=date(2026, 2, 1)),
    )
    assert left.ends_on is None


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin[0].__name__)
def test_predicate_and_filter_agree_for_every_persona(world: World, twin: tuple[Any, Any, Any], day: date):
    widen(world)
    predicate, sql, model = twin
    records = list(db.session.scalars(select(model)))
    wrong = {}
    for persona, account in world.accounts.items():
        allowed = {record.id for record in records if predicate(account, record, day)}
        found = set(db.session.scalars(select(model.id).where(sql(account, day))))
        if allowed != found:
            wrong[persona] = (sorted(allowed - found), sorted(found - allowed))
    print(f"{predicate.__name__} on {day}: personas {len(world.accounts) - len(wrong)} of {len(world.accounts)},"
          f" records {len(records)}")
    assert len(records) > 1
    assert wrong == {}
