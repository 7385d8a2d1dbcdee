"""The review report as text: order, sections and blanks of the reference paper (papers, section 1).

What a report cannot lack says "chưa có số liệu"; what is known to exist but was not written down says "chưa được ghi
nhận"; everything else vanishes when empty, and the numbers close up.
"""

import re
from collections.abc import Sequence

from tracker.domain.conferences import AssessmentKind, CountSubject, RemarkKind
from tracker.domain.paper import Paper
from tracker.domain.record import AssessmentLine, ConferenceRecord
from tracker.domain.vietnamese import NO_FIGURE, joined, paper_count, sentence
from tracker.exports.annexes import annexes, places
from tracker.exports.directions import direction_blocks
from tracker.exports.item_text import assigned_block, carried_block, documents_block
from tracker.exports.letterhead import recipients, signer, subject_lines, superior_and_issuing
from tracker.exports.numbering import Block, Chapter, Entry, sections
from tracker.exports.phrases import (
    NOT_RECORDED,
    about,
    ahead,
    bloc_word,
    bound,
    chair,
    date_line,
    gap,
    guests,
    held_on,
    is_one_unit,
    is_review,
    line,
    lines,
    listed,
    lower_first,
    number_line,
    past,
    past_and_ahead,
    roles,
    spelt_out,
    units_present,
)
from tracker.exports.ranking_text import ranking_block
from tracker.exports.review_results_text import (
    activity_points,
    awards_told,
    deeds_told,
    example_points,
    figures_told,
    progress_block,
    sending_block,
)
from tracker.exports.speeches import as_subject, recognises, speeches

Kind = AssessmentKind


def review_report(record: ConferenceRecord) -> Paper:
    """The report of a conference of any kind, to be drawn as Word or PDF."""
    head = record.letterhead
    superior, issuing = superior_and_issuing(record)
    name = _subject(record)
    return Paper(
        superior=superior,
        issuing=issuing,
        number_line=number_line(head.report_number, head.report_sign, "BC-…"),
        date_line=date_line(record),
        type_name="BÁO CÁO",
        subject=subject_lines(*_subject_parts(record)),
        opening=tuple(bound(text) for text in spelt_out(_opening(record))),
        sections=sections(_chapters(record)),
        clauses=(),
        closing=(bound(_closing(record)),),
        recipients=recipients(record, "Lưu: VT"),
        signatures=(signer(record),),
        title=f"Báo cáo {lower_first(name)}",
        draft=record.draft,
        illustration=record.illustration,
        annexes=annexes(record),
    )


def _subject(record: ConferenceRecord) -> str:
    """A review reports on the movement, so the words "Hội nghị" leave its title; others report on the meeting.

    The period is written as periods are ("6 tháng"), though a published title may say "06 tháng" (settled.md).
    """
    title = line(record.title)
    if is_review(record):
        title = re.sub(r"\b0(\d tháng)", r"\1", title)
        return sentence(re.sub(r"(?i)^hội nghị ", "", title))
    return f"Kết quả {title}"


def _subject_parts(record: ConferenceRecord) -> tuple[str, ...]:
    """The subject, broken by sense: what was, then what comes."""
    if not is_review(record):
        return (_subject(record),)
    return f"{_subject(record)};", f"phương hướng, nhiệm vụ {ahead(record)}"


def _opening(record: ConferenceRecord) -> list[str]:
    word = bloc_word(record)
    where = f" tại {line(record.venue)}," if record.venue else ""
    told = [
        f"{held_on(record)},{where} {line(record.bloc_name)} (sau đây gọi tắt là {word}) tổ chức {line(record.title)} "
        "(sau đây gọi tắt là Hội nghị)."
    ]
    if record.chairs:
        chairs = [chair(row, record.bloc_kind) for row in record.chairs]
        told[0] += f" Hội nghị do {joined(chairs)} chủ trì."
    told.append(_attendance(record))
    if is_review(record):
        told.append(f"{word} báo cáo kết quả phong trào thi đua{past_and_ahead(record)} như sau:")
    else:
        told.append(f"{word} báo cáo kết quả Hội nghị như sau:")
    return told


