"""What a unit writes: figures of a line, narrative, achievements. Every write passes services/submission_gate first.

What is saved again unchanged changes nothing, also with an old version: saving as one goes sends the same twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.quantities import Unreadable, check_number, said
from tracker.domain.submissions import AchievementKind, SectionKind
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account
from tracker.models.pledge import Movement
from tracker.models.submission import Achievement, Entry, Section, Submission
from tracker.policy import movements_of
from tracker.services import attachment as attachments
from tracker.services import submission_gate as gate
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line

MOST_NOTE = 2_000
MOST_TEXT = 20_000
MOST_COUNT = 2_000_000_000
AWARD_FIELDS = (
    "award", "award_object", "award_method", "count", "decision_number", "decided_on", "conferred_level",
    "conferred_system",
)
FIELDS = ("kind", "subject", "text", "field", "happened_on", "value", "movement", *AWARD_FIELDS)
LINES = {"subject": 300, "field": 200, "award": 300, "decision_number": 100}


@dataclass(frozen=True)
class FilledIn:
    """What was typed or read for one line; `seen` is the version that was read."""

    entry: Entry
    actual: Decimal | None
    count: int | None
    note: str | None
    seen: int


@recorded
def fill_in(
    entry: Entry,
    *,
    actual: Decimal | None,
    count: int | None,
    note: str | None,
    seen: int,
    by: Account,
    at: datetime,
) -> Entry:
    """Result, count, note of one line; None is "chưa có số liệu". Errors of the gate; Conflict for an old version."""
    fill_in_all(entry.submission, [FilledIn(entry, actual, count, note, seen)], by=by, at=at)
    return entry


@recorded
def fill_in_all(submission: Submission, given: Sequence[FilledIn], *, by: Account, at: datetime) -> int:
    """Several lines of one submission under one lock, all or nothing; how many changed. RuleBroken as `fill_in`."""
    gate.hold(submission)
    gate.open_to(submission, by=by, at=at)
    named = select(Entry).where(Entry.id.in_([each.entry.id for each in given]))
    db.session.scalars(named.execution_options(populate_existing=True)).all()
    whole = gate.returned_whole(submission)
    for each in given:
        gate.open_place(submission, entry=each.entry, whole=whole)
    return sum(_fill_in(each, submission, by, at) for each in given)


def _fill_in(given: FilledIn, submission: Submission, by: Account, at: datetime) -> bool:
    entry = given.entry
    note = _text(given.note, "note", MOST_NOTE) or None
    actual, count = _number(given.actual, "actual"), _whole(given.count)
    if (entry.actual, entry.count, entry.note) == (actual, count, note):
        return False
    if actual is not None and actual < 0 and actual != entry.actual:
        sentence = f"Kết quả {said(actual)} nhỏ hơn 0. Ghi số từ 0 trở lên; phần giảm ghi ở ghi chú."
        raise RuleBroken(sentence, field="actual")
    if entry.version != given.seen:
        raise Conflict(entry)
    gate.begin(submission, by=by, at=at)
    entry.actual, entry.count, entry.note = actual, count, note
    return True


@recorded
def write(section: Section, *, text: str, seen: int, by: Account, at: datetime) -> Section:
    """A part of the narrative. Errors of the gate; Conflict for an old version."""
    if section.kind is SectionKind.ACHIEVEMENTS:
        raise RuleBroken("Phần thành tích ghi thành từng mục, không ghi thành lời chung.")
    gate.writing(section.submission, section=section, begins=False, by=by, at=at)
    typed = _text(text, "text", MOST_TEXT)
    if typed == section.text:
        return section
    if section.version != seen:
        raise Conflict(section)
    gate.begin(section.submission, by=by, at=at)
    section.text = typed
    return section


@recorded
def add_achievement(
    submission: Submission, *, values: Mapping[str, Any], by: Account, at: datetime
) -> Achievement:
    """A new achievement at the end. One that repeats the last word for word is a second click: one row."""
    _open_list(submission, None, by, at)
    kept = _achievement(submission, values)
    listed = db.session.scalars(
        select(Achievement)
        .where(Achievement.submission_id == submission.id)
        .order_by(Achievement.position.desc(), Achievement.id.desc())
        .limit(1)
    ).first()
    if listed is not None and all(getattr(listed, name) == value for name, value in kept.items()):
        return listed
    gate.begin(submission, by=by, at=at)
    row = Achievement(submission=submission, position=listed.position + 1 if listed else 0, **kept)
    db.session.add(row)
    return row


@recorded
def change_achievement(
    achievement: Achievement, *, values: Mapping[str, Any], seen: int, by: Account, at: datetime
) -> Achievement:
    """Set the given fields. Errors of the gate; Conflict for an old version; RuleBroken by field."""
    submission = achievement.submission
    _open_list(submission, achievement, by, at)
    kept = _achievement(submission, {**{name: getattr(achievement, name) for name in FIELDS}, **values})
    if all(getattr(achievement, name) == value for name, value in kept.items()):
        return achievement
    if achievement.version != seen:
        raise Conflict(achievement)
    for name, value in kept.items():
        setattr(achievement, name, value)
    return achievement


@recorded
def remove_achievement(achievement: Achievement, *, by: Account, at: datetime) -> None:
    """Take it off the list, its files with it."""
    _open_list(achievement.submission, achievement, by, at)
    for attachment in list(achievement.files):
        attachments.drop(attachment, by=by, at=at)
    db.session.flush()
    db.session.expire(achievement, ["files"])
    db.session.delete(achievement)


def _open_list(submission: Submission, row: Achievement | None, by: Account, at: datetime) -> None:
    """Whether the list of achievements is the unit's to write now; `row` is read anew."""
    gate.hold(submission, row)
    gate.open_to(submission, by=by, at=at)
    gate.open_place(
        submission, section=submission.section(SectionKind.ACHIEVEMENTS), whole=gate.returned_whole(submission)
    )


