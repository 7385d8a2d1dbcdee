"""The order of a scored period from its units' kept sums: the same few queries for any number of units and criteria.

What was not kept, or went with a change, is added up from the points; so the answer is that of ranking.collect, only
without the criteria and points themselves (tests hold the two together).
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import BigInteger, and_, case, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import ColumnElement

from tracker.db import PARTS, db
from tracker.domain.ranking import TieBreaker
from tracker.domain.ranking_order import UnitLine
from tracker.domain.ranking_shown import RankingShown
from tracker.domain.reporting import days_late
from tracker.domain.scores import Standing
from tracker.domain.scoring.results import UnitTotal
from tracker.domain.unit_sums import UnitSums
from tracker.models.bloc import Membership
from tracker.models.criteria import Criterion
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.score_total import ScoreTotal
from tracker.models.scoring import QuotaHint, SetApart, TieRow
from tracker.models.submission import Submission
from tracker.models.unit import Unit, UnitName
from tracker.queries import unit_sums
from tracker.queries.ranking import shown


class Kept(NamedTuple):
    """A submission with what stands beside it; sums in whole ten-thousandths, all None where none are kept.

    `sent_late`: when it was first sent, if after the due moment of all.
    """

    submission: int
    unit_id: int
    key: str
    sent: bool
    sent_late: datetime | None
    standing: Standing | None
    reason: str | None
    main: int | None
    bonus: int | None
    penalty: int | None
    maximum: int | None
    own_total: int | None
    bloc_total: int | None
    blank: int | None
    provisional: bool | None
    class_name: str | None
    class_note: str | None
    groups: str | None


def order(period: ReportingPeriod, without: int | None = None) -> RankingShown:
    """Units in the order of places, as their points stand. AssertionError for a period without a criteria set.

    `without`: number of a submission that the reader may not see; it counts for the quotas alone.
    """
    assert period.criteria_set_id is not None
    rows = _rows(period)
    added_up = unit_sums.of(period) if any(each.main is None for each in rows) else {}
    names = _names(period, period.period.last_day)
    late = _late(period, rows)
    groups = json.loads(f"[{','.join(each.groups or '{}' for each in rows)}]")
    lines = [
        UnitLine(
            each.key, *names[each.unit_id], added_up.get(each.submission) or _sums(each, own), late[each.submission],
            each.standing.label if each.standing else "", each.reason or "",
        )
        for each, own in zip(rows, groups, strict=True)
        if each.submission != without
    ]  # fmt: skip
    ties = db.session.execute(
        select(TieRow.rule, Criterion.public_id, Criterion.number)
        .outerjoin(Criterion, Criterion.id == TieRow.criterion_id)
        .where(TieRow.criteria_set_id == period.criteria_set_id)
        .order_by(TieRow.position)
    ).all()
    hints = select(QuotaHint).where(QuotaHint.criteria_set_id == period.criteria_set_id).order_by(QuotaHint.id)
    return shown(
        period,
        lines,
        breakers=[TieBreaker(rule, group) for rule, group, _ in ties],
        numbers={group: number for _, group, number in ties if group},
        hints=db.session.scalars(hints).all(),
        left_out=sum(each.submission == without and each.standing is None for each in rows),
    )


def _rows(period: ReportingPeriod) -> list[Kept]:
    """In the order of members; read by the connection, since nothing of them is an object of the session."""
    last, sent = period.period.last_day, Submission.first_sent_at
    # "+ 0" keeps SQLite from looking through all members of the bloc for each unit: it goes by the unit's own.
    in_bloc = Membership.bloc_id + 0 == period.bloc_id
    member = and_(Membership.unit_id == Submission.unit_id, in_bloc, Membership.holds_on(last))
    asked = (
        select(
            Submission.id, Submission.unit_id, Unit.public_id, sent.is_not(None), case((sent > period.due_at, sent)),
            SetApart.standing, SetApart.reason, _parts(ScoreTotal.main), _parts(ScoreTotal.bonus),
            _parts(ScoreTotal.penalty), _parts(ScoreTotal.maximum), _parts(ScoreTotal.own_total),
            _parts(ScoreTotal.bloc_total), ScoreTotal.blank, ScoreTotal.provisional, ScoreTotal.class_name,
            ScoreTotal.class_note, ScoreTotal.groups,
        )
        .join(Unit, Unit.id == Submission.unit_id)
        .outerjoin(Membership, member)
        .outerjoin(SetApart, SetApart.submission_id == Submission.id)
        .outerjoin(ScoreTotal, ScoreTotal.submission_id == Submission.id)
        .where(Submission.period_id == period.id)
        .order_by(Membership.position.is_(None), Membership.position, Submission.id)
    )  # fmt: skip
    return [Kept._make(row) for row in db.session.connection().execute(asked).all()]


def _parts(column: InstrumentedAttribute[Decimal] | InstrumentedAttribute[Decimal | None]) -> ColumnElement[int]:
    """A column of points as the whole numbers that the database holds."""
    return type_coerce(column, BigInteger)


def _names(period: ReportingPeriod, day: date) -> Mapping[int, tuple[str, str]]:
    """Name and short name of each unit as Unit.named_on gives them: of `day`, before its first name the first."""
    of_period = select(Submission.unit_id).where(Submission.period_id == period.id)
    rows = db.session.connection().execute(
        select(UnitName.unit_id, UnitName.starts_on <= day, UnitName.name, UnitName.short_name)
        .where(UnitName.unit_id.in_(of_period))
        .order_by(UnitName.unit_id, UnitName.starts_on)
    ).all()
    found: dict[int, tuple[str, str]] = {}
    for unit, begun, name, short_name in rows:
        if begun or unit not in found:
            found[unit] = (name, short_name)
    return found


def _late(period: ReportingPeriod, rows: list[Kept]) -> dict[int, int | None]:
    """Days late by submission. Who sent before the due moment is in time, extended or not."""
    granted = select(Extension.unit_id, func.max(Extension.id)).where(Extension.period_id == period.id)
    last = granted.group_by(Extension.unit_id).subquery()
    asked = select(Extension.unit_id, Extension.until).join(last, last.c[1] == Extension.id)
    until = {unit: day for unit, day in db.session.execute(asked)}
    zone = period.bloc.authority.time_zone
    found: dict[int, int | None] = {each.submission: 0 if each.sent else None for each in rows}
    for each in rows:
        if each.sent_late is not None:
            found[each.submission] = days_late(each.sent_late, period.due_at, until.get(each.unit_id), zone)
    return found


def _sums(kept: Kept, groups: Mapping[str, int]) -> UnitSums:
    total = UnitTotal(
        kept.key, _points(kept.main or 0), _points(kept.bonus or 0), _points(kept.penalty or 0),
        _points(kept.maximum or 0), kept.blank or 0, bool(kept.provisional),
        {key: _points(parts) for key, parts in groups.items()},
    )  # fmt: skip
    own, bloc = kept.own_total, kept.bloc_total
    return UnitSums(
        total, None if own is None else _points(own), None if bloc is None else _points(bloc),
        kept.class_name or "", kept.class_note or "",
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _points(parts: int) -> Decimal:
    """From whole ten-thousandths; many are alike (a maximum, 0)."""
    return Decimal(parts) / PARTS
