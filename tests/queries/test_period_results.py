"""What the results of a period hold: only what was sent, blank apart from zero and KG, names of the last day."""

from datetime import date, timedelta
from decimal import Decimal

import time_machine
from flask import Flask

from tests import reporting
from tests.counting import counted
from tests.world import NOON, World, build_world, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import ConferenceState
from tracker.domain.criteria import ScoreFunction
from tracker.domain.period_results import PeriodResults
from tracker.domain.reporting import ActivityKind, PeriodState
from tracker.domain.submissions import AchievementKind, SectionKind, SubmissionState, SubmissionStep
from tracker.models.period import Extension, ReportingPeriod
from tracker.models.pledge import Activity, ActivityUnit
from tracker.models.submission import Achievement, Section, Submission, SubmissionTaken
from tracker.queries import period_results, report
from tracker.services.recording import acting

SECRET = Decimal("777.5")


def running(world: World) -> ReportingPeriod:
    """An open half-year of bloc B with three criteria (one linked to the pledge) and one row of the pledge beside."""
    pledge = reporting.make_pledge(
        world.blocs["B"], rows=(("Văn bản theo giao ước", "văn bản", 100), ("Nhà ở xã hội", "căn", 4))
    )
    leaves = (
        reporting.Leaf("Văn bản tham mưu", unit_of_measure="văn bản", pledge_lineage=pledge.rows[0].lineage),
        reporting.Leaf("Tỷ lệ giải ngân"),
        reporting.Leaf("Vi phạm", function=ScoreFunction.DEDUCTION, direction=None, unit_of_measure=None),
    )
    return reporting.make_period(world, criteria_set=reporting.make_set(world.blocs["B"], leaves=leaves))


def fill(submission: Submission, *figures: Decimal | int | None) -> None:
    """Figures of the first lines; the third counts times."""
    with acting(None, NOON):
        for entry, figure in zip(submission.entries, figures, strict=False):
            if entry.criterion and entry.criterion.function is ScoreFunction.DEDUCTION:
                entry.count = None if figure is None else int(figure)
            else:
                entry.actual = None if figure is None else Decimal(figure)
    db.session.commit()


def sent(world: World, period: ReportingPeriod, letter: str, *figures: Decimal | int | None) -> Submission:
    submission = reporting.submission_of(period, world, letter)
    reporting.make_sent(submission, world.accounts["oU"])
    fill(submission, *figures)
    return submission


def row(results: PeriodResults, title: str) -> list[Decimal | None]:
    line = next(each for each in results.lines if each.title == title)
    return [figure.value for figure in line.figures]


@time_machine.travel(NOON)
def test_lines_stand_in_the_order_of_the_set_then_the_pledge(world: World) -> None:
    results = period_results.collect(running(world))
    assert [(line.title, line.level, line.is_group) for line in results.lines] == [
        ("Nhiệm vụ chuyên môn", 0, True),
        ("Văn bản tham mưu", 1, False),
        ("Tỷ lệ giải ngân", 1, False),
        ("Vi phạm", 1, False),
        (period_results.PLEDGE_GROUP, 0, True),
        ("Nhà ở xã hội", 1, False),
    ]
    assert [unit.name for unit in results.units] == [f"Đơn vị {letter}" for letter in "UVLDEN"]


@time_machine.travel(NOON)
def test_only_what_was_sent_is_a_result(world: World) -> None:
    """A draft's figure is nobody's but its unit's; its target is everybody's."""
    period = running(world)
    sent(world, period, "U", 43, 0, 2, None)
    draft = reporting.submission_of(period, world, "V")
    fill(draft, SECRET, SECRET)
    with acting(None, NOON):
        draft.state = SubmissionState.DRAFT
        draft.section(SectionKind.LIMITATIONS).text = "Bí mật của bản nháp."
        draft.achievements.append(Achievement(kind=AchievementKind.EXAMPLE, text="Bí mật của bản nháp."))
    db.session.commit()
    results = period_results.collect(period)
    assert row(results, "Văn bản tham mưu")[:2] == [Decimal(43), None]
    assert row(results, "Tỷ lệ giải ngân")[:2] == [Decimal(0), None]
    assert row(results, "Vi phạm")[:2] == [Decimal(2), None]
    assert row(results, "Nhà ở xã hội")[:2] == [None, None]
    assert [figure.target for figure in results.lines[1].figures] == [Decimal(100)] * 6
    assert str(SECRET) not in repr(results) and "Bí mật" not in repr(results)


