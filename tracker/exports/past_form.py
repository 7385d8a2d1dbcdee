"""The workbook that brings in earlier years, to be filled in by the secretariat; laid out by domain/past_sheet.py."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.form_sheet import GUIDE
from tracker.domain.past_sheet import (
    FIRST_YEAR,
    PAST_AWARDS,
    PAST_CHOICES,
    PAST_COLUMNS,
    PAST_FORM_NAME,
    PAST_KEY_LABELS,
    PAST_RESULTS,
    PAST_VALUES,
)
from tracker.exports.sheets import printing, styles
from tracker.exports.sheets.book import About, Book
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.values import Kind, Value
from tracker.exports.unit_form_sheets import lists
from tracker.exports.unit_form_sheets.filling import FormSheet, check, figure, open_look, protect
from tracker.exports.unit_form_sheets.guide import HEADING, PLAIN, WIDTH

Rows = Mapping[str, Sequence[Mapping[str, Value]]]
"""Sheet → rows by the column's field; choices as words."""

EMPTY_ROWS = {PAST_RESULTS: 200, PAST_VALUES: 500, PAST_AWARDS: 200}
EMPTY_POINTS = 18.0
TITLES = {
    PAST_RESULTS: "KẾT QUẢ, XẾP HẠNG CÁC NĂM TRƯỚC",
    PAST_VALUES: "SỐ LIỆU CÁC NĂM TRƯỚC",
    PAST_AWARDS: "KHEN THƯỞNG CÁC NĂM TRƯỚC",
}
HINTS = {
    PAST_RESULTS: "Mỗi đơn vị, mỗi kỳ một dòng. Không có điểm hoặc không xếp hạng thì để trống ô đó.",
    PAST_VALUES: (
        "Mỗi số liệu một dòng. Tên chỉ tiêu ghi đúng như trong bộ tiêu chí hoặc giao ước hiện nay thì số này hiện ra "
        "bên cạnh ô ghi kết quả (“Cùng kỳ năm trước”)."
    ),
    PAST_AWARDS: "Mỗi danh hiệu, hình thức một dòng; nhiều tập thể, cá nhân của một quyết định ghi ở cột Số lượng.",
}
KINDS = {
    "year": Kind.PLACE, "kind": Kind.SHORT, "points": Kind.DECIMAL, "maximum": Kind.DECIMAL, "rank": Kind.PLACE,
    "unit_of_measure": Kind.SHORT, "value": Kind.DECIMAL, "object": Kind.SHORT, "count": Kind.PLACE,
    "decision_number": Kind.SHORT, "decided_on": Kind.DATE, "system": Kind.SHORT,
}  # fmt: skip
FIGURE = ("decimal", "between", "0", "99999999999999", "Ô này thường là một số từ 0 trở lên.", False)
#: Column → (kind of check, operator, lower and upper bound, what is wrong, whether it stops).
CHECKS = {
    "points": FIGURE,
    "maximum": FIGURE,
    "value": FIGURE,
    "rank": ("whole", "between", "1", "1000", "Hạng là một số nguyên từ 1 trở lên.", True),
    "count": ("whole", "between", "1", "2000000000", "Số lượng là một số nguyên từ 1 trở lên.", True),
    "decided_on": ("date", "between", "32874", "73050", "Ô này ghi một ngày, ví dụ 20/07/2022.", True),
}
LINES = (
    ("1. Cách ghi", (
        "Ghi vào các ô tô màu. Đơn vị, kỳ, đối tượng, hệ thống: bấm vào ô rồi chọn trong danh sách.",
        "Ô để trống là chưa có số liệu; bằng không thì ghi số 0. Chỉ ghi số, không kèm chữ: 1286,5.",
        "Tỷ lệ % ghi 95,5 cho 95,5%.",
        "Thiếu dòng thì chèn thêm dòng trong vùng tô màu, hoặc gửi làm nhiều tệp.",
        "Không ghi nội dung thuộc bí mật nhà nước.",
    )),
    ("2. Gửi lại", (
        "Lưu tệp dạng Excel (.xlsx), mở mục số liệu các năm trước trên Sổ Thi Đua rồi tải tệp lên.",
        "Chương trình cho xem trước từng thay đổi; chưa bấm xác nhận thì chưa có gì được ghi.",
        "Dòng đã gửi trước đây mà gửi lại với số khác thì số sau thay số trước; gửi lại y nguyên thì không đổi gì.",
    )),
)  # fmt: skip


