"""The ranking as a paper of its own (thông báo), and as annexes and a block of the review report."""

from tracker.domain.paper import Paper, Signature
from tracker.domain.ranking_paper import RankingPaper
from tracker.domain.ranking_shown import ShownUnit
from tracker.domain.record import Letterhead
from tracker.domain.vietnamese import paper_count, sentence
from tracker.exports.annex_parts import Part, drawn, places_of
from tracker.exports.letterhead import bodies, signed_by, subject_lines
from tracker.exports.numbering import Block, Chapter, sections
from tracker.exports.phrases import bound, line, listed, number_line
from tracker.exports.ranking_tables import difference_table, explained_table, matrix_tables, summary_table
from tracker.exports.ranking_words import (
    DRAFT_KEY,
    JUDGES_KEY,
    KEY,
    code_line,
    decision_text,
    matrix_notes,
    order_rule,
    points_text,
    share_text,
    share_ties,
    stamp_lines,
    summary_notes,
)

RANKING, POINTS, DIFFERENCES, EXPLANATIONS = "ranking", "ranking_points", "ranking_differences", "ranking_explanations"
BLOCK_TITLE = "Kết quả chấm điểm, xếp hạng"
SIGN = "TB-…"
WHERE = {
    RANKING: "bảng xếp hạng tại",
    POINTS: "điểm theo tiêu chí tại",
    DIFFERENCES: "chênh lệch giữa các bước chấm và lý do tại",
    EXPLANATIONS: "giải thích điểm của từng đơn vị tại",
}


def ranking_parts(paper: RankingPaper | None) -> list[Part]:
    """The annexes of a ranking that hold something; none without a ranking."""
    if paper is None:
        return []
    shown, tables, changed = paper.shown, matrix_tables(paper.shown), difference_table(paper)
    code = tuple(code_line(paper))
    found = [Part(RANKING, "Bảng xếp hạng các đơn vị", (summary_table(paper),), tuple(summary_notes(paper)), True)]
    if tables:
        found.append(
            Part(POINTS, "Điểm của các đơn vị theo tiêu chí", tables, tuple(matrix_notes(paper)), landscape=True)
        )
    if changed:
        note = " ".join(("Chênh lệch: điểm được duyệt trừ điểm tự chấm.", *code))
        found.append(Part(DIFFERENCES, "Chênh lệch giữa các bước chấm điểm và lý do", (changed,), (note,), True))
    notes = (f"{KEY} {paper.kind.called(JUDGES_KEY)}", " ".join((order_rule(shown), *code)))
    found.append(Part(EXPLANATIONS, "Giải thích điểm và thứ hạng", (explained_table(paper),), notes, landscape=True))
    return found


def ranking_notice(paper: RankingPaper, head: Letterhead, date_line: str) -> Paper:
    """The published order as a notice of the bloc; a draft until it is published."""
    shown, parts = paper.shown, ranking_parts(paper)
    superior, issuing = bodies(head)
    label, bloc = shown.period.label, line(shown.bloc_name)
    number = number_line(None, "", SIGN)
    _place, _, day = date_line.partition(", ")
    sent_with = f"(Kèm theo Thông báo số {number.removeprefix('Số: ')} {day} của {bloc})"
    return Paper(
        superior=superior,
        issuing=issuing,
        number_line=number,
        date_line=date_line,
        type_name="THÔNG BÁO",
        subject=subject_lines(f"Kết quả xếp hạng thi đua {label}"),
        opening=(bound(_opening(paper)),),
        sections=sections(_chapters(paper, parts)),
        clauses=(),
        closing=(
            bound("Thứ hạng là căn cứ để xem xét, đề nghị khen thưởng, không thay cho quyết định khen thưởng./."),
        ),
        recipients=("- Các đơn vị thành viên;", "- Lưu: VT."),
        signatures=(_signature(head),),
        title=f"Thông báo kết quả xếp hạng thi đua {label}",
        draft=paper.draft,
        illustration=shown.illustration,
        annexes=drawn(parts, label, sent_with),
    )


def _signature(head: Letterhead) -> Signature:
    return signed_by(head, (line(head.on_behalf), line(head.signer_role)))


