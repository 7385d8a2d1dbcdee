"""Shape of criteria sets, their rows, bands, and what is not assigned."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field

from tracker.domain.criteria import BandBasis, CriterionPart, Direction, RankBasis, Rounding, ScoreFunction
from tracker.domain.criteria_tree import BandStep
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    CheckListField,
    ChoiceField,
    CountField,
    FileField,
    LineField,
    Needed,
    RecordForm,
    UserForm,
)
from tracker.forms.numbers import NumberField

FEWEST_BANDS, MOST_BANDS = 6, 60
CLOSED, OPEN = "closed", "open"
LOW_ENDS = [(CLOSED, "kể cả số này"), (OPEN, "trên số này")]
HIGH_ENDS = [(OPEN, "dưới số này"), (CLOSED, "kể cả số này")]


class CriteriaSetForm(RecordForm):
    """What a set says of itself."""

    name = LineField("Tên bộ tiêu chí", [Needed("ghi tên bộ tiêu chí"), AtMost(300)])
    decision = LineField("Văn bản ban hành", [AtMost(300)])
    declared_total = NumberField("Tổng điểm công bố", least=0)
    rank_by = ChoiceField("Xếp hạng theo", choices=RankBasis.choices())
    places = ChoiceField("Số chữ số lẻ của điểm", choices=[(str(number), str(number)) for number in range(5)])
    rounding = ChoiceField("Cách làm tròn", choices=Rounding.choices())

    def given(self) -> dict[str, Any]:
        """The values as the service takes them."""
        return {
            **self.values("year"),
            "rank_by": RankBasis(self.rank_by.data),
            "places": int(self.places.data),
            "rounding": Rounding(self.rounding.data),
        }


class NewCriteriaSetForm(CriteriaSetForm):
    year = CountField("Năm", [Needed("ghi năm, ví dụ 2026")], most=2200)


class CopyForm(UserForm):
    """A set of this bloc or another, for a year of this bloc."""

    source = ChoiceField("Sao từ bộ tiêu chí", [Needed("chọn bộ tiêu chí để sao")], blank="Chọn bộ tiêu chí")
    year = CountField("Cho năm", [Needed("ghi năm, ví dụ 2027")], most=2200)


class CriterionForm(RecordForm):
    """A row of the tree. Fields that its rule does not read are taken off the form."""

    parent = ChoiceField("Nằm trong", blank="Ngoài cùng (mục lớn)")
    number = LineField("Số thứ tự", [Needed("ghi số thứ tự, ví dụ I, 1 hoặc 1a"), AtMost(20)])
    title = BlockField("Nội dung", [Needed("ghi nội dung")], most=2000)
    function = ChoiceField("Cách chấm", choices=ScoreFunction.choices(), blank="Không chấm: đây là nhóm")
    part = ChoiceField("Phần", choices=CriterionPart.choices())
    maximum = NumberField("Điểm tối đa", least=0)
    unit_of_measure = LineField("Đơn vị tính", [AtMost(60)])
    direction = ChoiceField("Chiều", choices=Direction.choices(), blank="Chưa chọn")
    band_basis = ChoiceField("Bậc tính theo", choices=BandBasis.choices(), blank="Chưa chọn")
    points_each = NumberField("Điểm mỗi lần", least=0)
    limit_points = NumberField("Giới hạn điểm", least=0)
    floor_points = NumberField("Điểm thấp nhất")
    pledge_lineage = ChoiceField("Đo chỉ tiêu giao ước", blank="Không gắn với chỉ tiêu nào")
    evidence_required = BooleanField("Cần tài liệu minh chứng")
    guidance = BlockField("Hướng dẫn cho đơn vị", most=2000)

    def given(self) -> dict[str, Any]:
        """The values as the service takes them, without the parent."""
        words = {
            "function": ScoreFunction, "part": CriterionPart, "direction": Direction, "band_basis": BandBasis,
        }  # fmt: skip
        values = self.values("parent")
        for name, enum in words.items():
            if name in values:
                values[name] = enum(values[name]) if values[name] else None
        return values


class BandsForm(RecordForm):
    """Several bands at once; bands_form makes its fields. A row in which nothing was typed is no band."""

    rows = 0
    by_day = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, and points wherever an end is typed."""
        sound = super().validate(extra_validators)
        for place in range(1, self.rows + 1):
            low, high, points = (self[f"{name}_{place}"] for name in ("low", "high", "points"))
            if points.data is None and not points.errors and (low.data is not None or high.data is not None):
                points.errors = [*points.errors, "Hãy ghi điểm của bậc này; không được điểm nào thì ghi 0."]
                sound = False
            if low.data is not None and high.data is not None and low.data > high.data:
                low.errors = [*low.errors, "Đầu dưới lớn hơn đầu trên: hãy đổi chỗ hai số."]
                sound = False
        return bool(sound)

    def steps(self) -> list[BandStep]:
        """The bands that were typed, in their order."""
        found = []
        for place in range(1, self.rows + 1):
            points: Decimal | None = self[f"points_{place}"].data
            if points is None:
                continue
            low, high = self[f"low_{place}"].data, self[f"high_{place}"].data
            low_closed = self.by_day or self[f"low_end_{place}"].data == CLOSED
            high_closed = self.by_day or self[f"high_end_{place}"].data == CLOSED
            found.append(BandStep(low, high, points, low_closed, high_closed))
        return found