def template(
    bloc_key: str, bloc_name: str, unit_names: Sequence[str], last_year: int, made_on: date, rows: Rows | None = None
) -> bytes:
    """The .xlsx file with the rows that are known already and room for more; years up to `last_year`."""
    book = Book(About(title="Số liệu các năm trước", author=bloc_name, made_on=made_on))
    words: dict[str, tuple[str, list[str]]] = {"unit": ("Đơn vị", list(unit_names))} if unit_names else {}
    heads = {column.field: column.head for columns in PAST_COLUMNS.values() for column in columns}
    words |= {field: (heads[field], [one.label for one in choice]) for field, choice in PAST_CHOICES.items()}
    for title in PAST_COLUMNS:
        _draw(book, title, bloc_name, (rows or {}).get(title, ()), lists.places(words), last_year)
    _guide(book, bloc_name)
    lists.draw_lists(book, words)
    lists.draw_keys(book, list(zip(PAST_KEY_LABELS, (PAST_FORM_NAME, bloc_key), strict=True)))
    return book.content()


def _draw(
    book: Book,
    title: str,
    bloc_name: str,
    rows: Sequence[Mapping[str, Value]],
    words: Mapping[str, str],
    last_year: int,
) -> None:
    sheet = FormSheet(book, title, PAST_COLUMNS[title], KINDS, keyed=False)
    sheet.line(bloc_name, styles.BLOC)
    sheet.line(TITLES[title], styles.TITLE, line_points=20)
    sheet.line(HINTS[title], styles.NOTE, line_points=14)
    sheet.advance(4)
    sheet.head()
    looks = [open_look(column.kind) for column in sheet.columns]
    looks = [
        replace(look, number_format="General") if column.kind is Kind.DECIMAL else look
        for column, look in zip(sheet.columns, looks, strict=True)
    ]
    for row in rows:
        sheet.fill_row([_shown(row.get(field)) for field in sheet.fields], looks)
    for _ in range(EMPTY_ROWS[title]):
        sheet.fill_row([None] * len(sheet.columns), looks, least=EMPTY_POINTS)
    _check(sheet, words, last_year)
    protect(sheet.page)
    sheet.page.protection.insertRows = False
    printing.set_up(sheet, freeze_after=1, filtered=False)


def _shown(value: Value) -> Value:
    return value if value is None or isinstance(value, str | date | float) else figure(value)


def _check(sheet: FormSheet, words: Mapping[str, str], last_year: int) -> None:
    assert sheet.body_rows is not None
    first, last = sheet.body_rows
    for field, column in zip(sheet.fields, sheet.columns, strict=True):
        places = [f"{sheet.letter(field)}{first}:{sheet.letter(field)}{last}"]
        if field in words:
            lists.choose(sheet.page, places, column.head, words[field])
        elif field == "year":
            check(
                sheet.page, places, "whole", operator="between", formula1=str(FIRST_YEAR), formula2=str(last_year),
                title="Năm", prompt="Ví dụ: 2024.", fault=f"Năm từ {FIRST_YEAR} đến {last_year}.", stops=True,
            )
        elif field in CHECKS:
            kind, operator, low, high, fault, stops = CHECKS[field]
            check(
                sheet.page, places, kind, operator=operator, formula1=low, formula2=high, title=column.head,
                prompt="Để trống: chưa có số liệu." if kind == "decimal" else fault, fault=fault, stops=stops,
            )


def _guide(book: Book, bloc_name: str) -> None:
    sheet = Sheet(book, GUIDE, [Column("", WIDTH)])
    sheet.line("HƯỚNG DẪN GHI SỐ LIỆU CÁC NĂM TRƯỚC", styles.TITLE, line_points=20)
    sheet.line(bloc_name, styles.SUBTITLE)
    for heading, lines in LINES:
        sheet.advance(6)
        sheet.line(heading, HEADING, line_points=18)
        for line in lines:
            sheet.line(f"- {line}", PLAIN, line_points=16)
    protect(sheet.page)
    printing.set_up(sheet, portrait=True)
