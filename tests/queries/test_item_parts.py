"""What a conference's page says of the items that came up: the same as everywhere, in the same few queries."""

from datetime import date

import time_machine
from sqlalchemy import select

from tests.queries.test_action_item import REVIEW_DAY, give, review
from tests.views.conferences import statements
from tests.world import NOON, World, keep, make_unit
from tracker.db import db
from tracker.domain.action_items import ItemState, PartStep
from tracker.models.action_item import ActionItem, Assignment, ProgressNote
from tracker.models.conference import Conference
from tracker.queries import action_item as queries
from tracker.services.recording import acting


def note(world: World, item: ActionItem, text: str) -> None:
    keep(ProgressNote(part=item.parts[0], step=PartStep.REPORT, at=NOON, by=world.accounts["oL"], text=text))


def a_year(world: World) -> Conference:
    """Items of one unit, of several, of nobody, one reported on, one of a unit that was followed by another from
    outside, one of a unit that never was in the bloc, one that was taken away from its unit."""
    give(world, "Của nhiều đơn vị", "UV")
    give(world, "Chưa giao ai")
    note(world, give(world, "Đã báo", "U"), "Đã làm xong một nửa")
    give(world, "Của đơn vị đã sáp nhập", "V")
    taken = give(world, "Đã rút", "U")
    outside, heir = make_unit(world.authority, "Đơn vị ngoài khối"), make_unit(world.authority, "Đơn vị mới")
    with acting(None, NOON):
        taken.parts[0].state = ItemState.CANCELLED
        db.session.add_all([outside, heir, Assignment(item=give(world, "Của đơn vị ngoài"), unit=outside)])
        world.units["V"].closed_on, world.units["V"].successor = date(2026, 6, 1), heir
        member = next(row for row in world.blocs["B"].memberships if row.unit is world.units["V"])
        member.ends_on = date(2026, 6, 1)
    db.session.commit()
    return review(world)


def test_the_page_of_a_conference_says_of_items_what_every_page_says(world: World):
    conference = a_year(world)
    whole = queries.open_for(conference, REVIEW_DAY)
    db.session.expunge_all()
    held = db.session.scalars(select(Conference).where(Conference.public_id == conference.public_id)).one()
    brief = queries.carried_into(held, REVIEW_DAY)
    assert [told(line) for line in brief] == [told(line) for line in whole]
    assert [part.bearer_name for line in brief for part in line.parts if part.bearer_name] == ["Đơn vị mới"] * 2


def told(line: queries.ItemSeen) -> tuple[object, ...]:
    """Everything an item's line says, by ids where it holds records."""
    parts = tuple(
        (part.part.id, part.part.state, part.part.percent, part.part.unit.id, part.unit_name, part.short_name,
         part.bearer_name, part.left, part.overdue, part.file_count, tuple(note.text for note in part.notes))
        for part in line.parts
    )  # fmt: skip
    return (
        line.item.id, line.overdue, line.due_text, line.due_tone, line.age_days, line.origin, line.reviews_passed,
        line.leader_changes, line.done_count, len(line.counted), parts, tuple(note.id for note in line.since),
    )  # fmt: skip


@time_machine.travel(NOON, tick=False)
def test_few_parts_and_six_hundred_with_notes_cost_a_conference_the_same(world: World):
    path = f"/conferences/{a_year(world).public_id}"
    few = statements(world, path)
    units = [make_unit(world.authority, f"Đơn vị {place}") for place in range(30)]
    items = [give(world, f"Việc {place}") for place in range(20)]
    with acting(None, NOON):
        parts = [Assignment(item=item, unit=unit) for item in items for unit in units]
        db.session.add_all([*units, *parts])
        db.session.add_all(
            ProgressNote(part=part, step=PartStep.REPORT, at=NOON, by=world.accounts["oL"], text="Đã làm")
            for part in parts
        )
    db.session.commit()
    assert (statements(world, path), len(parts)) == (few, 600)
