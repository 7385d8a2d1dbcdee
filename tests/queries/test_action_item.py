"""Items as they are read: age, origin, the board, and that nothing vanishes from review to review."""

from datetime import date

from tests.world import NOON, TODAY, World, build_world, keep, make_conference, make_unit
from tracker import policy
from tracker.db import db
from tracker.domain.action_items import ItemSource, ItemState
from tracker.domain.conferences import ConferenceKind, ConferenceState, Precision
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.bloc import Membership
from tracker.queries import action_item as queries
from tracker.queries import item_board, work
from tracker.services import action_item as items
from tracker.services import action_review
from tracker.services.recording import acting

REVIEW_DAY = date(2026, 7, 17)


def give(world: World, text: str, letters: str = "", made_on: date = TODAY, **more):
    item = items.make(
        world.blocs["B"], text=text, source=ItemSource.FREE, units=[world.units[letter] for letter in letters],
        made_on=made_on, by=world.accounts["oL"], at=NOON, **more,
    )
    db.session.commit()
    return item


def review(world: World, day: date = REVIEW_DAY, kind=ConferenceKind.HALF_YEAR_REVIEW, state=ConferenceState.PLANNED):
    conference = make_conference(world.blocs["B"], f"Hội nghị {day}", day, state, kind)
    keep(conference)
    return conference


def carried(conference, day: date = TODAY) -> list[str]:
    return [line.item.text for line in queries.carried_into(conference, day)]


def test_every_open_item_comes_up_at_the_next_review(world):
    give(world, "Chưa giao ai")
    give(world, "Đã giao", "UV")
    assert carried(review(world)) == ["Chưa giao ai", "Đã giao"]


def test_nothing_vanishes_when_the_conference_moves_or_the_year_turns(world):
    give(world, "Việc cũ", "U")
    conference = review(world)
    for moved in (date(2026, 6, 1), date(2026, 12, 20), date(2028, 1, 10)):
        with acting(None, NOON):
            conference.first_day = conference.last_day = moved
        db.session.commit()
        assert carried(conference, moved) == ["Việc cũ"]


def test_nothing_vanishes_when_only_the_half_year_is_known(world):
    give(world, "Việc cũ", "U")
    conference = make_conference(
        world.blocs["B"], "Sơ kết", date(2026, 1, 1), ConferenceState.PLANNED, precision=Precision.HALF_YEAR
    )
    conference.last_day = date(2026, 6, 30)
    keep(conference)
    assert carried(conference) == ["Việc cũ"]


def test_nothing_vanishes_when_another_unit_leads_and_the_change_is_counted(world):
    give(world, "Việc từ năm 2024", "U", date(2024, 6, 1))
    give(world, "Việc từ năm 2025", "U", date(2025, 2, 1))
    lines = queries.carried_into(review(world, date(2027, 7, 1)), date(2027, 7, 1))
    assert [(line.item.text, line.leader_changes) for line in lines] == [
        ("Việc từ năm 2024", 2), ("Việc từ năm 2025", 2),
    ]


def test_nothing_vanishes_when_a_unit_leaves_and_the_part_waits_for_a_decision(world):
    give(world, "Việc của V", "V")
    with acting(None, NOON):
        next(m for m in world.blocs["B"].memberships if m.unit is world.units["V"]).ends_on = date(2026, 6, 1)
    db.session.commit()
    [line] = queries.carried_into(review(world), REVIEW_DAY)
    assert (line.item.text, line.parts[0].left) == ("Việc của V", True)


def test_a_successor_in_the_bloc_bears_the_part_and_it_is_not_left(world):
    give(world, "Việc của V", "V")
    new = make_unit(world.authority, "Đơn vị mới")
    with acting(None, NOON):
        db.session.add_all([new, Membership(bloc=world.blocs["B"], unit=new, position=9, starts_on=date(2026, 6, 1))])
        world.units["V"].closed_on, world.units["V"].successor = date(2026, 6, 1), new
        next(m for m in world.blocs["B"].memberships if m.unit is world.units["V"]).ends_on = date(2026, 6, 1)
    db.session.commit()
    [line] = queries.carried_into(review(world), REVIEW_DAY)
    assert (line.parts[0].unit_name, line.parts[0].bearer_name, line.parts[0].left) == (
        "Đơn vị V", "Đơn vị mới", False,
    )


