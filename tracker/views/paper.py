"""The papers of a conference, drawn when they are asked for."""

from flask import Blueprint, Response

from tracker import guard, policy
from tracker.adapters import thumbnails
from tracker.errors import RuleBroken
from tracker.exports.papers import PAPERS
from tracker.models.attachment import Attachment
from tracker.models.conference import Conference
from tracker.queries import report
from tracker.services import attachment as attachments
from tracker.views import downloads

bp = Blueprint("paper", __name__)


@bp.get("/conferences/<id:public_id>/papers/<any('" + "','".join(PAPERS) + "'):kind>")
@guard.allowed(policy.may_export_conference, Conference)
def download(conference: Conference, kind: str) -> Response:
    """One paper, from the same record as all others; marked DỰ THẢO until the minutes are approved."""
    paper = PAPERS[kind]
    record = report.collect(conference, guard.today(), open_photo if paper.with_photos else None)
    return downloads.sent(paper.draw(record), paper.file_name(record), paper.media_type)


def open_photo(attachment: Attachment) -> bytes:
    """The picture as JPEG. RuleBroken when its file is not there any more."""
    try:
        return thumbnails.photo(attachments.path_of(attachment))
    except FileNotFoundError:
        raise RuleBroken(
            f"Tệp ảnh “{attachment.name}” không còn trên máy chủ: hãy xóa ảnh khỏi hội nghị hoặc tải lên lại."
        ) from None
