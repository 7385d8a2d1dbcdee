"""The board's screens of blocs, their members and terms; what members see, what others never learn."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from tests.world import NOON, World
from tracker.db import db
from tracker.domain.blocs import BlocKind, TermRole
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.unit import Unit
from tracker.queries import bloc as queries

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def path(bloc: Bloc, rest: str = "") -> str:
    return f"/blocs/{bloc.public_id}{rest}"


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        ("oU", 200),
        ("oL", 200),
        ("oE", 200),
        ("bd", 200),
        ("ad", 200),
        ("oX", 404),
        ("oM", 404),
        ("bq", 404),
        ("an", 302),
    ],
)
@pytest.mark.parametrize("rest", ["", "/units"])
def test_members_and_the_authority_see_the_bloc_and_nobody_else(world: World, persona, expected, rest):
    assert world.browser(persona).get(path(world.blocs["B"], rest)).status_code == expected


@pytest.mark.parametrize(("persona", "expected"), [("oU", 403), ("hL", 403), ("ad", 403), ("oX", 404), ("bq", 404)])
@pytest.mark.parametrize("rest", ["/edit", "/rename", "/dissolve", "/admit", "/terms/new", "/hand-over"])
def test_only_the_board_manages_a_bloc(world: World, persona, expected, rest):
    assert world.browser(persona).get(path(world.blocs["B"], rest)).status_code == expected
    assert world.browser("bd").get(path(world.blocs["B"], rest)).status_code == 200


def test_the_head_names_leader_deputy_and_members(world: World):
    page = world.browser("oU").get(path(world.blocs["B"])).text
    assert 'Đơn vị L <span class="small">từ 15/01/2026</span>' in page
    assert 'Đơn vị D <span class="small">từ 15/01/2026</span>' in page
    assert "6 đơn vị" in page


def test_a_past_year_shows_who_led_at_its_end(world: World):
    page = world.browser("oU").get(path(world.blocs["B"], "?year=2025")).text
    assert 'Đơn vị E <span class="small">từ 15/01/2025</span>' in page
    assert "Như ngày 31/12/2025." in page


def test_a_cum_says_cum_truong(world: World):
    bloc = world.blocs["B"]
    form = {"kind": "cum", "code": "B", "version": bloc.version}
    assert world.browser("bd").post(path(bloc, "/edit"), form).status_code == 302
    page = world.browser("oU").get(path(bloc)).text
    assert "Cụm trưởng" in page
    assert "Khối trưởng" not in page


def test_units_are_listed_as_of_the_day_asked(world: World):
    page = world.browser("oU").get(path(world.blocs["B"], "/units?on=20/07/2023")).text
    assert "Như ngày 20/07/2023" in page
    assert world.browser("oU").get(path(world.blocs["B"], "/units?on=31/02/2023")).text.count("Chưa đọc được ngày") == 1
    assert (
        "Ngày này khối không có đơn vị thành viên."
        in world.browser("oU").get(path(world.blocs["B"], "/units?on=2023-12-31")).text
    )


def test_the_board_founds_a_bloc_and_fills_it(world: World):
    board = world.browser("bd")
    answer = board.post(
        "/blocs/new", {"name": "Cụm thi đua  số 1", "kind": "cum", "code": "C1", "founded_on": "1/2/2026"}
    )
    bloc = db.session.scalars(select(Bloc).where(Bloc.code == "C1")).one()
    assert answer.headers["Location"] == path(bloc, "/units")
    assert (bloc.kind, bloc.names[0].name, bloc.founded_on) == (BlocKind.CUM, "Cụm thi đua số 1", date(2026, 2, 1))
    board.post(
        path(bloc, "/admit"), {"unit": world.units["U"].public_id, "on": "1/2/2026", "force": "civil", "home": "own"}
    )
    board.post(
        path(bloc, "/admit"),
        {"unit": "", "name": "Kho bạc Nhà nước", "on": "1/2/2026", "force": "civil", "home": "none"},
    )
    new = db.session.scalars(select(Unit).order_by(Unit.id.desc())).first()
    assert new.authority is None
    assert [member.name for member in queries.members_on(bloc, date(2026, 5, 15))] == ["Đơn vị U", "Kho bạc Nhà nước"]
    given = {"role": "leader", "unit": new.public_id, "starts_on": "1/2/2026", "appointment": "elected"}
    assert board.post(path(bloc, "/terms/new"), given).status_code == 302
    assert [term.unit for term in queries.terms_on(bloc, TermRole.LEADER, date(2026, 5, 15))] == [new]


def test_a_unit_is_chosen_or_named_not_both_and_not_neither(world: World):
    board, url = world.browser("bd"), path(world.blocs["B"], "/admit")
    both = board.post(
        url, {"unit": world.units["X"].public_id, "name": "Mới", "on": "1/2/2026", "force": "civil", "home": "own"}
    )
    assert (both.status_code, both.text.count("không làm cả hai")) == (422, 2)
    neither = board.post(url, {"unit": "", "on": "1/2/2026", "force": "civil", "home": "own"})
    assert neither.status_code == 422
    assert "Hãy chọn đơn vị, hoặc ghi tên đơn vị mới bên dưới." in neither.text


def test_a_code_is_taken_once_in_an_authority(world: World):
    answer = world.browser("bd").post("/blocs/new", {"name": "Khối khác", "kind": "khoi", "code": "b"})
    assert answer.status_code == 422
    assert "Mã “B” đã dùng cho Khối thi đua B" in answer.text
    assert 'value="Khối khác"' in answer.text


def test_a_second_leader_is_refused_in_a_sentence_and_nothing_is_lost(world: World):
    answer = world.browser("bd").post(
        path(world.blocs["B"], "/terms/new"),
        {
            "role": "leader",
            "unit": world.units["U"].public_id,
            "starts_on": "1/6/2026",
            "appointment": "elected",
            "decision": "Quyết định số 9",
        },
    )
    assert answer.status_code == 422
    assert "Đơn vị L là Khối trưởng từ 15/01/2026 đến trước 15/01/2027" in answer.text
    assert 'value="Quyết định số 9"' in answer.text


def test_rights_move_with_the_hand_over_at_the_next_request(world: World):
    bloc, old, new = world.blocs["B"], world.browser("oL"), world.browser("oV")
    planning = path(bloc, "/conferences/new")
    assert (old.get(planning).status_code, new.get(planning).status_code) == (200, 403)
    form = {
        "on": "15/5/2026",
        "leader": world.units["V"].public_id,
        "deputies": [world.units["U"].public_id],
        "ends_on": "15/1/2027",
        "appointment": "elected",
    }
    assert world.browser("bd").post(path(bloc, "/hand-over"), form).status_code == 302
    assert (old.get(planning).status_code, new.get(planning).status_code) == (403, 200)


def test_a_term_is_corrected_and_a_stale_form_shows_both_texts(world: World):
    term = db.session.scalars(select(Term).where(Term.unit == world.units["D"])).one()
    url = f"/terms/{term.public_id}/edit"
    form = {
        "starts_on": "15/01/2026",
        "ends_on": "15/01/2027",
        "appointment": "elected",
        "start_known": "y",
        "version": "1",
    }
    assert world.browser("bd").post(url, {**form, "holder_name": "Trần Văn A"}).status_code == 302
    stale = world.browser("bd").post(url, {**form, "holder_name": "Trần Văn B"})
    assert stale.status_code == 409
    assert "Trần Văn" in stale.text
    assert term.holder_name == "Trần Văn A"


def test_a_release_needs_its_reason_and_is_refused_while_the_unit_leads(world: World):
    held = {row.unit: row for row in db.session.scalars(select(Membership))}
    board, leader, member = world.browser("bd"), held[world.units["L"]], held[world.units["U"]]
    url = f"/memberships/{member.public_id}/release"
    assert board.post(url, {"on": "1/6/2026", "reason": ""}).status_code == 422
    refused = board.post(f"/memberships/{leader.public_id}/release", {"on": "1/6/2026", "reason": "theo quyết định"})
    assert refused.status_code == 422
    assert "Đơn vị L giữ vai trò Khối trưởng từ 15/01/2026 đến trước 15/01/2027" in refused.text
    assert board.post(url, {"on": "1/6/2026", "reason": "theo quyết định"}).status_code == 302
    assert member.ends_on == date(2026, 6, 1)


def test_the_list_finds_without_accents_and_shows_only_ones_own(world: World):
    assert "Khối thi đua C" in world.browser("bd").get("/blocs?q=khoi thi dua c").text
    assert "Khối thi đua B" not in world.browser("bd").get("/blocs?q=thi dua c").text
    mine = world.browser("oU").get("/blocs").text
    assert ("Khối thi đua B" in mine, "Khối thi đua C" in mine) == (True, False)
    assert "Chưa có khối, cụm nào" in world.browser("bq").get("/blocs").text


def test_lists_are_given_as_workbooks(world: World):
    for url in ("/blocs/workbook", path(world.blocs["B"], "/units/workbook?on=20/07/2026"), "/units/workbook"):
        answer = world.browser("bd").get(url)
        assert (answer.status_code, answer.data[:2]) == (200, b"PK")


def test_a_dissolved_bloc_keeps_its_records_and_takes_no_more(world: World):
    bloc, board = world.blocs["C"], world.browser("bd")
    assert board.post(path(bloc, "/dissolve"), {"on": "1/6/2026", "reason": "sắp xếp lại"}).status_code == 302
    assert world.browser("oX").get(path(bloc)).status_code == 200
    refused = board.post(
        path(bloc, "/admit"), {"unit": world.units["U"].public_id, "on": "1/7/2026", "force": "civil", "home": "own"}
    )
    assert refused.status_code == 422
    assert "đã giải thể từ 01/06/2026" in refused.text
