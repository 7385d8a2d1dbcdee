"""Earlier years from a workbook: compared with what is kept, then all of it or nothing. The later file corrects."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tracker.db import db
from tracker.domain.form_sheet import CellError, Change
from tracker.domain.labels import Labelled
from tracker.domain.past_rows import KEY_COLUMNS, PastRead, PastRow
from tracker.domain.past_sheet import PAST_CHOICES, PAST_COLUMNS, PAST_VALUES
from tracker.domain.periods import Period
from tracker.domain.quantities import said
from tracker.domain.vietnamese import short_date
from tracker.errors import NotAllowed, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.unit import Unit
from tracker.models.upload import Upload
from tracker.policy import may_load_past
from tracker.queries import past
from tracker.services.recording import recorded
from tracker.text import fold

EMPTY = "(trống)"


@dataclass(frozen=True)
class PastPreview:
    """`changes` field by field for rows that are there, one a row for new ones; with `errors` nothing is written."""

    changes: tuple[Change, ...]
    errors: tuple[CellError, ...]
    new_rows: int = 0

    @property
    def mark(self) -> str:
        """Of what was shown: another preview has another one."""
        told = [(each.sheet, each.cell, each.field, each.before, each.after) for each in self.changes]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class _Step:
    """A row to be written: into a record that is there, or a new one."""

    row: PastRow
    record: past.PastRecord | None
    values: Mapping[str, Any]


def preview(bloc: Bloc, read: PastRead) -> PastPreview:
    """What `apply` would write: the same comparison, nothing changed."""
    return _plan(bloc, read)[0]


@recorded
def apply(upload: Upload, read: PastRead, *, shown: str, by: Account, at: datetime) -> int:
    """Write all of it; how many fields and rows changed. NotAllowed; NotOpen when it was written; RuleBroken when it
    has errors or would write anything else than the preview with the mark `shown`.
    """
    bloc = upload.bloc
    db.session.refresh(bloc, with_for_update={"of": Bloc})
    db.session.refresh(upload, with_for_update={"of": Upload})
    if not may_load_past(by, bloc, at.astimezone(ZoneInfo(bloc.authority.time_zone)).date()):
        raise NotAllowed(f"Chỉ thường trực {bloc.kind.small} hoặc Hội đồng ghi được số liệu các năm trước.")
    if upload.applied_at is not None:
        raise NotOpen("Tệp này đã được ghi rồi: không ghi thêm lần nữa.")
    found, steps = _plan(bloc, read)
    if found.errors:
        raise RuleBroken("Tệp còn chỗ phải sửa nên chưa ghi được gì. Hãy sửa tệp rồi tải lên lại.")
    if found.mark != shown:
        raise RuleBroken("Số liệu vừa được người khác sửa; chưa có gì được ghi. Hãy xem lại bảng rồi xác nhận lần nữa.")
    units = {unit.public_id: unit for unit in past.units_of(bloc)}
    for step in steps:
        _write(bloc, step, units)
    upload.applied_at = at
    return len(found.changes)


def _plan(bloc: Bloc, read: PastRead) -> tuple[PastPreview, list[_Step]]:
    """Every row held against what is kept."""
    if read.errors:
        return PastPreview((), read.errors), []
    kept = past.kept(bloc)
    names = {unit.public_id: unit.names[-1].name for unit in past.units_of(bloc)}
    changes: list[Change] = []
    steps: list[_Step] = []
    new_rows = 0
    for row in read.rows:
        values = {name: _coded(name, value) for name, value in row.values.items()}
        if "count" in values and values["count"] is None:
            values["count"] = 1
        record = kept.get((row.sheet, row.key))
        found = _changes(row, record, values, names)
        new_rows += record is None
        if found:
            changes += found
            steps.append(_Step(row, record, values))
    return PastPreview(tuple(changes), (), new_rows), steps


def _changes(
    row: PastRow, record: past.PastRecord | None, values: Mapping[str, Any], names: Mapping[str, str]
) -> list[Change]:
    label = _label(row, values, names)
    heads = {column.field: column.head for column in PAST_COLUMNS[row.sheet]}
    if record is None:
        told = [f"{heads[name]}: {_word(value)}" for name, value in values.items()
                if value is not None and name not in ("unit", "year", "kind")]  # fmt: skip
        return [Change(row.sheet, row.cells.get("unit", ""), label, "", "; ".join(told) or "dòng mới", "", "new")]
    before = past.values_of(row.sheet, record)
    return [
        Change(row.sheet, row.cells.get(name, ""), f"{label}: {heads[name]}", _word(before[name]) or EMPTY,
               _word(value) or EMPTY, record.public_id, name)
        for name, value in values.items()
        if _differs(row.sheet, name, value, before[name])
    ]  # fmt: skip


def _differs(sheet: str, name: str, value: Any, before: Any) -> bool:
    """Words by which a row is known may differ in accents and capitals: that changes nothing."""
    if name in KEY_COLUMNS[sheet] and isinstance(value, str) and isinstance(before, str):
        return fold(value) != fold(before)
    return bool(value != before)


def _label(row: PastRow, values: Mapping[str, Any], names: Mapping[str, str]) -> str:
    year = int(values["year"])
    when = Period(year, values["kind"]).label if "kind" in values else f"năm {year}"
    what = f", {values['name']}" if row.sheet == PAST_VALUES else f", {values['award']}" if "award" in values else ""
    return f"{names.get(str(values['unit']), '')}, {when}{what}"


def _write(bloc: Bloc, step: _Step, units: Mapping[str, Unit]) -> None:
    """A new record, or the changed fields of one that is there."""
    values = {name: value for name, value in step.values.items() if name != "unit"}
    if step.record is None:
        if step.row.sheet == PAST_VALUES:
            values["name_fold"] = fold(str(values["name"]))
        db.session.add(past.MODELS[step.row.sheet](bloc=bloc, unit=units[str(step.values["unit"])], **values))
        return
    before = past.values_of(step.row.sheet, step.record)
    for name, value in values.items():
        if _differs(step.row.sheet, name, value, before[name]):
            setattr(step.record, name, value)


def _coded(name: str, value: Any) -> Any:
    """A code becomes its word."""
    return PAST_CHOICES[name](str(value)) if name in PAST_CHOICES and value is not None else value


def _word(value: Any) -> str:
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, Decimal):
        return said(value)
    return short_date(value) if isinstance(value, date) else "" if value is None else str(value)
