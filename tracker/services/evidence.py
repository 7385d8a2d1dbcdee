"""Evidence of a unit's report: files of a line or of an achievement, through the one gate of every unit write."""

from datetime import datetime
from typing import BinaryIO

from sqlalchemy import func, or_, select

from tracker.db import db
from tracker.domain.submissions import SectionKind
from tracker.errors import RuleBroken
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Achievement, Entry, Submission
from tracker.services import attachment as attachments
from tracker.services import submission_gate
from tracker.services.recording import recorded

MEGABYTE = 1024 * 1024


@recorded
def add_file(
    owner: Entry | Achievement,
    stream: BinaryIO,
    filename: str,
    *,
    limit: int,
    quota: int,
    by: Account,
    at: datetime,
) -> Attachment:
    """Keep a file of at most `limit` bytes; all of a unit's evidence of a year stays within `quota` bytes.

    NotOpen, NotAllowed from the gate; RuleBroken (field "file") for a full quota and whatever the store refuses.
    """
    _pass_gate(owner, by, at)
    submission = owner.submission
    used = used_bytes(submission)
    if used >= quota:
        raise RuleBroken(_full(submission, used, quota), field="file")
    entry, achievement = (owner, None) if isinstance(owner, Entry) else (None, owner)
    kept = attachments.store(stream, filename, limit=limit, entry=entry, achievement=achievement, by=by, at=at)
    db.session.flush()
    if used + kept.size > quota:
        attachments.drop(kept, by=by, at=at)
        raise RuleBroken(_full(submission, used, quota), field="file")
    return kept


@recorded
def remove_file(attachment: Attachment, *, by: Account, at: datetime) -> None:
    """Take away the unit's own file while its place is open. RuleBroken for a file that is no evidence."""
    owner = attachment.entry or attachment.achievement
    if owner is None:
        raise RuleBroken("Tệp này không phải tài liệu minh chứng của báo cáo.")
    _pass_gate(owner, by, at)
    attachments.drop(attachment, by=by, at=at)


def used_bytes(submission: Submission) -> int:
    """Bytes of all evidence that the unit keeps for the year of this submission, in all blocs."""
    of_year = (
        select(Submission.id)
        .join(ReportingPeriod, ReportingPeriod.id == Submission.period_id)
        .where(Submission.unit_id == submission.unit_id, ReportingPeriod.year == submission.period.year)
    )
    entries = select(Entry.id).where(Entry.submission_id.in_(of_year))
    achievements = select(Achievement.id).where(Achievement.submission_id.in_(of_year))
    total = select(func.coalesce(func.sum(Attachment.size), 0)).where(
        or_(Attachment.entry_id.in_(entries), Attachment.achievement_id.in_(achievements))
    )
    return int(db.session.scalar(total) or 0)


def _pass_gate(owner: Entry | Achievement, by: Account, at: datetime) -> None:
    if isinstance(owner, Entry):
        submission_gate.writing(owner.submission, entry=owner, by=by, at=at)
    else:
        listed = owner.submission.section(SectionKind.ACHIEVEMENTS)
        submission_gate.writing(owner.submission, section=listed, by=by, at=at)


def _full(submission: Submission, used: int, quota: int) -> str:
    year = submission.period.year
    return (
        f"Tài liệu năm {year} của đơn vị đã dùng {_megabytes(used)} trên {_megabytes(quota)} MB, không còn chỗ cho "
        "tệp này. Hãy bỏ bớt tệp không cần nữa, hoặc giảm dung lượng tệp (nén ảnh, lưu lại PDF) rồi gửi lại."
    )


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",")
