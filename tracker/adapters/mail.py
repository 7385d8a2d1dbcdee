"""Letters out by SMTP: one connection a letter, a time limit, and a reason in words when it does not work."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

TIME_LIMIT = 20


class NotSent(Exception):
    """The server did not take the letter; `str` says why, without the password."""


@dataclass(frozen=True)
class Server:
    """Where letters go out. `tls`: "starttls", "ssl" or "none" (only inside one's own network)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Server | None":
        """The server of the program's settings; None where mail is not set up."""
        if not settings["MAIL_HOST"]:
            return None
        return cls(
            settings["MAIL_HOST"], settings["MAIL_PORT"], settings["MAIL_FROM"], settings["MAIL_USER"],
            settings["MAIL_PASSWORD"], settings["MAIL_TLS"],
        )  # fmt: skip


def letter(server: Server, *, to: str, subject: str, body: str) -> EmailMessage:
    """A plain letter in UTF-8. Line breaks in an address or subject raise ValueError: no second header gets in."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def send(server: Server, message: EmailMessage) -> None:
    """Hand the letter over. NotSent when the server is away, refuses us, or refuses the letter."""
    try:
        with _connected(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except smtplib.SMTPAuthenticationError as refused:
        raise NotSent(f"Máy chủ thư không nhận tài khoản gửi ({refused.smtp_code}).") from refused
    except (OSError, smtplib.SMTPException) as fault:
        raise NotSent(f"{type(fault).__name__}: {fault}"[:400]) from fault


def _connected(server: Server) -> smtplib.SMTP:
    if server.tls == "ssl":
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIME_LIMIT, context=ssl.create_default_context()
        )
    connection = smtplib.SMTP(server.host, server.port, timeout=TIME_LIMIT)
    if server.tls == "starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
    return connection
