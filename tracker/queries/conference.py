"""Shared reads of one conference: all its parts, as its page shows them, and the review before it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import and_, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import Attendance, ConferenceKind, ConferenceState, CountSubject, DelegateKind
from tracker.domain.record import CountLine
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Bloc, Membership, Term
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

#: What a page of one conference asks of it before its parts: its frame, and the bloc as rights and the head read it.
FRAME = (
    joinedload(Conference.kinds),
    joinedload(Conference.chairs),
    joinedload(Conference.steps).joinedload(ConferenceTaken.by),
    joinedload(Conference.letterhead),
    joinedload(Conference.approved_by),
    joinedload(Conference.bloc).joinedload(Bloc.names),
    joinedload(Conference.bloc).selectinload(Bloc.memberships).joinedload(Membership.unit).joinedload(Unit.names),
    joinedload(Conference.bloc).selectinload(Bloc.terms).joinedload(Term.unit).joinedload(Unit.names),
)
#: What its page shows of a conference that the reader may only know of, and what besides when it is read whole.
OUTSIDE: tuple[type[Part], ...] = (AgendaItem, Delegate)
INSIDE: tuple[type[Part | ActionItem], ...] = (
    Assessment, Limitation, Remark, DeclaredCount, AdoptedDocument, Photograph, MinutesComment, ActionItem,
)  # fmt: skip


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


def load(conference: Conference, own_unit: int | None = None) -> ConferencePage:
    """Everything on the page of one conference. Two queries when it was loaded with FRAME, three when it names
    units that never were in the bloc.

    With `own_unit` (a unit's number) only what a member may read of a planned one: agenda and its own delegates.
    """
    bloc = conference.bloc
    whole = own_unit is None
    parts = _Parts(conference, (*OUTSIDE, *INSIDE) if whole else OUTSIDE)
    delegates = [row for row in parts.of(Delegate) if whole or row.unit_id == own_unit]
    limitations, remarks = parts.of(Limitation), parts.of(Remark)
    comments = parts.of(MinutesComment) if conference.minutes_sent_at is not None else []
    units = _name_units(conference, bloc, [*conference.chairs, *delegates, *limitations, *comments])
    members = blocs.members_on(bloc, conference.first_day)
    by_remark, by_limitation = _by_origin(parts.of(ActionItem))
    numbers = report.counted(len(members), delegates, limitations, remarks)
    on = conference.first_day
    return ConferencePage(
        conference=conference,
        names={unit.id: unit.named_on(on).name for unit in units},
        short_names={unit.id: unit.named_on(on).short_name for unit in units},
        roles={member.unit.id: member.role for member in members if member.role},
        members=members,
        chairs=list(conference.chairs),
        steps=list(conference.steps),
        agenda=parts.of(AgendaItem),
        delegates=delegates,
        assessments=parts.of(Assessment),
        limitations=limitations,
        remarks=remarks,
        counts=_count_lines(parts.of(DeclaredCount), numbers) if whole else (),
        documents=parts.of(AdoptedDocument),
        photos=parts.of(Photograph),
        comments=comments,
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


Row = Part | ActionItem
R = TypeVar("R", bound=Row)


class _Parts:
    """The rows of several parts of a conference, each kind in its own order, read in one query.

    The numbers of all rows are strung together first; to each its own table is joined, so that one of the models of
    a line is there and the others are None. Items have no place in a list: they stand as they were made.
    """

    def __init__(self, conference: Conference, models: Sequence[type[Row]]) -> None:
        rows = union_all(
            *(
                select(
                    literal(place).label("kind"),
                    model.id.label("row_id"),  # type: ignore[union-attr]
                    (model.id if model is ActionItem else model.position).label("position"),  # type: ignore[union-attr]
                ).where(model.conference_id == conference.id)
                for place, model in enumerate(models)
            )
        ).subquery()
        asked = select(*models).select_from(rows)
        for place, model in enumerate(models):
            asked = asked.outerjoin(model, and_(rows.c.kind == place, rows.c.row_id == model.id))  # type: ignore[union-attr]
        joined = [joinedload(model.attachment) for model in (AdoptedDocument, Photograph) if model in models]
        if MinutesComment in models:
            joined.append(joinedload(MinutesComment.by))
        found = db.session.execute(asked.options(*joined).order_by(rows.c.position, rows.c.row_id))
        self._rows: dict[type, list[Row]] = {model: [] for model in models}
        for line in found:
            row = next(row for row in line if row is not None)
            self._rows[type(row)].append(row)

    def of(self, model: type[R]) -> list[R]:
        """Its rows; none where the part was not asked for."""
        return [row for row in self._rows.get(model, ()) if isinstance(row, model)]


def _name_units(
    conference: Conference, bloc: Bloc, rows: Iterable[Chair | Delegate | Limitation | MinutesComment]
) -> list[Unit]:
    """Every unit that the page names, with its names: the bloc's own, and others in one query more."""
    known = {member.unit_id: member.unit for member in blocs.load(bloc).memberships}
    known |= {term.unit_id: term.unit for term in bloc.terms}
    named = [conference.host_unit_id, *(row.unit_id for row in rows)]
    wanted = {number for number in named if number is not None} - set(known)
    if not wanted:
        return list(known.values())
    others = db.session.scalars(select(Unit).options(joinedload(Unit.names)).where(Unit.id.in_(wanted)))
    return [*known.values(), *others.unique()]


def _by_origin(items: Iterable[ActionItem]) -> tuple[dict[int, list[ActionItem]], dict[int, list[ActionItem]]]:
    """The action items made here, by the remark or the limitation they come from."""
    by_remark: dict[int, list[ActionItem]] = defaultdict(list)
    by_limitation: dict[int, list[ActionItem]] = defaultdict(list)
    for item in items:
        if item.remark_id is not None:
            by_remark[item.remark_id].append(item)
        if item.limitation_id is not None:
            by_limitation[item.limitation_id].append(item)
    return dict(by_remark), dict(by_limitation)
