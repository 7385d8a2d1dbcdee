"""Rows of a criteria set: groups and leaves added, changed, moved, removed; the bands of a leaf."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from tracker.db import db
from tracker.domain.criteria import CriterionPart, ScoreFunction
from tracker.domain.criteria_bands import band_faults
from tracker.domain.criteria_checks import parameters
from tracker.domain.criteria_tree import BandStep, number_key
from tracker.domain.quantities import said
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.criteria import Band, CriteriaSet, Criterion
from tracker.queries import criteria as queries
from tracker.services.criteria_open import still_open
from tracker.services.criteria_ranking import not_named
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line

LONGEST_NUMBER, LONGEST_MEASURE = 20, 60
#: What only some rules read; a rule that does not read it leaves it empty.
PARAMETERS = ("direction", "band_basis", "points_each", "limit_points", "floor_points")
#: Far behind every other row, until the rows are numbered anew.
LAST = 1_000_000


@recorded
def add(
    criteria_set: CriteriaSet, values: Mapping[str, Any], *, parent: Criterion | None = None, by: Account, at: datetime
) -> Criterion:
    """A group (no function) or a leaf at the end of `parent`, None being the top. The same row sent twice is one."""
    still_open(criteria_set)
    cleaned = cleaned_row(values)
    rows = queries.rows_of(criteria_set)
    check_parent(criteria_set, parent)
    same = _sibling(rows, parent, cleaned["number"])
    if same is not None:
        if same.title == cleaned["title"] and same.function is cleaned["function"]:
            return same
        raise RuleBroken(
            f"Số thứ tự “{same.number}” đã dùng cho “{same.title}” trong cùng nhóm: hãy ghi số khác.", field="number"
        )
    made = Criterion(criteria_set=criteria_set, parent=parent, position=LAST, **cleaned)
    db.session.add(made)
    db.session.flush()
    renumber(criteria_set)
    return made


@recorded
def change(
    criterion: Criterion,
    values: Mapping[str, Any],
    *,
    parent: Criterion | None = None,
    seen: int,
    by: Account,
    at: datetime,
) -> Criterion:
    """Set the fields of a row and the group it stands in. Another rule lets go of what only the old one read.

    Conflict when stale; RuleBroken for a number that a sibling bears, a parent inside the row itself, a rule for a row
    that has rows inside.
    """
    still_open(criterion.criteria_set)
    if seen != criterion.version:
        raise Conflict(criterion)
    cleaned = cleaned_row(values)
    rows = queries.rows_of(criterion.criteria_set)
    check_parent(criterion.criteria_set, parent)
    if parent is not None and parent.id in {row.id for row in family(rows, criterion)}:
        raise RuleBroken("Không chuyển một nhóm vào chính nó hay vào dòng bên trong nó.", field="parent")
    if cleaned["function"] is not None and any(row.parent_id == criterion.id for row in rows):
        raise RuleBroken(
            "Dòng này có tiêu chí bên trong nên không tự chấm: để trống cách chấm, hoặc chuyển các dòng bên trong đi.",
            field="function",
        )
    same = _sibling([row for row in rows if row.id != criterion.id], parent, cleaned["number"])
    if same is not None:
        raise RuleBroken(
            f"Số thứ tự “{same.number}” đã dùng cho “{same.title}” trong cùng nhóm: hãy ghi số khác.", field="number"
        )
    if cleaned["function"] is not criterion.function:
        not_named([criterion])
        criterion.bands = []
    with db.session.no_autoflush:
        for name, value in cleaned.items():
            setattr(criterion, name, value)
        if (parent.id if parent else None) != criterion.parent_id:
            criterion.parent, criterion.position = parent, LAST
    db.session.flush()
    renumber(criterion.criteria_set)
    return criterion


@recorded
def set_bands(criterion: Criterion, steps: Sequence[BandStep], *, seen: int, by: Account, at: datetime) -> Criterion:
    """All bands at once, from the best down. RuleBroken for a gap or an overlap, or a row that has no bands."""
    still_open(criterion.criteria_set)
    if seen != criterion.version:
        raise Conflict(criterion)
    if criterion.function not in ScoreFunction.with_bands():
        raise RuleBroken("Chỉ tiêu chí chấm theo bậc hoặc theo số ngày gửi chậm mới có bậc điểm.")
    check_steps(criterion, steps)
    ordered = sorted(steps, key=lambda step: step.points, reverse=True)
    standing = [
        BandStep(band.low, band.high, band.points, band.low_closed, band.high_closed)
        for band in queries.standing_bands(criterion)
    ]
    if standing == ordered:
        return criterion
    write_bands(criterion, ordered)
    return criterion


@recorded
def remove(criterion: Criterion, *, by: Account, at: datetime) -> int:
    """Take out a row with everything inside it; how many rows. NotOpen once the set is frozen."""
    still_open(criterion.criteria_set)
    gone = family(queries.rows_of(criterion.criteria_set), criterion)
    not_named(gone)
    for row in reversed(gone):
        db.session.delete(row)
    db.session.flush()
    db.session.expire(criterion.criteria_set, ["criteria"])
    renumber(criterion.criteria_set)
    return len(gone)


@recorded
def move(criterion: Criterion, direction: str, *, by: Account, at: datetime) -> bool:
    """One place "up" or "down" among the rows of its group, with all inside; whether it may go on that way."""
    still_open(criterion.criteria_set)
    siblings = [row for row in queries.rows_of(criterion.criteria_set) if row.parent_id == criterion.parent_id]
    forward = -1 if direction == "up" else 1
    place = siblings.index(criterion) + forward
    if not 0 <= place < len(siblings):
        return False
    siblings.remove(criterion)
    siblings.insert(place, criterion)
    renumber(criterion.criteria_set, {row.id: number for number, row in enumerate(siblings)})
    return 0 <= place + forward < len(siblings)


def renumber(criteria_set: CriteriaSet, order: Mapping[int, int] | None = None) -> None:
    """Positions through the whole set, parents before children. `order` overrules the place of some siblings."""
    rows = queries.rows_of(criteria_set)
    wanted = order or {}
    position = 0

    def place(parent_id: int | None) -> None:
        nonlocal position
        below = [row for row in rows if row.parent_id == parent_id]
        for row in sorted(below, key=lambda row: (wanted.get(row.id, 0), row.position, row.id)):
            if row.position != position:
                row.position = position
            position += 1
            place(row.id)

    with db.session.no_autoflush:
        place(None)
    db.session.flush()


def family(rows: Sequence[Criterion], criterion: Criterion) -> list[Criterion]:
    """The row and all inside it, parents before children."""
    found = [criterion]
    for row in rows:
        if row.parent_id in {each.id for each in found}:
            found.append(row)
    return found


def cleaned_row(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row as they are kept; RuleBroken (with its field) for what no row may be."""
    function: ScoreFunction | None = values.get("function")
    number, title = clean_line(values.get("number")), clean_block(values.get("title"))
    if not number:
        raise RuleBroken("Hãy ghi số thứ tự, ví dụ I, 1, 1a hoặc 1.1.", field="number")
    if len(number) > LONGEST_NUMBER:
        raise RuleBroken(f"Số thứ tự nhiều nhất {LONGEST_NUMBER} ký tự.", field="number")
    if not title:
        raise RuleBroken("Hãy ghi nội dung của nhóm hoặc tiêu chí.", field="title")
    measure = clean_line(values.get("unit_of_measure")) or None
    if measure is not None and len(measure) > LONGEST_MEASURE:
        raise RuleBroken(f"Đơn vị tính nhiều nhất {LONGEST_MEASURE} ký tự.", field="unit_of_measure")
    read = parameters(function)
    cleaned: dict[str, Any] = {
        "number": number, "title": title, "part": values.get("part") or CriterionPart.MAIN, "function": function,
        "maximum": values.get("maximum"), "unit_of_measure": measure,
        "evidence_required": bool(values.get("evidence_required")) and function is not None,
        "guidance": clean_block(values.get("guidance")) or None,
        **{name: values.get(name) if name in read else None for name in PARAMETERS},
    }  # fmt: skip
    if "pledge_lineage" in values:
        cleaned["pledge_lineage"] = values["pledge_lineage"] if function is not None else None
    _check_amounts(cleaned)
    return cleaned


