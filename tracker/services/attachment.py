"""Files of a record: looked at, kept under a random name, photographs drawn anew.

Where they lie is known to the program as a whole: `keep_in` is called when it starts and before each request.
"""

import io
from contextlib import suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from tracker.adapters import thumbnails
from tracker.adapters.files import FileStore, StoredFile, secrecy_stamp
from tracker.db import db
from tracker.domain.conferences import ConferenceState
from tracker.errors import NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.action_item import ProgressNote
from tracker.models.attachment import Attachment
from tracker.models.conference import Conference
from tracker.models.pledge import Movement, Pledge
from tracker.models.scoring import Explanation
from tracker.models.submission import Achievement, Entry
from tracker.services.recording import recorded

PICTURES = frozenset({"image/jpeg", "image/png"})
THUMBNAIL = ".thumb"
#: In the session's notes: bytes that go if the transaction is undone, and bytes that go once it is done.
ADDED = "files_added"
DROPPED = "files_dropped"
MARKS = "files_marks"

_folder: ContextVar[Path] = ContextVar("files_folder")


def keep_in(folder: Path) -> None:
    """From now on files lie in `folder`."""
    _folder.set(folder)


def files() -> FileStore:
    """The store in use."""
    return FileStore(_folder.get())


@recorded
def store(
    stream: BinaryIO,
    filename: str,
    *,
    limit: int,
    conference: Conference | None = None,
    progress_note: ProgressNote | None = None,
    entry: Entry | None = None,
    achievement: Achievement | None = None,
    movement: Movement | None = None,
    pledge: Pledge | None = None,
    explanation: Explanation | None = None,
    by: Account,
    at: datetime,
) -> Attachment:
    """Keep a file of at most `limit` bytes for exactly one owner. A unit's evidence comes through services/evidence.

    RuleBroken (field "file") for a kind that is not taken, a damaged file or one with a secrecy stamp; TooLarge past
    the limit; NotOpen for an approved conference. Nothing is left behind then.
    """
    owners = {"conference": conference, "progress_note": progress_note, "entry": entry, "achievement": achievement,
              "movement": movement, "pledge": pledge, "explanation": explanation}  # fmt: skip
    named = {name: owner for name, owner in owners.items() if owner is not None}
    assert len(named) == 1, "a file has one owner"
    _still_open(conference)
    return _row(_put(stream, filename, limit), named, by, at)


@recorded
def drop(attachment: Attachment, *, by: Account, at: datetime) -> None:
    """Take a file away; its bytes go when the transaction has ended well."""
    let_go(attachment.stored_name)
    db.session.delete(attachment)


def let_go(stored_name: str) -> None:
    """Delete these bytes once the transaction has ended well; bytes that are lost already hinder nobody."""
    with suppress(FileNotFoundError):
        db.session().info.setdefault(DROPPED, []).append(files().path(stored_name))


def hold_to(stored_name: str) -> None:
    """Delete these bytes if the transaction, or the savepoint they came in, is undone."""
    db.session().info.setdefault(ADDED, []).append(files().path(stored_name))


@recorded
def store_photo(
    stream: BinaryIO, filename: str, *, limit: int, conference: Conference, by: Account, at: datetime
) -> Attachment:
    """Keep a photograph drawn anew as JPEG, so that nothing but the picture is kept. RuleBroken as `store` does."""
    _still_open(conference)
    raw = _put(stream, filename, limit)
    try:
        if raw.media_type not in PICTURES:
            raise RuleBroken(f"Tệp “{raw.original_name}” không phải là ảnh. Hãy chọn ảnh JPG hoặc PNG.", field="file")
        picture = thumbnails.photo(files().path(raw.stored_name))
        name = raw.original_name.rpartition(".")[0] or raw.original_name
        kept = files().put(io.BytesIO(picture), f"{name}.jpg", limit)
    except RuleBroken as broken:
        broken.field = "file"
        raise
    finally:
        files().remove(raw.stored_name)
    return _row(kept, {"conference": conference}, by, at)


