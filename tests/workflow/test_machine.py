"""Anything in any order: random acts on two reports, against a model that knows only the rules (issue 3, B7)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, select

from tests.reporting import DUE_AT, LOCKS_AT
from tests.workflow import draws
from tests.workflow.model import LINES, LIST, SECTIONS, Model, Place, Report
from tests.workflow.stage import UNITS, Stage, minutes
from tests.world import NOON
from tracker.db import db
from tracker.domain.reporting import days_late
from tracker.domain.submissions import AchievementKind, SubmissionState, SubmissionStep
from tracker.errors import RuleBroken
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, ReturnedPlace, Section, Submission, SubmissionTaken
from tracker.services import entry as entries
from tracker.services import extension, submission_gate
from tracker.services import period as periods
from tracker.services import submission as service


class Workflow(RuleBasedStateMachine):
    """`model` says what should be, the database what is."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.stage.file.write_bytes(self.stage.bytes)
        self.context = self.stage.app.app_context()
        self.context.push()
        self.now = NOON
        self.model = Model(minutes(DUE_AT), minutes(LOCKS_AT))
        self.model.reports = {letter: Report(letter, head_signs=letter == "D") for letter in UNITS}

    def teardown(self) -> None:
        self.stage.forget()
        self.context.pop()

    def by(self, persona: str) -> dict[str, Any]:
        return {"by": db.session.get_one(Account, self.stage.accounts[persona]), "at": self.now}

    def report(self, unit: str) -> Submission:
        return db.session.get_one(Submission, self.stage.reports[unit])

    def place(self, unit: str, place: Place) -> Entry | Section:
        report = self.report(unit)
        return report.entries[place[1]] if place[0] == "line" else report.sections[place[1]]

    @property
    def shut(self) -> bool:
        return self.model.shut(minutes(self.now))

    def attempt(self, act: Callable[[], object], expected: bool | None) -> bool:
        """Whether it was done; what is not expected either way is a fault."""
        try:
            act()
            db.session.commit()
            done = True
        except RuleBroken as broken:
            db.session.rollback()
            done = False
            assert expected is not True, f"refused although allowed: {broken.sentence}"
        assert expected is not False or not done, "done although forbidden"
        return done

    @initialize(far=st.tuples(st.integers(0, 5), st.integers(0, 5)), named=st.sampled_from(draws.RETURNS))
    def some_way(self, far: tuple[int, int], named: dict[Place, str]) -> None:
        """Runs begin anywhere on the way, so that what is rare is tried as often as what is common."""
        for unit, steps in zip(UNITS, far, strict=True):
            self.fill((unit, f"o{unit}"), 0, 43, False)
            for step in ("send", "check", "return", "send", "accept")[:steps]:
                if step == "return":
                    self.give_back((unit, "oL"), "Thiếu", named)
                else:
                    self.take(unit, f"h{unit}" if step == "send" else "oL", step, "")

    @rule(at=st.sampled_from(draws.MOMENTS))
    def clock(self, at: datetime) -> None:
        """On or back, as clocks of servers are set."""
        self.now = at

    @rule(whose=draws.own(), line=draws.lines, value=st.integers(0, 2), stale=st.sampled_from([False, False, True]))
    def fill(self, whose: tuple[str, str], line: int, value: int, stale: bool) -> None:
        (unit, persona), figure = whose, value or None
        model = self.model.reports[unit]
        entry = self.report(unit).entries[line]
        same = model.figures.get(line) == figure
        expected = model.holds(persona, self.shut) and model.open(("line", line)) and (same or not stale)
        given = {"actual": figure and Decimal(figure), "count": None, "note": None, "seen": entry.version - stale}
        if self.attempt(lambda: entries.fill_in(entry, **given, **self.by(persona)), expected) and not same:
            model.begin(persona)
            model.figures[line] = figure

    @rule(whose=draws.own(), part=st.integers(0, SECTIONS - 2), text=draws.texts)
    def write(self, whose: tuple[str, str], part: int, text: str) -> None:
        unit, persona = whose
        model, section = self.model.reports[unit], self.report(unit).sections[part]
        expected = model.holds(persona, self.shut) and model.open(("part", part))
        act = {"text": text, "seen": section.version, **self.by(persona)}
        done = self.attempt(lambda: entries.write(section, **act), expected)
        if done and model.texts.get(part, "") != text:
            model.begin(persona)
            model.texts[part] = text

    @rule(whose=draws.own(), text=st.sampled_from(["Sáng kiến", "Bằng khen"]))
    def add_achievement(self, whose: tuple[str, str], text: str) -> None:
        unit, persona = whose
        model, values = self.model.reports[unit], {"kind": AchievementKind.PERSON, "text": text}
        expected = model.holds(persona, self.shut) and model.open(("part", LIST))
        report = self.report(unit)
        done = self.attempt(lambda: entries.add_achievement(report, values=values, **self.by(persona)), expected)
        if done and model.achievements[-1:] != [text]:
            model.begin(persona)
            model.achievements.append(text)

    @rule(whose=draws.own())
    def remove_achievement(self, whose: tuple[str, str]) -> None:
        unit, persona = whose
        model, report = self.model.reports[unit], self.report(unit)
        if model.achievements:
            expected = model.holds(persona, self.shut) and model.open(("part", LIST))
            row = report.achievements[-1]
            if self.attempt(lambda: entries.remove_achievement(row, **self.by(persona)), expected):
                model.achievements.pop()

    @rule(whose=draws.own() | draws.judged(), text=draws.remarks, place=st.none() | draws.places)
    def comment(self, whose: tuple[str, str], text: str, place: Place | None) -> None:
        unit, persona = whose
        model, row = self.model.reports[unit], place and self.place(unit, place)
        entry, section = (row, None) if isinstance(row, Entry) else (None, row)
        reads = model.judged_by(persona) and model.state in ("sent", "returned", "accepted")
        expected = (model.own(persona) or reads) and not self.shut
        report = self.report(unit)
        given = {"text": text, "entry": entry, "section": section, **self.by(persona)}
        done = self.attempt(lambda: service.comment(report, **given), expected)
        if done and model.comments[-1:] != [(persona, text, place)]:
            model.comments.append((persona, text, place))

    @rule(unit=draws.units, persona=draws.people, step=st.sampled_from(draws.STEPS), reason=draws.reasons)
    def try_a_step(self, unit: str, persona: str, step: str, reason: str) -> None:
        self.take(unit, persona, step, reason)

    @rule(data=st.data(), unit=draws.units)
    def go_on(self, data: st.DataObject, unit: str) -> None:
        """A step that follows, by one whose step it is."""
        model = self.model.reports[unit]
        step = data.draw(st.sampled_from(draws.LIKELY[model.state]))
        persona = data.draw(st.sampled_from([each for each in draws.PEOPLE if model.allowed(step, each)]))
        self.take(unit, persona, step, "Thiếu biên bản")

    def take(self, unit: str, persona: str, named: str, reason: str) -> None:
        model, report, step = self.model.reports[unit], self.report(unit), SubmissionStep(named)
        again = model.allowed(named, persona) and model.sent_as(named, persona)
        expected = again or model.may_take(named, persona, reason, self.shut)
        done = self.attempt(lambda: service.take(report, step, reason=reason, **self.by(persona)), expected)
        if done and not again:
            model.take(named, persona, reason, minutes(self.now))

    @precondition(lambda self: any(each.state == "sent" for each in self.model.reports.values()))
    @rule(whose=draws.judged(), reason=draws.reasons, named=st.dictionaries(draws.places, draws.reasons, max_size=3))
    def give_back(self, whose: tuple[str, str], reason: str, named: dict[Place, str]) -> None:
        unit, persona = whose
        model, report = self.model.reports[unit], self.report(unit)
        rows = [(self.place(unit, place), why) for place, why in named.items()]
        numbers = {number for kind, number in named if kind == "line"}
        said = bool(reason or named) and all(named.values()) and numbers <= model.assigned
        again = model.given_back_as(persona, reason, named)
        expected = again or (model.judged_by(persona) and not self.shut and model.state == "sent" and said)
        act = {"reason": reason, "places": rows, **self.by(persona)}
        if self.attempt(lambda: service.return_back(report, **act), expected) and not again:
            model.give_back(persona, reason, named, minutes(self.now))

    @rule(whose=draws.judged(), line=draws.lines, assigned=st.sampled_from([True, True, False]))
    def assign(self, whose: tuple[str, str], line: int, assigned: bool) -> None:
        unit, persona = whose
        model, report = self.model.reports[unit], self.report(unit)
        act = {"reason": "Không có dự án", **self.by(persona)}
        expected = model.favoured_by(persona)
        if self.attempt(lambda: service.set_assigned(report, report.entries[line], assigned, **act), expected):
            (model.assigned.add if assigned else model.assigned.discard)(line)

    @precondition(lambda self: not self.model.locked)
    @rule(unit=draws.units, days=st.integers(1, 11))
    def extend(self, unit: str, days: int) -> None:
        """Which extensions are granted is tried elsewhere; here it moves the day that counts."""
        until = date(2026, 5, 30) + timedelta(days=days)
        report = self.report(unit)
        act = {"until": until, "reason": "Thiên tai", **self.by("oL")}
        if self.attempt(lambda: extension.grant(report.period, report.unit, **act), None):
            self.model.reports[unit].until = minutes(DUE_AT + timedelta(days=days))

    @rule(by_itself=st.booleans())
    def lock(self, by_itself: bool) -> None:
        period, now = db.session.get_one(ReportingPeriod, self.stage.period), minutes(self.now)
        if by_itself:
            self.attempt(lambda: periods.lock_due(at=self.now), True)
            self.model.locked = self.model.locked or now >= self.model.locks
        elif self.attempt(lambda: periods.lock(period, **self.by("hL")), self.model.may_lock(now)):
            self.model.locked = True

    @precondition(lambda self: self.model.locked)
    @rule(days=st.integers(1, 20))
    def unlock(self, days: int) -> None:
        period, until = db.session.get_one(ReportingPeriod, self.stage.period), self.now + timedelta(days=days)
        act = {"new_locks_at": until, "reason": "Sửa số", **self.by("bd")}
        if self.attempt(lambda: periods.unlock(period, **act), None):
            self.model.locked, self.model.locks = False, minutes(until)

    @invariant()
    def both_agree(self) -> None:
        db.session.expire_all()
        assert db.session.get_one(ReportingPeriod, self.stage.period).is_locked is self.model.locked
        for unit, model in self.model.reports.items():
            self.agree(self.report(unit), model)
        db.session.rollback()

    def agree(self, report: Submission, model: Report) -> None:
        """Data, states with their evidence, every step and reason ever."""
        names = {number: persona for persona, number in self.stage.accounts.items()}
        assert report.state.value == model.state
        assert [line.actual for line in report.entries] == [model.figures.get(line) for line in range(LINES)]
        assert {place for place, line in enumerate(report.entries) if line.assigned} == model.assigned
        assert [part.text for part in report.sections] == [model.texts.get(part, "") for part in range(SECTIONS)]
        assert [row.text for row in report.achievements] == model.achievements
        assert [(names[row.by_id], row.text) for row in report.comments] == [row[:2] for row in model.comments]
        assert [(row.step.value, names[row.by_id], row.reason) for row in report.steps] == model.steps
        kept = select(ReturnedPlace.reason).join(SubmissionTaken).where(SubmissionTaken.submission_id == report.id)
        assert list(db.session.scalars(kept.order_by(ReturnedPlace.id))) == model.reasons
        moments = (report.first_sent_at, report.last_sent_at, report.checked_at)
        assert [at and minutes(at) for at in moments] == [model.first, model.last, model.checked]
        accepted = report.state is SubmissionState.ACCEPTED
        assert (report.accepted_at is not None, report.accepted_by is not None) == (accepted, accepted)
        assert (report.with_head_at is not None) is model.with_head
        open_again = {("line", n) for n, line in enumerate(report.entries) if line.returned_reason}
        open_again |= {("part", n) for n, part in enumerate(report.sections) if part.returned_reason}
        assert open_again == (model.back or set())
        assert submission_gate.returned_whole(report) is (model.state == "returned" and not model.back)
        if report.first_sent_at is not None:
            granted = report.period.extension_of(report.unit_id)
            until = granted.until if granted else None
            late = days_late(report.first_sent_at, report.period.due_at, until, "Asia/Ho_Chi_Minh")
            assert late == model.late(self.model.due)


@pytest.fixture
def stage(app: Flask, tmp_path: Path) -> Iterator[None]:
    """The machine's stage, on the test's own SQLite file, which need not outlive a power cut."""
    event.listen(db.engine, "connect", lambda opened, _record: opened.execute("PRAGMA synchronous = OFF"))
    db.engine.dispose()
    Workflow.stage = Stage(app, tmp_path / "so-thi-dua.db")
    yield
    del Workflow.stage


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Workflow,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip


def test_twenty_five_ways_of_twenty_acts(stage: None):
    run(25, 20)


@pytest.mark.long
def test_three_hundred_ways_of_fifty_acts(stage: None):
    run(300, 50)
