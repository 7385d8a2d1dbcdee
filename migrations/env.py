"""How Alembic reaches the database: one transaction a run; our triggers are taken away before and made again after."""

from logging.config import fileConfig

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from tracker.db import Base, Exact, Moment
from tracker.models import closing

config = context.config
if config.config_file_name:
    fileConfig(config.config_file_name, disable_existing_loggers=False)


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """Our own types are plain ones in a migration, so that migrations need none of our code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Exact) else False


def keep_foreign_keys(connection: Connection, on: bool) -> None:
    """SQLite rebuilds a changed table by dropping it: its keys rest meanwhile, and are all checked afterwards."""
    if connection.dialect.name != "sqlite":
        return
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        closing.drop(connection)
        context.run_migrations()
        if context.get_context().get_current_revision() is not None:
            closing.make(connection)
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"foreign keys broken by the migration: {broken[:5]}")


with current_app.extensions["migrate"].db.engine.connect() as opened:
    keep_foreign_keys(opened, on=False)
    try:
        run(opened)
        opened.commit()
    finally:
        opened.rollback()
        keep_foreign_keys(opened, on=True)
