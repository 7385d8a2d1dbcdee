"""The thread that runs the jobs each minute beside the server. A fault is logged and the next minute tries again."""

import logging
import threading

from flask import Flask

from tracker import clock
from tracker.db import db
from tracker.jobs import minute

log = logging.getLogger("tracker.jobs")
MINUTE = 60.0
_once = threading.Lock()
KEY = "tracker-jobs"


def start_once(app: Flask) -> None:
    """Start it unless this application has one already."""
    if KEY in app.extensions:
        return
    with _once:
        if KEY in app.extensions:
            return
        runner = Runner(app)
        app.extensions[KEY] = runner
        runner.start()


class Runner(threading.Thread):
    """Ends with the process; `stop` ends it sooner."""

    def __init__(self, app: Flask, pause: float = MINUTE) -> None:
        super().__init__(name=KEY, daemon=True)
        self.app = app
        self.pause = pause
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            self.round()
            self.ended.wait(self.pause)

    def round(self) -> None:
        """One round in a context of its own."""
        with self.app.app_context():
            try:
                minute.run(self.app.config, clock.now())
            except Exception:
                db.session.rollback()
                log.exception("jobs")
            finally:
                db.session.remove()

    def stop(self) -> None:
        self.ended.set()
