"""The scoring desk: what is saved, by whom, what is refused, and that nothing typed is lost."""

import re
from decimal import Decimal as D

import pytest
import time_machine
from sqlalchemy import select

from tests.reporting import SCORES_CLOSE_AT, make_period, make_set, submission_of
from tests.views.scoring_desk import AFTER, LEAVES, desk, lock, signed_in
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.scores import ScoreStage
from tracker.domain.submissions import SubmissionStep
from tracker.forms.scoring import mark
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score, ScoringTaken
from tracker.models.submission import Entry, ReturnedPlace, SubmissionTaken
from tracker.services import explanation, scoring
from tracker.services.recording import acting


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    made = make_period(world, criteria_set=make_set(world.blocs["B"], leaves=LEAVES), scored=True)
    lock(made)
    scoring.recompute(made, by=None, at=AFTER)
    db.session.commit()
    return made


def line(period: ReportingPeriod, world: World, letter: str, place: int) -> Entry:
    return submission_of(period, world, letter).entries[place]


def points(entry: Entry, stage: ScoreStage = ScoreStage.BLOC) -> D | None:
    db.session.expire_all()
    return db.session.scalar(select(Score.points).where(Score.entry_id == entry.id, Score.stage == stage))


def typed(entry: Entry, value: str, reason: str = "", version: int = 0, was: str | None = None) -> dict[str, str]:
    """What the desk posts of one line."""
    key = entry.public_id
    return {f"{key}-points": value, f"{key}-reason": reason, f"{key}-version": str(version),
            f"{key}-was": was or mark("", "")}  # fmt: skip


def save(world: World, persona: str, entry: Entry, value: str, reason: str = "", version: int = 0, stage: str = "bloc",
         door: str = "bloc-points"):  # fmt: skip
    return signed_in(world, persona).post(
        f"/entries/{entry.public_id}/{door}",
        {"points": value, "reason": reason, "version": str(version), "stage": stage},
    )


def test_the_desk_shows_results_own_points_and_what_is_left(period, world):
    page = signed_in(world, "oL").get(desk(period, world))
    assert page.status_code == 200
    text = page.text
    assert "Chấm điểm: Đơn vị U" in text
    assert "Tỷ lệ giải ngân" in text
    assert "9,50" in text
    assert "Đã chấm 0 trên 3 dòng" in text
    assert "1 dòng thiếu minh chứng" in text
    assert f'href="{desk(period, world, "V")}"' in text


def test_the_whole_form_saves_without_script_and_one_fault_stops_only_itself(period, world):
    first, second = line(period, world, "U", 0), line(period, world, "U", 1)
    form = {**typed(first, "9,5"), **typed(second, "21", "Theo hồ sơ")}
    page = signed_in(world, "oL").post(desk(period, world), form)
    assert page.status_code == 422
    assert "vượt điểm tối đa 20" in page.text
    assert f'name="{second.public_id}-points" value="21"' in page.text
    assert points(first) == D("9.5")
    assert points(second) is None


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("20,01", "vượt điểm tối đa 20"),
        ("-1", "thấp hơn mức thấp nhất 0"),
        ("9.5", "hãy ghi 9,5"),
        ("NaN", "không đọc được là số"),
        ("1e3", "không đọc được là số"),
        ("0,555", "có hơn 2 chữ số lẻ"),
        ("1,286", "hãy ghi 1.286"),
    ],
)
def test_points_that_cannot_stand_are_said_in_the_line(period, world, value, sentence):
    entry = line(period, world, "U", 1)
    page = signed_in(world, "oL").post(desk(period, world), typed(entry, value, "Theo hồ sơ"))
    assert page.status_code == 422
    assert sentence in page.text
    answer = save(world, "oL", entry, value, "Theo hồ sơ")
    assert answer.status_code == 422
    assert sentence in answer.json["errors"]["points"]
    assert points(entry) is None


def test_blank_stays_blank_and_can_be_blank_again(period, world):
    entry = line(period, world, "U", 1)
    assert save(world, "oL", entry, "").status_code == 200
    assert points(entry) is None
    assert save(world, "oL", entry, "0", "Không có hồ sơ").json["points"] == "0,00"
    assert points(entry) == D(0)
    assert save(world, "oL", entry, "", version=1).status_code == 200
    assert points(entry) is None


def test_what_the_page_showed_and_nobody_touched_is_not_written(period, world):
    entry = line(period, world, "U", 0)
    signed_in(world, "oL").post(desk(period, world), typed(entry, "9,50", was=mark("9,50", "")))
    assert points(entry) is None


