"""What waits for an account, by deadline: own parts, parts to close, minutes, conferences, blocs without a leader."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker import policy
from tracker.db import db
from tracker.domain.action_items import ItemState
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceState
from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.bloc import Bloc, Membership, Term
from tracker.models.conference import Conference
from tracker.models.course import Delegate, MinutesComment
from tracker.models.unit import Unit
from tracker.queries import action_item as action_items
from tracker.queries.action_item import ItemSeen, PartSeen
from tracker.text import shorten

TERM_NOTICE = timedelta(days=60)
EVENTS = 6


class Kind(StrEnum):
    """What is to be done; the view knows the button and the page of each."""

    REPORT = "report"
    CLOSE = "close"
    DECIDE = "decide"
    COMMENT = "comment"
    ANSWER = "answer"
    APPROVE = "approve"
    SEND_MINUTES = "send_minutes"
    HOLD = "hold"
    PREPARE = "prepare"
    DELEGATES = "delegates"
    APPOINT = "appoint"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class Task:
    """One thing that waits. Of the records only those that its kind needs are set; `missing` are words."""

    kind: Kind
    due_on: date | None
    bloc: Bloc
    seen: ItemSeen | None = None
    part: PartSeen | None = None
    conference: Conference | None = None
    term: Term | None = None
    missing: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Event:
    """A day of the blocs' calendar."""

    day: date
    text: str
    conference: Conference | None = None
    item: ActionItem | None = None


def blocs_of(account: Account, day: date) -> list[Bloc]:
    """The blocs whose work concerns the account, with all that rights ask: six queries for any number."""
    if account.is_admin:
        return []
    return list(
        db.session.scalars(
            select(Bloc)
            .where(_concerns(account, day), or_(Bloc.dissolved_on.is_(None), Bloc.dissolved_on > day))
            .options(
                joinedload(Bloc.authority),
                selectinload(Bloc.names),
                selectinload(Bloc.terms).joinedload(Term.unit).selectinload(Unit.names),
                selectinload(Bloc.memberships).joinedload(Membership.unit).selectinload(Unit.names),
            )
            .order_by(Bloc.id)
        )
    )


def _concerns(account: Account, day: date) -> ColumnElement[bool]:
    """Blocs of the board's authority; of a unit, those it belongs to and those where a part of it is still open."""
    if account.unit_id is None:
        return Bloc.authority_id == account.authority_id
    own_part = exists().where(
        ActionItem.bloc_id == Bloc.id,
        ActionItem.state.in_(ItemState.still_open()),
        Assignment.action_item_id == ActionItem.id,
        policy.parts_reported_by(account, day),
    )
    member = exists().where(
        Membership.bloc_id == Bloc.id, Membership.unit_id == account.unit_id, Membership.holds_on(day)
    )
    return or_(member, own_part)


def waiting(account: Account, blocs: list[Bloc], day: date) -> list[Task]:
    """Everything that waits for the account on `day`: the nearest deadline first, what has none last."""
    tasks = [*_item_tasks(account, blocs, day), *_conference_tasks(account, blocs, day)]
    for bloc in blocs:
        if policy.is_board_of(account, bloc):
            tasks += _term_tasks(bloc, day)
    order = list(Kind)
    return sorted(tasks, key=lambda task: (task.due_on is None, task.due_on or date.max, order.index(task.kind)))


def _item_tasks(account: Account, blocs: list[Bloc], day: date) -> Iterable[Task]:
    """Own open parts; parts that wait for closing and those of units that left, where the account may judge."""
    items = db.session.scalars(
        select(ActionItem)
        .where(
            ActionItem.bloc_id.in_([bloc.id for bloc in blocs]),
            ActionItem.state.in_(ItemState.still_open()),
            policy.items_seen_by(account, day),
        )
        .options(*action_items.full())
        .order_by(ActionItem.id)
    ).all()
    by_bloc: dict[int, list[ActionItem]] = defaultdict(list)
    for item in items:
        by_bloc[item.bloc_id].append(item)
    for bloc in blocs:
        for seen in action_items.seen(bloc, by_bloc[bloc.id], day):
            for part in seen.parts:
                kind = _part_kind(account, part, day)
                if kind is not None:
                    yield Task(kind, seen.item.due_on, bloc, seen=seen, part=part)


def _part_kind(account: Account, part: PartSeen, day: date) -> Kind | None:
    state = part.part.state
    if state not in ItemState.still_open():
        return None
    if policy.may_report_progress(account, part.part, day):
        return Kind.REPORT if state is not ItemState.WAITING else None
    if state is ItemState.WAITING and policy.may_close_part(account, part.part, day):
        return Kind.CLOSE
    return Kind.DECIDE if part.left and policy.may_release_part(account, part.part, day) else None


