"""Terms: one leader on any date, members only, handed over in one act; also when two people act at once."""

import contextvars
import threading
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.world import NOON, World, build_world
from tracker.db import db
from tracker.domain.blocs import Appointment, TermRole
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.unit import Unit
from tracker.services import bloc as blocs
from tracker.services import term as service

ELECTED = {"appointment": Appointment.ELECTED}


@pytest.fixture
def by(world: World) -> dict[str, object]:
    return {"by": world.accounts["bd"], "at": NOON}


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 6, 1), None),
        (date(2026, 6, 1), date(2026, 7, 1)),
        (date(2027, 1, 14), date(2027, 1, 15)),
        (date(2023, 12, 31), date(2025, 1, 16)),
    ],
)
def test_two_leaders_on_one_day_are_refused(world: World, by, starts_on, ends_on):
    with pytest.raises(RuleBroken) as refused:
        service.appoint(
            world.blocs["B"], world.units["U"], role=TermRole.LEADER, starts_on=starts_on, ends_on=ends_on,
            **ELECTED, **by,
        )  # fmt: skip
    assert refused.value.field == "starts_on"
    assert "mỗi ngày chỉ một đơn vị đứng đầu khối" in refused.value.sentence


def test_terms_that_only_touch_are_no_overlap(world: World, by):
    term = service.appoint(
        world.blocs["B"], world.units["U"], role=TermRole.LEADER, starts_on=date(2024, 1, 1),
        ends_on=date(2025, 1, 15), **ELECTED, **by,
    )  # fmt: skip
    assert term.holds_on(date(2025, 1, 14))
    assert not term.holds_on(date(2025, 1, 15))


def test_reversed_dates_are_refused(world: World, by):
    with pytest.raises(RuleBroken) as refused:
        service.appoint(
            world.blocs["B"], world.units["U"], role=TermRole.DEPUTY, starts_on=date(2026, 6, 1),
            ends_on=date(2026, 5, 1), **ELECTED, **by,
        )  # fmt: skip
    assert refused.value.field == "ends_on"
    assert refused.value.sentence == "Ngày kết thúc (01/05/2026) phải sau ngày bắt đầu (01/06/2026)."


def test_a_unit_leads_only_where_it_is_a_member_all_the_while(world: World, by):
    bloc, unit = world.blocs["C"], world.units["U"]
    given = {"role": TermRole.DEPUTY, **ELECTED, **by}
    with pytest.raises(RuleBroken, match="Đơn vị U không là thành viên của khối trong suốt nhiệm kỳ"):
        service.appoint(bloc, unit, starts_on=date(2026, 6, 1), **given)
    blocs.admit(bloc, unit, on=date(2026, 6, 1), until=date(2026, 9, 1), **by)
    with pytest.raises(RuleBroken, match="hãy kết nạp trước"):
        service.appoint(bloc, unit, starts_on=date(2026, 6, 1), **given)
    with pytest.raises(RuleBroken, match="hãy kết nạp trước"):
        service.appoint(bloc, unit, starts_on=date(2026, 6, 1), ends_on=date(2026, 9, 2), **given)
    blocs.admit(bloc, unit, on=date(2026, 9, 1), **by)
    assert service.appoint(bloc, unit, starts_on=date(2026, 6, 1), **given).ends_on is None


def test_a_hand_over_ends_and_begins_in_one_act(world: World, by):
    bloc, units = world.blocs["B"], world.units
    made = service.hand_over(
        bloc, on=date(2026, 6, 1), leader=units["D"], deputies=[units["U"], units["L"]],
        ends_on=date(2027, 1, 15), holder_name="Trần Văn A", **ELECTED, **by,
    )  # fmt: skip
    db.session.commit()
    assert [(term.unit, term.role, term.holder_name) for term in made] == [
        (units["D"], TermRole.LEADER, "Trần Văn A"),
        (units["U"], TermRole.DEPUTY, None),
        (units["L"], TermRole.DEPUTY, None),
    ]
    assert {term.unit for term in bloc.terms if term.holds_on(date(2026, 5, 31))} == {units["L"], units["D"]}
    assert {term.unit for term in bloc.terms if term.holds_on(date(2026, 6, 1))} == {units["D"], units["U"], units["L"]}


