"""Words for the screens of this room."""

from __future__ import annotations

from django import template

from gongkai.office.accounts.models import Role
from gongkai.office.audit.models import Entry

register = template.Library()

ACTS = {
    "open_account": "开立账号",
    "set_reminders": "设置提醒方式",
    "amend_account": "更正姓名、联系方式",
    "appoint": "任职",
    "end_appointment": "终止任职",
    "cancel_appointment": "取消尚未开始的任职",
    "reset_password": "重置密码",
    "reset_second_factor": "重置手机验证",
    "set_up_second_factor": "设置手机验证",
    "use_recovery_code": "使用备用码登录",
    "close_account": "停用账号",
    "reopen_account": "启用账号",
    "change_password": "修改密码",
    "sign_in": "登录",
    "refuse_sign_in": "密码错误，未能登录",
    "delegate": "委托代审",
    "revoke_delegation": "撤销委托",
}
_ACTORS = {"anonymous": "未登录者", "system": "系统"}


@register.filter
def account_act(entry: Entry) -> str:
    """What an entry of the log says was done to an account, in words."""
    words = [ACTS[entry.act.removeprefix("accounts.")]]
    if role := entry.detail.get("role"):
        words.append(Role(role).label)
    for key in ("organ", "deputy", "address"):
        if value := entry.detail.get(key):
            words.append(str(value))
    return "　".join(words)


@register.filter
def actor(number: str) -> str:
    """Who did it: a staff number, or somebody without one."""
    return _ACTORS.get(number, number)
