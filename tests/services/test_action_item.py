"""Action items: made, given, reported on, closed, moved, merged, cancelled, reviewed."""

from datetime import date, timedelta

import pytest

from tests.world import NEXT_YEAR, NOON, TODAY, World, keep, make_conference, make_unit
from tracker import policy
from tracker.db import db
from tracker.domain.action_items import ItemSource, ItemState, PartStep, Priority
from tracker.domain.conferences import ConferenceState, RemarkKind
from tracker.errors import Conflict, NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Membership
from tracker.models.course import Limitation, Remark
from tracker.services import action_item as items
from tracker.services.recording import acting

DUE = date(2026, 6, 30)


def made(world: World, **more):
    given = {"text": "Ban hành quy chế chấm điểm", "source": ItemSource.FREE, "made_on": TODAY,
             "by": world.accounts["oL"], "at": NOON, **more}
    return items.make(world.blocs["B"], **given)


def test_all_units_become_one_part_for_each_member_of_the_day(world):
    item = made(world, all_units=True)
    assert [part.unit.named_on(TODAY).name for part in item.parts] == [f"Đơn vị {letter}" for letter in "UVLDEN"]
    assert item.state is ItemState.OPEN


def test_a_joiner_is_not_given_what_all_units_were_given_before(world):
    item = made(world, all_units=True)
    late = make_unit(world.authority, "Đơn vị mới")
    keep(late, Membership(bloc=world.blocs["B"], unit=late, position=9, starts_on=TODAY))
    assert late not in [part.unit for part in item.parts]
    items.add_unit(item, late, by=world.accounts["oL"], at=NOON)
    assert [part.unit for part in item.parts][-1] is late


def test_due_date_before_the_day_of_giving_is_refused_under_its_field(world):
    with pytest.raises(RuleBroken) as refused:
        made(world, due_on=TODAY - timedelta(days=1))
    assert refused.value.field == "due_on"
    assert "14/05/2026" in refused.value.sentence


def test_a_unit_of_another_bloc_is_refused_by_name(world):
    with pytest.raises(RuleBroken, match="Đơn vị X không phải là thành viên"):
        made(world, units=[world.units["X"]])


def test_the_same_form_sent_twice_makes_one_item(world):
    made(world)
    with pytest.raises(RuleBroken, match="đã có rồi"):
        made(world, text="Ban hành  quy chế chấm điểm")
    assert db.session.query(ActionItem).count() == 1


def test_text_is_kept_whole_and_folded_for_search(world):
    item = made(world, text="  =SUM(1) thực hiện chiến sỹ thi đua\r\nDòng hai ", priority=Priority.HIGH)
    assert item.text == "=SUM(1) thực hiện chiến sỹ thi đua\nDòng hai"
    assert item.text_fold == "sum 1 thuc hien chien si thi dua dong hai"


def test_one_click_makes_an_item_of_a_conclusion_with_its_source_and_day(world):
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 5, 4))
    remark = Remark(conference=conference, kind=RemarkKind.CONCLUSION, text="Tập trung hoàn thành chỉ tiêu")
    keep(conference, remark)
    item = items.make_from(remark, day=TODAY, by=world.accounts["oL"], at=NOON)
    assert (item.text, item.source, item.made_on) == (remark.text, ItemSource.CONCLUSION, date(2026, 5, 4))
    assert (item.conference, item.remark_id, item.parts) == (conference, remark.id, [])


def test_a_limitation_of_one_unit_is_given_to_that_unit(world):
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 5, 4))
    weak = Limitation(conference=conference, text="Chậm gửi báo cáo", unit=world.units["V"])
    keep(conference, weak)
    item = items.make_from(weak, day=TODAY, by=world.accounts["oL"], at=NOON)
    assert [part.unit for part in item.parts] == [world.units["V"]]
    assert item.source is ItemSource.LIMITATION


