"""Everything that is measured, as one table: python -m benchmarks.run_all [--times 15] [--write]

Aims are those the house set itself. The figures are for reading; no test fails by them.
"""

import argparse
import os
import platform
import sqlite3
import sys
import time
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from benchmarks.bloc_year import EMAIL, MEMBER, Measured, year_of
from benchmarks.timing import in_new_process, median_ms, page, pair_ms, processor_ms
from tracker.db import db
from tracker.exports.papers import PAPERS
from tracker.models.conference import Conference
from tracker.queries import report

RESULTS = Path(__file__).resolve().parent / "results.md"
TABLE_CODE = """
import json, time
from benchmarks.timing import most_memory
from tracker.exports.table_workbook import table
columns = [(f"Cột {n}", 14, "text" if n % 3 else "int") for n in range(12)]
rows = [[r * 12 + n if n % 3 == 0 else f"Dòng {r}, cột {n}" for n in range(12)] for r in range(10000)]
before = most_memory()
start, begun = time.perf_counter(), time.process_time()
table("Bảng", "", columns, rows)
taken, cpu = time.perf_counter() - start, time.process_time() - begun
print(json.dumps({"seconds": taken, "cpu": cpu, "mb": most_memory() - before}))
"""
#: A database with the real review, made by a process of its own: a worker finds it there.
FILL_CODE = """
import json
from datetime import UTC, datetime
from pathlib import Path
from tracker import create_app
from tracker.db import db
from tracker.services import demonstration
app = create_app(TRACKER_DATA=Path({folder!r}), SECRET_KEY="benchmarks-only-0123456789abcdefghijkl", TESTING=True)
with app.app_context():
    db.create_all()
    held = demonstration.load_real(at=datetime.now(UTC)).public_id
    db.session.commit()
print(json.dumps({{"held": held}}))
"""
#: Pygments comes with the tests alone, and is kept out as it is from a real worker.
WORKER_CODE = """
import json, sys, time
sys.modules["pygments"] = None
from pathlib import Path
start = time.perf_counter()
from tracker import create_app
from tracker.services.demonstration import PASSWORD
from benchmarks.timing import most_memory
from tracker.jobs import calm_collector
app = create_app(TRACKER_DATA=Path({folder!r}), SECRET_KEY="benchmarks-only-0123456789abcdefghijkl",
                 TESTING=True, WTF_CSRF_ENABLED=False)
calm_collector()
client = app.test_client()
assert client.get("/sign-in").status_code == 200
ready, begun = time.perf_counter() - start, time.process_time()
client.post("/sign-in", data={{"email": "thuky@nghean.example", "password": PASSWORD}})
for _ in range(20):
    assert client.get("/conferences/{held}").status_code == 200
pages = most_memory()
for kind in ("report-word", "report-pdf", "workbook"):
    assert client.get("/conferences/{held}/papers/" + kind).status_code == 200
print(json.dumps({{"seconds": ready, "cpu": begun, "pages_mb": pages, "papers_mb": most_memory()}}))
"""


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    work: str
    found: str
    aim: str


def conference_pages(made: Measured, items: int, aim: str, times: int) -> list[Line]:
    """The page with every tool to write (the secretary's), and as a member reads it while minutes are out."""
    lines = []
    for who, email in (("secretary", EMAIL), ("member", MEMBER)):
        browser, path = made.browser(email), f"/conferences/{made.conference}"
        taken, sent, size = page(browser, path, times)
        cpu = processor_ms(lambda browser=browser, path=path: browser.get(path), times)
        found = f"{taken:.0f} ms ({cpu:.0f} of processor), {sent} queries, {size:.0f} kB"
        lines.append(Line(f"conference page, {items} items, {who}", found, aim))
    return lines