def _conference_tasks(account: Account, blocs: list[Bloc], day: date) -> Iterable[Task]:
    """Minutes to comment on, to answer for, to approve, to send; conferences to prepare and to hold."""
    states = (ConferenceState.PLANNED, ConferenceState.HELD, ConferenceState.MINUTES_SENT)
    conferences = db.session.scalars(
        select(Conference)
        .where(Conference.bloc_id.in_([bloc.id for bloc in blocs]), Conference.state.in_(states))
        .options(selectinload(Conference.kinds))
        .order_by(Conference.first_day, Conference.id)
    ).all()
    known = [conference.id for conference in conferences]
    comments = db.session.execute(
        select(MinutesComment.conference_id, MinutesComment.unit_id, MinutesComment.by_id, MinutesComment.agreed,
               MinutesComment.answer).where(MinutesComment.conference_id.in_(known))
    ).all()
    named = db.session.execute(
        select(Delegate.conference_id, Delegate.unit_id, Delegate.person_name).where(Delegate.conference_id.in_(known))
    ).all()
    by_id = {bloc.id: bloc for bloc in blocs}
    for conference in conferences:
        bloc = by_id[conference.bloc_id]
        own = [row for row in comments if row.conference_id == conference.id]
        roster = [row for row in named if row.conference_id == conference.id]
        if conference.state is ConferenceState.PLANNED:
            yield from _planned(account, bloc, conference, [(row.unit_id, row.person_name) for row in roster], day)
        elif conference.state is ConferenceState.HELD:
            if policy.may_write_conference(account, conference, day):
                yield Task(Kind.SEND_MINUTES, None, bloc, conference=conference)
        else:
            spoke = any(
                row.by_id == account.id if account.unit_id is None else row.unit_id == account.unit_id for row in own
            )
            unanswered = sum(not row.agreed and row.answer is None for row in own)
            yield from _sent(account, bloc, conference, spoke, unanswered, day)


def _sent(
    account: Account, bloc: Bloc, conference: Conference, spoke: bool, unanswered: int, day: date
) -> Iterable[Task]:
    """Minutes out for comment. The secretariat wrote them, so it is not asked to comment."""
    if policy.may_approve_minutes(account, conference, day):
        yield Task(Kind.APPROVE, conference.comments_due_on, bloc, conference=conference, count=unanswered)
    if policy.may_write_conference(account, conference, day):
        if unanswered:
            yield Task(Kind.ANSWER, conference.comments_due_on, bloc, conference=conference, count=unanswered)
    elif account.unit_id is not None and not spoke and policy.may_comment_minutes(account, conference, day):
        yield Task(Kind.COMMENT, conference.comments_due_on, bloc, conference=conference)


def _planned(
    account: Account, bloc: Bloc, conference: Conference, roster: list[tuple[int | None, str | None]], day: date
) -> Iterable[Task]:
    if policy.may_write_conference(account, conference, day):
        kind = Kind.HOLD if conference.last_day <= day else Kind.PREPARE
        words = (("địa điểm", bool(conference.venue)), ("danh sách đại biểu", bool(roster)))
        missing = tuple(word for word, there in words if not there)
        yield Task(kind, conference.first_day, bloc, conference=conference, missing=missing)
        return
    named = any(unit == account.unit_id and person for unit, person in roster)
    if not named and conference.last_day >= day and policy.may_name_delegates(account, conference, day):
        yield Task(Kind.DELEGATES, conference.first_day, bloc, conference=conference)


def _term_tasks(bloc: Bloc, day: date) -> Iterable[Task]:
    """For the board: nobody leads today, or the leading term ends soon and nobody follows."""
    leading = [term for term in bloc.terms if term.role is TermRole.LEADER]
    now = [term for term in leading if term.holds_on(day)]
    if not now:
        yield Task(Kind.APPOINT, None, bloc)
    for term in now:
        ends = term.ends_on
        if ends is not None and ends - day <= TERM_NOTICE and not any(other.holds_on(ends) for other in leading):
            yield Task(Kind.HAND_OVER, ends, bloc, term=term)


def calendar(account: Account, blocs: list[Bloc], day: date) -> list[Event]:
    """The next days of the account's blocs: conferences, comments due, items due. Two queries."""
    known = [bloc.id for bloc in blocs]
    conferences = db.session.scalars(
        select(Conference)
        .where(
            Conference.bloc_id.in_(known),
            or_(Conference.first_day >= day, Conference.comments_due_on >= day),
            Conference.state.in_((ConferenceState.PLANNED, ConferenceState.MINUTES_SENT)),
            policy.conferences_known_to(account, day),
        )
        .order_by(Conference.first_day)
        .limit(EVENTS)
    ).all()
    items = db.session.scalars(
        select(ActionItem)
        .where(
            ActionItem.bloc_id.in_(known),
            ActionItem.due_on >= day,
            ActionItem.state.in_(ItemState.still_open()),
            policy.items_seen_by(account, day),
        )
        .order_by(ActionItem.due_on, ActionItem.id)
        .limit(EVENTS)
    ).all()
    events = [Event(item.due_on, shorten(item.text, 70), item=item) for item in items if item.due_on]
    for conference in conferences:
        if conference.state is ConferenceState.PLANNED:
            events.append(Event(conference.first_day, conference.title, conference))
        elif conference.comments_due_on is not None and conference.comments_due_on >= day:
            events.append(Event(conference.comments_due_on, f"Hạn góp ý biên bản: {conference.title}", conference))
    return sorted(events, key=lambda event: event.day)[:EVENTS]
