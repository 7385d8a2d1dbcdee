"""The audit: every change under an act, in the same transaction, in a chain that shows what was tampered with."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from tests.world import NOON, World
from tracker.db import db
from tracker.errors import Conflict
from tracker.models import closing
from tracker.models.audit import AuditEntry
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.queries import history
from tracker.services import account as accounts
from tracker.services import authority as authorities
from tracker.services.recording import ActMissing, acting

NEW_NAME = {
    "name": "Ủy ban nhân dân tỉnh Z", "short_name": "UBND tỉnh Z", "council_name": None, "place_name": "Thành phố Z",
    "header_lines": None, "time_zone": "Asia/Ho_Chi_Minh",
}


def rename_place(world: World, place: str = "Thành phố Z") -> None:
    authorities.change(
        world.authority, **{**NEW_NAME, "place_name": place}, seen=world.authority.version, by=world.accounts["ad"],
        at=NOON,
    )
    db.session.commit()


def entries(world: World) -> list[AuditEntry]:
    chain = world.authority.public_id
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.number)))


def test_change_writes_who_when_what_before_and_after(app, world: World):
    rename_place(world)
    entry = entries(world)[-1]
    assert entry.actor == "Người ad@admin.example (UBND tỉnh Z)"
    assert entry.at == NOON
    assert json.loads(entry.before) == {"place_name": "Z"}
    assert json.loads(entry.after) == {"place_name": "Thành phố Z"}


def test_reason_is_kept_with_the_change_it_belongs_to(app, world: World):
    accounts.disable(world.accounts["oU"], reason="Chuyển công tác", by=world.accounts["ad"], at=NOON)
    db.session.commit()
    shown = history.of_record(world.accounts["oU"])[0]
    assert shown.reason == "Chuyển công tác"
    assert [change.label for change in shown.changes] == ["Ngừng sử dụng lúc"]


def test_change_outside_a_service_is_refused(app, world: World):
    world.authority.place_name = "Lén lút"
    with pytest.raises(ActMissing):
        db.session.flush()


def test_undone_transaction_leaves_no_entry(app, world: World):
    before = len(entries(world))
    authorities.change(world.authority, **NEW_NAME, seen=world.authority.version, by=world.accounts["ad"], at=NOON)
    db.session.rollback()
    rename_place(world)
    assert len(entries(world)) == before + 1


def test_undone_savepoint_takes_only_its_own_entries_along(app, world: World):
    unit, other = world.units["U"], world.units["V"]
    before = len(db.session.scalars(select(AuditEntry)).all())
    with acting(world.accounts["ad"], NOON):
        unit.head_signs = True
        inside = db.session.begin_nested()
        other.head_signs = True
        db.session.flush()
        inside.rollback()
        with db.session.begin_nested():
            world.units["E"].head_signs = True
    db.session.commit()

    told = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[before:]
    assert [entry.record_id for entry in told] == [unit.public_id, world.units["E"].public_id]


def test_savepoint_undone_after_one_inside_was_kept_takes_only_its_own_along(app, world: World):
    before = len(db.session.scalars(select(AuditEntry)).all())
    with acting(world.accounts["ad"], NOON):
        world.units["U"].head_signs = True
        outer = db.session.begin_nested()
        with db.session.begin_nested():
            world.units["V"].head_signs = True
        assert len(db.session.scalars(select(AuditEntry)).all()) == before, "the chain is locked last of all"
        outer.rollback()
    db.session.commit()
    told = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[before:]
    assert [entry.record_id for entry in told] == [world.units["U"].public_id]


def test_failed_flush_in_a_savepoint_forgets_nothing_of_before(app, world: World):
    before = len(db.session.scalars(select(AuditEntry)).all())
    with acting(world.accounts["ad"], NOON):
        world.units["U"].head_signs = True
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(Bloc(authority=world.authority))
            db.session.flush()
    db.session.commit()
    told = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[before:]
    assert [entry.record_id for entry in told] == [world.units["U"].public_id]


def test_second_editor_is_told_of_the_conflict_and_overwrites_nothing(app, world: World):
    seen = world.authority.version
    rename_place(world)
    with pytest.raises(Conflict):
        authorities.change(world.authority, **NEW_NAME, seen=seen, by=world.accounts["bd"], at=NOON)
    assert world.authority.place_name == "Thành phố Z"


def test_passwords_never_stand_in_the_audit(app, world: World):
    accounts.reset_password(world.accounts["oU"], reason="Quên", by=world.accounts["ad"], at=NOON)
    db.session.commit()
    kept = " ".join(entry.before + entry.after for entry in db.session.scalars(select(AuditEntry)))
    assert "argon2" not in kept
    assert "password_hash" not in kept


def test_chains_of_two_authorities_are_numbered_apart(app, world: World):
    rename_place(world)
    q = world.other_authority
    authorities.change(q, **{**NEW_NAME, "name": q.name}, seen=q.version, by=world.accounts["bq"], at=NOON)
    db.session.commit()
    numbers = db.session.execute(
        select(AuditEntry.number).where(AuditEntry.chain.in_([world.authority.public_id, q.public_id]))
    ).all()
    assert numbers == [(1,), (1,)]


def test_entries_can_be_neither_changed_nor_deleted(either_app):
    with pytest.raises(Exception, match="kept: the audit is never changed"):
        authorities.found(name="Ủy ban nhân dân tỉnh Y", place_name="Y", by=None, at=NOON)
        db.session.commit()
        db.session.execute(update(AuditEntry).values(actor="Người khác"))
    db.session.rollback()
    with pytest.raises(Exception, match="kept: the audit is never changed"):
        db.session.execute(text("DELETE FROM audit_entry"))
    db.session.rollback()
    assert db.session.scalar(select(Authority.name)) == "Ủy ban nhân dân tỉnh Y"


def tamper(statement: str) -> None:
    """Change the audit as someone could who owns the database: past its triggers."""
    closing.drop(db.session.connection())
    db.session.execute(text(statement))
    db.session.commit()


def verify(app):
    db.session.commit()
    return app.test_cli_runner().invoke(args=["verify-audit"])


def test_verify_audit_counts_the_entries_of_each_authority(app, world: World):
    rename_place(world)
    rename_place(world, "Z")
    answer = verify(app)
    assert answer.exit_code == 0
    assert "Ủy ban nhân dân tỉnh Z: 2 trên 2 bản ghi khớp." in answer.output


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'Người khác' WHERE action = 'update' AND number = 1",
        "UPDATE audit_entry SET after = '{}' WHERE action = 'update' AND number = 2",
        "DELETE FROM audit_entry WHERE action = 'update' AND number = 1",
        "DELETE FROM audit_entry WHERE action = 'update' AND number = 2",
    ],
)
def test_verify_audit_ends_with_a_fault_when_an_entry_was_changed_or_taken_away(app, world: World, statement: str):
    rename_place(world)
    rename_place(world, "Z")
    tamper(statement)
    answer = verify(app)
    assert answer.exit_code == 1
    assert "Ủy ban nhân dân tỉnh Z" in answer.output


def test_history_reads_in_words(app, world: World):
    later = NOON + timedelta(hours=1)
    accounts.disable(world.accounts["oU"], reason="Nghỉ hưu", by=world.accounts["ad"], at=NOON)
    db.session.commit()
    accounts.enable(world.accounts["oU"], reason="Quay lại", by=world.accounts["ad"], at=later)
    db.session.commit()
    assert [(entry.action_label, entry.reason) for entry in history.of_record(world.accounts["oU"])[:2]] == [
        ("Sửa: Tài khoản", "Quay lại"),
        ("Sửa: Tài khoản", "Nghỉ hưu"),
    ]
