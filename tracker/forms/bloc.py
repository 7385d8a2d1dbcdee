"""Blocs: founding, names, members. `unit` is a unit's public id; a new unit is made from its name."""

from wtforms import ValidationError

from tracker.domain.blocs import BlocKind, Force
from tracker.forms.base import (
    AtMost,
    BlockField,
    ChoiceField,
    DateField,
    LineField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)
from tracker.forms.unit import NONE, OWN


class BlocForm(RecordForm):
    """What a bloc is beside its name."""

    kind = ChoiceField("Loại", [Needed("chọn khối hay cụm")], choices=BlocKind.choices())
    code = LineField("Mã khối, cụm", [Needed("ghi mã ngắn, ví dụ NCLLVT"), AtMost(20)])
    founded_on = DateField("Ngày thành lập")
    founding_decision = LineField("Quyết định thành lập", [AtMost(300)])


class FoundForm(UserForm):
    name = LineField("Tên khối, cụm", [Needed("ghi tên khối, cụm"), AtMost(300)])
    kind = ChoiceField("Loại", [Needed("chọn khối hay cụm")], choices=BlocKind.choices())
    code = LineField("Mã khối, cụm", [Needed("ghi mã ngắn, ví dụ NCLLVT"), AtMost(20)])
    founded_on = DateField("Ngày thành lập")
    founding_decision = LineField("Quyết định thành lập", [AtMost(300)])
    letterhead = BlockField("Dòng tên trên văn bản", most=400)


class BlocNameForm(UserForm):
    name = LineField("Tên mới", [Needed("ghi tên mới"), AtMost(300)])
    on = DateField("Mang tên mới từ ngày", [Needed("ghi ngày bắt đầu mang tên mới")])
    letterhead = BlockField("Dòng tên trên văn bản", most=400)
    decision = LineField("Quyết định", [AtMost(300)])


class DissolveForm(ReasonForm):
    on = DateField("Giải thể từ ngày", [Needed("ghi ngày giải thể")])


class AdmitForm(UserForm):
    """Either a unit of the list, or the name of a new one."""

    unit = ChoiceField("Đơn vị đã có trong danh sách", blank="Chưa có trong danh sách: ghi đơn vị mới bên dưới")
    name = LineField("Đơn vị mới: tên đầy đủ", [AtMost(300)])
    short_name = LineField("Đơn vị mới: tên ngắn", [AtMost(60)])
    force = ChoiceField("Đơn vị mới: lực lượng", choices=Force.choices())
    home = ChoiceField(
        "Đơn vị mới thuộc",
        choices=[(OWN, "Cơ quan chủ quản này"), (NONE, "Không thuộc cơ quan nào ở đây (đơn vị Trung ương, ngành dọc)")],
    )
    on = DateField("Là thành viên từ ngày", [Needed("ghi ngày kết nạp")])
    until = DateField("Đến trước ngày (để trống khi chưa biết)")
    decision = LineField("Quyết định kết nạp", [AtMost(300)])

    def validate_unit(self, field: ChoiceField) -> None:
        if not field.data and not self.name.data:
            raise ValidationError("Hãy chọn đơn vị, hoặc ghi tên đơn vị mới bên dưới.")

    def validate_name(self, field: LineField) -> None:
        if field.data and self.unit.data:
            raise ValidationError("Hãy chọn đơn vị đã có hoặc ghi đơn vị mới, không làm cả hai.")


class ReleaseForm(ReasonForm):
    on = DateField("Thôi là thành viên từ ngày", [Needed("ghi ngày thôi")])
    decision = LineField("Quyết định", [AtMost(300)])
