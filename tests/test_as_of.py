"""What was so on the day of a conference stays so, whatever is renamed, merged or handed over later (line 10)."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.world import NOON, make_account, make_conference
from tracker.db import db
from tracker.domain.blocs import AccountRole, Appointment, BlocKind, Force, TermRole
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.unit import Unit
from tracker.queries import bloc as queries
from tracker.queries.report import collect
from tracker.services import bloc as blocs
from tracker.services import term as terms
from tracker.services import unit as units
from tracker.services.recording import acting

HELD_ON = date(2022, 7, 20)
NAMES = ("Công an tỉnh", "Cục Thi hành án dân sự", "Bộ Chỉ huy Quân sự tỉnh", "Sở Tư pháp", "Thanh tra tỉnh")


@pytest.fixture
def history(app) -> tuple[Bloc, dict[str, Unit], Account]:
    """A bloc of 2022 with five units, and what befell it until 2025."""
    with acting(None, NOON):
        z = Authority(name="Ủy ban nhân dân tỉnh Z", short_name="UBND tỉnh Z", place_name="Z")
        board = make_account(z, AccountRole.BOARD, "bd@z.example")
    db.session.commit()
    by = {"by": board, "at": NOON}
    made = {
        name: units.create(z, force=Force.CIVIL, name=name, short_name=name, since=date(2020, 1, 1), **by)
        for name in NAMES
    }
    bloc = blocs.found(z, kind=BlocKind.KHOI, code="NC", name="Khối Nội chính", founded_on=date(2020, 1, 1), **by)
    for unit in made.values():
        blocs.admit(bloc, unit, on=date(2022, 1, 1), **by)
    police, justice_enforcement, army, justice, inspection = made.values()
    elected = {"appointment": Appointment.ELECTED, **by}
    terms.appoint(
        bloc,
        justice_enforcement,
        role=TermRole.LEADER,
        starts_on=date(2022, 1, 1),
        holder_name="Phạm Quốc Nam",
        **elected,
    )
    terms.appoint(bloc, army, role=TermRole.DEPUTY, starts_on=date(2022, 1, 1), **elected)
    make_conference_in(bloc)
    terms.hand_over(bloc, on=date(2023, 1, 15), leader=army, deputies=[justice], **elected)
    terms.hand_over(bloc, on=date(2024, 1, 15), leader=justice, deputies=[police], **elected)
    terms.hand_over(bloc, on=date(2025, 1, 15), leader=police, deputies=[army], **elected)
    units.rename(justice_enforcement, name="Thi hành án dân sự tỉnh", short_name="THADS", on=date(2025, 7, 1), **by)
    blocs.rename(bloc, name="Khối Nội chính mới", on=date(2025, 7, 1), **by)
    units.close(inspection, on=date(2025, 3, 1), successor=justice, reason="sáp nhập", **by)
    db.session.commit()
    return bloc, made, board


def make_conference_in(bloc: Bloc) -> None:
    with acting(None, NOON):
        make_conference(bloc, "Sơ kết 6 tháng đầu năm 2022", HELD_ON)


def named(found: list[queries.Member]) -> list[str]:
    return [member.name for member in found]


def test_members_of_the_day_keep_the_names_of_the_day(history):
    bloc, _units, _board = history
    assert named(queries.members_on(bloc, HELD_ON)) == list(NAMES)
    assert named(queries.members_on(bloc, date(2026, 5, 15))) == [
        "Công an tỉnh",
        "Thi hành án dân sự tỉnh",
        "Bộ Chỉ huy Quân sự tỉnh",
        "Sở Tư pháp",
    ]


def test_a_merged_unit_is_a_member_to_the_day_before_it_closed(history):
    bloc, made, _board = history
    assert "Thanh tra tỉnh" in named(queries.members_on(bloc, date(2025, 2, 28)))
    assert "Thanh tra tỉnh" not in named(queries.members_on(bloc, date(2025, 3, 1)))
    assert made["Thanh tra tỉnh"].successor is made["Sở Tư pháp"]


@pytest.mark.parametrize(
    ("day", "leader", "deputies"),
    [
        (HELD_ON, "Cục Thi hành án dân sự", ["Bộ Chỉ huy Quân sự tỉnh"]),
        (date(2023, 1, 14), "Cục Thi hành án dân sự", ["Bộ Chỉ huy Quân sự tỉnh"]),
        (date(2023, 1, 15), "Bộ Chỉ huy Quân sự tỉnh", ["Sở Tư pháp"]),
        (date(2024, 1, 15), "Sở Tư pháp", ["Công an tỉnh"]),
        (date(2025, 1, 15), "Công an tỉnh", ["Bộ Chỉ huy Quân sự tỉnh"]),
    ],
)
def test_leader_and_deputy_are_those_of_the_day(history, day, leader, deputies):
    bloc, _units, _board = history
    assert [term.unit.named_on(day).name for term in queries.terms_on(bloc, TermRole.LEADER, day)] == [leader]
    assert [term.unit.named_on(day).name for term in queries.terms_on(bloc, TermRole.DEPUTY, day)] == deputies


def test_the_bloc_bears_the_name_of_the_day(history):
    bloc, _units, _board = history
    assert bloc.named_on(HELD_ON).name == "Khối Nội chính"
    assert bloc.named_on(date(2025, 7, 1)).name == "Khối Nội chính mới"


def test_the_record_of_the_conference_keeps_its_day(history):
    conference = db.session.scalars(select(Conference)).one()
    record = collect(conference, date(2026, 5, 15))
    assert record.bloc_name == "Khối Nội chính"
    assert [(member.name, member.role) for member in record.members] == [
        ("Công an tỉnh", None),
        ("Cục Thi hành án dân sự", TermRole.LEADER),
        ("Bộ Chỉ huy Quân sự tỉnh", TermRole.DEPUTY),
        ("Sở Tư pháp", None),
        ("Thanh tra tỉnh", None),
    ]
    assert record.members[1].holder_name == "Phạm Quốc Nam"
