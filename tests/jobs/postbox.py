"""A mail server for tests: a socket that speaks enough SMTP to take letters, or to refuse them."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Postbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, refuses: bytes | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.refuses = refuses
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Talk(socketserver.StreamRequestHandler):
    server: Postbox

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def handle(self) -> None:
        self.say(b"220 postbox")
        while line := self.rfile.readline():
            verb = line.split()[0].upper()
            if verb == b"QUIT":
                return self.say(b"221 bye")
            if verb == b"RCPT" and self.server.refuses:
                self.say(self.server.refuses)
                continue
            if verb == b"RCPT":
                self.server.recipients.append(line.decode().split(":", 1)[1].strip().strip("<>"))
            if verb == b"DATA":
                self.say(b"354 go on")
                self.server.letters.append(self.read())
            self.say(b"250 ok")
        return None

    def read(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return message_from_bytes(b"".join(lines), policy=policy.default)  # type: ignore[return-value]


@contextmanager
def postbox(refuses: bytes | None = None) -> Iterator[Postbox]:
    """The server while the test runs; `refuses` is its answer to every recipient."""
    with Postbox(refuses) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