def _attendance(record: ConferenceRecord) -> str:
    number, word = units_present(record), bloc_word(record)
    who = [text for text in (guests(record), f"đại biểu của {number} đơn vị trong {word}" if number else "") if text]
    return f"Dự Hội nghị có {'; '.join(who)}." if who else f"Thành phần dự Hội nghị {NOT_RECORDED}."


def _chapters(record: ConferenceRecord) -> list[Chapter]:
    review = is_review(record)
    period = past(record) if review else ""
    plan = f"Phương hướng, nhiệm vụ {ahead(record)}" if review else "Nội dung kết luận, nhiệm vụ"
    strengths = Block("Ưu điểm", _strengths(record))
    return [
        Chapter(
            "Đặc điểm tình hình",
            (
                Block("Bối cảnh", _paragraphs(record, Kind.CONTEXT)),
                Block(f"Tổ chức của {bloc_word(record)}", _organisation(record)),
            ),
        ),
        Chapter(f"Kết quả phong trào thi đua{period}", tuple(_results(record))),
        Chapter("Đánh giá chung", (strengths, _limitations(record), _causes(record))),
        Chapter(plan, (*direction_blocks(record), assigned_block(record), documents_block(record))),
        Chapter("Kiến nghị, đề xuất", (), _paragraphs(record, Kind.PROPOSAL)),
    ]


def _organisation(record: ConferenceRecord) -> tuple[str, ...]:
    if not record.members:
        return ()
    word, names = bloc_word(record), listed([line(member.name) for member in record.members])
    told = f"{word} có {paper_count(len(record.members))} đơn vị thành viên: {names}."
    if differing := gap(record, CountSubject.MEMBERS):
        declared, recorded = (paper_count(number) for number in differing)
        told = f"{word} có {declared} đơn vị thành viên theo số công bố; đã ghi nhận {recorded} đơn vị: {names}."
    who = roles(record.members, record.bloc_kind)
    return (f"{told} {who}." if who else told,)


def _results(record: ConferenceRecord) -> list[Block]:
    review, reported = is_review(record), record.results
    return [
        Block("Công tác lãnh đạo, chỉ đạo và phát động thi đua", _paragraphs(record, Kind.LEADERSHIP)),
        Block("Kết quả các phong trào thi đua", *_points(record, Kind.MOVEMENT)),
        Block(
            "Kết quả thực hiện nhiệm vụ của các đơn vị",
            _with_figures(
                record, Kind.UNIT_TASKS, "Mức độ hoàn thành chỉ tiêu của từng đơn vị", review, figures_told(reported)
            ),
        ),
        progress_block(reported),
        ranking_block(reported.ranking, places(reported)) if reported else Block(""),
        carried_block(record),
        _with_points(
            "Điển hình tiên tiến", _points(record, Kind.TYPICAL_EXAMPLE), example_points(reported), deeds_told(reported)
        ),
        Block(
            "Công tác khen thưởng",
            _with_figures(
                record, Kind.COMMENDATION, "Khen thưởng theo hình thức, loại hình, đối tượng", review,
                awards_told(reported),
            ),
        ),
        _with_points(
            f"Hoạt động chung của {bloc_word(record)}", _points(record, Kind.JOINT_ACTIVITY), activity_points(reported)
        ),
        sending_block(reported),
    ]


def _with_points(
    title: str, told: tuple[tuple[str, ...], tuple[Entry, ...]], points: tuple[Entry, ...], lead: tuple[str, ...] = ()
) -> Block:
    """What the conference said itself, then what the units reported."""
    return Block(title, (*told[0], *lead), (*told[1], *points))


def _paragraphs(record: ConferenceRecord, kind: AssessmentKind) -> tuple[str, ...]:
    return tuple(text for row in record.assessed(kind) for text in _told(record, row))


