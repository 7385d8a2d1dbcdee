"""Criteria sets of a bloc's years: founded, described, removed while nothing asks by them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.criteria import RankBasis, Rounding
from tracker.domain.vietnamese import joined
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.models.period import ReportingPeriod
from tracker.queries import criteria as queries
from tracker.services.bloc import lock
from tracker.services.criteria_copy import copy, new_edition
from tracker.services.criteria_open import still_open
from tracker.services.criteria_ranking import basis_still_fits, remove_rules
from tracker.services.recording import recorded
from tracker.text import clean_line

__all__ = ["change", "copy", "found", "new_edition", "remove", "still_open"]

MOST_PLACES = 4
FIRST_YEAR, LAST_YEAR = 1990, 2200


@recorded
def found(bloc: Bloc, *, year: int, values: Mapping[str, Any], by: Account, at: datetime) -> CriteriaSet:
    """An empty set of a year. RuleBroken when the year has one: that is edited, or gets a new edition."""
    lock(bloc)
    cleaned = cleaned_set(values)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.", field="year")
    standing = queries.latest(bloc, year)
    if standing is not None:
        if standing.edition == 1 and not standing.criteria and _same(standing, cleaned):
            return standing
        raise RuleBroken(f"Năm {year} đã có bộ tiêu chí “{standing.name}”: hãy mở bộ đó để sửa.", field="year")
    made = CriteriaSet(bloc=bloc, year=year, **cleaned)
    db.session.add(made)
    return made


@recorded
def change(
    criteria_set: CriteriaSet, *, values: Mapping[str, Any], seen: int, by: Account, at: datetime
) -> CriteriaSet:
    """Set name, paper, declared total and how it is ranked. NotOpen once it is frozen; Conflict when stale."""
    still_open(criteria_set)
    if seen != criteria_set.version:
        raise Conflict(criteria_set)
    cleaned = cleaned_set(values)
    basis_still_fits(criteria_set, cleaned["rank_by"])
    for name, value in cleaned.items():
        setattr(criteria_set, name, value)
    return criteria_set


@recorded
def remove(criteria_set: CriteriaSet, *, by: Account, at: datetime) -> None:
    """Take away a set that was never in use. NotOpen once frozen; RuleBroken while a period names it."""
    still_open(criteria_set)
    periods = db.session.scalars(
        select(ReportingPeriod).where(ReportingPeriod.criteria_set_id == criteria_set.id)
    ).all()
    if periods:
        names = joined([period.period.label for period in periods])
        raise RuleBroken(f"Kỳ {names} đang chọn bộ tiêu chí này: hãy chọn bộ khác cho kỳ đó trước.")
    later = select(CriteriaSet.id).where(CriteriaSet.replaces_id == criteria_set.id)
    if db.session.scalar(later) is not None:
        raise NotOpen("Đã có phiên bản sau của bộ tiêu chí này nên không xóa được.")
    remove_rules(criteria_set)
    db.session.delete(criteria_set)


def cleaned_set(values: Mapping[str, Any]) -> dict[str, Any]:
    name = clean_line(values.get("name"))
    if not name:
        raise RuleBroken("Hãy ghi tên bộ tiêu chí.", field="name")
    total = values.get("declared_total")
    if total is not None and total <= 0:
        raise RuleBroken("Tổng điểm công bố phải lớn hơn 0; chưa có thì để trống.", field="declared_total")
    places = values.get("places", 2)
    if not 0 <= places <= MOST_PLACES:
        raise RuleBroken(f"Số chữ số lẻ của điểm từ 0 đến {MOST_PLACES}.", field="places")
    return {
        "name": name,
        "decision": clean_line(values.get("decision")) or None,
        "declared_total": total,
        "rank_by": values.get("rank_by") or RankBasis.POINTS,
        "places": places,
        "rounding": values.get("rounding") or Rounding.HALF_UP,
    }


def _same(criteria_set: CriteriaSet, values: Mapping[str, Any]) -> bool:
    return all(getattr(criteria_set, name) == value for name, value in values.items())
