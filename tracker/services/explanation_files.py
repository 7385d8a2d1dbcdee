"""Files of a unit's explanation: through its own gate, a few for each line, beside the unit's quota of the year."""

from datetime import datetime
from typing import BinaryIO

from tracker.errors import RuleBroken
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.scoring import Explanation
from tracker.services import attachment as attachments
from tracker.services import score_gate as gate
from tracker.services.recording import recorded

#: An explanation is words first: more files than this are an archive.
MOST_FILES = 10


@recorded
def add_file(
    explanation: Explanation, stream: BinaryIO, filename: str, *, limit: int, by: Account, at: datetime
) -> Attachment:
    """Keep a file of at most `limit` bytes. Errors of the gate; RuleBroken (field "files") past MOST_FILES."""
    gate.explaining(explanation.entry, by=by, at=at)
    if len(explanation.files) >= MOST_FILES:
        raise RuleBroken(f"Mỗi giải trình kèm nhiều nhất {MOST_FILES} tệp: hãy bỏ bớt.", field="files")
    kept = attachments.store(stream, filename, limit=limit, explanation=explanation, by=by, at=at)
    return kept


@recorded
def remove_file(attachment: Attachment, *, by: Account, at: datetime) -> None:
    """Take away a file while explanations are taken. RuleBroken for a file of something else."""
    if attachment.explanation is None:
        raise RuleBroken("Tệp này không thuộc một giải trình.")
    gate.explaining(attachment.explanation.entry, by=by, at=at)
    attachments.drop(attachment, by=by, at=at)
