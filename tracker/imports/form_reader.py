"""Read a unit's form: every line by its key, whatever was sorted, moved or inserted; every fault by its cell.

Nothing is guessed: with one error nothing of the form is written (services/form_import).
"""

from collections.abc import Mapping
from typing import Any

from tracker.domain.cells import Row, Workbook, place_of
from tracker.domain.criteria import ScoreFunction
from tracker.domain.form_expected import ExpectedForm, is_percent, label_of
from tracker.domain.form_sheet import (
    ACHIEVEMENTS,
    CHOICES,
    COLUMNS,
    FORM_NAME,
    KEY_FIELD,
    KEYS,
    NARRATIVE,
    RESULTS,
    CellError,
    FormKeys,
    FormRead,
    FormRow,
    FormValue,
    column_of,
    joined_parts,
    keys_of,
    movement_labels,
    split_key,
)
from tracker.domain.submission_seen import LineSeen
from tracker.imports import values
from tracker.imports.tables import Table, find_table, is_total, sheet_of
from tracker.imports.values import Doubt, is_blank

GET_FORM = "Tải lại biểu của đơn vị từ trang báo cáo rồi chép số liệu vào."
KEPT_KEY = "Giữ nguyên cột ẩn “Mã dòng”; nếu đã mất, tải lại biểu và chép số liệu vào."


def read_form(book: Workbook, expected: ExpectedForm) -> FormRead:
    """The checked rows of the form and everything that cannot be taken. `keys` None: it is no form of ours."""
    keys = _keys(book)
    errors = _wrong_form(keys, expected.keys)
    if errors:
        return FormRead(keys, (), (), (), tuple(errors))
    reading = _Reading(book, expected, errors)
    results, achievements, sections = reading.results(), reading.achievements(), reading.sections()
    return FormRead(keys, tuple(results), tuple(achievements), tuple(sections), tuple(errors))


def keys_in(book: Workbook) -> FormKeys | None:
    """Whose form it is, of which period; None for a workbook that is no form of a unit."""
    keys = _keys(book)
    return keys if keys is not None and keys.form == FORM_NAME else None


def _keys(book: Workbook) -> FormKeys | None:
    sheet = sheet_of(book, KEYS)
    return None if sheet is None else keys_of({row.cell(1).text: row.cell(2).text for row in sheet.rows})


def _wrong_form(keys: FormKeys | None, wanted: FormKeys) -> list[CellError]:
    """One error that says which form it is instead; none for the right one."""

    def wrong(value: str, reason: str, remedy: str = GET_FORM) -> list[CellError]:
        return [CellError(KEYS, "", value, reason, remedy)]

    if keys is None:
        return wrong("", "Tệp này không phải là biểu tải từ chương trình, hoặc trang ẩn “Khóa” của biểu đã bị xóa.")
    if keys.form != wanted.form:
        return wrong(keys.form, "Tệp này là một biểu khác của chương trình, không phải biểu kết quả của đơn vị.")
    if keys.period_key != wanted.period_key:
        return wrong(keys.period_key, "Biểu này của kỳ báo cáo khác (khác năm, khác kỳ hoặc khác khối, cụm).")
    if keys.unit_key != wanted.unit_key or keys.submission_key != wanted.submission_key:
        return wrong(keys.unit_key, "Biểu này của đơn vị khác.")
    if keys.layout != wanted.layout:
        return wrong(keys.layout, "Biểu này tải từ một phiên bản cũ của chương trình, bố cục đã đổi.")
    return []


