"""Rows and a browser for tests of the scoring desk: a scored period of bloc B after its lock."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

from flask import current_app

from tests.reporting import LOCKS_AT, Leaf, send_and_lock, submission_of
from tests.world import NOON, Browser, World
from tracker.domain.criteria import ScoreFunction
from tracker.models.period import ReportingPeriod
from tracker.services.recording import acting

AFTER = LOCKS_AT + timedelta(days=1)
LEAVES = (
    Leaf("Tỷ lệ giải ngân", D(10), evidence_required=True),
    Leaf("Tổ chức phong trào", D(20), None, ScoreFunction.MANUAL),
    Leaf("So với đơn vị tốt nhất", D(10), "hồ sơ", ScoreFunction.BEST_SHARE),
)


def lock(made: ReportingPeriod) -> None:
    with acting(None, NOON):
        for submission in made.submissions:
            for entry, target, actual in zip(submission.entries, (100, None, None), (95, None, 5), strict=False):
                entry.target = None if target is None else D(target)
                entry.actual = None if actual is None else D(actual)
    send_and_lock(made)


def signed_in(world: World, persona: str) -> Browser:
    """A browser of the persona that signed in just now."""
    return Browser(current_app._get_current_object(), world.accounts[persona], at=datetime.now(UTC))


def desk(period: ReportingPeriod, world: World, letter: str = "U", more: str = "") -> str:
    return f"/submissions/{submission_of(period, world, letter).public_id}/scoring{more}"