def bands_form(rows: int, *, by_day: bool, sign: str = "") -> type[BandsForm]:
    """A form with `rows` rows of band fields; days late have both ends closed, so they are not asked."""
    count = max(FEWEST_BANDS, min(rows, MOST_BANDS))
    fields: dict[str, Any] = {"rows": count, "by_day": by_day}
    for place in range(1, count + 1):
        unit = " (số ngày)" if by_day else f" ({sign})" if sign else ""
        fields[f"low_{place}"] = NumberField(f"Bậc {place}, từ{unit}")
        if not by_day:
            fields[f"low_end_{place}"] = ChoiceField(f"Bậc {place}, đầu dưới", choices=LOW_ENDS)
        fields[f"high_{place}"] = NumberField(f"Bậc {place}, đến{unit}")
        if not by_day:
            fields[f"high_end_{place}"] = ChoiceField(f"Bậc {place}, đầu trên", choices=HIGH_ENDS)
        fields[f"points_{place}"] = NumberField(f"Bậc {place}, điểm")
    return type("BandsForm", (BandsForm,), fields)


def band_values(bands: Sequence[BandStep], *, by_day: bool) -> dict[str, Any]:
    """The fields' values for bands that are kept; rows behind them stay blank, from closed to open."""
    values: dict[str, Any] = {}
    for place in range(1, MOST_BANDS + 1):
        band = bands[place - 1] if place <= len(bands) else None
        values[f"low_{place}"] = band.low if band else None
        values[f"high_{place}"] = band.high if band else None
        values[f"points_{place}"] = band.points if band else None
        if not by_day:
            values[f"low_end_{place}"] = CLOSED if band is None or band.low_closed else OPEN
            values[f"high_end_{place}"] = OPEN if band is None or not band.high_closed else CLOSED
    return values


class AssignForm(RecordForm):
    """Which leaves are not assigned to which units: "criterion.unit" for each ticked box, and the reason."""

    off = CheckListField("Không được giao", choices=[])
    reason = BlockField("Lý do (sẽ được lưu)", [Needed("ghi lý do giao hoặc không giao")], most=2000)

    def ticked(self) -> list[tuple[str, str]]:
        """(criterion's public id, unit's public id) of every ticked box."""
        return [(value.partition(".")[0], value.partition(".")[2]) for value in self.off.data or []]


class CriteriaUploadForm(UserForm):
    file = FileField("Tệp Excel của bộ tiêu chí")

    def validate(self, extra_validators: Any = None) -> bool:
        """A file must have been chosen."""
        sound = super().validate(extra_validators)
        field: Field = self.file
        if not field.data or not getattr(field.data, "filename", ""):
            field.errors = [*field.errors, "Hãy chọn tệp Excel để gửi vào."]
            return False
        return bool(sound)
