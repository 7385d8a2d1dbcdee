"""The sheet "Thành tích": what is there, then empty rows; lists for kind, object, method, level, system, movement."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.domain.form_about import FormAbout
from tracker.domain.form_sheet import (
    ACHIEVEMENT_COLUMNS,
    ACHIEVEMENTS,
    EMPTY_ACHIEVEMENTS,
    line_key,
    movement_labels,
)
from tracker.domain.submission_seen import AchievementSeen
from tracker.exports.sheets import printing
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value, fits_a_cell
from tracker.exports.unit_form_sheets import heading
from tracker.exports.unit_form_sheets.filling import FormSheet, check, figure, open_look, protect, remark, shut_look
from tracker.exports.unit_form_sheets.lists import choose

HINT = (
    "Mỗi thành tích một dòng; chọn Loại trong danh sách. Các cột từ “Danh hiệu, hình thức” đến “Hệ thống khen thưởng” "
    "chỉ ghi khi Loại là “Khen thưởng đã nhận”. Dòng đã có thì sửa tại chỗ; muốn bỏ hẳn thì xóa trên trang báo cáo."
)
KINDS = {
    "place": Kind.PLACE, "kind": Kind.SHORT, "happened_on": Kind.DATE, "value": Kind.NUMBER, "count": Kind.PLACE,
    "award_object": Kind.SHORT, "award_method": Kind.SHORT, "decision_number": Kind.SHORT, "decided_on": Kind.DATE,
    "conferred_level": Kind.SHORT, "conferred_system": Kind.SHORT,
}
FIRST_DAY, LAST_DAY = "36526", "73050"
"""01/01/2000 and 31/12/2099 as spreadsheets count days."""

EMPTY_POINTS = 20.0


def draw(
    book: Book, achievements: Sequence[AchievementSeen], about: FormAbout, lists: Mapping[str, str], *, open_: bool
) -> FormSheet:
    """`lists`: field → place of its words. `open_`: the unit may write here."""
    sheet = FormSheet(book, ACHIEVEMENTS, ACHIEVEMENT_COLUMNS, KINDS)
    heading.draw(sheet, about, "THÀNH TÍCH, ĐIỂN HÌNH, KHEN THƯỞNG", HINT)
    sheet.head()
    _say_limits(sheet)
    looks = [shut_look(Kind.PLACE)] + [_look(column.kind, open_) for column in sheet.columns[1:]]
    labels = {movement.key: label for label, movement in movement_labels(about.movements).items()}
    kept = [each for each in achievements if fits_a_cell(each.text)]
    for place, achievement in enumerate(kept, start=1):
        values = _values(place, achievement, labels)
        dressed = looks
        if achievement.value is not None and achievement.value != achievement.value.to_integral_value():
            at = sheet.fields.index("value")
            dressed = [*looks[:at], replace(looks[at], number_format="[$-42A]#,##0.00##"), *looks[at + 1 :]]
        sheet.fill_row(values, dressed, line_key(achievement.key, achievement.version))
    if open_:
        for place in range(len(kept) + 1, len(kept) + EMPTY_ACHIEVEMENTS + 1):
            sheet.fill_row([place] + [None] * (len(sheet.columns) - 1), looks, least=EMPTY_POINTS)
        _check(sheet, lists)
    elif not kept:
        sheet.nothing("Chưa ghi thành tích nào.")
    protect(sheet.page)
    mark = "Số liệu minh họa" if about.illustration else ""
    printing.set_up(sheet, mark=mark, freeze_after=2, filtered=False)
    return sheet


def _look(kind: Kind, open_: bool) -> Look:
    return open_look(kind) if open_ else shut_look(kind)


def _values(place: int, one: AchievementSeen, labels: Mapping[str, str]) -> list[Value]:
    return [
        place, one.kind.label, one.subject, one.text, one.field, one.happened_on, figure(one.value),
        labels.get(one.movement_key or "", one.movement), one.award,
        one.award_object.label if one.award_object else None,
        one.award_method.label if one.award_method else None,
        one.count, one.decision_number, one.decided_on,
        one.conferred_level.label if one.conferred_level else None,
        one.conferred_system.label if one.conferred_system else None,
    ]


def _say_limits(sheet: FormSheet) -> None:
    assert sheet.head_rows is not None
    for field, text in (
        ("text", "Làm được gì, kết quả ra sao. Với khen thưởng đã nhận có thể để trống."),
        ("value", "Số tiền bằng đồng, ví dụ giá trị hỗ trợ một xã: 150000000. Không ghi chữ “triệu”, “tỷ”."),
        ("happened_on", "Ngày theo thứ tự ngày/tháng/năm, ví dụ 02/04/2026."),
        ("award", "Ví dụ: Bằng khen của UBND tỉnh."),
    ):
        remark(sheet.page[f"{sheet.letter(field)}{sheet.head_rows[1]}"], text)


def _check(sheet: FormSheet, lists: Mapping[str, str]) -> None:
    assert sheet.body_rows is not None
    first, last = sheet.body_rows

    def column(field: str) -> list[str]:
        letter = sheet.letter(field)
        return [f"{letter}{first}:{letter}{last}"]

    for field, place in lists.items():
        head = sheet.columns[sheet.fields.index(field)].head
        choose(sheet.page, column(field), head, place)
    for field in ("happened_on", "decided_on"):
        check(
            sheet.page, column(field), "date", operator="between", formula1=FIRST_DAY, formula2=LAST_DAY,
            title="Ngày", prompt="Ghi theo ngày/tháng/năm, ví dụ 02/04/2026.",
            fault="Ô này ghi một ngày theo thứ tự ngày/tháng/năm, ví dụ 02/04/2026.", stops=True,
        )
    check(
        sheet.page, column("value"), "decimal", operator="between", formula1="0", formula2="99999999999999",
        title="Giá trị (đồng)", prompt="Số tiền bằng đồng, không ghi chữ.",
        fault="Ô này ghi số tiền bằng đồng, từ 0 trở lên.", stops=True,
    )
    check(
        sheet.page, column("count"), "whole", operator="between", formula1="1", formula2="2000000000",
        title="Số lượng", prompt="Bao nhiêu tập thể, cá nhân hoặc hộ được khen.",
        fault="Số lượng là một số nguyên từ 1 trở lên.", stops=True,
    )
