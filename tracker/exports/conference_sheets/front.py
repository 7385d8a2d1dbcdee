"""Sheet 1, Tổng hợp: the conference's facts, declared beside recorded counts, the period's figures."""

from collections.abc import Sequence

from tracker.domain.conferences import AssessmentKind, Attendance, Precision, RemarkKind
from tracker.domain.record import ConferenceRecord, DocumentLine
from tracker.domain.vietnamese import long_date, paper_count, sentence
from tracker.exports.conference_sheets import results_lines, words
from tracker.exports.conference_sheets.words import NO_FIGURE
from tracker.exports.period_sheets.all_sheets import AWARDS, PROGRESS, SENDINGS
from tracker.exports.sheets import frame, printing, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.frame import Frame
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Cell, Column, Sheet
from tracker.exports.sheets.styles import Look
from tracker.exports.sheets.values import Kind, Value

COLUMNS = (
    Column("Mục", 36),
    Column("Nội dung", 33),
    Column("Số công bố", 9, Kind.NUMBER),
    Column("Số ghi nhận", 9, Kind.NUMBER),
    Column("Chênh lệch", 9, Kind.DIFFERENCE),
)
NOTE = (
    "Ghi chú: Ô để trống là chưa có số liệu; số 0 là có ghi nhận và bằng không. “Số công bố” là số văn bản nêu; "
    "“số ghi nhận” là số dòng đã nhập; chênh lệch được để nguyên, không tự sửa."
)
DAY = Look(boxed=True, horizontal="left", indent=1, wraps=False, number_format=Kind.DATE.number_format)


def draw(book: Book, record: ConferenceRecord, framed: Frame) -> None:
    """One portrait page. Facts are merged over the last four columns: empty boxes would look like lost figures."""
    sheet = Sheet(book, "Tổng hợp", COLUMNS)
    right = [(frame.NATIONAL_NAME, styles.BLOC), (frame.MOTTO, styles.MOTTO)]
    title, subtitle = words.front_title(record)
    edge = frame.draw_head(sheet, framed, right, title, subtitle, broken=True)
    sheet.head()
    sheet.band("I. Thông tin hội nghị")
    for label, value in _facts(record):
        _fact(sheet, label, value)
    sheet.band("II. Đối chiếu số công bố với số ghi nhận")
    for line in record.counts:
        sheet.row([line.label, line.note, line.declared, line.recorded, line.difference])
    if not record.counts:
        _fact(sheet, "Số công bố", NO_FIGURE)
    sheet.band("III. Số liệu của kỳ")
    for label, text in _figures(record):
        _fact(sheet, label, text)
    keep = sheet.next_row - 2
    sheet.note(NOTE)
    if record.source_note and not record.illustration:
        sheet.note(f"Nguồn số liệu: {record.source_note}.")
    if sheet.continued:
        sheet.note(CONTINUED_NOTE)
    frame.draw_signature(sheet, framed, edge)
    printing.set_up(sheet, mark=framed.footer_mark, portrait=True, filtered=False, keep=keep)


def _fact(sheet: Sheet, label: str, value: Value) -> None:
    is_text = isinstance(value, str)
    sheet.row([label, Cell(value, span=4, kind=Kind.TEXT if is_text else Kind.DATE, look=None if is_text else DAY)])


def _facts(record: ConferenceRecord) -> list[tuple[str, Value]]:
    """Band I, in the order of the reference; agenda and adopted documents only when there are any."""
    secretary = words.person(record.secretary_name, record.secretary_post) if record.secretary_name else None
    facts: list[tuple[str, Value]] = [
        ("Tên hội nghị", record.title),
        (record.bloc_kind.label, record.bloc_name),
        ("Loại hội nghị", "; ".join(kind.label for kind in record.kinds)),
        ("Kỳ", record.period.label if record.period else None),
        *_days(record),
        ("Buổi", words.hours(record)),
        ("Địa điểm", record.venue),
        ("Chủ trì", "; ".join(words.chair(record, line) for line in record.chairs)),
        ("Kết luận", "; ".join(_concluding(record))),
        ("Thư ký", secretary),
    ]
    if record.agenda:
        points = [f"{place}. {line.title}" for place, line in enumerate(record.agenda, start=1)]
        facts.append(("Chương trình", "; ".join(points)))
    if record.documents:
        facts.append(("Văn bản được thông qua", "; ".join(_document(line) for line in record.documents)))
    return [(label, value or NO_FIGURE) for label, value in facts]


def _days(record: ConferenceRecord) -> list[tuple[str, Value]]:
    """Known days as dates; a month or a half-year in words."""
    if record.precision is not Precision.DAY:
        return [("Thời gian", sentence(f"{words.when(record)} (chưa rõ ngày)"))]
    if record.first_day == record.last_day:
        return [("Ngày", record.first_day)]
    return [("Ngày bắt đầu", record.first_day), ("Ngày kết thúc", record.last_day)]


def _concluding(record: ConferenceRecord) -> list[str]:
    """Those who concluded, each once."""
    said = record.said(RemarkKind.CONCLUSION)
    return list(dict.fromkeys(words.person(line.speaker_name, line.speaker_post) for line in said if line.speaker_name))


def _document(line: DocumentLine) -> str:
    marks = [f"số {line.number}"] * bool(line.number)
    if line.issued_on:
        marks.append(long_date(line.issued_on))
    return f"{line.title} ({', '.join(marks)})" if marks else line.title


def _figures(record: ConferenceRecord) -> list[tuple[str, str]]:
    """Band III: what is known of the period. Scores are not part of it yet, and their row says so."""
    praised = "Xem Biểu số 04" if record.assessed(AssessmentKind.COMMENDATION) else NO_FIGURE
    reported = results_lines.told(record.results) if record.results else {}
    figures = [
        ("Điểm thi đua và xếp hạng", NO_FIGURE),
        ("Thực hiện chỉ tiêu giao ước thi đua", reported.get(PROGRESS, NO_FIGURE)),
        ("Khen thưởng", reported.get(AWARDS, praised)),
        ("Đại biểu có mặt, vắng mặt", _attendance([line.attendance for line in record.delegates])),
    ]
    if SENDINGS in reported:
        figures.append(("Gửi báo cáo", reported[SENDINGS]))
    if record.carried_items:
        made, carried = len(record.made_items), len(record.carried_items)
        text = f"{paper_count(made)} giao tại hội nghị này, {paper_count(carried)} từ các hội nghị trước"
        figures.append(("Nhiệm vụ", f"{text} (Biểu số 06)"))
    return figures


def _attendance(come: Sequence[Attendance | None]) -> str:
    """How many rows of sheet 3 came or not; no figure when nothing was recorded of anybody."""
    if not any(come):
        return NO_FIGURE
    counts = [f"{kind.label.lower()} {come.count(kind)}" for kind in words.ATTENDANCE]
    if None in come:
        counts.append(f"chưa ghi nhận {come.count(None)}")
    return f"{sentence(', '.join(counts))} (số dòng tại Biểu số 03)"
