"""An invented conference that fills every field of the record, with texts that try to break a paper."""

from datetime import date, time
from io import BytesIO
from typing import Any

from PIL import Image

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
    AgendaLine,
    AssessmentLine,
    ChairLine,
    ConferenceRecord,
    CountLine,
    DelegateLine,
    DocumentLine,
    ItemLine,
    Letterhead,
    LimitationLine,
    MemberLine,
    PhotoLine,
    RemarkLine,
    UnitPart,
)

SIGNS = (
    "Giá trị a < b & c > d, \"trích\" và 'dẫn', {{ x }}, {% if y %}, 100%, "
    "=SUM(A1:A9), #1, $5, *sao*, _gạch_, @, \\"
)
EMOJI = "Kết quả tốt 👍🏽, cờ 🇻🇳 và trái tim ❤️ đều còn nguyên"
LONG = " ".join(f"Nội dung thứ {place} của phần trình bày rất dài." for place in range(1, 400))[:9_999] + "."

UNITS = (
    "Ủy ban nhân dân thành phố Minh Họa và các phường trực thuộc khu vực trung tâm",
    "Ban Quản lý Khu kinh tế - Khu công nghiệp và Khu du lịch sinh thái ven biển Minh Họa",
    "Sở Văn hóa, Thể thao và Du lịch",
    *(f"Ủy ban nhân dân xã Minh Tân {place:02d} thuộc vùng đồng bằng phía Đông" for place in range(4, 21)),
)
SHORT = ("TP Minh Họa", "BQL KKT - KCN", "Sở VHTTDL", *(f"Minh Tân {place:02d}" for place in range(4, 21)))
FIRST, LAST = date(2026, 7, 30), date(2026, 8, 1)
CHAIR = "Nguyễn Thị Minh Khai Hóa"
GUEST = "Trần Văn Mẫu"
GUEST_POST = "Phó Bí thư Tỉnh ủy, Phó Chủ tịch UBND tỉnh"


def _photo() -> bytes:
    """A small real JPEG, 320 by 200 pixels."""
    drawn = BytesIO()
    Image.new("RGB", (320, 200), (150, 40, 40)).save(drawn, "JPEG")
    return drawn.getvalue()


def _members() -> tuple[MemberLine, ...]:
    roles = {0: TermRole.LEADER, 1: TermRole.DEPUTY, 2: TermRole.DEPUTY}
    lines = []
    for place, (name, short) in enumerate(zip(UNITS, SHORT, strict=True)):
        role = roles.get(place)
        holder = (CHAIR, "Chủ tịch Ủy ban nhân dân thành phố Minh Họa") if place == 0 else (None, None)
        start, end = (date(2026, 1, 1), date(2026, 12, 31)) if role else (None, None)
        lines.append(MemberLine(f"unit-{place + 1}", name, short, role, *holder, start, end))
    return tuple(lines)


def _delegates() -> tuple[DelegateLine, ...]:
    kind, come = DelegateKind, Attendance
    lines = [
        DelegateLine(kind.CHAIR, CHAIR, UNITS[0], None, "Chủ tịch", come.PRESENT, people=1),
        DelegateLine(kind.GUEST, GUEST, "UBND tỉnh", *GUEST_POST.split(", "), come.PRESENT, people=1),
        DelegateLine(kind.GUEST, None, "Sở Nội vụ", None, "Lãnh đạo", come.PRESENT, people=2),
        DelegateLine(kind.GUEST, None, "Báo và đài tỉnh Minh Họa", None, None, come.PRESENT, people=3),
        DelegateLine(kind.GUEST, "Lê Thị Vắng", "HĐND tỉnh", None, "Phó Chủ tịch", come.EXCUSED, people=1),
    ]
    for place, name in enumerate(UNITS[1:], start=1):
        person = f"Đại biểu Số {place}"
        lines.append(DelegateLine(kind.MEMBER, person, name, None, "Phó Chủ tịch", *_came(place)))
    return tuple(lines)


