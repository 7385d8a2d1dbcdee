"""Medians of wall-clock time, counts of queries, and what a new process takes."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def queries() -> Iterator[list[str]]:
    """The statements sent inside, BEGIN and COMMIT not among them."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def median_ms(work: Callable[[], object], times: int) -> float:
    """Milliseconds; two runs beforehand are not counted."""
    for _ in range(min(2, times)):
        work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def processor_ms(work: Callable[[], object], times: int) -> float:
    """The median of a work in processor time: what it costs, whatever else the machine does."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def pair_ms(one: Callable[[], object], other: Callable[[], object], times: int) -> tuple[float, float]:
    """Milliseconds of two works done in turns; the fastest of each, since other work on the machine only adds."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(times + 2):
        for work, kept in zip((one, other), taken, strict=True):
            start = time.perf_counter()
            work()
            if turn >= 2:
                kept.append((time.perf_counter() - start) * 1000)
    return min(taken[0]), min(taken[1])


def page(client: FlaskClient, url: str, times: int) -> tuple[float, int, float]:
    """Milliseconds, queries and kB (of 1,000 bytes, not packed) of a page that must answer 200."""
    client.get(url)
    with queries() as sent:
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    size = len(answer.get_data()) / 1000
    return median_ms(lambda: client.get(url), times), len(sent), size


def most_memory() -> float:
    """The most memory this process has held, in MB. getrusage would count its parent's from before exec."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("memory is measured on Linux only")


def in_new_process(code: str, compiled: str | None = None) -> dict[str, Any]:
    """What a fresh Python prints as JSON on its last line. `compiled`: the folder where it keeps compiled modules, as
    an installed program does after its first start."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    around = {**around, "PYTHONPYCACHEPREFIX": compiled} if compiled else dict(os.environ)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=around)
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
