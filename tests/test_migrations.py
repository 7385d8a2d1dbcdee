"""Migrations: from nothing to the models and back, with data, on both databases."""

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests.conftest import make_app
from tests.world import NOON, build_world, keep, make_conference
from tracker.cli import tables
from tracker.db import Base, db
from tracker.models import closing
from tracker.models.attachment import Attachment
from tracker.models.course import AdoptedDocument


@pytest.fixture(params=["sqlite", "postgres"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database that the migrations made."""
    url = None
    if request.param == "postgres":
        url = os.environ.get("TEST_POSTGRES_URL")
        if not url:
            pytest.skip("TEST_POSTGRES_URL is not set")
    app = make_app(tmp_path, url)
    tables.attach(app)
    with app.app_context():
        if url:
            with db.engine.begin() as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def schema() -> dict[str, Any]:
    """Everything the database says of our tables: columns, keys, checks, indexes, by name."""
    seen = inspect(db.engine)
    found = {}
    for table in sorted(Base.metadata.tables):
        found[table] = {
            "columns": sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)),
            "checks": sorted((c["name"], c["sqltext"]) for c in seen.get_check_constraints(table)),
            "foreign": sorted(str((k["name"], k["constrained_columns"])) for k in seen.get_foreign_keys(table)),
            "unique": sorted(str((u["name"], u["column_names"])) for u in seen.get_unique_constraints(table)),
            "indexes": sorted(str((i["name"], i["column_names"], i["unique"])) for i in seen.get_indexes(table)),
        }
    return found


def triggers() -> set[str]:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with db.engine.connect() as connection:
        return set(connection.scalars(text(asked)))


def fingerprint() -> dict[str, str]:
    """A hash over all rows of each table."""
    found = {}
    with db.engine.connect() as connection:
        for name, table in Base.metadata.tables.items():
            rows = sorted(repr(tuple(row)) for row in connection.execute(table.select()))
            found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def test_migrated_schema_equals_the_models_with_checks(migrated):
    by_migrations = schema()
    with db.engine.begin() as connection:
        closing.drop(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
    assert by_migrations == schema()
    checks = sum(len(table["checks"]) for table in by_migrations.values())
    assert checks >= 40, "a CHECK that nobody sees cannot be compared"


def test_every_trigger_of_the_list_is_there_after_migrating(migrated):
    expected = {trigger.name for trigger in closing.triggers()}
    assert len(expected) == 100
    assert triggers() == expected


def test_up_again_changes_nothing_of_the_data(migrated):
    build_world()
    before = fingerprint()
    upgrade()
    assert fingerprint() == before
    assert triggers() == {trigger.name for trigger in closing.triggers()}


def test_down_leaves_nothing_and_up_begins_anew(migrated):
    build_world()
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade()
    assert set(inspect(db.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_the_second_migration_keeps_every_row_down_and_up(migrated):
    world = build_world()
    held = make_conference(world.blocs["B"], "Hội nghị", date(2026, 5, 4))
    kept = Attachment(
        conference=held, name="Tệp.pdf", stored_name="s", media_type="application/pdf", size=1, sha256="0" * 64,
        added_by=world.accounts["oL"], added_at=NOON,
    )
    keep(kept, AdoptedDocument(conference=held, title="Văn bản", attachment=kept))
    db.session.remove()
    before = fingerprint()
    downgrade(revision="0001")
    assert "period" not in inspect(db.engine).get_table_names()
    upgrade()
    assert fingerprint() == before
    assert triggers() == {trigger.name for trigger in closing.triggers()}
