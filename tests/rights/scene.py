"""What the matrix asks about: one record of each kind in bloc B, made as rows in 2026, each in the state it needs."""

from datetime import date
from typing import Any

from sqlalchemy import select

from tests.rights import scene_reporting
from tests.services.test_attachment import LIMIT, picture
from tests.world import NOON, TODAY, World, make_conference
from tracker.db import Base, db
from tracker.domain.action_items import ItemSource, ItemState
from tracker.domain.conferences import ConferenceState, DelegateKind, RemarkKind
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.bloc import Membership, Term
from tracker.models.course import AgendaItem, Delegate, Limitation, MinutesComment, Remark
from tracker.models.unit import UnitSpelling
from tracker.services import attachment as attachments
from tracker.services.recording import acting
from tracker.text import fold

#: The unit that stands where U and L stand in bloc B.
UNITS = {"B": {"U": "U", "L": "L"}, "C": {"U": "X", "L": "M"}}


def _conferences(world: World, code: str) -> dict[str, Any]:
    bloc = world.blocs[code]
    soon, past = date(2026, 6, 20), date(2026, 5, 4)
    return {
        "planned": make_conference(bloc, "Hội nghị dự kiến", soon, ConferenceState.PLANNED),
        "postponed": make_conference(bloc, "Hội nghị hoãn", soon, ConferenceState.POSTPONED),
        "held": make_conference(bloc, "Hội nghị đã họp", past, ConferenceState.HELD),
        "sent": make_conference(bloc, "Hội nghị lấy ý kiến", past, ConferenceState.MINUTES_SENT, minutes_sent_at=NOON),
        "approved": make_conference(bloc, "Hội nghị đã thông qua", past, ConferenceState.HELD),
    }


def _items(world: World, held: Any, code: str) -> dict[str, Any]:
    units = {letter: world.units[name] for letter, name in UNITS[code].items()}
    item = ActionItem(
        bloc=world.blocs[code], conference=held, source=ItemSource.FREE, text="Việc chung", text_fold="viec chung",
        made_on=TODAY,
    )
    parts = {letter: Assignment(item=item, unit=units[letter], state=ItemState.WAITING) for letter in "UL"}
    other = ActionItem(
        bloc=world.blocs[code], source=ItemSource.FREE, text="Việc đã xong", text_fold="viec da xong", made_on=TODAY,
        state=ItemState.DONE,
    )
    closed = Assignment(
        item=other, unit=units["U"], state=ItemState.DONE, closed_at=NOON, closed_by=world.accounts["bd"]
    )
    return {"item": item, "part of U": parts["U"], "part of L": parts["L"], "closed part of U": closed}


def build(world: World, persona: str, code: str = "B") -> dict[str, Base]:
    """The records of a bloc by the names that expectations.py uses."""
    unit, writer = world.units[UNITS[code]["U"]], world.accounts[f"o{UNITS[code]['L']}"]
    with acting(None, NOON):
        made = _conferences(world, code)
        held = made["held"]
        made |= _items(world, held, code)
        made["agenda"] = AgendaItem(conference=held, title="Khai mạc", position=2)
        own = world.accounts[persona].unit if persona in world.accounts else None
        made["own delegate"] = Delegate(
            conference=made["planned"], kind=DelegateKind.MEMBER, unit=own or unit, person_name="Một người"
        )
        made["remark"] = Remark(conference=held, kind=RemarkKind.CONCLUSION, text="Kết luận")
        made["limitation"] = Limitation(conference=held, text="Hạn chế")
        made["comment"] = MinutesComment(
            conference=made["sent"], unit=unit, by=world.accounts[f"o{UNITS[code]['U']}"], at=NOON, text="Góp ý"
        )
        made["spelling"] = UnitSpelling(unit=unit, name="Đ.vị U", name_fold=fold("Đ.vị U"))
        db.session.add_all([AgendaItem(conference=held, title="Báo cáo", position=1), *made.values()])
        db.session.flush()
        approved = made["approved"]
        approved.state, approved.approved_at, approved.approved_by = ConferenceState.APPROVED, NOON, writer
    made["file"] = attachments.store_photo(
        picture(), "Ảnh.png", limit=LIMIT, conference=held, by=writer, at=NOON
    )
    db.session.commit()
    bloc = world.blocs[code]
    made["bloc"], made["unit"], made["account of U"] = bloc, unit, world.accounts["oU"]
    made["unit L"] = world.units[UNITS[code]["L"]]
    made["membership"] = db.session.scalars(select(Membership).where(Membership.bloc_id == bloc.id)).first()
    made["term"] = db.session.scalars(select(Term).where(Term.bloc_id == bloc.id).order_by(Term.id.desc())).first()
    return made | scene_reporting.build(world, code, UNITS[code])
