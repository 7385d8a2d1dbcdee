"""A unit's submission as pages, workbooks and checks see it: frozen, with earlier figures beside each line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import CriterionPart, Direction, ScoreFunction
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.progress import percent
from tracker.domain.submissions import (
    AchievementKind,
    AwardLevel,
    AwardMethod,
    AwardObject,
    AwardSystem,
    SectionKind,
    SubmissionState,
)

_BEFORE = {
    PeriodKind.SECOND_HALF: PeriodKind.FIRST_HALF,
    PeriodKind.QUARTER_2: PeriodKind.QUARTER_1,
    PeriodKind.QUARTER_3: PeriodKind.QUARTER_2,
    PeriodKind.QUARTER_4: PeriodKind.QUARTER_3,
}
_LAST_OF_YEAR = {
    PeriodKind.FIRST_HALF: PeriodKind.SECOND_HALF,
    PeriodKind.QUARTER_1: PeriodKind.QUARTER_4,
}


def preceding(period: Period) -> Period | None:
    """The kỳ right before, of the same length; None for a whole year, whose last year says it already."""
    if period.kind in _BEFORE:
        return Period(period.year, _BEFORE[period.kind])
    if period.kind in _LAST_OF_YEAR:
        return Period(period.year - 1, _LAST_OF_YEAR[period.kind])
    return None


@dataclass(frozen=True)
class FileSeen:
    """A file of evidence; `size` in bytes."""

    key: str
    name: str
    size: int


@dataclass(frozen=True)
class LineSeen:
    """One line: a leaf criterion, or a row of the pledge (`function` and `maximum` None, `group` empty).

    `group`: the headings above it, topmost first, as "I. Nhiệm vụ". None of a figure is "chưa có số liệu".
    `last_period`, `last_year`: what the unit reported then, sent or loaded from earlier years. `answered`: of a
    returned line, whether it was changed, got a file or a comment of the unit since.
    """

    entry_key: str
    version: int
    number: str
    title: str
    group: tuple[str, ...]
    unit_of_measure: str | None
    direction: Direction
    function: ScoreFunction | None
    maximum: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    count: int | None
    note: str | None
    part: CriterionPart = CriterionPart.MAIN
    guidance: str | None = None
    assigned: bool = True
    returned_reason: str | None = None
    answered: bool = False
    evidence_required: bool = False
    files: tuple[FileSeen, ...] = ()
    last_period: Decimal | None = None
    last_year: Decimal | None = None

    @property
    def percent_of_target(self) -> Decimal | None:
        """Exact; None without a target (or one of 0) or without a figure."""
        return percent(self.target, self.actual, self.direction)

    @property
    def asks_count(self) -> bool:
        """Whether what counts is how many times."""
        return self.function in ScoreFunction.per_time()

    @property
    def blank(self) -> bool:
        """Whether what the line asks for is missing; a line judged by hand is content with a note."""
        if not self.assigned or self.function is ScoreFunction.LATENESS:
            return False  # lateness is reckoned from the sending
        if self.asks_count:
            return self.count is None
        if self.function in (ScoreFunction.MANUAL, ScoreFunction.YES_NO):
            return self.actual is None and self.count is None and not self.note
        return self.actual is None


@dataclass(frozen=True)
class SectionSeen:
    """A part of the narrative; of ACHIEVEMENTS the text is always empty. `answered` as of a line."""

    key: str
    version: int
    kind: SectionKind
    text: str
    returned_reason: str | None = None
    answered: bool = False


@dataclass(frozen=True)
class AchievementSeen:
    """An achievement; `value` in đồng, `movement` by name and key."""

    key: str
    version: int
    kind: AchievementKind
    subject: str | None
    text: str
    field: str | None = None
    happened_on: date | None = None
    value: Decimal | None = None
    movement: str | None = None
    movement_key: str | None = None
    award: str | None = None
    award_object: AwardObject | None = None
    award_method: AwardMethod | None = None
    count: int | None = None
    decision_number: str | None = None
    decided_on: date | None = None
    conferred_level: AwardLevel | None = None
    conferred_system: AwardSystem | None = None
    files: tuple[FileSeen, ...] = ()


@dataclass(frozen=True)
class SubmissionSeen:
    """A whole submission. `returned_whole`: returned without naming a place; `answered` then speaks of the whole."""

    key: str
    period_key: str
    unit_key: str
    unit_name: str
    period: Period
    state: SubmissionState
    asks_figures: bool
    lines: tuple[LineSeen, ...]
    sections: tuple[SectionSeen, ...]
    achievements: tuple[AchievementSeen, ...]
    returned_whole: bool = False
    answered: bool = False
    bloc_kind: BlocKind = BlocKind.KHOI

    @property
    def empty(self) -> bool:
        """No figure, no word, no achievement."""
        return not (
            any(section.text for section in self.sections)
            or self.achievements
            or any(
                line.assigned and (line.actual is not None or line.count is not None or line.note)
                for line in self.lines
            )
        )

    @property
    def filled_share(self) -> int | None:
        """Whole percent of the assigned lines that ask for something and have it, rounded down; None without lines."""
        asked = [line for line in self.lines if line.assigned and line.function is not ScoreFunction.LATENESS]
        return sum(not line.blank for line in asked) * 100 // len(asked) if asked else None
