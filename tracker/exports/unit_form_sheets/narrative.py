"""The sheet "Bằng lời": one large cell for each part of the narrative."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.domain.form_about import FormAbout
from tracker.domain.form_sheet import NARRATIVE, NARRATIVE_COLUMNS, line_key, text_parts
from tracker.domain.submission_seen import SectionSeen
from tracker.domain.submissions import SectionKind
from tracker.exports.sheets import printing
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.values import Kind
from tracker.exports.unit_form_sheets import heading
from tracker.exports.unit_form_sheets.filling import FormSheet, check, open_look, protect, remark, shut_look
from tracker.exports.unit_form_sheets.results import is_open

HINT = (
    "Ghi lời vào ô tô màu; xuống dòng trong ô bằng Alt + Enter. Phần không có gì để nêu thì để trống. "
    "Tuyệt đối không ghi nội dung thuộc bí mật nhà nước."
)
ROOM_POINTS = 150.0
MOST_TEXT = "20000"
ASKS = {
    SectionKind.ASSESSMENT: "Những việc chính đã làm, kết quả nổi bật trong kỳ.",
    SectionKind.LIMITATIONS: "Mỗi hạn chế một đoạn, kèm nguyên nhân.",
    SectionKind.DIRECTIONS: "Nhiệm vụ, giải pháp của kỳ tới.",
    SectionKind.PROPOSALS: "Đề nghị với khối, với tỉnh, với trung ương.",
}


def draw(book: Book, sections: Sequence[SectionSeen], about: FormAbout) -> FormSheet:
    """A text longer than a cell goes on in the next row, under the same key."""
    sheet = FormSheet(book, NARRATIVE, NARRATIVE_COLUMNS, {})
    heading.draw(sheet, about, "BÁO CÁO BẰNG LỜI", HINT)
    sheet.head()
    open_cells = []
    for section in sections:
        if section.kind not in SectionKind.texts():
            continue
        writable = is_open(about, section.returned_reason)
        look = open_look(Kind.TEXT, returned=section.returned_reason is not None) if writable else shut_look(Kind.TEXT)
        look = replace(look, vertical="top")
        for place, part in enumerate(text_parts(section.text)):
            label = section.kind.label if place == 0 else f"{section.kind.label} (tiếp)"
            key = line_key(section.key, section.version)
            row = sheet.fill_row([label, part or None], [shut_look(Kind.TEXT), look], key, least=ROOM_POINTS)
            if place == 0:
                remark(sheet.page.cell(row=row, column=1), about.bloc_kind.called(ASKS[section.kind]))
            if place == 0 and section.returned_reason:
                remark(sheet.page.cell(row=row, column=2), f"Phần bị trả lại: {section.returned_reason}")
            if writable:
                open_cells.append(f"{sheet.letter('text')}{row}")
    check(
        sheet.page, open_cells, "textLength", operator="lessThanOrEqual", formula1=MOST_TEXT, stops=True,
        title="Nội dung", prompt="Không quá 20.000 ký tự; xuống dòng bằng Alt + Enter.",
        fault="Phần này dài quá 20.000 ký tự: hãy rút gọn.",
    )
    protect(sheet.page)
    mark = "Số liệu minh họa" if about.illustration else ""
    printing.set_up(sheet, mark=mark, filtered=False)
    sheet.page.freeze_panes = None  # rows are as high as a small screen: what is frozen would hide what is written
    return sheet
