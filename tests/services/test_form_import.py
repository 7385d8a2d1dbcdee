"""A form that comes back: preview and write are one, all or nothing, the same file twice is nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from tests.imports import making
from tests.reporting import LOCKS_AT, make_period, make_pledge, make_set, set_state, submission_of
from tests.world import NOON, World, keep
from tracker.db import db
from tracker.domain.form_sheet import ACHIEVEMENTS, NARRATIVE, FormRead
from tracker.domain.reporting import MovementKind, MovementLevel, PeriodState
from tracker.domain.submissions import AchievementKind, SectionKind, SubmissionState
from tracker.errors import Locked, RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.pledge import Movement
from tracker.models.submission import Achievement, Submission
from tracker.services import entry as entries
from tracker.services import form_import
from tracker.text import fold


@pytest.fixture
def submission(world: World) -> Submission:
    """Unit U's report in an open period: three criteria and a row of the pledge."""
    movement = Movement(authority=world.authority, bloc=world.blocs["B"], name="Phong trào xanh",
                        name_fold=fold("Phong trào xanh"), level=MovementLevel.BLOC, kind=MovementKind.THEMED,
                        starts_on=date(2026, 1, 1))
    keep(movement)
    make_pledge(world.blocs["B"])
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    return submission_of(period, world, "U")


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.accounts["oU"], "at": NOON}


def taken(submission: Submission, folder: Path, edit: making.Spoil | None = None) -> FormRead:
    """The form downloaded now, edited, read."""
    content = making.form_of(submission)
    return making.read(making.edited(content, edit) if edit else content, submission, folder)


def write(submission: Submission, read: FormRead, by: dict[str, Any], keep_: str | None = None) -> form_import.Preview:
    shown = form_import.preview(submission, read, keep=keep_, **by)
    done = form_import.apply(submission, read, keep=keep_, shown=shown.mark, **by)
    db.session.commit()
    assert (done.changes, done.errors, done.mark) == (shown.changes, shown.errors, shown.mark)
    return done


def test_untouched_form_changes_nothing(world: World, submission: Submission, by, tmp_path: Path):
    read = taken(submission, tmp_path)
    assert (read.errors, len(read.results), len(read.sections)) == ((), 4, 4)
    assert form_import.preview(submission, read, **by) == form_import.Preview((), ())
    assert submission.state is SubmissionState.NOT_BEGUN


def test_preview_names_each_field_from_and_to_and_writes_nothing(world: World, submission, by, tmp_path: Path):
    def edit(book: openpyxl.Workbook) -> None:
        making.fill({0: 43, 1: 95.5})(book)
        making.fill({1: "Đạt sớm"}, "note")(book)

    audited = len(db.session.scalars(select(AuditEntry)).all())
    shown = form_import.preview(submission, taken(submission, tmp_path, edit), **by)
    assert [(each.label, each.before, each.after) for each in shown.changes] == [
        ("1 Văn bản tham mưu đúng hạn: Kết quả", "chưa có số liệu", "43"),
        ("2 Tỷ lệ giải ngân vốn đầu tư công: Kết quả", "chưa có số liệu", "95,5"),
        ("2 Tỷ lệ giải ngân vốn đầu tư công: Ghi chú", "(trống)", "Đạt sớm"),
    ]
    db.session.commit()
    assert [entry.actual for entry in submission.entries] == [None] * 4
    assert submission.state is SubmissionState.NOT_BEGUN
    assert len(db.session.scalars(select(AuditEntry)).all()) == audited


def test_confirmed_form_is_written_and_the_same_file_again_changes_nothing(world, submission, by, tmp_path: Path):
    def edit(book: openpyxl.Workbook) -> None:
        making.fill({0: 43, 3: 4})(book)
        page = book[NARRATIVE]
        row = making.lines(page, NARRATIVE)[0]
        page.cell(row=row, column=making.column(page, "text", NARRATIVE)).value = "Hoàn thành.\nVượt kế hoạch."
        page = book[ACHIEVEMENTS]
        row = making.head_row(page, ACHIEVEMENTS) + 1
        for field, value in {"kind": "Khen thưởng đã nhận", "subject": "Phòng Tổng hợp", "movement": "Phong trào xanh",
                             "award": "Bằng khen của UBND tỉnh", "decided_on": date(2026, 4, 2), "count": 2,
                             "conferred_level": "Bộ, ngành, tỉnh"}.items():
            page.cell(row=row, column=making.column(page, field, ACHIEVEMENTS)).value = value

    content = making.edited(making.form_of(submission), edit)
    read = making.read(content, submission, tmp_path)
    assert len(write(submission, read, by).changes) == 4
    assert [entry.actual for entry in submission.entries] == [Decimal(43), None, None, Decimal(4)]
    assert submission.section(SectionKind.ASSESSMENT).text == "Hoàn thành.\nVượt kế hoạch."
    award = submission.achievements[0]
    assert (award.kind, award.count, award.decided_on) == (AchievementKind.AWARD, 2, date(2026, 4, 2))
    assert award.movement is not None
    assert submission.state is SubmissionState.DRAFT

    again = form_import.preview(submission, making.read(content, submission, tmp_path), **by)
    assert (again.changes, again.errors) == ((), ())
    assert form_import.preview(submission, taken(submission, tmp_path), **by).changes == ()


