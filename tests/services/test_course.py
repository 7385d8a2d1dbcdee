"""The course of a conference: rows in order, a roster that never doubles, declared numbers, comments and answers."""

from datetime import date
from typing import Any

import pytest

from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.conferences import (
    AssessmentKind,
    Attendance,
    ConferenceState,
    CountSubject,
    DelegateKind,
    RemarkKind,
)
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.action_item import ActionItem
from tracker.models.conference import Conference
from tracker.models.course import (
    AgendaItem,
    Assessment,
    DeclaredCount,
    Delegate,
    Limitation,
    MinutesComment,
    Remark,
)
from tracker.queries import course as courses
from tracker.services import course
from tracker.services.course import AttendanceGiven, CountGiven


@pytest.fixture
def review(world: World) -> Conference:
    conference = make_conference(world.blocs["B"], "Sơ kết", TODAY, minutes_sent_at=NOON)
    keep(conference)
    return conference


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.accounts["oL"], "at": NOON}


def texts(conference: Conference, model: type[Any] = Limitation) -> list[str]:
    return [row.text for row in courses.rows(conference, model)]


def three(review: Conference, act: dict[str, Any]) -> list[Limitation]:
    return course.add_many(review, Limitation, [{"text": "một"}, {"text": "hai"}, {"text": "ba"}], **act)


def test_rows_are_appended_in_their_order(review, act):
    three(review, act)
    course.add(review, Limitation, {"text": "bốn"}, **act)
    assert texts(review) == ["một", "hai", "ba", "bốn"]


def test_second_click_makes_no_second_row(review, act):
    first = course.add(review, Limitation, {"text": "một"}, **act)
    assert course.add(review, Limitation, {"text": "một"}, **act) is first
    assert three(review, act) == three(review, act)
    assert texts(review) == ["một", "một", "hai", "ba"]


def test_row_moves_up_and_down_and_stays_at_the_ends(review, act):
    one, _two, three_ = three(review, act)
    course.move(three_, "up", **act)
    assert texts(review) == ["một", "ba", "hai"]
    course.move(one, "up", **act)
    assert texts(review) == ["một", "ba", "hai"]
    course.move(one, "down", **act)
    assert texts(review) == ["ba", "một", "hai"]


def test_conclusion_moves_among_conclusions_only(review, act):
    for kind, text in [("conclusion", "k1"), ("directive", "c1"), ("conclusion", "k2")]:
        last = course.add(review, Remark, {"kind": RemarkKind(kind), "text": text}, **act)
    course.move(last, "up", **act)
    assert texts(review, Remark) == ["k2", "c1", "k1"]


def test_stale_change_is_refused_with_the_row(review, act):
    row = course.add(review, Limitation, {"text": "một"}, **act)
    course.change(row, {"text": "hai"}, seen=1, **act)
    with pytest.raises(Conflict) as refused:
        course.change(row, {"text": "ba"}, seen=1, **act)
    assert refused.value.record is row
    assert texts(review) == ["hai"]


def test_removed_row_comes_back_at_its_place_under_its_id(review, act):
    _one, two, _three = three(review, act)
    db.session.commit()
    course.remove(two, **act)
    db.session.commit()
    assert texts(review) == ["một", "ba"]
    back = course.restore(review, Limitation, two.public_id, **act)
    assert texts(review) == ["một", "hai", "ba"]
    assert back.public_id == two.public_id
    assert course.restore(review, Limitation, two.public_id, **act) is back


def test_restored_row_keeps_codes_and_units(world, review, act):
    values = {"kind": DelegateKind.MEMBER, "unit": world.units["U"], "attendance": Attendance.PRESENT}
    row = course.add(review, Delegate, values, **act)
    public_id = row.public_id
    db.session.commit()
    course.remove(row, **act)
    db.session.commit()
    back = course.restore(review, Delegate, public_id, **act)
    assert (back.kind, back.unit_id, back.attendance) == (
        DelegateKind.MEMBER, world.units["U"].id, Attendance.PRESENT,
    )


