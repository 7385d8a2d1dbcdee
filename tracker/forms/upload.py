"""Shape of sending workbooks in and of saying yes to them."""

from wtforms import MultipleFileField

from tracker.forms.base import ChoiceField, FileField, HiddenField, Needed, UserForm

WORKBOOK_TYPES = ".xlsx,.xls,.ods"


class UploadForm(UserForm):
    """One workbook."""

    file = FileField("Tệp Excel đã điền", [Needed("chọn tệp")], render_kw={"accept": WORKBOOK_TYPES})


class UploadManyForm(UserForm):
    """Several workbooks, or archives of them."""

    files = MultipleFileField(
        "Các tệp biểu, hoặc một tệp nén .zip", [Needed("chọn ít nhất một tệp")],
        render_kw={"accept": f"{WORKBOOK_TYPES},.zip"},
    )  # fmt: skip


class ConfirmForm(UserForm):
    """Yes to a preview: `shown` is its mark; `keep` says which side holds where both changed."""

    shown = HiddenField()
    keep = ChoiceField(
        "Với các dòng đã sửa trên chương trình sau khi tải biểu",
        choices=[("saved", "Giữ như đang lưu"), ("file", "Lấy theo tệp")],
        blank="Chưa chọn",
    )
