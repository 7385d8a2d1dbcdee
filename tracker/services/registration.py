"""What a unit registers for a year: its own targets, titles and forms of award; whether it must (a dated setting)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import AwardObject, SubmissionState
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Pledge, PledgeRow, Registration, RegistrationRule, UnitTarget
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit
from tracker.queries import pledge as pledges
from tracker.queries import registration as registrations
from tracker.services.bloc import lock
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold


@dataclass(frozen=True)
class TargetGiven:
    """A unit's own figure for a row; None: the plan of the bloc holds for it."""

    row: PledgeRow
    target: Decimal | None
    note: str | None = None


def _year_of(bloc: Bloc, at: datetime) -> int:
    return at.astimezone(ZoneInfo(bloc.authority.time_zone)).year


def takes_targets(bloc: Bloc, year: int, at: datetime) -> bool:
    """Targets of last year may still be adjusted, since its year-end review is held in January; of earlier ones not."""
    return year >= _year_of(bloc, at) - 1


def takes_titles(bloc: Bloc, year: int, at: datetime) -> bool:
    """Titles are aimed at before the year is over: this year's and the next one's."""
    return year in (_year_of(bloc, at), _year_of(bloc, at) + 1)


def _check_titles_open(bloc: Bloc, year: int, at: datetime) -> None:
    if not takes_titles(bloc, year, at):
        raise NotOpen(f"Đăng ký danh hiệu năm {year} không còn ghi được: chỉ đăng ký cho năm nay và năm sau.")


@recorded
def set_targets(
    pledge: Pledge, unit: Unit, given: Sequence[TargetGiven], *, reason: str = "", seen: int, by: Account, at: datetime
) -> int:
    """All targets of the unit at once; how many changed. `seen` is pledges.targets_version of what was read.

    Once a period of the year was opened, another figure in place of a registered one needs a reason; periods that were
    opened keep the target they had, and take one only where they had none.
    """
    if by.unit_id != unit.id:
        raise NotAllowed("Mỗi đơn vị tự đăng ký chỉ tiêu của mình.")
    if not takes_targets(pledge.bloc, pledge.year, at):
        raise NotOpen(f"Giao ước năm {pledge.year} đã qua: chỉ tiêu của đơn vị giữ nguyên như đã đăng ký.")
    lock(pledge.bloc)
    pledges.read_anew(pledge)
    if seen != pledges.targets_version(pledge.rows, unit):
        raise Conflict(pledge)
    opened = pledges.year_has_opened(pledge.bloc, pledge.year)
    changed = 0
    for each in given:
        changed += _set_target(each, unit, opened=opened, reason=reason)
    db.session.flush()
    if opened:
        _fill_open_periods(pledge, unit, at)
    return changed


def _set_target(given: TargetGiven, unit: Unit, *, opened: bool, reason: str) -> bool:
    """Whether something changed."""
    kept, note = pledges.target_of(given.row, unit), clean_block(given.note) or None
    key = given.row.public_id
    if given.target is not None and given.target < 0:
        raise RuleBroken("Chỉ tiêu không âm: hãy xem lại.", field=f"target_{key}")
    if kept is None:
        if given.target is None and note is None:
            return False
        db.session.add(UnitTarget(row=given.row, unit=unit, target=given.target, note=note))
        return True
    if (kept.target, kept.note) == (given.target, note):
        return False
    if not kept.assigned and given.target is not None:
        raise RuleBroken("Chỉ tiêu này không được giao cho đơn vị nên không đăng ký được.", field=f"target_{key}")
    if opened and kept.target is not None and kept.target != given.target and not clean_line(reason):
        raise ReasonMissing("điều chỉnh chỉ tiêu đã đăng ký, vì kỳ báo cáo của năm đã mở")
    kept.target, kept.note = given.target, note
    return True


def _fill_open_periods(pledge: Pledge, unit: Unit, at: datetime) -> None:
    """Lines without a target, of the unit's submissions that it still writes, take the one registered now."""
    asked = (
        select(ReportingPeriod)
        .where(
            ReportingPeriod.bloc_id == pledge.bloc_id,
            ReportingPeriod.year == pledge.year,
            ReportingPeriod.state == PeriodState.OPEN,
            ReportingPeriod.locks_at > at,
        )
        .with_for_update()
    )
    open_periods = [period.id for period in db.session.scalars(asked)]
    writable = (SubmissionState.NOT_BEGUN, SubmissionState.DRAFT)
    lines = select(Entry).join(Submission, Submission.id == Entry.submission_id).where(
        Submission.period_id.in_(open_periods),
        Submission.unit_id == unit.id,
        Submission.state.in_(writable),
        Entry.target.is_(None),
        Entry.assigned,
    )  # fmt: skip
    by_lineage = {row.lineage: row for row in pledge.rows}
    for entry in db.session.scalars(lines):
        lineage = entry.criterion.pledge_lineage if entry.criterion else None
        row = entry.pledge_row or by_lineage.get(lineage or "")
        if row is not None and row.pledge_id == pledge.id:
            own = pledges.target_of(row, unit)
            entry.target = own.target if own is not None and own.assigned else None


