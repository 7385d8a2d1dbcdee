"""The SQL filter of a rule finds exactly the records that its predicate allows, for every persona, in each year."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.rights import scene
from tests.world import NOON, TODAY, World, keep, make_conference, make_term, make_unit
from tracker import policy
from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceState
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Bloc, Membership
from tracker.models.conference import Conference
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.models.unit import Unit
from tracker.services.recording import acting

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


@pytest.mark.parametrize("day", DAYS)
def test_reports_of_a_period_are_filtered_as_the_predicate_says(world: World, day: date):
    widen(world)
    keep(make_term(world.blocs["B"], world.units["V"], TermRole.STAND_IN, date(2024, 1, 1)))
    with acting(None, NOON):
        for term in world.blocs["B"].terms:
            if term.role is TermRole.DEPUTY and term.holds_on(TODAY):
                db.session.delete(term)
    db.session.commit()
    db.session.expire_all()
    wrong, asked, allowed_of_all = {}, 0, 0
    for period in db.session.scalars(select(ReportingPeriod)).all():
        for persona, account in world.accounts.items():
            allowed = {each.id for each in period.submissions if policy.may_read_submission(account, each, day)}
            rule = policy.submissions_read_by(account, period, day)
            found = set(db.session.scalars(select(Submission.id).where(Submission.period_id == period.id, rule)))
            asked, allowed_of_all = asked + 1, allowed_of_all + len(allowed)
            if allowed != found:
                wrong[persona, period.public_id] = (sorted(allowed - found), sorted(found - allowed))
    print(f"submissions_read_by on {day}: personas × periods {asked - len(wrong)} of {asked}, read {allowed_of_all}")
    assert allowed_of_all > 0
    assert wrong == {}
