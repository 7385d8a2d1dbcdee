"""Shape of a unit's lines and texts, of what the secretariat returns, and of the steps."""

from collections.abc import Mapping, Sequence
from typing import Any, Self
from zlib import crc32

from wtforms import Field

from tracker.domain.quantities import said
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    CountField,
    HiddenField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)
from tracker.forms.numbers import NumberField

MOST_COUNT = 2_000_000_000
MOST_NOTE = 2_000
MOST_REPLY = 5_000


class _PlaceForm(RecordForm):
    """A line or a text among others on one page. `was` is a mark of what the page showed: who types nothing changes
    nothing, whatever a colleague saved meanwhile."""

    was = HiddenField()

    @classmethod
    def of(cls, key: str, values: Mapping[str, Any], posted: Any = None) -> Self:
        """The form of the place `key`, from what is stored, or from the post if it holds this place."""
        sent = posted if posted is not None and f"{key}-version" in posted else None
        made = cls(sent, prefix=key, data={**values})
        if sent is None:
            made.was.data = made.mark()
        return made

    def mark(self) -> str:
        """A short mark of what the fields say."""
        return f"{crc32(repr([self._said(field) for field in self.typed()]).encode()):08x}"

    def typed(self) -> list[Field]:
        raise NotImplementedError

    @property
    def touched(self) -> bool:
        """Whether it says anything else than the page showed, or cannot be read."""
        return bool(self.errors) or self.mark() != self.was.data

    @staticmethod
    def _said(field: Field) -> str:
        if isinstance(field, NumberField):
            return "" if field.data is None else said(field.data)
        return str(field.data if field.data is not None else "")


class EntryForm(_PlaceForm):
    """One line: the result, how often, a note."""

    actual = NumberField("Kết quả")
    count = CountField("Số lần", most=MOST_COUNT)
    note = BlockField("Ghi chú", most=MOST_NOTE)
    reply = BlockField("Trả lời thường trực khối", most=MOST_REPLY)

    def typed(self) -> list[Field]:
        return [self.actual, self.count, self.note]


class SectionForm(_PlaceForm):
    """One part of the narrative."""

    text = BlockField("Nội dung")
    reply = BlockField("Trả lời thường trực khối", most=MOST_REPLY)

    def typed(self) -> list[Field]:
        return [self.text]


class CommentForm(UserForm):
    """A word between the unit and the secretariat, about the whole or one place (its public id)."""

    text = BlockField("Trao đổi", [Needed("ghi nội dung trao đổi")], most=MOST_REPLY)
    place = HiddenField()


class OptionalReasonForm(ReasonForm):
    """A step whose reason may stay blank."""

    reason = BlockField("Ghi thêm (sẽ được lưu)", most=2000)


class ReturnedPlaceForm(UserForm):
    """A box and a reason beside each place of a report."""

    returned = BooleanField("Trả lại")
    why = BlockField("Lý do trả lại", [AtMost(2000)], most=2000)


class ReturnForm(UserForm):
    """What goes back: the whole with its reason, or the ticked places, each with its own."""

    reason = BlockField("Lý do trả lại toàn bộ, hoặc lời nhắn chung", most=2000)
    whole = BooleanField("Trả lại toàn bộ báo cáo")

    def places(self, forms: Sequence[tuple[str, ReturnedPlaceForm]]) -> list[tuple[str, str]]:
        """(key, reason) of the ticked places; a sentence goes under each that lacks its reason."""
        ticked = []
        for key, each in forms:
            if not each.returned.data:
                if each.why.data:
                    each.returned.errors = ["Đã ghi lý do mà chưa đánh dấu “Trả lại”: hãy đánh dấu, hoặc xóa lý do."]
                continue
            if not each.why.data:
                each.why.errors = [*each.why.errors, "Hãy ghi lý do trả lại chỗ này: đơn vị dựa vào đó để sửa."]
            ticked.append((key, each.why.data or ""))
        return ticked
