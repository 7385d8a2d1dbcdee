"""Results of an invented half-year, as large as asked, with every kind of gap in it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.exports.records_full import SHORT, UNITS, full_review
from tracker.domain.criteria import Direction
from tracker.domain.period_results import (
    AchievementLine,
    ActivityLine,
    Figure,
    PeriodResults,
    Proposal,
    ResultLine,
    SendingLine,
    UnitHead,
)
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.progress import PledgeProgress, ProgressRow, UnitProgress, done_of
from tracker.domain.record import ConferenceRecord
from tracker.domain.reporting import ActivityKind, PeriodState
from tracker.domain.submissions import AchievementKind, AwardLevel, AwardMethod, AwardObject, AwardSystem, SectionKind

HALF = Period(2026, PeriodKind.FIRST_HALF)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = datetime(2026, 7, 5, 17, 0, tzinfo=ZONE)
MEASURES = ("nhiệm vụ", "%", "tỷ đồng", None, "vụ việc", "lượt người")
TITLES = (
    "Nhiệm vụ được giao hoàn thành đúng hạn",
    "Tỷ lệ hồ sơ giải quyết trước hạn trên tổng số hồ sơ tiếp nhận",
    "Thu hồi về ngân sách nhà nước qua thanh tra, kiểm tra và xử lý sau thanh tra",
    "Tin, bài tuyên truyền gương người tốt, việc tốt",
)


def heads(count: int) -> tuple[UnitHead, ...]:
    return tuple(UnitHead(f"unit{place}", UNITS[place], SHORT[place]) for place in range(count))


def a_figure(line: int, unit: int, sent: bool) -> Figure:
    """Of each five lines: results with a target, shares, large sums, counts without a target, zero and KG."""
    if (line + unit) % 11 == 5:
        return Figure(assigned=False)
    target = Decimal(100 + 10 * line) if line % 4 != 3 else None
    if not sent or (line * unit) % 13 == 7:
        return Figure(target=target)
    values = (Decimal(61 + 7 * unit), Decimal("96.25") - unit, Decimal("10286.5") + 1000 * unit, Decimal(0))
    return Figure(target=target, value=values[line % 4])


def lines(units: int, leaves: int) -> tuple[ResultLine, ...]:
    """Leaves in groups of ten, each group headed; the last unit has not sent."""
    rows = []
    for place in range(leaves):
        if place % 10 == 0:
            group = "Thực hiện nhiệm vụ chuyên môn" if place == 0 else "Tổ chức phong trào thi đua"
            rows.append(ResultLine(f"group{place}", "I" * (place // 10 + 1), group, 0, is_group=True))
        figures = tuple(a_figure(place, unit, unit < units - 1) for unit in range(units))
        rows.append(
            ResultLine(
                f"line{place}", f"{place // 10 + 1}.{place % 10 + 1}", f"{TITLES[place % 4]} ({place + 1})", 1,
                MEASURES[place % 6], counts_times=place % 6 == 3, figures=figures,
            )
        )
    return tuple(rows)


def progress(units: int, rows: int) -> PledgeProgress:
    kept = [
        ProgressRow(f"row{place}", place + 1, f"{TITLES[place % 4]} theo giao ước", MEASURES[place % 6], Direction.MORE)
        for place in range(rows)
    ]
    cells = [
        tuple(
            done_of(
                row, HALF.kind, Decimal(200 + 50 * row.number), Decimal(120 + 17 * unit) if unit < units - 1 else None,
                assigned=(row.number + unit) % 7 != 3,
            )
            for row in kept
        )
        for unit in range(units)
    ]
    return PledgeProgress(
        HALF.label, HALF.kind, tuple(kept),
        tuple(
            UnitProgress(head.key, head.name, head.short_name, place < units - 1, cells[place])
            for place, head in enumerate(heads(units))
        ),
    )


def achievements(units: tuple[UnitHead, ...]) -> tuple[AchievementLine, ...]:
    """Two deeds, an example and three awards of the first units; one award without a number, one of a household."""
    first, second = units[0], units[1]
    return (
        AchievementLine(
            first, AchievementKind.COLLECTIVE, "Hoàn thành số hóa hồ sơ trước kế hoạch 02 tháng", "Phòng Hành chính",
            "Chuyển đổi số", date(2026, 5, 12), movement="Cả nước thi đua đổi mới sáng tạo", decision_number="41/QĐ-VP",
        ),
        AchievementLine(
            second, AchievementKind.HELP, "Giúp xã Minh Tân 03 sửa 05 căn nhà", None, None, date(2026, 4, 3),
            Decimal(250_000_000),
        ),
        AchievementLine(second, AchievementKind.EXAMPLE, "Gương người tốt, việc tốt tại cơ sở", "Trần Văn Bình"),
        AchievementLine(
            first, AchievementKind.AWARD, "Thành tích xuất sắc", award="Bằng khen của Chủ tịch UBND tỉnh",
            award_object=AwardObject.COLLECTIVE, award_method=AwardMethod.REGULAR, count=9,
            level=AwardLevel.MINISTRY_PROVINCE, system=AwardSystem.LOCAL,
        ),
        AchievementLine(
            second, AchievementKind.AWARD, "Thành tích đột xuất", "Trần Văn Bình", award="Giấy khen",
            award_object=AwardObject.PERSON, award_method=AwardMethod.AD_HOC, level=AwardLevel.UNIT,
        ),
        AchievementLine(
            second, AchievementKind.AWARD, "Thành tích chuyên đề", award="giấy khen",
            award_object=AwardObject.PERSON, award_method=AwardMethod.THEMED, count=12, level=AwardLevel.UNIT,
        ),
    )


def sendings(units: tuple[UnitHead, ...]) -> tuple[SendingLine, ...]:
    """All on time but: the second late by two days, the third extended and returned, the last not sent."""
    early = DUE - timedelta(days=2)
    rows = [SendingLine(unit, DUE, None, None, early, early, 0, 0) for unit in units]
    late = DUE + timedelta(days=2)
    rows[1] = SendingLine(units[1], DUE, None, None, late, late, 0, 2)
    again = DUE + timedelta(days=6)
    until = DUE.date() + timedelta(days=5)
    rows[2] = SendingLine(units[2], DUE, until, "Đơn vị chuyển trụ sở.", DUE + timedelta(days=4), again, 1, 0)
    rows[-1] = SendingLine(units[-1], DUE)
    return tuple(rows)


def half_year(units: int = 8, leaves: int = 30, rows: int = 6) -> PeriodResults:
    """A half-year of `units` units (3 to 20) with `leaves` criteria and `rows` rows of the pledge."""
    members = heads(units)
    return PeriodResults(
        public_id="results",
        period=HALF,
        state=PeriodState.PUBLISHED,
        bloc_name="Khối thi đua Các cơ quan tham mưu tỉnh Minh Họa",
        units=members,
        lines=lines(units, leaves),
        progress=progress(units, rows),
        achievements=achievements(members),
        activities=(
            ActivityLine(
                ActivityKind.SPORT, "Hội thao Khối thi đua", date(2026, 3, 21), date(2026, 3, 22), "Nhà thi đấu tỉnh",
                "240 vận động viên thi đấu", Decimal(85_000_000), tuple(unit.name for unit in members[:3]),
            ),
        ),
        sendings=sendings(members),
        proposals=(
            Proposal("p1", SectionKind.LIMITATIONS, members[0], "Giải ngân chậm.", "Thiếu mặt bằng."),
            Proposal("p2", SectionKind.DIRECTIONS, members[1], "Hoàn thành hồ sơ trong quý III."),
            Proposal("p3", SectionKind.PROPOSALS, members[1], "Bố trí thêm kinh phí."),
        ),
    )


def nothing_sent() -> PeriodResults:
    """A half-year that was opened, and in which no unit has sent anything."""
    full = half_year(3, 3, 2)
    return replace(
        full,
        lines=tuple(
            replace(row, figures=tuple(replace(figure, value=None) for figure in row.figures)) for row in full.lines
        ),
        progress=None, achievements=(), activities=(), proposals=(),
        sendings=tuple(SendingLine(unit, DUE) for unit in full.units),
    )


def reviewed(results: PeriodResults | None) -> ConferenceRecord:
    """The full invented review with these results."""
    return replace(full_review(), period=HALF, results=results)
