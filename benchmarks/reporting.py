"""A reporting period of 200 units, forms of 200 and 1,000 lines, 20,000 rows of earlier years:
python -m benchmarks.reporting [--times 15]"""

import argparse
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from benchmarks.bloc_year import BEGINNING, PASSWORD, SECRET, at
from benchmarks.timing import in_new_process, median_ms, page, processor_ms
from tests.imports import making
from tests.reporting import Leaf, make_sent, make_set
from tracker import clock, create_app
from tracker.db import db
from tracker.domain.blocs import AccountRole, Appointment, BlocKind, Force, TermRole
from tracker.domain.past_sheet import PAST_VALUES
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import PeriodDates
from tracker.jobs import calm_collector
from tracker.models import closing
from tracker.models.account import Account
from tracker.models.submission import Submission
from tracker.services import account, authority, bloc, period, term, unit

EMAIL = "thuky@do.example"
#: The child as `reader` starts it: without Flask and tables. Prints the time and the most memory that reading took.
CHILD_CODE = """
import json, os, sys, time, types
from pathlib import Path
house = types.ModuleType("tracker")
house.__path__ = [{package!r}]
sys.modules["tracker"] = house
from tracker.imports import child, gate
start = time.perf_counter()
child.limit(512 * 1024 * 1024, 10)
with open(os.devnull, "w") as nowhere:
    json.dump(child.read(Path({path!r}), gate.XLSX, "a.xlsx"), nowhere)
taken = time.perf_counter() - start
most = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM"))
print(json.dumps({{"seconds": taken, "mb": int(most.split()[1]) / 1024}}))
"""
Found = tuple[str, str]


@dataclass(frozen=True)
class Period:
    """An open period, and the leader's own report in it."""

    app: Flask
    period: str
    report: str
    bloc: str

    def browser(self) -> FlaskClient:
        client = self.app.test_client()
        answer = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 302, answer.status_code
        return client


@contextmanager
def period_of(units: int, leaves: int) -> Iterator[Period]:
    """A bloc of `units` with an open period of `leaves` criteria; every second unit has sent."""
    with TemporaryDirectory() as folder:
        app = create_app(TRACKER_DATA=Path(folder), SECRET_KEY=SECRET, TESTING=True, WTF_CSRF_ENABLED=False)
        with app.app_context():
            db.create_all()
            closing.make(db.session.connection())
            made = _period(app, units, leaves)
            db.session.remove()
        calm_collector()
        yield made
        with app.app_context():
            db.engine.dispose()


def _period(app: Flask, units: int, leaves: int) -> Period:
    begun, now = at(BEGINNING), clock.now()
    province = authority.found(name="Ủy ban nhân dân tỉnh Đo", place_name="Đo", by=None, at=begun)
    held = bloc.found(
        province, kind=BlocKind.KHOI, code="K", name="Khối thi đua số 1", founded_on=BEGINNING, by=None, at=begun
    )
    members = [
        unit.create(province, force=Force.CIVIL, name=f"Sở Đo lường {n}", short_name=f"Đo {n}", since=BEGINNING,
                    by=None, at=begun)
        for n in range(units)
    ]  # fmt: skip
    for member in members:
        bloc.admit(held, member, on=BEGINNING, by=None, at=begun)
    term.appoint(
        held, members[0], role=TermRole.LEADER, starts_on=BEGINNING, appointment=Appointment.ELECTED, by=None, at=begun
    )
    by, _password = account.create(
        province, role=AccountRole.OFFICER, email=EMAIL, full_name="Cán bộ", unit=members[0], password=PASSWORD,
        must_change=False, by=None, at=begun,
    )  # fmt: skip
    db.session.commit()
    criteria = make_set(
        held, year=now.year, leaves=[Leaf(f"Tiêu chí số {n}, đạt và vượt chỉ tiêu được giao") for n in range(leaves)]
    )
    dates = PeriodDates(date.today() - timedelta(days=1), now + timedelta(days=5), now + timedelta(days=9))
    opened = period.found(
        held, year=now.year, kind=PeriodKind.FIRST_HALF, dates=dates, criteria_set=criteria, by=by, at=now
    )
    period.open_now(opened, by=by, at=now)
    db.session.commit()
    return _reports(app, opened.public_id, held.public_id, members[0].id, by)


