"""The second of locking, on both databases: −1 µs, 0, +1 s, a clock turned back, a write and the lock at once."""

import contextvars
import io
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from tests.reporting import LOCKS_AT, make_period, make_pledge, make_set, submission_of
from tests.world import NOON, World, build_world
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import AchievementKind, SubmissionState, SubmissionStep
from tracker.errors import Conflict, Locked, RuleBroken
from tracker.models.account import Account
from tracker.models.period import PeriodTaken, ReportingPeriod
from tracker.models.submission import Entry, Submission, SubmissionTaken
from tracker.services import entry as entries
from tracker.services import evidence
from tracker.services import period as periods
from tracker.services import submission as service

TICK = timedelta(microseconds=1)
LATEST = LOCKS_AT - TICK


@pytest.fixture
def world(either_app: Flask) -> World:
    """The personas, on SQLite and on PostgreSQL."""
    return build_world()


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's, with one figure."""
    make_pledge(world.blocs["B"])
    made = submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")
    entries.fill_in(
        made.entries[0], actual=Decimal(43), count=None, note=None, seen=1, by=world.accounts["oU"], at=NOON
    )
    db.session.commit()
    return made


def picture() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


def doors(submission: Submission, world: World) -> dict[str, Callable[[datetime], object]]:
    """Every way in which a unit's data change, by name."""
    unit, checker = world.accounts["oU"], world.accounts["oL"]
    line, section = submission.entries[0], submission.sections[0]
    values = {"kind": AchievementKind.PERSON, "subject": "Bà Mẫu", "text": "Sáng kiến"}
    return {
        "figure": lambda at: entries.fill_in(
            line, actual=Decimal(at.microsecond), count=None, note=None, seen=line.version, by=unit, at=at
        ),
        "figures": lambda at: entries.fill_in_all(
            submission, [entries.FilledIn(line, Decimal(7), None, None, line.version)], by=unit, at=at
        ),
        "text": lambda at: entries.write(section, text=f"{at}", seen=section.version, by=unit, at=at),
        "achievement": lambda at: entries.add_achievement(submission, values=values, by=unit, at=at),
        "file": lambda at: evidence.add_file(line, picture(), "a.png", limit=9_999, quota=9_999, by=unit, at=at),
        "comment": lambda at: service.comment(submission, text="Xin xem lại", by=unit, at=at),
        "send": lambda at: service.take(submission, SubmissionStep.SEND, by=unit, at=at),
        "recall": lambda at: service.take(submission, SubmissionStep.RECALL, reason="Nhầm", by=unit, at=at),
        "return": lambda at: service.return_back(submission, reason="Sai", by=checker, at=at),
    }  # fmt: skip


def written(submission: Submission) -> tuple[object, ...]:
    """All that a unit's data are made of."""
    db.session.expire_all()
    return (
        submission.state,
        [(line.actual, line.note, len(line.files)) for line in submission.entries],
        [section.text for section in submission.sections],
        len(submission.achievements), len(submission.comments), len(submission.steps),
    )  # fmt: skip


def test_every_door_is_open_until_the_last_microsecond(world: World, submission: Submission):
    for name, act in doors(submission, world).items():
        if name == "return":
            service.take(submission, SubmissionStep.SEND, by=world.accounts["oU"], at=LATEST)
        before = written(submission)
        act(LATEST)
        db.session.commit()
        assert written(submission) != before, name


@pytest.mark.parametrize("at", [LOCKS_AT, LOCKS_AT + timedelta(seconds=1)], ids=["at the second", "a second later"])
def test_every_door_is_shut_from_the_second_on(world: World, submission: Submission, at: datetime):
    """Although nobody has recorded the lock yet."""
    for state in (SubmissionState.DRAFT, SubmissionState.SENT):
        for name, act in doors(submission, world).items():
            if (name, state) == ("send", SubmissionState.SENT):
                continue  # a second click on a sending that was in time changes nothing
            before = written(submission)
            with pytest.raises(Locked) as refused:
                act(at)
            db.session.rollback()
            assert refused.value.period is submission.period
            assert written(submission) == before, f"{name} in {state}"
        service.take(submission, SubmissionStep.SEND, by=world.accounts["oU"], at=LATEST)
        db.session.commit()


def test_a_clock_that_was_turned_back_opens_nothing(world: World, submission: Submission):
    assert [period.id for period in periods.lock_due(at=LOCKS_AT)] == [submission.period_id]
    db.session.commit()
    for name, act in doors(submission, world).items():
        before = written(submission)
        for at in (NOON, LATEST):
            with pytest.raises(Locked, match="đã khóa lúc 17:00 ngày 10/06/2026"):
                act(at)
            db.session.rollback()
        assert written(submission) == before, name
    assert submission.period.state is PeriodState.REVIEWING


def in_thread(app: Flask, act: Callable[[], object], said: list[str]) -> threading.Thread:
    """`act` and its commit in a session of its own; what became of it is added to `said`."""

    def run() -> None:
        with app.app_context():
            try:
                act()
                db.session.commit()
                said.append("done")
            except RuleBroken as broken:
                db.session.rollback()
                said.append(type(broken).__name__)
            finally:
                db.session.remove()

    thread = threading.Thread(target=contextvars.Context().run, args=(run,))
    thread.start()
    return thread


def write_late(line: int, officer: int, value: int) -> Callable[[], object]:
    return lambda: entries.fill_in(
        db.session.get_one(Entry, line), actual=Decimal(value), count=None, note=None,
        seen=db.session.get_one(Entry, line).version, by=db.session.get_one(Account, officer), at=LATEST,
    )  # fmt: skip


