"""The news item of a conference for a web portal: Word with photographs, and plain text.

It tells what the record holds and nothing else: who met, what was assessed, what was asked for. No number is required,
and what is missing is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from PIL import Image

from tracker.domain.conferences import AssessmentKind, Precision, RemarkKind
from tracker.domain.record import ConferenceRecord, PhotoLine
from tracker.domain.vietnamese import joined, month_number, sentence, spoken_date
from tracker.exports.directions import conclusion_points, directive_text, leader_title, sets_out
from tracker.exports.numbering import Entry, without_letter
from tracker.exports.phrases import (
    about,
    bloc_word,
    bound,
    chair,
    day_part,
    guests,
    line,
    lines,
    listed,
    units_present,
)
from tracker.exports.speeches import Speech, speeches
from tracker.exports.word import DRAFT, ILLUSTRATION, fill, opened, saved

TEMPLATE = "tin-hoi-nghi.docx"
PHOTO_WIDTH, PHOTO_HEIGHT = 150.0, 110.0
"""The room of a photograph in millimetres; its own proportions are kept."""

NO_FILE = "chưa có tệp ảnh"


@dataclass(frozen=True)
class Item:
    """A news item before it is drawn: title, day, opening, then parts; each part may be followed by a photograph."""

    title: str
    day: str
    opening: str
    parts: tuple[str | PhotoLine, ...]
    source: str


@dataclass(frozen=True)
class Passage:
    """Paragraphs that belong together, and who speaks in them."""

    texts: tuple[str, ...]
    speaker: str = ""


def news_word(record: ConferenceRecord) -> bytes:
    """The news item with its photographs as the bytes of a .docx file; each photograph is described by its caption."""
    item = _item(record)
    document = opened(TEMPLATE)
    values = {
        "tieu_de": item.title,
        "ngay": item.day,
        "mo_dau": bound(item.opening),
        "phan": [_part(document, part) for part in item.parts],
        "nguon": item.source,
        "du_thao": DRAFT if record.draft else "",
        "minh_hoa": ILLUSTRATION if record.illustration else "",
    }
    fill(document, values, title=item.title, author=line(record.bloc_name))
    captions = [line(part.caption) for part in item.parts if isinstance(part, PhotoLine) and part.content]
    for described, caption in zip(document.docx.element.body.iter(qn("wp:docPr")), captions, strict=True):
        described.set("descr", caption)
    return saved(document)


def news_text(record: ConferenceRecord) -> str:
    """The same as plain text: paragraphs parted by a blank line, photographs as their captions."""
    item = _item(record)
    marks = [mark for mark, on in ((DRAFT, record.draft), (ILLUSTRATION, record.illustration)) if on]
    head = [*([" - ".join(marks)] if marks else []), item.title, item.day, item.opening]
    told = [f"[Ảnh: {line(part.caption)}]" if isinstance(part, PhotoLine) else part for part in item.parts]
    return "\n\n".join(text for text in (*head, *told, item.source) if text) + "\n"


def _part(document: DocxTemplate, part: str | PhotoLine) -> dict[str, Any]:
    if isinstance(part, str):
        return {"doan": bound(part), "hinh": None, "chu_thich": ""}
    caption = line(part.caption)
    if part.content is None:
        return {"doan": "", "hinh": None, "chu_thich": f"Ảnh: {caption} ({NO_FILE})"}
    picture = InlineImage(document, BytesIO(part.content), **_size(part.content))
    return {"doan": "", "hinh": picture, "chu_thich": caption}


def _size(content: bytes) -> dict[str, Mm]:
    """The full width, unless the photograph would then be too high for its room."""
    with Image.open(BytesIO(content)) as photo:
        wide, high = photo.size
    if high * PHOTO_WIDTH > wide * PHOTO_HEIGHT:
        return {"height": Mm(PHOTO_HEIGHT)}
    return {"width": Mm(PHOTO_WIDTH)}


def _item(record: ConferenceRecord) -> Item:
    source = line(record.source_note)
    return Item(
        title=_title(record),
        day=_day(record),
        opening=_opening(record),
        parts=tuple(_with_photos(list(_passages(record)), record.photos)),
        source=f"({sentence(source)})" if source else "",
    )


def _title(record: ConferenceRecord) -> str:
    """The bloc does before it is told what: Khối thi đua … tổ chức Hội nghị sơ kết …"""
    title, bloc = line(record.title), line(record.bloc_name)
    return title if bloc in title else f"{bloc} tổ chức {title}"


def _day(record: ConferenceRecord) -> str:
    """20/7/2022; 30/7 - 01/8 as 30/7/2026 - 1/8/2026; tháng 7/2026; nothing for a half-year."""
    if record.precision is Precision.HALF_YEAR:
        return ""
    if record.precision is Precision.MONTH:
        return f"Tháng {month_number(record.first_day.month)}/{record.first_day.year}"
    days = dict.fromkeys((spoken_date(record.first_day), spoken_date(record.last_day)))
    return " - ".join(days)


def _when(record: ConferenceRecord) -> str:
    if record.precision is Precision.HALF_YEAR:
        return f"Trong 6 tháng {'đầu' if record.first_day.month < 7 else 'cuối'} năm {record.first_day.year}"
    if record.precision is Precision.MONTH:
        return f"Trong tháng {month_number(record.first_day.month)}/{record.first_day.year}"
    if record.first_day != record.last_day:
        return f"Từ ngày {spoken_date(record.first_day)} đến ngày {spoken_date(record.last_day)}"
    part = day_part(record.day_part)
    return f"{sentence(part)} {spoken_date(record.first_day)}" if part else f"Ngày {spoken_date(record.first_day)}"


def _opening(record: ConferenceRecord) -> str:
    where = f" tại {line(record.venue)}," if record.venue else ""
    return f"{_when(record)},{where} {line(record.bloc_name)} tổ chức {line(record.title)}."


def _passages(record: ConferenceRecord) -> Iterator[Passage]:
    """The passages in the order of the meeting."""
    yield Passage(tuple(_attendance(record)))
    for text in _assessed(record):
        yield Passage((text,))
    yield Passage(tuple(_limitations(record)))
    for speech in speeches(record, record.said(RemarkKind.DIRECTIVE)):
        subject = f"phát biểu tại Hội nghị, {speech.full}" if speech.name else ""
        paragraphs, points = directive_text(record, speech, subject, dotted=False)
        yield Passage((*paragraphs, *_dashed(points)), speech.name)
    for speech in speeches(record, record.said(RemarkKind.CONCLUSION)):
        lead = f"{_concluding(record, speech)} {sets_out(record)}:"
        yield Passage((lead, *_dashed(conclusion_points(speech))), speech.name)
    if record.documents:
        yield Passage((f"Hội nghị đã thông qua: {'; '.join(line(row.title) for row in record.documents)}.",))


def _attendance(record: ConferenceRecord) -> Iterator[str]:
    word, number = bloc_word(record), units_present(record)
    names = listed([line(member.name) for member in record.members])
    sent = f"đại biểu {number} đơn vị trong {word}, gồm: {names}" if number else ""
    who = [text for text in (guests(record), sent) if text]
    chairs = joined([chair(row, record.bloc_kind) for row in record.chairs])
    told = [f"Dự Hội nghị có {'; '.join(who)}."] if who else []
    told += [f"Hội nghị do {chairs} chủ trì."] if chairs else []
    if told:
        yield " ".join(told)


def _assessed(record: ConferenceRecord) -> Iterator[str]:
    """What a report at the conference said; without one, the assessment rows."""
    if reports := record.said(RemarkKind.REPORT):
        for remark in reports:
            yield from lines(remark.text)
        return
    for kind in AssessmentKind:
        for row in record.assessed(kind):
            for place, text in enumerate(lines(row.text)):
                yield about(record, row.scope, text) if place == 0 else text


def _limitations(record: ConferenceRecord) -> Iterator[str]:
    rows = [(row, lines(row.text)) for row in record.limitations if lines(row.text)]
    if rows:
        voices = {line(row.assessor) for row, _ in rows}
        voice = voices.pop() if len(voices) == 1 else ""
        yield f"{sentence(voice) or 'Hội nghị'} chỉ ra một số hạn chế:"
        yield from _dashed(tuple((about(record, row.scope, texts[0]), *texts[1:]) for row, texts in rows))


def _concluding(record: ConferenceRecord, speech: Speech) -> str:
    if not speech.name:
        return "Hội nghị kết luận,"
    role = leader_title(record, speech)
    return f"Kết luận Hội nghị, {', '.join(part for part in (speech.short, speech.post or role) if part)}"


def _dashed(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Each entry after a dash; its further paragraphs stand under it. A heading leads over with a colon."""
    for entry in entries:
        first, *others = without_letter(entry)
        yield f"- {first}"
        yield from others


def _with_photos(passages: list[Passage], photos: tuple[PhotoLine, ...]) -> Iterator[str | PhotoLine]:
    """A photograph whose caption names a speaker before what that speaker says; the first of the others at the top,
    the rest one after each passage. None inside a passage.
    """
    speakers = {passage.speaker for passage in passages if passage.speaker}
    named = [photo for photo in photos if any(speaker in photo.caption for speaker in speakers)]
    others = [photo for photo in photos if photo not in named]
    yield from others[:1]
    waiting = others[1:]
    for passage in passages:
        of_speaker = [photo for photo in named if passage.speaker and passage.speaker in photo.caption]
        yield from of_speaker
        named = [photo for photo in named if photo not in of_speaker]
        yield from passage.texts
        if passage.texts and waiting:
            yield waiting.pop(0)
    yield from (*named, *waiting)
