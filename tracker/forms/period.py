"""A period as it is typed: its dates, each with its hour; the steps that need a date; extensions."""

from tracker.forms.base import (
    BlockField,
    BooleanField,
    ChoiceField,
    DateField,
    HourField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)

#: Moments of a period: (name of its date field, of its hour field).
MOMENTS = {
    "due_at": ("due_on", "due_hour"),
    "locks_at": ("locks_on", "locks_hour"),
    "explain_by": ("explain_on", "explain_hour"),
    "scores_close_at": ("scores_close_on", "scores_close_hour"),
}


class PeriodForm(RecordForm):
    """Criteria sets are public ids, offered by the view. `reason` is asked once the period is open."""

    opens_on = DateField("Ngày mở", [Needed("ghi ngày mở, ví dụ 01/06/2026")])
    due_on = DateField("Hạn gửi", [Needed("ghi hạn gửi, ví dụ 30/06/2026")])
    due_hour = HourField("Giờ hạn gửi", [Needed("ghi giờ hạn gửi, ví dụ 17:00")])
    locks_on = DateField("Khóa số liệu", [Needed("ghi ngày khóa số liệu, ví dụ 10/07/2026")])
    locks_hour = HourField("Giờ khóa số liệu", [Needed("ghi giờ khóa số liệu, ví dụ 17:00")])
    asks_figures = BooleanField("Yêu cầu số liệu", default=True)
    criteria_set = ChoiceField("Bộ tiêu chí", blank="Không dùng bộ tiêu chí")
    scored = BooleanField("Có chấm điểm")
    explain_on = DateField("Hạn giải trình")
    explain_hour = HourField("Giờ hạn giải trình")
    scores_close_on = DateField("Kết thúc chấm điểm")
    scores_close_hour = HourField("Giờ kết thúc chấm điểm")
    note = BlockField("Hướng dẫn cho đơn vị", most=4000)
    reason = BlockField("Lý do đổi ngày (sẽ được lưu)", most=2000)


class StepForm(UserForm):
    """A step that asks for nothing."""


class UnlockForm(ReasonForm):
    locks_on = DateField("Khóa lại ngày", [Needed("ghi ngày khóa lại, ví dụ 15/07/2026")])
    locks_hour = HourField("Giờ khóa lại", [Needed("ghi giờ khóa lại, ví dụ 17:00")])


class ExtensionForm(ReasonForm):
    until = DateField("Gia hạn đến ngày", [Needed("ghi ngày, ví dụ 03/07/2026")])


class CopyYearForm(UserForm):
    from_year = ChoiceField("Sao từ năm", [Needed("chọn năm")])


class JoinForm(UserForm):
    unit = ChoiceField("Đơn vị", [Needed("chọn đơn vị")], blank="Chọn đơn vị")
