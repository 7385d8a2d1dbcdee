"""The sheet "Kết quả": the unit's own lines under their groups, with what was before, the target, and room to write."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from tracker.domain.criteria import ScoreFunction
from tracker.domain.form_about import FormAbout
from tracker.domain.form_expected import is_percent
from tracker.domain.form_sheet import RESULT_COLUMNS, RESULTS, line_key
from tracker.domain.submission_seen import LineSeen
from tracker.exports.sheets import printing, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value
from tracker.exports.unit_form_sheets import heading
from tracker.exports.unit_form_sheets.filling import (
    FormSheet,
    check,
    figure,
    open_look,
    protect,
    remark,
    shut_look,
)

HINT = (
    "Ghi vào các ô tô màu. Ô để trống là chưa có số liệu; kết quả bằng không thì ghi 0. Số lẻ ghi sau dấu phẩy "
    "(1.286,5 gõ là 1286,5). Cách ghi đầy đủ ở trang “Hướng dẫn”."
)
NO_FIGURES = "Kỳ này không yêu cầu số liệu: ghi các trang “Thành tích” và “Bằng lời”."
NO_LINES = "Đơn vị không có tiêu chí nào được giao trong kỳ này: ghi các trang “Thành tích” và “Bằng lời”."
PLEDGED = "Chỉ tiêu khác của giao ước thi đua"
KINDS = {
    "number": Kind.SHORT, "unit_of_measure": Kind.SHORT, "last_year": Kind.DECIMAL, "last_period": Kind.DECIMAL,
    "target": Kind.DECIMAL, "actual": Kind.DECIMAL, "count": Kind.PLACE,
}
LARGEST = "99999999999999"
MOST_COUNT = "2000000000"
MOST_NOTE = "2000"


def draw(book: Book, lines: Sequence[LineSeen], about: FormAbout) -> FormSheet:
    """Bands for groups, one row a line; a line that is not open is shown with the others, locked."""
    sheet = FormSheet(book, RESULTS, RESULT_COLUMNS, KINDS)
    heading.draw(sheet, about, "KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ, CHỈ TIÊU", HINT)
    sheet.head()
    _say_limits(sheet)
    grouped = any(line.group for line in lines)
    groups: tuple[str, ...] = ()
    open_cells: dict[str, list[str]] = {"figure": [], "share": [], "count": [], "note": []}
    for line in lines:
        path = line.group or ((PLEDGED,) if grouped else ())
        for depth, name in enumerate(path):
            if path[: depth + 1] != groups[: depth + 1]:
                _band(sheet, name)
        groups = path
        _line(sheet, line, about, open_cells)
    if not lines:
        sheet.nothing(NO_LINES if about.asks_figures else NO_FIGURES)
    _check(sheet, open_cells)
    protect(sheet.page)
    mark = "Số liệu minh họa" if about.illustration else ""
    printing.set_up(sheet, mark=mark, freeze_after=2, filtered=False)
    return sheet


def is_open(about: FormAbout, returned_reason: str | None) -> bool:
    """Whether the unit may write here; of a submission returned in places only in those."""
    return about.writable and (returned_reason is not None or not about.returned_only)


def _band(sheet: FormSheet, name: str) -> None:
    """A group over its lines. Nothing is merged, so that rows can be moved and filtered."""
    number, parting, title = name.partition(". ")
    if not parting or " " in number:
        number, title = "", name
    values: list[Value] = [number, title] + [None] * (len(sheet.columns) - 2)
    looks = [replace(styles.BAND, horizontal="center", indent=0), *[styles.BAND] * (len(sheet.columns) - 1)]
    sheet.fill_row(values, looks)


def _line(sheet: FormSheet, line: LineSeen, about: FormAbout, open_cells: dict[str, list[str]]) -> None:
    returned = line.returned_reason is not None
    writable = is_open(about, line.returned_reason)
    result, times = writable and line.function is not ScoreFunction.LATENESS, writable and line.asks_count
    values: list[Value] = [line.number, line.title, line.unit_of_measure]
    looks = [shut_look(Kind.SHORT), shut_look(Kind.TEXT), shut_look(Kind.SHORT)]
    for shown in (line.last_year, line.last_period, line.target):
        values.append(figure(shown))
        looks.append(_shown(_places(shown)))
    values += [figure(line.actual), line.count, line.note]
    looks += [
        _typed(returned) if result else _shown(_places(line.actual)),
        open_look(Kind.PLACE, returned=returned) if times else shut_look(Kind.PLACE),
        open_look(Kind.TEXT, returned=returned) if writable else shut_look(Kind.TEXT),
    ]
    row = sheet.fill_row(values, looks, line_key(line.entry_key, line.version))
    share = is_percent(line.unit_of_measure)
    if result:
        open_cells["share" if share else "figure"].append(f"{sheet.letter('actual')}{row}")
    if times:
        open_cells["count"].append(f"{sheet.letter('count')}{row}")
    if writable:
        open_cells["note"].append(f"{sheet.letter('note')}{row}")
    if line.returned_reason:
        remark(sheet.page[f"{sheet.letter('actual')}{row}"], f"Dòng bị trả lại: {line.returned_reason}")


@cache
def _shown(places: int) -> Look:
    """A figure that is only shown, with as many decimals as it has."""
    number_format = "[$-42A]#,##0" + ("." + "0" * places if places else "")
    return replace(shut_look(Kind.DECIMAL), number_format=number_format)


@cache
def _typed(returned: bool) -> Look:
    """Where a figure is typed. General: no format of ours rounds it on screen, and "95%" stays 95%."""
    return replace(open_look(Kind.DECIMAL, returned=returned), number_format="General")


def _places(value: Decimal | None) -> int:
    exponent = value.normalize().as_tuple().exponent if value else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _say_limits(sheet: FormSheet) -> None:
    assert sheet.head_rows is not None
    row = sheet.head_rows[1]
    for field, text in (
        ("actual", "Số từ 0 trở lên, nhiều nhất 4 chữ số lẻ. Đơn vị tính % thì ghi 95,5 cho 95,5% (từ 0 đến 100). "
                   "Không ghi chữ trong ô này: lời giải thích ghi ở cột Ghi chú."),
        ("count", "Số nguyên từ 0 trở lên. Chỉ những tiêu chí chấm theo số lần mới có ô này."),
        ("note", f"Không quá {MOST_NOTE[0]}.{MOST_NOTE[1:]} ký tự."),
    ):
        remark(sheet.page[f"{sheet.letter(field)}{row}"], text)


def _check(sheet: FormSheet, open_cells: dict[str, list[str]]) -> None:
    page = sheet.page
    check(
        page, open_cells["figure"], "decimal", operator="between", formula1="0", formula2=LARGEST, stops=False,
        title="Kết quả", prompt="Ghi số. Để trống: chưa có số liệu; bằng không: ghi 0.",
        fault="Ô này thường là một số từ 0 trở lên. Vẫn giữ giá trị vừa gõ?",
    )
    check(
        page, open_cells["share"], "decimal", operator="between", formula1="0", formula2="100", stops=False,
        title="Kết quả (%)", prompt="Ghi 95,5 cho 95,5%. Để trống: chưa có số liệu; bằng không: ghi 0.",
        fault="Tỷ lệ % thường từ 0 đến 100. Vẫn giữ giá trị vừa gõ?",
    )
    check(
        page, open_cells["count"], "whole", operator="between", formula1="0", formula2=MOST_COUNT, stops=True,
        title="Số lần", prompt="Ghi số nguyên. Để trống: chưa có số liệu; không có lần nào: ghi 0.",
        fault="Số lần là một số nguyên từ 0 trở lên.",
    )
    check(
        page, open_cells["note"], "textLength", operator="lessThanOrEqual", formula1=MOST_NOTE, stops=True,
        title="Ghi chú", prompt="Lời giải thích ngắn, không quá 2.000 ký tự.",
        fault="Ghi chú dài quá 2.000 ký tự: hãy rút gọn, hoặc ghi ở trang “Bằng lời”.",
    )
