"""Tie-breakers, classes and shares of a criteria set: written while it is open, copied with it, frozen with it."""

from decimal import Decimal as D

import pytest
import time_machine

from tests.reporting import make_period, make_set
from tests.services.test_ranking import scored
from tests.services.test_scoring import AFTER, period
from tests.views.test_ranking import browser, words
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria import CriterionPart, RankBasis, ScoreFunction
from tracker.domain.ranking import TieRule
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.queries import criteria as sets
from tracker.queries import criteria_ranking as queries
from tracker.queries import ranking as rankings
from tracker.services import criteria, criteria_ranking, criterion
from tracker.services.criteria_ranking import ClassGiven, HintGiven, TieGiven
from tracker.services.recording import acting

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def group_of(made: CriteriaSet):
    return queries.groups_of(made)[0]


def write(made: CriteriaSet, world: World, **more):
    given = {
        "ties": [TieGiven(TieRule.GROUP_POINTS, group_of(made)), TieGiven(TieRule.FEWER_DAYS_LATE)],
        "classes": [ClassGiven("Xuất sắc", D(27), D("0.85"), {group_of(made): D("0.9")}), ClassGiven("Tốt", D(20))],
        "hints": [HintGiven("Cờ thi đua", D(20), "Quy chế của khối")],
        "seen": made.version,
        **more,
    }
    criteria_ranking.set_rules(made, **given, by=world.accounts["oL"], at=NOON)
    db.session.commit()


def read(made: CriteriaSet):
    rules = queries.rules_of(made)
    return (
        [(tie.rule, tie.criterion.number if tie.criterion else None) for tie in rules.ties],
        [(band.name, band.least, band.leaf_floor, [(each.criterion.number, each.floor) for each in band.floors])
         for band in rules.classes],
        [(hint.award, hint.percent, hint.source) for hint in rules.hints],
    )  # fmt: skip


WRITTEN = (
    [(TieRule.GROUP_POINTS, "I"), (TieRule.FEWER_DAYS_LATE, None)],
    [("Xuất sắc", D(27), D("0.85"), [("I", D("0.9"))]), ("Tốt", D(20), None, [])],
    [("Cờ thi đua", D(20), "Quy chế của khối")],
)


def test_what_is_typed_is_kept_and_shown(world):
    made = make_set(world.blocs["B"])
    group = group_of(made).public_id
    at = world.browser("oL")
    form = {
        "version": made.version, "tie_1": f"group_points:{group}", "tie_2": "", "tie_3": "fewer_days_late",
        "name_1": "Xuất sắc", "least_1": "27", "leaf_1": "85", f"floor_1_{group}": "90", "name_2": "Tốt",
        "least_2": "20", "award_1": "Cờ thi đua", "percent_1": "20", "source_1": "Quy chế của khối",
    }  # fmt: skip
    answered = at.post(f"/criteria/{made.public_id}/ranking", form)
    assert answered.status_code == 302, words(answered)
    db.session.expire_all()
    assert read(made) == WRITTEN
    shown = words(at.get(f"/criteria/{made.public_id}"))
    assert "Điểm nhóm I cao hơn" in shown
    assert "Xuất sắc: từ 27 điểm; mỗi tiêu chí ít nhất 85%; nhóm I ít nhất 90%" in shown
    assert "Cờ thi đua: không quá 20% (Quy chế của khối)" in shown
    page = at.get(f"/criteria/{made.public_id}/ranking").get_data(as_text=True)
    assert 'value="85"' in page and 'value="90"' in page and 'value="27"' in page
    assert at.post(f"/criteria/{made.public_id}/ranking", form).status_code == 409


