"""The course of a conference, written row by row: added, changed, moved, removed and taken back; comments on minutes.

Every act refuses a conference that is closed (NotOpen) and checks the meaning of the row (RuleBroken, by field).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from tracker.db import db
from tracker.domain.conferences import Attendance, ConferenceState, CountSubject, DelegateKind
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.conference import Conference
from tracker.models.course import DeclaredCount, Delegate, MinutesComment, Part
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs
from tracker.queries import course as courses
from tracker.services.course_checks import check, still_open
from tracker.services.recording import recorded
from tracker.text import clean_block

P = TypeVar("P", bound=Part)
AGREED = "Nhất trí với dự thảo biên bản."


@dataclass(frozen=True)
class CountGiven:
    """What a paper states of one subject; `declared` None when it states no number."""

    subject: CountSubject
    declared: int | None
    label: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class AttendanceGiven:
    """What became of one delegate: None is "not recorded". `people` is how many came with it."""

    delegate: Delegate
    attendance: Attendance | None
    person_name: str | None = None
    people: int | None = None


@recorded
def add(conference: Conference, model: type[P], values: Mapping[str, Any], *, by: Account, at: datetime) -> P:
    """A new row at the end of its list. A row that repeats the last one word for word is a second click: one row."""
    still_open(conference)
    listed = courses.rows(conference, model)
    if listed and all(getattr(listed[-1], name) == value for name, value in values.items()):
        return listed[-1]
    return _append(conference, model, values)


@recorded
def add_many(
    conference: Conference, model: type[P], rows: Sequence[Mapping[str, Any]], *, by: Account, at: datetime
) -> list[P]:
    """Several rows at the end, in their order: all or none. What the list ends with already is not added twice."""
    still_open(conference)
    listed = courses.rows(conference, model)[-len(rows) :] if rows else []
    if len(listed) == len(rows) and all(
        getattr(old, name) == value
        for old, new in zip(listed, rows, strict=True)
        for name, value in new.items()
    ):
        return listed
    return [_append(conference, model, values) for values in rows]


def _append(conference: Conference, model: type[P], values: Mapping[str, Any]) -> P:
    with db.session.no_autoflush:
        position = courses.next_position(conference, model)
        row: P = model(conference=conference, position=position, **values)  # type: ignore[call-arg]
        check(row)
    db.session.add(row)
    db.session.flush()
    return row


@recorded
def change(row: P, values: Mapping[str, Any], *, seen: int, by: Account, at: datetime) -> P:
    """Set the given fields. Conflict when someone saved the row since."""
    still_open(row.conference)
    if seen != row.version:
        raise Conflict(row)
    with db.session.no_autoflush:
        for name, value in values.items():
            setattr(row, name, value)
        check(row)
    return row


@recorded
def remove(row: Part, *, by: Account, at: datetime) -> None:
    """Take the row out; `restore` brings it back. Refused once an action item was made from it."""
    still_open(row.conference)
    if courses.has_items(row):
        raise RuleBroken("Nội dung này đã thành nhiệm vụ nên không xóa được: nhiệm vụ giữ nguồn gốc của nó.")
    db.session.delete(row)


@recorded
def restore(conference: Conference, model: type[P], public_id: str, *, by: Account, at: datetime) -> P:
    """A removed row as it was, at its old place, under its old id."""
    still_open(conference)
    standing = courses.row(conference, model, public_id)
    if standing is not None:
        return standing
    kept = courses.removed(conference, model, public_id)
    if kept is None:
        raise RuleBroken("Không tìm thấy nội dung đã xóa để khôi phục.")
    row: P = model(public_id=public_id, **{**kept, "conference": conference})  # type: ignore[call-arg]
    db.session.add(row)
    return row


@recorded
def move(row: Part, direction: str, *, by: Account, at: datetime) -> bool:
    """One place "up" or "down" among the rows of its kind; nothing at the end. Whether it may go on that way."""
    still_open(row.conference)
    kind = getattr(row, "kind", None)
    listed = [each for each in courses.rows(row.conference, type(row)) if getattr(each, "kind", None) is kind]
    step = -1 if direction == "up" else 1
    place = listed.index(row) + step
    if not 0 <= place < len(listed):
        return False
    other = listed[place]
    if other.position == row.position:
        for number, each in enumerate(courses.rows(row.conference, type(row))):
            each.position = number
    row.position, other.position = other.position, row.position
    return 0 <= place + step < len(listed)


@recorded
def propose_roster(conference: Conference, *, by: Account, at: datetime) -> list[Delegate]:
    """A row for each member of the conference's day that has none yet; asked again it adds nothing."""
    still_open(conference)
    bloc = blocs.load(conference.bloc)
    known = {row.unit_id for row in courses.rows(conference, Delegate) if row.kind is not DelegateKind.GUEST}
    return [
        _append(conference, Delegate, {"kind": DelegateKind.MEMBER, "unit": member.unit})
        for member in blocs.members_on(bloc, conference.first_day)
        if member.unit.id not in known
    ]


