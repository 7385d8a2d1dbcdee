"""Sổ Thi Đua: the year of an emulation bloc. `create_app` puts the parts together and does nothing else."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect

import config
from tracker import cli, jobs, models, views
from tracker.cli import serving
from tracker.db import db
from tracker.services import recording, score_total
from tracker.views import frame, responses
from tracker.views.plain_words import SpokenPlainly
from tracker.views.session import load_reader

__all__ = ["create_app", "models"]

ROOT = Path(__file__).resolve().parent.parent


def create_app(**settings: Any) -> Flask:
    """The application. `settings` replace those of the environment; config.SettingMissing stops the start."""
    app = Flask("tracker", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "tracker" / "static"))
    app.jinja_environment = SpokenPlainly
    app.config.from_mapping(config.load(**settings))
    app.config["TRACKER_DATA"].mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    score_total.listen()
    recording.listen()
    Babel(app)
    CSRFProtect(app)
    login = LoginManager(app)
    login.session_protection = None
    login.request_loader(lambda _request: load_reader())
    frame.register(app)
    responses.register(app)
    views.register(app)
    cli.register(app)
    jobs.register(app)
    serving.refuse_demonstration(app)
    return app