def _came(place: int) -> tuple[Attendance, str | None, int]:
    """Attendance, for whom, people: the third sends a substitute, the fourth and the fifth stay away."""
    if place == 3:
        return Attendance.SUBSTITUTE, "Hoàng Văn Bận", 1
    return {4: Attendance.EXCUSED, 5: Attendance.ABSENT}.get(place, Attendance.PRESENT), None, 1


def _assessments() -> tuple[AssessmentLine, ...]:
    texts = {
        AssessmentKind.CONTEXT: "Tình hình 6 tháng đầu năm ổn định.\n\nĐời sống Nhân dân được cải thiện.",
        AssessmentKind.LEADERSHIP: SIGNS,
        AssessmentKind.MOVEMENT: "Phong trào lan tỏa tới từng thôn, tổ dân phố.",
        AssessmentKind.UNIT_TASKS: "19/20 đơn vị hoàn thành chỉ tiêu, bình quân đạt 96,25%.",
        AssessmentKind.TYPICAL_EXAMPLE: EMOJI + ".",
        AssessmentKind.COMMENDATION: "Khen thưởng 1.286 tập thể, cá nhân; trong đó đột xuất 35.",
        AssessmentKind.JOINT_ACTIVITY: "Cụm tổ chức hội thao chung trong 02 ngày.",
        AssessmentKind.STRENGTH: LONG,
        AssessmentKind.PROPOSAL: "Đề nghị UBND tỉnh ban hành hướng dẫn chấm điểm thống nhất.",
    }
    lines = [AssessmentLine(kind, f"Lĩnh vực {kind.label.lower()}", text) for kind, text in texts.items()]
    more = "Đơn vị có nhiều cách làm hay\tvà sáng tạo"
    lines.insert(3, AssessmentLine(AssessmentKind.MOVEMENT, "Chuyển đổi số", more, UNITS[1], "Sở Nội vụ"))
    return tuple(lines)


def _limitations() -> tuple[LimitationLine, ...]:
    return (
        LimitationLine(
            "Gửi báo cáo còn chậm.", "Báo cáo", SHORT[4], "Thiếu cán bộ chuyên trách.", "Sở Nội vụ", (3,)
        ),
        LimitationLine(
            "Chưa nhân rộng điển hình.", None, "Một số đơn vị", "Chưa có kinh phí riêng.", "Sở Nội vụ"
        ),
        LimitationLine("Hoạt động chung còn ít.", "Hoạt động chung", None, None, CHAIR),
    )


def _remarks() -> tuple[RemarkLine, ...]:
    kind, post = RemarkKind, "Cụm trưởng, Chủ tịch UBND thành phố Minh Họa"
    said = [
        RemarkLine(kind.REPORT, "Báo cáo kết quả 6 tháng đầu năm", "Phạm Thư Ký", "Thư ký Cụm", LONG),
        RemarkLine(kind.DISCUSSION, "Kinh nghiệm chuyển đổi số", "Vũ Tham Luận", UNITS[1], SIGNS),
        RemarkLine(
            kind.DISCUSSION, None, None, None, "Các đại biểu trao đổi thẳng thắn.\nKhông có ý kiến khác."
        ),
        RemarkLine(kind.DIRECTIVE, None, GUEST, GUEST_POST, "Biểu dương kết quả của Cụm."),
        RemarkLine(kind.DIRECTIVE, None, GUEST, GUEST_POST, "Nêu 03 nhóm nhiệm vụ trọng tâm."),
        RemarkLine(kind.DIRECTIVE, None, GUEST, GUEST_POST, "Đẩy mạnh chuyển đổi số.", task_group=True),
        RemarkLine(kind.DIRECTIVE, None, GUEST, GUEST_POST, "Giữ nghiêm kỷ cương.", task_group=True),
        RemarkLine(kind.DIRECTIVE, "Về kinh phí", "Sở Nội vụ", None, "Các đơn vị bố trí kinh phí."),
        RemarkLine(kind.CONCLUSION, "Về báo cáo", CHAIR, post, "Gửi báo cáo đúng hạn.\nGửi kèm minh chứng."),
    ]
    said += [
        RemarkLine(
            kind.CONCLUSION, None, CHAIR, post, f"Thực hiện nội dung kết luận thứ {place}.", False, (place,)
        )
        for place in range(2, 27)
    ]
    return tuple(said)


