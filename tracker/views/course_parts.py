"""The parts of a conference as pages know them: which table, which form, which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _

from tracker.domain.blocs import BlocKind
from tracker.domain.conferences import AssessmentKind, Attendance, DelegateKind, RemarkKind
from tracker.domain.doubts import doubts
from tracker.domain.labels import Labelled
from tracker.forms import course as forms
from tracker.forms.base import RecordForm, UserForm
from tracker.models.conference import Conference
from tracker.models.course import (
    AdoptedDocument,
    AgendaItem,
    Assessment,
    Delegate,
    Limitation,
    Part,
    Photograph,
    Remark,
)
from tracker.queries import course as courses

bp = Blueprint("course", __name__)
bp.add_app_template_global(doubts, "doubts_of")


@bp.app_template_global("speeches_of")
def speeches_of(remarks: Sequence[Remark]) -> list[list[tuple[int, Remark]]]:
    """Remarks that follow each other from one speaker, together; each with its number in the whole list, from 1."""
    spoken = groupby(enumerate(remarks, 1), key=lambda each: (each[1].speaker_name, each[1].speaker_post))
    return [list(rows) for _speaker, rows in spoken]


@dataclass(frozen=True)
class PartKind:
    """`words`: field → the enum behind its codes. `many`: the form of several rows, with the field a line goes into."""

    slug: str
    model: type[Any]
    form: type[RecordForm]
    words: Mapping[str, type[Labelled]] = field(default_factory=dict)
    many: type[forms.Lines] | None = None
    line_field: str = "text"
    has_unit: bool = False
    has_file: bool = False


PARTS = {
    part.slug: part
    for part in (
        PartKind("agenda", AgendaItem, forms.AgendaForm, many=forms.AgendaLines, line_field="title"),
        PartKind(
            "delegates", Delegate, forms.DelegateForm, {"kind": DelegateKind, "attendance": Attendance}, has_unit=True
        ),
        PartKind("assessments", Assessment, forms.AssessmentForm, {"kind": AssessmentKind}, forms.AssessmentLines),
        PartKind("limitations", Limitation, forms.LimitationForm, many=forms.LimitationLines, has_unit=True),
        PartKind("remarks", Remark, forms.RemarkForm, {"kind": RemarkKind}, forms.RemarkLines, has_unit=True),
        PartKind("documents", AdoptedDocument, forms.DocumentForm, has_file=True),
        PartKind("photos", Photograph, forms.PhotoForm, has_file=True),
    )
}
#: Where each part stands on the conference's page.
ANCHORS = {
    "agenda": "chuong-trinh", "delegates": "dai-bieu", "assessments": "danh-gia", "limitations": "han-che",
    "remarks": "chi-dao", "documents": "van-ban", "photos": "anh",
}
ANY = "any(" + ",".join(PARTS) + ")"
ANY_MANY = "any(" + ",".join(slug for slug, part in PARTS.items() if part.many) + ")"


@dataclass(frozen=True)
class Words:
    """What the pages of a part say."""

    new: str
    edit: str
    many: str
    saved: str
    deleted: str


def words(slug: str) -> Words:
    """The words of one part, in the reader's language."""
    named = {
        "agenda": (_("mục chương trình"), _("các mục chương trình")),
        "delegates": (_("đại biểu"), _("các đại biểu")),
        "assessments": (_("đoạn đánh giá"), _("các đoạn đánh giá")),
        "limitations": (_("hạn chế"), _("các hạn chế")),
        "remarks": (_("phát biểu"), _("các ý của một người phát biểu")),
        "documents": (_("văn bản thông qua"), ""),
        "photos": (_("ảnh"), ""),
    }
    one, several = named[slug]
    return Words(
        new=_("Thêm %(what)s", what=one),
        edit=_("Sửa %(what)s", what=one),
        many=_("Thêm %(what)s", what=several),
        saved=_("Đã lưu %(what)s.", what=one),
        deleted=_("Đã xóa %(what)s.", what=one),
    )


def hints(slug: str, kind: BlocKind) -> dict[str, str]:
    """What to write where, with an example."""
    said = {
        "agenda": {"presenter": _("Ví dụ: Đại diện đơn vị %(Bloc)s trưởng.", Bloc=kind.word)},
        "delegates": {
            "unit": _("Đại biểu thành viên thì chọn đơn vị; đại biểu mời có thể để trống."),
            "body": _("Ví dụ: Văn phòng UBND tỉnh. Một cơ quan không nêu tên người cũng là một đại biểu."),
            "attendance": _("“Dự thay” cần họ và tên người dự thay."),
            "substitute_for": _("Chỉ ghi khi dự thay, ví dụ: Giám đốc Sở."),
            "people": _("Số người cùng đi tính cả người được ghi tên; chưa biết thì để trống."),
        },
        "assessments": {
            "topic": _("Ví dụ: Bảo đảm an ninh trật tự."),
            "text": _("Không bắt buộc có số liệu. Mỗi dòng là một đoạn."),
            "scope": _("Ví dụ: một số đơn vị; toàn %(bloc)s.", bloc=kind.small),
        },
        "limitations": {
            "scope": _("Khi không nêu tên đơn vị, ví dụ: một số đơn vị."),
            "assessor": _("Ví dụ: Đại diện các đơn vị."),
        },
        "remarks": {
            "heading": _("Ý ngắn đặt trước nội dung, ví dụ: Ghi nhận; Nhấn mạnh."),
            "speaker_post": _("Ghi đủ như văn bản nêu, các chức vụ cách nhau bằng dấu phẩy."),
        },
        "documents": {"file": _("PDF, Word, Excel, OpenDocument hoặc ảnh. Không có tệp vẫn ghi được tên văn bản.")},
        "photos": {"file": _("JPG hoặc PNG. Thông tin nơi chụp, máy chụp trong ảnh được bỏ đi khi lưu.")},
    }
    return said[slug]


def row_or_404(conference: Conference, part: PartKind, row_id: str) -> Any:
    """The row of this conference, else 404 as for an id that does not exist."""
    row = courses.row(conference, part.model, row_id)
    if row is None:
        abort(404)
    return row


def values_of(row: Part, part: PartKind) -> dict[str, Any]:
    """A row as its form shows it: codes, the unit's public id, the version."""
    values: dict[str, Any] = {"version": row.version}
    for name in part.form()._fields:
        if name in part.words:
            word = getattr(row, name)
            values[name] = word.value if word is not None else None
        elif name == "unit":
            unit = getattr(row, "unit", None)
            values[name] = unit.public_id if unit is not None else None
        elif hasattr(row, name):
            values[name] = getattr(row, name)
    return values


def row_values(form: UserForm, part: PartKind) -> dict[str, Any]:
    """What was typed as the table takes it: enums for codes, a unit for its id; files are stored by the view."""
    values = {name: value for name, value in form.values("file", "no_secrets", "drop_file", "lines").items()}
    for name, enum in part.words.items():
        values[name] = enum(values[name]) if values.get(name) else None
    if "unit" in values:
        values["unit"] = courses.unit_by_public_id(values["unit"])
    return values


def place(conference: Conference, anchor: str | None = None) -> str:
    """The conference's page, at a place."""
    return url_for("conference.show", public_id=conference.public_id, _anchor=anchor)
