"""Opening a period: the criteria set is frozen, every member gets its submission with every line of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tracker.db import db
from tracker.domain import period_dates, reporting
from tracker.domain.notices import NoticeKind
from tracker.domain.reporting import PeriodState, PeriodStep
from tracker.domain.submissions import SectionKind, SubmissionState
from tracker.domain.vietnamese import short_date
from tracker.errors import NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.criteria import CriteriaSet, Criterion, Exemption
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Pledge, PledgeRow, UnitTarget
from tracker.models.submission import Entry, Section, Submission
from tracker.models.unit import Unit
from tracker.queries import criteria as criteria_sets
from tracker.services import notice
from tracker.services.bloc import lock as hold_bloc
from tracker.services.period_steps import hold, note_step, zone_of
from tracker.services.recording import recorded


@dataclass(frozen=True)
class Line:
    """A line every unit gets, and what differs by unit: its target and whether it is the unit's at all."""

    criterion: Criterion | None
    row: PledgeRow | None
    targets: dict[int, UnitTarget]
    exempt: frozenset[int]

    @property
    def usual(self) -> Decimal | None:
        return self.row.year_plan if self.row is not None else None

    def entry(self, unit_id: int, position: int) -> Entry:
        own = self.targets.get(unit_id)
        target = own.target if own is not None and own.target is not None else self.usual
        assigned = unit_id not in self.exempt and (own is None or own.assigned)
        return Entry(
            criterion=self.criterion,
            pledge_row=self.row if self.criterion is None else None,
            position=position,
            target=target if assigned else None,
            assigned=assigned,
        )


@recorded
def open_now(period: ReportingPeriod, *, by: Account | None, at: datetime) -> None:
    """PLANNED → OPEN: freeze the criteria set, make a submission with entries and sections for every member of today.

    NotOpen before `opens_on`; RuleBroken when the due moment has passed, nobody is a member, there is no line though
    figures are asked for, or a scored period's criteria set is not complete.
    """
    hold_bloc(period.bloc)
    hold(period)
    reporting.after(period.state, PeriodStep.OPEN)
    zone = zone_of(period)
    today = at.astimezone(ZoneInfo(zone)).date()
    if today < period.opens_on:
        raise NotOpen(
            f"Kỳ {period.period.label} mở từ ngày {short_date(period.opens_on)}: hãy chờ đến ngày đó, "
            "hoặc sửa ngày mở."
        )
    if at >= period.due_at:
        raise RuleBroken(
            f"Hạn gửi ({period_dates.said(period.due_at, zone)}) đã qua: hãy sửa các ngày của kỳ trước khi mở."
        )
    units = [member.unit for member in period.bloc.memberships if member.holds_on(today)]
    if not units:
        raise RuleBroken(f"Hôm nay {period.bloc.kind.small} chưa có đơn vị thành viên nào: hãy kết nạp đơn vị trước.")
    if period.scored and period.criteria_set is not None:
        _refuse_incomplete(period.criteria_set)
    lines = lines_of(period)
    if period.asks_figures and not lines:
        raise RuleBroken(
            "Kỳ này yêu cầu số liệu nhưng chưa có bộ tiêu chí và giao ước của năm: hãy lập một trong hai, "
            "hoặc sửa kỳ thành chỉ báo cáo bằng lời."
        )
    note_step(period, PeriodStep.OPEN, by=by, at=at, opened_at=at)
    db.session.flush()  # the step stands first in the audit, before the many rows that follow from it
    for unit in units:
        _begin(period, unit, lines)
    if period.asks_figures and period.criteria_set is not None and period.criteria_set.frozen_at is None:
        period.criteria_set.frozen_at = at
    text = f"Mở kỳ báo cáo {period.period.label}: gửi trước {period_dates.said(period.due_at, zone)}."
    notice.tell_each({unit.id: text for unit in units}, NoticeKind.PERIOD, period=period, by=by, at=at)


