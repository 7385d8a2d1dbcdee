"""Criteria sets: written row by row, moved, copied, frozen, changed only as a new edition."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.criteria_trees import late_days, step
from tests.reporting import make_period, make_set
from tests.world import NOON, World, build_world
from tracker.db import db
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, RankBasis, Rounding, ScoreFunction
from tracker.domain.criteria_checks import is_complete
from tracker.domain.reporting import PeriodState
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.criteria import Band, CriteriaSet, Criterion
from tracker.queries import criteria as queries
from tracker.services import criteria, criterion
from tracker.services.recording import acting

VALUES = {
    "name": "Bảng điểm thi đua", "decision": None, "declared_total": Decimal(100), "rank_by": RankBasis.POINTS,
    "places": 2, "rounding": Rounding.HALF_UP,
}  # fmt: skip


def found(world: World, **more: Any) -> CriteriaSet:
    made = criteria.found(
        world.blocs["B"], year=2026, values={**VALUES, **more}, by=world.accounts["oL"], at=NOON
    )
    db.session.commit()
    return made


def add(world: World, made: CriteriaSet, number: str, parent: Criterion | None = None, **values: Any) -> Criterion:
    given = {"number": number, "title": f"Dòng {number}", **values}
    row = criterion.add(made, given, parent=parent, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    return row


def numbers(made: CriteriaSet) -> list[str]:
    return [placed.full_number for placed in queries.tree(made).walk()]


def test_a_tree_of_any_depth_is_kept_in_its_order_whatever_the_order_of_writing(world: World):
    made = found(world)
    second = add(world, made, "II")
    first = add(world, made, "I")
    inner = add(world, made, "1", first)
    add(world, made, "1.1", inner, function=ScoreFunction.MANUAL, maximum=Decimal(10))
    add(world, made, "1", second, function=ScoreFunction.MANUAL, maximum=Decimal(90))
    assert criterion.move(first, "up", by=world.accounts["oL"], at=NOON) is False
    db.session.commit()
    assert numbers(made) == ["I", "I › 1", "I › 1 › 1.1", "II", "II › 1"]
    assert [row.position for row in queries.rows_of(made)] == [0, 1, 2, 3, 4]
    assert is_complete(queries.tree(made))


def test_a_group_moves_with_all_inside_and_stops_at_the_end(world: World):
    made = found(world)
    first, second, third = add(world, made, "I"), add(world, made, "II"), add(world, made, "III")
    add(world, made, "1", first, function=ScoreFunction.YES_NO, maximum=Decimal(1))
    assert criterion.move(first, "down", by=world.accounts["oL"], at=NOON) is True
    assert numbers(made) == ["II", "I", "I › 1", "III"]
    assert criterion.move(first, "down", by=world.accounts["oL"], at=NOON) is False
    assert criterion.move(first, "down", by=world.accounts["oL"], at=NOON) is False
    assert numbers(made) == ["II", "III", "I", "I › 1"]
    assert (second.position, third.position) == (0, 1)


def test_a_row_goes_into_another_group_but_never_into_itself(world: World):
    made = found(world)
    first, second = add(world, made, "I"), add(world, made, "II")
    inner = add(world, made, "1", first)
    by = world.accounts["oL"]
    criterion.change(inner, {"number": "1", "title": "Khác"}, parent=second, seen=inner.version, by=by, at=NOON)
    assert numbers(made) == ["I", "II", "II › 1"]
    with pytest.raises(RuleBroken) as broken:
        criterion.change(second, {"number": "2", "title": "A"}, parent=inner, seen=second.version, by=by, at=NOON)
    assert broken.value.field == "parent"


def test_siblings_bear_different_numbers_and_a_second_click_makes_no_second_row(world: World):
    made = found(world)
    first = add(world, made, "I")
    assert add(world, made, "I").id == first.id
    with pytest.raises(RuleBroken) as broken:
        criterion.add(made, {"number": "i.", "title": "Khác"}, by=world.accounts["oL"], at=NOON)
    assert (broken.value.field, broken.value.sentence) == (
        "number", "Số thứ tự “I” đã dùng cho “Dòng I” trong cùng nhóm: hãy ghi số khác."
    )  # fmt: skip


def test_a_leaf_takes_no_rows_and_a_group_with_rows_no_rule(world: World):
    made = found(world)
    group = add(world, made, "I")
    leaf = add(world, made, "1", group, function=ScoreFunction.MANUAL, maximum=Decimal(5))
    with pytest.raises(RuleBroken) as inside_leaf:
        add(world, made, "1.1", leaf)
    with pytest.raises(RuleBroken) as scored_group:
        criterion.change(
            group, {"number": "I", "title": "A", "function": ScoreFunction.MANUAL}, seen=group.version,
            by=world.accounts["oL"], at=NOON,
        )  # fmt: skip
    assert (inside_leaf.value.field, scored_group.value.field) == ("parent", "function")


def banded(world: World, made: CriteriaSet) -> Criterion:
    return add(
        world, made, "1", function=ScoreFunction.BANDS, maximum=Decimal(2), direction=Direction.MORE,
        band_basis=BandBasis.PERCENT, unit_of_measure="%",
    )  # fmt: skip


def test_bands_are_kept_from_the_best_down_and_refused_with_a_gap(world: World):
    made, by = found(world), world.accounts["oL"]
    row = banded(world, made)
    seen = row.version
    criterion.set_bands(row, [step(None, "60", "0"), step("60", None, "2")], seen=seen, by=by, at=NOON)
    db.session.commit()
    assert [(band.low, band.high, band.points) for band in row.bands] == [
        (Decimal(60), None, Decimal(2)), (None, Decimal(60), Decimal(0)),
    ]  # fmt: skip
    with pytest.raises(RuleBroken) as broken:
        criterion.set_bands(row, [step(None, "60", "0"), step("61", None, "2")], seen=row.version, by=by, at=NOON)
    assert "còn khoảng trống từ 60% đến 61%" in broken.value.sentence
    with pytest.raises(RuleBroken, match="hơn điểm tối đa 2"):
        criterion.set_bands(row, [step(None, None, "3")], seen=row.version, by=by, at=NOON)
    with pytest.raises(Conflict):
        criterion.set_bands(row, [step(None, None, "1")], seen=seen, by=by, at=NOON)


def test_another_rule_lets_go_of_what_only_the_old_one_read(world: World):
    made, by = found(world), world.accounts["oL"]
    row = banded(world, made)
    criterion.set_bands(row, [step(None, None, "2")], seen=row.version, by=by, at=NOON)
    values = {"number": "1", "title": "A", "function": ScoreFunction.LATENESS, "maximum": Decimal(2),
              "direction": Direction.LESS, "points_each": Decimal(1)}  # fmt: skip
    criterion.change(row, values, seen=row.version, by=by, at=NOON)
    db.session.commit()
    assert (row.direction, row.band_basis, row.points_each, list(row.bands)) == (None, None, None, [])
    criterion.set_bands(row, late_days().bands, seen=row.version, by=by, at=NOON)
    assert len(row.bands) == 4
    assert db.session.query(Band).count() == 4


def test_removing_a_group_removes_all_inside(world: World):
    made = found(world)
    first = add(world, made, "I")
    add(world, made, "1", add(world, made, "1", first), function=ScoreFunction.MANUAL, maximum=Decimal(1))
    add(world, made, "II")
    assert criterion.remove(first, by=world.accounts["oL"], at=NOON) == 3
    db.session.commit()
    assert numbers(made) == ["II"]
    assert queries.rows_of(made)[0].position == 0


def test_a_year_has_one_set_and_a_second_click_makes_no_second(world: World):
    first = found(world)
    assert found(world).id == first.id
    with pytest.raises(RuleBroken) as broken:
        found(world, name="Bảng khác")
    assert broken.value.field == "year"


def test_a_stale_form_meets_the_other_text(world: World):
    made, by = found(world), world.accounts["oL"]
    criteria.change(made, values={**VALUES, "name": "Tên mới"}, seen=1, by=by, at=NOON)
    db.session.commit()
    with pytest.raises(Conflict):
        criteria.change(made, values=VALUES, seen=1, by=by, at=NOON)
    assert made.name == "Tên mới"


def test_a_set_that_a_period_names_is_not_removed(world: World):
    made = make_set(world.blocs["B"])
    period = make_period(world, criteria_set=made, state=PeriodState.PLANNED)
    with pytest.raises(RuleBroken, match="đang chọn bộ tiêu chí này"):
        criteria.remove(made, by=world.accounts["oL"], at=NOON)
    with acting(None, NOON):
        db.session.delete(period)
    db.session.commit()
    criteria.remove(made, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert (db.session.query(CriteriaSet).count(), db.session.query(Criterion).count()) == (0, 0)


def test_a_frozen_set_is_closed_in_every_service(world: World):
    made = make_set(world.blocs["B"], frozen=True)
    by = world.accounts["oL"]
    row = queries.rows_of(made)[1]
    for act in (
        lambda: criteria.change(made, values=VALUES, seen=made.version, by=by, at=NOON),
        lambda: criteria.remove(made, by=by, at=NOON),
        lambda: criterion.add(made, {"number": "9", "title": "A"}, by=by, at=NOON),
        lambda: criterion.change(row, {"number": "9", "title": "A"}, seen=row.version, by=by, at=NOON),
        lambda: criterion.set_bands(row, late_days().bands, seen=row.version, by=by, at=NOON),
        lambda: criterion.move(row, "down", by=by, at=NOON),
        lambda: criterion.remove(row, by=by, at=NOON),
    ):
        with pytest.raises(NotOpen):
            act()
        db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE criteria_set SET name = 'x'", "UPDATE criterion SET title = 'x'", "DELETE FROM criterion WHERE number='3'",
     "UPDATE criteria_set SET frozen_at = NULL"],
)  # fmt: skip
def test_a_frozen_set_is_closed_in_the_database(either_app: Flask, statement: str):
    world = build_world()
    make_set(world.blocs["B"], frozen=True)
    with pytest.raises(DBAPIError, match="frozen"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_each_change_of_a_row_is_in_the_history_of_its_set(world: World):
    made, by = found(world), world.accounts["oL"]
    row = add(world, made, "1", part=CriterionPart.BONUS, function=ScoreFunction.BONUS, points_each=Decimal(5))
    values = {"number": "1", "title": "Dòng 1", "part": CriterionPart.BONUS, "function": ScoreFunction.BONUS,
              "points_each": Decimal(10)}  # fmt: skip
    criterion.change(row, values, seen=row.version, by=by, at=NOON)
    db.session.commit()
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.record_id == row.public_id, AuditEntry.action == "update")
        .order_by(AuditEntry.id.desc())
    ).first()
    assert entry is not None
    assert (entry.root_id, entry.before, entry.after) == (
        made.public_id, '{"points_each": "5"}', '{"points_each": "10"}'
    )  # fmt: skip
