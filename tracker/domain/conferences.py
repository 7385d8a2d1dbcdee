"""Words and states of a conference (domain.md, sections 1 and 2; settled.md, words on the screen)."""

from tracker.domain.labels import Labelled
from tracker.errors import NotOpen, ReasonMissing


class ConferenceKind(Labelled):
    """One conference may serve several ends."""

    HALF_YEAR_REVIEW = "half_year_review", "Sơ kết"
    YEAR_END_REVIEW = "year_end_review", "Tổng kết"
    LAUNCH = "launch", "Phát động, ký giao ước"
    THEMATIC = "thematic", "Chuyên đề"

    @classmethod
    def reviews(cls) -> tuple["ConferenceKind", ...]:
        """The kinds at which every open action item comes up again."""
        return (cls.HALF_YEAR_REVIEW, cls.YEAR_END_REVIEW)


class DayPart(Labelled):
    """The part of the day, when the hour is not known."""

    MORNING = "morning", "sáng"
    AFTERNOON = "afternoon", "chiều"
    EVENING = "evening", "tối"
    WHOLE_DAY = "whole_day", "cả ngày"


class Precision(Labelled):
    """How much is known of the date. For a month or a half-year the first day and the last day are its limits."""

    DAY = "day", "Biết ngày"
    MONTH = "month", "Chỉ biết tháng"
    HALF_YEAR = "half_year", "Chỉ biết nửa năm"


class ConferenceState(Labelled):
    """Where the conference stands; the words are the same on screen and on paper."""

    PLANNED = "planned", "Dự kiến"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Hủy"
    HELD = "held", "Đã họp"
    MINUTES_SENT = "minutes_sent", "Đang lấy ý kiến biên bản"
    APPROVED = "approved", "Đã thông qua"

    @classmethod
    def editable(cls) -> tuple["ConferenceState", ...]:
        """States in which the secretariat may still write."""
        return (cls.PLANNED, cls.POSTPONED, cls.HELD, cls.MINUTES_SENT)

    @classmethod
    def after_holding(cls) -> tuple["ConferenceState", ...]:
        return (cls.HELD, cls.MINUTES_SENT, cls.APPROVED)


class ConferenceStep(Labelled):
    """What can be done to a conference as a whole. The label is what the history says of it."""

    POSTPONE = "postpone", "Hoãn hội nghị"
    PLAN_AGAIN = "plan_again", "Định lại ngày họp"
    CANCEL = "cancel", "Hủy hội nghị"
    HOLD = "hold", "Ghi nhận đã họp"
    SEND_MINUTES = "send_minutes", "Gửi biên bản lấy ý kiến"
    TAKE_BACK = "take_back", "Rút biên bản về sửa"
    APPROVE = "approve", "Thông qua biên bản"
    REOPEN = "reopen", "Mở lại hội nghị đã thông qua"


NEXT: dict[tuple[ConferenceState, ConferenceStep], ConferenceState] = {
    (ConferenceState.PLANNED, ConferenceStep.POSTPONE): ConferenceState.POSTPONED,
    (ConferenceState.PLANNED, ConferenceStep.CANCEL): ConferenceState.CANCELLED,
    (ConferenceState.PLANNED, ConferenceStep.HOLD): ConferenceState.HELD,
    (ConferenceState.POSTPONED, ConferenceStep.PLAN_AGAIN): ConferenceState.PLANNED,
    (ConferenceState.POSTPONED, ConferenceStep.CANCEL): ConferenceState.CANCELLED,
    (ConferenceState.HELD, ConferenceStep.SEND_MINUTES): ConferenceState.MINUTES_SENT,
    (ConferenceState.MINUTES_SENT, ConferenceStep.TAKE_BACK): ConferenceState.HELD,
    (ConferenceState.MINUTES_SENT, ConferenceStep.APPROVE): ConferenceState.APPROVED,
    (ConferenceState.APPROVED, ConferenceStep.REOPEN): ConferenceState.HELD,
}

NEEDS_REASON = (
    ConferenceStep.POSTPONE,
    ConferenceStep.CANCEL,
    ConferenceStep.TAKE_BACK,
    ConferenceStep.REOPEN,
)


def after(state: ConferenceState, step: ConferenceStep, reason: str) -> ConferenceState:
    """The state to which `step` leads. NotOpen when it does not follow `state`; ReasonMissing without its reason."""
    if (state, step) not in NEXT:
        raise NotOpen(f"Hội nghị đang ở trạng thái “{state.label}” nên không làm được việc “{step.label}”.")
    if step in NEEDS_REASON and not reason:
        raise ReasonMissing(f"“{step.label}”")
    return NEXT[state, step]


def open_steps(state: ConferenceState) -> list[ConferenceStep]:
    """The steps that follow a state, in order of definition."""
    return [step for step in ConferenceStep if (state, step) in NEXT]


class RemarkKind(Labelled):
    """A directive is given by a guest, a conclusion by the chair: two lists, each with its speaker."""

    REPORT = "report", "Báo cáo"
    DISCUSSION = "discussion", "Tham luận, phát biểu"
    DIRECTIVE = "directive", "Ý kiến chỉ đạo"
    CONCLUSION = "conclusion", "Kết luận"


class AssessmentKind(Labelled):
    """Which part of the review report a narrative row belongs to. No figure is required of any of them."""

    CONTEXT = "context", "Bối cảnh"
    LEADERSHIP = "leadership", "Lãnh đạo, chỉ đạo, phát động"
    MOVEMENT = "movement", "Kết quả các phong trào"
    UNIT_TASKS = "unit_tasks", "Thực hiện nhiệm vụ của các đơn vị"
    TYPICAL_EXAMPLE = "typical_example", "Điển hình tiên tiến"
    COMMENDATION = "commendation", "Khen thưởng"
    JOINT_ACTIVITY = "joint_activity", "Hoạt động chung"
    STRENGTH = "strength", "Ưu điểm"
    PROPOSAL = "proposal", "Kiến nghị, đề xuất"


class DelegateKind(Labelled):
    """Members come from the roster of the day; guests are persons with posts, or bodies without a name."""

    CHAIR = "chair", "Chủ trì"
    GUEST = "guest", "Đại biểu mời"
    MEMBER = "member", "Thành viên"


class Attendance(Labelled):
    """Blank (not recorded) is no value of its own: it is None."""

    PRESENT = "present", "Có mặt"
    EXCUSED = "excused", "Vắng có lý do"
    ABSENT = "absent", "Vắng"
    SUBSTITUTE = "substitute", "Dự thay"

    @classmethod
    def attending(cls) -> tuple["Attendance", ...]:
        return (cls.PRESENT, cls.SUBSTITUTE)


class CountSubject(Labelled):
    """What a declared number speaks of, so that the recorded number can be counted beside it."""

    MEMBERS = "members", "Đơn vị thành viên"
    GUESTS = "guests", "Đại biểu mời"
    PEOPLE = "people", "Số người dự"
    LIMITATIONS = "limitations", "Hạn chế"
    TASK_GROUPS = "task_groups", "Nhóm nhiệm vụ trọng tâm được chỉ ra"
    CONCLUSIONS = "conclusions", "Nội dung kết luận"
