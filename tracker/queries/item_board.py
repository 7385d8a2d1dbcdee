"""The board of a bloc's action items: what lived in a year, counted, filtered, sorted, fifty to a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import selectinload

from tracker import policy
from tracker.db import db
from tracker.domain.action_items import OVERDUE_LABEL, ItemState
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceKind, ConferenceState
from tracker.domain.record import Letterhead
from tracker.domain.vietnamese import sentence
from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference, ConferenceKindRow
from tracker.models.unit import Unit
from tracker.queries import action_item as action_items
from tracker.queries import bloc as blocs
from tracker.queries.action_item import ItemSeen
from tracker.text import fold

PER_PAGE = 50
ALL_OPEN, OVERDUE, GONE, EVERY = "open_all", "overdue", "gone", "all"
GONE_STATES = (ItemState.CANCELLED, ItemState.MERGED)
WORKING = (ItemState.OPEN, ItemState.IN_PROGRESS)
WORDS = {
    ALL_OPEN: "Còn mở",
    OVERDUE: OVERDUE_LABEL,
    **{state.value: state.label for state in (*ItemState.still_open(), ItemState.DONE)},
    GONE: "Đã hủy, đã gộp",
    EVERY: "Tất cả",
}


@dataclass(frozen=True)
class Wanted:
    """The filters of the board, as they stand in the address: public ids, a word of WORDS, folded text."""

    year: int
    state: str = ALL_OPEN
    unit: str = ""
    conference: str = ""
    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class Board:
    """One page of the board. `tallies`: WORDS key → count within the other filters; `groups`: (heading, items)."""

    tallies: dict[str, int]
    groups: tuple[tuple[str, tuple[ItemSeen, ...]], ...]
    page: int
    pages: int
    total: int
    units: tuple[tuple[str, str], ...]
    conferences: tuple[tuple[str, str], ...]

    @property
    def items(self) -> Iterator[ItemSeen]:
        return (one for _heading, items in self.groups for one in items)


def board(bloc: Bloc, account: Account, wanted: Wanted, day: date, *, whole: bool = False) -> Board:
    """What the account may see of the bloc's items that lived in the year. `whole`: all pages as one (for Excel)."""
    blocs.load(bloc)
    lived = _lived(bloc, account, wanted.year, day)
    narrowed = and_(lived, *_filters(wanted))
    tallies = _tallies(narrowed, day)
    total = tallies[wanted.state]
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, wanted.page), pages)
    asked = (
        select(ActionItem)
        .outerjoin(ActionItem.conference)
        .where(narrowed, _in_state(wanted.state, day))
        .options(*action_items.full())
        .order_by(*_order(wanted.year, day))
    )
    if not whole:
        asked = asked.limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    items = action_items.seen(bloc, db.session.scalars(asked).unique().all(), day)
    return Board(tallies, _grouped(items, wanted.year), page, pages, total, *_choices(lived, day))


