"""What a bloc's head and overview say beside names and terms: the next deadline, conferences, items to look at."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, Subquery, cast, extract, func, literal, null, select, union, union_all
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.action_items import ItemState
from tracker.domain.blocs import AccountRole
from tracker.domain.conferences import ConferenceState, Precision, RemarkKind
from tracker.domain.labels import Labelled
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.bloc import Bloc
from tracker.models.conference import Chair, Conference
from tracker.models.course import Limitation, Remark
from tracker.models.period import ReportingPeriod
from tracker.models.unit import Unit
from tracker.policy import conferences_known_to, conferences_read_by, items_seen_by
from tracker.text import shorten

COMING = (ConferenceState.PLANNED,)
MOST_ITEMS = 6


class DeadlineKind(Labelled):
    ITEM = "item", "hạn nhiệm vụ"
    CONFERENCE = "conference", "họp"
    PERIOD = "period", "gửi báo cáo"


@dataclass(frozen=True)
class Deadline:
    """The nearest day on which something falls due, and what that is."""

    day: date
    kind: DeadlineKind
    text: str


@dataclass(frozen=True)
class Last:
    """The latest conference that was held, with the numbers its reader may know; None where he may not read it."""

    conference: Conference
    readable: bool
    conclusions: int
    items: int
    limitations: int


def years(bloc: Bloc, account: Account, day: date) -> list[int]:
    """Years in which the reader finds conferences, items or periods, and this one; oldest first. One query."""
    conferences = select(Conference.first_day).where(Conference.bloc_id == bloc.id, conferences_known_to(account, day))
    items = select(ActionItem.made_on).where(ActionItem.bloc_id == bloc.id, items_seen_by(account, day))
    periods = select(ReportingPeriod.year).where(ReportingPeriod.bloc_id == bloc.id)
    dated = union(conferences, items).subquery()
    found = db.session.scalars(union(select(extract("year", dated.c[0])), periods))
    return sorted({int(year) for year in found} | {day.year})


def next_deadline(bloc: Bloc, account: Account, day: date) -> Deadline | None:
    """The nearest of open items' due dates, planned conferences and open periods' due moments from `day` on. One query.

    On the same day the item comes first, then the conference. A conference of which only the month or half-year is
    known sets no deadline, and none behind it does: they are planned later.
    """
    item = (
        select(
            literal(0).label("rank"),
            ActionItem.due_on.label("day"),
            ActionItem.text.label("text"),
            literal(Precision.DAY.value).label("precision"),
            cast(null(), ReportingPeriod.due_at.type).label("moment"),
        )
        .where(
            ActionItem.bloc_id == bloc.id,
            ActionItem.state.in_(ItemState.still_open()),
            ActionItem.due_on >= day,
            items_seen_by(account, day),
        )
        .order_by(ActionItem.due_on, ActionItem.id)
        .limit(1)
        .subquery()
    )
    conference = (
        _planned(bloc, account, day)
        .with_only_columns(
            literal(1).label("rank"),
            Conference.first_day.label("day"),
            Conference.title.label("text"),
            cast(Conference.precision, String).label("precision"),
            cast(null(), ReportingPeriod.due_at.type).label("moment"),
        )
        .subquery()
    )
    found = db.session.execute(union_all(select(item), select(conference), select(_due(bloc, account, day)))).all()
    kinds = (DeadlineKind.ITEM, DeadlineKind.CONFERENCE, DeadlineKind.PERIOD)
    zone = ZoneInfo(bloc.authority.time_zone)
    known = [
        (row.moment.astimezone(zone).date(), row.rank, Period(int(row.precision), PeriodKind(row.text)).label)
        if row.moment is not None
        else (row.day, row.rank, row.text)
        for row in found
        if row.moment is not None or row.precision == Precision.DAY.value
    ]
    if not known:
        return None
    due, rank, text = min(known)
    return Deadline(due, kinds[rank], shorten(text, 60))


def _due(bloc: Bloc, account: Account, day: date) -> Subquery:
    """The open period whose due moment comes next; its kind stands in the text, its year in the precision."""
    begins = datetime.combine(day, time(), ZoneInfo(bloc.authority.time_zone))
    return (
        select(
            literal(2).label("rank"),
            cast(null(), ReportingPeriod.opens_on.type).label("day"),
            cast(ReportingPeriod.kind, String).label("text"),
            cast(ReportingPeriod.year, String).label("precision"),
            ReportingPeriod.due_at.label("moment"),
        )
        .where(
            ReportingPeriod.bloc_id == bloc.id,
            ReportingPeriod.state == PeriodState.OPEN,
            ReportingPeriod.due_at >= begins,
            literal(account.role is not AccountRole.ADMIN),
        )
        .order_by(ReportingPeriod.due_at, ReportingPeriod.id)
        .limit(1)
        .subquery()
    )


def next_conference(bloc: Bloc, account: Account, day: date) -> Conference | None:
    """The planned conference nearest to `day`, from that day on. One query."""
    return db.session.scalars(_planned(bloc, account, day)).first()


def _planned(bloc: Bloc, account: Account, day: date) -> Select[Conference]:
    return (
        select(Conference)
        .where(
            Conference.bloc_id == bloc.id,
            Conference.state.in_(COMING),
            Conference.last_day >= day,
            conferences_known_to(account, day),
        )
        .order_by(Conference.first_day, Conference.id)
        .limit(1)
    )


def last_conference(bloc: Bloc, account: Account, day: date, until: date) -> Last | None:
    """The latest conference held by `until` that the reader knows of, with its numbers. At most six queries."""
    conference = db.session.scalars(
        select(Conference)
        .where(
            Conference.bloc_id == bloc.id,
            Conference.state.in_(ConferenceState.after_holding()),
            Conference.first_day <= until,
            conferences_known_to(account, day),
        )
        .options(selectinload(Conference.chairs).joinedload(Chair.unit).selectinload(Unit.names))
        .order_by(Conference.first_day.desc(), Conference.id.desc())
        .limit(1)
    ).first()
    if conference is None:
        return None
    readable = db.session.scalar(
        select(Conference.id).where(Conference.id == conference.id, conferences_read_by(account, day))
    )
    numbers = db.session.execute(
        select(
            select(func.count())
            .select_from(Remark)
            .where(Remark.conference_id == conference.id, Remark.kind == RemarkKind.CONCLUSION)
            .scalar_subquery(),
            select(func.count())
            .select_from(ActionItem)
            .where(ActionItem.conference_id == conference.id)
            .scalar_subquery(),
            select(func.count())
            .select_from(Limitation)
            .where(Limitation.conference_id == conference.id)
            .scalar_subquery(),
        )
    ).one()
    return Last(conference, readable is not None, *numbers)


def items_to_look_at(bloc: Bloc, account: Account, day: date) -> tuple[int, list[ActionItem]]:
    """How many items of the bloc are open, and the first of them by due date; those without one come last."""
    asked = (ActionItem.bloc_id == bloc.id, ActionItem.state.in_(ItemState.still_open()), items_seen_by(account, day))
    total = db.session.scalar(select(func.count()).select_from(ActionItem).where(*asked)) or 0
    rows = db.session.scalars(
        select(ActionItem)
        .where(*asked)
        .options(
            joinedload(ActionItem.conference),
            selectinload(ActionItem.parts).joinedload(Assignment.unit).selectinload(Unit.names),
        )
        .order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)
        .limit(MOST_ITEMS)
    )
    return total, list(rows)
