"""The bloc's pledge as forms: the signed paper, its rows (one, or many pasted), who need not do one, its files."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms import Field, TextAreaField, ValidationError

from tracker.domain.criteria import Direction
from tracker.domain.quantities import Unreadable, read_number
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    CheckListField,
    ChoiceField,
    DateField,
    FileField,
    LineField,
    Needed,
    ReasonForm,
    RecordForm,
    UserForm,
)
from tracker.forms.course import STATEMENT
from tracker.forms.numbers import NumberField
from tracker.text import clean_line, fold

LONGEST_CONTENT, LONGEST_MEASURE, LONGEST_PASTE = 1000, 60, 200_000
MOST_SAID = 5
HEADS = frozenset({"noi dung", "noi dung chi tieu", "chi tieu", "noi dung thi dua", "ten chi tieu"})


class PledgeForm(RecordForm):
    """`conference` is a public id, offered by the view."""

    signed_on = DateField("Ngày ký")
    conference = ChoiceField("Ký tại hội nghị", blank="Không ghi hội nghị")
    preamble = BlockField("Nội dung chung")


class RowForm(RecordForm):
    content = LineField("Nội dung", [Needed("ghi nội dung chỉ tiêu"), AtMost(LONGEST_CONTENT)])
    unit_of_measure = LineField("Đơn vị tính", [AtMost(LONGEST_MEASURE)])
    year_plan = NumberField("Kế hoạch năm của mỗi đơn vị", least=0)
    direction = ChoiceField("Chiều đánh giá", [Needed("chọn chiều đánh giá")], choices=Direction.choices())
    note = BlockField("Ghi chú", most=2000)


@dataclass(frozen=True)
class Pasted:
    """One line of a paste, read."""

    content: str
    unit_of_measure: str | None
    year_plan: Decimal | None
    note: str | None


class PastedField(TextAreaField):
    """Lines as they came from Excel: tabs are kept, because they part the cells."""

    def __init__(self, label: str, validators: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, [AtMost(LONGEST_PASTE), *validators], render_kw={"rows": 10}, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n").strip("\n")


class RowLines(UserForm):
    """A line is a row: content, unit of measure, year plan, note, parted by tabs (as Excel copies) or by ";"."""

    lines = PastedField("Các dòng", [Needed("ghi hoặc dán ít nhất một dòng")])

    def rows(self) -> list[Pasted]:
        """The lines that are not blank, read. Unreadable names the line."""
        listed = [(number, _cells(line)) for number, line in enumerate((self.lines.data or "").split("\n"), 1)]
        return [_read(number, cells) for number, cells in listed if any(cells) and not _is_head(cells)]

    def validate_lines(self, field: Field) -> None:
        wrong = []
        for number, line in enumerate((field.data or "").split("\n"), 1):
            cells = _cells(line)
            if any(cells) and not _is_head(cells):
                try:
                    _read(number, cells)
                except Unreadable as unreadable:
                    wrong.append(str(unreadable))
        if wrong:
            more = f" Và {len(wrong) - MOST_SAID} dòng nữa." if len(wrong) > MOST_SAID else ""
            raise ValidationError(" ".join(wrong[:MOST_SAID]) + more)


def _cells(line: str) -> list[str]:
    """The cells of a line; a leading cell that only counts the rows (1, 2., 3)) is left out."""
    cells = [clean_line(cell) for cell in line.split("\t" if "\t" in line else ";")]
    if len(cells) > 1 and cells[0].rstrip(".)").isdigit():
        return cells[1:]
    return cells


def _is_head(cells: list[str]) -> bool:
    """A head row that was copied along."""
    return any(fold(cell) in HEADS for cell in cells[:2]) and len(cells) > 1


def _read(number: int, cells: list[str]) -> Pasted:
    content, measure, plan, *notes = [*cells, "", "", ""]
    if not content:
        raise Unreadable(f"Dòng {number} chưa có nội dung: ô đầu tiên là nội dung chỉ tiêu.")
    if len(content) > LONGEST_CONTENT:
        raise Unreadable(f"Dòng {number}: nội dung dài {len(content)} ký tự, nhiều nhất {LONGEST_CONTENT}.")
    if len(measure) > LONGEST_MEASURE:
        raise Unreadable(f"Dòng {number}: đơn vị tính “{measure[:40]}…” dài quá {LONGEST_MEASURE} ký tự.")
    try:
        value = read_number(plan)
    except Unreadable as unreadable:
        raise Unreadable(f"Dòng {number}, kế hoạch năm: {unreadable}") from None
    if value is not None and value < 0:
        raise Unreadable(f"Dòng {number}: kế hoạch năm {plan} nhỏ hơn 0.")
    return Pasted(content, measure or None, value, " ".join(note for note in notes if note) or None)


class UnassignedForm(ReasonForm):
    """`units`: those that need not do the row, offered by the view."""

    units = CheckListField("Không giao cho")


class StatedFileForm(UserForm):
    """A file with the sender's statement, because nobody can look into a scan."""

    file = FileField("Tệp", [Needed("chọn tệp")])
    no_secrets = BooleanField(STATEMENT)

    def validate_no_secrets(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Hãy đánh dấu xác nhận trước khi tải tệp lên.")
