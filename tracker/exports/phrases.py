"""How papers say who, when and where (papers, "Wording"): persons, chairs, guests, dates, letterheads.

What the record does not hold is never made up: it becomes dots to be filled in by hand, or is left out.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from tracker.domain.blocs import BlocKind, TermRole
from tracker.domain.conferences import Attendance, ConferenceKind, CountSubject, DayPart, DelegateKind, Precision
from tracker.domain.record import ChairLine, ConferenceRecord, DelegateLine, MemberLine
from tracker.domain.vietnamese import joined, long_date, month_number, paper_count

BLANK = "……"
SIGN_HERE = "………………………"
DOTTED = "\t"
NOT_RECORDED = "chưa được ghi nhận"

_GAP = "\u00a0"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_KEPT_TOGETHER = (
    (re.compile(r" - "), f"{_GAP}- "),
    (re.compile(r"\b(ngày) (\d{1,2}) (tháng)\b"), rf"\1{_GAP}\2{_GAP}\3"),
    (re.compile(r"(?<![\d.,])(\d{1,3}) (tháng|đơn vị|nhóm|nhiệm vụ)\b"), rf"\1{_GAP}\2"),
    (re.compile(r"\b(Trung ương|Chỉ thị|khóa) (\d+|[IVX]+)\b"), rf"\1{_GAP}\2"),
)
_ABBREVIATED = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}


def lines(text: str | None) -> tuple[str, ...]:
    """A user's text as paragraphs: each line one, blank lines dropped, tabs and runs of spaces as one space."""
    plain = _CONTROL.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return tuple(line for line in (_BLANKS.sub(" ", row).strip() for row in plain.split("\n")) if line)


def line(text: str | None) -> str:
    """A user's text as one line."""
    return " ".join(lines(text))


def bound(text: str) -> str:
    """No-break spaces where a line must not end: before " - ", inside dates, between a number and its noun."""
    for pattern, replacement in _KEPT_TOGETHER:
        text = pattern.sub(replacement, text)
    return text


