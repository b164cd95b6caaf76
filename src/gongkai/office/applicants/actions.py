"""What may be done with accounts of the public: prove a mailbox, set a password, sign in, change, close."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.policy import Refused
from gongkai.office.applicants import mailing
from gongkai.office.applicants.models import Account, MailedLink, Visit, WrongPassword
from gongkai.office.applicants.queries import (
    LINK_HOURS,
    LINK_LIFETIME,
    digest_of,
    due_to_close,
    find_link,
    is_locked_out,
    subject,
    to_be_warned,
)
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.notices.models import Outgoing
from gongkai.office.personal.keys import fingerprint

PUBLIC = "public"
MOST_LINKS = 3
"""Mails to one mailbox in an hour: nobody's mailbox is filled from our forms."""
NOTICE_DAYS = 30
"""Days between the mail that says so and the end of an account nobody signs in to."""
WRONG = "邮箱或者密码不正确，请核对后重试。注意大小写。"


@transaction.atomic
def ask_for_link(email: str, *, wants_new: bool, at: datetime) -> None:
    """Send a link to a mailbox by which its holder sets a password, and gets an account where there is none yet.

    Whoever asks learns nothing of whether there is one: the same is done, and said, in both cases.
    """
    mark = fingerprint(email)
    if _is_filled(mark, at):
        return
    account = Account.objects.filter(email_mark=mark).first()
    token = _link(MailedLink.Purpose.PASSWORD, email, mark, account, at)
    body = mailing.link_for_password(token, has_account=account is not None, wants_new=wants_new)
    title = "注册申请人账号" if wants_new else "设置申请人账号的密码"
    about = subject(account) if account else _about_link(digest_of(token))
    mailing.send(email, title, body, about=about, at=at, until=at + LINK_LIFETIME)


@transaction.atomic
def ask_for_new_address(account: Account, email: str, *, at: datetime) -> None:
    """Send a link to the mailbox that is to become the account's; the password was asked for before."""
    mark = fingerprint(email)
    if mark == account.email_mark:
        raise Refused("这就是您现在的邮箱，没有更换。")
    if _is_filled(mark, at):
        return
    holder = Account.objects.filter(email_mark=mark).first()
    token = _link(MailedLink.Purpose.ADDRESS, email, mark, account, at)
    if holder is not None:
        mailing.send(email, "邮箱没有更换", mailing.address_taken(), about=subject(holder), at=at)
        return
    body = mailing.link_for_address(token)
    mailing.send(email, "确认新的邮箱", body, about=subject(account), at=at, until=at + LINK_LIFETIME)


@transaction.atomic
def set_password(token: str, password: str, *, at: datetime) -> Account:
    """Set the password of the account of a mailbox, which whoever holds the link has; the form has tried the policy.

    Opens the account where there is none, ends every visit and every other link of the mailbox.
    Errors: Refused for a link that was used or is too old.
    """
    link = _taken(token, MailedLink.Purpose.PASSWORD, at)
    account = Account.objects.select_for_update().filter(email_mark=link.email_mark).first()
    verb = "set_password"
    if account is None:
        account = _opened(link, at)
        verb = "register"
    account.password = make_password(password)
    account.save(update_fields=["password"])
    account.visits.all().delete()
    WrongPassword.objects.filter(email_mark=link.email_mark).delete()
    # The mail that came before the account belongs to it from now on, and is emptied with it.
    Outgoing.objects.filter(about=_about_link(link.digest)).update(about=subject(account))
    _record(verb, account, at)
    return account


@transaction.atomic
def confirm_address(token: str, *, at: datetime) -> Account:
    """Make the mailbox of a link the account's; tell the old one. Everywhere else the account is signed out.

    Errors: Refused for a link that was used or is too old, and where the mailbox got an account of its own meanwhile.
    """
    link = _taken(token, MailedLink.Purpose.ADDRESS, at)
    assert link.account_id is not None
    account = Account.objects.select_for_update().get(pk=link.account_id)
    if Account.objects.filter(email_mark=link.email_mark).exists():
        raise Refused("这个邮箱已经有自己的账号，没有更换。要合用一个账号，请先登录那个账号把它注销。")
    before = account.email
    account.email, account.email_mark = link.email, link.email_mark
    account.save(update_fields=["email", "email_mark"])
    account.visits.all().delete()
    account.links.all().delete()
    _record("change_address", account, at)
    mailing.send(before, "账号邮箱已更换", mailing.address_changed(at), about=subject(account), at=at)
    return account


def sign_in(email: str, password: str, *, network: str, at: datetime) -> Account | None:
    """The account of a mailbox and its password; None where they don't go together, which is noted.

    It takes as long for a mailbox without an account. Whoever is locked out is not asked (`queries.is_locked_out`).
    """
    mark = fingerprint(email)
    account = Account.objects.filter(email_mark=mark).first()
    if not check_password(password, account.password if account else make_password(None)) or account is None:
        WrongPassword.objects.create(email_mark=mark, network_mark=network, at=at)
        if account is not None and is_locked_out(email, network=network, at=at):
            _record("lock_out", account, at)
        return None
    WrongPassword.objects.filter(email_mark=mark, network_mark=network).delete()
    Account.objects.filter(pk=account.pk).update(seen_on=localdate(at), warned_on=None)
    return account


