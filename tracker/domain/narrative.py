"""A unit's narrative cut into the points that a report may take over one by one."""

import re

from tracker.domain.submissions import SectionKind
from tracker.text import clean_block

_BULLET = re.compile(r"^(?:[-+*•–—](?!\d)\s*|\(?\d{1,2}[.)]\s+|\(?[a-zđ]\)\s+)")
_CAUSE = re.compile(r"(?i)^nguyên nhân(?: chủ quan| khách quan)?\s*(?:là|:|-)\s*(?=\S)")
_TITLES = "hạn chế|tồn tại|khuyết điểm|nguyên nhân|phương hướng|nhiệm vụ|giải pháp|đề xuất|kiến nghị"
_HEADING = re.compile(rf"(?i)^(?:{_TITLES})(?:(?:, | và )(?:{_TITLES}))*\s*:?$")


def points(kind: SectionKind, text: str) -> list[tuple[str, str | None]]:
    """(point, its cause) of each line, bullets and numbers taken off; a line that is only a heading is left out.

    Among limitations "Nguyên nhân: …", and what stands under a line "Nguyên nhân:", is the cause of the points before
    it that have none yet; without any point before it, it is a point itself, so that nothing is lost.
    """
    found: list[tuple[str, str | None]] = []
    causes: list[str] = []
    under_causes = False
    for row in clean_block(text).split("\n"):
        line = _BULLET.sub("", row).strip()
        if not line:
            continue
        if _HEADING.fullmatch(line):
            under_causes = line.lower().startswith("nguyên nhân") and kind is SectionKind.LIMITATIONS
            continue
        named = _CAUSE.match(line) if kind is SectionKind.LIMITATIONS else None
        if found and (named or under_causes):
            told = line[named.end() :] if named else line
            causes.append(told[:1].upper() + told[1:])
            continue
        found, causes = _with_causes(found, causes), []
        if all(line != point for point, _cause in found):
            found.append((line, None))
    return _with_causes(found, causes)


def _with_causes(found: list[tuple[str, str | None]], causes: list[str]) -> list[tuple[str, str | None]]:
    told = "\n".join(causes) or None
    return [(point, known or told) for point, known in found]
