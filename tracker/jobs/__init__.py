"""What happens without anybody asking: every minute periods are locked whose time has come, and letters go out.

`started(app)` is called by run.py; where another server starts the program (waitress-serve), the first request does.
`flask --app tracker run-jobs --once` is for an outer clock (cron, Windows Task Scheduler) beside or instead of it.
"""

import gc

from flask import Flask

from tracker.jobs.command import run_jobs
from tracker.jobs.sweeping import sweep_files
from tracker.jobs.thread import start_once

__all__ = ["calm_collector", "register", "started"]

#: New objects until the garbage collector looks at them: more than a usual page makes (Python's own: 700).
YOUNG_OBJECTS = 20_000


def register(app: Flask) -> None:
    """The command, and the thread that begins with the first request. Tests call the jobs themselves."""
    app.cli.add_command(run_jobs)
    app.cli.add_command(sweep_files)
    if not app.testing and app.config["JOBS"]:
        app.before_request(lambda: start_once(app))


def started(app: Flask) -> Flask:
    """The application ready to serve: its thread running, unless TRACKER_JOBS=0 leaves the jobs to an outer clock."""
    calm_collector()
    if app.config["JOBS"]:
        start_once(app)
    return app


def calm_collector() -> None:
    """What was made until now lasts as long as the server, and is put out of the garbage collector's sight: it would
    be looked through again with every other long page, 70 ms each time. And pages are not interrupted for each few
    hundred objects: nearly all of theirs go without the collector.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 10, 10)