def test_what_was_merged_or_closed_after_the_review_is_still_shown_there(world):
    item, other = give(world, "Việc một", "U"), give(world, "Việc hai", "U")
    held = review(world, date(2026, 5, 15), state=ConferenceState.HELD)
    with acting(None, NOON):
        for one in (item, other):
            one.made_on = date(2026, 5, 1)
    items.merge(item, other, reason="Trùng nội dung", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert carried(held) == ["Việc một", "Việc hai"]
    assert carried(review(world)) == ["Việc hai"]


def test_a_review_keeps_what_it_spoke_of_whatever_becomes_of_the_item(world):
    item = give(world, "Việc một", "U")
    conference = review(world)
    items.review(item, conference, text="Làm tiếp", by=world.accounts["oL"], at=NOON)
    items.cancel(item, reason="Không còn phù hợp", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert carried(conference) == ["Việc một"]


def test_a_thematic_conference_shows_only_what_it_took_up(world):
    item = give(world, "Việc một", "U")
    give(world, "Việc hai", "U")
    thematic = review(world, kind=ConferenceKind.THEMATIC)
    assert carried(thematic) == []
    assert [line.item.text for line in queries.open_for(thematic, TODAY)] == ["Việc một", "Việc hai"]
    items.review(item, thematic, text="Đôn đốc", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert carried(thematic) == ["Việc một"]


def test_age_counts_reviews_that_met_and_said_something(world):
    item = give(world, "Việc một", "U", date(2025, 1, 10))
    first = review(world, date(2025, 7, 18), state=ConferenceState.HELD)
    second = review(world, date(2026, 1, 9), state=ConferenceState.HELD)
    silent = review(world, date(2026, 3, 1), state=ConferenceState.HELD)
    coming = review(world)
    for conference in (first, second, coming):
        items.review(item, conference, text="Làm tiếp", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert queries.load(item, TODAY).reviews_passed == 2
    assert [queries.open_for(c, TODAY)[0].reviews_passed for c in (first, second, silent, coming)] == [0, 1, 2, 2]
    assert queries.load(item, TODAY).age_days == 490


def test_lines_of_a_paper_number_own_items_first_then_the_carried(world):
    give(world, "Việc cũ", "U", date(2026, 5, 1), due_on=date(2026, 5, 10))
    held = review(world, date(2026, 5, 14), state=ConferenceState.HELD)
    for text in ("Mới một", "Mới hai"):
        items.make(world.blocs["B"], text=text, source=ItemSource.FREE, conference=held, all_units=True,
                   made_on=date(2026, 5, 14), by=world.accounts["oL"], at=NOON)
    db.session.commit()
    lines = queries.item_lines(held, TODAY)
    assert [(line.number, line.text, line.carried, line.overdue) for line in lines] == [
        (1, "Mới một", False, False), (2, "Mới hai", False, False), (3, "Việc cũ", True, True),
    ]
    assert [part.unit_name for part in lines[0].parts] == [f"Đơn vị {letter}" for letter in "UVLDEN"]


def test_the_board_counts_filters_and_groups(world):
    give(world, "Việc năm ngoái", "U", date(2025, 3, 1), due_on=date(2025, 6, 1))
    give(world, "Chiến sỹ thi đua", "V", due_on=date(2026, 6, 30))
    give(world, "Việc không hạn", "U")
    done = give(world, "Việc đã xong", "U")
    items.close(done.parts[0], by=world.accounts["oL"], at=NOON)
    db.session.commit()

    def board(**wanted):
        return item_board.board(
            world.blocs["B"], world.accounts["oU"], item_board.Wanted(**{"year": 2026, **wanted}), TODAY
        )

    whole = board()
    assert [(heading, [one.item.text for one in group]) for heading, group in whole.groups] == [
        ("Chuyển từ năm 2025", ["Việc năm ngoái"]),
        ("Ghi thêm trong năm 2026", ["Chiến sỹ thi đua", "Việc không hạn"]),
    ]
    assert whole.tallies == {
        "open_all": 3, "overdue": 1, "open": 2, "in_progress": 0, "waiting": 0, "done": 1, "gone": 0, "all": 4,
    }
    assert [one.item.text for one in board(text="chien si").items] == ["Chiến sỹ thi đua"]
    assert [one.item.text for one in board(unit=world.units["V"].public_id).items] == ["Chiến sỹ thi đua"]
    assert [one.item.text for one in board(state="overdue").items] == ["Việc năm ngoái"]
    assert [one.item.text for one in board(year=2025, state="all").items] == ["Việc năm ngoái"]
    assert board(text="không có như vậy").total == 0


def test_the_board_turns_pages_at_fifty(world):
    for n in range(60):
        give(world, f"Việc số {n:02d}")
    wanted = item_board.Wanted(year=2026, page=2)
    second = item_board.board(world.blocs["B"], world.accounts["oL"], wanted, TODAY)
    assert (second.page, second.pages, len(list(second.items))) == (2, 2, 10)


def test_predicates_and_sql_twins_agree_for_every_persona(world):
    give(world, "Chung", "UVLDEN")
    give(world, "Của V", "V")
    new = make_unit(world.authority, "Đơn vị mới")
    with acting(None, NOON):
        db.session.add(new)
        world.units["V"].closed_on, world.units["V"].successor = date(2026, 5, 12), new
        next(m for m in world.blocs["B"].memberships if m.unit is world.units["V"]).ends_on = date(2026, 5, 12)
        world.accounts["oX"].unit = new
    db.session.commit()
    cells = 0
    for account in world.accounts.values():
        seen = set(db.session.scalars(db.select(ActionItem.id).where(policy.items_seen_by(account, TODAY))))
        own = set(db.session.scalars(db.select(Assignment.id).where(policy.parts_reported_by(account, TODAY))))
        for item in db.session.query(ActionItem):
            assert (item.id in seen) == policy.may_see_item(account, item, TODAY)
            for part in item.parts:
                assert (part.id in own) == policy.may_report_progress(account, part, TODAY)
                cells += 1
    assert cells == len(world.accounts) * 7


def test_one_form_says_and_decides_of_every_item(world):
    said, moved, closed, gone = (
        give(world, text, "L" if text == "Xong" else "U") for text in ("Nói", "Dời", "Xong", "Bỏ")
    )
    items.add_unit(closed, world.units["U"], by=world.accounts["oL"], at=NOON)
    conference = review(world)
    decision = action_review.ReviewDecision
    outcome = action_review.review_all(
        conference,
        [
            action_review.Said(said, "Làm tiếp"),
            action_review.Said(moved, "Chờ hướng dẫn", decision.MOVE_DUE, date(2026, 9, 30)),
            action_review.Said(closed, "", decision.CLOSE),
            action_review.Said(gone, "Không còn phù hợp", decision.CANCEL),
        ],
        by=world.accounts["oL"], at=NOON,
    )
    db.session.commit()
    assert outcome == action_review.Outcome(4, ("Đơn vị L",))
    assert (moved.due_on, gone.state) == (date(2026, 9, 30), ItemState.CANCELLED)
    assert [part.state for part in closed.parts] == [ItemState.OPEN, ItemState.DONE]
    assert carried(conference) == ["Nói", "Dời", "Xong", "Bỏ"]


def test_board_carry_over_and_work_read_the_same_on_both_databases(either_app):
    world = build_world()
    give(world, "Việc năm ngoái", "U", date(2025, 3, 1), due_on=date(2025, 6, 1))
    waiting = give(world, "Việc chung", all_units=True, due_on=date(2026, 6, 30))
    give(world, "Việc không hạn")
    items.report(waiting.parts[0], text="Xong", ask_closing=True, by=world.accounts["oU"], at=NOON)
    items.close(waiting.parts[1], by=world.accounts["oL"], at=NOON)
    conference = review(world)
    wanted = item_board.Wanted(year=2026, text="viec", unit=world.units["U"].public_id)
    board = item_board.board(world.blocs["B"], world.accounts["oU"], wanted, TODAY)
    assert [one.item.text for one in board.items] == ["Việc năm ngoái", "Việc chung"]
    assert (board.tallies["overdue"], board.tallies["in_progress"]) == (1, 1)
    assert carried(conference) == ["Việc năm ngoái", "Việc chung", "Việc không hạn"]
    for persona, count in (("oU", 2), ("oL", 3), ("oD", 3), ("bd", 0)):
        account = world.accounts[persona]
        blocs = work.blocs_of(account, TODAY)
        assert len(work.waiting(account, blocs, TODAY)) == count, persona
        assert len(work.calendar(account, blocs, TODAY)) == 2