def test_a_report_at_the_conference_does_not_become_an_item(world):
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 5, 4))
    remark = Remark(conference=conference, kind=RemarkKind.REPORT, text="Báo cáo kết quả")
    keep(conference, remark)
    with pytest.raises(RuleBroken, match="Chỉ kết luận"):
        items.make_from(remark, day=TODAY, by=world.accounts["oL"], at=NOON)


def test_all_conclusions_at_once_leave_out_those_that_are_items_already(world):
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 5, 4))
    remarks = [Remark(conference=conference, kind=RemarkKind.CONCLUSION, text=f"Kết luận {n}", position=n)
               for n in range(3)]
    other = Remark(conference=conference, kind=RemarkKind.DIRECTIVE, text="Ý kiến chỉ đạo", position=4)
    keep(conference, *remarks, other)
    items.make_from(remarks[1], day=TODAY, by=world.accounts["oL"], at=NOON)
    new = items.make_all(conference, day=TODAY, by=world.accounts["oL"], at=NOON)
    assert [item.text for item in new] == ["Kết luận 0", "Kết luận 2"]
    with pytest.raises(RuleBroken, match="Mọi kết luận"):
        items.make_all(conference, day=TODAY, by=world.accounts["oL"], at=NOON)


def test_a_part_goes_from_report_to_asking_to_back_to_done(world):
    item = made(world, units=[world.units["U"]])
    part = item.parts[0]
    items.report(part, text="Đã làm một nửa", percent=50, by=world.accounts["oU"], at=NOON)
    assert (part.state, part.percent, item.state) == (ItemState.IN_PROGRESS, 50, ItemState.IN_PROGRESS)
    items.report(part, text="Đã xong", percent=100, ask_closing=True, by=world.accounts["oU"], at=NOON)
    assert item.state is ItemState.WAITING
    items.send_back(part, reason="Thiếu số liệu", by=world.accounts["oL"], at=NOON)
    assert item.state is ItemState.IN_PROGRESS
    items.close(part, by=world.accounts["oL"], at=NOON)
    assert (item.state, item.closed_on, part.closed_by) == (ItemState.DONE, TODAY, world.accounts["oL"])
    assert [note.step for note in part.notes] == [
        PartStep.REPORT, PartStep.ASK_CLOSING, PartStep.SEND_BACK, PartStep.CLOSE,
    ]
    items.reopen(part, reason="Còn một việc", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert (item.state, item.closed_on, part.closed_by, part.closed_at) == (ItemState.IN_PROGRESS, None, None, None)


def test_an_item_of_several_is_done_when_the_last_counted_part_is(world):
    item = made(world, units=[world.units[letter] for letter in "UVE"])
    for part in item.parts[:2]:
        items.close(part, by=world.accounts["oL"], at=NOON)
    assert item.state is ItemState.IN_PROGRESS
    items.release(item.parts[2], reason="Đơn vị đã rời khối", by=world.accounts["oL"], at=NOON)
    assert item.state is ItemState.DONE


@pytest.mark.parametrize("act", [items.close, items.release, items.send_back])
def test_no_unit_judges_its_own_part_even_when_it_leads(world, act):
    part = made(world, units=[world.units["L"]]).parts[0]
    items.report(part, text="Xong", ask_closing=True, by=world.accounts["oL"], at=NOON)
    more = {} if act is items.close else {"reason": "vì"}
    with pytest.raises(NotAllowed):
        act(part, by=world.accounts["oL"], at=NOON, **more)
    assert part.state is ItemState.WAITING


def test_a_report_without_words_or_past_100_percent_is_refused(world):
    part = made(world, units=[world.units["U"]]).parts[0]
    with pytest.raises(RuleBroken) as empty:
        items.report(part, text=" ", by=world.accounts["oU"], at=NOON)
    with pytest.raises(RuleBroken) as over:
        items.report(part, text="x", percent=101, by=world.accounts["oU"], at=NOON)
    assert (empty.value.field, over.value.field) == ("text", "percent")


def test_cancelling_merging_and_moving_need_a_reason(world):
    item, other = made(world), made(world, text="Việc khác")
    for act in (
        lambda: items.cancel(item, reason=" ", by=world.accounts["oL"], at=NOON),
        lambda: items.merge(item, other, reason="", by=world.accounts["oL"], at=NOON),
        lambda: items.move_due(item, DUE, reason="", by=world.accounts["oL"], at=NOON),
    ):
        with pytest.raises(ReasonMissing):
            act()
    assert (item.state, item.due_on) == (ItemState.OPEN, None)


def test_a_merged_item_hands_its_open_parts_to_the_other(world):
    item = made(world, units=[world.units["U"], world.units["V"]])
    other = made(world, text="Việc khác", units=[world.units["V"]])
    items.merge(item, other, reason="Cùng nội dung", by=world.accounts["oL"], at=NOON)
    assert (item.state, item.merged_into, item.closed_on) == (ItemState.MERGED, other, TODAY)
    assert [part.unit for part in other.parts] == [world.units["V"], world.units["U"]]
    with pytest.raises(NotOpen):
        items.report(item.parts[0], text="Vẫn làm", by=world.accounts["oU"], at=NOON)


def test_each_moved_due_date_keeps_its_trail(world):
    item = made(world, due_on=DUE)
    items.move_due(item, date(2026, 9, 30), reason="Chờ hướng dẫn", by=world.accounts["oL"], at=NOON)
    items.move_due(item, None, reason="Không còn gấp", by=world.accounts["oL"], at=NOON)
    assert [(move.old_due_on, move.new_due_on) for move in item.due_moves] == [
        (DUE, date(2026, 9, 30)), (date(2026, 9, 30), None),
    ]


def test_a_stale_form_is_refused(world):
    item = made(world)
    db.session.commit()
    items.change(item, text="Mới", owner_text=None, priority=Priority.HIGH, seen=1, by=world.accounts["oL"], at=NOON)
    with pytest.raises(Conflict):
        items.change(item, text="Cũ", owner_text=None, priority=Priority.HIGH, seen=1, by=world.accounts["oL"], at=NOON)
    assert item.text == "Mới"


def test_a_review_says_one_thing_of_an_item_and_can_be_corrected(world):
    item = made(world)
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 7, 17), ConferenceState.PLANNED)
    keep(conference)
    items.review(item, conference, text="Làm tiếp", by=world.accounts["oL"], at=NOON)
    items.review(item, conference, text="Làm tiếp đến quý III", by=world.accounts["oD"], at=NOON)
    assert [(row.text, row.by_id) for row in item.reviews] == [("Làm tiếp đến quý III", world.accounts["oD"].id)]


