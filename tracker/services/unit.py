"""Units: made, renamed from a day on, closed or merged into another, found under other spellings."""

from datetime import date, datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain.blocs import Force
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Membership, Term
from tracker.models.unit import Unit, UnitName, UnitSpelling
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold, sort_key


@recorded
def create(
    authority: Authority | None,
    *,
    force: Force,
    name: str,
    short_name: str | None,
    since: date,
    letterhead: str | None = None,
    decision: str | None = None,
    by: Account | None,
    at: datetime,
) -> Unit:
    """A new unit, called `name` since a day. RuleBroken when a living unit of the same authority bears the name."""
    _check_name_free(authority, name, but=None)
    unit = Unit(authority=authority, force=force)
    db.session.add(unit)
    unit.names.append(_name(name, short_name, since, letterhead, decision))
    return unit


@recorded
def rename(
    unit: Unit,
    *,
    name: str,
    short_name: str | None,
    on: date,
    letterhead: str | None = None,
    decision: str | None = None,
    by: Account | None,
    at: datetime,
) -> UnitName:
    """From `on` the unit bears another name; the old one stays for the time before. Under the unit's lock."""
    lock(unit)
    _check_living(unit)
    last = unit.names[-1]
    if on <= last.starts_on:
        raise RuleBroken(
            f"Tên “{last.name}” đã dùng từ {short_date(last.starts_on)}: ngày đổi tên phải sau ngày đó. "
            "Nếu tên ấy chỉ gõ sai, hãy dùng “Sửa chữ trong tên”.",
            field="on",
        )
    if clean_line(name) == last.name and clean_line(short_name) in ("", last.short_name):
        raise RuleBroken(f"Đơn vị đang mang đúng tên “{last.name}”: hãy ghi tên mới.", field="name")
    _check_name_free(unit.authority, name, but=unit)
    last.ends_on = on
    db.session.flush()
    given = _name(name, short_name, on, letterhead, decision)
    unit.names.append(given)
    return given


@recorded
def correct_name(
    held: UnitName,
    *,
    name: str,
    short_name: str | None,
    letterhead: str | None,
    decision: str | None,
    seen: int,
    by: Account | None,
    at: datetime,
) -> UnitName:
    """Mend a name that was typed wrongly, for the whole time it was borne. Conflict when someone saved it since."""
    if seen != held.version:
        raise Conflict(held)
    _check_name_free(held.unit.authority, name, but=held.unit)
    held.name, held.short_name = clean_line(name), clean_line(short_name) or clean_line(name)[:60]
    held.letterhead, held.decision = clean_block(letterhead) or None, clean_line(decision) or None
    held.name_fold, held.name_key = fold(held.name), sort_key(held.name)
    return held


@recorded
def change(
    unit: Unit, *, force: Force, head_signs: bool | None = None, seen: int, by: Account | None, at: datetime
) -> Unit:
    """Set the force the unit belongs to, and whether its head looks reports through before they go; None leaves that.

    Conflict when someone saved it since.
    """
    if seen != unit.version:
        raise Conflict(unit)
    unit.force = force
    if head_signs is not None:
        unit.head_signs = head_signs
    return unit


@recorded
def add_spelling(unit: Unit, *, name: str, by: Account | None, at: datetime) -> UnitSpelling:
    """Another way the unit is written, so that search finds it. RuleBroken when it is known already."""
    folded = fold(name)
    if not folded:
        raise RuleBroken("Hãy ghi một cách viết có chữ hoặc số.", field="name")
    if folded in {fold(held.name) for held in unit.names} | {held.name_fold for held in unit.spellings}:
        raise RuleBroken(f"Đã tìm được đơn vị theo cách viết “{clean_line(name)}”.", field="name")
    spelling = UnitSpelling(unit=unit, name=clean_line(name), name_fold=folded)
    db.session.add(spelling)
    return spelling


@recorded
def remove_spelling(spelling: UnitSpelling, *, by: Account | None, at: datetime) -> None:
    db.session.delete(spelling)


