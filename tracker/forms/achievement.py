"""Shape of an achievement's page: each kind asks for its own fields."""

from typing import Any, BinaryIO, ClassVar

from wtforms import Field, Form, MultipleFileField, ValidationError

from tracker.domain.submissions import AchievementKind, AwardLevel, AwardMethod, AwardObject, AwardSystem
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    ChoiceField,
    CountField,
    DateField,
    LineField,
    Needed,
    RecordForm,
    UserForm,
)
from tracker.forms.numbers import NumberField

LINE, LONG_LINE = 200, 300
AWARD_FIELDS = (
    "award", "award_object", "award_method", "count", "decision_number", "decided_on", "conferred_level",
    "conferred_system",
)  # fmt: skip
#: Kind → the fields its page asks for, in order.
ASKED: dict[AchievementKind, tuple[str, ...]] = {
    AchievementKind.COLLECTIVE: ("subject", "text", "field", "happened_on", "movement"),
    AchievementKind.PERSON: ("subject", "text", "field", "happened_on", "movement"),
    AchievementKind.EXAMPLE: ("subject", "text", "field", "happened_on", "movement"),
    AchievementKind.INITIATIVE: ("subject", "text", "field", "happened_on", "value", "movement"),
    AchievementKind.HELP: ("subject", "text", "happened_on", "value", "movement"),
    AchievementKind.AWARD: ("subject", "award", *AWARD_FIELDS[1:], "text", "movement"),
}
#: Kind → how its first two fields are called.
CALLED: dict[AchievementKind, tuple[str, str]] = {
    AchievementKind.COLLECTIVE: ("Tập thể", "Thành tích"),
    AchievementKind.PERSON: ("Cá nhân", "Thành tích"),
    AchievementKind.EXAMPLE: ("Tập thể, cá nhân điển hình", "Việc làm, kết quả được nêu gương"),
    AchievementKind.INITIATIVE: ("Tác giả, nhóm tác giả", "Sáng kiến và hiệu quả"),
    AchievementKind.HELP: ("Xã, hộ được giúp đỡ", "Việc đã giúp"),
    AchievementKind.AWARD: ("Tập thể, cá nhân, hộ được khen", "Thành tích được khen"),
}


class AchievementForm(RecordForm):
    """All fields of every kind; `ask` keeps those of one."""

    subject = LineField("Tập thể, cá nhân", [Needed("ghi tên tập thể, cá nhân"), AtMost(LONG_LINE)])
    award = LineField(
        "Danh hiệu, hình thức khen thưởng", [Needed("ghi danh hiệu hoặc hình thức khen thưởng"), AtMost(LONG_LINE)]
    )
    award_object = ChoiceField(
        "Đối tượng", [Needed("chọn đối tượng được khen")], choices=AwardObject.choices(), blank="Chọn đối tượng"
    )
    award_method = ChoiceField("Phương thức khen thưởng", choices=AwardMethod.choices(), blank="chưa rõ")
    count = CountField("Số lượng", most=100_000)
    decision_number = LineField("Số quyết định", [AtMost(100)])
    decided_on = DateField("Ngày quyết định")
    conferred_level = ChoiceField("Cấp khen thưởng", choices=AwardLevel.choices(), blank="chưa rõ")
    conferred_system = ChoiceField("Hệ thống khen thưởng", choices=AwardSystem.choices(), blank="chưa rõ")
    text = BlockField("Thành tích", [Needed("ghi thành tích")], most=5000)
    field = LineField("Lĩnh vực", [AtMost(LINE)])
    happened_on = DateField("Ngày")
    value = NumberField("Giá trị (đồng)", least=0)
    movement = ChoiceField("Phong trào thi đua", blank="không theo phong trào nào")

    def ask(self, kind: AchievementKind, movements: list[tuple[str, str]]) -> None:
        """Keep the fields of `kind`, call them by their names, offer the movements (public id, name)."""
        for name in [name for name in self._fields if name != "version" and name not in ASKED[kind]]:
            del self[name]
        self.subject.label.text, self.text.label.text = CALLED[kind]
        self.movement.offer(movements)
        if kind is AchievementKind.AWARD:
            self.text.validators = [each for each in self.text.validators if not isinstance(each, Needed)]
            self.text.flags.required = False


class SomeFile:
    """At least one file was chosen; browsers send an empty one where none was."""

    field_flags: ClassVar[dict[str, Any]] = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        if not any(getattr(sent, "filename", "") for sent in field.data or []):
            raise ValidationError("Hãy chọn ít nhất một tệp.")


class EvidenceForm(UserForm):
    """Files, and what their sender states of them."""

    files = MultipleFileField("Tệp", [SomeFile()])
    no_secrets = BooleanField("Tôi đã xem và xác nhận các tệp này không chứa bí mật nhà nước")

    def chosen(self) -> list[tuple[BinaryIO, str]]:
        """(stream, name) of each file."""
        return [(sent.stream, sent.filename) for sent in self.files.data or [] if getattr(sent, "filename", "")]

    def validate_no_secrets(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("Hãy xem lại các tệp và đánh dấu xác nhận; tệp có bí mật nhà nước không gửi ở đây.")
