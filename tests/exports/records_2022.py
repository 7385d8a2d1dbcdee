"""The real half-year review of 20/7/2022: the published facts in our own wording, nothing open filled in."""

from datetime import date

from tests.exports.prose_2022 import AFFIRMED, CONCLUSIONS, CONTEXT, RECOGNISED, SIX_GROUPS, TASKS
from tracker.domain.action_items import ItemSource, ItemState, Priority
from tracker.domain.blocs import BlocKind, TermRole
from tracker.domain.conferences import (
    AssessmentKind,
    Attendance,
    ConferenceKind,
    ConferenceState,
    CountSubject,
    DayPart,
    DelegateKind,
    Precision,
    RemarkKind,
)
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.record import (
    AssessmentLine,
    ChairLine,
    ConferenceRecord,
    CountLine,
    DelegateLine,
    ItemLine,
    Letterhead,
    LimitationLine,
    MemberLine,
    PhotoLine,
    RemarkLine,
)

DAY = date(2022, 7, 20)
LEADER = "Cục Thi hành án dân sự tỉnh"
DEPUTY = "Bộ Chỉ huy Quân sự tỉnh"
UNITS = (
    ("Công an tỉnh", "Công an"),
    ("Bộ đội Biên phòng tỉnh", "BĐBP"),
    (DEPUTY, "BCHQS"),
    ("Viện kiểm sát nhân dân tỉnh", "VKSND"),
    ("Tòa án nhân dân tỉnh", "TAND"),
    ("Sở Tư pháp", "Sở Tư pháp"),
    (LEADER, "Cục THADS"),
    ("Thanh tra tỉnh", "Thanh tra"),
)
GUEST = "Lê Hồng Vinh"
GUEST_POST = "Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch Thường trực UBND tỉnh"
HOLDER = "Phạm Quốc Nam"
HOLDER_POST = "Khối trưởng, Cục trưởng Cục Thi hành án dân sự tỉnh"


def _assessments() -> tuple[AssessmentLine, ...]:
    whole, units, meeting = "Cả Khối", "Các đơn vị", "Hội nghị"
    guest = f"Đồng chí {GUEST}"
    kind = AssessmentKind
    return (
        AssessmentLine(kind.CONTEXT, "Tình hình chung", CONTEXT, None, meeting),
        AssessmentLine(
            kind.LEADERSHIP,
            "Lãnh đạo, chỉ đạo",
            "Phong trào thi đua yêu nước của Khối được quan tâm lãnh đạo, chỉ đạo. Thi đua được phát động "
            "kịp thời, có đổi mới về nội dung, hình thức và biện pháp.",
            whole,
            meeting,
        ),
        AssessmentLine(
            kind.LEADERSHIP,
            "Nội dung thi đua",
            "Nội dung thi đua bám sát nhiệm vụ chính trị và nhiệm vụ chuyên môn, gắn với Nghị quyết Trung "
            "ương 4 khóa XII về xây dựng, chỉnh đốn Đảng và Chỉ thị 05 của Bộ Chính trị về đẩy mạnh việc "
            "học tập, làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
            whole,
            meeting,
        ),
        AssessmentLine(
            kind.LEADERSHIP,
            "Tác động",
            "Phong trào đã tạo chuyển biến từ nhận thức đến hành động trong cán bộ, công chức, chiến sĩ, "
            "góp phần nâng cao chất lượng, hiệu quả công tác chuyên môn.",
            whole,
            meeting,
        ),
        AssessmentLine(
            kind.MOVEMENT,
            "Thi đua thường xuyên, cao điểm, theo đợt và theo chuyên đề",
            "Các đơn vị tổ chức tốt các đợt thi đua thường xuyên và cao điểm gắn với nhiệm vụ chuyên môn "
            "của từng cơ quan. Nhiều đơn vị có sáng kiến, phát động thi đua theo đợt ngắn, theo chuyên đề, "
            "gắn với các sự kiện chính trị, ngày lễ kỷ niệm của đất nước và của từng ngành.",
            units,
            meeting,
        ),
        AssessmentLine(
            kind.MOVEMENT,
            "Phong trào xây dựng nông thôn mới và văn hóa công sở",
            "Các đơn vị làm tốt phong trào “Cả nước chung sức xây dựng nông thôn mới” và phong trào “Cán "
            "bộ, công chức, viên chức, người lao động thi đua thực hiện văn hóa công sở”.",
            units,
            guest,
        ),
        AssessmentLine(
            kind.MOVEMENT,
            "Giúp đỡ các xã khó khăn",
            "Các đơn vị quan tâm, giúp đỡ các xã khó khăn xóa đói, giảm nghèo theo quyết định phân công "
            "của UBND tỉnh.",
            units,
            guest,
        ),
        AssessmentLine(
            kind.UNIT_TASKS,
            "Thực hiện nhiệm vụ",
            "Thông qua phong trào thi đua, các đơn vị trong Khối nỗ lực phấn đấu thực hiện thắng lợi các "
            "chỉ tiêu phát triển kinh tế - xã hội, quốc phòng - an ninh.",
            units,
            meeting,
        ),
        AssessmentLine(
            kind.STRENGTH,
            None,
            f"Phát biểu tại Hội nghị, đồng chí {GUEST} ghi nhận, biểu dương và đánh giá cao những thành "
            "tích Khối đạt được trong phong trào thi đua 6 tháng đầu năm 2022.",
            whole,
            guest,
        ),
    )


