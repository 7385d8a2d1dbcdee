"""Production does not serve the demonstration, whose password everybody knows."""

import os
import subprocess
import sys

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


def test_a_server_carries_nothing_of_the_migrations(tmp_path):
    """12 MB of each worker; the operator's `flask db` and `init` load them."""
    told = "import sys, tracker; tracker.create_app(); print(sorted({'alembic', 'flask_migrate'} & set(sys.modules)))"
    given = {**os.environ, "TRACKER_DATA": str(tmp_path), "SECRET_KEY": SECRET}
    given.pop("FLASK_RUN_FROM_CLI", None)
    served = subprocess.run([sys.executable, "-c", told], env=given, capture_output=True, text=True, check=True)
    assert served.stdout.strip() == "[]"
    asked = [sys.executable, "-m", "flask", "--app", "tracker", "db", "current"]
    current = subprocess.run(asked, env=given, capture_output=True, text=True, check=False)
    assert current.returncode == 0, current.stderr
