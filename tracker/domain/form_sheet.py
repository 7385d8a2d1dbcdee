"""The unit's form as a workbook: its sheets, columns and keys, said once for what writes it and for what reads it.

A line is known by the key in its hidden column, whatever was sorted, moved or inserted. A row that is missing changes
nothing; a cell that was emptied says "chưa có số liệu". Achievements are never removed by a file, only on the page.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.domain.submissions import AchievementKind, AwardLevel, AwardMethod, AwardObject, AwardSystem
from tracker.text import fold

FORM_NAME = "so-thi-dua/ket-qua-cua-don-vi/1"
RESULTS, ACHIEVEMENTS, NARRATIVE, GUIDE = "Kết quả", "Thành tích", "Bằng lời", "Hướng dẫn"
LISTS, KEYS = "Danh mục", "Khóa"
FAULTS = "Chỗ phải sửa"
"""The sheet that a marked copy carries in front; read by nobody but people."""

KEY_FIELD, KEY_HEAD = "key", "Mã dòng (không sửa)"
EMPTY_ACHIEVEMENTS = 60
LONGEST_CELL = 32_000
"""UTF-16 units of text in one cell; longer text goes on in the next row under the same key."""

EXACT_DIGITS = 15
"""Figures a spreadsheet keeps of a number; a longer one is written as text in the Vietnamese way."""

FormValue = Decimal | int | str | date | None


@dataclass(frozen=True)
class FormColumn:
    """`field` is the name of the model's column, or of a shown one; `filled` says that the unit writes in it."""

    field: str
    head: str
    width: float
    filled: bool = False


RESULT_COLUMNS = (
    FormColumn("number", "STT", 6),
    FormColumn("title", "Tiêu chí", 50),
    FormColumn("unit_of_measure", "Đơn vị tính", 11),
    FormColumn("last_year", "Cùng kỳ năm trước", 12),
    FormColumn("last_period", "Kỳ trước", 12),
    FormColumn("target", "Chỉ tiêu", 12),
    FormColumn("actual", "Kết quả", 13, filled=True),
    FormColumn("count", "Số lần", 8, filled=True),
    FormColumn("note", "Ghi chú", 28, filled=True),
    FormColumn(KEY_FIELD, KEY_HEAD, 18),
)
ACHIEVEMENT_COLUMNS = (
    FormColumn("place", "STT", 5),
    FormColumn("kind", "Loại", 13, filled=True),
    FormColumn("subject", "Tập thể, cá nhân", 17, filled=True),
    FormColumn("text", "Thành tích", 32, filled=True),
    FormColumn("field", "Lĩnh vực", 11, filled=True),
    FormColumn("happened_on", "Ngày", 11, filled=True),
    FormColumn("value", "Giá trị (đồng)", 13, filled=True),
    FormColumn("movement", "Phong trào", 17, filled=True),
    FormColumn("award", "Danh hiệu, hình thức", 17, filled=True),
    FormColumn("award_object", "Đối tượng khen thưởng", 10, filled=True),
    FormColumn("award_method", "Phương thức khen thưởng", 11, filled=True),
    FormColumn("count", "Số lượng", 7, filled=True),
    FormColumn("decision_number", "Số quyết định", 12, filled=True),
    FormColumn("decided_on", "Ngày quyết định", 11, filled=True),
    FormColumn("conferred_level", "Cấp khen thưởng", 13, filled=True),
    FormColumn("conferred_system", "Hệ thống khen thưởng", 11, filled=True),
    FormColumn(KEY_FIELD, KEY_HEAD, 18),
)
NARRATIVE_COLUMNS = (
    FormColumn("kind", "Phần", 26),
    FormColumn("text", "Nội dung", 120, filled=True),
    FormColumn(KEY_FIELD, KEY_HEAD, 18),
)
COLUMNS: dict[str, tuple[FormColumn, ...]] = {
    RESULTS: RESULT_COLUMNS,
    ACHIEVEMENTS: ACHIEVEMENT_COLUMNS,
    NARRATIVE: NARRATIVE_COLUMNS,
}

#: Column of the sheet of achievements → the enum whose labels its cells take.
CHOICES: dict[
    str, type[AchievementKind] | type[AwardObject] | type[AwardMethod] | type[AwardLevel] | type[AwardSystem]
] = {
    "kind": AchievementKind,
    "award_object": AwardObject,
    "award_method": AwardMethod,
    "conferred_level": AwardLevel,
    "conferred_system": AwardSystem,
}

