"""A unit's narrative cut into the points that a report may take over one by one."""

import re

from tracker.domain.submissions import SectionKind
from tracker.text import clean_block

_BULLET = re.compile(r"^(?:[-+*•–—]\s*|\(?\d{1,2}[.)]\s+|\(?[a-zđ]\)\s+)")
_CAUSE = re.compile(r"(?i)^nguyên nhân(?: chủ quan| khách quan)?\s*(?:là|:|-)\s*")
_HEADING = re.compile(r"(?i)^(?:nguyên nhân|hạn chế|tồn tại|phương hướng|nhiệm vụ|đề xuất|kiến nghị)[^.;:]{0,60}:?$")


def points(kind: SectionKind, text: str) -> list[tuple[str, str | None]]:
    """(point, its cause) of each line, bullets and numbers taken off; a line that only heads others is left out.

    Among limitations a line "Nguyên nhân: …" is the cause of those before it that have none yet.
    """
    found: list[tuple[str, str | None]] = []
    for row in clean_block(text).split("\n"):
        line = _BULLET.sub("", row).strip()
        if not line or _HEADING.fullmatch(line):
            continue
        cause = _CAUSE.match(line) if kind is SectionKind.LIMITATIONS else None
        if cause and found:
            told = line[cause.end() :].strip()
            found = [(point, known or told[:1].upper() + told[1:]) for point, known in found]
        elif (line, None) not in found:
            found.append((line, None))
    return found
