"""Points and order: python -m benchmarks.ranking [--times 5]

The order is read from stored points (queries/ranking.collect, with everything that its page shows); recomputing a bloc
is measured apart, as settled.md asks.
"""

import argparse
import random
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from sqlalchemy import select, text

from benchmarks.reporting import Period, period_of
from benchmarks.timing import median_ms, queries
from tracker import clock
from tracker.db import db, new_public_id
from tracker.domain import ranking as order
from tracker.domain.criteria import RankBasis
from tracker.domain.scoring.results import UnitTotal
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score
from tracker.models.submission import Entry
from tracker.queries import ranking
from tracker.services import scoring


@contextmanager
def scored(units: int, leaves: int) -> Iterator[tuple[Period, ReportingPeriod]]:
    """A period of `units`, every line with a figure and stored points of the bloc; rows written past the services."""
    with period_of(units, leaves) as made, made.app.app_context():
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
        db.session.commit()
        period = db.session.scalars(select(ReportingPeriod)).one()
        yield made, period
        db.session.remove()


def live(units: int, leaves: int, times: int) -> tuple[str, str]:
    with scored(units, leaves) as (_made, period):

        def collect() -> object:
            db.session.expire_all()
            return ranking.collect(period)

        taken = median_ms(collect, times)
        with queries() as sent:
            collect()
        return f"live order with all points, {units} units × {leaves}", f"{taken:.0f} ms, {len(sent)} queries"


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
    for name, found in (
        live(8, 50, times), live(147, 50, times), recomputed(20, 200, times), placed(5_000, times),
    ):  # fmt: skip
        print(f"{name}: {found}", flush=True)


if __name__ == "__main__":
    main()
