"""What must hold before the program serves in earnest; settings alone are checked in config.py."""

import click
from flask import Flask
from sqlalchemy import exists, inspect, select

import config
from tracker.db import db
from tracker.models.account import Account

DEMONSTRATION = (
    "Cơ sở dữ liệu còn tài khoản minh họa, ai cũng biết mật khẩu: khi chạy thật hãy dùng cơ sở dữ liệu mới"
    " (đặt DATABASE_URL hoặc TRACKER_DATA khác, rồi chạy python3 run.py --empty)."
)


def refuse_demonstration(app: Flask) -> None:
    """In production, SettingMissing while demonstration accounts exist. The operator's commands are let through."""
    if app.config["TRACKER_ENV"] != "production" or click.get_current_context(silent=True) is not None:
        return
    with app.app_context():
        if inspect(db.engine).has_table(Account.__tablename__):
            found = db.session.scalar(select(exists().where(Account.demonstration)))
            db.session.remove()
            if found:
                raise config.SettingMissing(DEMONSTRATION)
