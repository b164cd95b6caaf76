"""Real SMTP servers for tests, on this machine: one that takes mail and answers as told, and one that breaks off."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests.office.project.installation import free_port


@dataclass
class Mailbox:
    """What a server took, and what it is to answer; an empty answer accepts."""

    port: int
    rcpt: str = ""
    data: str = ""
    mail: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    accepted: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.data:
            return self.data
        assert isinstance(envelope.content, bytes)
        self.mail.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        self.envelopes.append(envelope)
        self.accepted.set()
        return "250 2.0.0 OK"


@contextmanager
def mail_server(**options: Any) -> Iterator[Mailbox]:
    """A server that takes mail until the block ends; `options` are aiosmtpd's."""
    box = Mailbox(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def scripted_server(*answers: str, after_data: str = "") -> Iterator[int]:
    """A server that says these lines, one for each command, takes a message if it comes to that, says `after_data`, and
    then breaks off the connection; "…" keeps silent until the block ends. Gives the port.
    """
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                with listening.accept()[0] as connection, suppress(OSError), connection.makefile("rb") as lines:
                    _talk(connection, lines, answers, after_data, ended)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        ended.set()
        listening.close()


def _talk(
    connection: socket.socket, lines: Any, answers: tuple[str, ...], after_data: str, ended: threading.Event
) -> None:
    for answer in answers:
        if answer == "…":
            ended.wait(30)
            return
        connection.sendall(answer.encode() + b"\r\n")
        if answer.startswith("354"):
            while lines.readline() not in (b".\r\n", b""):
                pass
            if after_data == "…":
                ended.wait(30)
            elif after_data:
                connection.sendall(after_data.encode() + b"\r\n")
                continue
            return
        if not lines.readline():
            return
