"""The tables brought to this version by Alembic. Loaded by name, since it costs 12 MB that no server needs."""

from pathlib import Path

from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from tracker.db import db

__all__ = ["attach", "bring_up"]

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


def attach(app: Flask) -> None:
    """What `flask db …` and migrations/env.py look for in the application."""
    if "migrate" not in app.extensions:
        Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


def bring_up() -> None:
    """The database of the current application: every table and trigger of this version."""
    attach(current_app)
    upgrade()
