"""Which conferences look back on a period, and what of the units' own words they hold already."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.domain.conferences import AssessmentKind, ConferenceState, RemarkKind
from tracker.domain.period_results import Proposal
from tracker.domain.submissions import SectionKind
from tracker.models.conference import Conference
from tracker.models.course import Assessment, Limitation, Remark
from tracker.models.period import ReportingPeriod
from tracker.models.unit import Unit
from tracker.text import fold


def conferences_of(period: ReportingPeriod) -> list[Conference]:
    """Conferences of the bloc on this period that can still be written, latest first. One query, and one for kinds."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(
                Conference.bloc_id == period.bloc_id,
                Conference.period_year == period.year,
                Conference.period_kind == period.kind,
                Conference.state.in_(ConferenceState.editable()),
            )
            .order_by(Conference.first_day.desc(), Conference.id.desc())
            .options(selectinload(Conference.kinds))
        )
    )


def taken(conference: Conference, proposals: Sequence[Proposal]) -> set[str]:
    """Keys of the proposals whose words the conference holds already, said of the same unit. Four queries.

    Known by their words: once the secretariat words a point anew, the unit's own wording is offered again.
    """
    keys = {each.unit.key for each in proposals}
    known = db.session.execute(select(Unit.id, Unit.public_id).where(Unit.public_id.in_(keys)))
    units = {number: key for number, key in known}
    held: set[tuple[SectionKind, str, str]] = set()
    for text, unit in db.session.execute(
        select(Limitation.text, Limitation.unit_id).where(Limitation.conference_id == conference.id)
    ):
        held.add((SectionKind.LIMITATIONS, units.get(unit or 0, ""), fold(text)))
    for text, unit in db.session.execute(
        select(Remark.text, Remark.unit_id).where(
            Remark.conference_id == conference.id, Remark.kind == RemarkKind.CONCLUSION
        )
    ):
        held.add((SectionKind.DIRECTIONS, units.get(unit or 0, ""), fold(text)))
    for text, scope in db.session.execute(
        select(Assessment.text, Assessment.scope).where(
            Assessment.conference_id == conference.id, Assessment.kind == AssessmentKind.PROPOSAL
        )
    ):
        held.add((SectionKind.PROPOSALS, scope or "", fold(text)))
    return {each.key for each in proposals if (each.kind, _of(each), fold(each.text)) in held}


def _of(proposal: Proposal) -> str:
    """By what a row names its unit: proposals by the name, the others by the unit."""
    return scope_of(proposal) if proposal.kind is SectionKind.PROPOSALS else proposal.unit.key


def scope_of(proposal: Proposal) -> str:
    """The unit's name as an assessment keeps it: at most 200 signs."""
    return proposal.unit.name[:200]
