"""Shape of input: our fields (cleaned text, Vietnamese dates and numbers) and our messages, for all forms."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    Field,
    FileField,
    Form,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from tracker.domain.vietnamese import short_date
from tracker.text import clean_block, clean_line

__all__ = [
    "AtMost",
    "BlockField",
    "BooleanField",
    "CheckListField",
    "ChoiceField",
    "CountField",
    "DateField",
    "FileField",
    "HiddenField",
    "HourField",
    "LineField",
    "Needed",
    "PasswordField",
    "ReasonForm",
    "RecordForm",
    "UserForm",
]

LONGEST_BLOCK = 20_000


class Needed:
    """The field must be filled in. `what` completes the sentence "Hãy …"."""

    field_flags: ClassVar[dict[str, Any]] = {"required": True}

    def __init__(self, what: str) -> None:
        self.what = what

    def __call__(self, form: Form, field: Field) -> None:
        if field.data is None or field.data == "" or field.data == []:
            if field.errors:
                return
            raise ValidationError(f"Hãy {self.what}.")


class AtMost:
    """At most `most` characters; the sentence says how many there are and how many to leave out."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: Form, field: Field) -> None:
        length = len(field.data or "")
        if length > self.most:
            raise ValidationError(
                f"“{field.label.text}” dài {length} ký tự, nhiều nhất {self.most}: hãy bớt {length - self.most} ký tự."
            )


class Vietnamese:
    """WTForms ships no Vietnamese: the few built-in messages that our fields can still raise."""

    WORDS: ClassVar[dict[str, str]] = {
        "Not a valid choice.": "Hãy chọn một mục trong danh sách.",
        "Not a valid choice": "Hãy chọn một mục trong danh sách.",
        "Invalid Choice: could not coerce.": "Hãy chọn một mục trong danh sách.",
        "Not a valid integer value.": "Hãy nhập một số nguyên, ví dụ 12.",
        "Invalid value, must be a number.": "Hãy nhập một số.",
    }

    def gettext(self, string: str) -> str:
        return self.WORDS.get(string, "Giá trị không hợp lệ: hãy kiểm tra lại ô này.")

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular)


class UserForm(Form):
    """The base of every form. CSRF is checked for all requests before any form (Flask-WTF's CSRFProtect)."""

    class Meta:
        def get_translations(self, form: Form) -> Vietnamese:
            return Vietnamese()

    def values(self, *without: str) -> dict[str, Any]:
        """What was typed, by field name, without hidden bookkeeping; blank text is None."""
        left_out = {"version", *without}
        return {
            name: (None if field.data == "" else field.data)
            for name, field in self._fields.items()
            if name not in left_out
        }

    def refuse(self, sentence: str, field: str | None) -> None:
        """Put a broken rule's sentence under its field, or on top of the form."""
        if field and field in self._fields:
            self._fields[field].errors = [*self._fields[field].errors, sentence]
        else:
            self.form_errors.append(sentence)


class RecordForm(UserForm):
    """A form of an editable record: it carries the version that was read."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the form was opened with; 0 when it is missing or no number, which never matches."""
        sent = self.version.raw_data or [""]
        text = str(sent[0])
        return int(text) if text.isdigit() else 0


class LineField(StringField):
    """One line of text: NFC, trimmed, one space."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = clean_line(valuelist[0])


class BlockField(TextAreaField):
    """Several lines of text: NFC, lines kept, at most 20,000 characters."""

    def __init__(self, label: str, validators: Iterable[Any] = (), *, most: int = LONGEST_BLOCK, **kwargs: Any) -> None:
        super().__init__(label, [AtMost(most), *validators], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = clean_block(valuelist[0])


class _TypedText(Field):
    """A text box whose content is read as something else; what cannot be read stays in the box as it was typed."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.written(self.data)

    def written(self, value: Any) -> str:
        return str(value)

    def read(self, text: str) -> Any:
        return text

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = clean_line(valuelist[0]) if valuelist else ""
        self.data = None
        if text:
            self.data = self.read(text)


class DateField(_TypedText):
    """ngày/tháng/năm, as 20/7/2022 or 20-07-2022."""

    def written(self, value: Any) -> str:
        return short_date(value)

    def read(self, text: str) -> date:
        parts = text.replace("-", "/").replace(".", "/").split("/")
        wrong = ValueError(f"“{text}” chưa phải là một ngày: hãy ghi ngày/tháng/năm, ví dụ 20/07/2022.")
        if len(parts) != 3 or not all(part.strip().isdigit() for part in parts):
            raise wrong
        day, month, year = (int(part) for part in parts)
        if not 1900 <= year <= 2200:
            raise ValueError(f"Năm trong “{text}” phải có bốn chữ số, từ 1900 đến 2200.")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValueError(f"Không có ngày “{text}” trong lịch: hãy xem lại ngày và tháng.") from None


class HourField(_TypedText):
    """giờ:phút, as 7:30, 7h30, 14:00 or 8h."""

    def written(self, value: Any) -> str:
        return f"{value:%H:%M}"

    def read(self, text: str) -> time:
        plain = text.lower().replace(" ", "").replace("giờ", ":").replace("h", ":").replace("g", ":").strip(":")
        try:
            return datetime.strptime(plain if ":" in plain else f"{plain}:00", "%H:%M").time()
        except ValueError:
            raise ValueError(f"“{text}” chưa phải là giờ: hãy ghi giờ:phút, ví dụ 7:30 hoặc 14:00.") from None


class CountField(_TypedText):
    """A whole number, not negative; 1.286 is one thousand two hundred and eighty-six."""

    def __init__(self, label: str, validators: Iterable[Any] = (), *, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(label, list(validators), **kwargs)
        self.most = most

    def read(self, text: str) -> int:
        groups = text.split(".")
        grouped = len(groups) > 1 and all(len(group) == 3 for group in groups[1:])
        plain = "".join(groups) if grouped else text
        if not plain.isascii() or not plain.isdigit():
            raise ValueError(f"“{text}” chưa phải là số nguyên không âm, ví dụ 8.")
        if int(plain) > self.most:
            raise ValueError(f"{text} lớn hơn {self.most}: hãy xem lại.")
        return int(plain)


class ChoiceField(SelectField):
    """One of a list. `blank` is the words of "none chosen", whose value is None."""

    def __init__(self, label: str, validators: Iterable[Any] = (), *, choices: Any = None, blank: str | None = None,
                 **kwargs: Any) -> None:
        given = [("", blank), *(choices or [])] if blank is not None else choices
        super().__init__(label, list(validators), choices=given, coerce=_code, **kwargs)
        self.blank = blank

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Set the choices when the form is made: (code, words)."""
        self.choices = [*([("", self.blank)] if self.blank is not None else []), *choices]


def _code(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


class CheckListField(SelectMultipleField):
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReasonForm(RecordForm):
    """A dangerous step: the reason that will be kept."""

    reason = BlockField("Lý do (sẽ được lưu)", [Needed("ghi lý do")], most=2000)

