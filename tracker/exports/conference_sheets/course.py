"""Sheets 4 and 5: assessment and limitations; what was said, directed and concluded, with links to the tasks."""

from collections.abc import Mapping, Sequence

from tracker.domain.conferences import AssessmentKind, CountSubject, RemarkKind
from tracker.domain.record import ConferenceRecord, LimitationLine, RemarkLine
from tracker.domain.vietnamese import sentence
from tracker.exports.conference_sheets import words
from tracker.exports.conference_sheets.people import finish
from tracker.exports.sheets import frame, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.frame import Frame
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TaskRows = Mapping[int, str]
"""The place of each task on its sheet ("'Nhiệm vụ'!A8"), by the task's number."""

SHORT_KINDS = {
    AssessmentKind.CONTEXT: "Bối cảnh",
    AssessmentKind.LEADERSHIP: "Kết quả",
    AssessmentKind.MOVEMENT: "Kết quả",
    AssessmentKind.UNIT_TASKS: "Kết quả",
    AssessmentKind.TYPICAL_EXAMPLE: "Điển hình tiên tiến",
    AssessmentKind.COMMENDATION: "Khen thưởng",
    AssessmentKind.JOINT_ACTIVITY: "Hoạt động chung",
    AssessmentKind.STRENGTH: "Ưu điểm",
    AssessmentKind.PROPOSAL: "Kiến nghị, đề xuất",
}
REMARK_WORDS = {
    RemarkKind.DISCUSSION: "Phát biểu",
    RemarkKind.DIRECTIVE: "Chỉ đạo",
    RemarkKind.CONCLUSION: "Kết luận",
}
LIMITATION = "Hạn chế"
LINK = styles.Look(boxed=True, underlined=True)


def task_cell(numbers: Sequence[int], task_rows: TaskRows) -> Cell:
    """The numbers of tasks: one as a number, several as text; a link to the first that stands on the sheet."""
    link = next((task_rows[number] for number in numbers if number in task_rows), None)
    value: Value = numbers[0] if len(numbers) == 1 else ", ".join(map(str, numbers))
    return Cell(value, kind=Kind.SHORT, link=link, look=LINK if link else None)


def draw_assessment(book: Book, record: ConferenceRecord, framed: Frame, task_rows: TaskRows) -> None:
    """Assessments, then limitations. Causes and task numbers have columns only when some limitation has them."""
    causes = any(line.cause for line in record.limitations)
    numbers = any(line.task_numbers for line in record.limitations)
    sheet = Sheet(book, "Đánh giá và hạn chế", _assessment_columns(causes, numbers))
    right = [("Biểu số 04", styles.BLOC)]
    edge = frame.draw_head(sheet, framed, right, "ĐÁNH GIÁ KẾT QUẢ VÀ HẠN CHẾ", words.subtitle(record))
    sheet.head()
    for place, line in enumerate(record.assessments, start=1):
        blank: list[Value | Cell] = [None] * (causes + numbers)
        sheet.row([place, SHORT_KINDS[line.kind], line.topic, line.text, line.scope, line.assessor, *blank])
    for place, limitation in enumerate(record.limitations, start=len(record.assessments) + 1):
        more: list[Value | Cell] = [limitation.cause] * causes
        more += [task_cell(limitation.task_numbers, task_rows)] * numbers
        who = limitation.scope or "Không nêu đơn vị"
        sheet.row([place, LIMITATION, limitation.topic, limitation.text, who, limitation.assessor, *more])
    finish(sheet, framed, edge, _assessment_note(record), freeze_after=2)


def _assessment_columns(causes: bool, numbers: bool) -> list[Column]:
    """The reference's six columns; with causes and task numbers the text gives way to them."""
    text_width = 60
    if causes or numbers:
        text_width = (57 if causes else 65) - 9 * numbers
    columns = [
        Column("STT", 6, Kind.PLACE),
        Column("Loại", 13 if causes else 14),
        Column("Lĩnh vực", 17 if causes else 24),
        Column("Nội dung", text_width),
        Column("Đơn vị", 16 if causes else 18),
        Column("Người đánh giá", 16 if causes else 22),
    ]
    columns += [Column("Nguyên nhân", 24)] * causes
    return columns + [Column("Nhiệm vụ số", 9, Kind.SHORT)] * numbers


def _assessment_note(record: ConferenceRecord) -> str | None:
    """What the limitations leave open: causes, units."""
    missing = []
    if record.limitations and not any(line.cause for line in record.limitations):
        missing.append("nguyên nhân của hạn chế")
    names = {name for member in record.members for name in (member.name, member.short_name)}
    if record.limitations and not any(_names_unit(line, names) for line in record.limitations):
        missing.append("tên đơn vị có hạn chế")
    if not missing:
        return None
    subject, predicate = words.asker(record)
    left_open = ", ".join(f"{predicate} {thing}" for thing in missing)
    return f"Ghi chú: {sentence(subject)} {left_open}."


def _names_unit(line: LimitationLine, names: set[str]) -> bool:
    return line.scope in names


def draw_remarks(book: Book, record: ConferenceRecord, framed: Frame, task_rows: TaskRows) -> None:
    """Contributions, directives and conclusions, each with its speaker. Reports read out stand in the minutes."""
    remarks = [line for kind in REMARK_WORDS for line in record.said(kind)]
    columns = (
        Column("STT", 6, Kind.PLACE),
        Column("Loại ý kiến", 13),
        Column("Người phát biểu", 18),
        Column("Chức vụ", 34),
        Column("Nội dung", 62),
        Column("Nhiệm vụ số", 11, Kind.SHORT),
    )
    sheet = Sheet(book, "Chỉ đạo và kết luận", columns)
    spoken = record.said(RemarkKind.DISCUSSION)
    title = "Ý KIẾN PHÁT BIỂU, CHỈ ĐẠO VÀ KẾT LUẬN" if spoken else "Ý KIẾN CHỈ ĐẠO VÀ KẾT LUẬN"
    edge = frame.draw_head(sheet, framed, [("Biểu số 05", styles.BLOC)], title, words.subtitle(record))
    sheet.head()
    for place, line in enumerate(remarks, start=1):
        told: list[Value | Cell] = [place, REMARK_WORDS[line.kind], line.speaker_name, line.speaker_post]
        sheet.row([*told, _remark(line), task_cell(line.task_numbers, task_rows)])
    finish(sheet, framed, edge, _remark_note(record), freeze_after=3)


def _remark(line: RemarkLine) -> str:
    """The text, under its heading if it has one."""
    return f"{line.heading}: {line.text}" if line.heading else line.text


def _remark_note(record: ConferenceRecord) -> str | None:
    """Groups of tasks that were declared and not written down one by one, as sheet 1 shows them."""
    open_counts = [line for line in record.counts if line.difference and line.subject is CountSubject.TASK_GROUPS]
    if not open_counts:
        return None
    line = open_counts[0]
    return f"Ghi chú: Số nhóm nhiệm vụ được công bố: {line.declared}; số nhóm có nội dung: {line.recorded}."
