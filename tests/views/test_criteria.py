"""Pages of criteria sets: the list, the tree with its checks, rows, bands, editions, copies."""

from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from tests.counting import counted
from tests.criteria_rows import form_of, keep_tree
from tests.criteria_trees import hundred_and_seven
from tests.reporting import Leaf, make_period, make_pledge, make_set
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, ScoreFunction
from tracker.models.criteria import Band, CriteriaSet, Criterion
from tracker.queries import criteria as queries
from tracker.services.recording import acting


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_an_empty_list_says_how_to_begin_and_members_read_no_draft(world: World):
    url = f"/blocs/{world.blocs['B'].public_id}/criteria"
    assert "Khối chưa có bộ tiêu chí nào" in world.browser("oL").get(url).text
    kept = make_set(world.blocs["B"])
    assert kept.name in world.browser("oL").get(url).text
    page = world.browser("oU").get(url).text
    assert kept.name not in page
    assert "Chưa có bộ tiêu chí nào được chốt" in page
    assert world.browser("oU").get(f"/criteria/{kept.public_id}").status_code == 403


def test_the_list_costs_the_same_for_three_and_for_thirty(world: World):
    url = f"/blocs/{world.blocs['B'].public_id}/criteria"

    def cost() -> int:
        with counted() as sent:
            assert world.browser("oL").get(url).status_code == 200
        return len(sent)

    for year in range(2024, 2027):
        make_set(world.blocs["B"], year=year)
    few = cost()
    for year in range(1997, 2024):
        make_set(world.blocs["B"], year=year)
    assert cost() == few


def test_the_tree_costs_the_same_for_three_and_for_thirty_leaves(world: World):
    def cost(count: int, year: int) -> int:
        leaves = [Leaf(f"Tiêu chí {number}") for number in range(count)]
        kept = make_set(world.blocs["B"], year=year, leaves=leaves, frozen=True)
        with counted() as sent:
            assert world.browser("oL").get(f"/criteria/{kept.public_id}").status_code == 200
        return len(sent)

    assert cost(3, 2025) == cost(30, 2024)


def test_the_tree_shows_rules_in_words_totals_and_no_tools_to_readers(world: World):
    kept = keep_tree(world, hundred_and_seven())
    with acting(None, NOON):
        kept.frozen_at = NOON
    db.session.commit()
    page = world.browser("oU").get(f"/criteria/{kept.public_id}")
    assert page.status_code == 200
    assert "từ 95% đến dưới 100% → 1,75" in page.text
    assert "cao nhất có thể đạt 107" in page.text
    assert "chậm 1 đến 2 ngày → 1,5" in page.text
    assert "Thêm dòng" not in page.text
    assert "Lập phiên bản mới" not in page.text


def test_a_set_is_founded_and_grows_row_by_row_until_nothing_stops(world: World):
    browser = world.browser("oL")
    bloc = world.blocs["B"].public_id
    given = {"year": "2026", "name": "Bảng điểm", "declared_total": "2", "rank_by": "points", "places": "2",
             "rounding": "half_up", "decision": ""}  # fmt: skip
    made = browser.post(f"/blocs/{bloc}/criteria/new", given)
    assert made.status_code == 302
    kept = db.session.scalars(select(CriteriaSet)).one()
    assert (kept.declared_total, kept.year, kept.places) == (Decimal(2), 2026, 2)
    page = browser.get(f"/criteria/{kept.public_id}").text
    assert "Bộ tiêu chí chưa có dòng nào: thêm nhóm hoặc tiêu chí đầu tiên." in page
    group = {"number": "I", "title": "Công tác thi đua", "function": "", "part": "main", "maximum": "2", "parent": ""}
    assert browser.post(f"/criteria/{kept.public_id}/rows/new", group).status_code == 302
    inner = db.session.scalars(select(Criterion)).one()
    leaf = {"number": "1", "title": "Vụ việc", "function": "bands", "part": "main", "maximum": "2",
            "parent": inner.public_id, "unit_of_measure": "vụ"}  # fmt: skip
    answer = browser.post(f"/criteria/{kept.public_id}/rows/new", leaf)
    row = db.session.scalars(select(Criterion).where(Criterion.number == "1")).one()
    assert answer.location.endswith(f"/criteria-rows/{row.public_id}/edit")
    form = form_of(row, direction="more", band_basis="percent", unit_of_measure="vụ")
    assert browser.post(f"/criteria-rows/{row.public_id}/edit", form).status_code == 302
    assert "Chưa có bậc điểm nào." in browser.get(f"/criteria/{kept.public_id}").text
    bands = f"/criteria-rows/{row.public_id}/bands"
    typed = {"low_1": "100", "low_end_1": "closed", "high_1": "", "high_end_1": "open", "points_1": "2",
             "low_2": "", "low_end_2": "closed", "high_2": "90", "high_end_2": "open", "points_2": "0"}  # fmt: skip
    gap = browser.post(bands, {**typed, "version": str(row.version)})
    assert gap.status_code == 422
    assert "còn khoảng trống từ 90% đến 100%" in gap.text
    assert 'value="90"' in gap.text
    assert browser.post(bands, {**typed, "high_2": "100", "version": str(row.version)}).status_code == 302
    db.session.refresh(row)
    assert [(band.low, band.high, band.points) for band in row.bands] == [
        (Decimal(100), None, Decimal(2)), (None, Decimal(100), Decimal(0)),
    ]  # fmt: skip
    page = browser.get(f"/criteria/{kept.public_id}").text
    assert "phải sửa" not in page
    assert "100% trở lên → 2; dưới 100% → 0." in page


