"""A write that came too late records the lock itself: nobody waits for the minute's job, and no clock undoes it."""

from tracker import clock
from tracker.db import db
from tracker.errors import Locked, RuleBroken
from tracker.services import period


def record(broken: RuleBroken) -> None:
    """After the refused act was rolled back: lock every period whose time has come, in a transaction of its own."""
    if isinstance(broken, Locked):
        db.session.rollback()
        period.lock_due(at=clock.now())
        db.session.commit()
