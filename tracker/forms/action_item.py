"""Forms of action items: made, corrected, given, moved, cancelled, merged, reported on, reviewed at a conference."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import MultipleFileField

from tracker.domain.action_items import Priority, ReviewDecision
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


class ItemForm(UserForm):
    """A new item. `units` is offered by the view: the members of the day."""

    text = BlockField("Nội dung nhiệm vụ", [Needed("ghi nội dung nhiệm vụ")])
    all_units = BooleanField("Giao cho tất cả đơn vị thành viên")
    units = CheckListField("Đơn vị thực hiện")
    owner_text = LineField("Đơn vị thực hiện như văn bản nêu", [AtMost(200)])
    due_on = DateField("Thời hạn")
    priority = ChoiceField("Mức ưu tiên", choices=Priority.choices())

    @property
    def chosen_priority(self) -> Priority:
        """The priority as our own word; asked after the form was found valid."""
        return next(one for one in Priority if one.value == self.priority.data)


class ItemEditForm(RecordForm):
    """What may be corrected without a reason; units and the due date have steps of their own."""

    text = BlockField("Nội dung nhiệm vụ", [Needed("ghi nội dung nhiệm vụ")])
    owner_text = LineField("Đơn vị thực hiện như văn bản nêu", [AtMost(200)])
    priority = ChoiceField("Mức ưu tiên", choices=Priority.choices())

    @property
    def chosen_priority(self) -> Priority:
        """The priority as our own word; asked after the form was found valid."""
        return next(one for one in Priority if one.value == self.priority.data)


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


class ReviewForm(RecordForm):
    """All open items of a conference on one page: words, decision and new due date for each, by its public id."""

    def said_of(self, key: str) -> tuple[str, ReviewDecision, date | None, str]:
        """(words, decision, new due date, the prefix of its fields) of one item."""
        decision = next(one for one in ReviewDecision if one.value == self[f"{key}-decision"].data)
        return self[f"{key}-text"].data or "", decision, self[f"{key}-due_on"].data, f"{key}-"


def review_form(keys: Sequence[str]) -> type[ReviewForm]:
    """The class for these items. WTForms builds fields in the order they are set here."""
    fields: dict[str, Any] = {}
    for key in keys:
        fields[f"{key}-text"] = BlockField("Hội nghị nêu", most=5000)
        fields[f"{key}-decision"] = ChoiceField("Quyết định", choices=ReviewDecision.choices())
        fields[f"{key}-due_on"] = DateField("Thời hạn mới")
    return type("ReviewFormOfItems", (ReviewForm,), fields)
