"""The minutes as text: the fields of Mẫu 1.9 (NĐ 30/2020) in their order, then the course, numbered by event.

An unknown field stays open for the pen: dots inside a sentence, a dotted leader (tab) to the end of a line.
"""

from datetime import time

from tracker.domain.conferences import AssessmentKind, Attendance, CountSubject, DelegateKind, RemarkKind
from tracker.domain.paper import Paper, Signature
from tracker.domain.record import AgendaLine, ConferenceRecord, DelegateLine
from tracker.domain.vietnamese import clock_time, paper_count, sentence
from tracker.exports.directions import conclusion_points, directive_text, remark_entry, sets_out
from tracker.exports.item_text import assigned_block, carried_block, documents_block
from tracker.exports.letterhead import recipients, signer, subject_lines, superior_and_issuing
from tracker.exports.numbering import Block, Entry, clauses
from tracker.exports.phrases import (
    BLANK,
    DOTTED,
    SIGN_HERE,
    about,
    bloc_word,
    bound,
    came,
    chair,
    day_in_minutes,
    day_part,
    gap,
    guests,
    line,
    lines,
    listed,
    number_line,
    past,
    person,
    spelt_out,
    stead,
    units_present,
)
from tracker.exports.speeches import speeches


def minutes(record: ConferenceRecord) -> Paper:
    """The minutes of a conference of any kind, to be drawn as Word or PDF."""
    head = record.letterhead
    superior, issuing = superior_and_issuing(record)
    return Paper(
        superior=superior,
        issuing=issuing,
        number_line=number_line(head.minutes_number, head.minutes_sign, "BB-…"),
        date_line="",
        type_name="BIÊN BẢN",
        subject=subject_lines(line(record.title)),
        opening=tuple(bound(text) for text in spelt_out(_fields(record))),
        sections=(),
        clauses=clauses(_course(record)) or clauses([Block("Diễn biến Hội nghị", (DOTTED, DOTTED))]),
        closing=(bound(f"Hội nghị kết thúc vào {_ending(record)}./."),),
        recipients=recipients(record, "Lưu: VT, Hồ sơ", only_members=True),
        signatures=_signatures(record),
        title=f"Biên bản {line(record.title)}",
        draft=record.draft,
        illustration=record.illustration,
    )


def _hour(moment: time | None) -> str:
    return clock_time(moment) if moment else f"{BLANK} giờ {BLANK}"


def _start(record: ConferenceRecord) -> str:
    part = day_part(record.day_part)
    day = day_in_minutes(record.first_day, record.precision)
    return f"{_hour(record.starts_at)}, {part} {day}" if part else f"{_hour(record.starts_at)}, {day}"


def _ending(record: ConferenceRecord) -> str:
    return f"{_hour(record.ends_at)}, {day_in_minutes(record.last_day, record.precision)}"


def _fields(record: ConferenceRecord) -> list[str]:
    chairs = "; ".join(chair(row, record.bloc_kind) for row in record.chairs)
    secretary = ", ".join(line(part) for part in (record.secretary_name, record.secretary_post) if part)
    venue = line(record.venue)
    return [
        f"Thời gian bắt đầu: {_start(record)}.",
        f"Địa điểm: {venue or DOTTED}.",
        "Thành phần tham dự:",
        f"- Đại biểu mời: {guests(record) or DOTTED}.",
        _members(record),
        *_attendance(record),
        f"Chủ trì (chủ tọa): {sentence(chairs) or DOTTED}.",
        f"Thư ký (người ghi biên bản): {secretary or DOTTED}.",
        "Nội dung:",
    ]


def _members(record: ConferenceRecord) -> str:
    number = units_present(record)
    who = f"{number} đơn vị" if number else "các đơn vị"
    names = [f"{line(member.name)}{_sent_by(record, member.name)}" for member in record.members]
    told = listed(names, ", ") or DOTTED
    bloc = f"{line(record.bloc_name)} (sau đây gọi tắt là {bloc_word(record)})"
    return f"- Đại biểu của {who} trong {bloc}: {told}."


def _sent_by(record: ConferenceRecord, unit: str) -> str:
    """Whom a member sent, when named; those who preside are told with the chairs."""
    rows = [row for row in record.delegates if row.kind is DelegateKind.MEMBER and row.body == unit]
    named = [_delegate(row) for row in rows if row.person_name and came(row)]
    return f" ({'; '.join(named)})" if named else ""


def _delegate(row: DelegateLine) -> str:
    return person(row.person_name or "", row.party_post, row.state_post) + stead(row)


