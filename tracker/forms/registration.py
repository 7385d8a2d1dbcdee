"""What a unit registers, as forms: its targets on one page, titles and forms of award; the dated rule."""

from collections.abc import Sequence
from typing import Any

from tracker.domain.submissions import AwardObject
from tracker.forms.base import (
    AtMost,
    BlockField,
    ChoiceField,
    CountField,
    DateField,
    LineField,
    Needed,
    RecordForm,
)
from tracker.forms.numbers import NumberField
from tracker.text import shorten

REQUIRED, FREE = "required", "free"


class TargetsForm(RecordForm):
    """All rows of the pledge on one page: target_… and note_… with the row's public id."""


def targets_form(rows: Sequence[tuple[str, str]], *, adjusting: bool) -> type[TargetsForm]:
    """The class for these rows (public id, content); `adjusting` asks for the reason of a changed figure."""
    fields: dict[str, Any] = {}
    for key, content in rows:
        said = shorten(content, 60)
        fields[f"target_{key}"] = NumberField(f"{said} - chỉ tiêu", least=0)
        fields[f"note_{key}"] = LineField(f"{said} - ghi chú", [AtMost(500)])
    if adjusting:
        fields["reason"] = BlockField("Lý do điều chỉnh (sẽ được lưu)", most=2000)
    return type("TargetsFormOfRows", (TargetsForm,), fields)


class RegistrationForm(RecordForm):
    object = ChoiceField("Đối tượng", [Needed("chọn đối tượng")], choices=AwardObject.choices())
    title = LineField("Danh hiệu, hình thức", [Needed("ghi danh hiệu hoặc hình thức khen thưởng"), AtMost(300)])
    count = CountField("Số lượng", most=100_000)
    note = BlockField("Ghi chú", most=2000)


class RegistrationRuleForm(RecordForm):
    required = ChoiceField(
        "Đăng ký thi đua",
        [Needed("chọn bắt buộc hay không")],
        choices=[(REQUIRED, "Bắt buộc"), (FREE, "Không bắt buộc")],
    )
    basis = LineField("Căn cứ", [AtMost(300)])
    starts_on = DateField("Từ ngày", [Needed("ghi ngày bắt đầu, ví dụ 01/01/2024")])
    ends_on = DateField("Đến trước ngày")