def _parts(states: dict[ItemState, int], overdue: ItemState | None = None) -> tuple[UnitPart, ...]:
    """The first units get the states in the order given; `overdue` says which of the states is late."""
    row = [state for state, number in states.items() for _ in range(number)]
    return tuple(
        UnitPart(f"unit-{place + 1}", UNITS[place], SHORT[place], state, state is overdue, 50)
        for place, state in enumerate(row)
    )


def _item(number: int, text: str, source: ItemSource, made_on: date, state: ItemState, **more: Any) -> ItemLine:
    """One action item, nobody's, without a due date, unless `more` says otherwise."""
    usual: dict[str, Any] = {"source_label": source.label, "due_on": None, "priority": Priority.NORMAL}
    usual |= {"overdue": False, "all_units": False, "parts": ()}
    return ItemLine(number, text, source, made_on=made_on, state=state, **usual | more)


def _items() -> tuple[ItemLine, ...]:
    """Three made here, four that lay on the table: one late, one done, one not begun, one merged."""
    state, source, met = ItemState, ItemSource, date(2026, 1, 15)
    everyone = {"all_units": True, "parts": _parts({state.OPEN: 20})}
    late = _parts({state.DONE: 12, state.IN_PROGRESS: 5, state.OPEN: 3}, overdue=state.OPEN)
    done = _parts({state.DONE: 20})
    old = {"carried": True, "reviews_passed": 2, "leader_changes": 1}
    by_chair, by_guest = "Kết luận của Cụm trưởng", "Ý kiến chỉ đạo của Phó Chủ tịch UBND tỉnh"
    due = date(2026, 9, 30)
    say = "Tiếp tục theo dõi đến hết năm."
    return (
        _item(1, "Thực hiện nội dung kết luận thứ 2.", source.CONCLUSION, LAST, state.OPEN, due_on=due,
              source_label=by_chair, priority=Priority.HIGH, **everyone),
        _item(2, "Gửi danh sách điển hình về thường trực cụm.", source.FREE, LAST, state.OPEN,
              due_on=date(2026, 8, 31), parts=_parts({state.OPEN: 2})),
        _item(3, "Bố trí cán bộ chuyên trách.", source.LIMITATION, LAST, state.OPEN),
        _item(4, "Sửa bảng điểm & quy chế <mới> {{ x }}.", source.CONCLUSION, met, state.IN_PROGRESS,
              due_on=date(2026, 6, 30), source_label=by_chair, overdue=True, all_units=True, parts=late,
              said_here=say, priority=Priority.HIGH, **old),
        _item(5, "Tổ chức hội thao chung.", source.DIRECTIVE, met, state.DONE, source_label=by_guest,
              all_units=True, parts=done, **old),
        _item(6, "Rà soát tiêu chí.", source.FREE, met, state.OPEN, parts=_parts({state.OPEN: 1}), **old),
        _item(7, "Lập nhóm liên lạc.", source.FREE, met, state.MERGED, carried=True, reviews_passed=1),
    )  # fmt: skip