def test_days_late_are_typed_without_ends(world: World):
    browser = world.browser("oL")
    kept = make_set(world.blocs["B"], leaves=[Leaf("Gửi báo cáo", Decimal(2), None, ScoreFunction.LATENESS, None)])
    row = queries.rows_of(kept)[1]
    url = f"/criteria-rows/{row.public_id}/bands"
    assert "low_end_1" not in browser.get(url).text
    typed = {"low_1": "1", "high_1": "2", "points_1": "1,5", "low_2": "3", "points_2": "0", "version": "1"}
    assert browser.post(url, typed).status_code == 302
    assert "chậm 1 đến 2 ngày → 1,5; chậm từ 3 ngày → 0" in browser.get(f"/criteria/{kept.public_id}").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"low_1": "1", "points_1": ""}, "Hãy ghi điểm của bậc này"),
        ({"low_1": "9", "high_1": "1", "points_1": "1"}, "Đầu dưới lớn hơn đầu trên"),
        ({"low_1": "0.5", "points_1": "1"}, "dùng dấu chấm cho số lẻ"),
        ({}, "Hãy ghi ít nhất một bậc điểm."),
    ],
)
def test_a_band_that_cannot_be_is_refused_and_kept_in_its_box(world: World, typed: dict[str, str], sentence: str):
    kept = make_set(world.blocs["B"], leaves=[Leaf("Gửi báo cáo", Decimal(2), None, ScoreFunction.LATENESS, None)])
    row = queries.rows_of(kept)[1]
    answer = world.browser("oL").post(f"/criteria-rows/{row.public_id}/bands", {**typed, "version": "1"})
    assert answer.status_code == 422
    assert sentence in answer.text
    for text in typed.values():
        assert f'value="{text}"' in answer.text
    assert db.session.query(Band).count() == 0


def test_two_editors_of_a_row_see_both_texts(world: World):
    kept = make_set(world.blocs["B"])
    row = queries.rows_of(kept)[1]
    url = f"/criteria-rows/{row.public_id}/edit"
    first = form_of(row, title="Tham mưu kịp thời", direction="more")
    second = form_of(row, title="Phối hợp chặt chẽ", direction="more")
    assert world.browser("oL").post(url, first).status_code == 302
    late = world.browser("bd").post(url, second)
    assert late.status_code == 409
    assert "Tham mưu kịp thời" in late.text
    assert "Phối hợp chặt chẽ" in late.text


def test_rows_move_and_are_removed_on_a_page_of_its_own(world: World):
    kept = make_set(world.blocs["B"])
    rows = queries.rows_of(kept)
    browser = world.browser("oL")
    assert browser.post(f"/criteria-rows/{rows[1].public_id}/move/down").status_code == 302
    assert [row.number for row in queries.rows_of(kept)] == ["I", "2", "1", "3"]
    url = f"/criteria-rows/{rows[0].public_id}/remove"
    assert "Xóa cả 3 dòng bên trong." in browser.get(url).text
    assert len(queries.rows_of(kept)) == 4
    assert browser.post(url, {"version": str(rows[0].version)}).status_code == 302
    assert list(queries.rows_of(kept)) == []


def test_a_row_offers_only_groups_and_never_itself(world: World):
    kept = keep_tree(world, hundred_and_seven())
    group = queries.rows_of(kept)[0]
    page = world.browser("oL").get(f"/criteria-rows/{group.public_id}/edit").text
    others = [row for row in queries.rows_of(kept) if row.function is None and row.id != group.id]
    assert [f'<option value="{row.public_id}">' in page for row in others] == [True, True]
    assert f'<option value="{group.public_id}">' not in page
    assert 'name="function"' not in page


def test_a_leaf_names_the_row_of_the_pledge_that_it_measures(world: World):
    pledge = make_pledge(world.blocs["B"])
    kept = make_set(world.blocs["B"])
    row = queries.rows_of(kept)[1]
    form = form_of(row, direction="more", pledge_lineage=pledge.rows[0].lineage)
    assert world.browser("oL").post(f"/criteria-rows/{row.public_id}/edit", form).status_code == 302
    db.session.refresh(row)
    assert row.pledge_lineage == pledge.rows[0].lineage


