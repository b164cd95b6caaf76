"""A mail server that the office is told of."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.office.notices.mail_server import Mailbox, mail_server


def use(settings: Any, port: int) -> None:
    """Have the office send its mail to a port of this machine."""
    settings.EMAIL_BACKEND = "gongkai.office.notices.channels.mail.connection.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 3
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A server that takes everything, until it is told otherwise."""
    with mail_server() as box:
        use(settings, box.port)
        yield box