def test_one_refused_cell_keeps_everything_out(world: World, submission, by, tmp_path: Path):
    def edit(book: openpyxl.Workbook) -> None:
        making.fill({0: 43})(book)
        making.fill({1: "x" * 2_001}, "note")(book)

    read = taken(submission, tmp_path, edit)
    shown = form_import.preview(submission, read, **by)
    error = shown.errors[0]
    page_note = next(row.cells["note"] for row in read.results if row.values.get("note"))
    assert (error.sheet, error.cell) == ("Kết quả", page_note)
    assert "2001 ký tự" in error.reason
    with pytest.raises(RuleBroken):
        form_import.apply(submission, read, keep=None, shown=shown.mark, **by)
    db.session.rollback()
    assert [entry.actual for entry in submission.entries] == [None] * 4


def test_line_saved_since_the_download_asks_which_holds(world: World, submission, by, tmp_path: Path):
    content = making.edited(making.form_of(submission), making.fill({0: 43, 1: 90}))
    first = submission.entries[0]
    entries.fill_in(first, actual=Decimal(50), count=None, note=None, seen=first.version, **by)
    db.session.commit()

    read = making.read(content, submission, tmp_path)
    shown = form_import.preview(submission, read, **by)
    assert [(each.before, each.after, each.saved_since) for each in shown.changes] == [
        ("50", "43", True), ("chưa có số liệu", "90", False),
    ]
    assert shown.asks
    with pytest.raises(RuleBroken, match="hãy chọn"):
        form_import.apply(submission, read, keep=None, shown=shown.mark, **by)
    db.session.rollback()

    assert len(write(submission, read, by, form_import.SAVED).written) == 1
    assert [entry.actual for entry in submission.entries[:2]] == [Decimal(50), Decimal(90)]
    assert len(write(submission, read, by, form_import.FILE).written) == 1
    assert submission.entries[0].actual == Decimal(43)


def test_what_was_not_shown_is_not_written(world: World, submission, by, tmp_path: Path):
    read = taken(submission, tmp_path, making.fill({0: 43}))
    shown = form_import.preview(submission, read, **by)
    first = submission.entries[0]
    entries.fill_in(first, actual=Decimal(50), count=None, note=None, seen=first.version, **by)
    db.session.commit()
    with pytest.raises(RuleBroken, match="vừa được người khác sửa"):
        form_import.apply(submission, read, keep=form_import.FILE, shown=shown.mark, **by)
    db.session.rollback()
    assert submission.entries[0].actual == Decimal(50)


def test_locked_period_is_an_error_of_the_preview_and_refuses_the_write(world: World, submission, by, tmp_path: Path):
    read = taken(submission, tmp_path, making.fill({0: 43}))
    late = {"by": by["by"], "at": LOCKS_AT}
    shown = form_import.preview(submission, read, **late)
    assert "đã khóa" in shown.errors[0].reason
    with pytest.raises(Locked):
        form_import.apply(submission, read, keep=None, shown=shown.mark, **late)
    db.session.rollback()
    set_state(submission.period, PeriodState.REVIEWING)
    assert "đã khóa" in form_import.preview(submission, read, **by).errors[0].reason


def test_lines_that_were_not_returned_are_refused_one_by_one(world: World, submission, by, tmp_path: Path):
    content = making.edited(making.form_of(submission), making.fill({0: 43, 1: 90}))
    with_reason = submission.entries[1]
    keep_returned(submission, with_reason, world)
    read = making.read(content, submission, tmp_path)
    shown = form_import.preview(submission, read, keep=form_import.FILE, **by)
    assert [error.cell for error in shown.errors] == [read.results[0].cells["actual"]]
    assert "không bị trả lại" in shown.errors[0].reason


def keep_returned(submission: Submission, entry: Any, world: World) -> None:
    """Sent, and this one line returned."""
    submission.state, submission.first_sent_at, submission.last_sent_at = SubmissionState.RETURNED, NOON, NOON
    submission.checked_at = NOON
    entry.returned_reason = "Xem lại"
    keep(submission)


def test_award_fields_beside_another_kind_are_named_not_lost(world: World, submission, by, tmp_path: Path):
    def edit(book: openpyxl.Workbook) -> None:
        page = book[ACHIEVEMENTS]
        row = making.head_row(page, ACHIEVEMENTS) + 1
        for field, value in {"kind": "Cá nhân", "text": "Cứu người", "award": "Huân chương"}.items():
            page.cell(row=row, column=making.column(page, field, ACHIEVEMENTS)).value = value

    shown = form_import.preview(submission, taken(submission, tmp_path, edit), **by)
    assert [("chỉ ghi khi Loại" in error.reason, error.value) for error in shown.errors] == [(True, "Huân chương")]
    assert db.session.scalars(select(Achievement)).all() == []


def test_odd_figures_are_told_beside_the_changes(world: World, submission, by, tmp_path: Path):
    shown = form_import.preview(submission, taken(submission, tmp_path, making.fill({1: 130})), **by)
    assert shown.errors == ()
    assert [finding.place_key for finding in shown.findings] == [submission.entries[1].public_id]