def _limitations() -> tuple[LimitationLine, ...]:
    voice = "Đại diện các đơn vị"
    rows = (
        (
            "Việc phát hiện, bồi dưỡng và nhân rộng điển hình tiên tiến (tập thể, cá nhân) ở một số đơn vị "
            "chưa được thực hiện thường xuyên.",
            "Điển hình tiên tiến",
            "Một số đơn vị",
        ),
        (
            "Phong trào thi đua ở một vài đơn vị chưa thực sự có chiều sâu, chưa có nhiều biện pháp, cách "
            "làm hay.",
            "Chất lượng phong trào",
            "Một vài đơn vị",
        ),
        (
            "Các đơn vị chưa có điều kiện dành thời gian trao đổi kinh nghiệm, học tập lẫn nhau.",
            "Trao đổi kinh nghiệm",
            None,
        ),
        ("Khối chưa tổ chức hoạt động chung giữa các đơn vị.", "Hoạt động chung", "Cả Khối"),
    )
    return tuple(LimitationLine(text, topic, scope, None, voice) for text, topic, scope in rows)


def _remarks() -> tuple[RemarkLine, ...]:
    heading = "Đánh giá phong trào thi đua 6 tháng đầu năm 2022"
    return (
        RemarkLine(RemarkKind.REPORT, heading, None, None, AFFIRMED),
        RemarkLine(RemarkKind.DIRECTIVE, None, GUEST, GUEST_POST, RECOGNISED),
        RemarkLine(RemarkKind.DIRECTIVE, None, GUEST, GUEST_POST, SIX_GROUPS),
        *(
            RemarkLine(RemarkKind.CONCLUSION, None, HOLDER, HOLDER_POST, text, task_numbers=(place,))
            for place, text in enumerate(CONCLUSIONS, start=1)
        ),
    )


def _delegates() -> tuple[DelegateLine, ...]:
    present, officers = Attendance.PRESENT, "Đại diện lãnh đạo, chuyên viên"
    party, state = GUEST_POST.split(", ")
    lines = [
        DelegateLine(DelegateKind.GUEST, GUEST, "UBND tỉnh Nghệ An", party, state, present, people=1),
        DelegateLine(DelegateKind.GUEST, None, "Ban Thi đua - Khen thưởng tỉnh", None, officers, present),
        DelegateLine(DelegateKind.GUEST, None, "Văn phòng UBND tỉnh", None, officers, present),
    ]
    for name, _short in UNITS:
        kind = DelegateKind.CHAIR if name in (LEADER, DEPUTY) else DelegateKind.MEMBER
        person, post = (HOLDER, "Khối trưởng, Cục trưởng") if name == LEADER else (None, None)
        lines.append(DelegateLine(kind, person, name, None, post, present))
    return tuple(lines)


def _members() -> tuple[MemberLine, ...]:
    lines = []
    for place, (name, short) in enumerate(UNITS, start=1):
        role = {LEADER: TermRole.LEADER, DEPUTY: TermRole.DEPUTY}.get(name)
        holder = (HOLDER, "Cục trưởng Cục Thi hành án dân sự tỉnh") if name == LEADER else (None, None)
        lines.append(MemberLine(f"unit-{place}", name, short, role, *holder))
    return tuple(lines)


