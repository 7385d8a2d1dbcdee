"""Files of a record: handed out as files, never shown as pages; small pictures made by us."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, send_file
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from tracker import guard, policy
from tracker.models.attachment import Attachment
from tracker.services import attachment as attachments

bp = Blueprint("attachment", __name__)
SEALED = "default-src 'none'; sandbox"


def _folder(settings: Mapping[str, Any]) -> Path:
    return Path(settings["TRACKER_DATA"]) / "files"


@bp.record
def _at_start(state: BlueprintSetupState) -> None:
    attachments.keep_in(_folder(state.app.config))
    attachments.listen()


@bp.before_app_request
def _before_each_request() -> None:
    attachments.keep_in(_folder(current_app.config))


@bp.get("/attachments/<id:public_id>")
@guard.allowed(policy.may_download, Attachment)
def download(attachment: Attachment) -> ResponseReturnValue:
    """The file under the name its sender gave it; browsers save it and never run it."""
    try:
        place = attachments.path_of(attachment)
    except FileNotFoundError:
        abort(404)
    answer = send_file(place, mimetype=attachment.media_type, as_attachment=True, download_name=attachment.name)
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@bp.get("/attachments/<id:public_id>/thumbnail")
@guard.allowed(policy.may_download, Attachment)
def thumbnail(attachment: Attachment) -> ResponseReturnValue:
    """A small JPEG of a picture, drawn by us."""
    if attachment.media_type not in attachments.PICTURES:
        abort(404)
    try:
        place = attachments.thumbnail_of(attachment)
    except FileNotFoundError:
        abort(404)
    answer = send_file(place, mimetype="image/jpeg")
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
