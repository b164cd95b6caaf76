"""The ways by which the outbox sends by itself; each is a folder here, and another is added by adding one.

A way gets one claimed message at a time. It calls `handing` right before the message's words leave the process, and gives
back an `Answer`; it never raises for what the other side does, and never says "accepted" without having been told so.
"""

from gongkai.office.notices.channels import mail, text
from gongkai.office.notices.channels.port import Way
from gongkai.office.notices.states import Channel

WAYS: dict[str, Way] = {Channel.MAIL: mail, Channel.TEXT: text}
"""The channels the outbox serves, on or off."""


def is_on(channel: str) -> bool:
    """Whether this installation can send by a channel; those carried by people are always there."""
    return channel not in WAYS or WAYS[channel].is_on()
