"""A movement (phong trào thi đua) as a form."""

from tracker.domain.reporting import MovementKind, MovementLevel
from tracker.forms.base import AtMost, BlockField, ChoiceField, DateField, LineField, Needed, RecordForm


class MovementForm(RecordForm):
    name = LineField("Tên phong trào", [Needed("ghi tên phong trào"), AtMost(300)])
    level = ChoiceField("Cấp phát động", [Needed("chọn cấp phát động")], choices=MovementLevel.choices())
    kind = ChoiceField("Loại", [Needed("chọn loại phong trào")], choices=MovementKind.choices())
    starts_on = DateField("Từ ngày", [Needed("ghi ngày bắt đầu, ví dụ 01/01/2026")])
    ends_on = DateField("Đến ngày")
    document = LineField("Văn bản phát động", [AtMost(300)])
    content = BlockField("Nội dung")
