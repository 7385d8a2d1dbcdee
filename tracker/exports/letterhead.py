"""Head and foot of a paper: lines of the office, subject, recipients, who signs."""

from tracker.domain.paper import Signature
from tracker.domain.record import ConferenceRecord, Letterhead
from tracker.exports.measure import broken
from tracker.exports.phrases import SIGN_HERE, bloc_word, for_bloc, line

# Millimetres a line may take: the left cell of the letterhead is 66 wide, the text 165, the signer's cell 90.
LEFT_CELL, SUBJECT, SIGNER_CELL = 65.0, 132.0, 88.0
HEAD_SIZE, SUBJECT_SIZE, POST_SIZE = 13.0, 14.0, 13.0


def superior_and_issuing(record: ConferenceRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return bodies(record.letterhead)


def bodies(head: Letterhead) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two bodies in capitals: lines as the office breaks them, broken further where they do not fit."""
    superior = [row for text in head.superior for row in broken(line(text).upper(), LEFT_CELL, HEAD_SIZE)]
    issuing = [row for text in head.issuing for row in broken(line(text).upper(), LEFT_CELL, HEAD_SIZE, bold=True)]
    return tuple(superior), tuple(issuing)


def subject_lines(*parts: str) -> tuple[str, ...]:
    """The subject, each part on lines of its own."""
    return tuple(row for part in parts for row in broken(part, SUBJECT, SUBJECT_SIZE, bold=True))


def recipients(record: ConferenceRecord, file_copy: str, only_members: bool = False) -> tuple[str, ...]:
    """Lines like "- UBND tỉnh (để b/c);", the last "- Lưu: VT.", which is always there."""
    members = f"Các đơn vị trong {bloc_word(record)}"
    named = [line(text).removeprefix("- ").rstrip(";. ") for text in record.letterhead.recipients]
    others = [text for text in named if text and not text.startswith("Lưu")]
    kept = next((text for text in named if text.startswith("Lưu")), file_copy)
    if only_members or not others:
        others = [members]
    last = file_copy if only_members else kept
    return (*(f"- {text};" for text in others), f"- {last}.")


def signer(record: ConferenceRecord) -> Signature:
    """TM. KHỐI THI ĐUA / KHỐI TRƯỞNG, the signer's other post, the name without title."""
    head = record.letterhead
    names = tuple(for_bloc(line(text), record.bloc_kind) for text in (head.on_behalf, head.signer_role) if line(text))
    return signed_by(head, names)


def signed_by(head: Letterhead, names: tuple[str, ...]) -> Signature:
    """The signature under `names`, the lines that say for whom and as what."""
    posts = [row for text in head.signer_post for row in broken(line(text).upper(), SIGNER_CELL, POST_SIZE, bold=True)]
    return Signature(names, tuple(posts), line(head.signer_name) or SIGN_HERE)
