"""Points and order: python -m benchmarks.ranking [--times 5]

The order comes from stored points by way of their kept sums (queries/ranking_order); with every point it is
queries/ranking.collect; recomputing a bloc is measured apart.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from decimal import Decimal

from sqlalchemy import func, select, text

from benchmarks.reporting import Period, period_of
from benchmarks.timing import median_ms, page, queries
from tracker import clock
from tracker.db import Base, db, new_public_id
from tracker.domain import ranking as order
from tracker.domain.criteria import RankBasis
from tracker.domain.scoring.results import UnitTotal
from tracker.jobs import calm_collector
from tracker.models.bloc import Membership
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit, UnitName
from tracker.queries import ranking, ranking_order
from tracker.services import score_total, scoring


@contextmanager
def scored(units: int, leaves: int) -> Iterator[tuple[Period, ReportingPeriod]]:
    """A period of `units`, every line with a figure and stored points of the bloc; two units by the services, the
    others and all points by rows as the services leave them."""
    with period_of(2, leaves) as made, made.app.app_context():
        period = db.session.scalars(select(ReportingPeriod)).one()
        _add_units(period, units - 2)
        chance = random.Random(7)
        for statement in (
            "UPDATE period SET scored = 1",
            "UPDATE submission SET state = 'sent', first_sent_at = CURRENT_TIMESTAMP, last_sent_at = CURRENT_TIMESTAMP",
            "UPDATE entry SET target = 1000000, actual = 500000 + (id * 7919) % 600000",
        ):
            db.session.execute(text(statement))
        officer = db.session.execute(text("SELECT min(id) FROM account")).scalar_one()
        rows = [
            {"entry_id": entry, "stage": "bloc", "points": Decimal(chance.randrange(1001)) / 100, "at": clock.now(),
             "by_id": officer, "public_id": new_public_id(), "version": 1, "computed": False, "provisional": False,
             "trace": "", "reason": ""}
            for entry in db.session.scalars(select(Entry.id))
        ]  # fmt: skip
        db.session.execute(Score.__table__.insert(), rows)
        db.session.expire_all()
        numbers = db.session.scalars(select(Submission.id)).all()
        for start in range(0, len(numbers), 500):
            score_total.keep(db.session(), period, numbers[start : start + 500])
        db.session.commit()
        db.session.expire_all()
        calm_collector()
        yield made, period
        db.session.remove()


def _add_units(period: ReportingPeriod, count: int) -> None:
    """As many more members with a submission and its lines, written past the services: those check one by one."""
    pattern = db.session.execute(select(Entry.criterion_id, Entry.position).group_by(Entry.criterion_id)).all()

    def copies(model: type[Base], **changed: list[object]) -> list[int]:
        table = model.__table__
        row = dict(db.session.execute(select(table).limit(1)).mappings().one()) | {"public_id": None}
        del row["id"]
        first = 1 + (db.session.scalar(select(func.max(table.c.id))) or 0)
        numbers = range(first, first + count)
        rows = []
        for place, number in enumerate(numbers):
            own = {name: values[place] for name, values in changed.items()}
            rows.append(row | own | {"id": number, "public_id": new_public_id()})
        if rows:
            db.session.execute(table.insert(), rows)
        return list(numbers)

    units = copies(Unit)
    names = [f"Sở Đo lường thêm {place}" for place in range(count)]
    copies(UnitName, unit_id=units, name=names, short_name=names)
    copies(Membership, unit_id=units, position=[place + 10 for place in range(count)])
    submissions = copies(Submission, unit_id=units)
    lines = [
        {"public_id": new_public_id(), "version": 1, "submission_id": each, "criterion_id": criterion,
         "position": position, "assigned": True}
        for each in submissions for criterion, position in pattern
    ]  # fmt: skip
    if lines:
        db.session.execute(Entry.__table__.insert(), lines)


def _told(work: Callable[[], object], times: int) -> str:
    taken = median_ms(work, times)
    with queries() as sent:
        work()
    return f"{taken:.0f} ms, {len(sent)} queries"


def live(units: int, leaves: int, times: int) -> tuple[str, str]:
    """The order from stored points, as its page reads it: the period at hand, sums and names from the database."""
    with scored(units, leaves) as (_made, period):

        def order() -> object:
            return ranking_order.order(period)

        return f"live order, {units} units × {leaves}", _told(order, times)


def whole(units: int, leaves: int, times: int) -> tuple[str, str]:
    """Every point with its stages, reasons and evidence: what is published, and what the workbook shows."""
    with scored(units, leaves) as (_made, period):

        def collect() -> object:
            db.session.expire_all()
            return ranking.collect(period)

        return f"order with all its points, {units} units × {leaves}", _told(collect, times)


def answered(units: int, leaves: int, times: int) -> tuple[str, str]:
    """The page of the order, as the secretariat's browser gets it."""
    with scored(units, leaves) as (made, period):
        # Without the context that is open here: a test client would share its reader with every request.
        url = f"/periods/{period.public_id}/ranking"
        db.session.remove()
        taken, sent, size = Context().run(lambda: page(made.browser(), url, times))
        return f"page of the order, {units} units × {leaves}", f"{taken:.0f} ms, {sent} queries, {size:.0f} kB"


