"""Blocs: codes, names, members; every refusal says which unit, which dates and the way out."""

from datetime import date

import pytest

from tests.world import BEGINNING, NOON, World, make_unit
from tracker.db import db
from tracker.domain.blocs import BlocKind
from tracker.errors import Conflict, ReasonMissing, RuleBroken
from tracker.queries import bloc as queries
from tracker.queries import history
from tracker.queries import unit as units
from tracker.services import bloc as service
from tracker.services.recording import acting


@pytest.fixture
def by(world: World) -> dict[str, object]:
    return {"by": world.accounts["bd"], "at": NOON}


def test_a_code_is_unique_in_its_authority_only(world: World, by):
    with pytest.raises(RuleBroken) as refused:
        service.found(world.authority, kind=BlocKind.CUM, code=" b ", name="Cụm mới", **by)
    assert (refused.value.field, refused.value.sentence) == (
        "code",
        "Mã “B” đã dùng cho Khối thi đua B: hãy chọn mã khác.",
    )
    assert service.found(world.other_authority, kind=BlocKind.CUM, code="B", name="Cụm Q", **by).code == "B"


def test_a_unit_from_another_authority_or_none_may_join(world: World, by):
    with acting(None, NOON):
        foreign, central = make_unit(world.other_authority, "Đơn vị Q"), make_unit(None, "Kho bạc")
    bloc = world.blocs["B"]
    for unit in (foreign, central):
        service.admit(bloc, unit, on=date(2026, 6, 1), **by)
    db.session.commit()
    names = [member.name for member in queries.members_on(bloc, date(2026, 6, 1))]
    assert names[-2:] == ["Đơn vị Q", "Kho bạc"]


def test_a_unit_is_a_member_once_at_a_time(world: World, by):
    bloc, unit = world.blocs["B"], world.units["U"]
    with pytest.raises(RuleBroken) as refused:
        service.admit(bloc, unit, on=date(2026, 6, 1), **by)
    assert refused.value.sentence == (
        "Đơn vị U đã là thành viên của khối từ 01/01/2024: "
        "hãy chọn ngày ngoài thời gian đó, hoặc cho thôi trước."
    )  # fmt: skip
    (held,) = [row for row in bloc.memberships if row.unit is unit]
    service.release(held, on=date(2026, 6, 1), decision="QĐ 7", reason="chuyển khối", **by)
    service.admit(bloc, unit, on=date(2026, 6, 1), **by)
    db.session.commit()
    dates = [(row.starts_on, row.ends_on) for row in bloc.memberships if row.unit is unit]
    assert sorted(dates, key=str) == [(BEGINNING, date(2026, 6, 1)), (date(2026, 6, 1), None)]


def test_reversed_dates_are_refused(world: World, by):
    with pytest.raises(RuleBroken) as refused:
        service.admit(world.blocs["C"], world.units["U"], on=date(2026, 6, 1), until=date(2026, 6, 1), **by)
    assert refused.value.field == "until"


def test_a_release_keeps_its_reason_in_the_history(world: World, by):
    bloc = world.blocs["B"]
    (held,) = [row for row in bloc.memberships if row.unit is world.units["U"]]
    with pytest.raises(ReasonMissing):
        service.release(held, on=date(2026, 6, 1), reason="", **by)
    service.release(held, on=date(2026, 6, 1), reason="theo Quyết định số 7", **by)
    db.session.commit()
    assert history.last_change(held).reason == "theo Quyết định số 7"
    with pytest.raises(RuleBroken, match="đã thôi là thành viên từ 01/06/2026"):
        service.release(held, on=date(2026, 7, 1), reason="lần nữa", **by)


def test_dissolving_ends_all_that_runs(world: World, by):
    bloc = world.blocs["C"]
    service.dissolve(bloc, on=date(2026, 6, 1), reason="sắp xếp lại", **by)
    db.session.commit()
    assert queries.members_on(bloc, date(2026, 6, 1)) == []
    assert {row.ends_on for row in (*bloc.memberships, *bloc.terms)} == {date(2026, 6, 1)}
    with pytest.raises(RuleBroken, match="đã giải thể từ 01/06/2026"):
        service.rename(bloc, name="Khối khác", on=date(2026, 7, 1), **by)


def test_a_stale_change_is_a_conflict(world: World, by):
    bloc = world.blocs["B"]
    given = {"kind": BlocKind.KHOI, "founded_on": None, "founding_decision": None}
    service.change(bloc, code="B2", seen=1, **given, **by)
    with pytest.raises(Conflict):
        service.change(bloc, code="B3", seen=1, **given, **by)
    assert bloc.code == "B2"


def test_the_units_of_a_form_are_all_living_ones_own_first(world: World):
    with acting(None, NOON):
        make_unit(world.other_authority, "Ban Q")
        make_unit(None, "An ninh")
    db.session.commit()
    labels = [label for _id, label in units.offered(world.authority, NOON.date())]
    assert labels[-2:] == ["An ninh (Trung ương, ngành dọc)", "Ban Q (UBND tỉnh Q)"]
    assert len(labels) == 10
