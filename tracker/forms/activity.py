"""A joint activity of the bloc as a form."""

from tracker.domain.reporting import ActivityKind
from tracker.forms.base import (
    AtMost,
    BlockField,
    CheckListField,
    ChoiceField,
    DateField,
    LineField,
    Needed,
    RecordForm,
)
from tracker.forms.numbers import NumberField


class ActivityForm(RecordForm):
    """`units`: the members, offered by the view."""

    title = LineField("Tên hoạt động", [Needed("ghi tên hoạt động"), AtMost(300)])
    kind = ChoiceField("Loại", [Needed("chọn loại hoạt động")], choices=ActivityKind.choices())
    held_on = DateField("Ngày", [Needed("ghi ngày diễn ra, ví dụ 26/03/2026")])
    last_on = DateField("Đến ngày")
    place = LineField("Địa điểm", [AtMost(300)])
    units = CheckListField("Đơn vị tham gia")
    value = NumberField("Giá trị (đồng)", least=0)
    result = BlockField("Kết quả")
