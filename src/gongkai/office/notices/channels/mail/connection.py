"""An SMTP connection that knows how far a message got, and how long it may take."""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from gongkai.office.notices.channels.mail import answers
from gongkai.office.notices.channels.port import Answer

LONGEST = 180.0
"""Seconds one message may take, however slowly the server talks; the settings' timeout is for each of its answers."""


_LEADING_PERIOD = re.compile(rb"^\.", re.MULTILINE)


class _Plain(smtplib.SMTP):
    """Notes when the words of a message begin to leave, and when all of them have left."""

    handing: Callable[[], None] | None = None
    handed_all = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """DATA in two steps, as smtplib does it, with a look at where we are in between."""
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        if self.handing is not None:
            self.handing()
        content = _LEADING_PERIOD.sub(b"..", msg)
        self.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        # From here on the server has the full stop, or may have it.
        self.handed_all = True
        return self.getreply()


class _Encrypted(_Plain, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


class Backend(EmailBackend):
    """Django's SMTP backend over such a connection."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain

    def deliver(self, mail: EmailMessage, to: str, handing: Callable[[], None]) -> Answer:
        """Send one mail to one address; whatever the server does is an answer, not an exception."""
        try:
            self.open()
        except Exception as error:
            self._drop()
            return answers.before(error)
        connection: Any = self.connection
        connection.handing, connection.handed_all = handing, False
        limit = Timer(LONGEST, _hang_up, [connection])
        limit.daemon = True
        limit.start()
        try:
            content = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            connection.sendmail(sanitize_address(mail.from_email, "utf-8"), [sanitize_address(to, "utf-8")], content)
        except (OSError, smtplib.SMTPException, UnicodeError, ValueError) as error:
            handed_all = connection.handed_all
            self._drop()
            return answers.during(error, handed_all=handed_all)
        except BaseException:
            self._drop()
            raise
        finally:
            limit.cancel()
        return answers.accepted()

    def _drop(self) -> None:
        """Forget a connection that failed; the next message begins with a new one."""
        for name in ("connection", "_partial_connection"):
            broken: smtplib.SMTP | None = getattr(self, name)
            setattr(self, name, None)
            if broken is not None:
                with suppress(OSError, smtplib.SMTPException):
                    broken.close()


def _hang_up(connection: smtplib.SMTP) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
