"""What a row of a conference must make sense of, for each part; said under the field that is wrong."""

from collections.abc import Callable
from typing import Any

from tracker.domain.conferences import Attendance, ConferenceState, DelegateKind
from tracker.errors import NotOpen, RuleBroken
from tracker.models.conference import Conference
from tracker.models.course import (
    AdoptedDocument,
    AgendaItem,
    Assessment,
    DeclaredCount,
    Delegate,
    Limitation,
    Part,
    Photograph,
    Remark,
)


def still_open(conference: Conference) -> None:
    """NotOpen once the minutes are approved or the conference was cancelled."""
    if conference.state not in ConferenceState.editable():
        raise NotOpen(
            f"Hội nghị đang ở trạng thái “{conference.state.label}” nên nội dung đã khép lại. "
            "Nếu cần sửa, cơ quan thường trực mở lại hội nghị và ghi lý do."
        )


def check(row: Part) -> None:
    """RuleBroken when the row, as it would be saved, makes no sense."""
    CHECKS[type(row)](row)


def _some(value: Any, field: str, what: str) -> None:
    if not value:
        raise RuleBroken(f"Hãy {what}.", field=field)


def _agenda(row: Any) -> None:
    _some(row.title, "title", "ghi nội dung của mục chương trình")
    if row.minutes is not None and row.minutes <= 0:
        raise RuleBroken("Số phút phải từ 1 trở lên; chưa biết thì để trống.", field="minutes")


def _delegate(row: Any) -> None:
    if row.kind is DelegateKind.MEMBER:
        _member(row)
    elif not (row.person_name or row.body or (row.unit and row.kind is DelegateKind.CHAIR)):
        raise RuleBroken(
            "Hãy ghi họ và tên đại biểu, hoặc tên cơ quan nếu không nêu tên người.", field="person_name"
        )
    if row.attendance is Attendance.SUBSTITUTE and not row.person_name:
        raise RuleBroken("“Dự thay” cần họ và tên người dự thay: hãy ghi họ và tên.", field="person_name")
    if row.substitute_for and row.attendance not in (None, Attendance.SUBSTITUTE):
        raise RuleBroken(
            "Đã ghi người được thay: hãy chọn “Dự thay” ở ô tham dự, hoặc để trống ô này.", field="substitute_for"
        )
    if row.people is not None and row.people < 0:
        raise RuleBroken("Số người không thể âm.", field="people")


def _member(row: Any) -> None:
    conference = row.conference
    bloc = conference.bloc.kind.small
    if row.unit is None:
        raise RuleBroken(f"Đại biểu thành viên thuộc một đơn vị trong {bloc}: hãy chọn đơn vị.", field="unit")
    day = conference.first_day
    if not any(m.unit_id == row.unit.id and m.holds_on(day) for m in conference.bloc.memberships):
        raise RuleBroken(
            f"{row.unit.named_on(day).name} không phải thành viên của {bloc} vào ngày họp: "
            "hãy chọn thành phần “Đại biểu mời”.",
            field="unit",
        )


def _text(row: Any) -> None:
    _some(row.text, "text", "ghi nội dung")


def _titled(row: Any) -> None:
    _some(row.title, "title", "ghi tên văn bản")


def _captioned(row: Any) -> None:
    _some(row.caption, "caption", "ghi chú thích ảnh")


def _counted(row: Any) -> None:
    if row.declared is not None and row.declared < 0:
        raise RuleBroken("Số nêu không thể âm.")


CHECKS: dict[type[Part], Callable[[Any], None]] = {
    AgendaItem: _agenda,
    Delegate: _delegate,
    Assessment: _text,
    Limitation: _text,
    Remark: _text,
    DeclaredCount: _counted,
    AdoptedDocument: _titled,
    Photograph: _captioned,
}
