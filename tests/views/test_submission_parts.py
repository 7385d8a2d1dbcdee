"""Achievements and evidence on their pages."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from PIL import Image

from tests.reporting import make_period, make_sent, make_set, submission_of
from tests.views.submissions import path
from tests.world import NOON, TODAY, World, keep
from tracker.db import db
from tracker.domain.reporting import MovementKind, MovementLevel
from tracker.domain.submissions import AchievementKind, AwardLevel, AwardObject
from tracker.forms.achievement import ASKED
from tracker.models.attachment import Attachment
from tracker.models.pledge import Movement
from tracker.models.submission import Submission
from tracker.services import entry as entries
from tracker.services import submission as submissions


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def report(world: World) -> Submission:
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    return submission_of(period, world, "U")


def movement(world: World, name: str, bloc: str | None = "B") -> Movement:
    made = Movement(
        authority=world.authority, bloc=world.blocs[bloc] if bloc else None, name=name, name_fold=name.lower(),
        level=MovementLevel.BLOC, kind=MovementKind.THEMED, starts_on=date(2026, 1, 1),
    )  # fmt: skip
    keep(made)
    return made


def picture() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


@pytest.mark.parametrize("kind", list(AchievementKind))
def test_each_kind_asks_for_its_own_fields(world, report, kind):
    html = world.browser("oU").get(path(report, f"/achievements/new?kind={kind.value}")).get_data(as_text=True)
    form = html[html.index('<form class="sheet form-sheet"') :]
    asked = set(re.findall(r'name="([a-z_]+)"', form)) - {"csrf_token", "version", "theme", "next"}
    assert asked == set(ASKED[kind])


def test_first_the_kind_is_chosen(world, report):
    page = world.browser("oU").get(path(report, "/achievements/new")).get_data(as_text=True)
    assert all(kind.label in page and f"?kind={kind.value}" in page for kind in AchievementKind)


def test_award_is_written_with_everything_that_is_known_of_it(world, report):
    ours = movement(world, "Chuyển đổi số")
    movement(world, "Việc của khối C", "C")
    browser = world.browser("oU")
    page = browser.get(path(report, "/achievements/new?kind=award")).get_data(as_text=True)
    assert "Chuyển đổi số" in page and "Việc của khối C" not in page
    typed = {
        "version": "", "subject": "Văn phòng Sở", "award": "Bằng khen của Chủ tịch UBND tỉnh",
        "award_object": "collective", "award_method": "regular", "count": "2", "decision_number": "12/QĐ-UBND",
        "decided_on": "20/4/2026", "conferred_level": "ministry_province", "conferred_system": "local", "text": "",
        "movement": ours.public_id,
    }  # fmt: skip
    assert browser.post(path(report, "/achievements/new?kind=award"), typed).status_code == 302
    db.session.expire_all()
    (row,) = report.achievements
    assert (row.kind, row.award_object, row.conferred_level) == (
        AchievementKind.AWARD, AwardObject.COLLECTIVE, AwardLevel.MINISTRY_PROVINCE,
    )  # fmt: skip
    assert (row.count, row.decided_on, row.movement) == (2, date(2026, 4, 20), ours)
    shown = browser.get(path(report)).get_data(as_text=True)
    assert "12/QĐ-UBND" in shown and "Chuyển đổi số" in shown


def test_wrong_achievement_comes_back_with_everything_typed(world, report):
    browser = world.browser("oU")
    answer = browser.post(
        path(report, "/achievements/new?kind=help"),
        {
            "version": "", "subject": "Xã A", "text": "Tặng 12 suất quà", "value": "45.000.000đ",
            "happened_on": "31/2/2026",
        },
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="45.000.000đ"' in page and "Tặng 12 suất quà" in page and 'value="31/2/2026"' in page


def written(world: World, report: Submission):
    made = entries.add_achievement(
        report,
        values={"kind": AchievementKind.HELP, "subject": "Xã A", "text": "Tặng quà", "value": Decimal(1000)},
        by=world.accounts["oU"], at=NOON,
    )  # fmt: skip
    db.session.commit()
    return made


def test_two_officers_on_one_achievement_see_both_texts(world, report):
    made = written(world, report)
    typed = {"version": "1", "subject": "Xã A", "text": "Tặng quà Tết", "value": "1.000"}
    world.browser("hU").post(f"/achievements/{made.public_id}/edit", {**typed, "text": "Tặng 10 suất quà"})
    answer = world.browser("oU").post(f"/achievements/{made.public_id}/edit", typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Tặng quà Tết" in page and "10 suất" in page


def test_achievement_is_taken_away_on_a_page_that_says_what_goes(world, report):
    made = written(world, report)
    browser = world.browser("oU")
    browser.post(
        f"/achievements/{made.public_id}/files/new",
        {"files": [(picture(), "a.png"), (picture(), "b.png")], "no_secrets": "y"},
    )
    address = f"/achievements/{made.public_id}/remove"
    assert "2 tệp kèm theo" in browser.get(address).get_data(as_text=True)
    assert browser.post(address).status_code == 302
    db.session.expire_all()
    assert report.achievements == []
    assert "Tặng quà" in browser.get(path(report, "/changes")).get_data(as_text=True)


def test_several_files_come_at_once_and_without_the_statement_none(world, report):
    browser, key = world.browser("oU"), report.entries[1].public_id
    bare = browser.post(f"/entries/{key}/files/new", {"files": (picture(), "a.png")})
    assert bare.status_code == 422 and "đánh dấu xác nhận" in bare.get_data(as_text=True)
    none = browser.post(f"/entries/{key}/files/new", {"no_secrets": "y"})
    assert none.status_code == 422 and "ít nhất một tệp" in none.get_data(as_text=True)
    one_wrong = browser.post(
        f"/entries/{key}/files/new",
        {"files": [(picture(), "a.png"), (io.BytesIO(b"MZ"), "b.exe")], "no_secrets": "y"},
    )
    assert one_wrong.status_code == 422 and "b.exe" in one_wrong.get_data(as_text=True)
    assert db.session.query(Attachment).count() == 0
    good = browser.post(
        f"/entries/{key}/files/new", {"files": [(picture(), "a.png"), (picture(), "b.png")], "no_secrets": "y"}
    )
    assert good.location == path(report, f"/edit#dong-{key}")
    page = browser.get(path(report, "/edit")).get_data(as_text=True)
    assert "a.png" in page and "b.png" in page


def test_own_file_is_taken_away_and_only_by_the_unit(world, report):
    browser, key = world.browser("oU"), report.entries[1].public_id
    browser.post(f"/entries/{key}/files/new", {"files": (picture(), "Ảnh.png"), "no_secrets": "y"})
    kept = db.session.query(Attachment).one()
    address = f"/attachments/{kept.public_id}/remove"
    assert world.browser("oV").post(address).status_code == 404
    assert world.browser("oL").post(address).status_code == 403
    assert "Bỏ tài liệu" in browser.get(address).get_data(as_text=True)
    assert browser.post(address).status_code == 302
    assert db.session.query(Attachment).count() == 0


def test_missing_evidence_is_listed_for_those_who_check(world, report):
    make_sent(report, world.accounts["oU"])
    theirs = submission_of(report.period, world, "V")
    entries.fill_in(
        theirs.entries[1], actual=Decimal(5), count=None, note=None, seen=1, by=world.accounts["oV"], at=NOON
    )
    with time_machine.travel(NOON, tick=False):
        db.session.commit()
    address = f"/periods/{report.period.public_id}/missing-evidence"
    secretary = world.browser("oL")
    assert "Không thiếu tài liệu nào" in secretary.get(address).get_data(as_text=True)
    make_sent(theirs, world.accounts["oV"])
    page = secretary.get(address).get_data(as_text=True)
    assert "Đơn vị V" in page and "Tỷ lệ giải ngân vốn đầu tư công" in page and "Đơn vị U" not in page
    assert world.browser("oU").get(address).status_code == 403
    submissions.set_assigned(theirs, theirs.entries[1], False, reason="Không làm", by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert "Không thiếu tài liệu nào" in secretary.get(address).get_data(as_text=True)
    assert TODAY.year == report.period.year
