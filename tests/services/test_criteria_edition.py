"""Copies of criteria sets; a frozen one changed as a new edition and put in force without losing a figure."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.reporting import make_period, make_set, submission_of
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.reporting import PeriodState
from tracker.errors import NotOpen, ReasonMissing, RuleBroken
from tracker.models.criteria import CriteriaSet
from tracker.models.notice import Notice
from tracker.models.submission import Entry
from tracker.queries import criteria as queries
from tracker.services import criteria, criteria_use, criterion
from tracker.services.recording import acting


def numbers(made: CriteriaSet) -> list[str]:
    return [placed.full_number for placed in queries.tree(made).walk()]


def test_a_copy_for_another_year_keeps_lineages_and_leaves_exemptions_behind(world: World):
    made = make_set(world.blocs["B"], frozen=True)
    twin = criteria.copy(made, bloc=world.blocs["B"], year=2027, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert (twin.name, twin.year, twin.edition, twin.frozen_at) == ("Bảng điểm năm 2027", 2027, 1, None)
    old, new = queries.rows_of(made), queries.rows_of(twin)
    assert [row.lineage for row in old] == [row.lineage for row in new]
    assert {row.public_id for row in old}.isdisjoint(row.public_id for row in new)
    assert numbers(twin) == numbers(made) == ["I", "I › 1", "I › 2", "I › 3"]
    with pytest.raises(RuleBroken) as broken:
        criteria.copy(made, bloc=world.blocs["B"], year=2027, by=world.accounts["oL"], at=NOON)
    assert broken.value.field == "year"


def test_a_copy_for_another_bloc_lets_go_of_its_pledge(world: World):
    made = make_set(world.blocs["B"])
    with acting(None, NOON):
        queries.rows_of(made)[1].pledge_lineage = "abcdefghjkmn"
    db.session.commit()
    other = criteria.copy(made, bloc=world.blocs["C"], year=2026, by=world.accounts["bd"], at=NOON)
    same = criteria.copy(made, bloc=world.blocs["B"], year=2028, by=world.accounts["bd"], at=NOON)
    assert queries.rows_of(other)[1].pledge_lineage is None
    assert queries.rows_of(same)[1].pledge_lineage == "abcdefghjkmn"


def test_a_new_edition_needs_a_frozen_set_and_a_reason(world: World):
    made, by = make_set(world.blocs["B"]), world.accounts["oL"]
    with pytest.raises(NotOpen):
        criteria.new_edition(made, reason="Bậc sai", by=by, at=NOON)
    make_period(world, criteria_set=made)
    with pytest.raises(ReasonMissing):
        criteria.new_edition(made, reason="  ", by=by, at=NOON)
    later = criteria.new_edition(made, reason="Bậc sai", by=by, at=NOON)
    db.session.commit()
    assert (later.edition, later.replaces_id, later.change_reason, later.frozen_at) == (2, made.id, "Bậc sai", None)
    with pytest.raises(NotOpen, match="phiên bản 2"):
        criteria.new_edition(made, reason="Lần nữa", by=by, at=NOON)


def test_an_edition_put_in_force_keeps_every_figure_and_drops_only_blank_lines(world: World):
    made, by = make_set(world.blocs["B"]), world.accounts["oL"]
    period = make_period(world, criteria_set=made)
    own = submission_of(period, world, "U")
    first, second, third = own.entries
    with acting(None, NOON):
        first.actual, second.note = Decimal(43), "đang rà soát"
    db.session.commit()
    later = criteria.new_edition(made, reason="Bỏ hai tiêu chí, thêm một", by=by, at=NOON)
    rows = queries.rows_of(later)
    criterion.remove(rows[3], by=by, at=NOON)
    criterion.remove(rows[2], by=by, at=NOON)
    values = {"number": "9", "title": "Mới", "function": ScoreFunction.MANUAL, "maximum": Decimal(20)}
    criterion.add(later, values, parent=rows[0], by=by, at=NOON)
    db.session.commit()
    gone = third.id
    assert criteria_use.put_in_force(later, period, by=by, at=NOON) == 6
    db.session.commit()
    db.session.expire_all()
    assert db.session.get(Entry, gone) is None
    assert first.actual == Decimal(43)
    assert [(entry.criterion.title, entry.criterion.criteria_set_id, entry.assigned) for entry in own.entries] == [
        ("Văn bản tham mưu đúng hạn", later.id, True),
        ("Mới", later.id, True),
        ("Tỷ lệ giải ngân vốn đầu tư công", made.id, False),
    ]
    assert [len(each.entries) for each in period.submissions] == [3, 2, 2, 2, 2, 2]
    assert later.frozen_at == NOON
    assert period.criteria_set_id == later.id
    told = db.session.scalars(select(Notice.text)).all()
    assert "Lý do: Bỏ hai tiêu chí, thêm một" in told[0]


def test_an_edition_with_faults_or_for_a_locked_period_is_not_put_in_force(world: World):
    made, by = make_set(world.blocs["B"]), world.accounts["oL"]
    period = make_period(world, criteria_set=made)
    later = criteria.new_edition(made, reason="Sửa", by=by, at=NOON)
    group = queries.rows_of(later)[0]
    values = {"number": "I", "title": "A", "maximum": Decimal(31)}
    criterion.change(group, values, seen=group.version, by=by, at=NOON)
    db.session.commit()
    with pytest.raises(RuleBroken, match="còn 1 lỗi phải sửa"):
        criteria_use.put_in_force(later, period, by=by, at=NOON)
    db.session.rollback()
    with acting(None, NOON):
        period.state, period.locked_at = PeriodState.REVIEWING, NOON
    db.session.commit()
    with pytest.raises(NotOpen, match="Đã khóa số liệu"):
        criteria_use.put_in_force(later, period, by=by, at=NOON)
