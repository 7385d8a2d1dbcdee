"""Progress against the pledge (giao ước): plan, done and percent of each unit and row, and how many passed the mark.

No regulation that we read rules how a bloc counts who "passed 50 %". Ours, said on the page and under each table:
the mark is the part of the year that the period covers; a unit passed when every row with a percent reached it and
there is at least one. Blanks are counted apart: they are no failure and no success.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import Direction
from tracker.domain.periods import PeriodKind
from tracker.text import fold

HUNDRED = Decimal(100)
MARKS = {
    PeriodKind.YEAR: HUNDRED,
    PeriodKind.FIRST_HALF: Decimal(50),
    PeriodKind.SECOND_HALF: Decimal(50),
    PeriodKind.QUARTER_1: Decimal(25),
    PeriodKind.QUARTER_2: Decimal(25),
    PeriodKind.QUARTER_3: Decimal(25),
    PeriodKind.QUARTER_4: Decimal(25),
}
#: Measures whose figures of several units say nothing when added: shares, marks.
_SHARES = ("ti le", "phan tram")
_MARKS = "diem"


def percent(plan: Decimal | None, done: Decimal | None, direction: Direction) -> Decimal | None:
    """How much of the plan is done, exact; None without a plan (or one of 0) and without a figure.

    Less is better: plan over result, at most 100, and 100 for a result of 0 (domain.md, section 4; settled.md).
    """
    if plan is None or plan <= 0 or done is None:
        return None
    if direction is Direction.MORE:
        return done * HUNDRED / plan
    return HUNDRED if done <= plan else plan * HUNDRED / done


def mark_for(kind: PeriodKind, direction: Direction) -> Decimal:
    """The percent at which a row is passed. A ceiling (less is better) is to be kept whole at any time of the year."""
    return HUNDRED if direction is Direction.LESS else MARKS[kind]


def adds_up(unit_of_measure: str | None) -> bool:
    """Whether the figures of several units may be added: not shares of a hundred, not marks."""
    if unit_of_measure is None:
        return True
    words = fold(unit_of_measure)
    return not ({"%", "‰"} & set(unit_of_measure) or words.startswith(_SHARES) or words == _MARKS)


@dataclass(frozen=True)
class ProgressRow:
    """A row of the bloc's pledge. `key` is its public id."""

    key: str
    number: int
    content: str
    unit_of_measure: str | None
    direction: Direction


@dataclass(frozen=True)
class Done:
    """One unit on one row. `done` None is "chưa có số liệu"; not `assigned` (KG) has no figure of any kind."""

    plan: Decimal | None
    done: Decimal | None
    percent: Decimal | None
    passed: bool | None
    assigned: bool = True
    note: str | None = None

    @property
    def blank(self) -> bool:
        return self.assigned and self.done is None


def done_of(
    row: ProgressRow,
    kind: PeriodKind,
    plan: Decimal | None,
    done: Decimal | None,
    assigned: bool = True,
    note: str | None = None,
) -> Done:
    """The cell of a unit: its percent, and whether it passed the mark of the period."""
    if not assigned:
        return Done(None, None, None, None, assigned=False, note=note)
    share = percent(plan, done, row.direction)
    passed = None if share is None else share >= mark_for(kind, row.direction)
    return Done(plan, done, share, passed, note=note)


@dataclass(frozen=True)
class UnitProgress:
    """A unit with one cell a row, in the order of the rows. `sent`: its report has reached the secretariat."""

    key: str
    name: str
    short_name: str
    sent: bool
    cells: tuple[Done, ...]

    @property
    def rows_measured(self) -> int:
        return sum(cell.percent is not None for cell in self.cells)

    @property
    def rows_passed(self) -> int:
        return sum(cell.passed is True for cell in self.cells)

    @property
    def rows_blank(self) -> int:
        return sum(cell.blank for cell in self.cells)

    @property
    def share(self) -> Decimal | None:
        """The percent of its rows, among those with a percent, that passed; None when none has one."""
        return Decimal(self.rows_passed) * HUNDRED / self.rows_measured if self.rows_measured else None

    @property
    def passed(self) -> bool | None:
        """None: no row has a percent, so nothing can be said."""
        return self.rows_passed == self.rows_measured if self.rows_measured else None


@dataclass(frozen=True)
class RowProgress:
    """A row over all units. Sums only of units with both plan and figure, and only where figures add up."""

    row: ProgressRow
    plan: Decimal | None
    done: Decimal | None
    percent: Decimal | None
    units_measured: int
    units_passed: int
    units_blank: int


@dataclass(frozen=True)
class PledgeProgress:
    """A period against the bloc's pledge of its year. Units in the bloc's own order."""

    period_label: str
    kind: PeriodKind
    rows: tuple[ProgressRow, ...]
    units: tuple[UnitProgress, ...]
    bloc_kind: BlocKind = BlocKind.KHOI

    @property
    def mark(self) -> Decimal:
        return MARKS[self.kind]

    @property
    def units_counted(self) -> int:
        return len(self.units)

    @property
    def units_passed(self) -> int:
        return sum(unit.passed is True for unit in self.units)

    @property
    def blank_units(self) -> tuple[UnitProgress, ...]:
        """Of which nothing can be said: no row with both a plan and a figure."""
        return tuple(unit for unit in self.units if unit.passed is None)

    @property
    def by_row(self) -> tuple[RowProgress, ...]:
        return tuple(
            _over_units(row, [unit.cells[place] for unit in self.units]) for place, row in enumerate(self.rows)
        )


def _over_units(row: ProgressRow, cells: Sequence[Done]) -> RowProgress:
    measured = [cell for cell in cells if cell.percent is not None]
    plan = done = None
    if measured and adds_up(row.unit_of_measure):
        plan = sum((cell.plan for cell in measured if cell.plan is not None), Decimal(0))
        done = sum((cell.done for cell in measured if cell.done is not None), Decimal(0))
    return RowProgress(
        row=row,
        plan=plan,
        done=done,
        percent=percent(plan, done, row.direction),
        units_measured=len(measured),
        units_passed=sum(cell.passed is True for cell in measured),
        units_blank=sum(cell.blank for cell in cells),
    )
