"""What every run of the workflow's machine begins with: a period just opened, two units, one with a head who signs."""

from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from tests.reporting import make_period, make_pledge, make_set, submission_of
from tests.world import NOON, World, build_world, keep
from tracker.db import db

UNITS = ("U", "D")


def minutes(at: datetime) -> float:
    """As the model counts time: since NOON."""
    return (at - NOON) / timedelta(minutes=1)


class Stage:
    """One application; each run begins with the same file."""

    def __init__(self, app: Flask, file: Path) -> None:
        self.app, self.file = app, file
        with app.app_context():
            world: World = build_world()
            world.units["D"].head_signs = True
            keep(world.units["D"])
            make_pledge(world.blocs["B"])
            period = make_period(world, criteria_set=make_set(world.blocs["B"]))
            self.period = period.id
            self.reports = {letter: submission_of(period, world, letter).id for letter in UNITS}
            self.accounts = {persona: account.id for persona, account in world.accounts.items()}
            self.forget()
        self.bytes = file.read_bytes()

    def forget(self) -> None:
        db.session.remove()
        db.engine.dispose()