def test_a_difference_without_its_reason_is_asked_for(period, world):
    entry = line(period, world, "U", 0)
    answer = save(world, "oL", entry, "9")
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.json["errors"]["reason"]
    answer = save(world, "oL", entry, "9", "Tính trùng một dự án")
    assert (answer.status_code, answer.json["difference"], answer.json["differs"]) == (200, "−0,50", True)


def test_two_scorers_at_once_see_both_points(period, world):
    entry = line(period, world, "U", 1)
    assert save(world, "oL", entry, "15", "Theo hồ sơ").status_code == 200
    answer = save(world, "oD", entry, "16", "Theo biên bản")
    assert answer.status_code == 409
    assert (answer.json["saved"]["points"], answer.json["saved"]["reason"]) == ("15,00", "Theo hồ sơ")
    page = signed_in(world, "oD").post(desk(period, world), typed(entry, "16", "Theo biên bản"))
    assert page.status_code == 409
    assert "đã ghi 15,00 lúc" in page.text
    assert f'name="{entry.public_id}-points" value="16"' in page.text
    assert points(entry) == D(15)
    version = re.search(rf'name="{entry.public_id}-version" value="(\d+)"', page.text).group(1)
    again = typed(entry, "16", "Theo biên bản", int(version))
    assert signed_in(world, "oD").post(desk(period, world), again).status_code == 302
    assert points(entry) == D(16)


def test_keeping_what_is_saved_drops_only_the_own_text(period, world):
    entry = line(period, world, "U", 1)
    save(world, "oL", entry, "15", "Theo hồ sơ")
    form = {**typed(entry, "16", "Theo biên bản", 1), "keep": entry.public_id}
    assert signed_in(world, "oD").post(desk(period, world), form).status_code == 302
    assert points(entry) == D(15)


def test_one_click_takes_a_line_a_group_or_all_that_are_complete(period, world):
    browser, submission = signed_in(world, "oL"), submission_of(period, world, "U")
    first, _manual, third = submission.entries
    browser.post(desk(period, world), {"then": f"accept:{third.public_id}"})
    assert (points(first), points(third)) == (None, D(10))
    group = period.criteria_set.criteria[0].public_id
    browser.post(desk(period, world), {"then": f"accept:{group}"})
    assert points(first) == D("9.5")
    browser.post(desk(period, world, "V"), {"then": "accept"})
    assert [points(entry) for entry in submission_of(period, world, "V").entries] == [D("9.5"), None, D(10)]


def test_a_unit_is_finished_only_when_nothing_is_blank_and_may_go_on(period, world):
    browser = signed_in(world, "oL")
    page = browser.post(desk(period, world), {"then": "finish"}, follow_redirects=True)
    assert "Còn 3 dòng chưa có điểm" in page.text
    form = {**typed(line(period, world, "U", 1), "15", "Theo hồ sơ"), "then": "accept"}
    browser.post(desk(period, world), form)
    page = browser.post(desk(period, world), {"then": "finish"}, follow_redirects=True)
    assert "Đã chấm xong Đơn vị U" in page.text
    assert "1/6 đơn vị đã chấm xong" in page.text
    assert "Chấm tiếp" in browser.get(desk(period, world)).text
    browser.post(desk(period, world), {"then": "go-on"})
    assert [row.step.value for row in db.session.scalars(select(ScoringTaken))] == ["done", "undone"]


def test_the_leader_is_scored_by_the_deputy_and_never_by_itself(period, world):
    entry = line(period, world, "L", 1)
    assert signed_in(world, "oL").get(desk(period, world, "L")).status_code == 403
    assert save(world, "oL", entry, "20", "Của mình").status_code == 403
    assert save(world, "oD", entry, "18", "Theo hồ sơ").status_code == 200
    assert f'href="{desk(period, world, "L")}"' not in signed_in(world, "oL").get(desk(period, world)).text


@pytest.mark.parametrize("persona", ["oU", "oV", "oE", "bd"])
def test_nobody_else_gives_bloc_points(period, world, persona):
    entry = line(period, world, "U", 1)
    assert save(world, persona, entry, "20", "Cho").status_code in (403, 404)
    assert points(entry) is None


def test_the_board_decides_at_its_own_stage(period, world):
    entry = line(period, world, "U", 1)
    save(world, "oL", entry, "15", "Theo hồ sơ")
    assert "Được duyệt" in signed_in(world, "bd").get(desk(period, world)).text
    signed_in(world, "bd").post(desk(period, world), typed(entry, "16", "Hội đồng thống nhất"))
    assert (points(entry), points(entry, ScoreStage.COUNCIL)) == (D(15), D(16))
    answer = save(world, "oL", entry, "17", "Chen vào", stage="council", door="council-points")
    assert answer.status_code == 403


