"""Criteria that are not assigned (không được giao) to a unit: said by the bloc or the board, never by the unit."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.errors import Conflict, NotAllowed, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.criteria import CriteriaSet, Criterion, Exemption
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit
from tracker.policy import may_favour
from tracker.queries import criteria as queries
from tracker.services import scoring
from tracker.services.bloc import lock
from tracker.services.recording import recorded
from tracker.services.submission_notes import put_assigned
from tracker.text import clean_block

Pair = tuple[int, int]
"""(criterion's number, unit's number)"""


@recorded
def set_exemptions(
    criteria_set: CriteriaSet,
    units: Collection[Unit],
    wanted: Collection[tuple[Criterion, Unit]],
    *,
    reason: str,
    seen: int,
    by: Account,
    at: datetime,
) -> int:
    """For each of `units` exactly the leaves of `wanted` are not assigned; how many places changed.

    In a period that runs the unit's line follows at once and the unit is told. NotAllowed for a unit that `by` may not
    favour, its own above all; Conflict when somebody changed the table since; ReasonMissing when something changes.
    """
    lock(criteria_set.bloc)
    standing = queries.exemptions(criteria_set)
    if seen != queries.exemption_version(standing):
        raise Conflict(criteria_set)
    open_units = {unit.id: unit for unit in units}
    now = {(row.criterion_id, row.unit_id): row for row in standing if row.unit_id in open_units}
    asked = {(criterion.id, unit.id): criterion for criterion, unit in wanted}
    for criterion, unit in wanted:
        if criterion.criteria_set_id != criteria_set.id or criterion.function is None or unit.id not in open_units:
            raise RuleBroken("Chỉ tiêu chí của bộ này, với đơn vị đang xét, mới đánh dấu “Không được giao” được.")
    changed = sorted(now.keys() ^ asked.keys())
    if not changed:
        return 0
    why = clean_block(reason)
    if not why:
        raise ReasonMissing("giao hoặc không giao tiêu chí")
    _check_who(criteria_set, [open_units[unit_id] for unit_id in {unit_id for _, unit_id in changed}], by, at)
    running = _running(criteria_set)
    for pair in changed:
        entries = running.get(pair, [])
        for entry in entries:
            put_assigned(entry.submission, entry, pair in now, reason=why, by=by, at=at)
        db.session.flush()
        _keep(pair, now, asked, open_units, why, by, at)
    db.session.flush()
    touched = {entry.submission.period for pair in changed for entry in running.get(pair, [])}
    for period in sorted(touched, key=lambda each: each.id):
        scoring.recompute(period, by=by, at=at)
    return len(changed)


def _keep(
    pair: Pair, now: dict[Pair, Exemption], asked: dict[Pair, Criterion], units: dict[int, Unit], why: str,
    by: Account, at: datetime,
) -> None:
    """The lasting row, unless the line of a running period brought or took it already."""
    standing = db.session.scalars(
        select(Exemption).where(Exemption.criterion_id == pair[0], Exemption.unit_id == pair[1])
    ).first()
    if pair in asked and standing is None:
        db.session.add(Exemption(criterion=asked[pair], unit=units[pair[1]], reason=why, at=at, by=by))
    elif pair in now and standing is not None:
        db.session.delete(standing)


def _check_who(criteria_set: CriteriaSet, units: Collection[Unit], by: Account, at: datetime) -> None:
    day = at.astimezone(ZoneInfo(criteria_set.bloc.authority.time_zone)).date()
    for unit in units:
        if not may_favour(by, criteria_set.bloc, unit, day):
            raise NotAllowed(
                f"Bạn không xác định tiêu chí được giao cho {unit.named_on(day).name}: không đơn vị nào tự xét mình."
            )


def _running(criteria_set: CriteriaSet) -> dict[Pair, list[Entry]]:
    """Lines of this set in periods whose results are not published, by criterion and unit. One query."""
    found: dict[Pair, list[Entry]] = {}
    rows = db.session.execute(
        select(Entry, Submission.unit_id)
        .join(Submission, Submission.id == Entry.submission_id)
        .join(ReportingPeriod, ReportingPeriod.id == Submission.period_id)
        .join(Criterion, Criterion.id == Entry.criterion_id)
        .where(
            Criterion.criteria_set_id == criteria_set.id,
            ReportingPeriod.state.in_([PeriodState.OPEN, PeriodState.REVIEWING]),
        )
    )
    for entry, unit_id in rows:
        assert entry.criterion_id is not None
        found.setdefault((entry.criterion_id, unit_id), []).append(entry)
    return found
