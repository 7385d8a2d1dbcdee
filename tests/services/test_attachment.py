"""Files are looked at before they are kept; what is refused leaves nothing behind."""

import io
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.world import NOON, TODAY, World, build_world, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import ConferenceState
from tracker.errors import NotOpen, RuleBroken, TooLarge
from tracker.models.attachment import Attachment
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.services import attachment as attachments
from tracker.services.recording import acting

LIMIT = 1_000_000


@pytest.fixture
def review(world: World) -> Conference:
    conference = make_conference(world.blocs["B"], "Sơ kết", TODAY)
    keep(conference)
    return conference


def picture(kind: str = "PNG", size: tuple[int, int] = (2000, 1000)) -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", size, "red").save(drawn, kind)
    drawn.seek(0)
    return drawn


def paper(*lines: str) -> io.BytesIO:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    written.seek(0)
    return written


def stored_files() -> list[Path]:
    return [place for place in attachments.files().root.rglob("*") if place.is_file()]


def test_document_is_kept_under_a_random_name_with_its_own_name_as_text(world, review):
    kept = attachments.store(
        paper("Quy chế"), "Đề án.docx", limit=LIMIT, conference=review, by=world.accounts["oL"], at=NOON
    )
    assert kept.name == "Đề án.docx"
    assert [place.name for place in stored_files()] == [kept.stored_name]
    assert attachments.path_of(kept).stat().st_size == kept.size


def test_photograph_is_drawn_anew_and_has_a_thumbnail(world, review):
    kept = attachments.store_photo(
        picture(), "Ảnh đoàn.png", limit=LIMIT, conference=review, by=world.accounts["oL"], at=NOON
    )
    assert (kept.name, kept.media_type) == ("Ảnh đoàn.jpg", "image/jpeg")
    with Image.open(attachments.path_of(kept)) as whole, Image.open(attachments.thumbnail_of(kept)) as small:
        assert (whole.size, whole.format, small.size, small.format) == ((1600, 800), "JPEG", (480, 240), "JPEG")
    assert len(stored_files()) == 2


def test_paper_with_a_secrecy_stamp_is_refused_and_not_left(world, review):
    with pytest.raises(RuleBroken) as refused:
        attachments.store(
            paper("TUYỆT MẬT", "Nội dung"), "a.docx", limit=LIMIT, conference=review, by=world.accounts["oL"], at=NOON
        )
    assert refused.value.field == "file"
    assert "“TUYỆT MẬT”" in refused.value.sentence
    assert stored_files() == []


def test_paper_among_photographs_is_refused_and_not_left(world, review):
    with pytest.raises(RuleBroken) as refused:
        attachments.store_photo(
            paper("a"), "a.docx", limit=LIMIT, conference=review, by=world.accounts["oL"], at=NOON
        )
    assert refused.value.field == "file"
    assert stored_files() == []


def test_too_large_a_file_is_refused(world, review):
    with pytest.raises(TooLarge) as refused:
        attachments.store(
            io.BytesIO(b"%PDF-1.4" + b"0" * 100), "a.pdf", limit=50, conference=review, by=world.accounts["oL"], at=NOON
        )
    assert refused.value.field == "file"
    assert stored_files() == []


def test_approved_conference_takes_no_file(world, review):
    review.state = ConferenceState.APPROVED
    with pytest.raises(NotOpen):
        attachments.store(paper("a"), "a.docx", limit=LIMIT, conference=review, by=world.accounts["oL"], at=NOON)
    assert stored_files() == []


@pytest.mark.parametrize("inner_first", [False, True])
def test_undone_savepoint_takes_only_its_own_files_along(either_app, inner_first: bool):
    """Added or dropped before a savepoint: as if the savepoint had never been. Nested ones too."""
    with either_app.test_request_context():
        world = build_world()
        review = make_conference(world.blocs["B"], "Sơ kết", TODAY)
        keep(review)
        acts = {"by": world.accounts["oL"], "at": NOON}

        def add(name: str) -> str:
            made = attachments.store(paper(name), f"{name}.docx", limit=LIMIT, conference=review, **acts)
            db.session.flush()
            return made.stored_name

        standing = attachments.store(paper("cũ"), "cũ.docx", limit=LIMIT, conference=review, **acts)
        old = standing.stored_name
        db.session.commit()

        before = add("trước")
        attachments.drop(standing, **acts)
        outer = db.session.begin_nested()
        add("ngoài")
        inner = db.session.begin_nested()
        add("trong")
        inner.commit() if inner_first else inner.rollback()
        assert before in {place.name for place in stored_files()}
        outer.rollback()
        assert {place.name for place in stored_files()} == {old, before}
        with db.session.begin_nested():
            after = add("sau")
        assert old in {place.name for place in stored_files()}, "a kept savepoint is not the end"
        db.session.commit()
        assert {place.name for place in stored_files()} == {before, after}


def test_file_dropped_in_an_undone_savepoint_stays(world, review):
    acts = {"by": world.accounts["oL"], "at": NOON}
    kept = attachments.store(paper("a"), "a.docx", limit=LIMIT, conference=review, **acts)
    name = kept.stored_name
    db.session.commit()
    savepoint = db.session.begin_nested()
    attachments.drop(kept, **acts)
    db.session.flush()
    savepoint.rollback()
    db.session.commit()
    assert [place.name for place in stored_files()] == [name]


def test_failed_flush_leaves_the_files_of_before_alone(world, review):
    kept = attachments.store(paper("a"), "a.docx", limit=LIMIT, conference=review, by=world.accounts["oL"], at=NOON)
    name = kept.stored_name
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(Bloc(authority=world.authority))
        with acting(None, NOON):
            db.session.flush()
    assert [place.name for place in stored_files()] == [name]
    db.session.rollback()
    assert stored_files() == []


def test_file_whose_bytes_are_lost_is_dropped_all_the_same(world, review):
    kept = attachments.store(paper("a"), "a.docx", limit=LIMIT, conference=review, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    attachments.path_of(kept).unlink()
    attachments.drop(kept, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    assert db.session.scalars(select(Attachment)).all() == []