def _counts() -> tuple[CountLine, ...]:
    subject = CountSubject
    return (
        CountLine(subject.MEMBERS, "Đơn vị thành viên", "Giấy mời ghi 21 đơn vị", 21, 20),
        CountLine(subject.GUESTS, "Đại biểu mời", None, None, 4),
        CountLine(subject.PEOPLE, "Số người dự", None, 30, 24),
        CountLine(subject.LIMITATIONS, "Hạn chế", None, 3, 3),
        CountLine(subject.TASK_GROUPS, "Nhóm nhiệm vụ trọng tâm", None, 3, 2),
        CountLine(subject.CONCLUSIONS, "Nội dung kết luận", None, None, 26),
    )


def full_review() -> ConferenceRecord:
    """A cụm of 20 units over three days and two months: all kinds of rows, drafts and marks on."""
    return ConferenceRecord(
        public_id="fullreview",
        title="Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm 2026 & ký giao ước bổ sung",
        bloc_name="Cụm thi đua số 1 - Các xã, phường vùng đồng bằng và ven biển tỉnh Minh Họa",
        bloc_kind=BlocKind.CUM,
        authority_name="Ủy ban nhân dân tỉnh Minh Họa",
        authority_short_name="UBND tỉnh Minh Họa",
        illustration=True,
        draft=True,
        state=ConferenceState.MINUTES_SENT,
        kinds=(ConferenceKind.HALF_YEAR_REVIEW, ConferenceKind.LAUNCH),
        period=Period(2026, PeriodKind.FIRST_HALF),
        precision=Precision.DAY,
        first_day=FIRST,
        last_day=LAST,
        day_part=DayPart.AFTERNOON,
        starts_at=time(13, 30),
        ends_at=time(11, 5),
        venue="Hội trường Ủy ban nhân dân thành phố Minh Họa, số 1 đường Bình Minh",
        host=UNITS[0],
        secretary_name="Phạm Thư Ký",
        secretary_post="Chuyên viên Văn phòng UBND thành phố Minh Họa",
        source_note="số liệu minh họa",
        letterhead=Letterhead(
            superior=("ỦY BAN NHÂN DÂN THÀNH PHỐ MINH HỌA",),
            issuing=("CỤM THI ĐUA SỐ 1 - CÁC XÃ, PHƯỜNG VÙNG ĐỒNG BẰNG VÀ VEN BIỂN",),
            place="Minh Họa",
            report_number="5",
            report_sign="BC-CTĐ1",
            minutes_number="12",
            minutes_sign="BB-CTĐ1",
            signed_on=date(2026, 8, 5),
            on_behalf="TM. CỤM THI ĐUA",
            signer_role="CỤM TRƯỞNG",
            signer_post=("CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ MINH HỌA",),
            signer_name=CHAIR,
            recipients=("UBND tỉnh (để b/c)", "Sở Nội vụ", "Các đơn vị trong Cụm", "Lưu: VT"),
        ),
        chairs=(
            ChairLine(UNITS[0], TermRole.LEADER, CHAIR, "Chủ tịch Ủy ban nhân dân thành phố Minh Họa"),
            ChairLine(UNITS[1], TermRole.DEPUTY),
            ChairLine(None, None, GUEST, GUEST_POST),
        ),
        members=_members(),
        delegates=_delegates(),
        agenda=(
            AgendaLine("Khai mạc, giới thiệu đại biểu", "Phạm Thư Ký", 15),
            AgendaLine("Báo cáo kết quả 6 tháng đầu năm", None, 45),
            AgendaLine("Thảo luận <và> trao đổi", None, None),
        ),
        assessments=_assessments(),
        limitations=_limitations(),
        remarks=_remarks(),
        counts=_counts(),
        items=_items(),
        documents=(
            DocumentLine("Quy chế hoạt động của Cụm", "01/QC-CTĐ", date(2026, 2, 5)),
            DocumentLine("Bảng điểm thi đua năm 2026", None, None),
        ),
        photos=(
            PhotoLine("Toàn cảnh Hội nghị & trao cờ <thi đua>", _photo()),
            PhotoLine("Các đơn vị ký giao ước"),
        ),
    )