def _attendance(record: ConferenceRecord) -> list[str]:
    """How many came and who did not. Numbers only when somebody counted them all; declared ones stand beside."""
    rows = record.delegates
    known = bool(rows) and all(row.attendance is not None and row.people is not None for row in rows)
    there = sum(row.people or 0 for row in rows if came(row))
    away = sum(row.people or 0 for row in rows if not came(row))
    if known:
        told = [f"- Số đại biểu có mặt: {paper_count(there)}; vắng mặt: {paper_count(away)}."]
    else:
        told = [f"- Số đại biểu có mặt: {DOTTED}; vắng mặt: {DOTTED}."]
    if differing := gap(record, CountSubject.PEOPLE):
        declared, recorded = (paper_count(number) for number in differing)
        told.append(f"- Số người dự được công bố: {declared}; số đã ghi nhận: {recorded}.")
    absent = [_absent(row) for row in rows if not came(row)]
    return [*told, f"- Vắng mặt: {'; '.join(absent)}."] if absent else told


def _absent(row: DelegateLine) -> str:
    who = [_delegate(row)] if row.person_name else []
    reason = " (vắng có lý do)" if row.attendance is Attendance.EXCUSED else " (vắng)"
    return ", ".join([*who, *([line(row.body)] if row.body else [])]) + reason


def _course(record: ConferenceRecord) -> list[Block]:
    """The events in the order in which a review runs."""
    return [
        Block("Chương trình Hội nghị", (), tuple(_agenda(row) for row in record.agenda)),
        carried_block(record),
        *(_reports(record) or [_assessment(record)]),
        _limitations(record),
        _discussion(record),
        *_directives(record),
        *_conclusions(record),
        assigned_block(record),
        documents_block(record),
    ]


def _agenda(row: AgendaLine) -> Entry:
    more = [line(row.presenter)] if row.presenter else []
    if row.minutes:
        more.append(f"{paper_count(row.minutes)} phút")
    return (f"{line(row.title)} ({', '.join(more)})." if more else f"{line(row.title)}.",)


def _reports(record: ConferenceRecord) -> list[Block]:
    blocks = []
    for speech in speeches(record, record.said(RemarkKind.REPORT)):
        for remark in speech.remarks:
            title = line(remark.heading) or f"Báo cáo của {speech.short or 'thường trực ' + bloc_word(record)}"
            lead = (f"{sentence(speech.full)} trình bày:",) if speech.name else ()
            blocks.append(Block(title, (*lead, *lines(remark.text))))
    return blocks


def _assessment(record: ConferenceRecord) -> Block:
    """What the assessment rows say, when no report at the conference was written down."""
    rows = [row for kind in AssessmentKind for row in record.assessed(kind)]
    told = [text for row in rows for text in (about(record, row.scope, line_) for line_ in lines(row.text))]
    lead = ("Nội dung đánh giá tại Hội nghị:",) if told else ()
    return Block(f"Đánh giá phong trào thi đua{past(record)}", (*lead, *told))


def _limitations(record: ConferenceRecord) -> Block:
    """The limitations under the name of those who pointed them out, when these are the same for all."""
    voices = {line(row.assessor) for row in record.limitations}
    voice = voices.pop() if len(voices) == 1 else ""
    title = f"Ý kiến của {voice[:1].lower() + voice[1:]} về hạn chế" if voice else "Hạn chế được chỉ ra tại Hội nghị"
    points = []
    for row in record.limitations:
        cause = (f"Nguyên nhân: {line(row.cause)}",) if line(row.cause) else ()
        first, *others = lines(row.text) or ("",)
        points.append((about(record, row.scope, first), *others, *cause))
    return Block(title, (), tuple(points))


def _discussion(record: ConferenceRecord) -> Block:
    points: list[Entry] = []
    for speech in speeches(record, record.said(RemarkKind.DISCUSSION)):
        for remark in speech.remarks:
            heading, *texts = remark_entry(remark) or ("",)
            points.append((f"{sentence(speech.full)}: {heading}" if speech.name else heading, *texts))
    return Block("Tham luận, phát biểu", (), tuple(points))


def _directives(record: ConferenceRecord) -> list[Block]:
    blocks = []
    for speech in speeches(record, record.said(RemarkKind.DIRECTIVE)):
        of = f" của {speech.full}" if speech.name else ""
        subject = speech.name if speech.is_body or not speech.name else "đồng chí"
        paragraphs, points = directive_text(record, speech, subject, dotted=True)
        blocks.append(Block(f"Ý kiến chỉ đạo{of}", paragraphs, points))
    return blocks


def _conclusions(record: ConferenceRecord) -> list[Block]:
    blocks = []
    for speech in speeches(record, record.said(RemarkKind.CONCLUSION)):
        subject = speech.name if speech.is_body or not speech.name else "Đồng chí"
        lead = f"{subject or 'Hội nghị'} {sets_out(record)}:"
        title = f"Kết luận của {speech.full}" if speech.name else "Kết luận Hội nghị"
        blocks.append(Block(title, (lead,), conclusion_points(speech)))
    return blocks


def _signatures(record: ConferenceRecord) -> tuple[Signature, ...]:
    """Secretary left, chair right with the post under it."""
    presiding = signer(record)
    return (
        Signature(("THƯ KÝ",), (), line(record.secretary_name) or SIGN_HERE),
        Signature(("CHỦ TỌA", *presiding.lines[-1:]), (), presiding.name),
    )
