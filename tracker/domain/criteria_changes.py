"""What differs between two criteria sets, row by row and field by field: of two editions, or before a file is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.domain.criteria_text import bands
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode, Placed
from tracker.domain.labels import Labelled
from tracker.domain.quantities import said

#: Field → how the field is called; in the order of the page.
LABELS = {
    "path": "Nằm trong", "number": "Số thứ tự", "title": "Nội dung", "part": "Phần", "maximum": "Điểm tối đa",
    "unit_of_measure": "Đơn vị tính", "function": "Cách chấm", "direction": "Chiều", "band_basis": "Bậc tính theo",
    "points_each": "Điểm mỗi lần", "limit_points": "Giới hạn điểm", "floor_points": "Điểm thấp nhất",
    "evidence_required": "Cần minh chứng", "guidance": "Hướng dẫn", "bands": "Bậc điểm",
}  # fmt: skip
SET_LABELS = {
    "name": "Tên", "decision": "Văn bản ban hành", "declared_total": "Tổng điểm công bố", "rank_by": "Xếp hạng theo",
    "places": "Số chữ số lẻ", "rounding": "Cách làm tròn",
}  # fmt: skip


@dataclass(frozen=True)
class RowChange:
    """One difference. `label` None: the whole row is new (`before` None) or gone (`after` None).

    `number` is the row's full number, blank for what the set says of itself.
    """

    key: str
    number: str
    title: str
    label: str | None
    before: str | None
    after: str | None

    @property
    def said(self) -> str:
        """Tiêu chí I › 1: Điểm tối đa từ 10 thành 12."""
        if self.label is None:
            return f"{'Thêm' if self.before is None else 'Bỏ'} dòng {self.number}: {self.title}"
        place = f"Dòng {self.number}, {self.label.lower()}" if self.number else self.label
        return f"{place}: từ “{self.before or 'để trống'}” thành “{self.after or 'để trống'}”"


def edition_changes(before: CriteriaTree, after: CriteriaTree) -> list[RowChange]:
    """Two editions: a row is the same row when its lineage is."""
    return changes(before, after, lambda node: node.lineage)


def changes(before: CriteriaTree, after: CriteriaTree, same: Callable[[CriterionNode], str]) -> list[RowChange]:
    """Every difference: the set's own fields, then the rows in the order of `after`, then those that are gone."""
    found = [
        RowChange("", "", before.name, label, written(getattr(before, name)), written(getattr(after, name)))
        for name, label in SET_LABELS.items()
        if getattr(before, name) != getattr(after, name)
    ]
    old = {same(placed.node): placed for placed in before.walk()}
    new = {same(placed.node): placed for placed in after.walk()}
    for key, placed in new.items():
        standing = old.get(key)
        if standing is None:
            found.append(_whole(placed, None, placed.node.title))
        else:
            found += _row(standing, placed)
    found += [_whole(placed, placed.node.title, None) for key, placed in old.items() if key not in new]
    return found + _moved(list(old), list(new), new)


def written(value: Any) -> str:
    """A field's value as it is read; blank for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, Decimal):
        return said(value)
    return str(value)


def _row(old: Placed, new: Placed) -> list[RowChange]:
    found = []
    for name, label in LABELS.items():
        before, after = _value(old, name), _value(new, name)
        if before != after:
            found.append(RowChange(new.node.key, new.full_number, new.node.title, label, before, after))
    return found


def _value(placed: Placed, name: str) -> str:
    if name == "path":
        return " › ".join(placed.path)
    if name == "bands":
        return "; ".join(bands(placed.node))
    return written(getattr(placed.node, name))


def _whole(placed: Placed, before: str | None, after: str | None) -> RowChange:
    return RowChange(placed.node.key, placed.full_number, placed.node.title, None, before, after)


def _moved(old: Sequence[str], new: Sequence[str], placed: dict[str, Placed]) -> list[RowChange]:
    """One line when the rows that are in both stand in another order."""
    before, after = [key for key in old if key in placed], [key for key in new if key in set(old)]
    if before == after:
        return []
    first = next(key for place, key in enumerate(after) if before[place] != key)
    row = placed[first]
    return [RowChange(row.node.key, row.full_number, row.node.title, "Thứ tự", "thứ tự cũ", "thứ tự mới")]
