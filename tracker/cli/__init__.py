"""flask --app tracker …: the operator's commands, one file a noun, each calling services."""

import os
from importlib import import_module

from flask import Flask

from tracker.cli import audit, backup, demo, export, setup


def register(app: Flask) -> None:
    """Attach every command; those of `flask db` only where an operator calls (cli/tables.py)."""
    for command in (
        audit.verify_audit, backup.backup, backup.restore, demo.demo, export.export, setup.init,
        setup.create_account,
    ):
        app.cli.add_command(command)
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        import_module("tracker.cli.tables").attach(app)
