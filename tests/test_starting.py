"""Production does not serve the demonstration, whose password everybody knows."""

import pytest

import config
from tests.conftest import SECRET, make_app, make_tables
from tests.world import NOON
from tracker import create_app
from tracker.db import db
from tracker.services import demonstration


def test_production_refuses_demonstration_accounts(tmp_path):
    with make_app(tmp_path).app_context():
        make_tables()
        demonstration.load_real(at=NOON)
        db.session.commit()
        db.session.remove()
    with pytest.raises(config.SettingMissing) as refused:
        create_app(TRACKER_DATA=tmp_path, SECRET_KEY=SECRET, TRACKER_ENV="production")
    assert "tài khoản minh họa" in str(refused.value)


def test_production_starts_on_an_empty_database(tmp_path):
    with make_app(tmp_path).app_context():
        make_tables()
    assert create_app(TRACKER_DATA=tmp_path, SECRET_KEY=SECRET, TRACKER_ENV="production").name == "tracker"
