"""The results of a reporting period as they are shown and drawn: one frozen object for screen, Word, PDF and Excel.

`queries/period_results.collect` fills it. A unit that has not sent has no figures here: a draft belongs to the unit.
None is "chưa có số liệu", 0 is a figure, an unassigned line is "KG" and no figure at all. Nothing is formatted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from tracker.domain.blocs import BlocKind
from tracker.domain.periods import Period
from tracker.domain.progress import PledgeProgress
from tracker.domain.ranking_paper import RankingPaper
from tracker.domain.reporting import ActivityKind, PeriodState
from tracker.domain.submissions import (
    AchievementKind,
    AwardLevel,
    AwardMethod,
    AwardObject,
    AwardSystem,
    SectionKind,
)

NOT_ASSIGNED = "KG"


@dataclass(frozen=True)
class UnitHead:
    """A unit of the period under the name of the period's last day, in the bloc's list order."""

    key: str
    name: str
    short_name: str


@dataclass(frozen=True)
class Figure:
    """What one unit reported on one line. `value` is the result, or the number of times where the line counts."""

    assigned: bool = True
    target: Decimal | None = None
    value: Decimal | None = None

    @property
    def blank(self) -> bool:
        """A figure was to come and none is there."""
        return self.assigned and self.value is None


@dataclass(frozen=True)
class ResultLine:
    """A group (no figures) or a line of the matrix; `level` 0 is the outermost. Figures stand in the order of units."""

    key: str
    number: str
    title: str
    level: int
    measure: str | None = None
    is_group: bool = False
    counts_times: bool = False
    figures: tuple[Figure, ...] = ()

    @cached_property
    def has_targets(self) -> bool:
        return any(figure.assigned and figure.target is not None for figure in self.figures)


@dataclass(frozen=True)
class AchievementLine:
    """An achievement, or an award received; `value` in đồng, `files` counts the evidence."""

    unit: UnitHead
    kind: AchievementKind
    text: str
    subject: str | None = None
    field: str | None = None
    happened_on: date | None = None
    value: Decimal | None = None
    movement: str | None = None
    award: str | None = None
    award_object: AwardObject | None = None
    award_method: AwardMethod | None = None
    count: int | None = None
    decision_number: str | None = None
    decided_on: date | None = None
    level: AwardLevel | None = None
    system: AwardSystem | None = None
    files: int = 0


@dataclass(frozen=True)
class ActivityLine:
    """A joint activity of the bloc that began within the period; `value` in đồng."""

    kind: ActivityKind
    title: str
    held_on: date
    last_on: date
    place: str | None = None
    result: str | None = None
    value: Decimal | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class SendingLine:
    """When one unit was to send and did; moments in the authority's zone.

    `days_late` counts from the first sending and is None until there is one.
    """

    unit: UnitHead
    due: datetime
    extended_to: date | None = None
    extension_reason: str | None = None
    first_sent: datetime | None = None
    last_sent: datetime | None = None
    times_returned: int = 0
    days_late: int | None = None

    @property
    def sent(self) -> bool:
        return self.first_sent is not None


@dataclass(frozen=True)
class Proposal:
    """One point of a unit's narrative that the secretariat may take over into the conference's own lists."""

    key: str
    kind: SectionKind
    unit: UnitHead
    text: str
    cause: str | None = None


@dataclass(frozen=True)
class PeriodResults:
    """All of one period. `scored`, `asks_figures` say what was asked for; `state` whether members read it.

    `ranking`: the edition in force; None before publication and for a period without points.
    """

    public_id: str
    period: Period
    state: PeriodState
    bloc_name: str
    units: tuple[UnitHead, ...]
    asks_figures: bool = True
    lines: tuple[ResultLine, ...] = ()
    progress: PledgeProgress | None = None
    achievements: tuple[AchievementLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    sendings: tuple[SendingLine, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    ranking: RankingPaper | None = None
    bloc_kind: BlocKind = BlocKind.KHOI

    @property
    def examples(self) -> tuple[AchievementLine, ...]:
        """The typical examples (điển hình tiên tiến)."""
        return tuple(each for each in self.achievements if each.kind is AchievementKind.EXAMPLE)

    @property
    def awards(self) -> tuple[AchievementLine, ...]:
        return tuple(each for each in self.achievements if each.kind is AchievementKind.AWARD)

    @property
    def deeds(self) -> tuple[AchievementLine, ...]:
        """Achievements that are neither an award nor a typical example."""
        apart = (AchievementKind.EXAMPLE, AchievementKind.AWARD)
        return tuple(each for each in self.achievements if each.kind not in apart)

    @property
    def measured(self) -> tuple[ResultLine, ...]:
        """The lines that hold figures, without the groups over them."""
        return tuple(line for line in self.lines if not line.is_group)

    @property
    def has_figures(self) -> bool:
        return any(figure.value is not None for line in self.measured for figure in line.figures)

    @property
    def on_time(self) -> tuple[SendingLine, ...]:
        return tuple(each for each in self.sendings if each.days_late == 0)

    @property
    def late(self) -> tuple[SendingLine, ...]:
        return tuple(each for each in self.sendings if each.days_late)

    @property
    def not_sent(self) -> tuple[SendingLine, ...]:
        return tuple(each for each in self.sendings if not each.sent)

    def proposed(self, kind: SectionKind) -> Iterator[Proposal]:
        return (each for each in self.proposals if each.kind is kind)
