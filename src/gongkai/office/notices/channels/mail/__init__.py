"""Electronic mail over SMTP, through Django's mail backend."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from gongkai.office.notices.channels.mail import answers
from gongkai.office.notices.channels.mail.connection import Backend
from gongkai.office.notices.channels.port import Answer, Claimed, Deliver


def is_on() -> bool:
    """Whether there is a mail server (GONGKAI_SMTP_URL); another backend than ours is a test's."""
    return bool(settings.EMAIL_HOST) or not _is_ours()


@contextmanager
def session() -> Iterator[Deliver]:
    """One connection for the messages of a round; made when the first one goes, made again after it broke."""
    connection = get_connection()

    def deliver(message: Claimed, handing: Callable[[], None]) -> Answer:
        return _deliver(connection, message, handing)

    try:
        yield deliver
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _deliver(connection: BaseEmailBackend, message: Claimed, handing: Callable[[], None]) -> Answer:
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        connection=connection,
        headers={
            "Message-ID": f"<{message.message_id}>",
            "Date": format_datetime(message.queued_at),
            # No out-of-office answers to what a program sent (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )
    for each in message.enclosures:
        mail.attach(each.name, each.content, each.media_type)
    if not isinstance(connection, Backend):
        handing()
        mail.send()
        return answers.accepted()
    sent: Answer = connection.deliver(mail, message.to, handing)
    return sent


def _is_ours() -> bool:
    name: str = settings.EMAIL_BACKEND
    return name == f"{Backend.__module__}.{Backend.__qualname__}"
