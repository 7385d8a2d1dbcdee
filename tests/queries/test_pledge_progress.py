"""Progress as it is read: sent figures only, targets of the lines, rows through criteria, constant queries."""

from decimal import Decimal

from tests.counting import counted
from tests.reporting import Leaf, make_period, make_pledge, make_sent, make_set, submission_of
from tests.world import BEGINNING, keep, make_unit
from tracker.db import db
from tracker.domain.submissions import SubmissionState
from tracker.models.bloc import Membership
from tracker.queries.pledge_progress import progress


def fill(world, period, letter, *figures, sent=True, state=SubmissionState.SENT):
    submission = submission_of(period, world, letter)
    if sent:
        make_sent(submission, world.accounts[f"o{letter}"], state=state)
    for entry, figure in zip(submission.entries, figures, strict=False):
        entry.actual = None if figure is None else Decimal(figure)
    keep()


def cells(found, letter):
    return next(unit for unit in found.units if unit.name == f"Đơn vị {letter}").cells


def test_sent_and_returned_figures_count_and_drafts_do_not(world):
    make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", 10)])
    period = make_period(world)
    fill(world, period, "U", 5)
    fill(world, period, "V", 4, state=SubmissionState.RETURNED)
    fill(world, period, "E", 10, sent=False)
    found = progress(period)
    assert [cells(found, letter)[0].percent for letter in "UVE"] == [50, 40, None]
    assert (found.units_passed, found.units_counted, len(found.blank_units)) == (1, 6, 4)
    assert [unit.name for unit in found.units] == [f"Đơn vị {letter}" for letter in "UVLDEN"]
    assert found.period_label == "6 tháng đầu năm 2026"


def test_row_that_a_criterion_measures_takes_that_line(world):
    pledge = make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", 10), ("Tuyên truyền", "buổi", 4)])
    measured = make_set(
        world.blocs["B"], leaves=[Leaf("Khác"), Leaf("Nhà", pledge_lineage=pledge.rows[0].lineage)]
    )
    period = make_period(world, criteria_set=measured)
    fill(world, period, "U", 99, 7, 0)
    found = progress(period)
    assert [(cell.plan, cell.done, cell.percent) for cell in cells(found, "U")] == [(10, 7, 70), (4, 0, 0)]
    assert cells(found, "U")[1].blank is False


def test_row_that_came_after_the_opening_has_a_plan_and_no_figure(world):
    period = make_period(world)
    make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", 10)])
    cell = cells(progress(period), "U")[0]
    assert (cell.plan, cell.done, cell.blank) == (10, None, True)


def test_line_that_is_not_assigned_is_neither_plan_nor_blank(world):
    make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", 10)])
    period = make_period(world)
    submission_of(period, world, "U").entries[0].assigned = False
    keep()
    cell = cells(progress(period), "U")[0]
    assert (cell.assigned, cell.plan, cell.blank) == (False, None, False)


def test_period_without_a_pledge_has_units_and_no_rows(world):
    found = progress(make_period(world))
    assert (found.rows, found.units_passed, found.units_counted, len(found.blank_units)) == ((), 0, 6, 6)


def cost(period) -> int:
    db.session.expire_all()
    number = period.public_id
    with counted() as sent:
        progress(period)
    assert number
    return len(sent)


def test_thirty_units_cost_what_six_do(world):
    make_pledge(world.blocs["B"], rows=[("Nhà ở", "căn", 10)])
    few = cost(make_period(world))
    for place in range(24):
        unit = make_unit(world.authority, f"Đơn vị thêm {place}")
        keep(unit, Membership(bloc=world.blocs["B"], unit=unit, position=10 + place, starts_on=BEGINNING))
    make_pledge(world.blocs["B"], year=2027, rows=[(f"Dòng {place}", "căn", 10) for place in range(30)])
    period = make_period(world, year=2027)
    assert len(period.submissions[0].entries) == 30
    assert cost(period) == few
