"""What is missing or odd in a report before it is sent: each with its place and what to do. Only an empty one stops."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.labels import Labelled
from tracker.domain.quantities import said
from tracker.domain.submission_seen import LineSeen, SubmissionSeen
from tracker.domain.submissions import SectionKind, SubmissionState
from tracker.domain.vietnamese import share
from tracker.text import fold, shorten

EMPTY = (
    "Báo cáo chưa có số liệu, chưa có phần bằng lời và chưa có thành tích nào nên chưa gửi được: hãy ghi ít nhất một "
    "trong ba phần."
)
#: A figure that differs from last year's by more than this many percent is asked about (issue 3, B6).
FAR = Decimal(50)
HUNDRED = Decimal(100)
#: The parts of the narrative that every report has; proposals and achievements may have nothing to say.
EXPECTED = (SectionKind.ASSESSMENT, SectionKind.LIMITATIONS, SectionKind.DIRECTIONS)
WHOLE = ""


class FindingKind(Labelled):
    EMPTY = "empty", "Báo cáo trống"
    BLANK = "blank", "Chưa có số liệu"
    OVER = "over", "Vượt mức"
    FAR = "far", "Khác xa cùng kỳ"
    NO_EVIDENCE = "no_evidence", "Thiếu minh chứng"
    NARRATIVE = "narrative", "Thiếu phần bằng lời"
    UNANSWERED = "unanswered", "Chưa trả lời chỗ bị trả lại"


@dataclass(frozen=True)
class Finding:
    """`place_key`: the public id of the line or section, WHOLE for the report. `stops`: it cannot be sent so."""

    kind: FindingKind
    place_key: str
    sentence: str
    stops: bool = False


def findings(seen: SubmissionSeen) -> list[Finding]:
    """In the order of the report: the whole, its lines, its narrative."""
    found: list[Finding] = []
    if seen.empty:
        found.append(Finding(FindingKind.EMPTY, WHOLE, EMPTY, stops=True))
    found += _unanswered(seen)
    for line in seen.lines:
        if line.assigned:
            found += _of_line(line)
    for section in seen.sections:
        if section.kind in EXPECTED and not section.text:
            sentence = f"Phần “{section.kind.label}” còn trống: hãy ghi, hoặc để trống nếu kỳ này không có gì để nói."
            found.append(Finding(FindingKind.NARRATIVE, section.key, sentence))
    return found


def called(line: LineSeen) -> str:
    """Dòng 1.2 “Tỷ lệ giải ngân”, as every finding begins."""
    return f"Dòng {line.number} “{shorten(line.title, 70)}”" if line.number else f"Dòng “{shorten(line.title, 70)}”"


def _unanswered(seen: SubmissionSeen) -> Iterator[Finding]:
    """What came back and was neither changed nor answered: sending it again would bring it back again."""
    if seen.state is not SubmissionState.RETURNED:
        return
    way = (
        f"chưa sửa, chưa trả lời thường trực {seen.bloc_kind.small}. Hãy sửa, kèm tài liệu, hoặc ghi ở phần trao đổi "
        "vì sao giữ nguyên."
    )
    if seen.returned_whole and not seen.answered:
        yield Finding(FindingKind.UNANSWERED, WHOLE, f"Báo cáo bị trả lại {way}")
    for line in seen.lines:
        if line.assigned and line.returned_reason and not line.answered:
            yield Finding(FindingKind.UNANSWERED, line.entry_key, f"{called(line)} bị trả lại {way}")
    for section in seen.sections:
        if section.returned_reason and not section.answered:
            what = f"Phần “{section.kind.label}” bị trả lại {way}"
            yield Finding(FindingKind.UNANSWERED, section.key, what)


def _of_line(line: LineSeen) -> Iterator[Finding]:
    if line.blank:
        what = "số lần" if line.asks_count else "số liệu"
        sentence = f"{called(line)}: chưa có {what}. Hãy ghi; nếu kết quả là không thì ghi 0."
        yield Finding(FindingKind.BLANK, line.entry_key, sentence)
        return
    over = _over(line)
    if over:
        yield Finding(FindingKind.OVER, line.entry_key, f"{called(line)}: {over}")
    far = _far(line)
    if far:
        yield Finding(FindingKind.FAR, line.entry_key, f"{called(line)}: {far}")
    if line.evidence_required and not line.files and (line.actual is not None or line.count is not None):
        sentence = f"{called(line)}: cần tài liệu minh chứng mà chưa có tệp nào. Hãy kèm tài liệu."
        yield Finding(FindingKind.NO_EVIDENCE, line.entry_key, sentence)


def _over(line: LineSeen) -> str | None:
    """A share outside 0 to 100, marks over the maximum, a figure below nothing."""
    if line.actual is None:
        return None
    measure = line.unit_of_measure or ""
    if measure.strip() == "%" and line.actual > HUNDRED:
        return f"{said(line.actual)}% lớn hơn 100%. Hãy xem lại, nếu đúng thì ghi rõ ở ghi chú."
    if fold(measure) == "diem" and line.maximum is not None and line.actual > line.maximum:
        return f"{said(line.actual)} điểm vượt điểm tối đa {said(line.maximum)}. Hãy ghi lại."
    if line.actual < 0:
        return f"{said(line.actual)} nhỏ hơn 0. Hãy xem lại dấu và đơn vị tính."
    return None


def _far(line: LineSeen) -> str | None:
    """More than FAR percent away from last year's figure; a note explains it, so then nothing is asked."""
    now = line.actual if line.actual is not None else None if line.count is None else Decimal(line.count)
    if now is None or line.note or not line.last_year:
        return None
    change = now - line.last_year
    if abs(change) * HUNDRED <= FAR * abs(line.last_year):
        return None
    moved = f"{'tăng' if change > 0 else 'giảm'} {share(abs(change), abs(line.last_year))}"
    return (
        f"{said(now)} so với {said(line.last_year)} cùng kỳ năm trước, {moved}. "
        "Hãy xem lại số và đơn vị tính; nếu đúng thì ghi lý do ở ghi chú."
    )