def test_a_hand_over_that_meets_a_coming_term_is_refused_whole(world: World, by):
    bloc = world.blocs["B"]
    with pytest.raises(RuleBroken) as refused:
        service.hand_over(bloc, on=date(2026, 6, 1), leader=world.units["U"], **ELECTED, **by)
    assert "Đơn vị N là Khối trưởng từ 15/01/2027" in refused.value.sentence
    db.session.rollback()
    assert [term.ends_on for term in bloc.terms if term.unit is world.units["D"]] == [date(2027, 1, 15)]


def test_the_leader_is_not_its_own_deputy(world: World, by):
    unit = world.units["U"]
    with pytest.raises(RuleBroken, match="không thể vừa là Khối trưởng vừa là Khối phó"):
        service.hand_over(world.blocs["B"], on=date(2026, 6, 1), leader=unit, deputies=[unit], **ELECTED, **by)


def test_a_term_is_corrected_under_the_same_rules(world: World, by):
    (term,) = [term for term in world.blocs["B"].terms if term.unit is world.units["N"]]
    kept = {"appointment": Appointment.ROTATION, "decision": None, "holder_name": None, "holder_post": None}
    with pytest.raises(RuleBroken, match="Đơn vị L là Khối trưởng từ 15/01/2026"):
        service.change(term, starts_on=date(2027, 1, 14), ends_on=None, seen=1, **kept, **by)
    service.change(term, starts_on=date(2027, 1, 20), ends_on=None, seen=1, **kept, **by)
    with pytest.raises(Conflict):
        service.change(term, starts_on=date(2027, 1, 21), ends_on=None, seen=1, **kept, **by)
    assert term.starts_on == date(2027, 1, 20)


def test_a_term_ends_on_a_day_after_its_first(world: World, by):
    (term,) = [term for term in world.blocs["C"].terms]
    with pytest.raises(RuleBroken, match="ngày kết thúc phải sau ngày đó"):
        service.end(term, on=term.starts_on, reason="sai", **by)
    service.end(term, on=date(2026, 6, 1), reason="xin thôi", **by)
    assert (term.holds_on(date(2026, 5, 31)), term.holds_on(date(2026, 6, 1))) == (True, False)


def at_once(app: Flask, acts: list[Callable[[], None]]) -> list[str]:
    """Both acts in threads and sessions of their own, started together; 'done' or the sentence of each."""
    gate, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                acts[place]()
                db.session.commit()
                said[place] = "done"
            except RuleBroken as broken:
                db.session.rollback()
                said[place] = broken.sentence
            finally:
                db.session.remove()

    threads = [threading.Thread(target=contextvars.Context().run, args=(run, place)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return said


def one(model: type, number: int) -> object:
    return db.session.get(model, number)


def test_of_two_leaders_appointed_at_once_one_is_refused(either_app: Flask):
    world = build_world()
    bloc, board = world.blocs["B"].id, world.accounts["bd"].id
    chosen = [world.units["U"].id, world.units["V"].id]
    db.session.remove()

    def appoint(unit: int) -> Callable[[], None]:
        return lambda: service.appoint(
            one(Bloc, bloc), one(Unit, unit), role=TermRole.LEADER, starts_on=date(2024, 2, 1),
            ends_on=date(2024, 8, 1), by=one(Account, board), at=NOON, **ELECTED,
        )  # fmt: skip

    said = at_once(either_app, [appoint(unit) for unit in chosen])
    assert sorted(sentence == "done" for sentence in said) == [False, True]
    assert any("là Khối trưởng từ 01/02/2024 đến trước 01/08/2024" in sentence for sentence in said)
    counted = select(func.count()).select_from(Term).where(Term.bloc_id == bloc, Term.starts_on == date(2024, 2, 1))
    assert db.session.scalar(counted) == 1


def test_of_two_admissions_at_once_one_is_refused(either_app: Flask):
    world = build_world()
    bloc, board, unit = world.blocs["C"].id, world.accounts["bd"].id, world.units["U"].id
    db.session.remove()

    def admit(day: date) -> Callable[[], None]:
        return lambda: blocs.admit(
            one(Bloc, bloc), one(Unit, unit), on=day, until=date(2026, 12, 1), by=one(Account, board), at=NOON
        )

    said = at_once(either_app, [admit(date(2026, 6, 1)), admit(date(2026, 7, 1))])
    assert sorted(sentence == "done" for sentence in said) == [False, True]
    assert any("Đơn vị U đã là thành viên của khối" in sentence for sentence in said)
    held = select(func.count()).select_from(Membership).where(Membership.bloc_id == bloc, Membership.unit_id == unit)
    assert db.session.scalar(held) == 1
