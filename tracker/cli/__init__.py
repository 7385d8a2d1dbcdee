"""flask --app tracker …: the operator's commands, one file a noun, each calling services."""

from flask import Flask

from tracker.cli import audit, backup, demo, export, setup


def register(app: Flask) -> None:
    """Attach every command."""
    for command in (
        audit.verify_audit, backup.backup, backup.restore, demo.demo, export.export, setup.init,
        setup.create_account,
    ):
        app.cli.add_command(command)
