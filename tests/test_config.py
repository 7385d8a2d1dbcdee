"""Settings: production refuses to start with anything that would make it unsafe, in a sentence."""

from pathlib import Path

import pytest

import config

GOOD = "k3Jd8-sLq0-Wm7Zx-9vBn-42Tt-PpRr-uYhE"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the settings of the machine the tests run on."""
    for name in ("SECRET_KEY", "DATABASE_URL", "TRACKER_ENV", "TRACKER_HTTPS", "TRACKER_DATA", "TRUSTED_HOSTS",
                 "FLASK_DEBUG", "TRACKER_MAX_UPLOAD_MB", "TRACKER_MAX_FILE_MB", "TRACKER_IDLE_MINUTES",
                 "TRACKER_SESSION_HOURS", "TRACKER_MAIL_HOST", "TRACKER_MAIL_FROM", "TRACKER_MAIL_TLS",
                 "TRACKER_MAIL_PORT", "TRACKER_BASE_URL", "TRACKER_JOBS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("", "Thiếu SECRET_KEY"),
        ("changeme", "dễ đoán"),
        ("dev", "dễ đoán"),
        ("a" * 64, "dễ đoán"),
        ("k3Jd8-sLq0-Wm7Zx", "quá ngắn (16 ký tự)"),
    ],
)
def test_production_refuses_a_missing_known_or_short_secret(tmp_path: Path, monkeypatch, secret: str, words: str):
    monkeypatch.setenv("TRACKER_ENV", "production")
    with pytest.raises(config.SettingMissing) as refused:
        config.load(TRACKER_DATA=tmp_path, SECRET_KEY=secret)
    assert words in str(refused.value)


def test_production_refuses_debugging(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("TRACKER_ENV", "production")
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(config.SettingMissing, match="FLASK_DEBUG"):
        config.load(TRACKER_DATA=tmp_path, SECRET_KEY=GOOD)


def test_production_takes_a_good_secret_and_asks_for_https(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("TRACKER_ENV", "production")
    settings = config.load(TRACKER_DATA=tmp_path, SECRET_KEY=GOOD)
    assert (settings["HTTPS"], settings["SESSION_COOKIE_NAME"], settings["SESSION_COOKIE_SECURE"]) == (
        True, "__Host-so-thi-dua", True,
    )


def test_own_machine_works_without_https_and_keeps_the_secret_in_its_folder(tmp_path: Path):
    (tmp_path / "secret_key").write_text(GOOD + "\n", encoding="utf-8")
    settings = config.load(TRACKER_DATA=tmp_path)
    assert (settings["SECRET_KEY"], settings["HTTPS"], settings["SESSION_COOKIE_NAME"]) == (GOOD, False, "so-thi-dua")


def test_nothing_starts_without_any_secret(tmp_path: Path):
    with pytest.raises(config.SettingMissing, match="Thiếu SECRET_KEY"):
        config.load(TRACKER_DATA=tmp_path)


def test_environment_wins_over_the_folder(tmp_path: Path, monkeypatch):
    (tmp_path / "secret_key").write_text("another-one-0123456789-abcdefghij-xyz", encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY", GOOD)
    assert config.load(TRACKER_DATA=tmp_path)["SECRET_KEY"] == GOOD


@pytest.mark.parametrize("text", ["zero", "0", "-5", "1.5"])
def test_limit_that_is_no_whole_number_is_named(tmp_path: Path, monkeypatch, text: str):
    monkeypatch.setenv("TRACKER_IDLE_MINUTES", text)
    with pytest.raises(config.SettingMissing, match="TRACKER_IDLE_MINUTES"):
        config.load(TRACKER_DATA=tmp_path, SECRET_KEY=GOOD)


def test_database_lies_in_the_folder_unless_another_is_named(tmp_path: Path, monkeypatch):
    here = config.load(TRACKER_DATA=tmp_path, SECRET_KEY=GOOD)["SQLALCHEMY_DATABASE_URI"]
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://db/so")
    there = config.load(TRACKER_DATA=tmp_path, SECRET_KEY=GOOD)["SQLALCHEMY_DATABASE_URI"]
    assert (here, there) == (f"sqlite:///{(tmp_path / 'so-thi-dua.db').as_posix()}", "postgresql+psycopg://db/so")


def test_mail_half_set_up_stops_the_start_in_a_sentence(tmp_path, monkeypatch):
    given = {"TRACKER_DATA": tmp_path, "SECRET_KEY": GOOD}
    assert config.load(**given)["MAIL_HOST"] == ""
    monkeypatch.setenv("TRACKER_MAIL_HOST", "mail.tinh.example")
    with pytest.raises(config.SettingMissing, match="TRACKER_MAIL_FROM"):
        config.load(**given)
    monkeypatch.setenv("TRACKER_MAIL_FROM", "so@tinh.example")
    with pytest.raises(config.SettingMissing, match="TRACKER_BASE_URL"):
        config.load(**given)
    monkeypatch.setenv("TRACKER_BASE_URL", "https://so.tinh.example/")
    loaded = config.load(**given)
    assert (loaded["MAIL_PORT"], loaded["BASE_URL"]) == (587, "https://so.tinh.example")
    monkeypatch.setenv("TRACKER_MAIL_TLS", "ssl")
    assert config.load(**given)["MAIL_PORT"] == 465
    monkeypatch.setenv("TRACKER_MAIL_TLS", "maybe")
    with pytest.raises(config.SettingMissing, match="TRACKER_MAIL_TLS"):
        config.load(**given)