def test_the_lock_waits_for_a_write_that_came_before(either_app: Flask, world: World, submission: Submission):
    line, officer, period = submission.entries[0].id, world.accounts["oU"].id, submission.period_id
    db.session.remove()
    write_late(line, officer, 44)()  # this session holds its rows and has not committed
    said: list[str] = []
    locker = in_thread(either_app, lambda: periods.lock_due(at=LOCKS_AT), said)
    locker.join(0.5)
    assert said == [], "the lock went past a write that was under way"
    db.session.commit()
    locker.join(30)
    assert said == ["done"]
    assert db.session.get_one(Entry, line).actual == 44
    assert db.session.get_one(ReportingPeriod, period).state is PeriodState.REVIEWING


def test_a_write_that_waited_for_the_lock_is_refused(either_app: Flask, world: World, submission: Submission):
    line, officer = submission.entries[0].id, world.accounts["oU"].id
    db.session.remove()
    periods.lock_due(at=LOCKS_AT)  # not committed
    said: list[str] = []
    writer = in_thread(either_app, write_late(line, officer, 44), said)
    writer.join(0.5)
    assert said == []
    db.session.commit()
    writer.join(30)
    assert said == ["Locked"]
    assert db.session.get_one(Entry, line).actual == 43


def test_writes_and_the_lock_at_once(either_app: Flask, world: World, submission: Submission):
    """Whatever the order: what was said to be done is kept, what was refused is not, the lock is one step."""
    lines = [entry.id for entry in submission.entries]
    officer, period = world.accounts["oU"].id, submission.period_id
    db.session.remove()
    outcomes: list[list[str]] = [[] for _ in lines]
    locked: list[str] = []
    threads = [
        in_thread(either_app, write_late(line, officer, 100 + place), outcomes[place])
        for place, line in enumerate(lines)
    ]
    threads += [in_thread(either_app, lambda: periods.lock_due(at=LOCKS_AT), locked) for _ in range(2)]
    for thread in threads:
        thread.join(30)
    assert locked == ["done", "done"]
    for place, line in enumerate(lines):
        kept = db.session.get_one(Entry, line).actual == 100 + place
        assert outcomes[place] == (["done"] if kept else ["Locked"])
    steps = db.session.scalars(
        select(PeriodTaken.step).where(PeriodTaken.period_id == period).order_by(PeriodTaken.id)
    ).all()
    assert [step.value for step in steps] == ["open", "lock"]


def test_two_editors_of_one_line_and_two_of_two(either_app: Flask, world: World, submission: Submission):
    first, second = submission.entries[1].id, submission.entries[2].id
    officer, head = world.accounts["oU"].id, world.accounts["hU"].id
    db.session.remove()

    def both(lines: list[int]) -> list[str]:
        said: list[str] = []
        gate = threading.Barrier(2)

        def write(line: int, by: int) -> None:
            values = {"actual": Decimal(by), "count": None, "note": None, "seen": 1}
            account = db.session.get_one(Account, by)
            entry = db.session.get_one(Entry, line)
            db.session.rollback()  # SQLite's lock is not held while both get ready
            gate.wait()
            entries.fill_in(entry, **values, by=account, at=NOON)

        threads = [
            in_thread(either_app, lambda line=line, by=by: write(line, by), said)
            for line, by in zip(lines, (officer, head), strict=True)
        ]
        for thread in threads:
            thread.join(30)
        return sorted(said)

    assert both([first, first]) == ["Conflict", "done"]
    assert db.session.get_one(Entry, first).actual in (officer, head)
    db.session.rollback()
    assert both([second, submission_line(second)]) == ["done", "done"]


def submission_line(line: int) -> int:
    """Another line of the same submission that nobody wrote yet."""
    entry = db.session.get_one(Entry, line)
    other = next(each.id for each in entry.submission.entries if each.id != line and each.version == 1)
    db.session.rollback()
    return other


def test_sending_twice_at_once_is_one_step(either_app: Flask, world: World, submission: Submission):
    key, officer = submission.id, world.accounts["oU"].id
    db.session.remove()
    said: list[str] = []
    threads = [
        in_thread(
            either_app,
            lambda: service.take(
                db.session.get_one(Submission, key), SubmissionStep.SEND, by=db.session.get_one(Account, officer),
                at=NOON,
            ),
            said,
        )
        for _ in range(4)
    ]  # fmt: skip
    for thread in threads:
        thread.join(30)
    assert said == ["done"] * 4
    taken = select(SubmissionTaken.step).where(SubmissionTaken.submission_id == key).order_by(SubmissionTaken.id)
    steps = db.session.scalars(taken).all()
    assert steps == [SubmissionStep.WRITE, SubmissionStep.SEND]


def test_a_write_that_waited_for_the_sending_is_refused(either_app: Flask, world: World, submission: Submission):
    """The submission's own row: what was sent is what was read, not a figure that slipped in."""
    line, officer, key = submission.entries[0].id, world.accounts["oU"].id, submission.id
    db.session.remove()
    sender = db.session.get_one(Account, officer)
    service.take(db.session.get_one(Submission, key), SubmissionStep.SEND, by=sender, at=NOON)
    said: list[str] = []
    writer = in_thread(either_app, write_late(line, officer, 44), said)
    writer.join(0.5)
    assert said == []
    db.session.commit()
    writer.join(30)
    assert said == ["NotOpen"]
    assert db.session.get_one(Entry, line).actual == 43


def test_stale_text_of_another_device_comes_back_with_both(world: World, submission: Submission):
    section, unit = submission.sections[0], world.accounts["oU"]
    entries.write(section, text="Bản ở cơ quan", seen=1, by=unit, at=NOON)
    db.session.commit()
    with pytest.raises(Conflict) as refused:
        entries.write(section, text="Bản ở nhà", seen=1, by=unit, at=NOON)
    assert refused.value.record.text == "Bản ở cơ quan"
