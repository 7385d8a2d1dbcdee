"""A criteria set as a workbook that is read, filled in and sent back; laid out by domain/criteria_sheet.py."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import BandBasis, ScoreFunction
from tracker.domain.criteria_changes import SET_LABELS
from tracker.domain.criteria_sheet import (
    ABOUT,
    BANDS,
    CHOICES,
    COLUMNS,
    CRITERIA_FORM,
    CRITERIA_KEYS,
    EXCLUDED,
    INCLUDED,
    NO,
    ROWS,
    SET_CHOICES,
    YES,
    fingerprint,
)
from tracker.domain.criteria_text import rule
from tracker.domain.criteria_tree import BandStep, CriteriaTree, Placed
from tracker.domain.form_sheet import GUIDE, keeps_exactly
from tracker.domain.labels import Labelled
from tracker.domain.vietnamese import number
from tracker.exports.sheets import printing, styles
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value
from tracker.exports.unit_form_sheets import lists
from tracker.exports.unit_form_sheets.filling import FormSheet, check, figure, open_look, protect, shut_look
from tracker.exports.unit_form_sheets.guide import HEADING, PLAIN, WIDTH

EMPTY_ROWS, EMPTY_BANDS = 60, 40
EMPTY_POINTS = 18.0
DEEPEST_INDENT = 6
PERCENT_FORMAT = "0.####%"
KINDS = {
    "level": Kind.PLACE, "number": Kind.SHORT, "part": Kind.SHORT, "maximum": Kind.DECIMAL,
    "unit_of_measure": Kind.SHORT, "function": Kind.SHORT, "direction": Kind.SHORT, "band_basis": Kind.SHORT,
    "points_each": Kind.DECIMAL, "limit_points": Kind.DECIMAL, "floor_points": Kind.DECIMAL,
    "evidence_required": Kind.SHORT, "path": Kind.SHORT, "low": Kind.DECIMAL, "low_end": Kind.SHORT,
    "high": Kind.DECIMAL, "high_end": Kind.SHORT, "points": Kind.DECIMAL,
}  # fmt: skip
FIGURES = ("maximum", "points_each", "limit_points", "points")
LINES = (
    ("1. Trang “Bộ tiêu chí”", (
        "Mỗi dòng là một nhóm hoặc một tiêu chí, theo đúng thứ tự của bảng điểm.",
        "Cột Cấp: mục lớn ghi 1, dòng nằm trong mục lớn ghi 2, dòng nằm trong dòng cấp 2 ghi 3, …",
        "Nhóm thì để trống cột Cách chấm. Tiêu chí thì chọn cách chấm; chỉ ghi những cột mà cách chấm đó dùng.",
        "Cột Phần để trống là “Trong điểm tối đa”; cột Cần minh chứng để trống là “không”.",
        "Thêm dòng: chèn dòng vào đúng chỗ, không chép cột mã dòng đang ẩn. Xóa dòng: xóa cả dòng.",
        "Ghi số không kèm chữ: 2,5. Ô để trống là chưa ghi; không phải là số 0.",
    )),
    ("2. Trang “Bậc điểm”", (
        "Mỗi bậc một dòng. Cột Dòng ghi đủ đường dẫn của tiêu chí như ở trang trước, ví dụ I › 1 › 1a.",
        "Đầu dưới, đầu trên: “kể cả” khi bậc có cả số đó, “không kể” khi không. Bậc cao nhất để trống ô Đến, bậc thấp "
        "nhất để trống ô Từ; khi đó ô đầu tương ứng cũng để trống.",
        "Mỗi kết quả phải thuộc đúng một bậc. Số ngày gửi chậm: ghi số ngày nguyên, hai đầu để trống đều là “kể cả”.",
        "Đổi số thứ tự của tiêu chí ở trang trước thì đổi cả ở trang này.",
    )),
    ("3. Gửi lại", (
        "Lưu tệp dạng Excel (.xlsx), mở bộ tiêu chí trên Sổ Thi Đua, chọn “Gửi vào từ Excel”.",
        "Chương trình cho xem trước từng thay đổi; chưa bấm xác nhận thì chưa có gì được ghi.",
        "Không ghi nội dung thuộc bí mật nhà nước.",
    )),
)  # fmt: skip


def workbook(tree: CriteriaTree, *, set_key: str, bloc_name: str, made_on: date, open_rows: bool = True,
             kind: BlocKind = BlocKind.KHOI) -> bytes:  # fmt: skip
    """The .xlsx file. `open_rows`: with room for more rows, to be sent back; a frozen set has none."""
    book = Book(About(title=tree.name, author=bloc_name, made_on=made_on))
    words: dict[str, tuple[str, list[str]]] = {
        field: (_head(ROWS, field), [one.label for one in choice]) for field, choice in CHOICES.items()
    }
    words["evidence_required"] = (_head(ROWS, "evidence_required"), [YES, NO])
    words |= {field: (_head(BANDS, field), [INCLUDED, EXCLUDED]) for field in ("low_end", "high_end")}
    places = lists.places(words)
    _rows(book, tree, bloc_name, places, open_rows, kind)
    _bands(book, tree, bloc_name, places, open_rows)
    _about(book, tree, bloc_name)
    _guide(book, bloc_name)
    lists.draw_lists(book, words)
    lists.draw_keys(book, list(zip(CRITERIA_KEYS, (CRITERIA_FORM, set_key, fingerprint(tree)), strict=True)))
    return book.content()


def _head(sheet: str, field: str) -> str:
    return next(column.head for column in COLUMNS[sheet] if column.field == field)


def _begun(book: Book, title: str, heading: str, bloc_name: str, note: str) -> FormSheet:
    sheet = FormSheet(book, title, COLUMNS[title], KINDS, keyed=title == ROWS)
    sheet.line(bloc_name, styles.BLOC)
    sheet.line(heading, styles.TITLE, line_points=20)
    sheet.line(note, styles.NOTE, line_points=14)
    sheet.advance(4)
    sheet.head()
    return sheet


def _looks(sheet: FormSheet, title: str) -> list[Look]:
    """Open where one writes; numbers with as many decimals as they have."""
    filled = {column.field for column in COLUMNS[title] if column.filled}
    return [
        _plain(open_look(column.kind), column.kind) if field in filled else shut_look(column.kind)
        for field, column in zip(sheet.fields, sheet.columns, strict=True)
    ]


def _plain(look: Look, kind: Kind) -> Look:
    return replace(look, number_format="General") if kind is Kind.DECIMAL else look


def _rows(
    book: Book, tree: CriteriaTree, bloc_name: str, places: dict[str, str], open_rows: bool, kind: BlocKind
) -> None:
    sheet = _begun(book, ROWS, tree.name.upper(), bloc_name, "Cách ghi: xem trang “Hướng dẫn”.")
    looks = _looks(sheet, ROWS)
    title = sheet.fields.index("title")
    for placed in tree.walk():
        values = [_value(placed, field, kind) for field in sheet.fields]
        dressed = looks if placed.node.is_leaf else [replace(look, bold=True) for look in looks]
        stepped = replace(dressed[title], indent=min(placed.depth, DEEPEST_INDENT))
        sheet.fill_row(values, [*dressed[:title], stepped, *dressed[title + 1 :]], placed.node.key)
    last = sheet.next_row - 1
    for _ in range(EMPTY_ROWS if open_rows else 0):
        sheet.fill_row([None] * len(sheet.columns), looks, least=EMPTY_POINTS)
    _check(sheet, places)
    _finish(sheet, freeze_after=3, last=last)


def _value(placed: Placed, field: str, kind: BlocKind) -> Value:
    node = placed.node
    if field == "level":
        return placed.depth + 1
    if field == "rule":
        return rule(node, kind) or None
    if field == "evidence_required":
        return (YES if node.evidence_required else NO) if node.is_leaf else None
    kept = getattr(node, field)
    if isinstance(kept, Labelled):
        return kept.label
    return figure(kept) if isinstance(kept, Decimal) else kept


def _bands(book: Book, tree: CriteriaTree, bloc_name: str, places: dict[str, str], open_rows: bool) -> None:
    sheet = _begun(book, BANDS, "BẬC ĐIỂM CỦA CÁC TIÊU CHÍ", bloc_name, "Mỗi bậc một dòng, bậc tốt nhất đứng trước.")
    looks = _looks(sheet, BANDS)
    percent = [
        replace(look, number_format=PERCENT_FORMAT) if field in ("low", "high") else look
        for field, look in zip(sheet.fields, looks, strict=True)
    ]
    for placed in tree.leaves():
        share = placed.node.band_basis is BandBasis.PERCENT
        for band in placed.node.bands:
            sheet.fill_row(_band(placed, band, share), percent if share else looks)
    last = sheet.next_row - 1
    for _ in range(EMPTY_BANDS if open_rows else 0):
        sheet.fill_row([None] * len(sheet.columns), looks, least=EMPTY_POINTS)
    _check(sheet, places)
    _finish(sheet, freeze_after=2, last=last)


def _band(placed: Placed, band: BandStep, share: bool) -> Sequence[Value]:
    def end(value: Decimal | None, closed: bool) -> tuple[Value, Value]:
        if value is None:
            return None, None
        word = INCLUDED if closed else EXCLUDED
        return (_share(value) if share else figure(value)), word

    low, low_end = end(band.low, band.low_closed)
    high, high_end = end(band.high, band.high_closed)
    if placed.node.function is ScoreFunction.LATENESS and band.low_closed and band.high_closed:
        low_end = high_end = None
    return [placed.full_number, placed.node.title, low, low_end, high, high_end, figure(band.points)]


def _share(value: Decimal) -> Value:
    """95 as 0.95, which the column shows as 95%; with more figures than a spreadsheet keeps, as text."""
    return value / 100 if keeps_exactly(value) else f"{number(value)}%"


def _about(book: Book, tree: CriteriaTree, bloc_name: str) -> None:
    sheet = _begun(book, ABOUT, "PHẦN CHUNG CỦA BỘ TIÊU CHÍ", bloc_name, f"Bộ tiêu chí năm {tree.year}.")
    looks = [shut_look(Kind.TEXT), replace(open_look(Kind.TEXT), number_format="General")]
    for field, label in SET_LABELS.items():
        kept = getattr(tree, field)
        shown = kept.label if isinstance(kept, Labelled) else figure(kept) if isinstance(kept, Decimal) else kept
        row = sheet.fill_row([label, shown], looks)
        if field in SET_CHOICES:
            words = ",".join(one.label for one in SET_CHOICES[field])
            check(
                sheet.page, [f"B{row}"], "list", formula1=f'"{words}"', title=label, prompt="Chọn trong danh sách.",
                fault="Hãy chọn một mục trong danh sách.", stops=True,
            )
    _finish(sheet, freeze_after=0)


def _check(sheet: FormSheet, places: dict[str, str]) -> None:
    if sheet.body_rows is None:
        return
    first, last = sheet.body_rows
    for field, column in zip(sheet.fields, sheet.columns, strict=True):
        spot = [f"{sheet.letter(field)}{first}:{sheet.letter(field)}{last}"]
        if field in places:
            lists.choose(sheet.page, spot, column.head, places[field])
        elif field in FIGURES:
            check(
                sheet.page, spot, "decimal", operator="greaterThanOrEqual", formula1="0", title=column.head,
                prompt="Ghi số, ví dụ 2,5.", fault="Ô này là một số từ 0 trở lên.", stops=False,
            )
        elif field == "level":
            check(
                sheet.page, spot, "whole", operator="between", formula1="1", formula2="9", title=column.head,
                prompt="Mục lớn ghi 1, dòng bên trong ghi 2, 3, …", fault="Cấp là số nguyên từ 1.", stops=True,
            )


def _finish(sheet: FormSheet, freeze_after: int, last: int | None = None) -> None:
    """Protect and set up; `last`: the last row that says something, where empty rows follow that need no paper."""
    protect(sheet.page)
    sheet.page.protection.insertRows = sheet.page.protection.deleteRows = False
    printing.set_up(sheet, freeze_after=freeze_after, filtered=False)
    if last is not None:
        sheet.page.print_area = f"A1:{get_column_letter(len(sheet.columns))}{last}"


def _guide(book: Book, bloc_name: str) -> None:
    sheet = Sheet(book, GUIDE, [Column("", WIDTH)])
    sheet.line("HƯỚNG DẪN GHI BỘ TIÊU CHÍ", styles.TITLE, line_points=20)
    sheet.line(bloc_name, styles.SUBTITLE)
    for heading, lines_of in LINES:
        sheet.advance(6)
        sheet.line(heading, HEADING, line_points=18)
        for text in lines_of:
            sheet.line(f"- {text}", PLAIN, line_points=16)
    protect(sheet.page)
    printing.set_up(sheet, portrait=True)