@time_machine.travel(NOON)
def test_a_line_not_assigned_is_no_figure(world: World) -> None:
    period = running(world)
    submission = sent(world, period, "U", 43, 5)
    with acting(None, NOON):
        submission.entries[1].assigned = False
    db.session.commit()
    figure = period_results.collect(period).lines[2].figures[0]
    assert (figure.assigned, figure.target, figure.value, figure.blank) == (False, None, None, False)


@time_machine.travel(NOON)
def test_late_extended_returned_and_not_sent(world: World) -> None:
    period = running(world)
    for letter, at in (("U", -1), ("V", 2), ("L", 2)):
        reporting.make_sent(
            reporting.submission_of(period, world, letter), world.accounts["oU"],
            at=reporting.DUE_AT + timedelta(days=at),
        )
    until = reporting.DUE_AT.date() + timedelta(days=3)
    returned = reporting.submission_of(period, world, "U")
    keep(
        Extension(
            period=period, unit=world.units["L"], until=until, reason="Chuyển trụ sở.", at=NOON, by=world.accounts["oD"]
        ),
        SubmissionTaken(
            submission=returned, step=SubmissionStep.RETURN, at=NOON, by=world.accounts["oD"], reason="Thiếu."
        ),
    )
    results = period_results.collect(period)
    found = [(row.unit.name[-1], row.days_late, row.extended_to, row.times_returned) for row in results.sendings]
    assert found == [
        ("U", 0, None, 1), ("V", 2, None, 0), ("L", 0, until, 0), ("D", None, None, 0), ("E", None, None, 0),
        ("N", None, None, 0),
    ]
    assert [len(each) for each in (results.on_time, results.late, results.not_sent)] == [2, 1, 3]
    assert results.sendings[0].due.strftime("%H:%M %z") == "17:00 +0700"


@time_machine.travel(NOON)
def test_activities_of_the_period_only(world: World) -> None:
    period = running(world)
    bloc = world.blocs["B"]
    days = (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2025, 12, 31))
    for day in days:
        activity = Activity(bloc=bloc, kind=ActivityKind.SPORT, title=f"Hội thao {day}", held_on=day, last_on=day)
        activity.units.append(ActivityUnit(unit=world.units["U"]))
        keep(activity)
    found = period_results.collect(period).activities
    assert [(each.held_on, each.units) for each in found] == [(day, ("Đơn vị U",)) for day in days[:2]]


@time_machine.travel(NOON)
def test_proposals_are_points_and_a_changed_text_has_a_new_key(world: World) -> None:
    period = running(world)
    submission = sent(world, period, "U", 1)
    section = submission.section(SectionKind.LIMITATIONS)
    with acting(None, NOON):
        section.text = "- Chậm giải ngân.\n- Ít điển hình.\nNguyên nhân: thiếu người."
        submission.section(SectionKind.DIRECTIONS).text = "Hoàn thành hồ sơ."
    db.session.commit()
    before = period_results.collect(period).proposals
    assert [(each.kind, each.text, each.cause) for each in before] == [
        (SectionKind.LIMITATIONS, "Chậm giải ngân.", "Thiếu người."),
        (SectionKind.LIMITATIONS, "Ít điển hình.", "Thiếu người."),
        (SectionKind.DIRECTIONS, "Hoàn thành hồ sơ.", None),
    ]
    with acting(None, NOON):
        section.text = "- Chậm giải ngân vốn.\n- Ít điển hình.\nNguyên nhân: thiếu người."
    db.session.commit()
    after = period_results.collect(period).proposals
    assert [old.key == new.key for old, new in zip(before, after, strict=True)] == [False, True, True]


