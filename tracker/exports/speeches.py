"""Who spoke, and how a speech is told: in the speaker's name, or as it was written down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.record import ConferenceRecord, RemarkLine
from tracker.exports.phrases import line, lower_first

# A text that begins with one of these takes its speaker as its subject: "Nhấn mạnh …" → "Đồng chí … nhấn mạnh …".
# Verbs that also begin an instruction (nêu cao, giao lưu, biểu dương kịp thời) are left as they were written.
_RECOGNISING = re.compile(
    r"(?i)(ghi nhận|đánh giá cao|chúc mừng|cảm ơn|hoan nghênh|biểu dương(?!(, nhân rộng| và nhân rộng| kịp thời)))\b"
)
_SAYING = re.compile(
    r"(?i)(chỉ ra|nhấn mạnh|đề nghị|yêu cầu|lưu ý|khẳng định|nêu(?! (cao|gương))|cho rằng|gợi ý|mong muốn)\b"
)
_BODY_WORDS = (
    *("Ban ", "Bộ ", "Các ", "Chi cục ", "Công an ", "Cục ", "Đại diện ", "HĐND ", "Hội đồng ", "Liên đoàn "),
    *("Mặt trận ", "Sở ", "Thanh tra ", "Thường trực ", "Tòa án ", "Ủy ban ", "UBND ", "Văn phòng ", "Viện "),
)


@dataclass(frozen=True)
class Speech:
    """What one speaker said, in order."""

    name: str
    post: str
    is_body: bool
    remarks: tuple[RemarkLine, ...]

    @property
    def short(self) -> str:
        """đồng chí Lê Hồng Vinh; a body keeps its own name."""
        return self.name if self.is_body or not self.name else f"đồng chí {self.name}"

    @property
    def full(self) -> str:
        """With the posts, as at first mention."""
        return ", ".join(part for part in (self.short, self.post) if part)


def speeches(record: ConferenceRecord, remarks: Sequence[RemarkLine]) -> list[Speech]:
    """Remarks gathered by speaker, in the order in which each first spoke."""
    order: dict[tuple[str, str], list[RemarkLine]] = {}
    for remark in remarks:
        order.setdefault((line(remark.speaker_name), line(remark.speaker_post)), []).append(remark)
    return [Speech(name, post, _is_body(record, name), tuple(said)) for (name, post), said in order.items()]


def _is_body(record: ConferenceRecord, name: str) -> bool:
    """A unit or an office is no đồng chí: members, bodies among the delegates, or a name that begins like one."""
    bodies = {member.name for member in record.members} | {row.body for row in record.delegates}
    return name in bodies or name.startswith(_BODY_WORDS)


def recognises(remark: RemarkLine) -> bool:
    """Praise belongs to the strengths, not to what is to be done next."""
    return _RECOGNISING.match(remark.text.strip()) is not None


def as_subject(text: str, subject: str) -> str | None:
    """A text such as "Chỉ ra 06 nhóm …" with its speaker before it; None when it begins with no verb of saying."""
    told = _RECOGNISING.match(text) or _SAYING.match(text)
    return f"{subject} {lower_first(text)}" if subject and told else None