def test_once_shared_the_bloc_scores_a_second_time_and_the_first_stays(period, world):
    entry = line(period, world, "U", 1)
    save(world, "oL", entry, "15", "Theo hồ sơ")
    explanation.share(period, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    stale = save(world, "oL", entry, "16", "Theo giải trình", stage="bloc")
    assert stale.status_code == 409
    assert "tải lại trang" in stale.json["refused"]
    assert save(world, "oL", entry, "16", "Theo giải trình", stage="second").status_code == 200
    assert (points(entry), points(entry, ScoreStage.SECOND)) == (D(15), D(16))


def test_after_scoring_closes_it_is_refused_and_said_why(period, world):
    entry = line(period, world, "U", 1)
    with time_machine.travel(SCORES_CLOSE_AT, tick=False):
        answer = save(world, "oL", entry, "15", "Theo hồ sơ")
        page = signed_in(world, "oL").get(desk(period, world))
        posted = signed_in(world, "oL").post(desk(period, world), typed(entry, "15", "Theo hồ sơ"))
    assert answer.status_code == 409
    assert "đã kết thúc lúc" in answer.json["refused"]
    assert "đã kết thúc lúc" in page.text
    assert "-points" not in page.text
    assert posted.status_code == 409
    assert "đã kết thúc lúc" in posted.text
    assert points(entry) is None


def test_computed_own_points_that_a_browser_sends_are_ignored_and_reported(period, world):
    entry = line(period, world, "U", 0)
    form = {f"{entry.public_id}-own": "10,00"}
    page = signed_in(world, "oL").post(desk(period, world), form, follow_redirects=True)
    assert "giá trị gửi kèm “10,00” không được dùng" in page.text
    assert points(entry, ScoreStage.SELF) == D("9.5")


@pytest.mark.parametrize(("show", "seen"), [("differs", [0]), ("evidence", [0]), ("blank", [1, 2]), ("told", [])])
def test_filters_leave_what_they_name(period, world, show, seen):
    save(world, "oL", line(period, world, "U", 0), "9", "Tính trùng")
    text = signed_in(world, "oL").get(desk(period, world, more=f"?show={show}")).text
    entries = submission_of(period, world, "U").entries
    assert [place for place, entry in enumerate(entries) if f'id="dong-{entry.public_id}"' in text] == seen


def test_a_line_that_came_back_is_found_with_the_reason_of_its_return(period, world):
    entry = line(period, world, "U", 2)
    with acting(None, AFTER):
        back = SubmissionTaken(submission=entry.submission, step=SubmissionStep.RETURN, at=NOON,
                               by=world.accounts["oL"])  # fmt: skip
        db.session.add(ReturnedPlace(taken=back, entry=entry, reason="Đối chiếu lại với Kho bạc"))
    text = signed_in(world, "oL").get(desk(period, world, more="?show=returned")).text
    shown = [each.public_id for each in submission_of(period, world, "U").entries if f'"dong-{each.public_id}"' in text]
    assert shown == [entry.public_id]
    assert "Đối chiếu lại với Kho bạc" in signed_in(world, "oL").get(f"/entries/{entry.public_id}/scoring").text
    assert "Không có dòng nào như vậy" in signed_in(world, "oL").get(desk(period, world, "V", "?show=returned")).text


def test_one_criterion_across_the_units_saves_each_unit(period, world):
    leaf = line(period, world, "U", 1).criterion
    path = f"/periods/{period.public_id}/scoring/criteria/{leaf.public_id}"
    page = signed_in(world, "oL").get(path)
    assert "Đơn vị V" in page.text
    assert line(period, world, "L", 1).public_id not in page.text
    form = {**typed(line(period, world, "U", 1), "15", "a"), **typed(line(period, world, "V", 1), "14", "b")}
    assert signed_in(world, "oL").post(path, form).status_code == 302
    assert (points(line(period, world, "U", 1)), points(line(period, world, "V", 1))) == (D(15), D(14))
    own = signed_in(world, "oL").post(path, typed(line(period, world, "L", 1), "20", "Của mình"))
    assert own.status_code == 302
    assert points(line(period, world, "L", 1)) is None


def test_a_line_shows_rule_points_and_who(period, world):
    entry = line(period, world, "U", 0)
    save(world, "oL", entry, "9", "Tính trùng")
    text = signed_in(world, "oL").get(f"/entries/{entry.public_id}/scoring").text
    assert "10 × 95 ÷ 100 = 9,5." in text
    assert "Người ol@officer.example" in text
    assert "Tính trùng" in text
    assert signed_in(world, "oU").get(f"/entries/{entry.public_id}/scoring").status_code == 403
