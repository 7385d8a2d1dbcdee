"""When a conference meets: days, or only a month or a half-year, checked and set to their limits."""

from dataclasses import dataclass
from datetime import date, time

from tracker.domain.conferences import DayPart, Precision
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.vietnamese import short_date
from tracker.errors import RuleBroken

LONGEST_DAYS = 31


@dataclass(frozen=True)
class Meeting:
    """The days of a conference as they are kept. For a month or a half-year they are its first and last day."""

    precision: Precision
    first_day: date
    last_day: date
    day_part: DayPart | None
    starts_at: time | None
    ends_at: time | None


def meeting(
    precision: Precision,
    first_day: date,
    last_day: date | None,
    day_part: DayPart | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
) -> Meeting:
    """Check the days and hours that were given. RuleBroken names the field: last_day, starts_at or ends_at."""
    if precision is not Precision.DAY:
        if day_part or starts_at or ends_at:
            raise RuleBroken(
                f"“{precision.label}” thì chưa ghi buổi và giờ: hãy để trống, hoặc chọn “{Precision.DAY.label}”.",
                field="precision",
            )
        return Meeting(precision, *_limits(precision, first_day), None, None, None)
    last = last_day or first_day
    if last < first_day:
        raise RuleBroken(
            f"Ngày cuối {short_date(last)} đứng trước ngày đầu {short_date(first_day)}: hãy sửa một trong hai ngày.",
            field="last_day",
        )
    if (last - first_day).days >= LONGEST_DAYS:
        raise RuleBroken(f"Hội nghị dài nhất {LONGEST_DAYS} ngày: hãy xem lại ngày cuối.", field="last_day")
    if ends_at is not None and starts_at is None:
        raise RuleBroken("Có giờ kết thúc thì cần giờ bắt đầu: hãy ghi cả hai hoặc để trống.", field="starts_at")
    if starts_at is not None and ends_at is not None and last == first_day and ends_at <= starts_at:
        raise RuleBroken(
            f"Giờ kết thúc {ends_at:%H:%M} phải sau giờ bắt đầu {starts_at:%H:%M}: hãy sửa một trong hai giờ.",
            field="ends_at",
        )
    return Meeting(precision, first_day, last, day_part, starts_at, ends_at)


def _limits(precision: Precision, day: date) -> tuple[date, date]:
    """First and last day of the month or the half-year in which `day` lies."""
    if precision is Precision.HALF_YEAR:
        half = Period(day.year, PeriodKind.FIRST_HALF if day.month <= 6 else PeriodKind.SECOND_HALF)
        return half.first_day, half.last_day
    return day.replace(day=1), month_end(day)


def month_end(day: date) -> date:
    """The last day of the month in which `day` lies."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def when(precision: Precision, first: date, last: date, part: DayPart | None, start: time | None) -> str:
    """ "Sáng 20/7/2022", "Từ 20/7/2022 đến 21/7/2022", "Tháng 7 năm 2022", "6 tháng đầu năm 2022": for the screen."""
    if precision is Precision.MONTH:
        return f"Tháng {first.month} năm {first.year}"
    if precision is Precision.HALF_YEAR:
        kind = PeriodKind.FIRST_HALF if first.month == 1 else PeriodKind.SECOND_HALF
        return Period(first.year, kind).label
    day = f"{first.day}/{first.month}/{first.year}"
    if last != first:
        day = f"từ {day} đến {last.day}/{last.month}/{last.year}"
    words = [part.label if part else "", f"{start:%H:%M} ngày" if start and not part else "", day]
    said = " ".join(word for word in words if word)
    return said[:1].upper() + said[1:]