def test_a_frozen_set_is_changed_as_a_new_edition_that_says_what_it_touches(world: World):
    kept = make_set(world.blocs["B"])
    period = make_period(world, criteria_set=kept)
    with acting(None, NOON):
        period.submissions[0].entries[0].actual = Decimal(3)
    db.session.commit()
    browser = world.browser("oL")
    row = queries.rows_of(kept)[1]
    refused = browser.post(f"/criteria-rows/{row.public_id}/edit", form_of(row, direction="more", title="Khác"))
    assert refused.status_code == 409
    assert "lập phiên bản mới" in refused.text
    url = f"/criteria/{kept.public_id}/change"
    assert "6 báo cáo, trong đó 1 báo cáo đã có số liệu" in browser.get(url).text
    assert browser.post(url, {"reason": " ", "version": "1"}).status_code == 422
    assert browser.post(url, {"reason": "Sửa điểm tối đa", "version": "1"}).status_code == 302
    later = db.session.scalars(select(CriteriaSet).where(CriteriaSet.edition == 2)).one()
    rows = queries.rows_of(later)
    for each, maximum in ((rows[1], "12"), (rows[0], "32")):
        change = form_of(each, maximum=maximum, direction="more")
        assert browser.post(f"/criteria-rows/{each.public_id}/edit", change).status_code == 302
    apply = f"/criteria/{later.public_id}/apply/{period.public_id}"
    page = browser.get(apply).text
    assert "Dòng I › 1, điểm tối đa: từ “10” thành “12”" in page
    assert browser.post(apply, {"version": str(later.version)}).status_code == 302
    db.session.refresh(period)
    assert period.criteria_set_id == later.id
    assert browser.get(apply).status_code == 404
    assert "Lý do lập phiên bản: Sửa điểm tối đa" in world.browser("oU").get(f"/criteria/{later.public_id}").text


def test_a_set_is_copied_from_another_bloc_only_by_who_sees_it(world: World):
    theirs = make_set(world.blocs["C"], frozen=True)
    url = f"/blocs/{world.blocs['B'].public_id}/criteria/copy"
    form = {"source": theirs.public_id, "year": "2026"}
    refused = world.browser("oL").post(url, form)
    assert refused.status_code == 422
    assert theirs.name not in refused.text
    assert world.browser("bd").post(url, form).status_code == 302
    made = db.session.scalars(select(CriteriaSet).where(CriteriaSet.bloc_id == world.blocs["B"].id)).one()
    assert len(queries.rows_of(made)) == 4


def test_the_history_leaves_out_rows_that_only_made_room(world: World):
    kept = make_set(world.blocs["B"])
    browser = world.browser("oL")
    rows = queries.rows_of(kept)
    browser.post(f"/criteria-rows/{rows[1].public_id}/move/down")
    change = form_of(rows[2], title="Nội dung mới", direction="more")
    assert browser.post(f"/criteria-rows/{rows[2].public_id}/edit", change).status_code == 302
    page = browser.get(f"/criteria/{kept.public_id}/history").text
    assert "Nội dung mới" in page
    assert "<td>Thứ tự" not in page
    assert page.count("Sửa: Tiêu chí") == 1


def test_the_general_part_is_edited_and_an_unused_set_removed(world: World):
    kept = keep_tree(world, hundred_and_seven())
    browser = world.browser("oL")
    given = {"name": "Tên khác", "declared_total": "97,5", "rank_by": "share", "places": "3", "rounding": "down",
             "decision": "Quy chế 05", "version": str(kept.version)}  # fmt: skip
    assert browser.post(f"/criteria/{kept.public_id}/edit", given).status_code == 302
    db.session.refresh(kept)
    assert (kept.name, kept.declared_total, kept.rank_by.value, kept.places) == (
        "Tên khác", Decimal("97.5"), "share", 3
    )  # fmt: skip
    page = browser.get(f"/criteria/{kept.public_id}").text
    assert "Các mục lớn cộng lại được 97, tổng điểm công bố là 97,5: thiếu 0,5." in page
    url = f"/criteria/{kept.public_id}/remove"
    assert "cùng 14 dòng bên trong" in browser.get(url).text
    assert browser.post(url, {"version": str(kept.version)}).status_code == 302
    assert db.session.query(CriteriaSet).count() == 0


def test_the_parts_outside_the_maximum_are_marked(world: World):
    kept = keep_tree(world, hundred_and_seven())
    page = world.browser("oL").get(f"/criteria/{kept.public_id}").text
    assert page.count(CriterionPart.BONUS.label) >= 2
    assert "Mỗi lần trừ 0,5 điểm vào tổng điểm." in page
    assert (Direction.MORE.label, BandBasis.PERCENT.label) == ("Càng nhiều càng tốt", "Theo % so với chỉ tiêu")
