"""What a unit writes: lines, narrative, achievements; two editors; what saving again does."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from tests.reporting import make_period, make_pledge, make_sent, make_set, submission_of
from tests.world import BEGINNING, NOON, World, keep
from tracker.db import db
from tracker.domain.reporting import MovementKind, MovementLevel
from tracker.domain.submissions import (
    AchievementKind,
    AwardLevel,
    AwardObject,
    SectionKind,
    SubmissionState,
    SubmissionStep,
)
from tracker.errors import Conflict, NotAllowed, NotOpen, RuleBroken
from tracker.models.attachment import Attachment
from tracker.models.audit import AuditEntry
from tracker.models.pledge import Movement
from tracker.models.submission import Entry, Submission
from tracker.services import entry as service
from tracker.services import evidence
from tracker.services import submission as submissions
from tracker.services.recording import acting

PERSON = {"kind": AchievementKind.PERSON, "subject": "Ông Nguyễn Văn Mẫu", "text": "Sáng kiến cấp tỉnh"}


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's submission: three leaves and one row of the pledge."""
    make_pledge(world.blocs["B"])
    return submission_of(make_period(world, criteria_set=make_set(world.blocs["B"])), world, "U")


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.accounts["oU"], "at": NOON}


def picture() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


def fill(line: Entry, by: dict[str, Any], actual: int | None = 43, **more: Any) -> Entry:
    given = {"count": None, "note": None, "seen": line.version, **more}
    return service.fill_in(line, actual=None if actual is None else Decimal(actual), **given, **by)


def test_first_figure_makes_a_draft(submission: Submission, by):
    line = submission.entries[0]
    service.fill_in(line, actual=Decimal("43.5"), count=2, note=" Theo  sổ ", seen=1, **by)
    db.session.commit()
    assert (line.actual, line.count, line.note) == (Decimal("43.5"), 2, "Theo sổ")
    assert submission.state is SubmissionState.DRAFT
    assert [(step.step, step.by, step.at) for step in submission.steps] == [(SubmissionStep.WRITE, by["by"], NOON)]


def test_blank_and_zero_are_kept_apart(submission: Submission, by):
    line = submission.entries[0]
    fill(line, by, 0)
    db.session.commit()
    assert line.actual == 0
    fill(line, by, None)
    db.session.commit()
    assert line.actual is None


def test_stale_version_is_a_conflict_that_carries_the_other_text(submission: Submission, by):
    line = submission.entries[0]
    fill(line, by, 1, note="Của người khác")
    with pytest.raises(Conflict) as refused:
        fill(line, by, 2, seen=1)
    assert refused.value.record is line
    assert (line.actual, line.note) == (1, "Của người khác")


def test_other_lines_never_collide(submission: Submission, by):
    first, second = submission.entries[:2]
    fill(first, by, 1, seen=1)
    fill(second, by, 2, seen=1)
    assert (first.actual, second.actual) == (1, 2)


def test_saving_the_same_again_changes_nothing(submission: Submission, by):
    line = submission.entries[0]
    fill(line, by, 43, note="Theo sổ")
    db.session.commit()
    version, audited = line.version, db.session.scalar(select(func.count(AuditEntry.id)))
    fill(line, by, 43, note=" Theo sổ ", seen=1)
    db.session.commit()
    assert (line.version, db.session.scalar(select(func.count(AuditEntry.id)))) == (version, audited)


def test_a_write_that_changes_nothing_begins_nothing(submission: Submission, by):
    fill(submission.entries[0], by, None)
    service.write(submission.sections[0], text="  ", seen=1, **by)
    db.session.commit()
    assert (submission.state, submission.steps) == (SubmissionState.NOT_BEGUN, [])


