"""What stands on the pages of scoring where a figure, a sign, a report or another scorer is missing or is not ours."""

from decimal import Decimal as D

import pytest

from tests.reporting import Leaf, make_period, make_set, send_and_lock
from tests.services.test_ranking import publish, scored
from tests.services.test_scoring import AFTER, give, line, of, period
from tests.views.test_ranking import after_lock, browser, live, words
from tests.views.test_scoring_stages import desk, row, shared, units
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria import CriterionPart, ScoreFunction
from tracker.domain.scores import ScoreStage, Standing
from tracker.models.period import ReportingPeriod
from tracker.services import explanation, scoring
from tracker.services.recording import acting

__all__ = ["after_lock", "period", "scored"]

MANUAL, EACH = ScoreFunction.MANUAL, ScoreFunction.PER_OCCURRENCE
#: A count with a measure and one without, a figure with a measure, a line by hand, lateness, a penalty.
LEAVES = (
    Leaf("Hoạt động chung", D(10), "hoạt động", MANUAL),
    Leaf("Bài viết", D(10), None, MANUAL),
    Leaf("Mô hình hay", D(10), "mô hình", ScoreFunction.BEST_SHARE),
    Leaf("Phong trào", D(10), None, MANUAL),
    Leaf("Gửi báo cáo đúng hạn", D(2), None, ScoreFunction.LATENESS),
    Leaf("Bị kỷ luật", None, "lần", MANUAL),
)


@pytest.fixture
def mixed(world: World) -> ReportingPeriod:
    """U reported 4, 3 and 5; V never sent. Data are locked."""
    used = make_set(world.blocs["B"], leaves=LEAVES)
    leaves = [each for each in used.criteria if each.function is not None]
    with acting(None, NOON):
        for leaf in leaves[:2]:
            leaf.function, leaf.points_each = EACH, D("2.5")
        leaves[5].function, leaves[5].points_each, leaves[5].part = ScoreFunction.PENALTY, D(2), CriterionPart.PENALTY
    db.session.commit()
    made = make_period(world, criteria_set=used, scored=True)
    with acting(None, NOON):
        for submission in made.submissions:
            if submission.unit is world.units["V"]:
                continue
            entries = submission.entries
            entries[0].count, entries[1].count, entries[2].actual, entries[5].count = 4, 3, D(5), 1
    send_and_lock(made, without="Đơn vị V")
    scoring.recompute(made, by=None, at=AFTER)
    db.session.commit()
    return made


def own(period: ReportingPeriod, world: World, letter: str) -> str:
    return f"/submissions/{of(period, world, letter).public_id}/own-points"


def test_a_result_keeps_the_measure_of_its_criterion(mixed, world):
    whole = words(browser(world, "oL").get(desk(mixed, world, "U")))
    assert "4 hoạt động" in whole and "3 lần" in whole and "5 mô hình" in whole
    assert "4 hoạt động" in words(browser(world, "oU").get(own(mixed, world, "U")))
    entry = line(mixed, world, "U", 0)
    assert "4 hoạt động" in words(browser(world, "oL").get(f"/entries/{entry.public_id}/scoring"))
    across = f"{units(mixed)}/criteria/{line(mixed, world, 'U', 2).criterion.public_id}"
    assert "5 mô hình" in words(browser(world, "oL").get(across))


def test_a_line_that_asks_for_no_figure_lacks_none(mixed, world):
    entry = line(mixed, world, "U", 3)
    whole = words(browser(world, "oL").get(desk(mixed, world, "U")))
    assert "chấm tay" in whole and "chưa có số liệu" not in whole
    assert "Kết quả chấm tay" in words(browser(world, "oL").get(f"/entries/{entry.public_id}/scoring"))
    assert "chấm tay" in words(browser(world, "oU").get(own(mixed, world, "U")))


def test_the_desk_of_a_unit_that_never_sent_says_so_and_what_to_do(mixed, world):
    key = of(mixed, world, "V").public_id
    page = browser(world, "oL").get(desk(mixed, world, "V"))
    assert "Đơn vị V chưa gửi báo cáo và số liệu đã khóa" in words(page)
    assert "Hãy cho điểm từng dòng kèm lý do, hoặc ghi đơn vị không xếp hạng" in words(page)
    assert f'href="/submissions/{key}/set-apart"' in page.text
    assert "chưa gửi" in words(page).partition("Gửi báo cáo đúng hạn")[2].partition("Bị kỷ luật")[0]
    assert "chưa gửi báo cáo" not in words(browser(world, "oL").get(desk(mixed, world, "U")))
    explanation.set_apart(
        of(mixed, world, "V"), standing=Standing.WITHDRAWN, reason="Sáp nhập.", by=world.accounts["oL"], at=AFTER
    )
    db.session.commit()
    page = browser(world, "oL").get(desk(mixed, world, "V"))
    assert "Đơn vị đã được ghi không xếp hạng" in words(page) and "/set-apart" not in page.text


def test_a_unit_that_never_sent_reads_what_that_means_for_its_points(mixed, world):
    assert "chưa gửi báo cáo trước khi khóa số liệu" in words(browser(world, "oV").get(own(mixed, world, "V")))
    assert "trước khi khóa số liệu" not in words(browser(world, "oU").get(own(mixed, world, "U")))


def test_a_sum_of_nothing_is_blank_and_not_zero(mixed, world):
    assert "0,00" not in words(browser(world, "oV").get(own(mixed, world, "V"))).split()
    assert "0,00" not in words(browser(world, "oL").get(desk(mixed, world, "V"))).split()


