"""The workbook of a criteria set, read into a tree: every doubtful cell is named, nothing is guessed or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from tracker.domain.cells import Row, Workbook, place_of
from tracker.domain.criteria import BandBasis, CriterionPart, ScoreFunction
from tracker.domain.criteria_bands import band_faults
from tracker.domain.criteria_changes import SET_LABELS
from tracker.domain.criteria_checks import parameters
from tracker.domain.criteria_sheet import (
    ABOUT,
    BANDS,
    COLUMNS,
    CRITERIA_FORM,
    EXCLUDED,
    INCLUDED,
    NEEDED,
    NEW,
    ROWS,
    CriteriaRead,
    column_of,
    path_key,
)
from tracker.domain.criteria_tree import BandStep, CriteriaTree, CriterionNode, number_key
from tracker.domain.form_sheet import KEY_FIELD, KEYS, CellError
from tracker.imports import values
from tracker.imports.criteria_cells import row_value, set_value, share, signed
from tracker.imports.tables import Table, find_table, is_total, sheet_of
from tracker.imports.values import Doubt

PARAMETERS = ("direction", "band_basis", "points_each", "limit_points", "floor_points")
AGAIN = "Tải lại tệp từ trang của bộ tiêu chí rồi ghi vào tệp đó."


@dataclass
class _Line:
    """A row of the sheet on its way to a node."""

    row: Row
    level: int
    node: CriterionNode
    children: list["_Line"] = field(default_factory=list)
    bands: list[tuple[Row, BandStep]] = field(default_factory=list)

    def built(self) -> CriterionNode:
        steps = sorted((step for _, step in self.bands), key=lambda step: step.points, reverse=True)
        return replace(self.node, bands=tuple(steps), children=tuple(child.built() for child in self.children))


def read_criteria(book: Workbook, *, set_key: str, year: int, known: Mapping[str, CriterionNode]) -> CriteriaRead:
    """The tree of the workbook; with faults there is none. `known`: the rows of the set as they stand, by key.

    What a file does not carry (lineage, the pledge's row) is taken from the known row.
    """
    errors: list[CellError] = []
    print_of = _whose(book, set_key, errors)
    tables: dict[str, Table] = {}
    for name in (ROWS, BANDS, ABOUT):
        sheet = sheet_of(book, name)
        if sheet is None:
            errors.append(CellError(name, "", "", f"Tệp thiếu trang “{name}”.", AGAIN))
            continue
        table = find_table(sheet, name, COLUMNS[name], partial(column_of, name), NEEDED[name], errors)
        if table is not None and all(column in table.places for column in NEEDED[name]):
            tables[name] = table
    if len(tables) < 3 or errors:
        return CriteriaRead(None, print_of, tuple(errors))
    about = _about(tables[ABOUT], errors)
    lines = _lines(tables[ROWS], known, errors)
    _bands(tables[BANDS], lines, errors)
    tops = _nested(tables[ROWS], lines, errors)
    if errors:
        return CriteriaRead(None, print_of, tuple(errors))
    tree = CriteriaTree(year=year, criteria=tuple(line.built() for line in tops), **about)
    return CriteriaRead(tree, print_of, (), {line.node.key: line.row.number for line in lines})


def _whose(book: Workbook, set_key: str, errors: list[CellError]) -> str:
    """The fingerprint of the set when the file was made; a file of another form or set is refused whole."""
    sheet = sheet_of(book, KEYS)
    kept = [row.cell(2).text for row in sheet.rows] if sheet is not None else []
    if len(kept) < 3 or kept[0] != CRITERIA_FORM:
        errors.append(CellError(KEYS, "", "", "Tệp này không phải là bảng tải từ bộ tiêu chí.", AGAIN))
        return ""
    if kept[1] != set_key:
        errors.append(CellError(
            KEYS, "", "", "Tệp này là bảng của một bộ tiêu chí khác.",
            "Gửi vào đúng bộ đã tải; muốn dùng lại cho năm, khối hay cụm khác thì chọn “Sao từ bộ khác”.",
        ))  # fmt: skip
    return kept[2]


def _about(table: Table, errors: list[CellError]) -> dict[str, Any]:
    """What the set says of itself, by field."""
    labels = {number_key(label): name for name, label in SET_LABELS.items()}
    found: dict[str, Any] = {}
    for row in table.rows():
        name = labels.get(number_key(table.cell(row, "label").text))
        if name is None or name in found:
            if not values.is_blank(table.cell(row, "value")):
                errors.append(table.whole_row(row, "Mục này không có trong phần chung.", "Xóa dòng này."))
            continue
        try:
            found[name] = set_value(name, table.cell(row, "value"))
        except Doubt as doubt:
            errors.append(table.doubt(row, "value", doubt))
            found[name] = None
    for name, label in SET_LABELS.items():
        if name not in found:
            errors.append(CellError(ABOUT, "", label, f"Thiếu mục “{label}”.", AGAIN))
    return found


def _lines(table: Table, known: Mapping[str, CriterionNode], errors: list[CellError]) -> list[_Line]:
    """The rows that say something, each checked by itself."""
    lines: list[_Line] = []
    keys: set[str] = set()
    for row in table.rows():
        filled = [name for name in NEEDED[ROWS] if not values.is_blank(table.cell(row, name))]
        key = table.cell(row, KEY_FIELD).text.strip()
        if not filled:
            continue
        if row.hidden:
            errors.append(table.whole_row(row, "Dòng đang bị ẩn nên không rõ có được tính hay không.",
                                          "Bỏ ẩn, bỏ lọc rồi gửi lại; không dùng thì xóa dòng."))  # fmt: skip
            continue
        if is_total(row) and values.is_blank(table.cell(row, "level")):
            errors.append(table.whole_row(row, "Dòng tổng không phải là tiêu chí.", "Xóa dòng tổng này."))
            continue
        line = _line(table, row, key, known, errors)
        if line is None:
            continue
        if key and key in keys:
            errors.append(table.whole_row(row, "Mã dòng có hai lần: dòng được chép cùng cột mã đang ẩn.",
                                          "Bỏ ẩn cột mã và xóa mã của dòng chép."))  # fmt: skip
        elif key and key not in known:
            errors.append(table.whole_row(
                row, "Mã dòng không còn trong bộ tiêu chí: dòng đã bị xóa sau khi tải tệp.", AGAIN))
        keys.add(key)
        lines.append(line)
    return lines


def _line(
    table: Table, row: Row, key: str, known: Mapping[str, CriterionNode], errors: list[CellError]
) -> _Line | None:
    """One row; None when a cell of it is in doubt."""
    before = len(errors)
    read: dict[str, Any] = {}
    standing = known.get(key)
    for name in NEEDED[ROWS]:
        try:
            read[name] = row_value(name, table.cell(row, name))
        except Doubt as doubt:
            errors.append(table.doubt(row, name, doubt))
    function: ScoreFunction | None = read.get("function")
    for name in PARAMETERS:
        if read.get(name) is not None and name not in parameters(function):
            what = f"Cách chấm “{function.label}” không dùng" if function else "Nhóm không dùng"
            errors.append(table.error(row, name, f"{what} cột này.", "Để trống ô, hoặc chọn lại cách chấm."))
    if function is None and read.get("evidence_required"):
        errors.append(table.error(row, "evidence_required", "Nhóm không có minh chứng riêng.", "Để trống ô."))
    if len(errors) > before:
        return None
    level = read.pop("level")
    node = CriterionNode(
        key=key or f"{NEW}{row.number}",
        lineage=standing.lineage if standing else "",
        pledge_lineage=standing.pledge_lineage if standing and function is not None else None,
        **{**read, "part": read["part"] or CriterionPart.MAIN, "evidence_required": bool(read["evidence_required"])},
    )
    return _Line(row, level, node)


def _bands(table: Table, lines: Sequence[_Line], errors: list[CellError]) -> None:
    """Each band to its row, found by the path that the sheet before says."""
    places = _paths(lines)
    for row in table.rows():
        if all(values.is_blank(table.cell(row, name)) for name in NEEDED[BANDS]):
            continue
        try:
            path = values.words(table.cell(row, "path")) or ""
            found = places.get(path_key(path))
            if found is None:
                raise Doubt(f"Không có dòng “{path}” ở trang “{ROWS}”.", "Ghi đủ đường dẫn, ví dụ I › 1 › 1a.")
            if found.node.function not in ScoreFunction.with_bands():
                raise Doubt(f"Dòng “{path}” không chấm theo bậc.", "Xóa bậc này, hoặc chọn lại cách chấm của dòng đó.")
        except Doubt as doubt:
            errors.append(table.doubt(row, "path", doubt))
            continue
        step = _step(table, row, found.node, errors)
        if step is not None:
            found.bands.append((row, step))
    for line in lines:
        if line.bands and line.node.function is not None:
            steps = [step for _, step in line.bands]
            for sentence in band_faults(steps, line.node.function, line.node.band_basis):
                first = line.bands[0][0]
                errors.append(table.error(first, "path", sentence, "Xem lại hai đầu của các bậc của dòng này."))


def _paths(lines: Sequence[_Line]) -> dict[tuple[str, ...], _Line]:
    """Full number → row, as the levels say."""
    above: list[str] = []
    found = {}
    for line in lines:
        above = [*above[: line.level - 1], line.node.number]
        found[path_key(" › ".join(above))] = line
    return found


def _step(table: Table, row: Row, node: CriterionNode, errors: list[CellError]) -> BandStep | None:
    by_day = node.function is ScoreFunction.LATENESS
    in_percent = node.band_basis is BandBasis.PERCENT
    before = len(errors)
    read: dict[str, Any] = {}
    for name in ("low", "high"):
        try:
            read[name] = share(table.cell(row, name)) if in_percent else signed(table.cell(row, name))
        except Doubt as doubt:
            errors.append(table.doubt(row, name, doubt))
        try:
            closed = values.choice(table.cell(row, f"{name}_end"), {INCLUDED: True, EXCLUDED: False})
            if closed is None and read.get(name) is not None and not by_day:
                raise Doubt(f"Chưa rõ bậc có kể cả số này không ({'đầu dưới' if name == 'low' else 'đầu trên'}).",
                            f"Chọn “{INCLUDED}” hoặc “{EXCLUDED}”.")  # fmt: skip
            read[f"{name}_closed"] = closed if closed is not None else by_day or name == "low"
        except Doubt as doubt:
            errors.append(table.doubt(row, f"{name}_end", doubt))
    try:
        read["points"] = values.quantity(table.cell(row, "points"))
        if read["points"] is None:
            raise Doubt("Chưa ghi điểm của bậc.", "Không được điểm nào thì ghi 0.")
    except Doubt as doubt:
        errors.append(table.doubt(row, "points", doubt))
    return None if len(errors) > before else BandStep(**read)


def _nested(table: Table, lines: Sequence[_Line], errors: list[CellError]) -> list[_Line]:
    """The rows as a tree; what cannot stand where it stands is named."""
    tops: list[_Line] = []
    open_lines: list[_Line] = []
    for line in lines:
        if line.level > len(open_lines) + 1:
            errors.append(table.error(
                line.row, "level", f"Dòng cấp {line.level} đứng ngay sau dòng cấp {len(open_lines)}.",
                f"Ghi cấp {len(open_lines) + 1}, hoặc thêm dòng cấp {len(open_lines) + 1} ở trên.",
            ))  # fmt: skip
            continue
        del open_lines[line.level - 1 :]
        parent = open_lines[-1] if open_lines else None
        siblings = parent.children if parent else tops
        same = next((each for each in siblings if number_key(each.node.number) == number_key(line.node.number)), None)
        if same is not None:
            errors.append(table.error(
                line.row, "number", f"Số thứ tự “{line.node.number}” đã dùng ở ô "
                f"{place_of(same.row.number, table.places['number'])} trong cùng nhóm.", "Ghi số khác.",
            ))  # fmt: skip
        if parent is not None and parent.node.is_leaf:
            errors.append(table.error(
                line.row, "level", f"Dòng {parent.node.number} đã có cách chấm nên không chứa dòng khác.",
                f"Xóa cách chấm của dòng {parent.node.number}, hoặc sửa cấp của dòng này.",
            ))  # fmt: skip
        siblings.append(line)
        open_lines.append(line)
    return tops