@recorded
def join(period: ReportingPeriod, unit: Unit, *, by: Account | None, at: datetime) -> Submission:
    """A unit admitted after the opening gets its submission. RuleBroken when it has one or is no member today."""
    hold(period)
    if period.state is not PeriodState.OPEN:
        raise NotOpen(f"Kỳ đang ở trạng thái “{period.state.label}” nên không thêm được đơn vị.")
    today = at.astimezone(ZoneInfo(zone_of(period))).date()
    name = unit.named_on(today).name
    if not any(member.unit_id == unit.id and member.holds_on(today) for member in period.bloc.memberships):
        raise RuleBroken(f"{name} hôm nay không là thành viên của {period.bloc.kind.small}.", field="unit")
    there = select(Submission.id).where(Submission.period_id == period.id, Submission.unit_id == unit.id)
    if db.session.scalar(there) is not None:
        raise RuleBroken(f"{name} đã có trong kỳ này.", field="unit")
    submission = _begin(period, unit, lines_of(period))
    text = f"Kỳ báo cáo {period.period.label}: gửi trước {period_dates.said(period.due_at, zone_of(period))}."
    notice.tell(unit, NoticeKind.PERIOD, text, period=period, submission=submission, by=by, at=at)
    return submission


def lines_of(period: ReportingPeriod) -> list[Line]:
    """The leaves of the set in order, then the rows of the year's pledge that no leaf measures. Constant queries."""
    if not period.asks_figures:
        return []
    rows = _pledge_rows(period)
    targets: dict[int, dict[int, UnitTarget]] = {row.id: {} for row in rows}
    for target in db.session.scalars(select(UnitTarget).where(UnitTarget.pledge_row_id.in_(targets))):
        targets[target.pledge_row_id][target.unit_id] = target
    by_lineage = {row.lineage: row for row in rows}
    leaves = _leaves(period)
    exempt: dict[int, set[int]] = {leaf.id: set() for leaf in leaves}
    for exemption in db.session.scalars(select(Exemption).where(Exemption.criterion_id.in_(exempt))):
        exempt[exemption.criterion_id].add(exemption.unit_id)
    lines = []
    for leaf in leaves:
        row = by_lineage.get(leaf.pledge_lineage or "")
        lines.append(Line(leaf, row, targets[row.id] if row else {}, frozenset(exempt[leaf.id])))
    named = {leaf.pledge_lineage for leaf in leaves}
    lines += [Line(None, row, targets[row.id], frozenset()) for row in rows if row.lineage not in named]
    return lines


def line_count(period: ReportingPeriod) -> int:
    """How many lines each unit will have: for the page before opening."""
    return len(lines_of(period))


def _refuse_incomplete(criteria_set: CriteriaSet) -> None:
    """A scored period needs a table that adds up and can be computed."""
    stopping = [problem for problem in criteria_sets.faults(criteria_set) if problem.stops]
    if stopping:
        more = f" Còn {len(stopping) - 1} chỗ khác cần sửa." if len(stopping) > 1 else ""
        raise RuleBroken(f"Bộ tiêu chí chưa dùng để chấm điểm được: {stopping[0].sentence}{more}")


def _leaves(period: ReportingPeriod) -> Sequence[Criterion]:
    if period.criteria_set_id is None:
        return []
    return db.session.scalars(
        select(Criterion)
        .where(Criterion.criteria_set_id == period.criteria_set_id, Criterion.function.is_not(None))
        .order_by(Criterion.position, Criterion.id)
    ).all()


def _pledge_rows(period: ReportingPeriod) -> Sequence[PledgeRow]:
    return db.session.scalars(
        select(PledgeRow)
        .join(Pledge, Pledge.id == PledgeRow.pledge_id)
        .where(Pledge.bloc_id == period.bloc_id, Pledge.year == period.year)
        .order_by(PledgeRow.position, PledgeRow.id)
    ).all()


def _begin(period: ReportingPeriod, unit: Unit, lines: Sequence[Line]) -> Submission:
    submission = Submission(unit=unit, state=SubmissionState.NOT_BEGUN)
    submission.entries.extend(line.entry(unit.id, place) for place, line in enumerate(lines))
    submission.sections.extend(Section(kind=kind, text="") for kind in SectionKind)
    period.submissions.append(submission)
    return submission
