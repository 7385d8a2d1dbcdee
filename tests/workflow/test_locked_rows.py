"""What a unit wrote is immovable once its period is locked, also for whoever writes past the services."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.reporting import LOCKS_AT, make_period, make_pledge, make_sent, make_set, set_state, submission_of
from tests.world import NOON, World, build_world, keep
from tracker.db import Base, db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import AchievementKind
from tracker.models.attachment import Attachment
from tracker.models.closing import LOCKED, UNIT_DATA
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Achievement, SubmissionComment

TABLES = [*UNIT_DATA, Attachment]
#: What is the unit's in each table, written down once more and not read from the code.
COLUMNS = {
    "entry": ["target", "actual", "count", "note"],
    "section": ["text"],
    "achievement": [
        "position", "kind", "subject", "text", "field", "happened_on", "value", "award", "award_object",
        "award_method", "count", "decision_number", "decided_on", "conferred_level", "conferred_system",
    ],
    "submission_comment": ["text", "at"],
    "attachment": ["name", "stored_name", "media_type", "size", "sha256"],
}
SENDING = ["period_id", "unit_id", "first_sent_at", "last_sent_at"]
#: Column of each kind → another value that the column takes.
OTHER = {
    "target": "5", "actual": "5", "count": "5", "note": "'khác'", "text": "'khác'", "position": "9",
    "kind": "'initiative'", "subject": "'khác'", "field": "'khác'", "happened_on": "'2026-01-01'", "value": "5",
    "award": "'khác'", "award_object": "'person'", "award_method": "'regular'",
    "decision_number": "'khác'", "decided_on": "'2026-01-01'", "conferred_level": "'state'",
    "conferred_system": "'local'", "at": "'2026-01-01 00:00:00'",
    "name": "'khác'", "stored_name": "'khác'", "media_type": "'khác'", "size": "5", "sha256": "'khác'",
}  # fmt: skip


@pytest.fixture
def world(either_app: Flask) -> World:
    """The personas, on both databases."""
    return build_world()


@pytest.fixture
def locked(world: World) -> ReportingPeriod:
    """A locked period in which U and V reported something into every table."""
    make_pledge(world.blocs["B"])
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    for letter in "UV":
        submission = make_sent(submission_of(period, world, letter), world.accounts[f"o{letter}"])
        by = world.accounts[f"o{letter}"]
        file = {"name": "a.pdf", "media_type": "application/pdf", "size": 9, "sha256": "0" * 64, "added_by": by,
                "added_at": NOON}  # fmt: skip
        one = Achievement(submission=submission, kind=AchievementKind.PERSON, text="Sáng kiến")
        keep(one, SubmissionComment(submission=submission, text="Đã rõ", at=NOON, by=by))
        keep(
            Attachment(entry=submission.entries[0], stored_name=f"{letter}1", **file),
            Attachment(achievement=one, stored_name=f"{letter}2", **file),
        )  # fmt: skip
    set_state(period, PeriodState.REVIEWING, LOCKS_AT)
    return period


def refusal(statement: str) -> str:
    """What the database says against it; blank when it lets it through."""
    try:
        db.session.execute(text(statement))
    except DatabaseError as error:
        return str(error.orig)
    else:
        return ""
    finally:
        db.session.rollback()


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__tablename__)
def test_nothing_is_added_or_taken_away(locked: ReportingPeriod, model: type[Base]):
    table = model.__tablename__
    rest = ", ".join(column.name for column in model.__table__.columns if column.name not in ("id", "public_id"))
    number = f"SELECT min(id) FROM {table}"
    copy = (
        f"INSERT INTO {table} (id, public_id, {rest}) "
        f"SELECT 9999, 'copyofrow234', {rest} FROM {table} WHERE id = ({number})"
    )
    assert LOCKED in refusal(copy)
    assert LOCKED in refusal(f"DELETE FROM {table} WHERE id = ({number})")


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__tablename__)
def test_no_column_of_the_unit_is_changed(locked: ReportingPeriod, model: type[Base]):
    table = model.__tablename__
    for column in COLUMNS[table]:
        assert LOCKED in refusal(f"UPDATE {table} SET {column} = {OTHER[column]}"), f"{table}.{column}"
    if table != "attachment":
        other = f"(SELECT max(id) FROM submission WHERE id <> {table}.submission_id)"
        assert LOCKED in refusal(f"UPDATE {table} SET submission_id = {other}")


@pytest.mark.parametrize("column", ["assigned", "returned_reason"])
def test_what_is_not_the_units_stays_open(locked: ReportingPeriod, column: str):
    assert refusal(f"UPDATE entry SET {column} = {'NULL' if column == 'returned_reason' else 'NOT assigned'}") == ""


def test_unlocked_rows_are_open_again(locked: ReportingPeriod):
    set_state(locked, PeriodState.OPEN)
    for table, change in (("entry", "actual = 5"), ("section", "text = 'khác'"), ("achievement", "text = 'khác'")):
        assert refusal(f"UPDATE {table} SET {change}") == ""
    assert refusal("DELETE FROM attachment") == ""
    assert refusal("DELETE FROM submission_comment") == ""


@pytest.mark.parametrize("column", SENDING)
def test_a_submission_was_sent_when_it_was_sent(locked: ReportingPeriod, column: str):
    value = f"(SELECT max({column}) + 1 FROM submission)" if column.endswith("id") else "'2026-05-01 00:00:00'"
    assert LOCKED in refusal(f"UPDATE submission SET {column} = {value}")
    assert LOCKED in refusal("DELETE FROM submission")
    assert refusal("UPDATE submission SET checked_at = '2026-06-11 00:00:00'") == ""


def test_rows_of_another_period_do_not_go_into_a_locked_one(world: World, locked: ReportingPeriod):
    other = make_period(world, year=2027)
    assert other.locked_at is None
    moved = (
        "UPDATE section SET submission_id = (SELECT min(id) FROM submission) "
        f"WHERE submission_id = (SELECT min(id) FROM submission WHERE period_id = {other.id})"
    )
    assert LOCKED in refusal(moved)
    assert LOCKED in refusal(f"UPDATE submission SET period_id = {locked.id} WHERE period_id = {other.id}")
