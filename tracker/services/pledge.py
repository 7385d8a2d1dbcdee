"""The bloc's signed pledge of a year and its rows: made, changed, moved, removed, copied; who need not do a row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tracker.db import db
from tracker.domain.criteria import Direction
from tracker.domain.vietnamese import joined, short_date
from tracker.errors import Conflict, NotAllowed, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.pledge import Pledge, PledgeRow, UnitTarget
from tracker.models.unit import Unit
from tracker.policy import may_favour
from tracker.queries import pledge as pledges
from tracker.services.bloc import lock
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold


@dataclass(frozen=True)
class RowGiven:
    """A row as it was typed. `year_plan` None: no figure, the row is told in words."""

    content: str
    unit_of_measure: str | None = None
    year_plan: Decimal | None = None
    direction: Direction = Direction.MORE
    note: str | None = None


@recorded
def make(
    bloc: Bloc,
    *,
    year: int,
    signed_on: date | None = None,
    conference: Conference | None = None,
    preamble: str | None = None,
    by: Account,
    at: datetime,
) -> Pledge:
    """The pledge of a year, without rows. RuleBroken when the bloc has one for this year."""
    lock(bloc)
    if pledges.of_year(bloc, year) is not None:
        raise RuleBroken(f"{bloc.kind.word} đã có giao ước năm {year}: hãy mở giao ước đó để sửa.", field="year")
    _check_day(year, signed_on)
    pledge = Pledge(
        bloc=bloc, year=year, signed_on=signed_on, conference=conference, preamble=clean_block(preamble) or None
    )
    db.session.add(pledge)
    return pledge


@recorded
def change(
    pledge: Pledge,
    *,
    signed_on: date | None,
    conference: Conference | None,
    preamble: str | None,
    seen: int,
    by: Account,
    at: datetime,
) -> Pledge:
    """Set day, conference and general text. Conflict when someone saved it since."""
    if seen != pledge.version:
        raise Conflict(pledge)
    _check_day(pledge.year, signed_on)
    pledge.signed_on, pledge.conference, pledge.preamble = signed_on, conference, clean_block(preamble) or None
    return pledge


@recorded
def add_rows(pledge: Pledge, given: Sequence[RowGiven], *, by: Account, at: datetime) -> list[PledgeRow]:
    """Rows at the end, in their order: all or none. What the pledge ends with already is a second click."""
    lock(pledge.bloc)
    pledges.read_anew(pledge)
    cleaned = [_cleaned(each) for each in given]
    last = pledge.rows[-len(cleaned) :] if cleaned else []
    if len(last) == len(cleaned) and all(_same(row, each) for row, each in zip(last, cleaned, strict=True)):
        return last
    known = {fold(row.content) for row in pledge.rows}
    for each in cleaned:
        if fold(each.content) in known:
            raise RuleBroken(f"Giao ước đã có chỉ tiêu “{each.content}”: hãy sửa dòng ấy.", field="content")
        known.add(fold(each.content))
    place = max((row.position for row in pledge.rows), default=-1) + 1
    made = [_row(pledge, each, place + number) for number, each in enumerate(cleaned)]
    db.session.add_all(made)
    return made


@recorded
def change_row(row: PledgeRow, given: RowGiven, *, seen: int, by: Account, at: datetime) -> PledgeRow:
    """Set a row. Once a submission uses it, its measure and direction stay: figures were given in them."""
    if seen != row.version:
        raise Conflict(row)
    each = _cleaned(given)
    bound = (each.unit_of_measure, each.direction) != (row.unit_of_measure, row.direction)
    if bound and pledges.uses_of(row).entries:
        raise RuleBroken(
            "Kỳ báo cáo đã mở có dòng này: đơn vị tính và chiều đánh giá không đổi được nữa, vì số liệu ghi theo đó.",
            field="unit_of_measure",
        )
    for other in row.pledge.rows:
        if other is not row and fold(other.content) == fold(each.content):
            raise RuleBroken(f"Giao ước đã có chỉ tiêu “{other.content}”: hãy ghi khác đi.", field="content")
    row.content, row.unit_of_measure, row.year_plan = each.content, each.unit_of_measure, each.year_plan
    row.direction, row.note = each.direction, each.note
    return row


@recorded
def move_row(row: PledgeRow, direction: str, *, by: Account, at: datetime) -> bool:
    """One place "up" or "down"; nothing at the end. Whether it may go on that way."""
    lock(row.pledge.bloc)
    listed = list(row.pledge.rows)
    step = -1 if direction == "up" else 1
    place = listed.index(row) + step
    if not 0 <= place < len(listed):
        return False
    listed[place - step], listed[place] = listed[place], row
    for number, each in enumerate(listed):
        each.position = number
    return 0 <= place + step < len(listed)


@recorded
def remove_row(row: PledgeRow, *, by: Account, at: datetime) -> None:
    """Take a row out, with what units registered for it. Refused once a submission or a criterion uses it."""
    lock(row.pledge.bloc)
    uses = pledges.uses_of(row)
    if uses.entries:
        raise RuleBroken(
            "Kỳ báo cáo đã mở có dòng này nên không xóa được: báo cáo của các đơn vị giữ số liệu theo nó."
        )
    if uses.criteria:
        raise RuleBroken(
            f"Tiêu chí {joined(uses.criteria)} đo theo chỉ tiêu này: hãy bỏ liên kết ở bộ tiêu chí trước khi xóa."
        )
    row.pledge.rows.remove(row)


@recorded
def copy(bloc: Bloc, *, from_year: int, to_year: int, by: Account, at: datetime) -> Pledge | None:
    """The rows of one year for another: same order and lineage, plans as a proposal; targets of units do not come.

    None when `from_year` has no pledge. A pledge of `to_year` that is there already gets only rows it does not have.
    """
    lock(bloc)
    source = pledges.of_year(bloc, from_year)
    if source is None:
        return None
    target = pledges.of_year(bloc, to_year)
    if target is None:
        target = Pledge(bloc=bloc, year=to_year, preamble=source.preamble)
        db.session.add(target)
        db.session.flush()
    lineages = {row.lineage for row in target.rows}
    contents = {fold(row.content) for row in target.rows}
    place = max((row.position for row in target.rows), default=-1) + 1
    for row in source.rows:
        if row.lineage in lineages or fold(row.content) in contents:
            continue
        given = RowGiven(row.content, row.unit_of_measure, row.year_plan, row.direction, row.note)
        db.session.add(_row(target, given, place, lineage=row.lineage))
        place += 1
    db.session.flush()
    return target


@recorded
def set_unassigned(
    row: PledgeRow,
    units: Collection[Unit],
    *,
    among: Collection[Unit],
    reason: str,
    seen: int,
    by: Account,
    at: datetime,
) -> list[Unit]:
    """Which of the units `among` need not do this row ("không được giao"); the others of them do. Those that changed.

    NotAllowed for a unit that `by` may not favour: no unit judges itself. Periods that were opened keep what they had.
    """
    if not clean_line(reason):
        raise ReasonMissing("vì sao không giao (hoặc giao lại)")
    lock(row.pledge.bloc)
    pledges.read_anew(row.pledge)
    if seen != pledges.unassigned_version(row):
        raise Conflict(row)
    day = at.astimezone(ZoneInfo(row.pledge.bloc.authority.time_zone)).date()
    changed = []
    for unit in among:
        kept = pledges.target_of(row, unit)
        assigned = unit not in units
        if assigned == (kept is None or kept.assigned):
            continue
        if not may_favour(by, row.pledge.bloc, unit, day):
            name = unit.named_on(day).name
            raise NotAllowed(f"Bạn không đặt được việc giao chỉ tiêu cho {name}: không đơn vị nào tự xét mình.")
        if kept is None:
            db.session.add(UnitTarget(row=row, unit=unit, assigned=assigned))
        else:
            kept.assigned = assigned
        changed.append(unit)
    return changed


def _row(pledge: Pledge, given: RowGiven, place: int, lineage: str | None = None) -> PledgeRow:
    row = PledgeRow(
        pledge=pledge, position=place, content=given.content, unit_of_measure=given.unit_of_measure,
        year_plan=given.year_plan, direction=given.direction, note=given.note,
    )  # fmt: skip
    if lineage is not None:
        row.lineage = lineage
    return row


def _cleaned(given: RowGiven) -> RowGiven:
    content = clean_line(given.content)
    if not content:
        raise RuleBroken("Hãy ghi nội dung chỉ tiêu.", field="content")
    if given.year_plan is not None and given.year_plan < 0:
        raise RuleBroken("Kế hoạch năm không âm: hãy xem lại.", field="year_plan")
    measure = clean_line(given.unit_of_measure) or None
    return RowGiven(content, measure, given.year_plan, given.direction, clean_block(given.note) or None)


def _same(row: PledgeRow, given: RowGiven) -> bool:
    return given == RowGiven(row.content, row.unit_of_measure, row.year_plan, row.direction, row.note)


def _check_day(year: int, signed_on: date | None) -> None:
    """A pledge is signed at the start of its year, sometimes at the end of the year before."""
    if signed_on is not None and not date(year - 1, 10, 1) <= signed_on <= date(year, 12, 31):
        raise RuleBroken(
            f"Ngày ký {short_date(signed_on)} không thuộc năm {year} hay cuối năm {year - 1}: hãy xem lại ngày.",
            field="signed_on",
        )
