"""The parts of a conference as forms: one row, several rows pasted at once, a list filled in on one page."""

from typing import Any

from wtforms import Field, ValidationError

from tracker.domain.conferences import AssessmentKind, Attendance, CountSubject, DelegateKind, RemarkKind
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    ChoiceField,
    CountField,
    DateField,
    FileField,
    LineField,
    Needed,
    RecordForm,
    UserForm,
)

NOT_RECORDED = "Chưa ghi"
NO_UNIT = "Không chọn đơn vị"
STATEMENT = "Tôi xác nhận tệp không chứa bí mật nhà nước"


class AgendaForm(RecordForm):
    title = LineField("Nội dung", [Needed("ghi nội dung của mục chương trình"), AtMost(500)])
    presenter = LineField("Người trình bày", [AtMost(200)])
    minutes = CountField("Số phút", most=1440)


class DelegateForm(RecordForm):
    """`unit` is a unit's public id."""

    kind = ChoiceField("Thành phần", [Needed("chọn thành phần")], choices=DelegateKind.choices())
    unit = ChoiceField("Đơn vị", blank=NO_UNIT)
    body = LineField("Cơ quan (khi không nêu tên người, hoặc là nơi công tác)", [AtMost(300)])
    person_name = LineField("Họ và tên", [AtMost(120)])
    party_post = LineField("Chức vụ Đảng", [AtMost(300)])
    state_post = LineField("Chức vụ chính quyền", [AtMost(300)])
    attendance = ChoiceField("Tham dự", choices=Attendance.choices(), blank=NOT_RECORDED)
    substitute_for = LineField("Dự thay cho", [AtMost(200)])
    people = CountField("Số người", most=10_000)


class AssessmentForm(RecordForm):
    kind = ChoiceField("Phần", [Needed("chọn phần của báo cáo")], choices=AssessmentKind.choices())
    topic = LineField("Lĩnh vực", [AtMost(200)])
    text = BlockField("Nội dung", [Needed("ghi nội dung đánh giá")])
    scope = LineField("Nói về", [AtMost(200)])
    assessor = LineField("Người đánh giá", [AtMost(200)])


class LimitationForm(RecordForm):
    """`unit` is a unit's public id; a limitation may also speak of "một số đơn vị" or of none."""

    text = BlockField("Nội dung", [Needed("ghi hạn chế")])
    unit = ChoiceField("Đơn vị", blank="Không nêu đơn vị")
    scope = LineField("Nói về", [AtMost(200)])
    cause = BlockField("Nguyên nhân")
    topic = LineField("Lĩnh vực", [AtMost(200)])
    assessor = LineField("Người nêu", [AtMost(200)])


class RemarkForm(RecordForm):
    """`unit` is the public id of the speaker's unit."""

    kind = ChoiceField("Loại", [Needed("chọn loại phát biểu")], choices=RemarkKind.choices())
    speaker_name = LineField("Người phát biểu", [AtMost(120)])
    speaker_post = LineField("Chức vụ", [AtMost(300)])
    unit = ChoiceField("Đơn vị", blank=NO_UNIT)
    heading = LineField("Ý", [AtMost(120)])
    text = BlockField("Nội dung", [Needed("ghi nội dung")])
    task_group = BooleanField("Là một nhóm nhiệm vụ trọng tâm được chỉ ra")


class WithFile(RecordForm):
    """A row that may carry a file; the sender states that it holds no secret, because a scan cannot be looked into."""

    def validate_no_secrets(self, field: Field) -> None:
        if self._fields["file"].data and not field.data:
            raise ValidationError("Hãy đánh dấu xác nhận, hoặc bỏ chọn tệp.")


class DocumentForm(WithFile):
    title = LineField("Tên văn bản", [Needed("ghi tên văn bản"), AtMost(300)])
    number = LineField("Số, ký hiệu", [AtMost(60)])
    issued_on = DateField("Ngày")
    file = FileField("Tệp")
    no_secrets = BooleanField(STATEMENT)
    drop_file = BooleanField("Bỏ tệp đang gắn")


class PhotoForm(WithFile):
    caption = LineField("Chú thích", [Needed("ghi chú thích ảnh"), AtMost(300)])
    file = FileField("Tệp ảnh")
    no_secrets = BooleanField(STATEMENT)
    drop_file = BooleanField("Bỏ tệp đang gắn")


