"""What a unit writes: lines, narrative, achievements; two editors; what saving again does."""

from decimal import Decimal

import pytest

from tests.reporting import make_period, make_pledge, make_set, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.submissions import SubmissionState
from tracker.errors import Conflict
from tracker.models.submission import Submission
from tracker.services import entry as service


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's submission: three leaves and one row of the pledge."""
    make_pledge(world.blocs["B"])
    return submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")


@pytest.fixture
def by(world: World) -> dict[str, object]:
    return {"by": world.accounts["oU"], "at": NOON}


def test_first_figure_makes_a_draft(submission: Submission, by):
    (line, *_others) = submission.entries
    service.fill_in(line, actual=Decimal("43.5"), count=2, note=" Theo  sổ ", seen=1, **by)
    db.session.commit()
    assert (line.actual, line.count, line.note) == (Decimal("43.5"), 2, "Theo sổ")
    assert submission.state is SubmissionState.DRAFT
    assert [step.step.value for step in submission.steps] == ["write"]


def test_stale_version_is_a_conflict(submission: Submission, by):
    line = submission.entries[0]
    service.fill_in(line, actual=Decimal(1), count=None, note=None, seen=1, **by)
    with pytest.raises(Conflict) as refused:
        service.fill_in(line, actual=Decimal(2), count=None, note=None, seen=1, **by)
    assert refused.value.record is line
    assert line.actual == 1