@recorded
def name_delegate(
    conference: Conference, unit: Unit, values: Mapping[str, Any], *, by: Account, at: datetime
) -> Delegate:
    """A member names one of its people while the conference is planned: into its blank row, else a row of its own."""
    _only_planned(conference)
    own = courses.own_delegates(conference, unit.id)
    if any(row.person_name == values.get("person_name") for row in own):
        raise RuleBroken("Đơn vị đã cử người này. Sửa ở danh sách bên dưới.", field="person_name")
    blank = next((row for row in own if row.person_name is None and row.attendance is None), None)
    if blank is None:
        return _append(conference, Delegate, {**values, "kind": DelegateKind.MEMBER, "unit": unit})
    for name, value in values.items():
        setattr(blank, name, value)
    return blank


@recorded
def withdraw_delegate(row: Delegate, *, by: Account, at: datetime) -> None:
    """A member takes one of its people off; its last row stays, blank, because the unit itself is still invited."""
    _only_planned(row.conference)
    assert row.unit_id is not None
    if len(courses.own_delegates(row.conference, row.unit_id)) > 1:
        db.session.delete(row)
        return
    row.person_name = row.party_post = row.state_post = None


def _only_planned(conference: Conference) -> None:
    if conference.state is not ConferenceState.PLANNED:
        raise NotOpen("Chỉ cử đại biểu khi hội nghị còn ở trạng thái “Dự kiến”.")


@recorded
def set_attendance(
    conference: Conference, given: Sequence[AttendanceGiven], *, seen: int, by: Account, at: datetime
) -> None:
    """Attendance of all delegates at once. `seen` is courses.list_version of the list that was read."""
    still_open(conference)
    if seen != courses.list_version(courses.rows(conference, Delegate)):
        raise Conflict(conference)
    for answer in given:
        row = answer.delegate
        row.attendance, row.person_name, row.people = answer.attendance, answer.person_name, answer.people
        if answer.attendance is not Attendance.SUBSTITUTE:
            row.substitute_for = None
        try:
            check(row)
        except RuleBroken as broken:
            broken.field = f"{broken.field}_{row.public_id}"
            raise


@recorded
def all_present(conference: Conference, *, by: Account, at: datetime) -> int:
    """Whoever is not yet recorded was there; what is recorded stays. How many were marked."""
    still_open(conference)
    unrecorded = [row for row in courses.rows(conference, Delegate) if row.attendance is None]
    for row in unrecorded:
        row.attendance = Attendance.PRESENT
    return len(unrecorded)


@recorded
def set_counts(conference: Conference, given: Sequence[CountGiven], *, seen: int, by: Account, at: datetime) -> None:
    """What the paper states, subject by subject; a subject of which nothing is said has no row."""
    still_open(conference)
    listed = courses.rows(conference, DeclaredCount)
    if seen != courses.list_version(listed):
        raise Conflict(conference)
    known = {row.subject: row for row in listed}
    for answer in given:
        row = known.get(answer.subject)
        if answer.declared is None and not answer.note and not answer.label:
            if row is not None:
                db.session.delete(row)
        elif row is None:
            values = {"declared": answer.declared, "label": answer.label, "note": answer.note}
            _append(conference, DeclaredCount, {"subject": answer.subject, **values})
        else:
            row.declared, row.label, row.note = answer.declared, answer.label, answer.note
            check(row)


@recorded
def comment(
    conference: Conference, *, unit: Unit | None, text: str | None, agreed: bool, by: Account, at: datetime
) -> MinutesComment:
    """What a member (or the board: no unit) says of minutes that are out for comment; words, or that it agrees."""
    if conference.state is not ConferenceState.MINUTES_SENT:
        raise NotOpen("Biên bản không còn ở bước lấy ý kiến nên không góp ý được nữa.")
    words = clean_block(text) or (AGREED if agreed else "")
    if not words:
        raise RuleBroken("Hãy ghi ý kiến góp ý, hoặc chọn “Nhất trí”.", field="text")
    listed = courses.rows(conference, MinutesComment)
    if listed and (listed[-1].by_id, listed[-1].text, listed[-1].agreed) == (by.id, words, agreed):
        return listed[-1]
    row = MinutesComment(
        conference=conference, position=courses.next_position(conference, MinutesComment), unit=unit, by=by, at=at,
        text=words, agreed=agreed,
    )
    db.session.add(row)
    return row


@recorded
def answer(
    row: MinutesComment, *, answer: str | None, taken_over: bool | None, seen: int, by: Account, at: datetime
) -> MinutesComment:
    """The secretariat takes a comment over or not; what is not taken over is answered in words."""
    still_open(row.conference)
    if seen != row.version:
        raise Conflict(row)
    words = clean_block(answer) or None
    if taken_over is None:
        raise RuleBroken("Hãy chọn có tiếp thu góp ý này hay không.", field="taken_over")
    if not taken_over and words is None:
        raise RuleBroken("Hãy ghi vì sao không tiếp thu: đơn vị góp ý đọc được câu trả lời này.", field="answer")
    row.answer, row.taken_over = words, taken_over
    return row