def test_approved_minutes_take_no_more_words_about_items(world):
    item = made(world)
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 5, 4))
    keep(conference)
    with acting(None, NOON):
        conference.state, conference.approved_at = ConferenceState.APPROVED, NOON
        conference.approved_by = world.accounts["hL"]
    with pytest.raises(NotOpen):
        items.review(item, conference, text="Làm tiếp", by=world.accounts["oL"], at=NOON)


def test_a_successor_bears_the_part_and_does_not_judge_it(world):
    part = made(world, units=[world.units["U"]]).parts[0]
    with acting(None, NOON):
        world.units["U"].closed_on = date(2026, 6, 1)
        world.units["U"].successor = world.units["D"]
    db.session.commit()
    of_d, day = world.accounts["oD"], date(2026, 6, 1)
    assert not policy.may_report_progress(of_d, part, TODAY)
    assert policy.may_report_progress(of_d, part, day)
    assert policy.may_close_part(of_d, part, TODAY)
    assert not policy.may_close_part(of_d, part, day)
    assert policy.may_close_part(world.accounts["oL"], part, day)


def test_today_s_leader_finishes_what_last_year_left_open(world):
    part = made(world, units=[world.units["U"]]).parts[0]
    assert not policy.may_close_part(world.accounts["oN"], part, TODAY)
    assert policy.may_close_part(world.accounts["oN"], part, NEXT_YEAR)
    assert not policy.may_close_part(world.accounts["oL"], part, NEXT_YEAR)