class Lines(UserForm):
    """Several rows at once: a line is a row. `longest` is what one row holds."""

    longest = 5000

    def rows(self) -> list[str]:
        """The lines that are not blank, without a leading dash or bullet."""
        listed = [line.strip().removeprefix("- ").removeprefix("• ").strip() for line in self._lines().splitlines()]
        return [line for line in listed if line]

    def _lines(self) -> str:
        return str(self._fields["lines"].data or "")

    def validate_lines(self, field: Field) -> None:
        for number, line in enumerate(self.rows(), 1):
            if len(line) > self.longest:
                raise ValidationError(f"Dòng {number} dài {len(line)} ký tự, nhiều nhất {self.longest}: hãy rút gọn.")


def _lines() -> BlockField:
    return BlockField("Các dòng", [Needed("ghi hoặc dán ít nhất một dòng")], most=100_000, render_kw={"rows": 10})


class AgendaLines(Lines):
    longest = 500
    lines = _lines()


class AssessmentLines(Lines):
    kind = ChoiceField("Phần", [Needed("chọn phần của báo cáo")], choices=AssessmentKind.choices())
    lines = _lines()


class LimitationLines(Lines):
    lines = _lines()
    assessor = LineField("Người nêu", [AtMost(200)])


class RemarkLines(Lines):
    kind = ChoiceField("Loại", [Needed("chọn loại phát biểu")], choices=RemarkKind.choices())
    speaker_name = LineField("Người phát biểu", [AtMost(120)])
    speaker_post = LineField("Chức vụ", [AtMost(300)])
    lines = _lines()
    task_group = BooleanField("Mỗi dòng là một nhóm nhiệm vụ trọng tâm được chỉ ra")


class OwnDelegateForm(UserForm):
    """A member names one of its own people."""

    person_name = LineField("Họ và tên", [Needed("ghi họ và tên"), AtMost(120)])
    party_post = LineField("Chức vụ Đảng", [AtMost(300)])
    state_post = LineField("Chức vụ chính quyền", [AtMost(300)])


class CommentForm(UserForm):
    agreed = BooleanField("Nhất trí với dự thảo biên bản")
    text = BlockField("Ý kiến góp ý", most=10_000)


class AnswerForm(RecordForm):
    taken_over = ChoiceField(
        "Tiếp thu", [Needed("chọn có tiếp thu hay không")], choices=[("yes", "Tiếp thu"), ("no", "Không tiếp thu")],
        blank="Chọn",
    )
    answer = BlockField("Trả lời", most=10_000)


def counts_form() -> type[RecordForm]:
    """For each subject three fields: declared_…, label_…, note_… with the subject's code."""
    fields: dict[str, Any] = {}
    for subject in CountSubject:
        fields[f"declared_{subject.value}"] = CountField(f"{subject.label}: số nêu", most=1_000_000)
        fields[f"label_{subject.value}"] = LineField(f"{subject.label}: tên mục trong văn bản", [AtMost(300)])
        fields[f"note_{subject.value}"] = LineField(f"{subject.label}: ghi chú", [AtMost(300)])
    return type("CountsForm", (RecordForm,), fields)


def attendance_form(delegates: list[tuple[str, str]]) -> type[RecordForm]:
    """For each (public id, name of the row) three fields: attendance_…, person_name_…, people_… with the id."""
    fields: dict[str, Any] = {}
    for public_id, name in delegates:
        fields[f"attendance_{public_id}"] = ChoiceField(
            f"{name}: tham dự", choices=Attendance.choices(), blank=NOT_RECORDED
        )
        fields[f"person_name_{public_id}"] = LineField(f"{name}: họ và tên", [AtMost(120)])
        fields[f"people_{public_id}"] = CountField(f"{name}: số người", most=10_000)
    return type("AttendanceForm", (RecordForm,), fields)


__all__ = [
    "AgendaForm", "AgendaLines", "AnswerForm", "AssessmentForm", "AssessmentLines", "CommentForm", "DelegateForm",
    "DocumentForm", "LimitationForm", "LimitationLines", "Lines", "OwnDelegateForm", "PhotoForm", "RemarkForm",
    "RemarkLines", "WithFile", "attendance_form", "counts_form",
]
