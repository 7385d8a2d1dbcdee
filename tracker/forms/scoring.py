"""Shape of points: one line on the desk, the unit's explanation, units that stand apart."""

from collections.abc import Mapping
from typing import Any, Self
from zlib import crc32

from wtforms import MultipleFileField

from tracker.domain.scores import Standing
from tracker.forms.base import BlockField, ChoiceField, LineField, Needed, ReasonForm, RecordForm
from tracker.forms.numbers import NumberField
from tracker.text import clean_line

MOST_REASON = 500
MOST_TEXT = 5000


def mark(points: str, reason: str) -> str:
    """A short mark of what a line shows, so that who types nothing changes nothing."""
    return f"{crc32(f'{clean_line(points)}|{clean_line(reason)}'.encode()):08x}"


class PointsForm(RecordForm):
    """One line's points and the reason where they differ."""

    points = NumberField("Điểm")
    reason = LineField("Lý do")

    @classmethod
    def of(cls, key: str, posted: Any) -> Self:
        made = cls(posted, prefix=key)
        made.validate()
        if len(made.reason.data or "") > MOST_REASON:
            long = len(made.reason.data or "")
            made.reason.errors = [f"Lý do dài {long} ký tự, nhiều nhất {MOST_REASON}: hãy rút gọn."]
        return made

    @property
    def faults(self) -> Mapping[str, str]:
        """{field: sentence} of what cannot be taken."""
        return {f.short_name: " ".join(f.errors) for f in (self.points, self.reason) if f.errors}


class ExplanationForm(RecordForm):
    """The unit's words on the points of a line, with files."""

    text = BlockField("Nội dung giải trình", [Needed("ghi nội dung giải trình")], most=MOST_TEXT)
    files = MultipleFileField("Tài liệu kèm theo")

    def chosen(self) -> list[tuple[Any, str]]:
        """(stream, name) of each file that was chosen."""
        return [(each.stream, each.filename) for each in self.files.data or [] if getattr(each, "filename", "")]


class SetApartForm(ReasonForm):
    """Why a unit stands apart."""

    standing = ChoiceField("Trường hợp", [Needed("chọn trường hợp")], choices=[(s.value, s.label) for s in Standing])