LAYOUT = hashlib.sha256(
    repr([(sheet, [(column.field, column.head) for column in columns]) for sheet, columns in COLUMNS.items()]).encode()
).hexdigest()[:16]
"""Changes with every change of sheets and columns: a form of another edition is known at once."""


def column_of(sheet: str, head: str) -> FormColumn | None:
    """The column with this head, whatever its accents, capitals, spaces and line breaks; None for a foreign one."""
    wanted = fold(head)
    return next((column for column in COLUMNS[sheet] if fold(column.head) == wanted), None)


def place_of(sheet: str, name: str) -> int:
    """The place of a column in the form as it is handed out, counted from 1. KeyError for an unknown field."""
    places = {column.field: place for place, column in enumerate(COLUMNS[sheet], start=1)}
    return places[name]


def line_key(public_id: str, version: int) -> str:
    """What stands in the hidden column: the record and its version when the form was made, as "abcdefghijkl/3"."""
    return f"{public_id}/{version}"


def split_key(text: str) -> tuple[str, int | None]:
    """(public id, version); the version is None when it is not there or not a number."""
    public_id, _, version = text.strip().partition("/")
    return public_id.strip(), int(version) if version.strip().isascii() and version.strip().isdigit() else None


@dataclass(frozen=True)
class FormMovement:
    """A movement that an achievement may belong to."""

    key: str
    name: str


def movement_labels(movements: Sequence[FormMovement]) -> dict[str, FormMovement]:
    """The words of the list in the sheet → the movement; of two with one name the second is "… (2)"."""
    labels: dict[str, FormMovement] = {}
    taken: set[str] = set()
    for movement in movements:
        label, number = movement.name, 2
        while fold(label) in taken:
            label, number = f"{movement.name} ({number})", number + 1
        taken.add(fold(label))
        labels[label] = movement
    return labels


def keeps_exactly(value: Decimal) -> bool:
    """Whether a spreadsheet's number holds this value to the last figure."""
    return len(value.normalize().as_tuple().digits) <= EXACT_DIGITS


def text_parts(text: str) -> list[str]:
    """A text in pieces that fit a cell; put together without anything between they are the text again."""
    parts, rest = [], text
    while _units(rest) > LONGEST_CELL:
        cut = LONGEST_CELL // 2
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]


def joined_parts(parts: Sequence[str]) -> str:
    """The text of rows under one key, in the order of the rows."""
    return "".join(parts)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class FormKeys:
    """What the hidden sheet says: which form, of which period, unit and submission, in which edition."""

    form: str
    period_key: str
    unit_key: str
    submission_key: str
    layout: str

    def rows(self) -> list[tuple[str, str]]:
        """(label, value) as they stand in columns A and B of the sheet, from its first row."""
        values = (self.form, self.period_key, self.unit_key, self.submission_key, self.layout)
        return list(zip(KEY_LABELS, values, strict=True))


KEY_LABELS = ("Mẫu biểu", "Kỳ báo cáo", "Đơn vị", "Báo cáo", "Bố cục")


def keys_of(rows: Mapping[str, str]) -> FormKeys | None:
    """The keys from the labels and values of the hidden sheet; None when one is missing."""
    known = {fold(label): value.strip() for label, value in rows.items()}
    found = [known.get(fold(label), "") for label in KEY_LABELS]
    return FormKeys(*found) if all(found) else None


@dataclass(frozen=True)
class CellError:
    """What cannot be taken: where, what stands there, why not, and what to do. `cell` "" is the whole sheet."""

    sheet: str
    cell: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class FormRow:
    """A checked row: `values` by the column's field, only of those that could be read and that the unit fills in.

    A field that is missing says nothing; None says that it is blank. Choices are codes of their enums, a movement is
    its key. `cells`: field → its cell, as "G12". `key` None: a new achievement.
    """

    sheet: str
    number: int
    key: str | None
    version: int | None
    values: Mapping[str, FormValue]
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormRead:
    """A form as it was read. With errors nothing of it may be written."""

    keys: FormKeys | None
    results: tuple[FormRow, ...]
    achievements: tuple[FormRow, ...]
    sections: tuple[FormRow, ...]
    errors: tuple[CellError, ...]


@dataclass(frozen=True)
class Change:
    """What the write changes in one field, in words. `saved_since`: it was changed after the form was made."""

    sheet: str
    cell: str
    label: str
    before: str
    after: str
    key: str
    field: str = ""
    saved_since: bool = False