@time_machine.travel(NOON)
def test_members_get_no_results_before_publication(world: World) -> None:
    """An approved conference's papers go to every member: without results until they are published."""
    period = running(world)
    sent(world, period, "U", SECRET)
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 7, 15))
    keep(conference)
    day = date(2026, 7, 20)

    def shown() -> PeriodResults | None:
        return report.collect(conference, day, with_results=True).results

    drawn = shown()
    assert drawn is not None and row(drawn, "Văn bản tham mưu")[0] == SECRET
    assert report.collect(conference, day).results is None
    with acting(None, NOON):
        conference.state, conference.approved_at = ConferenceState.APPROVED, NOON
        conference.approved_by = world.accounts["hL"]
    db.session.commit()
    assert shown() is None
    reporting.set_state(period, PeriodState.PUBLISHED)
    drawn = shown()
    assert drawn is not None and row(drawn, "Văn bản tham mưu")[0] == SECRET


@time_machine.travel(NOON)
def test_a_planned_period_and_another_kind_give_nothing(world: World) -> None:
    reporting.make_period(world, state=PeriodState.PLANNED)
    conference = make_conference(world.blocs["B"], "Sơ kết", date(2026, 7, 15))
    other = make_conference(world.blocs["C"], "Sơ kết", date(2026, 7, 15))
    keep(conference, other)
    assert [report.collect(each, date(2026, 7, 20), with_results=True).results for each in (conference, other)] == [
        None, None,
    ]


@time_machine.travel(NOON)
def test_as_many_queries_for_one_unit_as_for_six(world: World) -> None:
    """Neither units, nor lines, nor achievements, nor steps cost a query each."""
    period = running(world)
    sent(world, period, "U", 1)
    db.session.expire_all()
    with counted() as first:
        period_results.collect(period)
    for letter in "VLDEN":
        submission = sent(world, period, letter, 1, 2, 3, 4)
        keep(
            Achievement(submission=submission, kind=AchievementKind.EXAMPLE, text="Điển hình."),
            Extension(
                period=period, unit=world.units[letter], until=date(2026, 6, 2), reason="Lũ.", at=NOON,
                by=world.accounts["bd"],
            ),
        )
    keep(*[Activity(bloc=period.bloc, kind=ActivityKind.HELP, title="Giúp xã", held_on=date(2026, 3, day),
                    last_on=date(2026, 3, day)) for day in range(1, 6)])
    db.session.expire_all()
    with counted() as second:
        period_results.collect(period)
    assert len(second) - len(first) <= 1, "\n".join(second)
    assert db.session.query(Section).count() == 30


@time_machine.travel(NOON)
def test_both_databases_give_the_same(either_app: Flask) -> None:
    """Achievements are grouped to count their files: PostgreSQL is strict about that."""
    world = build_world()
    period = running(world)
    submission = sent(world, period, "U", Decimal("43.25"), 0, 2)
    with acting(None, NOON):
        for place, text in enumerate(("Thứ hai", "Thứ nhất")):
            submission.achievements.append(
                Achievement(kind=AchievementKind.EXAMPLE, text=text, position=2 - place, value=Decimal("1500000.5"))
            )
    db.session.commit()
    results = period_results.collect(period)
    assert [(each.text, each.value, each.files) for each in results.achievements] == [
        ("Thứ nhất", Decimal("1500000.5"), 0), ("Thứ hai", Decimal("1500000.5"), 0),
    ]
    assert row(results, "Văn bản tham mưu")[0] == Decimal("43.25")
    assert results.progress is not None and results.progress.units[0].cells[0].percent == Decimal("43.25")