def begin_visit(account: Account, *, at: datetime) -> str:
    """Sign a browser in: gives the token for its cookie."""
    token = secrets.token_urlsafe(32)
    Visit.objects.create(digest=digest_of(token), account=account, began_at=at, seen_at=at)
    return token


def end_visit(token: str) -> None:
    """Sign a browser out."""
    Visit.objects.filter(digest=digest_of(token)).delete()


@transaction.atomic
def change_password(account: Account, password: str, *, at: datetime) -> None:
    """A new password by whoever knows the old one; every visit ends, the one that asked begins a new one."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    account.password = make_password(password)
    account.save(update_fields=["password"])
    account.visits.all().delete()
    account.links.all().delete()
    _record("change_password", account, at)


@transaction.atomic
def close(account: Account, *, at: datetime, by: str = PUBLIC, reason: str = "本人注销") -> None:
    """Delete an account, with everything that tells whose it was. Applications stay, as the law keeps them; the tie to them goes."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    _record("close", account, at, by=by, reason=reason)
    WrongPassword.objects.filter(email_mark=account.email_mark).delete()
    MailedLink.objects.filter(email_mark=account.email_mark).delete()
    # What was sent keeps that it was sent, and no longer to whom; what still waits is not worth sending any more.
    Outgoing.objects.filter(about=subject(account), kind=mailing.KIND).update(to="", body="", until=at)
    account.delete()


def sweep(at: datetime) -> int:
    """By the clock: links, visits and wrong passwords whose time is over go; accounts nobody signed in to for
    ACCOUNT_RETENTION_YEARS are told so, and closed a month later. Gives how many accounts were closed."""
    for link in MailedLink.objects.filter(made_at__lte=at - LINK_LIFETIME)[:500]:
        _forget(link)
    Visit.objects.filter(seen_at__lte=at - timedelta(seconds=settings.SESSION_IDLE_SECONDS)).delete()
    WrongPassword.objects.filter(at__lte=at - timedelta(days=1)).delete()
    today = localdate(at)
    for account in to_be_warned(on=today, days=NOTICE_DAYS)[:100]:
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(warned_on=today)
            mailing.send(
                account.email, "账号将要注销", mailing.will_be_closed(NOTICE_DAYS), about=subject(account), at=at
            )
    over = list(due_to_close(on=today, days=NOTICE_DAYS)[:100])
    for account in over:
        close(account, at=at, by=SYSTEM, reason="长期没有登录")
    return len(over)


def note_export(account: Account, *, at: datetime) -> None:
    """Somebody took a copy of what is kept of them."""
    _record("export", account, at)


def _is_filled(mark: str, at: datetime) -> bool:
    return MailedLink.objects.filter(email_mark=mark, made_at__gt=at - timedelta(hours=1)).count() >= MOST_LINKS


def _link(purpose: str, email: str, mark: str, account: Account | None, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    MailedLink.objects.create(
        digest=digest_of(token), purpose=purpose, account=account, email=email.strip(), email_mark=mark, made_at=at
    )
    return token


def _taken(token: str, purpose: str, at: datetime) -> MailedLink:
    """The link of a token, which is used up by this; so are the others of its mailbox and purpose."""
    link = find_link(token, at=at)
    if link is None or link.purpose != purpose or not MailedLink.objects.filter(pk=link.pk).delete()[0]:
        raise Refused(f"这个网址已经用过或者超过了 {LINK_HOURS} 小时，没有改变什么。需要的，请重新申请一封邮件。")
    for other in MailedLink.objects.filter(email_mark=link.email_mark, purpose=purpose):
        _forget(other)
    return link


def _opened(link: MailedLink, at: datetime) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create(
                email=link.email, email_mark=link.email_mark, password="", made_at=at, seen_on=localdate(at)
            )
    except IntegrityError:  # two links of one mailbox, opened at once
        return Account.objects.select_for_update().get(email_mark=link.email_mark)


@transaction.atomic
def _forget(link: MailedLink) -> None:
    """Nobody opened it: of somebody who has no account, nothing is kept."""
    Outgoing.objects.filter(about=_about_link(link.digest)).update(to="", body="")
    link.delete()


def _about_link(digest: str) -> str:
    """Before there is an account, a mail is about the link in it; `about` tells nothing of the mailbox."""
    return f"applicants.link:{digest[:32]}"


def _record(verb: str, account: Account, at: datetime, *, by: str = PUBLIC, **detail: object) -> None:
    record(Act(by, f"applicants.{verb}", subject(account), "personal-information-2021#13", detail), at=at)
