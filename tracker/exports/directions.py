"""What comes next, as a report tells it: the guests' directives, then the tasks of the conclusions."""

import re
from collections.abc import Sequence

from tracker.domain.blocs import TermRole
from tracker.domain.conferences import CountSubject, RemarkKind
from tracker.domain.record import ConferenceRecord, RemarkLine
from tracker.domain.vietnamese import paper_count, sentence
from tracker.exports.numbering import Block, Entry
from tracker.exports.phrases import NOT_RECORDED, ahead, gap, is_review, line, lines
from tracker.exports.speeches import Speech, as_subject, recognises, speeches

GROUPS = "nhóm nhiệm vụ"


def direction_blocks(record: ConferenceRecord) -> tuple[Block, ...]:
    """One clause a speaker. Praise stands among the strengths, so it is left out here."""
    directives = [row for row in record.said(RemarkKind.DIRECTIVE) if not recognises(row)]
    given = [_directive(record, speech) for speech in speeches(record, directives)]
    if not any(GROUPS in row.text for row in directives) and (told := groups_missing(record)):
        given.append(Block("Nhóm nhiệm vụ trọng tâm được chỉ ra", (told,)))
    concluded = [_conclusion(record, speech) for speech in speeches(record, record.said(RemarkKind.CONCLUSION))]
    return (*given, *concluded, *_conclusions_missing(record))


def _directive(record: ConferenceRecord, speech: Speech) -> Block:
    of = f" của {_post(record, speech)}" if speech.name else ""
    paragraphs, points = directive_text(record, speech, speech.short, dotted=False)
    return Block(f"Ý kiến chỉ đạo{of}", paragraphs, points)


def directive_text(
    record: ConferenceRecord, speech: Speech, subject: str, *, dotted: bool
) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """Paragraphs and points of one speaker's directives.

    The first paragraph names the speaker as `subject`, later ones say "Đồng chí". What does not begin with a verb of
    saying stands as it was written. The task groups follow the directive that announces them; those that were
    announced but not written down are said to be missing, or get dotted lines (`dotted`, in minutes).
    """
    told: list[str] = []
    plain: list[Entry] = []
    groups = [entry for entry in map(remark_entry, (row for row in speech.remarks if row.task_group)) if entry]
    announced: tuple[str, ...] = ()
    for remark in (row for row in speech.remarks if not row.task_group and remark_entry(row)):
        first, *others = lines(remark.text) or ("",)
        voice = as_subject(first, subject if not told and not announced else _again(speech))
        if GROUPS in remark.text and not announced:
            announced = _announcement(record, (sentence(voice or first), *others), groups, dotted)
        elif voice:
            told += [sentence(voice), *others]
        else:
            plain.append(remark_entry(remark))
    if plain and not groups and not announced:
        lead = f"{sentence(subject)} có ý kiến chỉ đạo:" if subject and not told else "Các nội dung cụ thể:"
        return (*told, lead), tuple(plain)
    return (*told, *(text for entry in plain for text in entry), *announced), tuple(groups)


def _again(speech: Speech) -> str:
    return speech.name if speech.is_body else "đồng chí"


def remark_entry(remark: RemarkLine) -> Entry:
    """A remark as a point: its heading when it has one, then its paragraphs."""
    return (*lines(remark.heading), *lines(remark.text))


def _announcement(
    record: ConferenceRecord, texts: tuple[str, ...], groups: Sequence[Entry], dotted: bool
) -> tuple[str, ...]:
    """The directive that announces the groups, led over to them: ", gồm:"."""
    missing = groups_missing(record)
    if groups or (dotted and missing):
        texts = (*texts[:-1], f"{re.sub(r'[.;:]+$', '', texts[-1])}, gồm:")
    if missing and dotted and not groups:
        return (*texts, "\t", "\t")
    if missing and not groups:
        return (*texts[:-1], f"{texts[-1]} Nội dung cụ thể của từng nhóm nhiệm vụ {NOT_RECORDED}.")
    return (missing, *texts) if missing else texts


def groups_missing(record: ConferenceRecord) -> str:
    """Declared 06, recorded 00: said as it is. "" when nothing was declared or all are there."""
    differing = gap(record, CountSubject.TASK_GROUPS)
    if not differing:
        return ""
    declared, recorded = (paper_count(number) for number in differing)
    if not differing[1]:
        return f"Công bố {declared} nhóm nhiệm vụ trọng tâm; nội dung cụ thể của từng nhóm nhiệm vụ {NOT_RECORDED}."
    return f"Công bố {declared} nhóm nhiệm vụ trọng tâm; đã ghi nhận nội dung {recorded} nhóm."


def _conclusions_missing(record: ConferenceRecord) -> tuple[Block, ...]:
    differing = gap(record, CountSubject.CONCLUSIONS)
    if not differing:
        return ()
    declared, recorded = (paper_count(number) for number in differing)
    told = f"Công bố {declared} nội dung kết luận; đã ghi nhận {recorded} nội dung."
    return (Block("Số nội dung kết luận", (told,)),)


def _conclusion(record: ConferenceRecord, speech: Speech) -> Block:
    of = "của " + ("Hội nghị" if not speech.name else leader_title(record, speech) or speech.short)
    return Block(f"Nhiệm vụ theo kết luận {of}", (_lead(record, speech),), conclusion_points(speech))


def conclusion_points(speech: Speech) -> tuple[Entry, ...]:
    return tuple(entry for entry in (remark_entry(row) for row in speech.remarks) if entry)


def _lead(record: ConferenceRecord, speech: Speech) -> str:
    who = f"Kết luận Hội nghị, {speech.full}" if speech.name else "Hội nghị kết luận,"
    return f"{who} {sets_out(record)} như sau:"


def sets_out(record: ConferenceRecord) -> str:
    """What a conclusion does: a review gives directions for the period ahead, other meetings set tasks."""
    if is_review(record):
        return f"xác định phương hướng công tác thi đua, khen thưởng {ahead(record)}"
    return "xác định các nhiệm vụ"


def leader_title(record: ConferenceRecord, speech: Speech) -> str:
    """Khối trưởng, when that is who spoke."""
    title = TermRole.LEADER.called_in(record.bloc_kind)
    leader = record.leader
    leads = title in speech.post or (leader is not None and line(leader.holder_name) == speech.name != "")
    return title if leads else ""


def _post(record: ConferenceRecord, speech: Speech) -> str:
    """The state post under which a directive is given: from the list of delegates, else the last one named."""
    for row in record.delegates:
        if row.person_name and line(row.person_name) == speech.name and row.state_post:
            return line(row.state_post)
    if speech.is_body or not speech.post:
        return speech.short
    return speech.post.split(", ")[-1]
