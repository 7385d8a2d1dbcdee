"""Words and states of a unit's submission (settled.md, words; dates and states)."""

from tracker.domain.labels import Labelled
from tracker.errors import NotOpen


class SubmissionState(Labelled):
    """"Đã khóa" is no state of a submission: it is a mark that comes from the period."""

    NOT_BEGUN = "not_begun", "Chưa bắt đầu"
    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã gửi"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"

    @classmethod
    def writable(cls) -> tuple["SubmissionState", ...]:
        """The states in which the unit holds the submission; of a returned one only what was returned is open."""
        return (cls.NOT_BEGUN, cls.DRAFT, cls.RETURNED)

    @classmethod
    def seen_by_secretariat(cls) -> tuple["SubmissionState", ...]:
        """The states in which the secretariat and the board read it before publication."""
        return (cls.SENT, cls.RETURNED, cls.ACCEPTED)


class SubmissionStep(Labelled):
    """What is done to a submission. CHECK notes that the secretariat began to look: from then on no recall."""

    WRITE = "write", "Bắt đầu soạn"
    SUBMIT_TO_HEAD = "submit_to_head", "Trình lãnh đạo đơn vị"
    HEAD_SENDS_BACK = "head_sends_back", "Lãnh đạo chuyển lại để sửa"
    SEND = "send", "Gửi"
    RECALL = "recall", "Rút về"
    CHECK = "check", "Bắt đầu kiểm tra"
    RETURN = "return", "Trả lại"
    ACCEPT = "accept", "Tiếp nhận"
    REOPEN = "reopen", "Bỏ tiếp nhận"


NEXT: dict[tuple[SubmissionState, SubmissionStep], SubmissionState] = {
    (SubmissionState.NOT_BEGUN, SubmissionStep.WRITE): SubmissionState.DRAFT,
    (SubmissionState.DRAFT, SubmissionStep.SUBMIT_TO_HEAD): SubmissionState.DRAFT,
    (SubmissionState.RETURNED, SubmissionStep.SUBMIT_TO_HEAD): SubmissionState.RETURNED,
    (SubmissionState.DRAFT, SubmissionStep.HEAD_SENDS_BACK): SubmissionState.DRAFT,
    (SubmissionState.RETURNED, SubmissionStep.HEAD_SENDS_BACK): SubmissionState.RETURNED,
    (SubmissionState.DRAFT, SubmissionStep.SEND): SubmissionState.SENT,
    (SubmissionState.RETURNED, SubmissionStep.SEND): SubmissionState.SENT,
    (SubmissionState.SENT, SubmissionStep.RECALL): SubmissionState.DRAFT,
    (SubmissionState.SENT, SubmissionStep.CHECK): SubmissionState.SENT,
    (SubmissionState.SENT, SubmissionStep.RETURN): SubmissionState.RETURNED,
    (SubmissionState.SENT, SubmissionStep.ACCEPT): SubmissionState.ACCEPTED,
    (SubmissionState.ACCEPTED, SubmissionStep.REOPEN): SubmissionState.SENT,
}

NEEDS_REASON = (SubmissionStep.RETURN, SubmissionStep.REOPEN, SubmissionStep.HEAD_SENDS_BACK, SubmissionStep.RECALL)


def after(state: SubmissionState, step: SubmissionStep) -> SubmissionState:
    """The state to which `step` leads; NotOpen when it does not follow."""
    if (state, step) not in NEXT:
        raise NotOpen(f"Báo cáo đang ở trạng thái “{state.label}” nên không làm được việc “{step.label}”.")
    return NEXT[state, step]


class SectionKind(Labelled):
    """The narrative of a submission, in the order of the report. ACHIEVEMENTS has no text of its own: it stands for
    the list of achievements, so that it too can be returned by itself."""

    ASSESSMENT = "assessment", "Đánh giá kết quả"
    LIMITATIONS = "limitations", "Hạn chế, nguyên nhân"
    DIRECTIONS = "directions", "Phương hướng, nhiệm vụ"
    PROPOSALS = "proposals", "Đề xuất, kiến nghị"
    ACHIEVEMENTS = "achievements", "Thành tích"

    @classmethod
    def texts(cls) -> tuple["SectionKind", ...]:
        return (cls.ASSESSMENT, cls.LIMITATIONS, cls.DIRECTIONS, cls.PROPOSALS)


class AchievementKind(Labelled):
    """What a unit is proud of (issue 2 of 3, B5)."""

    COLLECTIVE = "collective", "Tập thể"
    PERSON = "person", "Cá nhân"
    EXAMPLE = "example", "Điển hình tiên tiến"
    INITIATIVE = "initiative", "Sáng kiến"
    HELP = "help", "Giúp đỡ xã, hộ khó khăn"
    AWARD = "award", "Khen thưởng đã nhận"


class AwardObject(Labelled):
    """Who received an award (domain.md, section 5)."""

    COLLECTIVE = "collective", "Tập thể"
    PERSON = "person", "Cá nhân"
    HOUSEHOLD = "household", "Hộ gia đình"


class AwardMethod(Labelled):
    """For what it was given: the columns of the sheet "Khen thưởng"."""

    REGULAR = "regular", "Thường xuyên"
    THEMED = "themed", "Chuyên đề"
    AD_HOC = "ad_hoc", "Đột xuất"


class AwardLevel(Labelled):
    """Who conferred it."""

    STATE = "state", "Nhà nước"
    GOVERNMENT = "government", "Chính phủ, Thủ tướng Chính phủ"
    MINISTRY_PROVINCE = "ministry_province", "Bộ, ngành, tỉnh"
    UNIT = "unit", "Đơn vị"


class AwardSystem(Labelled):
    """Six of eight units also belong to a vertical sector: which system gave the award (domain.md, section 5)."""

    LOCAL = "local", "Địa phương"
    SECTOR = "sector", "Ngành dọc"
