"""A conference as it is drawn on paper: one frozen record, from which Word, PDF, Excel and the news item come.

`queries/report.collect` fills it; `exports/` draws it. Names, members, leader and deputies are those of the
conference's own day. Nothing here is formatted: dates are dates, counts are numbers, None is "not recorded".
"""

from dataclasses import dataclass, field
from datetime import date, time

from tracker.domain.action_items import ItemSource, ItemState, Priority
from tracker.domain.blocs import BlocKind, TermRole
from tracker.domain.conferences import (
    AssessmentKind,
    Attendance,
    ConferenceKind,
    ConferenceState,
    CountSubject,
    DayPart,
    DelegateKind,
    Precision,
    RemarkKind,
)
from tracker.domain.period_results import PeriodResults
from tracker.domain.periods import Period


@dataclass(frozen=True)
class Letterhead:
    """Head and foot of a document. Lines are broken as the office breaks them, in capitals where papers ask it."""

    superior: tuple[str, ...]
    issuing: tuple[str, ...]
    place: str
    report_number: str | None = None
    report_sign: str = ""
    minutes_number: str | None = None
    minutes_sign: str = ""
    signed_on: date | None = None
    on_behalf: str = "TM. KHỐI THI ĐUA"
    signer_role: str = "KHỐI TRƯỞNG"
    signer_post: tuple[str, ...] = ()
    signer_name: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemberLine:
    """A member on the conference's day, in the bloc's list order, with what it was to the bloc that day."""

    unit_key: str
    name: str
    short_name: str
    role: TermRole | None = None
    holder_name: str | None = None
    holder_post: str | None = None
    role_from: date | None = None
    role_to: date | None = None


@dataclass(frozen=True)
class ChairLine:
    """One who presides: a unit (with its role that day), a named person, or both."""

    unit_name: str | None
    role: TermRole | None
    person_name: str | None = None
    person_post: str | None = None


@dataclass(frozen=True)
class DelegateLine:
    """A person with posts, or a body without a name. `people` is None when nobody counted."""

    kind: DelegateKind
    person_name: str | None
    body: str | None
    party_post: str | None
    state_post: str | None
    attendance: Attendance | None
    substitute_for: str | None = None
    people: int | None = None


@dataclass(frozen=True)
class AgendaLine:
    title: str
    presenter: str | None
    minutes: int | None


@dataclass(frozen=True)
class AssessmentLine:
    """`topic` is the field (lĩnh vực) and the heading of its point; `scope` is whom it speaks of, in words."""

    kind: AssessmentKind
    topic: str | None
    text: str
    scope: str | None = None
    assessor: str | None = None


@dataclass(frozen=True)
class LimitationLine:
    text: str
    topic: str | None = None
    scope: str | None = None
    cause: str | None = None
    assessor: str | None = None
    task_numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class RemarkLine:
    """What a speaker said. `task_group`: one of the groups whose number was declared."""

    kind: RemarkKind
    heading: str | None
    speaker_name: str | None
    speaker_post: str | None
    text: str
    task_group: bool = False
    task_numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class CountLine:
    """A declared number beside the recorded one; either may be None. `difference` is never used to correct."""

    subject: CountSubject
    label: str
    note: str | None
    declared: int | None
    recorded: int | None

    @property
    def difference(self) -> int | None:
        """Recorded minus declared; None when nothing was declared or nothing could be counted."""
        if self.declared is None or self.recorded is None:
            return None
        return self.recorded - self.declared


@dataclass(frozen=True)
class UnitPart:
    """One unit's part of an action item, as it stands when the paper is drawn."""

    unit_key: str
    unit_name: str
    short_name: str
    state: ItemState
    overdue: bool
    percent: int | None = None


@dataclass(frozen=True)
class ItemLine:
    """An action item that this conference made, or that was open when it met (`carried`)."""

    number: int
    text: str
    source: ItemSource
    source_label: str
    made_on: date
    due_on: date | None
    priority: Priority
    state: ItemState
    overdue: bool
    all_units: bool
    parts: tuple[UnitPart, ...]
    carried: bool = False
    reviews_passed: int = 0
    leader_changes: int = 0
    said_here: str | None = None

    @property
    def owners(self) -> str | None:
        """"Tất cả đơn vị", the unit's name, "3/8 đơn vị hoàn thành" belongs to the state; None without owner."""
        if self.all_units:
            return "Tất cả đơn vị"
        return "; ".join(part.unit_name for part in self.parts) or None


@dataclass(frozen=True)
class DocumentLine:
    title: str
    number: str | None
    issued_on: date | None


@dataclass(frozen=True)
class PhotoLine:
    """A photograph with its caption; `content` is a JPEG made by us, None when only the caption is known."""

    caption: str
    content: bytes | None = None


@dataclass(frozen=True)
class ConferenceRecord:
    """All of one conference. `draft` asks for the mark DỰ THẢO; `illustration` for "SỐ LIỆU MINH HỌA".

    `results`: what the units reported of its period; None when there is no such period or the reader may not know it.
    """

    public_id: str
    title: str
    bloc_name: str
    bloc_kind: BlocKind
    authority_name: str
    authority_short_name: str
    illustration: bool
    draft: bool
    state: ConferenceState
    kinds: tuple[ConferenceKind, ...]
    period: Period | None
    precision: Precision
    first_day: date
    last_day: date
    day_part: DayPart | None
    starts_at: time | None
    ends_at: time | None
    venue: str | None
    host: str | None
    secretary_name: str | None
    secretary_post: str | None
    source_note: str | None
    letterhead: Letterhead
    chairs: tuple[ChairLine, ...] = ()
    members: tuple[MemberLine, ...] = ()
    delegates: tuple[DelegateLine, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    assessments: tuple[AssessmentLine, ...] = ()
    limitations: tuple[LimitationLine, ...] = ()
    remarks: tuple[RemarkLine, ...] = ()
    counts: tuple[CountLine, ...] = ()
    items: tuple[ItemLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    photos: tuple[PhotoLine, ...] = field(default=(), repr=False)
    results: PeriodResults | None = None

    @property
    def leader(self) -> MemberLine | None:
        return next((m for m in self.members if m.role is TermRole.LEADER), None)

    @property
    def deputies(self) -> tuple[MemberLine, ...]:
        return tuple(m for m in self.members if m.role is TermRole.DEPUTY)

    @property
    def made_items(self) -> tuple[ItemLine, ...]:
        """The action items this conference made."""
        return tuple(item for item in self.items if not item.carried)

    @property
    def carried_items(self) -> tuple[ItemLine, ...]:
        """The action items that lay on the table when it met."""
        return tuple(item for item in self.items if item.carried)

    def said(self, kind: RemarkKind) -> tuple[RemarkLine, ...]:
        return tuple(remark for remark in self.remarks if remark.kind is kind)

    def assessed(self, kind: AssessmentKind) -> tuple[AssessmentLine, ...]:
        return tuple(line for line in self.assessments if line.kind is kind)