def _told(record: ConferenceRecord, row: AssessmentLine) -> tuple[str, ...]:
    first, *others = lines(row.text) or ("",)
    return (about(record, row.scope, first), *others)


def _points(record: ConferenceRecord, kind: AssessmentKind) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """Rows with a topic become points under it, rows of one topic together; rows without stand before them."""
    plain: list[str] = []
    topics: dict[str, list[str]] = {}
    for row in record.assessed(kind):
        texts = _told(record, row)
        if row.topic:
            topics.setdefault(line(row.topic), []).extend(texts)
        else:
            plain.extend(texts)
    return tuple(plain), tuple((topic, *texts) for topic, texts in topics.items())


def _with_figures(
    record: ConferenceRecord, kind: AssessmentKind, figures: str, needed: bool, reported: tuple[str, ...]
) -> tuple[str, ...]:
    """The narrative, then what the units reported; that figures are missing when neither gives any."""
    told = list(_paragraphs(record, kind))
    if reported:
        return (*told, *reported)
    if not needed or _has_figures(record, record.assessed(kind)):
        return tuple(told)
    missing = f"{figures}: {NO_FIGURE}."
    if not told:
        return (missing,)
    return (*told[:-1], f"{told[-1]} {missing}")


def _has_figures(record: ConferenceRecord, rows: Sequence[AssessmentLine]) -> bool:
    """A row about one unit, or a digit that belongs to no date and no name of a period."""
    dates = re.compile(r"(6 tháng|quý [IV]+|ngày [\d/]+|tháng \d+|năm \d{4}|COVID-19)")
    return any(is_one_unit(record, row.scope) or re.search(r"\d", dates.sub("", row.text)) for row in rows)


def _strengths(record: ConferenceRecord) -> tuple[str, ...]:
    """The strengths as written down; without any, what the guests recognised, in their name."""
    if written := _paragraphs(record, Kind.STRENGTH):
        return written
    told = []
    for speech in speeches(record, [row for row in record.said(RemarkKind.DIRECTIVE) if recognises(row)]):
        for remark in speech.remarks:
            first, *others = lines(remark.text)
            told += [f"Phát biểu tại Hội nghị, {as_subject(first, speech.short) or first}", *others]
    return tuple(told)


def _limitations(record: ConferenceRecord) -> Block:
    rows = record.limitations
    differing = gap(record, CountSubject.LIMITATIONS)
    lead = (_named_by(record),) if rows else ()
    if differing:
        declared, recorded = (paper_count(number) for number in differing)
        lead = (f"Số hạn chế được công bố: {declared}; số đã ghi nhận: {recorded}.", *lead)
    points = tuple(
        (about(record, row.scope, lines(row.text)[0]), *lines(row.text)[1:]) for row in rows if lines(row.text)
    )
    return Block("Hạn chế", lead, points)


def _named_by(record: ConferenceRecord) -> str:
    """Who named the limitations, when all were named by the same; the units' own voices do so frankly."""
    voices = {line(row.assessor) for row in record.limitations}
    voice = voices.pop() if len(voices) == 1 else ""
    if not voice:
        return "Một số hạn chế được chỉ ra tại Hội nghị:"
    frankly = " thẳng thắn" if voice.lower().startswith("đại diện các đơn vị") else ""
    return f"{sentence(voice)}{frankly} chỉ ra một số hạn chế:"


def _causes(record: ConferenceRecord) -> Block:
    causes = list(dict.fromkeys(lines(row.cause) for row in record.limitations if lines(row.cause)))
    return Block("Nguyên nhân", (), tuple(causes))


def _closing(record: ConferenceRecord) -> str:
    bloc = line(record.bloc_name)
    if is_review(record):
        return f"Trên đây là báo cáo kết quả phong trào thi đua yêu nước{past_and_ahead(record)} của {bloc}./."
    return f"Trên đây là báo cáo kết quả {line(record.title)} của {bloc}./."