def _opening(paper: RankingPaper) -> str:
    label, bloc = paper.shown.period.label, line(paper.shown.bloc_name)
    decision = decision_text(paper)
    lead = f"{sentence(decision)}, {bloc}" if decision else bloc
    return f"{lead} thông báo kết quả xếp hạng thi đua {label} của các đơn vị như sau:"


def _chapters(paper: RankingPaper, parts: list[Part]) -> list[Chapter]:
    rules = [f"Bộ tiêu chí: {line(paper.shown.set_name)}.", order_rule(paper.shown)]
    stamp = [DRAFT_KEY] if paper.stamp is None else list(stamp_lines(paper))
    return [
        Chapter("Cách xếp hạng", (), tuple(rules)),
        Chapter("Kết quả", (), (*ranking_told(paper), _where(places_of(parts)))),
        Chapter("Phiên bản và mã kiểm tra", (), tuple(stamp)),
    ]


def ranking_block(paper: RankingPaper | None, places: dict[str, str]) -> Block:
    """What the report says of the ranking; empty without one, as for a half-year without points."""
    if paper is None:
        return Block(BLOCK_TITLE)
    return Block(BLOCK_TITLE, (order_rule(paper.shown), *ranking_told(paper), _where(places)))


def _where(places: dict[str, str]) -> str:
    named = [f"{words} {places[key]}" for key, words in WHERE.items() if key in places]
    return f"{sentence('; '.join(named))}."


def ranking_told(paper: RankingPaper) -> tuple[str, ...]:
    """How many were ranked, who leads, the classes, shared places, who stands apart, and against the year before."""
    shown = paper.shown
    counted = f"{paper_count(len(shown.ranked))}/{paper_count(len(shown.units))} đơn vị được xếp hạng"
    first = [unit for unit in shown.ranked if unit.rank == 1]
    told = [f"{counted}; {_leading(paper, first)}." if first else f"{counted}."]
    if classes := _classes(shown.ranked):
        told.append(f"Xếp loại: {classes}.")
    if ties := share_ties(shown):
        told.append(ties)
    for unit in shown.apart:
        reason = line(unit.apart_reason).rstrip(".")
        told.append(f"{line(unit.name)}: {line(unit.apart).lower()}{f', lý do: {reason}' if reason else ''}.")
    if before := _against_before(paper):
        told.append(before)
    return tuple(told)


def _leading(paper: RankingPaper, first: list[ShownUnit]) -> str:
    shown, best = paper.shown, first[0]
    names = listed([line(unit.name) for unit in first])
    same = all(unit.points == best.points and unit.maximum == best.maximum for unit in first)
    if not same:
        return f"dẫn đầu: {names}"
    share = f", đạt {share_text(shown, best)}" if best.maximum else ""
    return f"dẫn đầu: {names} ({points_text(shown, best.points)} điểm{share})"


def _classes(units: tuple[ShownUnit, ...]) -> str:
    """Xuất sắc 05 đơn vị, Tốt 02 đơn vị; in the order in which the places reach them."""
    counts: dict[str, int] = {}
    for unit in units:
        if unit.class_name:
            counts[line(unit.class_name)] = counts.get(line(unit.class_name), 0) + 1
    return ", ".join(f"{name} {paper_count(count)} đơn vị" for name, count in counts.items())


def _against_before(paper: RankingPaper) -> str:
    """Who rose, who fell and how many stayed against the same period a year before; nothing when it is unknown."""
    before = paper.year_before
    if before is None:
        return ""
    places = {each.unit: each.rank for each in before.lines if each.rank is not None}
    both = [(unit, places[unit.key]) for unit in paper.shown.ranked if unit.key in places]
    if not both:
        return ""
    groups = {
        "lên hạng": [_moved(unit, old) for unit, old in both if unit.rank is not None and unit.rank < old],
        "xuống hạng": [_moved(unit, old) for unit, old in both if unit.rank is not None and unit.rank > old],
        "giữ nguyên": [line(unit.name) for unit, old in both if unit.rank == old],
    }
    told = [f"{word}: {', '.join(names)}" for word, names in groups.items() if names]
    return f"So với {before.period.label}, {'; '.join(told)}."


def _moved(unit: ShownUnit, old: int) -> str:
    return f"{line(unit.name)} (hạng {old} thành hạng {unit.rank})"
