"""Terms: a unit leads its bloc, deputises, or stands in, for a time. One leader on any date, under the bloc's lock."""

from collections.abc import Sequence
from datetime import date, datetime

from tracker.db import db
from tracker.domain.blocs import Appointment, TermRole
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc, Term
from tracker.models.unit import Unit
from tracker.services.bloc import check_living, lock, spoken
from tracker.services.recording import recorded
from tracker.text import clean_line


@recorded
def appoint(
    bloc: Bloc,
    unit: Unit,
    *,
    role: TermRole,
    starts_on: date,
    ends_on: date | None = None,
    appointment: Appointment,
    decision: str | None = None,
    holder_name: str | None = None,
    holder_post: str | None = None,
    start_known: bool = True,
    by: Account | None,
    at: datetime,
) -> Term:
    """The unit holds the role from `starts_on` to the day before `ends_on`.

    RuleBroken when the dates are reversed, another unit leads in that time, the unit holds a leading role in that
    time already, or is not a member all the while.
    """
    lock(bloc)
    check_living(bloc)
    _check(bloc, unit, role, starts_on, ends_on, bloc.terms)
    term = Term(
        bloc=bloc,
        unit=unit,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        appointment=appointment,
        decision=clean_line(decision) or None,
        holder_name=clean_line(holder_name) or None,
        holder_post=clean_line(holder_post) or None,
        start_known=start_known,
    )
    db.session.add(term)
    return term


@recorded
def hand_over(
    bloc: Bloc,
    *,
    on: date,
    leader: Unit,
    deputies: Sequence[Unit] = (),
    appointment: Appointment,
    ends_on: date | None = None,
    decision: str | None = None,
    holder_name: str | None = None,
    holder_post: str | None = None,
    by: Account | None,
    at: datetime,
) -> list[Term]:
    """In one act: the terms of leader and deputies that run on `on` end that day, and the new ones begin.

    `holder_name` and `holder_post` are the new leader's. Rights follow by themselves at 00:00 of that day.
    """
    lock(bloc)
    check_living(bloc)
    if leader in deputies:
        raise RuleBroken(
            f"{leader.named_on(on).name} không thể vừa là {TermRole.LEADER.called_in(bloc.kind)} vừa là "
            f"{TermRole.DEPUTY.called_in(bloc.kind)}: hãy bỏ chọn một bên.",
            field="deputies",
        )
    for term in bloc.terms:
        if term.role is not TermRole.STAND_IN and term.holds_on(on):
            if term.starts_on == on:
                raise RuleBroken(
                    f"Nhiệm kỳ {_said(term)} cũng bắt đầu ngày {short_date(on)}: hãy chọn ngày khác, "
                    "hoặc sửa nhiệm kỳ đó.",
                    field="on",
                )
            term.ends_on = on
    db.session.flush()
    details = {"starts_on": on, "ends_on": ends_on, "appointment": appointment, "decision": decision}
    made = [
        appoint(
            bloc,
            leader,
            role=TermRole.LEADER,
            **details,  # type: ignore[arg-type]
            holder_name=holder_name,
            holder_post=holder_post,
            by=by,
            at=at,
        )
    ]
    db.session.flush()
    for unit in deputies:
        made.append(appoint(bloc, unit, role=TermRole.DEPUTY, **details, by=by, at=at))  # type: ignore[arg-type]
    return made


@recorded
def end(term: Term, *, on: date, reason: str, by: Account | None, at: datetime) -> None:
    """The term ends: its last day is the one before `on`."""
    if not clean_line(reason):
        raise ReasonMissing("kết thúc nhiệm kỳ")
    lock(term.bloc)
    db.session.refresh(term)
    if on <= term.starts_on:
        raise RuleBroken(
            f"Nhiệm kỳ bắt đầu ngày {short_date(term.starts_on)}: ngày kết thúc phải sau ngày đó.", field="on"
        )
    if term.ends_on is not None and term.ends_on <= on:
        raise RuleBroken(f"Nhiệm kỳ đã kết thúc từ {short_date(term.ends_on)}.", field="on")
    term.ends_on = on


@recorded
def change(
    term: Term,
    *,
    starts_on: date,
    ends_on: date | None,
    appointment: Appointment,
    decision: str | None,
    holder_name: str | None,
    holder_post: str | None,
    start_known: bool = True,
    seen: int,
    by: Account | None,
    at: datetime,
) -> Term:
    """Correct a term: dates, way of appointment, decision, holder. Conflict when someone saved it since."""
    lock(term.bloc)
    db.session.refresh(term)
    if seen != term.version:
        raise Conflict(term)
    others = [held for held in term.bloc.terms if held is not term]
    _check(term.bloc, term.unit, term.role, starts_on, ends_on, others)
    term.starts_on, term.ends_on, term.appointment = starts_on, ends_on, appointment
    term.decision = clean_line(decision) or None
    term.holder_name, term.holder_post = clean_line(holder_name) or None, clean_line(holder_post) or None
    term.start_known = start_known
    return term


def _check(bloc: Bloc, unit: Unit, role: TermRole, starts: date, ends: date | None, others: Sequence[Term]) -> None:
    """Dates in order; one leader on any date; one leading role a unit; a member all the while."""
    name = unit.named_on(starts).name
    if ends is not None and ends <= starts:
        raise RuleBroken(
            f"Ngày kết thúc ({short_date(ends)}) phải sau ngày bắt đầu ({short_date(starts)}).", field="ends_on"
        )
    for held in others:
        if not held.meets(starts, ends):
            continue
        if role is TermRole.LEADER and held.role is TermRole.LEADER:
            raise RuleBroken(
                f"{_said(held)} {spoken(held.starts_on, held.ends_on)}: mỗi ngày chỉ một đơn vị đứng đầu "
                f"{bloc.kind.small}. Hãy chọn thời gian khác, kết thúc nhiệm kỳ ấy trước, hoặc dùng “Bàn giao”.",
                field="starts_on",
            )
        if held.unit_id == unit.id and TermRole.STAND_IN not in (held.role, role):
            raise RuleBroken(
                f"{_said(held)} {spoken(held.starts_on, held.ends_on)}: một đơn vị không giữ hai vai trò cùng lúc. "
                "Hãy chọn thời gian khác hoặc kết thúc nhiệm kỳ ấy trước.",
                field="unit",
            )
    if not _member_throughout(bloc, unit, starts, ends):
        raise RuleBroken(
            f"{name} không là thành viên của {bloc.kind.small} trong suốt nhiệm kỳ {spoken(starts, ends)}: "
            "hãy kết nạp trước, hoặc sửa thời gian của nhiệm kỳ.",
            field="unit",
        )


def _member_throughout(bloc: Bloc, unit: Unit, starts: date, ends: date | None) -> bool:
    """Whether memberships of the unit, one after another without a gap, cover [starts, ends)."""
    reached = starts
    for held in sorted((m for m in bloc.memberships if m.unit_id == unit.id), key=lambda m: m.starts_on):
        if held.holds_on(reached):
            if held.ends_on is None:
                return True
            reached = held.ends_on
    return ends is not None and reached >= ends


def _said(term: Term) -> str:
    """Sở Tài chính là Khối trưởng, under the name of the term's first day."""
    return f"{term.unit.named_on(term.starts_on).name} là {term.role.called_in(term.bloc.kind)}"