def test_what_was_never_removed_cannot_be_restored(review, act):
    with pytest.raises(RuleBroken):
        course.restore(review, Limitation, "abcdefghjkmn", **act)


def test_source_of_an_action_item_is_not_removed(review, act):
    row = course.add(review, Limitation, {"text": "một"}, **act)
    keep(
        ActionItem(
            bloc=review.bloc, conference=review, limitation_id=row.id, source=ItemSource.LIMITATION, text="một",
            text_fold="mot", made_on=TODAY,
        )
    )
    with pytest.raises(RuleBroken):
        course.remove(row, **act)
    assert texts(review) == ["một"]


def test_approved_conference_takes_nothing(review, act):
    row = course.add(review, Limitation, {"text": "một"}, **act)
    review.state = ConferenceState.APPROVED
    with db.session.no_autoflush:
        for refused in (
            lambda: course.add(review, Limitation, {"text": "hai"}, **act),
            lambda: course.add_many(review, Limitation, [{"text": "hai"}], **act),
            lambda: course.change(row, {"text": "hai"}, seen=1, **act),
            lambda: course.remove(row, **act),
            lambda: course.move(row, "up", **act),
            lambda: course.propose_roster(review, **act),
            lambda: course.set_counts(review, [], seen=0, **act),
            lambda: course.set_attendance(review, [], seen=0, **act),
            lambda: course.comment(review, unit=None, text="a", agreed=False, **act),
        ):
            with pytest.raises(NotOpen):
                refused()


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (AgendaItem, {"title": ""}, "title"),
        (AgendaItem, {"title": "Khai mạc", "minutes": 0}, "minutes"),
        (Delegate, {"kind": DelegateKind.GUEST}, "person_name"),
        (Delegate, {"kind": DelegateKind.MEMBER}, "unit"),
        (Delegate, {"kind": DelegateKind.GUEST, "body": "Sở", "attendance": Attendance.SUBSTITUTE}, "person_name"),
        (Assessment, {"kind": AssessmentKind.CONTEXT, "text": ""}, "text"),
        (Limitation, {"text": ""}, "text"),
    ],
)
def test_row_without_sense_is_refused_under_its_field(review, act, model, values, field):
    with pytest.raises(RuleBroken) as refused:
        course.add(review, model, values, **act)
    assert refused.value.field == field
    assert courses.rows(review, model) == []


def test_unit_of_another_bloc_is_no_member_delegate(world, review, act):
    with pytest.raises(RuleBroken) as refused:
        course.add(review, Delegate, {"kind": DelegateKind.MEMBER, "unit": world.units["X"]}, **act)
    assert refused.value.field == "unit"


def test_roster_is_that_of_the_day_and_never_doubles(world, review, act):
    world.blocs["B"].memberships[1].ends_on = date(2026, 5, 1)
    keep()
    made = course.propose_roster(review, **act)
    assert [row.unit.named_on(TODAY).name for row in made] == [f"Đơn vị {letter}" for letter in "ULDEN"]
    assert course.propose_roster(review, **act) == []
    assert len(courses.rows(review, Delegate)) == 5


def test_member_names_its_people_into_its_blank_row_first(world, review, act):
    review.state = ConferenceState.PLANNED
    keep()
    course.propose_roster(review, **act)
    unit, own = world.units["U"], {"by": world.accounts["oU"], "at": NOON}
    first = course.name_delegate(review, unit, {"person_name": "Lê A", "state_post": "Giám đốc"}, **own)
    second = course.name_delegate(review, unit, {"person_name": "Lê B", "state_post": None}, **own)
    assert [row.person_name for row in courses.own_delegates(review, unit.id)] == ["Lê A", "Lê B"]
    course.withdraw_delegate(second, **own)
    course.withdraw_delegate(first, **own)
    assert [row.person_name for row in courses.own_delegates(review, unit.id)] == [None]
    review.state = ConferenceState.HELD
    with pytest.raises(NotOpen), db.session.no_autoflush:
        course.name_delegate(review, unit, {"person_name": "Lê C"}, **own)


