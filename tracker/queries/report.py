"""One conference as a frozen record, from which screen, Word, PDF, Excel and the news item are drawn.

Names, members, leader and deputies are asked as of the conference's own first day.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import Attendance, ConferenceState, CountSubject, DelegateKind, RemarkKind
from tracker.domain.period_results import PeriodResults
from tracker.domain.record import (
    AgendaLine,
    AssessmentLine,
    ChairLine,
    ConferenceRecord,
    CountLine,
    DelegateLine,
    DocumentLine,
    Letterhead,
    LimitationLine,
    MemberLine,
    PhotoLine,
    RemarkLine,
)
from tracker.domain.reporting import PeriodState
from tracker.models.action_item import ActionItem
from tracker.models.attachment import Attachment
from tracker.models.bloc import Bloc
from tracker.models.conference import Chair, Conference, ConferenceLetterhead
from tracker.models.course import (
    AdoptedDocument,
    AgendaItem,
    Assessment,
    DeclaredCount,
    Delegate,
    Limitation,
    Part,
    Photograph,
    Remark,
)
from tracker.models.unit import Unit
from tracker.queries import action_item as action_items
from tracker.queries import bloc as blocs
from tracker.queries import period_results

P = TypeVar("P", bound=Part)
Numbers = dict[int, tuple[int, ...]]
#: Opens a photograph's picture as a JPEG of ours; given by whoever knows where files lie.
OpenPhoto = Callable[[Attachment], bytes]


def collect(
    conference: Conference, day: date, open_photo: OpenPhoto | None = None, *, with_results: bool = False
) -> ConferenceRecord:
    """Everything of one conference, as it is drawn on `day` (which decides what is overdue). Constant queries.

    `with_results`: with what the units reported of its period, where its readers may know it (see `_results`).
    """
    bloc = _load(conference)
    on = conference.first_day
    members = blocs.members_on(bloc, on)
    items = action_items.item_lines(conference, day)
    by_remark, by_limitation = _numbers(conference)
    delegates = _parts(conference, Delegate)
    limitations = _parts(conference, Limitation)
    remarks = _parts(conference, Remark)
    return ConferenceRecord(
        public_id=conference.public_id,
        title=conference.title,
        bloc_name=bloc.named_on(on).name,
        bloc_kind=bloc.kind,
        authority_name=bloc.authority.name,
        authority_short_name=bloc.authority.short_name,
        illustration=bloc.authority.illustration,
        draft=conference.state is not ConferenceState.APPROVED,
        state=conference.state,
        kinds=conference.kind_set,
        period=conference.period,
        precision=conference.precision,
        first_day=conference.first_day,
        last_day=conference.last_day,
        day_part=conference.day_part,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        venue=conference.venue,
        host=_name(conference.host_unit, on),
        secretary_name=conference.secretary_name,
        secretary_post=conference.secretary_post,
        source_note=conference.source_note,
        letterhead=_letterhead(conference, bloc, members),
        chairs=tuple(_chair(chair, members, on) for chair in conference.chairs),
        members=tuple(_member(member) for member in members),
        delegates=tuple(_delegate(row, on) for row in delegates),
        agenda=tuple(AgendaLine(row.title, row.presenter, row.minutes) for row in _parts(conference, AgendaItem)),
        assessments=tuple(
            AssessmentLine(row.kind, row.topic, row.text, row.scope, row.assessor)
            for row in _parts(conference, Assessment)
        ),
        limitations=tuple(_limitation(row, on, by_limitation) for row in limitations),
        remarks=tuple(_remark(row, by_remark) for row in remarks),
        counts=_counts(_parts(conference, DeclaredCount), counted(len(members), delegates, limitations, remarks)),
        items=items,
        documents=tuple(
            DocumentLine(row.title, row.number, row.issued_on) for row in _parts(conference, AdoptedDocument)
        ),
        photos=tuple(
            PhotoLine(row.caption, open_photo(row.attachment) if open_photo and row.attachment else None)
            for row in _parts(conference, Photograph)
        ),
        results=_results(conference) if with_results else None,
    )


def _results(conference: Conference) -> PeriodResults | None:
    """Results of the period the conference looks back on. Before publication only in a draft, which members never get.

    None without such a period, or while it is not open yet.
    """
    if conference.period is None:
        return None
    period = period_results.of_bloc(conference.bloc_id, conference.period)
    if period is None or period.state is PeriodState.PLANNED:
        return None
    if conference.state is ConferenceState.APPROVED and period.state not in PeriodState.shown_to_all():
        return None
    return period_results.collect(period)


def counted(
    members: int, delegates: list[Delegate], limitations: list[Limitation], remarks: list[Remark]
) -> dict[CountSubject, int | None]:
    """The recorded number of each subject; None where nothing that could be counted was recorded.

    People are counted only when every attending line has its number: half a count would pass for a whole one.
    """
    attending = [row.people for row in delegates if row.attendance in Attendance.attending()]
    people = [number for number in attending if number is not None]
    complete = bool(people) and len(people) == len(attending)
    return {
        CountSubject.MEMBERS: members,
        CountSubject.GUESTS: sum(row.kind is DelegateKind.GUEST for row in delegates),
        CountSubject.PEOPLE: sum(people) if complete else None,
        CountSubject.LIMITATIONS: len(limitations),
        CountSubject.TASK_GROUPS: sum(row.task_group for row in remarks),
        CountSubject.CONCLUSIONS: sum(row.kind is RemarkKind.CONCLUSION for row in remarks),
    }


def _load(conference: Conference) -> Bloc:
    """The conference with its chairs, kinds and letterhead, and its bloc with everything dated."""
    db.session.scalars(
        select(Conference)
        .where(Conference.id == conference.id)
        .options(
            selectinload(Conference.kinds),
            selectinload(Conference.chairs).joinedload(Chair.unit).selectinload(Unit.names),
            joinedload(Conference.letterhead),
            joinedload(Conference.bloc).joinedload(Bloc.authority),
        )
    ).all()
    return blocs.load(conference.bloc)


def _parts(conference: Conference, model: type[P]) -> list[P]:
    asked = select(model).where(model.conference_id == conference.id).order_by(model.position, model.id)  # type: ignore[attr-defined]
    if model in (AdoptedDocument, Photograph):
        asked = asked.options(joinedload(model.attachment))  # type: ignore[attr-defined]
    if model in (Delegate, Limitation):
        asked = asked.options(joinedload(model.unit).selectinload(Unit.names))  # type: ignore[attr-defined]
    return list(db.session.scalars(asked))


def _numbers(conference: Conference) -> tuple[Numbers, Numbers]:
    """For each remark and limitation the numbers, within this conference, of the action items made from it."""
    rows = db.session.execute(
        select(ActionItem.remark_id, ActionItem.limitation_id)
        .where(ActionItem.conference_id == conference.id)
        .order_by(ActionItem.id)
    )
    remarks: dict[int, list[int]] = defaultdict(list)
    limitations: dict[int, list[int]] = defaultdict(list)
    for number, (remark, limitation) in enumerate(rows, start=1):
        if remark is not None:
            remarks[remark].append(number)
        if limitation is not None:
            limitations[limitation].append(number)
    return {k: tuple(v) for k, v in remarks.items()}, {k: tuple(v) for k, v in limitations.items()}


def _name(unit: Unit | None, day: date) -> str | None:
    return unit.named_on(day).name if unit else None


def _member(member: blocs.Member) -> MemberLine:
    term = member.term
    return MemberLine(
        unit_key=member.unit.public_id,
        name=member.name,
        short_name=member.short_name,
        role=member.role,
        holder_name=term.holder_name if term else None,
        holder_post=term.holder_post if term else None,
        role_from=term.starts_on if term and term.start_known else None,
        role_to=term.ends_on if term else None,
    )


def _chair(chair: Chair, members: list[blocs.Member], day: date) -> ChairLine:
    role = next((member.role for member in members if chair.unit and member.unit.id == chair.unit.id), None)
    return ChairLine(_name(chair.unit, day), role, chair.person_name, chair.person_post)


def _delegate(row: Delegate, day: date) -> DelegateLine:
    return DelegateLine(
        kind=row.kind,
        person_name=row.person_name,
        body=_name(row.unit, day) or row.body,
        party_post=row.party_post,
        state_post=row.state_post,
        attendance=row.attendance,
        substitute_for=row.substitute_for,
        people=row.people,
    )


def _limitation(row: Limitation, day: date, numbers: Numbers) -> LimitationLine:
    scope = _name(row.unit, day) or row.scope
    return LimitationLine(row.text, row.topic, scope, row.cause, row.assessor, numbers.get(row.id, ()))


def _remark(row: Remark, numbers: Numbers) -> RemarkLine:
    return RemarkLine(
        row.kind, row.heading, row.speaker_name, row.speaker_post, row.text, row.task_group, numbers.get(row.id, ())
    )


def _counts(declared: list[DeclaredCount], recorded: dict[CountSubject, int | None]) -> tuple[CountLine, ...]:
    """Declared subjects in their own order, then what was recorded though no paper states a number."""
    lines = [
        CountLine(row.subject, row.label or row.subject.label, row.note, row.declared, recorded[row.subject])
        for row in declared
    ]
    said = {row.subject for row in declared}
    lines += [
        CountLine(subject, subject.label, None, None, number)
        for subject, number in recorded.items()
        if subject not in said and number
    ]
    return tuple(lines)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line for line in (text or "").split("\n") if line)


def _letterhead(conference: Conference, bloc: Bloc, members: list[blocs.Member]) -> Letterhead:
    """What the office set; blanks follow from the leader unit, the bloc and the authority of that day."""
    on = conference.first_day
    own = conference.letterhead or ConferenceLetterhead()
    leader = next((member for member in members if member.role is TermRole.LEADER), None)
    leader_name = leader.unit.named_on(on) if leader else None
    bloc_name = bloc.named_on(on)
    superior = own.superior_lines or (leader_name and (leader_name.letterhead or leader_name.name))
    word = bloc.kind.word
    default_recipients = (f"{bloc.authority.short_name} (để b/c)", f"Các đơn vị trong {word}", "Lưu: VT")
    holder = leader.term if leader else None
    post = own.signer_post or _split_post(holder.holder_post if holder else None, leader.name if leader else "")
    return Letterhead(
        superior=_lines(superior or bloc.authority.name),
        issuing=_lines(own.issuing_lines or bloc_name.letterhead or bloc_name.name),
        place=own.place or bloc.authority.place_name,
        report_number=own.report_number,
        report_sign=own.report_sign or "",
        minutes_number=own.minutes_number,
        minutes_sign=own.minutes_sign or "",
        signed_on=own.signed_on,
        on_behalf=f"TM. {bloc.kind.label.upper()}",
        signer_role=TermRole.LEADER.called_in(bloc.kind).upper(),
        signer_post=_lines(post.upper() if post else None),
        signer_name=own.signer_name or (holder.holder_name if holder else None),
        recipients=_lines(own.recipients) or default_recipients,
    )


def _split_post(post: str | None, unit_name: str) -> str | None:
    """"Cục trưởng Cục Thi hành án dân sự tỉnh" as two lines, broken where the unit's name begins."""
    if post and unit_name and post.endswith(unit_name) and post != unit_name:
        return f"{post.removesuffix(unit_name).strip()}\n{unit_name}"
    return post
