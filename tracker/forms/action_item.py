"""Forms of action items: made, corrected, given, moved, cancelled, merged, reported on, reviewed at a conference."""

from wtforms import MultipleFileField

from tracker.domain.action_items import Priority
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    CheckListField,
    ChoiceField,
    CountField,
    DateField,
    LineField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)

REPORT, ASK_CLOSING = "report", "ask_closing"


class ItemForm(UserForm):
    """A new item. `units` is offered by the view: the members of the day."""

    text = BlockField("Nội dung nhiệm vụ", [Needed("ghi nội dung nhiệm vụ")])
    all_units = BooleanField("Giao cho tất cả đơn vị thành viên")
    units = CheckListField("Đơn vị thực hiện")
    owner_text = LineField("Đơn vị thực hiện như văn bản nêu", [AtMost(200)])
    due_on = DateField("Thời hạn")
    priority = ChoiceField("Mức ưu tiên", choices=Priority.choices())


class ItemEditForm(RecordForm):
    """What may be corrected without a reason; units and the due date have steps of their own."""

    text = BlockField("Nội dung nhiệm vụ", [Needed("ghi nội dung nhiệm vụ")])
    owner_text = LineField("Đơn vị thực hiện như văn bản nêu", [AtMost(200)])
    priority = ChoiceField("Mức ưu tiên", choices=Priority.choices())


class UnitForm(UserForm):
    """One more unit for an item. `unit` is offered by the view: members that do not have it."""

    unit = ChoiceField("Đơn vị nhận việc", [Needed("chọn đơn vị nhận việc")], blank="Chọn đơn vị")


class DueForm(ReasonForm):
    """Another due date; blank for none."""

    due_on = DateField("Thời hạn mới")


class MergeForm(ReasonForm):
    """The item that goes on. `into` is offered by the view: the bloc's other open items."""

    into = ChoiceField("Gộp vào nhiệm vụ", [Needed("chọn nhiệm vụ để gộp vào")], blank="Chọn nhiệm vụ")


class ProgressForm(UserForm):
    """What a unit did, and whether it asks for closing."""

    text = BlockField("Đã làm được gì", [Needed("ghi đơn vị đã làm được gì")], most=5000)
    percent = CountField("Tiến độ (%)", most=100)
    files = MultipleFileField("Tài liệu kèm theo")
    ask_closing = BooleanField("Đã làm xong, đề nghị thường trực khối xác nhận hoàn thành")


class ClosingForm(UserForm):
    """Closing a part; a word for the unit may go with it."""

    text = BlockField("Lời xác nhận", most=2000)


class DecisionForm(UserForm):
    """What a conference says and decides of one open item; drawn once for each item, with its prefix."""

    text = BlockField("Hội nghị nêu", most=5000)
    decision = ChoiceField("Quyết định")
    due_on = DateField("Thời hạn mới")
