"""Own points follow what is reported: sent, recalled, not assigned, extended, locked, unlocked, set apart."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D

import pytest
from sqlalchemy import select

from tests.reporting import LOCKS_AT, Leaf, make_period, make_set, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.scores import ScoreStage, Standing
from tracker.domain.submissions import SubmissionStep
from tracker.errors import NotOpen
from tracker.models.criteria import Band
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score
from tracker.models.submission import Entry
from tracker.queries import criteria
from tracker.services import entry as entries
from tracker.services import exemption, explanation, submission
from tracker.services import period as periods
from tracker.services.recording import acting

LEAVES = (Leaf("Giải ngân", D(10)), Leaf("So với tốt nhất", D(10), "hồ sơ", ScoreFunction.BEST_SHARE))


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    return make_period(world, criteria_set=make_set(world.blocs["B"], leaves=LEAVES), scored=True)


def send(period: ReportingPeriod, world: World, letter: str, persona: str, results: tuple[int, int]) -> None:
    by, unit = world.accounts[persona], submission_of(period, world, letter)
    for line, actual in zip(unit.entries, results, strict=True):
        entries.fill_in(line, actual=D(actual), count=None, note=None, seen=line.version, by=by, at=NOON)
        db.session.flush()
    submission.take(unit, SubmissionStep.SEND, by=by, at=NOON)
    db.session.commit()


def own(entry: Entry) -> tuple[D | None, bool]:
    db.session.expire_all()
    row = db.session.scalars(select(Score).where(Score.entry_id == entry.id, Score.stage == ScoreStage.SELF)).first()
    return (row.points, row.provisional) if row is not None else (None, False)


def test_sending_computes_and_recalling_takes_away(period, world):
    line = submission_of(period, world, "U").entries[1]
    send(period, world, "U", "oU", (90, 5))
    assert own(line) == (D(10), True)
    send(period, world, "V", "oV", (90, 10))
    assert own(line) == (D(5), True)
    submission.take(submission_of(period, world, "V"), SubmissionStep.RECALL, reason="Sửa số",
                    by=world.accounts["oV"], at=NOON)  # fmt: skip
    db.session.commit()
    assert own(line) == (D(10), True)
    assert own(submission_of(period, world, "V").entries[1]) == (None, False)


def test_what_is_not_assigned_leaves_the_comparison(period, world):
    send(period, world, "U", "oU", (90, 5))
    send(period, world, "V", "oV", (90, 10))
    best = submission_of(period, world, "V").entries[1]
    by = world.accounts["hL"]
    submission.set_assigned(best.submission, best, False, reason="Không có chức năng này", by=by, at=NOON)
    db.session.commit()
    assert own(submission_of(period, world, "U").entries[1]) == (D(10), True)
    assert own(best) == (None, False)


def test_many_exemptions_at_once_are_reckoned_too(period, world):
    send(period, world, "U", "oU", (90, 5))
    send(period, world, "V", "oV", (90, 10))
    best = submission_of(period, world, "V").entries[1]
    exemption.set_exemptions(
        period.criteria_set, [world.units["V"]], [(best.criterion, world.units["V"])], reason="Không có",
        seen=criteria.exemption_version(criteria.exemptions(period.criteria_set)), by=world.accounts["hL"], at=NOON,
    )  # fmt: skip
    db.session.commit()
    assert own(submission_of(period, world, "U").entries[1]) == (D(10), True)


def test_the_lock_ends_what_is_provisional_and_unlocking_begins_it_again(period, world):
    send(period, world, "U", "oU", (90, 5))
    line = submission_of(period, world, "U").entries[1]
    periods.lock(period, by=None, at=LOCKS_AT)
    db.session.commit()
    assert own(line) == (D(10), False)
    periods.unlock(period, new_locks_at=LOCKS_AT + timedelta(days=2), reason="Sửa lỗi", by=world.accounts["bd"],
                   at=LOCKS_AT + timedelta(hours=1))  # fmt: skip
    db.session.commit()
    assert own(line) == (D(10), True)


def test_setting_the_last_missing_unit_apart_ends_what_is_provisional(period, world):
    send(period, world, "U", "oU", (90, 5))
    for letter in "VLDEN":
        missing, persona = submission_of(period, world, letter), "oD" if letter != "D" else "oL"
        explanation.set_apart(
            missing, standing=Standing.WITHDRAWN, reason="Đơn vị đề nghị", by=world.accounts[persona], at=NOON
        )
    db.session.commit()
    assert own(submission_of(period, world, "U").entries[1]) == (D(10), False)
    back = submission_of(period, world, "V")
    explanation.put_back(back, reason="Đơn vị xin lại", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert own(submission_of(period, world, "U").entries[1]) == (D(10), True)


def test_setting_a_unit_apart_moves_nobodys_points(period, world):
    """decisions/0022: the bloc's best work stays the measure, whoever is ranked."""
    send(period, world, "U", "oU", (90, 5))
    send(period, world, "V", "oV", (90, 10))
    line = submission_of(period, world, "U").entries[1]
    assert own(line)[0] == D(5)
    explanation.set_apart(submission_of(period, world, "V"), standing=Standing.NOT_CONSIDERED, reason="Bị kỷ luật",
                          by=world.accounts["oL"], at=NOON)  # fmt: skip
    db.session.commit()
    assert own(line)[0] == D(5)


def test_a_moved_due_date_moves_the_points_of_lateness(world):
    """V sent a day late; the due date is then moved past that day, so it was in time."""
    late = Leaf("Gửi đúng hạn", D(2), None, ScoreFunction.LATENESS, None)
    used = make_set(world.blocs["B"], leaves=(LEAVES[0], late))
    with acting(None, NOON):
        db.session.add(Band(criterion=used.criteria[2], low=D(1), high=None, points=D("0.5"), position=0))
    made = make_period(world, criteria_set=used, scored=True)
    unit, day = submission_of(made, world, "V"), made.due_at + timedelta(days=1)
    line, by = unit.entries[0], world.accounts["oV"]
    entries.fill_in(line, actual=D(90), count=None, note=None, seen=line.version, by=by, at=day)
    submission.take(unit, SubmissionStep.SEND, by=by, at=day)
    db.session.commit()
    assert own(unit.entries[1]) == (D("0.5"), False)
    periods.change(
        made, dates=replace(made.dates, due_at=made.due_at + timedelta(days=3)), scored=True, asks_figures=True,
        criteria_set=used, note=None, seen=made.version, reason="Lùi hạn cho cả khối", by=world.accounts["oL"], at=day,
    )  # fmt: skip
    db.session.commit()
    assert own(unit.entries[1]) == (D(2), False)


def test_what_is_assigned_stays_once_scoring_is_over(period, world):
    """It moves points and maximum as a judged point does."""
    periods.lock(period, by=None, at=LOCKS_AT)
    db.session.commit()
    line, over = submission_of(period, world, "U").entries[0], period.scores_close_at + timedelta(hours=1)
    with pytest.raises(NotOpen, match="đã kết thúc lúc"):
        submission.set_assigned(line.submission, line, False, reason="Muộn", by=world.accounts["hL"], at=over)
    with pytest.raises(NotOpen, match="đã kết thúc lúc"):
        exemption.set_exemptions(
            period.criteria_set, [world.units["U"]], [(line.criterion, world.units["U"])], reason="Muộn",
            seen=criteria.exemption_version(criteria.exemptions(period.criteria_set)), by=world.accounts["hL"], at=over,
        )  # fmt: skip
    assert line.assigned
