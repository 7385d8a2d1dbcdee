"""Blocs: founded, renamed, dissolved; units admitted and released. Every date rule is checked under the bloc's lock."""

from datetime import date, datetime

from sqlalchemy import func, select

from tracker.db import db
from tracker.domain.blocs import BlocKind
from tracker.domain.vietnamese import joined, short_date
from tracker.errors import Conflict, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, BlocName, Membership, Term
from tracker.models.unit import Unit
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold, sort_key


@recorded
def found(
    authority: Authority,
    *,
    kind: BlocKind,
    code: str,
    name: str,
    founded_on: date | None = None,
    founding_decision: str | None = None,
    letterhead: str | None = None,
    by: Account | None,
    at: datetime,
) -> Bloc:
    """A new bloc. RuleBroken when the authority has one with this code. Its name holds from the founding day."""
    db.session.execute(select(Authority.id).where(Authority.id == authority.id).with_for_update())
    _check_code_free(authority, code, but=None)
    bloc = Bloc(
        authority=authority,
        kind=kind,
        code=clean_line(code),
        founded_on=founded_on,
        founding_decision=clean_line(founding_decision) or None,
    )
    db.session.add(bloc)
    bloc.names.append(_name(name, founded_on or at.date(), letterhead, founding_decision))
    return bloc


@recorded
def change(
    bloc: Bloc,
    *,
    kind: BlocKind,
    code: str,
    founded_on: date | None,
    founding_decision: str | None,
    seen: int,
    by: Account,
    at: datetime,
) -> Bloc:
    """Set kind, code and founding. Conflict when someone saved it since."""
    if seen != bloc.version:
        raise Conflict(bloc)
    db.session.execute(select(Authority.id).where(Authority.id == bloc.authority_id).with_for_update())
    _check_code_free(bloc.authority, code, but=bloc)
    if founded_on is not None and bloc.dissolved_on is not None and founded_on >= bloc.dissolved_on:
        raise RuleBroken(
            f"Ngày thành lập phải trước ngày giải thể {short_date(bloc.dissolved_on)}.", field="founded_on"
        )
    bloc.kind, bloc.code, bloc.founded_on = kind, clean_line(code), founded_on
    bloc.founding_decision = clean_line(founding_decision) or None
    return bloc


@recorded
def rename(
    bloc: Bloc,
    *,
    name: str,
    on: date,
    letterhead: str | None = None,
    decision: str | None = None,
    by: Account | None,
    at: datetime,
) -> BlocName:
    """From `on` the bloc bears another name; the old one stays for the time before."""
    lock(bloc)
    check_living(bloc)
    last = bloc.names[-1]
    if on <= last.starts_on:
        raise RuleBroken(
            f"Tên “{last.name}” đã dùng từ {short_date(last.starts_on)}: ngày đổi tên phải sau ngày đó.", field="on"
        )
    if clean_line(name) == last.name:
        raise RuleBroken(f"{bloc.kind.word} đang mang đúng tên “{last.name}”: hãy ghi tên mới.", field="name")
    last.ends_on = on
    db.session.flush()
    given = _name(name, on, letterhead, decision)
    bloc.names.append(given)
    return given


@recorded
def dissolve(bloc: Bloc, *, on: date, reason: str, by: Account | None, at: datetime) -> None:
    """From `on` the bloc is no more: its running memberships and terms end that day, its records stay."""
    if not clean_line(reason):
        raise ReasonMissing("giải thể")
    lock(bloc)
    check_living(bloc)
    began = bloc.founded_on or bloc.names[0].starts_on
    if on <= began:
        raise RuleBroken(f"{bloc.kind.word} có từ {short_date(began)}: ngày giải thể phải sau ngày đó.", field="on")
    facts: list[Term | Membership] = [*bloc.terms, *bloc.memberships]
    for fact in facts:
        if fact.starts_on >= on:
            raise RuleBroken(
                f"{fact.unit.named_on(on).name} đã được ghi là thành viên hoặc giữ nhiệm kỳ từ "
                f"{short_date(fact.starts_on)}, không trước ngày giải thể: hãy chọn ngày muộn hơn.",
                field="on",
            )
        if fact.ends_on is None or fact.ends_on > on:
            fact.ends_on = on
    bloc.dissolved_on = on


