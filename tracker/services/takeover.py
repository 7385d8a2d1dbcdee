"""What units wrote of limitations, directions and proposals, taken over into a conference's own lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.conferences import AssessmentKind, RemarkKind
from tracker.domain.period_results import Proposal
from tracker.domain.submissions import SectionKind
from tracker.models.account import Account
from tracker.models.conference import Conference
from tracker.models.course import Assessment, Limitation, Part, Remark
from tracker.models.unit import Unit
from tracker.queries import takeover as queries
from tracker.services import course
from tracker.services.course_checks import still_open
from tracker.services.recording import recorded

ASSESSOR = "Các đơn vị"
MODELS: dict[SectionKind, type[Part]] = {
    SectionKind.LIMITATIONS: Limitation, SectionKind.DIRECTIONS: Remark, SectionKind.PROPOSALS: Assessment,
}


@recorded
def take_over(conference: Conference, proposals: Sequence[Proposal], *, by: Account, at: datetime) -> int:
    """Each proposal as a row of the conference, named after its unit; what is there already is left alone.

    NotOpen once the conference is closed. Gives how many rows were added; of two who click at once the second waits
    for the first, and adds none.
    """
    db.session.execute(select(Conference.id).where(Conference.id == conference.id).with_for_update())
    still_open(conference)
    held = queries.taken(conference, proposals)
    units = {
        unit.public_id: unit
        for unit in db.session.scalars(select(Unit).where(Unit.public_id.in_({each.unit.key for each in proposals})))
    }
    added = 0
    for kind, model in MODELS.items():
        rows = [
            _values(each, units[each.unit.key]) for each in proposals if each.kind is kind and each.key not in held
        ]
        if rows:
            added += len(course.add_many(conference, model, rows, by=by, at=at))
    return added


def _values(proposal: Proposal, unit: Unit) -> dict[str, Any]:
    if proposal.kind is SectionKind.LIMITATIONS:
        return {"text": proposal.text, "unit": unit, "cause": proposal.cause, "assessor": ASSESSOR}
    if proposal.kind is SectionKind.DIRECTIONS:
        return {"kind": RemarkKind.CONCLUSION, "text": proposal.text, "unit": unit}
    return {"kind": AssessmentKind.PROPOSAL, "text": proposal.text, "scope": queries.scope_of(proposal)}
