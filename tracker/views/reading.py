"""Reading what was sent in, with no transaction open: a slow file keeps nobody else from saving."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.datastructures import FileStorage

from tracker.adapters.files import clean_name
from tracker.db import db, sqlite_begin
from tracker.domain.cells import Workbook
from tracker.domain.form_sheet import CellError
from tracker.exports import marked_copy
from tracker.imports import gate, reader
from tracker.models.upload import Upload
from tracker.services import upload as uploads


@contextmanager
def on_disk(file: FileStorage) -> Iterator[Path]:
    """A file of this request on disk for a while; it is at its beginning again."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "sent"
        file.save(place)
        file.stream.seek(0)
        yield place


def sent(file: FileStorage) -> Workbook:
    """The cells of a file of this request. RuleBroken (field "file") as the reader."""
    with on_disk(file) as place:
        return stored(place, clean_name(file.filename or ""))


def stored(place: Path, name: str) -> Workbook:
    """The cells of a file on disk. Ends the transaction that loaded the record: what it read is read anew after."""
    db.session.rollback()
    try:
        return reader.read_workbook(place, name)
    finally:
        sqlite_begin.set("IMMEDIATE")


def of(upload: Upload) -> Workbook:
    """The cells of a file that was kept. The next transaction may write, for a preview is a write undone."""
    return stored(uploads.path_of(upload), upload.name)


def marked(upload: Upload, errors: tuple[CellError, ...]) -> bytes:
    """The same workbook with its faults shown; of one too large to be opened here, or no .xlsx, their list."""
    place = uploads.path_of(upload)
    if upload.name.lower().endswith(".xlsx") and gate.is_small(place):
        return marked_copy.marked(place.read_bytes(), errors)
    return marked_copy.fault_list(errors)
