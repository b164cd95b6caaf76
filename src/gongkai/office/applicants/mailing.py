"""The mails of this room: what stands in them, and how they are queued. Subjects hold nothing personal; links hold a token only."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from gongkai.office.applicants.queries import LINK_HOURS
from gongkai.office.notices import actions as notices
from gongkai.office.notices.models import Outgoing
from gongkai.office.organs.queries import site

KIND = "account"
_FOOT = "本邮件由系统发出，请勿回复。工作人员不会向您索要密码。\n"


def link_for_password(token: str, *, has_account: bool, wants_new: bool) -> str:
    """The words of the mail that lets its receiver set a password: nobody but the mailbox learns whether there is an account."""
    if has_account and wants_new:
        said = (
            "有人（可能是您自己）用这个邮箱注册申请人账号。这个邮箱已经有账号，不用再注册：可以直接登录；"
            "忘记密码的，打开下面的网址重新设置："
        )
    elif has_account:
        said = "有人（可能是您自己）要重新设置申请人账号的密码。打开下面的网址设置新密码："
    elif wants_new:
        said = "您正在注册申请人账号。打开下面的网址设置密码，账号就开通了："
    else:
        said = "有人（可能是您自己）要找回申请人账号的密码，但这个邮箱还没有账号。需要的，可以打开下面的网址注册："
    return f"您好：\n\n{said}\n\n{_address(token)}\n\n{_good_for()}不是您本人操作的，不用理会这封邮件，什么也不会改变。\n\n{_FOOT}"


def link_for_address(token: str) -> str:
    """The words of the mail that makes a mailbox the account's."""
    return (
        f"您好：\n\n您正在把申请人账号的邮箱换成这一个。打开下面的网址确认：\n\n{_address(token)}\n\n{_good_for()}"
        f"不是您本人操作的，不用理会这封邮件。\n\n{_FOOT}"
    )


def address_taken() -> str:
    """The words to a mailbox that already has an account of its own."""
    return (
        "您好：\n\n有人（可能是您自己）要把另一个申请人账号的邮箱换成这一个，但这个邮箱已经有账号，没有更换。"
        f"要合用一个账号，请先登录这个邮箱的账号把它注销。\n\n{_FOOT}"
    )


def address_changed(at: datetime) -> str:
    """The words to the mailbox that was the account's."""
    return (
        f"您好：\n\n您的申请人账号已在{localtime(at):%Y年%-m月%-d日 %H:%M}换成另一个邮箱，这个邮箱不再能登录。"
        f"不是您本人操作的，请立即与网站联系。\n\n{_FOOT}"
    )


def will_be_closed(days: int) -> str:
    """The words to somebody who has not signed in for very long."""
    return (
        f"您好：\n\n您的申请人账号很久没有登录，{days}天以后将自动注销。想保留的，登录一次即可：{settings.SITE_URL}"
        f"{reverse('applicant_sign_in')}\n\n注销以后，以前的申请不受影响，仍然可以凭编号和查询码查询。\n\n{_FOOT}"
    )


def send(
    to: str, subject: str, body: str, *, about: str, at: datetime, until: datetime | None = None
) -> Outgoing | None:
    """Queue a mail; None where the address can't be one."""
    notice = notices.Notice(
        channel="mail",
        to=to,
        subject=f"{site().name}：{subject}",
        body=body,
        about=about,
        kind=KIND,
        matters=False,
        until=until,
    )
    with suppress(notices.Unsendable):
        return notices.send(notice, at=at)
    return None


def _address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('applicant_link', args=[token])}"


def _good_for() -> str:
    return f"网址 {LINK_HOURS} 小时内有效，只能用一次。"