def spelt_out(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The first UBND (HĐND) is spelt out with its short form in brackets, unless it stands there in full already."""
    told = list(paragraphs)
    for short, full in _ABBREVIATED.items():
        word = re.compile(rf"(?<!\()\b{short}\b")
        place = next((i for i, text in enumerate(told) if word.search(text)), None)
        if place is not None and not any(full in text for text in told[: place + 1]):
            told[place] = word.sub(f"{full} ({short})", told[place], count=1)
    return tuple(told)


def listed(names: Sequence[str], last: str = " và ") -> str:
    """A, B và C; names that hold a comma or "và" themselves are parted by semicolons."""
    if any("," in name or " và " in name for name in names):
        return "; ".join(names)
    return joined(names, last)


def lower_first(text: str) -> str:
    """First letter small, unless an abbreviation begins there (UBND)."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _half_of(day: date) -> str:
    return f"6 tháng {'đầu' if day.month < 7 else 'cuối'} năm {day.year}"


def held_on(record: ConferenceRecord) -> str:
    """Sáng ngày 20 tháng 7 năm 2022 · Từ ngày … đến ngày … · Trong tháng 7 năm 2022 · Trong 6 tháng đầu năm 2022."""
    first, last = record.first_day, record.last_day
    if record.precision is Precision.HALF_YEAR:
        return f"Trong {_half_of(first)}"
    if record.precision is Precision.MONTH:
        return f"Trong tháng {month_number(first.month)} năm {first.year}"
    if first != last:
        return f"Từ {_short_of(first, last)} đến {long_date(last)}"
    part = day_part(record.day_part)
    return f"{part.capitalize()} {long_date(first)}" if part else long_date(first).capitalize()


def _short_of(first: date, last: date) -> str:
    """The first of two dates without the year, or the month and year, that they share."""
    if first.year != last.year:
        return long_date(first)
    if first.month != last.month:
        return f"ngày {first.day:02d} tháng {month_number(first.month)}"
    return f"ngày {first.day:02d}"


def day_part(part: DayPart | None) -> str:
    """sáng, chiều, tối; nothing for a whole day or an unknown part."""
    return part.label if part and part is not DayPart.WHOLE_DAY else ""


def day_in_minutes(day: date, precision: Precision) -> str:
    """ngày 20 tháng 7 năm 2022, with dots for what is not known."""
    if precision is Precision.DAY:
        return long_date(day)
    month = month_number(day.month) if precision is Precision.MONTH else BLANK
    return f"ngày {BLANK} tháng {month} năm {day.year}"


def date_line(record: ConferenceRecord) -> str:
    """Nghệ An, ngày 25 tháng 7 năm 2022; until it is signed, room for the day (and the month when none is known)."""
    head, day = record.letterhead, record.last_day
    if head.signed_on:
        return f"{head.place}, {long_date(head.signed_on)}"
    month = "      " if record.precision is Precision.HALF_YEAR else month_number(day.month)
    return f"{head.place}, ngày       tháng {month} năm {day.year}"


def number_line(number: str | None, sign: str, unknown_sign: str) -> str:
    """Số: 05/BC-…; nine spaces until it is issued; a leading zero under 10 (NĐ 30/2020)."""
    shown = number.strip() if number and number.strip() else " " * 9
    return f"Số: {shown.zfill(2) if shown.isdigit() else shown}/{sign.strip().lstrip('/') or unknown_sign}"


def bloc_word(record: ConferenceRecord) -> str:
    """Khối or Cụm, as the paper calls the bloc once it is defined."""
    return record.bloc_kind.word


def for_bloc(text: str, kind: BlocKind) -> str:
    """The default words of a letterhead, for a cụm."""
    return kind.called(text)


def is_review(record: ConferenceRecord) -> bool:
    """Whether it looks back on a period, so that it gives directions for the next one."""
    return not record.kinds or any(kind in ConferenceKind.reviews() for kind in record.kinds)


def past(record: ConferenceRecord) -> str:
    """The period looked back on, with a leading space; nothing when no period is known."""
    return f" {record.period.label}" if record.period else ""


def ahead(record: ConferenceRecord) -> str:
    """The period for which a review gives directions: 6 tháng cuối năm 2022, thời gian tới."""
    return record.period.following.label if record.period else "thời gian tới"


def past_and_ahead(record: ConferenceRecord) -> str:
    """… 6 tháng đầu năm và phương hướng, nhiệm vụ 6 tháng cuối năm 2022: the year once when both share it."""
    told = past(record)
    if record.period and record.period.year == record.period.following.year:
        told = f" {record.period.short_label}"
    return f"{told} và phương hướng, nhiệm vụ {ahead(record)}"


def gap(record: ConferenceRecord, subject: CountSubject) -> tuple[int, int] | None:
    """(declared, recorded) when both are known and differ: both are said, neither is corrected."""
    for count in record.counts:
        if count.subject is subject and count.difference:
            return count.declared or 0, count.recorded or 0
    return None


def person(name: str, *posts: str | None) -> str:
    """đồng chí Lê Hồng Vinh, Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch …: Party post first."""
    return ", ".join([f"đồng chí {line(name)}", *(line(post) for post in posts if line(post))])


def role_of(role: TermRole | None, kind: BlocKind) -> str:
    """The role in brackets, (đơn vị Khối trưởng), with a leading space; nothing without a role."""
    if role is None:
        return ""
    return f" ({role.called_in(kind)})" if role is TermRole.STAND_IN else f" (đơn vị {role.called_in(kind)})"


def chair(line_: ChairLine, kind: BlocKind) -> str:
    """Cục Thi hành án dân sự tỉnh (đơn vị Khối trưởng), with the person before it when one is named."""
    unit = line(line_.unit_name)
    role = role_of(line_.role, kind)
    if not line_.person_name:
        return unit + role
    named = person(line_.person_name, line_.person_post)
    return f"{named}, {unit}{role}" if unit and unit not in named else named + role


def came(delegate: DelegateLine) -> bool:
    """Whoever was not recorded as absent is told among those who attended."""
    return delegate.attendance is None or delegate.attendance in Attendance.attending()


def guests(record: ConferenceRecord) -> str:
    """Named guests, then bodies; bodies sent by the same officers stand together. "" when none is recorded."""
    rows = [row for row in record.delegates if row.kind is DelegateKind.GUEST and came(row)]
    told = []
    for named, group in groupby(rows, key=lambda row: (bool(row.person_name), line(row.state_post))):
        if named[0]:
            told += [f"{person(row.person_name or '', row.party_post, row.state_post)}{stead(row)}" for row in group]
        else:
            bodies = ", ".join(line(row.body) for row in group)
            told.append(f"{lower_first(named[1]) or 'đại diện'} {bodies}")
    return "; ".join(told)


def stead(delegate: DelegateLine) -> str:
    """For whom somebody came, (dự thay đồng chí X), with a leading space; nothing for oneself."""
    return f" (dự thay đồng chí {line(delegate.substitute_for)})" if delegate.substitute_for else ""


def units_present(record: ConferenceRecord) -> str:
    """08, or 18/20 when some members are recorded as absent; "" when no member is recorded."""
    total = len(record.members)
    sent = [row for row in record.delegates if row.kind is not DelegateKind.GUEST and row.body]
    there = {row.body for row in sent if came(row)}
    missing = {row.body for row in sent} - there
    if not total:
        return ""
    return f"{paper_count(total - len(missing))}/{paper_count(total)}" if missing else paper_count(total)


def is_one_unit(record: ConferenceRecord, scope: str | None) -> bool:
    """Whether `scope` names one member, in full or in short."""
    return bool(scope) and any(scope in (member.name, member.short_name) for member in record.members)


def about(record: ConferenceRecord, scope: str | None, text: str) -> str:
    """The text with the unit it speaks of before it, when that is one unit which the text does not name."""
    named = line(scope)
    return f"{named}: {text}" if is_one_unit(record, scope) and named not in text else text


def roles(members: Sequence[MemberLine], kind: BlocKind) -> str:
    """X là đơn vị Khối trưởng; Y, Z là đơn vị Khối phó."""
    told = []
    for role in TermRole:
        names = [member.name for member in members if member.role is role]
        if names:
            word = role.called_in(kind) if role is TermRole.STAND_IN else f"đơn vị {role.called_in(kind)}"
            told.append(f"{listed(names)} là {lower_first(word) if role is TermRole.STAND_IN else word}")
    return "; ".join(told)