def test_several_lines_are_written_all_or_none(submission: Submission, by):
    first, second, third = submission.entries[:3]
    given = [service.FilledIn(line, Decimal(5), None, None, 1) for line in (first, second, third)]
    assert service.fill_in_all(submission, given, **by) == 3
    db.session.commit()
    assert service.fill_in_all(submission, given, **by) == 0
    given = [service.FilledIn(first, Decimal(6), None, None, 2), service.FilledIn(second, Decimal(6), -1, None, 2)]
    with pytest.raises(RuleBroken):
        service.fill_in_all(submission, given, **by)
    db.session.rollback()
    assert (first.actual, second.actual) == (5, 5)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"count": -1}, "count"),
        ({"count": Decimal("1.5")}, "count"),
        ({"actual": Decimal("0.00001")}, "actual"),
        ({"actual": Decimal("-0.5")}, "actual"),
        ({"actual": Decimal("NaN")}, "actual"),
        ({"actual": Decimal("1e15")}, "actual"),
        ({"note": "x" * 2001}, "note"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(submission: Submission, by, values: dict[str, Any], field: str):
    given = {"actual": None, "count": None, "note": None, **values}
    with pytest.raises(RuleBroken) as refused:
        service.fill_in(submission.entries[0], **given, seen=1, **by)
    assert refused.value.field == field
    assert submission.state is SubmissionState.NOT_BEGUN


def test_negative_figure_that_stands_already_stays_and_no_other_comes(submission: Submission, by):
    line = submission.entries[0]
    with acting(by["by"], by["at"]):
        line.actual = Decimal(-3)
    db.session.commit()
    assert fill(line, by, -3, note="Số liệu cũ").note == "Số liệu cũ"
    with pytest.raises(RuleBroken) as refused:
        service.fill_in(line, actual=Decimal(-4), count=None, note=None, seen=line.version, **by)
    assert refused.value.field == "actual"
    assert "-4 nhỏ hơn 0" in refused.value.sentence


def test_share_over_a_hundred_is_taken(submission: Submission, by):
    assert fill(submission.entries[1], by, 120).actual == 120


def test_nobody_writes_for_a_unit(world: World, submission: Submission):
    for persona in ("oV", "oL", "hL", "bd", "ad"):
        with pytest.raises(NotAllowed):
            fill(submission.entries[0], {"by": world.accounts[persona], "at": NOON})
    assert submission.state is SubmissionState.NOT_BEGUN


def test_unassigned_line_is_refused(world: World, submission: Submission, by):
    line = submission.entries[0]
    submissions.set_assigned(submission, line, False, reason="Không có dự án", by=world.accounts["oL"], at=NOON)
    with pytest.raises(NotOpen, match="không được giao"):
        fill(line, by)


def test_narrative_is_versioned_by_section(submission: Submission, by):
    first, second = submission.sections[:2]
    service.write(first, text="  Đã  làm \n\n\n xong ", seen=1, **by)
    service.write(second, text="Còn chậm", seen=1, **by)
    assert (first.text, second.text) == ("Đã làm\n\nxong", "Còn chậm")
    with pytest.raises(Conflict):
        service.write(first, text="Khác", seen=1, **by)
    with pytest.raises(RuleBroken, match="thành từng mục"):
        service.write(submission.section(SectionKind.ACHIEVEMENTS), text="Khác", seen=1, **by)


def test_achievement_sent_twice_is_one(submission: Submission, by):
    one = service.add_achievement(submission, values=PERSON, **by)
    assert service.add_achievement(submission, values=PERSON, **by) is one
    other = service.add_achievement(submission, values={**PERSON, "subject": "Bà Trần Thị Mẫu"}, **by)
    db.session.commit()
    assert [row.position for row in submission.achievements] == [0, 1]
    assert submission.state is SubmissionState.DRAFT
    assert other.award is None


def test_award_fields_belong_to_an_award(submission: Submission, by):
    award = {
        "kind": AchievementKind.AWARD, "subject": "Phòng Kế hoạch", "award": "Bằng khen của UBND tỉnh", "count": 2,
        "award_object": AwardObject.COLLECTIVE, "conferred_level": AwardLevel.MINISTRY_PROVINCE,
        "decision_number": "12/QĐ-UBND", "decided_on": date(2026, 3, 2),
    }  # fmt: skip
    row = service.add_achievement(submission, values=award, **by)
    assert (row.award, row.count, row.text) == ("Bằng khen của UBND tỉnh", 2, "")
    with pytest.raises(RuleBroken) as refused:
        service.add_achievement(submission, values={**award, "award": " "}, **by)
    assert refused.value.field == "award"
    service.change_achievement(row, values={"kind": AchievementKind.PERSON, "text": "Nêu gương"}, seen=1, **by)
    assert (row.award, row.count, row.decided_on, row.text) == (None, None, None, "Nêu gương")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " "}, "text"),
        ({"value": Decimal(-1)}, "value"),
        ({"kind": None}, "kind"),
        ({"kind": AchievementKind.AWARD, "award": "Giấy khen", "count": 0}, "count"),
        ({"subject": "x" * 301}, "subject"),
    ],
)
def test_achievement_is_checked_by_field(submission: Submission, by, values: dict[str, Any], field: str):
    with pytest.raises(RuleBroken) as refused:
        service.add_achievement(submission, values={**PERSON, **values}, **by)
    assert refused.value.field == field