def check_parent(criteria_set: CriteriaSet, parent: Criterion | None) -> None:
    """RuleBroken when rows cannot stand inside `parent`."""
    if parent is None:
        return
    if parent.criteria_set_id != criteria_set.id:
        raise RuleBroken("Nhóm này thuộc bộ tiêu chí khác.", field="parent")
    if parent.function is not None:
        raise RuleBroken(
            f"Dòng {parent.number} đã có cách chấm nên không chứa tiêu chí khác: hãy chọn một nhóm.", field="parent"
        )


def check_steps(criterion: Criterion, steps: Sequence[BandStep]) -> None:
    """RuleBroken unless each result falls into exactly one of the bands, and none brings more than the maximum."""
    assert criterion.function is not None
    if not steps:
        raise RuleBroken("Hãy ghi ít nhất một bậc điểm.")
    if any(step.points < 0 for step in steps):
        raise RuleBroken("Điểm của bậc không được âm; điểm trừ ghi ở phần “Điểm trừ”.")
    found = band_faults(steps, criterion.function, criterion.band_basis)
    if found:
        raise RuleBroken(" ".join(found))
    best = max(step.points for step in steps)
    if criterion.maximum is not None and best > criterion.maximum:
        raise RuleBroken(f"Có bậc cho {said(best)} điểm, hơn điểm tối đa {said(criterion.maximum)}.")


def write_bands(criterion: Criterion, steps: Sequence[BandStep]) -> None:
    """New bands in place of the old; the row's version goes on, so that a second editor is told."""
    criterion.bands = [
        Band(position=place, low=step.low, low_closed=step.low_closed, high=step.high, high_closed=step.high_closed,
             points=step.points)
        for place, step in enumerate(steps)
    ]  # fmt: skip
    flag_modified(criterion, "position")
    db.session.flush()


def _check_amounts(cleaned: Mapping[str, Any]) -> None:
    if cleaned["maximum"] is not None and cleaned["maximum"] < 0:
        raise RuleBroken("Điểm tối đa không được âm; điểm trừ ghi ở phần “Điểm trừ”.", field="maximum")
    for name, word in (("points_each", "Điểm mỗi lần"), ("limit_points", "Giới hạn điểm")):
        if cleaned[name] is not None and cleaned[name] <= 0:
            raise RuleBroken(f"{word} phải lớn hơn 0; không có thì để trống.", field=name)


def _sibling(rows: Sequence[Criterion], parent: Criterion | None, number: str) -> Criterion | None:
    wanted, inside = number_key(number), parent.id if parent else None
    return next((row for row in rows if row.parent_id == inside and number_key(row.number) == wanted), None)