@recorded
def admit(
    bloc: Bloc,
    unit: Unit,
    *,
    on: date,
    until: date | None = None,
    position: int | None = None,
    decision: str | None = None,
    by: Account | None,
    at: datetime,
) -> Membership:
    """The unit belongs to the bloc from `on` (to the day before `until`), at the end of its list.

    RuleBroken when the dates are reversed, when it belongs to this bloc in that time already, or is closed.
    """
    lock(bloc)
    check_living(bloc)
    name = unit.named_on(on).name
    if until is not None and until <= on:
        raise RuleBroken(f"Ngày thôi ({short_date(until)}) phải sau ngày kết nạp ({short_date(on)}).", field="until")
    if bloc.founded_on is not None and on < bloc.founded_on:
        began = short_date(bloc.founded_on)
        raise RuleBroken(f"{bloc.kind.word} thành lập ngày {began}: không kết nạp trước ngày đó.", field="on")
    if unit.closed_on is not None and (until is None or until > unit.closed_on):
        raise RuleBroken(
            f"{name} thôi hoạt động từ {short_date(unit.closed_on)}: hãy chọn đơn vị kế thừa.", field="unit"
        )
    for held in bloc.memberships:
        if held.unit_id == unit.id and held.meets(on, until):
            raise RuleBroken(
                f"{name} đã là thành viên của {bloc.kind.small} {spoken(held.starts_on, held.ends_on)}: "
                "hãy chọn ngày ngoài thời gian đó, hoặc cho thôi trước.",
                field="on",
            )
    place = position if position is not None else max((held.position for held in bloc.memberships), default=-1) + 1
    membership = Membership(
        bloc=bloc, unit=unit, position=place, starts_on=on, ends_on=until, decision=clean_line(decision) or None
    )
    db.session.add(membership)
    return membership


@recorded
def release(
    membership: Membership,
    *,
    on: date,
    decision: str | None = None,
    reason: str,
    by: Account | None,
    at: datetime,
) -> None:
    """From `on` the unit is no member. RuleBroken while it holds a term past that day: hand over first."""
    if not clean_line(reason):
        raise ReasonMissing("cho thôi thành viên")
    bloc = membership.bloc
    lock(bloc)
    db.session.refresh(membership)
    name = membership.unit.named_on(on).name
    if on <= membership.starts_on:
        raise RuleBroken(
            f"{name} là thành viên từ {short_date(membership.starts_on)}: ngày thôi phải sau ngày đó.", field="on"
        )
    if membership.ends_on is not None and membership.ends_on <= on:
        raise RuleBroken(f"{name} đã thôi là thành viên từ {short_date(membership.ends_on)}.", field="on")
    held = [term for term in bloc.terms if term.unit_id == membership.unit_id and term.meets(on, membership.ends_on)]
    if held:
        roles = joined(sorted({term.role.called_in(bloc.kind) for term in held}))
        raise RuleBroken(
            f"{name} giữ vai trò {roles} {spoken(held[0].starts_on, held[0].ends_on)}: "
            "hãy bàn giao hoặc kết thúc nhiệm kỳ ấy trước.",
            field="on",
        )
    membership.ends_on = on
    membership.release_decision = clean_line(decision) or None


def lock(bloc: Bloc) -> None:
    """Wait for whoever changes the same bloc, then read its facts anew.

    PostgreSQL locks the row; SQLite has locked the whole file when the writing request began.
    """
    db.session.flush()
    db.session.execute(select(Bloc.id).where(Bloc.id == bloc.id).with_for_update())
    db.session.refresh(bloc, ["dissolved_on", "names"])
    facts: list[Term | Membership] = [*bloc.terms, *bloc.memberships]
    for fact in facts:
        db.session.expire(fact)
    db.session.expire(bloc, ["memberships", "terms"])


def check_living(bloc: Bloc) -> None:
    """RuleBroken for a dissolved bloc: nothing begins in it any more."""
    if bloc.dissolved_on is not None:
        raise RuleBroken(f"{bloc.names[-1].name} đã giải thể từ {short_date(bloc.dissolved_on)}.")


def spoken(starts_on: date, ends_on: date | None) -> str:
    """từ 15/01/2026 đến trước 15/01/2027; an open end is not mentioned."""
    return f"từ {short_date(starts_on)}" + (f" đến trước {short_date(ends_on)}" if ends_on else "")


def _check_code_free(authority: Authority, code: str, *, but: Bloc | None) -> None:
    asked = select(Bloc).where(Bloc.authority_id == authority.id, func.lower(Bloc.code) == clean_line(code).lower())
    for held in db.session.scalars(asked):
        if held is not but:
            raise RuleBroken(f"Mã “{held.code}” đã dùng cho {held.names[-1].name}: hãy chọn mã khác.", field="code")


def _name(name: str, since: date, letterhead: str | None, decision: str | None) -> BlocName:
    full = clean_line(name)
    return BlocName(
        name=full,
        starts_on=since,
        letterhead=clean_block(letterhead) or None,
        decision=clean_line(decision) or None,
        name_fold=fold(full),
        name_key=sort_key(full),
    )
