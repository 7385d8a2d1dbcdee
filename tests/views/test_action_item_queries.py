"""Lists of action items cost the same however long they are."""

from datetime import date

import time_machine

from tests.counting import counted
from tests.views.test_action_item import give
from tests.world import NOON, keep, make_conference
from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.conferences import ConferenceState
from tracker.services import action_item as items


@time_machine.travel(NOON, tick=False)
def test_three_and_thirty_items_cost_the_same_queries(app, world):
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 7, 17), ConferenceState.PLANNED)
    keep(conference)
    paths = {
        f"/blocs/{world.blocs['B'].public_id}/action-items": "oU",
        f"/blocs/{world.blocs['B'].public_id}/action-items/workbook": "oL",
        f"/conferences/{conference.public_id}/action-items/review": "oL",
    }

    def costs() -> list[int]:
        found = []
        for path, persona in paths.items():
            browser = world.browser(persona)
            browser.get(path)
            with counted() as sent:
                assert browser.get(path).status_code == 200
            found.append(len(sent))
        return found

    def more(first: int, last: int) -> None:
        for n in range(first, last):
            item = give(world, f"Việc {n}", "UVL")
            items.report(item.parts[0], text="Đang làm", by=world.accounts["oU"], at=NOON)
            items.review(item, conference, text="Làm tiếp", by=world.accounts["oL"], at=NOON)
        db.session.commit()

    more(0, 3)
    few = costs()
    more(3, 30)
    assert costs() == few


@time_machine.travel(NOON, tick=False)
def test_an_item_leads_a_member_only_to_a_conference_that_it_may_read(app, world):
    held = make_conference(world.blocs["B"], "Sơ kết", NOON.date(), ConferenceState.HELD)
    keep(held)
    item = items.make(
        world.blocs["B"], text="Việc", source=ItemSource.FREE, conference=held, units=[world.units["U"]],
        made_on=NOON.date(), by=world.accounts["oL"], at=NOON,
    )
    db.session.commit()
    path, address = f"/action-items/{item.public_id}", f"/conferences/{held.public_id}"
    assert {who: f'href="{address}"' in world.browser(who).get(path).text for who in ("oU", "oL")} == {
        "oU": False, "oL": True,
    }
