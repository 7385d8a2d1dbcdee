"""The papers of a conference, drawn when they are asked for."""

from flask import Blueprint, Response

from tracker import clock, guard, policy
from tracker.adapters import thumbnails
from tracker.domain.conferences import Precision
from tracker.errors import RuleBroken
from tracker.exports import calendar as invite
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
    record = report.collect(
        conference, guard.today(), open_photo if paper.with_photos else None, with_results=paper.with_results
    )
    return downloads.sent(paper.draw(record), paper.file_name(record), paper.media_type)


@bp.get("/conferences/<id:public_id>/calendar")
@guard.allowed(policy.may_read_conference, Conference)
def calendar(conference: Conference) -> Response:
    """The conference for the reader's own calendar; only where its day is known."""
    if conference.precision is not Precision.DAY:
        raise RuleBroken("Hội nghị chưa có ngày cụ thể nên chưa đưa vào lịch được: hãy đợi thường trực định ngày.")
    record = report.collect(conference, guard.today())
    content = invite.invitation(record, zone=conference.bloc.authority.time_zone, at=clock.now())
    return downloads.sent(content, f"{conference.title}.ics", "text/calendar")


def open_photo(attachment: Attachment) -> bytes:
    """The picture as JPEG. RuleBroken when its file is not there any more."""
    try:
        return thumbnails.photo(attachments.path_of(attachment))
    except FileNotFoundError:
        raise RuleBroken(
            f"Tệp ảnh “{attachment.name}” không còn trên máy chủ: hãy xóa ảnh khỏi hội nghị hoặc tải lên lại."
        ) from None
