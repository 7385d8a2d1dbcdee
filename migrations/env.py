"""How Alembic reaches the database: one transaction a run; our triggers are taken away before and made again after."""

from logging.config import fileConfig

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from tracker.db import Base, Moment
from tracker.models import closing

config = context.config
if config.config_file_name:
    fileConfig(config.config_file_name, disable_existing_loggers=False)


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """A stored moment is a plain DateTime in a migration, so that migrations need none of our code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


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


with current_app.extensions["migrate"].db.engine.connect() as opened:
    run(opened)
    opened.commit()
