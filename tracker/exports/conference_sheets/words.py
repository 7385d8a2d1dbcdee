"""What the sheets of a conference say of its days, its title and its people."""

from tracker.domain import vietnamese
from tracker.domain.conferences import Attendance, Precision
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.record import ChairLine, ConferenceRecord
from tracker.domain.vietnamese import sentence

NO_FIGURE = sentence(vietnamese.NO_FIGURE)
ATTENDANCE = (Attendance.PRESENT, Attendance.SUBSTITUTE, Attendance.EXCUSED, Attendance.ABSENT)
"""Those who came before those who did not, as counts are read."""


def front_title(record: ConferenceRecord) -> tuple[str, str]:
    """(title, subtitle) of the front sheet: "TỔNG HỢP HỘI NGHỊ SƠ KẾT" and the rest of the conference's title.

    A title that does not begin with its kind stays whole in the second line.
    """
    for kind in record.kinds:
        beginning = f"hội nghị {kind.label.lower()} "
        if record.title.lower().startswith(beginning):
            return f"TỔNG HỢP {beginning.strip().upper()}", sentence(record.title[len(beginning) :])
    return "TỔNG HỢP HỘI NGHỊ", record.title


def when(record: ConferenceRecord) -> str:
    """ngày 20 tháng 7 năm 2022; several days from … đến …; tháng 7 năm 2022 or the half-year if no more is known."""
    first, last = record.first_day, record.last_day
    if record.precision is Precision.MONTH:
        return f"tháng {vietnamese.month_number(first.month)} năm {first.year}"
    if record.precision is Precision.HALF_YEAR:
        return half_year(record).label
    if first == last:
        return vietnamese.long_date(first)
    return f"từ {vietnamese.long_date(first)} đến {vietnamese.long_date(last)}"


def as_of(record: ConferenceRecord) -> str:
    """The day whose names the tables show, short, for a column's head."""
    if record.precision is Precision.DAY:
        return f"ngày {vietnamese.spoken_date(record.first_day)}"
    return when(record)


def half_year(record: ConferenceRecord) -> Period:
    """The half-year in which the conference met."""
    first = record.first_day
    return Period(first.year, PeriodKind.FIRST_HALF if first.month <= 6 else PeriodKind.SECOND_HALF)


def subtitle(record: ConferenceRecord) -> str:
    """The second line of every sheet but the first."""
    return f"{record.title}, {when(record)}"


def hours(record: ConferenceRecord) -> str:
    """Sáng (giờ bắt đầu, giờ kết thúc: chưa có số liệu), or the hours as far as they are known."""
    known = []
    unknown = []
    for moment, name in ((record.starts_at, "bắt đầu"), (record.ends_at, "kết thúc")):
        if moment:
            known.append(f"{name} {vietnamese.clock_time(moment)}")
        else:
            unknown.append(f"giờ {name}")
    if record.day_part:
        known.insert(0, record.day_part.label)
    said = "; ".join(known)
    if not said:
        return NO_FIGURE
    missing = f" ({', '.join(unknown)}: {vietnamese.NO_FIGURE})" if unknown else ""
    return sentence(said) + missing


def person(name: str, post: str | None) -> str:
    """Đồng chí Phạm Quốc Nam, Khối trưởng, Cục trưởng …"""
    return f"Đồng chí {name}, {post}" if post else f"Đồng chí {name}"


def chair(record: ConferenceRecord, line: ChairLine) -> str:
    """A unit with its role that day, a person, or the person and then the unit."""
    role = f" (đơn vị {line.role.called_in(record.bloc_kind)})" if line.role else ""
    unit = f"{line.unit_name}{role}" if line.unit_name else ""
    if not line.person_name:
        return unit
    who = person(line.person_name, line.person_post)
    return f"{who} - {unit}" if unit else who


def asker(record: ConferenceRecord) -> tuple[str, str]:
    """Who left a thing unsaid, and how: the published text of a real conference, or the conference itself."""
    sourced = record.source_note and not record.illustration
    return ("văn bản", "không nêu") if sourced else ("hội nghị", "chưa nêu")
