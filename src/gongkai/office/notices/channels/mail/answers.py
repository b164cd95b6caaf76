"""What a mail server's answer means. Its own words are not kept: they like to repeat the address."""

from __future__ import annotations

import re
import smtplib

from gongkai.office.notices.channels.port import Answer
from gongkai.office.notices.states import Result

_ENHANCED = re.compile(rb"\b([245]\.\d{1,3}\.\d{1,3})\b")

# Enhanced status codes (RFC 3463), by their last two numbers; then by the subject alone.
_MEANINGS = {
    "1.1": "没有这个邮箱",
    "1.2": "收件地址的域名不对",
    "1.3": "收件地址的写法不对",
    "1.10": "收件地址的域名不收邮件",
    "2.1": "邮箱已停用",
    "2.2": "邮箱已满",
    "2.3": "邮件太大",
    "3.4": "邮件太大",
    "4.1": "对方服务器没有应答",
    "7.1": "对方服务器按规则拒收",
    "1": "收件地址有问题",
    "2": "对方邮箱有问题",
    "3": "对方邮件系统有问题",
    "4": "网络或者路由有问题",
    "5": "邮件协议有问题",
    "6": "邮件内容不被接受",
    "7": "对方服务器按规则拒收",
}


def accepted() -> Answer:
    """The server said that it has the message."""
    return Answer(Result.ACCEPTED, "250")


def before(error: Exception) -> Answer:
    """No connection, or the server wants nothing from us: every message waits, none fails for it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Answer(Result.DEFERRED, f"{error.smtp_code} 邮件服务器不接受用户名或者密码", stops=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return Answer(Result.DEFERRED, _words(error.smtp_code, error.smtp_error), stops=True)
    if isinstance(error, TimeoutError | smtplib.SMTPServerDisconnected):
        return Answer(Result.DEFERRED, "邮件服务器没有应答", stops=True)
    return Answer(Result.DEFERRED, f"连不上邮件服务器（{type(error).__name__}）", stops=True)


def during(error: Exception, *, handed_all: bool) -> Answer:
    """Something went wrong with one message. `handed_all`: the server has, or may have, all of it and hasn't answered."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, reply = next(iter(error.recipients.values()))
            return _refused(code, reply)
        case smtplib.SMTPSenderRefused():
            # Our own address is not liked: that is the settings', not this message's fault.
            return Answer(
                Result.DEFERRED, f"邮件服务器不接受发件地址：{_words(error.smtp_code, error.smtp_error)}", stops=True
            )
        case smtplib.SMTPResponseException():
            return _refused(error.smtp_code, error.smtp_error)
        case smtplib.SMTPNotSupportedError() | UnicodeError() | ValueError():
            return Answer(Result.REFUSED, "邮件服务器不支持这个收件地址的写法")
    if handed_all:
        return Answer(Result.UNCERTAIN, "邮件已全部交出，对方服务器没有答复", stops=True)
    return Answer(Result.DEFERRED, "交出以前连接中断", stops=True)


def _refused(code: int, reply: bytes | str) -> Answer:
    # 421 ends the connection (RFC 5321, 3.8); other answers are about this message.
    if 500 <= code < 600:
        return Answer(Result.REFUSED, _words(code, reply))
    return Answer(Result.DEFERRED, _words(code, reply), stops=code == 421)


def _words(code: int, reply: bytes | str) -> str:
    found = _ENHANCED.search(reply if isinstance(reply, bytes) else reply.encode("utf-8", "replace"))
    if found is None:
        return f"{code} {'对方服务器拒收' if code >= 500 else '对方服务器暂时不收'}"
    enhanced = found.group(1).decode("ascii")
    subject, _, detail = enhanced.partition(".")[2].partition(".")
    meaning = _MEANINGS.get(f"{subject}.{detail}") or _MEANINGS.get(subject, "对方服务器没有说明原因")
    return f"{code} {enhanced} {meaning}"