def _reports(app: Flask, opened: str, held: str, leader: int, by: Account) -> Period:
    reports = list(db.session.scalars(select(Submission).order_by(Submission.id)))
    for each in reports[1::2]:
        make_sent(each, by, at=clock.now())
    own = next(each.public_id for each in reports if each.unit_id == leader)
    return Period(app, opened, own, held)


def board(times: int) -> list[Found]:
    with period_of(200, 30) as made:
        client, found = made.browser(), []
        for name, path in (
            ("board of 200 submissions, 30 lines each", f"/periods/{made.period}/board"),
            ("results of 200 submissions, 30 lines each", f"/periods/{made.period}/results"),
        ):
            taken, sent, size = page(client, path, times)
            cpu = processor_ms(lambda path=path: client.get(path), times)
            found.append((name, f"{taken:.0f} ms ({cpu:.0f} of processor), {sent} queries, {size:.0f} kB"))
    return found


def form_download(times: int) -> list[Found]:
    with period_of(8, 200) as made:
        client = made.browser()
        taken, sent, size = page(client, f"/submissions/{made.report}/form", times)
        path = f"/submissions/{made.report}/edit"
        shown, asked, weight = page(client, path, times)
        cpu = processor_ms(lambda: client.get(path), times)
    return [
        ("form of 200 lines downloaded", f"{taken:.0f} ms, {sent} queries, {size:.0f} kB"),
        ("page of 200 lines to write in", f"{shown:.0f} ms ({cpu:.0f} of processor), {asked} queries, {weight:.0f} kB"),
    ]


def form_import(times: int) -> list[Found]:
    """1,000 lines: sent in, looked through, written."""
    with period_of(2, 1000) as made:
        client = made.browser()
        form = client.get(f"/submissions/{made.report}/form").get_data()
        filled = making.edited(form, making.fill({n: n % 100 for n in range(1000)}))
        kept: list[str] = []

        def send_in() -> None:
            answer = client.post(
                f"/submissions/{made.report}/uploads/new", data={"file": (io.BytesIO(filled), "bieu.xlsx")},
                content_type="multipart/form-data",
            )  # fmt: skip
            assert answer.status_code == 302, answer.status_code
            kept.append(answer.headers["Location"])

        sent = median_ms(send_in, min(times, 5))
        looked, asked, _size = page(client, kept[-1], min(times, 5))
    return [
        ("form of 1,000 lines sent in", f"{sent:.0f} ms"),
        ("its preview, 1,000 changes", f"{looked:.0f} ms, {asked} queries"),
        ("its child process", _child(filled)),
    ]


def past_import() -> list[Found]:
    """20,000 rows of earlier years, read by the child."""
    row = {"unit": "Sở Đo lường 1", "year": 2025, "kind": "6 tháng đầu năm", "value": Decimal("1286.5"),
           "unit_of_measure": "văn bản"}  # fmt: skip
    rows = [{**row, "name": f"Chỉ tiêu {n}", "value": f"{n},5"} for n in range(20_000)]
    return [("20,000 rows of earlier years, child process", _child(making.past_book("b" * 12, {PAST_VALUES: rows})))]


def _child(content: bytes) -> str:
    """Seconds and peak memory of the process that reads a workbook."""
    package = str(Path(__file__).resolve().parents[1] / "tracker")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(content)
        told = in_new_process(CHILD_CODE.format(package=package, path=str(path)))
    return f"{told['seconds']:.1f} s, {told['mb']:.0f} MB"


def lines(times: int) -> Iterator[Found]:
    """(work, found) of each, as it is found."""
    yield from past_import()
    yield from form_download(times)
    yield from form_import(times)
    yield from board(times)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=15)
    for work, taken in lines(parser.parse_args().times):
        print(f"{work}: {taken}", flush=True)