def test_a_sum_below_zero_has_the_sign_of_a_difference(world):
    """A group that holds nothing but a penalty."""
    used = make_set(world.blocs["B"], leaves=[Leaf("Bị kỷ luật", None, "lần", MANUAL)])
    with acting(None, NOON):
        leaf = used.criteria[-1]
        leaf.function, leaf.points_each, leaf.part = ScoreFunction.PENALTY, D(2), CriterionPart.PENALTY
    db.session.commit()
    made = make_period(world, criteria_set=used, scored=True)
    with acting(None, NOON):
        for submission in made.submissions:
            submission.entries[0].count = 1
    send_and_lock(made)
    scoring.recompute(made, by=None, at=AFTER)
    scoring.accept_proposed(of(made, world, "U"), ScoreStage.BLOC, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    for page in (browser(world, "oL").get(desk(made, world, "U")), browser(world, "oU").get(own(made, world, "U"))):
        assert "−2,00" in words(page) and "-2,00" not in words(page)


def list_of(read: str) -> str:
    """The table alone: the frame names the reader's unit too."""
    return read.partition("Dòng đã duyệt")[2]


def test_a_unit_that_others_score_shows_whether_they_are_done(scored, world):
    path = units(scored)
    assert "đơn vị khác chấm: chưa xong" in row(list_of(words(browser(world, "oL").get(path))), "Đơn vị L")
    scoring.finish(of(scored, world, "L"), ScoreStage.BLOC, by=world.accounts["oD"], at=AFTER)
    db.session.commit()
    assert "đơn vị khác chấm: xong" in row(list_of(words(browser(world, "oL").get(path))), "Đơn vị L")


def legend(period: ReportingPeriod, world: World, persona: str, letter: str) -> str:
    read = words(browser(world, persona).get(desk(period, world, letter)))
    return read.partition("Trên các thẻ: ")[2].partition(" Thử đổi điểm")[0]


def test_the_legend_names_the_states_that_stand_on_the_strip_and_no_other(scored, world):
    assert legend(scored, world, "oL", "U") == "đang chấm ."
    shared(scored, world)
    assert legend(scored, world, "oL", "U") == "có giải trình ; xong lần một ; đơn vị khác chấm: xong ."
    assert legend(scored, world, "bd", "U") == "chờ duyệt ."


def test_the_second_look_shows_the_first_and_its_reason_before_its_own(scored, world):
    shared(scored, world)
    read = words(browser(world, "oL").get(desk(scored, world, "U")))
    assert "Tự chấm Khối chấm Lần hai Lệch Lý do Được duyệt Tài liệu" in read
    assert "lần một: Theo hồ sơ" in read
    across = f"{units(scored)}/criteria/{line(scored, world, 'U', 1).criterion.public_id}"
    read = words(browser(world, "oL").get(across))
    assert "Khối chấm Lần hai Lệch" in read and "lần một: Theo hồ sơ" in read
    read = words(browser(world, "bd").get(desk(scored, world, "U")))
    assert "Tự chấm Khối chấm Lần hai Được duyệt Lệch Lý do Tài liệu" in read and "lần một: Theo hồ sơ" in read


def test_what_if_starts_from_what_the_unit_proposed(mixed, world):
    entry, key = line(mixed, world, "U", 2), of(mixed, world, "U").public_id
    page = browser(world, "oL").get(f"{units(mixed)}/what-if?unit={key}")
    assert "chưa chấm tự chấm 10,00" in words(page)
    assert f'name="{entry.public_id}" value="10,00"' in page.text
    assert "Thứ hạng nếu ghi như vậy" not in page.text
    give(entry, "8", world.accounts["oL"], reason="Trùng một mô hình")
    db.session.commit()
    page = browser(world, "oL").get(f"{units(mixed)}/what-if?unit={key}")
    assert f'name="{entry.public_id}" value="8,00"' in page.text


def test_the_desk_counts_lines_as_the_list_of_units_does(mixed, world):
    for place in (0, 5):
        give(line(mixed, world, "U", place), "2", world.accounts["oL"], reason="Theo hồ sơ")
    db.session.commit()
    assert "đang chấm 1/5 dòng" in row(words(browser(world, "oL").get(units(mixed))), "Đơn vị U")
    read = words(browser(world, "oL").get(desk(mixed, world, "U")))
    assert "Đã chấm 1 trên 5 dòng" in read and "4 Chưa chấm" in read


def test_a_saved_line_moves_the_strip_and_its_legend(scored, world):
    entry = line(scored, world, "U", 1)
    sent = {"points": "", "reason": "", "stage": "bloc", "version": "1"}
    answer = browser(world, "oL").post(f"/entries/{entry.public_id}/bloc-points", sent)
    assert answer.json["strip"] == ["draft", "neutral", "đang chấm 2/3 dòng"]
    assert answer.json["legend"] == [["draft", "đang chấm"]]


def test_the_live_order_marks_no_row_where_the_readers_unit_is_left_out(scored, world):
    assert "Dòng tô nền" not in words(browser(world, "oL").get(live(scored)))
    explanation.share(scored, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    assert "Dòng tô nền là đơn vị của bạn" in words(browser(world, "oL").get(live(scored)))


def test_the_rule_of_equal_points_is_not_said_twice(scored, world):
    edition = publish(scored, world)
    read = words(browser(world, "oU").get(f"/rankings/{edition.public_id}"))
    assert "Khi bằng điểm Đồng hạng." in read and "Bằng điểm thì" not in read