@recorded
def register(
    bloc: Bloc,
    unit: Unit,
    *,
    year: int,
    object: AwardObject,
    title: str,
    count: int | None = None,
    note: str | None = None,
    by: Account,
    at: datetime,
) -> Registration:
    """A title or form that the unit aims at. RuleBroken when it registered the same for the same object already."""
    if by.unit_id != unit.id:
        raise NotAllowed("Mỗi đơn vị tự đăng ký danh hiệu của mình.")
    _check_titles_open(bloc, year, at)
    lock(bloc)
    words, said = _title(title), clean_block(note) or None
    known = registrations.of_unit(bloc, year, unit.id)
    if known and (known[-1].object, known[-1].title, known[-1].count, known[-1].note) == (object, words, count, said):
        return known[-1]
    _check_new(known, object, words, count)
    row = Registration(bloc=bloc, unit=unit, year=year, object=object, title=words, count=count, note=said)
    db.session.add(row)
    return row


@recorded
def change(
    registration: Registration,
    *,
    object: AwardObject,
    title: str,
    count: int | None,
    note: str | None,
    seen: int,
    by: Account,
    at: datetime,
) -> Registration:
    """Set the given fields. Conflict when someone saved it since; NotOpen for a year that is over."""
    _check_titles_open(registration.bloc, registration.year, at)
    if seen != registration.version:
        raise Conflict(registration)
    words = _title(title)
    others = registrations.of_unit(registration.bloc, registration.year, registration.unit_id)
    _check_new([row for row in others if row is not registration], object, words, count)
    registration.object, registration.title = object, words
    registration.count, registration.note = count, clean_block(note) or None
    return registration


@recorded
def remove(registration: Registration, *, by: Account, at: datetime) -> None:
    """The unit no longer aims at it; the audit keeps that it did. NotOpen for a year that is over."""
    _check_titles_open(registration.bloc, registration.year, at)
    db.session.delete(registration)


@recorded
def set_rule(
    bloc: Bloc,
    *,
    required: bool,
    basis: str | None,
    starts_on: date,
    ends_on: date | None,
    by: Account,
    at: datetime,
) -> RegistrationRule:
    """From `starts_on` to the day before `ends_on` registration is (not) required. Two rules never share a day."""
    lock(bloc)
    _check_rule(bloc, starts_on, ends_on, but=None)
    rule = RegistrationRule(
        bloc=bloc, required=required, basis=clean_line(basis) or None, starts_on=starts_on, ends_on=ends_on
    )
    db.session.add(rule)
    return rule


@recorded
def change_rule(
    rule: RegistrationRule,
    *,
    required: bool,
    basis: str | None,
    starts_on: date,
    ends_on: date | None,
    seen: int,
    by: Account,
    at: datetime,
) -> RegistrationRule:
    """Set the rule. Conflict when someone saved it since; RuleBroken when it would share a day with another."""
    lock(rule.bloc)
    db.session.refresh(rule)
    if seen != rule.version:
        raise Conflict(rule)
    _check_rule(rule.bloc, starts_on, ends_on, but=rule)
    rule.required, rule.basis = required, clean_line(basis) or None
    rule.starts_on, rule.ends_on = starts_on, ends_on
    return rule


@recorded
def remove_rule(rule: RegistrationRule, *, by: Account, at: datetime) -> None:
    """Take a rule out; without a rule nothing is required."""
    db.session.delete(rule)


def _title(title: str) -> str:
    words = clean_line(title)
    if not words:
        raise RuleBroken("Hãy ghi danh hiệu hoặc hình thức khen thưởng.", field="title")
    return words


def _check_new(others: Sequence[Registration], object: AwardObject, title: str, count: int | None) -> None:
    if count is not None and count < 1:
        raise RuleBroken("Số lượng đăng ký từ 1 trở lên; chưa rõ thì để trống.", field="count")
    for other in others:
        if other.object is object and fold(other.title) == fold(title):
            raise RuleBroken(
                f"Đơn vị đã đăng ký “{other.title}” cho {object.label.lower()}: hãy sửa dòng ấy.", field="title"
            )


def _check_rule(bloc: Bloc, starts_on: date, ends_on: date | None, but: RegistrationRule | None) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise RuleBroken(
            f"Ngày kết thúc ({short_date(ends_on)}) phải sau ngày bắt đầu ({short_date(starts_on)}).", field="ends_on"
        )
    for held in registrations.rules(bloc):
        if held is not but and held.meets(starts_on, ends_on):
            until = f"đến trước {short_date(held.ends_on)}" if held.ends_on else "chưa có ngày kết thúc"
            raise RuleBroken(
                f"Đã có quy định từ {short_date(held.starts_on)}, {until}: hãy chọn ngày khác hoặc sửa quy định ấy.",
                field="starts_on",
            )