def papers(made: Measured, times: int) -> list[Line]:
    """Each paper from its record; and the record itself."""
    aims = {"report-word": "≤ 200 ms", "report-pdf": "≤ 100 ms", "workbook": "≤ 250 ms (full workbook, later)"}
    with made.app.app_context():
        held = db.session.scalars(select(Conference).where(Conference.public_id == made.conference)).one()

        def collect() -> object:
            db.session.expire_all()
            return report.collect(held, date(2026, 2, 1))

        lines = [Line("the record of a conference, 20 items", f"{median_ms(collect, times):.0f} ms", "-")]
        record = report.collect(held, date(2026, 2, 1))
        db.session.remove()
    for kind, paper in PAPERS.items():
        taken = median_ms(lambda paper=paper: paper.draw(record), times)
        lines.append(Line(f"{paper.plain_name} ({paper.label}), 20 items", f"{taken:.0f} ms", aims.get(kind, "-")))
    return lines


def growth(times: int) -> list[Line]:
    """The pages of one bloc, alone and among ten, in turns: the fastest of each."""
    lines = []
    with year_of(20) as one, year_of(20, blocs=10) as ten:
        places = {
            "Việc của tôi": "/", "bloc": "/blocs/{}", "its units": "/blocs/{}/units",
            "its conferences": "/blocs/{}/conferences", "its action items": "/blocs/{}/action-items",
        }
        alone, among = one.browser(), ten.browser()
        for name, path in places.items():
            here, there = path.format(one.bloc), path.format(ten.bloc)
            _, few, _ = page(alone, here, 1)
            _, many, _ = page(among, there, 1)
            small, large = pair_ms(partial(alone.get, here), partial(among.get, there), times)
            found = f"fastest {small:.0f} → {large:.0f} ms ({large / small:.2f} ×), {few} → {many} queries"
            lines.append(Line(f"{name}, data × 10", found, "≤ 1.2 ×, same queries"))
    return lines


def worker_alone() -> dict[str, Any]:
    """A worker at its second start on a database that is there: its start, and the most memory it held."""
    with TemporaryDirectory() as folder:
        compiled = f"{folder}/compiled"
        held = in_new_process(FILL_CODE.format(folder=folder), compiled)["held"]
        in_new_process(WORKER_CODE.format(folder=folder, held=held), compiled)
        return in_new_process(WORKER_CODE.format(folder=folder, held=held), compiled)


def measure(times: int) -> list[Line]:
    lines: list[Line] = []
    with year_of(20) as made:
        lines.extend(conference_pages(made, 20, "≤ 50 ms, ≤ 15 queries, ≤ 60 kB", times))
        drawn = papers(made, times)
    with year_of(200) as made:
        lines.extend(conference_pages(made, 200, "≤ 150 ms, same queries", times))
    lines += drawn
    table = in_new_process(TABLE_CODE)
    found = f"{table['seconds']:.1f} s ({table['cpu']:.2f} of processor), {table['mb']:.0f} MB"
    lines.append(Line("table of 10,000 × 12 to Excel", found, "≤ 0.7 s, ≤ 40 MB"))
    worker = worker_alone()
    found = f"{worker['seconds']:.1f} s, {worker['cpu']:.1f} s of processor time"
    lines.append(Line("start: process to first page", found, "≤ 2 s"))
    lines.append(Line("memory of a worker, pages / and papers",
                      f"{worker['pages_mb']:.0f} / {worker['papers_mb']:.0f} MB", "≤ 150 MB"))
    return lines + growth(times)


def as_table(lines: list[Line]) -> str:
    rows = [f"| {line.work} | {line.found} | {line.aim} |" for line in lines]
    return "\n".join(["| Work | Found (median) | Aim |", "|---|---|---|", *rows])


def machine(times: int) -> str:
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{datetime.now():%Y-%m-%d %H:%M}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; medians of {times}; "
        f"load average at the end {load}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=15, help="runs of each work")
    parser.add_argument("--write", action="store_true", help="add what was found to results.md")
    options = parser.parse_args()
    start = time.perf_counter()
    lines = measure(options.times)
    said = f"## {machine(options.times)}\n\n{as_table(lines)}\n"
    print(said)
    print(f"{time.perf_counter() - start:.0f} s in all", file=sys.stderr)
    if options.write:
        kept = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# What was measured\n"
        RESULTS.write_text(f"{kept.rstrip()}\n\n{said}", encoding="utf-8")


if __name__ == "__main__":
    main()