def _lived(bloc: Bloc, account: Account, year: int, day: date) -> ColumnElement[bool]:
    """Given by the end of the year and not closed before it began."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    still = or_(ActionItem.state.in_(ItemState.still_open()), ActionItem.closed_on >= first)
    given = and_(ActionItem.made_on <= last, or_(still, ActionItem.made_on >= first))
    return and_(ActionItem.bloc_id == bloc.id, given, policy.items_seen_by(account, day))


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unit:
        found.append(
            ActionItem.parts.any(
                and_(Assignment.unit.has(Unit.public_id == wanted.unit), Assignment.state != ItemState.CANCELLED)
            )
        )
    if wanted.conference:
        found.append(ActionItem.conference.has(Conference.public_id == wanted.conference))
    for word in fold(wanted.text).split():
        found.append(ActionItem.text_fold.contains(word, autoescape=True))
    return found


def _late(day: date) -> ColumnElement[bool]:
    """SQL twin of domain.action_items.is_overdue."""
    return and_(ActionItem.due_on.is_not(None), ActionItem.due_on < day, ActionItem.state.in_(WORKING))


def _in_state(state: str, day: date) -> ColumnElement[bool]:
    """"Quá hạn" stands in place of the working state, so those two leave the overdue ones out."""
    if state == EVERY:
        return ActionItem.id.is_not(None)
    if state == ALL_OPEN:
        return ActionItem.state.in_(ItemState.still_open())
    if state == OVERDUE:
        return _late(day)
    if state == GONE:
        return ActionItem.state.in_(GONE_STATES)
    working = next(known for known in ItemState if known.value == state)
    one = ActionItem.state == working
    return and_(one, or_(ActionItem.due_on.is_(None), ActionItem.due_on >= day)) if working in WORKING else one


def _tallies(narrowed: ColumnElement[bool], day: date) -> dict[str, int]:
    counts = [func.count(case((_in_state(state, day), 1))) for state in WORDS]
    found = db.session.execute(select(*counts).select_from(ActionItem).where(narrowed)).one()
    return dict(zip(WORDS, found, strict=True))


def _order(year: int, day: date) -> list[Any]:
    """Carried from earlier years first, then by conference; in each group overdue first, then the nearest due date."""
    made_year = func.extract("year", ActionItem.made_on)
    return [
        case((ActionItem.made_on < date(year, 1, 1), made_year), else_=9999),
        case((ActionItem.made_on < date(year, 1, 1), None), else_=Conference.first_day).asc().nulls_last(),
        case((ActionItem.made_on < date(year, 1, 1), None), else_=Conference.id).asc().nulls_last(),
        case((_late(day), 0), else_=1),
        ActionItem.due_on.asc().nulls_last(),
        ActionItem.id,
    ]


def _grouped(items: list[ItemSeen], year: int) -> tuple[tuple[str, tuple[ItemSeen, ...]], ...]:
    return tuple((heading, tuple(group)) for heading, group in groupby(items, lambda one: _heading(one, year)))


def _heading(one: ItemSeen, year: int) -> str:
    item = one.item
    if item.made_on.year < year:
        return f"Chuyển từ năm {item.made_on.year}"
    if item.conference is None:
        return f"Ghi thêm trong năm {year}"
    return f"Từ hội nghị {action_items.conference_words(item.conference)}"


def _choices(
    lived: ColumnElement[bool], day: date
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """(public id, words) of the units that have a part and of the conferences that made an item. Three queries."""
    units = db.session.scalars(
        select(Unit)
        .where(Unit.id.in_(select(Assignment.unit_id).join(Assignment.item).where(lived)))
        .options(selectinload(Unit.names))
    ).all()
    named = sorted((unit.named_on(day) for unit in units), key=lambda name: name.name_key)
    conferences = db.session.scalars(
        select(Conference)
        .where(Conference.id.in_(select(ActionItem.conference_id).where(lived)))
        .options(selectinload(Conference.kinds))
        .order_by(Conference.first_day.desc())
    ).all()
    return (
        tuple((name.unit.public_id, name.name) for name in named),
        tuple((row.public_id, sentence(action_items.conference_words(row))) for row in conferences),
    )


def next_review(bloc: Bloc, day: date) -> Conference | None:
    """The bloc's next half-year or year-end review that is still to be held, if one is planned."""
    return db.session.scalars(
        select(Conference)
        .where(
            Conference.bloc_id == bloc.id,
            Conference.state == ConferenceState.PLANNED,
            Conference.last_day >= day,
            Conference.kinds.any(ConferenceKindRow.kind.in_(ConferenceKind.reviews())),
        )
        .options(selectinload(Conference.kinds))
        .order_by(Conference.first_day)
        .limit(1)
    ).first()


def others(item: ActionItem) -> list[ActionItem]:
    """The bloc's other open items, the newest first: what an item may be merged into."""
    return list(
        db.session.scalars(
            select(ActionItem)
            .where(
                ActionItem.bloc_id == item.bloc_id,
                ActionItem.id != item.id,
                ActionItem.state.in_(ItemState.still_open()),
            )
            .order_by(ActionItem.made_on.desc(), ActionItem.id.desc())
        )
    )


def unit_columns(items: tuple[ItemSeen, ...]) -> tuple[str, ...]:
    """The short names of the units with a part, in the order of the items' parts: the workbook's columns."""
    return tuple(dict.fromkeys(part.short_name for one in items for part in one.parts))


def letterhead(bloc: Bloc, day: date) -> Letterhead:
    """The head of a workbook of the bloc on `day`: its leader above, the bloc beneath, signed by the Khối trưởng."""
    leader = next(iter(blocs.terms_on(bloc, TermRole.LEADER, day)), None)
    above = leader.unit.named_on(day) if leader else None
    name = bloc.named_on(day)
    superior = (above.letterhead or above.name) if above else bloc.authority.name
    return Letterhead(
        superior=tuple(superior.upper().split("\n")),
        issuing=tuple((name.letterhead or name.name).upper().split("\n")),
        place=bloc.authority.place_name,
        on_behalf=f"TM. {bloc.kind.label.upper()}",
        signer_role=TermRole.LEADER.called_in(bloc.kind).upper(),
        signer_name=leader.holder_name if leader else None,
    )