def test_movement_of_another_bloc_is_refused(world: World, submission: Submission, by):
    given = {"level": MovementLevel.BLOC, "kind": MovementKind.THEMED, "starts_on": BEGINNING}
    own, foreign = (
        Movement(authority=world.authority, bloc=world.blocs[code], name=code, name_fold=code, **given) for code in "BC"
    )
    whole = Movement(authority=world.authority, name="Z", name_fold="z", **given)
    keep(own, foreign, whole)
    for number, movement in enumerate((own, whole)):
        values = {**PERSON, "subject": f"Người {number}", "movement": movement}
        assert service.add_achievement(submission, values=values, **by).movement is movement
    with pytest.raises(RuleBroken) as refused:
        service.add_achievement(submission, values={**PERSON, "movement": foreign}, **by)
    assert refused.value.field == "movement"


def test_changed_achievement_is_versioned_and_removed_with_its_files(world: World, submission: Submission, by):
    row = service.add_achievement(submission, values=PERSON, **by)
    db.session.commit()
    service.change_achievement(row, values={"text": "Giải nhất"}, seen=1, **by)
    db.session.commit()
    assert (row.text, row.subject) == ("Giải nhất", PERSON["subject"])
    with pytest.raises(Conflict):
        service.change_achievement(row, values={"text": "Giải nhì"}, seen=1, **by)
    evidence.add_file(row, picture(), "anh.png", limit=10_000, quota=10_000, **by)
    db.session.commit()
    db.session.expire_all()
    service.remove_achievement(row, **by)
    db.session.commit()
    assert db.session.scalar(select(func.count(Attachment.id))) == 0
    audited = select(AuditEntry.action).where(AuditEntry.table_name == "attachment").order_by(AuditEntry.id)
    assert list(db.session.scalars(audited)) == ["insert", "delete"]
    assert submission.achievements == []


def test_returned_list_of_achievements_is_open_and_nothing_else(world: World, submission: Submission, by):
    make_sent(submission, world.accounts["oU"])
    listed = submission.section(SectionKind.ACHIEVEMENTS)
    submissions.return_back(submission, reason="", places=[(listed, "Thiếu")], by=world.accounts["oL"], at=NOON)
    service.add_achievement(submission, values=PERSON, **by)
    with pytest.raises(NotOpen, match="Dòng này không bị trả lại"):
        fill(submission.entries[0], by)
    with pytest.raises(NotOpen, match="Phần “Hạn chế, nguyên nhân” không bị trả lại"):
        service.write(submission.sections[1], text="Khác", seen=1, **by)


def test_returned_line_closes_the_list_of_achievements(world: World, submission: Submission, by):
    make_sent(submission, world.accounts["oU"])
    submissions.return_back(
        submission, reason="", places=[(submission.entries[0], "Thiếu")], by=world.accounts["oL"], at=NOON
    )
    with pytest.raises(NotOpen, match="Phần “Thành tích” không bị trả lại"):
        service.add_achievement(submission, values=PERSON, **by)