@recorded
def close(
    unit: Unit, *, on: date, successor: Unit | None = None, reason: str, by: Account | None, at: datetime
) -> None:
    """From `on` the unit is no more; `successor` inherits its tasks (settled.md). Its running facts end that day.

    RuleBroken when something of it begins on or after `on`, or when the successor is itself or closed by then.
    """
    if not clean_line(reason):
        raise ReasonMissing("đơn vị thôi hoạt động")
    lock(unit)
    _check_living(unit)
    name = unit.names[-1]
    if on <= name.starts_on:
        raise RuleBroken(
            f"Đơn vị mang tên “{name.name}” từ {short_date(name.starts_on)}: ngày thôi hoạt động phải sau ngày đó.",
            field="on",
        )
    if successor is not None:
        _check_successor(unit, successor, on)
    for fact in [*_facts(Term, unit), *_facts(Membership, unit)]:
        _end(fact, on)
    unit.closed_on, unit.successor = on, successor


def lock(unit: Unit) -> None:
    """Wait for whoever changes the same unit, then read it anew (SQLite locks the whole file when it begins)."""
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    db.session.refresh(unit, ["closed_on", "names"])


def _facts(model: type[Membership] | type[Term], unit: Unit) -> list[Membership | Term]:
    return list(db.session.scalars(select(model).where(model.unit_id == unit.id)))


def _end(fact: Membership | Term, on: date) -> None:
    """End a membership or term that runs past `on`; one that begins on `on` or later is the board's to settle first."""
    if fact.ends_on is not None and fact.ends_on <= on:
        return
    if fact.starts_on >= on:
        what = fact.role.called_in(fact.bloc.kind) if isinstance(fact, Term) else "thành viên"
        raise RuleBroken(
            f"Đơn vị đã được ghi là {what} của {fact.bloc.named_on(on).name} từ {short_date(fact.starts_on)}, "
            f"không trước ngày thôi hoạt động {short_date(on)}: hãy chọn ngày muộn hơn hoặc sửa việc ấy trước.",
            field="on",
        )
    fact.ends_on = on


def _check_successor(unit: Unit, successor: Unit, on: date) -> None:
    if successor is unit:
        raise RuleBroken("Đơn vị kế thừa phải là một đơn vị khác.", field="successor")
    if successor.closed_on is not None and successor.closed_on <= on:
        raise RuleBroken(
            f"{successor.named_on(on).name} đã thôi hoạt động từ {short_date(successor.closed_on)}: "
            "hãy chọn đơn vị đang hoạt động.",
            field="successor",
        )


def _check_living(unit: Unit) -> None:
    if unit.closed_on is not None:
        raise RuleBroken(f"{unit.names[-1].name} đã thôi hoạt động từ {short_date(unit.closed_on)}.")


def _check_name_free(authority: Authority | None, name: str, *, but: Unit | None) -> None:
    """Two living units of one authority with the same present name could not be told apart."""
    asked = select(UnitName).join(Unit).where(UnitName.name_fold == fold(name), UnitName.ends_on.is_(None))
    home = Unit.authority_id.is_(None) if authority is None else Unit.authority_id == authority.id
    for held in db.session.scalars(asked.where(home, Unit.closed_on.is_(None))):
        if held.unit is not but:
            raise RuleBroken(
                f"Đã có đơn vị tên “{held.name}”: hãy dùng đơn vị đó, hoặc ghi tên đầy đủ hơn.", field="name"
            )


def _name(name: str, short_name: str | None, since: date, letterhead: str | None, decision: str | None) -> UnitName:
    full, brief = clean_line(name), clean_line(short_name) or clean_line(name)[:60].strip()
    return UnitName(
        name=full,
        short_name=brief,
        starts_on=since,
        letterhead=clean_block(letterhead) or None,
        decision=clean_line(decision) or None,
        name_fold=fold(full),
        name_key=sort_key(full),
    )