def desk(units: int, leaves: int, times: int) -> tuple[str, str]:
    """The scoring desk of one unit, as the secretariat's browser gets it, and one line of it saved."""
    with scored(units, leaves) as (made, _period):
        # The officer's own unit is the first one; the second is scored.
        entry = db.session.scalars(select(Entry).order_by(Entry.id).offset(leaves)).first()
        assert entry is not None
        url, save = f"/submissions/{entry.submission.public_id}/scoring", f"/entries/{entry.public_id}/bloc-points"
        version = db.session.scalars(select(Score.version).where(Score.entry_id == entry.id)).one()
        db.session.remove()

        def both() -> tuple[float, int, float, float]:
            browser = made.browser()
            found = page(browser, url, times)
            points = iter(range(1, 1000))

            def saved() -> None:
                turn = next(points)
                seen = {"stage": "bloc", "version": version + turn - 1}
                given = {"points": f"{turn % 10}", "reason": f"Lần {turn}", **seen}
                answer = browser.post(save, data=given)
                assert answer.status_code == 200, answer.text

            return *found, median_ms(saved, times)

        taken, sent, size, line = Context().run(both)
        found = f"{taken:.0f} ms, {sent} queries, {size:.0f} kB; one line saved in {line:.0f} ms"
        return f"scoring desk of {leaves} lines, {units} units", found


def recomputed(units: int, leaves: int, times: int) -> tuple[str, str]:
    """Every own point of the bloc anew, after one figure changed; undone each time."""
    with scored(units, leaves) as (_made, period):
        scoring.recompute(period, by=None, at=clock.now())
        db.session.commit()

        def again() -> None:
            db.session.execute(text("UPDATE entry SET actual = actual + 1 WHERE id = (SELECT min(id) FROM entry)"))
            db.session.expire_all()
            assert scoring.recompute(period, by=None, at=clock.now()) == 1
            db.session.rollback()

        return f"recomputing {units} units × {leaves} after one change", f"{median_ms(again, times):.0f} ms"


def placed(units: int, times: int) -> tuple[str, str]:
    chance = random.Random(7)
    totals = [
        UnitTotal(str(n), Decimal(chance.randrange(10_000)) / 100, Decimal(0), Decimal(0), Decimal(100), 0, False)
        for n in range(units)
    ]
    taken = median_ms(lambda: order.rank(totals, RankBasis.SHARE), times)
    return f"placing {units} totals by share, exactly", f"{taken:.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    for work, size in (
        (live, (8, 50)), (live, (147, 50)), (live, (5_000, 50)), (answered, (8, 50)), (answered, (147, 50)),
        (whole, (8, 50)), (whole, (147, 50)), (desk, (20, 200)), (recomputed, (20, 200)), (placed, (5_000,)),
    ):  # fmt: skip
        name, found = work(*size, times)
        print(f"{name}: {found}", flush=True)


if __name__ == "__main__":
    main()
