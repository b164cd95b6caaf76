"""What the tests of this room share: a mail server that takes what the office sends."""

from tests.office.notices.conftest import mailbox

__all__ = ["mailbox"]
