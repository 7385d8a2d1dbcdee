"""A unit's form that came back as a workbook: what it would change, then all of it or nothing.

The preview is the write itself, undone: the same gate, the same services, inside a savepoint. What the sender said yes
to is compared once more when it is written, so nothing gets in that was not shown.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain import submission_checks
from tracker.domain.form_expected import label_of
from tracker.domain.form_sheet import (
    ACHIEVEMENT_COLUMNS,
    ACHIEVEMENTS,
    CHOICES,
    NARRATIVE,
    RESULTS,
    CellError,
    Change,
    FormRead,
    FormRow,
)
from tracker.domain.labels import Labelled
from tracker.domain.quantities import said
from tracker.domain.submission_checks import Finding, FindingKind
from tracker.domain.submissions import AchievementKind
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.pledge import Movement
from tracker.models.submission import Achievement, Entry, Submission
from tracker.queries import submission as submissions
from tracker.services import entry as entries
from tracker.services import submission_gate as gate
from tracker.services.recording import recorded
from tracker.text import clean_block

FIELDS = {"actual": "Kết quả", "count": "Số lần", "note": "Ghi chú"}
NO_FIGURE, EMPTY = "chưa có số liệu", "(trống)"
HEADS = {column.field: column.head for column in ACHIEVEMENT_COLUMNS}
SHOWN_FINDINGS = (FindingKind.OVER, FindingKind.FAR)
SAVED, FILE = "saved", "file"
"""What holds where a place was changed in the program after the form was made: what is saved, or the file."""


@dataclass(frozen=True)
class Preview:
    """`changes` field by field; with `errors` nothing can be written. `findings`: odd, but the unit's to decide.

    `asks`: some place was changed since the form was made, and nobody has said yet which holds. `keep`: what was said.
    """

    changes: tuple[Change, ...]
    errors: tuple[CellError, ...]
    findings: tuple[Finding, ...] = ()
    asks: bool = False
    keep: str | None = None

    @property
    def written(self) -> tuple[Change, ...]:
        """The changes without those left as they are saved."""
        return tuple(change for change in self.changes if not (change.saved_since and self.keep == SAVED))

    @property
    def mark(self) -> str:
        """Of what was shown, whichever side is chosen: another preview has another one."""
        told = [(each.key, each.field, each.cell, each.before, each.after) for each in self.changes]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


@recorded
def preview(submission: Submission, read: FormRead, *, keep: str | None = None, by: Account, at: datetime) -> Preview:
    """What `apply` would do, undone again. Never raises for what stands in the file or for a closed period: that is an
    error of the preview.
    """
    if read.errors:
        return Preview((), read.errors)
    savepoint = db.session.begin_nested()
    try:
        return _write(submission, read, keep, by, at)
    except RuleBroken as broken:
        return Preview((), (CellError("", "", "", broken.sentence, "Chưa có gì được ghi."),))
    finally:
        savepoint.rollback()


@recorded
def apply(
    submission: Submission, read: FormRead, *, keep: str | None, shown: str, by: Account, at: datetime
) -> Preview:
    """Write all of it. RuleBroken, with nothing written, when there is an error, when a choice is missing, or when it
    would write anything else than the preview with the mark `shown`. Errors of the gate pass.
    """
    if read.errors:
        raise RuleBroken("Tệp còn chỗ phải sửa nên chưa ghi được gì. Hãy sửa tệp rồi tải lên lại.")
    done = _write(submission, read, keep, by, at)
    if done.errors:
        raise RuleBroken(f"{done.errors[0].reason} {done.errors[0].remedy}")
    if done.asks:
        raise RuleBroken(
            "Có dòng đã được sửa trên chương trình sau khi tải biểu: hãy chọn giữ số đang lưu hay lấy số trong tệp.",
            field="keep",
        )
    if done.mark != shown:
        raise RuleBroken(
            "Báo cáo vừa được người khác sửa nên những gì sẽ thay đổi không còn như bạn đã xem; chưa có gì được ghi. "
            "Hãy xem lại bảng thay đổi dưới đây rồi xác nhận lần nữa."
        )
    return done


def _write(submission: Submission, read: FormRead, keep: str | None, by: Account, at: datetime) -> Preview:
    """All that the form says. Errors of single cells are gathered; those of the whole (locked, not the unit's) pass."""
    gate.hold(submission)
    gate.open_to(submission, by=by, at=at)
    work = _Work(submission, keep, by, at)
    work.lines(read.results)
    work.sections(read.sections)
    work.achievements(read.achievements)
    db.session.flush()
    odd: tuple[Finding, ...] = ()
    if work.changes and not work.errors:
        touched = {change.key for change in work.changes}
        found = submission_checks.findings(submissions.seen(submission))
        odd = tuple(each for each in found if each.kind in SHOWN_FINDINGS and each.place_key in touched)
    asks = keep is None and any(change.saved_since for change in work.changes)
    return Preview(tuple(work.changes), tuple(work.errors), odd, asks, keep)


class _Work:
    """One writing of one form: the changes and errors it meets."""

    def __init__(self, submission: Submission, keep: str | None, by: Account, at: datetime) -> None:
        self.submission, self.keep, self.by, self.at = submission, keep, by, at
        self.changes: list[Change] = []
        self.errors: list[CellError] = []
        self.numbers = {line.entry_key: label_of(line) for line in submissions.seen(submission).lines}

    def lines(self, rows: Sequence[FormRow]) -> None:
        """All lines at once; one by one only when one of them is refused, to say which."""
        found = db.session.scalars(select(Entry).where(Entry.submission_id == self.submission.id))
        by_key = {entry.public_id: entry for entry in found}
        given: list[tuple[FormRow, str, entries.FilledIn]] = []
        for row in rows:
            entry = by_key[row.key or ""]
            values = {name: row.values.get(name, getattr(entry, name)) for name in FIELDS}
            changes = [
                Change(RESULTS, row.cells.get(name, ""), f"{self.numbers[entry.public_id]}: {label}",
                       _figure(getattr(entry, name), name), _figure(values[name], name), entry.public_id, name)
                for name, label in FIELDS.items() if (values[name] or None if name == "note" else values[name])
                != getattr(entry, name)
            ]  # fmt: skip
            if self._takes(row, entry.version, changes):
                given.append((row, changes[0].cell, entries.FilledIn(entry, seen=entry.version, **values)))
        try:
            with db.session.begin_nested():
                entries.fill_in_all(self.submission, [each for _, _, each in given], by=self.by, at=self.at)
                db.session.flush()
        except RuleBroken:
            for row, place, each in given:
                self._try(row, place, lambda each=each: entries.fill_in_all(  # type: ignore[misc]
                    self.submission, [each], by=self.by, at=self.at))  # fmt: skip

    def sections(self, rows: Sequence[FormRow]) -> None:
        """The parts of the narrative."""
        by_key = {section.public_id: section for section in self.submission.sections}
        for row in rows:
            section = by_key[row.key or ""]
            text = clean_block(str(row.values.get("text") or ""))
            if text == section.text:
                continue
            change = Change(NARRATIVE, row.cells.get("text", ""), section.kind.label, section.text or EMPTY,
                            text or EMPTY, section.public_id, "text")  # fmt: skip
            if self._takes(row, section.version, [change]):
                self._try(row, change.cell, lambda section=section, text=text: entries.write(  # type: ignore[misc]
                    section, text=text, seen=section.version, by=self.by, at=self.at))  # fmt: skip

    def achievements(self, rows: Sequence[FormRow]) -> None:
        """Those with a key are changed; others are added, unless the same stands there already."""
        movements = self._movements(rows)
        by_key = {row.public_id: row for row in self.submission.achievements}
        known = {_told(_present(row)) for row in self.submission.achievements}
        for row in rows:
            values = _values(row, movements)
            if not self._only_awards(row, values):
                continue
            if row.key is not None:
                self._change_achievement(row, by_key[row.key], values)
            elif _told(values) not in known:
                known.add(_told(values))
                told = [f"{HEADS[name]}: {_word(value)}" for name, value in values.items() if value is not None]
                label = f"Thành tích mới, dòng {row.number}"
                place = row.cells.get("kind", "")
                self.changes.append(Change(ACHIEVEMENTS, place, label, "", "; ".join(told), "", "new"))
                self._try(row, place, lambda values=values: entries.add_achievement(  # type: ignore[misc]
                    self.submission, values=values, by=self.by, at=self.at))  # fmt: skip

    def _change_achievement(self, row: FormRow, kept: Achievement, values: dict[str, Any]) -> None:
        label = kept.award or kept.subject or kept.text or kept.kind.label
        changes = [
            Change(ACHIEVEMENTS, row.cells.get(name, ""), f"{label[:80]}: {HEADS[name]}", _word(getattr(kept, name)),
                   _word(value), kept.public_id, name)
            for name, value in values.items() if (value or None) != (getattr(kept, name) or None)
        ]  # fmt: skip
        if self._takes(row, kept.version, changes):
            self._try(row, changes[0].cell, lambda: entries.change_achievement(
                kept, values=values, seen=kept.version, by=self.by, at=self.at))  # fmt: skip

    def _takes(self, row: FormRow, version: int, changes: list[Change]) -> bool:
        """Whether the row is to be written; its changes are noted, also where what is saved holds."""
        since = row.version != version
        self.changes += [replace(change, saved_since=since) for change in changes]
        return bool(changes) and not (since and self.keep == SAVED)

    def _try(self, row: FormRow, place: str, write: Callable[[], Any]) -> None:
        """One row inside its own savepoint; what is refused becomes an error of its cell, else of `place`."""
        try:
            with db.session.begin_nested():
                write()
                db.session.flush()
        except Conflict:
            raise
        except RuleBroken as broken:
            cell = row.cells.get(broken.field or "", place)
            name = next((name for name, where in row.cells.items() if where == cell), "")
            remedy = "Trả ô này về như đang lưu." if isinstance(broken, NotOpen) else "Sửa ô này rồi tải lên lại."
            self.errors.append(CellError(row.sheet, cell, _word(row.values.get(name)), broken.sentence, remedy))

    def _only_awards(self, row: FormRow, values: Mapping[str, Any]) -> bool:
        """Fields of an award beside anything else would be lost without a word: said instead."""
        if values.get("kind") in (AchievementKind.AWARD, None):
            return True
        beside = [name for name in entries.AWARD_FIELDS if values.get(name) is not None]
        for name in beside:
            self.errors.append(
                CellError(ACHIEVEMENTS, row.cells.get(name, ""), _word(values[name]),
                          f"Cột “{HEADS[name]}” chỉ ghi khi Loại là “{AchievementKind.AWARD.label}”.",
                          "Xóa ô này, hoặc chọn lại Loại.")
            )  # fmt: skip
        return not beside

    def _movements(self, rows: Sequence[FormRow]) -> dict[str, Movement]:
        keys = {str(row.values["movement"]) for row in rows if row.values.get("movement")}
        found = db.session.scalars(select(Movement).where(Movement.public_id.in_(keys))) if keys else ()
        return {movement.public_id: movement for movement in found}


def _values(row: FormRow, movements: Mapping[str, Movement]) -> dict[str, Any]:
    """The fields of an achievement as its service takes them; a code becomes its word, a key its movement."""
    values: dict[str, Any] = {}
    for name, value in row.values.items():
        if name in CHOICES and value is not None:
            values[name] = CHOICES[name](str(value))
        elif name == "movement":
            values[name] = movements.get(str(value)) if value else None
        else:
            values[name] = value if value != "" else None
    return values


def _present(row: Achievement) -> dict[str, Any]:
    return {name: getattr(row, name) or None for name in entries.FIELDS}


def _told(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name) or None for name in entries.FIELDS)


def _figure(value: Any, name: str) -> str:
    if value is None or value == "":
        return EMPTY if name == "note" else NO_FIGURE
    return _word(value)


def _word(value: Any) -> str:
    """A value as the sender reads it; blank for nothing."""
    if isinstance(value, Decimal):
        return said(value)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Movement):
        return value.name
    if isinstance(value, Labelled):
        return value.label
    return "" if value is None else str(value)
