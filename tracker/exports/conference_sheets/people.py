"""Sheets 2 and 3: members with their terms and attendance; delegates with the counts of who came."""

from tracker.domain.conferences import Attendance, DelegateKind
from tracker.domain.record import ConferenceRecord, DelegateLine, MemberLine
from tracker.exports.conference_sheets import words
from tracker.exports.sheets import frame, printing, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.frame import Frame
from tracker.exports.sheets.sheet import CONTINUED_NOTE, Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

MEMBER_NOTE = "Ghi chú: Ô để trống là chưa có số liệu (người giữ vai trò, ngày bắt đầu, ngày kết thúc nhiệm kỳ)."
DELEGATE_COLUMNS = (
    Column("STT", 6, Kind.PLACE),
    Column("Họ và tên", 22),
    Column("Cơ quan, đơn vị", 31),
    Column("Chức vụ Đảng", 23),
    Column("Chức vụ chính quyền", 32),
    Column("Thành phần", 15),
    Column("Tham dự", 11),
    Column("Số người", 7, Kind.NUMBER),
)


def draw_members(book: Book, record: ConferenceRecord, framed: Frame) -> None:
    """One row a member, in the bloc's order, with the names and roles of the conference's day."""
    word = record.bloc_kind.word
    columns = (
        Column("STT", 6, Kind.PLACE),
        Column(f"Tên đơn vị (tại {words.as_of(record)})", 36),
        Column(f"Vai trò trong {word}", 18),
        Column("Người giữ vai trò", 20),
        Column("Chức vụ", 32),
        Column("Từ ngày", 13, Kind.DATE),
        Column("Đến ngày", 13, Kind.DATE),
        Column("Tham dự", 11),
    )
    sheet = Sheet(book, "Thành viên và nhiệm kỳ", columns)
    title = f"THÀNH VIÊN VÀ NHIỆM KỲ {word} TRƯỞNG, {word} PHÓ".upper()
    edge = frame.draw_head(sheet, framed, [("Biểu số 02", styles.BLOC)], title, words.subtitle(record))
    sheet.head()
    for place, member in enumerate(record.members, start=1):
        sheet.row([place, *_member(record, member)])
    finish(sheet, framed, edge, MEMBER_NOTE, freeze_after=2)


def _member(record: ConferenceRecord, member: MemberLine) -> list[Value]:
    role = member.role.called_in(record.bloc_kind) if member.role else "Thành viên"
    came = unit_attendance(record, member)
    return [
        member.name,
        role,
        member.holder_name,
        member.holder_post,
        member.role_from,
        member.role_to,
        came.label if came else None,
    ]


def unit_attendance(record: ConferenceRecord, member: MemberLine) -> Attendance | None:
    """Whether the unit was there: the best of what its delegates' rows say, None when they say nothing."""
    names = (member.name, member.short_name)
    own = [line for line in record.delegates if line.kind is not DelegateKind.GUEST and line.body in names]
    come = {line.attendance for line in own}
    return next((kind for kind in words.ATTENDANCE if kind in come), None)


def draw_delegates(book: Book, record: ConferenceRecord, framed: Frame) -> None:
    """One row a person or a body; beneath, how many rows came, sent a substitute, stayed away."""
    sheet = Sheet(book, "Đại biểu", DELEGATE_COLUMNS)
    right = [("Biểu số 03", styles.BLOC)]
    edge = frame.draw_head(sheet, framed, right, "ĐẠI BIỂU DỰ HỘI NGHỊ", words.subtitle(record))
    sheet.head()
    for place, line in enumerate(record.delegates, start=1):
        sheet.row([place, *_delegate(line)])
    note = "Ghi chú: Ô để trống là chưa có số liệu"
    if record.source_note and not record.illustration and _uncounted(record):
        note += ": văn bản không nêu họ tên và số người dự của từng cơ quan, đơn vị"
    note += "."
    keep = None
    if record.delegates:
        keep = sheet.close()
        _draw_counts(sheet, record)
        note += " Bảng cộng đếm số dòng của biểu; cộng số người chỉ khi mọi dòng đều có số."
    finish(sheet, framed, edge, note, freeze_after=2, keep=keep)


def _uncounted(record: ConferenceRecord) -> bool:
    return any(line.people is None or not line.person_name for line in record.delegates)


def _delegate(line: DelegateLine) -> list[Value]:
    came = line.attendance.label if line.attendance else None
    if came and line.substitute_for:
        came = f"{came} {line.substitute_for}"
    return [line.person_name, line.body, line.party_post, line.state_post, line.kind.label, came, line.people]


def _draw_counts(sheet: Sheet, record: ConferenceRecord) -> None:
    """Heads, then the number of rows, then of people when every row has one."""
    kinds = (*words.ATTENDANCE, None)
    heads = [kind.label if kind else "Chưa ghi nhận" for kind in kinds]
    rows = [[line for line in record.delegates if line.attendance is kind] for kind in kinds]
    counts: list[tuple[str, list[int]]] = [("Số dòng", [len(lines) for lines in rows])]
    if all(line.people is not None for line in record.delegates):
        counts.append(("Số người", [sum(line.people or 0 for line in lines) for lines in rows]))
    sheet.row(_spread("Cộng", heads, Kind.SHORT), styles.group)
    for label, numbers in counts:
        sheet.row(_spread(label, numbers, Kind.PLACE))


def _spread(label: str, values: list[str] | list[int], kind: Kind) -> list[Value | Cell]:
    """A label over the first two columns, four values, and the fifth over the last two."""
    cells: list[Value | Cell] = [Cell(label, span=2, kind=Kind.TEXT)]
    cells += [Cell(value, kind=kind) for value in values[:-1]]
    return [*cells, Cell(values[-1], span=2, kind=kind)]


def finish(
    sheet: Sheet, framed: Frame, edge: int, note: str | None, *, freeze_after: int, keep: int | None = None
) -> None:
    """Note, signature and print set-up of a sheet with one table; an empty table says that there are no figures.

    `keep`: the first row to print with the signature, when that is more than the last two.
    """
    filled = sheet.body_rows is not None
    if not filled:
        sheet.nothing(words.NO_FIGURE)
    notes = [note] * (note is not None) + [CONTINUED_NOTE] * sheet.continued
    last_rows = keep or sheet.next_row - 2
    for text in notes:
        sheet.note(text or "")
    frame.draw_signature(sheet, framed, edge)
    printing.set_up(sheet, mark=framed.footer_mark, freeze_after=freeze_after, filtered=filled, keep=last_rows)