def _achievement(submission: Submission, values: Mapping[str, Any]) -> dict[str, Any]:
    """Every field as it is kept. Award fields belong to an award only, and are emptied for anything else."""
    unknown = set(values) - set(FIELDS)
    assert not unknown, unknown
    kept: dict[str, Any] = {name: values.get(name) for name in FIELDS}
    if not isinstance(kept["kind"], AchievementKind):
        raise RuleBroken("Hãy chọn loại thành tích.", field="kind")
    for name, most in LINES.items():
        kept[name] = _text(clean_line(kept[name]), name, most) or None
    kept["text"] = _text(kept["text"], "text", MOST_TEXT)
    is_award = kept["kind"] is AchievementKind.AWARD
    if not is_award:
        kept.update(dict.fromkeys(AWARD_FIELDS))
    elif kept["award"] is None:
        raise RuleBroken("Hãy ghi danh hiệu hoặc hình thức khen thưởng, ví dụ: Bằng khen của UBND tỉnh.", field="award")
    if not kept["text"] and not is_award:
        raise RuleBroken("Hãy ghi thành tích: làm được gì, kết quả ra sao.", field="text")
    kept["value"] = _number(kept["value"], "value")
    if kept["value"] is not None and kept["value"] < 0:
        raise RuleBroken("Giá trị không thể nhỏ hơn 0.", field="value")
    if kept["count"] is not None and not 0 < kept["count"] <= MOST_COUNT:
        raise RuleBroken("Số lượng phải từ 1 trở lên.", field="count")
    _check_movement(submission, kept["movement"])
    return kept


def _check_movement(submission: Submission, movement: Movement | None) -> None:
    """One of the bloc's own or of its authority."""
    if movement is None:
        return
    asked = select(func.count()).where(Movement.id == movement.id, movements_of(submission.period.bloc))
    if not db.session.scalar(asked):
        bloc = submission.period.bloc.kind.small
        raise RuleBroken(f"Phong trào này không thuộc {bloc}: hãy chọn trong danh sách.", field="movement")


def _text(text: str | None, field: str, most: int) -> str:
    """Trimmed; RuleBroken when it is longer than `most` characters."""
    kept = clean_block(text)
    if len(kept) > most:
        raise RuleBroken(f"Dài {len(kept)} ký tự, tối đa {most}: hãy rút gọn.", field=field)
    return kept


def _number(value: Decimal | None, field: str) -> Decimal | None:
    """What the database keeps exactly; RuleBroken for anything else, NaN too."""
    if value is None:
        return None
    try:
        return check_number(Decimal(value), str(value))
    except Unreadable as unreadable:
        raise RuleBroken(str(unreadable), field=field) from None


def _whole(count: int | None) -> int | None:
    if count is None:
        return None
    if count != int(count) or not 0 <= count <= MOST_COUNT:
        raise RuleBroken("Số lần là một số nguyên từ 0 trở lên.", field="count")
    return int(count)

