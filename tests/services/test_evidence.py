"""Evidence of a unit's report: through the gate, within limits and quota, and its bytes follow the transaction."""

import io

import pytest
from PIL import Image

from tests.reporting import LOCKS_AT, make_period, make_sent, make_set, submission_of
from tests.services.test_attachment import paper, stored_files
from tests.world import NOON, World, build_world
from tracker.db import db
from tracker.domain.submissions import AchievementKind
from tracker.errors import Locked, NotAllowed, NotOpen, RuleBroken, TooLarge
from tracker.models.attachment import Attachment
from tracker.models.submission import Submission
from tracker.services import attachment as attachments
from tracker.services import entry as entries
from tracker.services import evidence
from tracker.services import submission as submissions

LIMIT, QUOTA = 1_000_000, 5_000_000


@pytest.fixture
def report(world: World) -> Submission:
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    return submission_of(period, world, "U")


def picture(side: int = 40) -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


def add(world: World, owner, stream=None, name="Ảnh.png", *, limit=LIMIT, quota=QUOTA, who="oU", at=NOON) -> Attachment:
    kept = evidence.add_file(
        owner, stream or picture(), name, limit=limit, quota=quota, by=world.accounts[who], at=at
    )
    db.session.commit()
    return kept


def test_file_of_a_line_makes_a_draft_and_counts_for_the_year(world, report):
    kept = add(world, report.entries[1])
    assert (kept.entry, kept.name, kept.media_type) == (report.entries[1], "Ảnh.png", "image/png")
    assert report.state.value == "draft"
    assert evidence.used_bytes(report) == kept.size == attachments.path_of(kept).stat().st_size


def test_quota_counts_all_the_units_files_of_the_year_and_keeps_nothing_past_it(world, report):
    first = add(world, report.entries[0])
    achievement = entries.add_achievement(
        report, values={"kind": AchievementKind.PERSON, "subject": "A", "text": "B"}, by=world.accounts["oU"], at=NOON
    )
    second = add(world, achievement)
    full = first.size + second.size
    with pytest.raises(RuleBroken, match="đã dùng") as refused:
        add(world, report.entries[1], quota=full)
    db.session.rollback()
    assert refused.value.field == "file"
    with pytest.raises(RuleBroken, match="không còn chỗ"):
        add(world, report.entries[1], quota=full + 1)
    db.session.rollback()
    assert len(stored_files()) == 2
    assert evidence.used_bytes(report) == full


def test_other_units_year_is_counted_apart(world, report):
    add(world, report.entries[0])
    theirs = submission_of(report.period, world, "V")
    assert evidence.used_bytes(theirs) == 0


@pytest.mark.parametrize(
    ("stream", "name", "error", "words"),
    [
        (lambda: paper("TỐI MẬT", "Nội dung"), "a.docx", RuleBroken, "TỐI MẬT"),
        (lambda: io.BytesIO(b"MZ" + b"\0" * 100), "a.exe", RuleBroken, "không thuộc loại"),
        (lambda: picture(), "a.pdf", RuleBroken, "không khớp với đuôi"),
        (lambda: io.BytesIO(b""), "a.pdf", RuleBroken, "0 byte"),
        (lambda: io.BytesIO(b"%PDF-1.4 " + b"x" * LIMIT), "a.pdf", TooLarge, "lớn hơn mức"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(world, report, stream, name, error, words):
    with pytest.raises(error, match=words):
        add(world, report.entries[0], stream(), name)
    db.session.rollback()
    assert (stored_files(), evidence.used_bytes(report)) == ([], 0)


@pytest.mark.parametrize(
    ("who", "at", "error"), [("oV", NOON, NotAllowed), ("oL", NOON, NotAllowed), ("oU", LOCKS_AT, Locked)]
)
def test_gate_refuses_before_anything_is_kept(world, report, who, at, error):
    with pytest.raises(error):
        add(world, report.entries[0], who=who, at=at)
    db.session.rollback()
    assert stored_files() == []


def test_files_of_a_returned_report_only_where_it_was_returned(world, report):
    kept = add(world, report.entries[1])
    make_sent(report, world.accounts["oU"])
    with pytest.raises(NotOpen):
        evidence.remove_file(kept, by=world.accounts["oU"], at=NOON)
    db.session.rollback()
    submissions.return_back(
        report, reason="", places=[(report.entries[0], "Thiếu biên bản")], by=world.accounts["oL"], at=NOON
    )
    db.session.commit()
    assert add(world, report.entries[0]).entry is report.entries[0]
    with pytest.raises(NotOpen, match="không bị trả lại"):
        add(world, report.entries[1])
    db.session.rollback()
    with pytest.raises(NotOpen, match="không bị trả lại"):
        evidence.remove_file(kept, by=world.accounts["oU"], at=NOON)


def test_bytes_go_when_the_removal_is_committed_and_stay_when_it_is_undone(world, report):
    kept = add(world, report.entries[0])
    evidence.remove_file(kept, by=world.accounts["oU"], at=NOON)
    db.session.flush()
    assert len(stored_files()) == 1
    db.session.rollback()
    db.session.commit()
    assert (len(stored_files()), evidence.used_bytes(report)) == (1, kept.size)
    evidence.remove_file(kept, by=world.accounts["oU"], at=NOON)
    db.session.commit()
    assert (stored_files(), evidence.used_bytes(report)) == ([], 0)


def test_bytes_of_an_undone_upload_go_with_it(world, report):
    evidence.add_file(
        report.entries[0], picture(), "a.png", limit=LIMIT, quota=QUOTA, by=world.accounts["oU"], at=NOON
    )
    assert len(stored_files()) == 1
    db.session.rollback()
    assert stored_files() == []


def test_files_follow_the_transaction_on_both_databases(either_app):
    world = build_world()
    period = make_period(world, criteria_set=make_set(world.blocs["B"]))
    theirs = submission_of(period, world, "U")
    kept = add(world, theirs.entries[0])
    evidence.add_file(
        theirs.entries[1], picture(), "b.png", limit=LIMIT, quota=QUOTA, by=world.accounts["oU"], at=NOON
    )
    db.session.rollback()
    assert (len(stored_files()), evidence.used_bytes(theirs)) == (1, kept.size)
    evidence.remove_file(kept, by=world.accounts["oU"], at=NOON)
    db.session.commit()
    assert (stored_files(), evidence.used_bytes(theirs)) == ([], 0)


def test_file_that_is_no_evidence_is_not_removed_here(world, report):
    other = Attachment(
        conference=None, name="a", stored_name="0" * 32, media_type="image/png", size=1, sha256="0" * 64,
        added_by=world.accounts["oU"], added_at=NOON,
    )  # fmt: skip
    with db.session.no_autoflush, pytest.raises(RuleBroken, match="không phải tài liệu minh chứng"):
        evidence.remove_file(other, by=world.accounts["oU"], at=NOON)
    db.session.rollback()
