"""Shared reads of one conference: all its parts, as its page shows them, and the review before it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import Attendance, ConferenceKind, ConferenceState, CountSubject, DelegateKind
from tracker.domain.record import CountLine
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Bloc
from tracker.models.conference import Chair, Conference, ConferenceKindRow, ConferenceTaken
from tracker.models.course import (
    AdoptedDocument,
    AgendaItem,
    Assessment,
    DeclaredCount,
    Delegate,
    Limitation,
    MinutesComment,
    Part,
    Photograph,
    Remark,
)
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs
from tracker.queries import report

P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class AttendanceTally:
    """How many delegates are written down as what. `people` sums the counted heads; None when nobody counted."""

    listed: int
    present: int
    substitute: int
    excused: int
    absent: int
    unrecorded: int
    people: int | None


@dataclass(frozen=True)
class ConferencePage:
    """One conference as its page shows it: rows in their own order, fully loaded, names as of its first day.

    `names` is unit number → name on the first day. `items_of_remark` and `items_of_limitation` hold, by the row's
    number, the action items that were made from it, oldest first. `previous` is the review before this one.
    """

    conference: Conference
    names: dict[int, str]
    short_names: dict[int, str]
    roles: dict[int, TermRole]
    members: list[blocs.Member]
    chairs: list[Chair]
    steps: list[ConferenceTaken]
    agenda: list[AgendaItem]
    delegates: list[Delegate]
    assessments: list[Assessment]
    limitations: list[Limitation]
    remarks: list[Remark]
    counts: tuple[CountLine, ...]
    documents: list[AdoptedDocument]
    photos: list[Photograph]
    comments: list[MinutesComment]
    items_of_remark: dict[int, list[ActionItem]]
    items_of_limitation: dict[int, list[ActionItem]]
    attendance: AttendanceTally
    previous: Conference | None


def load(conference: Conference, day: date, own_unit: int | None = None) -> ConferencePage:
    """Everything on the page of one conference. Constant queries.

    With `own_unit` (a unit's number) only what a member may read of a planned one: agenda and its own delegates.
    `day` is today, for the state of the items made from it.
    """
    bloc = conference.bloc
    delegates = _parts(conference, Delegate)
    if own_unit is not None:
        delegates = [row for row in delegates if row.unit_id == own_unit]
    limitations = [] if own_unit is not None else _parts(conference, Limitation)
    remarks = [] if own_unit is not None else _parts(conference, Remark)
    whole = own_unit is None
    chairs, steps = _frame(conference)
    units = _name_units(conference, bloc, chairs, delegates, limitations)
    members = blocs.members_on(bloc, conference.first_day)
    by_remark, by_limitation = _items(conference) if whole else ({}, {})
    numbers = report.counted(len(members), delegates, limitations, remarks)
    on = conference.first_day
    return ConferencePage(
        conference=conference,
        names={unit.id: unit.named_on(on).name for unit in units},
        short_names={unit.id: unit.named_on(on).short_name for unit in units},
        roles={member.unit.id: member.role for member in members if member.role},
        members=members,
        chairs=chairs,
        steps=steps,
        agenda=_parts(conference, AgendaItem),
        delegates=delegates,
        assessments=_parts(conference, Assessment) if whole else [],
        limitations=limitations,
        remarks=remarks,
        counts=_count_lines(_parts(conference, DeclaredCount), numbers) if whole else (),
        documents=_parts(conference, AdoptedDocument) if whole else [],
        photos=_parts(conference, Photograph) if whole else [],
        comments=_comments(conference) if conference.minutes_sent_at is not None else [],
        items_of_remark=by_remark,
        items_of_limitation=by_limitation,
        attendance=tally(delegates),
        previous=previous_review(conference),
    )


def tally(delegates: Sequence[Delegate]) -> AttendanceTally:
    """Delegates by attendance; a blank one is not recorded, which is not absent."""
    held = [row.attendance for row in delegates]
    people = [row.people for row in delegates if row.people is not None and row.attendance in Attendance.attending()]
    return AttendanceTally(
        listed=len(held),
        present=held.count(Attendance.PRESENT),
        substitute=held.count(Attendance.SUBSTITUTE),
        excused=held.count(Attendance.EXCUSED),
        absent=held.count(Attendance.ABSENT),
        unrecorded=held.count(None),
        people=sum(people) if people else None,
    )


def _count_lines(
    declared: Sequence[DeclaredCount], recorded: Mapping[CountSubject, int | None]
) -> tuple[CountLine, ...]:
    """Every subject: those that the paper states first, then the others, so that nothing is left unsaid."""
    stated = [
        CountLine(row.subject, row.label or row.subject.label, row.note, row.declared, recorded[row.subject])
        for row in declared
    ]
    known = {row.subject for row in declared}
    silent = [subject for subject in CountSubject if subject not in known]
    return (*stated, *(CountLine(subject, subject.label, None, None, recorded[subject]) for subject in silent))


def guests(delegates: Iterable[Delegate]) -> list[Delegate]:
    return [row for row in delegates if row.kind is not DelegateKind.MEMBER]


def previous_review(conference: Conference) -> Conference | None:
    """The bloc's last review that met before this conference; its minutes come up here."""
    return db.session.scalar(
        select(Conference)
        .join(ConferenceKindRow)
        .where(
            Conference.bloc_id == conference.bloc_id,
            Conference.id != conference.id,
            Conference.first_day < conference.first_day,
            Conference.state.in_(ConferenceState.after_holding()),
            ConferenceKindRow.kind.in_(ConferenceKind.reviews()),
        )
        .order_by(Conference.first_day.desc(), Conference.id.desc())
        .limit(1)
    )


def unanswered(conference: Conference) -> int:
    """How many comments on the minutes wait for an answer; who only agrees waits for none. One query."""
    asked = select(func.count()).select_from(MinutesComment)
    open_ones = (MinutesComment.conference_id == conference.id, MinutesComment.agreed.is_(False))
    return db.session.scalar(asked.where(*open_ones, MinutesComment.answer.is_(None))) or 0


def _parts(conference: Conference, model: type[P]) -> list[P]:
    """The rows of one part in their order. One query."""
    asked = select(model).where(model.conference_id == conference.id)
    if model in (AdoptedDocument, Photograph):
        asked = asked.options(joinedload(model.attachment))  # type: ignore[attr-defined]
    return list(db.session.scalars(asked.order_by(model.position, model.id)))  # type: ignore[attr-defined]


def _frame(conference: Conference) -> tuple[list[Chair], list[ConferenceTaken]]:
    """Who presides, and the steps taken, with kinds and letterhead of the conference loaded as well."""
    db.session.scalars(
        select(Conference)
        .where(Conference.id == conference.id)
        .options(
            joinedload(Conference.kinds),
            joinedload(Conference.chairs),
            joinedload(Conference.steps).joinedload(ConferenceTaken.by),
            joinedload(Conference.letterhead),
            joinedload(Conference.approved_by),
        )
    ).unique().all()
    return list(conference.chairs), list(conference.steps)


def _name_units(
    conference: Conference,
    bloc: Bloc,
    chairs: Sequence[Chair],
    delegates: Sequence[Delegate],
    limitations: Sequence[Limitation],
) -> list[Unit]:
    """Every unit that the page names, with its names: the bloc's own, and others in one query more."""
    known = {member.unit_id: member.unit for member in blocs.load(bloc).memberships}
    known |= {term.unit_id: term.unit for term in bloc.terms}
    named = [conference.host_unit_id, *(row.unit_id for row in chairs), *(row.unit_id for row in delegates)]
    named += [row.unit_id for row in limitations]
    wanted = {number for number in named if number is not None} - set(known)
    if not wanted:
        return list(known.values())
    others = db.session.scalars(select(Unit).options(joinedload(Unit.names)).where(Unit.id.in_(wanted)))
    return [*known.values(), *others.unique()]


def _comments(conference: Conference) -> list[MinutesComment]:
    asked = (
        select(MinutesComment)
        .where(MinutesComment.conference_id == conference.id)
        .options(joinedload(MinutesComment.by), joinedload(MinutesComment.unit).joinedload(Unit.names))
        .order_by(MinutesComment.position, MinutesComment.id)
    )
    return list(db.session.scalars(asked).unique())


def _items(conference: Conference) -> tuple[dict[int, list[ActionItem]], dict[int, list[ActionItem]]]:
    """The action items made here, by the remark or the limitation they come from."""
    by_remark: dict[int, list[ActionItem]] = defaultdict(list)
    by_limitation: dict[int, list[ActionItem]] = defaultdict(list)
    asked = select(ActionItem).where(ActionItem.conference_id == conference.id).order_by(ActionItem.id)
    for item in db.session.scalars(asked.options(joinedload(ActionItem.parts))).unique():
        if item.remark_id is not None:
            by_remark[item.remark_id].append(item)
        if item.limitation_id is not None:
            by_limitation[item.limitation_id].append(item)
    return dict(by_remark), dict(by_limitation)
