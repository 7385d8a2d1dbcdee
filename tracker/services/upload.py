"""Workbooks that were sent in: kept as they came until their sender, or the unit they are for, says yes or no."""

from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from sqlalchemy import select

from tracker.adapters.files import XLSX, media_type_of, secrecy_stamp
from tracker.db import db
from tracker.domain.form_sheet import FormRead
from tracker.domain.notices import NoticeKind, UploadKind
from tracker.errors import NotAllowed, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.submission import Submission
from tracker.models.upload import Upload
from tracker.policy import may_remind, may_write_submission
from tracker.services import form_import, notice
from tracker.services.attachment import files, hold_to, let_go
from tracker.services.recording import recorded
from tracker.services.submission_gate import day_of

XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORKBOOKS = (XLSX, XLS, ODS)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@recorded
def keep_form(
    submission: Submission, stream: IO[bytes], filename: str, *, limit: int, by: Account, at: datetime
) -> Upload:
    """A form for a unit: from its own people, or from the secretariat, to wait for the unit's yes.

    To be called for a file that was read already; it takes the place of an earlier one of the same sender that was not
    written. NotAllowed for others; RuleBroken (field "file") for what is no workbook or bears a secrecy stamp.
    """
    period = submission.period
    day = day_of(period, at)
    own = may_write_submission(by, submission, day)
    if not own and not may_remind(by, period, day):
        raise NotAllowed(f"Chỉ người của đơn vị hoặc thường trực {period.bloc.kind.small} gửi được biểu của đơn vị.")
    waiting = db.session.scalars(
        select(Upload).where(
            Upload.period_id == period.id, Upload.unit_id == submission.unit_id, Upload.by_id == by.id,
            Upload.applied_at.is_(None),
        )
    )
    for earlier in waiting:
        drop(earlier, by=by, at=at)
    made = _keep(stream, filename, limit, UploadKind.FORM, period.bloc, by, at, submission)
    if not own:
        notice.tell(
            submission.unit, NoticeKind.PERIOD,
            f"Thường trực {period.bloc.kind.small} chuyển tệp “{made.name}” làm số liệu "
            f"{period.period.label} của đơn vị: hãy xem và xác nhận thì số liệu mới được ghi.", period=period,
            submission=submission, by=by, at=at,
        )  # fmt: skip
    return made


@recorded
def keep(
    kind: UploadKind, bloc: Bloc, stream: IO[bytes], filename: str, *, limit: int, by: Account, at: datetime
) -> Upload:
    """A workbook of the bloc's: criteria, earlier years. RuleBroken (field "file") as `keep_form`."""
    assert kind is not UploadKind.FORM
    return _keep(stream, filename, limit, kind, bloc, by, at, None)


def _keep(
    stream: IO[bytes], filename: str, limit: int, kind: UploadKind, bloc: Bloc, by: Account, at: datetime,
    submission: Submission | None,
) -> Upload:  # fmt: skip
    try:
        kept = files().put(cast(BinaryIO, stream), filename, limit, workbook_type)
    except RuleBroken as broken:
        broken.field = "file"
        raise
    place = files().path(kept.stored_name)
    hold_to(kept.stored_name)
    stamp = secrecy_stamp(place, kept.media_type)
    if stamp:
        files().remove(kept.stored_name)
        raise RuleBroken(
            f"Tệp “{kept.original_name}” có dấu “{stamp}” nên không được nhận và không được lưu lại: số liệu mật không "
            "đưa vào chương trình này.",
            field="file",
        )
    made = Upload(
        kind=kind, bloc=bloc, period=submission.period if submission else None,
        unit=submission.unit if submission else None, name=kept.original_name, stored_name=kept.stored_name,
        size=kept.size, sha256=kept.sha256, by=by, at=at,
    )  # fmt: skip
    db.session.add(made)
    return made


def workbook_type(path: Path, name: str) -> str:
    """The media type of a workbook; an .xls too, which the gate of imports has looked at. RuleBroken for the rest."""
    with path.open("rb") as file:
        old = file.read(8) == _OLE
    found = XLS if old and name.lower().endswith(".xls") else media_type_of(path, name)
    if found not in WORKBOOKS:
        raise RuleBroken(f"Tệp “{name}” không phải là bảng tính. Hãy gửi tệp Excel (.xlsx); .xls, .ods cũng đọc được.")
    return found


@recorded
def apply_form(
    upload: Upload, submission: Submission, read: FormRead, *, choice: str | None, shown: str, by: Account, at: datetime
) -> int:
    """Write the whole form, all or nothing; how many fields changed. RuleBroken as form_import.apply.

    The same yes sent twice is one: the second finds the file written.
    """
    assert upload.unit_id == submission.unit_id
    db.session.refresh(upload, with_for_update={"of": Upload})
    if upload.applied_at is not None:
        raise NotOpen("Tệp này đã được ghi vào báo cáo rồi: không ghi thêm lần nữa.")
    done = form_import.apply(submission, read, keep=choice, shown=shown, by=by, at=at)
    upload.applied_at = at
    return len(done.written)


@recorded
def drop(upload: Upload, *, by: Account, at: datetime) -> None:
    """Let a file go that was not written; its bytes go when the transaction has ended well."""
    if upload.applied_at is not None:
        raise NotOpen("Tệp này đã được ghi nên được giữ lại làm chứng cứ.")
    let_go(upload.stored_name)
    db.session.delete(upload)


def path_of(upload: Upload) -> Path:
    """Where its bytes lie. FileNotFoundError when the folder was not restored with the database."""
    return files().path(upload.stored_name)
