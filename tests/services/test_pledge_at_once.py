"""Two hands at the same second on both databases: one pledge a year, one target a row, no two rules of one day."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

from flask import Flask
from sqlalchemy import func, select

from tests.reporting import make_pledge
from tests.services.test_term import at_once, one
from tests.world import NOON, World, build_world
from tracker.db import db
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.pledge import Pledge, PledgeRow, RegistrationRule, UnitTarget
from tracker.models.unit import Unit
from tracker.queries import pledge as pledges
from tracker.services import pledge as service
from tracker.services import registration
from tracker.services.pledge import RowGiven
from tracker.services.registration import TargetGiven


def numbers(world: World, who: str = "oL") -> tuple[int, int]:
    return world.blocs["B"].id, world.accounts[who].id


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_of_two_pledges_made_at_once_one_is_refused(either_app: Flask):
    bloc, officer = numbers(build_world())
    db.session.remove()

    def make() -> None:
        service.make(one(Bloc, bloc), year=2026, by=one(Account, officer), at=NOON)

    said = at_once(either_app, [make, make])
    assert sorted(sentence == "done" for sentence in said) == [False, True]
    assert any("đã có giao ước năm 2026" in sentence for sentence in said)
    assert count(Pledge) == 1


def test_the_same_rows_pasted_at_once_stand_once(either_app: Flask):
    world = build_world()
    _bloc, officer = numbers(world)
    pledge = make_pledge(world.blocs["B"]).id
    db.session.remove()

    def paste() -> None:
        rows = [RowGiven("Một", "cái", Decimal(1)), RowGiven("Hai", "cái", Decimal(2))]
        service.add_rows(one(Pledge, pledge), rows, by=one(Account, officer), at=NOON)

    assert at_once(either_app, [paste, paste]) == ["done", "done"]
    listed = db.session.scalars(select(PledgeRow.content).order_by(PledgeRow.position)).all()
    assert listed == ["Dự án nhà ở xã hội khởi công", "Một", "Hai"]


def test_of_two_officers_registering_at_once_the_second_learns_of_the_first(either_app: Flask):
    world = build_world()
    made = make_pledge(world.blocs["B"])
    pledge, unit, seen = made.id, world.units["U"].id, pledges.targets_version(made.rows, world.units["U"])
    officers = [world.accounts[who].id for who in ("oU", "hU")]
    both_read = threading.Barrier(2)
    db.session.remove()

    def register(officer: int, figure: int) -> Callable[[], None]:
        def act() -> None:
            row = one(Pledge, pledge).rows[0]
            assert len(row.targets) <= 1
            with suppress(threading.BrokenBarrierError):  # SQLite lets the second read only when the first is done
                both_read.wait(1)
            given = [TargetGiven(row, Decimal(figure))]
            registration.set_targets(
                one(Pledge, pledge), one(Unit, unit), given, seen=seen, by=one(Account, officer), at=NOON
            )

        return act

    said = at_once(either_app, [register(officers[0], 7), register(officers[1], 8)])
    assert sorted(sentence == "done" for sentence in said) == [False, True]
    assert any("người khác đã lưu" in sentence for sentence in said)
    assert count(UnitTarget) == 1


def test_of_two_rules_of_the_same_days_one_is_refused(either_app: Flask):
    bloc, officer = numbers(build_world())
    db.session.remove()

    def set_rule(required: bool) -> Callable[[], None]:
        return lambda: registration.set_rule(
            one(Bloc, bloc), required=required, basis=None, starts_on=date(2024, 1, 1), ends_on=None,
            by=one(Account, officer), at=NOON,
        )  # fmt: skip

    said = at_once(either_app, [set_rule(True), set_rule(False)])
    assert sorted(sentence == "done" for sentence in said) == [False, True]
    assert count(RegistrationRule) == 1
