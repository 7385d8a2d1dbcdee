"""Copies of a criteria set: to another bloc or year, and as the next edition of a set that is in use."""

from datetime import datetime
from typing import Any

from tracker.db import db
from tracker.errors import NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import Band, CriteriaSet, Criterion, Exemption
from tracker.queries import criteria as queries
from tracker.services.bloc import lock
from tracker.services.criteria_ranking import copy_rules
from tracker.services.recording import recorded
from tracker.text import clean_block

SET_COLUMNS = ("name", "decision", "declared_total", "rank_by", "places", "rounding")
ROW_COLUMNS = (
    "position", "lineage", "number", "title", "part", "maximum", "unit_of_measure", "function", "direction",
    "band_basis", "points_each", "limit_points", "floor_points", "evidence_required", "guidance", "pledge_lineage",
)  # fmt: skip
BAND_COLUMNS = ("position", "low", "low_closed", "high", "high_closed", "points")


@recorded
def copy(criteria_set: CriteriaSet, *, bloc: Bloc, year: int, by: Account, at: datetime) -> CriteriaSet:
    """The set for another bloc or year, open again. Lineages stay, so results are compared with last year's.

    What is not assigned to a unit is not carried over: that is said anew each year, with its reason. RuleBroken when
    the bloc has a set for that year.
    """
    lock(bloc)
    standing = queries.latest(bloc, year)
    if standing is not None:
        raise RuleBroken(f"Năm {year} đã có bộ tiêu chí “{standing.name}”: hãy mở bộ đó để sửa.", field="year")
    made = CriteriaSet(bloc=bloc, year=year, **_values(criteria_set, SET_COLUMNS))
    if year != criteria_set.year:
        made.name = made.name.replace(str(criteria_set.year), str(year))
        made.decision = None
    twins = _copy_rows(criteria_set, made, pledged=bloc.id == criteria_set.bloc_id)
    db.session.add(made)
    copy_rules(criteria_set, made, twins)
    return made


@recorded
def new_edition(criteria_set: CriteriaSet, *, reason: str, by: Account, at: datetime) -> CriteriaSet:
    """The next edition of a frozen set, open for changes; the periods stay with the old one until it is put in force.

    NotOpen when the set is not frozen or a later edition is being written; ReasonMissing.
    """
    lock(criteria_set.bloc)
    why = clean_block(reason)
    if not why:
        raise ReasonMissing("lập phiên bản mới của bộ tiêu chí")
    if criteria_set.frozen_at is None:
        raise NotOpen("Bộ tiêu chí chưa chốt: hãy sửa thẳng, không cần phiên bản mới.")
    newest = queries.latest(criteria_set.bloc, criteria_set.year)
    if newest is not None and newest.id != criteria_set.id:
        raise NotOpen(f"Đã có phiên bản {newest.edition} của bộ tiêu chí này: hãy làm tiếp trên phiên bản đó.")
    made = CriteriaSet(
        bloc=criteria_set.bloc, year=criteria_set.year, edition=criteria_set.edition + 1, replaces=criteria_set,
        change_reason=why, **_values(criteria_set, SET_COLUMNS),
    )  # fmt: skip
    twins = _copy_rows(criteria_set, made, pledged=True)
    for row in queries.exemptions(criteria_set):
        kept = {name: getattr(row, name) for name in ("reason", "at", "by_id", "unit_id")}
        twins[row.criterion_id].exemptions.append(Exemption(**kept))
    db.session.add(made)
    copy_rules(criteria_set, made, twins)
    return made


def _copy_rows(source: CriteriaSet, made: CriteriaSet, *, pledged: bool) -> dict[int, Criterion]:
    """Every row and band into `made`; the copies by the number of their original. Rows of another bloc's pledge are
    let go."""
    twins: dict[int, Criterion] = {}
    for row in queries.rows_of(source):
        twin = Criterion(criteria_set=made, **_values(row, ROW_COLUMNS))
        if not pledged:
            twin.pledge_lineage = None
        if row.parent_id is not None:
            twin.parent = twins[row.parent_id]
        twin.bands = [Band(**_values(band, BAND_COLUMNS)) for band in row.bands]
        twins[row.id] = twin
    return twins


def _values(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in columns}
