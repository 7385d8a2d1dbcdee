"""Terms of leader, deputies and stand-in. Units are public ids."""

from tracker.domain.blocs import Appointment
from tracker.forms.base import (
    AtMost,
    BooleanField,
    CheckListField,
    ChoiceField,
    DateField,
    LineField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)


class TermForm(RecordForm):
    """A term as it may be corrected; unit and role stay."""

    starts_on = DateField("Từ ngày", [Needed("ghi ngày bắt đầu")])
    start_known = BooleanField("Ngày bắt đầu có văn bản ghi rõ", default=True)
    ends_on = DateField("Đến trước ngày (để trống khi chưa biết)")
    appointment = ChoiceField("Cách giao", [Needed("chọn cách giao")], choices=Appointment.choices())
    decision = LineField("Quyết định, văn bản", [AtMost(300)])
    holder_name = LineField("Người giữ vai trò", [AtMost(120)])
    holder_post = LineField("Chức vụ", [AtMost(200)])


class AppointForm(UserForm):
    role = ChoiceField("Vai trò", [Needed("chọn vai trò")])
    unit = ChoiceField("Đơn vị", [Needed("chọn đơn vị")], blank="Chọn đơn vị")
    starts_on = DateField("Từ ngày", [Needed("ghi ngày bắt đầu")])
    ends_on = DateField("Đến trước ngày (để trống khi chưa biết)")
    appointment = ChoiceField("Cách giao", [Needed("chọn cách giao")], choices=Appointment.choices())
    decision = LineField("Quyết định, văn bản", [AtMost(300)])
    holder_name = LineField("Người giữ vai trò", [AtMost(120)])
    holder_post = LineField("Chức vụ", [AtMost(200)])


class HandOverForm(UserForm):
    on = DateField("Bàn giao ngày", [Needed("ghi ngày bàn giao")])
    leader = ChoiceField("Đơn vị nhận vai trò đứng đầu", [Needed("chọn đơn vị")], blank="Chọn đơn vị")
    deputies = CheckListField("Các đơn vị làm phó")
    ends_on = DateField("Đến trước ngày (để trống khi chưa biết)")
    appointment = ChoiceField("Cách giao", [Needed("chọn cách giao")], choices=Appointment.choices())
    decision = LineField("Quyết định, văn bản", [AtMost(300)])
    holder_name = LineField("Người giữ vai trò đứng đầu", [AtMost(120)])
    holder_post = LineField("Chức vụ", [AtMost(200)])


class EndForm(ReasonForm):
    on = DateField("Kết thúc từ ngày", [Needed("ghi ngày kết thúc")])
