"""What holds for every answer: headers, how the database is opened, and pages for what went wrong."""

import logging
import secrets

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.routing import BaseConverter

from tracker.db import ID_LENGTH, ID_LETTERS, db, sqlite_begin
from tracker.errors import RuleBroken
from tracker.guard import PasswordChangeNeeded, SignInNeeded
from tracker.views import locking
from tracker.views.session import ask_to_sign_in, token_ran_out

log = logging.getLogger("tracker")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PAGES = (400, 403, 404, 405, 409, 413, 422, 429, 503)


class PublicId(BaseConverter):
    """<id:public_id> in a route: twelve of our letters; anything else is no address of ours (404)."""

    regex = f"[{ID_LETTERS}]{{{ID_LENGTH}}}"


def choose_begin() -> None:
    """Reading requests take no write lock on SQLite; all others take it at once."""
    sqlite_begin.set("DEFERRED" if request.method in ("GET", "HEAD", "OPTIONS") else "IMMEDIATE")


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["HTTPS"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def broken_rule(broken: RuleBroken) -> ResponseReturnValue:
    """A rule refused the act outside a form: its sentence on a page of its own."""
    db.session.rollback()
    locking.record(broken)
    code = broken.status if broken.status in PAGES else 422
    return render_template(f"errors/{code}.html", message=broken.sentence), broken.status


def changed_meanwhile(_stale: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/409.html"), 409


def http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, SecurityError):
        sentence = _("Máy chủ này không phục vụ tên miền vừa gọi: hãy mở bằng địa chỉ do quản trị cấp.")
        return Response(sentence, 400, mimetype="text/plain")
    db.session.rollback()
    if isinstance(error, CSRFError):
        return token_ran_out() or (render_template("errors/csrf.html"), 400)
    if isinstance(error, RequestEntityTooLarge):
        most = current_app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024)
        sentence = _("Mỗi lần gửi nhiều nhất %(most)s MB: hãy chọn tệp nhỏ hơn hoặc gửi làm nhiều lần.", most=most)
        return render_template("errors/413.html", message=sentence), 413
    if code not in PAGES:
        return _plainly(500)
    return render_template(f"errors/{code}.html"), code


def database_gone(error: OperationalError) -> ResponseReturnValue:
    """Locked, full or absent: nothing was half done, and the page says so."""
    log.exception("database", exc_info=error)
    return _plainly(503)


def unforeseen(error: Exception) -> ResponseReturnValue:
    """A fault of ours: a code for the log and the user, never a traceback."""
    if current_app.testing or current_app.debug:
        raise error
    g.fault = secrets.token_hex(4)
    log.exception("fault %s", g.fault, exc_info=error)
    return _plainly(500)


def _plainly(status: int) -> ResponseReturnValue:
    try:
        db.session.rollback()
    except SQLAlchemyError:
        log.exception("rollback")
    page = current_app.jinja_env.get_template("errors/plain.html")
    return page.render(status=status, fault=g.get("fault")), status


def register(app: Flask) -> None:
    """Handlers and headers of the whole program."""
    app.url_map.converters["id"] = PublicId
    app.before_request(choose_begin)
    app.after_request(add_headers)
    app.register_error_handler(SignInNeeded, ask_to_sign_in)
    app.register_error_handler(PasswordChangeNeeded, lambda _needed: redirect(url_for("account.password")))
    app.register_error_handler(RuleBroken, broken_rule)
    app.register_error_handler(StaleDataError, changed_meanwhile)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, database_gone)
    app.register_error_handler(Exception, unforeseen)
