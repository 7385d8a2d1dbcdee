"""Settings, from the environment. Production refuses to start without a real secret."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32
KNOWN_SECRETS = frozenset({"dev", "secret", "changeme", "change-me", "test", "development"})
MEGABYTE = 1024 * 1024


class SettingMissing(RuntimeError):
    """A setting is absent or unusable. The message is for the person who starts the program."""


def tracker_data() -> Path:
    """The folder of the database, the files and the secret key: TRACKER_DATA, or instance/ beside the program."""
    return Path(os.environ.get("TRACKER_DATA") or ROOT / "instance")


def read_secret(folder: Path) -> str:
    """SECRET_KEY, or the key that run.py keeps in the data folder with mode 0600. Empty when there is none."""
    if os.environ.get("SECRET_KEY"):
        return os.environ["SECRET_KEY"]
    kept = folder / "secret_key"
    return kept.read_text(encoding="utf-8").strip() if kept.exists() else ""


def secret_fault(secret: str) -> str | None:
    """Why `secret` may not sign cookies in production; None when it may."""
    if not secret:
        return "Thiếu SECRET_KEY: hãy đặt biến môi trường này, hoặc chạy python3 run.py để tạo tệp khóa."
    if secret.lower() in KNOWN_SECRETS or len(set(secret)) < 8:
        return "SECRET_KEY là chuỗi dễ đoán: hãy đặt một chuỗi ngẫu nhiên."
    if len(secret) < SHORTEST_SECRET:
        return f"SECRET_KEY quá ngắn ({len(secret)} ký tự): cần ít nhất {SHORTEST_SECRET} ký tự."
    return None


def _whole_number(name: str, usual: int) -> int:
    """A positive whole number from the environment. SettingMissing names the setting when it is none."""
    text = os.environ.get(name, "").strip()
    if not text:
        return usual
    if not text.isdigit() or int(text) == 0:
        raise SettingMissing(f"{name} phải là số nguyên dương, đang là “{text}”.")
    return int(text)


def _jobs() -> dict[str, object]:
    """Jobs, and where letters go out. Without TRACKER_MAIL_HOST none is written; half set up is SettingMissing."""
    host = os.environ.get("TRACKER_MAIL_HOST", "").strip()
    base = os.environ.get("TRACKER_BASE_URL", "").strip().rstrip("/")
    sender = os.environ.get("TRACKER_MAIL_FROM", "").strip()
    if host and not (base and sender):
        missing = "TRACKER_BASE_URL" if sender else "TRACKER_MAIL_FROM"
        raise SettingMissing(f"Đã đặt TRACKER_MAIL_HOST nhưng thiếu {missing}: hãy đặt cả ba, hoặc bỏ cả ba.")
    way = os.environ.get("TRACKER_MAIL_TLS", "starttls").strip().lower()
    if way not in ("starttls", "ssl", "none"):
        raise SettingMissing(f"TRACKER_MAIL_TLS phải là starttls, ssl hoặc none, đang là “{way}”.")
    return {
        "MAIL_HOST": host,
        "MAIL_PORT": _whole_number("TRACKER_MAIL_PORT", 465 if way == "ssl" else 587 if way == "starttls" else 25),
        "MAIL_FROM": sender,
        "MAIL_USER": os.environ.get("TRACKER_MAIL_USER", ""),
        "MAIL_PASSWORD": os.environ.get("TRACKER_MAIL_PASSWORD", ""),
        "MAIL_TLS": way,
        "BASE_URL": base,
        "JOBS": os.environ.get("TRACKER_JOBS", "1") != "0",
    }


def load(**overrides: object) -> dict[str, object]:
    """All settings as Flask keeps them. `overrides` are for tests. SettingMissing stops the start."""
    data = Path(str(overrides.get("TRACKER_DATA") or tracker_data()))
    production = os.environ.get("TRACKER_ENV", "local") == "production"
    https = os.environ.get("TRACKER_HTTPS", "1" if production else "0") == "1"
    settings: dict[str, object] = {
        "TRACKER_DATA": data,
        "TRACKER_ENV": "production" if production else "local",
        "SECRET_KEY": read_secret(data),
        "SQLALCHEMY_DATABASE_URI": os.environ.get("DATABASE_URL") or f"sqlite:///{(data / 'so-thi-dua.db').as_posix()}",
        "TRUSTED_HOSTS": os.environ["TRUSTED_HOSTS"].split(",") if os.environ.get("TRUSTED_HOSTS") else None,
        "MAX_CONTENT_LENGTH": _whole_number("TRACKER_MAX_UPLOAD_MB", 25) * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 4 * MEGABYTE,
        "MAX_FORM_PARTS": 5000,
        "FILE_LIMIT": _whole_number("TRACKER_MAX_FILE_MB", 20) * MEGABYTE,
        "UNIT_QUOTA": _whole_number("TRACKER_UNIT_QUOTA_MB", 500) * MEGABYTE,
        "IDLE_MINUTES": _whole_number("TRACKER_IDLE_MINUTES", 60),
        "SESSION_HOURS": _whole_number("TRACKER_SESSION_HOURS", 12),
        **_jobs(),
        "HTTPS": https,
        "SESSION_COOKIE_NAME": "__Host-so-thi-dua" if https else "so-thi-dua",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
    }
    settings.update(overrides)
    if settings["TRACKER_ENV"] == "production":
        fault = secret_fault(str(settings["SECRET_KEY"]))
        if fault:
            raise SettingMissing(fault)
        if settings.get("DEBUG") or os.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
            raise SettingMissing("Chế độ gỡ lỗi (FLASK_DEBUG) đang bật: hãy tắt trước khi chạy thật.")
    if not settings["SECRET_KEY"]:
        raise SettingMissing(str(secret_fault("")))
    return settings
