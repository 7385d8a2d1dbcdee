"""A unit's form as it is drawn in tests: lines under groups, achievements, narrative, and a frame."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracker.domain.criteria import Direction, ScoreFunction
from tracker.domain.form_about import FormAbout
from tracker.domain.form_sheet import FORM_NAME, LAYOUT, FormKeys, FormMovement
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.submission_seen import AchievementSeen, LineSeen, SectionSeen, SubmissionSeen
from tracker.domain.submissions import (
    AchievementKind,
    AwardLevel,
    AwardMethod,
    AwardObject,
    AwardSystem,
    SectionKind,
    SubmissionState,
)

PERIOD = Period(2026, PeriodKind.FIRST_HALF)
WORK = ("I. Nhiệm vụ chuyên môn",)
MOVEMENT = FormMovement("mmmmmmmmmmmm", "Cả nước chung sức xây dựng nông thôn mới")


def line(key: str, title: str, **more: Any) -> LineSeen:
    """A proportional line of group I in the first version; `more` sets any field."""
    plain: dict[str, Any] = {
        "version": 1, "number": "1", "group": WORK, "unit_of_measure": "văn bản", "direction": Direction.MORE,
        "function": ScoreFunction.PROPORTIONAL, "maximum": Decimal(10), "target": None, "actual": None, "count": None,
        "note": None,
    }  # fmt: skip
    return LineSeen(entry_key=key, title=title, **{**plain, **more})


LINES = (
    line("aaaaaaaaaaaa", "Văn bản tham mưu", version=3, target=Decimal(1286), actual=Decimal("1286.5"),
         note="Đã rà soát", last_year=Decimal(1204), last_period=Decimal("12.25")),
    line("bbbbbbbbbbbb", "Tỷ lệ giải ngân", number="2", unit_of_measure="%", target=Decimal(95)),
    line("cccccccccccc", "Bị phê bình", number="3", function=ScoreFunction.PENALTY, count=0),
    line("dddddddddddd", "Gửi báo cáo đúng hạn", number="4", function=ScoreFunction.LATENESS),
    line("eeeeeeeeeeee", "Không được giao", number="5", assigned=False, actual=Decimal(77)),
    line("ffffffffffff", "Dự án nhà ở xã hội", group=(), function=None, unit_of_measure="dự án", actual=Decimal(0)),
)  # fmt: skip
AWARD = AchievementSeen(
    key="gggggggggggg", version=2, kind=AchievementKind.AWARD, subject="Phòng Tham mưu", text="",
    award="Bằng khen", award_object=AwardObject.COLLECTIVE, award_method=AwardMethod.AD_HOC, count=1,
    decision_number="123/QĐ-UBND", decided_on=date(2026, 4, 10), conferred_level=AwardLevel.MINISTRY_PROVINCE,
    conferred_system=AwardSystem.LOCAL,
)  # fmt: skip
HELP = AchievementSeen(
    key="hhhhhhhhhhhh", version=1, kind=AchievementKind.HELP, subject=None, text="Tặng 02 nhà cho hộ nghèo",
    happened_on=date(2026, 3, 1), value=Decimal(150_000_000), movement=MOVEMENT.name, movement_key=MOVEMENT.key,
)  # fmt: skip
SECTIONS = tuple(
    SectionSeen(f"s{place:011d}", 1, kind, "Hoàn thành nhiệm vụ." if kind is SectionKind.ASSESSMENT else "")
    for place, kind in enumerate(SectionKind)
)


def seen(**more: Any) -> SubmissionSeen:
    """A draft with the lines, achievements and sections above; `more` sets any field."""
    plain: dict[str, Any] = {
        "state": SubmissionState.DRAFT, "asks_figures": True, "lines": LINES, "sections": SECTIONS,
        "achievements": (AWARD, HELP),
    }  # fmt: skip
    return SubmissionSeen(
        key="kkkkkkkkkkkk", period_key="pppppppppppp", unit_key="uuuuuuuuuuuu", unit_name="Công an tỉnh",
        period=PERIOD, **{**plain, **more},
    )  # fmt: skip


def about(**more: Any) -> FormAbout:
    """The frame of that form, open to be written in."""
    plain: dict[str, Any] = {
        "bloc_name": "Khối thi đua Nội chính", "unit_name": "Công an tỉnh", "period": PERIOD,
        "due_at": datetime(2026, 5, 30, 17), "locks_at": datetime(2026, 6, 10, 17), "extended_to": None,
        "made_on": date(2026, 5, 15), "movements": (MOVEMENT,),
    }  # fmt: skip
    keys = FormKeys(FORM_NAME, "pppppppppppp", "uuuuuuuuuuuu", "kkkkkkkkkkkk", LAYOUT)
    return FormAbout(keys=keys, **{**plain, **more})