def test_attendance_of_all_is_saved_at_once(review, act):
    rows = course.propose_roster(review, **act)
    seen = courses.list_version(courses.rows(review, Delegate))
    given = [AttendanceGiven(row, Attendance.PRESENT, people=2) for row in rows[:2]]
    course.set_attendance(review, given, seen=seen, **act)
    assert [(row.attendance, row.people) for row in courses.rows(review, Delegate)] == [
        *[(Attendance.PRESENT, 2)] * 2, *[(None, None)] * 4,
    ]
    with pytest.raises(Conflict):
        course.set_attendance(review, given, seen=seen, **act)


def test_substitute_without_a_name_is_refused_at_its_row(review, act):
    row = course.propose_roster(review, **act)[0]
    seen = courses.list_version(courses.rows(review, Delegate))
    with pytest.raises(RuleBroken) as refused:
        course.set_attendance(review, [AttendanceGiven(row, Attendance.SUBSTITUTE)], seen=seen, **act)
    assert refused.value.field == f"person_name_{row.public_id}"


def test_declared_numbers_are_kept_blank_is_not_zero(review, act):
    course.set_counts(
        review,
        [CountGiven(CountSubject.TASK_GROUPS, 6, "Nhóm nhiệm vụ"), CountGiven(CountSubject.PEOPLE, None),
         CountGiven(CountSubject.GUESTS, 0)],
        seen=courses.list_version([]), **act,
    )
    rows = courses.rows(review, DeclaredCount)
    assert [(row.subject, row.declared) for row in rows] == [(CountSubject.TASK_GROUPS, 6), (CountSubject.GUESTS, 0)]
    course.set_counts(
        review, [CountGiven(CountSubject.GUESTS, None)], seen=courses.list_version(rows), **act
    )
    assert [row.subject for row in courses.rows(review, DeclaredCount)] == [CountSubject.TASK_GROUPS]


def test_comment_is_words_or_agreement(world, review, act):
    review.state = ConferenceState.MINUTES_SENT
    keep()
    own = {"by": world.accounts["oU"], "at": NOON}
    with pytest.raises(RuleBroken) as refused:
        course.comment(review, unit=world.units["U"], text=" ", agreed=False, **own)
    assert refused.value.field == "text"
    made = course.comment(review, unit=world.units["U"], text="", agreed=True, **own)
    assert made.text == "Nhất trí với dự thảo biên bản."
    assert course.comment(review, unit=world.units["U"], text="", agreed=True, **own) is made
    assert len(courses.rows(review, MinutesComment)) == 1


def test_comment_that_is_not_taken_over_is_answered(world, review, act):
    review.state = ConferenceState.MINUTES_SENT
    keep()
    made = course.comment(
        review, unit=world.units["U"], text="Sửa tên", agreed=False, by=world.accounts["oU"], at=NOON
    )
    with pytest.raises(RuleBroken) as refused:
        course.answer(made, answer="", taken_over=False, seen=1, **act)
    assert refused.value.field == "answer"
    course.answer(made, answer="Đúng quyết định", taken_over=False, seen=1, **act)
    assert (made.answer, made.taken_over) == ("Đúng quyết định", False)
    with pytest.raises(Conflict):
        course.answer(made, answer="Khác", taken_over=True, seen=1, **act)


def test_attendance_counts_only_within_the_units_own_membership(world, review, act):
    bloc, unit = world.blocs["B"], world.units["V"]
    earlier = make_conference(bloc, "Tổng kết", date(2025, 12, 20))
    keep(earlier)
    for conference, attendance in [(earlier, Attendance.PRESENT), (review, Attendance.EXCUSED)]:
        course.add(
            conference, Delegate, {"kind": DelegateKind.MEMBER, "unit": unit, "attendance": attendance}, **act
        )
    course.propose_roster(review, **act)
    db.session.commit()
    year = (date(2025, 1, 1), date(2026, 12, 31))
    assert courses.attendance_rates(bloc, *year) == {unit.id: (1, 2)}
    next(m for m in bloc.memberships if m.unit_id == unit.id).starts_on = date(2026, 1, 1)
    keep()
    assert courses.attendance_rates(bloc, *year) == {unit.id: (0, 1)}
