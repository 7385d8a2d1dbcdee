"""Files that a page hands out: saved by the browser, never shown as a page."""

from io import BytesIO

from flask import Response, send_file

from tracker.exports.papers import XLSX


def sent(content: bytes, name: str, media_type: str) -> Response:
    """The file under its Vietnamese name (RFC 6266: filename* in UTF-8)."""
    answer = send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def xlsx(content: bytes, name: str) -> Response:
    return sent(content, name, XLSX)
