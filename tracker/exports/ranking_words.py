"""How papers say a ranking: the order, a unit's arithmetic, who gave which points and why, the stamp."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import RankBasis
from tracker.domain.ranking_paper import RankingPaper, stages
from tracker.domain.ranking_shown import RankingShown, ShownPoint, ShownUnit, percent
from tracker.domain.ranking_words import grouped
from tracker.domain.vietnamese import date_time, number, paper_count, sentence, short_date
from tracker.exports.phrases import line, listed

LEAST_PLACES = 2
NOT_ASSIGNED = "KG"
KEY = (
    f"{NOT_ASSIGNED}: tiêu chí không được giao cho đơn vị, không tính vào điểm và điểm tối đa. "
    "Ô để trống: chưa có số liệu; số 0: kết quả bằng không."
)
SUM_KEY = (
    "Điểm được duyệt: điểm ở bước cuối của từng tiêu chí, cộng điểm thưởng, trừ điểm trừ; điểm tự chấm và điểm khối "
    "chấm cũng tính như vậy. Tỷ lệ: điểm được duyệt trên điểm tối đa của các tiêu chí được giao."
)
UNIT_TOTAL = "Tổng điểm"
JUDGES_KEY = (
    "Người tự chấm, người chấm của khối ghi cạnh tên đơn vị; dòng do người khác chấm hoặc có lý do thì ghi tại dòng. "
    "Dòng có ghi cách tính: điểm tự chấm do chương trình tính."
)
DRAFT_KEY = "Bảng tạm tính, chưa công bố: thứ hạng còn có thể thay đổi."


def point_places(shown: RankingShown) -> int:
    """Decimals of points: two, or as many more as the criteria set rounds to."""
    return max(LEAST_PLACES, shown.places)


def points_text(shown: RankingShown, points: Decimal | None) -> str:
    return number(points, point_places(shown))


def share_text(shown: RankingShown, unit: ShownUnit) -> str:
    """96,25%; more decimals when two shares would look equal and rank differently."""
    value = share_value(shown, unit)
    return f"{number(value)}%" if value is not None else ""


def share_value(shown: RankingShown, unit: ShownUnit) -> Decimal | None:
    """The share in per cent at the decimals of the ranking; None for a unit that stands apart."""
    if unit.share is None or unit.rank is None:
        return None
    return percent(unit.share, shown.share_places)


def order_rule(shown: RankingShown) -> str:
    """By what the units are ordered, and what parts equal ones."""
    by = (
        "tổng điểm được duyệt"
        if shown.basis is RankBasis.POINTS
        else "tỷ lệ điểm được duyệt trên điểm tối đa được giao"
    )
    return f"Xếp hạng theo {by}. {line(shown.tie_rule)}"


def share_ties(shown: RankingShown) -> str:
    """That places are shared and the next is left out; nothing when all differ."""
    shared = [unit for unit in shown.ranked if unit.shared]
    if not shared:
        return ""
    places = sorted({unit.rank for unit in shared if unit.rank})
    words = []
    for place in places:
        names = listed([line(unit.name) for unit in shared if unit.rank == place])
        words.append(f"hạng {place} gồm {names}")
    return f"Đồng hạng: {'; '.join(words)}; hạng kế tiếp được bỏ qua."


def class_of(unit: ShownUnit) -> str:
    """The class; of a unit that stands apart, that it does."""
    return line(unit.apart) if unit.rank is None else line(unit.class_name)


def status(paper: RankingPaper, unit: ShownUnit) -> str:
    """What stands in "Tình trạng"."""
    if unit.rank is None:
        return line(unit.apart_reason)
    if unit.blank:
        told = [f"Còn {paper_count(unit.blank)} dòng chưa có điểm"]
    else:
        told = ["Đã chấm" if paper.draft else "Đã duyệt"]
    if unit.shared:
        told.append("đồng hạng")
    if unit.class_note:
        told.append(line(unit.class_note))
    return "; ".join(told)


def arithmetic(shown: RankingShown, unit: ShownUnit) -> str:
    """94,00 + 2,00 - 0,00 = 96,00 điểm; 96,00/100,00 = 96,00%; hạng 2/7, đồng hạng với …"""
    if unit.rank is None or unit.points is None:
        if unit.apart:
            reason = line(unit.apart_reason).rstrip(".")
            return f"{line(unit.apart)}: {reason}." if reason else f"{line(unit.apart)}."
        return ""
    main = unit.points - unit.bonus + unit.penalty
    sums = [points_text(shown, part) for part in (main, unit.bonus, unit.penalty, unit.points, unit.maximum)]
    told = [
        f"Điểm được duyệt: {sums[0]} + {sums[1]} thưởng - {sums[2]} trừ = {sums[3]}",
        f"tỷ lệ: {sums[3]}/{sums[4]} = {share_text(shown, unit)}" if unit.maximum else "không được giao tiêu chí nào",
        f"hạng {unit.rank}/{len(shown.ranked)}",
    ]
    if others := [other for other in shown.ranked if other.rank == unit.rank and other.key != unit.key]:
        told[-1] += f", đồng hạng với {listed([line(other.name) for other in others])}"
    elif unit.decided_by:
        told.append(f"đã xét tiêu chí phụ ({line(unit.decided_by).rstrip('.')})")
    if unit.class_name:
        told.append(f"xếp loại {line(unit.class_name)}")
    if unit.class_note:
        told.append(line(unit.class_note))
    return f"{'; '.join(told)}."


def usual_judges(shown: RankingShown, unit: ShownUnit) -> dict[str, str]:
    """Who gave most of a unit's points at the first two stages, by the stage's name: said once, over its lines."""
    found = {}
    for label in ("Tự chấm", "Khối chấm"):
        names = Counter(
            line(stage.by)
            for point in shown.points.get(unit.key, {}).values()
            for name, stage in stages(point)
            if name == label and stage.by and point.assigned
        )
        if names:
            found[label] = names.most_common(1)[0][0]
    return found


def unit_heading(unit: ShownUnit, usual: Mapping[str, str], kind: BlocKind = BlocKind.KHOI) -> str:
    """Sở Xây dựng (tự chấm: Lê Văn Thí Dụ; khối chấm: Trần Thị Mẫu)."""
    said = "; ".join(f"{kind.called(label).lower()}: {name}" for label, name in usual.items())
    return f"{line(unit.name)} ({said})" if said else line(unit.name)


def reasons(
    shown: RankingShown, point: ShownPoint, usual: Mapping[str, str] | None = None, kind: BlocKind = BlocKind.KHOI
) -> str:
    """Khối chấm 4,50 (Nguyễn Văn A): reason; the unit's own stage only where it says why.

    With `usual` a stage without a reason is left out where the one named over the lines gave its points.
    """
    return "\n".join(_reason(shown, kind, *each) for each in _told(point, usual))


def told_by_stage(
    shown: RankingShown, point: ShownPoint, usual: Mapping[str, str] | None = None, kind: BlocKind = BlocKind.KHOI
) -> list[str]:
    """The reasons with the unit's explanation, in the order in which they came: after the bloc's first points."""
    told = [(each[0], _reason(shown, kind, *each)) for each in _told(point, usual)]
    if point.explanation:
        first = sum(label in ("Tự chấm", "Khối chấm") for label, _words in told)
        told.insert(first, ("", f"Giải trình: {line(point.explanation)}"))
    return [words for _label, words in told]


def _told(point: ShownPoint, usual: Mapping[str, str] | None) -> Iterator[tuple[str, str, str, Decimal | None]]:
    for label, stage in stages(point):
        named = stage.by and (label != "Tự chấm" if usual is None else line(stage.by) != usual.get(label))
        if stage.reason or named:
            yield label, line(stage.by), line(stage.reason), stage.points


def _reason(
    shown: RankingShown, kind: BlocKind, label: str, by: str, reason: str, points: Decimal | None
) -> str:
    head = " ".join(part for part in (kind.called(label), points_text(shown, points), f"({by})" if by else "") if part)
    return f"{head}: {reason}" if reason else head


def stamp_lines(paper: RankingPaper) -> tuple[str, ...]:
    """Edition, decision, code and hash, as they stand under a table. A draft says only that it is one."""
    stamp = paper.stamp
    if stamp is None:
        return (DRAFT_KEY,)
    state = f"công bố {date_time(stamp.published_at)}" if stamp.published_at else "chờ xác nhận công bố"
    told = [f"Phiên bản {stamp.edition}", state]
    if stamp.revoked:
        told.append("đã thu hồi")
    if decision := decision_text(paper):
        told.append(decision)
    if stamp.reason:
        told.append(f"lý do đính chính: {line(stamp.reason).rstrip('.')}")
    return (
        f"{'; '.join(told)}.",
        f"Mã kiểm tra: {stamp.code}. SHA-256: {grouped(stamp.sha256)}.",
    )


def decision_text(paper: RankingPaper) -> str:
    """Căn cứ văn bản số 02/BB-KTĐ ngày 12/01/2026; nothing when none is recorded."""
    stamp = paper.stamp
    if stamp is None or not (stamp.decision_number or stamp.decided_on):
        return ""
    number_part = f" số {line(stamp.decision_number)}" if stamp.decision_number else ""
    day = f" ngày {short_date(stamp.decided_on)}" if stamp.decided_on else ""
    return f"căn cứ văn bản{number_part}{day}"


def summary_notes(paper: RankingPaper) -> list[str]:
    """What stands under the table of places."""
    shown = paper.shown
    rule = order_rule(shown)
    if shown.rounding:
        rule = f"{rule} Điểm: {_small(line(shown.rounding))}."
    more = [share_ties(shown)]
    if shown.provisional:
        more.append("Có điểm tạm tính: còn phụ thuộc số liệu của đơn vị khác.")
    more += [line(hint) for hint in shown.hints]
    told = [paper.kind.called(SUM_KEY), rule, *filter(None, [" ".join(filter(None, more))])]
    return [sentence(text) for text in (*told, *stamp_lines(paper))]


def short_names(shown: RankingShown) -> str:
    """The short names of the heads, spelt out; nothing when none is short."""
    longer = [f"{line(unit.short_name)}: {line(unit.name)}" for unit in shown.units if unit.short_name != unit.name]
    return f"Tên viết tắt: {'; '.join(longer)}." if longer else ""


def matrix_notes(paper: RankingPaper) -> list[str]:
    told = [f"{KEY} Điểm thưởng, điểm trừ không nằm trong biểu này (xem biểu tổng hợp)."]
    told.append(" ".join(filter(None, (short_names(paper.shown), *code_line(paper)))))
    return told


def code_line(paper: RankingPaper) -> list[str]:
    """The short form of the stamp, for tables after the first."""
    if paper.stamp is None:
        return [DRAFT_KEY]
    return [f"Phiên bản {paper.stamp.edition}; mã kiểm tra: {paper.stamp.code}."]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
