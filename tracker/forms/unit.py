"""Units and their names. `home` says whose unit it is; `successor` is a unit's public id."""

from tracker.domain.blocs import Force
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    ChoiceField,
    DateField,
    LineField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)

OWN, NONE = "own", "none"


class NameFields(RecordForm):
    name = LineField("Tên đầy đủ", [Needed("ghi tên đơn vị"), AtMost(300)])
    short_name = LineField("Tên ngắn (dùng trong bảng)", [AtMost(60)])
    letterhead = BlockField("Dòng tên trên văn bản", most=400)
    decision = LineField("Quyết định, văn bản", [AtMost(300)])


class UnitForm(NameFields):
    force = ChoiceField("Lực lượng", [Needed("chọn lực lượng")], choices=Force.choices())
    home = ChoiceField(
        "Thuộc",
        [Needed("chọn nơi đơn vị trực thuộc")],
        choices=[(OWN, "Cơ quan chủ quản này"), (NONE, "Không thuộc cơ quan nào ở đây (đơn vị Trung ương, ngành dọc)")],
    )
    since = DateField("Mang tên này từ ngày", [Needed("ghi ngày bắt đầu mang tên")])


class RenameForm(NameFields):
    on = DateField("Mang tên mới từ ngày", [Needed("ghi ngày bắt đầu mang tên mới")])


class NameForm(NameFields):
    """A name that was typed wrongly."""


class ForceForm(RecordForm):
    force = ChoiceField("Lực lượng", [Needed("chọn lực lượng")], choices=Force.choices())
    head_signs = BooleanField("Lãnh đạo đơn vị duyệt trước khi gửi báo cáo")


class SpellingForm(UserForm):
    name = LineField("Cách viết khác", [Needed("ghi cách viết"), AtMost(300)])


class CloseForm(ReasonForm):
    on = DateField("Thôi hoạt động từ ngày", [Needed("ghi ngày thôi hoạt động")])
    successor = ChoiceField("Đơn vị kế thừa", blank="Không có đơn vị kế thừa")
