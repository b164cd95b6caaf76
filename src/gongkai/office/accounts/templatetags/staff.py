"""Words for the screens of this room."""

from __future__ import annotations

from django import template

from gongkai.office.accounts.models import Role
from gongkai.office.audit.models import Entry
from gongkai.office.audit.names import act_name

register = template.Library()

_ACTORS = {"anonymous": "未登录者", "public": "公众", "system": "系统"}


@register.filter
def account_act(entry: Entry) -> str:
    """What an entry of the log says was done to an account, in words."""
    words = [act_name(entry.act)]
    if role := entry.detail.get("role"):
        words.append(Role(role).label)
    for key in ("organ", "deputy", "address"):
        if value := entry.detail.get(key):
            words.append(str(value))
    return "　".join(words)


@register.filter
def actor(number: str) -> str:
    """Who did it: a staff number, or somebody without one; a program by the name of it is a program."""
    if number in _ACTORS:
        return _ACTORS[number]
    return number if any(character.isdigit() for character in number) else "程序"
