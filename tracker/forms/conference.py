"""A conference as it is typed: plan and change, the steps, what heads its papers."""

from typing import Any

from wtforms import Field

from tracker.domain.conferences import ConferenceKind, DayPart, Precision
from tracker.domain.periods import PeriodKind
from tracker.forms.base import (
    AtMost,
    BlockField,
    CheckListField,
    ChoiceField,
    CountField,
    DateField,
    HourField,
    LineField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)

CHAIR_ROWS = 4


class ConferenceForm(RecordForm):
    """Units are public ids, offered by the view. Chairs stand in four rows, each of three fields."""

    title = LineField("Tên hội nghị", [Needed("ghi tên hội nghị"), AtMost(300)])
    kinds = CheckListField(
        "Loại hội nghị", [Needed("chọn ít nhất một loại hội nghị")], choices=ConferenceKind.choices()
    )
    period_kind = ChoiceField("Kỳ", choices=PeriodKind.choices(), blank="Không theo kỳ")
    period_year = CountField("Năm của kỳ", most=2200)
    precision = ChoiceField("Mức biết về ngày", [Needed("chọn mức biết về ngày")], choices=Precision.choices())
    first_day = DateField("Ngày họp", [Needed("ghi ngày họp, ví dụ 20/07/2022")])
    last_day = DateField("Ngày cuối")
    day_part = ChoiceField("Buổi", choices=DayPart.choices(), blank="Không nêu")
    starts_at = HourField("Giờ bắt đầu")
    ends_at = HourField("Giờ kết thúc")
    venue = LineField("Địa điểm", [AtMost(300)])
    host_unit = ChoiceField("Đơn vị đăng cai", blank="Không nêu")
    chair_1_unit = ChoiceField("Đơn vị chủ trì", blank="Không có")
    chair_1_name = LineField("Người chủ trì", [AtMost(120)])
    chair_1_post = LineField("Chức vụ của người chủ trì", [AtMost(200)])
    chair_2_unit = ChoiceField("Đơn vị chủ trì thứ hai", blank="Không có")
    chair_2_name = LineField("Người chủ trì thứ hai", [AtMost(120)])
    chair_2_post = LineField("Chức vụ của người chủ trì thứ hai", [AtMost(200)])
    chair_3_unit = ChoiceField("Đơn vị chủ trì thứ ba", blank="Không có")
    chair_3_name = LineField("Người chủ trì thứ ba", [AtMost(120)])
    chair_3_post = LineField("Chức vụ của người chủ trì thứ ba", [AtMost(200)])
    chair_4_unit = ChoiceField("Đơn vị chủ trì thứ tư", blank="Không có")
    chair_4_name = LineField("Người chủ trì thứ tư", [AtMost(120)])
    chair_4_post = LineField("Chức vụ của người chủ trì thứ tư", [AtMost(200)])
    secretary_name = LineField("Thư ký", [AtMost(120)])
    secretary_post = LineField("Chức vụ của thư ký", [AtMost(200)])
    subject = LineField("Trích yếu trên báo cáo", [AtMost(300)])
    source_note = LineField("Ghi chú nguồn", [AtMost(300)])
    source_text = BlockField("Văn bản gốc")

    def unit_fields(self) -> list[Field]:
        """The fields in which a unit is chosen."""
        return [self.host_unit, *(self[f"chair_{row}_unit"] for row in range(1, CHAIR_ROWS + 1))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, and of each chair a unit or a name where a post is given."""
        sound = super().validate(extra_validators)
        for unit, name, post in self._chairs():
            if post.data and not unit.data and not name.data:
                name.errors = [*name.errors, "Có chức vụ thì cần đơn vị hoặc họ tên: hãy ghi thêm, hoặc xóa chức vụ."]
                sound = False
        return bool(sound)

    def chair_rows(self) -> list[tuple[str | None, str | None, str | None]]:
        """(unit's public id, name, post) of the rows in which anything was typed."""
        rows = [(unit.data or None, name.data or None, post.data or None) for unit, name, post in self._chairs()]
        return [row for row in rows if any(row)]

    def _chairs(self) -> list[tuple[Field, Field, Field]]:
        return [
            (self[f"chair_{row}_unit"], self[f"chair_{row}_name"], self[f"chair_{row}_post"])
            for row in range(1, CHAIR_ROWS + 1)
        ]


class PlainStepForm(UserForm):
    """A step that needs nothing but the button."""


class PlanAgainForm(UserForm):
    new_first_day = DateField("Ngày họp mới", [Needed("ghi ngày họp mới, ví dụ 20/07/2022")])
    new_last_day = DateField("Ngày cuối")


class SendMinutesForm(UserForm):
    comments_due_on = DateField("Hạn góp ý", [Needed("ghi hạn góp ý, ví dụ 27/07/2022")])


class StepReasonForm(ReasonForm):
    """A step that is kept together with its reason."""


class LetterheadForm(RecordForm):
    """Blank fields follow from the leader unit and the bloc as they were on the conference's day."""

    report_number = LineField("Số báo cáo", [AtMost(20)])
    report_sign = LineField("Ký hiệu báo cáo", [AtMost(40)])
    minutes_number = LineField("Số biên bản", [AtMost(20)])
    minutes_sign = LineField("Ký hiệu biên bản", [AtMost(40)])
    signed_on = DateField("Ngày ký")
    place = LineField("Địa danh", [AtMost(100)])
    superior_lines = BlockField("Cơ quan chủ quản, mỗi dòng một hàng chữ", most=400)
    issuing_lines = BlockField("Cơ quan ban hành, mỗi dòng một hàng chữ", most=400)
    signer_name = LineField("Người ký", [AtMost(120)])
    signer_post = BlockField("Chức vụ người ký, mỗi dòng một hàng chữ", most=300)
    recipients = BlockField("Nơi nhận, mỗi dòng một nơi", most=2000)
