"""What is approved is closed in the database too, whoever writes; the audit is never changed."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests.world import NOON, TODAY, build_world, make_conference
from tracker.db import Base, db
from tracker.domain.action_items import ItemSource, ItemState
from tracker.domain.conferences import (
    AssessmentKind,
    ConferenceState,
    CountSubject,
    DelegateKind,
    RemarkKind,
)
from tracker.models import closing, course
from tracker.models.action_item import ActionItem, ActionReview
from tracker.models.audit import AuditEntry
from tracker.models.conference import Chair, Conference
from tracker.services.recording import acting


@pytest.fixture
def approved(either_app) -> Conference:
    """An approved conference with one row in each listed child."""
    world = build_world()
    officer = world.accounts["oL"]
    with acting(officer, NOON):
        held = make_conference(world.blocs["B"], "Sơ kết", TODAY)
        item = ActionItem(
            bloc=world.blocs["B"], conference=held, source=ItemSource.FREE, text="Việc", text_fold="viec", made_on=TODAY
        )
        db.session.add_all([
            item,
            Chair(conference=held, unit=world.units["L"]),
            course.AgendaItem(conference=held, title="Khai mạc"),
            course.Delegate(conference=held, kind=DelegateKind.MEMBER, unit=world.units["U"]),
            course.Assessment(conference=held, kind=AssessmentKind.CONTEXT, text="Bối cảnh"),
            course.Limitation(conference=held, text="Hạn chế"),
            course.Remark(conference=held, kind=RemarkKind.CONCLUSION, text="Kết luận"),
            course.DeclaredCount(conference=held, subject=CountSubject.MEMBERS, declared=6),
            course.AdoptedDocument(conference=held, title="Quy chế"),
            course.Photograph(conference=held, caption="Toàn cảnh"),
            course.MinutesComment(conference=held, unit=world.units["U"], by=officer, at=NOON, text="Nhất trí"),
            ActionReview(item=item, conference=held, text="Tiếp tục", state_then=ItemState.OPEN, at=NOON, by=officer),
        ])
        db.session.flush()
        held.state, held.approved_at, held.approved_by = ConferenceState.APPROVED, NOON, officer
    db.session.commit()
    return held


def refused(statement: str, **values: object) -> bool:
    """Whether the database itself refuses the statement."""
    try:
        db.session.execute(text(statement), values)
    except DatabaseError:
        return True
    else:
        return False
    finally:
        db.session.rollback()


@pytest.mark.parametrize("model", closing.CHILDREN, ids=lambda model: model.__tablename__)
def test_listed_child_of_an_approved_conference_cannot_be_written(approved, model: type[Base]):
    table = model.__tablename__
    rows = db.session.scalar(text(f"SELECT count(*) FROM {table} WHERE conference_id = :id").bindparams(id=approved.id))
    assert rows == 1
    columns = ", ".join(c.name for c in model.__table__.columns if c.name not in ("id", "public_id"))
    copy = f"INSERT INTO {table} (id, public_id, {columns}) SELECT 9999, 'copyofrow234', {columns} FROM {table}"
    assert refused(copy)
    assert refused(f"UPDATE {table} SET public_id = 'changed23456'")
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("column", ["title", "venue", "first_day", "source_text"])
def test_root_of_an_approved_conference_cannot_be_written(approved, column: str):
    value = "2026-05-01" if column == "first_day" else "khác"
    assert refused(f"UPDATE conference SET {column} = '{value}'")
    reopening = "state = 'held', approved_at = NULL, approved_by_id = NULL"
    assert refused(f"UPDATE conference SET {reopening}, {column} = '{value}'")


def test_approved_conference_cannot_be_deleted(approved):
    assert refused("DELETE FROM conference")


def test_reopening_alone_is_open(approved):
    assert not refused("UPDATE conference SET state = 'held', approved_at = NULL, approved_by_id = NULL")


def test_progress_on_tasks_stays_open(approved):
    assert not refused("UPDATE action_item SET text = 'Việc khác'")


def test_audit_is_never_changed(approved):
    assert db.session.scalar(select(AuditEntry.id).limit(1)) is not None
    assert refused("UPDATE audit_entry SET actor = 'ai đó'")
    assert refused("DELETE FROM audit_entry")
