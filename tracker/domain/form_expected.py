"""What a unit's form may say: the lines, parts and achievements that its reading is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.domain.form_sheet import FormKeys, FormMovement
from tracker.domain.submission_seen import LineSeen, SubmissionSeen
from tracker.domain.submissions import SectionKind
from tracker.text import fold, shorten


def is_percent(unit_of_measure: str | None) -> bool:
    """"%", "% kế hoạch", "phần trăm": a figure of such a line is a share, so that 95 means 95%."""
    return "%" in (unit_of_measure or "") or "phan tram" in fold(unit_of_measure)


def label_of(line: LineSeen) -> str:
    """A line as messages name it: 1.2 Hồ sơ giải quyết đúng hạn."""
    return f"{line.number} {shorten(line.title)}".strip()


@dataclass(frozen=True)
class ExpectedForm:
    """By public id: `lines` as they are saved (what was not touched is no question), the labels of `sections` and of
    `achievements`; movements in the order of the lists.
    """

    keys: FormKeys
    lines: Mapping[str, LineSeen]
    sections: Mapping[str, str]
    achievements: Mapping[str, str] = field(default_factory=dict)
    movements: tuple[FormMovement, ...] = ()


def expected_of(seen: SubmissionSeen, keys: FormKeys, movements: Sequence[FormMovement] = ()) -> ExpectedForm:
    """The form of a submission as it stands now."""
    return ExpectedForm(
        keys,
        {line.entry_key: line for line in seen.lines},
        {section.key: section.kind.label for section in seen.sections if section.kind in SectionKind.texts()},
        {each.key: shorten(each.award or each.text or each.kind.label) for each in seen.achievements},
        tuple(movements),
    )
