"""One blueprint a noun: load, ask, call, commit, redirect."""

from flask import Flask

from tracker.views import account, acting_head, attachment, help, session, work


def register(app: Flask) -> None:
    """Attach every blueprint."""
    for module in (account, acting_head, attachment, help, session, work):
        app.register_blueprint(module.bp)
