"""The submission as pages and workbooks see it: lines in their order, earlier figures, answers to returns, cost."""

from decimal import Decimal

import pytest

from tests.counting import counted
from tests.reporting import LEAVES, Leaf, make_period, make_pledge, make_sent, make_set, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.criteria import Direction
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.submissions import SectionKind, SubmissionStep
from tracker.models.period import PastValue
from tracker.models.submission import Submission
from tracker.queries import submission as queries
from tracker.services import entry as entries
from tracker.services import submission as service
from tracker.text import fold


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's submission: three leaves and one row of the pledge."""
    make_pledge(world.blocs["B"])
    return submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")


def test_lines_come_in_order_with_their_heading(world: World, submission: Submission):
    seen = queries.seen(submission)
    assert seen.unit_name == "Đơn vị U"
    assert seen.period == Period(2026, PeriodKind.FIRST_HALF)
    assert [(line.number, line.title) for line in seen.lines] == [
        ("1", "Văn bản tham mưu đúng hạn"), ("2", "Tỷ lệ giải ngân vốn đầu tư công"), ("3", "Hồ sơ quá hạn"),
        ("1", "Dự án nhà ở xã hội khởi công"),
    ]  # fmt: skip
    assert {line.group for line in seen.lines[:3]} == {("I. Nhiệm vụ chuyên môn",)}
    pledged = seen.lines[3]
    assert (pledged.group, pledged.function, pledged.target, pledged.actual) == ((), None, Decimal(4), None)
    assert [section.kind for section in seen.sections] == list(SectionKind)
    assert seen.empty


def test_percent_follows_the_direction(world: World, submission: Submission):
    pledged = submission.entries[3]
    entries.fill_in(pledged, actual=Decimal(3), count=None, note=None, seen=1, by=world.accounts["oU"], at=NOON)
    assert queries.seen(submission).lines[3].percent_of_target == 75
    assert queries.seen(submission).lines[2].direction is Direction.LESS


def test_earlier_figures_come_by_lineage_then_by_name(world: World, submission: Submission):
    bloc, old_set = world.blocs["B"], make_set(world.blocs["B"], year=2025)
    for old, new in zip(old_set.criteria, submission.period.criteria_set.criteria, strict=True):
        db.session.execute(
            old.__table__.update().where(old.__table__.c.id == old.id).values(lineage=new.lineage)
        )
    db.session.commit()
    for kind, value in ((PeriodKind.FIRST_HALF, 41), (PeriodKind.SECOND_HALF, 90)):
        earlier = submission_of(make_period(world, year=2025, kind=kind, criteria_set=old_set), world, "U")
        make_sent(earlier, world.accounts["oU"])
        earlier.entries[0].actual = Decimal(value)
        keep(earlier.entries[0])
    loaded = {"bloc": bloc, "unit": world.units["U"], "year": 2025, "kind": PeriodKind.FIRST_HALF}
    names = [("Hồ sơ quá hạn", "hồ sơ"), ("Tỷ lệ giải ngân vốn đầu tư công", "đồng")]
    keep(*(
        PastValue(**loaded, name=name, name_fold=fold(name), unit_of_measure=measure, value=Decimal(7))
        for name, measure in names
    ))  # fmt: skip
    lines = queries.seen(submission).lines
    assert (lines[0].last_year, lines[0].last_period) == (41, 90)
    assert (lines[1].last_year, lines[1].last_period) == (None, None), "another unit of measure is another figure"
    assert lines[2].last_year == 7


def test_draft_of_last_year_is_no_figure_of_last_year(world: World, submission: Submission):
    earlier = make_period(world, year=2025, criteria_set=submission.period.criteria_set)
    entries.fill_in(
        submission_of(earlier, world, "U").entries[0], actual=Decimal(5), count=None, note=None, seen=1,
        by=world.accounts["oU"], at=NOON,
    )  # fmt: skip
    assert queries.seen(submission).lines[0].last_year is None


def test_what_answers_a_return(world: World, submission: Submission):
    unit, checker = world.accounts["oU"], world.accounts["oL"]
    make_sent(submission, unit)
    places = [*submission.entries[:3], *submission.sections[:2], submission.section(SectionKind.ACHIEVEMENTS)]
    service.return_back(submission, reason="", places=[(each, "Xem lại") for each in places], by=checker, at=NOON)
    db.session.commit()
    assert not any(line.answered for line in queries.seen(submission).lines)
    line, other = submission.entries[:2]
    entries.fill_in(line, actual=Decimal(44), count=None, note=None, seen=line.version, by=unit, at=NOON)
    service.comment(submission, text="Đã đối chiếu", entry=other, by=unit, at=NOON)
    service.comment(submission, text="Chưa rõ", entry=submission.entries[2], by=checker, at=NOON)
    part = submission.sections[0]
    entries.write(part, text="Đã bổ sung", seen=part.version, by=unit, at=NOON)
    db.session.commit()
    seen = queries.seen(submission)
    assert [line.answered for line in seen.lines] == [True, True, False, False]
    assert [section.answered for section in seen.sections] == [True, False, False, False, False]
    service.take(submission, SubmissionStep.SEND, by=unit, at=NOON)
    service.return_back(submission, reason="Cả báo cáo", by=checker, at=NOON)
    db.session.commit()
    seen = queries.seen(submission)
    assert (seen.returned_whole, seen.answered) == (True, False)
    assert not any(line.answered for line in seen.lines)


def test_three_and_thirty_lines_cost_the_same(world: World):
    costs = []
    for year, many in ((2026, 3), (2027, 30)):
        leaves = [Leaf(f"Chỉ tiêu {number}") for number in range(many)]
        period = make_period(world, year=year, criteria_set=make_set(world.blocs["B"], year=year, leaves=leaves))
        key = submission_of(period, world, "U").id
        db.session.expunge_all()
        submission = db.session.get(Submission, key)
        with counted() as sent:
            assert len(queries.seen(submission).lines) == many
        costs.append(len(sent))
        db.session.expunge_all()  # the bloc that was read would stand beside the world's own
    assert costs[0] == costs[1] <= 13
    assert len(LEAVES) == 3
