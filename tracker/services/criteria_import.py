"""A workbook of a criteria set written into it: what it will change first, then the same, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker.db import db
from tracker.domain.criteria_changes import SET_LABELS, RowChange, changes
from tracker.domain.criteria_sheet import NEW, fingerprint, path_key
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode, Placed
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.upload import Upload
from tracker.queries import criteria as queries
from tracker.services.criteria import cleaned_set
from tracker.services.criteria_open import still_open
from tracker.services.criteria_ranking import not_named
from tracker.services.criterion import LAST, check_steps, cleaned_row, renumber, write_bands
from tracker.services.recording import recorded

ROW_FIELDS = (
    "number", "title", "part", "maximum", "unit_of_measure", "function", "direction", "band_basis", "points_each",
    "limit_points", "floor_points", "evidence_required", "guidance", "pledge_lineage",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What a file would make of the set. `standing` names the set as it was compared: the yes must be to that one.

    `stale`: somebody changed the set after the file was handed out, so the file is not written.
    """

    tree: CriteriaTree
    changes: tuple[RowChange, ...]
    standing: str
    stale: bool


def plan(criteria_set: CriteriaSet, read_tree: CriteriaTree, read_print: str) -> Plan:
    """The tree of the file beside the set as it stands. A row without key is the standing row at its place, if free."""
    before = queries.tree(criteria_set)
    after = _known_again(before, read_tree)
    found = changes(before, after, lambda node: node.key)
    standing = fingerprint(before)
    return Plan(after, tuple(found), standing, bool(found) and read_print != standing)


@recorded
def apply(
    criteria_set: CriteriaSet, upload: Upload, read_tree: CriteriaTree, read_print: str, *, shown: str, by: Account,
    at: datetime,
) -> int:  # fmt: skip
    """Write the whole tree, all or nothing; how many places changed. The same yes sent twice is one.

    Conflict when the set is not the one the preview was compared with (`shown`); NotOpen once it is frozen or the file
    was written; RuleBroken for a stale file, and for whatever a row on the page would be refused for.
    """
    still_open(criteria_set)
    db.session.refresh(upload, with_for_update={"of": Upload})
    if upload.applied_at is not None:
        raise NotOpen("Tệp này đã được ghi vào bộ tiêu chí rồi: không ghi thêm lần nữa.")
    made = plan(criteria_set, read_tree, read_print)
    if made.standing != shown:
        raise Conflict(criteria_set)
    if made.stale:
        raise RuleBroken(STALE)
    if made.changes:
        _write(criteria_set, made)
    upload.applied_at = at
    return len(made.changes)


STALE = (
    "Bộ tiêu chí đã được sửa sau khi tải tệp này. Hãy tải tệp mới từ trang của bộ tiêu chí rồi ghi lại các thay đổi, "
    "để không mất phần người khác vừa sửa."
)


def _known_again(before: CriteriaTree, read: CriteriaTree) -> CriteriaTree:
    """Rows of the file that have no key bear that of the standing row at the same place, when no other row has it."""
    taken = {placed.node.key for placed in read.walk()}
    free = {
        path_key(placed.full_number): placed.node
        for placed in before.walk() if placed.node.key not in taken
    }  # fmt: skip

    def known(node: CriterionNode, path: tuple[str, ...]) -> CriterionNode:
        here = (*path, node.number)
        standing = free.get(path_key(" › ".join(here))) if node.key.startswith(NEW) else None
        if standing is not None:
            lineage = standing.pledge_lineage if node.is_leaf else None
            node = replace(node, key=standing.key, lineage=standing.lineage, pledge_lineage=lineage)
        return replace(node, children=tuple(known(child, here) for child in node.children))

    return replace(read, criteria=tuple(known(root, ()) for root in read.criteria))


def _write(criteria_set: CriteriaSet, made: Plan) -> None:
    rows = {row.public_id: row for row in queries.rows_of(criteria_set)}
    about = {name: getattr(made.tree, name) for name in SET_LABELS}
    for name, value in cleaned_set(about).items():
        if getattr(criteria_set, name) != value:
            setattr(criteria_set, name, value)
    banded = {change.key for change in made.changes if change.label in (None, "Bậc điểm", "Cách chấm")}
    order: dict[int, int] = {}
    above: dict[tuple[str, ...], Criterion] = {}
    kept = set()
    for place, placed in enumerate(made.tree.walk()):
        row = _row(criteria_set, placed, rows, above)
        if (placed.node.bands or row.bands) and placed.node.key in banded:
            if placed.node.bands:
                check_steps(row, placed.node.bands)
            write_bands(row, placed.node.bands)
        above[(*placed.path, placed.node.number)] = row
        order[row.id] = place
        kept.add(row.public_id)
    _drop([row for key, row in rows.items() if key not in kept])
    renumber(criteria_set, order)
    db.session.expire(criteria_set, ["criteria"])
    written = queries.tree(criteria_set)
    if _said(written) != _said(made.tree):
        raise RuntimeError("the set is not what the preview showed")


def _row(
    criteria_set: CriteriaSet, placed: Placed, rows: Mapping[str, Criterion], above: Mapping[tuple[str, ...], Criterion]
) -> Criterion:
    """The standing row with its new values, or a new one."""
    values = {name: getattr(placed.node, name) for name in ROW_FIELDS}
    cleaned = cleaned_row(values)
    parent = above.get(placed.path)
    row = rows.get(placed.node.key)
    if row is None:
        row = Criterion(criteria_set=criteria_set, parent=parent, position=LAST, **cleaned)
        db.session.add(row)
    else:
        with db.session.no_autoflush:
            for name, value in cleaned.items():
                if getattr(row, name) != value:
                    setattr(row, name, value)
            if (parent.id if parent else None) != row.parent_id:
                row.parent = parent
    db.session.flush()
    return row


def _drop(gone: list[Criterion]) -> None:
    not_named(gone)
    for row in reversed(gone):
        db.session.delete(row)
    db.session.flush()


def _said(tree: CriteriaTree) -> list[tuple[Any, ...]]:
    """What a tree says, whatever its keys."""
    return [
        (placed.depth, *(getattr(placed.node, name) for name in ROW_FIELDS),
         sorted(str(_ends(band.low, band.low_closed, band.high, band.high_closed, band.points))
                for band in placed.node.bands))
        for placed in tree.walk()
    ]  # fmt: skip


def _ends(low: Any, low_closed: bool, high: Any, high_closed: bool, points: Any) -> tuple[Any, ...]:
    """A band's ends; without a number it does not matter whether the end is closed."""
    plain = [None if value is None else f"{value.normalize():f}" for value in (low, high, points)]
    return plain[0], low is not None and low_closed, plain[1], high is not None and high_closed, plain[2]

