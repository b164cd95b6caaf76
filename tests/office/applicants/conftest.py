"""What the tests of this room share: a mail server that takes what the office sends."""

import pytest
from django.core.cache import caches

from tests.office.notices.conftest import mailbox

__all__ = ["mailbox"]


@pytest.fixture(autouse=True)
def counters() -> None:
    """Nobody has called yet."""
    caches["counters"].clear()
