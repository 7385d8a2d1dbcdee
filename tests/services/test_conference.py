"""Conferences are planned, changed and taken from state to state; an approved one is closed twice over."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests.world import NOON, TODAY, World, build_world, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import ConferenceKind, ConferenceState, ConferenceStep, DayPart, Precision, RemarkKind
from tracker.domain.periods import PeriodKind
from tracker.errors import Conflict, NotOpen, ReasonMissing, RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.conference import Conference
from tracker.models.course import Remark
from tracker.services import conference as service

REVIEW = [ConferenceKind.HALF_YEAR_REVIEW]


def plan(world: World, **given) -> Conference:
    """A review of bloc B today, unless told otherwise."""
    values = {"title": "Hội nghị sơ kết", "kinds": REVIEW, "first_day": TODAY, **given}
    return service.plan(world.blocs["B"], **values, by=world.accounts["oL"], at=NOON)


def refusal(world: World, **given) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused:
        plan(world, **given)
    return refused.value


def changed(conference: Conference, world: World, seen: int | None = None, **given) -> Conference:
    values = {"title": conference.title, "kinds": REVIEW, "first_day": conference.first_day, **given}
    return service.change(conference, **values, seen=seen or conference.version, by=world.accounts["oL"], at=NOON)


def take(conference: Conference, step: ConferenceStep, world: World, persona: str = "oL", **given) -> Conference:
    return service.take(conference, step, by=world.accounts[persona], at=NOON, **given)


def test_a_planned_conference_keeps_kinds_period_chairs_and_hours(world: World):
    chairs = [
        service.ChairGiven(world.units["L"], "Nguyễn Văn Mẫu", "Giám đốc"),
        service.ChairGiven(None, "Trần Thị Ví Dụ", None),
    ]
    made = plan(
        world,
        kinds=[ConferenceKind.LAUNCH, ConferenceKind.HALF_YEAR_REVIEW],
        period_kind=PeriodKind.FIRST_HALF,
        period_year=2026,
        day_part=DayPart.MORNING,
        starts_at=time(7, 30),
        ends_at=time(11, 0),
        venue="  Trụ sở   Đơn vị L ",
        host_unit=world.units["U"],
        chairs=chairs,
    )
    db.session.commit()
    db.session.refresh(made)
    assert made.state is ConferenceState.PLANNED
    assert made.kind_set == (ConferenceKind.HALF_YEAR_REVIEW, ConferenceKind.LAUNCH)
    assert made.period.label == "6 tháng đầu năm 2026"
    assert made.venue == "Trụ sở Đơn vị L"
    assert [(row.unit and row.unit.id, row.person_name, row.position) for row in made.chairs] == [
        (world.units["L"].id, "Nguyễn Văn Mẫu", 0),
        (None, "Trần Thị Ví Dụ", 1),
    ]


def test_a_month_or_half_year_becomes_its_limits(world: World):
    month = plan(world, precision=Precision.MONTH, first_day=date(2024, 2, 15))
    half = plan(world, precision=Precision.HALF_YEAR, first_day=date(2025, 9, 2), period_year=None)
    assert (month.first_day, month.last_day) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (half.first_day, half.last_day) == (date(2025, 7, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"last_day": TODAY - timedelta(days=1)}, "last_day"),
        ({"last_day": TODAY + timedelta(days=31)}, "last_day"),
        ({"ends_at": time(9, 0)}, "starts_at"),
        ({"starts_at": time(9, 0), "ends_at": time(9, 0)}, "ends_at"),
        ({"precision": Precision.MONTH, "starts_at": time(9, 0)}, "precision"),
        ({"period_kind": PeriodKind.FIRST_HALF}, "period_year"),
        ({"period_year": 2026}, "period_kind"),
        ({"period_kind": PeriodKind.YEAR, "period_year": 2016}, "period_year"),
        ({"kinds": []}, "kinds"),
        ({"title": " \u200b "}, "title"),
        ({"chairs": [service.ChairGiven(None, None, "Giám đốc")]}, "chair_1_unit"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(world: World, given, field):
    assert refusal(world, **given).field == field


def test_a_conference_over_two_days_may_end_at_an_earlier_hour(world: World):
    made = plan(world, last_day=TODAY + timedelta(days=1), starts_at=time(14, 0), ends_at=time(11, 0))
    assert made.ends_at == time(11, 0)


def test_a_form_sent_twice_makes_one_conference(world: World):
    plan(world)
    db.session.commit()
    assert refusal(world, title="hoi nghi so ket").field == "title"
    db.session.rollback()
    assert len(db.session.scalars(select(Conference)).all()) == 1


def test_a_dissolved_bloc_plans_no_conference(world: World):
    world.blocs["B"].dissolved_on = TODAY
    keep(world.blocs["B"])
    assert refusal(world).field == "first_day"


def test_a_stale_form_is_refused_also_when_only_kinds_or_chairs_changed(world: World):
    made = plan(world)
    db.session.commit()
    seen = made.version
    changed(made, world, kinds=[ConferenceKind.THEMATIC], chairs=[service.ChairGiven(world.units["U"], None, None)])
    db.session.commit()
    with pytest.raises(Conflict) as conflict:
        changed(made, world, seen=seen, title="Tên khác")
    assert conflict.value.record is made
    assert made.kind_set == (ConferenceKind.THEMATIC,)


def test_chairs_who_are_left_out_go(world: World):
    made = plan(world, chairs=[service.ChairGiven(world.units[letter], None, None) for letter in "LDU"])
    db.session.commit()
    service.set_chairs(made, [service.ChairGiven(world.units["D"], None, None)], by=world.accounts["oL"], at=NOON)
    db.session.commit()
    db.session.refresh(made)
    assert [row.unit_id for row in made.chairs] == [world.units["D"].id]


def test_each_change_is_in_the_audit_with_its_actor(world: World):
    made = plan(world)
    db.session.commit()
    changed(made, world, venue="Hội trường")
    db.session.commit()
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.record_id == made.public_id, AuditEntry.action == "update")
    ).one()
    assert (entry.before, entry.after) == ('{"venue": null}', '{"venue": "Hội trường"}')
    assert entry.actor == "Người ol@officer.example (Đơn vị L)"


def test_nothing_is_held_before_its_day(world: World):
    made = plan(world, first_day=TODAY + timedelta(days=1))
    with pytest.raises(RuleBroken) as refused:
        take(made, ConferenceStep.HOLD, world)
    assert refused.value.field == "first_day"
    assert made.state is ConferenceState.PLANNED


def test_today_is_the_authoritys_today(world: World):
    """18:00 UTC on 15/05 is 01:00 on 16/05 in Việt Nam."""
    made = plan(world, first_day=TODAY + timedelta(days=1))
    service.take(made, ConferenceStep.HOLD, by=world.accounts["oL"], at=NOON + timedelta(hours=13))
    assert made.state is ConferenceState.HELD


def test_a_held_conference_is_not_moved_into_the_future(world: World):
    made = take(plan(world), ConferenceStep.HOLD, world)
    db.session.commit()
    with pytest.raises(RuleBroken) as refused:
        changed(made, world, first_day=TODAY + timedelta(days=1))
    assert refused.value.field == "first_day"


def test_a_postponed_conference_is_planned_again_on_a_new_day(world: World):
    made = take(plan(world), ConferenceStep.POSTPONE, world, reason="Bão số 3")
    with pytest.raises(RuleBroken) as refused:
        take(made, ConferenceStep.PLAN_AGAIN, world)
    assert refused.value.field == "new_first_day"
    take(made, ConferenceStep.PLAN_AGAIN, world, new_first_day=date(2026, 6, 1))
    assert (made.state, made.first_day, made.last_day) == (ConferenceState.PLANNED, date(2026, 6, 1), date(2026, 6, 1))
    assert [taken.reason for taken in made.steps] == ["Bão số 3", ""]


@pytest.mark.parametrize("step", [ConferenceStep.POSTPONE, ConferenceStep.CANCEL])
def test_a_reason_is_needed_and_kept(world: World, step):
    with pytest.raises(ReasonMissing):
        take(plan(world), step, world, reason="  ")


def test_a_cancelled_conference_takes_nothing_more(world: World):
    made = take(plan(world), ConferenceStep.CANCEL, world, reason="Gộp với tổng kết")
    with pytest.raises(NotOpen):
        take(made, ConferenceStep.HOLD, world)
    with pytest.raises(NotOpen):
        changed(made, world)


def test_the_minutes_go_out_come_back_and_are_approved(world: World):
    made = take(plan(world), ConferenceStep.HOLD, world)
    with pytest.raises(RuleBroken) as refused:
        take(made, ConferenceStep.SEND_MINUTES, world, comments_due_on=TODAY - timedelta(days=1))
    assert refused.value.field == "comments_due_on"
    take(made, ConferenceStep.SEND_MINUTES, world, comments_due_on=TODAY)
    assert (made.minutes_sent_at, made.comments_due_on) == (NOON, TODAY)
    take(made, ConferenceStep.TAKE_BACK, world, reason="Thiếu một kết luận")
    assert (made.state, made.minutes_sent_at) == (ConferenceState.HELD, None)
    take(made, ConferenceStep.SEND_MINUTES, world, comments_due_on=TODAY)
    take(made, ConferenceStep.APPROVE, world, persona="hL")
    db.session.commit()
    assert (made.state, made.approved_by, made.approved_at) == (ConferenceState.APPROVED, world.accounts["hL"], NOON)


def approved(world: World) -> Conference:
    """An approved review with one conclusion."""
    made = take(plan(world), ConferenceStep.HOLD, world)
    remark = Remark(conference=made, kind=RemarkKind.CONCLUSION, text="Sơ kết sớm hơn")
    keep(remark)
    take(made, ConferenceStep.SEND_MINUTES, world, comments_due_on=TODAY)
    take(made, ConferenceStep.APPROVE, world, persona="hL")
    db.session.commit()
    return made


def test_an_approved_conference_is_closed_in_the_service(world: World):
    made = approved(world)
    with pytest.raises(NotOpen):
        changed(made, world, title="Tên khác")
    with pytest.raises(NotOpen):
        service.set_chairs(made, [], by=world.accounts["oL"], at=NOON)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conference SET title = 'khac' WHERE state = 'approved'",
        "UPDATE conference SET state = 'held', approved_at = NULL, approved_by_id = NULL, title = 'khac'",
        "DELETE FROM conference WHERE state = 'approved'",
        "UPDATE remark SET text = 'khac'",
        "DELETE FROM remark",
        "DELETE FROM conference_kind",
    ],
)
def test_an_approved_conference_is_closed_in_the_database(either_app, statement):
    approved(build_world())
    with pytest.raises(DatabaseError, match="closed: the conference is approved"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert db.session.scalars(select(Conference.title)).all() == ["Hội nghị sơ kết"]


def test_reopening_needs_a_reason_and_opens_the_record_again(either_app):
    world = build_world()
    made = approved(world)
    with pytest.raises(ReasonMissing):
        take(made, ConferenceStep.REOPEN, world, persona="bd")
    take(made, ConferenceStep.REOPEN, world, persona="bd", reason="Sai tên đại biểu")
    db.session.commit()
    assert (made.state, made.approved_by) == (ConferenceState.HELD, None)
    changed(made, world, title="Hội nghị sơ kết (đã sửa)")
    db.session.commit()
    assert made.title == "Hội nghị sơ kết (đã sửa)"


def test_the_letterhead_is_set_after_approval_too(world: World):
    made = approved(world)
    head = service.set_letterhead(
        made,
        seen=0,
        signed_on=TODAY,
        report_number="12",
        recipients="Đơn vị U\n\n\n\nLưu: VT",
        by=world.accounts["oL"],
        at=NOON,
    )
    db.session.commit()
    assert (head.report_number, head.recipients) == ("12", "Đơn vị U\n\nLưu: VT")
    with pytest.raises(Conflict):
        service.set_letterhead(made, seen=0, report_number="13", by=world.accounts["oD"], at=NOON)


def test_nothing_is_signed_before_the_conference(world: World):
    made = make_conference(world.blocs["B"], "Sơ kết", TODAY)
    keep(made)
    with pytest.raises(RuleBroken) as refused:
        service.set_letterhead(made, seen=0, signed_on=TODAY - timedelta(days=1), by=world.accounts["oL"], at=NOON)
    assert refused.value.field == "signed_on"