def test_a_share_is_typed_in_per_cent(world):
    made = make_set(world.blocs["B"], rank_by=RankBasis.SHARE)
    at = world.browser("oL")
    form = {"version": made.version, "name_1": "Xuất sắc", "least_1": "92,5"}
    assert at.post(f"/criteria/{made.public_id}/ranking", form).status_code == 302
    db.session.expire_all()
    assert queries.rules_of(made).classes[0].least == D("0.925")
    assert "Xuất sắc: từ 92,5%" in words(at.get(f"/criteria/{made.public_id}"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name_1": "Xuất sắc"}, "Hãy ghi mức này bắt đầu từ bao nhiêu."),
        ({"least_1": "90"}, "Hãy ghi tên mức xếp loại."),
        ({"name_1": "A", "least_1": "20", "name_2": "B", "least_2": "25"}, "ghi từ cao xuống thấp"),
        ({"name_1": "A", "least_1": "20", "leaf_1": "101"}, "lớn hơn 100"),
        ({"name_1": "A", "least_1": "-1"}, "nhỏ hơn 0"),
        ({"name_1": "A", "least_1": "NaN"}, "NaN"),
        ({"name_1": "A", "least_1": "25", "name_2": "a", "least_2": "20"}, "ghi hai lần"),
        ({"tie_1": "less_penalty", "tie_2": "less_penalty"}, "ghi hai lần"),
        ({"tie_1": "alphabet"}, "Hãy chọn một mục trong danh sách."),
        ({"award_1": "Cờ", "percent_1": "20"}, "Hãy ghi văn bản quy định tỷ lệ này."),
        ({"award_1": "Cờ", "percent_1": "0", "source_1": "Quy chế"}, "lớn hơn 0%"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_way_out(world, typed, said):
    made = make_set(world.blocs["B"])
    answered = world.browser("oL").post(f"/criteria/{made.public_id}/ranking", {"version": made.version, **typed})
    assert answered.status_code == 422
    assert said in answered.get_data(as_text=True)
    assert queries.rules_of(made).empty


def test_members_do_not_write_the_rules(world):
    made = make_set(world.blocs["B"])
    assert world.browser("oU").get(f"/criteria/{made.public_id}/ranking").status_code == 403


def test_the_same_rules_again_change_nothing(world):
    made = make_set(world.blocs["B"])
    write(made, world)
    entries = db.session.query(AuditEntry).count()
    version = made.version
    write(made, world)
    assert (made.version, db.session.query(AuditEntry).count()) == (version, entries)


def test_a_second_editor_is_told(world):
    made = make_set(world.blocs["B"])
    seen = made.version
    write(made, world)
    with pytest.raises(Conflict):
        write(made, world, ties=[], seen=seen)
    assert read(made) == WRITTEN


def test_rules_go_with_copies_and_new_editions_and_freeze(world):
    made = make_set(world.blocs["B"])
    write(made, world)
    by = world.accounts["oL"]
    twin = criteria.copy(made, bloc=world.blocs["B"], year=2027, by=by, at=NOON)
    db.session.commit()
    assert read(twin) == WRITTEN
    assert queries.rules_of(twin).ties[0].criterion.criteria_set_id == twin.id
    with acting(None, NOON):
        made.frozen_at = NOON
        db.session.commit()
    with pytest.raises(NotOpen):
        write(made, world, ties=[])
    edition = criteria.new_edition(made, reason="Thêm mức Khá", by=by, at=NOON)
    db.session.commit()
    assert read(edition) == WRITTEN == read(made)


def test_a_group_that_a_rule_names_stays_a_group(world):
    made = make_set(world.blocs["B"])
    write(made, world)
    with pytest.raises(RuleBroken, match="Nhóm I đang dùng"):
        criterion.remove(group_of(made), by=world.accounts["oL"], at=NOON)
    assert len(sets.rows_of(made)) == 4


def test_the_basis_does_not_change_under_written_classes(world):
    made = make_set(world.blocs["B"])
    write(made, world)
    values = {"name": made.name, "rank_by": RankBasis.SHARE, "places": 2}
    with pytest.raises(RuleBroken, match="Các mức xếp loại đang ghi theo"):
        criteria.change(made, values=values, seen=made.version, by=world.accounts["oL"], at=NOON)


def test_an_unused_set_goes_with_its_rules(world):
    made = make_set(world.blocs["B"])
    write(made, world)
    criteria.remove(made, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert db.session.query(CriteriaSet).count() == 0


def test_the_order_follows_the_rules_of_its_set(world):
    made = make_set(world.blocs["B"])
    write(made, world, classes=[ClassGiven("Đạt", D(0))], hints=[HintGiven("Cờ thi đua", D(34), "Quy chế")])
    scored = make_period(world, criteria_set=made, scored=True)
    with time_machine.travel(AFTER, tick=False):
        shown = words(browser(world, "oL").get(f"/periods/{scored.public_id}/ranking"))
    assert rankings.collect(scored).tie_rule in shown
    assert "xét lần lượt: điểm nhóm I cao hơn, rồi ít ngày gửi chậm hơn; vẫn bằng thì đồng hạng." in shown
    assert "nhiều nhất 2 trong 6 đơn vị (Quy chế)" in shown and "Đạt" in shown


def test_a_group_of_bonus_only_is_not_offered(world):
    made = make_set(world.blocs["B"])
    with acting(None, NOON):
        group = Criterion(criteria_set=made, number="II", title="Điểm thưởng", position=8)
        leaf = Criterion(
            criteria_set=made, parent=group, number="9", title="Cờ", position=9, part=CriterionPart.BONUS,
            function=ScoreFunction.BONUS,
        )  # fmt: skip
        empty = Criterion(criteria_set=made, number="III", title="Chưa ghi", position=10)
        db.session.add_all([group, leaf, empty])
        db.session.commit()
    assert [row.number for row in queries.groups_of(made)] == ["I", "III"]


def test_the_rules_of_a_frozen_set_are_read_without_a_button_to_save(world):
    made = make_set(world.blocs["B"])
    path = f"/criteria/{made.public_id}/ranking"
    assert "Lưu quy định xếp hạng" in words(world.browser("oL").get(path))
    with acting(None, NOON):
        made.frozen_at = NOON
    db.session.commit()
    text = words(world.browser("oL").get(path))
    assert "Bộ tiêu chí đã chốt nên các quy định này không đổi được nữa" in text
    assert "Lưu quy định xếp hạng" not in text