class _Reading:
    """One form; errors are gathered as they are met."""

    def __init__(self, book: Workbook, expected: ExpectedForm, errors: list[CellError]) -> None:
        self.book, self.expected, self.errors = book, expected, errors
        self.movements = {label: movement.key for label, movement in movement_labels(expected.movements).items()}

    def _table(self, name: str, wanted: bool) -> Table | None:
        """The table of a sheet; one that is missing is a fault where something of it is expected."""
        sheet = sheet_of(self.book, name)
        if sheet is None:
            if wanted:
                self.errors.append(CellError(name, "", "", f"Thiếu trang tính “{name}”.", GET_FORM))
            return None
        columns = COLUMNS[name]
        needed = [column.field for column in columns if column.filled or column.field == KEY_FIELD]
        if not wanted and not any(column_of(name, cell.text) for row in sheet.rows for cell in row.cells.values()):
            return None
        table = find_table(sheet, name, columns, lambda head: column_of(name, head), needed, self.errors)
        return table if table is not None and KEY_FIELD in table.places else None

    def results(self) -> list[FormRow]:
        """The lines, each once."""
        table = self._table(RESULTS, any(line.assigned for line in self.expected.lines.values()))
        found: dict[str, FormRow] = {}
        for row in table.rows() if table else ():
            assert table is not None
            kept = self._line(table, row, found)
            if kept is not None and kept.key is not None:
                found[kept.key] = kept
        return list(found.values())

    def _line(self, table: Table, row: Row, found: Mapping[str, FormRow]) -> FormRow | None:
        key, version = self._key(table, row)
        filled = [name for name in ("actual", "count", "note") if not is_blank(table.cell(row, name))]
        if not key:
            if filled:
                self._no_key(table, row)
            return None
        line = self.expected.lines.get(key)
        if line is None or (not line.assigned and filled):
            reason = "Dòng này không có trong biểu của đơn vị ở kỳ này (có thể chép từ biểu của đơn vị hoặc năm khác)."
            if line is not None:
                reason = "Tiêu chí này không giao cho đơn vị nên không nhận số liệu."
            self.errors.append(table.whole_row(row, reason, "Xóa dòng này khỏi biểu."))
            return None
        if key in found:
            first = found[key].number
            self.errors.append(
                table.whole_row(row, f"Dòng “{label_of(line)}” có hai lần (đã có ở dòng {first}).", "Xóa bớt một dòng.")
            )
            return None
        if not line.assigned:
            return None
        self._hidden(table, row, filled)
        read: dict[str, FormValue] = {}
        self._take(table, row, read, "actual", lambda cell: _actual(cell, line))
        self._take(table, row, read, "count", lambda cell: _count(cell, line))
        self._take(table, row, read, "note", lambda cell: values.words(cell, block=True))
        return self._row(table, row, key, version, read)

    def achievements(self) -> list[FormRow]:
        """Rows with a key change what is there, rows without add to it."""
        table = self._table(ACHIEVEMENTS, bool(self.expected.achievements))
        found: list[FormRow] = []
        for row in table.rows() if table else ():
            assert table is not None
            key, version = self._key(table, row)
            filled = [column.field for column in COLUMNS[ACHIEVEMENTS]
                      if column.filled and not is_blank(table.cell(row, column.field))]  # fmt: skip
            if not key and not filled:
                continue
            if key and not self._known_achievement(table, row, key, filled, found):
                continue
            self._hidden(table, row, filled)
            read: dict[str, FormValue] = {}
            for column in COLUMNS[ACHIEVEMENTS]:
                if column.filled:
                    self._take(table, row, read, column.field, lambda cell, name=column.field: self._award(cell, name))
            found.append(self._row(table, row, key or None, version, read))
        return found

    def _known_achievement(self, table: Table, row: Row, key: str, filled: list[str], found: list[FormRow]) -> bool:
        fault = None
        if key not in self.expected.achievements:
            fault = ("Thành tích này không có trong báo cáo của đơn vị (đã bị xóa, hoặc chép từ biểu khác).",
                     "Xóa dòng; nếu muốn ghi mới, ghi vào một dòng trống của trang này.")  # fmt: skip
        elif any(each.key == key for each in found):
            fault = ("Thành tích này có hai dòng trong biểu.", "Xóa bớt một dòng; thành tích mới ghi vào dòng trống.")
        elif not filled:
            fault = ("Dòng của một thành tích đã ghi bị để trống; biểu không xóa thành tích.",
                     "Muốn xóa thì xóa trên trang báo cáo; muốn giữ thì xóa hẳn dòng này khỏi biểu.")  # fmt: skip
        if fault:
            self.errors.append(table.whole_row(row, *fault))
        return fault is None

    def _award(self, cell: Any, name: str) -> FormValue:
        """One field of an achievement."""
        if name in CHOICES:
            return values.choice(cell, {label: code for code, label in CHOICES[name].choices()})
        if name == "movement":
            return values.choice(cell, self.movements)
        if name in ("happened_on", "decided_on"):
            return values.day(cell)
        if name == "value":
            return values.quantity(cell, unit_of_measure="đồng")
        if name == "count":
            return values.whole(cell, least=1, what="Số lượng")
        return values.words(cell, block=name == "text")

    def sections(self) -> list[FormRow]:
        """The parts of the narrative; rows under one key are one text."""
        table = self._table(NARRATIVE, bool(self.expected.sections))
        parts: dict[str, list[str]] = {}
        first: dict[str, FormRow] = {}
        for row in table.rows() if table else ():
            assert table is not None
            key, version = self._key(table, row)
            blank = is_blank(table.cell(row, "text"))
            if not key or key not in self.expected.sections:
                if not blank:
                    self._no_key(table, row)
                continue
            self._hidden(table, row, [] if blank else ["text"])
            read: dict[str, FormValue] = {}
            self._take(table, row, read, "text", lambda cell: "" if is_blank(values.usable(cell)) else cell.text)
            if "text" in read:
                parts.setdefault(key, []).append(str(read["text"]))
                first.setdefault(key, self._row(table, row, key, version, read))
        return [
            FormRow(NARRATIVE, row.number, key, row.version, {"text": joined_parts(parts[key])}, row.cells)
            for key, row in first.items()
        ]

    def _key(self, table: Table, row: Row) -> tuple[str, int | None]:
        return split_key(table.cell(row, KEY_FIELD).text)

    def _no_key(self, table: Table, row: Row) -> None:
        if is_total(row):
            self.errors.append(
                table.whole_row(row, "Dòng tổng cộng không thuộc biểu nên không được đọc.", "Xóa dòng này.")
            )
        else:
            self.errors.append(
                table.whole_row(row, "Dòng này có số liệu nhưng không phải là dòng của biểu (không có mã dòng).",
                                f"Chuyển số liệu vào đúng dòng của biểu rồi xóa dòng này. {KEPT_KEY}")
            )  # fmt: skip

    def _hidden(self, table: Table, row: Row, filled: list[str]) -> None:
        """What the sender does not see is not taken for what he says."""
        columns = [name for name in filled if table.places.get(name) in table.sheet.hidden_columns]
        if filled and (row.hidden or columns):
            name = (columns or filled)[0]
            what = "Dòng" if row.hidden else "Cột"
            self.errors.append(
                table.error(row, name, f"{what} này đang bị ẩn mà có số liệu.", f"Cho hiện {what.lower()} (bỏ lọc, bỏ "
                            "ẩn), xem lại rồi gửi.")
            )  # fmt: skip

    def _take(self, table: Table, row: Row, read: dict[str, FormValue], name: str, reader: Any) -> None:
        """Read one cell into `read`; a doubt is an error of its cell."""
        if name not in table.places:
            return
        try:
            read[name] = reader(table.cell(row, name))
        except Doubt as doubt:
            self.errors.append(table.doubt(row, name, doubt))

    def _row(self, table: Table, row: Row, key: str | None, version: int | None, read: dict[str, FormValue]) -> FormRow:
        cells = {name: place_of(row.number, column) for name, column in table.places.items()}
        return FormRow(table.name, row.number, key, version, read, cells)


def _actual(cell: Any, line: LineSeen) -> FormValue:
    value = values.quantity(
        cell, in_percent=is_percent(line.unit_of_measure), unit_of_measure=line.unit_of_measure, saved=line.actual
    )
    if value is not None and line.function is ScoreFunction.LATENESS and value != line.actual:
        raise Doubt("Dòng này do chương trình tính từ lúc gửi báo cáo nên không ghi kết quả.", "Xóa giá trị trong ô.")
    return value


def _count(cell: Any, line: LineSeen) -> FormValue:
    value = values.whole(cell)
    if value is not None and not line.asks_count and value != line.count:
        raise Doubt("Dòng này không chấm theo số lần.", "Xóa giá trị trong ô; lời giải thích ghi ở cột “Ghi chú”.")
    return value