def _items() -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            place,
            text,
            ItemSource.CONCLUSION,
            "Kết luận của Khối trưởng",
            DAY,
            None,
            Priority.NORMAL,
            ItemState.OPEN,
            overdue=False,
            all_units=False,
            parts=(),
        )
        for place, text in enumerate(TASKS, start=1)
    )


def _counts() -> tuple[CountLine, ...]:
    subject = CountSubject
    return (
        CountLine(
            subject.MEMBERS, "Đơn vị thành viên", "Văn bản ghi 08 đơn vị và nêu tên đủ 08 đơn vị", 8, 8
        ),
        CountLine(
            subject.GUESTS,
            "Đại biểu mời",
            "Một đồng chí có tên; Ban Thi đua - Khen thưởng tỉnh và Văn phòng UBND tỉnh không nêu tên đại "
            "biểu",
            None,
            3,
        ),
        CountLine(subject.LIMITATIONS, "Hạn chế", "Văn bản không ghi tổng số", None, 4),
        CountLine(
            subject.TASK_GROUPS,
            "Nhóm nhiệm vụ trọng tâm do đồng chí Phó Chủ tịch Thường trực UBND tỉnh chỉ ra",
            "Văn bản ghi 06 nhóm nhưng không nêu nội dung từng nhóm",
            6,
            0,
        ),
        CountLine(
            subject.CONCLUSIONS, "Nội dung kết luận của Khối trưởng", "Văn bản không ghi tổng số", None, 6
        ),
    )


def review_2022() -> ConferenceRecord:
    """Held, with its minutes not yet approved; drawn without the draft mark, as the reference papers are."""
    return ConferenceRecord(
        public_id="review2022",
        title="Hội nghị sơ kết phong trào thi đua yêu nước 6 tháng đầu năm 2022",
        bloc_name="Khối thi đua Nội chính - Lực lượng vũ trang tỉnh Nghệ An",
        bloc_kind=BlocKind.KHOI,
        authority_name="Ủy ban nhân dân tỉnh Nghệ An",
        authority_short_name="UBND tỉnh Nghệ An",
        illustration=False,
        draft=False,
        state=ConferenceState.HELD,
        kinds=(ConferenceKind.HALF_YEAR_REVIEW,),
        period=Period(2022, PeriodKind.FIRST_HALF),
        precision=Precision.DAY,
        first_day=DAY,
        last_day=DAY,
        day_part=DayPart.MORNING,
        starts_at=None,
        ends_at=None,
        venue="Trụ sở Bộ Chỉ huy Quân sự tỉnh Nghệ An",
        host=DEPUTY,
        secretary_name=None,
        secretary_post=None,
        source_note="theo nguồn công bố ngày 20/7/2022, chưa cập nhật",
        letterhead=Letterhead(
            superior=("CỤC THI HÀNH ÁN DÂN SỰ", "TỈNH NGHỆ AN"),
            issuing=("KHỐI THI ĐUA NỘI CHÍNH -", "LỰC LƯỢNG VŨ TRANG"),
            place="Nghệ An",
            signer_post=("CỤC TRƯỞNG", "CỤC THI HÀNH ÁN DÂN SỰ TỈNH"),
            signer_name=HOLDER,
            recipients=(
                "UBND tỉnh (để b/c)",
                "Ban Thi đua - Khen thưởng tỉnh",
                "Các đơn vị trong Khối",
                "Lưu: VT",
            ),
        ),
        chairs=(ChairLine(LEADER, TermRole.LEADER), ChairLine(DEPUTY, TermRole.DEPUTY)),
        members=_members(),
        delegates=_delegates(),
        assessments=_assessments(),
        limitations=_limitations(),
        remarks=_remarks(),
        counts=_counts(),
        items=_items(),
        photos=(
            PhotoLine("Toàn cảnh Hội nghị"),
            PhotoLine(f"Đồng chí {GUEST}, {GUEST_POST} phát biểu tại Hội nghị"),
            PhotoLine(f"Đồng chí {HOLDER}, {HOLDER_POST} phát biểu"),
        ),
    )