def path_of(attachment: Attachment) -> Path:
    """Where its bytes lie. FileNotFoundError when the folder was not restored with the database."""
    return files().path(attachment.stored_name)


def picture_of(attachment: Attachment) -> bytes:
    """The bytes of a photograph that `store_photo` kept: a JPEG made by us."""
    return path_of(attachment).read_bytes()


def thumbnail_of(attachment: Attachment) -> Path:
    """A small JPEG of a picture, made once and kept beside it. RuleBroken for what is no picture."""
    whole = path_of(attachment)
    small = whole.with_suffix(THUMBNAIL)
    if not small.exists():
        part = small.with_suffix(f"{THUMBNAIL}.part")
        part.write_bytes(thumbnails.thumbnail(whole))
        part.replace(small)
    return small


def _still_open(conference: Conference | None) -> None:
    if conference is not None and conference.state not in ConferenceState.editable():
        raise NotOpen(f"Hội nghị đang ở trạng thái “{conference.state.label}” nên không nhận thêm tệp.")


def _put(stream: BinaryIO, filename: str, limit: int) -> StoredFile:
    """Into the store, unless it bears a secrecy stamp."""
    try:
        kept = files().put(stream, filename, limit)
    except RuleBroken as broken:
        broken.field = "file"
        raise
    stamp = secrecy_stamp(files().path(kept.stored_name), kept.media_type)
    if stamp:
        files().remove(kept.stored_name)
        raise RuleBroken(
            f"Tệp “{kept.original_name}” có dấu “{stamp}” nên không được nhận và không được lưu lại: văn bản mật "
            "không đưa vào chương trình này. Hãy dùng bản không mật, hoặc chỉ ghi tên văn bản mà không kèm tệp.",
            field="file",
        )
    return kept


def _row(kept: StoredFile, owner: dict[str, Any], by: Account, at: datetime) -> Attachment:
    attachment = Attachment(
        **owner, name=kept.original_name, stored_name=kept.stored_name, media_type=kept.media_type, size=kept.size,
        sha256=kept.sha256, added_by=by, added_at=at,
    )  # fmt: skip
    hold_to(kept.stored_name)
    db.session.add(attachment)
    return attachment


def _mark(session: Session, transaction: SessionTransaction) -> None:
    """How many files there were when a savepoint was set: those are as before when it is undone."""
    if transaction.nested:
        counts = len(session.info.get(ADDED, [])), len(session.info.get(DROPPED, []))
        session.info.setdefault(MARKS, WeakKeyDictionary())[transaction] = counts


def _after_commit(session: Session) -> None:
    """Told of savepoints too, which may still be undone with the whole."""
    if session.in_nested_transaction():
        return
    session.info[ADDED] = []
    _unlink(session.info.pop(DROPPED, []))


def _after_undoing(session: Session, undone: SessionTransaction) -> None:
    """Files since the savepoint, or all; a failed flush is told too, before that to which it belongs."""
    if not undone.nested and undone.parent is not None:
        return
    marks = session.info.setdefault(MARKS, WeakKeyDictionary())
    added, dropped = marks.pop(undone, (0, 0)) if undone.nested else (0, 0)
    gone = session.info.get(ADDED, [])[added:]
    session.info[ADDED] = session.info.get(ADDED, [])[:added]
    session.info[DROPPED] = session.info.get(DROPPED, [])[:dropped]
    _unlink(gone)


def _unlink(places: list[Path]) -> None:
    """Delete bytes that no row leads to; those that resist (a scanner holds them) are left, and harm nobody."""
    for place in places:
        for each in (place, place.with_suffix(THUMBNAIL)):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def listen() -> None:
    """Let the bytes follow the program's transactions; once, when it starts."""
    if not event.contains(db.session.session_factory, "after_commit", _after_commit):
        event.listen(db.session.session_factory, "after_commit", _after_commit)
        event.listen(db.session.session_factory, "after_transaction_create", _mark)
        event.listen(db.session.session_factory, "after_soft_rollback", _after_undoing)
