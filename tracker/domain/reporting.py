"""Words and states of reporting periods (kỳ báo cáo): dates that are all different, moves that are few, lateness."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.domain.labels import Labelled
from tracker.errors import NotOpen


class PeriodState(Labelled):
    """Where a period stands. Units' data are locked from REVIEWING on."""

    PLANNED = "planned", "Chưa mở"
    OPEN = "open", "Đang nhận báo cáo"
    REVIEWING = "reviewing", "Đã khóa số liệu"
    PUBLISHED = "published", "Đã công bố"
    CLOSED = "closed", "Đã kết thúc"

    @classmethod
    def locked(cls) -> tuple["PeriodState", ...]:
        """The states in which no unit writes its data any more, whatever the clock says."""
        return (cls.REVIEWING, cls.PUBLISHED, cls.CLOSED)

    @classmethod
    def shown_to_all(cls) -> tuple["PeriodState", ...]:
        """The states in which every member reads every unit's submission."""
        return (cls.PUBLISHED, cls.CLOSED)


class PeriodStep(Labelled):
    """What is done to a whole period."""

    OPEN = "open", "Mở kỳ báo cáo"
    LOCK = "lock", "Khóa số liệu"
    UNLOCK = "unlock", "Mở khóa số liệu"
    PREPARE = "prepare", "Trình công bố kết quả"
    TAKE_BACK = "take_back", "Rút đề nghị công bố"
    PUBLISH = "publish", "Công bố kết quả"
    REVOKE = "revoke", "Thu hồi công bố"
    CLOSE = "close", "Kết thúc kỳ"


NEXT: dict[tuple[PeriodState, PeriodStep], PeriodState] = {
    (PeriodState.PLANNED, PeriodStep.OPEN): PeriodState.OPEN,
    (PeriodState.OPEN, PeriodStep.LOCK): PeriodState.REVIEWING,
    (PeriodState.REVIEWING, PeriodStep.UNLOCK): PeriodState.OPEN,
    (PeriodState.REVIEWING, PeriodStep.PREPARE): PeriodState.REVIEWING,
    (PeriodState.REVIEWING, PeriodStep.TAKE_BACK): PeriodState.REVIEWING,
    (PeriodState.REVIEWING, PeriodStep.PUBLISH): PeriodState.PUBLISHED,
    (PeriodState.PUBLISHED, PeriodStep.REVOKE): PeriodState.REVIEWING,
    (PeriodState.PUBLISHED, PeriodStep.CLOSE): PeriodState.CLOSED,
}

NEEDS_REASON = (PeriodStep.UNLOCK, PeriodStep.TAKE_BACK, PeriodStep.REVOKE)


def after(state: PeriodState, step: PeriodStep) -> PeriodState:
    """The state to which `step` leads; NotOpen when it does not follow."""
    if (state, step) not in NEXT:
        raise NotOpen(f"Kỳ báo cáo đang ở trạng thái “{state.label}” nên không làm được việc “{step.label}”.")
    return NEXT[state, step]


@dataclass(frozen=True)
class PeriodDates:
    """The dates of a period, each with its own meaning; all moments aware.

    `due_at`: later is late. `locks_at`: from that second on no unit writes its data. `explain_by`: the last moment of
    explanations, `scores_close_at`: the last of scoring; both only of a scored period.
    """

    opens_on: date
    due_at: datetime
    locks_at: datetime
    explain_by: datetime | None = None
    scores_close_at: datetime | None = None


def days_late(sent_at: datetime, due_at: datetime, extended_to: date | None, zone: str) -> int:
    """Calendar days between the due moment and the first sending, in the authority's zone; 0 when in time.

    Any time after `due_at` on the same day counts as 1 (settled.md). An extension ends at the due hour of its day.
    """
    place = ZoneInfo(zone)
    due, sent = due_at.astimezone(place), sent_at.astimezone(place)
    if extended_to is not None:
        due = max(due, due.replace(year=extended_to.year, month=extended_to.month, day=extended_to.day))
    if sent <= due:
        return 0
    return max(1, (sent.date() - due.date()).days)


class MovementLevel(Labelled):
    """Who launched a movement."""

    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "Bộ, ngành, tỉnh"
    BLOC = "bloc", "Khối, cụm"
    UNIT = "unit", "Đơn vị"


class MovementKind(Labelled):
    """How a movement runs (domain.md, section 2)."""

    REGULAR = "regular", "Thường xuyên"
    THEMED = "themed", "Chuyên đề"
    SHORT = "short", "Đợt ngắn, cao điểm"
    AD_HOC = "ad_hoc", "Đột xuất"


class ActivityKind(Labelled):
    """What a bloc does together."""

    EXCHANGE = "exchange", "Trao đổi, học tập kinh nghiệm"
    SPORT = "sport", "Văn hóa, văn nghệ, thể thao"
    HELP = "help", "Giúp đỡ xã, hộ khó khăn"
    INSPECTION = "inspection", "Kiểm tra chéo"
    OTHER = "other", "Hoạt động khác"
